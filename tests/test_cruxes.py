"""Computed cruxes: which claims would move the positions of a controversy apart, and are still open."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, ledger_of

from ledger.analysis.cruxes import Crux, cruxes_of, openness
from ledger.analysis.ratings import Direction, NotRated, ShortRating
from ledger.analysis.verdicts import Word

HALF = Fraction(1, 2)
OPEN = ShortRating("open", None, "open", None)
LEANS = ShortRating("perhaps-true", None, "for", None)
LIKELY = ShortRating("probably-false", None, "against", None)
FRAME = {"controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\n"}


def position(letter: str, more: str = "", **claims: list[str]) -> dict[str, str]:
    lists = "".join(f"{name}: [{', '.join(ids)}]\n" for name, ids in claims.items())
    return {f"positions/c-{letter.lower()}.yml": f"controversy: c\nletter: {letter}\nstatement: Yes.\n{lists}{more}"}


def claim(id_: str, bears: str = "", type_: str = "empirical", more: str = "") -> dict[str, str]:
    text = CLAIM.replace("empirical", type_) + more
    return {f"claims/{id_}.yml": text + (f"bears_on: [{bears}]\n" if bears else "")}


def cruxes(files: dict[str, str], **ratings: ShortRating) -> tuple[Crux, ...]:
    """The cruxes where each claim is rated as given, or open."""
    ledger = ledger_of(FRAME | files)
    return cruxes_of(ledger, "c", lambda id_: ratings.get(id_, OPEN))


def moves(crux: Crux) -> dict[str, Fraction]:
    return {move.position: move.push for move in crux.moves}


BY_HAND = {
    **position("A", rests_on=["fork", "shared"]),
    **position("B", rejects=["fork"], rests_on=["shared"]),
    **position("C"),
    **claim("fork", "{position: c-c, relation: disputes}"),
    **claim("shared"),
    **claim("hint", "{position: c-a, relation: supports}, {position: c-c, relation: disputes}"),
    **claim("strong", "{position: c-a, relation: supports, strength: strong, why: So.}"),
}


def test_the_cruxes_computed_by_hand() -> None:
    """`fork` lifts A by 1 and lowers B by 1: leverage 2. `shared` lifts A and B by 1, and C by nothing: 1. `strong`
    lifts A alone by 1: 1. `hint` lifts A by ½ and lowers C by ½: 1, but it leans, so its score is ½."""
    found = cruxes(BY_HAND, hint=LEANS)
    assert [(one.claim, one.leverage, one.openness, one.score) for one in found] == [
        ("fork", 2, 1, 2),
        ("shared", 1, 1, 1),
        ("strong", 1, 1, 1),
        ("hint", 1, HALF, HALF),
    ]
    assert moves(found[0]) == {"c-a": 1, "c-b": -1, "c-c": -HALF}
    assert moves(found[3]) == {"c-a": HALF, "c-c": -HALF}


def test_what_is_likely_is_settled_and_no_crux() -> None:
    assert [one.claim for one in cruxes(BY_HAND, fork=LIKELY, shared=LIKELY)] == ["hint", "strong"]


def test_a_claim_that_all_positions_share_is_no_crux() -> None:
    shared = position("C", rests_on=["shared"])
    assert "shared" not in {one.claim for one in cruxes(BY_HAND | shared)}


@pytest.mark.parametrize(
    ("verdict", "range_", "direction", "not_rated", "expected"),
    [
        ("open", None, "open", None, 1),
        ("open", None, "contested", None, 1),
        ("perhaps-true", None, "for", None, HALF),
        ("perhaps-false", None, "against", None, HALF),
        ("probably-true", None, "for", None, 0),
        ("probably-false", None, "against", None, 0),
        # Nobody looked: half at least, and all where the range reaches the middle.
        (None, ("perhaps-true", "probably-true"), "for", None, HALF),
        (None, ("probably-false", "perhaps-false"), "against", None, HALF),
        (None, ("open", "perhaps-true"), "open", None, 1),
        (None, ("perhaps-false", "open"), "open", None, 1),
        (None, None, None, "no evidence", 1),
    ],
)
def test_how_open_a_claim_is(
    verdict: Word | None,
    range_: tuple[Word, Word] | None,
    direction: Direction | None,
    not_rated: NotRated | None,
    expected: Fraction,
) -> None:
    assert openness(ShortRating(verdict, range_, direction, not_rated)) == expected


@pytest.mark.parametrize("type_", ["definitional", "normative", "historical"])
def test_only_what_evidence_can_still_settle_is_a_crux(type_: str) -> None:
    """Words and values are not settled by it, and what is past is no test to come."""
    assert "fork" not in {one.claim for one in cruxes(BY_HAND | claim("fork", type_=type_))}
    assert "fork" in {one.claim for one in cruxes(BY_HAND | claim("fork", type_="predictive"))}


def test_a_claim_about_the_positions_is_no_crux() -> None:
    assert "fork" not in {one.claim for one in cruxes(BY_HAND | claim("fork", more="about_positions: true\n"))}


def test_two_words_for_one_tie_count_once_and_ties_that_disagree_meet_in_the_middle() -> None:
    files = {
        **position("A", rests_on=["k"]),
        **position("B", more="objections: [{text: No., claims: [k]}]\n"),
        **claim("k", "{position: c-b, relation: disputes}, {position: c-a, relation: disputes}"),
    }
    [found] = cruxes(files)
    assert moves(found) == {"c-a": HALF, "c-b": -HALF}


def test_those_that_the_editors_name_are_marked() -> None:
    files = {
        **BY_HAND,
        "controversies/c.yml": FRAME["controversies/c.yml"]
        + "cruxes: ['Whether [[fork]] holds.']\ntensions: [{id: t, title: T, text: T., claims: [hint]}]\n",
        **position("C", more="cruxes: ['See [[strong|that]].']\n"),
    }
    assert {one.claim: one.named for one in cruxes(files)} == {
        "fork": True,
        "hint": True,
        "strong": True,
        "shared": False,
    }


def test_relations_between_claims_move_no_position() -> None:
    """What supports a crux is evidence on it, and no crux itself."""
    behind = claim("behind", more="relations: [{claim: fork, type: supports}]\n")
    assert "behind" not in {one.claim for one in cruxes(BY_HAND | behind)}


WAYS = {"rests_on": 1, "rejects": -1, "supports": HALF, "disputes": -HALF}
TIES = st.dictionaries(st.tuples(st.sampled_from("ABC"), st.sampled_from("klmn")), st.sampled_from(sorted(WAYS)))
RATED = st.dictionaries(st.sampled_from("klmn"), st.sampled_from((OPEN, LEANS, LIKELY)))


@given(TIES, RATED)
def test_a_crux_scores_leverage_times_openness(ties: dict[tuple[str, str], str], rated: dict[str, ShortRating]) -> None:
    files: dict[str, str] = {}
    for letter in "ABC":
        own = {way: [k for (of, k), said in ties.items() if (of, said) == (letter, way)] for way in WAYS}
        files |= position(letter, **{way: own[way] for way in ("rests_on", "rejects") if own[way]})
    for id_ in "klmn":
        bears = [
            f"{{position: c-{of.lower()}, relation: {said}}}"
            for (of, k), said in ties.items()
            if k == id_ and said in {"supports", "disputes"}
        ]
        files |= claim(id_, ", ".join(bears))
    found = cruxes(files, **rated)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    scores = {one.claim: one.score for one in found}
    for id_ in "klmn":
        pushes = [WAYS.get(ties.get((letter, id_), ""), 0) for letter in "ABC"]
        expected = (max(pushes) - min(pushes)) * openness(rated.get(id_, OPEN))
        assert scores.get(id_, 0) == expected
