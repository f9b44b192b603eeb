"""The comparisons of a ledger's positions, made from its ratings, chains and verdicts.

In: a Ledger, the rating of each claim, what it was rated by, the items whose quote was verified. Out: the matrix and
cruxes of every controversy, the board of gaps, and what each position is given.
"""

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from ledger.analysis.bearing import Bearing, read_bearing
from ledger.analysis.cruxes import Cruxes, cruxes_of
from ledger.analysis.fairness import Share, holders_by_position, shares_of
from ledger.analysis.gaps import Ground, Row, find_gaps
from ledger.analysis.lazy import Lazy
from ledger.analysis.ratings import Rating, Rules
from ledger.analysis.rivals import Rivals, matrix
from ledger.graph import Ledger


class Comparisons:
    """All four, each worked out when it is asked for: the first, second and last by controversy."""

    def __init__(self, ledger: Ledger, ratings: Mapping[str, Rating], rules: Rules, verified: Collection[str]) -> None:
        self._ledger, self._ratings, self._rules, self._verified = ledger, ratings, rules, verified
        controversies = self._bearing.positions.keys()
        self.rivals: Mapping[str, Rivals] = Lazy(controversies, self._rivals)
        self.cruxes: Mapping[str, Cruxes] = Lazy(controversies, lambda id_: cruxes_of(ledger, self._bearing, id_))
        self.fairness: Mapping[str, tuple[Share, ...]] = Lazy(controversies, self._fairness)

    @cached_property
    def gaps(self) -> tuple[Row, ...]:
        """The board of open work."""
        grounds = {claim: ground_of(rating) for claim, rating in self._ratings.items()}
        return find_gaps(self._ledger, self._bearing, self.cruxes, grounds, self._origins.keys())

    @cached_property
    def _bearing(self) -> Bearing:
        return read_bearing(self._ledger)

    @cached_property
    def _origins(self) -> Mapping[str, Collection[str]]:
        """The origins of the sources that have one left."""
        return {source: found for source, found in self._rules.traced.origins.items() if found}

    @cached_property
    def _holders(self) -> Mapping[str, tuple[str, ...]]:
        return holders_by_position(self._ledger)

    def _rivals(self, controversy: str) -> Rivals:
        """An item that its rating does not count weighs nothing here either."""
        weights = Lazy(self._ratings.keys(), lambda claim: counted_weights(self._ratings[claim]))

        def weight(node: str) -> Decimal:
            claim, _, item = node.partition("/")
            return weights[claim].get(item, Decimal(0))

        return matrix(self._ledger, self._bearing, controversy, weight)

    def _fairness(self, controversy: str) -> tuple[Share, ...]:
        apart = Fraction(self._rules.profile.apart_times)
        found = self._ledger, self._bearing, controversy, self._holders, self._origins, self._verified
        return shares_of(*found, apart)


def counted_weights(rating: Rating) -> dict[str, Decimal]:
    """Item → its weight, for the items of a claim that count: of two reports of one origin, the heavier."""
    return {step.item: step.weight for step in rating.steps if step.reason == "counts"}


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
