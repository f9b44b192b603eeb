"""Where a claim's evidence comes from, drawn: the works as boxes, with arrows from each to what takes from it.

In: the sources that a claim cites, with its items. Out: a picture in whole coordinates, the same for the same records.
The sources at which chains end are on the left, and what takes from a source is further right. The outline of the box
says how a chain ends, and so do words. More than MOST works are not drawn: the list says more than such a picture.
"""

from collections.abc import Collection, Iterator

from ledger import texts
from ledger.analysis.origins import Steps, in_order
from ledger.context import PageContext
from ledger.views import View
from ledger.views.chain import Walk
from ledger.views.drawing import Box, Line, Placed, lay_out, outline, wrapped

MOST = 10
"""The most works that are drawn."""
LETTERS, MOST_LINES = 22, 2
"""How many letters fit into a line of a box, and how many lines its label may have."""
WIDTH, GAP = 178, 54
SLANT = 9
"""How far a slanted or cut corner reaches in."""
SHAPES = {"untraced": "slanted", "dead-end": "octagon", "circular": "hexagon", "cut": "notched"}
"""How a chain ends → the outline of the box; it is plain in the middle of a chain and at a first-hand work."""


def view_drawing(context: PageContext, walk: Walk) -> View | None:
    """The picture of what a claim's sources go back to; none of too many works, nor where none takes from another."""
    if len(walk.steps) > MOST or not any(walk.steps.values()):
        return None
    earlier = {id_: tuple(step.earlier for step in found) for id_, found in walk.steps.items()}
    lines = (Line(before, id_) for id_, found in earlier.items() for before in found)
    layout = lay_out(_boxes(context, walk, earlier), lines, gap=GAP)
    return View(
        width=layout.width,
        height=layout.height,
        nodes=tuple(_node(context, walk, placed) for placed in layout.boxes),
        edges=layout.lines,
    )


def _boxes(context: PageContext, walk: Walk, earlier: Steps) -> Iterator[Box]:
    """Each work by how many steps it is from an origin at most; those of a circle stay together."""
    layers: dict[str, int] = {}
    for circle in in_order(earlier):
        inside = set(circle)
        layer = max((layers[one] + 1 for id_ in circle for one in earlier[id_] if one not in inside), default=0)
        for id_ in circle:
            layers[id_] = layer
            ref = context.ref(id_)
            label = wrapped(f"{ref.label} {ref.gone}".strip(), LETTERS, MOST_LINES)
            yield Box(id_, layer, label, tuple(_notes(walk, id_, circle)), width=WIDTH)


def _notes(walk: Walk, id_: str, circle: Collection[str]) -> Iterator[str]:
    """How the chain ends, and the items that cite the work."""
    if end := walk.end_of(id_):
        yield texts.say(f"chain_outline.{end}")
    elif len(circle) > 1:
        yield texts.say("chain.in_loop")
    if id_ in walk.cited:
        items = [item for found in walk.cited[id_].values() for item in found]
        yield wrapped(texts.say("chain.cited_in", items=", ".join(items)), LETTERS + 4, 1)[0]


def _node(context: PageContext, walk: Walk, placed: Placed) -> View:
    """A drawn work, which leads to its page."""
    id_ = placed.box.id
    end = walk.end_of(id_)
    shape = outline(SHAPES.get(end, ""), (placed.x, placed.y, placed.width, placed.height), SLANT)
    return View(
        source=context.ref(id_),
        # How a chain ends here, as a word for styling; empty in the middle of a chain.
        end=end,
        cited=id_ in walk.cited,
        place=placed,
        outline=shape,
    )
