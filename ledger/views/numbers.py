"""Numbers in conflict: figures of one measure that cannot be right together, with who gives each.

In: conflicts, seen from a page. Out: views for the page of a claim, of a chart, and the list of all.
"""

from collections.abc import Iterable
from typing import NamedTuple

from ledger import figure_words, texts
from ledger.analysis.figures import Conflict
from ledger.context import PageContext, RecordRef
from ledger.views.paging import ROWS


class Side(NamedTuple):
    """One of the figures: what it says, who gives it and where."""

    value: str
    when: str
    source: RecordRef
    item: RecordRef


class ConflictView(NamedTuple):
    """Figures that cannot be right together."""

    measure: str
    scope: str
    says: str
    """How far apart they are, in a sentence."""
    sides: tuple[Side, ...]


def view_conflicts(context: PageContext, found: Iterable[Conflict]) -> tuple[ConflictView, ...]:
    """Conflicts as a page shows them."""
    return tuple(_view(context, one) for one in found)


def _view(context: PageContext, conflict: Conflict) -> ConflictView:
    sides = tuple(
        Side(
            value=figure_words.figure_said(one),
            when=figure_words.when(one),
            source=context.ref(one.source),
            item=context.ref(one.item),
        )
        for one in conflict.figures
    )
    low, high = conflict.figures[0], conflict.figures[-1]
    named = {"measure": conflict.measure, "low": figure_words.number(low.middle)}
    named |= {"high": figure_words.amount(figure_words.number(high.middle), high.unit)}
    said = texts.say("conflict.says", **named)
    return ConflictView(conflict.measure, conflict.scope or "", f"{said[:1].upper()}{said[1:]}", sides)


class NumbersView(NamedTuple):
    """The page that lists them all."""

    conflicts: tuple[ConflictView, ...]
    left: int
    """How many are not shown."""


def view_numbers(context: PageContext) -> NumbersView:
    """The first of all conflicts, in order of what they measure."""
    found = context.analysis.conflicts
    return NumbersView(view_conflicts(context, found[:ROWS]), len(found[ROWS:]))
