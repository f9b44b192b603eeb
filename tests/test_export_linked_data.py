"""`ledger.jsonld` as rdflib reads it: the expected triples, whole addresses, no key without a meaning."""

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from making import CLAIM, EVIDENCE, MEDIUM, SMALL, SOURCE, data_of, ledger_at, ledger_of
from rdflib import RDF, Literal, Namespace, URIRef

from ledger.exports.linked_data import context
from ledger.graph import Ledger

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own, in its reader

BASE = "https://example.org/ledger"
CITO, PROV, OA = (
    Namespace("http://purl.org/spar/cito/"),
    Namespace("http://www.w3.org/ns/prov#"),
    Namespace("http://www.w3.org/ns/oa#"),
)
SCHEMA, DCTERMS, SKOS = (
    Namespace("https://schema.org/"),
    Namespace("http://purl.org/dc/terms/"),
    Namespace("http://www.w3.org/2004/02/skos/core#"),
)


def written(ledger: Ledger, base_url: str = BASE) -> dict[str, bytes]:
    return data_of(ledger, "*.jsonld", base_url=base_url)


def graph_of(texts: dict[str, str]) -> rdflib.Graph:
    return rdflib.Graph().parse(data=written(ledger_of(texts))["ledger.jsonld"], format="json-ld")


def at(address: str) -> URIRef:
    return URIRef(f"{BASE}/{address}")


def test_a_claim_stands_to_its_source_as_its_evidence_says():
    quoted = EVIDENCE.replace("}]", ", quote: a gap, quote_prefix: there is, locator: p. 3}]")
    graph = graph_of({"claims/x.yml": CLAIM + quoted, "sources/s.yml": SOURCE})
    claim, source, item = at("claims/x.html"), at("sources/s.html"), at("claims/x.html#e1")
    assert (claim, RDF.type, SCHEMA.Claim) in graph
    assert (claim, SCHEMA.text, Literal("It moves.")) in graph
    assert (claim, CITO.isSupportedBy, source) in graph
    assert (item, CITO.hasCitingEntity, claim) in graph
    assert (item, CITO.hasCitedEntity, source) in graph
    assert (item, CITO.hasCitationCharacterization, CITO.isSupportedBy) in graph
    assert set(graph.objects(item, RDF.type)) == {CITO.Citation, OA.Annotation}
    (target,) = graph.objects(item, OA.hasTarget)
    assert (target, OA.hasSource, source) in graph
    (selector,) = graph.objects(target, OA.hasSelector)
    assert {(p, str(o)) for p, o in graph.predicate_objects(selector)} == {
        (RDF.type, str(OA.TextQuoteSelector)),
        (OA.exact, "a gap"),
        (OA.prefix, "there is"),
    }


@pytest.mark.parametrize(
    ("effect", "term"), [("disputes", "isDisputedBy"), ("qualifies", "isQualifiedBy"), ("mentions", "isDiscussedBy")]
)
def test_every_effect_has_its_term(effect: str, term: str):
    graph = graph_of({"claims/x.yml": CLAIM + EVIDENCE.replace("supports", effect), "sources/s.yml": SOURCE})
    assert (at("claims/x.html"), CITO[term], at("sources/s.html")) in graph


def test_a_source_names_what_it_derives_from_and_where_the_chain_begins():
    middle = SOURCE.replace("derived_from: unknown", "derived_from: [{source: first, how: reports}]")
    last = SOURCE.replace("derived_from: unknown", "derived_from: [{source: middle, how: reports}]")
    first = SOURCE.replace("derived_from: unknown", "derived_from: []\nfirst_hand: true")
    graph = graph_of({"sources/last.yml": last, "sources/middle.yml": middle, "sources/first.yml": first})
    assert set(graph.objects(at("sources/last.html"), PROV.wasDerivedFrom)) == {at("sources/middle.html")}
    assert set(graph.objects(at("sources/last.html"), PROV.hadPrimarySource)) == {at("sources/first.html")}


def test_a_version_names_the_work_and_an_item_what_it_retells():
    item = EVIDENCE.replace("}", ", via: first, quote_role: result, correction: unaffected}", 1)
    graph = graph_of(
        {
            "claims/x.yml": CLAIM + item + "about: [p]\n",
            "sources/s.yml": SOURCE + "version_of: first\n",
            "sources/first.yml": SOURCE,
            "proponents/p.yml": "{name: P, type: organisation, founded: 1857-02}",
        }
    )
    assert (at("sources/s.html"), DCTERMS.isVersionOf, at("sources/first.html")) in graph
    assert (at("claims/x.html#e1"), PROV.wasDerivedFrom, at("sources/first.html")) in graph
    assert (at("claims/x.html"), SCHEMA.about, at("proponents/p.html")) in graph
    assert (at("proponents/p.html"), SCHEMA.foundingDate, Literal("1857-02")) in graph
    said = {
        (str(graph.value(one, SCHEMA.propertyID)), str(graph.value(one, SCHEMA.value)))
        for one in graph.objects(at("claims/x.html#e1"), SCHEMA.additionalProperty)
    }
    assert said >= {("quote_role", "result"), ("correction", "unaffected")}


