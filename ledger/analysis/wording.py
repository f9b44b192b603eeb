"""A short hash of what was written of a claim: a citation with it says which wording it is of.

In: a claim's record. Out: ten hex digits. The statement, the scope, the evidence and the editors' newest rating count;
what is computed, when and by whom an item was entered, the day of a rating, notes and tags do not. docs/json.md says it
for other programs.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ledger.graph import Ledger, compared
from ledger.loading import Record
from ledger.records import Claim

DIGITS = 10
"""Hex digits of a hash. Only the wordings of one claim must differ."""
HASH = re.compile(rf"[0-9a-f]{{{DIGITS}}}")
_OF_ENTERING = frozenset(("recorded", "by"))


@lru_cache(maxsize=1 << 12)
def hash_of(claim: Record[Claim]) -> str:
    """The first digits of SHA-256 (FIPS 180-4) of what is cited, as JSON with sorted keys and no white space."""
    cited = cited_of(claim.authored())
    written = json.dumps(cited, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:DIGITS]


@compared
def wording_of(ledger: Ledger, claim: str) -> str:
    """The hash of what a claim says now."""
    return hash_of(ledger.record(Claim, claim))


def cited_of(written: Mapping[str, Any]) -> dict[str, Any]:
    """What of a claim's fields a citation is of: each run of white space is one space, and items are by id."""
    items = sorted(written.get("evidence", ()), key=lambda item: item["id"])
    found = {
        "statement": written["statement"],
        "scope": written.get("scope"),
        "evidence": [_without(item, _OF_ENTERING) for item in items],
        "rating": next((_without(one, {"date"}) for one in reversed(written.get("assessments", ()))), None),
    }
    spaced: dict[str, Any] = _spaced({name: value for name, value in found.items() if value})
    return spaced


def _without(fields: Mapping[str, Any], names: frozenset[str] | set[str]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}


def _spaced(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _spaced(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_spaced(inner) for inner in value]
    return " ".join(value.split()) if isinstance(value, str) else value
