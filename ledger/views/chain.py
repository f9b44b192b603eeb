"""Where a claim's evidence comes from: the cited sources, under the works that they go back to.

In: the traced chains of a Ledger, and the sources that a claim cites. Out: trees for a page. A tree starts at the end
of the chain, so that a work to which several cited sources go back is named once, with all of them below it. A chain
is cut where it gets too long for a page.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger import words
from ledger.analysis.origins import OWN_FINDING, Trace
from ledger.context import RecordRef, Viewing
from ledger.graph import Ledger

DEPTH = 6
"""How many steps a chain is followed, and how deep a tree is shown."""
SIZE = 80
"""How many works beside the cited ones are followed at most."""


@dataclass(frozen=True, slots=True)
class Step:
    """One source taking from an earlier one."""

    earlier: str
    hows: tuple[str, ...]
    inferred: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """Source id → its steps, the cited sources first; and the sources at which a chain ends, with the sort of end."""

    steps: Mapping[str, tuple[Step, ...]]
    ends: Mapping[str, str]
    circular: Collection[str]
    """The works of circles that lead nowhere else."""

    def end_of(self, id_: str) -> str:
        """How a chain ends at a work, if it does; every work of a circle that leads nowhere else is its end."""
        return "circular" if id_ in self.circular else self.ends.get(id_, "")


Cited = Mapping[str, Mapping[str, Sequence[str]]]
"""Source id → what it does to the claim → evidence items."""


@dataclass(frozen=True, slots=True)
class ChainNode:
    """A source, how it takes from the one above it or how the chain ends at it, and what takes from it.

    At the top of a tree it may be several sources, where none is cited and the same takes from all of them.
    """

    sources: tuple[RecordRef, ...]
    how: str
    """Empty at the top of a tree."""
    inferred: bool
    end: str
    """How the chain ends, as a word for styling; empty below the top."""
    end_words: str
    cited: tuple[tuple[str, tuple[str, ...]], ...]
    """What the source does to the claim, in words, and the evidence items in which it does so."""
    below: tuple["ChainNode", ...]
    again: bool
    """Whether what takes from it stands elsewhere in the trees."""


@dataclass(frozen=True, slots=True)
class ChainView:
    """The trees, and the cited sources that found no place in one."""

    trees: tuple[ChainNode, ...]
    left: tuple[RecordRef, ...]


def walk_evidence(viewing: Viewing, id_: str, evidence: Iterable[Any]) -> tuple[Cited, Walk]:
    """The sources of evidence items, in the order of the items, and what these go back to."""
    cited: dict[str, dict[str, list[str]]] = {}
    for item in evidence:
        cited.setdefault(viewing.ref_id(item.source), {}).setdefault(item.relation, []).append(item.id)
    return cited, _walk_back(viewing.ledger, viewing.analysis.traced(id_), cited)


def view_chain(viewing: Viewing, walked: tuple[Cited, Walk]) -> ChainView:
    """What the sources of evidence items go back to, in the order of the items."""
    cited, walk = walked
    takers = _takers(walk)
    forest = _Forest(viewing, cited, walk, takers, _places(walk, takers))
    left = tuple(viewing.ref(id_) for id_ in cited if id_ not in forest.places)
    return ChainView(tuple(_tree(forest, ids, None, ()) for ids in _alike(forest)), left)


def _walk_back(ledger: Ledger, traced: Trace, cited: Collection[str]) -> Walk:
    """Follow the sources back to where their chains end; ends in order of their sort, then as they are met."""
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
    return Walk(steps, _ends(traced, steps, cut), frozenset(traced.closed))


def _steps(ledger: Ledger, traced: Trace, id_: str) -> tuple[Step, ...]:
    earlier = traced.earlier.get(id_, ())
    if not earlier:
        return ()
    ways: dict[str, list[Any]] = {}
    for way in ledger.records[id_].fields.derived_from:
        if way.how not in OWN_FINDING:
            ways.setdefault(ledger.present_id(way.source), []).append(way)
    return tuple(_step(before, ways[before]) for before in earlier)


def _step(earlier: str, ways: Sequence[Any]) -> Step:
    return Step(earlier, tuple(dict.fromkeys(way.how for way in ways)), all(way.inferred for way in ways))


def _ends(traced: Trace, steps: Mapping[str, tuple[Step, ...]], cut: Collection[str]) -> dict[str, str]:
    """One end for each group of sources that leads nowhere else, of a loop the first by id; and works that go on."""
    ends: dict[str, str] = {}
    for group in _circles(steps):
        if all(step.earlier in group for id_ in group for step in steps[id_]):
            id_ = min(group)
            ends[id_] = "cut" if id_ in cut else traced.ends.get(id_, "gone")
    ends |= {id_: "first-hand" for id_ in steps if steps[id_] and traced.ends.get(id_) == "first-hand"}
    met = {id_: at for at, id_ in enumerate(steps)}
    order = tuple(words.CHAIN_ENDS)
    return dict(sorted(ends.items(), key=lambda end: (order.index(end[1]), met[end[0]])))


def _circles(steps: Mapping[str, tuple[Step, ...]]) -> Iterable[Collection[str]]:
    """The works in groups: those that take from each other together, any other alone."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    if not any(steps.values()):
        return ({id_} for id_ in steps)
    found: Iterable[Collection[str]] = nx.strongly_connected_components(graph_of(steps))
    return found


