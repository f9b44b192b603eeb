"""The pages that compare positions: evidence, cruxes, fairness and the board of open work, and their data."""

import json
import re
from fractions import Fraction
from itertools import count, takewhile
from pathlib import Path
from typing import Any

import pytest
import recompute_comparisons
from making import CLAIM, SOURCE, TEMPLATES, Reader, ledger_of, seen_from, site_of

from ledger import pages, render, texts
from ledger.analysis.gaps import TASK_ORDER, Gap
from ledger.urls import paged
from ledger.views import View, figures
from ledger.views.all_evidence import view_evidence_table
from ledger.views.cruxes import view_cruxes
from ledger.views.fairness import view_fairness
from ledger.views.gaps import task_words, view_gaps

READ = "shows: A gap., consulted: full-text, directness: direct, basis: empirical"
ITEM = f"evidence: [{{id: e1, source: s, relation: supports, {READ}}}]\n"
SECOND = f"}}, {{id: e2, source: t, relation: supports, {READ}}}]"
FIRST = SOURCE.replace("tier: reporting", "tier: peer-reviewed").replace(
    "derived_from: unknown", "derived_from: []\nfirst_hand: true"
)
FRAME = "title: T\nquestion: Is it?\nstatus: active\n"
POSITION = "controversy: c\nletter: {}\nstatement: Yes.\n"
FILES = {
    "controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\ncruxes: ['Is [[k1]] so?']\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nlabel: Yes\nstatement: Yes.\nrests_on: [k1, both]\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nlabel: No\nstatement: No.\nrejects: [k1]\nrests_on: [both, d]\n",
    "positions/c-c.yml": "controversy: c\nletter: C\nlabel: So\nstatement: So.\nrests_on: [both]\nsteelman: Best.\n",
    "claims/k1.yml": CLAIM + ITEM,
    "claims/both.yml": CLAIM + ITEM.replace("source: s", "source: t"),
    "claims/d.yml": CLAIM.replace("empirical", "definitional")
    + "bears_on: [{position: c-a, relation: disputes}]\nrelations: [{claim: k1, type: disputes}]\n",
    "sources/s.yml": FIRST,
    "sources/t.yml": FIRST,
}


def evidence(files: dict[str, str]) -> View:
    ledger = ledger_of(files)
    return view_evidence_table(seen_from(ledger, "controversies/c/all-evidence.html"), ledger.records["c"])


def cruxes(files: dict[str, str]) -> View:
    ledger = ledger_of(files)
    return view_cruxes(seen_from(ledger, "controversies/c/cruxes.html"), ledger.records["c"])


def fairness(files: dict[str, str]) -> View:
    ledger = ledger_of(files)
    return view_fairness(seen_from(ledger, "controversies/c/fairness.html"), ledger.records["c"])


def telling(files: dict[str, str]) -> list[View]:
    return [row for _, rows in evidence(files).telling for row in rows]


def shown(name: str, files: dict[str, str]) -> Reader:
    """A further page of the controversy."""
    address = f"controversies/c/{name}.html"
    place = next(place for place in pages.site_map(ledger_of(files)) if place.url == address)
    return Said(render.render_page(place.make(), TEMPLATES).data.decode())


class Said(Reader):
    """A page whose text has one space where there are several."""

    @property
    def text(self) -> str:
        return " ".join(super().text.split())


def board(files: dict[str, str]) -> View:
    return view_gaps(seen_from(ledger_of(files), "gaps.html"))


# Figures


@pytest.mark.parametrize(
    ("value", "said"),
    [("9/4", "2.25"), ("8/15", "0.53 (8/15)"), ("-1/3", "−0.33 (−1/3)"), ("-1/2", "−0.5"), ("3", "3")],
)
def test_a_figure_is_told_exactly(value: str, said: str):
    assert figures.figure(Fraction(value)) == said


@pytest.mark.parametrize(("score", "said"), [("225/28", "8"), ("50/7", "7.1"), ("1/4", "0.3")])
def test_a_score_is_told_to_one_place(score: str, said: str):
    assert figures.tenths(Fraction(score)) == said


