"""Pictures of boxes and lines: where layers of boxes stand, how lines run between them, and how texts fill a box.

In: boxes in layers, with their lines of text, and the lines between them, in any order. Out: whole coordinates, the
same for the same boxes and lines. Layers stand side by side, and lines run in the gaps between them (Sugiyama, Tagawa
and Toda, *Methods for visual understanding of hierarchical system structures*, 1981). A box is as high as its text and
the ends of its lines need. The highest layer is stacked, its groups one after the other; within a group, and in the
other layers, a box is put near what it is tied to (the barycentre of its neighbours), which keeps lines short and
crossings few. Every line has a place of its own on the side of the box at which it ends.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple
from unicodedata import east_asian_width

MARGIN = 12
WIDTH = 200
GAP = 112
"""The room between two layers."""
SPACE = 12
"""The least room between two boxes of a layer."""
LINE_HEIGHT, PADDING = 18, 8
DESCENT = 5
"""How far the letters of a line stand above its lower edge."""
PORT = 9
"""The least room between the ends of two lines on one side of a box."""
ROUNDS = 6
SCALE = 100_000
HEAVY = 4
"""How much more a heavy line draws two boxes together than another."""


class Box(NamedTuple):
    """A box before it has a place: `notes` are lines in small type below the others; a layer is sorted by group.

    It is at least as high as `height`.
    """

    id: str
    layer: int
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()
    group: int = 0
    width: int = WIDTH
    height: int = 0


class Line(NamedTuple):
    """A line from one box to another; `heavy` ones pull harder."""

    start: str
    end: str
    heavy: bool = False


class Placed(NamedTuple):
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

    @property
    def texts(self) -> Iterator[tuple[str, int, bool]]:
        """The text in the middle of the box: each line, where it stands, and whether it is a note."""
        lines = [*((line, False) for line in self.box.lines), *((note, True) for note in self.box.notes)]
        top = self.y + (self.height - LINE_HEIGHT * len(lines)) // 2 - DESCENT
        return ((text, top + LINE_HEIGHT * at, note) for at, (text, note) in enumerate(lines, start=1))


class Drawn(NamedTuple):
    """A line with its path, as SVG writes one, and where it ends."""

    line: Line
    path: str
    end: tuple[int, int]


class Layout(NamedTuple):
    """A whole picture."""

    width: int
    height: int
    boxes: tuple[Placed, ...]
    lines: tuple[Drawn, ...]


Columns = Sequence[Sequence[Box]]
"""The boxes of each layer from top to bottom."""
Pulls = Mapping[str, Sequence[tuple[str, int]]]
"""Each box with its neighbours and how hard they pull."""


def lay_out(boxes: Iterable[Box], lines: Iterable[Line], *, gap: int = GAP) -> Layout:
    """Place every box and draw every line whose two ends are boxes."""
    by_id = {box.id: box for box in boxes}
    kept = sorted(line for line in set(lines) if line.start != line.end and {line.start, line.end} <= by_id.keys())
    columns = _ordered(by_id.values(), pulls := _pulls(kept))
    placed = _placed(columns, _heights(by_id, kept), pulls, gap)
    edges = [box.x + box.width for box in placed.values()]
    edges += [_right(placed[line.start]) + gap * 3 // 5 for line in kept if _is_within(line, placed)]
    bottom = max((box.y + box.height for box in placed.values()), default=0)
    drawn = tuple(_drawn(kept, placed, gap))
    return Layout(max(edges, default=0) + MARGIN, bottom + MARGIN, tuple(placed.values()), drawn)


# Which box stands above which


def _ordered(boxes: Iterable[Box], pulls: Pulls) -> Columns:
    columns: list[list[Box]] = [[] for _ in range(1 + max((box.layer for box in boxes), default=0))]
    for box in sorted(boxes, key=lambda box: (box.group, box.id)):
        columns[box.layer].append(box)
    for _ in range(ROUNDS):
        for column in reversed(columns):
            places = _places(columns)
            order = {box: (box.group, _barycentre(box.id, pulls, places), box.id) for box in column}
            column.sort(key=order.__getitem__)
    return columns


def _pulls(lines: Iterable[Line]) -> Pulls:
    found: dict[str, list[tuple[str, int]]] = {}
    for line in lines:
        for here, there in ((line.start, line.end), (line.end, line.start)):
            found.setdefault(here, []).append((there, HEAVY if line.heavy else 1))
    return found


def _places(columns: Columns) -> dict[str, int]:
    """How far down its layer each box stands, from 0 to SCALE."""
    return {box.id: (2 * at + 1) * SCALE // (2 * len(column)) for column in columns for at, box in enumerate(column)}


def _barycentre(id_: str, pulls: Pulls, places: Mapping[str, int]) -> int:
    near = pulls.get(id_, ())
    total = sum(weight for _, weight in near)
    return sum(weight * places[other] for other, weight in near) // total if total else places[id_]


# Where they stand


def _placed(columns: Columns, heights: Mapping[str, int], pulls: Pulls, gap: int) -> dict[str, Placed]:
    placed: dict[str, Placed] = {}
    tops, left = _tops(columns, heights, pulls), MARGIN
    for column in columns:
        placed |= {box.id: Placed(box, left, MARGIN + tops[box.id], box.width, heights[box.id]) for box in column}
        left += max((box.width for box in column), default=0) + gap
    return placed


def _tops(columns: Columns, heights: Mapping[str, int], pulls: Pulls) -> dict[str, int]:
    """Where each box begins: the highest layer is stacked, the others stand beside what they are tied to."""
    highs = {column: [heights[box.id] for box in column] for column in map(tuple, columns)}
    rooms = ((sum(high) + SPACE * (len(high) - 1), column) for column, high in highs.items())
    room, highest = max(rooms, key=itemgetter(0))
    tops = dict(zip((box.id for box in highest), _apart([0] * len(highest), highs[highest], room), strict=True))
    middles = {id_: place * room // SCALE for id_, place in _places(columns).items()}
    middles |= {id_: top + heights[id_] // 2 for id_, top in tops.items()}
    for column, high in highs.items():
        if column is not highest:
            wishes = [_barycentre(box.id, pulls, middles) for box in column]
            tops |= zip((box.id for box in column), _apart(wishes, high, room), strict=True)
    return tops


def _apart(wishes: Sequence[int], heights: Sequence[int], room: int) -> list[int]:
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


def _heights(by_id: Mapping[str, Box], lines: Iterable[Line]) -> dict[str, int]:
    """Room for the text, and for the ends of the lines on the busier side."""
    ends = {id_: [0, 0] for id_ in by_id}
    for line in lines:
        for here, there in ((line.start, line.end), (line.end, line.start)):
            ends[here][_is_on_right(by_id[here], by_id[there])] += 1
    return {
        id_: max(box.height, 2 * PADDING + LINE_HEIGHT * len(box.lines + box.notes), PORT * (max(ends[id_]) + 1))
        for id_, box in by_id.items()
    }


def _is_on_right(box: Box, other: Box) -> bool:
    """Whether a line to the other box leaves on the right; so do those within a layer."""
    return other.layer >= box.layer


def _right(placed: Placed) -> int:
    return placed.x + placed.width


def _is_within(line: Line, placed: Mapping[str, Placed]) -> bool:
    return placed[line.start].box.layer == placed[line.end].box.layer


# How the lines run


def _drawn(lines: Sequence[Line], placed: Mapping[str, Placed], gap: int) -> Iterator[Drawn]:
    ports = _ports(lines, placed)
    for line in lines:
        (x1, y1), (x2, y2) = ports[line, line.start], ports[line, line.end]
        bow = min(gap * 4 // 5, 40 + abs(y2 - y1) // 8)
        half = x1 + bow if _is_within(line, placed) else (x1 + x2) // 2
        yield Drawn(line, f"M{x1} {y1}C{half} {y1} {half} {y2} {x2} {y2}", (x2, y2))


def _ports(lines: Sequence[Line], placed: Mapping[str, Placed]) -> Mapping[tuple[Line, str], tuple[int, int]]:
    """Where each line meets each of its boxes: by where it comes from, top to bottom."""
    sides: dict[tuple[str, bool], list[tuple[int, Line]]] = {}
    for line in lines:
        for here, there in ((line.start, line.end), (line.end, line.start)):
            side = here, _is_on_right(placed[here].box, placed[there].box)
            sides.setdefault(side, []).append((placed[there].middle, line))
    ports = {}
    for (id_, is_right), ends in sides.items():
        box = placed[id_]
        for at, (_, line) in enumerate(sorted(ends), start=1):
            ports[line, id_] = (_right(box) if is_right else box.x, box.y + at * box.height // (len(ends) + 1))
    return ports


# Texts and outlines


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


def _short_words(text: str, columns: int) -> Iterator[str]:
    """The words of a text, those that are wider than a line in pieces."""
    for word in text.split():
        if columns_of(word) <= columns:
            yield word
            continue
        piece = ""
        for letter in word:
            if columns_of(piece + letter) > columns:
                yield piece
                piece = ""
            piece += letter
        yield piece


def outline(shape: str, box: tuple[int, int, int, int], slant: int) -> str:
    """The outline of a box (left edge, top, width, height) as an SVG path; `slant` is how far its sides reach in."""
    x, y, w, h = box
    s, half = slant, h // 2
    corners = {
        "slanted": ((s, 0), (w, 0), (w - s, h), (0, h)),
        "hexagon": ((s, 0), (w - s, 0), (w, half), (w - s, h), (s, h), (0, half)),
        "octagon": ((s, 0), (w - s, 0), (w, s), (w, h - s), (w - s, h), (s, h), (0, h - s), (0, s)),
        "notched": ((s, 0), (w, 0), (w, h), (s, h), (0, half)),
    }.get(shape, ((0, 0), (w, 0), (w, h), (0, h)))
    return "M" + "L".join(f"{x + right} {y + down}" for right, down in corners) + "Z"
