"""What pages say of evidence: two ratings and their arithmetic, origins, quotes, what falls with a source."""

import hashlib
import json
import re
from itertools import pairwise

import pytest
from making import MEDIUM, ROOT, Reader, ledger_at, ledger_of, seen_from, site_of

from ledger import words
from ledger.analysis.quotes import hash_of
from ledger.analysis.ratings import plain
from ledger.files import TextFile, kept_text
from ledger.graph import Ledger, build_graph
from ledger.loading import load_records
from ledger.views.claim import ClaimView, view_claim
from ledger.views.impact import ImpactView, view_bands, view_changed, view_impact
from ledger.views.method import view_method
from ledger.views.origins_drawing import LIMIT, OriginsDrawing
from ledger.views.statistics import view_divergences, view_single_points

SITE = "format: 1\ntitle: Test\neditors: [{id: ann, name: Ann}]\n"
SEARCH = "searches: [{date: 2024-05-01, by: ann, for: the other side, where: [the archive], found: 0}]\n"
READ = "shows: It., consulted: full-text, directness: direct"


def source(*earlier: str, tier: str = "peer-reviewed", more: str = "", how: str = "reports") -> str:
    """A source that takes from others, or is first-hand."""
    derived = ", ".join(f"{{source: {id_}, how: {how}}}" for id_ in earlier)
    head = f"type: report\ntitle: Maps\nauthors: unknown\nissued: 1999\ntier: {tier}\nderived_from: [{derived}]\n"
    return head + ("" if earlier else "first_hand: true\n") + more


def claim(*items: str, more: str = "", type_: str = "empirical") -> str:
    """A claim with items as `e1 source relation`, which weigh as their tier does."""
    rows = (item.split() for item in items)
    written = "".join(f"  - {{id: {id_}, source: {s}, relation: {relation}, {READ}}}\n" for id_, s, relation in rows)
    return f"statement: It moves.\ntype: {type_}\n" + (f"evidence:\n{written}" if written else "") + more


def ledger_with(claims: dict[str, str], sources: dict[str, str], **files: str) -> Ledger:
    named = {f"claims/{id_}.yml": text for id_, text in claims.items()}
    cited = {f"sources/{id_}.yml": text for id_, text in sources.items()}
    return ledger_of({**named, **cited, **{f"positions/c-{k}.yml": text for k, text in files.items()}})


def view(text: str, **sources: str) -> ClaimView:
    ledger = ledger_with({"c": text}, sources)
    return view_claim(seen_from(ledger, "claims/c.html"), ledger.records["c"])


def lines(text: str, **sources: str) -> dict[str, str]:
    found = view(text, **sources).computed
    assert found
    return dict(found.lines)


def page(ledger: Ledger, address: str) -> Reader:
    return Reader(site_of(ledger)[address].decode())


def said(ledger: Ledger, address: str) -> str:
    return " ".join(page(ledger, address).text.split())


THREE = {"s": source(), "t": source(), "u": source(tier="preprint")}


# The arithmetic


def test_every_step_can_be_followed_with_a_pencil():
    found = lines(claim("e1 s supports", "e2 t supports", "e3 u disputes"), **THREE)
    assert found == {
        "For the claim": "1 + 1 = 2",
        "Against the claim": "0.7",
        "Together": "2 + 0.7 = 2.7",
        "Origins": "3, for which the items of both sides can count together",
        "Evidence": "robust. Medium takes a sum of 1 and 2 origins, robust a sum of 2 and 3 origins; "
        "here the sum is 2.7, with 3.",
        "Agreement": "medium. Medium takes 2 × 0.7 = 1.4, high 5 × 0.7 = 3.5; the heavier side has 2.",
        "Direction": "for the claim",
        "Band": "robust evidence and medium agreement meet at high",
        "Result": "high",
    }


