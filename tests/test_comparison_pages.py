"""The pages that compare positions: evidence, cruxes, fairness and the board of open work, and their data."""

import json
import re
from decimal import Decimal
from fractions import Fraction
from itertools import count, takewhile
from pathlib import Path
from typing import Any

import pytest
import recompute_comparisons
from making import CLAIM, SOURCE, Reader, ledger_of, seen_from, site_of

from ledger import words
from ledger.analysis.gaps import POINTS, TASKS, Gap
from ledger.urls import paged
from ledger.views import figures
from ledger.views.cruxes import CruxesView, view_cruxes
from ledger.views.evidence import EvidenceTable, view_evidence_table
from ledger.views.fairness import view_fairness
from ledger.views.gaps import GapsView, view_gaps

ITEM = "evidence: [{id: e1, source: s, relation: supports, shows: A gap., consulted: full-text, directness: direct}]\n"
WEIGHTY = SOURCE.replace("tier: reporting", "tier: peer-reviewed").replace("derived_from: unknown", "derived_from: []")
FILES = {
    "controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\ncruxes: ['Is [[k1]] so?']\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nlabel: Yes\nstatement: Yes.\nrests_on: [k1, both]\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nlabel: No\nstatement: No.\nrejects: [k1]\nrests_on: [both, d]\n",
    "positions/c-c.yml": "controversy: c\nletter: C\nlabel: So\nstatement: So.\nrests_on: [both]\nsteelman: Best.\n",
    "claims/k1.yml": CLAIM + ITEM,
    "claims/both.yml": CLAIM + ITEM,
    "claims/d.yml": CLAIM.replace("empirical", "definitional")
    + "bears_on: [{position: c-a, relation: disputes}]\nrelations: [{claim: k1, type: disputes}]\n",
    "sources/s.yml": WEIGHTY + "first_hand: true\n",
}


def evidence(files: dict[str, str]) -> EvidenceTable:
    ledger = ledger_of(files)
    return view_evidence_table(seen_from(ledger, "controversies/c/evidence.html"), ledger.records["c"])


def cruxes(files: dict[str, str]) -> CruxesView:
    ledger = ledger_of(files)
    return view_cruxes(seen_from(ledger, "controversies/c/cruxes.html"), ledger.records["c"])


def board(files: dict[str, str]) -> GapsView:
    return view_gaps(seen_from(ledger_of(files), "gaps.html"))


# Figures


@pytest.mark.parametrize(
    ("value", "said"),
    [("9/4", "2.25"), ("8/15", "0.53 (8/15)"), ("-1/3", "−0.33 (−1/3)"), ("-1/2", "−0.5"), ("3", "3")],
)
def test_a_figure_is_told_exactly(value: str, said: str):
    assert figures.figure(Fraction(value)) == said


@pytest.mark.parametrize(
    ("total", "said"),
    [("23.46425", "23.5"), ("32.95", "33"), ("0.25", "0.3"), ("14.04", "14"), ("0.04", "less than 0.1"), ("0", "0")],
)
def test_a_sum_of_weights_is_told_to_one_place(total: str, said: str):
    assert figures.weights(Decimal(total)) == said


@pytest.mark.parametrize(("score", "said"), [("225/28", "8"), ("50/7", "7.1"), ("1/4", "0.3")])
def test_a_score_is_told_to_one_place(score: str, said: str):
    assert figures.tenths(Fraction(score)) == said


@pytest.mark.parametrize(("share", "said"), [("7/90", "8 %"), ("0", "0 %"), ("1/999", "less than 1 %"), ("1", "100 %")])
def test_a_share_is_told_in_hundredths(share: str, said: str):
    assert figures.percent(Fraction(share)).replace("\u00a0", " ") == said


@pytest.mark.parametrize(("push", "said"), [("7/8", "+0.88"), ("-1/8", "−0.13"), ("-1", "−1"), ("0", "0")])
def test_a_push_is_told_to_two_places(push: str, said: str):
    assert figures.signed(Fraction(push)) == said


# Evidence by positions


