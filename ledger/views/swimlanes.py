"""Statements → swimlanes: rows of marks on a scale of years, as a picture with whole coordinates.

In: rows of statements, each with a name. Out: a place and an outline for every mark. Who takes which stance is told by
the letter of the position and the outline; a mark of a stance inferred from acts is hollow. The name of a row stands
above its first mark, so that the two are seen together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger import words
from ledger.dates import PartialDate
from ledger.views import time_scale
from ledger.views.drawing import outline
from ledger.views.stances import StatementView

NAME = 60
"""How many characters of a row's name are drawn."""
LETTER = 7
"""How wide a character of a name is, at most of the time."""
SLANT = 7
"""How far the slanted sides of an outline reach in."""
LEGEND_WIDTH = 32
HEADING = 20
"""How high the place for a row's name is."""
LEAST = 2
"""How many dated statements make a picture."""
SHAPES = {"holds": "box", "leans": "slanted", "rejects": "hexagon", "left": "arrow"}
"""Stance → outline."""
Row = tuple[str, Sequence[tuple[str, StatementView]]]
"""A name, and statements with their places on the page."""
Dated = tuple[str, StatementView, PartialDate]
"""A place on the page, the statement there, its day."""


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
class Swimlanes:
    """The picture; `bottom` is where the rows end."""

    width: int
    height: int
    bottom: int
    ticks: tuple[time_scale.YearTick, ...]
    lanes: tuple[Lane, ...]
    legend: Mapping[str, str]
    """Stance → its outline, to be explained."""


def view_swimlanes(rows: Iterable[Row]) -> Swimlanes | None:
    """The picture of the dated statements, if there are two or more of them."""
    dated = [(name, [(at, one, one.attested.date) for at, one in found if one.attested]) for name, found in rows]
    kept = [(name, found) for name, found in dated if found]
    if sum(len(found) for _, found in kept) < LEAST:
        return None
    ticks = time_scale.ticks(time_scale.span(day) for _, found in kept for _, _, day in found)
    lanes: list[Lane] = []
    for name, found in kept:
        lanes.append(_lane(name, found, ticks, top=lanes[-1].end if lanes else time_scale.AXIS))
    bottom = lanes[-1].end
    return Swimlanes(
        width=max(time_scale.width(ticks), *(lane.x + len(lane.name) * LETTER for lane in lanes)),
        height=bottom + time_scale.AXIS,
        bottom=bottom,
        ticks=ticks,
        lanes=tuple(lanes),
        legend={
            stance: outline(shape, (0, 0, LEGEND_WIDTH, time_scale.MARK), SLANT) for stance, shape in SHAPES.items()
        },
    )


def _lane(name: str, found: Sequence[Dated], ticks: Sequence[time_scale.YearTick], *, top: int) -> Lane:
    places = time_scale.places([time_scale.span(day) for _, _, day in found], ticks)
    marks = tuple(_mark(dated, place, top + HEADING) for dated, place in zip(found, places, strict=True))
    end = top + HEADING + time_scale.LANE * (1 + max(place.lane for place in places)) + time_scale.APART
    shown = name if len(name) <= NAME else name[: NAME - 1].rstrip() + "…"
    return Lane(shown, min(place.x for place in places), top + HEADING - SLANT // 2, end, marks)


def _mark(dated: Dated, place: time_scale.Place, top: int) -> Mark:
    where, one, day = dated
    stance = one.stance
    y = top + place.lane * time_scale.LANE + (time_scale.LANE + time_scale.APART - time_scale.MARK) // 2
    return Mark(
        href=f"#{where}",
        title=words.statement(one.date, one.words, one.about, inferred=bool(stance.inferred)),
        text=one.letter if time_scale.exact(day) else f"{one.letter}?",
        stance=stance.stance,
        inferred=bool(stance.inferred),
        outline=outline(SHAPES[stance.stance], (place.x, y, place.width, time_scale.MARK), SLANT),
        x=place.x + place.width // 2,
        y=y + 16,
    )
