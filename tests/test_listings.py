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
from ledger.graph import Ledger
from ledger.pages import Page, site_map
from ledger.records import KINDS
from ledger.views import View
from ledger.views.listing import FEW, LONG, jumps_into, view_index
from ledger.views.paging import ROWS
from ledger.views.rows import LISTINGS, SHORT, listed_values

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


def listed(texts: dict[str, str], kind: str) -> View:
    return index_of(ledger_of(texts), kind)


def index_of(ledger: Ledger, name: str) -> View:
    kind = next(kind for kind in KINDS if kind.name == name)
    return view_index(seen_from(ledger, urls.index(kind)), kind)


def html(ledger: Ledger, *wanted: str) -> dict[str, str]:
    """Some pages of a ledger as they are written."""
    pages: list[Page] = [place.make() for place in site_map(ledger) if place.url in wanted]
    return {file.path: file.data.decode() for file in (render.render_page(page, TEMPLATES) for page in pages)}


def row(texts: dict[str, str], kind: str, id_: str) -> View:
    return next(row for row in listed(texts, kind).rows if row.record.id == id_)


def detail(texts: dict[str, str], kind: str, id_: str) -> str:
    return row(texts, kind, id_).detail


def chips(texts: dict[str, str], kind: str, id_: str) -> list[str]:
    return [chip.words for chip in row(texts, kind, id_).chips]


# What a row says


OTHER = {"controversies/d.yml": "title: Is it round?\nquestion: Is it?\nstatus: active\n"}
BEARS = "bears_on: [{position: c-a, relation: supports}]\n"


def test_a_claim_has_the_verdict_and_its_controversy_beside_it():
    texts = {**DISPUTE, **OTHER, "claims/x.yml": CLAIM + BEARS}
    assert chips(texts, "claim", "x") == ["not rated", "Does it move?"]
    assert detail(texts, "claim", "x") == ""
    assert row(texts, "claim", "x").chips[0].css == "none"


def test_where_there_is_one_controversy_nothing_is_said_of_it():
    assert chips({**DISPUTE, "claims/x.yml": CLAIM + BEARS}, "claim", "x") == ["not rated"]


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
    assert detail(texts, "proponent", "p") == "person"
    assert chips(texts, "proponent", "p") == ["holds A: It does", "rejects Position B"]


def test_an_event_says_when_and_what_sort_it_was():
    event = "title: Quake\ndate: 2001-05\ntype: result\nsources: [s]\n"
    assert detail({"sources/s.yml": SOURCE, "events/e.yml": event}, "event", "e") == "May 2001 · result"


def test_a_position_says_its_controversy_and_rating():
    assert detail(DISPUTE, "position", "c-a") == "A: It does · not rated"
    assert chips(DISPUTE | OTHER, "position", "c-a") == ["Does it move?"]


def test_a_long_text_is_cut_after_a_word():
    said = detail({"terms/t.yml": f"term: T\ndefinition: {'very ' * 40}long.\n"}, "term", "t")
    assert len(said) <= SHORT
    assert said.endswith("very …")


# Orders and jumps


def test_titles_stand_in_the_order_of_the_alphabet_without_case_accents_and_quotes():
    names = ("zebra", "Éclair", "apple", "«Bell»")
    texts = {f"terms/t{at}.yml": f"term: {name}\ndefinition: D.\n" for at, name in enumerate(names)}
    assert [row.record.title for row in listed(texts, "term").rows] == ["apple", "«Bell»", "Éclair", "zebra"]


def ids(texts: dict[str, str], kind: str) -> list[str]:
    return [row.record.id for row in listed(texts, kind).rows]


def test_claims_stand_by_their_importance_and_those_that_matter_to_no_position_last():
    both = "bears_on: [{position: c-a, relation: supports}, {position: c-b, relation: disputes}]\n"
    texts = {"claims/w.yml": CLAIM, "claims/x.yml": CLAIM + BEARS, "claims/y.yml": CLAIM + both}
    assert ids(DISPUTE | texts, "claim") == ["y", "x", "w"]


def test_sources_with_results_of_their_own_come_first_then_those_with_evidence_on_most_claims():
    own = SOURCE.replace("derived_from: unknown", "derived_from: []") + "first_hand: true\n"
    claims = {f"claims/x{at}.yml": CLAIM + EVIDENCE.replace("source: s", f"source: {'st'[at > 0]}") for at in range(3)}
    texts = {"sources/r.yml": SOURCE, "sources/s.yml": SOURCE, "sources/t.yml": SOURCE, "sources/u.yml": own}
    assert ids(texts | claims, "source") == ["u", "t", "s", "r"]


