"""The matrix of competing positions: its cells, its order, and how each position fares."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, SOURCE, ledger_of

from ledger.analysis.bearing import read_bearing
from ledger.analysis.rivals import Rivals, Way, matrix

POSITION = "controversy: c\nletter: {}\nstatement: Yes.\n"
FRAME = {
    "controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\n",
    "sources/s.yml": SOURCE,
    "sources/t.yml": SOURCE,
}


def position(letter: str, **claims: list[str]) -> dict[str, str]:
    lists = "".join(f"{name}: [{', '.join(ids)}]\n" for name, ids in claims.items())
    return {f"positions/c-{letter.lower()}.yml": POSITION.format(letter) + lists}


def claim(id_: str, *relations: str, more: str = "", type_: str = "empirical") -> dict[str, str]:
    items = "".join(
        f"  - {{id: e{at}, source: s, relation: {relation}, shows: A gap., consulted: memory}}\n"
        for at, relation in enumerate(relations, start=1)
    )
    text = CLAIM.replace("empirical", type_) + more
    return {f"claims/{id_}.yml": text + (f"evidence:\n{items}" if items else "")}


def rivals(files: dict[str, str], weights: dict[str, str]) -> Rivals:
    ledger = ledger_of(FRAME | files)
    return matrix(ledger, read_bearing(ledger), "c", lambda item: Decimal(weights.get(item, 0)))


def verdicts(found: Rivals) -> dict[str, list[str]]:
    return {row.item: [cell.verdict for cell in row.cells] for row in found.rows}


BY_HAND = {
    **position("A", rests_on=["k1", "k2", "k4"], rejects=["k3"]),
    **position("B", rests_on=["k4"], rejects=["k1"]),
    **position("C", rests_on=["k3", "k4"]),
    **claim("k1", "supports", "disputes"),
    **claim("k2", "supports", more="bears_on: [{position: c-b, relation: disputes}]\n"),
    **claim("k3", "supports"),
    **claim("k4", "supports"),
}
WEIGHTS = {"k1/e1": "1", "k1/e2": "0.5", "k2/e1": "0.7", "k3/e1": "0.9", "k4/e1": "1"}


def test_the_matrix_computed_by_hand():
    found = rivals(BY_HAND, WEIGHTS)
    assert [(row.item, row.told, row.pairs, row.diagnosticity) for row in found.rows] == [
        ("k1/e1", 1, 3, Fraction(1, 3)),
        ("k3/e1", 1, 3, Fraction(3, 10)),
        ("k2/e1", 1, 3, Fraction(7, 30)),
        ("k1/e2", 1, 3, Fraction(1, 6)),
        ("k4/e1", 0, 3, 0),
    ]
    assert verdicts(found) == {
        "k1/e1": ["consistent", "inconsistent", "untested"],
        "k3/e1": ["inconsistent", "untested", "consistent"],
        "k2/e1": ["consistent", "inconsistent", "untested"],
        "k1/e2": ["inconsistent", "consistent", "untested"],
        "k4/e1": ["consistent", "consistent", "consistent"],
    }


def test_how_each_position_fares_computed_by_hand():
    a, b, c = rivals(BY_HAND, WEIGHTS).standings
    assert (a.tested, a.diagnostic, a.tested_weight, a.inconsistency) == (4, 4, Decimal("3.1"), Decimal("1.4"))
    assert (a.share, a.untested, a.rank) == (Fraction(14, 31), False, 1)
    assert (b.tested, b.diagnostic, b.tested_weight, b.inconsistency) == (3, 4, Decimal("2.2"), Decimal("1.7"))
    assert (b.share, b.untested, b.rank) == (Fraction(17, 22), False, 2)
    assert (c.tested, c.diagnostic, c.inconsistency) == (1, 4, 0)


def test_a_position_that_less_than_half_was_held_against_is_untested_and_never_ahead():
    c = rivals(BY_HAND, WEIGHTS).standings[2]
    assert (c.share, c.untested, c.rank) == (0, True, None)


def test_exactly_half_is_enough():
    files = {**BY_HAND, **claim("k2", "supports")}
    c = rivals(files, {**WEIGHTS, "k1/e2": "0"}).standings[2]
    assert (c.tested, c.diagnostic, c.untested, c.rank) == (1, 2, False, 1)


def test_equal_shares_have_equal_ranks():
    files = {**position("A", rests_on=["k"]), **position("B", rejects=["k"]), **claim("k", "supports", "disputes")}
    assert [one.rank for one in rivals(files, {"k/e1": "0.3", "k/e2": "0.3"}).standings] == [1, 1]


def test_an_item_that_qualifies_is_neutral_and_one_that_only_mentions_is_no_row():
    files = {**position("A", rests_on=["k"]), **position("B"), **claim("k", "qualifies", "mentions")}
    found = rivals(files, {"k/e1": "1", "k/e2": "1"})
    assert verdicts(found) == {"k/e1": ["neutral", "untested"]}
    assert [one.untested for one in found.standings] == [True, True]


def test_an_item_bears_on_a_position_by_one_further_claim():
    files = {
        **position("A", rests_on=["k"]),
        **position("B", rejects=["k"]),
        **claim("k"),
        **claim("m", "supports", more="relations: [{claim: k, type: disputes}]\n"),
    }
    found = rivals(files, {"m/e1": "1"})
    assert verdicts(found) == {"m/e1": ["inconsistent", "consistent"]}
    assert found.rows[0].cells[0].ways == (Way("m", "disputes", backward=False, onto="k", edge="rests_on", sign=-1),)


def test_what_refutes_an_argument_speaks_for_neither_side():
    files = {
        **position("A", rests_on=["k"]),
        "positions/c-b.yml": POSITION.format("B") + "objections: [{text: No., claims: [o]}]\n",
        **claim("k"),
        **claim("m", "disputes", more="bears_on: [{position: c-a, relation: supports}]\n"),
        **claim("n", "disputes", more="relations: [{claim: k, type: supports}]\n"),
        **claim("o", "disputes"),
        **claim("p", "disputes", more="relations: [{claim: k, type: disputes}]\n"),
    }
    assert verdicts(rivals(files, {})) == {
        "m/e1": ["neutral", "untested"],
        "n/e1": ["neutral", "untested"],
        "o/e1": ["untested", "neutral"],
        "p/e1": ["neutral", "untested"],
    }


def test_what_refutes_a_claim_refutes_the_one_that_says_the_same():
    files = {
        **position("A", rests_on=["k"]),
        **position("B", rejects=["k"]),
        **claim("k"),
        **claim("m", "disputes", more="relations: [{claim: k, type: restates}]\n"),
    }
    assert verdicts(rivals(files, {})) == {"m/e1": ["inconsistent", "consistent"]}


def test_two_claims_between_are_too_far():
    files = {
        **position("A", rests_on=["k"]),
        **claim("k"),
        **claim("m", more="relations: [{claim: k, type: supports}]\n"),
        **claim("n", "supports", more="relations: [{claim: m, type: supports}]\n"),
    }
    assert rivals(files, {"n/e1": "1"}).rows == ()


def test_a_direct_tie_leaves_no_say_to_one_by_another_claim():
    files = {
        **position("A", rests_on=["k", "m"]),
        **claim("k"),
        **claim("m", "supports", more="relations: [{claim: k, type: disputes}]\n"),
    }
    found = rivals(files, {})
    assert verdicts(found) == {"m/e1": ["consistent"]}
    assert [way.relation for way in found.rows[0].cells[0].ways] == [None]


def test_ways_that_disagree_are_mixed_and_count_half():
    files = {
        **position("A", rests_on=["k", "n"]),
        **position("B", rests_on=["k"]),
        **position("C", rejects=["k"]),
        **claim("k"),
        **claim("n"),
        **claim("m", "supports", more="relations: [{claim: k, type: supports}, {claim: n, type: disputes}]\n"),
    }
    found = rivals(files, {"m/e1": "0.7"})
    assert verdicts(found) == {"m/e1": ["mixed", "consistent", "inconsistent"]}
    assert [one.inconsistency for one in found.standings] == [Decimal("0.35"), 0, Decimal("0.7")]


def test_a_dependency_carries_harm_to_the_claim_that_needs_it_and_nothing_else():
    files = {
        **position("A", rests_on=["k"]),
        **claim("k", more="relations: [{claim: m, type: depends-on}]\n"),
        **claim("m", "supports", "disputes"),
    }
    assert verdicts(rivals(files, {})) == {"m/e1": ["neutral"], "m/e2": ["inconsistent"]}


def test_an_item_about_a_rival_counts_against_that_rival_too():
    more = "evidence: [{id: e1, source: s, relation: supports, shows: A., consulted: memory, about_rival: r}]\n"
    files = {
        **position("A", rests_on=["k"]),
        **position("B", rests_on=["r"]),
        **claim("k", more=more),
        **claim("r"),
    }
    assert verdicts(rivals(files, {"k/e1": "1"})) == {"k/e1": ["consistent", "inconsistent"]}


def test_what_evidence_does_not_settle_is_shown_and_weighs_nothing():
    files = {
        **position("A", rests_on=["k"]),
        **position("B", rejects=["k"]),
        **claim("k", "supports", type_="normative"),
    }
    (row,) = rivals(files, {"k/e1": "1"}).rows
    assert (row.told, row.weight, row.diagnosticity) == (1, 0, 0)


def test_the_sources_of_the_tests_are_counted_once_each():
    a, _ = rivals(
        {
            **position("A", rests_on=["k"]),
            **position("B", rejects=["k"]),
            **claim("k", "supports", "disputes"),
        },
        {"k/e1": "1", "k/e2": "1"},
    ).standings
    assert (a.tested, a.sources) == (2, 1)


SIGNS = st.sampled_from(["rests_on", "rejects", ""])
ITEMS = st.sampled_from(["supports", "disputes", "qualifies"])
MATRICES = st.lists(st.tuples(st.lists(SIGNS, min_size=3, max_size=3), ITEMS, st.integers(0, 9)), max_size=6)


def made(rows: list[tuple[list[str], str, int]]) -> Rivals:
    """Three positions, and for each row a claim with one item."""
    files, weights = {}, {}
    for at, letter in enumerate("ABC"):
        ties: dict[str, list[str]] = {}
        for number, (row, _, _) in enumerate(rows):
            if row[at]:
                ties.setdefault(row[at], []).append(f"k{number}")
        files |= position(letter, **ties)
    for number, (_, relation, weight) in enumerate(rows):
        files |= claim(f"k{number}", relation)
        weights[f"k{number}/e1"] = f"0.{weight}"
    return rivals(files, weights)


@given(MATRICES, st.integers(0, 9))
def test_an_item_that_is_consistent_with_all_changes_no_ranking(rows: list[tuple[list[str], str, int]], weight: int):
    more = [*rows, (["rests_on"] * 3, "supports", weight)]
    assert made(more).standings == made(rows).standings


@given(MATRICES, st.lists(SIGNS, min_size=3, max_size=3))
def test_an_item_without_weight_changes_no_ranking(rows: list[tuple[list[str], str, int]], signs: list[str]):
    assert made([*rows, (signs, "supports", 0)]).standings == made(rows).standings


@given(MATRICES)
def test_no_untested_position_is_ranked_and_a_better_rank_is_a_smaller_share(rows: list[tuple[list[str], str, int]]):
    standings = made(rows).standings
    ranked = [(one.share, one.rank) for one in standings if one.rank is not None]
    assert all(one.rank is None for one in standings if one.tested * 2 < one.diagnostic or not one.tested)
    for share, rank in ranked:
        assert rank == 1 + sum(other < share for other, _ in ranked)
