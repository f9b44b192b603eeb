"""The data of the site: complete, strict, and enough to write the content back from."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

import networkx as nx
import pytest
import yaml
from making import CLAIM, EVIDENCE, MEDIUM, SMALL, SOURCE, Reader, data_of, ledger_at, ledger_of

from ledger import loading
from ledger.edges import RENAMED
from ledger.exports.naming import CARRIED
from ledger.exports.strict_json import to_bytes
from ledger.files import TextFile
from ledger.graph import Ledger
from ledger.records import KINDS

TWIN = {"schema", "id", "kind", "title", "url", "json", "record", "links_out", "links_in"}
COMPUTED = {
    "claim": {"rating", "strip", "single_points", "changed_by", "quotes", "conflicts", "hash"},
    "chart": {"sentence", "figures", "conflicts"},
    "source": {"origins", "dropped", "if_it_fell"},
    "position": {"verdicts", "weakest", "changed_by", "quotes"},
    "proponent": {"quotes"},
}
WRITTEN = {new: old for old, new in RENAMED.items()}
SUMMARY = {"id", "kind", "title", "url", "json"}


@pytest.fixture(scope="module", params=[SMALL, MEDIUM], ids=["small", "medium"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    return ledger_at(request.param)


@pytest.fixture(scope="module")
def data(request: pytest.FixtureRequest, ledger: Ledger, site_at) -> dict[str, Any]:
    """Every JSON file of the site, read strictly."""
    site = site_at(SMALL if ledger is ledger_at(SMALL) else MEDIUM)
    return {path: _strict(text) for path, text in site.items() if path.endswith(".json")}


@pytest.fixture(scope="module")
def medium(medium_site: Mapping[str, bytes]) -> Mapping[str, bytes]:
    return medium_site


def _strict(text: bytes) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert [key for key, _ in pairs] == sorted({key for key, _ in pairs})
        return dict(pairs)

    def refused(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    return json.loads(text.decode("utf-8"), object_pairs_hook=once, parse_constant=refused)


def test_the_twin_of_a_record_has_these_keys_and_no_other(ledger: Ledger, data: dict[str, Any]):
    for record in ledger.records.values():
        twin = data[f"{record.kind.folder}/{record.id}.json"]
        assert TWIN <= set(twin) <= TWIN | {"challenged"} | COMPUTED.get(record.kind.name, set())
        assert (twin["id"], twin["kind"]) == (record.id, record.kind.name)
        for link in (*twin["links_out"], *twin["links_in"]):
            assert {"id", "kind", "title", "relation"} <= set(link)
            assert not {"url", "json"} & set(link)


def test_the_fields_of_a_record_written_back_give_the_same_record(ledger: Ledger, data: dict[str, Any]):
    for record in ledger.records.values():
        fields = data[f"{record.kind.folder}/{record.id}.json"]["record"]
        path = f"{record.kind.folder}/{record.id}.yml"
        again, problems = loading.load_record(TextFile(path, yaml.safe_dump(fields, allow_unicode=True)))
        assert again is not None, problems
        assert again.fields == record.fields.model_copy(update={"note": None})
        assert again.authored() == fields


@pytest.mark.parametrize(
    "number",
    [
        "7",
        "1.50",
        "-0.076",
        "5.576e6",
        "1e25",
        "1e-9",
        "123456789012345",
        "0.12345678901234",
        "9.9999e99",
        "2e29",
        "0e5",
        "1.5e-99",
    ],
)
def test_a_number_written_back_is_the_same_number(number: str):
    quantity = f"quantity: {{measure: M, value: {number}}}"
    record = ledger_of({"claims/x.yml": CLAIM + EVIDENCE.replace("}", f", {quantity}}}", 1)}).records["x"]
    text = yaml.safe_dump(_strict(to_bytes(record.authored())))
    again, problems = loading.load_record(TextFile("claims/x.yml", text))
    assert again is not None, problems
    assert again.fields == record.fields


def test_the_manifest_and_the_lists_name_every_record_once(ledger: Ledger, data: dict[str, Any]):
    manifest = data["index.json"]
    assert [entry["id"] for entry in manifest["records"]] == list(ledger.records)
    assert manifest["counts"] == {kind.name: len(ledger.of_kind(kind.name)) for kind in KINDS}
    for kind in KINDS:
        listed = data[manifest["lists"][kind.name]]["records"]
        summaries = [{key: entry[key] for key in SUMMARY} for entry in listed]
        assert summaries == [entry for entry in manifest["records"] if entry["kind"] == kind.name]
    for entry in manifest["records"]:
        twin = data[entry["json"]]
        assert {key: twin[key] for key in SUMMARY} == entry


def test_the_list_of_claims_says_what_one_filters_by_as_the_files_of_the_claims_do(data: dict[str, Any]):
    listed = {entry["id"]: entry for entry in data["claims/index.json"]["records"]}
    for id_, entry in listed.items():
        twin = data[f"claims/{id_}.json"]
        rating, written = twin.get("rating") or {}, twin["record"]
        items = [(link["part"], link["id"]) for link in twin["links_out"] if link["relation"] == "shown_in"]
        assert [(item["id"], item["source"]) for item in entry.get("evidence", ())] == items
        for name in ("verdict", "range", "direction", "solidity"):
            assert entry.get(name) == rating.get(name)
        assert entry.get("tags", []) == written.get("tags", [])
        assert (entry["type"], entry.get("updated")) == (written["type"], written.get("updated"))
        needed = {link["id"] for link in twin["links_in"] if link["relation"] == "rests_on"}
        assert needed <= set(entry.get("positions", ()))
        assert all("for" in entry["positions"][position] for position in needed)
    assert any(entry.get("years") and entry.get("controversies") for entry in listed.values())


def test_networkx_reads_the_graph_back(ledger: Ledger, data: dict[str, Any]):
    read = nx.node_link_graph(data["graph.json"], edges="edges")
    nodes = [node for id_ in ledger.records for node in ledger.nodes_of(id_)]
    assert {id_: node["kind"] for id_, node in read.nodes(data=True)} == {id_: ledger.node_kind(id_) for id_ in nodes}
    found = sorted((start, end, edge["type"], edge["field"]) for start, end, edge in read.edges(data=True))
    edges = ((edge.start, edge.target, edge.name, ".".join(map(str, edge.path))) for edge in ledger.all_edges())
    assert found == sorted(edges)


def test_what_an_edge_carries_stands_on_it_or_where_its_field_says(ledger: Ledger, data: dict[str, Any]):
    written = {(edge["source"], edge["target"], edge["field"]): edge for edge in data["graph.json"]["edges"]}
    for edge in ledger.all_edges():
        found = written[edge.start, edge.target, ".".join(map(str, edge.path))]
        record = ledger.records[edge.owner]
        outer: Any = data[f"{record.kind.folder}/{record.id}.json"]["record"]
        for step in edge.path[: max(at for at, step in enumerate(edge.path) if not isinstance(step, int))]:
            outer = outer[step]
        for name, value in edge.own.items():
            assert found.get(name) == value or outer.get(WRITTEN.get(name, name)) == value
            assert (name in found) == (name in CARRIED)


def test_nodes_and_edges_stand_in_order(data: dict[str, Any]):
    nodes = [node["id"].split("/") for node in data["graph.json"]["nodes"]]
    edges = [(edge["source"].split("/"), edge["target"]) for edge in data["graph.json"]["edges"]]
    assert (nodes, edges) == (sorted(nodes), sorted(edges))


def test_a_title_is_words_without_markup():
    ledger = ledger_of({"sources/s.yml": SOURCE, "claims/x.yml": "statement: <b> and [@s].\ntype: empirical\n"})
    twins = {path: json.loads(data) for path, data in data_of(ledger, "*.json").items()}
    assert twins["claims/x.json"]["title"] == "<b> and Unknown author 1999."
    assert twins["claims/x.json"]["record"]["statement"] == "<b> and [@s]."


@pytest.mark.parametrize("value", [Decimal(1), {1: 2}, b"x", {1}])
def test_what_json_has_no_word_for_is_refused(value: Any):
    with pytest.raises(TypeError):
        to_bytes({"value": {"inside": value}})


def test_a_number_that_is_none_never_gets_so_far():
    """A total, a quantity: whatever YAML takes for a number without being one is refused when it is read."""
    quantity = "quantity: {measure: M, value: .nan}"
    text = CLAIM + EVIDENCE.replace("}", f", {quantity}}}", 1)
    _, problems = loading.load_record(TextFile("claims/x.yml", text))
    assert [problem.check for problem in problems] == ["bad-number"]


def test_keys_are_sorted_and_letters_are_themselves():
    assert to_bytes({"b": "é日", "a": {"d": 1, "c": 2}}).decode() == '{\n"a": {\n"c": 2,\n"d": 1\n},\n"b": "é日"\n}\n'


def test_every_page_of_the_medium_ledger_that_names_its_data_has_it_beside_it(medium: dict[str, bytes]):
    beside = re.compile(r'<link rel="alternate" type="application/json" href="([^"]+)">')
    named = {
        path: normpath(join(dirname(path), href))
        for path, text in medium.items()
        if path.endswith(".html")
        for href in beside.findall(text.decode())
    }
    assert named == {page: first_page(page, medium).removesuffix(".html") + ".json" for page in named}
    assert set(named.values()) <= set(medium)
    pages = {f"{kind.folder}/" for kind in KINDS}
    data = {path for path in medium if path.endswith(".json") and path.count(".") == 1}
    assert {path for path in data if f"{dirname(path)}/" in pages} <= set(named.values())


def first_page(path: str, site: Mapping[str, bytes]) -> str:
    """The page that is continued on this one, if it is: of `x/2.html`, `x.html`. Both have the same data."""
    before = re.sub(r"/[0-9]+\.html$", ".html", path)
    return before if before in site else path


def test_every_page_of_the_medium_ledger_is_reached_from_the_first_by_plain_links(medium: dict[str, bytes]):
    assert unreached(medium) == set()


def unreached(site: Mapping[str, bytes]) -> set[str]:
    """The pages to which no path of links leads from the first, but for those that need none."""
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        page = waiting.pop()
        found = (link.partition("#")[0] for link in Reader(site[page].decode()).links if ":" not in link)
        new = {normpath(join(dirname(page), link)) for link in found if link.endswith(".html")} - reached
        reached |= new
        waiting += sorted(new)
    redirects = {path for path, text in site.items() if b'http-equiv="refresh"' in text}
    return {path for path in site if path.endswith(".html")} - redirects - {"404.html"} - reached


def test_every_id_and_address_in_the_data_exists(medium: dict[str, bytes]):
    listed = json.loads(medium["index.json"])["records"]
    assert {entry[key] for entry in listed for key in ("url", "json")} <= set(medium)
    known = {entry["id"] for entry in listed}
    for path, text in medium.items():
        if path.endswith(".json") and path.count(".") == 1 and Path(path).parent.name:
            twin = json.loads(text)
            for link in (*twin.get("links_out", ()), *twin.get("links_in", ())):
                assert link["id"] in known


@pytest.mark.parametrize(
    "number", ["1234567890123456", "0.1234567890123456", "12e99", "0.1e-99", "1e100", "nan", "1_000", "٣"]
)
def test_a_number_that_json_could_not_give_back_is_refused(number: str):
    quantity = f"quantity: {{measure: M, value: {number}}}"
    text = CLAIM + EVIDENCE.replace("}", f", {quantity}}}", 1)
    _, problems = loading.load_record(TextFile("claims/x.yml", text))
    assert [problem.check for problem in problems] == ["bad-number"]