@pytest.mark.parametrize(("share", "said"), [("7/90", "8%"), ("0", "0%"), ("1/999", "less than 1%"), ("1", "100%")])
def test_a_share_is_told_in_hundredths(share: str, said: str):
    assert figures.percent(Fraction(share)).replace("\u00a0", " ") == said


# Evidence by positions


def test_a_cell_has_a_word_and_a_sign():
    (row,) = telling(FILES)
    assert [(cell.sign, cell.word) for cell in row.cells] == [("+", "for"), ("−", "against"), ("?", "not tested")]


def test_what_only_a_weak_tie_says_is_said_weakly():
    bears = "bears_on: [{position: c-a, relation: supports}, {position: c-b, relation: disputes, strength: strong}]\n"
    files = FILES | {"claims/k1.yml": CLAIM + ITEM + bears.replace("strong}", "strong, why: W.}")}
    files |= {"positions/c-a.yml": POSITION.format("A"), "positions/c-b.yml": POSITION.format("B")}
    (row,) = telling(files | {"claims/both.yml": CLAIM})
    assert [(cell.sign, cell.word, cell.style) for cell in row.cells][:2] == [
        ("(+)", "weakly for", "consistent weak"),
        ("−", "against", "inconsistent"),
    ]


def test_the_finding_comes_first():
    assert evidence(FILES).found == (
        "One source helps to decide between these positions: it counts for one and against another. It does so "
        "strongly. One more does not help. There is strong evidence against B, but none is recorded against A and C. "
        "Fewer than half of the deciding sources say anything on C, so a short list against it means little."
    )
    page = shown("all-evidence", FILES)
    assert page.text.index(evidence(FILES).found) < page.text.index(texts.say("all_evidence.fares"))


def test_works_by_strong_ties_stand_before_those_by_weak_ones():
    weak = "bears_on: [{position: c-a, relation: supports}, {position: c-b, relation: disputes}]\n"
    files = FILES | {"claims/far.yml": CLAIM + ITEM.replace("source: s", "source: v") + weak, "sources/v.yml": FIRST}
    groups = evidence(files).telling
    assert [(heading, [row.work for row in rows]) for heading, rows in groups] == [
        ("all_evidence.strong", ["s"]),
        ("all_evidence.weak", ["v"]),
    ]


def test_a_work_has_one_row_whatever_its_number_of_claims():
    more = {"claims/more.yml": CLAIM + ITEM + "bears_on: [{position: c-c, relation: disputes}]\n"}
    (row,) = telling(FILES | more)
    assert (row.work, row.grade, row.why) == ("s", "strong evidence", "Why")
    assert [(item.id, item.relation, item.claim) for item in row.shown] == [
        ("k1/e1", "supports", "k1"),
        ("more/e1", "supports", "more"),
    ]
    assert [cell.word for cell in row.cells] == ["for", "against", "weakly against"]


def test_the_first_items_of_two_claims_are_shown_and_the_others_folded_with_the_reasons():
    twice = ITEM.replace("}]", "}, {id: e2, source: s, relation: supports, shows: B., consulted: full-text}]")
    more = {"claims/more.yml": CLAIM + ITEM + "bears_on: [{position: c-c, relation: disputes}]\n"}
    (row,) = telling(FILES | {"claims/k1.yml": CLAIM + twice} | more)
    assert [item.id for item in row.shown] == ["k1/e1", "more/e1"]
    assert row.why == "One more piece of evidence, and the reasons"
    assert [(reason.claim, [item.id for item in reason.items]) for reason in row.reasons] == [
        ("k1", ["k1/e1", "k1/e2"]),
        ("more", ["more/e1"]),
    ]


def test_a_source_that_tells_of_the_work_is_named():
    retold = SOURCE.replace("derived_from: unknown", "derived_from: [{source: s, how: reports}]")
    files = FILES | {"claims/k1.yml": CLAIM + ITEM.replace("source: s", "source: news"), "sources/news.yml": retold}
    (row,) = telling(files)
    assert (row.work, row.shown[0].through) == ("s", "news")
    assert "for: It moves. (as reported in " in shown("all-evidence", files).text


