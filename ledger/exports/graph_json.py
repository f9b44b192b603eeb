"""The whole graph as networkx node-link data: `networkx.node_link_graph(data, edges="edges")` reads it back."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from ledger import urls
from ledger.analysis import Analysis
from ledger.edges import Edge, owner_id
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.graph import Ledger
from ledger.outfile import OutFile


def graph_json(ledger: Ledger, _analysis: Analysis) -> Iterator[OutFile]:
    """`graph.json`: nodes in order of id, edges in order of their ends and place."""
    nodes = [_node(ledger, node) for id_ in ledger.records for node in ledger.nodes_of(id_)]
    edges = _edges(ledger)
    nodes.sort(key=lambda node: node["id"])
    content = {"schema": SCHEMA, "directed": True, "multigraph": True, "graph": {}, "nodes": nodes, "edges": edges}
    yield OutFile(urls.GRAPH, to_bytes(content))


def _node(ledger: Ledger, node: str) -> dict[str, Any]:
    card = ledger.card(owner_id(node))
    url = urls.of_card(card, node.partition("/")[2]) if card else None
    return {"id": node, "kind": ledger.node_kind(node), "title": ledger.node_title(node), "url": url}


def _edges(ledger: Ledger) -> list[dict[str, Any]]:
    numbers: Counter[tuple[str, str]] = Counter()
    found = []
    for edge in sorted(ledger.all_edges(), key=lambda edge: (edge.start, edge.target)):
        ends = edge.start, edge.target
        found.append(_edge(ledger, edge, numbers[ends]))
        numbers[ends] += 1
    return found


def _edge(ledger: Ledger, edge: Edge, key: int) -> dict[str, Any]:
    return {
        **edge.own,
        "source": edge.start,
        "target": edge.target,
        "key": key,
        "type": edge.name,
        "field": ".".join(map(str, edge.path)),
        "file": ledger.records[edge.owner].path,
    }