def test_claims_stand_to_claims():
    related = "relations: [{claim: y, type: depends-on}, {claim: y, type: undercuts}, {claim: y, type: narrows}]\n"
    graph = graph_of({"claims/x.yml": CLAIM + related, "claims/y.yml": CLAIM})
    found = set(graph.predicates(at("claims/x.html"), at("claims/y.html")))
    assert found == {DCTERMS.requires, CITO.critiques, SKOS.broadMatch}


def test_a_position_answers_a_question_and_proponents_agree_with_it():
    graph = graph_of(
        {
            "controversies/c.yml": "title: C\nquestion: Is it?\nstatus: active\n",
            "positions/c-a.yml": "controversy: c\nletter: A\nstatement: It is.\nrests_on: [x]\nrejects: [y]\n",
            "claims/x.yml": CLAIM,
            "claims/y.yml": CLAIM,
            "sources/s.yml": SOURCE,
            "proponents/p.yml": "name: P\ntype: person\nstances:\n  - {id: s1, position: c-a, stance: holds, "
            "attested: [{date: 2020~, source: s}, {date: 2021, source: s}]}\n",
        }
    )
    position, stance = at("positions/c-a.html"), at("proponents/p.html#s1")
    assert (at("controversies/c.html"), SCHEMA.suggestedAnswer, position) in graph
    assert (position, SCHEMA.parentItem, at("controversies/c.html")) in graph
    assert (position, DCTERMS.requires, at("claims/x.html")) in graph
    assert (position, CITO.disagreesWith, at("claims/y.html")) in graph
    assert (stance, RDF.type, SCHEMA.AgreeAction) in graph
    assert (stance, SCHEMA.agent, at("proponents/p.html")) in graph
    assert (stance, SCHEMA.object, position) in graph
    assert list(graph.objects(stance, SCHEMA.startTime)) == [Literal("2021")]


def test_a_rating_says_who_and_why():
    rated = "assessments: [{rating: low, by: ann, date: 2026-01-05, why: Thin.}]\n"
    graph = graph_of({"claims/x.yml": CLAIM + rated})
    (review,) = graph.objects(at("claims/x.html"), SCHEMA.review)
    (rating,) = graph.objects(review, SCHEMA.reviewRating)
    (author,) = graph.objects(review, SCHEMA.author)
    assert (rating, SCHEMA.ratingValue, Literal("low")) in graph
    assert (author, SCHEMA.name, Literal("Ann")) in graph
    assert (review, SCHEMA.reviewBody, Literal("Thin.")) in graph


@pytest.mark.parametrize("base_url", [BASE, f"{BASE}/", ""], ids=["address", "slash", "none"])
def test_every_address_is_whole_and_every_record_is_there(tmp_path: Path, base_url: str):
    ledger = ledger_at(SMALL)
    path = tmp_path / "ledger.jsonld"
    path.write_bytes(written(ledger, base_url)["ledger.jsonld"])
    graph = rdflib.Graph().parse(path, format="json-ld")
    root = f"{BASE}/" if base_url else f"{tmp_path.as_uri()}/"
    named = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    assert [name for name in named if ":" not in name.split("/")[0]] == []
    pages = {f"{root}{record.kind.folder}/{record.id}.html" for record in ledger.records.values()}
    assert pages <= {str(subject) for subject in graph.subjects(RDF.type)}
    assert base_url or all(not name.startswith("https://example.org/ledger") for name in named)


def test_the_context_inside_is_the_published_one():
    files = written(ledger_at(SMALL))
    assert json.loads(files["context.jsonld"]) == {"@context": context()}
    assert json.loads(files["ledger.jsonld"])["@context"] == context()


@pytest.mark.parametrize("content", [SMALL, MEDIUM], ids=["small", "medium"])
def test_the_context_knows_every_key_and_class(content: Path):
    known = set(context()) | {"@id", "@type", "@reverse"}
    used: set[str] = set()

    def look(value: Any) -> None:
        if isinstance(value, dict):
            used.update(value)
            types = value.get("@type", [])
            used.update([types] if isinstance(types, str) else types)
            for inner in value.values():
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)

    look(json.loads(written(ledger_at(content))["ledger.jsonld"])["@graph"])
    assert used - known == set()


def test_what_is_said_in_the_file_is_in_the_graph_as_it_was_written():
    hostile = 'It "moves" </script> \\u0041 {@id} & \u2028 [[x|so]].'
    text = f"statement: {json.dumps(hostile)}\ntype: empirical\n"
    graph = graph_of({"claims/x.yml": text})
    assert list(graph.objects(at("claims/x.html"), SCHEMA.text)) == [Literal(hostile.replace("[[x|so]]", "so"))]
