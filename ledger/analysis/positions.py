"""What a position rests on, in bands: it has none of its own.

In: a Ledger and the ratings of its claims. Out: for each position the distribution of the bands of the claims that it
rests on, and the weakest of them. An average would hide that a chain breaks at its weakest link.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger.analysis.bearing import grouped
from ledger.analysis.ratings import (
    BANDS,
    NO_EVIDENCE_QUESTION,
    NOT_SEARCHED,
    UNRATED,
    Computed,
    Direction,
    Rating,
    ShortRating,
)
from ledger.describing import RecordId, described
from ledger.graph import Ledger
from ledger.records import Position

DIRECTIONS: tuple[Direction | None, ...] = ("for", "split", "against", None)


@dataclass(frozen=True, slots=True)
class BandCount:
    """The claims with the same computed rating."""

    computed: Computed = described("the computed band, or why there is none")
    direction: Direction | None = described("for or against the claim")
    claims: tuple[RecordId, ...] = described("the claims")


@dataclass(frozen=True, slots=True)
class PositionBands:
    """The computed ratings of the claims that a position rests on; none is weakest when no claim has a band."""

    bands: tuple[BandCount, ...] = described("claims with the same rating together, strongest for the position first")
    weakest: tuple[RecordId, ...] = described("those that are weakest for it")


def claims_of(ledger: Ledger, position: str) -> tuple[str, ...]:
    """The claims that a position rests on and that were not withdrawn, by id."""
    cards = {ledger.card(id_) for id_ in ledger.record(Position, position).fields.rests_on}
    return tuple(sorted(card.id for card in cards if card and card.kind == "claim" and not card.withdrawn))


def bands_of(claims: Iterable[str], ratings: Mapping[str, Rating | ShortRating]) -> PositionBands:
    """The distribution over some claims, which come by id."""
    return _in_order(grouped(((ratings[claim].computed, ratings[claim].direction), claim) for claim in claims))


def bands_changed(bands: PositionBands, changes: Mapping[str, tuple[ShortRating, ShortRating]]) -> PositionBands:
    """The distribution after the ratings of some of its claims have changed, from the one to the other."""
    alike = {(count.computed, count.direction): count.claims for count in bands.bands}
    leaving = grouped(((before.computed, before.direction), claim) for claim, (before, _) in changes.items())
    coming = grouped(((after.computed, after.direction), claim) for claim, (_, after) in changes.items())
    for rating, left in leaving.items():
        gone = set(left)
        alike[rating] = tuple(claim for claim in alike[rating] if claim not in gone)
    for rating, more in coming.items():
        alike[rating] = tuple(sorted((*alike.get(rating, ()), *more)))
    return _in_order({rating: claims for rating, claims in alike.items() if claims})


def _in_order(alike: Mapping[tuple[str, Direction | None], tuple[str, ...]]) -> PositionBands:
    bands = tuple(BandCount(*rating, alike[rating]) for rating in sorted(alike, key=_strength, reverse=True))
    rated = [count for count in bands if count.computed in BANDS]
    return PositionBands(bands, rated[-1].claims if rated else ())


def _strength(rating: tuple[str, Direction | None]) -> tuple[int, int]:
    """For sorting: what speaks for the claim first, then what is split, against it, and without a band."""
    computed, direction = rating
    if computed not in BANDS:
        without = (NOT_SEARCHED, NO_EVIDENCE_QUESTION, UNRATED)
        return -2 - without.index(computed), -DIRECTIONS.index(direction)
    at = BANDS.index(computed)
    return {"for": (1, at), "split": (0, at), "against": (-1, -at)}[str(direction)]
