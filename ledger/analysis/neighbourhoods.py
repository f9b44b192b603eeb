"""What the ratings of a controversy can depend on.

In: a Ledger and a controversy. Out: its Neighbourhood: its positions, its claims and all sources behind these, with
what leads from the one to the other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.analysis.bearing import grouped
from ledger.analysis.origins import reached
from ledger.analysis.ties import claims_of
from ledger.graph import Ledger, result
from ledger.loading import Record, is_a
from ledger.records import Claim, Evidence, Position, Proponent, Source

Links = Mapping[str, tuple[str, ...]]
"""Id → ids that it leads to."""


class Neighbourhood(NamedTuple):
    """A controversy with its claims and everything that their ratings can depend on."""

    ledger: Ledger
    positions: Mapping[str, Record[Position]]
    rests_on: Mapping[str, frozenset[str]]
    """Position → the claims that it rests on."""
    claims: Mapping[str, Record[Claim]]
    """Those that were withdrawn too, by id."""
    leads: Mapping[str, "Leads"]
    """Source → to what it leads."""
    takers: Links
    """Source → the sources that take from it; proponent → the sources that they wrote."""
    citing: Links
    """Source → the claims whose items cite it; proponent → the claims about them."""
    others: Mapping[str, Record[Claim]]
    """Further claims, with an item about one of these."""
    hurt: Links
    """Claim → the claims that an item of it hurts as its rivals."""
    people: Mapping[str, Record[Proponent]]
    """Who wrote one of these sources, or said or did what a claim is about."""

    def reached_by(self, changed: Iterable[str], is_there: Callable[[str], bool]) -> dict[str, Record[Claim]]:
        """The claims that a change of some records can reach, by id: only by way of sources that are there."""
        met = reached(changed, lambda id_: filter(is_there, self.takers.get(id_, ())))
        found = {claim for id_ in met for claim in (*self.citing.get(id_, ()), *self.hurt.get(id_, ()))}
        found |= met & self.claims.keys()
        return {id_: self.claims[id_] for id_ in sorted(found)}

    def behind(self, cited: Iterable[str]) -> set[str]:
        """Some sources, and all that they go back to."""
        leads = self.leads
        return reached(filter(leads.__contains__, cited), lambda id_: filter(leads.__contains__, leads[id_].earlier))


def neighbourhood(ledger: Ledger, controversy: str) -> Neighbourhood:
    """What the ratings of one controversy can depend on."""
    answers = (edge.owner for edge in ledger.edges_to(controversy) if edge.name == "answers")
    positions = {id_: ledger.core(Position, id_) for id_ in answers}
    return neighbourhood_of(ledger, claims_of(ledger, *positions), positions)


def neighbourhood_of(
    ledger: Ledger, ids: Iterable[str], positions: Mapping[str, Record[Position]] = {}
) -> Neighbourhood:
    """What the ratings of some claims can depend on."""
    claims = {id_: ledger.core(Claim, id_) for id_ in ids}
    against = [(id_, record, item) for id_ in claims for _, record, item in hurting(ledger, id_)]
    items = [(claim.id, item) for claim in claims.values() for item in claim.fields.evidence]
    items += [(id_, item) for id_, _, item in against]
    cited = [(id_, claim) for claim, item in items for id_ in cited_by(ledger, item)]
    leads = _sources_behind(ledger, (id_ for id_, _ in cited))
    wrote = [(author, id_) for id_, one in leads.items() for author in one.authors]
    about = [(ledger.present_id(who), claim.id) for claim in claims.values() for who in claim.fields.about]
    taken = [(before, id_) for id_, one in leads.items() for before in one.earlier]
    people = sorted({who for who, _ in (*wrote, *about) if ledger.node_kind(who) == "proponent"})
    return Neighbourhood(
        ledger=ledger,
        positions=positions,
        rests_on={id_: frozenset(map(ledger.present_id, of.fields.rests_on)) for id_, of in positions.items()},
        claims=claims,
        leads=leads,
        takers=grouped((*taken, *wrote)),
        citing=grouped((*cited, *about)),
        others={record.id: record for _, record, _ in against if record.id not in claims},
        hurt=grouped((record.id, id_) for id_, record, _ in against),
        people={id_: ledger.core(Proponent, id_) for id_ in people},
    )


def hurting(ledger: Ledger, claim: str) -> Iterator[tuple[str, Record[Claim], Evidence]]:
    """The items of other claims that speak against one as their rival: node, claim, item."""
    for edge in ledger.edges_to(claim):
        if edge.name == "about_rival" and edge.owner != claim:
            record, part = ledger.core(Claim, edge.owner), edge.start.partition("/")[2]
            yield from ((edge.start, record, one) for one in record.fields.evidence if one.id == part)


class Leads(NamedTuple):
    """To what a source leads."""

    earlier: tuple[str, ...]
    """Whatever the rating of a claim that cites it may depend on, one step on."""
    authors: tuple[str, ...]
    """The records of those who wrote it."""


@result
def leads_of(ledger: Ledger, id_: str) -> Leads | None:
    """To what a source leads, also if it was withdrawn; None for what is no source."""
    record = ledger.core_of(id_)
    if record is None or not is_a(record, Source):
        return None
    fields = record.fields
    earlier = (*(one.source for one in fields.derivations), *filter(None, (fields.version_of,)))
    wrote = (one.proponent for one in fields.named_authors if one.proponent)
    return Leads(tuple(map(ledger.present_id, earlier)), tuple(map(ledger.present_id, wrote)))


def _sources_behind(ledger: Ledger, cited: Iterable[str]) -> dict[str, Leads]:
    """Some sources and all that they go back to, those that were withdrawn too."""
    every = reached(cited, lambda id_: leads.earlier if (leads := leads_of(ledger, id_)) else ())
    return {id_: leads for id_ in sorted(every) if (leads := leads_of(ledger, id_))}


def cited_by(ledger: Ledger, item: Evidence) -> tuple[str, ...]:
    """The sources that an item names."""
    return tuple(ledger.present_id(id_) for id_ in (item.source, item.via) if id_ and id_ != "own")
