"""A position in brief: its case, how sure the editors are, who holds it, its main sources and what it depends on.

In: a position, seen from the page of its controversy or the home page. Out: what fits on a card.
"""

from collections.abc import Mapping
from typing import NamedTuple

from ledger.analysis.ties import FOR_IT
from ledger.context import PageContext, RecordRef
from ledger.loading import Record
from ledger.records import Position
from ledger.strength import rating_words
from ledger.views.impact import ChangedView, view_changed
from ledger.views.stances import view_holders
from ledger.views.verdict import counted_verdicts

NAMED = 3
"""How many holders, and how many sources, a card names."""


class BriefView(NamedTuple):
    """A position in brief."""

    record: Record[Position]
    ref: RecordRef
    confidence: str
    """The editors' newest rating, in words."""
    holders: tuple[RecordRef, ...]
    """The first who hold it; where nobody does, who lean to it."""
    more: int
    """How many others hold it or lean to it."""
    sources: tuple[tuple[RecordRef, int], ...]
    """Its main sources, each with its number in the references."""
    verdicts: str
    """Where the evidence on the claims that it builds on points; empty where it builds on none."""
    changed: ChangedView | None


def view_brief(context: PageContext, position: Record[Position], numbers: Mapping[str, int]) -> BriefView:
    """A position in brief; `numbers` are those of the sources in the references of the page."""
    taking = [one for one in view_holders(context, position) if one.stance.stance in FOR_IT]
    sources = [context.ref_id(id_) for id_ in position.fields.key_sources]
    return BriefView(
        record=position,
        ref=context.ref_to(position),
        confidence=rating_words(position),
        holders=tuple(one.proponent for one in taking[:NAMED]),
        more=max(0, len(taking) - NAMED),
        sources=tuple((context.ref(id_), numbers[id_]) for id_ in sources[:NAMED] if id_ in numbers),
        verdicts=counted_verdicts(context, map(context.ref_id, position.fields.rests_on)),
        changed=view_changed(context, position),
    )
