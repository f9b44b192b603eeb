"""The graph for programs: all of it as `graph.json`, and what one controversy is about as GraphML and DOT.

In: a Ledger. Out: networkx node-link data, which `networkx.node_link_graph(data, edges="edges")` reads back, joined
from what each record adds to it; and for a controversy a graph of its own. That holds, with plain words as attributes,
the question, its positions, the claims tied to them or to such claims, with their evidence, the sources of these and
those behind them, and the stances of proponents. Whoever reads the DOT draws it in a style of their own.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, NamedTuple

from ledger import links, urls
from ledger.analysis.bearing import is_standing_claim
from ledger.analysis.ratings import ends_of
from ledger.analysis.ties import CLAIM_RELATIONS, bearings, positions_of
from ledger.context import PageContext
from ledger.edges import Edge, owner_id
from ledger.exports.escaping import in_dot, one_line
from ledger.exports.naming import Fragments, card_of, carried, seen_from
from ledger.exports.strict_json import SCHEMA, compact, joined
from ledger.graph import Ledger, result
from ledger.loading import Record, is_a
from ledger.outfile import OutFile
from ledger.records import Claim, Controversy, Position, Source

OWN_FIELDS = ("letter", "label", "status", "type", "tier")
"""Fields of records that stand on a node as they were written."""
EDGE_FIELDS = ("effect", "why", "locator", "consulted", "directness", "basis", "how", "inferred")
"""What an edge carries of the fields beside its id; longer texts stand on the nodes."""
SHAPES = {"controversy": "oval", "position": "box", "claim": "note"}
"""Kind → the shape of its nodes in DOT; other kinds are left out, and so are mentions in texts."""

# The whole graph


def fragment(ledger: Ledger, id_: str, _base_url: str) -> bytes:
    """The nodes of a record, a tab, the edges that start at them: two lists of objects without their brackets."""
    nodes = [{"id": node, "kind": ledger.node_kind(node)} for node in sorted(ledger.nodes_of(id_))]
    nodes[0] |= {"title": ledger.node_title(id_), "file": ledger.records[id_].path}
    edges = [
        {
            **carried(edge.own),
            "source": edge.start,
            "target": edge.target,
            "type": edge.name,
            "field": ".".join(map(str, edge.path)),
        }
        for edge in in_order(ledger.edges_of(id_))
    ]
    return b"\t".join(b",".join(map(compact, found)) for found in (nodes, edges))


def in_order(edges: Iterable[Edge]) -> list[Edge]:
    """A record's edges in order of their ends."""
    return sorted(edges, key=lambda edge: (edge.start, edge.target))


def graph_json(_ledger: Ledger, fragments: Fragments, _base_url: str) -> Iterator[bytes]:
    """`graph.json`: nodes and edges in order of the record that they belong to, then in that of their ends."""
    yield b'{\n"directed": true,\n"edges": [\n'
    yield from joined(_pieces(fragments, 1))
    yield b'\n],\n"graph": {},\n"multigraph": true,\n"nodes": [\n'
    yield from joined(_pieces(fragments, 0))
    yield b'\n],\n"schema": ' + compact(SCHEMA) + b"\n}\n"


def texts_of(data: bytes) -> list[bytes]:
    """What `graph.json` has of what a record adds."""
    return [piece for piece in data.split(b"\t") if piece]


def _pieces(fragments: Fragments, at: int) -> Iterator[bytes]:
    return filter(None, (data.split(b"\t")[at] for data in fragments()))


# The part that one controversy is about


class Subgraph(NamedTuple):
    """Nodes by id and edges in order of their ends, both with their attributes as plain words."""

    nodes: dict[str, dict[str, str]]
    edges: tuple[tuple[str, str, dict[str, str]], ...]


def graph_files(ledger: Ledger, record: Record[Controversy], base_url: str) -> Iterator[OutFile]:
    """`controversies/<id>.graphml` and `.dot`, as far as the site has them."""
    chosen = ledger.settings.exports
    if "graphml" in chosen or "dot" in chosen:
        graph, page = subgraph(ledger, record, base_url), urls.of_record(record)
        if "graphml" in chosen:
            yield OutFile(urls.beside(page, ".graphml"), graphml(graph))
        if "dot" in chosen:
            yield OutFile(urls.beside(page, ".dot"), dot(graph, record.id))


def subgraph(ledger: Ledger, record: Record[Controversy], base_url: str) -> Subgraph:
    """What a controversy is about."""
    context = seen_from(ledger, urls.of_record(record), base_url)
    nodes = {node: _attributes(context, node) for node in sorted(_nodes(ledger, record))}
    found = (edge for id_ in dict.fromkeys(map(owner_id, nodes)) for edge in ledger.edges_of(id_))
    kept = sorted((edge for edge in found if edge.start in nodes and edge.target in nodes), key=lambda edge: edge[:2])
    told = ({name: one_line(str(edge.own.get(name, ""))) for name in EDGE_FIELDS} for edge in kept)
    ends = zip(kept, told, strict=True)
    return Subgraph(nodes, tuple((edge.start, edge.target, _said(**own, type=edge.name)) for edge, own in ends))


@result
def claims_of(ledger: Ledger, id_: str) -> tuple[str, ...]:
    """The claims tied to a controversy's positions, and the claims tied to those."""
    near = tuple(bearings(ledger, positions_of(ledger, ledger.records[id_])))
    around = {end for tie in between(ledger, near) for end in tie[::2]}
    return tuple(sorted({*near, *around}))


