"""The impact of a retraction: which claims and positions would change with a source, and what has changed with some.

In: what rates a claim. Out: what would change with each source. A retracted source takes with it every work that can be
reached only by way of it, and what stands on its data alone. Which those are, the dominators of the chains say, seen
from each end (Cooper, Harvey and Kennedy, 2006). A claim is weighed again only where something that is enough for its
rating is lost.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, NamedTuple

from ledger.analysis.grades import Case, without_ends
from ledger.analysis.leaving_out import Whole
from ledger.analysis.lineages import Chains, Lineage, dropped_with, fall_with, paths_behind, users_of_data
from ledger.analysis.origins import Trace, live_steps, trace
from ledger.analysis.positions import PositionVerdicts
from ledger.analysis.ratings import Input, ShortRating, conclude, graded, short_of, sides_of
from ledger.analysis.verdicts import Conclusion
from ledger.describing import RecordId, described, internal


class Without(NamedTuple):
    """A claim without one source: its rating then, and whether that source carries all on the stronger side."""

    rating: ShortRating
    alone: bool


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """What would change of a claim."""

    claim: RecordId = described("the claim")
    before: ShortRating = internal()
    """Now: its own data say so."""
    after: ShortRating = described("what it would be then")


@dataclass(frozen=True, slots=True)
class PositionChange:
    """What would change of a position: the distribution of verdicts, or the weakest claims."""

    position: RecordId = described("the position")
    before: PositionVerdicts = internal()
    after: PositionVerdicts = described("what it would be then")


@dataclass(frozen=True, slots=True)
class RetractionImpact:
    """What would change if a source were dropped."""

    claims: tuple[ClaimChange, ...] = described("the claims that would change")
    positions: tuple[PositionChange, ...] = described("the positions that would change")


@dataclass(frozen=True, slots=True)
class ClaimChangedBy:
    """What a claim would be if no source had been dropped."""

    sources: tuple[RecordId, ...] = described("the retracted or withdrawn sources that it depended on")
    before: ShortRating = described("its rating then")


@dataclass(frozen=True, slots=True)
class PositionChangedBy:
    """What a position would be if no source had been dropped."""

    sources: tuple[RecordId, ...] = described("the retracted or withdrawn sources that it depended on")
    before: PositionVerdicts = described("its verdicts then")


class DominatorIndex:
    """Which sources every chain from a cited source to an origin comes by."""

    def __init__(self, traced: Trace) -> None:
        self.traced, self.steps = traced, live_steps(traced)
        self._trees: dict[str, Mapping[str, str]] = {}

    def sources(self, cited: str, origin: str) -> Iterator[str]:
        """The sources without which a cited source loses an origin, from the one to the other."""
        node = self.traced.closed.get(cited, cited)
        while node != origin:
            yield node
            onward = self.steps[node]
            node = onward[0] if len(onward) == 1 else self._tree(origin)[node]
        yield from self.traced.loops[origin] if self.traced.ends[origin] == "circular" else (origin,)

    def _tree(self, origin: str) -> Mapping[str, str]:
        if origin not in self._trees:
            import networkx as nx  # noqa: PLC0415 - slow to import

            self._trees[origin] = nx.immediate_dominators(self._backwards, origin)
        return self._trees[origin]

    @cached_property
    def _backwards(self) -> Any:
        import networkx as nx  # noqa: PLC0415

        return nx.DiGraph((before, id_) for id_, earlier in self.steps.items() for before in earlier)


Lost = Mapping[str, frozenset[str]]
"""Item → the ends of its chains that are lost."""


def without_each(given: Input, whole: Whole) -> Iterator[tuple[str, Without]]:
    """Each source on which an item depends, by id, with the claim without it."""
    base = whole.found
    if not base:
        return
    heavier = "support" if base.support >= base.dispute else "dispute"
    known: dict[frozenset[tuple[str, frozenset[str]]], Without] = {}
    for source, lost in sorted(_lost_with_each(given).items()):
        key = frozenset(lost.items())
        if key not in known:
            after = whole.without(frozenset(lost), partial(_weighed_again, given, lost, base))
            alone = base.support != base.dispute and bool(after) and not getattr(after, heavier)
            known[key] = Without(short_of(after), alone)
        yield source, known[key]


def _weighed_again(given: Input, lost: Lost, base: Conclusion) -> Conclusion | None:
    left = given._replace(items=tuple(_after(given, lost)))
    return conclude(left, sides_of(graded(left), given.chains), known=base.strengths)


def _after(given: Input, lost: Lost) -> Iterator[Case]:
    """The items with what is left behind each."""
    for one in given.items:
        yield without_ends(one, lost[one.id]) if one.id in lost else one


def _lost_with_each(given: Input) -> dict[str, dict[str, frozenset[str]]]:
    """Source → what each item would lose with it."""
    found: defaultdict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    falls = Falls(given.chains)
    for one in given.items:
        for source, ends in falls.lost(one):
            found[source][one.id] = frozenset(ends)
    return dict(found)


class Falls:
    """What falls with each source behind a claim: earlier versions of it, and what stands on its data alone."""

    def __init__(self, chains: Chains) -> None:
        self.chains = chains
        self.dominators = DominatorIndex(chains.live)
        self.causes: defaultdict[str, list[str]] = defaultdict(list)
        """Source → the sources with which it falls by itself."""
        falling = dict(_falling(chains))
        for source, ids in falling.items():
            for id_ in ids:
                self.causes[id_].append(source)
        self.are_single = all(len(ids) < 2 for ids in falling.values())  # noqa: PLR2004

    def lost(self, one: Case) -> Iterator[tuple[str, set[str]]]:
        """The sources that an item needs, and the ends of its chains that go with each."""
        if one.source in self.chains.live.dropped:
            return
        if one.backing.is_own:
            yield from ((source, {one.source}) for source in self.causes[one.source])
            return
        needed = self._needed(one)
        reach = set[str]() if self.are_single else _reach(self.chains, one)
        met: defaultdict[str, set[str]] = defaultdict(set)
        for id_ in {*needed, *reach, one.source}:
            for source in self.causes[id_]:
                met[source].add(id_)
        for source, ids in met.items():
            ends = needed.get(min(ids)) if len(ids) == 1 else _lost_without(self.chains, one, reach, ids)
            if ends:
                yield source, ends

    def _needed(self, one: Case) -> Mapping[str, set[str]]:
        """The same for sources that fall alone."""
        origins, through = self.chains.live.origins, one.backing.through
        needed: defaultdict[str, set[str]] = defaultdict(set)
        for end in sorted({end for id_ in through for end in origins[id_]}):
            ways = [set(self.dominators.sources(id_, end)) for id_ in through if end in origins[id_]]
            for id_ in set.intersection(*ways) | {one.source}:
                needed[id_].add(end)
        return needed


def _falling(chains: Chains) -> Iterator[tuple[str, frozenset[str]]]:
    """Each source, and those that fall with it by themselves: not because their chains are cut."""
    lineages, live = chains.lineages, chains.live
    before: defaultdict[str, set[str]] = defaultdict(set)
    for id_, one in lineages.items():
        for source in (id_, *one.later):
            before[source].add(id_)
    users = users_of_data(lineages)
    gone = {id_ for id_ in users if not live.origins[id_]}
    whole = fall_with(gone, lineages, users)
    # when one of these falls, data that are used may
    taken = _behind(lineages, (earlier for id_ in users for earlier in lineages[id_].earlier))
    for source, ids in before.items():
        falling = fall_with(gone | ids, lineages, users) if users else ids
        if not falling.isdisjoint(taken):
            falling = {*dropped_with(live, lineages, falling | live.dropped), *ids}
        yield source, frozenset(falling - (whole - ids) - live.dropped)


def _reach(chains: Chains, one: Case) -> set[str]:
    """The sources in the chains behind an item."""
    return _behind(chains.lineages, one.backing.through)


def _behind(lineages: Mapping[str, Lineage], starts: Iterable[str]) -> set[str]:
    """Some sources, and whatever they take from, however far on."""
    waiting = list(starts)
    found = set(waiting)
    while waiting:
        more = set(lineages[waiting.pop()].earlier) - found
        found |= more
        waiting += more
    return found


def _lost_without(chains: Chains, one: Case, reach: set[str], ids: set[str]) -> set[str]:
    """The ends of an item's chains that are lost without several sources at once."""
    through = one.backing.through
    before = {end for id_ in through for end in chains.live.origins[id_]}
    if one.source in ids:
        return before
    paths = paths_behind({id_: chains.lineages[id_] for id_ in sorted(reach)})
    left = trace(paths, chains.live.dropped | ids)
    return before - {end for id_ in through for end in left.origins[id_]}
