"""The page of a claim: its verdict, its evidence with the best first, both sides, and where the evidence comes from."""

from making import CLAIM, SOURCE, TEMPLATES, Reader, ledger_of, seen_from

from ledger import pages, render, texts
from ledger.views import View
from ledger.views.chain import DEPTH
from ledger.views.claim import view_claim
from ledger.views.exhibits import MOST

RATED = "assessments: [{rating: low, by: ann, date: 1999, why: W.}, {rating: high, by: ann, date: 2000-05, why: V.}]\n"
SEARCHED = "searches: [{date: 2001-03, by: ann, for: other maps, where: [archive], found: 0}]\n"
FIRST = SOURCE.replace("unknown\n", "[]\nfirst_hand: true\n").replace(
    "authors: []\nfirst_hand: true", "authors: unknown"
)
TRACED = FIRST.replace("first_hand: true\n", "")


def item(number: int, source: str = "s", relation: str = "supports", **more: str) -> str:
    fields = {"consulted": "memory", **more, "shows": f"Gap {number}."}
    extra = "".join(f", {name}: {value}" for name, value in fields.items())
    return f"  - {{id: e{number}, source: {source}, relation: {relation}{extra}}}\n"


def evidence(*items: str) -> str:
    return "evidence:\n" + "".join(items)


def taking(*earlier: str, how: str = "reports", first_hand: bool = False) -> str:
    """A source that takes from others."""
    listed = ", ".join(f"{{source: {id_}, how: {how}}}" for id_ in earlier)
    return TRACED.replace("[]", f"[{listed}]") + ("first_hand: true\n" if first_hand else "")


def view(text: str = "", **sources: str) -> View:
    """The view of a claim with these fields."""
    ledger = ledger_of(files(text, sources))
    return view_claim(seen_from(ledger, "claims/c.html"), ledger.records["c"])


def page(text: str = "", **sources: str) -> Reader:
    """The page of a claim with these fields."""
    ledger = ledger_of(files(text, sources))
    found = next(place for place in pages.site_map(ledger) if place.url == "claims/c.html")
    made = render.render_page(found.make(), TEMPLATES)
    return Reader(made.data.decode())


def files(text: str, sources: dict[str, str]) -> dict[str, str]:
    cited = {f"sources/{id_}.yml": source for id_, source in {"s": SOURCE, **sources}.items()}
    return {"claims/c.yml": CLAIM + text, **cited}


def shape(nodes: tuple[View, ...]) -> list[str]:
    """A tree as lines, indented; `+` where a source's own place is elsewhere."""
    lines = []
    for node in nodes:
        ids = ", ".join(node.sources)
        lines.append(f"{ids} {node.how or node.end}" + (" +" if node.again else ""))
        lines += [f"  {line}" for line in shape(node.below)]
    return lines


def chain(text: str, **sources: str) -> list[str]:
    return shape(view(text, **sources).chain)


def said(text: str = "", **sources: str) -> str:
    """The text of a claim's page."""
    return " ".join(page(text, **sources).text.split())


SOLID = {"consulted": "full-text", "directness": "direct", "basis": "empirical"}
SOLID_SOURCE = FIRST.replace("tier: reporting", "tier: peer-reviewed")


def test_the_verdict_stands_beside_what_counts_once():
    text = said(evidence(item(1, "p", **SOLID), item(2, "r")), p=SOLID_SOURCE, r=taking("p"))
    assert "Open or perhaps true. Nobody has looked for evidence against it. No editor has rated" in text
    assert "Little evidence · 2 sources · 1 independent team" in text
    assert "2 sources · 1 separate study (1 for it, none against) · 1 independent team" in text


def test_the_editors_reason_follows_the_verdict_and_their_word_only_where_it_is_another():
    assert "Not rated. No evidence that counts is recorded. The editors say: perhaps true. V." in said(RATED)
    agreed = said(RATED.replace("rating: high", "rating: medium") + evidence(item(1, "p", **SOLID)), p=SOLID_SOURCE)
    assert "Open or perhaps true. Nobody has looked for evidence against it. V." in agreed
    assert "Rated by Ann, May 2000" in agreed.partition("Audit")[2]


def test_evidence_on_both_sides_is_contested():
    sources = {id_: SOLID_SOURCE.replace("Maps", id_) for id_ in "pqrtuv"}
    both = [*(item(at, id_, **SOLID) for at, id_ in enumerate("pqr", 1))]
    both += [item(at, id_, "disputes", **SOLID) for at, id_ in enumerate("tuv", 4)]
    assert "Contested." in said(evidence(*both), **sources)


