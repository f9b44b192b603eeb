"""How far two judges agree: the rules and the editors on claims, or two readings of the same items.

In: the ratings of claims, or what two readings said. Out: how often which values met, and kappa: 1 where both always
agree, 0 where they agree as often as chance would have it. Verdicts are words in a row, so the square of their
distance counts (Cohen, Weighted kappa, Psychological Bulletin 70, 1968); of other values, whether they are the same
(Cohen, A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20, 1960). That both
agree does not make either right: they read the same records.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import ne
from typing import Any

from ledger.analysis.ratings import Rating, ends_of
from ledger.analysis.verdicts import WORDS

Pair = tuple[int, int]
"""The verdict of the editors and the computed one, as places in the list of verdicts."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The claims with both ratings."""

    counted: tuple[tuple[int, int, int], ...]
    """Each pair of verdicts, and how many claims have it."""
    kappa: Fraction | None
    """None where chance alone would have both always agree, as without claims."""

    @property
    def pairs(self) -> Mapping[Pair, int]:
        """How many claims have each pair of verdicts."""
        return {(editors, computed): many for editors, computed, many in self.counted}

    @property
    def claims(self) -> int:
        """How many there are."""
        return sum(self.pairs.values())

    def apart(self, steps: int) -> int:
        """The claims whose two verdicts are so many steps apart."""
        return sum(many for (editors, computed), many in self.pairs.items() if abs(editors - computed) == steps)


def agreement_of(ratings: Iterable[Rating]) -> Agreement:
    """How far editors and rules agree. Of a range counts the verdict nearest to the editors'."""
    pairs = Counter(pair for rating in ratings if (pair := _pair_of(rating)))
    return Agreement(
        tuple((*pair, many) for pair, many in sorted(pairs.items())), kappa(pairs, lambda a, b: (a - b) ** 2)
    )


def _pair_of(rating: Rating) -> Pair | None:
    low, high = ends_of(rating)
    if rating.editor is None or low is None or high is None:
        return None
    editors = WORDS.index(rating.editor.verdict)
    return editors, min(max(editors, WORDS.index(low)), WORDS.index(high))


def kappa(pairs: Mapping[tuple[Any, Any], int], distance: Callable[[Any, Any], int] = ne) -> Fraction | None:
    """1 less the distances that were found, by those that chance alone would give."""
    firsts, seconds = Counter[Any](), Counter[Any]()
    for (first, second), many in pairs.items():
        firsts[first] += many
        seconds[second] += many
    found = sum(many * distance(first, second) for (first, second), many in pairs.items())
    chance = sum(a * b * distance(one, other) for one, a in firsts.items() for other, b in seconds.items())
    return 1 - Fraction(found * firsts.total(), chance) if chance else None
