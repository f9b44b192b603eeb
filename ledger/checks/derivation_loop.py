"""No source derives from itself by way of others: a loop has no origin."""

from collections.abc import Iterable, Iterator

import networkx as nx

from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger

ID = "derivation-loop"
LEVEL = Level.WARNING


def items(ledger: Ledger) -> Iterable[frozenset[str]]:
    """Every source once, in the set of those that can be reached from it and back: alone, where there is no loop."""
    derivations = nx.DiGraph()
    derivations.add_nodes_from(source.id for source in of_kinds(ledger, "source"))
    edges = ((a, b) for a, b, edge in ledger.graph.edges(data=True) if edge["type"] == "derived_from")
    derivations.add_edges_from((a, b) for a, b in edges if a in derivations and b in derivations)
    loops = (frozenset(component) for component in nx.strongly_connected_components(derivations))
    return sorted(loops, key=min)


def check(ledger: Ledger, item: frozenset[str]) -> Iterator[Diagnostic]:
    """The shortest way from the loop's first id back to itself."""
    start = min(item)
    if loop := _way_back(ledger, start, item):
        message = "derives from itself: " + " → ".join([*loop, start])
        hint = "one of these came first: correct its `derived_from`"
        span = ledger.records[start].document.span(("derived_from",))
        yield Diagnostic(span, LEVEL, ID, message, hint)


def _way_back(ledger: Ledger, start: str, within: frozenset[str]) -> list[str]:
    """The ids of the shortest loop through `start`, beginning with it; empty when there is none."""
    ways = [[start]]
    seen = {start}
    while ways:
        longer = []
        for way in ways:
            for earlier in _earlier(ledger, way[-1], within):
                if earlier == start:
                    return way
                if earlier not in seen:
                    seen.add(earlier)
                    longer.append([*way, earlier])
        ways = longer
    return []


def _earlier(ledger: Ledger, node: str, within: frozenset[str]) -> list[str]:
    ends = (end for _, end, edge in ledger.graph.out_edges(node, data=True) if edge["type"] == "derived_from")
    return sorted(set(ends) & within)
