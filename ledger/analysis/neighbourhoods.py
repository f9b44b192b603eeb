"""What the ratings of a controversy can depend on.

In: a Ledger and a controversy. Out: its Neighbourhood: its positions, its claims and all sources behind these, with
what leads from the one to the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger.analysis.bearing import DIRECT, grouped
from ledger.analysis.origins import ChainLink, chain_link, links_behind
from ledger.graph import Ledger
from ledger.loading import Record, is_a
from ledger.records import Claim, Position, Source

Links = Mapping[str, tuple[str, ...]]
"""Id → ids that it leads to."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A controversy with its claims and everything that their ratings can depend on."""

    ledger: Ledger
    positions: Mapping[str, Record[Position]]
    claims: Mapping[str, Record[Claim]]
    """Those that were withdrawn too, by id."""
    sources: Mapping[str, Record[Source]]
    takers: Links
    """Source → the sources that take from it."""
    citing: Links
    """Source → the claims whose items cite it."""
    rivals: Links
    """Claim → the claims with an item about it."""

    def reached_by(self, changed: Iterable[str]) -> dict[str, Record[Claim]]:
        """The claims that a change of some records can reach, by id."""
        reached = dict.fromkeys(changed)
        waiting = list(reached)
        for id_ in waiting:
            more = [taker for taker in self.takers.get(id_, ()) if taker not in reached]
            reached |= dict.fromkeys(more)
            waiting += more
        found = {claim for id_ in reached for claim in self.citing.get(id_, ())}
        found |= reached.keys() & self.claims.keys()
        found |= {about for claim in found for about in self.rivals.get(claim, ())}
        return {id_: self.claims[id_] for id_ in sorted(found)}


def neighbourhood(ledger: Ledger, controversy: str) -> Neighbourhood:
    """What the ratings of one controversy can depend on."""
    answers = (edge.owner for edge in ledger.edges_to(controversy) if edge.name == "answers")
    positions = {id_: ledger.record(Position, id_) for id_ in answers}
    claims = {id_: ledger.record(Claim, id_) for id_ in sorted(_claims_of(ledger, positions))}
    items = [(claim.id, item) for claim in claims.values() for item in claim.fields.evidence]
    links = _links_behind(ledger, (ledger.present_id(item.source) for _, item in items))
    return Neighbourhood(
        ledger=ledger,
        positions=positions,
        claims=claims,
        sources={id_: ledger.record(Source, id_) for id_ in sorted(links)},
        takers=grouped((before, id_) for id_, link in links.items() for before in link.earlier),
        citing=grouped((ledger.present_id(item.source), claim) for claim, item in items),
        rivals=grouped((ledger.present_id(item.about_rival), claim) for claim, item in items if item.about_rival),
    )


def _claims_of(ledger: Ledger, positions: Iterable[str]) -> set[str]:
    """The claims that touch a position, those that were withdrawn too."""
    found = {edge.target for id_ in positions for edge in ledger.edges_from(id_) if edge.name in DIRECT}
    found |= {edge.owner for id_ in positions for edge in ledger.edges_to(id_) if edge.name == "bears_on"}
    return {id_ for id_ in found if ledger.node_kind(id_) == "claim"}


def sources_behind(ledger: Ledger, cited: Iterable[str]) -> set[str]:
    """Some sources and all that they go back to, those that were withdrawn too."""
    return set(_links_behind(ledger, cited))


def _links_behind(ledger: Ledger, cited: Iterable[str]) -> dict[str, ChainLink]:
    def link(id_: str) -> ChainLink | None:
        source = ledger.records.get(id_)
        return chain_link(ledger, source, lambda _: True) if source and is_a(source, Source) else None

    return links_behind(cited, link)
