"""The searches that a controversy lacks: one campaign, first those that narrow most."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from making import data_of, seen_from
from rating_ledgers import LOOKED, item, ledger, source

from ledger.analysis import analyse
from ledger.analysis.gaps import Campaign, Wanted
from ledger.graph import Ledger
from ledger.views.gaps import view_gaps

P3 = {id_: source() for id_ in ("p0", "p1", "p2")}


def claim(*cited: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    evidence = [{"id": f"e{at}", **one} for at, one in enumerate(cited, 1)]
    return {"statement": "It.", "type": "empirical", "evidence": evidence, **fields}


def position(controversy: str, letter: str, **fields: list[str]) -> dict[str, Any]:
    return {"controversy": controversy, "letter": letter, "statement": "So.", **fields}


WAITING = {
    "controversies/c.yml": {"title": "C", "question": "Is it?", "status": "active"},
    "positions/c-a.yml": position("c", "A", rests_on=["solid", "thin", "weak"]),
    "positions/c-b.yml": position("c", "B", rests_on=["wrong", "looked"], rejects=["solid"]),
    "claims/solid.yml": claim(*map(item, P3)),
    "claims/thin.yml": claim(item("p0")),
    "claims/wrong.yml": claim(*(item(id_, relation="disputes") for id_ in P3)),
    "claims/weak.yml": claim(item("p0", basis="opinion")),
    "claims/looked.yml": claim(*map(item, P3), searches=[LOOKED]),
}
"""Claims that wait for a search, and one for which somebody has looked; and `k`, which belongs nowhere."""


def waiting(**more: Mapping[str, Any]) -> Ledger:
    return ledger(
        P3, [], more={**WAITING, **{path.replace("_", "/") + ".yml": fields for path, fields in more.items()}}
    )


def test_the_searches_of_a_controversy_are_one_campaign_first_those_that_narrow_most():
    # As cruxes solid has 2 times ½ (for A, against B; it leans), thin and weak 1 times 1, wrong 1 times ½, so that the
    # importance is 1 + 2 + 2, twice 1 + 1 + 2, and 1 + 1 + 1. What is weak stays open, whatever is found.
    assert analyse(waiting()).campaigns == (
        Campaign(
            "c",
            (
                Wanted("solid", "against", 1, Fraction(5)),
                Wanted("thin", "against", 1, Fraction(4)),
                Wanted("wrong", "for", 1, Fraction(3)),
                Wanted("weak", "against", 0, Fraction(0)),
            ),
        ),
    )


def test_a_claim_of_two_controversies_is_in_the_campaign_of_both_and_the_one_that_narrows_more_comes_first():
    found = waiting(
        controversies_a={"title": "A", "question": "Is it?", "status": "active"},
        **{"positions_a-a": position("a", "A", rests_on=["thin"])},
    )
    campaigns = analyse(found).campaigns
    assert [(one.controversy, len(one.searches)) for one in campaigns] == [("c", 4), ("a", 1)]


def test_the_campaign_says_what_to_look_for_and_what_is_known_until_then():
    (part, _) = view_gaps(seen_from(waiting(), "gaps.html")).parts
    campaign = part.campaign
    assert campaign
    assert campaign.said.startswith("For four claims nobody has looked for evidence on the weaker side")
    assert [(record.id, *said) for record, *said in (*campaign.first, *campaign.rest)] == [
        ("solid", "perhaps true or probably true", "look for evidence against it"),
        ("thin", "open or perhaps true", "look for evidence against it"),
        ("wrong", "probably false or perhaps false", "look for evidence that supports it"),
        ("weak", "open", "look for evidence against it"),
    ]
    assert (len(campaign.first), campaign.left) == (3, "")


def test_a_long_campaign_ends_in_the_data():
    many = {f"claims/m{at:02}.yml": claim(item("p0")) for at in range(50)}
    names = [f"m{at:02}" for at in range(50)]
    found = ledger(P3, [], more={**WAITING, **many, "positions/c-a.yml": position("c", "A", rests_on=names)})
    campaign = view_gaps(seen_from(found, "gaps.html")).parts[0].campaign
    assert campaign
    assert (len(campaign.first) + len(campaign.rest), campaign.left) == (40, "12 more are in the data of this page.")
    (data,) = json.loads(data_of(found, "gaps.json")["gaps.json"])["campaigns"]
    assert (data["controversy"], len(data["searches"])) == ("c", 52)
    assert data["searches"][0] == {"claim": "m00", "side": "against", "narrows": 1, "score": "4"}


def test_where_nothing_waits_there_is_no_campaign():
    looked = {path: fields for path, fields in WAITING.items() if "looked" in path or "controversies" in path}
    looked["positions/c-a.yml"] = position("c", "A", rests_on=["looked"])
    assert analyse(ledger(P3, [], more=looked)).campaigns == ()
