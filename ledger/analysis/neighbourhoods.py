"""What the ratings of a controversy can depend on.

In: a Ledger and a controversy. Out: its Neighbourhood: its positions, its claims and all sources behind these, with
what leads from the one to the other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ledger.analysis.origins import OWN_FINDING
from ledger.graph import Ledger
from ledger.loading import Record

Links = Mapping[str, tuple[str, ...]]
"""Id → ids that it leads to."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A controversy with its claims and everything that their ratings can depend on."""

    ledger: Ledger
    positions: Mapping[str, Record]
    claims: Mapping[str, Record]
    """Those that were withdrawn too, by id."""
    sources: Mapping[str, Record]
    takers: Links
    """Source → the sources that take from it."""
    citing: Links
    """Source → the claims whose items cite it."""
    rivals: Links
    """Claim → the claims with an item about it."""

    def reached_by(self, changed: Iterable[str]) -> dict[str, Record]:
        """The claims that a change of some records can reach, by id."""
        ids = tuple(changed)
        sources = _reach((id_ for id_ in ids if id_ in self.sources), lambda id_: self.takers.get(id_, ()))
        found = {claim for source in sources for claim in self.citing.get(source, ())}
        found |= {id_ for id_ in ids if id_ in self.claims}
        found |= {about for claim in found for about in self.rivals.get(claim, ())}
        return {id_: self.claims[id_] for id_ in sorted(found)}


def neighbourhood(ledger: Ledger, controversy: str) -> Neighbourhood:
    """What the ratings of one controversy can depend on."""
    bearing = _grounds(ledger).get(controversy, {})
    positions = {id_: ledger.records[id_] for id_ in bearing}
    claims = _claims_of(ledger, positions, bearing)
    cited = [(ledger.present_id(i.source), claim.id) for claim in claims.values() for i in claim.fields.evidence]
    about = [(i.about_rival, claim.id) for claim in claims.values() for i in claim.fields.evidence if i.about_rival]
    sources = sources_behind(ledger, (source for source, _ in cited))
    return Neighbourhood(
        ledger=ledger,
        positions=positions,
        claims=claims,
        sources=sources,
        takers=_grouped((before, id_) for id_, source in sources.items() for before in _earlier(ledger, source)),
        citing=_grouped(cited),
        rivals=_grouped((ledger.present_id(rival), claim) for rival, claim in about),
    )


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for key, value in pairs:
        found[key][value] = None
    return {key: tuple(values) for key, values in found.items()}


@lru_cache(maxsize=2)
def _grounds(ledger: Ledger) -> dict[str, dict[str, list[str]]]:
    """Controversy → position → the claims that say how they bear on it; those that were withdrawn too."""
    bearing: defaultdict[str, list[str]] = defaultdict(list)
    for claim in ledger.of_kind("claim"):
        for tie in claim.fields.bears_on:
            bearing[ledger.present_id(tie.position)].append(claim.id)
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for position in ledger.of_kind("position"):
        found[ledger.present_id(position.fields.controversy)][position.id] = bearing[position.id]
    return found


def _claims_of(ledger: Ledger, positions: Mapping[str, Record], bearing: Mapping[str, list[str]]) -> dict[str, Record]:
    """The claims that touch a position, those that were withdrawn too, by id."""
    named = {
        ledger.present_id(id_)
        for position in positions.values()
        for ids in (position.fields.rests_on, position.fields.rejects, *(o.claims for o in position.fields.objections))
        for id_ in ids
    }
    named.update(*bearing.values())
    known = {id_: ledger.records[id_] for id_ in sorted(named) if id_ in ledger.records}
    return {id_: record for id_, record in known.items() if record.kind.name == "claim"}


def _earlier(ledger: Ledger, source: Record) -> tuple[str, ...]:
    derived = source.fields.derived_from
    if derived == "unknown" or source.fields.first_hand:
        return ()
    return tuple(ledger.present_id(one.source) for one in derived if one.how not in OWN_FINDING)


def sources_behind(ledger: Ledger, sources: Iterable[str]) -> dict[str, Record]:
    """Some sources and all that they go back to, by id."""

    def earlier(id_: str) -> tuple[str, ...]:
        return _earlier(ledger, ledger.records[id_]) if _is_source(ledger, id_) else ()

    reached = _reach(sources, earlier)
    return {id_: ledger.records[id_] for id_ in sorted(reached) if _is_source(ledger, id_)}


def _is_source(ledger: Ledger, id_: str) -> bool:
    return id_ in ledger.records and ledger.records[id_].kind.name == "source"


def _reach(start: Iterable[str], onward: Callable[[str], Iterable[str]]) -> set[str]:
    """Everything that can be reached from some ids, those included."""
    seen = set(start)
    waiting = list(seen)
    while waiting:
        more = set(onward(waiting.pop())) - seen
        seen |= more
        waiting += more
    return seen
