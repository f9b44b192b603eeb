"""What holds of every rating, whatever the ledger: chains, loops, versions, replications, retractions."""

import random
from collections import Counter
from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import Phase, assume, settings
from hypothesis import given as generated
from hypothesis import strategies as st
from rating_ledgers import ITEM, LOOKED, SEARCH, item, ledger, rating, source
from rating_worlds import HOWS, IDS, ITEMS, PEOPLE, WORLDS, World, ends_of, item_of, level

from ledger.analysis import ratings, results, verdicts
from ledger.analysis.grades import MODERATE
from ledger.analysis.ratings import Rating
from ledger.analysis.rivals import Standing, rivals_of
from ledger.analysis.verdicts import LEVELS, OPEN, WORDS, Looked
from ledger.analysis.works import Work, largest_choice
from ledger.graph import Ledger

TIED = st.lists(
    st.tuples(st.sampled_from(("z-a", "z-b", "y-a")), st.sampled_from(("supports", "disputes")), st.booleans()),
    max_size=3,
    unique_by=lambda one: one[0],
)


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, added=ITEMS, as_rival=st.booleans())
def test_no_item_against_a_claim_raises_its_verdict(
    drawn: Any,
    added: Any,
    as_rival: bool,  # noqa: FBT001
) -> None:
    """One of its own, or one of another claim of which it is a rival."""
    world = World(drawn)
    before = world.ends()
    if as_rival:
        world.rivals.append({**item_of(added), "about_rival": "k"})
    else:
        world.items.append(item_of({**added, "relation": "disputes"}))
    after = world.ends()
    if before and after:
        assert after[1] <= before[1]
        assert before[0] != before[1] or after[0] <= before[0] or after[1] <= before[1]


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, added=ITEMS)
def test_no_item_for_a_claim_lowers_its_verdict(drawn: Any, added: Any) -> None:
    world = World(drawn)
    before = world.ends()
    world.items.append(item_of({**added, "relation": "supports"}))
    after = world.ends()
    if before and after:
        assert after[0] >= before[0] or after[1] >= before[1] > OPEN or after == (OPEN, OPEN)


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, added=ITEMS)
def test_a_further_item_never_lowers_its_side(drawn: Any, added: Any) -> None:
    world = World(drawn)
    relation = added["relation"] if added["relation"] in ("supports", "disputes") else "supports"
    before = world.rating()
    world.items.append(item_of({**added, "relation": relation}))
    assert level(world.rating(), relation) >= level(before, relation)


@settings(phases=(Phase.generate,))
@generated(number=st.integers(1, 40))
def test_weak_items_never_lift_a_side_above_weak(number: int) -> None:
    posts = {f"t{n}": source(tier="social") for n in range(number)}
    found = rating(ledger(posts, [item(id_, basis="opinion") for id_ in posts]))
    assert found.evidence["for"] == "weak"


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, weak=st.lists(ITEMS, min_size=1, max_size=9), side=st.sampled_from(("supports", "disputes")))
def test_no_number_of_weak_items_lifts_a_side_above_what_it_had_or_weak(drawn: Any, weak: Any, side: str) -> None:
    world = World(drawn)
    before = level(world.rating(), side)
    for at, one in enumerate(weak):
        world.sources[f"w{at}"] = source(tier="social")
        world.items.append({**item_of({**one, "relation": side}), "source": f"w{at}"})
    assert level(world.rating(), side) <= max(before, LEVELS.index("weak"))


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS)
def test_calling_disputes_qualifications_gains_one_step_at_most(drawn: Any) -> None:
    world = World(drawn)
    before = world.rating()
    world.items = [{**one, "relation": "qualifies"} if one["relation"] == "disputes" else one for one in world.items]
    after = world.rating()
    then, now = ends_of(before), ends_of(after)
    if then and now:
        assert now[1] - then[1] <= 1


def solid(works: list[Work]) -> int:
    """How many works of a side are moderate or better."""
    return largest_choice([one for one in works if one.grade >= MODERATE], by_team=False)


