"""The impact of a retraction: which claims and positions would change with a source, and what has changed with some.

In: a claim, its rating and what it was rated by. Out: what would change with each source. A retracted source takes
with it every origin that can be reached only by way of it. Which those are, the dominators of the chains say, seen from
each origin (Cooper, Harvey and Kennedy, 2006). Of a claim only the items that lose an origin are weighed again, so the
work grows with the pairs of a source and an item that depends on it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from ledger.analysis.matching import Matching, Weighed
from ledger.analysis.origins import Trace, ancestry, live_graph
from ledger.analysis.positions import PositionBands
from ledger.analysis.ratings import SIDES, Rating, Rules, ShortRating, conclude, weigh, weighed_of
from ledger.describing import RecordId, described, internal
from ledger.graph import Ledger
from ledger.loading import Record

Lost = frozenset[tuple[str, str]]
"""What a retraction takes from a claim: cited source and origin, each pair that can no longer be reached."""


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """What would change of a claim."""

    claim: RecordId = described("the claim")
    before: ShortRating = described("now")
    after: ShortRating = described("then")


@dataclass(frozen=True, slots=True)
class PositionChange:
    """What would change of a position: the distribution of bands, or the weakest claims."""

    position: RecordId = described("the position")
    before: PositionBands = internal()
    after: PositionBands = internal()
    """How: from the bands in its data, with `claims` as they would be."""


@dataclass(frozen=True, slots=True)
class RetractionImpact:
    """What would change if a source were dropped."""

    claims: tuple[ClaimChange, ...] = described("the claims that would change")
    positions: tuple[PositionChange, ...] = described("the positions that would change")


@dataclass(frozen=True, slots=True)
class ClaimChangedBy:
    """What a claim would be if no source had been dropped."""

    sources: tuple[RecordId, ...] = described("the dropped sources that it rests on")
    before: ShortRating = described("what it would be")


@dataclass(frozen=True, slots=True)
class PositionChangedBy:
    """What a position would be if no source had been dropped."""

    sources: tuple[RecordId, ...] = described("the dropped sources that it rests on")
    before: PositionBands = described("what it would be")


class DominatorIndex:
    """Which sources every chain from a cited source to an origin comes by."""

    def __init__(self, traced: Trace) -> None:
        self.traced = traced
        self._trees: dict[str, Mapping[str, str]] = {}

    def sources(self, cited: str, origin: str) -> Iterator[str]:
        """The sources without which a cited source loses an origin, from the one to the other."""
        node = self.traced.closed.get(cited, cited)
        while node != origin:
            yield node
            node = self._tree(origin)[node]
        yield from self.traced.loops[origin] if self.traced.ends[origin] == "circular" else (origin,)

    def _tree(self, origin: str) -> Mapping[str, str]:
        import networkx as nx  # noqa: PLC0415 - slow to import

        if origin not in self._trees:
            self._trees[origin] = nx.immediate_dominators(self._backwards, origin)
        return self._trees[origin]

    @cached_property
    def _backwards(self) -> Any:
        return live_graph(self.traced).reverse()


def without_each(
    ledger: Ledger, rules: Rules, claim: Record, rating: Rating, dominators: DominatorIndex
) -> Iterator[tuple[str, ShortRating, bool]]:
    """Each source on which an item depends, by id; the rating without it, and whether it carries the heavier side."""
    taken: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for cited in sorted({step.source for step in rating.steps}):
        for origin in rules.traced.origins.get(cited, ()):
            for source in dominators.sources(cited, origin):
                taken[source].add((cited, origin))
    balance = _Balance(ledger, rules, claim, rating)
    known: dict[Lost, tuple[ShortRating, bool]] = {}
    for source, pairs in sorted(taken.items()):
        lost = frozenset(pairs)
        if lost not in known:
            known[lost] = balance.without(lost)
        yield source, *known[lost]


class _Balance:
    """The items of a claim in the balance: for it, against it, and both together for the number of origins."""

    def __init__(self, ledger: Ledger, rules: Rules, claim: Record, rating: Rating) -> None:
        self._ledger, self._rules, self._claim, self._rating = ledger, rules, claim, rating
        self._weighed = {step.item: found for step in rating.steps if (found := weighed_of(rules, step))}
        self._citing: defaultdict[str, list[Any]] = defaultdict(list)
        for item in claim.fields.evidence:
            if item.id in self._weighed:
                self._citing[ledger.present_id(item.source)].append(item)
        items = self._weighed.values()
        self._sides = [Matching(item for item in items if item.side == side) for side in SIDES.values()]
        self._both = Matching(items)

    def without(self, lost: Lost) -> tuple[ShortRating, bool]:
        """The rating without some origins of what is cited, and whether these carry the heavier side."""
        old, new = self._changed(lost)
        before = self._rating.weight_for, self._rating.weight_against
        after = tuple(
            weight + self._difference(matching, side, old, new)
            for weight, matching, side in zip(before, self._sides, SIDES.values(), strict=True)
        )
        origins = self._rating.origins + sum(change for change, _ in self._both.changed(old, new))
        searched = self._rating.searched
        found = conclude(self._rules.profile, self._claim, (after[0], after[1]), origins, searched=searched)
        alone = before[0] != before[1] and not after[before.index(max(before))]
        return ShortRating(found.computed, found.direction), alone

    def _changed(self, lost: Lost) -> tuple[list[Weighed], list[Weighed]]:
        """The items that lose an origin, as they are and as they would be."""
        by_cited: defaultdict[str, set[str]] = defaultdict(set)
        for cited, origin in lost:
            by_cited[cited].add(origin)
        old, new = [], []
        for cited, origins in by_cited.items():
            gone = frozenset(origins)
            for item in self._citing.get(cited, ()):
                old.append(self._weighed[item.id])
                new.append(weighed_of(self._rules, weigh(self._ledger, self._rules, self._claim, item, gone), gone))
        return old, [item for item in new if item]

    @staticmethod
    def _difference(matching: Matching, side: str, old: list[Weighed], new: list[Weighed]) -> Decimal:
        of_side = ([item for item in items if item.side == side] for items in (old, new))
        return sum((change * item.weight for change, item in matching.changed(*of_side)), Decimal(0))


def dropped_below(ledger: Ledger, traced: Trace, claim: Record) -> tuple[str, ...]:
    """The dropped sources that a claim cites, or in the chains of what it cites."""
    cited = {ledger.present_id(item.source) for item in claim.fields.evidence}
    steps: Any = ancestry(traced, cited)
    return tuple(sorted((cited | {earlier for _, earlier in steps}) & traced.fallen))
