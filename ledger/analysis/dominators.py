"""Dominators: what all ways come by.

In: the steps of a graph, and where ways start. Out: for each node that they reach, the last one before it by which
every way to it comes, its immediate dominator. These make a tree (Cooper, Harvey and Kennedy, A simple, fast dominance
algorithm, 2006). Where no way comes back, each node is looked at once; the meeting point of two branches of the tree is
found in a logarithm of its depth (Myers, An applicative random-access stack, 1983).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce

from ledger.analysis.origins import Steps, in_order

ROOT = ""
"""Before all starts: no id is empty."""


def dominators(steps: Steps, starts: Iterable[str]) -> Mapping[str, str]:
    """Node → its immediate dominator, which comes before it; ROOT for a start, and where all ways share nothing."""
    reached = behind(steps, starts := list(starts))
    order = in_order({id_: steps[id_] for id_ in reached})
    if any(len(loop) > 1 for loop in order):
        return _with_loops(steps, reached, starts)
    before: defaultdict[str, list[str]] = defaultdict(list, {id_: [ROOT] for id_ in starts})
    tree = _Tree()
    for (id_,) in reversed(order):
        tree.add(id_, reduce(tree.meeting, before[id_]))
        for onward in steps[id_]:
            before[onward].append(id_)
    del tree.above[ROOT]
    return tree.above


def behind(steps: Steps, starts: Iterable[str], but: Iterable[str] = ()) -> set[str]:
    """Some nodes, and whatever they lead to, however far on; without a few, and what is only behind these."""
    left_out = frozenset(but)
    waiting = [id_ for id_ in starts if id_ not in left_out]
    found = set(waiting)
    while waiting:
        more = {id_ for id_ in steps[waiting.pop()] if id_ not in found and id_ not in left_out}
        found |= more
        waiting += more
    return found


class _Tree:
    """A tree that grows at its leaves."""

    def __init__(self) -> None:
        self.above, self._depth, self._far = {ROOT: ROOT}, {ROOT: 0}, {ROOT: ROOT}
        """`_far`: a node further up, so that a few steps lead to any."""

    def add(self, id_: str, above: str) -> None:
        """Put a node below another."""
        far, depth = self._far, self._depth
        middle = far[above]
        is_even = depth[above] - depth[middle] == depth[middle] - depth[far[middle]]
        self.above[id_], depth[id_], far[id_] = above, depth[above] + 1, far[middle] if is_even else above

    def meeting(self, one: str, other: str) -> str:
        """The lowest node that is above both or is one of them."""
        depth, far, above = self._depth, self._far, self.above
        if depth[one] < depth[other]:
            one, other = other, one
        while depth[one] > depth[other]:
            one = far[one] if depth[far[one]] >= depth[other] else above[one]
        while one != other:
            moves = far if far[one] != far[other] else above
            one, other = moves[one], moves[other]
        return one


def _with_loops(steps: Steps, reached: set[str], starts: Iterable[str]) -> Mapping[str, str]:
    import networkx as nx  # noqa: PLC0415 - slow to import

    graph = nx.DiGraph({ROOT: starts, **{id_: steps[id_] for id_ in reached}})
    tree = nx.immediate_dominators(graph, ROOT)
    tree.pop(ROOT, None)  # the start itself, in some versions
    order = in_order({id_: (above,) if above else () for id_, above in tree.items()})
    return {id_: tree[id_] for (id_,) in order}
