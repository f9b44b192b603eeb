"""A graph as GraphML, for Gephi, yEd, Cytoscape and networkx: `networkx.read_graphml` reads it back."""

from io import BytesIO
from typing import Any

import networkx as nx


def graphml(graph: Any) -> bytes:
    """One GraphML file."""
    written = BytesIO()
    nx.write_graphml_xml(graph, written)
    return written.getvalue() + b"\n"