def test_a_row_names_the_factors_and_the_origin():
    item = "evidence: [{id: e1, source: s, relation: supports, shows: It., consulted: memory, about_rival: c}]\n"
    computed = view("statement: It moves.\ntype: empirical\n" + item, s=source(tier="preprint")).computed
    assert computed
    [(step, product)] = computed.steps
    assert product == (
        "preprint 0.7 × directness not said 0.75 × from memory, not re-read 0.3 × hurts a rival 0.5 = 0.07875"
    )
    assert (step.origin, step.side) == ("s", "for")
    assert step.reason not in words.REASONS


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("e2 s qualifies", "no side"),
        ("e2 report supports", "origin counted already"),
        ("e2 gone supports", "source dropped"),
        ("e2 below supports", "origin dropped"),
    ],
)
def test_an_item_that_does_not_count_says_why(item: str, reason: str):
    sources = {"s": source(), "report": source("s", tier="reporting")}
    sources |= {"gone": source(more="status: retracted\n"), "below": source("gone")}
    computed = view(claim("e1 s supports", item), **sources).computed
    assert computed
    step, _ = computed.steps[1]
    assert (step.reason, step.origin) == (reason, None)
    assert words.REASONS[reason]


def test_what_rests_on_one_origin_is_capped():
    found = lines(claim("e1 s supports", more=SEARCH), s=source())
    assert found["Band"] == "limited evidence and high agreement meet at medium"
    assert found["Cap"] == "what rests on one origin is rated low at most"
    assert found["Result"] == "low"


def test_without_a_search_there_is_no_band():
    found = lines(claim("e1 s supports", "e2 t supports"), **THREE)
    assert found["Agreement"].startswith("not assessed. Nothing counts on the other side, and no search")
    assert "Band" not in found
    assert found["Result"] == "not computed: no current search for the other side is logged"


def test_a_claim_without_evidence_is_unrated():
    found = view(claim())
    assert found.computed
    assert found.computed.rating.computed == "unrated: no evidence that counts"
    assert (found.computed.steps, found.origins, found.drawing) == ((), None, None)


def test_nothing_is_computed_for_a_withdrawn_claim():
    text = claim("e1 s supports", more="withdrawn: {date: 2001, why: Wrong.}\n")
    assert view(text, s=source()).computed is None
    shown = said(ledger_with({"c": text}, {"s": source()}), "claims/c.html")
    assert words.TWO_RATINGS["withdrawn"] in shown


RATED = "assessments: [{rating: very-low, by: ann, date: 2001, why: Seen.%s}]\n"


def test_both_ratings_stand_on_the_page_with_how_far_they_part():
    text = claim("e1 s supports", "e2 t supports", "e3 u disputes", more=RATED % ", diverges_because: One voice.")
    shown = said(ledger_with({"c": text}, THREE), "claims/c.html")
    assert "The editors’ newest rating is very low confidence (Ann, 2001)" in shown
    assert "high, for the claim. Evidence: robust. Agreement: medium." in shown
    assert "The two part: they are three bands apart. The written reason: One voice." in shown


# Origins


def test_the_sentence_counts_items_origins_groups_and_what_is_untraced():
    sources = {"s": source(), "a": source("s"), "b": source("s")}
    sources["x"] = source().replace("[]\nfirst_hand: true", "unknown")
    found = view(claim("e1 a supports", "e2 b supports", "e3 x disputes"), **sources).origins
    assert found
    assert found.said == (
        "Three items are cited; their sources go back, as whole works, to one first-hand work; one chain ends untraced."
        " They fall into two groups that share no work."
    )


def test_one_item_of_one_origin_is_said_in_the_singular():
    found = view(claim("e1 s supports"), s=source()).origins
    assert found
    assert found.said == (
        "One item is cited; its source goes back, as a whole work, to one first-hand work; no chain ends untraced."
    )


def test_items_whose_every_origin_fell_go_back_to_none():
    found = view(claim("e1 s supports"), s=source(more="status: retracted\n")).origins
    assert found
    assert found.said == "One item is cited; its source goes back, as a whole work, to no work that stands."