def test_an_item_that_hurts_a_rival_disputes_the_rival():
    rival = ITEM.replace("}]", ", about_rival: k1}]")
    files = FILES | {"claims/k1.yml": CLAIM, "claims/other.yml": CLAIM + rival}
    (row,) = telling(files)
    assert [(item.id, item.relation, item.claim) for item in row.shown] == [("other/e1", "disputes", "k1")]
    assert [cell.word for cell in row.cells] == ["against", "for", "not tested"]


def test_what_tells_none_apart_comes_last():
    assert [row.work for row in evidence(FILES).silent] == ["t"]
    text = shown("all-evidence", FILES).text
    assert text.index(texts.say("all_evidence.telling")) < text.index(texts.say("all_evidence.silent"))


SWAPPED = FILES | {
    "positions/c-a.yml": FILES["positions/c-a.yml"].replace("rests_on: [k1, both]", "rejects: [k1]"),
    "positions/c-b.yml": FILES["positions/c-b.yml"].replace("rejects: [k1]\nrests_on: [both, d]", "rests_on: [k1]"),
}


def test_positions_stand_by_letter_with_the_works_against_each_and_one_that_little_tested_says_so():
    standings = evidence(SWAPPED).standings
    assert [(one.position.fields.letter, one.is_untested) for one in standings] == [
        ("A", False),
        ("B", False),
        ("C", True),
    ]
    assert [[(of.said, of.works) for of in one.against] for one in standings] == [
        [("one strong source", ("s",))],
        [],
        [],
    ]
    assert [one.tested for one in standings] == [
        f"{many} of the one deciding source" for many in ("one", "one", "none")
    ]
    page = shown("all-evidence", SWAPPED)
    assert page.text.count(texts.say("all_evidence.untested")) == 1
    assert page.text.count(texts.say("all_evidence.nothing_against")) == 2
    assert "../../sources/s.html" in page.links


def test_there_is_no_share_and_no_rank():
    for name in ("evidence", "cruxes"):
        assert "%" not in shown(name, FILES).text
    text = shown("all-evidence", SWAPPED).text
    assert text.index("A Yes") < text.index("B No") < text.index("C So")


def test_the_reasons_of_a_cell_lead_to_the_claims():
    further = {"claims/far.yml": CLAIM + ITEM.replace("source: s", "source: v"), "sources/v.yml": FIRST}
    further["claims/far.yml"] += "relations: [{claim: k1, type: disputes}]\n"
    rows = {row.work: row for row in telling(FILES | further)}
    assert [(of.claim, tuple((one.how, one.other, one.said) for one in of.paths)) for of in rows["v"].reasons] == [
        ("far", (("disputes", "k1", "weakly against A, which builds on it; weakly for B, which rejects it"),))
    ]
    text = shown("all-evidence", FILES | further).text
    assert "That counts for A, which builds on it; against B, which rejects it." in text
    assert (
        "It is evidence against “It moves.”, and that counts weakly against A, which builds on it; weakly for B, "
        "which rejects it."
    ) in text


def test_of_ties_that_say_the_same_the_first_is_named():
    objecting = {"positions/c-b.yml": FILES["positions/c-b.yml"] + "objections: [{text: No., claims: [k1]}]\n"}
    bears = "bears_on: [{position: c-a, relation: supports}, {position: c-b, relation: disputes}]\n"
    (row,) = telling(FILES | objecting | {"claims/k1.yml": CLAIM + ITEM + bears})
    assert [path.said for reason in row.reasons for path in reason.paths] == [
        "for A, which builds on it; against B, which rejects it"
    ]


