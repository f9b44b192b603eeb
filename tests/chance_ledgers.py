"""Ledgers made by chance, small and tangled: chains, loops, versions, retractions, rivals, positions.

In: a random generator. Out: the texts of a ledger by path. Everything that a rating reads occurs in some of them.
"""

import json
from hashlib import sha256
from random import Random
from typing import Any

from rating_ledgers import SEARCH, SITE

HOWS = ("reports", "reviews", "uses-data", "syndicates", "copies", "summarises", "replicates", "replies", "unknown")
TIERS = (
    "peer-reviewed", "peer-reviewed", "preprint", "dataset", "official-statement", "synthesis", "reporting",
    "commentary", "social", "primary-document",
)  # fmt: skip
AUTHORS = ({"proponent": "pp-a"}, {"proponent": "pp-b"}, {"literal": "X"}, {"family": "Y", "given": "Z"})
RELATIONS = ("supports", "disputes", "undercuts", "narrows", "qualifies", "depends-on", "restates", "supersedes")
QUOTE = "a long enough quotation here"
ITEM = {
    "relation": ("supports", "supports", "disputes", "qualifies", "mentions"),
    "consulted": ("full-text", "full-text", "abstract", "excerpt", "coverage", "memory"),
    "directness": ("direct", "direct", "direct", "indirect", "analogy", None),
    "basis": (
        "empirical", "empirical", "theoretical", "reporting", "statement", "opinion", "calculation", "anecdote", None,
    ),
    "quote": (None, None, QUOTE),
    "correction": (None, "unaffected", "affected"),
}  # fmt: skip
SOURCES = tuple(f"s{n}" for n in range(7))
CLAIMS = ("k0", "k1", "k2")
LETTERS = ("a", "b", "c")
RECORDED = {"added": "2026-01-10"}


def texts_of(chance: Random) -> dict[str, str]:
    """A whole ledger."""
    made: dict[str, Any] = {"site.yml": {**SITE, **_some(chance, 0.2, strip=[_choice(chance)])}}
    made |= {f"proponents/pp-{one}.yml": _person(chance, one) for one in LETTERS}
    made |= {f"sources/{id_}.yml": _source(chance, id_) for id_ in SOURCES}
    made |= {f"snapshots/{id_}.yml": _snapshot(chance) for id_ in SOURCES if chance.random() < 0.4}
    made |= {f"claims/{id_}.yml": _claim(chance, id_) for id_ in CLAIMS}
    made["controversies/z.yml"] = {"title": "Z", "question": "Q?", "status": "active", "cruxes": ["Is [[k0]] so?"]}
    made |= {f"positions/z-{letter}.yml": _position(chance, letter) for letter in LETTERS}
    return {path: json.dumps(record) for path, record in made.items()}


def _some(chance: Random, share: float, **fields: Any) -> dict[str, Any]:
    """Fields, in so many cases."""
    return fields if chance.random() < share else {}


def _choice(chance: Random) -> dict[str, Any]:
    return {"id": "mine", "says": "Mine.", "medium": chance.choice((1, 3, 5)), "qualifying": "disputes", "reporting": 2}


def _person(chance: Random, name: str) -> dict[str, Any]:
    return {"name": name, "type": "person", **_some(chance, 0.3, interests=[{"note": "Shares."}])}


def _source(chance: Random, id_: str) -> dict[str, Any]:
    others = [one for one in SOURCES if one != id_]
    taken = [
        {"source": one, "how": chance.choice(HOWS)} for one in chance.sample(others, chance.choice((0, 0, 1, 1, 2)))
    ]
    statuses = ("retracted", "withdrawn", "concern", "corrected", "superseded")
    days = ("2026-01-05", "2024-06-01", "2025")
    return {
        "title": f"T {id_}",
        "type": "article",
        "issued": chance.choice(("2020", "2025-01-01", "2025-06", "2023-05-05", "2019/2021", "2026-01-08")),
        "tier": chance.choice(TIERS),
        "authors": "unknown" if chance.random() < 0.5 else chance.sample(AUTHORS, chance.choice((1, 1, 2))),
        "derived_from": "unknown" if chance.random() < 0.15 else taken,
        **RECORDED,
        **_some(chance, 0.5, first_hand=True),
        **_some(chance, 0.3, status=chance.choice(statuses), status_date=chance.choice(days)),
        **_some(chance, 0.2, version_of=chance.choice(others)),
        **_some(chance, 0.1, interests=[{"note": "Sells it."}]),
        **_some(chance, 0.05, withdrawn={"date": "2026-01-08", "why": "Twice."}),
    }