def test_editors_and_evidence_that_differ_are_told_with_the_reason():
    against = evidence(*(item(at, id_, "disputes", **SOLID) for at, id_ in enumerate("pqr", 1)))
    sources = {id_: SOLID_SOURCE.replace("Maps", id_) for id_ in "pqr"}
    apart = "Editors and rules disagree here by two steps of five."
    assert f"{apart} No reason is written down yet." in said(RATED + against, **sources)
    explained = RATED.replace("why: V.", "why: V., diverges_because: All three use one map.")
    assert f"{apart} The editors’ reason: All three use one map." in said(explained + against, **sources)
    assert apart not in said(RATED + evidence(item(1)))


def test_an_exhibit_shows_its_grade_and_the_audit_the_reasons():
    shown, audit = said(evidence(item(1, "p", **{**SOLID, "directness": "indirect"})), p=SOLID_SOURCE).split("Audit")
    assert "No quotation yet · read in full · moderate evidence" in shown
    assert "moderate evidence: it concerns the claim indirectly" in audit
    assert "it concerns the claim indirectly" not in shown


def test_an_item_that_does_not_count_says_why():
    text = said(evidence(item(1, "gone", "disputes")), gone=SOURCE + "status: retracted\n")
    assert "This source is retracted." in text
    assert "Left out: the source, or what it draws on, was retracted or withdrawn." in text


def test_the_derivation_names_ties_and_the_choices_that_lead_to_other_verdicts():
    team = SOLID_SOURCE.replace("authors: unknown", "authors: [{literal: Cho}]")
    text = said(evidence(item(1, "p", **SOLID), item(2, "q", **SOLID)), p=team, q=team.replace("Maps", "Atlas"))
    assert "2 separate studies (2 for it, none against) · 1 independent team" in text
    assert "Cho 1999 and Cho 1999 have an author in common: Cho" in text
    assert "perhaps true or probably trueone strong source is enough for medium evidence" in text
    assert "not ratedleaving out Cho 1999; leaving out Cho 1999" in text
    assert "open or perhaps truethe twelve other choices" in text


def test_a_claim_without_rating_and_evidence_says_both():
    text = said()
    assert "Not rated. No evidence that counts is recorded. No editor has rated this yet." in text
    assert "No evidence on this claim is recorded. No search is recorded either, so there may be some." in text


def test_a_card_links_the_work_its_archived_copy_and_itself():
    kept = SOURCE + "url: https://example.org/a\narchive_url: https://archive.example.org/a\n"
    links = page(evidence(item(1, "kept")), kept=kept).links
    assert {"https://example.org/a", "https://archive.example.org/a", "#e1", "../sources/kept.html"} <= set(links)


def test_a_withdrawn_record_of_a_source_is_marked_on_the_card():
    gone = SOURCE + "withdrawn: {date: 2001, why: Entered twice.}\n"
    assert "Unknown author 1999 (withdrawn)" in page(evidence(item(1, "gone")), gone=gone).text


def test_an_empty_side_says_that_nobody_looked():
    text = " ".join(page(evidence(item(1))).text.split())
    assert "No evidence against it is recorded. No search is recorded either, so there may be some." in text
    assert "No evidence for it" not in text


def test_an_empty_side_says_who_looked_and_for_what():
    shown = page(evidence(item(1, relation="disputes")) + SEARCHED)
    text = " ".join(shown.text.split())
    assert "No evidence for it is recorded. Last search: March 2001, by Ann, for other maps." in text
    assert "#searches" in shown.links


def best(*items: str, **sources: str) -> dict[str, str]:
    """Side → its best item, or nothing."""
    found = view(evidence(*items), **sources).exhibits.columns
    return {side: one.item.id if one else "" for column in found for side, one in column}


def test_the_best_on_each_side_stand_side_by_side():
    items = (
        item(1, consulted="memory"),
        item(2, "p", **SOLID),
        item(3, "q", "disputes"),
        item(4, relation="qualifies"),
    )
    assert best(*items, p=SOLID_SOURCE, q=FIRST) == {"supports": "e2", "disputes": "e3"}


def test_what_limits_a_claim_stands_beside_where_one_side_is_empty():
    assert best(item(1), item(2, relation="qualifies")) == {"supports": "e1", "disputes": "", "qualifies": "e2"}
    limited = evidence(item(1, relation="qualifies"), item(2, relation="disputes"))
    assert [[side for side, _ in column] for column in view(limited).exhibits.columns] == [
        ["supports", "qualifies"],
        ["disputes"],
    ]
    assert best(item(1), item(2, relation="mentions")) == {"supports": "e1", "disputes": ""}
    assert best() == {}


