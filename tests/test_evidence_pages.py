"""What pages say of evidence: how a verdict came about, what counts once, quotes, what falls with a source."""

import hashlib
import json
import re
from itertools import pairwise

import pytest
from making import MEDIUM, ROOT, Reader, ledger_at, ledger_of, seen_from, site_of

from ledger import rating_words, texts
from ledger.analysis.quotes import hash_of
from ledger.files import TextFile, kept_text
from ledger.graph import Ledger, build_graph
from ledger.loading import load_records
from ledger.views import View
from ledger.views.chain import MOST_DRAWN
from ledger.views.claim import view_claim
from ledger.views.impact import view_changed, view_impact
from ledger.views.statistics import view_divergences, view_single_points
from ledger.views.verdict import counted_verdicts

SITE = "format: 1\ntitle: Test\neditors: [{id: ann, name: Ann}]\n"
SEARCH = "searches: [{date: 2024-05-01, by: ann, for: the other side, where: [the archive], found: 0, side: against}]\n"
READ = "shows: It., consulted: full-text, directness: direct, basis: empirical"


def source(*earlier: str, tier: str = "peer-reviewed", more: str = "", how: str = "reports") -> str:
    """A source that takes from others, or is first-hand."""
    derived = ", ".join(f"{{source: {id_}, how: {how}}}" for id_ in earlier)
    head = f"type: report\ntitle: Maps\nauthors: unknown\nissued: 1999\ntier: {tier}\nderived_from: [{derived}]\n"
    return head + ("" if earlier else "first_hand: true\n") + more


def claim(*items: str, more: str = "", type_: str = "empirical") -> str:
    """A claim with items as `e1 source relation`, which are strong if their source is."""
    rows = (item.split() for item in items)
    written = "".join(f"  - {{id: {id_}, source: {s}, relation: {relation}, {READ}}}\n" for id_, s, relation in rows)
    return f"statement: It moves.\ntype: {type_}\n" + (f"evidence:\n{written}" if written else "") + more


def ledger_with(claims: dict[str, str], sources: dict[str, str], **files: str) -> Ledger:
    named = {f"claims/{id_}.yml": text for id_, text in claims.items()}
    named |= {"controversies/z.yml": "title: Z\nquestion: Is it late?\nstatus: active\n"} if files else {}
    cited = {f"sources/{id_}.yml": text for id_, text in sources.items()}
    return ledger_of({**named, **cited, **{f"positions/z-{k}.yml": text for k, text in files.items()}})


def view(text: str, **sources: str) -> View:
    ledger = ledger_with({"c": text}, sources)
    return view_claim(seen_from(ledger, "claims/c.html"), ledger.records["c"])


def verdict(text: str, **sources: str) -> View:
    found = view(text, **sources).verdict
    assert found
    return found


def page(ledger: Ledger, address: str) -> Reader:
    return Reader(site_of(ledger)[address].decode())


def said(ledger: Ledger, address: str) -> str:
    return " ".join(page(ledger, address).text.split())


THREE = {"s": source(), "t": source(), "u": source(tier="preprint")}


# How a verdict came about


def test_every_step_can_be_followed():
    found = verdict(claim("e1 s supports", "e2 t supports", "e3 u disputes"), **THREE)
    assert [(item.id, item.side, grade) for item, grade in found.items] == [
        ("e1", "for", "strong evidence"),
        ("e2", "for", "strong evidence"),
        ("e3", "against", "strong evidence"),
    ]
    assert found.levels == (("For the claim", "medium evidence"), ("Against the claim", "limited evidence"))
    assert (found.said, found.evidence) == ("Perhaps true.", ("Some evidence", "3 sources", "3 independent teams"))
    assert found.counts == "3 sources · 3 separate studies (2 for it, 1 against) · 3 independent teams"


def test_a_row_names_the_grade_with_its_reasons_and_the_work():
    evidence = (
        "evidence: [{id: e1, source: a, relation: supports, shows: It., consulted: coverage, directness: analogy}]\n"
    )
    sources = {"s": source(), "a": source("s", tier="reporting")}
    [(item, grade)] = verdict("statement: It moves.\ntype: empirical\n" + evidence, **sources).items
    assert (item.work, item.source, item.seen) == ("s", "a", False)
    assert grade == (
        "weak evidence: it argues by analogy (two steps), what it is based on is not recorded (two steps) "
        "and the editor read it only through reporting"
    )