def test_proponents_stand_by_their_statements_and_terms_by_what_links_to_them():
    said = "stances: [{id: s1, position: c-a, stance: holds, attested: [{date: 2001, source: s}]}]\n"
    texts = {
        "sources/s.yml": SOURCE,
        "proponents/a.yml": "name: Ada\ntype: person\n",
        "proponents/b.yml": f"name: Bo\ntype: person\n{said}",
        "terms/t.yml": "term: A\ndefinition: D.\n",
        "terms/u.yml": "term: B\ndefinition: D.\n",
        "claims/x.yml": CLAIM + "scope: '[[u]]'\n",
    }
    assert ids(DISPUTE | texts, "proponent") == ["b", "a"]
    assert ids(DISPUTE | texts, "term") == ["u", "t"]


def test_the_controversy_to_which_most_claims_matter_and_its_positions_come_first():
    position = "controversy: d\nletter: A\nstatement: Round.\nrests_on: [x]\n"
    texts = DISPUTE | OTHER | {"positions/d-a.yml": position, "claims/x.yml": CLAIM}
    assert ids(texts, "controversy") == ["d", "c"]
    assert ids(texts, "position") == ["d-a", "c-a", "c-b"]


def test_a_row_holds_a_number_for_each_order_but_for_what_is_not_known():
    texts = {
        "sources/s.yml": SOURCE,
        "claims/a.yml": CLAIM + EVIDENCE + RATED.format("very-low", "2001-02-03") + "added: 1999\n",
        "claims/b.yml": CLAIM,
    }
    assert LISTINGS["claim"].sorts[1:] == ("title", "-verdict", "verdict", "-changed")
    assert [row.orders for row in listed(texts, "claim").rows] == ["1 -2 2 -20010203", "2 - - -"]


def test_a_row_has_the_numbers_of_the_options_that_it_fits():
    texts = {f"claims/x{at}.yml": CLAIM for at in range(FEW)} | {
        "sources/s.yml": SOURCE,
        "claims/y.yml": CLAIM.replace("empirical", "predictive") + EVIDENCE,
    }
    view = listed(texts, "claim")
    options = [(found.name, value) for found in view.filters for _, of in found.groups for value, _ in of]
    assert options == [("verdict", "open"), ("verdict", "none"), ("type", "empirical"), ("type", "predictive")]
    assert {row.record.id: row.options for row in view.rows} == {f"x{at}": "1 2" for at in range(FEW)} | {"y": "0 3"}


@pytest.mark.parametrize(
    ("issued", "number"), [("1999", "19990101"), ("2020-05/2021", "20200501"), ("../2026-04", "20260430")]
)
def test_a_date_is_sorted_by_the_day_it_began_or_ended(issued: str, number: str):
    row = listed({"sources/s.yml": SOURCE.replace("1999", issued)}, "source").rows[0]
    assert row.orders.split(" ")[1:3] == [f"-{number}", number]


def test_the_newest_event_comes_first_and_events_can_be_sorted_by_title():
    event = "title: {}\ndate: {}\nsources: [s]\n"
    texts = {"sources/s.yml": SOURCE, "events/b.yml": event.format("A", 2001), "events/a.yml": event.format("B", 2002)}
    rows = listed(texts, "event").rows
    assert [(row.record.title, row.orders.split(" ")[1]) for row in rows] == [("B", "2"), ("A", "1")]


def test_links_lead_to_the_first_event_of_each_year_of_a_long_list():
    years = ["2003", *["2001"] * LONG, "1999"]
    anchors, jumps = jumps_into(seen_from(ledger_of({}), "events/index.html"), years)
    assert [anchor for anchor in anchors if anchor] == ["under-2003", "under-2001", "under-1999"]
    assert anchors[1:3] == ("under-2001", "")
    assert [(jump.words, jump.href) for jump in jumps] == [
        (year, f"#under-{year}") for year in ("2003", "2001", "1999")
    ]


@pytest.mark.parametrize("years", [["2001", "2000"], ["2001"] * (LONG + 1)], ids=["short", "one-year"])
def test_a_list_that_is_short_or_of_one_year_needs_no_links(years: list[str]):
    assert jumps_into(seen_from(ledger_of({}), "events/index.html"), years) == (("",) * len(years), ())


def test_a_claim_in_the_list_by_position_says_whether_it_is_for_or_against():
    texts = {
        "claims/w.yml": CLAIM + BEARS.replace("supports", "disputes"),
        "claims/x.yml": CLAIM + BEARS,
        "claims/y.yml": CLAIM,
        "positions/c-b.yml": DISPUTE["positions/c-b.yml"] + "rejects: [y]\n",
    }
    shown = Reader(html(ledger_of(DISPUTE | texts), "claims/by/position.html")["claims/by/position.html"]).text
    assert re.findall(r"not rated (for|against)", " ".join(shown.split())) == ["against", "for", "against"]


