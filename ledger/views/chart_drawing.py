"""Charts of figures drawn at build time: marks with their words → shapes, the same for the same marks.

In: marks, each a figure with its words, and a scale. Out: a Drawing, whose shapes
know their role and no colour: a page prints them with a class for each role, a file with attributes. Places across are
shares of the drawing's width, places down and sizes of type are pixels, so that words stay readable at every width.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from ledger.analysis.figures import Figure
from ledger.figure_words import when
from ledger.texts import escaped, safe
from ledger.views.drawing import columns_of, wrapped
from ledger.views.number_scale import WHOLE, Scale

ROOM, SMALL_ROOM = 35, 40
"""How many letters fit beside each other on a narrow screen, and how many small ones."""
LINE, BASELINE, TRACK, GAP = 18, 14, 22, 14
"""Heights in a row: of a line of words, of its letters, of the track below, and of the room before the next row."""
HALF_BAR, HALF_RANGE, HALF_ON_BAR, RADIUS, TICK = 6, 3, 2, 5, 4
AXIS = 24
"""The height of the line with the numbers along an axis."""
LEFT, RIGHT = 20, 980
"""Where the axis of rows begins and ends, in tenths of a per cent of the width."""
HIGH = 200
"""How high a plot of lines is, unless it has to be lower."""
BEGIN, END = 120, 820
"""Where the first and the last day of a series are."""
BEFORE, AFTER = 240, 720
"""Where the two columns of a slope are."""
BESIDE, ABOVE, BELOW = 10, -10, 22
LETTER = 28
"""How wide a letter is on a narrow screen."""
NEAR_X, NEAR_Y = 170, 15
"""Within so much of each other, two numbers would overlap."""
MOST_YEARS = 6
"""At most so many years are written."""
NAME = 14
"""How long a name beside a dot is at most."""
PATTERNS = 4
"""So many lines look different."""


class Mark(NamedTuple):
    """A figure as it is drawn, with its words."""

    figure: Figure
    label: str
    detail: str
    said: str
    """Its value in words."""
    aloud: str
    """All of it in words, for those who listen."""
    href: str

    @property
    def line(self) -> str:
        """What it is joined with: the figures of one measure and scope."""
        return ", ".join(filter(None, (self.figure.measure, self.figure.scope)))


class Shape(NamedTuple):
    """One shape: its tag, its role, its places, and the words of a text."""

    tag: str
    role: str
    places: tuple[tuple[str, str], ...]
    text: str = ""


class Group(NamedTuple):
    """Shapes that lead to one item; without an address they lead nowhere."""

    href: str
    aloud: str
    shapes: tuple[Shape, ...]


class Drawing(NamedTuple):
    """A chart."""

    height: int
    groups: tuple[Group, ...]


Say = Callable[[Decimal], str]
"""How a number is written along an axis."""


def share(place: int) -> str:
    """A place on a scale as a share of the width."""
    return across(LEFT + (RIGHT - LEFT) * place // WHOLE)


def across(place: int) -> str:
    """Tenths of a per cent of the width."""
    return f"{place / 10:.1f}%"


def _text(role: str, place: tuple[str, int], words: str, anchor: str = "", dx: int = 0) -> Shape:
    more = (("text-anchor", anchor), ("dx", str(dx) if dx else ""))
    places = (("x", place[0]), ("y", str(place[1])), *(one for one in more if one[1]))
    return Shape("text", role, places, words)


def _line(role: str, start: tuple[str, int], end: tuple[str, int]) -> Shape:
    (x1, y1), (x2, y2) = start, end
    return Shape("line", role, (("x1", x1), ("y1", str(y1)), ("x2", x2), ("y2", str(y2))))


def _dot(x: str, y: int, role: str = "dot") -> Shape:
    return Shape("circle", role, (("cx", x), ("cy", str(y)), ("r", str(RADIUS))))


# A row for each figure


def rows(marks: Sequence[Mark], scale: Scale, say: Say, *, bars: bool = False) -> Drawing:
    """A row for each figure: its words, and below them a dot or a bar with its range on a common axis."""
    groups, top = [], 0
    for mark in marks:
        shapes, height = _row(mark, scale, top, bars=bars)
        groups.append(Group(mark.href, mark.aloud, tuple(shapes)))
        top += height + GAP
    groups.append(Group("", "", tuple(_numbers(scale, say, top))))
    return Drawing(top + AXIS, tuple(groups))


def _row(mark: Mark, scale: Scale, top: int, *, bars: bool) -> tuple[list[Shape], int]:
    columns = max(12, ROOM - columns_of(mark.said) - 2)
    words = [(line, "label") for line in wrapped(mark.label, columns, 3)]
    words += [(line, "detail") for line in (wrapped(mark.detail, SMALL_ROOM, 2) if mark.detail else ())]
    shapes = [_text(role, ("0", top + BASELINE + LINE * at), line) for at, (line, role) in enumerate(words)]
    shapes.append(_text("value", ("100%", top + BASELINE), mark.said, "end"))
    middle = top + LINE * len(words) + TRACK // 2
    return [*shapes, *_track(mark, scale, middle, bars=bars)], LINE * len(words) + TRACK


def _track(mark: Mark, scale: Scale, middle: int, *, bars: bool) -> Iterator[Shape]:
    yield _line("rail", (share(0), middle), (share(WHOLE), middle))
    for tick in scale.ticks:
        x = share(scale.place(tick))
        yield _line("tick", (x, middle - TICK), (x, middle + TICK))
    low, high = scale.place(mark.figure.numbers[0]), scale.place(mark.figure.numbers[-1])
    if bars:
        start, end = sorted((scale.place(scale.start), scale.place(mark.figure.middle)))
        yield _box("bar", (start, end), middle, HALF_BAR)
    if low < high:
        yield _box("range-on-bar" if bars else "range", (low, high), middle, HALF_ON_BAR if bars else HALF_RANGE)
    if not bars and (mark.figure.value is not None or low == high):
        role = "ring" if mark.figure.value is None else "dot"
        yield _dot(share(scale.place(mark.figure.middle)), middle, role)


def _box(role: str, ends: tuple[int, int], middle: int, half: int) -> Shape:
    width = f"{(RIGHT - LEFT) * (ends[1] - ends[0]) / WHOLE / 10:.1f}%"
    places = (("x", share(ends[0])), ("y", str(middle - half)), ("width", width), ("height", str(2 * half)))
    return Shape("rect", role, places)


def _numbers(scale: Scale, say: Say, top: int) -> Iterator[Shape]:
    """The numbers along the axis below the rows."""
    for at, tick in enumerate(scale.ticks):
        anchor = "start" if at == 0 else "end" if at == len(scale.ticks) - 1 else "middle"
        yield _text("axis", (share(scale.place(tick)), top + BASELINE), say(tick), anchor)


# Lines


class _Plot(NamedTuple):
    """Where a plot begins, and how high it is."""

    top: int
    high: int

    @property
    def bottom(self) -> int:
        return self.top + self.high


def lines(marks: Iterable[Mark], scale: Scale, say: Say, *, slope: bool = False, high: int = HIGH) -> Drawing:
    """Dated figures; those of one thing are joined in order of their days: all of them, or the first and the last."""
    joined = dict[str, list[Mark]]()
    for mark in marks:
        joined.setdefault(mark.line, []).append(mark)
    found = [sorted(of, key=lambda mark: (mark.figure.day, mark.figure.middle, mark.aloud)) for of in joined.values()]
    chosen = [[of[0], *of[-1:]] if slope and len(of) > 1 else of for of in found]
    named = [at for at, of in enumerate(chosen) if len(of) > 1] if len(chosen) > 1 else []
    legend = [_legend(chosen[at][0].line, row, at) for row, at in enumerate(named)]
    plot = _Plot(LINE * len(named) + GAP + LINE, high)
    drawn = (_slope if slope else _series)(chosen, scale, say, plot)
    return Drawing(plot.bottom + AXIS + LINE, (*legend, *drawn))


def _legend(name: str, row: int, at: int) -> Group:
    """What a line is of."""
    middle = LINE * row + BASELINE - RADIUS
    sample = _line(_pattern(at), ("0", middle), ("28", middle))
    return Group("", "", (sample, _text("label", ("36", LINE * row + BASELINE), wrapped(name, ROOM - 5, 1)[0])))


def _pattern(at: int) -> str:
    return f"line-{at % PATTERNS}"


def _down(scale: Scale, number: Decimal, plot: _Plot) -> int:
    return plot.bottom - plot.high * scale.place(number) // WHOLE


def _slope(found: Sequence[Sequence[Mark]], scale: Scale, _: Say, plot: _Plot) -> Iterator[Group]:
    """Two columns: what was before on the left, what was after on the right, a figure alone on the side of its day."""
    before, after = [of[0] for of in found if len(of) > 1], [of[1] for of in found if len(of) > 1]
    latest = max((mark.figure.day for mark in before), default=0)
    for of in found:
        if len(of) == 1:
            (after if before and of[0].figure.day > latest else before).append(of[0])
    for at, of in enumerate(found):
        places = zip(of, (BEFORE, AFTER), strict=False)
        ends = [(across(x), _down(scale, mark.figure.middle, plot)) for mark, x in places]
        yield Group("", "", tuple(_line(_pattern(at), *pair) for pair in pairwise(ends)))
    yield from _column(before, scale, plot, (BEFORE, "end", -BESIDE))
    yield from _column(after, scale, plot, (AFTER, "start", BESIDE))


def _column(marks: Sequence[Mark], scale: Scale, plot: _Plot, place: tuple[int, str, int]) -> Iterator[Group]:
    """Dots, their numbers beside them, pushed apart as far as there is room, and their day where it is one."""
    x, anchor, dx = across(place[0]), *place[1:]
    last = plot.top - NEAR_Y
    for mark in sorted(marks, key=lambda mark: (-mark.figure.middle, mark.aloud)):
        y = _down(scale, mark.figure.middle, plot)
        last = max(y, last + NEAR_Y)
        words = [_text("value", (x, last + RADIUS), mark.said, anchor, dx)] if last <= plot.bottom + NEAR_Y else []
        yield Group(mark.href, mark.aloud, (_dot(x, y), *words))
    days = {when(mark.figure) for mark in marks}
    if len(days) == 1:
        yield Group("", "", (_text("axis", (x, plot.bottom + AXIS + BASELINE), days.pop(), "middle"),))


class _Place(NamedTuple):
    """Where a figure of a series is."""

    x: int
    y: int


def _series(found: Sequence[Sequence[Mark]], scale: Scale, say: Say, plot: _Plot) -> Iterator[Group]:
    """A plot with time to the right."""
    yield Group("", "", tuple(_grid(scale, say, plot)))
    days = [mark.figure.day for of in found for mark in of]
    first, last = min(days, default=0), max(days, default=0)
    yield Group("", "", tuple(_years(first, last, plot.bottom)))
    series = [
        [_Place(_at_day(mark.figure.day, first, last), _down(scale, mark.figure.middle, plot)) for mark in of]
        for of in found
    ]
    dots = {place for places in series for place in places}
    taken: list[_Place] = []
    for at, (of, places) in enumerate(zip(found, series, strict=True)):
        ends = [(across(one.x), one.y) for one in places]
        yield Group("", "", tuple(_line(_pattern(at), *pair) for pair in pairwise(ends)))
        for mark, place in zip(of, places, strict=True):
            span = (_down(scale, mark.figure.numbers[0], plot), _down(scale, mark.figure.numbers[-1], plot))
            words = mark.said if len(of) > 1 or columns_of(mark.label) > NAME else mark.label
            others = [_Place(dot.x, dot.y + RADIUS) for dot in dots - {place}]
            shapes = (*_stroke(mark, place, span), *_words(words, place, span, taken, others))
            yield Group(mark.href, mark.aloud, shapes)


def _stroke(mark: Mark, place: _Place, span: tuple[int, int]) -> Iterator[Shape]:
    """A dot with its range; a ring where only one end is known."""
    x = across(place.x)
    if span[0] > span[1]:
        yield _line("range-line", (x, span[0]), (x, span[1]))
    yield _dot(x, place.y, "ring" if mark.figure.value is None and span[0] == span[1] else "dot")


def _words(
    words: str, place: _Place, span: tuple[int, int], taken: list[_Place], dots: Iterable[_Place]
) -> Iterator[Shape]:
    """A number or a name above, below or right of a dot, on no other dot; none where there is no room for it."""
    wide = LETTER * columns_of(words)
    for at, anchor in (
        (_Place(place.x, span[1] + ABOVE), "middle"),
        (_Place(place.x, span[0] + BELOW), "middle"),
        (_Place(place.x + LETTER + wide // 2, place.y + RADIUS), "start"),
    ):
        fits = anchor == "middle" or place.x + LETTER + wide <= WHOLE
        fits = fits and not any(_is_near(at, other, NEAR_X) for other in taken)
        if fits and not any(_is_near(at, dot, LETTER + wide // 2) for dot in dots):
            taken.append(at)
            yield _text("value", (across(place.x), at.y), words, anchor, BESIDE if anchor == "start" else 0)
            return


def _is_near(one: _Place, other: _Place, apart: int) -> bool:
    return abs(one.x - other.x) < apart and abs(one.y - other.y) < NEAR_Y


def _at_day(day: int, first: int, last: int) -> int:
    return BEGIN + (END - BEGIN) * (day - first) // max(last - first, 1)


def _grid(scale: Scale, say: Say, plot: _Plot) -> Iterator[Shape]:
    for tick in scale.ticks:
        y = _down(scale, tick, plot)
        yield _line("rail", ("0", y), ("100%", y))
        yield _text("axis", ("0", y - 4), say(tick))


def _years(first: int, last: int, bottom: int) -> Iterator[Shape]:
    """The years that begin within a series, not all of many; the year of the first day where none does."""
    began, ended = (date.fromordinal(max(day, 1)).year for day in (first, last))
    starts = [(date(year, 1, 1).toordinal(), year) for year in range(began + 1, ended + 1)]
    every = -(-len(starts) // MOST_YEARS) or 1
    for day, year in starts[::every] or [(first, began)]:
        x = across(_at_day(day, first, last))
        yield _line("tick", (x, bottom), (x, bottom + TICK))
        yield _text("axis", (x, bottom + AXIS), str(year), "middle")


# In a page


def in_page(drawing: Drawing, label: str) -> Markup:
    """The chart as SVG without any style of its own; each figure is a link to its item."""
    groups = "\n".join(_group_in_page(group) for group in drawing.groups if group.shapes)
    size = f'width="100%" height="{drawing.height}"'
    return safe(f'<svg class="chart figures" role="group" aria-label="{escaped(label)}" {size}>\n{groups}\n</svg>')


def _group_in_page(group: Group) -> str:
    shapes = "".join(_shape(shape, (("class", f"chart-{shape.role}"),)) for shape in group.shapes)
    if not group.href:
        return f'<g aria-hidden="true">{shapes}</g>'
    return f'<a href="{escaped(group.href)}" aria-label="{escaped(group.aloud)}">{shapes}</a>'


def _shape(shape: Shape, looks: tuple[tuple[str, str], ...]) -> str:
    attributes = "".join(f' {name}="{escaped(value)}"' for name, value in (*looks, *shape.places))
    return f"<text{attributes}>{escaped(shape.text)}</text>" if shape.tag == "text" else f"<{shape.tag}{attributes}/>"


# In a file of its own


def in_file(drawing: Drawing, looks: Callable[[str], tuple[tuple[str, str], ...]]) -> Markup:
    """The shapes alone, each with attributes for the looks of its role."""
    shapes = (shape for group in drawing.groups for shape in group.shapes)
    return safe("\n".join(_shape(shape, looks(shape.role)) for shape in shapes))
