"""What a claim's items go back to, in words: how many origins, how many groups, and what to be wary of.

In: a claim, seen from a page. Out: a sentence, and warnings of ties and loops.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ledger import words
from ledger.analysis.origins import Tie
from ledger.context import RecordRef, Viewing
from ledger.loading import Record

MOST = 12
"""How many works of a loop, or with a tie, are named."""


Name = tuple[str, RecordRef | None]
"""What is shared, and its record where there is one."""


@dataclass(frozen=True, slots=True)
class TieView:
    """What some works without a common ancestor share: each sort of thing with its names."""

    origins: tuple[RecordRef, ...]
    more: str
    shared: tuple[tuple[str, tuple[Name, ...]], ...]


@dataclass(frozen=True, slots=True)
class OriginsView:
    """What the items of a claim go back to."""

    said: str
    ties: tuple[TieView, ...]
    loops: tuple[tuple[tuple[RecordRef, ...], str], ...]
    """Works that take from each other, as many as a page has room for, and how many more there are."""


def view_origins(viewing: Viewing, claim: Record) -> OriginsView | None:
    """What a claim's items go back to; nothing without items, or for a claim that was withdrawn."""
    found = viewing.analysis.origins.get(claim.id)
    if found is None or not found.cited:
        return None
    ends = {"untraced": found.untraced, "dead-end": found.dead_ends, "circular": found.circular}
    return OriginsView(
        said=words.origins_said(found.cited, found.origins, found.disjoint, ends),
        ties=tuple(_ties(viewing, found.ties)),
        loops=tuple(_named(viewing, loop) for loop in found.loops),
    )


def _named(viewing: Viewing, ids: tuple[str, ...]) -> tuple[tuple[RecordRef, ...], str]:
    return tuple(map(viewing.ref, ids[:MOST])), words.count(words.MORE_COUNTED, max(0, len(ids) - MOST))


def _ties(viewing: Viewing, ties: Iterable[Tie]) -> Iterator[TieView]:
    """One view for each set of works."""
    by_works: dict[tuple[str, ...], dict[str, list[Name]]] = {}
    for tie in ties:
        by_works.setdefault(tie.origins, {}).setdefault(tie.shared, []).append(_name(viewing, tie))
    for works, shared in sorted(by_works.items()):
        said = tuple((words.count(words.SHARED[sort], len(found)), tuple(found)) for sort, found in shared.items())
        yield TieView(*_named(viewing, works), said)


def _name(viewing: Viewing, tie: Tie) -> Name:
    """Publishers go by name; other things by id where they have a record."""
    record = viewing.ledger.records.get(tie.name) if tie.shared != "publisher" else None
    known = viewing.ref_to(record) if record and record.kind.name in {"proponent", "source"} else None
    return tie.name, known
