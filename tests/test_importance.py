"""How important a claim is to a controversy: positions, times the strength of its ties, times how open it is."""

from fractions import Fraction

from making import CLAIM, ledger_of

from ledger.analysis import analyse
from ledger.analysis.bearing import Tie
from ledger.analysis.cruxes import importance_of
from ledger.analysis.ratings import ShortRating

HALF = Fraction(1, 2)
OPEN = ShortRating("open", None, "open", None)
LEANS = ShortRating("perhaps-true", None, "for", None)
LIKELY = ShortRating("probably-false", None, "against", None)
RESTS = Tie("a", "rests_on", 1, is_strong=True)
REJECTS = Tie("b", "rejects", -1, is_strong=True)
HINTS = Tie("b", "supports", 1, is_strong=False)
OBJECTS = Tie("c", "objected_to_by", -1, is_strong=False)


def ranked(ties: dict[str, list[Tie]], **ratings: ShortRating) -> list[tuple[str, Fraction]]:
    found = importance_of(ties, lambda claim: ratings.get(claim, OPEN))
    return [(one.claim, one.score) for one in found]


def test_importance_by_hand():
    """`fork` is strong for two positions: 2 × 1 × 1. `mixed` is strong for one and weak for two: 3 × ⅔ × 1. `hint` is
    weak for two: 2 × ½ × 1, and `sole` strong for one: 1 × 1 × 1. Those that lean count half."""
    ties = {"fork": [RESTS, REJECTS], "mixed": [RESTS, HINTS, OBJECTS], "hint": [HINTS, OBJECTS], "sole": [RESTS]}
    assert ranked(ties) == [("fork", 2), ("mixed", 2), ("hint", 1), ("sole", 1)]
    assert ranked(ties, fork=LEANS) == [("mixed", 2), ("fork", 1), ("hint", 1), ("sole", 1)]
    assert importance_of({"mixed": ties["mixed"]}, lambda _: OPEN)[0].strength == Fraction(2, 3)


def test_a_second_tie_to_the_same_position_adds_nothing():
    assert ranked({"k": [RESTS, Tie("a", "supports", 1, is_strong=False)]}) == [("k", 1)]


def test_what_is_settled_comes_last_in_the_order_of_its_ties():
    ties = {"one": [RESTS], "two": [RESTS, REJECTS], "open": [HINTS]}
    assert ranked(ties, one=LIKELY, two=LIKELY) == [("open", HALF), ("two", 0), ("one", 0)]


def test_claims_without_ties_are_left_out():
    assert ranked({"k": []}) == []


def test_the_main_controversy_is_the_one_to_which_most_claims_matter():
    controversy = "title: T\nquestion: Is it?\nstatus: active\n"
    files = {
        "controversies/a.yml": controversy,
        "controversies/b.yml": controversy,
        "positions/b-a.yml": "controversy: b\nletter: A\nstatement: Yes.\nrests_on: [k]\n",
        "claims/k.yml": CLAIM,
    }
    assert analyse(ledger_of(files)).main_controversy == "b"
    assert (
        analyse(ledger_of({"controversies/a.yml": controversy, "controversies/b.yml": controversy})).main_controversy
        == "a"
    )
    assert analyse(ledger_of({"claims/k.yml": CLAIM})).main_controversy is None