@pytest.mark.parametrize(
    ("item", "reason"),
    [("e2 s mentions", "no side"), ("e2 gone supports", "fallen"), ("e2 below supports", "fallen")],
)
def test_an_item_that_does_not_count_says_why(item: str, reason: str):
    sources = {"s": source(), "gone": source(more="status: retracted\n"), "below": source("gone")}
    found, said = verdict(claim("e1 s supports", item), **sources).items[1]
    assert (found.counts, found.work) == (reason, None)
    assert said == texts.say(f"uncounted.{reason}")


def test_one_strong_work_leans_and_a_second_makes_it_likely():
    assert verdict(claim("e1 s supports", more=SEARCH), s=source()).said == "Perhaps true."
    assert verdict(claim("e1 s supports", "e2 t supports", more=SEARCH), **THREE).said == "Probably true."


def test_without_a_search_there_is_a_range():
    found = verdict(claim("e1 s supports", "e2 t supports"), **THREE)
    assert found.said == "Perhaps true or probably true."
    assert found.axis
    assert (found.axis.dot, found.axis.is_empty) == (80, False)
    assert found.remarks == ("Nobody has looked for evidence against it.",)


def test_a_claim_without_evidence_is_not_rated():
    found = view(claim())
    assert found.verdict
    assert (found.verdict.said, found.verdict.axis, found.verdict.strip) == ("Not rated.", None, None)
    assert (found.verdict.items, found.verdict.counts, found.drawing) == ((), "", None)


def test_nothing_is_computed_for_a_withdrawn_claim():
    text = claim("e1 s supports", more="withdrawn: {date: 2001, why: Wrong.}\n")
    assert view(text, s=source()).verdict is None
    shown = said(ledger_with({"c": text}, {"s": source()}), "claims/c.html")
    assert texts.say("claim.withdrawn") in shown


RATED = "assessments: [{rating: very-low, by: ann, date: 2001, why: Seen.%s}]\n"


def test_both_ratings_stand_on_the_page_with_how_far_they_part():
    text = claim("e1 s supports", "e2 t supports", "e3 u disputes", more=RATED % ", diverges_because: One voice.")
    shown = said(ledger_with({"c": text}, THREE), "claims/c.html")
    assert "Perhaps true. The editors say: probably false. Seen." in shown
    assert "Some evidence · 3 sources · 3 independent teams" in shown
    assert "Rated by Ann, 2001" in shown
    assert "Editors and rules disagree here by three steps of five. The editors’ reason: One voice." in shown


# What counts once


def test_reports_of_one_work_count_once_and_so_does_what_nobody_traced():
    sources = {"s": source(), "a": source("s"), "b": source("s")}
    sources |= {id_: source().replace("[]\nfirst_hand: true", "unknown") for id_ in "xy"}
    found = verdict(claim("e1 a supports", "e2 b supports", "e3 x disputes", "e4 y disputes"), **sources)
    assert found.counts == "4 sources · 3 separate studies (1 for it, 2 against) · 3 independent teams"
    assert [item.work for item, _ in found.items] == ["s", "s", "x", "y"]


def test_items_whose_every_work_fell_count_for_nothing():
    found = verdict(claim("e1 s supports"), s=source(more="status: retracted\n"))
    assert (found.counts, found.remarks) == ("", ("No evidence that counts is recorded.",))


def test_ties_are_told_once_for_the_same_works_and_a_publisher_is_none():
    both = "publisher: Press\nauthors: [{literal: Ada Brass}, {literal: Bo Elm}]\n"
    tied = source().replace("authors: unknown\n", both)
    ledger = ledger_with({"c": claim("e1 s supports", "e2 t supports")}, {"s": tied, "t": tied})
    shown = said(ledger, "claims/c.html")
    assert shown.count("have an author in common: Ada Brass and Bo Elm") == 1
    assert "Press" not in shown


# The drawing