def test_repeats_and_mentions_are_named_in_a_line_with_links_to_what_they_say():
    text = evidence(item(1, "p", **SOLID), item(2, "r"), item(3, relation="mentions"))
    shown = page(text, p=SOLID_SOURCE, r=taking("p").replace("Maps", "Echo"))
    lines = " ".join(shown.text.split())
    assert "Also said, without new evidence, by Unknown author 1999. What they say" in lines
    assert "Also cited: Unknown author 1999." in lines
    assert {"e1", "e2", "e3"} <= set(shown.ids)
    assert {"#e2", "#e3"} <= set(shown.links)


def test_a_source_that_says_it_twice_is_named_once():
    text = evidence(item(1, "p", **SOLID), item(2, "r"), item(3, "r"))
    shown = page(text, p=SOLID_SOURCE, r=taking("p").replace("Maps", "Echo"))
    assert "Also said, without new evidence, by Unknown author 1999. What they say" in " ".join(shown.text.split())
    assert {"e2", "e3"} <= set(shown.ids)


def test_very_many_exhibits_are_folded_and_counted_on_paper():
    sources = {f"p{at}": SOLID_SOURCE.replace("Maps", f"P{at}") for at in range(20)}
    found = view(evidence(*(item(at + 1, f"p{at}", **SOLID) for at in range(20))), **sources).exhibits
    assert (len(found.further), len(found.folded)) == (MOST, 19 - MOST)
    text = said(evidence(*(item(at + 1, f"p{at}", **SOLID) for at in range(20))), **sources)
    assert f"{19 - MOST} more pieces of evidence are on the page itself." in text


def test_a_quotation_is_marked_with_the_words_beside_it():
    quoted = "quote: no wall, quote_prefix: there is, quote_suffix: at all"
    shown = page(evidence(item(1).replace("shows:", f"{quoted}, shows:")))
    assert "there is no wall at all" in " ".join(shown.text.split())
    assert "Words not checked yet · from memory, not re-read" in " ".join(shown.text.split())


def test_nothing_of_the_workings_comes_before_the_findings():
    text = said(RATED + SEARCHED + evidence(item(1, "p", **SOLID, recorded="2001-01-02", by="ann")), p=SOLID_SOURCE)
    findings, audit = text.partition("Audit")[::2]
    for working in ("Counts as", "recorded 2 January 2001", "claims/c.yml", "Rated by Ann", "looked for other maps"):
        assert working not in findings, working
        assert working in audit, working


def test_related_claims_are_under_the_words_for_how_they_stand_to_it():
    others = {f"claims/o{at}.yml": CLAIM.replace("moves", f"moves {at} times") for at in range(3)}
    others["claims/o0.yml"] += "relations: [{claim: c, type: undercuts, why: It does not.}]\n"
    own = "relations: [{claim: o1, type: depends-on}, {claim: o2, type: restates}]\n"
    ledger = ledger_of({"claims/c.yml": CLAIM + own, **others})
    found = view_claim(seen_from(ledger, "claims/c.html"), ledger.records["c"]).relations
    assert [(words_, [other for _, other, _ in views]) for words_, views in found] == [
        ("Against this claim", ["o0"]),
        ("Same as", ["o2"]),
        ("This claim builds on", ["o1"]),
    ]


def test_an_original_is_named_once_with_all_that_lead_to_it():
    two_reports = evidence(item(1, "early"), item(2, "late"))
    sources = {"early": taking("origin"), "late": taking("early", how="copies"), "origin": FIRST}
    assert chain(two_reports, **sources) == ["origin first-hand", "  early reports on it", "    late copies it"]


def test_a_chain_stops_at_a_first_hand_source():
    own = taking("old", how="reviews", first_hand=True)
    assert chain(evidence(item(1, "own")), own=own, old=FIRST) == ["own first-hand"]


def test_a_report_is_followed_whatever_it_is_called():
    own = taking("old", how="reports", first_hand=True)
    assert chain(evidence(item(1, "own")), own=own, old=FIRST) == ["old first-hand", "  own reports on it"]


def test_what_repeats_or_answers_a_work_is_first_hand_and_goes_back_to_it():
    for how, said in (("replicates", "replicates it"), ("replies", "replies to it")):
        shown = chain(evidence(item(1, "own")), own=taking("s", how=how))
        assert shown == ["own first-hand", "s untraced", f"  own {said}"]


def test_every_sort_of_end_is_told_apart():
    items = evidence(item(1, "s"), item(2, "dead"), item(3, "first"))
    assert chain(items, dead=TRACED, first=FIRST) == ["first first-hand", "dead dead-end", "s untraced"]


def test_a_source_with_several_originals_is_opened_at_one_place():
    text = evidence(item(1, "a"), item(2, "b"), item(3, "copy"), item(4, "review"))
    sources = {"a": FIRST, "b": FIRST, "review": taking("a", "b", how="reviews"), "copy": taking("review")}
    assert chain(text, **sources) == [
        "a first-hand",
        "  review reviews it",
        "    copy reports on it",
        "b first-hand",
        "  review reviews it +",
    ]


