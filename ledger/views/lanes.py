"""Statements → lanes of marks on a scale of years, as a picture with whole coordinates.

In: rows of statements, each with a name. Out: a place and an outline for every mark. Who takes which stance is told by
the letter of the position and the outline; a mark of a stance inferred from acts is hollow. The name of a row stands
above its first mark, so that the two are seen together.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger import words
from ledger.dates import PartialDate
from ledger.views import scale
from ledger.views.stances import StatementView

NAME = 60
"""How many characters of a row's name are drawn."""
LETTER = 7
"""How wide a character of a name is, at most of the time."""
EDGE = 7
"""How far the slanted sides of an outline reach in."""
LEGEND_WIDTH = 32
HEADING = 20
"""How high the place for a row's name is."""
LEAST = 2
"""How many dated statements make a picture."""
Row = tuple[str, Sequence[tuple[str, StatementView]]]
"""A name, and statements with their places on the page."""
Dated = tuple[str, StatementView, PartialDate]
"""A place on the page, the statement that stands there, its day."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A statement: a link to its place in the list. `x` and `y` are where its text stands."""

    href: str
    title: str
    text: str
    stance: str
    inferred: bool
    outline: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A row; `x` and `y` are where its name begins, `end` is the line below it."""

    name: str
    x: int
    y: int
    end: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The picture; `bottom` is where the rows end."""

    width: int
    height: int
    bottom: int
    ticks: tuple[scale.YearTick, ...]
    lanes: tuple[Lane, ...]
    legend: Mapping[str, str]
    """Stance → its outline, to be explained."""


def view_lanes(rows: Iterable[Row]) -> Lanes | None:
    """The picture of the dated statements, if there are two or more of them."""
    dated = [(name, [(place, said, said.day) for place, said in found if said.day]) for name, found in rows]
    kept = [(name, found) for name, found in dated if found]
    if sum(len(found) for _, found in kept) < LEAST:
        return None
    ticks = scale.ticks(scale.span(day) for _, found in kept for _, _, day in found)
    lanes: list[Lane] = []
    for name, found in kept:
        lanes.append(_lane(name, found, ticks, top=lanes[-1].end if lanes else scale.AXIS))
    bottom = lanes[-1].end
    return Lanes(
        width=max(scale.width(ticks), *(lane.x + len(lane.name) * LETTER for lane in lanes)),
        height=bottom + scale.AXIS,
        bottom=bottom,
        ticks=ticks,
        lanes=tuple(lanes),
        legend={stance: outline(stance, 0, 0, LEGEND_WIDTH, scale.MARK) for stance in OUTLINES},
    )


def _lane(name: str, found: Sequence[Dated], ticks: Sequence[scale.YearTick], *, top: int) -> Lane:
    places = scale.places([scale.span(day) for _, _, day in found], ticks)
    marks = tuple(_mark(dated, place, top + HEADING) for dated, place in zip(found, places, strict=True))
    end = top + HEADING + scale.LANE * (1 + max(place.lane for place in places)) + scale.APART
    return Lane(_cut(name), min(place.x for place in places), top + HEADING - EDGE // 2, end, marks)


def _mark(dated: Dated, place: scale.Place, top: int) -> Mark:
    where, said, day = dated
    y = top + place.lane * scale.LANE + (scale.LANE + scale.APART - scale.MARK) // 2
    return Mark(
        href=f"#{where}",
        title=words.statement(said.date, said.words, said.about, inferred=said.inferred),
        text=said.letter if scale.exact(day) else f"{said.letter}?",
        stance=said.stance,
        inferred=said.inferred,
        outline=outline(said.stance, place.x, y, place.width, scale.MARK),
        x=place.x + place.width // 2,
        y=y + 16,
    )


def outline(stance: str, x: int, y: int, width: int, height: int) -> str:
    """The outline of a stance as an SVG path: a box, a slanted box, a stop sign, an arrow away."""
    return "M" + "L".join(f"{x + right} {y + down}" for right, down in OUTLINES[stance](width, height)) + "Z"


OUTLINES: Mapping[str, Callable[[int, int], tuple[tuple[int, int], ...]]] = {
    "holds": lambda w, h: ((0, 0), (w, 0), (w, h), (0, h)),
    "leans": lambda w, h: ((EDGE, 0), (w, 0), (w - EDGE, h), (0, h)),
    "rejects": lambda w, h: ((EDGE, 0), (w - EDGE, 0), (w, h // 2), (w - EDGE, h), (EDGE, h), (0, h // 2)),
    "left": lambda w, h: ((0, 0), (w - EDGE, 0), (w, h // 2), (w - EDGE, h), (0, h)),
}
"""Stance → the corners of its outline, from the upper left one of its box."""


def _cut(name: str) -> str:
    return name if len(name) <= NAME else name[: NAME - 1].rstrip() + "…"
