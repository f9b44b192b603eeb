"""Where a claim's evidence comes from: the cited sources, under the works that they go back to, listed and drawn.

In: the traced chains of a Ledger, and the sources that a claim cites. Out: trees for a page, and a picture. A tree
starts at the end of the chain, so that a work to which several cited sources go back is named once, with all of them
below it. A chain is cut where it gets too long for a page. In the picture, the sources at which chains end are on the
left, and what draws on a source is further right; outlines of boxes say how a chain ends, and so do words.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ledger import texts
from ledger.analysis.origins import Steps, Trace, in_order
from ledger.context import PageContext
from ledger.graph import Ledger, result
from ledger.records import Derivation, Evidence, Source
from ledger.views import View
from ledger.views.drawing import Box, Line, Placed, lay_out, outline, wrapped

DEPTH = 6
"""How many steps a chain is followed, and how deep a tree is shown."""
SIZE = 80
"""How many works beside the cited ones are followed at most."""
ENDS = ("first-hand", "dead-end", "circular", "cut", "gone", "untraced")
"""How a chain may end, in the order in which the ends are shown."""

MOST_DRAWN = 10
"""More works than these are not drawn: the list says more than such a picture."""
LETTERS, MOST_LINES = 22, 2
"""How many letters fit into a line of a box, and how many lines its label may have."""
WIDTH, GAP = 178, 54
SLANT = 9
"""How far a slanted or cut corner reaches in."""
SHAPES = {"untraced": "slanted", "dead-end": "octagon", "circular": "hexagon", "cut": "notched"}
"""How a chain ends → the outline of the box; it is plain in the middle of a chain and at a first-hand work."""

Cited = Mapping[str, Mapping[str, Sequence[str]]]
"""Source id → what it does to the claim → evidence items."""


class Step(NamedTuple):
    """One source taking from an earlier one."""

    earlier: str
    hows: tuple[str, ...]
    inferred: bool


class Walk(NamedTuple):
    """What the cited sources of a claim go back to."""

    cited: Cited
    steps: Mapping[str, tuple[Step, ...]]
    """By source, the cited ones first."""
    ends: Mapping[str, str]
    """The sources at which a chain ends, with the sort of end."""
    circular: Collection[str]
    """The works of circles that lead nowhere else."""
    takers: Mapping[str, Sequence[tuple[str, Step]]]
    """Source → the later sources that take from it."""
    places: Mapping[str, str]
    """Source → the source below which it is shown with all that takes from it; an end is below nothing."""

    def end_of(self, id_: str) -> str:
        """How a chain ends at a work, if it does; every work of a circle that leads nowhere else is its end."""
        return "circular" if id_ in self.circular else self.ends.get(id_, "")


def walk_evidence(ledger: Ledger, traced: Trace, evidence: Iterable[Evidence]) -> Walk:
    """What the sources of evidence items go back to, in the order of the items, given the traces of their claim."""
    cited: dict[str, dict[str, list[str]]] = {}
    for item in evidence:
        cited.setdefault(ledger.present_id(item.source), {}).setdefault(item.relation, []).append(item.id)
    steps, cut = _walk_back(ledger, traced, cited)
    ends = _ends(traced, steps, cut)
    takers: dict[str, list[tuple[str, Step]]] = {}
    for id_, step in ((id_, step) for id_, found in steps.items() for step in found):
        takers.setdefault(step.earlier, []).append((id_, step))
    return Walk(cited, steps, ends, frozenset(traced.closed), takers, _places(ends, takers))


def view_chain(walk: Walk) -> tuple[View, ...]:
    """The trees of a walk, those that only serve the same later work as one."""
    groups: dict[tuple[Any, ...], list[str]] = {}
    for id_, sort in walk.ends.items():
        takers = [(later, step.hows, step.inferred) for later, step in walk.takers.get(id_, ())]
        groups.setdefault((sort, id_ if id_ in walk.cited else "", *takers), []).append(id_)
    return tuple(_tree(walk, tuple(ids), None, ()) for ids in groups.values())


def _walk_back(
    ledger: Ledger, traced: Trace, cited: Collection[str]
) -> tuple[dict[str, tuple[Step, ...]], Collection[str]]:
    """Follow the sources back to where their chains end, or are cut."""
    steps: dict[str, tuple[Step, ...]] = {}
    cut: set[str] = set()
    depth = dict.fromkeys(cited, 0)
    waiting = deque(depth)
    while waiting:
        id_ = waiting.popleft()
        steps[id_] = _steps(ledger, traced, id_)
        new = [step.earlier for step in steps[id_] if step.earlier not in depth]
        if new and (depth[id_] >= DEPTH or len(depth) + len(new) > len(cited) + SIZE):
            steps[id_] = ()
            cut.add(id_)
            continue
        depth |= dict.fromkeys(new, depth[id_] + 1)
        waiting.extend(new)
    return steps, cut


def _steps(ledger: Ledger, traced: Trace, id_: str) -> tuple[Step, ...]:
    earlier = traced.earlier.get(id_, ())
    return tuple(map(_ways(ledger, id_).__getitem__, earlier)) if earlier else ()


@result
def _ways(ledger: Ledger, source: str) -> Mapping[str, Step]:
    """How a source takes from each earlier one."""
    written = ledger.record(Source, source).fields.derived_from
    ways: dict[str, list[Derivation]] = {}
    for way in written if written != "unknown" else ():
        ways.setdefault(ledger.present_id(way.source), []).append(way)
    return {
        one: Step(one, tuple(dict.fromkeys(way.how for way in found)), all(way.inferred for way in found))
        for one, found in ways.items()
    }


def _ends(traced: Trace, steps: Mapping[str, tuple[Step, ...]], cut: Collection[str]) -> dict[str, str]:
    """One end for each group of sources that leads nowhere else, of a loop the first by id; and works that go on.

    In order of their sort, then as they are met.
    """
    ends: dict[str, str] = {}
    for group in in_order({id_: tuple(step.earlier for step in found) for id_, found in steps.items()}):
        if all(step.earlier in group for id_ in group for step in steps[id_]):
            id_ = min(group)
            ends[id_] = "cut" if id_ in cut else traced.ends.get(id_, "gone")
    ends |= {id_: "first-hand" for id_ in steps if steps[id_] and traced.ends.get(id_) == "first-hand"}
    met = {id_: at for at, id_ in enumerate(steps)}
    return dict(sorted(ends.items(), key=lambda end: (ENDS.index(end[1]), met[end[0]])))


def _places(ends: Iterable[str], takers: Mapping[str, Sequence[tuple[str, Step]]]) -> dict[str, str]:
    places = dict.fromkeys(ends, "")
    level = list(places)
    for _ in range(DEPTH):
        met = {later: id_ for id_ in reversed(level) for later, _ in takers.get(id_, ()) if later not in places}
        places |= met
        level = list(met)
    return places


def _tree(walk: Walk, ids: tuple[str, ...], step: Step | None, above: Sequence[str]) -> View:
    """A source and those that take from it; how it takes from the one above it, or how the chain ends there."""
    first = ids[0]
    takers = [(later, taken) for later, taken in walk.takers.get(first, ()) if later in walk.places]
    here = walk.places[first] == "".join(above[:1])
    return View(
        # At the top it may be several, where none is cited and the same takes from all of them.
        sources=ids,
        # Empty at the top.
        how=taken(step.hows, len(above)) if step else "",
        inferred=bool(step and step.inferred),
        # How the chain ends, as a word for styling; empty below the top.
        end="" if step else walk.ends[first],
        # What the source does to the claim, and the evidence items in which it does so.
        cited=walk.cited.get(first, {}),
        below=tuple(_tree(walk, (later,), taken, ids) for later, taken in takers) if here else (),
        # Whether what takes from it is elsewhere in the trees.
        again=bool(takers) and not here,
    )


def taken(hows: Sequence[str], many: int) -> str:
    """How a source takes from one or several earlier ones: `reviews them and uses data from them`."""
    known = [how for how in hows if how != "unknown"]
    return texts.listed([texts.say(f"takes.{how}", count=many) for how in known or hows])


# Drawn


def view_drawing(context: PageContext, walk: Walk) -> View | None:
    """The picture of the sources behind a claim; none if they are too many, or if none draws on another."""
    if len(walk.steps) > MOST_DRAWN or not any(walk.steps.values()):
        return None
    earlier = {id_: tuple(step.earlier for step in found) for id_, found in walk.steps.items()}
    lines = (Line(before, id_) for id_, found in earlier.items() for before in found)
    layout = lay_out(_boxes(context, walk, earlier), lines, gap=GAP)
    nodes = tuple(_node(context, walk, placed) for placed in layout.boxes)
    return View(width=layout.width, height=layout.height, nodes=nodes, edges=layout.lines)


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
