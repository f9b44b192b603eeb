"""What overlaps counts once: circles, versions, and what comes by way of others.

Each ledger is the smallest in which a property of the ratings once failed; beside it stands what follows, by hand.
"""

from typing import Any

import pytest
from rating_ledgers import LOOKED, item, ledger, rating, second_hand, source

from ledger.analysis import results
from ledger.analysis.ratings import Counted
from ledger.analysis.rivals import rivals_of


def counted(sources: dict[str, Any], *items: dict[str, Any]) -> Counted:
    return rating(ledger(sources, list(items))).counts


def works(sources: dict[str, Any], *items: dict[str, Any]) -> int:
    return counted(sources, *items).works


def without(sources: dict[str, Any], *items: dict[str, Any]) -> dict[str | None, str | None]:
    """Work → the verdict without it."""
    found = ledger(sources, list(items), searches=[LOOKED])
    return {mark.without: mark.verdict for mark in results.strip(found, "k") if mark.without}


# Circles


@pytest.mark.parametrize("member", ["a", "b"])
def test_a_version_of_any_source_in_a_circle_is_no_further_work(member: str):
    # a and b retell each other, so nobody knows which of them was first: an item on either goes back to both. v is a
    # version of one of them. Whichever that is, and whatever the ids, the two items go back to one work.
    made = {"a": second_hand(("reports", "b")), "b": second_hand(("reports", "a")), "v": source(version_of=member)}
    assert works(made, item("a"), item("v")) == 1


@pytest.mark.parametrize("tiers", [("social", "preprint"), ("preprint", "social")])
def test_a_report_of_a_circle_is_as_good_as_the_best_source_in_it(tiers: tuple[str, str]):
    # Social media steps down twice, a preprint not at all, and nothing says which of the two r reports. Not traced to
    # a first-hand work costs one step: moderate, under either id.
    made = {
        "a": second_hand(("reports", "b"), tier=tiers[0]),
        "b": second_hand(("reports", "a"), tier=tiers[1]),
        "r": second_hand(("reports", "a")),
    }
    assert rating(ledger(made, [item("r")])).items[0].grade == "moderate"


# By way of others


def test_what_came_by_way_of_a_source_adds_nothing_to_what_that_says_itself():
    # b retells n, and n retells p. What b has from n may be what n saw itself, so beside that item it adds no work.
    made = {"p": source(), "n": second_hand(("reports", "p")), "b": second_hand(("reports", "n"))}
    assert works(made, item("n", via="own"), item("b")) == 1
    assert works(made, item("n", via="own"), item("p")) == 2
    assert works(made, item("n", via="own"), item("b"), item("p")) == 2


@pytest.mark.parametrize("known", [(), (("reports", "p"),)])
def test_to_learn_where_a_source_has_something_from_adds_no_work(known: Any):
    # Two items on n: one is its own, the other says nothing of where it comes from. Before anybody traced n both go
    # back to n. Once it is known that n reports p the second goes back to p, but by way of n.
    made = {"p": source(), "n": second_hand(*known)}
    assert works(made, item("n", via="own"), item("n")) == 1


def test_an_item_that_names_what_it_retells_is_that_work():
    made = {"p": source(), "n": second_hand(("reports", "p"))}
    assert works(made, item("n", via="own"), item("n", via="p")) == 2


def test_a_version_that_retells_is_still_a_version():
    # s is a version of w, which speaks for itself. That s reports q as well makes no second work of the two.
    made = {"w": source(), "q": source(), "s": second_hand(("reports", "q"), version_of="w")}
    assert works(made, item("w"), item("s")) == 1


@pytest.mark.parametrize("more", [(), (("reports", "q"),)])
def test_what_a_report_used_besides_is_behind_it_too(more: Any):
    # n reviews p. That it reports q as well makes q what it retells, and leaves p behind it: beside p it adds no work.
    made = {"p": source(), "q": source(), "n": second_hand(("reviews", "p"), *more)}
    assert works(made, item("p"), item("n")) == 1