def test_ties_are_warned_of_once_for_the_same_works():
    both = "publisher: Press\nauthors: [{literal: Ada Brass}, {literal: Bo Elm}]\n"
    tied = source().replace("authors: unknown\n", both)
    ledger = ledger_with({"c": claim("e1 s supports", "e2 t supports")}, {"s": tied, "t": tied})
    assert "share the authors Ada Brass, Bo Elm; the publisher Press" in said(ledger, "claims/c.html")


# The drawing


def drawn(text: str, **sources: str) -> OriginsDrawing:
    found = view(text, **sources).drawing
    assert found
    return found


def notes(drawing: OriginsDrawing) -> dict[str, list[str]]:
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
    assert found["open"].place.box.notes == ("untraced",)


def test_boxes_of_a_column_do_not_touch():
    papers = {f"p{n}": source() for n in range(30)}
    found = drawn(claim("e1 review supports"), review=source(*papers, how="reviews"), **papers)
    boxes = sorted((node.place.x, node.place.y, node.place.y + node.place.height) for node in found.nodes)
    assert all(one[2] < other[1] for one, other in pairwise(boxes) if one[0] == other[0])


def test_no_more_works_are_drawn_than_fit_and_the_rest_is_counted():
    papers = {f"p{n}": source() for n in range(50)}
    found = drawn(claim("e1 review supports"), review=source(*papers, how="reviews"), **papers)
    assert len(found.nodes) == LIMIT
    assert found.more == "Not drawn, but in the list above: eleven works."


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
        "Found in the text as it was read, 1 May 2024, line 1, "
        "setting aside the shape of quotation marks and spaces and line breaks." in shown
    )
    assert "A long report begins. It says that the “tide” came in at noon, and goes on for a while after that." in shown
    html = site_of(ledger)["claims/c.html"].decode()
    assert "<mark>the “tide” came\nin at noon</mark>" in html
    assert f"<code>{hashlib.sha256(TEXT.encode()).hexdigest()}</code>" in html
    assert 'href="https://example.org/maps#:~:text=the%20%E2%80%9Ctide%E2%80%9D%20came%20in%20at%20noon"' in html


def test_a_quote_word_for_word_needs_nothing_set_aside():
    assert "Found word for word in the text as it was read, 1 May 2024, line 1." in said(
        quoting("A long report begins"), "claims/c.html"
    )


@pytest.mark.parametrize(
    ("snapshot", "verdict", "begins"),
    [
        (False, "", "Not verified: no text of the work is kept here."),
        (True, "", "Not verified: the text that was read, 1 May 2024, is not kept here."),
        (True, "exact", "Found on 2 May 2024 in the text that was read, 1 May 2024. That text is not kept here"),
    ],
)
def test_a_quote_of_a_text_that_is_not_here_says_so(snapshot, verdict, begins):
    quote = "A long report begins"
    entry = f"verdicts: [{{quote: {hash_of(quote)}, verdict: exact, date: 2024-05-02}}]\n" if verdict else ""
    ledger = quoting(quote, entry, kept=False, snapshot=snapshot)
    assert begins in said(ledger, "claims/c.html")
    assert begins in said(ledger, "sources/s.html")
    assert "<mark>" not in site_of(ledger)["claims/c.html"].decode()


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
FOUND = "Found word for word in the text as it was read, 1 May 2024, line {}."


@pytest.mark.parametrize("page", ["proponents/p.html", "sources/s.html"])
def test_a_quote_that_attests_a_stance_has_its_verdict(page):
    html = site_of(attesting())[page].decode()
    earlier, later = (html.index(VERDICT.format(verdict)) for verdict in ("not-found", "exact"))
    assert html.index("<q>It never came</q>") < earlier < html.index("<q>A long report begins</q>") < later
    assert FOUND.format(1) in html
    assert "<mark>A long report begins</mark>" in html
    assert 'href="https://example.org/maps#:~:text=A%20long%20report%20begins"' in html


@pytest.mark.parametrize("page", ["positions/c-a.html", "controversies/c.html", "sources/s.html"])
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
BOTH = claim("e1 s supports", "e2 t supports", "e3 u supports", more=SEARCH)
RESTS = "controversy: c\nletter: A\nstatement: Yes.\nrests_on: [c]\n"
TWO = claim("e1 s supports", "e2 t supports", more=SEARCH)


