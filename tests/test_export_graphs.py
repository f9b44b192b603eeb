"""A controversy's graph in formats of others: networkx and a parser of DOT read it back, whatever is written in it."""

import io
import json
from html import unescape

import networkx as nx
import pydot
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import CLAIM, EVIDENCE, MEDIUM, SMALL, SOURCE, data_of, ledger_at, ledger_of

from ledger.exports.escaping import in_dot, one_line
from ledger.exports.graphs import Subgraph, dot, graphml, subgraph
from ledger.graph import Ledger

pytestmark = pytest.mark.filterwarnings("ignore:.* deprecated - use:DeprecationWarning")  # pydot's own, in its parser

CONTROVERSY = {
    "controversies/c.yml": "title: C\nquestion: Is it?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: It is.\nrests_on: [x]\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nstatement: It is not.\n",
    "claims/x.yml": CLAIM + EVIDENCE,
    "claims/y.yml": CLAIM + "relations: [{claim: x, type: disputes, why: So.}]\n",
    "claims/elsewhere.yml": CLAIM,
    "sources/s.yml": SOURCE.replace("derived_from: unknown", "derived_from: [{source: t, how: reports}]"),
    "sources/t.yml": SOURCE,
    "sources/unused.yml": SOURCE,
    "proponents/p.yml": "name: P\ntype: person\nstances: [{id: s1, position: c-a, stance: holds}]\n",
}


def made(ledger: Ledger, base_url: str = "") -> dict[str, bytes]:
    return data_of(ledger, "*.graphml", "*.dot", base_url=base_url)


def of(ledger: Ledger, id_: str, base_url: str = "") -> nx.MultiDiGraph:
    """What a controversy is about, as networkx has it."""
    found, graph = subgraph(ledger, ledger.records[id_], base_url), nx.MultiDiGraph()
    graph.add_nodes_from(found.nodes.items())
    for number, (start, end, carried) in enumerate(found.edges):
        graph.add_edge(start, end, key=f"e{number}", **carried)
    return graph


def read_graphml(data: bytes) -> nx.MultiDiGraph:
    return nx.read_graphml(io.BytesIO(data), force_multigraph=True)


def test_the_graph_holds_what_the_controversy_is_about_and_nothing_else():
    graph = of(ledger_of(CONTROVERSY), "c")
    assert set(graph) == {"c", "c-a", "c-b", "x", "y", "x/e1", "s", "t", "p", "p/s1"}
    edges = {(start, edge["type"], end) for start, end, edge in graph.edges(data=True)}
    assert {
        ("c-a", "rests_on", "x"),
        ("y", "disputes", "x"),
        ("x/e1", "shown_in", "s"),
        ("s", "derived_from", "t"),
    } <= edges
    assert graph.nodes["x/e1"] == {"kind": "evidence", "title": "A gap.", "url": "../claims/x.html#e1"}


@pytest.mark.parametrize("content", [SMALL, MEDIUM], ids=["small", "medium"])
def test_graphml_read_back_is_the_same_graph(content):
    ledger = ledger_at(content)
    files = made(ledger)
    for record in ledger.of_kind("controversy"):
        graph = of(ledger, record.id)
        again = read_graphml(files[f"controversies/{record.id}.graphml"])
        assert dict(again.nodes) == dict(graph.nodes)
        assert dict(again.edges) == dict(graph.edges)
        assert len(graph) > 1


def test_addresses_are_public_where_the_site_has_one():
    graph = of(ledger_of(CONTROVERSY), "c", "https://example.org/l/")
    assert graph.nodes["x"]["url"] == "https://example.org/l/claims/x.html"


def test_dot_holds_the_question_positions_and_claims():
    files = made(ledger_of(CONTROVERSY))
    (graph,) = pydot.graph_from_dot_data(files["controversies/c.dot"].decode())
    nodes = {node.get_name(): node.get("shape") for node in graph.get_nodes()}
    assert nodes == {'"c"': '"oval"', '"c-a"': '"box"', '"c-b"': '"box"', '"x"': '"note"', '"y"': '"note"'}
    edges = {(edge.get_source(), edge.get("label"), edge.get_destination()) for edge in graph.get_edges()}
    assert ('"y"', '"disputes"', '"x"') in edges


HOSTILE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1) | st.sampled_from(
    [
        "<b>",
        '"',
        '\\"',
        "\\",
        "\\N \\G",
        "a\nb",
        "&lt;",
        "]]>",
        "\x00\x08\x1b",
        "\ufffe",
        "--",
        "->",
        "}",
        "a\r\nb",
        "#@[]",
    ]
)


def node(title: str) -> dict[str, str]:
    return {"kind": "claim", "title": title, "url": "a.html"}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE, HOSTILE)
def test_any_words_come_through_graphml(title: str, why: str):
    edge = {"type": "supports", "why": one_line(why)}
    graph = Subgraph({"a": node(one_line(title)), "b": node("B")}, (("a", "b", edge),))
    again = read_graphml(graphml(graph))
    assert (again.nodes["a"]["title"] or "") == one_line(title)
    ((*_, edge),) = again.edges(data=True)
    assert (edge["why"] or "") == one_line(why)


@given(HOSTILE)
def test_any_words_are_one_string_of_dot(title: str):
    graph = Subgraph({"a": node(title), "b": node("B")}, ())
    (read,) = pydot.graph_from_dot_data(dot(graph, title).decode())
    assert [node.get_name() for node in read.get_nodes()] == ['"a"', '"b"']
    label = read.get_node('"a"')[0].get("label")
    assert label == in_dot(title)
    assert unescape(json.loads(label)) == one_line(title)


def test_a_controversy_without_positions_has_its_files():
    files = made(ledger_of({"controversies/c.yml": CONTROVERSY["controversies/c.yml"]}))
    assert list(read_graphml(files["controversies/c.graphml"])) == ["c"]
    assert pydot.graph_from_dot_data(files["controversies/c.dot"].decode())
