"""What a page says of itself: to programs as JSON-LD, to readers as a citation, to others as a description."""

import json
import re
import struct
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, EVIDENCE, MEDIUM, ROOT, SMALL, SOURCE, ledger_at, ledger_of, seen_from, site_of

from ledger import urls
from ledger.context import DESCRIPTION_LENGTH, PageContext, describe
from ledger.graph import Ledger
from ledger.schema_org import describe_record, describe_whole, script
from ledger.views.citing import view_citing

BASE = "https://example.org/ledger"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def seen(ledger: Ledger, id_: str, base_url: str = "") -> PageContext:
    return replace(seen_from(ledger, urls.of_record(ledger.records[id_])), base_url=base_url)


def thing(ledger: Ledger, id_: str, base_url: str = BASE) -> dict[str, Any]:
    """What is said of a record."""
    return describe_record(seen(ledger, id_, base_url), ledger.records[id_])[0]


def test_a_claim_says_itself_once_and_when_it_changed():
    said = thing(ledger_of({"claims/x.yml": CLAIM + EVIDENCE + "added: 2026-01-05\n", "sources/s.yml": SOURCE}), "x")
    at = f"{BASE}/claims/x.html"
    assert said == {"@type": "Claim", "@id": at, "text": "It moves.", "dateModified": "2026-01-05"}


def test_the_whole_of_a_claim_names_its_sources():
    ledger = ledger_of({"claims/x.yml": CLAIM + EVIDENCE + "first_stated: s\n", "sources/s.yml": SOURCE})
    said = describe_whole(seen(ledger, "x"), ledger.records["x"], lambda address: f"{BASE}/{address}")
    source = {"@type": "Report", "@id": f"{BASE}/sources/s.html", "name": "Maps"}
    assert (said["name"], said["firstAppearance"], said["citation"]) == ("It moves.", source, [source])


def test_without_a_public_address_things_are_named_relative_to_the_page():
    ledger = ledger_at(SMALL)
    said = thing(ledger, "harbour-clock-a", "")
    assert (said["@id"], said["parentItem"]["@id"]) == ("harbour-clock-a.html", "../controversies/harbour-clock.html")


def test_a_source_has_its_own_class_authors_and_identifiers():
    authors = "[{family: Kaplan, given: Jared, proponent: p}, {literal: OpenAI}, {family: Gull, given: Ann}]"
    text = SOURCE.replace("unknown", authors, 1).replace("report", "article-journal", 1) + "doi: 10.1000/x\n"
    said = thing(ledger_of({"sources/s.yml": text, "proponents/p.yml": "name: J. Kaplan\ntype: person\n"}), "s")
    assert said["@type"] == "ScholarlyArticle"
    assert said["author"] == [
        {"@type": "Person", "@id": f"{BASE}/proponents/p.html", "name": "J. Kaplan"},
        {"@type": "Organization", "name": "OpenAI"},
        {"@type": "Person", "name": "Ann Gull"},
    ]
    assert (said["url"], said["datePublished"]) == ("https://doi.org/10.1000/x", "1999")
    assert said["identifier"] == [{"@type": "PropertyValue", "propertyID": "DOI", "value": "10.1000/x"}]


@pytest.mark.parametrize("issued", ["1999~", "1999?", "1999/2000", "../1999"])
def test_a_date_that_is_not_sure_is_not_given_as_if_it_were(issued: str):
    ledger = ledger_of({"sources/s.yml": SOURCE.replace("issued: 1999", f"issued: {issued}")})
    assert "datePublished" not in thing(ledger, "s")


def test_a_controversy_is_a_question_with_its_positions_as_answers():
    said = thing(ledger_at(SMALL), "harbour-clock")
    assert (said["@type"], said["answerCount"]) == ("Question", len(said["suggestedAnswer"]))
    assert [answer["@id"][-6:] for answer in said["suggestedAnswer"]] == ["a.html", "b.html", "c.html"]
    assert all(answer["text"] for answer in said["suggestedAnswer"])


@pytest.mark.parametrize(
    ("path", "text", "class_"),
    [
        ("proponents/x.yml", "name: X\ntype: person\n", "Person"),
        ("proponents/x.yml", "name: X\ntype: group\n", "Organization"),
        ("terms/x.yml", "term: X\ndefinition: D.\n", "DefinedTerm"),
        ("threads/x.yml", "title: X\nsummary: S.\n", "CollectionPage"),
        ("events/x.yml", "title: X\ndate: 1999\nsources: [s]\n", "Event"),
        ("pages/x.yml", "title: X\n", "WebPage"),
        ("sources/x.yml", SOURCE.replace("report", "song", 1), "CreativeWork"),
    ],
)
def test_every_kind_has_its_class(path: str, text: str, class_: str):
    assert thing(ledger_of({path: text, "sources/s.yml": SOURCE}), "x")["@type"] == class_


