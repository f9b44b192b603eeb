"""Where a claim's evidence comes from, drawn: the works as boxes, with arrows from each to what takes from it.

In: the sources that a claim cites, with its items. Out: a picture in whole coordinates, the same for the same records.
Origins stand on the left, and what takes from a work stands further right. At most LIMIT works are drawn, each with
all that it goes back to. How a chain ends is told by the outline of the box and in words.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger import words
from ledger.views.chain import Cited, Walk
from ledger.views.map_layout import wrapped
from ledger.views.viewing import RecordRef, Viewing

LIMIT = 40
"""The most works that are drawn."""
LETTERS, MOST_LINES = 22, 2
"""How many letters fit into a line of a box, and how many lines its label may have."""
WIDTH, ACROSS, DOWN, EDGE = 178, 54, 14, 4
"""The width of a box, the room between columns and between boxes, and the room around the picture."""
LINE, PADDING, DESCENT = 17, 8, 5
SLANT = 9
"""How far a slanted or cut corner reaches in."""
ROUNDS = 4
SCALE = 10_000
BESIDE = 22
"""How far a line within a column stands out."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a box; notes are set smaller."""

    text: str
    y: int
    note: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A drawn work, which leads to its page."""

    source: RecordRef
    end: str
    """How a chain ends here, as a word for styling; empty in the middle of a chain."""
    cited: bool
    x: int
    outline: str
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class OriginsDrawing:
    """The picture, and how many works are not in it, in words."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[str, ...]
    more: str


Box = tuple[int, int, int]
"""The left edge, the top and the height of a box."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What every box is made from."""

    viewing: Viewing
    cited: Cited
    walk: Walk
    circling: Collection[str]
    """The works that take from each other."""


def view_drawing(viewing: Viewing, walked: tuple[Cited, Walk]) -> OriginsDrawing | None:
    """The picture of what the sources of evidence items go back to; nothing where none takes from another."""
    cited, walk = walked
    if not any(walk.steps.values()):
        return None
    whole = _graph(walk)
    graph = whole.subgraph(_chosen(whole, cited))
    scene = _Scene(viewing, cited, walk, _circling(whole))
    lines = {id_: _lines(scene, id_) for id_ in sorted(graph)}
    boxes = _boxes(_columns(graph, circles=bool(scene.circling)), lines)
    left_out = len(whole) - len(graph)
    return OriginsDrawing(
        width=max(x for x, _, _ in boxes.values()) + WIDTH + (BESIDE if scene.circling else 0) + EDGE,
        height=max(top + height for _, top, height in boxes.values()) + EDGE,
        nodes=tuple(_node(scene, id_, boxes[id_], lines[id_]) for id_ in sorted(graph)),
        edges=tuple(_path(boxes[earlier], boxes[later]) for earlier, later in sorted(graph.edges)),
        more=words.ORIGINS["more"].format(words.count(words.WORKS_COUNTED, left_out)) if left_out else "",
    )


def _graph(walk: Walk) -> Any:
    """Every step of the chains, from the earlier work to the one that takes from it."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    graph = nx.DiGraph()
    graph.add_nodes_from(walk.steps)
    graph.add_edges_from((step.earlier, id_) for id_, steps in walk.steps.items() for step in steps)
    return graph


def _chosen(graph: Any, cited: Iterable[str]) -> list[str]:
    """The works to draw: cited ones in their order with all behind them, those without a tie to another last."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    chosen: dict[str, None] = {}
    for id_ in sorted(cited, key=lambda id_: not graph.degree(id_)):
        chosen |= dict.fromkeys((id_, *sorted(nx.ancestors(graph, id_))))
    return list(chosen)[:LIMIT]


def _circling(graph: Any) -> frozenset[str]:
    import networkx as nx  # noqa: PLC0415 - slow to import

    groups = nx.strongly_connected_components(graph)
    return frozenset(id_ for group in groups if len(group) > 1 for id_ in group)


# Columns, boxes and lines


