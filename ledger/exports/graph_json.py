"""The whole graph as networkx node-link data: `networkx.node_link_graph(data, edges="edges")` reads it back."""

from collections.abc import Iterator
from typing import Any

from ledger import urls
from ledger.analysis import Analysis
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.graph import Ledger
from ledger.outfile import OutFile


def graph_json(ledger: Ledger, _analysis: Analysis) -> Iterator[OutFile]:
    """`graph.json`: nodes in order of id, edges in order of their ends, type and place."""
    nodes = [_node(ledger, id_, node) for id_, node in sorted(ledger.graph.nodes(data=True))]
    edges = sorted((_edge(*edge) for edge in ledger.graph.edges(keys=True, data=True)), key=_order)
    content = {"schema": SCHEMA, "directed": True, "multigraph": True, "graph": {}, "nodes": nodes, "edges": edges}
    yield OutFile(urls.GRAPH, to_bytes(content))


def _node(ledger: Ledger, id_: str, node: dict[str, Any]) -> dict[str, Any]:
    record = ledger.owner(id_)
    url = urls.of_record(record, id_.partition("/")[2]) if record else None
    return {"id": id_, "kind": node["kind"], "title": node["title"], "url": url}


def _edge(start: str, target: str, key: int, edge: dict[str, Any]) -> dict[str, Any]:
    span = edge["span"]
    return {
        **edge["own"],
        "source": start,
        "target": target,
        "key": key,
        "type": edge["type"],
        "field": edge["field"],
        "at": f"{span.path}:{span.line}:{span.column}",
    }


def _order(edge: dict[str, Any]) -> tuple[str, str, int]:
    return edge["source"], edge["target"], edge["key"]
