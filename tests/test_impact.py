"""The impact of a retraction: what changes with a source, single points of failure, what a status has changed."""

from typing import Any

import pytest
from hypothesis import Phase, assume, settings
from hypothesis import given as generated
from hypothesis import strategies as st
from rating_ledgers import LOOKED, item, ledger, rating, retold, said, second_hand, source
from rating_worlds import IDS, WORLDS, World

from ledger.analysis import Analysis, analyse, results
from ledger.analysis.impact import RetractionImpact
from ledger.analysis.verdicts import LEVELS

P = {f"p{n}": source() for n in range(3)}
FALLEN = {"status": "retracted", "status_date": "2026-01-05"}


def claim(*supporting: str, disputing: tuple[str, ...] = (), **fields: Any) -> dict[str, Any]:
    """A claim whose items are strong and seen, and which was looked into on both sides."""
    items = [*(item(id_) for id_ in supporting), *(item(id_, relation="disputes") for id_ in disputing)]
    numbered = [{"id": f"e{at}", **one} for at, one in enumerate(items, 1)]
    searches = [LOOKED, {**LOOKED, "side": "for"}]
    return {"statement": "It.", "type": "empirical", "evidence": numbered, "searches": searches, **fields}


def analysed(sources: dict[str, Any], claims: dict[str, Any], rests_on: str = "", **more: Any) -> Analysis:
    """A ledger of these claims beside `k`, which has nothing to lose."""
    records = {f"claims/{id_}.yml": fields for id_, fields in claims.items()}
    texts = {}
    if rests_on:
        answer = f"controversy: c\nletter: A\nstatement: It moves.\nrests_on: [{rests_on}]"
        texts = {
            "controversies/c.md": "---\ntitle: C\nquestion: Q?\nstatus: active\nopened: 2026-01-10\n---\n",
            "positions/c-a.md": f"---\n{answer}\n---\n",
        }
    return analyse(ledger(sources, [], more={**records, **more}, texts=texts))


def changes(found: Analysis, source_id: str) -> list[tuple[str, str, str]]:
    return [(one.claim, said(one.before), said(one.after)) for one in found.if_retracted(source_id).claims]


LR, R, W, NONE = "perhaps-true", "probably-true", "probably-false", ""


def test_the_claims_that_change_if_a_source_falls() -> None:
    """Three strong works or two are probably true alike; one leans; none is no evidence."""
    found = analysed(P, {"x": claim("p0", "p1", "p2"), "y": claim("p0", "p1"), "z": claim("p0")})
    assert changes(found, "p0") == [("y", R, LR), ("z", LR, NONE)]
    assert changes(found, "p1") == [("y", R, LR)]
    assert changes(found, "p2") == []


def test_what_a_review_or_report_rests_on_carries_it() -> None:
    """The report goes with its paper; the review of two works stands as long as one of them does."""
    sources = {
        **P,
        "report": second_hand(("reviews", "p0")),
        "review": second_hand(("reviews", "p1"), ("reviews", "p2")),
    }
    found = analysed(sources, {"x": claim("report", "review")})
    assert changes(found, "p0") == changes(found, "report") == changes(found, "review") == [("x", R, LR)]
    assert changes(found, "p1") == changes(found, "p2") == []


def test_a_review_of_which_most_has_fallen_is_worth_a_step_less() -> None:
    """p0 has fallen; if p1 does too, two of the three works behind the review are gone: it is moderate, as r is."""
    behind = (("reviews", "p0"), ("reviews", "p1"), ("reviews", "p2"))
    sources = {**P, "p0": source(**FALLEN), "review": second_hand(*behind), "q": source(tier="reporting")}
    found = analysed(sources, {"x": claim("review", "q")})
    assert changes(found, "p1") == [("x", R, LR)]


def test_data_carry_the_works_that_stand_on_them_alone_first_hand_or_not() -> None:
    on_d = {"derived_from": [{"source": "d", "how": "uses-data"}]}
    on_both = {"derived_from": [{"source": "d", "how": "uses-data"}, {"source": "c", "how": "uses-data"}]}
    sources = {"c": source(tier="dataset"), "d": source(tier="dataset"), "m": source(**on_d), "n": source(**on_d)}
    sources |= {"b": source(**on_both), "news": retold(("reports", "m"))}
    claims = {"both": claim("b"), "first": claim("m", "n"), "told": claim("news")}
    found = analysed(sources, claims)
    assert changes(found, "d") == [("first", LR, NONE), ("told", LR, NONE)]
    assert found.single_points == {"both": ("b",), "first": ("d",), "told": ("d", "m", "news")}


def test_data_that_have_fallen_take_all_with_them() -> None:
    """Case 10 and case 36 of the report: both analyses fall with their data set, or would."""
    on_d = {"derived_from": [{"source": "d", "how": "uses-data"}]}
    sources = {"d": source(tier="dataset", **FALLEN), "m": source(**on_d), "n": source(**on_d)}
    found = analysed(sources, {"x": claim("m", "n")})
    assert said(found.ratings["x"]) == NONE
    assert said(found.claims_changed["x"].before) == LR
    assert found.claims_changed["x"].sources == ("d",)


def test_what_a_source_says_itself_falls_with_it_where_all_that_it_retells_has_fallen() -> None:
    """`echo` only retells what was retracted, so no data of its own are left; its own words count until it falls."""
    sources = {"p0": source(**FALLEN), "echo": second_hand(("syndicates", "p0"))}
    sources["m"] = source(derived_from=[{"source": "echo", "how": "uses-data"}])
    own = claim("echo", "m")
    own["evidence"][0]["via"] = "own"
    found = analysed(sources, {"x": own})
    assert changes(found, "echo") == [("x", LR, NONE)]
    assert changes(found, "m") == []
    assert found.single_points == {"x": ("echo",)}


