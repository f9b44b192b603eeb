"""The comparisons of a ledger's positions, made from its ratings, chains and verdicts.

In: a Ledger, the rating of each claim, what it was rated by, the items whose quote was verified. Out: the matrix and
cruxes of every controversy, the board of gaps, and what each position is given.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from ledger.analysis.bearing import read_bearing
from ledger.analysis.cruxes import Cruxes, find_cruxes
from ledger.analysis.fairness import Share, compare_service
from ledger.analysis.gaps import Ground, Row, find_gaps
from ledger.analysis.ratings import Rating, Rules
from ledger.analysis.rivals import Rivals, compare
from ledger.graph import Ledger


@dataclass(frozen=True, slots=True)
class Comparisons:
    """All four, the first, second and last by controversy."""

    rivals: Mapping[str, Rivals]
    cruxes: Mapping[str, Cruxes]
    gaps: tuple[Row, ...]
    fairness: Mapping[str, tuple[Share, ...]]


def compare_positions(
    ledger: Ledger, ratings: Mapping[str, Rating], rules: Rules, verified: Collection[str]
) -> Comparisons:
    """Everything that compares positions. An item that its rating does not count weighs nothing here either."""
    apart = Fraction(rules.profile.apart_times)
    bearing = read_bearing(ledger)
    cruxes = find_cruxes(ledger, bearing)
    grounds = {claim: ground_of(rating) for claim, rating in ratings.items()}
    origins = {source: found for source, found in rules.traced.origins.items() if found}
    return Comparisons(
        rivals=compare(ledger, bearing, counted_weights(ratings)),
        cruxes=cruxes,
        gaps=find_gaps(ledger, bearing, cruxes, grounds, origins.keys()),
        fairness=compare_service(ledger, bearing, origins, verified, apart),
    )


def counted_weights(ratings: Mapping[str, Rating]) -> dict[str, Decimal]:
    """Item → its weight, for the items that count: of two reports of one origin, the heavier."""
    counted = ((claim, step) for claim, rating in ratings.items() for step in rating.steps if step.reason == "counts")
    return {f"{claim}/{step.item}": step.weight for claim, step in counted}


def ground_of(rating: Rating) -> Ground:
    """What a rating stands on."""
    sides = [step.side for step in rating.steps if step.reason == "counts"]
    return Ground(
        supporting=sides.count("for"),
        disputing=sides.count("against"),
        origins=rating.origins,
        is_limited=rating.evidence in {None, "limited"},
        is_searched=rating.searched,
    )
