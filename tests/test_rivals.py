"""The matrix of competing positions: its cells, its order, and what speaks against each position."""

from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, ledger_of

from ledger.analysis.rivals import Rivals, Way, rivals_of

POSITION = "controversy: c\nletter: {}\nstatement: Yes.\n"
FRAME = {"controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\n"}
SOURCE = "type: report\ntitle: Maps\nauthors: unknown\nissued: 1999\ntier: peer-reviewed\n"
SOURCE += "first_hand: true\nderived_from: []\n"
ITEM = (
    "  - {{id: e{}, source: {}, relation: {}, shows: A., consulted: full-text, directness: {}, basis: empirical{}}}\n"
)
WEAK = "analogy"


def position(letter: str, more: str = "", **claims: list[str]) -> dict[str, str]:
    lists = "".join(f"{name}: [{', '.join(ids)}]\n" for name, ids in claims.items())
    return {f"positions/c-{letter.lower()}.yml": POSITION.format(letter) + lists + more}


def claim(
    id_: str, *relations: str, more: str = "", type_: str = "empirical", directness: str = "direct", **fields: str
) -> dict[str, str]:
    """A claim with an item for each relation, on a strong source of its own, `k-1`; `supports:s` is on source `s`."""
    found, items = {}, ""
    for at, written in enumerate(relations, start=1):
        relation, _, source = written.partition(":")
        source = source or f"{id_}-{at}"
        extra = "".join(f", {name}: {value}" for name, value in fields.items())
        items += ITEM.format(at, source, relation, directness, extra)
        found[f"sources/{source}.yml"] = SOURCE
    text = CLAIM.replace("empirical", type_) + more
    return {**found, f"claims/{id_}.yml": text + (f"evidence:\n{items}" if items else "")}


def related(other: str, type_: str) -> str:
    return f"relations: [{{claim: {other}, type: {type_}}}]\n"


def rivals(files: dict[str, str]) -> Rivals:
    return rivals_of(ledger_of(FRAME | files), "c")


def verdicts(found: Rivals) -> dict[str, list[str]]:
    return {row.work: [cell.verdict for cell in row.cells] for row in found.rows}


def against(found: Rivals) -> list[dict[str, tuple[str, ...]]]:
    return [{grade: works for grade, works in one.against.items() if works} for one in found.standings]


BY_HAND = {
    **position("A", rests_on=["k1", "k2", "k4"], rejects=["k3"]),
    **position("B", rests_on=["k4"], rejects=["k1"]),
    **position("C", rests_on=["k3", "k4"]),
    **claim("k1", "supports", "disputes"),
    **claim("k2", "supports", more="bears_on: [{position: c-b, relation: disputes}]\n"),
    **claim("k3", "supports", directness="indirect"),
    **claim("k4", "supports"),
}


def test_the_matrix_computed_by_hand():
    """First what tells positions apart by strong ties, by grade: k1-1 and k1-2, then the moderate k3-1. k2-1 speaks
    against B by a weak tie alone. k4-1 is consistent with all three and tells nothing."""
    found = rivals(BY_HAND)
    assert [(row.work, row.strong, row.grade, row.apart, row.pairs) for row in found.rows] == [
        ("k1-1", True, "strong", 1, 3),
        ("k1-2", True, "strong", 1, 3),
        ("k3-1", True, "moderate", 1, 3),
        ("k2-1", False, "strong", 1, 3),
        ("k4-1", False, "strong", 0, 3),
    ]
    assert verdicts(found) == {
        "k1-1": ["consistent", "inconsistent", "untested"],
        "k1-2": ["inconsistent", "consistent", "untested"],
        "k3-1": ["inconsistent", "untested", "consistent"],
        "k2-1": ["consistent", "inconsistent", "untested"],
        "k4-1": ["consistent", "consistent", "consistent"],
    }


def test_how_each_position_fares_computed_by_hand():
    """Of the four telling works A was tested by all, B by three, C by one: fewer than half."""
    found = rivals(BY_HAND)
    assert against(found) == [{"strong": ("k1-2",), "moderate": ("k3-1",)}, {"strong": ("k1-1",)}, {}]
    assert [(one.tested, one.telling, one.untested) for one in found.standings] == [
        (4, 4, False),
        (3, 4, False),
        (1, 4, True),
    ]


def test_exactly_half_is_enough():
    """Without k2 and what disputes k1 two works are left that tell, and C was tested by one of them."""
    c = rivals({**BY_HAND, **claim("k1", "supports"), **claim("k2")}).standings[2]
    assert (c.tested, c.telling, c.untested) == (1, 2, False)


