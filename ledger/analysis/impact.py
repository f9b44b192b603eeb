"""What hangs on a source: which claims and positions change if it falls, and what has changed because one fell.

In: a Ledger, the rules of the rating and the ratings. Out: an Impact. A source falls when its status takes it out; with
it goes every origin that can be reached only by way of it. Which those are, the dominators of the chains say, seen
from each origin (Cooper, Harvey and Kennedy, 2006), so that a claim is rated again only for a source on which an
origin of its items hangs, and once for all that would take the same from it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx

from ledger.analysis.origins import Trace, ancestry, standing, trace
from ledger.analysis.positions import PositionBands, bands_of, claims_of
from ledger.analysis.ratings import Rating, Rules, rate_claim
from ledger.graph import Ledger
from ledger.loading import Record

Lost = frozenset[tuple[str, str]]
"""What a fall takes from a claim: cited source and origin, each pair that can no longer be reached."""


@dataclass(frozen=True, slots=True)
class Change:
    """A claim whose rating changes, before and after."""

    claim: str
    before: Rating
    after: Rating


@dataclass(frozen=True, slots=True)
class PositionChange:
    """A position whose distribution of bands or whose weakest claim changes."""

    position: str
    before: PositionBands
    after: PositionBands


@dataclass(frozen=True, slots=True)
class Fall:
    """What changes with a source."""

    claims: tuple[Change, ...]
    positions: tuple[PositionChange, ...]


@dataclass(frozen=True, slots=True)
class Fallen:
    """What has changed already: a claim or position as it would be if nothing had fallen, as it is, and what fell."""

    change: Change | PositionChange
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What hangs on each source."""

    if_it_fell: Mapping[str, Fall]
    """Source → what would change; sources with which nothing changes are left out."""
    single_points: Mapping[str, tuple[str, ...]]
    """Claim → the sources each of which alone carries everything that counts on its heavier side."""


def impact(ledger: Ledger, rules: Rules, ratings: Mapping[str, Rating]) -> Impact:
    """What would change with every source."""
    hanging = _Hanging(rules.traced)
    changes: dict[str, list[Change]] = {}
    single: dict[str, list[str]] = {}
    for claim in standing(ledger, "claim"):
        before = ratings[claim.id]
        for source, after in _without_each(ledger, rules, claim, hanging):
            if _differs(before, after):
                changes.setdefault(source, []).append(Change(claim.id, before, after))
            if _carried_alone(before, after):
                single.setdefault(claim.id, []).append(source)
    resting = _resting(ledger)
    falls = {
        source: Fall(tuple(found), tuple(_positions(found, resting, ratings)))
        for source, found in sorted(changes.items())
    }
    points = {claim: tuple(sorted(sources)) for claim, sources in single.items()}
    return Impact(falls, points)


def _differs(before: Rating, after: Rating) -> bool:
    return (before.computed, before.direction) != (after.computed, after.direction)


def _carried_alone(before: Rating, after: Rating) -> bool:
    if before.weight_for == before.weight_against:
        return False
    return not (after.weight_for if before.weight_for > before.weight_against else after.weight_against)


class _Hanging:
    """Which sources every chain from a cited source to an origin comes by."""

    def __init__(self, traced: Trace) -> None:
        self.traced = traced
        self._backwards = traced.graph.reverse()
        self._trees: dict[str, Mapping[str, str]] = {}

    def sources(self, cited: str, origin: str) -> Iterator[str]:
        """The sources without which a cited source loses an origin, from the one to the other."""
        if origin not in self._trees:
            self._trees[origin] = nx.immediate_dominators(self._backwards, origin)
        node = self.traced.closed.get(cited, cited)
        while node != origin:
            yield node
            node = self._trees[origin][node]
        yield from self.traced.loops[origin] if self.traced.ends[origin] == "circular" else (origin,)


def _without_each(ledger: Ledger, rules: Rules, claim: Record, hanging: _Hanging) -> Iterator[tuple[str, Rating]]:
    """The claim's rating without each source on which something of it hangs."""
    taken: dict[str, set[tuple[str, str]]] = {}
    for cited in sorted({ledger.present_id(item.source) for item in claim.fields.evidence}):
        for origin in rules.traced.origins.get(cited, ()):
            for source in hanging.sources(cited, origin):
                taken.setdefault(source, set()).add((cited, origin))
    known: dict[Lost, Rating] = {}
    for source in sorted(taken):
        lost = frozenset(taken[source])
        if lost not in known:
            known[lost] = rate_claim(ledger, rules, claim, _by_cited(lost))
        yield source, known[lost]


def _by_cited(lost: Lost) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for cited, origin in lost:
        found.setdefault(cited, set()).add(origin)
    return {cited: frozenset(origins) for cited, origins in found.items()}


# Positions


def _resting(ledger: Ledger) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Claim → the positions that rest on it, each with all that it rests on."""
    resting: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for position in standing(ledger, "position"):
        claims = claims_of(ledger, position.id)
        for claim in claims:
            resting.setdefault(claim, []).append((position.id, claims))
    return resting


def _positions(
    changes: Sequence[Change],
    resting: Mapping[str, list[tuple[str, tuple[str, ...]]]],
    ratings: Mapping[str, Rating],
) -> Iterator[PositionChange]:
    """The positions that some changes of claims reach."""
    after = {change.claim: change.after for change in changes}
    before = {change.claim: change.before for change in changes}
    touched = {position: claims for claim in after for position, claims in resting.get(claim, ())}
    for position, claims in sorted(touched.items()):
        old = bands_of(claims, {claim: before.get(claim, ratings[claim]) for claim in claims})
        new = bands_of(claims, {claim: after.get(claim, ratings[claim]) for claim in claims})
        if old != new:
            yield PositionChange(position, old, new)


# What has fallen already


def changed_already(ledger: Ledger, rules: Rules, ratings: Mapping[str, Rating]) -> Iterator[Fallen]:
    """The claims, then the positions, that a source's status has changed, by id."""
    if not rules.traced.fallen:
        return
    whole = replace(rules, traced=trace(ledger))
    found: list[tuple[Change, tuple[str, ...]]] = []
    for claim in standing(ledger, "claim"):
        if not (sources := _fallen_below(ledger, rules.traced, claim)):
            continue
        change = Change(claim.id, rate_claim(ledger, whole, claim), ratings[claim.id])
        if _differs(change.before, change.after):
            found.append((change, sources))
    yield from (Fallen(change, sources) for change, sources in found)
    for moved in _positions([change for change, _ in found], _resting(ledger), ratings):
        named = {claim for count in moved.after.bands for claim in count.claims}
        yield Fallen(moved, tuple(sorted({s for change, sources in found if change.claim in named for s in sources})))


def _fallen_below(ledger: Ledger, traced: Trace, claim: Record) -> tuple[str, ...]:
    """The fallen sources that a claim cites, or in the chains of what it cites."""
    cited = {ledger.present_id(item.source) for item in claim.fields.evidence}
    steps: Any = ancestry(traced, cited)
    return tuple(sorted((cited | {earlier for _, earlier in steps}) & traced.fallen))
