"""Small ledgers with one claim, `k`, for tests of the computed rating."""

import json
from collections.abc import Mapping
from typing import Any

from making import ledger_of

from ledger.analysis import results
from ledger.analysis.ratings import Rating, ShortRating
from ledger.graph import Ledger

SITE = {"format": "1", "title": "T", "editors": [{"id": "ed", "name": "Ed"}], "review_every_days": 180}
SOURCE = {
    "type": "article",
    "authors": "unknown",
    "issued": "2025-01-01",
    "tier": "peer-reviewed",
    "first_hand": True,
    "derived_from": [],
    "added": "2026-01-10",
}
ITEM = {
    "relation": "supports",
    "shows": "S.",
    "consulted": "full-text",
    "directness": "direct",
    "basis": "empirical",
    "recorded": "2026-01-10",
    "by": "ed",
}
SEARCH = {"date": "2026-01-10", "by": "ed", "for": "the other side", "where": ["web"], "query": "q", "found": 0}
LOOKED = {**SEARCH, "side": "against"}


def source(**fields: Any) -> dict[str, Any]:
    return {**SOURCE, **fields}


def second_hand(*derived: tuple[str, str], **fields: Any) -> dict[str, Any]:
    found = {k: v for k, v in SOURCE.items() if k != "first_hand"}
    return {**found, "derived_from": [{"source": s, "how": how} for how, s in derived], **fields}


def retold(*derived: tuple[str, str]) -> dict[str, Any]:
    return second_hand(*derived, tier="reporting")


def item(source: str, **fields: Any) -> dict[str, Any]:
    return {**ITEM, "source": source, **fields}


def ledger(
    sources: Mapping[str, Any],
    items: list[dict[str, Any]],
    *,
    site: Mapping[str, Any] = {},
    more: Mapping[str, Any] = {},
    texts: Mapping[str, str] = {},
    **claim: Any,
) -> Ledger:
    """A ledger with these sources and the claim `k`. `more`: further records by path; `texts`: the files that they
    have beside them."""
    numbered = [{"id": f"e{n}", **one} for n, one in enumerate(items, 1)]
    fields = {"statement": "K.", "type": "empirical", "added": "2026-01-10", "evidence": numbered, **claim}
    files = {"site.yml": {**SITE, **site}, "claims/k.yml": fields, **more}
    files |= {f"sources/{id_}.yml": {"title": f"T {id_}", **one} for id_, one in sources.items()}
    return ledger_of({**{path: json.dumps(record) for path, record in files.items()}, **texts})


def rating(found: Ledger) -> Rating:
    """The rating of `k`."""
    return results.rating(found, "k")


def said(found: ShortRating) -> str:
    """The verdict, or both ends of its range."""
    return " ".join(found.range or filter(None, (found.verdict,)))
