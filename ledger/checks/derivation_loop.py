"""No source derives from itself by way of others: a loop has no origin."""

from collections.abc import Iterable, Iterator, Mapping

import networkx as nx

from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger

ID = "derivation-loop"
LEVEL = Level.WARNING
SHOWN = 10
"""So many ids of a loop are named; of a longer one the first and the last."""


def items(ledger: Ledger) -> Iterable[frozenset[str]]:
    """Every source once, in the set of those that can be reached from it and back: alone, where there is no loop."""
    derivations = nx.DiGraph()
    derivations.add_nodes_from(source.id for source in of_kinds(ledger, "source"))
    edges = ((edge.start, edge.target) for edge in ledger.all_edges() if edge.name == "derived_from")
    derivations.add_edges_from((a, b) for a, b in edges if a in derivations and b in derivations)
    loops = (frozenset(component) for component in nx.strongly_connected_components(derivations))
    return sorted(loops, key=min)


def check(ledger: Ledger, item: frozenset[str]) -> Iterator[Diagnostic]:
    """The shortest way from the loop's first id back to itself."""
    start = min(item)
    if loop := _way_back(ledger, start, item):
        message = "derives from itself: " + " → ".join([*_shortened(loop), start])
        hint = "one of these came first: correct its `derived_from`"
        span = ledger.records[start].document.span(("derived_from",))
        yield Diagnostic(span, LEVEL, ID, message, hint)


def _way_back(ledger: Ledger, start: str, within: frozenset[str]) -> list[str]:
    """The ids of the shortest loop through `start`, beginning with it; empty when there is none."""
    later = {start: ""}
    waiting = [start]
    for id_ in waiting:
        for earlier in _earlier(ledger, id_, within):
            if earlier == start:
                return _way_to(id_, later)
            if earlier not in later:
                later[earlier] = id_
                waiting.append(earlier)
    return []


def _way_to(id_: str, later: Mapping[str, str]) -> list[str]:
    way = []
    while id_:
        way.append(id_)
        id_ = later[id_]
    return way[::-1]


def _shortened(loop: list[str]) -> list[str]:
    half = SHOWN // 2
    return loop if len(loop) <= SHOWN else [*loop[:half], f"… {len(loop) - 2 * half} more …", *loop[-half:]]


def _earlier(ledger: Ledger, node: str, within: frozenset[str]) -> list[str]:
    ends = (edge.target for edge in ledger.edges_from(node) if edge.name == "derived_from")
    return sorted(set(ends) & within)
