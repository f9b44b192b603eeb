"""The whole list of each kind, as a reader without a script has it, and the home page."""

import gzip
import re

import pytest
from making import (
    CLAIM,
    EVIDENCE,
    MEDIUM,
    ROOT,
    SITE,
    SMALL,
    SOURCE,
    TEMPLATES,
    Reader,
    ledger_at,
    ledger_of,
    seen_from,
)

from ledger import render, urls
from ledger.facets import values_of
from ledger.graph import Ledger
from ledger.pages import Page, all_pages
from ledger.records import KINDS
from ledger.views.listing import FEW, LISTINGS, LONG, IndexView, jumps_into, view_index
from ledger.views.paging import ROWS

DISPUTE = {
    "controversies/c.yml": "title: Does it move?\nquestion: Does the ground move?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nlabel: It does\nstatement: It does move.\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nstatement: It stands still.\n",
}
RATED = "assessments: [{{rating: {}, by: ann, date: {}, why: W.}}]\n"
TERMS = {f"terms/t{at}.yml": f"term: Word {at}\ndefinition: D.\n" for at in range(FEW + 1)}


@pytest.fixture(scope="module", params=[SMALL, MEDIUM], ids=["small", "medium"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    return ledger_at(request.param)


def listed(texts: dict[str, str], kind: str) -> IndexView:
    return index_of(ledger_of(texts), kind)


def index_of(ledger: Ledger, name: str) -> IndexView:
    kind = next(kind for kind in KINDS if kind.name == name)
    return view_index(seen_from(ledger, urls.index(kind)), kind)


def html(ledger: Ledger, *wanted: str) -> dict[str, str]:
    """Some pages of a ledger as they are written."""
    pages: list[Page] = [page for page in all_pages(ledger) if page.url in wanted]
    return {file.path: file.data.decode() for file in (render.render_page(page, TEMPLATES) for page in pages)}


def detail(texts: dict[str, str], kind: str, id_: str) -> str:
    return next(row.detail for row in listed(texts, kind).rows if row.record.id == id_)


# What a row says


def test_a_claim_says_its_type_its_rating_and_its_controversy():
    claim = CLAIM + "bears_on: [{position: c-a, relation: supports}]\n" + RATED.format("high", 2001)
    assert detail({**DISPUTE, "claims/x.yml": claim}, "claim", "x") == "empirical · leans right · Does it move?"


def test_a_claim_of_no_controversy_without_a_rating_says_so_much():
    assert detail({"claims/x.yml": CLAIM}, "claim", "x") == "empirical · not rated"


@pytest.mark.parametrize(
    ("claims", "said"),
    [(0, "no claim takes evidence from it"), (1, "evidence on one claim"), (2, "evidence on two claims")],
)
def test_a_source_says_who_when_what_it_is_and_how_much_it_is_used(claims: int, said: str):
    texts = {"sources/s.yml": SOURCE} | {f"claims/x{at}.yml": CLAIM + EVIDENCE for at in range(claims)}
    assert detail(texts, "source", "s") == f"Unknown author 1999 · reporting · {said}"


def test_two_items_of_evidence_on_one_claim_are_one_use():
    twice = EVIDENCE.replace(
        "evidence: [", "evidence: [{id: e2, source: s, relation: disputes, shows: B., consulted: memory}, "
    )
    texts = {"sources/s.yml": SOURCE, "claims/x.yml": CLAIM + twice}
    assert detail(texts, "source", "s").endswith("evidence on one claim")


def test_a_source_that_no_longer_stands_as_it_was_says_so():
    assert detail({"sources/s.yml": SOURCE + "status: retracted\n"}, "source", "s").endswith(" · retracted")


def test_a_proponent_says_where_it_stands():
    stance = "{{id: {}, position: {}, stance: {}, attested: [{{date: 2001, source: s}}]}}"
    stances = f"stances: [{stance.format('s1', 'c-a', 'holds')}, {stance.format('s2', 'c-b', 'rejects')}]\n"
    texts = {**DISPUTE, "sources/s.yml": SOURCE, "proponents/p.yml": f"name: Ada\ntype: person\n{stances}"}
    assert detail(texts, "proponent", "p") == "person · holds A: It does · rejects Position B"


def test_an_event_says_when_and_what_sort_it_was():
    event = "title: Quake\ndate: 2001-05\ntype: result\nsources: [s]\n"
    assert detail({"sources/s.yml": SOURCE, "events/e.yml": event}, "event", "e") == "May 2001 · result"


def test_a_position_says_its_controversy_and_rating():
    assert detail(DISPUTE, "position", "c-a") == "Does it move? · A: It does · not rated"


# Orders and jumps


def test_titles_stand_in_the_order_of_the_alphabet_without_case_accents_and_quotes():
    names = ("zebra", "Éclair", "apple", "«Bell»")
    texts = {f"terms/t{at}.yml": f"term: {name}\ndefinition: D.\n" for at, name in enumerate(names)}
    assert [row.record.title for row in listed(texts, "term").rows] == ["apple", "«Bell»", "Éclair", "zebra"]


def test_a_row_holds_a_number_for_each_order_but_for_what_is_not_known():
    texts = {
        "claims/a.yml": CLAIM + RATED.format("very-low", "2001-02-03") + "added: 1999\n",
        "claims/b.yml": CLAIM,
    }
    first, second = (
        {name: value for name, value in row.data if name.startswith("by-")} for row in listed(texts, "claim").rows
    )
    assert first == {"by-rating": "0", "by-changed": "20010203"}
    assert second == {}


@pytest.mark.parametrize(
    ("issued", "number"), [("1999", "19990101"), ("2020-05/2021", "20200501"), ("../2026-04", "20260430")]
)
def test_a_date_is_sorted_by_the_day_it_began_or_ended(issued: str, number: str):
    row = listed({"sources/s.yml": SOURCE.replace("1999", issued)}, "source").rows[0]
    assert dict(row.data)["by-date"] == number


def test_events_stand_in_order_of_date_and_can_be_sorted_by_title():
    event = "title: {}\ndate: {}\nsources: [s]\n"
    texts = {"sources/s.yml": SOURCE, "events/b.yml": event.format("A", 2002), "events/a.yml": event.format("B", 2001)}
    rows = listed(texts, "event").rows
    assert [(row.record.title, dict(row.data)["by-title"]) for row in rows] == [("B", "2"), ("A", "1")]


def test_links_lead_to_the_first_of_each_letter_of_a_long_list():
    values = ["0–9", *("A" * LONG), "Б"]
    anchors, jumps = jumps_into(seen_from(ledger_of({}), "a-z.html"), values, "under")
    assert [anchor for anchor in anchors if anchor] == ["under-number", "under-A", "under-Б"]
    assert anchors[1:3] == ("under-A", "")
    assert [(jump.words, jump.href) for jump in jumps] == [
        ("0–9", "#under-number"),
        ("A", "#under-A"),
        ("Б", "#under-Б"),
    ]


@pytest.mark.parametrize("values", [["A", "B"], ["A"] * (LONG + 1)], ids=["short", "one-letter"])
def test_a_list_that_is_short_or_under_one_letter_needs_no_links(values: list[str]):
    assert jumps_into(seen_from(ledger_of({}), "a-z.html"), values, "under") == (("",) * len(values), ())


def test_a_long_group_of_a_facet_has_links_to_its_letters():
    names = [f"{letter} {at}" for letter in "AB" for at in range(LONG)]
    texts = {f"claims/x{at}.yml": CLAIM.replace("It moves", name) for at, name in enumerate(names)}
    page = html(ledger_of(texts), "claims/by/rating.html")["claims/by/rating.html"]
    assert 'href="#by-none-B"' in page
    assert re.findall(r'<li id="(by-none-.)"><a class="ref claim" href="\.\./x(\d+)\.html"', page) == [
        ("by-none-A", "0"),
        ("by-none-B", str(LONG)),
    ]


# The form


def test_a_list_that_can_be_taken_in_at_a_glance_has_no_form():
    page = "terms/index.html"
    assert "<form" not in html(ledger_of(dict(list(TERMS.items())[:FEW])), page)[page]
    assert "<form" in html(ledger_of(TERMS), page)[page]


def test_a_facet_with_one_value_is_not_offered():
    texts = {f"claims/x{at}.yml": CLAIM for at in range(FEW + 1)}
    assert [found.name for found in listed(texts, "claim").filters] == []
    other = CLAIM.replace("empirical", "normative")
    assert [found.name for found in listed({**texts, "claims/y.yml": other}, "claim").filters] == ["type"]


def test_every_value_that_a_record_has_can_be_chosen(ledger: Ledger):
    for name in LISTINGS:
        for found in index_of(ledger, name).filters:
            offered = {value for _, options in found.groups for value, _ in options}
            assert offered == {v for r in ledger.of_kind(name) for v in values_of(ledger, r.id, found.name)}


def test_without_a_script_every_record_stands_in_the_list_of_its_kind():
    ledger = ledger_at(SMALL)
    pages = html(ledger, *(urls.index(kind) for kind in KINDS))
    for kind in KINDS:
        page = pages[urls.index(kind)]
        for record in ledger.of_kind(kind.name):
            assert f'href="{record.id}.html"' in page
        assert "<form" not in page or re.search(r"<form [^>]* hidden>", page)


def test_withdrawn_records_stand_apart_and_are_counted_with_the_rest():
    gone = {"terms/gone.yml": "term: Gone\ndefinition: D.\nwithdrawn: {date: 2001, why: Wrong.}\n"}
    page = html(ledger_of({**TERMS, **gone}), "terms/index.html")["terms/index.html"]
    assert 'data-whole="All 9"' in page
    assert "gone.html" in page.partition('<h2 id="withdrawn">')[2]


def test_the_script_is_small_and_writes_text_only():
    for name in ("listing.js", "pages.js"):
        script = (ROOT / "templates/static" / name).read_bytes()
        assert len(gzip.compress(script, mtime=0)) < 2048
        assert b"HTML" not in script


# Several pages


MANY = {f"terms/t{at:03}.yml": f"term: {'ab'[at // 250]} {at:03}\ndefinition: D.\n" for at in range(ROWS + 60)}
GONE = {
    f"terms/u{at:03}.yml": f"term: u {at:03}\ndefinition: D.\nwithdrawn: {{date: 2001, why: W.}}\n" for at in (1, 2)
}


def test_a_long_list_is_whole_on_several_pages_and_jumps_lead_to_the_right_one():
    ledger = ledger_of(MANY | GONE)
    first, second = html(ledger, "terms/index.html", "terms/index/2.html").values()
    rows = [re.findall(r'href="(?:\.\./)?([tu]\d{3})\.html"', page.partition("<main")[2]) for page in (first, second)]
    assert [len(found) for found in rows] == [ROWS, 62]
    assert rows[0] + rows[1] == [f"t{at:03}" for at in range(ROWS + 60)] + ["u001", "u002"]
    assert 'href="#under-A"' in first
    assert 'href="index/2.html#under-B"' in first
    assert 'id="under-B"' in second
    assert 'data-pages="# index/2.html"' in first
    assert 'data-pages="../index.html #"' in second
    assert first.count("data-listing>") == second.count("data-listing>") == 2
    assert '<section aria-labelledby="withdrawn" hidden>' in first


def test_a_long_group_goes_on_on_the_next_page_under_its_heading():
    claims = {f"claims/x{at:03}.yml": CLAIM for at in range(ROWS + 1)}
    first, second = html(ledger_of(claims), "claims/by/rating.html", "claims/by/rating/2.html").values()
    for page in (first, second):
        assert '<h2 id="by-none">' in page
        assert f'not rated</a> <span class="meta">{ROWS + 1}</span>' in page
    assert 'href="../../x200.html"' in second
    assert 'href="../rating.html#by-none"' in second


# The home page


def home(texts: dict[str, str]) -> str:
    return html(ledger_of(texts), "index.html")["index.html"]


def test_the_home_page_shows_what_is_in_dispute_with_status_labels_and_ratings():
    texts = {**DISPUTE, "positions/c-a.yml": DISPUTE["positions/c-a.yml"] + RATED.format("low", 2001)}
    shown = " ".join(Reader(home(texts)).text.split())
    for said in ("Does the ground move?", "Status: actively contested", "A It does low confidence"):
        assert said in shown
    assert "B It stands still. not rated" in shown


def test_a_withdrawn_position_is_not_in_dispute():
    gone = DISPUTE["positions/c-b.yml"] + "withdrawn: {date: 2001, why: Wrong.}\n"
    page = home({**DISPUTE, "positions/c-b.yml": gone})
    assert "It does move." in (shown := page.partition('class="main-dispute"')[2].partition("</article>")[0])
    assert "It stands still." not in shown


def test_the_home_page_has_the_editors_own_words_in_place_of_ours():
    ours = "Under each question:"
    assert ours in home(DISPUTE)
    written = home({**DISPUTE, "site.yml": SITE + "tagline: About ground.\nbody: |\n  We **look** into it.\n"})
    assert "<strong>look</strong>" in written
    assert '<p class="tagline">About ground.</p>' in written
    assert ours not in written


def test_the_home_page_explains_the_kinds_that_there_are_and_leads_to_pages_of_prose():
    page = home({**DISPUTE, "pages/method.md": "---\ntitle: Our method\n---\nText.\n"})
    read = page.partition('<ul class="how-to-read">')[2].partition("</section>")[0]
    assert re.findall('href="([^"]+)"', read) == [
        "controversies/index.html",
        "positions/index.html",
        "pages/method.html",
    ]
