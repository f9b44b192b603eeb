"""A course of ratings → stacked columns, one row for each position, as a picture with whole coordinates.

In: the points of a course, the names of positions. Out: for each position and point a column of parts, the claims that
are likeliest right at the bottom. A range stands with its end nearest to the middle. Each part says how many claims it
stands for; the list and the table hold the same.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, groupby

from ledger import texts
from ledger.analysis.history import Timeline
from ledger.analysis.positions import PositionVerdicts
from ledger.rating_words import verdict_class
from ledger.views import View

LEAST_COLUMN, MOST_COLUMN, GAP = 18, 30, 4
"""How wide a column is, and how much of that is left empty."""
WIDE = 1320
"""How wide the columns may be together, so that they fit the screen of a laptop."""
MARGIN, NAME, AXIS = 4, 30, 38
ABOVE = 8
"""How far a name stands above its columns."""
ROW = 110
"""How high the highest column is, about."""
LEAST_UNIT, MOST_UNIT = 3, 16
"""How high one claim is."""
TEXT = 13
"""How high a part is that has room for its number."""
YEAR = 36
"""How much room the figures of a year need."""
LETTER = 8
"""How wide a letter of a name is, at most of the time."""
LEAST_POINTS = 2
PARTS: Mapping[str, str] = {
    "probably-true": "verdict.probably-true",
    "perhaps-true": "verdict.perhaps-true",
    "open": "verdict.open",
    "wrong": "history.wrong",
    "none": "verdicts.not_rated",
}
"""The parts of a column from the bottom, as words for styling → the keys of the words for them."""
SHARED = {"perhaps-false": "wrong", "probably-false": "wrong"}
"""Verdicts that share a part of a column."""

Shown = tuple[str, str, bool]
"""A point: where it stands in the list, what it is called, and whether its date is not known exactly."""


def view_stacked_bars(course: Timeline, names: Mapping[str, str], points: Sequence[Shown]) -> View | None:
    """The picture, if there are two points or more and a position rests on anything."""
    most = max((_most(course, id_) for id_ in names), default=0)
    if len(points) < LEAST_POINTS or not most:
        return None
    column = max(LEAST_COLUMN, min(MOST_COLUMN, WIDE // len(points)))
    unit = max(LEAST_UNIT, min(MOST_UNIT, ROW // most))
    bases = accumulate(NAME + unit * max(1, _most(course, id_)) for id_ in names)
    size = column, unit
    rows = tuple(_row(course, points, one, size, base) for one, base in zip(names.items(), bases, strict=True))
    axis = rows[-1].base
    wide = max(column * len(points), *(LETTER * len(name) for name in names.values()))
    ticks = ((str(year), MARGIN + column * at) for year, at in _first_of_years(course, YEAR // column))
    middles = (MARGIN + column * at + (column - GAP) // 2 for at in range(len(points)))
    return View(
        width=2 * MARGIN + wide,
        height=axis + AXIS,
        axis=axis,
        ticks=tuple(ticks),
        # The middles of columns whose date is not known exactly.
        unsure=tuple(at for at, (_, _, is_unsure) in zip(middles, points, strict=True) if is_unsure),
        rows=rows,
    )


def _most(course: Timeline, position: str) -> int:
    """The most claims that a position rests on at any point."""
    found = (one for point in course.points for one in point.positions if one.position == position)
    return max((counted(one).total() for one in found), default=0)


def _first_of_years(course: Timeline, apart: int) -> Sequence[tuple[int, int]]:
    """The years that have a point, each with the number of its first, where there is room to write them."""
    years = [(point.date.year, at) for at, point in enumerate(course.points)]
    firsts = [next(found) for _, found in groupby(years, key=lambda entry: entry[0])]
    kept: list[tuple[int, int]] = []
    for year, at in firsts:
        if not kept or at > kept[-1][1] + apart:
            kept.append((year, at))
    return kept


def _row(course: Timeline, points: Sequence[Shown], named: tuple[str, str], size: tuple[int, int], base: int) -> View:
    """The columns of a position, given its id and name and how wide a column and how high a claim is."""
    (id_, name), (wide, unit) = named, size
    columns = []
    for at, (point, (href, title, _)) in enumerate(zip(course.points, points, strict=True)):
        one = next((one for one in point.positions if one.position == id_), None)
        if one:
            parts = _parts(one, (MARGIN + wide * at, base), wide - GAP, unit)
            said = texts.say("history.column", date=title, counts=_said(one))
            columns.append(View(href=href, title=said, parts=parts))
    highest = max((sum(part.height for part in column.parts) for column in columns), default=0)
    return View(name=name, y=base - highest - ABOVE, base=base, columns=tuple(columns))


def _said(one: PositionVerdicts) -> str:
    said = (texts.say("history.counted", verdict=texts.say(PARTS[style]), count=n) for style, n in counted(one).items())
    return ", ".join(said) or texts.say("history.no_claim")


def _parts(one: PositionVerdicts, foot: tuple[int, int], width: int, unit: int) -> tuple[View, ...]:
    """Some claims that came out alike: which class they are of, how many, and where they are drawn.

    The label is empty where there is no room for it.
    """
    found: list[View] = []
    x, y = foot
    for style, many in counted(one).items():
        height = unit * many
        y -= height
        found.append(View(style=style, label=str(many) if height >= TEXT else "", x=x, y=y, width=width, height=height))
    return tuple(found)


def counted(one: PositionVerdicts) -> Counter[str]:
    """How many claims are in each part of a column, from the bottom."""
    found = Counter[str]()
    for count in one.verdicts:
        verdict = verdict_class(count.rating)
        found[SHARED.get(verdict, verdict)] += len(count.claims)
    return Counter({style: found[style] for style in PARTS if found[style]})
