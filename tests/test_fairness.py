"""What each position is given, and where one stands apart from the others."""

from datetime import date
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, ledger_of

from ledger.analysis.fairness import Flag, Floor, Share, median, shares_of
from ledger.analysis.lazy import Lookup
from ledger.analysis.results import backings_of
from ledger.graph import Ledger

TODAY = date(2026, 1, 1)
POSITION = "controversy: c\nletter: {}\nstatement: It is so.\n"
SOURCE = "type: report\ntitle: Maps\nauthors: {}\nissued: {}\ntier: {}\nderived_from: []\n"
PERSON = "name: {}\ntype: {}\n"
STANCE = "stances: [{{id: s1, position: c-a, stance: {}, attested: [{{date: 2020, source: s}}]}}]\n"


def items(*pairs: str) -> str:
    """Evidence, each given as source and relation, with a quote after a third word."""
    made = ""
    for at, pair in enumerate(pairs, start=1):
        source, relation, *quote = pair.split()
        made += f"  - {{id: e{at}, source: {source}, relation: {relation}, shows: A., consulted: memory"
        made += f", quote: {quote[0]}}}\n" if quote else "}\n"
    return f"evidence:\n{made}"


FILES = {
    "controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\n",
    "positions/c-a.yml": POSITION.format("A") + "steelman: Its best case.\nrests_on: [k]\nrejects: [m]\n"
    "assessments: [{rating: low, by: ann, date: 2025-12-02, why: W.}]\nbody: Some more words.\n",
    "positions/c-b.yml": POSITION.format("B") + "rests_on: [m]\n",
    "claims/k.yml": CLAIM
    + items("s supports words", "t supports words", "t disputes", "u qualifies")
    + "searches: [{date: 2020, by: ann, for: more, where: [x], found: 0}]\n",
    "claims/m.yml": CLAIM + items("u disputes", "s supports"),
    "sources/s.yml": SOURCE.format("[{family: Ito, proponent: ito}]", "2025-12", "preprint"),
    "sources/t.yml": SOURCE.format("unknown", "2025-11-02", "peer-reviewed"),
    "sources/u.yml": SOURCE.format("unknown", "2025", "peer-reviewed"),
    "proponents/ito.yml": PERSON.format("Ito", "person") + STANCE.format("leans"),
}


def service(changed: dict[str, str]) -> dict[str, Share]:
    return {one.position: one for one in shares(ledger_of(FILES | changed, as_of=TODAY), {"k/e1"})}


def shares(ledger: Ledger, checked: set[str], factor: int = 2) -> tuple[Share, ...]:
    backings = Lookup(lambda claim: backings_of(ledger, claim), tuple)
    return shares_of(ledger, "c", backings, checked, Fraction(factor))


def test_what_speaks_for_a_position_computed_by_hand():
    """s reports t; u reviews x and y, which share an author with nobody: three works, two that are not tied."""
    derived = {
        "sources/s.yml": FILES["sources/s.yml"].replace("[]", "[{source: t, how: reports}]"),
        "sources/u.yml": FILES["sources/u.yml"].replace("[]", "[{source: x, how: reviews}, {source: y, how: reviews}]"),
        **{f"sources/{id_}.yml": SOURCE.format("unknown", "2020", "dataset") for id_ in "xy"},
    }
    backing = service(derived)["c-a"]
    assert (backing.items, backing.sources, backing.works, backing.teams) == (3, 3, 3, 2)
    assert (backing.quoted, backing.verified, backing.verified_share) == (2, 1, Fraction(1, 3))
    assert (backing.own_words, backing.own_words_share) == (1, Fraction(1, 3))
    assert backing.tiers == {"peer-reviewed": 2, "preprint": 1}


def test_works_by_one_author_are_one_team():
    by_roe = {f"sources/{id_}.yml": SOURCE.format("[{literal: Roe}]", "2020", "dataset") for id_ in "tu"}
    assert [(one.works, one.teams) for one in service(by_roe).values()] == [(3, 2), (1, 1)]


def test_floors_are_named_even_where_they_are_missed_by_every_position():
    """Two positions that rest on nothing and have nobody: both lack all five, and no figure stands apart."""
    bare = {f"positions/c-{letter}.yml": POSITION.format(letter.upper()) for letter in "ab"}
    bare["proponents/ito.yml"] = PERSON.format("Ito", "person")
    for one in service(bare).values():
        assert one.floors == get_args(Floor)
        assert one.flags == ()


def test_what_a_position_has_is_no_floor():
    """A has a holder, a best case, a quote that can be checked and three teams; nobody looked against it."""
    assert service({})["c-a"].floors == ("no-search",)


@pytest.mark.parametrize(
    ("claim", "side", "floors"),
    [("k", "against", ()), ("k", "for", ("no-search",)), ("m", "for", ()), ("m", "against", ("no-search",))],
)
def test_a_search_counts_for_a_position_if_it_looked_for_what_speaks_against_it(claim: str, side: str, floors: Any):
    """A rests on k and rejects m: what speaks for m speaks against A."""
    text = FILES[f"claims/{claim}.yml"].partition("searches")[0]
    searched = f"searches: [{{date: 2020, by: ann, for: more, where: [x], found: 0, side: {side}}}]\n"
    found = service({f"claims/{claim}.yml": text + searched})["c-a"]
    assert (found.floors, found.searches_against) == (floors, int(not floors))


def test_a_holder_without_a_record_of_its_own_is_a_holder():
    group = PERSON.format("The lab", "group") + STANCE.format("holds")
    assert "no-holder" not in service({"proponents/lab.yml": group + "members: [{name: Sue Roe}]\n"})["c-a"].floors


