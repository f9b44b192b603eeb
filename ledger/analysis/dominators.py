"""Dominators: what all ways come by.

In: the steps of a graph, and where ways start. Out: for each node that they reach, the last one before it by which
every way to it comes, its immediate dominator. Where no way comes back, each node is looked at once: its dominators are
those that all nodes before it have in common, and itself (Allen and Cocke, A program data flow analysis procedure,
1976). Each set of them is one number, with a bit for each node.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import and_

from ledger.analysis.origins import Steps, in_order, reached

ROOT = ""
"""Before all starts: no id is empty."""


def dominators(steps: Steps, starts: Iterable[str]) -> Mapping[str, str]:
    """Node → its immediate dominator, which comes before it; ROOT for a start, and where all ways share nothing."""
    starts = list(starts)
    whole = {id_: steps[id_] for id_ in behind(steps, starts)}
    order = in_order(whole)
    if any(len(loop) > 1 for loop in order):
        return _with_loops(whole, starts)
    before: defaultdict[str, list[int]] = defaultdict(list, {id_: [0] for id_ in starts})
    found, names = dict[str, str](), [ROOT]
    for (id_,) in reversed(order):
        common = reduce(and_, before.pop(id_))
        found[id_] = names[common.bit_length()]
        for onward in steps[id_]:
            before[onward].append(common | 1 << len(found) - 1)
        names.append(id_)
    return found


def behind(steps: Steps, starts: Iterable[str], but: Iterable[str] = ()) -> set[str]:
    """Some nodes, and whatever they lead to, however far on; without a few, and what is only behind these."""
    left_out = frozenset(but)
    return reached(set(starts) - left_out, lambda id_: (one for one in steps[id_] if one not in left_out))


def _with_loops(whole: Steps, starts: Iterable[str]) -> Mapping[str, str]:
    import networkx as nx  # slow to import

    graph = nx.DiGraph({ROOT: starts, **whole})
    tree = nx.immediate_dominators(graph, ROOT)
    tree.pop(ROOT, None)  # the start itself, in some versions
    order = in_order({id_: (above,) if above else () for id_, above in tree.items()})
    return {id_: tree[id_] for (id_,) in order}
