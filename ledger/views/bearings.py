"""What ties the claims to the positions of a controversy, and to each other.

In: a Ledger and the positions. Out: plain tables of ids, in a fixed order, for the map and the matrix. Claims that
were withdrawn are left out: they no longer stand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger import links
from ledger.analysis.bearing import CARRIES, DIRECT
from ledger.graph import Ledger, result
from ledger.loading import Record

LOAD_BEARING = ("rests_on", "rejects")
WAYS = (*LOAD_BEARING, "supports", "disputes")
"""What can stand between a position and a claim, the strongest first."""
IMPLIED = {"rests_on": "supports", "rejects": "disputes"}
"""A position that rests on a claim is also supported by it: the weaker word is left out."""
CLAIM_RELATIONS = ("supports", "disputes", "undercuts", "qualifies", "narrows", "depends-on", "supersedes", "restates")


@dataclass(frozen=True, slots=True)
class ClaimTie:
    """One claim's relation to another, as the first one's editor wrote it."""

    claim: str
    relation: str
    other: str


def positions_of(ledger: Ledger, record: Record) -> tuple[Record, ...]:
    """The positions that answer a controversy, by letter."""
    answers = links.linked(links.links_in(ledger, record.id), "answers")
    return tuple(
        sorted((ledger.records[id_] for id_ in answers), key=lambda position: (position.fields.letter, position.id))
    )


def bearings(ledger: Ledger, positions: Iterable[Record]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Claim → position → the ways in which the two are tied, for every claim that touches a position."""
    found: dict[str, dict[str, set[str]]] = {}
    for position in positions:
        for claim, way in _of_position(ledger, position):
            found.setdefault(claim, {}).setdefault(position.id, set()).add(way)
    kept = sorted(claim for claim in found if is_standing(ledger, claim))
    return {claim: {id_: _ways(ways) for id_, ways in sorted(found[claim].items())} for claim in kept}


@result
def around(ledger: Ledger, controversy: str) -> frozenset[str]:
    """A controversy, the positions that answer it, and the claims that these are tied to, as far as they stand."""
    into = ledger.edges_into(controversy)
    positions = [edge.start for edge in into if edge.name == "answers" and is_standing(ledger, edge.start)]
    there = {edge.target for id_ in positions for edge in ledger.edges_of(id_) if edge.name in DIRECT}
    back = {edge.start for id_ in positions for edge in ledger.edges_into(id_) if edge.name == "bears_on"}
    claims = (id_ for id_ in there | back if ledger.node_kind(id_) == "claim" and is_standing(ledger, id_))
    return frozenset((controversy, *positions, *claims))


@result
def claims_near(ledger: Ledger, controversy: str) -> frozenset[str]:
    """The claims around a controversy, and those that are related to one of them."""
    claims = {id_ for id_ in around(ledger, controversy) if ledger.node_kind(id_) == "claim"}
    edges = (edge for id_ in claims for edge in (*ledger.edges_into(id_), *ledger.edges_of(id_)))
    related = {end for edge in edges if edge.name in CARRIES for end in (edge.start, edge.target)}
    return frozenset(claims | {id_ for id_ in related if ledger.node_kind(id_) == "claim"})


def by_title(ledger: Ledger, id_: str) -> tuple[str, str]:
    """Sorts records by their titles as they were written."""
    card = ledger.card(id_)
    return card.title.casefold() if card else "", id_


def stands(record: Record) -> bool:
    """Whether the record was not withdrawn."""
    return record.fields.withdrawn is None


def is_standing(ledger: Ledger, id_: str) -> bool:
    """Whether there is such a record, and it was not withdrawn."""
    return ledger.stands(id_)


def _of_position(ledger: Ledger, position: Record) -> Iterable[tuple[str, str]]:
    own = (link for link in links.links_out(ledger, position.id) if link.relation in LOAD_BEARING)
    yield from ((link.other, link.relation) for link in own)
    bearing = (link for link in links.links_in(ledger, position.id) if link.relation == "bears_on")
    yield from ((link.other, str(link.own["effect"])) for link in bearing)


def _ways(found: set[str]) -> tuple[str, ...]:
    implied = {IMPLIED[way] for way in found if way in IMPLIED}
    return tuple(way for way in WAYS if way in found - implied)


def ties(ledger: Ledger, claims: Iterable[str]) -> tuple[ClaimTie, ...]:
    """The relations that these claims have to other claims, in either direction, each once."""
    found: set[ClaimTie] = set()
    for id_ in claims:
        out = (link for link in links.links_out(ledger, id_) if _between_claims(ledger, link))
        found |= {ClaimTie(id_, link.relation, link.other) for link in out}
        into = (link for link in links.links_in(ledger, id_) if _between_claims(ledger, link))
        found |= {ClaimTie(link.other, link.relation, id_) for link in into}
    return tuple(sorted(found, key=lambda tie: (tie.claim, tie.other, tie.relation)))


def _between_claims(ledger: Ledger, link: links.RecordLink) -> bool:
    """A relation of the claims themselves; an evidence item's edge has a part."""
    own = link.relation in CLAIM_RELATIONS and not (link.part or link.other_part)
    return own and link.kind == "claim" and is_standing(ledger, link.other)
