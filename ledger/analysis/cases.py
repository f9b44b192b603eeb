"""What the ratings of a controversy can depend on.

In: a Ledger. Out: a Case for each controversy: its positions, its claims and all sources behind these, with what leads
from the one to the other.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ledger.analysis.origins import OWN_FINDING
from ledger.graph import Ledger
from ledger.loading import Clock, Record


@dataclass(frozen=True, slots=True)
class Case:
    """A controversy with its claims and everything that their ratings can depend on."""

    ledger: Ledger
    verdicts: Mapping[str, str]
    positions: Mapping[str, Record]
    claims: Mapping[str, Record]
    sources: Mapping[str, Record]
    takers: Mapping[str, tuple[str, ...]]
    """Source → the sources that take from it."""
    citing: Mapping[str, tuple[str, ...]]
    """Source → the claims whose items cite it."""
    clock: Clock = "happened"
    last: date = date.max
    """The last day that the clock can show."""


def cases(ledger: Ledger, verdicts: Mapping[str, str]) -> dict[str, Case]:
    """The case of every controversy, by its id; `verdicts` are today's on the quotes."""
    takers, grounds = _takers(ledger), _grounds(ledger)
    return {
        controversy.id: _case(ledger, grounds.get(controversy.id, {}), takers, verdicts)
        for controversy in ledger.of_kind("controversy")
    }


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


def _case(
    ledger: Ledger, bearing: Mapping[str, list[str]], takers: Mapping[str, tuple[str, ...]], verdicts: Mapping[str, str]
) -> Case:
    positions = {id_: ledger.records[id_] for id_ in bearing}
    claims = _claims_of(ledger, positions, bearing)
    citing: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for claim in claims.values():
        for item in claim.fields.evidence:
            citing[ledger.present_id(item.source)][claim.id] = None
    return Case(
        ledger=ledger,
        verdicts=verdicts,
        positions=positions,
        claims=claims,
        sources=sources_behind(ledger, citing),
        takers=takers,
        citing={source: tuple(found) for source, found in citing.items()},
    )


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


def _takers(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for source in ledger.of_kind("source"):
        for before in _earlier(ledger, source):
            found[before].append(source.id)
    return {source: tuple(takers) for source, takers in found.items()}


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


def touched_by(case: Case, touched: Iterable[str]) -> dict[str, Record]:
    """The claims that a change of some records can reach."""
    sources = _reach((id_ for id_ in touched if id_ in case.sources), lambda id_: case.takers.get(id_, ()))
    found = {claim for source in sources for claim in case.citing.get(source, ())}
    found |= {id_ for id_ in touched if id_ in case.claims}
    found |= _rivals_of(case, found)
    return {id_: case.claims[id_] for id_ in sorted(found)}


def _rivals_of(case: Case, claims: Collection[str]) -> set[str]:
    """The claims with an item about one of some claims."""
    return {
        claim.id
        for claim in case.claims.values()
        if any(i.about_rival and case.ledger.present_id(i.about_rival) in claims for i in claim.fields.evidence)
    }
