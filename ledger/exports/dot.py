"""A graph's question, positions and claims as DOT, for Graphviz: whoever reads it draws it in a style of their own."""

from typing import Any

from ledger.exports.escaping import in_dot

SHAPES = {"controversy": "oval", "position": "box", "claim": "note"}
"""Kind → the shape of its nodes; other kinds are left out, and so are mentions in texts."""


def dot(graph: Any, name: str) -> bytes:
    """One DOT file of a controversy's graph."""
    drawn = {id_: node for id_, node in graph.nodes(data=True) if node["kind"] in SHAPES}
    lines = [f"digraph {in_dot(name)} {{", "  rankdir=BT;"]
    for id_, node in drawn.items():
        shown = {"label": node.get("title", ""), "shape": SHAPES[node["kind"]], "URL": node["url"]}
        lines.append(f"  {in_dot(id_)} [{_attributes(shown)}];")
    for start, end, edge in graph.edges(data=True):
        if start in drawn and end in drawn and edge["type"] != "mentions":
            label = edge.get("effect", edge["type"])
            lines.append(f"  {in_dot(start)} -> {in_dot(end)} [{_attributes({'label': label})}];")
    return "\n".join([*lines, "}", ""]).encode("utf-8")


def _attributes(shown: dict[str, str]) -> str:
    return ", ".join(f"{name}={in_dot(value)}" for name, value in shown.items())
