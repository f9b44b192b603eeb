"""The impact of a retraction: which claims and positions would change with a source, and what has changed with some.

In: what rates a claim. Out: what would change with each source. A retracted source takes with it every work that can be
reached only by way of it, and what stands on its data alone. Which those are, the dominators of the chains say. Ends
are counted, not listed: a grade depends on how many there are, and of which kinds. A claim is weighed again only where
an item has another grade and something that is enough for its rating is lost.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ledger.analysis.dominators import ROOT, behind, dominators
from ledger.analysis.grades import Case, Voice, judged
from ledger.analysis.leaving_out import Whole
from ledger.analysis.lineages import Chains, dropped_with, fall_with, users_of_data
from ledger.analysis.origins import live_steps
from ledger.analysis.positions import PositionVerdicts
from ledger.analysis.ratings import CHOICES, ShortRating, short_of
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


Kind = tuple[Voice, ...]
"""What a grade knows of an end of chains."""


def without_each(whole: Whole) -> Iterator[tuple[str, Without]]:
    """Each source without which an item is gone or has another grade, by id, with the claim without it."""
    base = whole.found
    if not base:
        return
    heavier = "support" if base.support >= base.dispute else "dispute"
    known: dict[tuple[tuple[str, int | None], ...], Without] = {}
    for source, left in sorted(_left_with_each(whole).items()):
        key = tuple(left.items())
        if key not in known:
            after = whole.without(
                {id_: None if grade is None else whole.items[id_]._replace(grade=grade) for id_, grade in key}
            )
            alone = base.support != base.dispute and bool(after) and not getattr(after, heavier)
            known[key] = Without(short_of(after), alone)
        yield source, known[key]


def _left_with_each(whole: Whole) -> dict[str, dict[str, int | None]]:
    """Source → the items that have another grade without it, each with that; None where nothing is left of it."""
    found: defaultdict[str, dict[str, int | None]] = defaultdict(dict)
    falls = Falls(whole.given.chains)
    for one in whole.items.values():
        kinds = kinds_of(one.case)
        every = Counter(kinds.values())
        for source, lost in falls.lost(one.case, kinds):
            grade = _grade(one.case, every - lost)
            if grade != one.grade:
                found[source][one.case.id] = grade
    return found


def kinds_of(case: Case) -> dict[str, Kind]:
    """The ends of an item's chains that stand, each with what a grade knows of it."""
    voices: dict[str, list[Voice]] = {end: [] for end, _ in case.backing.standing}
    for end, voice in case.retold:
        voices[end].append(voice)
    return {end: tuple(dict.fromkeys(found)) for end, found in voices.items()}


def _grade(case: Case, left: Counter[Kind]) -> int | None:
    """The grade of an item with these ends alone; None without any."""
    if not left:
        return None
    retold = tuple(dict.fromkeys(voice for kind in left for voice in kind))
    most_fallen = 2 * left.total() < case.backing.ends
    return judged(case.facts._replace(retold=retold, most_fallen=most_fallen), CHOICES)[1]


class Falls:
    """What falls with each source behind a claim: earlier versions of it, and what stands on its data alone."""

    def __init__(self, chains: Chains) -> None:
        self.chains, self.live, self.steps = chains, chains.live, live_steps(chains.live)
        self.known: dict[tuple[str, ...], Mapping[str, Counter[Kind]]] = {}
        self.causes: defaultdict[str, list[str]] = defaultdict(list)
        """Source → the sources with which it falls by itself."""
        falling = dict(_falling(chains))
        for source, ids in falling.items():
            for id_ in ids:
                self.causes[id_].append(source)
        self.are_single = all(len(ids) < 2 for ids in falling.values())

    def lost(self, one: Case, kinds: Mapping[str, Kind]) -> Iterator[tuple[str, Counter[Kind]]]:
        """The sources that an item needs, and how many ends of its chains of which kind go with each."""
        if one.source in self.live.dropped:
            return
        every = Counter(kinds.values())
        if one.backing.is_own:
            yield from ((source, every) for source in self.causes[one.source])
            return
        needed, closed = self._needed(one.backing.through, kinds), self.live.closed
        for source, ids in self._met(one, needed).items():
            names = {closed.get(id_, id_) for id_ in ids}
            if one.source in ids:
                yield source, every
            elif len(names) > 1:
                left = behind(self.steps, self._starts(one.backing.through), names)
                yield source, Counter([kinds[end] for end in kinds.keys() - left])
            elif lost := needed.get(*names):
                yield source, lost

    def _met(self, one: Case, needed: Iterable[str]) -> Mapping[str, set[str]]:
        """Source → the sources that fall with it and may matter to an item."""
        closed, loops = self.live.closed, self.live.loops
        met: defaultdict[str, set[str]] = defaultdict(set)
        if self.are_single:
            reach = {id_ for name in needed for id_ in (loops[name] if name in closed else (name,))}
        else:
            reach = behind(self.chains.whole.earlier, one.backing.through)
        for id_ in {*reach, one.source}:
            for source in self.causes[id_]:
                met[source].add(id_)
        return met

    def _needed(self, through: tuple[str, ...], kinds: Mapping[str, Kind]) -> Mapping[str, Counter[Kind]]:
        """How many ends of which kind go with each source that falls alone."""
        if through not in self.known:
            above = dominators(self.steps, self._starts(through))
            found = {id_: Counter([kinds[id_]] if id_ in kinds else []) for id_ in above}
            for id_ in reversed(list(above)):
                if (nearer := above[id_]) != ROOT:
                    found[nearer].update(found[id_])
            self.known[through] = {id_: ends for id_, ends in found.items() if ends}
        return self.known[through]

    def _starts(self, through: Iterable[str]) -> list[str]:
        closed = self.live.closed
        return [start for id_ in through if (start := closed.get(id_, id_)) in self.steps]


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
    taken = behind(live.earlier, (earlier for id_ in users for earlier in lineages[id_].earlier))
    for source, ids in before.items():
        falling = fall_with(gone | ids, lineages, users) if users else ids
        if not falling.isdisjoint(taken):
            falling = {*dropped_with(live, lineages, falling | live.dropped, users), *ids}
        yield source, frozenset(falling - (whole - ids) - live.dropped)
