"""Numbers and figures of the world in words: `−18 %`, `300 (100 to 1,000) trillion tokens`, `2 × 10²⁹ FLOP`.

In: numbers as they were written, a figure. Out: words for readers. Nothing is rounded.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from ledger import texts
from ledger.analysis import analyse
from ledger.analysis.figures import DATED, Figure
from ledger.dates import parse_date
from ledger.graph import Ledger, compared
from ledger.records import Chart, Quantity

LONGEST = 10_000_000
"""From here on a number is written with a power of ten."""
SMALLEST = 4
"""So is one with this many zeros behind the point."""
PERCENT = "percent"
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
MINUS = "−"
FEW, SMALL = Decimal(10), Decimal(2)
"""Below these, how many times one number is another has one decimal, or two."""
SEVERAL = 2
YEAR = re.compile(r"\b[12]\d{3}\b")
MOST_SERIES = 3
"""So many series are said to have changed, those with most figures first."""


def number(value: Decimal) -> str:
    """A number as it was written, with thousands apart and a minus sign; a very large or small one by its power."""
    power = value.adjusted()
    if value and (abs(value) >= LONGEST or power < -SMALLEST):
        digits = texts.decimal(f"{value.scaleb(-power).normalize():f}")
        said = f"{digits} × 10{str(power).translate(RAISED)}"
        return (said.removeprefix("1 × ") if digits in {"1", "-1"} else said).replace("-", MINUS)
    return texts.decimal(f"{value:,f}").replace("-", MINUS)


def amount(said: str, unit: str | None) -> str:
    """A number in words with its unit."""
    name = (unit or "").casefold()
    if name == PERCENT:
        return texts.percent(said)
    if name in texts.Group("unit"):
        return texts.say(f"unit.{name}", amount=said)
    return f"{said} {unit or ''}".strip()


def value_words(numbers: Sequence[Decimal | None]) -> str:
    """Value, lower and upper end without a unit: `300 (100 to 1,000)`, `4 to 5`, `at least 3`."""
    value, low, high = numbers
    if low is not None and high is not None:
        ends = texts.say("quantity.range", low=number(low), high=number(high))
    elif low is None and high is None:
        ends = ""
    else:
        end = next(one for one in (low, high) if one is not None)
        ends = texts.say("quantity.at_most" if low is None else "quantity.at_least", number=number(end))
    if value is None:
        return ends
    return f"{number(value)} ({ends})" if ends else number(value)


def in_full(quantities: Iterable[Quantity]) -> str:
    """Figures with their dates and scopes, each measure said once: `cost: $3, 2026, model A; $1, 2026, model B`."""
    by_measure = groupby(quantities, key=lambda one: one.measure)
    return "; ".join(f"{measure}: {'; '.join(map(_in_place, same))}" for measure, same in by_measure)


def _in_place(quantity: Quantity) -> str:
    """A figure with its date and its scope."""
    figure = amount(value_words((quantity.value, quantity.low, quantity.high)), quantity.unit)
    return ", ".join(filter(None, (figure, texts.day(quantity.as_of), quantity.scope)))


def times(larger: Decimal, smaller: Decimal) -> str:
    """How many times one number is another, both above zero: the closer they are, the more exactly."""
    ratio = larger / smaller
    if ratio >= LONGEST:
        return number(Decimal(f"{ratio:.0e}"))
    return _rounded(ratio, "0.01" if ratio < SMALL else "0.1" if ratio < FEW else "1")


def _rounded(value: Decimal, places: str) -> str:
    rounded = value.quantize(Decimal(places), ROUND_HALF_UP)
    return number(rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded)


# Of a chart


def is_log(fields: Chart) -> bool:
    """Whether the axis is one of powers of ten."""
    return (fields.axis or ("log" if fields.form == "bars" else "linear")) == "log"


def when(figure: Figure) -> str:
    """When a figure held, in words."""
    return texts.day(parse_date(figure.as_of)) if figure.as_of else ""


def is_percent(figure: Figure) -> bool:
    """Whether a figure is a share or a change in per cent."""
    return (figure.unit or "").casefold() == PERCENT


def labels(ledger: Ledger, found: Sequence[Figure]) -> list[tuple[str, str]]:
    """What each figure is called: by what tells it from the others, then by the rest that is known of it.

    That is what it covers, where others of its measure cover something else or held at other times; else what is
    measured, where that differs; else who gives it.
    """
    measures = Counter(one.measure for one in found)
    scopes = Counter((one.measure, one.scope, one.as_of) for one in found)
    bare = {one.measure for one in found if not one.scope}
    made = []
    for one in found:
        card = ledger.card(one.source)
        source = (card.label or card.title) if card else one.source
        apart = one.measure not in bare and measures[one.measure] > 1 and scopes[one.measure, one.scope, one.as_of] == 1
        name = (apart and one.scope) or (one.measure if len(measures) > 1 else source)
        day = when(one) if when(one) not in source else ""
        rest = (one.measure if len(measures) > 1 else "", source, one.scope, day)
        made.append((name, " · ".join(part for part in rest if part and part != name)))
    return made


@compared
def says_of(ledger: Ledger, id_: str) -> str:
    """What a chart shows, computed from its figures."""
    fields, found = ledger.record(Chart, id_).fields, analyse(ledger).charts.get(id_, ())
    if not found:
        return texts.say("chart_says.nothing")
    if fields.form in DATED and (said := _changes(found)):
        return said
    if len(found) == 1:
        return texts.say("chart_says.one", amount=figure_said(found[0]))
    return _spread(ledger, found)


def figure_said(figure: Figure) -> str:
    """A figure's value and ends with its unit."""
    value, ends = figure.value, value_words((None, figure.low, figure.high))
    if is_percent(figure) and value is not None and ends:
        return f"{amount(number(value), figure.unit)} ({ends})"
    return amount(value_words((value, figure.low, figure.high)), figure.unit)


