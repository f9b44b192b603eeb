"""What each position of a controversy is given, side by side: what it lacks, and where one stands apart.

In: a ledger seen from a page, and a controversy. Out: who lacks what each should have; a table of figures by positions,
with flags; and in a line those that are the same for all. It reports; nothing is evened out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from ledger import words
from ledger.analysis.fairness import Flag, Share
from ledger.context import PageContext
from ledger.loading import Record
from ledger.records import Controversy
from ledger.views import figures
from ledger.views.all_evidence import Columns, columns_of


class FloorView(NamedTuple):
    """Something that each position should have, and who lacks it."""

    name: str
    said: str
    is_lacking: bool


class FigureView(NamedTuple):
    """A figure of a position, and what is flagged about it, in words."""

    value: str
    flag: str


class MeasureView(NamedTuple):
    """A row: what is counted, and the figure of each position."""

    name: str
    cells: tuple[FigureView, ...]


@dataclass(frozen=True, slots=True)
class FairnessView:
    """The whole page."""

    found: str
    caption: str
    columns: Columns
    floors: tuple[FloorView, ...]
    rows: tuple[MeasureView, ...]
    alike: str
    """The figures that are the same for all positions, in words."""


SHARES = ("verified-share", "own-words-share")
"""The measures that are shares of a whole."""
AGES = ("median-age", "assessed-days")
"""Those that are days."""
UNITS = (("days", Fraction(1), 60), ("months", Fraction(1461, 48), 24), ("years", Fraction(1461, 4), None))
"""Unit of an age → its days, and below how many of it an age is told in it."""


def view_fairness(context: PageContext, controversy: Record[Controversy]) -> FairnessView:
    """Everything on the page."""
    found = context.analysis.fairness.get(controversy.id, ())
    columns = columns_of(context.ledger, (one.position for one in found))
    shown = [_values(context, one) for one in found]
    rows = [_row(found, shown, measure) for measure in words.MEASURES]
    times = figures.figure(Fraction(context.ledger.settings.comparison.apart_times))
    return FairnessView(
        found=" ".join(_said(columns, found)),
        caption=words.FAIRNESS_PAGE["caption" if len(found) > 1 else "caption_alone"].format(times=times),
        columns=columns,
        floors=tuple(_floors(columns, found)),
        rows=tuple(row for row in rows if not _is_alike(row)),
        alike=_alike(row for row in rows if _is_alike(row)),
    )


# What was found


def _said(columns: Columns, found: Sequence[Share]) -> Iterator[str]:
    """Which positions lack something, and in how many figures one stands apart."""
    short = [column.fields.letter for column, one in zip(columns, found, strict=True) if one.floors]
    if len(found) == 1:
        yield words.FALL_SHORT["it" if short else "not it"]
    elif len(short) in {0, len(found)}:
        yield words.FALL_SHORT["every" if short else "none"]
    else:
        yield words.FALL_SHORT["some" if len(short) > 1 else "one"].format(words.listed(short))
    if len(found) > 1:
        yield words.count(words.STAND_APART, len({flag.measure for one in found for flag in one.flags}))


def _floors(columns: Columns, found: Sequence[Share]) -> Iterator[FloorView]:
    """Each is said, whether nobody lacks it, some do or all."""
    said = words.FAIRNESS_PAGE
    for floor, name in words.FLOORS.items():
        short = [column.fields.letter for column, one in zip(columns, found, strict=True) if floor in one.floors]
        if not short:
            yield FloorView(name, said["lacking_none" if len(found) > 1 else "not_lacking"], is_lacking=False)
        elif len(short) < len(found):
            yield FloorView(name, said["lacking"].format(words.listed(short)), is_lacking=True)
        else:
            yield FloorView(name, said["lacking_every" if len(found) > 1 else "lacking_it"], is_lacking=True)


# The figures


def _row(found: Sequence[Share], shown: Sequence[Mapping[str, str]], measure: str) -> MeasureView:
    cells = tuple(_cell(one, values, measure) for one, values in zip(found, shown, strict=True))
    return MeasureView(words.MEASURES[measure], cells)


def _is_alike(row: MeasureView) -> bool:
    return len(row.cells) > 1 and len(set(row.cells)) == 1 and not row.cells[0].flag


def _alike(rows: Iterable[MeasureView]) -> str:
    said = words.FAIRNESS_PAGE
    same = "; ".join(said["figure"].format(name=row.name, value=row.cells[0].value) for row in rows)
    return said["alike"].format(same) if same else ""


def _cell(one: Share, values: Mapping[str, str], measure: str) -> FigureView:
    flag = next((flag for flag in one.flags if flag.measure == measure), None)
    return FigureView(values[measure], _flagged(flag) if flag else "")


def _flagged(flag: Flag) -> str:
    median = figures.percent(flag.median) if flag.measure in SHARES else _halves(flag.median)
    return words.FLAGS[flag.word].format(_age(flag.median) if flag.measure in AGES else median)


def _values(context: PageContext, one: Share) -> Mapping[str, str]:
    """Measure → the figure of the position, as the table says it."""
    said = words.FAIRNESS_PAGE
    return {
        "items": str(one.items),
        "sources": str(one.sources),
        "works": str(one.works),
        "teams": str(one.teams),
        "quoted": str(one.quoted),
        "verified-share": _share(one.verified, one.items),
        "own-words-share": _share(one.own_words, one.items),
        "tiers": ", ".join(f"{words.TIERS[tier]} {count}" for tier, count in one.tiers.items()) or said["none"],
        "median-age": said["unknown"] if one.median_age is None else _age(one.median_age),
        "words": str(one.words),
        "steelman": said["yes" if one.steelman else "no"],
        "assessed-days": said["never"] if one.assessed_days is None else _ago(one.assessed_days),
        "holders": str(len(one.holders)),
        "unregistered": _unregistered(context, one),
        "searches": str(one.searches),
        "searches-against": str(one.searches_against),
    }


def _share(part: int, whole: int) -> str:
    said = words.FAIRNESS_PAGE
    if not whole:
        return said["none"]
    return said["of"].format(part, whole) if part else said["none_of"].format(whole)


def _halves(value: Fraction) -> str:
    """A median of counts: a whole number, or one and a half."""
    whole, half = divmod(value, 1)
    return f"{whole or ''}{words.HALF}" if half else str(whole)


def _age(days: Fraction) -> str:
    """An age in whole days, months or years, whichever tells it well enough."""
    told = [(unit, int(days / length + Fraction(1, 2)), most) for unit, length, most in UNITS]
    unit, many = next((unit, many) for unit, many, most in told if most is None or many < most)
    return words.count(words.AGES[unit], many)


def _ago(days: int) -> str:
    return words.AGO.format(_age(Fraction(days)))


def _unregistered(context: PageContext, one: Share) -> str:
    """How many, and who: a name, or the name of a group of which no member is named."""
    records = context.ledger.records
    names = (context.plain(records[name].title) if name in records else name for name in one.unregistered)
    return f"{len(one.unregistered)}: {', '.join(names)}" if one.unregistered else "0"