@settings(phases=(Phase.generate,))
@generated(
    support=st.lists(st.tuples(st.booleans(), st.sampled_from("ABC")), min_size=1, max_size=6),
    dispute=st.lists(st.tuples(st.booleans(), st.sampled_from("DE")), min_size=1, max_size=5),
    searched=st.booleans(),
)
def test_it_gains_none_where_they_are_many_and_make_less_than_medium_evidence(
    support: Any,
    dispute: Any,
    searched: bool,  # noqa: FBT001
) -> None:
    """More than one for three works that support it. Works are strong or moderate, and tied by their authors."""
    sides = {"supports": support, "disputes": dispute}
    sources = {
        f"{side[0]}{at}": source(authors=[{"literal": author}])
        for side, works in sides.items()
        for at, (_, author) in enumerate(works)
    }
    items = [
        item(f"{side[0]}{at}", relation=side, directness="direct" if is_strong else "indirect")
        for side, works in sides.items()
        for at, (is_strong, _) in enumerate(works)
    ]
    searches = [LOOKED] if searched else []
    before = ledger(sources, items, searches=searches)
    works = ratings.rate(results.input_of(before, "k"))[1]
    assume(3 * solid(list(works.dispute)) > solid(list(works.support)))
    assume(level(rating(before), "disputes") < LEVELS.index("medium"))
    renamed = [{**one, "relation": "qualifies"} if one["relation"] == "disputes" else one for one in items]
    then, now = ends_of(rating(before)), ends_of(rating(ledger(sources, renamed, searches=searches)))
    assert then
    assert now
    assert now[1] <= then[1]


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, which=st.sampled_from(IDS), ancestor=st.sampled_from(IDS), how=st.sampled_from(HOWS))
def test_another_ancestor_never_adds_a_work(drawn: Any, which: str, ancestor: str, how: str) -> None:
    """Unless an item of which all had fallen that it went back to has something to stand on again."""
    world = World(drawn)
    changed = world.sources[which]
    if changed.get("first_hand") or how in ("replicates", "replies") or ancestor == which:
        return
    before = world.rating()
    known = [] if changed["derived_from"] == "unknown" else changed["derived_from"]
    changed["derived_from"] = [*(one for one in known if one["source"] != ancestor), {"source": ancestor, "how": how}]
    after = world.rating()
    if counting(after) <= counting(before):
        assert after.counts.works <= before.counts.works


def counting(found: Rating) -> set[str]:
    """The items that count."""
    return {one.id for one in found.items if one.counts == "counts"}


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, which=st.sampled_from(IDS), ancestor=st.sampled_from(IDS))
def test_calling_a_report_first_hand_never_adds_a_work(drawn: Any, which: str, ancestor: str) -> None:
    world = World(drawn)
    if ancestor == which:
        return
    changed = world.sources[which]
    changed["derived_from"] = [{"source": ancestor, "how": "reports"}]
    changed.pop("first_hand", None)
    before = world.rating().counts.works
    changed["first_hand"] = True
    assert world.rating().counts.works == before


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, which=st.sampled_from(IDS), later=st.sampled_from(IDS))
def test_to_call_a_source_a_version_of_another_never_adds_a_work_or_a_team(drawn: Any, which: str, later: str) -> None:
    world = World(drawn)
    if later == which or "version_of" in world.sources[which]:
        return
    before = world.rating()
    world.sources[which]["version_of"] = later
    after = world.rating()
    assert counting(after) <= counting(before)
    assert after.counts.works <= before.counts.works
    assert after.counts.teams <= before.counts.teams


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, side=st.sampled_from(("supports", "disputes")))
def test_a_second_report_of_one_work_changes_nothing(drawn: Any, side: str) -> None:
    world = World(drawn)
    world.sources |= {
        f"r{n}": {**source(tier="reporting"), "derived_from": [{"source": "s0", "how": "reports"}]} for n in (1, 2)
    }
    world.items.append(item("r1", relation=side, basis="reporting"))
    before = world.rating()
    world.items.append(item("r2", relation=side, basis="reporting"))
    after = world.rating()
    assert (after.short, after.evidence) == (before.short, before.evidence)
    assert (after.counts.works, after.counts.teams) == (before.counts.works, before.counts.teams)