def test_a_cell_has_a_word_and_a_sign():
    (row,) = evidence(FILES).telling
    assert [words.VERDICTS[cell.verdict] for cell in row.cells] == [
        ("+", "consistent"),
        ("−", "inconsistent"),
        ("?", "untested"),
    ]


def test_what_proves_nothing_comes_last_and_says_so():
    view = evidence(FILES)
    assert [row.claim for row in view.telling] == ["k1"]
    assert [(row.claim, row.items[0].measure) for row in view.silent] == [("both", "tells no two positions apart")]


def test_positions_stand_by_letter_and_one_that_little_tested_says_so():
    against = FILES | {"positions/c-a.yml": FILES["positions/c-a.yml"].replace("rests_on: [k1, both]", "rejects: [k1]")}
    against["positions/c-b.yml"] = FILES["positions/c-b.yml"].replace(
        "rejects: [k1]\nrests_on: [both, d]", "rests_on: [k1]"
    )
    standings = evidence(against).standings
    assert [(one.position.fields.letter, one.is_untested) for one in standings] == [
        ("A", False),
        ("B", False),
        ("C", True),
    ]
    assert [one.against for one in standings] == ["1 of a weight of 1", "0 of a weight of 1", "0 of a weight of 0"]
    assert [one.share for one in standings] == ["100\u00a0%", "0\u00a0%", "no test"]
    assert standings[2].tested == "0 of 1 telling items, from no source"
    page = site_of(ledger_of(against))["controversies/c/evidence.html"].decode()
    assert page.count(words.EVIDENCE_PAGE["untested"]) == 1


def test_the_reasons_of_a_cell_lead_to_the_claims():
    further = {"claims/far.yml": CLAIM + ITEM + "relations: [{claim: k1, type: disputes}]\n"}
    rows = {row.claim: row for row in evidence(FILES | further).telling}
    assert [(letter, way.sign, way.edge, way.onto, way.relation, way.backward) for letter, way in rows["far"].ways] == [
        ("A", -1, "rests_on", "k1", "disputes", False),
        ("B", 1, "rejects", "k1", "disputes", False),
    ]
    page = site_of(ledger_of(FILES | further))["controversies/c/evidence.html"].decode()
    assert "against A: it rests on <a" in page
    assert "for B: it rejects <a" in page
    assert "which is disputed by this claim</li>" in page
    assert "for A: it rests on this claim</li>" in page


def test_items_of_a_claim_that_prove_nothing_alike_share_a_row():
    two = ITEM.replace("}]", "}, {id: e2, source: s, relation: supports, shows: B., consulted: memory}]")
    files = FILES | {"claims/both.yml": CLAIM + two}
    (row,) = evidence(files).silent
    assert [item.row.item for item in row.items] == ["both/e1", "both/e2"]
    assert [item.weight for item in row.items] == ["weight 1", "does not count"]
    links = Reader(site_of(ledger_of(files))["controversies/c/evidence.html"].decode()).links
    assert {"../../claims/both.html#e1", "../../claims/both.html#e2"} <= set(links)


def test_the_same_reasons_are_told_once():
    two = ITEM.replace("}]", "}, {id: e2, source: t, relation: supports, shows: B., consulted: memory}]")
    files = FILES | {"claims/k1.yml": CLAIM + two, "sources/t.yml": WEIGHTY + "first_hand: true\n"}
    first, second = evidence(files).telling
    assert (first.why, second.why) == ("why-k1.e1", "why-k1.e1")
    assert (len(first.ways), second.ways) == (2, ())


def test_a_controversy_without_positions_has_its_pages():
    site = site_of(ledger_of({"controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\n"}))
    assert words.EVIDENCE_PAGE["none"] in site["controversies/c/evidence.html"].decode()
    assert words.CRUXES_PAGE["no_authored"] in site["controversies/c/cruxes.html"].decode()
    assert words.FAIRNESS_PAGE["empty"] in site["controversies/c/fairness.html"].decode()


# Cruxes


def test_authored_and_computed_cruxes_stand_apart_and_say_where_they_agree():
    view = cruxes(FILES)
    assert [heading for heading, _ in view.authored] == ["On the whole"]
    fact, meaning = view.groups
    assert [(crux.claim, crux.named) for crux, *_ in fact.first] == [("k1", True)]
    assert [(crux.claim, crux.type, crux.named) for crux, *_ in meaning.first] == [("d", "definitional", False)]


