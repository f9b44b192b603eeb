"""The part of the graph that one controversy is about, for programs that draw or reckon with graphs.

In: a Ledger, an Analysis and a controversy. Out: a graph of its own, and its GraphML and DOT files. It holds, with
plain words as attributes, the question, its positions, the claims tied to them or to such claims, with their evidence,
the sources of these and those behind them, and the stances of proponents.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import networkx as nx

from ledger import links, urls
from ledger.analysis import Analysis
from ledger.exports.dot import dot
from ledger.exports.escaping import one_line
from ledger.exports.graphml import graphml
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.views.bearings import CLAIM_RELATIONS, bearings, is_standing, positions_of
from ledger.views.viewing import Viewing

OWN_FIELDS = ("letter", "label", "status", "type", "tier")
"""Fields of records that stand on a node as they were written."""
EDGE_FIELDS = ("effect", "why", "locator", "consulted", "directness", "basis", "how", "inferred")
"""What an edge carries of the fields beside its id; longer texts stand on the nodes."""


def graph_files(ledger: Ledger, analysis: Analysis, record: Record, base_url: str) -> Iterator[OutFile]:
    """`controversies/<id>.graphml` and `.dot`."""
    graph, page = subgraph(ledger, analysis, record, base_url), urls.of_record(record)
    yield OutFile(urls.beside(page, ".graphml"), graphml(graph))
    yield OutFile(urls.beside(page, ".dot"), dot(graph, record.id))


def subgraph(ledger: Ledger, analysis: Analysis, record: Record, base_url: str) -> Any:
    """A `MultiDiGraph`; edges have `e0`, `e1` … as keys."""
    viewing = Viewing(ledger, urls.of_record(record), analysis, root=urls.public(base_url, "") if base_url else "")
    nodes = sorted(_nodes(ledger, record))
    made, kept = nx.MultiDiGraph(), frozenset(nodes)
    for node in nodes:
        made.add_node(node, **_attributes(viewing, node))
    found = (edge for node in nodes for edge in ledger.edges_from(node) if edge.target in kept)
    for number, edge in enumerate(sorted(found, key=lambda edge: (edge.start, edge.target))):
        own = {name: one_line(str(edge.own.get(name, ""))) for name in EDGE_FIELDS}
        made.add_edge(edge.start, edge.target, key=f"e{number}", **_said(**own, type=edge.name))
    return made


def claims_of(ledger: Ledger, record: Record) -> tuple[str, ...]:
    """The claims tied to a controversy's positions, and the claims tied to those."""
    near = tuple(bearings(ledger, positions_of(ledger, record)))
    around = {end for tie in between(ledger, near) for end in tie[::2]}
    return tuple(sorted({*near, *around}))


def between(ledger: Ledger, claims: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """The relations that these claims have to claims, in either direction: the one, the relation, the other."""
    edges = (edge for id_ in claims for edge in (*ledger.edges_from(id_), *ledger.edges_to(id_)))
    found = {(edge.start, edge.name, edge.target) for edge in edges if edge.name in CLAIM_RELATIONS}
    return tuple(sorted(tie for tie in found if all(_is_standing_claim(ledger, end) for end in tie[::2])))


def _is_standing_claim(ledger: Ledger, node: str) -> bool:
    return ledger.node_kind(node) == "claim" and is_standing(ledger, node)


def _nodes(ledger: Ledger, record: Record) -> set[str]:
    positions, claims = positions_of(ledger, record), claims_of(ledger, record)
    evidence = {node for id_ in claims for node in ledger.nodes_of(id_)}
    stances = {node for position in positions for node in _stances(ledger, position)}
    holders = {node.partition("/")[0] for node in stances}
    parts = {record.id, *(position.id for position in positions), *evidence, *stances, *holders}
    return parts | _sources(ledger, parts - {record.id})


def _stances(ledger: Ledger, position: Record) -> Iterator[str]:
    taken = (link.other_part for link in links.links_in(ledger, position.id) if link.kind == "proponent")
    return (node for node in taken if node)


def _sources(ledger: Ledger, nodes: Iterable[str]) -> set[str]:
    """The sources that the nodes name, and all that these derive from."""
    found: set[str] = set()
    ends = {edge.target for node in nodes for edge in ledger.edges_from(node)}
    new = {end for end in ends if ledger.node_kind(end) == "source"}
    while new:
        found |= new
        behind = (edge for id_ in new for edge in ledger.edges_from(id_) if edge.name == "derived_from")
        new = {edge.target for edge in behind if edge.target in ledger.records} - found
    return found


def _attributes(viewing: Viewing, node: str) -> dict[str, str]:
    record, part = viewing.ledger.records[node.partition("/")[0]], node.partition("/")[2]
    title = viewing.plain(viewing.ledger.node_title(node))
    kind, url = viewing.ledger.node_kind(node) or "", viewing.url(urls.of_record(record, part))
    told = {} if part else _told(viewing, record)
    return _said(**told, kind=kind, title=one_line(title), url=url)


def _told(viewing: Viewing, record: Record) -> dict[str, str]:
    """Where the record stands: its own words, the editors' newest rating, and the computed one."""
    fields = record.fields
    told = {name: one_line(str(getattr(fields, name, None) or "")) for name in OWN_FIELDS}
    issued = getattr(fields, "issued", None)
    ratings = getattr(fields, "assessments", ())
    computed = viewing.analysis.ratings.get(record.id)
    return told | {
        "issued": issued.text if issued else "",
        "rating": ratings[-1].rating if ratings else "",
        "computed": computed.computed if computed else "",
        "direction": (computed.direction or "") if computed else "",
    }


def _said(**attributes: str) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value}