# The form


def test_a_list_that_can_be_taken_in_at_a_glance_has_no_form():
    page, form = "terms/index.html", '<form id="listing"'
    assert form not in html(ledger_of(dict(list(TERMS.items())[:FEW])), page)[page]
    assert form in html(ledger_of(TERMS), page)[page]


def test_the_form_is_folded():
    page = html(ledger_of(TERMS), "terms/index.html")["terms/index.html"]
    assert "<details>" in page.partition('<form id="listing"')[2].partition("</form>")[0]


def test_a_facet_with_one_value_is_not_offered():
    texts = {f"claims/x{at}.yml": CLAIM for at in range(FEW + 1)}
    assert [found.name for found in listed(texts, "claim").filters] == []
    other = CLAIM.replace("empirical", "normative")
    assert [found.name for found in listed({**texts, "claims/y.yml": other}, "claim").filters] == ["type"]


def test_every_value_that_a_record_has_can_be_chosen(ledger: Ledger):
    for name in LISTINGS:
        for found in index_of(ledger, name).filters:
            offered = {value for _, options in found.groups for value, _ in options}
            assert offered == {v for r in ledger.of_kind(name) for v in listed_values(ledger, r.id, found.name)}


def test_without_a_script_every_record_stands_in_the_list_of_its_kind():
    ledger = ledger_at(SMALL)
    pages = html(ledger, *(urls.index(kind) for kind in KINDS))
    for kind in KINDS:
        page = pages[urls.index(kind)]
        for record in ledger.of_kind(kind.name):
            assert f'href="{record.id}.html"' in page
        assert 'id="listing"' not in page or re.search(r'<form id="listing"[^>]* hidden>', page)


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


def test_a_long_list_is_whole_on_several_pages():
    ledger = ledger_of(MANY | GONE)
    first, second = html(ledger, "terms/index.html", "terms/index/2.html").values()
    rows = [re.findall(r'href="(?:\.\./)?([tu]\d{3})\.html"', page.partition("<main")[2]) for page in (first, second)]
    assert [len(found) for found in rows] == [ROWS, 62]
    assert rows[0] + rows[1] == [f"t{at:03}" for at in range(ROWS + 60)] + ["u001", "u002"]
    assert 'data-pages="# index/2.html"' in first
    assert 'data-pages="../index.html #"' in second
    assert first.count("data-listing>") == second.count("data-listing>") == 2
    assert "<section hidden>" in first


def test_a_long_group_goes_on_on_the_next_page_under_its_heading():
    claims = {f"claims/x{at:03}.yml": CLAIM for at in range(ROWS + 1)}
    first, second = html(ledger_of(claims), "claims/by/rating.html", "claims/by/rating/2.html").values()
    for page in (first, second):
        assert '<h2 id="by-none">' in page
        assert f'not rated</a> <span class="meta">{ROWS + 1}</span>' in page
    assert 'href="../../x200.html"' in second
    assert 'href="../rating.html#by-none"' in second


def test_links_to_years_lead_to_the_right_page():
    event = "title: E\ndate: {}\nsources: [s]\n"
    texts = {f"events/e{at:03}.yml": event.format(1990 + (at >= 60)) for at in range(ROWS + 60)}
    first, second = html(
        ledger_of(texts | {"sources/s.yml": SOURCE}), "events/index.html", "events/index/2.html"
    ).values()
    assert 'href="#under-1991"' in first
    assert 'href="index/2.html#under-1990"' in first
    assert 'id="under-1990"' in second


# The home page


TAGLINE = "tagline: About ground.\n"


def home(texts: dict[str, str]) -> str:
    return html(ledger_of(texts), "index.html")["index.html"]


def test_the_home_page_shows_what_is_in_dispute_with_status_labels_and_ratings():
    texts = {**DISPUTE, "positions/c-a.yml": DISPUTE["positions/c-a.yml"] + RATED.format("low", 2001)}
    shown = " ".join(Reader(home(texts)).text.split())
    for said in ("Does the ground move?", "Actively contested", "A It does low confidence"):
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
    written = home({**DISPUTE, "site.yml": SITE + TAGLINE + "body: |\n  We **look** into it.\n"})
    assert "<strong>look</strong>" in written
    assert ours not in written
    assert "About ground. Under each question:" in Reader(home(DISPUTE | {"site.yml": SITE + TAGLINE})).text


def test_the_page_about_the_ledger_explains_the_kinds_that_there_are():
    page = html(ledger_of(DISPUTE), "about.html")["about.html"]
    read = page.partition('<ul class="how-to-read">')[2].partition("</ul>")[0]
    assert re.findall('href="([^"]+)"', read) == ["controversies/index.html", "positions/index.html"]