def drawn(text: str, **sources: str) -> View:
    found = view(text, **sources).drawing
    assert found
    return found


def notes(drawing: View) -> dict[str, list[str]]:
    return {node.source.id: list(node.place.box.notes) for node in drawing.nodes}


def test_works_stand_right_of_what_they_take_from_and_say_how_a_chain_ends():
    found = drawn(claim("e1 b supports", "e2 s disputes"), s=source(), a=source("s"), b=source("a"))
    x = {node.source.id: node.place.x for node in found.nodes}
    assert x["s"] < x["a"] < x["b"]
    assert notes(found) == {"s": ["first-hand", "cited in e2"], "a": [], "b": ["cited in e1"]}
    assert len(found.edges) == 2


def test_each_sort_of_end_has_an_outline_and_words_of_its_own():
    sources = {
        "first": source(),
        "open": source().replace("[]\nfirst_hand: true", "unknown"),
        "dead": source().replace("first_hand: true\n", ""),
        "round": source("trip"),
        "trip": source("round"),
        "all": source("first", "open", "dead", "round"),
    }
    found = {node.source.id: node for node in drawn(claim("e1 all supports"), **sources).nodes}
    assert {id_: node.end for id_, node in found.items()} == {
        "first": "first-hand",
        "open": "untraced",
        "dead": "dead-end",
        "round": "circular",
        "trip": "circular",
        "all": "",
    }
    assert len({node.outline.count("L") for id_, node in found.items() if id_ in {"first", "dead", "round"}}) == 3
    assert found["open"].place.box.notes == ("not traced yet",)


def test_boxes_of_a_column_do_not_touch():
    papers = {f"p{n}": source() for n in range(MOST_DRAWN - 1)}
    found = drawn(claim("e1 review supports"), review=source(*papers, how="reviews"), **papers)
    boxes = sorted((node.place.x, node.place.y, node.place.y + node.place.height) for node in found.nodes)
    assert all(one[2] < other[1] for one, other in pairwise(boxes) if one[0] == other[0])


@pytest.mark.parametrize(("many", "is_drawn"), [(MOST_DRAWN, True), (MOST_DRAWN + 1, False)])
def test_more_works_than_these_are_only_listed(many, is_drawn):
    papers = {f"p{n}": source() for n in range(many - 1)}
    found = view(claim("e1 review supports"), review=source(*papers, how="reviews"), **papers)
    assert bool(found.drawing) == is_drawn


def test_works_that_take_from_nothing_need_no_drawing():
    assert view(claim("e1 s supports", "e2 t supports"), **THREE).drawing is None


def test_the_list_comes_before_the_picture_and_every_box_is_a_link():
    ledger = ledger_with({"c": claim("e1 a supports")}, {"s": source(), "a": source("s")})
    html = site_of(ledger)["claims/c.html"].decode()
    assert html.index('<ul class="chain">') < html.index('<svg class="origins"')
    picture = html[html.index('<svg class="origins"') :].partition("</svg>")[0]
    assert picture.count("<a ") == 2
    assert 'href="../sources/s.html"' in picture


# Quotes


TEXT = "A long report begins. It says that the “tide” came\nin at noon, and goes on for a while after that.\n"


def quoting(quote: str, verdict: str = "", *, kept: bool = True, snapshot: bool = True) -> Ledger:
    """A ledger with one quote of a text: kept, only remembered by its hash, or never read."""
    text = kept_text("snapshots/s.txt", TEXT.encode())
    item = f'evidence: [{{id: e1, source: s, relation: supports, {READ}, quote: "{quote}"}}]\n'
    files = {
        "site.yml": SITE,
        "claims/c.yml": "statement: It moves.\ntype: empirical\n" + item,
        "sources/s.yml": source(more="url: https://example.org/maps\n"),
    }
    if snapshot:
        files["snapshots/s.yml"] = f"sha256: {text.sha256}\ncaptured: 2024-05-01\n{verdict}"
    texts = (TextFile(path, written) for path, written in files.items())
    return build_graph(load_records(texts, (), [text] if kept and snapshot else []))