def test_a_relation_that_the_other_claim_wrote_is_read_backwards():
    further = {"claims/far.yml": CLAIM + ITEM.replace("source: s", "source: v"), "sources/v.yml": FIRST}
    needs = {"claims/k1.yml": CLAIM + ITEM + "relations: [{claim: far, type: depends-on}]\n"}
    disputed = {"claims/far.yml": further["claims/far.yml"].replace("supports", "disputes")}
    rows = {row.work: row for row in telling(FILES | further | needs | disputed)}
    assert [path.how for reason in rows["v"].reasons for path in reason.paths] == ["depends-on-backward"]


def test_where_no_work_tells_positions_apart_nothing_is_said_of_tests():
    files = FILES | {"claims/k1.yml": CLAIM}
    view = evidence(files)
    assert view.found == (
        "No source helps to decide between these positions. One source is linked to them. No strong evidence is "
        "recorded against any of them."
    )
    assert (view.telling, [one.tested for one in view.standings]) == ((), ["", "", ""])
    text = shown("all-evidence", files).text
    assert texts.say("all_evidence.tested") not in text
    assert texts.say("all_evidence.telling_note") not in text


ALONE = {
    "controversies/c.yml": FILES["controversies/c.yml"],
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\nrests_on: [k1]\n",
    "claims/k1.yml": CLAIM + ITEM.replace("supports", "disputes"),
    "sources/s.yml": FIRST,
}


def test_one_position_is_told_apart_from_none():
    assert evidence(ALONE).found == (
        "There is only one position here, so there is nothing to compare. One source is linked to it. "
        "There is strong evidence against it."
    )
    text = shown("all-evidence", ALONE).text
    assert "each position" not in text
    assert texts.say("all_evidence.silent_alone") in text
    assert cruxes(ALONE).found == texts.say("cruxes.alone")
    assert fairness(ALONE).found == "The only position lacks something that each should have."


def test_twelve_positions_all_stand_in_every_table():
    letters = "ABCDEFGHIJKL"
    files = {"controversies/c.yml": FILES["controversies/c.yml"], "sources/s.yml": FIRST, "claims/k1.yml": CLAIM + ITEM}
    for letter in letters:
        ties = {"A": "rests_on: [k1]\n", "B": "rejects: [k1]\n"}.get(letter, "")
        files[f"positions/c-{letter.lower()}.yml"] = POSITION.format(letter) + ties
    view = evidence(files)
    assert [len(row.cells) for _, rows in view.telling for row in rows] == [12]
    assert [one.position.fields.letter for one in view.standings] == [*letters]
    assert view.found.endswith(
        "There is strong evidence against B, but none is recorded against A, C, D, E, F, G, H, I, J, K and L. Fewer "
        "than half of the deciding sources say anything on C, D, E, F, G, H, I, J, K and L, so short lists against "
        "these mean little."
    )
    (crux,) = cruxes(files).shown
    assert [push.said for push in crux.pushes] == ["strongly for A", "strongly against B"]
    assert all(len(row.cells) == 12 for row in fairness(files).rows)


@pytest.mark.parametrize("page", ["all-evidence", "cruxes", "fairness"])
def test_a_controversy_without_positions_has_its_pages(page: str):
    empty = {"all-evidence": texts.say("all_evidence.none"), "cruxes": texts.say("cruxes.no_authored")}
    text = shown(page, {"controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\n"}).text
    assert empty.get(page, texts.say("fairness.none")) in text
    assert "these positions" not in text


# Cruxes


def test_authored_and_computed_cruxes_stand_beside_each_other_and_say_where_they_agree():
    view = cruxes(FILES)
    assert [heading for heading, _ in view.authored] == ["On the whole"]
    assert [(one.crux.claim, one.crux.named) for one in view.shown] == [("k1", True)]
    page = shown("cruxes", FILES)
    assert "#authored" in page.links
    assert "authored" in page.ids


def test_a_crux_says_what_is_known_whom_it_pushes_where_and_how_open_it_is():
    (crux,) = cruxes(FILES).shown
    assert crux.verdict == "open or perhaps true"
    assert crux.scale == (False, False, True, True, False)
    assert [(push.style, push.sign, push.said) for push in crux.pushes] == [
        ("consistent", "+", "strongly for A"),
        ("inconsistent", "−", "strongly against B"),
    ]
    assert crux.open == ""
    assert crux.score == "score 2 of 2: how far it divides them (2) × how open it is (1)"


