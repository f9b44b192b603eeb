"""A claim without some of its items, weighed again only where that can change what follows.

In: what rates a claim. Out: a Whole, which says of some items whether what follows stands without them. A verdict rests
on a few works that are enough for it; whatever else is left out or lowered can't raise a side, and does not lower it.
So a claim with a thousand items is weighed again for a few of them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from ledger.analysis import verdicts
from ledger.analysis.lineages import Chains
from ledger.analysis.ratings import Graded, Input, Rated, conclude, decides_alone, sides_of
from ledger.analysis.verdicts import Conclusion, Sides
from ledger.analysis.works import Work


class Hold(NamedTuple):
    """What a work has from its items: it stays the same as long as one item of each set is left."""

    work: Work
    pillars: tuple[frozenset[str], ...]

    def changes(self, gone: Collection[str]) -> bool:
        """Whether the work is another without some items."""
        return any(pillar and pillar.issubset(gone) for pillar in self.pillars)


@dataclass(frozen=True, slots=True)
class Whole:
    """A claim with all its items."""

    given: Input
    items: Sequence[Graded]
    sides: Sides
    found: Conclusion | None
    holds: Mapping[str, Sequence[Hold]]
    """Item → the works that it stands for."""
    enough: frozenset[Work]
    """Works that are enough for the levels of the sides, and those that repeat one of them."""
    solid: tuple[int, int]
    """How many works that support, and that qualify, are moderate or better."""
    known: dict[frozenset[str], Conclusion | None] = field(default_factory=dict, repr=False)
    """What follows without items that somebody has asked for: several results leave out the same."""

    def without(self, gone: frozenset[str], instead: Sequence[Graded] = ()) -> Conclusion | None:
        """What follows without some items, or with what is left of them instead."""
        if self.found is None or self.stands(gone):
            return self.found
        if instead:
            return self._again(self.found, gone, instead)
        if gone not in self.known:
            self.known[gone] = self._again(self.found, gone)
        return self.known[gone]

    def _again(self, found: Conclusion, gone: frozenset[str], instead: Sequence[Graded] = ()) -> Conclusion | None:
        left = [one for one in self.items if one.case.id not in gone]
        return conclude(self.given, sides_of([*left, *instead], self.given.chains), known=found.strengths)

    def stands(self, gone: frozenset[str]) -> bool:
        """Whether what follows is the same without some items, which are gone or worth less."""
        if self.found is None:
            return True
        met = {id(one): one for id_ in gone for one in self.holds.get(id_, ())}
        changed = [one.work for one in met.values() if one.changes(gone)]
        return self.enough.isdisjoint(changed) and (not self.sides.qualify or self._keeps_part(len(changed)))

    def _keeps_part(self, changed: int) -> bool:
        """Whether a claim holds in part, or in full, with so many works fewer on either side."""
        support, qualify = self.solid
        if self.found and self.found.strengths["qualify"].level >= verdicts.MEDIUM:
            return True
        fewer = product((support, support - changed), (qualify, qualify - changed))
        answers = {left > 0 and verdicts.IN_PART * of > left for left, of in fewer}
        return len(answers) == 1 and (support == 0 or support > changed)


def whole_of(given: Input, rated: Rated) -> Whole:
    """A claim with all its items, and how it was rated."""
    items, sides, found = rated
    by_id = {one.case.id: one for one in items}
    holds: dict[str, list[Hold]] = {}
    for work in (work for side in sides for work in side):
        hold = _hold(work, [by_id[id_] for id_ in work.items])
        for id_ in work.items:
            holds.setdefault(id_, []).append(hold)
    strengths = found.strengths.values() if found else ()
    enough = frozenset(work for strength in strengths for work in strength.by)
    solid = verdicts.solid(sides.support), verdicts.solid(sides.qualify) if sides.qualify else 0
    return Whole(given, items, sides, found, holds, enough | _repeating(enough, sides, given.chains), solid)


def _hold(work: Work, items: Sequence[Graded]) -> Hold:
    pillars = (
        frozenset(one.case.id for one in items if one.grade == work.grade),
        frozenset(one.case.id for one in items if one.seen),
        frozenset(one.case.id for one in items if decides_alone(one)),
    )
    return Hold(work, pillars)


def _repeating(enough: Iterable[Work], sides: Sides, chains: Chains) -> set[Work]:
    """The works that repeat one of some works."""
    again = {other for one in enough for id_ in one.works for other in chains.repeats.get(id_, ())}
    return {one for side in sides for one in side if not again.isdisjoint(one.works)} if again else set()
