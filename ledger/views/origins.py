"""What a claim's items go back to, in words: how many origins, how many groups, and what to be wary of.

In: a claim, seen from a page. Out: a sentence, and warnings of ties and loops.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ledger import words
from ledger.analysis.origins import Tie
from ledger.context import PageContext
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import Claim


@dataclass(frozen=True, slots=True)
class TieView:
    """What some works without a common ancestor share: each sort of thing with its names.

    A name comes with the id of its record, if it has one.
    """

    origins: tuple[str, ...]
    shared: tuple[tuple[str, tuple[tuple[str, str | None], ...]], ...]


@dataclass(frozen=True, slots=True)
class OriginsView:
    """What the items of a claim go back to."""

    said: str
    ties: tuple[TieView, ...]
    loops: tuple[tuple[str, ...], ...]
    """Works that take from each other."""


def view_origins(context: PageContext, claim: Record[Claim]) -> OriginsView | None:
    """What a claim's items go back to; nothing without items, or for a claim that was withdrawn."""
    found = context.analysis.origins.get(claim.id)
    if found is None or not found.cited:
        return None
    ends = {"untraced": found.untraced, "dead-end": found.dead_ends, "circular": found.circular}
    said = words.origins_said(found.cited, found.origins, found.disjoint, ends)
    return OriginsView(said, tuple(_ties(context.ledger, found.ties)), found.loops)


def _ties(ledger: Ledger, ties: Iterable[Tie]) -> Iterator[TieView]:
    """One view for each set of works. Publishers go by name; other things by id where they have a record."""
    by_works: dict[tuple[str, ...], dict[str, list[tuple[str, str | None]]]] = {}
    for tie in ties:
        known = tie.shared != "publisher" and ledger.node_kind(tie.name) in {"proponent", "source"}
        by_works.setdefault(tie.origins, {}).setdefault(tie.shared, []).append((tie.name, tie.name if known else None))
    for works, shared in sorted(by_works.items()):
        said = tuple((words.count(words.SHARED[sort], len(found)), tuple(found)) for sort, found in shared.items())
        yield TieView(works, said)
