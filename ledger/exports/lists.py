"""The lists as data: `claims/index.json` and its like, with what a program filters by.

In: a Ledger. Out: of each record its summary, tags and dates; the controversies, positions, people, years and types of
source that it is found by (`facets.py`); of a claim its verdict and its evidence as well.
"""

from collections.abc import Mapping
from typing import Any

from ledger import texts, urls
from ledger.analysis import analyse
from ledger.analysis.wording import wording_of
from ledger.edges import Card
from ledger.exports.naming import summary
from ledger.exports.strict_json import SCHEMA, compact
from ledger.facets import facets_of, ways_of
from ledger.graph import Ledger, compared, passing
from ledger.links import links_out
from ledger.loading import Record, is_a
from ledger.outfile import OutFile
from ledger.records import Claim, Kind

NAMES = {"controversy": "controversies", "proponent": "people", "tier": "tiers"}
"""Facet → the key of its values."""
WRITTEN = {"added", "letter", "status", "tags", "type", "updated", "withdrawn"}
"""Fields of a record that have a key of the same name."""


def kind_list(ledger: Ledger, kind: Kind) -> OutFile:
    """`claims/index.json` and its like: a line for each record."""
    page = urls.index(kind)
    before = compact({"json": urls.twin(page), "kind": kind.name}).removesuffix(b"}")
    after = compact({"schema": SCHEMA, "title": texts.say(f"kinds.{kind.name}"), "url": page}).removeprefix(b"{")
    lines = b",\n".join(compact(listed(ledger, card)) for card in ledger.cards(kind.name))
    return OutFile(urls.twin(page), before + b',"records":[\n' + lines + b"\n]," + after + b"\n")


def listed(ledger: Ledger, card: Card) -> Mapping[str, Any]:
    """What the list of its kind says of a record; a key without a value is left out."""
    return {**summary(ledger, card), **_found_by(ledger, card.id)}


@passing
@compared
def _found_by(ledger: Ledger, id_: str) -> Mapping[str, Any]:
    record, facets = ledger.records[id_], facets_of(ledger, id_)
    ways = ways_of(ledger, id_).get("position", {})
    fields = record.fields.model_dump(mode="json", exclude_unset=True, include=WRITTEN)
    found = {
        **fields,
        **{name: [one for one in facets[facet] if one != id_] for facet, name in NAMES.items()},
        "years": [int(year) for year in facets["year"]],
        "positions": {one: list(ways.get(one, ())) for one in facets["position"] if one != id_},
        "rating": next((value for value in facets["rating"] if value != "none"), None),
        "withdrawn": bool(fields.get("withdrawn")),
        **(_of_claim(ledger, record) if is_a(record, Claim) else {}),
    }
    return {name: value for name, value in sorted(found.items()) if value}


def _of_claim(ledger: Ledger, claim: Record[Claim]) -> Mapping[str, Any]:
    """Which way the evidence points and how much there is of it; every item with its source, as recorded."""
    rating, shown = analyse(ledger).ratings.get(claim.id), links_out(ledger, claim.id)
    items = [link for link in shown if link.relation == "shown_in"]
    evidence = [{"id": link.part, "source": link.other, "relation": link.own.get("effect")} for link in items]
    own = {"evidence": evidence, "hash": wording_of(ledger, claim.id), "range": list((rating and rating.range) or ())}
    return {**{name: getattr(rating, name, None) for name in ("verdict", "direction", "solidity", "looked_for")}, **own}
