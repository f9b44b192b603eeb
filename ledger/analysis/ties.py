"""What ties the claims to the positions of a controversy, and to each other.

In: a Ledger and the positions. Out: plain tables of ids, in a fixed order. Claims that were withdrawn are left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ledger import links
from ledger.analysis.bearing import CARRIES, LOAD_BEARING, Ties, grouped, ties_of
from ledger.graph import Ledger, compared, result
from ledger.loading import Record
from ledger.records import Claim, Controversy, Position
from ledger.references import scan
from ledger.vocabulary import EFFECTS

WAYS = (*LOAD_BEARING, "supports", "disputes")
"""What can stand between a position and a claim, the strongest first."""
IMPLIED = {"rests_on": "supports", "rejects": "disputes"}
"""A position that rests on a claim is also supported by it: the weaker word is left out."""
FOR_IT = ("holds", "leans")
"""The stances of those who are for a position."""
CLAIM_RELATIONS = ("supports", "disputes", "undercuts", "qualifies", "narrows", "depends-on", "supersedes", "restates")


def positions_of(ledger: Ledger, record: Record[Controversy]) -> tuple[Record[Position], ...]:
    """The positions that answer a controversy, by letter."""
    answers = links.linked(links.links_in(ledger, record.id), "answers")
    found = (ledger.record(Position, id_) for id_ in answers)
    return tuple(sorted(found, key=lambda position: (position.fields.letter, position.id)))


def bearings(ledger: Ledger, positions: Iterable[Record[Position]]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Claim → position → the ways in which the two are tied, for every claim that touches a position."""
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for position in positions:
        for claim, tie in ties_of(ledger, position.id):
            if tie.edge in WAYS:
                found[claim][position.id].add(tie.edge)
    kept = sorted(claim for claim in found if ledger.stands(claim))
    return {claim: {id_: _ways(ways) for id_, ways in sorted(found[claim].items())} for claim in kept}


def claims_of(ledger: Ledger, *positions: str) -> list[str]:
    """The claims tied to positions, also those that were withdrawn."""
    return sorted({claim for id_ in positions for claim, _ in ties_of(ledger, id_)})


@result
def around(ledger: Ledger, controversy: str) -> frozenset[str]:
    """A controversy, the positions that answer it, and the claims that these are tied to, as far as they stand."""
    into = ledger.edges_into(controversy)
    positions = [edge.start for edge in into if edge.name == "answers" and ledger.stands(edge.start)]
    return frozenset((controversy, *positions, *filter(ledger.stands, claims_of(ledger, *positions))))


@result
def positions_in(ledger: Ledger, controversy: str) -> Mapping[str, str]:
    """The standing positions of a controversy, each with its letter, in their order."""
    cards = (ledger.card(id_) for id_ in around(ledger, controversy) if ledger.node_kind(id_) == "position")
    return dict(sorted(((card.id, card.letter) for card in cards if card), key=lambda one: (one[1], one[0])))


@compared
def ties_in(ledger: Ledger, controversy: str) -> Ties:
    """Standing claim → its ties to the positions of a controversy, everything sorted."""
    found = {tie for id_ in positions_in(ledger, controversy) for tie in ties_of(ledger, id_)}
    return grouped(sorted(tie for tie in found if ledger.stands(tie[0])))


@result
def claims_near(ledger: Ledger, controversy: str) -> frozenset[str]:
    """The claims around a controversy, and those that are related to one of them."""
    claims = {id_ for id_ in around(ledger, controversy) if ledger.node_kind(id_) == "claim"}
    edges = (edge for id_ in claims for edge in (*ledger.edges_into(id_), *ledger.edges_of(id_)))
    related = {end for edge in edges if edge.name in CARRIES for end in (edge.start, edge.target)}
    return frozenset(claims | {id_ for id_ in related if ledger.node_kind(id_) == "claim"})


@result
def homes_of(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Record → the controversies that it is, answers or matters to, by id."""
    return grouped((id_, home) for home in ledger.standing("controversy") for id_ in around(ledger, home))


def by_title(ledger: Ledger, id_: str) -> tuple[str, str]:
    """Sorts records by their titles as they were written."""
    card = ledger.card(id_)
    return card.title.casefold() if card else "", id_


def stands(record: Record[Any]) -> bool:
    """Whether the record was not withdrawn."""
    return record.fields.withdrawn is None


def _ways(found: set[str]) -> tuple[str, ...]:
    implied = {IMPLIED[way] for way in found if way in IMPLIED}
    return tuple(way for way in WAYS if way in found - implied)


# The references of a controversy


def references_of(ledger: Ledger, record: Record[Controversy]) -> tuple[str, ...]:
    """The ids of a controversy's references, in the order of its page."""
    met = _cited_by(ledger, record)
    for position in positions_of(ledger, record):
        met += [*_sources_of(ledger, position), *_cited_by(ledger, position)]
    return tuple(dict.fromkeys(met))


def _cited_by(ledger: Ledger, record: Record[Any]) -> list[str]:
    """The sources that a record names itself, in its fields and its texts."""
    return [link.other for link in links.links_out(ledger, record.id) if link.kind == "source"]


def _sources_of(ledger: Ledger, position: Record[Position]) -> list[str]:
    """Its key sources, and those of the claims that it rests on or rejects, withdrawn ones after the others."""
    fields = position.fields
    found = [ledger.present_id(id_) for id_ in fields.key_sources]
    for ids in (fields.rests_on, fields.rejects):
        claims = [ledger.record(Claim, ledger.present_id(id_)) for id_ in ids]
        for claim in sorted(claims, key=lambda claim: claim.fields.withdrawn is not None):
            found += _sources_of_claim(ledger, claim)
    return found


def _sources_of_claim(ledger: Ledger, claim: Record[Claim]) -> Iterator[str]:
    """The sources of a claim's evidence, in the order of the page, and those that the shown texts cite."""
    yield from _cited_in(ledger, claim.fields.statement)
    for effect in EFFECTS:
        for item in claim.fields.evidence:
            if item.relation == effect:
                yield ledger.present_id(item.source)
                yield from _cited_in(ledger, item.shows)
                yield from _cited_in(ledger, item.locator or "")


def _cited_in(ledger: Ledger, text: str) -> Iterator[str]:
    """The sources that a short text cites; what is no source's id is shown as it was written."""
    cited = (ledger.present_id(found.target) for found in scan(text) if found.form == "citation")
    yield from (id_ for id_ in cited if id_ in ledger.records)
