"""Events → a picture: every event a tick on a line of years, the weightiest ones with their names.

In: events in order of time, each with its days, its name and the letters of the positions it touches. Out: whole
coordinates. A year is the wider, the more happened in it; one without an event is left out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate, pairwise
from typing import NamedTuple

from ledger.views import View

Span = tuple[date, date]
"""The first and the last day."""
WIDTH = 960
NAMED = 10
"""How many events are named."""
LONGEST = 60
"""How many characters of a name are drawn."""
LETTER = 6.6
"""How wide a character of a name is, at most of the time."""
DOT = 12
"""How far the dots of one event are apart."""
LANE = 22
LEAST = 6
"""A year is as wide as so many events, and one more for each of its own."""
DAYS = 366


class Happening(NamedTuple):
    """An event as the picture needs it: where it is listed, its days, its name, letters, and how much it touches."""

    href: str
    days: Span
    name: str
    title: str
    letters: tuple[str, ...]
    weight: int


def draw_events(events: Sequence[Happening]) -> View:
    """The picture of some events."""
    many = Counter(event.days[0].year for event in events)
    found = sorted(many)
    share = {year: LEAST + many[year] for year in found}
    ends = [0, *(WIDTH * part // sum(share.values()) for part in accumulate(share.values()))]
    starts = dict(zip(found, pairwise(ends), strict=False))
    ticks = [View(of=event, x=_across(event.days[0], *starts[event.days[0].year])) for event in events]
    weighty = sorted(ticks, key=lambda tick: (-tick.of.weight, -tick.of.days[0].toordinal(), tick.of.href))[:NAMED]
    named = tuple(_named(tick for tick in ticks if tick in weighty))
    years = (View(year=str(year), x=starts[year][0]) for year in found)
    height = max((one.y for one in named), default=0) + LANE
    return View(height=height, years=tuple(years), ticks=tuple(ticks), named=named)


def _across(day: date, start: int, end: int) -> int:
    return start + day.timetuple().tm_yday * (end - start) // DAYS


def _named(ticks: Iterable[View]) -> Iterable[View]:
    """The names in the first lane that is free there, from the line upwards."""
    free: list[int] = []
    for tick in ticks:
        name = tick.of.name if len(tick.of.name) <= LONGEST else tick.of.name[: LONGEST - 1].rstrip() + "…"
        long = DOT * len(tick.of.letters) + int(LETTER * len(name)) + DOT
        to_left = tick.x + long > WIDTH
        start = tick.x - long if to_left else tick.x
        lane = next((at for at, taken in enumerate(free) if taken <= start), len(free))
        free[lane : lane + 1] = [start + long]
        step = -DOT if to_left else DOT
        dots = tuple((letter, tick.x + step * (at + 1)) for at, letter in enumerate(tick.of.letters))
        at = tick.x + step * (len(dots) + 1) - step // 3
        yield View(
            of=tick.of,
            x=tick.x,
            y=LANE * (lane + 1),
            # A letter, and where its dot is.
            dots=dots,
            name=name,
            # Where the name begins, or ends if it stands to the left.
            at=at,
            to_left=to_left,
        )