def test_a_quote_that_was_found_says_where_and_shows_the_words_in_their_place():
    ledger = quoting("the 'tide' came in at noon".replace("'", '\\"'))
    shown = said(ledger, "claims/c.html")
    assert (
        "Found in the text of 1 May 2024, line 1, "
        "setting aside the shape of quotation marks and spaces and line breaks." in shown
    )
    assert "A long report begins. It says that the “tide” came in at noon, and goes on for a while after that." in shown
    html = site_of(ledger)["claims/c.html"].decode()
    assert "<mark>the “tide” came\nin at noon</mark>" in html
    assert f"<code>{hashlib.sha256(TEXT.encode()).hexdigest()}</code>" in html
    assert 'href="https://example.org/maps#:~:text=the%20%E2%80%9Ctide%E2%80%9D%20came%20in%20at%20noon"' in html


def test_a_quote_word_for_word_needs_nothing_set_aside():
    assert "Found word for word in the text of 1 May 2024, line 1." in said(
        quoting("A long report begins"), "claims/c.html"
    )


@pytest.mark.parametrize(
    ("snapshot", "verdict", "begins"),
    [
        (False, "", "Not checked: we keep no text of the source."),
        (True, "", "Not checked: we keep no copy of the text of 1 May 2024."),
        (True, "exact", "Found on 2 May 2024 in the text of 1 May 2024. We keep no copy of it"),
    ],
)
def test_a_quote_of_a_text_that_is_not_here_says_so(snapshot, verdict, begins):
    quote = "A long report begins"
    entry = f"verdicts: [{{quote: {hash_of(quote)}, verdict: exact, date: 2024-05-02}}]\n" if verdict else ""
    ledger = quoting(quote, entry, kept=False, snapshot=snapshot)
    assert begins in said(ledger, "claims/c.html")
    assert texts.say("quote_check.place") not in said(ledger, "claims/c.html")


def attesting() -> Ledger:
    """A ledger with a text that attests two stances and a condition, one of them in words that it does not hold."""
    text = kept_text("snapshots/s.txt", TEXT.encode())
    said = '{date: 2024, source: s, quote: "A long report begins"}, {date: 2023, source: s, quote: "It never came"}'
    minds = "would_change_mind: [{by: p, condition: A storm., source: s, quote: goes on for a while}]\n"
    files = {
        "site.yml": SITE,
        "controversies/c.yml": "title: T\nquestion: Is it late?\nstatus: active\n",
        "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\n" + minds,
        "proponents/p.yml": "name: Ada\ntype: person\nstances:\n"
        f"  - {{id: s1, position: c-a, stance: holds, attested: [{said}]}}\n",
        "sources/s.yml": source(more="url: https://example.org/maps\n"),
        "snapshots/s.yml": f"sha256: {text.sha256}\ncaptured: 2024-05-01\n",
    }
    return build_graph(load_records([TextFile(path, written) for path, written in files.items()], (), [text]))


VERDICT = '<p class="verdict {}">'
FOUND = "Found word for word in the text of 1 May 2024, line {}."


@pytest.mark.parametrize("page", ["proponents/p.html", "sources/s.html"])
def test_a_quote_that_attests_a_stance_has_its_verdict(page):
    html = site_of(attesting())[page].decode()
    earlier, later = (html.index(VERDICT.format(verdict)) for verdict in ("not-found", "exact"))
    assert html.index("<q>It never came</q>") < earlier < html.index("<q>A long report begins</q>") < later
    assert FOUND.format(1) in html
    assert "<mark>A long report begins</mark>" in html
    assert 'href="https://example.org/maps#:~:text=A%20long%20report%20begins"' in html


@pytest.mark.parametrize("page", ["positions/c-a.html", "sources/s.html"])
def test_a_quote_of_what_would_change_a_mind_has_its_verdict(page):
    html = site_of(attesting())[page].decode()
    assert FOUND.format(2) in html
    assert "<mark>goes on for a while</mark>" in html


def test_the_data_of_a_proponent_holds_the_verdicts_by_their_place():
    data = json.loads(site_of(attesting())["proponents/p.json"])
    assert {place: (found["verdict"], found.get("line")) for place, found in data["quotes"].items()} == {
        "s1/attested/0": ("exact", 1),
        "s1/attested/1": ("not-found", None),
    }