def test_a_crux_says_where_each_position_goes():
    (crux,) = cruxes(FILES).groups[0].first
    assert crux.said == "If true, it speaks for A and against B; if false, the reverse."
    assert crux.figures == "0.33 apart (if true: A +1, B −1)"


@pytest.mark.parametrize(
    ("for_", "against", "said"),
    [("BC", "A", "for B and C and against A"), ("", "A", "against A"), ("", "", "for none and against none")],
)
def test_for_whom_and_against_whom_something_speaks(for_: str, against: str, said: str):
    assert words.speaks(for_, against) == said


# Fairness


def test_an_asymmetry_is_told_in_words():
    ledger = ledger_of(FILES)
    view = view_fairness(seen_from(ledger, "controversies/c/fairness.html"), ledger.records["c"])
    cells = {row.name: [(cell.value, cell.flag) for cell in row.cells] for row in view.rows}
    assert cells["Its best case is written"] == [
        ("no", "missing: another position has it"),
        ("no", "missing: another position has it"),
        ("yes", ""),
    ]
    assert cells["Evidence items for it"] == [("2", ""), ("1", ""), ("1", "")]
    assert "not equalised" in words.FAIRNESS_PAGE["summary"]


def test_figures_that_are_the_same_for_all_positions_fold_into_a_line():
    ledger = ledger_of(FILES)
    view = view_fairness(seen_from(ledger, "controversies/c/fairness.html"), ledger.records["c"])
    assert view.alike.startswith("The same for all: ")
    assert "Holders without a record: 0" in view.alike
    assert words.MEASURES["unregistered"] not in {row.name for row in view.rows}


# Open work


def test_every_gap_has_a_name_and_every_task_a_heading():
    assert set(words.GAP_NAMES) == set(POINTS)
    assert set(words.TASKS) == set(TASKS.values())


def test_a_row_says_what_to_do_and_what_its_score_is_made_of():
    (part,) = board(FILES).parts
    row = next(row for group in part.groups for row in group.rows if row.row.id == "k1")
    assert [words.task(gap.gap, gap.figures) for gap in row.row.gaps] == [
        "Rate it, with a reason: no editor has.",
        "Find evidence that goes back to another work: one item counts, and so one origin.",
        "Look for evidence that disputes it: all that counts supports it.",
        "Search for evidence on both sides and log the search, even if it finds nothing: none is logged.",
    ]
    assert "score 12.5" in site_of(ledger_of(FILES))["gaps.html"].decode()
    assert row.exact == (
        "Score 12.5 = importance 5 × thinness 2.5.",
        "Importance 5: 1 + 2 for the positions that rest on it or reject it + 2 for how far it parts them.",
        "Thinness 2.5: not rated 0.5 + rests on one origin 1 + one-sided 0.5 + no standing search 0.5.",
    )


def test_a_task_names_days_in_words():
    days = {"newest": "2024-03-31", "since": "2026-05-27"}
    gap = Gap("old-evidence", Fraction(1), "renew", days, ())
    said = "Look for evidence newer than 31 March 2024 and log the search: the review period began on 27 May 2026."
    assert words.task(gap.gap, gap.figures) == said


def test_a_long_group_of_the_board_is_folded_after_its_first_rows():
    many = {f"claims/m{at}.yml": CLAIM for at in range(5)} | {
        "positions/c-a.yml": FILES["positions/c-a.yml"].replace("[k1, both]", "[m0, m1, m2, m3, m4]")
    }
    view = board(FILES | many)
    (part,) = view.parts
    groups = {words.TASKS[group.task]: (len(group.rows), len(group.rest)) for group in part.groups}
    assert groups["Find evidence"] == (3, 2)
    assert ">2 more<" in site_of(ledger_of(FILES | many))["gaps.html"].decode()
    assert [count for *_, count in view.contents] == [sum(map(sum, groups.values()))]


