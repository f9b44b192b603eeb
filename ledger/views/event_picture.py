"""Events → a picture: every event a tick on a line of years, the weightiest ones with their names.

In: events in order of time, each with its name, how many claims it concerns, and the positions it touches. Out: whole
coordinates. A year is the wider, the more happened in it; one without an event is left out.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate, pairwise

from ledger.context import shortened
from ledger.views import View

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


def draw_events(lines: Sequence[View]) -> View:
    """The picture of some events, the oldest first, as the timeline lists them."""
    days = {line.event.id: line.event.fields.date.begins for line in lines}
    many = Counter(day.year for day in days.values())
    found = sorted(many)
    share = {year: LEAST + many[year] for year in found}
    ends = [0, *(WIDTH * part // sum(share.values()) for part in accumulate(share.values()))]
    starts = dict(zip(found, pairwise(ends), strict=False))
    ticks = [View(of=line, x=_across(day, *starts[day.year])) for line, day in zip(lines, days.values(), strict=True)]
    weights = sorted((-line.claims, -days[line.event.id].toordinal(), line.event.id) for line in lines)
    weighty = {id_ for _, _, id_ in weights[:NAMED]}
    named = tuple(_named(tick for tick in ticks if tick.of.event.id in weighty))
    years = (View(year=str(year), x=starts[year][0]) for year in found)
    height = max((one.y for one in named), default=0) + LANE
    return View(height=height, years=tuple(years), ticks=tuple(ticks), named=named)


def _across(day: date, start: int, end: int) -> int:
    return start + day.timetuple().tm_yday * (end - start) // DAYS


def _named(ticks: Iterable[View]) -> Iterable[View]:
    """The names in the first lane that is free there, from the line upwards."""
    free: list[int] = []
    for tick in ticks:
        name, letters = shortened(tick.of.ref.title, LONGEST), [letter for letter, _ in tick.of.positions]
        long = DOT * len(letters) + int(LETTER * len(name)) + DOT
        to_left = tick.x + long > WIDTH
        start = tick.x - long if to_left else tick.x
        lane = next((at for at, taken in enumerate(free) if taken <= start), len(free))
        free[lane : lane + 1] = [start + long]
        step = -DOT if to_left else DOT
        dots = tuple((letter, tick.x + step * (at + 1)) for at, letter in enumerate(letters))
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
