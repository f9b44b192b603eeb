"""How far the rules and the editors agree: quadratic weighted kappa over the claims that both have judged.

In: the ratings of claims. Out: how often which verdict of the editors met which computed one, and kappa: 1 where they
always agree, 0 where they agree as often as chance would have it (Cohen, Weighted kappa, Psychological Bulletin 70,
1968). That both agree does not make either right: they read the same records.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator

from ledger.analysis.ratings import Rating, ends_of
from ledger.analysis.verdicts import WORDS


def _pair(written: Any) -> Any:
    """A pair as it stands for a key in JSON: `3,2`."""
    return tuple(map(int, written.split(","))) if isinstance(written, str) else written


Pair = Annotated[tuple[int, int], BeforeValidator(_pair)]
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
    return Agreement(tuple((*pair, many) for pair, many in sorted(pairs.items())), weighted_kappa(pairs))


def _pair_of(rating: Rating) -> Pair | None:
    low, high = ends_of(rating)
    if rating.editor is None or low is None or high is None:
        return None
    editors = WORDS.index(rating.editor.verdict)
    return editors, min(max(editors, WORDS.index(low)), WORDS.index(high))


def weighted_kappa(pairs: Mapping[Pair, int]) -> Fraction | None:
    """1 less the squared distances that were found, by those that chance alone would give."""
    firsts, seconds = Counter[int](), Counter[int]()
    for (first, second), many in pairs.items():
        firsts[first] += many
        seconds[second] += many
    found = sum(many * (first - second) ** 2 for (first, second), many in pairs.items())
    chance = sum(a * b * (one - other) ** 2 for one, a in firsts.items() for other, b in seconds.items())
    return 1 - Fraction(found * firsts.total(), chance) if chance else None