def _snapshot(chance: Random) -> dict[str, Any]:
    """What was found of the quote, whose text is not kept."""
    verdict = chance.choice(("exact", "not-found", "ambiguous"))
    found = {"quote": sha256(QUOTE.encode()).hexdigest(), "verdict": verdict, "date": "2026-01-10"}
    return {"sha256": "0" * 64, "captured": "2026-01-09", "verdicts": [found]}


def _claim(chance: Random, id_: str) -> dict[str, Any]:
    others = [one for one in CLAIMS if one != id_]
    kind = chance.choice(("empirical", "empirical", "empirical", "historical", "predictive", "normative"))
    due, outcome = chance.choice(("2026", "2024-05")), chance.choice(("held", "failed"))
    rating, letter = chance.choice(("very-low", "low", "medium", "high", "very-high")), chance.choice(LETTERS)
    tie = {"position": f"z-{letter}", "relation": chance.choice(("supports", "disputes")), "why": "So."}
    return {
        "statement": "K.",
        "type": kind,
        "evidence": [_item(chance, at, others) for at in range(chance.choice((1, 3, 5, 8)))],
        "searches": [_search(chance) for _ in range(chance.choice((0, 1, 2)))],
        **RECORDED,
        **({"about": chance.sample(["pp-a", "pp-b", "pp-c"], 2)} if kind == "historical" else {}),
        **_some(chance, 0.3, resolution={"condition": "C.", "resolves_by": due, "outcome": outcome}),
        **_some(chance, 0.5, assessments=[{"rating": rating, "by": "ed", "date": "2026-01-10", "why": "So."}]),
        **_some(chance, 0.4, relations=[{"claim": chance.choice(others), "type": chance.choice(RELATIONS)}]),
        **_some(chance, 0.6, bears_on=[{**tie, **_some(chance, 0.3, strength="strong")}]),
        **_some(chance, 0.1, about_positions=True),
        **_some(chance, 0.06, withdrawn={"date": "2026-01-08", "why": "Twice."}),
    }


def _item(chance: Random, at: int, others: list[str]) -> dict[str, Any]:
    drawn = {name: chance.choice(words) for name, words in ITEM.items()}
    made = {name: word for name, word in drawn.items() if word}
    if "quote" in made:
        made |= _some(chance, 0.6, quote_role="result")
    made |= _some(chance, 0.3, via=chance.choice(("own", *SOURCES[:2])))
    made |= _some(chance, 0.1, about_rival=chance.choice(others))
    return {
        "id": f"e{at}",
        "source": chance.choice(SOURCES),
        "shows": "S.",
        "by": "ed",
        "recorded": "2026-01-10",
        **made,
    }


def _search(chance: Random) -> dict[str, Any]:
    made = {
        **SEARCH,
        "date": chance.choice(("2026-01-10", "2024-01-10", "2023-06-02")),
        "found": chance.choice((0, 0, 1)),
    }
    hits = [{"source": chance.choice(SOURCES), "became": "dropped", "why": "Old."}]
    return {**made, **_some(chance, 0.8, side=chance.choice(("for", "against"))), **_some(chance, 0.3, hits=hits)}


def _position(chance: Random, letter: str) -> dict[str, Any]:
    return {
        "controversy": "z",
        "letter": letter.upper(),
        "statement": "It is.",
        **RECORDED,
        **_some(chance, 0.7, rests_on=chance.sample(CLAIMS, chance.choice((1, 2)))),
        **_some(chance, 0.4, rejects=chance.sample(CLAIMS, 1)),
        **_some(chance, 0.3, objections=[{"text": "O.", "claims": chance.sample(CLAIMS, 1)}]),
    }
