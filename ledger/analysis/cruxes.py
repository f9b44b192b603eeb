"""Computed cruxes, and how important claims are: what would move the positions of a controversy, and is still open.

In: a Ledger and the ratings of claims. Out: per controversy, claims in order of leverage times openness, as
the value of information is reckoned: what is settled is no crux, however many ties are drawn to it (Howard, Information
value theory, IEEE Transactions on Systems Science and Cybernetics 2, 1966). And claims in order of importance, which is
what readers should see first: how many positions a claim matters to, times how strong its ties are, times how open it
is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ledger.analysis.bearing import Tie
from ledger.analysis.ratings import ShortRating
from ledger.analysis.ties import positions_in, ties_in
from ledger.analysis.verdicts import OPEN, WORDS
from ledger.describing import Exact, RecordId, described
from ledger.graph import Ledger
from ledger.records import Claim, Controversy, Position
from ledger.references import scan
from ledger.vocabulary import ClaimType

STRONG, WEAK, NONE = Fraction(1), Fraction(1, 2), Fraction(0)
"""How far a claim moves a position by a strong tie, by a weak one, and without any."""
SETTLED_BY_EVIDENCE = ("empirical", "predictive")
OPENNESS = (Fraction(1), Fraction(1, 2), Fraction(0))
"""How open a claim is: open, leaning one way, likely; nobody having looked for the other side, at least half."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a position goes if the claim is true."""

    position: RecordId = described("the position")
    push: Exact = described("how far the claim, if true, would move it, from -1 to 1")


@dataclass(frozen=True, slots=True)
class Crux:
    """A claim that takes positions apart and is open."""

    claim: RecordId = described("the claim")
    type: ClaimType = described("its type, `empirical` or `predictive`")
    moves: tuple[Move, ...] = described("the positions that it would move")
    """In the order of the positions."""
    leverage: Exact = described("the largest push minus the smallest, over all positions")
    openness: Exact = described("how open the claim is, from 0 to 1")
    score: Exact = described("leverage times openness")
    named: bool = described("whether a crux or tension written by the editors names the claim")


def cruxes_of(ledger: Ledger, controversy: str, rating: Callable[[str], ShortRating]) -> tuple[Crux, ...]:
    """The cruxes of one controversy, the first first."""
    positions, ties = positions_in(ledger, controversy), ties_in(ledger, controversy)
    named = named_by_editors(ledger, controversy, positions)
    found = []
    for claim, tied in ties.items():
        fields = ledger.core(Claim, claim).fields
        if fields.type in SETTLED_BY_EVIDENCE and not fields.about_positions:
            pushes = {id_: _push(tie for tie in tied if tie.position == id_) for id_ in positions}
            found.append(_crux(claim, fields.type, pushes, openness(rating(claim)), named=claim in named))
    return tuple(sorted((crux for crux in found if crux.score), key=lambda crux: (-crux.score, crux.claim)))


def openness(rating: ShortRating) -> Fraction:
    """How open a claim is, by the end of its range that is nearest to the middle."""
    if rating.not_rated:
        return Fraction(1)
    words = rating.range or (str(rating.verdict),)
    nearest = min(abs(WORDS.index(word) - OPEN) for word in words)
    crosses = rating.direction in ("open", "contested")
    return Fraction(1) if crosses else max(OPENNESS[nearest], Fraction(1, 2) if rating.range else Fraction(0))


def _crux(claim: str, type_: ClaimType, pushes: Mapping[str, Fraction], openness: Fraction, *, named: bool) -> Crux:
    leverage = max(pushes.values()) - min(pushes.values()) if pushes else NONE
    moves = tuple(Move(position, push) for position, push in pushes.items() if push)
    return Crux(claim, type_, moves, leverage, openness, leverage * openness, named)


def _push(ties: Iterable[Tie]) -> Fraction:
    """The strongest tie for and the strongest against; a second word for the same thing adds nothing."""
    pushes = [NONE, *(tie.sign * (STRONG if tie.is_strong else WEAK) for tie in ties)]
    return max(pushes) + min(pushes)


def named_by_editors(ledger: Ledger, controversy: str, positions: Iterable[str]) -> frozenset[str]:
    """The claims that the cruxes and tensions name which were written of a controversy and its positions."""
    fields = ledger.core(Controversy, controversy).fields
    texts = [*fields.cruxes, *(text for id_ in positions for text in ledger.core(Position, id_).fields.cruxes)]
    found = {reference.target for text in texts for reference in scan(text)}
    found |= {id_ for tension in fields.tensions for id_ in tension.claims}
    return frozenset(ledger.present_id(id_).partition("/")[0] for id_ in found)


# Importance


@dataclass(frozen=True, slots=True)
class Importance:
    """How much depends on a claim that is still open."""

    claim: RecordId = described("the claim")
    positions: int = described("how many positions of the controversy it matters to")
    strength: Exact = described("the average strength of its ties to them, from ½ to 1; the strongest to each counts")
    openness: Exact = described("how open the claim is, from 0 to 1")
    score: Exact = described("`positions` times `strength` times `openness`")

    @property
    def ties(self) -> Fraction:
        """The same without its openness: what would depend on the claim if it were open."""
        return self.positions * self.strength


def importance_of(ties: Mapping[str, Sequence[Tie]], rating: Callable[[str], ShortRating]) -> tuple[Importance, ...]:
    """The claims that matter to any position, the most important first; of equals those with more and stronger ties."""
    found = (_importance(claim, of, openness(rating(claim))) for claim, of in ties.items() if of)
    return tuple(sorted(found, key=lambda one: (-one.score, -one.ties, one.claim)))


def _importance(claim: str, ties: Sequence[Tie], open_: Fraction) -> Importance:
    strongest = {tie.position: WEAK for tie in ties} | {tie.position: STRONG for tie in ties if tie.is_strong}
    total = sum(strongest.values(), Fraction(0))
    return Importance(claim, len(strongest), total / len(strongest), open_, total * open_)