CITING = claim("e1 s supports").replace("shows: It.", 'shows: "As [@s] says."')


def fall(ledger: Ledger, id_: str) -> ImpactView:
    return view_impact(seen_from(ledger, f"sources/{id_}.html"), ledger.records[id_])


def test_the_page_of_a_source_says_what_would_change_with_it():
    found = fall(ledger_with({"c": TWO}, THREE, a=RESTS), "s")
    [change], [position] = found.claims, found.positions
    assert (change.record.id, change.change, change.alone) == ("c", "high (for) → low (for)", False)
    assert (position.record.id, position.change) == ("c-a", "one high (for) → one low (for)")


def test_a_source_that_carries_nothing_says_so():
    ledger = ledger_with({"c": TWO}, {**THREE, "idle": source()})
    assert words.IF_IT_FELL["nothing"] in said(ledger, "sources/idle.html")


def test_a_fallen_source_says_what_it_changed():
    found = fall(ledger_with({"c": BOTH}, FALLEN, a=RESTS), "s")
    assert found.dropped
    assert [change.change for change in found.claims] == ["very high (for) → high (for)"]


def test_a_claim_and_a_position_that_a_fall_changed_say_so_with_the_source():
    ledger = ledger_with({"c": BOTH}, FALLEN, a=RESTS)
    context = seen_from(ledger, "claims/c.html")
    changed, position = (view_changed(context, ledger.records[id_]) for id_ in ("c", "c-a"))
    assert changed
    assert position
    assert changed.said == (
        "The computed rating of this claim changed from very high (for) to high (for), since evidence no longer counts:"
    )
    assert position.said.startswith(
        "The computed ratings of the claims that this position rests on changed from one very high (for) to one high"
    )
    assert [(source.id, fields.status_date.in_words()) for source, fields in changed.sources] == [("s", "March 2020")]


def test_a_claim_that_nothing_changed_has_no_notice():
    assert view(BOTH, **THREE).changed is None


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


def test_a_position_shows_the_bands_of_its_claims_and_names_the_weakest():
    claims = {"c": TWO, "d": claim("e1 s supports", more=SEARCH), "e": claim("e1 t supports"), "f": claim()}
    ledger = ledger_with(claims, THREE, a=RESTS.replace("[c]", "[c, d, e, f]"))
    found = view_bands(seen_from(ledger, "positions/c-a.html"), ledger.records["c-a"])
    assert found
    assert found.said == (
        "Of the four claims it rests on, two have a computed rating: one high, one low. "
        "One waits for a logged search of the other side; one has no evidence that counts."
    )
    assert [ref.id for ref in found.weakest] == ["d"]


WAITS, MEANING = "not computed: no search", "not rated: no question"


@pytest.mark.parametrize(
    ("which", "without", "said"),
    [
        ({"high": 1}, {}, "The one claim it rests on has a computed rating: high."),
        (
            {},
            {WAITS: 1},
            "The one claim it rests on has no computed rating: it waits for a logged search of the other side.",
        ),
        ({"high": 2}, {}, "Both claims it rests on have a computed rating: two high."),
        ({"high": 2, "split": 1}, {}, "All three claims it rests on have a computed rating: two high, one split."),
        (
            {},
            {WAITS: 3},
            (
                "Of the three claims it rests on, none has a computed rating. "
                "Three wait for a logged search of the other side."
            ),
        ),
        (
            {"low": 1},
            {MEANING: 1},
            "Of the two claims it rests on, one has a computed rating: one low. One is a question of words or values.",
        ),
        (
            {"very high": 3, "high": 10},
            {MEANING: 2},
            (
                "Of the 15 claims it rests on, 13 have a computed rating: three very high, ten high. "
                "Two are questions of words or values."
            ),
        ),
    ],
)
def test_the_claims_of_a_position_are_counted_in_a_sentence(which: dict[str, int], without: dict[str, int], said: str):
    counted = [f"{words.number(many)} {band}" for band, many in which.items()]
    assert words.rests_on(sum(which.values()), counted, without) == said


