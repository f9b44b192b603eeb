"""What was computed of a record, as plain data with every step: for the data beside its page, and `method.json`.

In: an Analysis and a record. Out: results that describe themselves, and these as values for JSON.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ledger import urls
from ledger.analysis import Analysis
from ledger.analysis.impact import ClaimChangedBy, PositionChangedBy, RetractionImpact
from ledger.analysis.origins import Origins
from ledger.analysis.positions import PositionBands
from ledger.analysis.quotes import Verdict
from ledger.analysis.ratings import Rating
from ledger.describing import RecordId, described, dump, number
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile

Quotes = Mapping[str, Verdict]
OF_QUOTES = "what became of each quote, by its place"


@dataclass(frozen=True, slots=True)
class OfClaim:
    """What is computed of a claim."""

    origins: Origins | None = described("its origins; not there if it was withdrawn")
    rating: Rating | None = described("its rating; not there if it was withdrawn")
    single_points: tuple[RecordId, ...] = described("sources each of which alone carries all on the heavier side")
    changed_by: ClaimChangedBy | None = described("what it would be if no source had been dropped, where that differs")
    quotes: Quotes = described("what became of the quote of each evidence item that has one, by item")


@dataclass(frozen=True, slots=True)
class OfPosition(PositionBands):
    """What is computed of a position."""

    changed_by: PositionChangedBy | None = described("what it would be if no source had been dropped, if that differs")
    quotes: Quotes = described(OF_QUOTES)


@dataclass(frozen=True, slots=True)
class OfProponent:
    """What is computed of a proponent."""

    quotes: Quotes = described(OF_QUOTES)


@dataclass(frozen=True, slots=True)
class OfSource:
    """What is computed of a source."""

    origins: tuple[RecordId, ...] = described("the origins of the source")
    dropped: bool = described("whether its status takes it out of every rating")
    if_it_fell: RetractionImpact | None = described("what would change if it were dropped")


def method(ledger: Ledger, analysis: Analysis) -> Iterator[OutFile]:
    """`method.json`: the weights and thresholds with which everything was computed."""
    every = ledger.settings.review_every_days
    content = {
        "schema": SCHEMA,
        "profile": analysis.profile.model_dump(mode="json", by_alias=True),
        "review_every_days": number(every) if every is not None else None,
    }
    yield OutFile(urls.METHOD, to_bytes(content))


def workings(_: Ledger, analysis: Analysis, record: Record) -> Mapping[str, Any]:
    """What stands in the data of a record beside its fields and links."""
    make = MAKERS.get(record.kind.name)
    return dump(make(analysis, record.id)) if make else {}


def _of_claim(analysis: Analysis, id_: str) -> OfClaim:
    return OfClaim(
        origins=analysis.origins.get(id_),
        rating=analysis.ratings.get(id_),
        single_points=analysis.single_points.get(id_, ()),
        changed_by=analysis.claims_changed.get(id_),
        quotes=analysis.quotes_of(id_),
    )


def _of_source(analysis: Analysis, id_: str) -> OfSource:
    return OfSource(analysis.traced(id_).origins.get(id_, ()), analysis.is_dropped(id_), analysis.if_retracted(id_))


def _of_position(analysis: Analysis, id_: str) -> OfPosition:
    bands = analysis.positions.get(id_, PositionBands((), ()))
    changed_by = analysis.positions_changed.get(id_)
    return OfPosition(bands.bands, bands.weakest, changed_by, analysis.quotes_of(id_))


def _of_proponent(analysis: Analysis, id_: str) -> OfProponent:
    return OfProponent(analysis.quotes_of(id_))


MAKERS: Mapping[str, Callable[[Analysis, str], Any]] = {
    "claim": _of_claim,
    "source": _of_source,
    "position": _of_position,
    "proponent": _of_proponent,
}
OF_KIND: Mapping[str, type] = {"claim": OfClaim, "position": OfPosition, "proponent": OfProponent, "source": OfSource}
"""What is computed of a record, by kind."""
