"""Numbers in conflict: figures of one measure that cannot be right together, with who gives each.

In: conflicts, seen from a page. Out: views for the page of a claim, of a chart, and the list of all.
"""

from collections.abc import Iterable

from ledger import figure_words, texts
from ledger.analysis.figures import Conflict
from ledger.context import PageContext
from ledger.views import View
from ledger.views.paging import ROWS


def view_conflicts(context: PageContext, found: Iterable[Conflict]) -> tuple[View, ...]:
    """Conflicts as a page shows them."""
    return tuple(_view(context, one) for one in found)


def _view(context: PageContext, conflict: Conflict) -> View:
    """Figures that cannot be right together."""
    found = conflict.figures
    ref, value, when = context.ref, figure_words.figure_said, figure_words.when
    sides = (View(value=value(one), when=when(one), source=ref(one.source), item=ref(one.item)) for one in found)
    low, high = found[0], found[-1]
    named = {"measure": conflict.measure, "low": figure_words.number(low.middle)}
    named |= {"high": figure_words.amount(figure_words.number(high.middle), high.unit)}
    return View(
        scope=conflict.scope or "",
        # How far apart they are, in a sentence.
        says=texts.capital(texts.say("conflict.says", **named)),
        sides=tuple(sides),
    )


def view_numbers(context: PageContext) -> View:
    """The first of all conflicts, in order of what they measure."""
    found = context.analysis.conflicts
    return View(
        conflicts=view_conflicts(context, found[:ROWS]),
        # How many are not shown.
        left=len(found[ROWS:]),
    )
