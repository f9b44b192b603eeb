"""How important a claim is to a controversy: what readers should see first.

In: the claims of a controversy with their ties to its positions, and the ratings of claims. Out: claims in order of
importance: how many positions a claim matters to, times how strong its ties to them are, times how open it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ledger.analysis.bearing import Tie
from ledger.analysis.cruxes import STRONG, WEAK, openness
from ledger.analysis.ratings import ShortRating
from ledger.describing import Exact, RecordId, described


@dataclass(frozen=True, slots=True)
class Importance:
    """How much hangs on a claim that is not settled."""

    claim: RecordId = described("the claim")
    positions: int = described("how many positions of the controversy it matters to")
    strength: Exact = described("the average strength of its ties to them, from ½ to 1; the strongest to each counts")
    openness: Exact = described("how open the claim is, from 0 to 1")
    score: Exact = described("`positions` times `strength` times `openness`")

    @property
    def ties(self) -> Fraction:
        """The same without its openness: what would hang on the claim if it were open."""
        return self.positions * self.strength


def importance_of(ties: Mapping[str, Sequence[Tie]], rating: Callable[[str], ShortRating]) -> tuple[Importance, ...]:
    """The claims that matter to any position, the most important first; of equals those with more and stronger ties."""
    found = (_importance(claim, of, openness(rating(claim))) for claim, of in ties.items() if of)
    return tuple(sorted(found, key=lambda one: (-one.score, -one.ties, one.claim)))


def _importance(claim: str, ties: Sequence[Tie], open_: Fraction) -> Importance:
    strongest = {tie.position: WEAK for tie in ties} | {tie.position: STRONG for tie in ties if tie.is_strong}
    total = sum(strongest.values(), Fraction(0))
    return Importance(claim, len(strongest), total / len(strongest), open_, total * open_)