def test_a_proponent_without_quotes_has_no_verdicts():
    files = {"proponents/p.yml": "name: Ada\ntype: person\n"}
    site = site_of(ledger_of(files))
    assert json.loads(site["proponents/p.json"]).get("quotes", {}) == {}
    assert 'class="verdict' not in site["proponents/p.html"].decode()


def test_the_verdict_stands_in_the_data_as_documented():
    [quote] = json.loads(site_of(quoting("A long report begins"))["claims/c.json"])["quotes"].values()
    assert (quote["verdict"], quote["start"], quote["line"], quote["passage"]) == (
        "exact",
        0,
        1,
        "A long report begins",
    )
    documented = (
        (ROOT / "docs/json.md").read_text(encoding="utf-8").partition("\n## A quote\n")[2].partition("\n## ")[0]
    )
    assert set(re.findall(r"^\| `([a-z0-9_]+)` \|", documented, re.MULTILINE)) <= set(quote)
    assert set(quote) <= set(re.findall(r"^\| `([a-z0-9_]+)`(?: °)? \|", documented, re.MULTILINE))


# What falls


FALLEN = {**THREE, "s": source(more="status: retracted\nstatus_date: 2020-03\nurl: https://example.org/s\n")}
RESTS = "controversy: z\nletter: A\nstatement: Yes.\nrests_on: [c]\n"
TWO = claim("e1 s supports", "e2 t supports", more=SEARCH)

CITING = claim("e1 s supports").replace("shows: It.", 'shows: "As [@s] says."')


def fall(ledger: Ledger, id_: str) -> View:
    return view_impact(seen_from(ledger, f"sources/{id_}.html"), ledger.records[id_])


def test_the_page_of_a_source_says_what_would_change_with_it():
    found = fall(ledger_with({"c": TWO}, THREE, a=RESTS), "s")
    [change], [position] = found.claims, found.positions
    assert (change.record.id, change.change, change.alone) == ("c", "probably true → perhaps true", False)
    assert (position.record.id, position.change) == ("z-a", "one probably true → one perhaps true")


def test_a_source_that_carries_nothing_says_so():
    ledger = ledger_with({"c": TWO}, {**THREE, "idle": source()})
    assert texts.say("impact.nothing") in said(ledger, "sources/idle.html")


def test_a_fallen_source_says_what_it_changed():
    found = fall(ledger_with({"c": TWO}, FALLEN, a=RESTS), "s")
    assert found.dropped
    assert [change.change for change in found.claims] == ["probably true → perhaps true"]


def test_a_claim_and_a_position_that_a_fall_changed_say_so_with_the_source():
    ledger = ledger_with({"c": TWO}, FALLEN, a=RESTS)
    context = seen_from(ledger, "claims/c.html")
    changed, position = (view_changed(context, ledger.records[id_]) for id_ in ("c", "z-a"))
    assert changed
    assert position
    assert changed.said == (
        "The verdict on this claim changed from “probably true” to “perhaps true”, because evidence no longer counts:"
    )
    assert position.said == (
        "The verdicts on the claims that this position builds on changed from one probably true to one perhaps true, "
        "because evidence no longer counts:"
    )
    assert [(source.id, fields.status_date.text) for source, fields in changed.sources] == [("s", "2020-03")]


def test_a_claim_that_nothing_changed_has_no_notice():
    assert view(TWO, **THREE).changed is None


@pytest.mark.parametrize("status", ["retracted", "withdrawn", "corrected"])
@pytest.mark.parametrize("address", ["claims/c.html", "sources/later.html", "sources/index.html", "a-z.html"])
def test_a_fallen_work_is_struck_wherever_it_is_named(status: str, address: str):
    sources = {**THREE, "s": source(more=f"status: {status}\n"), "later": source("s")}
    html = site_of(ledger_with({"c": CITING.replace("e1 s", "e1 later")}, sources))[address].decode()
    links = re.findall(r'<a [^>]*href="[^"]*\bs\.html"[^>]*>', html)
    assert links
    assert [link for link in links if "gone" not in link] == []
    assert f"({status})" in html