LEFT_OUT = ("directness", "basis", "quote", "quote_role", "correction")


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, at=st.integers(0, 6), field=st.sampled_from(LEFT_OUT))
def test_leaving_out_never_helps_the_side_of_an_item(drawn: Any, at: int, field: str) -> None:
    world = World(drawn)
    one = world.items[at % len(world.items)]
    if one["relation"] not in ("supports", "disputes"):
        return
    before = world.rating()
    one.pop(field, None)
    assert level(world.rating(), one["relation"]) <= level(before, one["relation"])


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, found=st.integers(0, 3))
def test_a_search_that_is_not_for_the_other_side_never_helps(drawn: Any, found: int) -> None:
    world = World(drawn)
    before = world.ends()
    world.searches = [*world.searches, {**SEARCH, "found": found}, *([{**LOOKED, "found": found}] if found else [])]
    assert world.ends() == before


STATUSES = ("retracted", "retracted", "withdrawn", "concern", "corrected")


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, which=st.sampled_from(IDS), status=st.sampled_from(STATUSES))
def test_a_retraction_or_a_doubt_never_helps_the_side_that_a_work_stood_on(drawn: Any, which: str, status: str) -> None:
    world = World(drawn)
    if world.sources[which].get("status", "superseded") != "superseded":
        return
    before = world.rating()
    world.sources[which] |= {"status": status, "status_date": "2026-01-05"}
    after = world.rating()
    for side in ("supports", "disputes"):
        assert level(after, side) <= level(before, side)


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, seed=st.integers(0, 1000))
def test_the_order_of_items_changes_nothing(drawn: Any, seed: int) -> None:
    world = World(drawn)
    before = world.rating()
    random.Random(seed).shuffle(world.items)
    after = world.rating()
    assert (after.short, after.evidence, after.counts) == (before.short, before.evidence, before.counts)


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, order=st.permutations(range(len(IDS))), seed=st.integers(0, 1000))
def test_neither_the_order_nor_the_ids_of_records_and_items_change_anything(drawn: Any, order: Any, seed: int) -> None:
    world = World(drawn)
    before = said_of(world.ledger())
    new = {old: f"x{at}" for old, at in zip(IDS, order, strict=True)}
    shuffled = random.Random(seed).sample(sorted(world.sources), len(IDS))
    world.sources = {new[id_]: renamed(world.sources[id_], new) for id_ in shuffled}
    numbers = random.Random(seed).sample(range(90), len(world.items))
    world.items = [{**renamed(one, new), "id": f"e{at}"} for one, at in zip(world.items, numbers, strict=True)]
    world.rivals = [renamed(one, new) for one in reversed(world.rivals)]
    assert said_of(world.ledger()) == before


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, ties=TIED, order=st.permutations(range(len(IDS))))
def test_ids_change_no_standing(drawn: Any, ties: Any, order: Any) -> None:
    world = World(drawn)
    new = {old: f"x{at}" for old, at in zip(IDS, order, strict=True)}
    numbered = [{**ITEM, "id": f"e{at}", **one} for at, one in enumerate(world.items)]
    claim = {"bears_on": tied(ties)}
    before = standings({"a": {"evidence": numbered, **claim}}, world)
    world.sources = {new[id_]: renamed(one, new) for id_, one in world.sources.items()}
    after = standings({"a": {"evidence": renamed(numbered, new), **claim}}, world)
    assert list(map(in_figures, after)) == list(map(in_figures, before))


def in_figures(found: Standing) -> tuple[object, ...]:
    """How a position stands, without ids of works."""
    return {grade: len(works) for grade, works in found.against.items()}, found.tested, found.telling


def said_of(found: Ledger) -> tuple[object, ...]:
    """What is said of the claim of a ledger, and of its items and under other choices, without any ids."""
    rated, strip = rating(found), results.strip(found, "k")
    items = Counter((one.side, one.counts, one.grade, one.seen) for one in rated.items)
    marks = Counter((one.alternative, one.verdict, one.range, one.effect) for one in strip)
    return rated.short, rated.evidence, rated.counts, items, marks


def renamed(value: Any, new: Mapping[str, str]) -> Any:
    """A record with other ids."""
    if isinstance(value, dict):
        return {key: renamed(one, new) for key, one in value.items()}
    if isinstance(value, list):
        return [renamed(one, new) for one in value]
    return new.get(value, value) if isinstance(value, str) else value


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS)
def test_a_mark_without_a_work_is_the_verdict_of_a_ledger_without_all_that_is_tied_to_it(drawn: Any) -> None:
    world = World(drawn)
    found = world.ledger()
    sides = ratings.rate(results.input_of(found, "k"))[1]
    works = [one for side in sides for one in side]
    for mark in results.strip(found, "k"):
        if mark.without:
            named = [one for one in works if one.works == {mark.without}] or together(works, mark.without)
            gone = {id_ for one in works if any(map(one.is_tied, named)) for id_ in one.items}
            numbered = ({"id": f"e{at}", **one} for at, one in enumerate(world.items, 1))
            rivals = ({"id": f"e{at}", **one} for at, one in enumerate(world.rivals, 1))
            without = World(drawn)
            without.items = [one for one in numbered if one["id"] not in gone]
            without.rivals = [one for one in rivals if f"j/{one['id']}" not in gone]
            left = without.rating()
            assert (mark.verdict, mark.range) == (left.verdict, left.range)


