"""The strongest evidence of a controversy: which items are chosen, in which order, and what they do to positions."""

from making import CLAIM, SOURCE, ledger_of

from ledger.analysis import analyse
from ledger.analysis.bearing import Tie
from ledger.analysis.highlights import MOST, Effect, Highlight, effects_of

RESTS = Tie("a", "rests_on", 1, is_strong=True)
REJECTS = Tie("b", "rejects", -1, is_strong=True)
HINTS = Tie("b", "supports", 1, is_strong=False)
OBJECTS = Tie("c", "objected_to_by", -1, is_strong=False)

READ = "consulted: full-text, directness: direct, basis: empirical"
FIRST_HAND = SOURCE.replace("reporting", "peer-reviewed").replace(
    "derived_from: unknown", "derived_from: []\nfirst_hand: true"
)
MAKERS = FIRST_HAND.replace("tier: peer-reviewed", "tier: official-statement")
POSITIONS = {
    "controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\nrests_on: [k]\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nstatement: No.\nrejects: [k]\n",
}


def claim(*items: str, more: str = "") -> str:
    """A claim with items as `source relation`."""
    rows = (item.split() for item in items)
    written = "".join(
        f"  - {{id: e{at}, source: {source}, relation: {relation}, shows: It., {READ}}}\n"
        for at, (source, relation) in enumerate(rows, start=1)
    )
    return CLAIM + f"evidence:\n{written}" + more


def highlights(claims: dict[str, str], sources: dict[str, str], **more: str) -> tuple[Highlight, ...]:
    named = {f"claims/{id_}.yml": text for id_, text in claims.items()}
    cited = {f"sources/{id_}.yml": text for id_, text in sources.items()}
    ledger = ledger_of({**POSITIONS, **named, **cited, **{f"positions/c-{k}.yml": text for k, text in more.items()}})
    return analyse(ledger).highlights["c"]


def chosen(claims: dict[str, str], sources: dict[str, str], **more: str) -> list[str]:
    return [one.node for one in highlights(claims, sources, **more)]


# What evidence does to positions


def strongly(**sides: str) -> tuple[Effect, ...]:
    """Effects by strong ties: `a="for"`."""
    return tuple(Effect(position, is_for=side == "for", is_strong=True) for position, side in sides.items())


def test_a_claim_counts_for_those_that_need_it_and_against_those_that_deny_it():
    assert effects_of([RESTS, REJECTS]) == strongly(a="for", b="against")


def test_a_strong_tie_leaves_weak_ones_no_say():
    assert effects_of([REJECTS, HINTS]) == strongly(b="against")


def test_what_disputes_a_claim_reaches_only_those_that_stake_themselves_on_it():
    """Whoever refutes an argument or an objection has shown nothing of the position that it was made for."""
    assert effects_of([RESTS, REJECTS, OBJECTS], -1) == strongly(a="against", b="for")


# The order


def test_better_evidence_comes_first_whatever_it_is_tied_to():
    weak_tie = "bears_on: [{position: c-a, relation: supports}]\n"
    claims = {"k": claim("news supports"), "w": claim("paper supports", more=weak_tie)}
    assert chosen(claims, {"news": SOURCE, "paper": FIRST_HAND}) == ["w/e1", "k/e1"]


def test_of_equals_what_positions_stake_themselves_on_comes_first():
    weak_tie = "bears_on: [{position: c-a, relation: supports}, {position: c-b, relation: disputes}]\n"
    claims = {"k": claim("s supports"), "a": claim("t supports", more=weak_tie)}
    assert chosen(claims, {"s": FIRST_HAND, "t": FIRST_HAND}) == ["k/e1", "a/e1"]


def test_a_maker_who_speaks_for_itself_comes_after_others_of_the_same_grade():
    """An official statement of a measurement is moderate; so is reporting of one: what nobody gains by comes first."""
    found = highlights(
        {"k": claim("maker supports", "paper disputes")},
        {"maker": MAKERS, "paper": FIRST_HAND.replace("peer-reviewed", "reporting")},
    )
    assert [(one.node, one.grade, one.is_first_hand) for one in found] == [
        ("k/e2", "moderate", True),
        ("k/e1", "moderate", False),
    ]


# Repeats


def test_a_work_and_a_side_of_a_claim_come_once_and_the_repeats_are_counted():
    claims = {"k": claim("s supports", "t supports", "u disputes"), "l": claim("s supports")}
    found = highlights(claims, {"s": FIRST_HAND, "t": FIRST_HAND, "u": FIRST_HAND})
    assert [(one.node, one.alike) for one in found] == [("k/e1", 1), ("k/e3", 0)]


def test_what_qualifies_a_claim_and_what_evidence_cannot_settle_is_left_out():
    assert chosen({"k": claim("s qualifies")}, {"s": FIRST_HAND}) == []
    assert chosen({"k": claim("s supports").replace("empirical\n", "normative\n")}, {"s": FIRST_HAND}) == []


# Each position has its best


def test_each_position_has_the_best_there_is_for_it_and_against_it():
    """Twenty strong items for A would fill the list: what there is on C comes in all the same."""
    claims = {f"k{at:02}": claim(f"s{at} supports") for at in range(20)} | {"k": claim("s0 supports")}
    claims["so"] = claim("news supports", "rumour disputes")
    sources = {f"s{at}": FIRST_HAND for at in range(20)} | {"news": SOURCE, "rumour": SOURCE}
    rests = "controversy: c\nletter: {}\nstatement: So.\nrests_on: [{}]\n"
    found = chosen(
        claims, sources, a=rests.format("A", ", ".join(id_ for id_ in claims if id_ != "so")), c=rests.format("C", "so")
    )
    assert len(found) == MOST
    assert {"so/e1", "so/e2"} < set(found)
    assert found[-2:] == ["so/e1", "so/e2"]


def test_a_ledger_without_evidence_has_no_highlights():
    assert chosen({"k": CLAIM}, {}) == []
