"""The figures that sources give: which there are of a claim, and which of them cannot both be right.

In: the evidence items of claims with their quantities. Out: Figures, and Conflicts among them.

Two figures are in conflict when all of this holds:

1. They are of one measure: the words of `measure`, of `unit` and of `scope` are the same, whatever claim the items are
   written for. Capitals and spaces make no difference; what is left out is the same only as what is left out.
2. They come from two sources.
3. They hold at one time: the intervals of `as_of` share a day. A figure without a date holds at any time.
4. What they allow does not overlap. A figure with ends (`low`, `high`) allows what lies between them, and its value;
   with one end and no value, all from there on. A value alone allows every number that is rounded to it: 589 allows
   588.5 to 589.5, and 5.10 allows 5.095 to 5.105.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from ledger.analysis.results import is_dropped
from ledger.dates import parse_date
from ledger.describing import NodeId, Plain, RecordId, described
from ledger.edges import owner_id
from ledger.fields import plain_number
from ledger.graph import Ledger, compared, result
from ledger.records import Chart, Claim, Evidence, Quantity

MOST = 100
"""So many figures of one measure are compared with each other, the first by item: the work stays bounded."""
DATED = ("slope", "series")
"""The forms of charts in which time runs to the right."""
INFINITE = Decimal("Infinity")


def _as_written(number: Decimal | None) -> int | float | None:
    """A number in data as it is in the data of its record."""
    return None if number is None else plain_number(number)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that an evidence item gives."""

    item: NodeId = described("the evidence item that gives it, as `claim/e1`")
    source: RecordId = described("the source that it is taken from")
    measure: str = described("what is measured")
    value: Plain | None = described("the value", _as_written)
    low: Plain | None = described("the lower end", _as_written)
    high: Plain | None = described("the upper end", _as_written)
    unit: str | None = described("the unit")
    as_of: str | None = described("when it held")
    scope: str | None = described("what it covers")

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Its value and ends, as far as there are any, the lowest first."""
        return tuple(sorted(one for one in (self.value, self.low, self.high) if one is not None))

    @property
    def middle(self) -> Decimal:
        """Where it is drawn: its value, or the end that is known, or what lies half-way between both."""
        if self.value is not None:
            return self.value
        return (self.numbers[0] + self.numbers[-1]) / 2

    @property
    def day(self) -> int:
        """The day in the middle of its date, counted from the year 1; of an open one the end that is known."""
        day = parse_date(self.as_of or "")
        first = day.earliest if day.earliest != date.min else day.latest
        last = day.latest if day.latest != date.max else day.earliest
        return (first.toordinal() + last.toordinal()) // 2

    @property
    def key(self) -> tuple[str, str, str]:
        """What two figures have in common that can be compared."""
        return measure_key(self.measure), measure_key(self.unit), measure_key(self.scope)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures of one measure, each of which another source contradicts."""

    measure: str = described("what is measured")
    unit: str | None = described("the unit")
    scope: str | None = described("what it covers")
    figures: tuple[Figure, ...] = described("the figures, lowest first")


def measure_key(text: str | None) -> str:
    """The words of a measure, a unit or a scope as they are compared."""
    return " ".join((text or "").casefold().split())


def chosen(figures: Iterable[Figure], measure: str | None, unit: str | None) -> tuple[Figure, ...]:
    """The figures of a measure and a unit, or of every one where none is named."""
    wanted = measure_key(measure), measure_key(unit)
    return tuple(one for one in figures if wanted[0] in {"", one.key[0]} and wanted[1] in {"", one.key[1]})


def figures_in(claim: str, fields: Claim) -> Iterator[Figure]:
    """Every figure of a claim's items, in the order in which they were written; a quantity without a number is none."""
    for item in fields.evidence:
        for one in quantities_of(item):
            as_of, numbers = str(one.as_of) if one.as_of else None, (one.value, one.low, one.high)
            figure = Figure(f"{claim}/{item.id}", item.source, one.measure, *numbers, one.unit, as_of, one.scope)
            if figure.numbers:
                yield figure


def quantities_of(item: Evidence) -> tuple[Quantity, ...]:
    """All the quantities of an item."""
    return (*((item.quantity,) if item.quantity else ()), *item.quantities)


# Conflicts


class _Reach(NamedTuple):
    """What a figure allows, and when it holds."""

    figure: Figure
    low: Decimal
    high: Decimal
    first: date
    last: date


def conflicts_among(figures: Iterable[Figure]) -> tuple[Conflict, ...]:
    """The figures that cannot be right together, by measure."""
    groups = defaultdict[tuple[str, str, str], list[_Reach]](list)
    for figure in figures:
        groups[figure.key].append(_reach(figure))
    found = (_conflict(groups[key]) for key in sorted(groups))
    return tuple(conflict for conflict in found if conflict.figures)