def test_a_position_that_rests_on_nothing_shows_no_bands():
    ledger = ledger_with({}, {}, a=RESTS.replace("rests_on: [c]\n", ""))
    assert view_bands(seen_from(ledger, "positions/c-a.html"), ledger.records["c-a"]) is None


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
    assert found.share == "2 of the 3 claims that have both ratings part."
    [bare, why] = found.entries
    assert (why.editors, why.computed) == ("the editors: very low confidence", "computed: high (for)")
    assert (str(bare.because), str(why.because)) == (words.APART["no_reason"], "The written reason: One voice.")


def test_the_source_on_which_most_hangs_comes_first():
    alone, other = claim("e1 s supports"), claim("e1 u supports")
    ledger = ledger_with({"c": TWO, "d": alone, "e": alone, "f": other}, THREE)
    found = view_single_points(seen_from(ledger, "single-points.html"))
    assert [(entry.source.id, [change.record.id for change in entry.claims]) for entry in found.entries] == [
        ("s", ["d", "e"]),
        ("u", ["f"]),
    ]
    assert found.share == "3 of 4 claims with a computed weight hang on a single work."


@pytest.mark.parametrize("address", ["divergences.html", "single-points.html"])
def test_an_empty_list_says_so_and_both_are_reached_from_the_statistics(address: str):
    ledger = ledger_with({"c": claim()}, {})
    assert words.DIVERGENCES["none"] in said(ledger, "divergences.html")
    assert words.SINGLE_POINTS["none"] in said(ledger, "single-points.html")
    main = site_of(ledger)["statistics.html"].decode().partition("<main")[2].partition("</main>")[0]
    assert f'href="{address}"' in main


# The rules


def test_the_page_of_the_rules_shows_the_weights_of_the_site():
    site = SITE + "profile: {tier: {preprint: 0.65}, agreement: {medium_times: 3}, dropped: [retracted, concern]}\n"
    ledger = ledger_of({"site.yml": site})
    found = view_method(seen_from(ledger, "method.html"))
    tables = {table.id: dict(table.rows) for table in found.weights}
    assert tables["tier"]["preprint"] == "0.65"
    assert "at least 3 times the lighter" in found.sums[1]
    assert found.limits[1].startswith("Evidence from a work that is retracted or under an expression of concern")


def test_every_weight_and_threshold_in_the_data_is_on_the_page():
    site = site_of(ledger_with({"c": TWO}, THREE))
    profile = json.loads(site["method.json"])["profile"]
    shown = " ".join(Reader(site["method.html"].decode()).shown).split()
    tables = ("tier", "basis", "directness", "consulted", "quote", "evidence", "agreement")
    figures = [figure for name in tables for key, figure in profile[name].items() if key != "search_periods"]
    assert {str(figure) for figure in (*figures, profile["own_words"], profile["rival"])} <= set(shown)


# The same figures everywhere


def test_the_figures_of_every_claim_are_those_of_its_data(medium_site):
    ledger, site = ledger_at(MEDIUM), medium_site
    analysis = seen_from(ledger, "index.html").analysis
    for id_, rating in analysis.ratings.items():
        data, html = (json.loads(site[f"claims/{id_}.json"]), site[f"claims/{id_}.html"].decode())
        text = " ".join(Reader(html).text.split())
        origins = data["origins"]
        assert data["rating"]["computed"] in text
        for step, computed in zip(data["rating"].get("steps", ()), rating.steps, strict=True):
            assert f"= {plain(computed.weight)}" in text or "factors" not in step
        if origins["cited"]:
            ends = {"untraced": origins["untraced"], "dead-end": origins["dead_ends"], "circular": origins["circular"]}
            assert words.origins_said(origins["cited"], origins["origins"], origins["disjoint"], ends) in text
        assert html.count('<p class="verdict ') == len(data.get("quotes", ()))
