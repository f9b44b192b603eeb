"""What counts once: works → teams.

In: the works that the items of a claim come from. Out: which of them are independent, and how many. That works of one
team or of one data set are no independent witnesses is the point of Bovens and Hartmann, Bayesian Epistemology (2003),
chapter 4.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import lt, or_
from typing import NamedTuple, TypeVar

from ledger.modelling import Common

Fields = TypeVar("Fields", bound=Common)

EXACT_TO = 30
"""Up to so many works the largest set of independent ones is found exactly; beyond, one after the other is taken."""


class Work(NamedTuple):
    """What stands behind one item or several, on one side of a claim."""

    name: str
    works: frozenset[str]
    """The works that are one here: one, or the ends of the chains of what retells them."""
    met: frozenset[str]
    """These, and those by way of which its items come."""
    marks: frozenset[str]
    grade: int
    """0 weak, 1 moderate, 2 strong: that of its best item."""
    seen: bool
    """Whether an editor saw the work itself."""
    decides: bool
    """Whether it can make medium evidence alone, if it is strong and seen."""
    items: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        """What ties it to others, ids and marks: two works that share one of these are no independent witnesses."""
        return self.met | self.marks

    def is_tied(self, other: "Work") -> bool:
        """Whether the two are no independent witnesses."""
        return not self.met.isdisjoint(other.met) or not self.marks.isdisjoint(other.marks)


def largest_choice(works: Sequence[Work], *, by_team: bool = True) -> int:
    """How many of some works can be chosen so that no two are tied; or, not by team, so that none is in two of them.

    Exact up to `EXACT_TO` works that differ in what ties them; beyond, the best of those with the fewest ties are taken
    one after the other, which can be too few.
    """
    if len(works) < 2:
        return len(works)
    kinds = {(one.met, one.marks if by_team else frozenset[str]()) for one in works}
    keys = [met | marks for met, marks in kinds]
    if len(frozenset[str]().union(*keys)) == sum(map(len, keys)):
        return len(keys)  # none is tied to another
    ordered = sorted(kinds, key=lambda kind: tuple(map(sorted, kind)))
    near, total = _neighbours([met | marks for met, marks in ordered]), 0
    for component in _components(near):
        total += _independent(near, component) if component.bit_count() <= EXACT_TO else _greedy(near, component)
    return total


def _neighbours(kinds: Sequence[frozenset[str]]) -> list[int]:
    """For each, those that share something with it, as bits; found by what they hold, not pair by pair."""
    holders: dict[str, int] = {}
    for at, keys in enumerate(kinds):
        for key in keys:
            holders[key] = holders.get(key, 0) | 1 << at
    return [reduce(or_, [holders[key] for key in keys], 0) & ~(1 << at) for at, keys in enumerate(kinds)]


def _components(near: Sequence[int]) -> Iterator[int]:
    left = (1 << len(near)) - 1
    while left:
        found, fresh = 0, left & -left
        while fresh:
            at = fresh.bit_length() - 1
            found |= 1 << at
            fresh = (fresh | near[at]) & ~found
        yield found
        left &= ~found


def _independent(near: Sequence[int], left: int) -> int:
    """The size of the largest independent set: the node with most ties is in it or not."""
    if not left:
        return 0
    bits = tuple(_places(left))
    most = max(bits, key=lambda at: (near[at] & left).bit_count())
    if (near[most] & left).bit_count() <= 1:
        pairs = sum((near[at] & left).bit_count() for at in bits) // 2
        return len(bits) - pairs
    without = left & ~(1 << most)
    return max(1 + _independent(near, without & ~near[most]), _independent(near, without))


def _places(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def _greedy(near: Sequence[int], left: int) -> int:
    found = 0
    while left:
        at = min(_places(left), key=lambda at: (near[at] & left).bit_count())
        found, left = found + 1, left & ~near[at] & ~(1 << at)
    return found


def teams_of(works: Sequence[Work]) -> Iterator[list[Work]]:
    """The works that are tied with each other, directly or through others."""
    for component in _components(_neighbours([one.keys for one in works])):
        yield [works[at] for at in _places(component)]


def shown_under(sets: Iterable[frozenset[str]]) -> Mapping[frozenset[str], tuple[str, ...]]:
    """Works that items go back to → the works under which that is listed: never more than are there without it.

    What goes back to several works stands under each of them to which something goes back alone. Where there is none,
    all such that overlap stand under the first of their works.
    """
    every = set(sets)
    single = {id_ for works in every if len(works) == 1 for id_ in works}
    found = {works: tuple(sorted(works & single)) for works in every}
    joint = sorted((works for works in every if not found[works]), key=sorted)
    for component in _components(_neighbours(joint)):
        together = [joint[at] for at in _places(component)]
        found |= dict.fromkeys(together, (min(map(min, together)),))
    return found


def choose(works: Sequence[Work], wanted: Sequence[int], *, seen: bool = False) -> frozenset[Work]:
    """Works of these grades or better of which no two are tied, the first of them seen; empty if there are none.

    `wanted` has the highest grade first.
    """
    if len(works) < len(wanted) or any(map(lt, sorted([one.grade for one in works], reverse=True), wanted)):
        return frozenset()  # whatever is tied to what: most sides are small
    groups: dict[tuple[frozenset[str], frozenset[str], bool], Work] = {}
    for one in works:
        key = one.met, one.marks, one.seen
        if key not in groups or groups[key].grade < one.grade:
            groups[key] = one
    kinds = sorted(groups.values(), key=lambda one: (-one.grade, not one.seen, one.name))
    of_grade = [_bits(one.grade >= grade for one in kinds) for grade in wanted]
    if seen:
        of_grade[0] &= _bits(one.seen for one in kinds)
    if not all(of_grade):
        return frozenset()
    near = _neighbours([one.keys for one in kinds])
    found = _fill(near, of_grade, (1 << len(kinds)) - 1)
    return frozenset(one for at, one in enumerate(kinds) if found >> at & 1)


def _bits(found: Iterable[bool]) -> int:
    return sum(1 << at for at, one in enumerate(found) if one)


def _fill(near: Sequence[int], of_grade: Sequence[int], left: int) -> int:
    """One of each grade, none near another, as bits; 0 if that can't be."""
    candidates = of_grade[0] & left
    while candidates:
        at = (candidates & -candidates).bit_length() - 1
        rest = _fill(near, of_grade[1:], left & ~near[at] & ~(1 << at)) if of_grade[1:] else 0
        if rest or not of_grade[1:]:
            return 1 << at | rest
        candidates &= ~(1 << at)
    return 0