def test_a_work_is_one_row_and_speaks_once_whatever_its_number_of_items_and_claims():
    files = {
        **position("A", rests_on=["k", "m"]),
        **position("B", rejects=["k", "m"]),
        **claim("k", "disputes:s", "disputes:s"),
        **claim("m", "disputes:s"),
    }
    found = rivals(files)
    assert [(row.work, row.items) for row in found.rows] == [("s", ("k/e1", "k/e2", "m/e1"))]
    assert against(found) == [{"strong": ("s",)}, {}]


def test_a_work_that_speaks_for_a_position_by_one_claim_and_against_it_by_another_is_mixed_and_counts_against_it():
    files = {
        **position("A", rests_on=["k", "m"]),
        **position("B", rests_on=["k"]),
        **claim("k", "supports:s"),
        **claim("m", "disputes:s"),
    }
    found = rivals(files)
    assert verdicts(found) == {"s": ["mixed", "consistent"]}
    assert against(found) == [{"strong": ("s",)}, {}]


def test_a_weak_tie_speaks_against_no_position_and_a_strong_one_does():
    weak = "bears_on: [{position: c-b, relation: disputes}]\n"
    strong = "bears_on: [{position: c-b, relation: disputes, strength: strong, why: So.}]\n"
    frame = {**position("A", rests_on=["k"]), **position("B")}
    assert against(rivals({**frame, **claim("k", "supports", more=weak)})) == [{}, {}]
    assert against(rivals({**frame, **claim("k", "supports", more=strong)})) == [{}, {"strong": ("k-1",)}]


def test_weak_works_stand_apart_from_strong_ones_and_do_not_add_up():
    files = {
        **position("A", rests_on=["k"]),
        **position("B", rejects=["k"]),
        **claim("k", "disputes"),
        **claim("m", *["disputes"] * 5, directness=WEAK, more=related("k", "restates")),
    }
    files |= position("A", rests_on=["k", "m"])
    assert against(rivals(files))[0] == {"strong": ("k-1",), "weak": ("m-1", "m-2", "m-3", "m-4", "m-5")}


def test_an_item_that_qualifies_is_neutral_and_one_that_only_mentions_is_no_row():
    files = {**position("A", rests_on=["k"]), **position("B"), **claim("k", "qualifies", "mentions")}
    found = rivals(files)
    assert verdicts(found) == {"k-1": ["neutral", "untested"]}
    assert [one.untested for one in found.standings] == [True, True]


def test_an_item_bears_on_a_position_by_one_further_claim():
    """That is no strong tie of its own."""
    files = {
        **position("A", rests_on=["k"]),
        **position("B", rejects=["k"]),
        **claim("k"),
        **claim("m", "supports", more=related("k", "disputes")),
    }
    found = rivals(files)
    assert verdicts(found) == {"m-1": ["inconsistent", "consistent"]}
    assert found.rows[0].cells[0].ways == (
        Way("m", "disputes", backward=False, onto="k", edge="rests_on", sign=-1, strong=False),
    )
    assert against(found) == [{}, {}]


def test_what_refutes_an_argument_speaks_for_neither_side():
    files = {
        **position("A", rests_on=["k"]),
        **position("B", more="objections: [{text: No., claims: [o]}]\n"),
        **claim("k"),
        **claim("m", "disputes", more="bears_on: [{position: c-a, relation: supports}]\n"),
        **claim("n", "disputes", more=related("k", "supports")),
        **claim("o", "disputes"),
        **claim("p", "disputes", more=related("k", "disputes")),
    }
    assert verdicts(rivals(files)) == {
        "m-1": ["neutral", "untested"],
        "n-1": ["neutral", "untested"],
        "o-1": ["untested", "neutral"],
        "p-1": ["neutral", "untested"],
    }


def test_what_refutes_a_claim_refutes_the_one_that_says_the_same():
    files = {
        **position("A", rests_on=["k"]),
        **position("B", rejects=["k"]),
        **claim("k"),
        **claim("m", "disputes", more=related("k", "restates")),
    }
    assert verdicts(rivals(files)) == {"m-1": ["inconsistent", "consistent"]}


def test_two_claims_between_are_too_far():
    files = {
        **position("A", rests_on=["k"]),
        **claim("k"),
        **claim("m", more=related("k", "supports")),
        **claim("n", "supports", more=related("m", "supports")),
    }
    assert rivals(files).rows == ()


def test_a_direct_tie_leaves_no_say_to_one_by_another_claim():
    files = {
        **position("A", rests_on=["k", "m"]),
        **claim("k"),
        **claim("m", "supports", more=related("k", "disputes")),
    }
    found = rivals(files)
    assert verdicts(found) == {"m-1": ["consistent"]}
    assert [way.relation for way in found.rows[0].cells[0].ways] == [None]


