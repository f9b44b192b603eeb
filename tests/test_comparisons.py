"""All comparisons at once, from the ledger's own ratings."""

import pytest
from making import CLAIM, ledger_of

from ledger.analysis import Analysis, analyse
from ledger.analysis.gaps import Ground, ground_of
from ledger.analysis.results import counted_items

SOURCE = "type: report\ntitle: {}\nauthors: unknown\nissued: 1999\ntier: peer-reviewed\n"
ITEM = (
    "  - {{id: e{}, source: {}, relation: supports, shows: A., consulted: full-text, directness: direct, "
    "basis: empirical}}\n"
)
FILES = {
    "controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\nrests_on: [k]\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nstatement: No.\nrejects: [k]\n",
    "sources/paper.yml": SOURCE.format("Paper") + "first_hand: true\nderived_from: []\n",
    "sources/report.yml": SOURCE.format("Report") + "derived_from: [{source: paper, how: reports}]\n",
    "claims/k.yml": CLAIM + "evidence:\n" + ITEM.format(1, "paper"),
}
SECOND = {"claims/k.yml": FILES["claims/k.yml"] + ITEM.format(2, "report")}


def compared(files: dict[str, str]) -> Analysis:
    return analyse(ledger_of(FILES | files))


def test_a_second_report_of_one_work_changes_no_standing_and_no_gap():
    once, twice = compared({}), compared(SECOND)
    assert twice.rivals["c"].standings == once.rivals["c"].standings
    assert [(row.id, row.score) for row in twice.gaps] == [(row.id, row.score) for row in once.gaps]
    assert [(row.work, row.items) for row in twice.rivals["c"].rows] == [("paper", ("k/e1", "k/e2"))]
    assert [(one.works, one.teams) for one in twice.fairness["c"]] == [(1, 1), (0, 0)]


def test_what_a_rating_stands_on():
    ledger = ledger_of(FILES | SECOND)
    ground = ground_of(analyse(ledger).ratings["k"])
    assert ground == Ground(
        supporting=2, disputing=0, teams=1, is_limited=True, is_searched=False, sought="against", narrows=1
    )
    assert list(counted_items(ledger, "k")) == ["e1", "e2"]


def test_every_controversy_is_in_each_part():
    found = compared({})
    assert list(found.rivals) == list(found.cruxes) == list(found.fairness) == ["c"]
    assert [crux.claim for crux in found.cruxes["c"]] == ["k"]
    assert [one.items for one in found.fairness["c"]] == [1, 0]


@pytest.mark.parametrize("why", ["status: retracted", "withdrawn: {date: 2024, why: It was a double.}"])
def test_an_item_of_a_source_that_fell_is_not_counted_for_a_position(why: str):
    fallen = {"sources/other.yml": FILES["sources/paper.yml"].replace("1999", "2024") + why + "\n"}
    found = compared({**fallen, "claims/k.yml": FILES["claims/k.yml"] + ITEM.format(2, "other")})
    assert found.fairness == compared({}).fairness


def test_an_item_whose_works_all_fell_is_not_counted_for_a_position():
    fallen = {"sources/paper.yml": FILES["sources/paper.yml"] + "status: retracted\n"}
    assert [one.items for one in compared(fallen | SECOND).fairness["c"]] == [0, 0]


def test_a_claim_about_the_positions_speaks_for_none():
    found = compared({"claims/k.yml": FILES["claims/k.yml"] + "about_positions: true\n"})
    assert (found.rivals["c"].rows, found.cruxes["c"]) == ((), ())
    assert [one.items for one in found.fairness["c"]] == [0, 0]


def test_what_the_editors_expect_of_a_dispute_stays_out_of_another():
    """Each controversy has its own table, though both share the claim and its work."""
    more = {
        "controversies/d.yml": "title: D\nquestion: Is that?\nstatus: active\n",
        "positions/d-a.yml": "controversy: d\nletter: A\nstatement: That.\nrejects: [k]\n",
    }
    found = compared(more)
    assert [one.position for one in found.rivals["c"].standings] == ["c-a", "c-b"]
    assert [(one.position, dict(one.against)["strong"]) for one in found.rivals["d"].standings] == [("d-a", ("paper",))]
    assert found.rivals["c"].standings == compared({}).rivals["c"].standings


def test_the_site_says_from_where_on_a_figure_stands_apart():
    site = "format: 1\ntitle: T\neditors: [{id: ann, name: Ann}]\ncomparison: {apart_times: 99}\n"
    long = {"positions/c-b.yml": "controversy: c\nletter: B\nstatement: A long word or two.\n"}
    near, wide = compared(long).fairness["c"][1], compared({**long, "site.yml": site}).fairness["c"][1]
    assert "words" in {flag.measure for flag in near.flags}
    assert "words" not in {flag.measure for flag in wide.flags}
