"""Dates → places on a drawn track, in whole pixels.

In: partial dates. Out: the years of the axis, and where each mark begins, how wide it is and in which lane it stands.
A date stays as exact as it was written: a year is a mark as long as the year. Years without a mark are left out, with
a gap where they were.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ledger.dates import PartialDate

YEAR = 120
"""How wide a year is."""
GAP = 36
"""How wide the place is where years are left out."""
MARGIN = 14
MARK = 24
"""How wide and high a mark is at least, so that a finger can hit it."""
LANE = 28
APART = 2
AXIS = 26
"""The height of the row with the years."""
DAYS = 366

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class YearTick:
    """A year on the axis; `gap` says that years before it are left out."""

    year: str
    x: int
    width: int
    gap: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark begins, how wide it is, and its lane, counted from 0."""

    x: int
    width: int
    lane: int
    height: int = MARK


def span(start: PartialDate, end: PartialDate | None = None) -> Span:
    """The first and last day of something; an open end is drawn at the end that is known."""
    end = end or start
    first = start.earliest if start.earliest != date.min else start.latest
    last = end.latest if end.latest != date.max else end.earliest
    return first, max(first, last)


def order(day: PartialDate) -> tuple[date, int, date, str]:
    """Sorts dates as they stand on the track, coarser first: an open beginning counts from the end that is known."""
    _, precision, latest, text = day.sort_key()
    return span(day)[0], precision, latest, text


def exact(day: PartialDate) -> bool:
    """Whether a date is known as it stands: no sign of doubt and no open end."""
    return not set("~?%").intersection(day.text) and ".." not in day.text


def ticks(spans: Iterable[Span]) -> tuple[YearTick, ...]:
    """The years in which something begins or ends."""
    found: list[YearTick] = []
    x, before = MARGIN, None
    for year in sorted({day.year for ends in spans for day in ends}):
        gap = before is not None and year > before + 1
        x += GAP if gap else 0
        found.append(YearTick(str(year), x, YEAR, gap))
        x, before = x + YEAR, year
    return tuple(found)


def width(years: Iterable[YearTick]) -> int:
    """How wide the whole track is."""
    return max((tick.x + tick.width for tick in years), default=0) + MARGIN


def places(spans: Iterable[Span], years: Iterable[YearTick]) -> list[Place]:
    """The place of each mark, in the lowest lane that is free there; the spans come in order of their first day."""
    starts = {tick.year: tick.x for tick in years}
    free: list[int] = []
    found = []
    for first, last in spans:
        x = _across(first, starts)
        wide = max(MARK, _across(last, starts) - x)
        lane = next((at for at, taken in enumerate(free) if taken <= x), len(free))
        free[lane : lane + 1] = [x + wide + APART]
        found.append(Place(x, wide, lane))
    return found


def _across(day: date, starts: Mapping[str, int]) -> int:
    return starts[str(day.year)] + day.timetuple().tm_yday * (YEAR - MARK) // DAYS