def _conflict(group: list[_Reach]) -> Conflict:
    compared = sorted(group, key=lambda one: (one.figure.item, one.low, one.high))[:MOST]
    found = {one.figure for pair in combinations(compared, 2) if _disagree(*pair) for one in pair}
    first = compared[0].figure
    return Conflict(first.measure, first.unit, first.scope, tuple(sorted(found, key=by_size)))


def by_size(figure: Figure) -> tuple[Decimal, Decimal, str]:
    """The order of figures by what they say."""
    return figure.middle, figure.numbers[0], figure.item


def _disagree(one: _Reach, other: _Reach) -> bool:
    if one.figure.source == other.figure.source:
        return False
    at_once = one.first <= other.last and other.first <= one.last
    return at_once and (one.high < other.low or other.high < one.low)


def _reach(figure: Figure) -> _Reach:
    day = parse_date(figure.as_of) if figure.as_of else None
    low, high = _allowed(figure)
    return _Reach(figure, low, high, day.earliest if day else date.min, day.latest if day else date.max)


def _allowed(figure: Figure) -> tuple[Decimal, Decimal]:
    value, low, high = figure.value, figure.low, figure.high
    if low is None and high is None and value is not None:
        half = Decimal((0, (5,), int(value.as_tuple().exponent) - 1))
        return value - half, value + half
    if value is None and (low is None or high is None):
        return (-INFINITE if low is None else low), (INFINITE if high is None else high)
    return figure.numbers[0], figure.numbers[-1]


# Of a ledger


@compared
def figures_of(ledger: Ledger, claim: str) -> tuple[Figure, ...]:
    """The figures that a claim's items give; none of a claim that was withdrawn."""
    if not ledger.stands(claim):
        return ()
    found = figures_in(claim, ledger.core(Claim, claim).fields)
    return tuple(replace(one, source=ledger.present_id(one.source)) for one in found)


def _counted(ledger: Ledger, found: Iterable[Figure]) -> tuple[Figure, ...]:
    """The figures whose source still stands."""
    return tuple(one for one in found if ledger.stands(one.source) and not is_dropped(ledger, one.source))


@result
def figures_by_measure(ledger: Ledger) -> Mapping[str, tuple[Figure, ...]]:
    """The figures of all claims by what they measure."""
    found = defaultdict[str, list[Figure]](list)
    for claim in ledger.standing("claim"):
        for one in figures_of(ledger, claim):
            found[measure_key(one.measure)].append(one)
    return {key: tuple(of) for key, of in sorted(found.items())}


@compared
def figures_of_measure(ledger: Ledger, key: str) -> tuple[Figure, ...]:
    """The figures of one measure."""
    return figures_by_measure(ledger).get(key, ())


@compared
def figures_in_chart(ledger: Ledger, chart: str) -> tuple[Figure, ...]:
    """What a chart draws: the figures of its items or of its measure, by date where time runs, else by size."""
    fields = ledger.record(Chart, chart).fields
    if not fields.items:
        found = figures_of_measure(ledger, measure_key(fields.measure)) if fields.measure else ()
    else:
        found = tuple(one for node in dict.fromkeys(fields.items) for one in figures_of_item(ledger, node))
    counted = _counted(ledger, chosen(found, fields.measure, fields.unit))
    if fields.form in DATED:  # those without a date first
        return tuple(sorted(counted, key=lambda one: (one.day if one.as_of else 0, one.middle, one.item)))
    return tuple(sorted(counted, key=by_size))


@result
def figures_of_item(ledger: Ledger, written: str) -> tuple[Figure, ...]:
    """The figures of an evidence item, by any id that its claim ever had."""
    node = ledger.present_id(written)
    return tuple(one for one in figures_of(ledger, owner_id(node)) if one.item == node)


@compared
def conflicts(ledger: Ledger) -> tuple[Conflict, ...]:
    """The figures of the whole ledger that cannot be right together."""
    return conflicts_among(_counted(ledger, (one for found in figures_by_measure(ledger).values() for one in found)))


@compared
def conflicts_of(ledger: Ledger, id_: str) -> tuple[Conflict, ...]:
    """Those in which an item of a claim, or a figure of a chart, has a part."""
    drawn = frozenset(figures_in_chart(ledger, id_)) if ledger.node_kind(id_) == "chart" else ()
    every = conflicts(ledger)
    return tuple(one for one in every if any(owner_id(of.item) == id_ or of in drawn for of in one.figures))