def test_the_median_age_takes_each_date_as_late_as_it_may_be():
    assert service({})["c-a"].median_age == 1
    assert service({"sources/u.yml": SOURCE.format("unknown", "2030", "preprint")})["c-a"].median_age == 1
    assert service({"sources/u.yml": SOURCE.format("unknown", "2025-11", "preprint")})["c-a"].median_age == 32


def test_the_rest_of_what_a_position_is_given():
    a, b = service({}).values()
    assert (a.words, a.steelman, a.assessed_days, a.holders, a.searches) == (9, True, 30, ("ito",), 1)
    assert (b.words, b.steelman, b.assessed_days, b.holders, b.searches) == (3, False, None, (), 0)


def test_figures_are_compared_with_the_median_of_the_other_positions():
    a, b = service({}).values()
    assert [(flag.measure, flag.word, flag.value, flag.median) for flag in b.flags] == [
        ("items", "low", 1, 3),
        ("sources", "low", 1, 3),
        ("works", "low", 1, 3),
        ("teams", "low", 1, 3),
        ("verified-share", "low", 0, Fraction(1, 3)),
        ("own-words-share", "low", 0, Fraction(1, 3)),
        ("words", "low", 3, 9),
        ("holders", "low", 0, 1),
        ("searches", "low", 0, 1),
        ("steelman", "missing", 0, 1),
    ]
    assert {flag.word for flag in a.flags} == {"high"}


def test_twice_as_much_is_not_yet_apart():
    files = {
        "positions/c-a.yml": POSITION.format("A") + "rests_on: [k]\n",
        "positions/c-b.yml": POSITION.format("B") + "rests_on: [m]\n",
        "claims/k.yml": CLAIM + items("t supports", "u supports"),
        "claims/m.yml": CLAIM + items("t supports"),
    }
    a, b = service(files).values()
    assert "items" not in {flag.measure for flag in (*a.flags, *b.flags)}


def test_positions_that_are_given_the_same_are_not_flagged():
    files = {f"positions/c-{letter}.yml": POSITION.format(letter.upper()) + "rests_on: [k]\n" for letter in "ab"}
    files["proponents/ito.yml"] = PERSON.format("Ito", "person")
    assert [one.flags for one in service(files).values()] == [(), ()]


def test_one_position_alone_is_not_compared():
    files = {"positions/c-b.yml": POSITION.format("B") + "withdrawn: {date: 2020, why: W.}\n"}
    assert [one.flags for one in service(files).values()] == [()]


@pytest.mark.parametrize(("stance", "holders"), [("holds", ("ito",)), ("rejects", ()), ("left", ())])
def test_only_those_who_hold_a_position_or_lean_to_it_are_its_holders(stance: str, holders: tuple[str, ...]):
    found = service({"proponents/ito.yml": PERSON.format("Ito", "person") + STANCE.format(stance)})["c-a"]
    assert found.holders == holders
    assert found.own_words == len(holders)


@pytest.mark.parametrize(
    ("stances", "holders"),
    [
        ("left 2001, holds 2005", ("ito",)),
        ("holds 2001, rejects 2005", ()),
        ("holds 2001, left 2005, leans ../2009", ("ito",)),
        ("left 2001, holds 2001-05", ("ito",)),
        ("left 2001, holds 2001", ()),
    ],
)
def test_the_newest_attested_stance_decides_and_on_the_same_day_having_left(stances: str, holders: tuple[str, ...]):
    said = ", ".join(
        f"{{id: s{at}, position: c-a, stance: {stance}, attested: [{{date: {day}, source: s}}]}}"
        for at, (stance, day) in enumerate(pair.split() for pair in stances.split(", "))
    )
    found = service({"proponents/ito.yml": PERSON.format("Ito", "person") + f"stances: [{said}]\n"})
    assert found["c-a"].holders == holders


def test_people_behind_a_group_without_a_record_are_named_and_so_is_a_group_of_nobody():
    group = PERSON.format("The lab", "group") + STANCE.format("holds")
    named = group + "members: [{id: ito}, {name: Sue Roe}]\n"
    assert service({"proponents/lab.yml": named})["c-a"].unregistered == ("Sue Roe",)
    assert service({"proponents/lab.yml": group})["c-a"].unregistered == ("lab",)


def test_an_item_that_supports_two_claims_of_a_position_counts_twice_and_its_source_once():
    files = {
        "positions/c-a.yml": POSITION.format("A") + "rests_on: [k, m]\n",
        "claims/k.yml": CLAIM + items("s supports"),
        "claims/m.yml": CLAIM + items("s supports"),
    }
    backing = service(files)["c-a"]
    assert (backing.items, backing.sources) == (2, 1)


def test_a_wider_factor_flags_less():
    ledger = ledger_of(FILES, as_of=TODAY)
    (_, b) = shares(ledger, set(), 4)
    assert b.flags == (
        Flag("own-words-share", "low", Fraction(0), Fraction(1, 3)),
        Flag("holders", "low", Fraction(0), Fraction(1)),
        Flag("searches", "low", Fraction(0), Fraction(1)),
        Flag("steelman", "missing", Fraction(0), Fraction(1)),
    )


@given(st.lists(st.fractions(), min_size=1))
def test_as_many_values_are_below_the_median_as_above_it(values: list[Fraction]):
    middle = median(values)
    assert middle is not None
    assert abs(sum(value < middle for value in values) - sum(value > middle for value in values)) < len(values)
    assert min(values) <= middle <= max(values)
