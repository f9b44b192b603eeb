"""Checks of charts: each draws figures that can stand beside each other on its axis."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby, pairwise
from typing import NamedTuple

from ledger.analysis.figures import DATED, Figure, chosen, figures_of_item, figures_of_measure, measure_key
from ledger.checks.checking import Finding, check
from ledger.diagnostics import Level
from ledger.figure_words import is_log
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import Chart, Claim
from ledger.yamlnodes import FieldPath


class Drawn(NamedTuple):
    """What a chart draws from one place in its record: an item of its list, or its measure."""

    record: Record[Chart]
    path: FieldPath
    named: str
    figures: tuple[Figure, ...]


def _drawn(ledger: Ledger, record: Record[Chart]) -> Iterator[Drawn]:
    """What each present item gives, in the order of the list; without a list, what the measure gives."""
    fields = record.fields
    if not fields.items:
        found = figures_of_measure(ledger, measure_key(fields.measure)) if fields.measure else ()
        path = ("measure",) if fields.measure else ("title",)
        yield Drawn(record, path, fields.measure or "", chosen(found, fields.measure, fields.unit))
    for at, written in enumerate(fields.items):
        if ledger.node_kind(ledger.present_id(written)) == "evidence":  # what is not there is for other checks
            found = chosen(figures_of_item(ledger, written), fields.measure, fields.unit)
            yield Drawn(record, ("items", at), written, found)


@check("chart-without-figure", Level.ERROR, kinds=(Chart,), items=_drawn)
def chart_without_figure(_: Ledger, item: Drawn) -> Iterator[Finding]:
    """Every item and measure that a chart names gives a figure."""
    if item.figures:
        return
    if not item.named:
        yield Finding(item.record.span("title"), "this chart draws nothing", "give it `items`, or a `measure`")
    elif item.path[0] == "items":
        hint = "give the item a `quantity` with a `value`, or with `low` and `high`; or take it off the chart"
        yield Finding(item.record.span(*item.path), f"'{item.named}' gives no figure{_wanted(item.record)}", hint)
    else:
        hint = "write the `measure` of the quantities that are meant, word for word, or list `items`"
        yield Finding(
            item.record.span(*item.path), f"no quantity has the measure '{item.named}'{_in_unit(item.record)}", hint
        )


def _wanted(record: Record[Chart]) -> str:
    """What the chart asks of its items."""
    of = f" of '{record.fields.measure}'" if record.fields.measure else ""
    return of + _in_unit(record)


def _in_unit(record: Record[Chart]) -> str:
    return f" in '{record.fields.unit}'" if record.fields.unit else ""


def _whole(ledger: Ledger, record: Record[Chart]) -> Iterable[tuple[Drawn, ...]]:
    """All that a chart draws, as the one item."""
    return (tuple(_drawn(ledger, record)),)


@check("chart-mixed-units", Level.ERROR, kinds=(Chart,), items=_whole)
def chart_mixed_units(_: Ledger, item: tuple[Drawn, ...]) -> Iterator[Finding]:
    """All figures of a chart have one unit."""
    figures = [(drawn, one) for drawn in item for one in drawn.figures]
    for drawn, found in groupby(figures, key=lambda pair: pair[0]):
        unit = figures[0][1].unit
        other = next((one.unit for _, one in found if measure_key(one.unit) != measure_key(unit)), None)
        if other is not None:
            message = f"'{drawn.named}' is in {_named(other)}, and the chart begins with {_named(unit)}"
            yield Finding(
                drawn.record.span(*drawn.path), message, "name the `unit` that is meant, or make a chart for each"
            )


def _named(unit: str | None) -> str:
    return f"'{unit}'" if unit else "no unit"


@check("chart-off-log-axis", Level.ERROR, kinds=(Chart,), items=_drawn)
def chart_off_log_axis(_: Ledger, item: Drawn) -> Iterator[Finding]:
    """An axis of powers of ten has no place for zero or anything below it."""
    if not is_log(item.record.fields):
        return
    below = next((one.numbers[0] for one in item.figures if one.numbers[0] <= 0), None)
    if below is not None:
        message = f"'{item.named}' gives {below}, which has no place on a log axis"
        yield Finding(item.record.span(*item.path), message, "write `axis: linear`, or take it off the chart")


@check("chart-without-date", Level.ERROR, kinds=(Chart,), items=_drawn)
def chart_without_date(_: Ledger, item: Drawn) -> Iterator[Finding]:
    """Every figure of a slope or a series says when it held."""
    form = item.record.fields.form
    if form in DATED and any(not one.as_of for one in item.figures):
        message = f"'{item.named}' gives a figure without a date, and a {form} runs over time"
        yield Finding(item.record.span(*item.path), message, "give its quantity an `as_of`, or choose the form `range`")


class Placed(NamedTuple):
    """A quantity: where it stands, and its numbers from the lower end up."""

    record: Record[Claim]
    path: FieldPath
    numbers: tuple[tuple[str, Decimal | None], ...]


def _quantities(_: Ledger, record: Record[Claim]) -> Iterator[Placed]:
    """Every quantity of a claim's items."""
    for at, item in enumerate(record.fields.evidence):
        first = [(("evidence", at, "quantity"), item.quantity)] if item.quantity else []
        more = [(("evidence", at, "quantities", nth), one) for nth, one in enumerate(item.quantities)]
        for path, one in (*first, *more):
            yield Placed(record, path, (("low", one.low), ("value", one.value), ("high", one.high)))


@check("quantity-out-of-order", Level.ERROR, kinds=(Claim,), items=_quantities)
def quantity_out_of_order(_: Ledger, item: Placed) -> Iterator[Finding]:
    """The lower end of a quantity is not above its value or its upper end, and its value not above the upper end."""
    known = [(name, number) for name, number in item.numbers if number is not None]
    for (first, low), (second, high) in pairwise(known):
        if low > high:
            message = f"`{second}` ({high}) is below `{first}` ({low})"
            yield Finding(item.record.span(*item.path, second), message, "write the ends the other way round")
