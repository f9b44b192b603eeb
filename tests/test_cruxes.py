"""Computed cruxes: which claims move the positions of a controversy apart, and how far."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, ledger_of

from ledger.analysis.bearing import CARRIES, read_bearing
from ledger.analysis.cruxes import Crux, Cruxes, cruxes_of

FRAME = {"controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\n"}


def position(letter: str, **claims: list[str]) -> dict[str, str]:
    lists = "".join(f"{name}: [{', '.join(ids)}]\n" for name, ids in claims.items())
    return {f"positions/c-{letter.lower()}.yml": f"controversy: c\nletter: {letter}\nstatement: Yes.\n{lists}"}


def claim(id_: str, bears: str = "", type_: str = "empirical", **relations: str) -> dict[str, str]:
    """A claim with relations, given as the other claim's id and the relation's name."""
    items = ", ".join(f"{{claim: {other}, type: {relation}}}" for other, relation in relations.items())
    text = CLAIM.replace("empirical", type_) + (f"relations: [{items}]\n" if items else "")
    return {f"claims/{id_}.yml": text + (f"bears_on: [{bears}]\n" if bears else "")}


def cruxes(files: dict[str, str]) -> Cruxes:
    ledger = ledger_of(FRAME | files)
    return cruxes_of(ledger, read_bearing(ledger), "c")


def moves(crux: Crux) -> dict[str, tuple[Fraction, Fraction]]:
    return {move.position: (move.if_true, move.if_false) for move in crux.moves}


BY_HAND = {
    **position("A", rests_on=["fork", "shared"]),
    **position("B", rejects=["fork"], rests_on=["shared"]),
    **position("C"),
    **claim("fork", bears="{position: c-c, relation: disputes}"),
    **claim("shared"),
    **claim("behind", fork="supports"),
    **claim("further", behind="disputes"),
    **claim("too-far", further="supports"),
}


def test_the_cruxes_computed_by_hand():
    found = cruxes(BY_HAND)
    assert [(crux.claim, crux.helped, crux.hurt, crux.pairs, crux.apart) for crux in found.of_fact] == [
        ("fork", 1, 2, 3, Fraction(7, 12)),
        ("behind", 1, 2, 3, Fraction(7, 24)),
        ("further", 2, 1, 3, Fraction(7, 48)),
    ]
    fork, behind, further = found.of_fact
    assert moves(fork) == {"c-a": (1, -1), "c-b": (-1, 1), "c-c": (Fraction(-1, 2), Fraction(1, 2))}
    assert moves(behind) == {
        "c-a": (Fraction(1, 2), Fraction(-1, 2)),
        "c-b": (Fraction(-1, 2), Fraction(1, 2)),
        "c-c": (Fraction(-1, 4), Fraction(1, 4)),
    }
    assert moves(further) == {
        "c-a": (Fraction(-1, 4), Fraction(1, 4)),
        "c-b": (Fraction(1, 4), Fraction(-1, 4)),
        "c-c": (Fraction(1, 8), Fraction(-1, 8)),
    }


def test_a_claim_that_all_positions_share_is_no_crux():
    assert "shared" not in {crux.claim for crux in cruxes(BY_HAND).of_fact}


def test_cruxes_of_meaning_and_value_have_a_list_of_their_own():
    found = cruxes(BY_HAND | claim("fork", type_="definitional") | claim("behind", type_="normative", fork="supports"))
    assert [crux.claim for crux in found.of_meaning] == ["fork", "behind"]
    assert [crux.claim for crux in found.of_fact] == ["further"]


def test_a_claim_does_not_speak_for_itself_by_way_of_another():
    files = {
        **position("A", rests_on=["k"]),
        **position("B", rejects=["k"]),
        **claim("k", m="disputes"),
        **claim("m", k="supports"),
    }
    k, m = cruxes(files).of_fact
    assert (k.claim, moves(k)) == ("k", {"c-a": (1, -1), "c-b": (-1, 1)})
    assert (m.claim, moves(m)) == (
        "m",
        {"c-a": (Fraction(1, 2), Fraction(-1, 2)), "c-b": (Fraction(-1, 2), Fraction(1, 2))},
    )


def test_the_push_of_a_claim_ends_at_one():
    files = {
        **position("A", rests_on=["k", "m"]),
        **position("B", rejects=["k"]),
        **claim("k", m="supports"),
        **claim("m"),
    }
    assert moves(cruxes(files).of_fact[0])["c-a"] == (1, -1)


def test_two_words_for_one_tie_count_once():
    files = {
        **position("A", rests_on=["k"]),
        **position("B"),
        "positions/c-b.yml": "controversy: c\nletter: B\nstatement: No.\nobjections: [{text: No., claims: [k]}]\n",
        **claim("k", bears="{position: c-b, relation: disputes}"),
    }
    assert moves(cruxes(files).of_fact[0])["c-b"] == (Fraction(-1, 2), Fraction(1, 2))


def test_the_truth_of_what_is_needed_settles_nothing_but_its_falsehood_does():
    files = {
        **position("A", rests_on=["k"]),
        **position("B", rejects=["k"]),
        **claim("k", m="depends-on"),
        **claim("m"),
    }
    m = next(crux for crux in cruxes(files).of_fact if crux.claim == "m")
    assert moves(m) == {"c-a": (0, Fraction(-1, 2)), "c-b": (0, Fraction(1, 2))}
    assert [(move.position, move.swing) for move in m.moves] == [("c-a", Fraction(1, 4)), ("c-b", Fraction(-1, 4))]


def walked(ties: dict[tuple[str, str], str], relations: dict[tuple[str, str], str], letter: str, claim: str, held: int):
    """The same push, by following every walk of at most two relations from the claim."""

    def steps(start: str, now: int):
        for (one, other), relation in relations.items():
            there, back = CARRIES[relation]
            ends = [(other, there)] * (one == start) + [(one, back)] * (other == start)
            yield from ((end, signs[now < 0]) for end, signs in ends if signs[now < 0])

    def at(end: str, now: int) -> int:
        return {"rests_on": now, "rejects": -now}.get(ties.get((letter, end), ""), 0)

    pushes = [Fraction(at(claim, held))]
    for first, now in steps(claim, held):
        pushes.append(Fraction(at(first, now), 2))
        pushes += [Fraction(at(second, then), 4) for second, then in steps(first, now) if second != claim]
    return max(-1, min(1, sum(pushes)))


RELATIONS = st.dictionaries(
    st.tuples(st.sampled_from("klmn"), st.sampled_from("klmn")).filter(lambda pair: pair[0] != pair[1]),
    st.sampled_from(sorted(CARRIES)),
    max_size=8,
)
TIES = st.dictionaries(
    st.tuples(st.sampled_from("ABC"), st.sampled_from("klmn")), st.sampled_from(["rests_on", "rejects"])
)


@given(RELATIONS, TIES)
def test_a_crux_moves_positions_as_far_as_every_walk_followed_one_by_one_says(
    relations: dict[tuple[str, str], str], ties: dict[tuple[str, str], str]
):
    files = {}
    for letter in "ABC":
        lists = {
            way: [k for (of, k), said in ties.items() if (of, said) == (letter, way)] for way in ("rests_on", "rejects")
        }
        files |= position(letter, **{way: ids for way, ids in lists.items() if ids})
    for id_ in "klmn":
        files |= claim(id_, **{other: relation for (start, other), relation in relations.items() if start == id_})
    found = cruxes(files).of_fact
    assert [crux.apart for crux in found] == sorted((crux.apart for crux in found), reverse=True)
    for crux in found:
        assert 0 < crux.apart <= Fraction(2, 3)
        assert crux.helped
        assert crux.hurt
        for letter in "ABC":
            expected = tuple(walked(ties, relations, letter, crux.claim, held) for held in (1, -1))
            assert moves(crux).get(f"c-{letter.lower()}", (0, 0)) == expected