WEAK = "bears_on: [{position: c-a, relation: supports}]\n"


@pytest.mark.parametrize(
    ("a", "b", "c", "bears", "said"),
    [
        ("rests_on: [k]", "rejects: [k]", "", "", ["strongly for A", "strongly against B"]),
        ("rests_on: [k]", "rejects: [k]", "rejects: [k]", "", ["strongly for A", "strongly against B and C"]),
        ("", "rejects: [k]", "", WEAK, ["weakly for A", "strongly against B"]),
        ("rests_on: [k]", "rests_on: [k]", "", "", ["strongly for A and B"]),
        ("", "", "", WEAK, ["weakly for A"]),
    ],
)
def test_a_crux_says_for_which_positions_it_counts_if_it_is_right(a: str, b: str, c: str, bears: str, said: list[str]):
    positions = {
        f"positions/c-{letter.lower()}.yml": POSITION.format(letter) + ties + "\n"
        for letter, ties in zip("ABC", (a, b, c), strict=True)
    }
    (crux,) = cruxes({"controversies/c.yml": FRAME, "claims/k.yml": CLAIM + bears, **positions}).shown
    assert [push.said for push in crux.pushes] == said


LOOKED = "searches: [{date: 2024-05-01, by: ann, for: more, where: [x], found: 0, side: against}]\n"


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (CLAIM, "no evidence says yet whether it is true"),
        (CLAIM + ITEM, ""),
        (CLAIM + ITEM + LOOKED, "half open, since the verdict is only “perhaps”"),
        (
            CLAIM + ITEM.replace("}]", SECOND),
            "half open, since nobody has looked for the other side",
        ),
    ],
)
def test_how_open_a_crux_is_is_said_in_words(claim: str, said: str):
    (crux,) = cruxes(FILES | {"claims/k1.yml": claim, "claims/both.yml": CLAIM}).shown
    assert crux.open == said


def test_what_is_settled_and_what_no_evidence_settles_is_no_crux():
    settled = CLAIM + ITEM.replace("}]", SECOND) + LOOKED
    view = cruxes(FILES | {"claims/k1.yml": settled})
    assert (view.shown, view.rest) == ((), ())
    assert view.found == "No open question of fact divides these positions."
    assert texts.say("cruxes.measure") not in shown("cruxes", FILES | {"claims/k1.yml": settled}).text


def test_cruxes_with_the_same_score_share_a_place():
    three = FILES | {f"claims/m{at}.yml": CLAIM for at in (1, 2)}
    three["positions/c-a.yml"] = FILES["positions/c-a.yml"].replace("[k1, both]", "[k1, both, m1]")
    three["positions/c-b.yml"] = FILES["positions/c-b.yml"].replace("[k1]", "[k1, m1]").replace("d]", "d, m2]")
    view = cruxes(three)
    assert [(one.crux.claim, one.place) for one in view.shown] == [("k1", 1), ("m1", 1), ("m2", 3)]
    assert view.found.endswith("The first two matter equally.")
    assert view.first == ""


def test_the_first_of_several_cruxes_is_named():
    two = FILES | {"claims/m1.yml": CLAIM}
    two["positions/c-a.yml"] = FILES["positions/c-a.yml"].replace("[k1, both]", "[k1, both, m1]")
    view = cruxes(two)
    assert (view.first, view.found) == (
        "k1",
        "Two unsettled claims divide these positions. The most important:",
    )


def test_cruxes_beyond_the_tenth_are_folded():
    ids = [f"m{at}" for at in range(12)]
    files = {"controversies/c.yml": FRAME} | {f"claims/{id_}.yml": CLAIM for id_ in ids}
    files |= {f"positions/c-{p.lower()}.yml": POSITION.format(p) for p in "AB"}
    files["positions/c-a.yml"] += f"rests_on: [{', '.join(ids)}]\n"
    view = cruxes(files)
    assert (len(view.shown), len(view.rest)) == (10, 2)
    assert view.found.endswith(texts.say("cruxes.all_alike"))
    assert texts.say("cruxes.more", count=2) in shown("cruxes", files).text