def _generations(graph: Any, *, circles: bool) -> Iterable[Iterable[frozenset[str]]]:
    """The works by how many steps they are from an origin at most; those of a circle stay together."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    if not circles:
        return (map(frozenset, zip(found, strict=True)) for found in nx.topological_generations(graph))
    condensed = nx.condensation(graph)
    members = {group: frozenset(condensed.nodes[group]["members"]) for group in condensed}
    return ((members[group] for group in found) for found in nx.topological_generations(condensed))


def _columns(graph: Any, *, circles: bool) -> list[list[str]]:
    """The works of each generation, in an order that keeps lines short."""
    layers: dict[str, int] = {}
    groups: dict[str, frozenset[str]] = {}
    for at, generation in enumerate(_generations(graph, circles=circles)):
        for members in generation:
            layers |= dict.fromkeys(members, at)
            groups |= dict.fromkeys(members, members)
    columns: list[list[str]] = [[] for _ in range(max(layers.values()) + 1)]
    for id_ in sorted(layers):
        columns[layers[id_]].append(id_)
    near = {id_: _neighbours(graph, groups[id_]) for id_ in layers}
    first = {id_: min(groups[id_]) for id_ in layers}
    heights = {id_: height for column in columns for id_, height in _heights(column)}

    def wish(id_: str) -> tuple[int, str, str]:
        """How far down a work should stand: the mean of those it is tied to; works of one circle stay together."""
        tied = [heights[other] for other in near[id_]]
        return (sum(tied) // len(tied) if tied else SCALE), first[id_], id_

    for column in (*columns, *reversed(columns)) * ROUNDS:
        column.sort(key=wish)
        heights.update(_heights(column))
    return columns


def _neighbours(graph: Any, group: frozenset[str]) -> frozenset[str]:
    """What any work of a circle is tied to outside it."""
    tied = (other for one in group for other in (*graph.predecessors(one), *graph.successors(one)))
    return frozenset(tied) - group


def _heights(column: Sequence[str]) -> Iterator[tuple[str, int]]:
    """How far down each work of a column stands."""
    return ((id_, (2 * at + 1) * SCALE // (2 * len(column))) for at, id_ in enumerate(column))


def _boxes(columns: Sequence[Sequence[str]], lines: Mapping[str, Sequence[tuple[str, bool]]]) -> dict[str, Box]:
    """A place for every work: each column is set in the middle of the tallest."""
    heights = {id_: 2 * PADDING + LINE * len(text) for id_, text in lines.items()}
    stacked = [sum(heights[id_] + DOWN for id_ in column) - DOWN for column in columns]
    boxes: dict[str, Box] = {}
    for at, column in enumerate(columns):
        top = EDGE + (max(stacked) - stacked[at]) // 2
        for id_ in column:
            boxes[id_] = EDGE + at * (WIDTH + ACROSS), top, heights[id_]
            top += heights[id_] + DOWN
    return boxes


def _path(earlier: Box, later: Box) -> str:
    """A line from the right side of one box to the left side of another, or beside the column that holds both."""
    start, end = earlier[1] + earlier[2] // 2, later[1] + later[2] // 2
    left, right = earlier[0] + WIDTH, later[0]
    if earlier[0] == later[0]:
        return f"M{left} {start}C{left + BESIDE} {start} {left + BESIDE} {end} {left + 2} {end}"
    half = (left + right) // 2
    return f"M{left} {start}C{half} {start} {half} {end} {right - 2} {end}"


# Boxes


def _lines(scene: _Scene, id_: str) -> tuple[tuple[str, bool], ...]:
    """The lines of a box, and whether each is a note: the label, how the chain ends, the items that cite it."""
    ref = scene.viewing.ref(id_)
    label = wrapped(f"{ref.label} {ref.gone}".strip(), LETTERS, MOST_LINES)
    return (*((line, False) for line in label), *((note, True) for note in _notes(scene, id_)))


def _notes(scene: _Scene, id_: str) -> Iterator[str]:
    if end := _end(scene, id_):
        yield words.OUTLINES[end]
    elif id_ in scene.circling:
        yield words.ORIGINS["loop_node"]
    if id_ in scene.cited:
        items = [item for found in scene.cited[id_].values() for item in found]
        yield wrapped(words.ORIGINS["cited"].format(", ".join(items)), LETTERS + 4, 1)[0]


def _end(scene: _Scene, id_: str) -> str:
    """How a chain ends at a work; every work of a circle that leads nowhere else is its end."""
    return "circular" if id_ in scene.walk.circular else scene.walk.ends.get(id_, "")


def _node(scene: _Scene, id_: str, box: Box, lines: Sequence[tuple[str, bool]]) -> Node:
    source, end = scene.viewing.ref(id_), _end(scene, id_)
    x, top, height = box
    return Node(
        source=source,
        end=end,
        cited=id_ in scene.cited,
        x=x + WIDTH // 2,
        outline=_outline(end, x, top, height),
        lines=tuple(
            TextLine(text, top + PADDING + LINE * at - DESCENT, note) for at, (text, note) in enumerate(lines, start=1)
        ),
    )


def _outline(end: str, x: int, top: int, height: int) -> str:
    """A plain box in the middle of a chain and at a first-hand work; other ends have corners of their own."""
    w, h, s = WIDTH, height, SLANT
    corners = {
        "untraced": ((s, 0), (w, 0), (w - s, h), (0, h)),
        "dead-end": ((s, 0), (w - s, 0), (w, s), (w, h - s), (w - s, h), (s, h), (0, h - s), (0, s)),
        "circular": ((s, 0), (w - s, 0), (w, h // 2), (w - s, h), (s, h), (0, h // 2)),
        "cut": ((s, 0), (w, 0), (w, h), (s, h), (0, h // 2)),
    }.get(end, ((0, 0), (w, 0), (w, h), (0, h)))
    return "M" + "L".join(f"{x + right} {top + down}" for right, down in corners) + "Z"
