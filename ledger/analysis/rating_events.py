"""What may change a rating, and when.

In: a Neighbourhood and the past of its ledger. Out: RatingEvents, each with the record that it touches; and what a
point in time covers when there are more of them than a page can show.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from ledger.analysis.as_of import status_since, world_date
from ledger.analysis.neighbourhoods import Neighbourhood
from ledger.analysis.past import Past, since
from ledger.analysis.ratings import lapse_of
from ledger.dates import PartialDate
from ledger.describing import Day, NodeId, described
from ledger.graph import Ledger, result
from ledger.loading import Clock, Record, is_a
from ledger.records import Claim, Source

MOST_POINTS = 60
Period = Literal["day", "month", "quarter", "year", "decade"]
Cause = Literal[
    "added", "withdrawn", "issued", "stated", "recorded", "traced", "status", "searched", "lapsed", "read", "resolved"
]
"""What can change a rating: a record was added to the ledger or withdrawn from it, a source came out, a claim was
first stated, an item was recorded, a source was traced to another, its status changed, a search or what it found was
logged, a search has lapsed, the text of a source was read, a prediction was due that has an outcome."""


@dataclass(frozen=True, slots=True, order=True)
class RatingEvent:
    """Something that changed a rating."""

    date: Day = described("the day")
    cause: Cause = described("what happened")
    id: NodeId = described("the record, or the item as `claim/e1`")


def rating_events(near: Neighbourhood, past: Past) -> Iterator[tuple[RatingEvent, str]]:
    """Everything that may change a rating, with the record that it touches."""
    for id_ in near.leads:
        for event in events_of_source(past.ledger, past.clock, id_):
            yield (event if event.date <= past.last else replace(event, date=past.last)), id_
    for claim in near.claims.values():
        yield from ((event, claim.id) for event in _of_claim(past, claim))
    for claim in (*near.claims.values(), *near.others.values()):
        yield from ((event, claim.id) for event in _stated(past, claim))
    if past.clock == "believed":
        judged: tuple[Mapping[str, Record[Any]], ...] = (near.positions, near.claims, near.others, near.people)
        for record in (record for records in judged for record in records.values()):
            yield from ((event, record.id) for event in _of_judgement(past, record))


def _event(
    last: date, cause: Cause, id_: str, written: PartialDate | None, known: PartialDate | None = None
) -> Iterator[RatingEvent]:
    if written is not None:
        yield RatingEvent(since(last, written, known), cause, id_)


@result
def events_of_source(ledger: Ledger, clock: Clock, id_: str) -> tuple[RatingEvent, ...]:
    """What happened to a source by a clock, each on its day, those to come among them."""
    return tuple(_of_source(ledger, clock, ledger.core(Source, id_)))


def _of_source(ledger: Ledger, clock: Clock, source: Record[Source]) -> Iterator[RatingEvent]:
    fields, last = source.fields, date.max
    yield from _event(last, "status", source.id, status_since(fields, clock))
    if clock == "happened":
        yield from _event(last, "issued", source.id, world_date(source), fields.added)
        return
    yield from _event(last, "added", source.id, fields.added)
    yield from _event(last, "withdrawn", source.id, fields.withdrawn.date if fields.withdrawn else None)
    for derived in fields.derivations:
        yield from _event(last, "traced", source.id, derived.recorded)
    snapshot = ledger.snapshot(source.id)
    for written in {snapshot.fields.captured, *(found.date for found in snapshot.fields.verdicts)} if snapshot else ():
        yield from _event(last, "read", source.id, written)


def _of_judgement(past: Past, record: Record[Any]) -> Iterator[RatingEvent]:
    """What happened to a position, claim or proponent in the ledger."""
    fields = record.fields
    yield from _event(past.last, "added", record.id, fields.added)
    yield from _event(past.last, "withdrawn", record.id, fields.withdrawn.date if fields.withdrawn else None)
    if is_a(record, Claim):
        for item in record.fields.evidence:
            yield from _event(past.last, "recorded", f"{record.id}/{item.id}", item.recorded or fields.added)


def _stated(past: Past, claim: Record[Claim]) -> Iterator[RatingEvent]:
    """The day on which a claim was first stated."""
    if past.clock == "happened" and (stated := past.first_stated(claim)) != date.min:
        yield RatingEvent(stated, "stated", claim.id)


def _of_claim(past: Past, claim: Record[Claim]) -> Iterator[RatingEvent]:
    """The days on which searches were logged and lapsed, and on which the claim was decided."""
    resolution = claim.fields.resolution
    if resolution and resolution.held is not None:
        due = past.since(resolution.resolves_by) if resolution.resolves_by else past.last
        yield RatingEvent(due, "resolved", claim.id)
    for search in claim.fields.searches:
        yield RatingEvent(past.answers_since(search), "searched", claim.id)
        end = lapse_of(past.ledger, search)
        if end and end <= past.last.toordinal():
            yield RatingEvent(date.fromordinal(end), "lapsed", claim.id)


Periods = tuple[tuple[Period, Callable[[date], date]], ...]
PERIODS: Periods = (
    ("day", lambda day: day),
    ("month", lambda day: _last_of_months(day, 1)),
    ("quarter", lambda day: _last_of_months(day, 3)),
    ("year", lambda day: _last_of_months(day, 12)),
    ("decade", lambda day: date(min(day.year - day.year % 10 + 9, date.max.year), 12, 31)),
)
"""What a point may cover, and its last day."""


def _last_of_months(day: date, months: int) -> date:
    last = day.month - (day.month - 1) % months + months - 1
    return date(day.year, 12, 31) if last == 12 else date(day.year, last + 1, 1) - timedelta(days=1)


def period_of(days: Collection[date], periods: Periods = PERIODS) -> tuple[Period, Callable[[date], date]]:
    """The shortest time of which there are few enough."""
    fitting = (entry for entry in periods if len({entry[1](day) for day in days}) <= MOST_POINTS)
    return next(fitting, periods[-1])