# Fairness


def test_the_finding_is_who_lacks_what_each_should_have():
    assert fairness(FILES).found == (
        "Every position lacks something that each should have. The positions differ widely in one figure."
    )


def test_each_floor_is_said_even_when_it_is_true_of_every_position():
    floors = {floor.name: (floor.said, floor.is_lacking) for floor in fairness(FILES).floors}
    assert [*floors] == [*texts.Group("fairness_floor").values()]
    assert floors[texts.say("fairness_floor.no-holder")] == ("missing for every position", True)
    assert floors[texts.say("fairness_floor.no-steelman")] == ("missing for A and B", True)


def test_what_nobody_lacks_is_said_too():
    best = {f"positions/c-{p}.yml": FILES[f"positions/c-{p}.yml"] + "steelman: Best.\n" for p in "ab"}
    floors = {floor.name: (floor.said, floor.is_lacking) for floor in fairness(FILES | best).floors}
    assert floors[texts.say("fairness_floor.no-steelman")] == ("every position has it", False)


def test_an_asymmetry_is_told_in_words():
    cells = {row.name: [(cell.value, cell.flag) for cell in row.cells] for row in fairness(FILES).rows}
    assert cells["Its best case is written"] == [
        ("no", "missing: another position has it"),
        ("no", "missing: another position has it"),
        ("yes", ""),
    ]
    assert cells["Pieces of evidence for it"] == [("2", ""), ("1", ""), ("1", "")]
    assert cells["Separate studies behind it"] == [("2", ""), ("1", ""), ("1", "")]
    assert "not evened out" in texts.say("fairness.read")


@pytest.mark.parametrize(
    ("rated", "said"),
    [
        ("2026-06-30", "less than a day ago"),
        ("2026-06-29", "1 day ago"),
        ("2026-05-15", "46 days ago"),
        ("2026-03-30", "3 months ago"),
        ("2024-07-15", "23 months ago"),
        ("2024-06-30", "2 years ago"),
    ],
)
def test_an_age_is_told_in_days_months_or_years(rated: str, said: str):
    made = f"assessments: [{{rating: low, by: ann, date: {rated}, why: W.}}]\nadded: 2026-06-30\n"
    files = {"controversies/c.yml": FRAME, "positions/c-a.yml": POSITION.format("A") + made}
    values = {row.name: row.cells[0].value for row in fairness(files).rows}
    assert values[texts.say("fairness_measure.assessed-days")] == said


@pytest.mark.parametrize(("words_of", "said"), [("1 2 9", "1½"), ("9 2 2", "2")])
def test_a_median_between_two_figures_is_told_in_halves(words_of: str, said: str):
    statements = dict(zip("ABC", words_of.split(), strict=True))
    files = {"controversies/c.yml": FRAME} | {
        f"positions/c-{letter.lower()}.yml": POSITION.format(letter).replace("Yes.", "Yes. " * int(many))
        for letter, many in statements.items()
    }
    row = next(row for row in fairness(files).rows if row.name == texts.say("fairness_measure.words"))
    assert f"high: the others’ median is {said}" in {cell.flag for cell in row.cells}


# Open work


def test_every_task_has_a_heading():
    assert set(texts.Group("task")) == set(TASK_ORDER)


def test_a_row_says_what_to_do():
    (part,) = board(FILES).parts
    row = next(row for group in part.groups for row in group.rows if row.row.id == "k1")
    assert [task_words(gap.gap, gap.figures) for gap in row.row.gaps] == [
        "Rate it, with a reason: no editor has.",
        "Find evidence by another team: only one item counts.",
        "Look for evidence that disputes it: all that counts supports it.",
        "Search for evidence on the weaker side and log the search, even if it finds nothing: none is logged.",
    ]