def between(ledger: Ledger, claims: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """The relations that these claims have to claims, in either direction: the one, the relation, the other."""
    edges = (edge for id_ in claims for edge in (*ledger.edges_from(id_), *ledger.edges_to(id_)))
    found = {(edge.start, edge.name, edge.target) for edge in edges if edge.name in CLAIM_RELATIONS}
    return tuple(sorted(tie for tie in found if all(is_standing_claim(ledger, end) for end in tie[::2])))


def _nodes(ledger: Ledger, record: Record[Controversy]) -> set[str]:
    positions, claims = positions_of(ledger, record), claims_of(ledger, record.id)
    evidence = {node for id_ in claims for node in ledger.nodes_of(id_)}
    stances = {node for position in positions for node in _stances(ledger, position)}
    holders = set(map(owner_id, stances))
    parts = {*(position.id for position in positions), *evidence, *stances, *holders}
    return parts | {record.id} | _sources(ledger, parts)


def _stances(ledger: Ledger, position: Record[Position]) -> Iterator[str]:
    taken = (link.other_part for link in links.links_in(ledger, position.id) if link.kind == "proponent")
    return (node for node in taken if node)


def _sources(ledger: Ledger, nodes: set[str]) -> set[str]:
    """The sources that the nodes name, and all that these derive from."""
    found: set[str] = set()
    edges = (edge for id_ in set(map(owner_id, nodes)) for edge in ledger.edges_of(id_) if edge.start in nodes)
    new = {edge.target for edge in edges if ledger.node_kind(edge.target) == "source"}
    while new:
        found |= new
        behind = (edge for id_ in new for edge in ledger.edges_from(id_) if edge.name == "derived_from")
        new = {edge.target for edge in behind if edge.target in ledger.records} - found
    return found


def _attributes(context: PageContext, node: str) -> dict[str, str]:
    id_, _, part = node.partition("/")
    title = context.plain(context.ledger.node_title(node))
    kind, url = context.ledger.node_kind(node) or "", context.url(urls.of_card(card_of(context.ledger, id_), part))
    told = {} if part else _told(context, context.ledger.records[id_])
    return _said(**told, kind=kind, title=one_line(title), url=url)


def _told(context: PageContext, record: Record[Any]) -> dict[str, str]:
    """Where the record stands: its own words, the editors' newest rating, and the computed one."""
    fields, named = record.fields, dict(record.fields)
    told = {name: one_line(str(named.get(name) or "")) for name in OWN_FIELDS}
    told["issued"] = fields.issued.text if isinstance(fields, Source) and fields.issued else ""
    ratings = fields.assessments if isinstance(fields, (Claim, Position)) else ()
    told["rating"] = ratings[-1].rating if ratings else ""
    if is_a(record, Claim) and (computed := context.analysis.ratings.get(record.id)):
        told["verdict"] = " to ".join(dict.fromkeys(filter(None, ends_of(computed))))
        told["direction"] = computed.direction or ""
    return told


def _said(**attributes: str) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value}


def graphml(graph: Subgraph) -> bytes:
    """GraphML, for Gephi, yEd, Cytoscape and networkx: `networkx.read_graphml` reads it back."""
    used = (("node", graph.nodes.values()), ("edge", [attributes for _, _, attributes in graph.edges]))
    found = dict.fromkeys((what, name) for what, listed in used for attributes in listed for name in attributes)
    keys = {key: f"d{number}" for number, key in enumerate(found)}

    def data(what: str, attributes: dict[str, str]) -> str:
        said = ((keys[what, name], escape(value, quote=False)) for name, value in attributes.items())
        return "".join(f'<data key="{key}">{value}</data>' for key, value in said)

    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    named = (f'id="{key}" for="{what}" attr.name="{name}"' for (what, name), key in keys.items())
    lines += [*(f'<key {one} attr.type="string"/>' for one in named), '<graph edgedefault="directed">']
    lines += [f'<node id="{escape(id_)}">{data("node", node)}</node>' for id_, node in graph.nodes.items()]
    for number, (start, end, told) in enumerate(graph.edges):
        ends = f'id="e{number}" source="{escape(start)}" target="{escape(end)}"'
        lines.append(f"<edge {ends}>{data('edge', told)}</edge>")
    return "\n".join([*lines, "</graph>", "</graphml>", ""]).encode()


def dot(graph: Subgraph, name: str) -> bytes:
    """The question, positions and claims as DOT, for Graphviz."""
    drawn = {id_: node for id_, node in graph.nodes.items() if node["kind"] in SHAPES}
    lines = [f"digraph {in_dot(name)} {{", "  rankdir=BT;"]
    for id_, node in drawn.items():
        shown = {"label": node.get("title", ""), "shape": SHAPES[node["kind"]], "URL": node["url"]}
        lines.append(f"  {in_dot(id_)} [{_listed(shown)}];")
    for start, end, edge in graph.edges:
        if start in drawn and end in drawn and edge["type"] != "mentions":
            label = edge.get("effect", edge["type"])
            lines.append(f"  {in_dot(start)} -> {in_dot(end)} [{_listed({'label': label})}];")
    return "\n".join([*lines, "}", ""]).encode()


def _listed(shown: dict[str, str]) -> str:
    return ", ".join(f"{name}={in_dot(value)}" for name, value in shown.items())
