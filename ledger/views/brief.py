"""A position in brief: its case, how sure the editors are, who holds it, its main sources and what it depends on.

In: a position, seen from the page of its controversy or the home page. Out: what fits on a card.
"""

from collections.abc import Mapping

from ledger.analysis.ties import FOR_IT
from ledger.context import PageContext
from ledger.loading import Record
from ledger.records import Position
from ledger.strength import rating_words
from ledger.views import View
from ledger.views.impact import view_changed
from ledger.views.stances import view_holders
from ledger.views.verdict import counted_verdicts

NAMED = 3
"""How many holders, and how many sources, a card names."""


def view_brief(context: PageContext, position: Record[Position], numbers: Mapping[str, int]) -> View:
    """A position in brief; `numbers` are those of the sources in the references of the page."""
    taking = [one for one in view_holders(context, position) if one.stance.stance in FOR_IT]
    sources = [context.ref_id(id_) for id_ in position.fields.key_sources]
    return View(
        record=position,
        ref=context.ref_to(position),
        # The editors' newest rating, in words.
        confidence=rating_words(position),
        # The first who hold it; where nobody does, who lean to it.
        holders=tuple(one.proponent for one in taking[:NAMED]),
        # How many others hold it or lean to it.
        more=max(0, len(taking) - NAMED),
        # Its main sources, each with its number in the references.
        sources=tuple((context.ref(id_), numbers[id_]) for id_ in sources[:NAMED] if id_ in numbers),
        # Where the evidence on the claims that it builds on points; empty where it builds on none.
        verdicts=counted_verdicts(context, map(context.ref_id, position.fields.rests_on)),
        changed=view_changed(context, position),
    )