def test_an_inline_citation_of_a_fallen_work_is_struck_and_says_why():
    html = site_of(ledger_with({"c": CITING}, FALLEN))["claims/c.html"].decode()
    assert 'class="cite gone"' in html
    assert "1999 (retracted)</a> says." in html


def test_a_work_under_an_expression_of_concern_is_not_struck():
    html = site_of(ledger_with({"c": TWO}, {**THREE, "s": source(more="status: concern\n")}))["claims/c.html"].decode()
    assert "gone" not in html.partition("<main")[2]


# Positions


def test_where_the_evidence_on_claims_points_is_counted():
    claims = {"c": TWO, "d": claim("e1 s supports", more=SEARCH), "e": claim("e1 t supports"), "f": claim()}
    context = seen_from(ledger_with(claims, THREE, a=RESTS), "positions/z-a.html")
    said = "The evidence supports {} of the claims it builds on, contradicts none and leaves {} open."
    assert counted_verdicts(context, claims) == said.format("two", "one") + " One has no verdict."
    assert counted_verdicts(context, ["c"]) == said.format("one", "none")
    assert counted_verdicts(context, []) == ""


# The lists


def test_all_divergences_are_listed_those_without_a_reason_first():
    items = ("e1 s supports", "e2 t supports", "e3 u disputes")
    claims = {
        "why": claim(*items, more=RATED % ", diverges_because: One voice."),
        "bare": claim(*items, more=RATED % ""),
        "near": claim(*items, more=(RATED % "").replace("very-low", "medium")),
    }
    ledger = ledger_with(claims, THREE)
    found = view_divergences(seen_from(ledger, "divergences.html"))
    assert [entry.claim.id for entry in found.entries] == ["bare", "why"]
    assert found.share == "Editors and rules disagree on 2 of the 3 claims that have both ratings."
    [bare, why] = found.entries
    assert (why.editors, why.computed) == ("the editors: probably false", "the evidence: perhaps true")
    assert (str(bare.because), str(why.because)) == (
        texts.say("divergences.no_reason"),
        "The editors’ reason: One voice.",
    )


def test_the_source_on_which_most_hangs_comes_first():
    alone, other = claim("e1 s supports"), claim("e1 u supports")
    ledger = ledger_with({"c": TWO, "d": alone, "e": alone, "f": other}, THREE)
    found = view_single_points(seen_from(ledger, "single-points.html"))
    assert [(entry.source.id, [change.record.id for change in entry.claims]) for entry in found.entries] == [
        ("s", ["d", "e"]),
        ("u", ["f"]),
    ]
    assert found.share == "3 of 4 claims with a verdict depend on a single source."


@pytest.mark.parametrize("address", ["divergences.html", "single-points.html"])
def test_an_empty_list_says_so_and_both_are_reached_from_the_statistics(address: str):
    ledger = ledger_with({"c": claim()}, {})
    assert texts.say("divergences.none") in said(ledger, "divergences.html")
    assert texts.say("single_points.none") in said(ledger, "single-points.html")
    main = site_of(ledger)["statistics.html"].decode().partition("<main")[2].partition("</main>")[0]
    assert f'href="{address}"' in main


# The same figures everywhere


def test_the_verdict_on_every_claim_is_that_of_its_data(medium_site):
    ledger, site = ledger_at(MEDIUM), medium_site
    analysis = seen_from(ledger, "index.html").analysis
    for id_, rating in analysis.ratings.items():
        data, html = (json.loads(site[f"claims/{id_}.json"]), site[f"claims/{id_}.html"].decode())
        text = " ".join(Reader(html).text.split())
        ends = data["rating"].get("range") or [data["rating"].get("verdict")]
        found = (
            texts.say("verdicts.not_rated")
            if ends == [None]
            else " or ".join(texts.say(f"verdict.{end}") for end in ends)
        )
        contested = data["rating"].get("direction") == "contested"
        said_ = "Contested." if contested and len(ends) == 1 else f"{found.capitalize()}."
        assert said_ in text
        assert (data["rating"]["counts"]["works"] > 0) == (f"{rating_words.counts_words(rating.counts)} " in text)
        assert html.count('<p class="verdict ') == len(data.get("quotes", ()))
