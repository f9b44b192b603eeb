"""A Ledger → the same as a `networkx` graph, for questions about graphs.

In: a Ledger. Out: a `MultiDiGraph` with a node for each record, evidence item and stance, an edge for each reference.
"""

from typing import Any

from ledger.graph import Ledger


def to_networkx(ledger: Ledger) -> Any:
    """Nodes have `kind` and `title`; edges have `type`, `wants`, `field`, `written` and `own`, the fields beside it."""
    import networkx as nx  # noqa: PLC0415 - it is slow to import, and most of the program does without it

    graph = nx.MultiDiGraph()
    for id_ in ledger.records:
        for node in ledger.nodes_of(id_):
            graph.add_node(node, kind=ledger.node_kind(node), title=ledger.node_title(node))
    for edge in ledger.all_edges():
        if edge.target not in graph:
            graph.add_node(edge.target, kind=None, title=edge.target)
        field = ".".join(map(str, edge.path))
        own = dict(edge.own)
        graph.add_edge(
            edge.start, edge.target, type=edge.name, wants=edge.wants, field=field, written=edge.written, own=own
        )
    return graph