def test_an_item_more_ties_no_other_to_anything():
    # b comes by way of n, and goes back to p as the item on p does. n's own item overlaps with b, not with p.
    made = {"p": source(), "n": second_hand(("reports", "p")), "b": second_hand(("reports", "n"))}
    items = [item("p"), item("n", via="own"), item("b")]
    assert [counted(made, *items[:number]).teams for number in (1, 2, 3)] == [1, 2, 2]


def test_a_further_version_with_more_authors_lowers_no_side():
    # p is by A, q by B: two teams, medium evidence. The article that p became is by both. To cite it as well makes no
    # tie between the items on p and q; by itself it is tied to each.
    made = {
        "article": source(authors=[{"literal": "A"}, {"literal": "B"}]),
        "p": source(authors=[{"literal": "A"}], version_of="article"),
        "q": source(authors=[{"literal": "B"}]),
    }
    two, three = (rating(ledger(made, [item(id_) for id_ in cited])) for cited in ("pq", ["p", "q", "article"]))
    assert (two.evidence["for"], three.evidence["for"]) == ("medium", "medium")
    assert (two.counts.teams, three.counts.teams, three.counts.works) == (2, 2, 2)
    assert counted(made, item("q"), item("article")).teams == 1


def test_another_ancestor_gives_what_had_fallen_something_to_stand_on():
    # The one way in which a further ancestor adds a work: all that n had was retracted, and q was not.
    made = {"p": source(status="retracted", status_date="2026-01-05"), "q": source()}
    assert works({**made, "n": second_hand(("reports", "p"))}, item("n")) == 0
    assert works({**made, "n": second_hand(("reports", "p"), ("reports", "q"))}, item("n")) == 1


# Left out in turn


@pytest.mark.parametrize(("one", "two"), [("p", "q"), ("q", "p")])
def test_what_retells_two_works_goes_with_each_of_them_under_either_id(one: str, two: str):
    # r retells both, each of which is there itself. Without the strong work the weak one is left, and the other way
    # round; r goes along each time and is not left out by itself.
    made = {"p": source(), "q": source(), "r": second_hand(("reviews", "p"), ("reviews", "q"))}
    items = [item(one), item(two, consulted="memory"), item("r", basis="reporting")]
    assert without(made, *items) == {one: "open", two: "perhaps-true"}


def test_what_retells_works_of_which_none_is_there_itself_is_left_out_with_what_overlaps():
    made = {id_: source() for id_ in "pqst"}
    made |= {
        "r1": second_hand(("reviews", "p"), ("reviews", "q")),
        "r2": second_hand(("reviews", "q"), ("reviews", "s")),
    }
    assert without(made, item("r1"), item("r2"), item("t")) == {"p": "perhaps-true", "t": "perhaps-true"}


# In the comparison of positions


@pytest.mark.parametrize("parts", [("ab",), ("a", "b")])
def test_what_retells_two_works_is_in_the_row_of_those_that_are_there(parts: tuple[str, ...]):
    # r reviews p and q, and only q is cited itself: one work counts against the position, in one claim or in two.
    made = {"p": source(), "q": source(), "r": second_hand(("reviews", "p"), ("reviews", "q"))}
    items = {"a": {"id": "a", **item("q")}, "b": {"id": "b", **item("r")}}
    against = {"bears_on": [{"position": "z-a", "relation": "disputes", "strength": "strong", "why": "So."}]}
    claims = {
        f"claims/{part}.yml": {
            "statement": part,
            "type": "empirical",
            "evidence": [items[id_] for id_ in part],
            **against,
        }
        for part in parts
    }
    texts = {
        "controversies/z.md": "---\ntitle: Z\nquestion: Q?\nstatus: active\n---\n",
        "positions/z-a.md": "---\ncontroversy: z\nletter: A\nstatement: A.\n---\n",
    }
    found = rivals_of(ledger(made, [], more=claims, texts=texts), "z")
    assert [row.work for row in found.rows] == ["q"]
    assert found.standings[0].against["strong"] == ("q",)
