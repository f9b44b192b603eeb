"""From works to a verdict: how much evidence each side has, and what follows from both.

In: the works on each side of a claim, and whether the other side was looked for. Out: a verdict in one of five words,
or the range in which it lies. How much evidence there is and what it says are told apart, as in the guidance note of
the IPCC on the consistent treatment of uncertainties (Mastrandrea and others, 2010).
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from ledger import vocabulary
from ledger.analysis.grades import MODERATE, STRONG, Choices
from ledger.analysis.works import Work, choose, largest_choice

Level = Literal["none", "weak", "limited", "medium", "robust"]
LEVELS: tuple[Level, ...] = ("none", "weak", "limited", "medium", "robust")
NONE, WEAK, LIMITED, MEDIUM, ROBUST = range(5)
Word = vocabulary.Verdict
WORDS = vocabulary.VERDICTS
PROBABLY_FALSE, PERHAPS_FALSE, OPEN, PERHAPS_TRUE, PROBABLY_TRUE = range(5)
"""Verdicts, as places in that list."""
Range = tuple[int, int]
"""The lowest and the highest verdict; twice the same where there is one."""
FOR_ROBUST = ((STRONG,) * 3, (STRONG, STRONG, MODERATE, MODERATE))
"""The grades of works that make robust evidence, if no two are tied and one of the strong ones was seen."""
IN_PART = 3
"""Where works that qualify are more than one for so many that support, the claim holds in part."""


class Sides(NamedTuple):
    """The works for a claim, against it, and those that qualify it."""

    support: Sequence[Work]
    dispute: Sequence[Work]
    qualify: Sequence[Work]


class Looked(NamedTuple):
    """Whether evidence on each side was looked for."""

    support: bool
    dispute: bool


class Strength(NamedTuple):
    """How much evidence a side has, and works that are enough for that."""

    level: int
    by: frozenset[Work]


class Conclusion(NamedTuple):
    """What follows from the works on both sides."""

    support: int
    dispute: int
    """The levels."""
    range: Range | None
    """None without evidence."""
    looked: bool
    """Whether the weaker side was looked for, or has something solid on it."""
    in_part: bool = False
    strengths: Mapping[str, Strength] = {}
    """Those from which it follows."""


def strength_of(works: Sequence[Work], choices: Choices, known: Strength | None = None) -> Strength:
    """How much evidence a side has. A further work never lowers it, and weak works never lift it above weak.

    `known` is the strength of more works than these: it holds as long as those that are enough for it are there.
    """
    if not works:
        return Strength(NONE, frozenset())
    if known and known.level and all(one in works for one in known.by):
        return known
    three, four = FOR_ROBUST
    if robust := choose(works, three, seen=True) or choose(works, four, seen=True):
        return Strength(ROBUST, robust)
    if deciding := next((one for one in works if one.decides), None):
        return Strength(MEDIUM, frozenset((deciding,)))
    others = (MODERATE,) * max(choices.medium - 1, 0)
    if medium := choose(works, (STRONG, *others)) or choose(works, (*others, MODERATE, MODERATE)):
        return Strength(MEDIUM, medium)
    best = max(works, key=lambda one: one.grade)
    return Strength(LIMITED if best.grade >= MODERATE else WEAK, frozenset({best}))


def weigh(sides: Sides, looked: Looked, choices: Choices, known: Mapping[str, Strength] = {}) -> Conclusion:
    """What follows from the works on both sides. `known`: the strengths with more works than these."""
    every = {"support": sides.support, "dispute": sides.dispute}
    is_qualified = bool(sides.qualify) and choices.qualifying != "ignored"
    if is_qualified:
        every |= {"qualify": sides.qualify, "disputed": (*sides.dispute, *sides.qualify)}
    found = {name: strength_of(works, choices, known.get(name)) for name, works in every.items()}
    support, dispute = found["support"].level, found["dispute"].level
    if not is_qualified:
        return Conclusion(support, dispute, *range_of(support, dispute, looked), strengths=found)
    disputed = found["disputed"].level
    if choices.qualifying == "disputes":
        return Conclusion(support, disputed, *range_of(support, disputed, looked), strengths=found)
    whole, answered = range_of(support, dispute, looked)
    if not whole:
        return Conclusion(support, dispute, None, answered, strengths=found)
    at_most, _ = range_of(support, disputed, looked)
    limited = _in_part(whole, at_most or whole, sides, medium=found["qualify"].level >= MEDIUM)
    return Conclusion(support, dispute, limited, answered, limited != whole and whole[1] > OPEN, found)


def _in_part(found: Range, disputed: Range, sides: Sides, *, medium: bool) -> Range:
    """The same where much of the evidence qualifies: one step towards the middle, if it was on the right-hand side.

    It is never more than one step above what it would be if all that qualifies disputed.
    """
    step = int(medium or (found[1] > OPEN and 0 < solid(sides.support) < IN_PART * solid(sides.qualify)))
    low, high = (min(one - step if one > OPEN else one, other + 1) for one, other in zip(found, disputed, strict=True))
    return low, high


def solid(works: Sequence[Work]) -> int:
    """How many works of a side are moderate or better, none counted twice."""
    return largest_choice([one for one in works if one.grade >= MODERATE], by_team=False)


def range_of(support: int, dispute: int, looked: Looked) -> tuple[Range | None, bool]:
    """The verdict, or the range of verdicts, from two levels; and whether the weaker side was looked for."""
    if support == dispute == NONE:
        return None, False
    if support == dispute == WEAK:
        return (OPEN, OPEN), looked.support and looked.dispute
    weaker, searched = (dispute, looked.dispute) if support >= dispute else (support, looked.support)
    if max(support, dispute) == WEAK:
        return (OPEN, OPEN), searched
    now = balance(support, dispute)
    if weaker >= LIMITED or searched:
        return (now, now), True
    with_one = balance(support, LIMITED) if support >= dispute else balance(LIMITED, dispute)
    return (min(now, with_one), max(now, with_one)), False


def balance(support: int, dispute: int) -> int:
    """The verdict from two levels, the weaker side having been looked for."""
    stronger, other = max(support, dispute), min(support, dispute)
    if stronger <= WEAK or other >= MEDIUM or stronger == other == LIMITED:
        return OPEN
    likely = other <= WEAK and stronger >= MEDIUM
    steps = 2 if likely else 1
    return OPEN + steps if support > dispute else OPEN - steps


def limited_to(found: Range) -> Range:
    """A range that goes no further than *leans* on either side."""
    low, high = (min(max(one, PERHAPS_FALSE), PERHAPS_TRUE) for one in found)
    return low, high


def side_of(found: Range | None) -> int:
    """On which side of the middle a verdict is: -1, 0, 1; of a range, its end nearest to the middle."""
    if not found:
        return 0
    low, high = found
    nearest = low if low > OPEN else min(high, OPEN)
    return (nearest > OPEN) - (nearest < OPEN)
