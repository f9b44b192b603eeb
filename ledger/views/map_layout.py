"""Where the boxes of an argument map stand and how its lines run.

In: boxes in layers, with their lines of text, and the lines between them, in any order. Out: whole coordinates, the
same for the same boxes and lines. Layers stand side by side, and lines run in the gutters between them. A box is as
high as its text and the ends of its lines need. Layer 1 is stacked, its groups one after the other; within a group,
and in the other layers, a box is put near what it is tied to (the barycentre of its neighbours), which keeps lines
short and crossings few. Every line has a place of its own on the side of the box at which it ends.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

MARGIN = 12
WIDTHS = (200, 340, 200)
"""The width of the boxes of each layer."""
STACKED = 1
"""The layer that the others are put beside."""
GAPS = (96, 128)
"""The room between two layers."""
SPACE = 12
"""The least room between two boxes of a layer."""
LINE_HEIGHT = 18
PADDING = 8
PORT = 9
"""The least room between the ends of two lines on one side of a box."""
ARC = 88
"""How far the handles of a line between two boxes of one layer may stand out; the line goes three quarters as far."""
ROUNDS = 6
SCALE = 100_000
HEAVY = 4
"""How much more a load-bearing line draws two boxes together than another."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box before it has a place."""

    id: str
    layer: int
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """Lines in small type, below the others."""
    group: int = 0
    """Boxes of a layer stand by group."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one box to another; `heavy` ones pull harder."""

    start: str
    end: str
    relation: str
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A box in its place, in whole units of the picture."""

    box: Box
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        """The height of its middle."""
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line with its path, as SVG writes one."""

    line: Line
    path: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole picture."""

    width: int
    height: int
    boxes: tuple[Placed, ...]
    lines: tuple[Drawn, ...]


def lay_out(boxes: Iterable[Box], lines: Iterable[Line]) -> Layout:
    """Place every box and draw every line whose two ends are boxes."""
    by_id = {box.id: box for box in sorted(boxes, key=lambda box: box.id)}
    kept = sorted(
        {line for line in lines if line.start in by_id and line.end in by_id and line.start != line.end},
        key=lambda line: (line.start, line.end, line.relation),
    )
    columns = _ordered(by_id, kept)
    placed = _placed(columns, by_id, kept)
    right = max((box.x + box.width for box in placed.values()), default=0)
    bottom = max((box.y + box.height for box in placed.values()), default=0)
    within = [placed[line.start] for line in kept if placed[line.start].x == placed[line.end].x]
    swing = max((box.x + box.width + ARC * 3 // 4 for box in within), default=0)
    return Layout(max(right, swing) + MARGIN, bottom + MARGIN, tuple(placed.values()), tuple(_drawn(kept, placed)))


def wrapped(text: str, columns: int, most: int) -> tuple[str, ...]:
    """A text in lines of at most so many columns; what does not fit into the last line ends in an ellipsis."""
    lines = [""]
    for word in _short_words(text, columns):
        joined = f"{lines[-1]} {word}".strip()
        if columns_of(joined) <= columns:
            lines[-1] = joined
        else:
            lines.append(word)
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while columns_of(last) >= columns:
        last = last[:-1]
    return (*lines[: most - 1], last.rstrip() + "…")


def columns_of(text: str) -> int:
    """How wide a text is, counted in letters; the wide letters of East Asia count twice."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _short_words(text: str, columns: int) -> Iterable[str]:
    """The words of a text, those that are wider than a line in pieces."""
    for word in text.split():
        piece = ""
        for letter in word:
            if columns_of(piece + letter) > columns:
                yield piece
                piece = ""
            piece += letter
        yield piece


def _ordered(by_id: Mapping[str, Box], lines: Sequence[Line]) -> list[list[str]]:
    """The ids of each layer from top to bottom."""
    columns = [[id_ for id_, box in by_id.items() if box.layer == layer] for layer in range(len(WIDTHS))]
    pulls = _pulls(lines)
    for column in columns:
        column.sort(key=lambda id_: (by_id[id_].group, id_))
    for _ in range(ROUNDS):
        for column in reversed(columns):
            place = _heights(columns)
            order = {id_: (by_id[id_].group, _barycentre(id_, pulls, place), id_) for id_ in column}
            column.sort(key=order.__getitem__)
    return columns


def _pulls(lines: Iterable[Line]) -> Mapping[str, list[tuple[str, int]]]:
    """Each box with its neighbours and how hard they pull."""
    found: dict[str, list[tuple[str, int]]] = {}
    for line in lines:
        weight = HEAVY if line.heavy else 1
        found.setdefault(line.start, []).append((line.end, weight))
        found.setdefault(line.end, []).append((line.start, weight))
    return found