def together(works: list[Work], name: str) -> list[Work]:
    """What goes back to several works, none of which is there by itself, with what overlaps, by the first of these."""
    single = {id_ for one in works if len(one.works) == 1 for id_ in one.works}
    joint = [one for one in works if not one.works & single]
    found = [one for one in joint if name in one.works]
    for one in found:
        found += [other for other in joint if one.works & other.works and other not in found]
    return found


# Comparisons


def tied(ties: Any) -> list[dict[str, str]]:
    """What ties a claim to positions."""
    return [
        {"position": id_, "relation": relation, **({"strength": "strong", "why": "So."} if is_strong else {})}
        for id_, relation, is_strong in ties
    ]


def standings(claims: Mapping[str, Any], world: World) -> list[Standing]:
    """How the positions of two controversies stand, with claims that are tied to them and share the world's sources."""
    texts = {
        f"controversies/{id_}.md": f"---\ntitle: {id_}\nquestion: Q?\nstatus: active\nopened: 2026-01-10\n---\n"
        for id_ in "zy"
    }
    for id_ in ("z-a", "z-b", "y-a"):
        texts[f"positions/{id_}.md"] = (
            f"---\ncontroversy: {id_[0]}\nletter: {id_[-1].upper()}\nstatement: {id_}.\n---\n"
        )
    made = {f"claims/{id_}.yml": {"statement": id_, "type": "empirical", **fields} for id_, fields in claims.items()}
    found = ledger(world.sources, [], more={**PEOPLE, **made}, texts=texts)
    return [one for id_ in "zy" for one in rivals_of(found, id_).standings]


@settings(phases=(Phase.generate,))
@generated(drawn=WORLDS, ties=TIED, parts=st.lists(st.booleans(), min_size=7, max_size=7))
def test_splitting_a_claim_in_two_changes_no_standing(drawn: Any, ties: Any, parts: Any) -> None:
    """Nor how many works have tested a position."""
    world = World(drawn)
    numbered = [{**ITEM, "id": f"e{at}", **one} for at, one in enumerate(world.items)]
    bears_on = tied(ties)
    whole = {"a": {"evidence": numbered, "bears_on": bears_on}}
    halves = {
        name: {
            "evidence": [one for one, part in zip(numbered, parts, strict=False) if part is side],
            "bears_on": bears_on,
        }
        for name, side in (("a", True), ("b", False))
    }
    assert standings(halves, world) == standings(whole, world)


def test_the_verdict_rises_with_what_is_for_and_falls_with_what_is_against() -> None:
    for support, dispute in product(range(5), repeat=2):
        for looked in (Looked(*both) for both in product((False, True), repeat=2)):
            here, _ = verdicts.range_of(support, dispute, looked)
            worse, _ = verdicts.range_of(support, min(dispute + 1, 4), looked)
            better, _ = verdicts.range_of(min(support + 1, 4), dispute, looked)
            if here:
                assert worse is not None
                assert worse[1] <= here[1]
                assert better is not None
                assert better[0] >= here[0]


@pytest.mark.parametrize(
    ("support", "dispute", "word"),
    [
        ("robust", "none", "probably-true"),
        ("medium", "weak", "probably-true"),
        ("medium", "limited", "perhaps-true"),
        ("robust", "medium", "open"),
        ("limited", "none", "perhaps-true"),
        ("limited", "limited", "open"),
        ("limited", "medium", "perhaps-false"),
        ("weak", "none", "open"),
        ("weak", "robust", "probably-false"),
    ],
)
def test_the_table_of_verdicts(support: str, dispute: str, word: str) -> None:
    assert WORDS[verdicts.balance(LEVELS.index(support), LEVELS.index(dispute))] == word