def test_ways_that_disagree_are_mixed():
    both = "relations: [{claim: k, type: supports}, {claim: n, type: disputes}]\n"
    files = {
        **position("A", rests_on=["k", "n"]),
        **position("B", rests_on=["k"]),
        **position("C", rejects=["k"]),
        **claim("k"),
        **claim("n"),
        **claim("m", "supports", more=both),
    }
    assert verdicts(rivals(files)) == {"m-1": ["mixed", "consistent", "inconsistent"]}


def test_a_dependency_carries_harm_to_the_claim_that_needs_it_and_nothing_else():
    files = {
        **position("A", rests_on=["k"]),
        **claim("k", more=related("m", "depends-on")),
        **claim("m", "supports", "disputes"),
    }
    assert verdicts(rivals(files)) == {"m-1": ["neutral"], "m-2": ["inconsistent"]}


def test_an_item_about_a_rival_counts_against_that_rival_and_for_nothing():
    files = {
        **position("A", rests_on=["k"]),
        **position("B", rests_on=["r"]),
        **claim("k", "supports", about_rival="r"),
        **claim("r"),
    }
    found = rivals(files)
    assert [(row.work, row.items) for row in found.rows] == [("k-1", ("k/e1",))]
    assert verdicts(found) == {"k-1": ["untested", "inconsistent"]}
    assert against(found) == [{}, {"strong": ("k-1",)}]


def test_what_evidence_does_not_settle_and_what_is_about_the_positions_is_no_evidence_between_them():
    frame = {**position("A", rests_on=["k"]), **position("B", rejects=["k"])}
    for type_ in ("normative", "definitional"):
        assert rivals({**frame, **claim("k", "supports", type_=type_)}).rows == ()
    assert rivals({**frame, **claim("k", "supports", more="about_positions: true\n")}).rows == ()


def test_what_has_fallen_is_no_row():
    files = {**position("A", rests_on=["k"]), **position("B", rejects=["k"]), **claim("k", "supports", "disputes")}
    files["sources/k-2.yml"] = SOURCE + "status: retracted\n"
    found = rivals(files)
    assert [row.work for row in found.rows] == ["k-1"]
    assert against(found) == [{}, {"strong": ("k-1",)}]


SIGNS = st.sampled_from(["rests_on", "rejects", ""])
ITEMS = st.sampled_from(["supports", "disputes", "qualifies"])
DIRECTNESS = st.sampled_from(["direct", "indirect", "analogy"])
MATRICES = st.lists(st.tuples(st.lists(SIGNS, min_size=3, max_size=3), ITEMS, DIRECTNESS), max_size=6)
Rows = list[tuple[list[str], str, str]]


def made(rows: Rows, padding: int = 0) -> Rivals:
    """Three positions, and for each row a claim with one item; `padding`: claims that have weak ties to the first."""
    files: dict[str, str] = {}
    for at, letter in enumerate("ABC"):
        ties: dict[str, list[str]] = {}
        for number, (row, _, _) in enumerate(rows):
            if row[at]:
                ties.setdefault(row[at], []).append(f"k{number}")
        files |= position(letter, **ties)
    for number, (_, relation, directness) in enumerate(rows):
        files |= claim(f"k{number}", relation, directness=directness)
    for number in range(padding):
        weak = "bears_on: [{position: c-a, relation: supports}, {position: c-b, relation: disputes}]\n"
        files |= claim(f"w{number}", "supports", more=weak)
    return rivals(files)


@given(MATRICES, DIRECTNESS)
def test_an_item_that_is_consistent_with_all_changes_no_standing(rows: Rows, directness: str):
    more = [*rows, (["rests_on"] * 3, "supports", directness)]
    assert made(more).standings == made(rows).standings


@given(MATRICES, st.integers(1, 5))
def test_padding_changes_nothing_that_is_said_against_a_position(rows: Rows, padding: int):
    assert against(made(rows, padding)) == against(made(rows))


@given(MATRICES)
def test_a_position_is_untested_if_and_only_if_less_than_half_of_what_tells_has_tested_it(rows: Rows):
    found = made(rows)
    for at, one in enumerate(found.standings):
        tested = [row.cells[at].verdict for row in found.rows if row.apart]
        assert one.telling == len(tested)
        assert one.tested == sum(verdict in {"consistent", "inconsistent", "mixed"} for verdict in tested)
        assert one.untested == (one.tested == 0 or one.tested * 2 < one.telling)