def _spread(ledger: Ledger, found: Sequence[Figure]) -> str:
    """How far apart the lowest and the highest figure are, each named where they are of different things or years."""
    ordered = sorted(found, key=lambda one: (one.middle, one.item))
    lowest, highest = ordered[0], ordered[-1]
    (low, low_words), (high, high_words) = _end(lowest, first=True), _end(highest, first=False)
    ends = {"low": low_words, "high": amount(high_words, highest.unit)}
    sources, measures = len({one.source for one in found}), len({one.measure for one in found})
    is_one_year = len({parse_date(one.as_of).earliest.year for one in found if one.as_of}) < SEVERAL
    if measures > 1 or not is_one_year or len({one.scope for one in found}) == len(found):
        names = dict(zip(found, labels(ledger, found), strict=True))
        ends["low"] = amount(low_words, lowest.unit)
        named = {"lowest": lowest, "highest": highest}
        ends |= {end: _named(one, names[one][0], measures, dated=not is_one_year) for end, one in named.items()}
        said = texts.say("chart_says.named", **ends)
    elif sources > 1:
        said = texts.say("chart_says.several", count=sources, **ends)
    else:
        said = texts.say("chart_says.single", count=len(found), **ends)
    is_alike = measures == 1 and (is_one_year or lowest.scope == highest.scope)
    if is_alike and low > 0 and high > low and not is_percent(highest) and lowest.unit == highest.unit:
        said += f" {_apart(high, low)}"
    return said


def _named(figure: Figure, name: str, measures: int, *, dated: bool) -> str:
    """What a figure is of, and when it held where figures of several years are compared and it names no year."""
    of = name if measures > 1 or not figure.scope else figure.scope
    return ", ".join((of, when(figure))) if dated and figure.as_of and not YEAR.search(of) else of


def _apart(high: Decimal, low: Decimal) -> str:
    """How far one number is above another: as a share of the lower one, or how many times it."""
    if high < SMALL * low:
        return texts.say("chart_says.above", percent=texts.percent(_rounded((high / low - 1) * 100, "0.1")))
    return texts.say("chart_says.times", times=times(high, low))


def _end(figure: Figure, *, first: bool) -> tuple[Decimal, str]:
    """The value of a figure, or its end where it has none; also in words without the unit."""
    if figure.value is not None:
        return figure.value, number(figure.value)
    if len(figure.numbers) == 1:
        return figure.numbers[0], value_words((None, figure.low, figure.high))
    end = figure.numbers[0 if first else -1]
    return end, number(end)


def _changes(found: Sequence[Figure]) -> str:
    """What became of each series between its first and its last date; nothing where none has two.

    The figures of one measure are a series, or those of each of its scopes where one of these has several dates.
    """
    dated = sorted((one for one in found if one.as_of), key=lambda one: (one.day, one.middle, one.item))
    by_scope, measures = _grouped(dated, lambda one: (one.measure, one.scope or "")), {one.measure for one in dated}
    apart = {measure for (measure, scope), of in by_scope.items() if scope and of[0].day != of[-1].day}
    series = _grouped(dated, lambda one: (one.measure, one.scope or "" if one.measure in apart else ""))
    moved = sorted((one for one in series.items() if len(one[1]) > 1), key=lambda one: -len(one[1]))[:MOST_SERIES]
    said = []
    for (measure, scope), of in moved:
        name = ", ".join(part for part in (measure if len(measures) > 1 else "", scope) if part)
        several = len(series) > 1
        change = _change(of[0], of[-1], name if several else "")
        said.append(texts.say("chart_says.of", measure=name, change=change) if several else f"{change}.")
    return " ".join(map(texts.capital, said))


def _grouped(found: Sequence[Figure], key: Callable[[Figure], tuple[str, str]]) -> dict[tuple[str, str], list[Figure]]:
    groups = dict[tuple[str, str], list[Figure]]()
    for one in found:
        groups.setdefault(key(one), []).append(one)
    return groups


def _change(before: Figure, after: Figure, name: str) -> str:
    first, last = before.middle, after.middle
    named = {"before": figure_said(before), "after": figure_said(after)}
    named |= {"then": _then(before, name), "now": _then(after, name)}
    if first == last:
        return texts.say("chart_says.same", **named)
    way = "up" if last > first else "down"
    if is_percent(after) and is_percent(before):
        return texts.say(f"chart_says.{way}_points", points=number(abs(last - first)), **named)
    if first > 0 < last:
        share = times(last, first) if way == "up" else texts.percent(_rounded(last / first * 100, "1"))
        return texts.say(f"chart_says.{way}_share", share=share, **named)
    return texts.say(f"chart_says.{way}", **named)


def _then(figure: Figure, name: str) -> str:
    """What a figure covers, where its name does not say so, and when it held."""
    return ", ".join(part for part in (figure.scope, when(figure)) if part and part != name)
