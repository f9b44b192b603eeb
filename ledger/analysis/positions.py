"""What a position rests on, in verdicts: it has none of its own.

In: a Ledger and the ratings of its claims. Out: for each position the distribution of the verdicts on the claims that
it rests on, and the weakest of them. An average would hide that a chain breaks at its weakest link.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger.analysis.ratings import ShortRating
from ledger.analysis.verdicts import WORDS
from ledger.describing import RecordId, described
from ledger.graph import Ledger
from ledger.records import Position


@dataclass(frozen=True, slots=True)
class VerdictCount:
    """The claims with the same computed rating."""

    rating: ShortRating = described("the rating")
    claims: tuple[RecordId, ...] = described("the claims")


@dataclass(frozen=True, slots=True)
class PositionVerdicts:
    """The computed ratings of the claims that a position rests on; none is weakest when no claim has one."""

    verdicts: tuple[VerdictCount, ...] = described("the claims that it rests on, grouped by rating, likeliest first")
    weakest: tuple[RecordId, ...] = described("the claims among them that are least likely to be true")


def claims_of(ledger: Ledger, position: str) -> tuple[str, ...]:
    """The standing claims that a position rests on, by id."""
    named = {ledger.present_id(id_) for id_ in ledger.core(Position, position).fields.rests_on}
    return tuple(id_ for id_ in sorted(named) if ledger.node_kind(id_) == "claim" and ledger.stands(id_))


def verdicts_of(claims: Iterable[str], ratings: Mapping[str, ShortRating]) -> PositionVerdicts:
    """The distribution over some claims, which come by id."""
    alike: dict[ShortRating, list[str]] = {}
    for claim in claims:
        alike.setdefault(ratings[claim], []).append(claim)
    return _in_order(alike)


def verdicts_changed(now: PositionVerdicts, changes: Mapping[str, tuple[ShortRating, ShortRating]]) -> PositionVerdicts:
    """The distribution after the ratings of some of its claims have changed, from the one to the other."""
    alike: dict[ShortRating, Sequence[str]] = {count.rating: count.claims for count in now.verdicts}
    for rating in {before for before, _ in changes.values()}:
        alike[rating] = [claim for claim in alike[rating] if claim not in changes]
    for claim, (_, after) in changes.items():
        alike[after] = sorted((*alike.get(after, ()), claim))
    return _in_order({rating: claims for rating, claims in alike.items() if claims})


def _in_order(alike: Mapping[ShortRating, Sequence[str]]) -> PositionVerdicts:
    counts = tuple(VerdictCount(rating, tuple(alike[rating])) for rating in sorted(alike, key=likelihood, reverse=True))
    rated = [count for count in counts if not count.rating.not_rated]
    return PositionVerdicts(counts, rated[-1].claims if rated else ())


def likelihood(rating: ShortRating) -> tuple[int, int, str]:
    """For sorting: by the lower end, then by the upper one; what has no rating comes before all that has one."""
    if rating.not_rated:
        return -1, -1, rating.not_rated
    low, high = rating.range or (rating.verdict, rating.verdict)
    return WORDS.index(low), WORDS.index(high), str(rating.direction)