def _heights(columns: Iterable[Sequence[str]]) -> Mapping[str, int]:
    """How far down its layer each box stands, from 0 to SCALE."""
    return {id_: (2 * at + 1) * SCALE // (2 * len(column)) for column in columns for at, id_ in enumerate(column)}


def _barycentre(id_: str, pulls: Mapping[str, list[tuple[str, int]]], place: Mapping[str, int]) -> int:
    near = pulls.get(id_, ())
    total = sum(weight for _, weight in near)
    return sum(weight * place[other] for other, weight in near) // total if total else place[id_]


def _placed(columns: Sequence[Sequence[str]], by_id: Mapping[str, Box], lines: Sequence[Line]) -> dict[str, Placed]:
    """One layer is stacked in the middle of the height; the boxes of the others stand beside what they are tied to."""
    heights = {id_: _height(box, lines, by_id) for id_, box in by_id.items()}
    room = max((_stacked(column, heights) for column in columns), default=0)
    pulls, middles = _pulls(lines), {id_: place * room // SCALE for id_, place in _heights(columns).items()}
    tops = _stack(columns[STACKED], heights, room)
    middles |= {id_: top + heights[id_] // 2 for id_, top in tops.items()}
    for layer, column in enumerate(columns):
        if layer != STACKED:
            wishes = [_barycentre(id_, pulls, middles) for id_ in column]
            tops |= zip(column, _tops(wishes, [heights[id_] for id_ in column], room), strict=True)
    return {
        id_: Placed(by_id[id_], _left_edge(layer), MARGIN + tops[id_], WIDTHS[layer], heights[id_])
        for layer, column in enumerate(columns)
        for id_ in column
    }


def _stack(column: Sequence[str], heights: Mapping[str, int], room: int) -> dict[str, int]:
    """Where the boxes of a layer begin that stand close together in the middle of the room."""
    tops: dict[str, int] = {}
    at = (room - _stacked(column, heights)) // 2
    for id_ in column:
        tops[id_] = at
        at += heights[id_] + SPACE
    return tops


def _left_edge(layer: int) -> int:
    return MARGIN + sum(WIDTHS[:layer]) + sum(GAPS[:layer])


def _stacked(column: Sequence[str], heights: Mapping[str, int]) -> int:
    return sum(heights[id_] for id_ in column) + SPACE * max(0, len(column) - 1)


def _tops(wishes: Sequence[int], heights: Sequence[int], room: int) -> list[int]:
    """Where the boxes of a layer begin: near their wish, in order, apart from each other, within the room."""
    tops: list[int] = []
    end = 0
    for wish, height in zip(wishes, heights, strict=True):
        tops.append(max(end, wish - height // 2))
        end = tops[-1] + height + SPACE
    limit = room
    for at in range(len(tops) - 1, -1, -1):
        tops[at] = min(tops[at], limit - heights[at])
        limit = tops[at] - SPACE
    return tops


def _height(box: Box, lines: Iterable[Line], by_id: Mapping[str, Box]) -> int:
    """Room for the text, and for the ends of the lines on the busier side."""
    ends = [0, 0]
    for line in lines:
        for here, there in ((line.start, line.end), (line.end, line.start)):
            if here == box.id:
                ends[_on_right(box, by_id[there])] += 1
    return max(2 * PADDING + LINE_HEIGHT * len(box.lines + box.notes), PORT * (max(ends) + 1))


def _on_right(box: Box, other: Box) -> bool:
    """Whether a line to the other box leaves on the right; so do those within a layer."""
    return other.layer >= box.layer


def _drawn(lines: Sequence[Line], placed: Mapping[str, Placed]) -> Iterable[Drawn]:
    ports = _ports(lines, placed)
    for line in lines:
        start, end = (_end(line, id_, placed, ports) for id_ in (line.start, line.end))
        yield Drawn(line, _path(start, end, arc=placed[line.start].x == placed[line.end].x))


def _ports(lines: Sequence[Line], placed: Mapping[str, Placed]) -> Mapping[tuple[Line, str], int]:
    """The height at which each line meets each of its boxes: by where it comes from, top to bottom."""
    sides: dict[tuple[str, bool], list[tuple[int, Line]]] = {}
    for line in lines:
        for here, there in ((line.start, line.end), (line.end, line.start)):
            side = here, _on_right(placed[here].box, placed[there].box)
            sides.setdefault(side, []).append((placed[there].middle, line))
    ports = {}
    for (id_, _), ends in sides.items():
        ends.sort(key=lambda end: (end[0], end[1].start, end[1].end, end[1].relation))
        for at, (_, line) in enumerate(ends, start=1):
            ports[line, id_] = placed[id_].y + at * placed[id_].height // (len(ends) + 1)
    return ports


def _end(line: Line, id_: str, placed: Mapping[str, Placed], ports: Mapping[tuple[Line, str], int]) -> tuple[int, int]:
    here, there = placed[id_], placed[line.end if id_ == line.start else line.start]
    return here.x + (here.width if _on_right(here.box, there.box) else 0), ports[line, id_]


def _path(start: tuple[int, int], end: tuple[int, int], *, arc: bool) -> str:
    (x1, y1), (x2, y2) = start, end
    if arc:
        out = x1 + min(ARC, 40 + abs(y2 - y1) // 8)
        return f"M{x1} {y1}C{out} {y1} {out} {y2} {x2} {y2}"
    half = (x1 + x2) // 2
    return f"M{x1} {y1}C{half} {y1} {half} {y2} {x2} {y2}"
