"""Where a claim's evidence comes from, drawn: the works as boxes, with arrows from each to what takes from it.

In: the sources that a claim cites, with its items. Out: a picture in whole coordinates, the same for the same records.
The sources at which chains end are on the left, and what takes from a source is further right. At most LIMIT works are
drawn, each with all that it goes back to. The outline of the box says how a chain ends, and so do words.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ledger import texts
from ledger.context import PageContext, RecordRef
from ledger.views.chain import Walk, graph_of
from ledger.views.drawing import Box, Drawn, Line, Placed, lay_out, outline, wrapped

LIMIT = 40
"""The most works that are drawn."""
LETTERS, MOST_LINES = 22, 2
"""How many letters fit into a line of a box, and how many lines its label may have."""
WIDTH, GAP = 178, 54
SLANT = 9
"""How far a slanted or cut corner reaches in."""
SHAPES = {"untraced": "slanted", "dead-end": "octagon", "circular": "hexagon", "cut": "notched"}
"""How a chain ends → the outline of the box; it is plain in the middle of a chain and at a first-hand work."""


@dataclass(frozen=True, slots=True)
class Node:
    """A drawn work, which leads to its page."""

    source: RecordRef
    end: str
    """How a chain ends here, as a word for styling; empty in the middle of a chain."""
    cited: bool
    place: Placed
    outline: str


@dataclass(frozen=True, slots=True)
class OriginsDrawing:
    """The picture, and how many works are not in it, in words."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Drawn, ...]
    more: str


def view_drawing(context: PageContext, walk: Walk) -> OriginsDrawing | None:
    """The picture of what the sources of evidence items go back to; nothing where none takes from another."""
    if not any(walk.steps.values()):
        return None
    whole = graph_of(walk.steps)
    graph = whole.subgraph(_chosen(whole, walk.cited))
    layout = lay_out(_boxes(context, walk, graph), (Line(*edge) for edge in graph.edges), gap=GAP)
    left_out = len(whole) - len(graph)
    return OriginsDrawing(
        width=layout.width,
        height=layout.height,
        nodes=tuple(_node(context, walk, placed) for placed in layout.boxes),
        edges=layout.lines,
        more=texts.say("chain.not_drawn", count=left_out) if left_out else "",
    )


def _chosen(graph: Any, cited: Iterable[str]) -> list[str]:
    """The works to draw: cited ones in their order with all behind them, those without a tie to another last."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    chosen: dict[str, None] = {}
    for id_ in sorted(cited, key=lambda id_: not graph.degree(id_)):
        chosen |= dict.fromkeys((id_, *sorted(nx.ancestors(graph, id_))))
    return list(chosen)[:LIMIT]


def _boxes(context: PageContext, walk: Walk, graph: Any) -> Iterator[Box]:
    for layer, generation in enumerate(_generations(graph)):
        for circle in generation:
            for id_ in circle:
                ref = context.ref(id_)
                label = wrapped(f"{ref.label} {ref.gone}".strip(), LETTERS, MOST_LINES)
                yield Box(id_, layer, label, tuple(_notes(walk, id_, circle)), width=WIDTH)


def _generations(graph: Any) -> Iterator[Iterator[Collection[str]]]:
    """The works by how many steps they are from an origin at most; those of a circle stay together."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    if nx.is_directed_acyclic_graph(graph):
        return (((id_,) for id_ in found) for found in nx.topological_generations(graph))
    circles = nx.condensation(graph)
    members = circles.nodes(data="members")
    return ((members[group] for group in found) for found in nx.topological_generations(circles))


def _notes(walk: Walk, id_: str, circle: Collection[str]) -> Iterator[str]:
    """How the chain ends, and the items that cite the work."""
    if end := walk.end_of(id_):
        yield texts.say(f"chain_outline.{end}")
    elif len(circle) > 1:
        yield texts.say("chain.in_loop")
    if id_ in walk.cited:
        items = [item for found in walk.cited[id_].values() for item in found]
        yield wrapped(texts.say("chain.cited_in", items=", ".join(items)), LETTERS + 4, 1)[0]


def _node(context: PageContext, walk: Walk, placed: Placed) -> Node:
    id_ = placed.box.id
    end = walk.end_of(id_)
    shape = outline(SHAPES.get(end, ""), (placed.x, placed.y, placed.width, placed.height), SLANT)
    return Node(context.ref(id_), end, id_ in walk.cited, placed, shape)
