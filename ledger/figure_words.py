"""Numbers and figures of the world in words: `−18 %`, `300 (100 to 1,000) trillion tokens`, `2 × 10²⁹ FLOP`.

In: numbers as they were written, a figure. Out: words for readers. Nothing is rounded.
"""

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

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


def in_full(quantity: Quantity | Figure) -> str:
    """What a figure says of itself, with its measure, its date and its scope."""
    figure = amount(value_words((quantity.value, quantity.low, quantity.high)), quantity.unit)
    day = quantity.as_of
    when = texts.day(parse_date(day) if isinstance(day, str) and day else day or None)
    return f"{quantity.measure}: " + ", ".join(part for part in (figure, when, quantity.scope) if part)


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

    That is what it covers, where others of its measure cover something else; else what is measured, where that differs;
    else who gives it.
    """
    measures = Counter(one.measure for one in found)
    scopes = Counter((one.measure, one.scope) for one in found)
    bare = {one.measure for one in found if not one.scope}
    made = []
    for one in found:
        card = ledger.card(one.source)
        source = (card.label or card.title) if card else one.source
        apart = one.measure not in bare and measures[one.measure] > 1 and scopes[one.measure, one.scope] == 1
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
    """How far apart the lowest and the highest figure are."""
    ordered = sorted(found, key=lambda one: (one.middle, one.item))
    lowest, highest = ordered[0], ordered[-1]
    (low, low_words), (high, high_words) = _end(lowest, first=True), _end(highest, first=False)
    ends = {"low": low_words, "high": amount(high_words, highest.unit)}
    sources = len({one.source for one in found})
    if len({one.measure for one in found}) > 1 or len({one.scope for one in found}) == len(found):
        names = dict(zip(found, labels(ledger, found), strict=True))
        ends["low"] = amount(low_words, lowest.unit)
        said = texts.say("chart_says.named", lowest=names[lowest][0], highest=names[highest][0], **ends)
    elif sources > 1:
        said = texts.say("chart_says.several", count=sources, **ends)
    else:
        said = texts.say("chart_says.single", count=len(found), **ends)
    if low > 0 and high > low and not is_percent(highest) and lowest.unit == highest.unit:
        said += f" {_apart(high, low)}"
    return said


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
    """What became of each measure between its first and its last date; nothing where no measure has two."""
    by_measure = dict[str, list[Figure]]()
    for one in found:
        if one.as_of:
            by_measure.setdefault(one.measure, []).append(one)
    several = len(by_measure) > 1
    said = []
    for measure, of in by_measure.items():
        of.sort(key=lambda one: (one.day, one.middle, one.item))
        if len(of) > 1:
            change = _change(of[0], of[-1])
            said.append(texts.say("chart_says.of", measure=measure, change=change) if several else f"{change}.")
    return " ".join(f"{one[:1].upper()}{one[1:]}" for one in said)


def _change(before: Figure, after: Figure) -> str:
    first, last = before.middle, after.middle
    named = {"before": figure_said(before), "then": _then(before), "after": figure_said(after), "now": _then(after)}
    if first == last:
        return texts.say("chart_says.same", **named)
    way = "up" if last > first else "down"
    if is_percent(after) and is_percent(before):
        return texts.say(f"chart_says.{way}_points", points=number(abs(last - first)), **named)
    if first > 0 < last:
        share = times(last, first) if way == "up" else texts.percent(_rounded(last / first * 100, "1"))
        return texts.say(f"chart_says.{way}_share", share=share, **named)
    return texts.say(f"chart_says.{way}", **named)


def _then(figure: Figure) -> str:
    """What a figure covers and when it held."""
    return ", ".join(part for part in (figure.scope, when(figure)) if part)
