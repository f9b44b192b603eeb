"""The board of gaps: what is missing, how much it matters, and what would close it."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import ROOT, SITE, SOURCE, ledger_of
from rating_ledgers import item, rating, source
from rating_ledgers import ledger as ledger_with

from ledger.analysis.cruxes import cruxes_of
from ledger.analysis.gaps import GAPS, Ground, Row, campaigns_of, find_gaps, ground_of
from ledger.analysis.ratings import ShortRating
from ledger.analysis.ties import homes_of
from ledger.graph import Ledger

TODAY = date(2026, 1, 1)
OPEN = ShortRating("open", None, "open", None)
"""Every claim is an open question, so that a crux scores its leverage."""
SOUND = Ground(supporting=2, disputing=1, teams=3, is_limited=False, is_searched=True)
RATED = "assessments: [{rating: low, by: ann, date: 2025-12-01, why: W.}]\n"
SEARCHED = "searches: [{date: 2025-12-01, by: ann, for: more, where: [x], found: 0}]\n"
ITEM = "evidence: [{id: e1, source: s, relation: supports, shows: A., consulted: memory}]\n"
CLAIM = "statement: It moves.\ntype: empirical\n" + RATED
POSITION = "controversy: c\nletter: {}\nstatement: Yes.\n"
CONTROVERSY = "title: T\nquestion: Is it?\nstatus: {}\nreview: {{last: {}, every_days: 100}}\n"
FILES = {
    "site.yml": SITE + "review_every_days: 180\n",
    "controversies/c.yml": CONTROVERSY.format("active", "2025-12-01"),
    "positions/c-a.yml": POSITION.format("A") + "rests_on: [k]\n",
    "positions/c-b.yml": POSITION.format("B") + "rests_on: [j]\nrejects: [k]\n",
    "claims/j.yml": CLAIM.replace("empirical", "definitional"),
    "claims/k.yml": CLAIM,
    "sources/s.yml": SOURCE.replace("1999", "2025-12"),
}


def board(changed: dict[str, str], grounds: dict[str, Ground]) -> dict[str, Row]:
    return {row.id: row for row in rows_of(ledger_of(FILES | changed, as_of=TODAY), grounds)}


def rows_of(ledger: Ledger, grounds: dict[str, Ground]) -> tuple[Row, ...]:
    cruxes = {id_: cruxes_of(ledger, id_, lambda _: OPEN) for id_ in ledger.standing("controversy")}
    return find_gaps(ledger, cruxes, grounds, {"s"})


def kinds(row: Row) -> list[str]:
    return [gap.gap for gap in row.gaps]


def test_where_nothing_is_missing_there_is_no_row():
    assert board({}, {"k": SOUND}) == {}


def test_a_row_computed_by_hand():
    thin = Ground(supporting=1, disputing=0, teams=1, is_limited=True, is_searched=False)
    row = board({}, {"k": thin})["k"]
    assert [(gap.gap, gap.points, gap.task) for gap in row.gaps] == [
        ("one-team", 1, "find-second-team"),
        ("one-sided", Fraction(1, 2), "search-other-side"),
        ("not-searched", Fraction(1, 2), "log-search"),
    ]
    assert (row.load, row.crux, row.importance, row.thinness, row.score) == (2, 1, 5, 2, 10)
    assert [gap.figures for gap in row.gaps] == [
        {"items": "1"},
        {"items": "1", "missing": "disputes"},
        {"searches": "0"},
    ]


def test_the_importance_of_a_further_crux_is_in_proportion_to_the_first():
    files = {
        "positions/c-b.yml": POSITION.format("B") + "rejects: [k]\nobjections: [{text: No., claims: [m]}]\n",
        "claims/m.yml": CLAIM + "bears_on: [{position: c-a, relation: supports}]\n",
    }
    row = board(files, {"k": SOUND})["m"]
    assert (row.load, row.crux, row.importance) == (0, Fraction(1, 2), 2)
    assert (kinds(row), row.thinness, row.score) == (["no-evidence", "not-searched"], Fraction(3, 2), 3)


def test_a_claim_with_items_on_one_side_lacks_the_other():
    against = Ground(supporting=0, disputing=2, teams=2, is_limited=False, is_searched=True)
    (gap,) = board({}, {"k": against})["k"].gaps
    assert (gap.gap, gap.figures["missing"]) == ("one-sided", "supports")


def test_evidence_settles_no_question_of_meaning_or_value():
    for type_ in ("definitional", "normative"):
        assert "k" not in board({"claims/k.yml": CLAIM.replace("empirical", type_)}, {})


def test_a_claim_of_a_position_that_no_editor_rated_lacks_a_rating():
    unrated = {"claims/k.yml": CLAIM.replace(RATED, ""), "claims/loose.yml": CLAIM.replace(RATED, "")}
    found = board(unrated, {"k": SOUND, "loose": SOUND})
    assert {id_: kinds(row) for id_, row in found.items()} == {"k": ["not-rated"]}


OLD = {"sources/s.yml": SOURCE.replace("1999", "2025-06"), "claims/k.yml": CLAIM + ITEM}


def test_evidence_from_before_the_review_period_is_old():
    (gap,) = board(OLD, {"k": SOUND})["k"].gaps
    assert (gap.gap, gap.figures) == ("old-evidence", {"newest": "2025-06-30", "since": "2025-07-05"})


def test_a_date_counts_as_late_as_it_may_be():
    assert "k" not in board({**OLD, "sources/s.yml": SOURCE.replace("1999", "2025")}, {"k": SOUND})


def test_a_source_that_does_not_count_keeps_no_evidence_young():
    item = "{{id: {}, source: {}, relation: supports, shows: A., consulted: memory}}"
    both = f"evidence: [{item.format('e1', 's')}, {item.format('e2', 'fallen')}]\n"
    newer = {"sources/fallen.yml": SOURCE.replace("1999", "2025-12"), "claims/k.yml": CLAIM + both}
    assert kinds(board({**OLD, **newer}, {"k": SOUND})["k"]) == ["old-evidence"]


def test_evidence_is_not_old_once_somebody_looked_for_newer():
    assert "k" not in board({**OLD, "claims/k.yml": CLAIM + ITEM + SEARCHED}, {"k": SOUND})


def test_the_evidence_of_what_is_past_or_decided_does_not_age():
    past = {**OLD, "claims/k.yml": CLAIM.replace("empirical", "historical") + ITEM}
    decided = {**OLD, "claims/k.yml": CLAIM + ITEM + "resolution: {condition: It moves., outcome: held}\n"}
    resolved = {**OLD, "controversies/c.yml": CONTROVERSY.format("resolved", "2025-12-01")}
    assert all("k" not in board(files, {"k": SOUND}) for files in (past, decided, resolved))


def test_a_position_is_thin_when_most_of_what_it_rests_on_is():
    files = {"positions/c-a.yml": POSITION.format("A") + "rests_on: [k, m, n]\n"}
    files |= {f"claims/{id_}.yml": CLAIM for id_ in "mn"}
    limited = Ground(supporting=1, disputing=1, teams=2, is_limited=True, is_searched=True)
    row = board(files, {"k": limited, "m": limited, "n": SOUND})["c-a"]
    assert (row.importance, row.thinness, row.score) == (2, Fraction(2, 3), Fraction(4, 3))
    assert (row.gaps[0].gap, row.gaps[0].ids, row.gaps[0].figures) == (
        "thin-position",
        ("k", "m"),
        {"claims": "3", "thin": "2"},
    )
    assert "c-a" not in board(files, {"k": limited, "m": SOUND, "n": SOUND})


def test_a_position_that_rests_on_nothing_is_thin_and_one_that_rests_on_a_definition_is_not():
    bare = {"positions/c-b.yml": POSITION.format("B") + "rejects: [k]\n"}
    assert kinds(board(bare, {"k": SOUND})["c-b"]) == ["thin-position"]
    assert "c-b" not in board({}, {"k": SOUND})


def test_a_position_whose_newest_source_is_from_before_the_review_period_is_old():
    assert kinds(board(OLD, {"k": SOUND})["c-a"]) == ["old-position"]


def test_events_since_the_review_are_named():
    told = "title: E\ndate: {}\nsources: [s]\nabout: [{}]\n"
    files = {
        "events/after.yml": told.format("2025-12-20", "k"),
        "events/before.yml": told.format("2025-11-20", "k"),
        "events/elsewhere.yml": told.format("2025-12-20", "s"),
        "events/gave.yml": told.format("2025-12-21", "s") + "evidence_for: [k/e1]\n",
        "claims/k.yml": CLAIM + ITEM,
    }
    (gap,) = board(files, {"k": SOUND})["c"].gaps
    assert (gap.gap, gap.ids, gap.figures["events"]) == ("events-since-review", ("after", "gave"), "2")


def test_a_review_is_overdue_after_its_period_unless_the_question_is_resolved():
    late = {"controversies/c.yml": CONTROVERSY.format("active", "2025-09-01")}
    never = {"controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\n"}
    resolved = {"controversies/c.yml": CONTROVERSY.format("resolved", "2025-09-01")}
    assert kinds(board(late, {"k": SOUND})["c"]) == ["review-overdue"]
    assert kinds(board(never, {"k": SOUND})["c"]) == ["review-overdue"]
    assert board(resolved, {"k": SOUND}) == {}


GROUNDS = st.builds(Ground, st.integers(0, 2), st.integers(0, 2), st.integers(0, 3), st.booleans(), st.booleans())
LEDGER = ledger_of(FILES | {f"claims/{id_}.yml": CLAIM.replace(RATED, "") for id_ in "mn"}, as_of=TODAY)


@given(st.dictionaries(st.sampled_from("kmn"), GROUNDS))
def test_rows_stand_by_score_and_every_score_is_the_product_of_its_parts(grounds: dict[str, Ground]):
    rows = rows_of(LEDGER, grounds)
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    for row in rows:
        assert row.thinness == sum(gap.points for gap in row.gaps) > 0
        assert row.score == row.importance * row.thinness


def test_the_documentation_lists_every_gap_with_its_points_and_task():
    text = (ROOT / "docs/json.md").read_text(encoding="utf-8")
    for kind, (points, task) in GAPS.items():
        (row,) = [line.split(" | ") for line in text.splitlines() if line.startswith(f"| `{kind}` |")]
        assert (row[1].removeprefix("up to "), row[2]) == (str(points), f"`{task}`")


# The searches of a controversy together

P = {"p0": source(), "p1": source()}


def supported(*ids: str, relation: str = "supports") -> list[dict[str, Any]]:
    return [item(id_, relation=relation) for id_ in ids]


def disputed(*ids: str) -> list[dict[str, Any]]:
    return supported(*ids, relation="disputes")


def test_the_searches_that_nobody_made_are_one_campaign_first_those_that_narrow_most():
    """k matters to both controversies and ranges over two steps; m and n over one, and m has positions on it."""
    files = {
        "controversies/d.yml": CONTROVERSY.format("active", "2025-12-01"),
        "positions/d-a.yml": "controversy: d\nletter: A\nstatement: Yes.\nrests_on: [k]\n",
        "positions/c-b.yml": POSITION.format("B") + "rests_on: [j, m]\nrejects: [k]\n",
        "claims/m.yml": CLAIM,
        "claims/n.yml": CLAIM + "bears_on: [{position: c-a, relation: supports}]\n",
    }
    thin = SOUND._replace(is_searched=False, sought="against", narrows=1)
    grounds = {"k": thin._replace(narrows=2, sought="for"), "m": thin, "n": thin}
    ledger = ledger_of(FILES | files, as_of=TODAY)
    rows = rows_of(ledger, grounds)
    found = campaigns_of(rows, grounds, homes_of(ledger))
    assert [(one.controversy, [of.claim for of in one.searches]) for one in found] == [
        ("c", ["k", "m", "n"]),
        ("d", ["k"]),
    ]
    first = found[0].searches[0]
    importance = next(row.importance for row in rows if row.id == "k")
    assert (first.side, first.narrows, first.score) == ("for", 2, 2 * importance)


@pytest.mark.parametrize(
    ("items", "sought", "narrows"),
    [
        (supported("p0", "p1"), "against", 1),
        (disputed("p0", "p1"), "for", 1),
        (supported("p0"), "against", 1),
        ([*supported("p0"), *disputed("p1")], "both", 0),
        ([], "both", 0),
    ],
)
def test_what_to_look_for_is_what_the_weaker_side_lacks(items: Any, sought: str, narrows: int):
    ground = ground_of(rating(ledger_with(P, items)))
    assert (ground.sought, ground.narrows) == (sought, narrows)