def test_rows_stand_under_the_task_for_their_largest_gap():
    (part,) = board(FILES).parts
    assert {words.TASKS[group.task]: [row.row.id for row in group.rows] for group in part.groups} == {
        "Find a second origin": ["k1", "both"],
        "Rate": ["d"],
        "Strengthen what a position rests on": ["c-a", "c-b", "c-c"],
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


def page_and_data(folder: Path, name: str) -> list[tuple[str, Any]]:
    pages = sorted(folder.glob(f"controversies/*/{name}.html"))
    assert len(pages) > 1
    places = (page.relative_to(folder).as_posix() for page in pages)
    return [(whole(folder, at), json.loads((folder / at).with_suffix(".json").read_bytes())) for at in places]


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
    for page, data in page_and_data(medium, "evidence"):
        assert (words.EVIDENCE_PAGE["none"] in page) == (data["rows"] == [])
        for standing in data["standings"] if data["rows"] else ():
            against, tested = (_to_one_place(standing[name]) for name in ("inconsistency", "tested_weight"))
            assert f"</span>{against} of a weight of {tested}<" in page
            assert f"</span>{standing['tested']} of {standing['diagnostic']} telling items, from " in page
        said = re.findall(r"weight ([\d.]+) · tells (\d+) of (\d+) pairs apart: ([^<]+)<", page)
        telling = [row for row in data["rows"] if row["diagnosticity"] != "0"]
        assert [(float(weight), int(told), int(pairs)) for weight, told, pairs, _ in said] == [
            (row["weight"], row["told"], row["pairs"]) for row in telling
        ]
        assert [measure for *_, measure in said] == [figures.rounded(Fraction(row["diagnosticity"])) for row in telling]


def test_the_cruxes_on_the_page_are_those_of_the_data(medium: Path):
    for page, data in page_and_data(medium, "cruxes"):
        said = re.findall(r">([\d.]+) apart \(", page)
        found = (*data.get("of_fact", ()), *data.get("of_meaning", ()))
        assert said == [figures.rounded(Fraction(crux["apart"])) for crux in found]
        assert page.count(words.CRUXES_PAGE["named"]) == sum(crux["named"] for crux in found)


def test_the_figures_of_fairness_on_the_page_are_those_of_the_data(medium: Path):
    for page, data in page_and_data(medium, "fairness"):
        rows = dict(re.findall(r'<th scope="row">([^<]+)</th>(.*?)</tr>', page))
        for measure, key in (("items", "items"), ("sources", "sources"), ("origins", "origins"), ("words", "words")):
            figures_of = [str(one[key]) for one in data["positions"]]
            if len(set(figures_of)) == 1:  # said once for all
                assert f"{words.MEASURES[measure]}: {figures_of[0]}" in page
            else:
                assert re.findall(r"<td><span[^>]*>\w+ </span>(\d+)", rows[words.MEASURES[measure]]) == figures_of
        assert page.count('class="flag"') == sum(len(one.get("flags", ())) for one in data["positions"])


def test_the_board_on_the_page_is_that_of_the_data(medium: Path):
    page, data = whole(medium, "gaps.html"), json.loads((medium / "gaps.json").read_bytes())
    row_of = r"No\. (\d+) of \d+ · score ([\d.]+).*?Score ([^=]+) = importance ([^×]+) × thinness ([^<]+)\.<"
    said = re.findall(row_of, page, re.DOTALL)
    assert {int(place): [_exact(figure) for figure in of] for place, _, *of in said} == {
        at: [Fraction(row[name]) for name in ("score", "importance", "thinness")]
        for at, row in enumerate(data["rows"], start=1)
    }
    scores = {int(place): score for place, score, *_ in said}
    assert scores == {at: figures.tenths(Fraction(row["score"])) for at, row in enumerate(data["rows"], start=1)}
    for row in data["rows"]:
        assert all(words.task(gap["gap"], gap.get("figures", {})) in page for gap in row["gaps"])


def _to_one_place(weight: float) -> str:
    tenths = int(Fraction(str(weight)) * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}".removesuffix(".0")


def _exact(figure: str) -> Fraction:
    """The fraction that a figure stands for: the one in brackets, or the decimal itself."""
    bracket = re.search(r"\(([\d/]+)\)", figure)
    return Fraction(bracket[1] if bracket else figure.strip())