def test_a_task_names_days_in_words():
    days = {"newest": "2024-03-31", "since": "2026-05-27"}
    gap = Gap("old-evidence", Fraction(1), "renew", days, ())
    said = "Look for evidence newer than 31 March 2024 and log the search: the review period began on 27 May 2026."
    assert task_words(gap.gap, gap.figures) == said


def test_a_long_group_of_the_board_is_folded_after_its_first_rows():
    many = {f"claims/m{at}.yml": CLAIM for at in range(5)} | {
        "positions/c-a.yml": FILES["positions/c-a.yml"].replace("[k1, both]", "[m0, m1, m2, m3, m4]")
    }
    view = board(FILES | many)
    (part,) = view.parts
    groups = {texts.say(f"task.{group.task}"): (len(group.rows), len(group.rest)) for group in part.groups}
    assert groups["Find evidence"] == (3, 2)
    assert ">2 more<" in site_of(ledger_of(FILES | many))["gaps.html"].decode()
    assert [count for *_, count in view.contents] == [sum(map(sum, groups.values()))]


def test_rows_stand_under_the_task_for_their_largest_gap():
    (part,) = board(FILES).parts
    assert {texts.say(f"task.{group.task}"): [row.row.id for row in group.rows] for group in part.groups} == {
        "Find a second team": ["k1", "both"],
        "Rate": ["d"],
        "Strengthen the claims that a position needs": ["c-a", "c-b", "c-c"],
        "Review": ["c"],
    }


def test_a_link_to_send_what_was_found_is_filled_in_where_the_site_has_a_place():
    site = "format: 1\ntitle: T\ncorrections_url: 'https://a.example/{id}?file={path}'\n"
    (part,) = board({"site.yml": site, **FILES}).parts
    links = {row.row.id: row.link for group in part.groups for row in group.rows}
    assert links["k1"] == "https://a.example/k1?file=claims/k1.yml"
    assert {row.link for part in board(FILES).parts for group in part.groups for row in group.rows} == {""}


def test_a_claim_of_two_controversies_is_on_the_board_of_both_and_has_one_anchor():
    other = {
        "controversies/z.yml": "title: Z\nquestion: Is it?\nstatus: active\n",
        "positions/z-a.yml": "controversy: z\nletter: A\nstatement: Yes.\nrests_on: [k1]\n",
        "claims/alone.yml": CLAIM,
    }
    parts = board(FILES | other).parts
    anchors = [row.anchor for part in parts for group in part.groups for row in group.rows if row.row.id == "k1"]
    assert anchors == ["gap-k1", ""]
    assert [(part.anchor, part.title) for part in parts] == [
        ("of-c", "T"),
        ("of-z", "Z"),
        ("of-none", "No controversy"),
    ]


# The medium ledger: pages and data agree, and the data can be computed again


@pytest.fixture(scope="module")
def medium(medium_folder: Path) -> Path:
    return medium_folder


def page_and_data(folder: Path, name: str, data: str = "") -> list[tuple[str, Any]]:
    """The pages of a name, each with the data beside it, or those of another name."""
    pages = sorted(folder.glob(f"controversies/*/{name}.html"))
    assert len(pages) > 1
    places = (page.relative_to(folder).as_posix() for page in pages)
    return [
        (whole(folder, at), json.loads((folder / at).with_name(f"{data or name}.json").read_bytes())) for at in places
    ]


def whole(folder: Path, address: str) -> str:
    """A page, and all that follow it where it is one of several."""
    addresses = takewhile(lambda at: (folder / at).is_file(), (paged(address, number) for number in count(1)))
    return "".join((folder / at).read_text(encoding="utf-8") for at in addresses)


def test_every_comparison_can_be_computed_again_from_the_data(medium: Path):
    assert recompute_comparisons.differences(medium) == []
    assert sum(1 for _ in recompute_comparisons.figures(medium)) > 500
    code = Path(recompute_comparisons.__file__).read_text(encoding="utf-8")
    assert not any("ledger" in line for line in code.splitlines() if re.match(r"\s*(from|import) ", line))


