"""The impact of a retraction: which claims and positions would change with a source, and what has changed with some.

In: what rates a claim. Out: what would change with each source. A retracted source takes with it every work that can be
reached only by way of it, and what stands on its data alone. Which those are, the dominators of the chains say, seen
from each end (Cooper, Harvey and Kennedy, 2006). A claim is weighed again only where something that is enough for its
rating is lost.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import NamedTuple

from ledger.analysis.grades import Case, without_ends
from ledger.analysis.leaving_out import Whole
from ledger.analysis.lineages import Chains, dropped_with, fall_with, users_of_data
from ledger.analysis.origins import Steps, live_steps
from ledger.analysis.positions import PositionVerdicts
from ledger.analysis.ratings import Graded, Input, ShortRating, graded, short_of
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


Lost = Mapping[str, frozenset[str]]
"""Item → the ends of its chains that are lost."""


def without_each(whole: Whole) -> Iterator[tuple[str, Without]]:
    """Each source on which an item depends, by id, with the claim without it."""
    base = whole.found
    if not base:
        return
    heavier = "support" if base.support >= base.dispute else "dispute"
    known: dict[frozenset[tuple[str, frozenset[str]]], Without] = {}
    for source, lost in sorted(_lost_with_each(whole.given).items()):
        key = frozenset(lost.items())
        if key not in known:
            after = whole.without(frozenset(lost), _left(whole.given, lost))
            alone = base.support != base.dispute and bool(after) and not getattr(after, heavier)
            known[key] = Without(short_of(after), alone)
        yield source, known[key]


def _left(given: Input, lost: Lost) -> list[Graded]:
    """What is left of the items that lose something, but not everything."""
    cut = [one for one in given.items if one.id in lost and not lost[one.id].issuperset(one.backing.standing)]
    return graded(given._replace(items=tuple([without_ends(one, lost[one.id]) for one in cut])))


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
        self.chains, self.live, self.steps = chains, chains.live, live_steps(chains.live)
        self.trees: dict[str, Mapping[str, str]] = {}
        self.causes: defaultdict[str, list[str]] = defaultdict(list)
        """Source → the sources with which it falls by itself."""
        falling = dict(_falling(chains))
        for source, ids in falling.items():
            for id_ in ids:
                self.causes[id_].append(source)
        self.are_single = not self.live.loops and all(len(ids) < 2 for ids in falling.values())  # noqa: PLR2004

    def lost(self, one: Case) -> Iterator[tuple[str, Collection[str]]]:
        """The sources that an item needs, and the ends of its chains that go with each."""
        if one.source in self.live.dropped:
            return
        if one.backing.is_own:
            yield from ((source, {one.source}) for source in self.causes[one.source])
            return
        needed = {} if self.live.loops else self._needed(one)
        reach = set[str]() if self.are_single else _behind(self.chains.whole.earlier, one.backing.through)
        met: defaultdict[str, set[str]] = defaultdict(set)
        for id_ in {*needed, *reach, one.source}:
            for source in self.causes[id_]:
                met[source].add(id_)
        for source, ids in met.items():
            is_known = len(ids) == 1 and not self.live.loops
            if ends := needed.get(min(ids)) if is_known else self._lost_without(one, ids):
                yield source, ends

    def _needed(self, one: Case) -> Mapping[str, set[str]]:
        """The same for sources that fall alone, where there are no loops."""
        origins, through = self.live.origins, one.backing.through
        needed: defaultdict[str, set[str]] = defaultdict(set)
        for end in sorted({end for id_ in through for end in origins[id_]}):
            ways = [set(self._way(id_, end)) for id_ in through if end in origins[id_]]
            for id_ in set.intersection(*ways) | {one.source}:
                needed[id_].add(end)
        return needed

    def _way(self, node: str, origin: str) -> Iterator[str]:
        """The sources by which every chain from one to an origin comes, both included."""
        while node != origin:
            yield node
            onward = self.steps[node]
            node = onward[0] if len(onward) == 1 else self._tree(origin)[node]
        yield origin

    def _tree(self, origin: str) -> Mapping[str, str]:
        """Each source that leads to an origin, with the next one by which all its chains there come."""
        if origin not in self.trees:
            tree, depths = {origin: origin}, {origin: 0}

            def meeting(one: str, other: str) -> str:
                while one != other:
                    one, other = (tree[one], other) if depths[one] >= depths[other] else (one, tree[other])
                return one

            onward = self._onward(origin)
            for id_ in sorted(onward, key=self._places.__getitem__):
                tree[id_] = reduce(meeting, onward[id_])
                depths[id_] = depths[tree[id_]] + 1
            self.trees[origin] = tree
        return self.trees[origin]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """Where each source stands in the order, in which what it takes from comes first."""
        return {id_: at for at, circle in enumerate(self.live.order) for id_ in circle}

    @cached_property
    def _takers(self) -> Mapping[str, list[str]]:
        """Source → the sources that take from it."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for id_, earlier in self.steps.items():
            for one in earlier:
                found[one].append(id_)
        return found

    def _onward(self, origin: str) -> Mapping[str, list[str]]:
        """The sources whose chains reach an origin, each with the next sources on its chains to there."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        waiting, seen = [origin], {origin}
        while waiting:
            one = waiting.pop()
            for taker in self._takers[one]:
                found[taker].append(one)
                if taker not in seen:
                    seen.add(taker)
                    waiting.append(taker)
        return found

    def _lost_without(self, one: Case, ids: set[str]) -> set[str]:
        """The ends of an item's chains that are lost without several sources at once."""
        closed, through = self.live.closed, one.backing.through
        before = {end for id_ in through for end in self.live.origins[id_]}
        if one.source in ids:
            return before
        starts = [start for id_ in through if (start := closed.get(id_, id_)) in self.steps]
        return before - _behind(self.steps, starts, but={closed.get(id_, id_) for id_ in ids})


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
    taken = _behind(live.earlier, (earlier for id_ in users for earlier in lineages[id_].earlier))
    for source, ids in before.items():
        falling = fall_with(gone | ids, lineages, users) if users else ids
        if not falling.isdisjoint(taken):
            falling = {*dropped_with(live, lineages, falling | live.dropped, users), *ids}
        yield source, frozenset(falling - (whole - ids) - live.dropped)


def _behind(steps: Steps, starts: Iterable[str], but: Collection[str] = ()) -> set[str]:
    """Some sources, and whatever they take from, however far on; without a few, and what is only behind these."""
    waiting = [id_ for id_ in starts if id_ not in but]
    found = set(waiting)
    while waiting:
        more = {id_ for id_ in steps[waiting.pop()] if id_ not in found and id_ not in but}
        found |= more
        waiting += more
    return found