def test_the_way_to_a_page_leads_through_the_list_of_its_kind():
    ledger = ledger_of({"claims/x.yml": CLAIM})
    way = describe_record(seen(ledger, "x", BASE), ledger.records["x"])[1]
    steps = [(step["position"], step["name"], step["item"]) for step in way["itemListElement"]]
    assert steps == [(1, "Home", f"{BASE}/index.html"), (2, "Claims", f"{BASE}/claims/index.html")]


@given(st.text())
def test_no_text_ends_the_block_and_every_text_comes_back(text: str):
    (block,) = BLOCK.findall(str(script([{"name": text}])))
    assert not set(block) & set("<>&\u2028\u2029")
    assert json.loads(block)["@graph"] == [{"name": text}]


@pytest.mark.parametrize(("content", "has_address"), [(SMALL, True), (MEDIUM, False)], ids=["small", "medium"])
def test_every_page_has_a_description_and_with_an_address_one_block(content: Any, has_address: Any, site_at):
    for path, data in site_at(content).items():
        if path.endswith(".html"):
            page = data.decode()
            blocks = BLOCK.findall(page)
            assert len(blocks) == has_address
            assert [json.loads(block)["@context"] for block in blocks] == ["https://schema.org"] * len(blocks)
            assert re.search(r'<meta name="description"( property="og:description")? content="[^"]+">', page)


# Descriptions


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("claims/x.yml", "statement: 'It [[t|moves]].'\ntype: empirical\n", "It moves."),
        ("sources/x.yml", SOURCE + "summary: It finds.\n", "It finds."),
        ("sources/x.yml", SOURCE, "Author unknown, 1999. Maps."),
        ("terms/x.yml", "term: X\ndefinition: D <b>.\n", "D <b>."),
        ("pages/x.yml", "title: X\nbody: 'A **word** & [[t]].'\n", "A word & T."),
        ("proponents/x.yml", "name: X\ntype: group\n", "Proponent: X"),
    ],
)
def test_a_page_is_described_in_plain_words(path: str, text: str, said: str):
    ledger = ledger_of({path: text, "terms/t.yml": "term: T\ndefinition: D.\n"})
    assert describe(seen(ledger, "x"), ledger.records["x"]) == said


@pytest.mark.parametrize("words", ["word " * 100, "x" * 400, "A " + "x" * 400])
def test_a_description_is_cut_to_what_is_shown(words: str):
    ledger = ledger_of({"claims/x.yml": f"statement: {words}\ntype: empirical\n"})
    said = describe(seen(ledger, "x"), ledger.records["x"])
    assert said.endswith("…")
    assert 1 < len(said) <= DESCRIPTION_LENGTH


# Citing


def test_a_page_is_cited_with_its_ledger_its_date_and_its_address():
    ledger = ledger_of({"claims/x.yml": CLAIM + "added: 2026-01-05\n"})
    citing = view_citing(seen(ledger, "x", BASE), ledger.records["x"])
    assert citing is not None
    assert "".join(text for text, _ in citing.apa) == (
        f"Test. (2026, January 5). It moves (Version d2e2b4f4cf). {BASE}/claims/x.html"
    )
    assert "  howpublished = {Test},\n  year = {2026},\n  month = jan,\n  day = {5},\n" in citing.bibtex
    assert f"  url = {{{BASE}/claims/x.html}},\n" in citing.bibtex


def test_without_a_date_or_an_address_a_page_is_cited_all_the_same():
    ledger = ledger_of({"claims/x.yml": CLAIM})
    citing = view_citing(seen(ledger, "x"), ledger.records["x"])
    assert citing is not None
    assert "".join(text for text, _ in citing.apa) == "Test. (n.d.). It moves (Version d2e2b4f4cf)."
    assert "url" not in citing.bibtex


def test_a_source_is_cited_itself_and_has_its_files():
    page = site_of(ledger_of({"sources/s.yml": SOURCE + "url: https://example.org/m\n"}))["sources/s.html"].decode()
    assert "><i>Maps</i>. (1999). https://example.org/m</p>" in page
    assert "@techreport" not in page  # which is in the first of the files
    assert re.findall(r'href="(s\.(?!json)[a-z.]+)"', page) == ["s.md", "s.bib", "s.ris", "s.csl.json"]


def test_the_card_and_the_script_are_small():
    card = (ROOT / "templates" / urls.CARD).read_bytes()
    assert struct.unpack(">II", card[16:24]) == (1200, 630)
    assert len(card) <= 20_000
    assert len((ROOT / "templates" / urls.COPY_SCRIPT).read_bytes()) <= 1_000
