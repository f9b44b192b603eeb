"""What was computed of a record, as plain data with every step: for the data beside its page, and `method.json`.

In: an Analysis and a record. Out: values for JSON, in the words that the pages use. Weights are exact decimals of so
few digits that a JSON number gives them back as they are.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ledger import urls
from ledger.analysis import Analysis
from ledger.analysis.impact import ClaimChange, PositionChange
from ledger.analysis.origins import Origins
from ledger.analysis.positions import PositionBands
from ledger.analysis.quotes import Verdict
from ledger.analysis.ratings import Rating, ShortRating, Step, band_of, plain
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile


def method(ledger: Ledger, analysis: Analysis) -> Iterator[OutFile]:
    """`method.json`: the weights and thresholds with which everything was computed."""
    every = ledger.settings.review_every_days
    content = {
        "schema": SCHEMA,
        "profile": analysis.profile.model_dump(mode="json", by_alias=True),
        "review_every_days": number(every) if every is not None else None,
    }
    yield OutFile(urls.METHOD, to_bytes(content))


def workings(ledger: Ledger, analysis: Analysis, record: Record) -> Mapping[str, Any]:
    """What stands in the data of a record beside its fields and links."""
    makers = {"claim": _of_claim, "source": _of_source, "position": _of_position, "proponent": _of_proponent}
    make = makers.get(record.kind.name)
    return make(ledger, analysis, record) if make else {}


def _of_claim(ledger: Ledger, analysis: Analysis, record: Record) -> dict[str, Any]:
    origins, rating = analysis.origins.get(record.id), analysis.ratings.get(record.id)
    return {
        "origins": _origins(analysis, origins) if origins else None,
        "rating": _rating(ledger, record, rating) if rating else None,
        "single_points": list(analysis.impact.single_points.get(record.id, ())),
        "changed_by": _changed_by(analysis, record),
        "quotes": _quotes(analysis, record),
    }


def _of_source(_: Ledger, analysis: Analysis, record: Record) -> dict[str, Any]:
    fall = analysis.impact.if_retracted.get(record.id)
    return {
        "origins": list(analysis.traced.origins.get(record.id, ())),
        "dropped": record.id in analysis.traced.fallen,
        "if_it_fell": {
            "claims": [_change(change) for change in fall.claims] if fall else [],
            "positions": [_position_change(change) for change in fall.positions] if fall else [],
        },
    }


def _of_position(_: Ledger, analysis: Analysis, record: Record) -> dict[str, Any]:
    bands = analysis.positions.get(record.id, PositionBands((), ()))
    return {**_bands(bands), "changed_by": _changed_by(analysis, record), "quotes": _quotes(analysis, record)}


def _of_proponent(_: Ledger, analysis: Analysis, record: Record) -> dict[str, Any]:
    return {"quotes": _quotes(analysis, record)}


def _quotes(analysis: Analysis, record: Record) -> dict[str, Any]:
    """The verdict on each quote of the record, by its place: `e1`, `would_change_mind/0`, `s1/attested/0`."""
    return {place: _quote(quote) for place, quote in analysis.quotes_of.get(record.id, {}).items()}


def _quote(found: Verdict) -> dict[str, Any]:
    return {
        "verdict": found.verdict,
        "foldings": list(found.foldings),
        "source": found.source,
        "start": found.start,
        "end": found.end,
        "line": found.line,
        "before": found.before,
        "passage": found.passage,
        "after": found.after,
        "captured": found.captured or None,
        "sha256": found.sha256 or None,
        "recorded": found.recorded or None,
        "link": found.link or None,
    }


def _origins(analysis: Analysis, origins: Origins) -> dict[str, Any]:
    return {
        "cited": origins.cited,
        "origins": len(origins.origins),
        "disjoint": origins.disjoint,
        "untraced": len(origins.untraced),
        "dead_ends": len(origins.dead_ends),
        "circular": len(origins.circular),
        "items": {item: list(found) for item, found in origins.items.items()},
        "ends": {origin: analysis.traced.ends[origin] for origin in origins.origins},
        "groups": [list(group) for group in origins.groups],
        "loops": [list(loop) for loop in origins.loops],
        "ties": [{"shared": tie.shared, "name": tie.name, "origins": list(tie.origins)} for tie in origins.ties],
    }


def _rating(ledger: Ledger, record: Record, rating: Rating) -> dict[str, Any]:
    return {
        "editor": _editor(ledger, record),
        "computed": rating.computed,
        "evidence": rating.evidence,
        "agreement": rating.agreement,
        "direction": rating.direction,
        "steps": [_step(step) for step in rating.steps],
        "weight_for": number(rating.weight_for),
        "weight_against": number(rating.weight_against),
        "origins": rating.origins,
        "searched": rating.searched,
        "uncapped": rating.uncapped,
        "divergence": _divergence(rating),
    }


def _editor(ledger: Ledger, record: Record) -> dict[str, str] | None:
    """The newest rating."""
    if not record.fields.assessments:
        return None
    newest = record.fields.assessments[-1]
    names = {editor.id: editor.name for editor in ledger.settings.editors}
    return {
        "rating": band_of(newest.rating),
        "by": names.get(newest.by, newest.by),
        "date": str(newest.date),
        "why": newest.why,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "item": step.item,
        "source": step.source,
        "side": step.side or None,
        "factors": [{"name": f.name, "word": f.word, "weight": number(f.weight)} for f in step.factors],
        "weight": number(step.weight),
        "reason": step.reason,
        "origin": step.origin or None,
    }


def _divergence(rating: Rating) -> dict[str, Any] | None:
    found = rating.divergence
    return {"steps": found.steps, "because": found.because or None} if found else None


def _bands(bands: PositionBands) -> dict[str, Any]:
    counts = [
        {"computed": count.computed, "direction": count.direction, "claims": list(count.claims)}
        for count in bands.bands
    ]
    return {"bands": counts, "weakest": list(bands.weakest)}


def _short(rating: ShortRating) -> dict[str, Any]:
    return {"computed": rating.computed, "direction": rating.direction}


def _change(change: ClaimChange) -> dict[str, Any]:
    return {"claim": change.claim, "before": _short(change.before), "after": _short(change.after)}


def _position_change(change: PositionChange) -> dict[str, Any]:
    return {"position": change.position, "before": _bands(change.before), "after": _bands(change.after)}


def _changed_by(analysis: Analysis, record: Record) -> dict[str, Any] | None:
    """What the record would be if no source had been dropped, and which were; null if it would be the same."""
    found = analysis.changed_already.get(record.id)
    if found is None:
        return None
    before = found.change.before
    return {
        "sources": list(found.sources),
        "before": _short(before) if isinstance(before, ShortRating) else _bands(before),
    }


def number(value: Decimal) -> int | float:
    """A weight, or a sum of weights, as JSON writes it."""
    written = plain(value)
    return float(written) if "." in written else int(written)