def graph_of(steps: Mapping[str, tuple[Step, ...]]) -> Any:
    """Every step of the chains, from the earlier work to the one that takes from it."""
    import networkx as nx  # noqa: PLC0415 - slow to import

    graph = nx.DiGraph()
    graph.add_nodes_from(steps)
    graph.add_edges_from((step.earlier, id_) for id_, found in steps.items() for step in found)
    return graph


@dataclass(frozen=True, slots=True)
class _Forest:
    """What every tree is drawn from."""

    viewing: Viewing
    cited: Cited
    walk: Walk
    takers: Mapping[str, Sequence[tuple[str, Step]]]
    places: Mapping[str, str]


def _takers(walk: Walk) -> dict[str, list[tuple[str, Step]]]:
    """Source → the later sources that take from it."""
    found: dict[str, list[tuple[str, Step]]] = {}
    for id_, steps in walk.steps.items():
        for step in steps:
            found.setdefault(step.earlier, []).append((id_, step))
    return found


def _places(walk: Walk, takers: Mapping[str, Sequence[tuple[str, Step]]]) -> dict[str, str]:
    """Source → the source below which it is shown with all that takes from it; an end stands below nothing."""
    places = dict.fromkeys(walk.ends, "")
    level = list(places)
    for _ in range(DEPTH):
        met = {later: id_ for id_ in reversed(level) for later, _ in takers.get(id_, ()) if later not in places}
        places |= met
        level = list(met)
    return places


def _alike(forest: _Forest) -> Iterable[tuple[str, ...]]:
    """The ends in groups: those that only serve the same later work stand together."""
    groups: dict[tuple[Any, ...], list[str]] = {}
    for id_, sort in forest.walk.ends.items():
        takers = [(later, step.hows, step.inferred) for later, step in forest.takers.get(id_, ())]
        groups.setdefault((sort, id_ if id_ in forest.cited else "", *takers), []).append(id_)
    return map(tuple, groups.values())


def _tree(forest: _Forest, ids: Sequence[str], step: Step | None, above: Sequence[str]) -> ChainNode:
    first = ids[0]
    found = forest.cited.get(first, {})
    takers = [(later, taken) for later, taken in forest.takers.get(first, ()) if later in forest.places]
    here = forest.places[first] == "".join(above[:1])
    return ChainNode(
        sources=tuple(map(forest.viewing.ref, ids)),
        how=words.taken(step.hows, len(above)) if step else "",
        inferred=bool(step and step.inferred),
        end="" if step else forest.walk.ends[first],
        end_words="" if step else words.CHAIN_ENDS[forest.walk.ends[first]][len(ids) > 1],
        cited=tuple((said, tuple(found[effect])) for effect, said in words.CITED_IN.items() if effect in found),
        below=tuple(_tree(forest, [later], taken, ids) for later, taken in takers) if here else (),
        again=bool(takers) and not here,
    )
