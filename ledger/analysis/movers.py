"""What may move a rating, and when.

In: a Case. Out: Movers, each with the record that it touches; and what a point in time stands for when there are more
of them than a page can show.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ledger.analysis.as_of import day_of, world_date
from ledger.analysis.cases import Case
from ledger.analysis.profile import profile_of
from ledger.dates import PartialDate
from ledger.loading import Record

MOST_POINTS = 60
Period = Literal["day", "month", "quarter", "year", "decade"]
Cause = Literal["added", "withdrawn", "issued", "recorded", "status", "searched", "lapsed", "read"]
"""What can move a rating: a record was added to the ledger or withdrawn from it, a source came out, an item was
recorded, a source's status changed, a search was logged or no longer stands, the text of a source was kept."""


@dataclass(frozen=True, slots=True, order=True)
class Mover:
    """Something that moved a rating: what happened, to which record or item (`claim/e1`), on which day."""

    day: date
    cause: Cause
    id: str


def movers(case: Case) -> Iterator[tuple[Mover, str]]:
    """Everything that may move a rating, with the record that it touches."""

    def mover(cause: Cause, id_: str, written: PartialDate | None, known: PartialDate | None = None) -> Iterator[Mover]:
        if written is not None:
            yield Mover(day_of(written, case.last, known), cause, id_)

    for source in case.sources.values():
        fields = source.fields
        found = [*mover("status", source.id, fields.status_date)]
        if case.clock == "happened":
            found += mover("issued", source.id, world_date(source), fields.added)
        else:
            found += mover("added", source.id, fields.added)
            found += mover("withdrawn", source.id, fields.withdrawn and fields.withdrawn.date)
            found += _readings(case, source.id)
        yield from ((one, source.id) for one in found)
    if case.clock == "believed":
        for record in (*case.positions.values(), *case.claims.values()):
            fields = record.fields
            found = [*mover("added", record.id, fields.added)]
            found += mover("withdrawn", record.id, fields.withdrawn and fields.withdrawn.date)
            for item in getattr(fields, "evidence", ()):
                found += mover("recorded", f"{record.id}/{item.id}", item.recorded or fields.added)
            found += _searches(case, record) if record.kind.name == "claim" else []
            yield from ((one, record.id) for one in found)


def _readings(case: Case, source: str) -> Iterator[Mover]:
    snapshot = case.ledger.snapshot(source)
    dates = {snapshot.fields.captured, *(found.date for found in snapshot.fields.verdicts)} if snapshot else set()
    yield from {Mover(day_of(written, case.last), "read", source) for written in dates}


def _searches(case: Case, claim: Record) -> Iterator[Mover]:
    """The days on which searches were logged, and those from which they no longer stand."""
    every = case.ledger.settings.review_every_days
    for search in claim.fields.searches:
        yield Mover(day_of(search.date, case.last), "searched", claim.id)
        if every is not None:
            days = int(every * profile_of(case.ledger).agreement.search_periods)
            if (case.last - search.date.latest).days > days:
                yield Mover(search.date.latest + timedelta(days=days + 1), "lapsed", claim.id)


PERIODS: tuple[tuple[Period, Callable[[date], date]], ...] = (
    ("day", lambda day: day),
    ("month", lambda day: _last_of_months(day, 1)),
    ("quarter", lambda day: _last_of_months(day, 3)),
    ("year", lambda day: _last_of_months(day, 12)),
    ("decade", lambda day: date(min(day.year - day.year % 10 + 9, date.max.year), 12, 31)),
)
"""What a point may stand for, and its last day."""


def _last_of_months(day: date, months: int) -> date:
    last = day.month - (day.month - 1) % months + months - 1
    return date(day.year, 12, 31) if last == 12 else date(day.year, last + 1, 1) - timedelta(days=1)  # noqa: PLR2004


def period_of(days: Collection[date]) -> tuple[Period, Callable[[date], date]]:
    """The shortest time of which there are few enough."""
    fitting = (entry for entry in PERIODS if len({entry[1](day) for day in days}) <= MOST_POINTS)
    return next(fitting, PERIODS[-1])
