"""What a position rests on, in bands: it has none of its own.

In: a Ledger and the ratings of its claims. Out: for each position the distribution of the bands of the claims that it
rests on, and the weakest of them. An average would hide that a chain breaks at its weakest link.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.analysis.origins import standing
from ledger.analysis.ratings import BANDS, NO_EVIDENCE_QUESTION, NOT_SEARCHED, UNRATED, Direction, Rating
from ledger.graph import Ledger

DIRECTIONS: tuple[Direction | None, ...] = ("for", "split", "against", None)


@dataclass(frozen=True, slots=True)
class BandCount:
    """The claims of a position that came out alike."""

    computed: str
    direction: Direction | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PositionBands:
    """The distribution, strongest for the position first, and the weakest claims; none when no claim has a band."""

    bands: tuple[BandCount, ...]
    weakest: tuple[str, ...]


def position_bands(ledger: Ledger, ratings: Mapping[str, Rating]) -> dict[str, PositionBands]:
    """The bands of every standing position, by id."""
    return {position.id: bands_of(claims_of(ledger, position.id), ratings) for position in standing(ledger, "position")}


def claims_of(ledger: Ledger, position: str) -> tuple[str, ...]:
    """The standing claims that a position rests on, by id."""
    named = {ledger.present_id(id_) for id_ in ledger.records[position].fields.rests_on}
    known = (ledger.records.get(id_) for id_ in sorted(named))
    return tuple(r.id for r in known if r is not None and r.kind.name == "claim" and r.fields.withdrawn is None)


def bands_of(claims: tuple[str, ...], ratings: Mapping[str, Rating]) -> PositionBands:
    """The distribution over some claims."""
    alike: dict[tuple[int, int], list[str]] = {}
    for claim in claims:
        alike.setdefault(_strength(ratings[claim]), []).append(claim)
    ordered = sorted(alike.items(), reverse=True)
    bands = tuple(
        BandCount(ratings[found[0]].computed, ratings[found[0]].direction, tuple(found)) for _, found in ordered
    )
    rated = [count for count in bands if ratings[count.claims[0]].band]
    return PositionBands(bands, rated[-1].claims if rated else ())


def _strength(rating: Rating) -> tuple[int, int]:
    """For sorting: what speaks for the claim first, then what is split, against it, and without a band."""
    if rating.band is None:
        without = (NOT_SEARCHED, NO_EVIDENCE_QUESTION, UNRATED)
        return -2 - without.index(rating.computed), -DIRECTIONS.index(rating.direction)
    at = BANDS.index(rating.band)
    return {"for": (1, at), "split": (0, at), "against": (-1, -at)}[str(rating.direction)]
