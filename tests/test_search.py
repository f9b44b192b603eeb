"""What search searches, and the lists that stand in for it where no script runs."""

import json
import posixpath
import re
from itertools import count, takewhile
from typing import Any

import pytest
from making import CLAIM, EVIDENCE, MEDIUM, ROOT, SMALL, SOURCE, Reader, data_of, ledger_at, ledger_of, site_of

from ledger import texts
from ledger.exports.search import FIELDS, LENGTH
from ledger.facets import FACETS, Facets, facets_of
from ledger.graph import Ledger
from ledger.records import KINDS
from ledger.urls import BROWSE, overview, paged
from ledger.views.rows import LISTINGS

PAGES = tuple((name, facet) for name, listing in LISTINGS.items() for facet in listing.groups)
CONTROVERSY = "title: Does it move?\nquestion: Does it move?\nstatus: active\n"
POSITION = "controversy: c\nletter: {}\nstatement: It does.\nlabel: {}\n"
DISPUTE = {
    "controversies/c.yml": CONTROVERSY,
    "positions/c-a.yml": POSITION.format("A", "Yes"),
    "positions/c-b.yml": POSITION.format("B", "No"),
}


@pytest.fixture(scope="module", params=[SMALL, MEDIUM], ids=["small", "medium"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    return ledger_at(request.param)


@pytest.fixture(scope="module")
def site(ledger: Ledger, site_at) -> dict[str, bytes]:
    return site_at(SMALL if ledger is ledger_at(SMALL) else MEDIUM)


def rows(ledger: Ledger) -> list[dict[str, Any]]:
    """The records of the script, by the names of their columns."""
    text = data_of(ledger, "search-data.js")["search-data.js"].decode()
    assert text.startswith("var ledgerSearch = {")
    assert text.endswith("};\n")
    data = json.loads(text.removeprefix("var ledgerSearch = ").removesuffix(";\n"))
    return [dict(zip(data["fields"], row, strict=True)) for row in data["records"]]


def row(texts: dict[str, str], url: str) -> dict[str, Any]:
    return next(row for row in rows(ledger_of(texts)) if row["url"] == url)


def groups(site: dict[str, bytes], page: str) -> dict[str, list[str]]:
    """The headings of a list on all its pages, and the addresses below each."""
    found: dict[str, list[str]] = {}
    for url in takewhile(site.__contains__, (paged(page, number) for number in count(1))):
        for part in site[url].decode().split('<h2 id="')[1:]:
            anchor, _, whole = part.partition("</section>")[0].partition('">')
            links = (
                posixpath.normpath(posixpath.join(posixpath.dirname(url), link))
                for link in Reader(f"<h2>{whole}").links
            )
            found.setdefault(anchor, []).extend(links)
    return found


def all_facets(ledger: Ledger) -> dict[str, Facets]:
    """Those of every record by its id."""
    return {id_: facets_of(ledger, id_) for id_ in ledger.records}


def test_every_record_is_searched_once_and_so_is_every_further_page(ledger: Ledger, site: dict[str, bytes]):
    found = rows(ledger)
    own = [f"{r.kind.folder}/{r.id}.html" for r in ledger.records.values()]
    further = [overview(r.id, name) for r in ledger.of_kind("controversy") for name in texts.Group("overview")]
    assert sorted(row["url"] for row in found) == sorted([*own, *further, *BROWSE.values()])
    assert {row["url"] for row in found if row["kind"] == "part"} == {*further, *BROWSE.values()}
    assert {row["url"] for row in found} <= set(site)
    assert all(tuple(row) == FIELDS for row in found)


def test_a_text_ends_with_a_whole_word(ledger: Ledger):
    texts = [row["text"] for row in rows(ledger)]
    assert max(map(len, texts)) <= LENGTH
    texts = {"sources/s.yml": SOURCE, "claims/x.yml": CLAIM + "scope: " + "word " * 100 + "\n"}
    assert row(texts, "claims/x.html")["text"].endswith(" word…")


def test_a_text_is_words_without_markup():
    texts = {"sources/s.yml": SOURCE, "pages/p.md": "---\ntitle: P\n---\nSo **says** [@s] & <b>.\n"}
    assert row(texts, "pages/p.html")["text"] == "So says Unknown author 1999 & <b>."


@pytest.mark.parametrize("title", ["</script><b>", 'a "quoted" \\ word', "one\u2028two", "Zürich 東京"])
def test_any_title_comes_through_whole(title: str):
    texts = {"terms/t.yml": f"term: {json.dumps(title)}\ndefinition: D.\n"}
    ledger = ledger_of(texts)
    titles = [row["title"] for row in rows(ledger) if row["kind"] != "part"]
    assert titles == [record.title for record in ledger.records.values()]


def test_each_page_that_is_no_record_has_words_to_find_it_by():
    assert set(texts.Group("search_words")) == {*texts.Group("overview"), *texts.Group("browse")}


def test_a_source_is_found_by_its_authors_and_numbers():
    authors = "authors: [{family: Noether, given: Emmy}]\narxiv: '2001.08361'\n"
    found = row({"sources/s.yml": SOURCE.replace("authors: unknown\n", authors)}, "sources/s.html")
    assert "Noether 1999" in found["also"]
    assert "2001.08361" in found["also"]


def test_a_claim_has_the_tier_and_year_of_its_evidence_and_the_source_the_claims_positions():
    claim = CLAIM + EVIDENCE + "bears_on: [{position: c-a, relation: supports}]\n"
    facets = all_facets(ledger_of({**DISPUTE, "sources/s.yml": SOURCE, "claims/x.yml": claim}))
    assert facets["x"] == {
        "controversy": ("c",),
        "position": ("c-a",),
        "rating": ("none",),
        "tier": ("reporting",),
        "year": ("1999",),
        "proponent": (),
        "type": ("empirical",),
    }
    assert facets["s"]["position"] == ("c-a",)
    assert facets["s"]["controversy"] == ("c",)
    assert facets["c-b"]["controversy"] == ("c",)


def test_an_event_belongs_to_the_controversies_of_what_it_concerns():
    claim = CLAIM + EVIDENCE + "bears_on: [{position: c-a, relation: supports}]\n"
    event = "title: Move\ndate: 2001\nsources: [s]\nabout: [x]\n"
    texts = {**DISPUTE, "sources/s.yml": SOURCE, "claims/x.yml": claim, "events/e.yml": event}
    assert all_facets(ledger_of(texts))["e"]["controversy"] == ("c",)


def test_the_newest_rating_counts():
    rated = "assessments:\n" + "".join(
        f"  - {{rating: {rating}, by: ann, date: 200{at}, why: W.}}\n" for at, rating in enumerate(("low", "high"))
    )
    facets = all_facets(ledger_of({"sources/s.yml": SOURCE, "claims/x.yml": CLAIM + EVIDENCE + rated}))
    assert facets["x"]["rating"] == ("high",)


@pytest.mark.parametrize(
    ("issued", "year"), [("1999", "1999"), ("2020/2021", "2020"), ("../2026-04", "2026"), ("2025-09/..", "2025")]
)
def test_a_source_has_the_year_in_which_it_came_out(issued: str, year: str):
    ledger = ledger_of({"sources/s.yml": SOURCE.replace("1999", issued)})
    assert all_facets(ledger)["s"]["year"] == (year,)


def test_everything_stands_from_a_to_z(ledger: Ledger, site: dict[str, bytes]):
    listed = [link for links in groups(site, "a-z.html").values() for link in links]
    assert sorted(listed) == sorted(f"{r.kind.folder}/{r.id}.html" for r in ledger.records.values())


@pytest.mark.parametrize(("kind", "facet"), PAGES)
def test_every_record_of_a_kind_stands_in_each_of_its_lists(
    ledger: Ledger, site: dict[str, bytes], kind: str, facet: str
):
    folder = next(found.folder for found in KINDS if found.name == kind)
    page = f"{folder}/by/{facet}.html"
    listed = {link for links in groups(site, page).values() for link in links}
    wanted = {f"{folder}/{record.id}.html" for record in ledger.of_kind(kind)}
    assert wanted <= listed
    assert "by-none" not in groups(site, page) or facet in ("position", "rating", "verdict")


def test_a_record_stands_below_each_of_its_values(ledger: Ledger, site: dict[str, bytes]):
    facets = all_facets(ledger)
    found = groups(site, "claims/by/position.html")
    for claim in ledger.of_kind("claim"):
        for position in facets[claim.id]["position"] or ("none",):
            assert f"claims/{claim.id}.html" in found[f"by-{position}"]


def test_ratings_stand_from_the_highest_and_years_from_the_newest(site: dict[str, bytes]):
    order = ["by-very-high", "by-high", "by-medium", "by-low", "by-very-low", "by-none"]
    rated = list(groups(site, "claims/by/rating.html"))
    assert rated == [anchor for anchor in order if anchor in rated]
    years = list(groups(site, "sources/by/year.html"))
    assert years == sorted(years, reverse=True)


def test_who_rejects_a_position_is_not_said_to_hold_it():
    stance = "stances: [{id: s1, position: c-a, stance: rejects, attested: [{date: 2001, source: s}]}]\n"
    texts = {**DISPUTE, "sources/s.yml": SOURCE, "proponents/p.yml": f"name: Ada\ntype: person\n{stance}"}
    page = site_of(ledger_of(texts))["proponents/by/position.html"].decode()
    assert re.search(r">Ada</a>.*?person.*?rejects", page)


def test_the_lists_are_linked_from_the_list_of_their_kind_and_from_search(ledger: Ledger, site: dict[str, bytes]):
    search = Reader(site["search.html"].decode()).links
    assert "a-z.html" in search
    for kind in KINDS:
        if kind.name in ledger.kinds:
            assert f"{kind.folder}/index.html" in search
    for name, facet in PAGES:
        folder = next(kind.folder for kind in KINDS if kind.name == name)
        assert f"by/{facet}.html" in Reader(site[f"{folder}/index.html"].decode()).links
        assert f"{folder}/by/{facet}.html" in search


def test_the_search_page_offers_every_value_there_is(ledger: Ledger, site: dict[str, bytes]):
    page = site["search.html"].decode()
    for name in FACETS:
        select = page.partition(f'<select name="{name}"')[2].partition("</select>")[0]
        for value in {value for facets in all_facets(ledger).values() for value in facets[name]}:
            assert f'<option value="{value}">' in select


def test_a_ledger_without_claims_has_no_lists_of_claims():
    site = site_of(ledger_of({"terms/t.yml": "term: T\ndefinition: D.\n"}))
    assert [path for path in site if "/by/" in path] == []
    assert "claims/index.html" not in Reader(site["search.html"].decode()).links


def test_the_library_comes_with_its_licence():
    vendored = ROOT / "templates/static/vendor"
    assert "Permission is hereby granted" in (vendored / "minisearch.LICENSE.txt").read_text(encoding="utf-8")
    assert (vendored / "minisearch.js").read_text(encoding="utf-8").startswith("/*! MiniSearch 7.2.0 | MIT licence")


def test_the_script_on_every_page_is_small():
    assert len((ROOT / "templates/static/keys.js").read_bytes()) < 1024