def test_a_changed_figure_is_found_out(medium: Path, tmp_path: Path):
    address = "controversies/c-0/evidence.json"
    for path in medium.rglob("*.json"):
        copy = tmp_path / path.relative_to(medium)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    data = json.loads((medium / address).read_bytes())
    data["standings"][0]["tested"] += 1
    (tmp_path / address).write_text(json.dumps(data), encoding="utf-8")
    assert [what for what, _, _ in recompute_comparisons.differences(tmp_path)] == [
        "controversies/c-0/evidence.html c-0-a tested"
    ]


def test_the_evidence_on_the_page_is_that_of_the_data(medium: Path):
    link = r'<th scope="row"><a [^>]*href="[^"]*sources/([^"]+)\.html"[^>]*>'
    row_of = re.compile(link + r'.*?<span class="grade">· (\w+) evidence</span>.*?</th>(.*?)</tr>', re.DOTALL)
    for page, data in page_and_data(medium, "all-evidence", "evidence"):
        rows = sorted(data.get("rows", ()), key=lambda row: not row["apart"])
        assert (texts.say("all_evidence.none") in page) == (not rows)
        for standing in data["standings"] if rows else ():
            assert texts.say("all_evidence.tested_by", count=standing["telling"], tested=standing["tested"]) in page
            assert all(
                texts.say(f"against_by_grade.{grade}", count=len(of)) in page
                for grade, of in standing["against"].items()
                if of
            )
        shown = [(*row[:2], re.findall(r'<td class="verdict (\w+)', row[2])) for row in row_of.findall(page)]
        assert shown == [(row["work"], row["grade"], verdicts(data, row)) for row in rows]


def verdicts(data: Any, row: Any) -> list[str]:
    """What a work does to each position; the data leave out what is untested."""
    said = {cell["position"]: cell["verdict"] for cell in row["cells"]}
    return [said.get(position, "untested") for position in data["positions"]]


def test_the_cruxes_on_the_page_are_those_of_the_data(medium: Path):
    for page, data in page_and_data(medium, "cruxes"):
        said = re.findall(
            r"score ([\d.]+) of 2: how far it divides them \(([\d.]+)\) × how open it is \(([\d.]+)\)<", page
        )
        found = data.get("cruxes", ())
        assert [[Fraction(figure) for figure in of] for of in said] == [
            [Fraction(crux[name]) for name in ("score", "leverage", "openness")] for crux in found
        ]
        assert re.findall(r'<p class="crux"><a [^>]*claims/([^"]+)\.html"', page) == [crux["claim"] for crux in found]
        assert page.count(texts.say("cruxes.named")) == sum(crux["named"] for crux in found)


MEASURES = ("items", "sources", "works", "teams", "quoted", "words", "searches", "searches-against")


def test_the_figures_of_fairness_on_the_page_are_those_of_the_data(medium: Path):
    for page, data in page_and_data(medium, "fairness"):
        rows = dict(re.findall(r'<th scope="row">([^<]+)</th>(.*?)</tr>', page))
        for measure in MEASURES:
            figures_of = [str(one[measure.replace("-", "_")]) for one in data["positions"]]
            row = rows[texts.say(f"fairness_measure.{measure}")]
            assert re.findall(r"<td><span[^>]*>\w+ </span>(\d+)", row) == figures_of
        floors, _, table = page.partition("<table")
        assert table.count('class="flag"') == sum(len(one.get("flags", ())) for one in data["positions"])
        lacking = {floor for one in data["positions"] for floor in one.get("floors", ())}
        assert floors.count('class="flag"') == len(lacking)


def test_the_board_on_the_page_is_that_of_the_data(medium: Path):
    page, data = whole(medium, "gaps.html"), json.loads((medium / "gaps.json").read_bytes())
    assert {int(place) for place in re.findall(r"No\. (\d+) of \d+", page)} == {*range(1, len(data["rows"]) + 1)}
    for row in data["rows"]:
        assert all(task_words(gap["gap"], gap.get("figures", {})) in page for gap in row["gaps"])
