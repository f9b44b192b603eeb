"""What ties claims to positions and to each other, with signs."""

import pytest
from making import CLAIM, ledger_of

from ledger.analysis.bearing import CARRIES, Step, Tie, Ties, steps_of
from ledger.analysis.ties import positions_in, ties_in
from ledger.graph import Ledger
from ledger.vocabulary import ClaimRelationType

POSITION = "controversy: c\nletter: {}\nstatement: Yes.\n"
FILES = {
    "controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\n",
    "positions/c-a.yml": POSITION.format("A")
    + "rests_on: [k]\nrejects: [m]\nobjections: [{text: No., claims: [m, n]}]\n",
    "positions/c-b.yml": POSITION.format("B"),
    "claims/k.yml": CLAIM + "bears_on: [{position: c-b, relation: disputes}]\n",
    "claims/m.yml": CLAIM,
    "claims/n.yml": CLAIM,
}


def ledger(changed: dict[str, str]) -> Ledger:
    return ledger_of(FILES | changed)


def ties(changed: dict[str, str]) -> Ties:
    return ties_in(ledger(changed), "c")


def step(other: str, relation: str, if_true: int, if_false: int, *, backward: bool = False) -> Step:
    return Step(other, relation, backward, if_true, if_false)


def related(relation: str) -> tuple[tuple[str, Step], ...]:
    """What k and n do to each other, where n has the relation to k."""
    found = ledger({"claims/n.yml": CLAIM + f"relations: [{{claim: k, type: {relation}}}]\n"})
    assert steps_of(found, "k") == steps_of(found, "n")
    return steps_of(found, "k")


def test_a_tie_to_what_is_no_claim_is_none():
    assert ties({"positions/c-a.yml": POSITION.format("A") + "rests_on: [c-b, c]\nrejects: [nobody]\n"}) == {
        "k": (Tie("c-b", "disputes", -1, is_strong=False),)
    }


def test_a_tie_is_what_the_position_or_the_claim_says_with_its_sign():
    assert ties({}) == {
        "k": (Tie("c-a", "rests_on", 1, is_strong=True), Tie("c-b", "disputes", -1, is_strong=False)),
        "m": (Tie("c-a", "objected_to_by", -1, is_strong=False), Tie("c-a", "rejects", -1, is_strong=True)),
        "n": (Tie("c-a", "objected_to_by", -1, is_strong=False),),
    }


def test_positions_stand_in_the_order_of_their_letters():
    files = {"positions/c-b.yml": POSITION.format("Z"), "positions/c-z.yml": POSITION.format("B")}
    assert list(positions_in(ledger(files), "c")) == ["c-a", "c-z", "c-b"]


def test_every_relation_between_claims_has_its_signs():
    assert set(CARRIES) == set(ClaimRelationType.__args__)


@pytest.mark.parametrize(("relation", "if_true"), [("supports", 1), ("disputes", -1), ("undercuts", -1)])
def test_support_and_attack_go_one_way_and_turn_with_the_truth(relation: str, if_true: int):
    assert related(relation) == (("n", step("k", relation, if_true, -if_true)),)


def test_a_restatement_goes_both_ways():
    assert related("restates") == (
        ("k", step("n", "restates", 1, -1, backward=True)),
        ("n", step("k", "restates", 1, -1)),
    )


def test_what_a_claim_depends_on_falls_with_it_no_more_than_it_rises_with_that():
    assert related("depends-on") == (
        ("k", step("n", "depends-on", 0, -1, backward=True)),
        ("n", step("k", "depends-on", 1, 0)),
    )


@pytest.mark.parametrize("relation", ["narrows", "qualifies", "supersedes"])
def test_what_only_changes_the_scope_carries_nothing(relation: str):
    assert related(relation) == (("n", step("k", relation, 0, 0)),)


def test_what_was_withdrawn_ties_nothing():
    withdrawn = "withdrawn: {date: 2020, why: Wrong.}\n"
    assert "m" not in ties({"claims/m.yml": CLAIM + withdrawn})
    assert list(positions_in(ledger({"positions/c-b.yml": POSITION.format("B") + withdrawn}), "c")) == ["c-a"]
    related = CLAIM + "relations: [{claim: k, type: supports}]\n"
    assert steps_of(ledger({"claims/n.yml": related + withdrawn}), "k") == ()


def test_a_former_id_is_the_record_that_it_was_given_to():
    files = {
        "claims/n.yml": CLAIM + "former_ids: [old]\n",
        "positions/c-b.yml": POSITION.format("B") + "rejects: [old]\n",
    }
    assert Tie("c-b", "rejects", -1, is_strong=True) in ties(files)["n"]


@pytest.mark.parametrize(
    ("strength", "is_strong"), [("", False), (", strength: weak", False), (", strength: strong", True)]
)
def test_a_claim_bears_on_a_position_weakly_unless_the_editors_say_otherwise(strength: str, is_strong: bool):  # noqa: FBT001
    files = {"claims/n.yml": CLAIM + f"bears_on: [{{position: c-b, relation: supports, why: So.{strength}}}]\n"}
    assert ties(files)["n"][-1] == Tie("c-b", "supports", 1, is_strong=is_strong)