def test_a_retracted_version_takes_along_those_before_it() -> None:
    sources = {"a1": source(version_of="a2"), "a2": source(version_of="a3"), "a3": source()}
    found = analysed(sources, {"x": claim("a1")})
    assert changes(found, "a3") == changes(found, "a2") == changes(found, "a1") == [("x", LR, NONE)]


def test_what_an_item_retells_by_its_own_word_carries_it_too() -> None:
    """The article derives from nothing; only the item says where its content comes from."""
    found = analysed({**P, "n": source()}, {"x": {**claim(), "evidence": [{"id": "e1", **item("n", via="p0")}]}})
    assert changes(found, "p0") == changes(found, "n") == [("x", LR, NONE)]


def test_an_item_about_a_rival_carries_the_rivals_verdict() -> None:
    """What y cites against x is all that keeps x from being probably true."""
    rival = {**claim("p2"), "evidence": [{"id": "e1", **item("p2", about_rival="x")}]}
    found = analysed(P, {"x": claim("p0", "p1"), "y": rival})
    assert changes(found, "p2") == [("x", LR, R)]


def test_a_single_point_of_failure_carries_everything_on_its_side() -> None:
    sources = {**P, "a": second_hand(("reviews", "p0")), "b": second_hand(("reviews", "p0"))}
    found = analysed(sources, {"x": claim("a", "b"), "y": claim("a", "p1"), "z": claim("p1", "p0", disputing=("b",))})
    assert found.single_points == {"x": ("p0",)}


def test_two_sides_of_the_same_level_have_no_single_point() -> None:
    assert analysed(P, {"x": claim("p0", disputing=("p1",))}).single_points == {}


def test_a_position_changes_with_its_claims() -> None:
    found = analysed(P, {"x": claim("p0", "p1"), "y": claim("p1", "p2")}, "x, y")
    [moved] = found.if_retracted("p0").positions
    assert [(said(of.rating), of.claims) for of in moved.before.verdicts] == [(R, ("x", "y"))]
    assert [(said(of.rating), of.claims) for of in moved.after.verdicts] == [(R, ("y",)), (LR, ("x",))]
    assert (moved.before.weakest, moved.after.weakest) == (("x", "y"), ("x",))


def test_what_a_status_has_changed_already() -> None:
    sources = {**P, "p0": source(**FALLEN)}
    found = analysed(sources, {"x": claim("p0", "p1"), "y": claim("p1", "p2")}, "x, y")
    assert {id_: said(of) for id_, of in found.ratings.items()} == {"k": NONE, "x": LR, "y": R}
    assert {id_: (of.sources, said(of.before)) for id_, of in found.claims_changed.items()} == {"x": (("p0",), R)}
    [(position, changed)] = found.positions_changed.items()
    assert (position, changed.sources) == ("c-a", ("p0",))
    assert [(said(of.rating), of.claims) for of in changed.before.verdicts] == [(R, ("x", "y"))]


def test_a_correction_a_concern_and_a_newer_version_take_nothing_out() -> None:
    """Cases 40 and 41 of the report."""
    for status in ("corrected", "concern", "superseded"):
        sources = {**P, "p0": source(status=status, status_date="2026-01-05")}
        assert analysed(sources, {"x": claim("p0", "p1", "p2")}).claims_changed == {}


def test_a_withdrawn_claim_has_nothing_to_lose() -> None:
    found = analysed(P, {"x": claim("p0", withdrawn={"date": "2024", "why": "A double."})})
    assert (found.if_retracted("p0"), found.single_points) == (RetractionImpact((), ()), {})


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, falls=st.sampled_from(IDS))
def test_a_fall_is_what_the_status_would_do(drawn: Any, falls: str) -> None:
    """Loops, versions, data, reviews and all: the shortcut gives what marking the source and computing anew gives."""
    world = World(drawn)
    assume(world.sources[falls].get("status") != "withdrawn")  # nothing is said of what has gone
    before = world.ledger()
    told = [said(one.after) for one in results.if_retracted(before, falls).claims]
    alone = falls in results.single_points(before, "k")
    world.sources[falls] |= FALLEN
    after = rating(world.ledger())
    was = rating(before)
    assert told == ([] if after.short == was.short else [said(after)])
    heavier = max(was.evidence, key=lambda side: LEVELS.index(was.evidence[side]))
    if was.evidence["for"] != was.evidence["against"] and was.not_rated is None:
        assert alone == (after.evidence[heavier] == "none")


@generated(drawn=WORLDS)
def test_claims_are_the_same_whether_sources_are_followed_one_by_one_or_all_at_once(drawn: Any) -> None:
    one_by_one, at_once = World(drawn).ledger(), World(drawn).ledger()
    for id_ in IDS:
        assert results.claims_behind(one_by_one, id_) == results.claims_far_behind(at_once, id_)


@generated(drawn=WORLDS)
def test_origins_are_the_same_from_the_chains_of_one_source_and_of_all(drawn: Any) -> None:
    found = {}
    for most in (0, 100):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(results, "MOST_FOLLOWED", most)
            made = World(drawn).ledger()
            chains = {id_: results.chains_of(made, id_).live for id_ in IDS}
        origins = {id_: one.origins.get(id_, ()) for id_, one in chains.items()}
        ends = {(id_, end): chains[id_].ends[end] for id_ in IDS for end in origins[id_]}
        found[most] = origins, ends
    assert found[0] == found[100]