def test_originals_that_only_serve_the_same_work_stand_together():
    sources = {"a": FIRST, "b": FIRST, "review": taking("a", "b", how="reviews")}
    assert chain(evidence(item(1, "review")), **sources) == ["a, b first-hand", "  review reviews them"]


def test_a_loop_is_one_end_and_comes_to_an_end():
    sources = {"a": taking("b"), "b": taking("z"), "z": taking("a")}
    assert chain(evidence(item(1, "z")), **sources) == [
        "a circular",
        "  z reports on it",
        "    b reports on it",
        "      a reports on it +",
    ]


def test_a_loop_that_leads_out_ends_outside():
    sources = {"a": taking("b"), "b": taking("a", "out"), "out": FIRST}
    assert chain(evidence(item(1, "a")), **sources) == [
        "out first-hand",
        "  b reports on it",
        "    a reports on it",
        "      b reports on it +",
    ]


LONG = {f"n{at}": taking(f"n{at + 1}") for at in range(3000)} | {"n3000": FIRST}


def test_a_chain_of_3000_sources_is_cut_with_a_link_to_go_on():
    lines = chain(evidence(item(1, "n0")), **LONG)
    assert (len(lines), lines[0], lines[-1].strip()) == (DEPTH + 1, f"n{DEPTH} cut", "n0 reports on it")


def test_a_claim_that_cites_much_of_a_chain_names_all_that_it_cites():
    made = view(evidence(*(item(at, f"n{at}") for at in range(2900, 3001))), **LONG)
    assert len(shape(made.chain)) == DEPTH + 1
    assert list(made.left_out) == [f"n{at}" for at in range(2900, 3000 - DEPTH)]


def test_a_source_whose_entry_was_withdrawn_is_not_followed():
    gone = taking("s") + "withdrawn: {date: 2001, why: Entered twice.}\n"
    assert chain(evidence(item(1, "gone")), gone=gone) == ["gone gone"]


def test_a_work_with_very_many_earlier_ones_is_cut():
    many = {f"old{at}": FIRST for at in range(300)}
    assert chain(evidence(item(1, "survey")), survey=taking(*many), **many) == ["survey cut"]


def test_the_page_leads_from_the_chain_to_the_evidence():
    shown = page(evidence(item(1, "late", "disputes")), late=taking("origin"), origin=FIRST)
    text = " ".join(shown.text.split())
    assert "Unknown author 1999: first-hand Unknown author 1999 reports on it · Against: e1" in text


POSITIONS = {
    "controversies/k.yml": "title: T\nquestion: Is it late?\nstatus: active\n",
    "positions/k-a.yml": "controversy: k\nletter: A\nstatement: Yes.\nlabel: Late\nrests_on: [c]\n",
    "positions/k-b.yml": "controversy: k\nletter: B\nstatement: No.\nrejects: [c]\n",
    "positions/k-c.yml": "controversy: k\nletter: C\nstatement: Now and then.\n",
}
BEARING = (
    "bears_on: [{position: k-c, relation: disputes, why: It is always so.}, "
    "{position: k-a, relation: supports, why: It is what A says.}]\n"
)


def test_each_position_stands_once_with_what_ties_it_and_why():
    ledger = ledger_of({"claims/c.yml": CLAIM + BEARING, **POSITIONS})
    found = view_claim(seen_from(ledger, "claims/c.html"), ledger.records["c"]).positions
    assert [
        (entry.position.id, [texts.say(f"need.{way}") for way in entry.ways], list(entry.whys)) for entry in found
    ] == [
        ("k-a", ["needs it to be true"], ["It is what A says."]),
        ("k-b", ["needs it to be false"], []),
        ("k-c", ["is hurt by it"], ["It is always so."]),
    ]


def test_the_history_of_ratings_starts_with_the_newest():
    shown = page(RATED)
    assert "ratings" in shown.ids
    assert shown.text.index("Rated by Ann, May 2000") < shown.text.index("Rated by Ann, 1999")


def test_a_prediction_says_what_decides_it():
    lines = page("resolution: {condition: A survey., resolves_by: 2030, outcome: failed}\n").text.split("\n")
    assert {"Decided byA survey.", "Should be known by2030", "Outcomethe prediction did not come true"} <= set(lines)


def test_a_very_long_statement_has_smaller_letters():
    assert not view().long
    ledger = ledger_of({"claims/c.yml": CLAIM.replace("moves", "moves " * 50)})
    assert view_claim(seen_from(ledger, "claims/c.html"), ledger.records["c"]).long
