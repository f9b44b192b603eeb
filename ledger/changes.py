"""What is new in the ledger, from the records' own dates: added, updated, rated, given evidence, withdrawn.

In: a Ledger. Out: changes, newest first; everything that happened to a record on one day is one change.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from ledger.dates import PartialDate
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import KINDS

ACTS = ("added", "updated", "rated", "evidence", "withdrawn")
"""What can happen to a record, in the order in which it is told."""
_ORDER = tuple(kind.name for kind in KINDS)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a record on a day; the day may be a month or a year."""

    day: PartialDate
    record: Record
    acts: tuple[str, ...]
    rating: str
    """The rating given that day; empty where none was."""


def all_changes(ledger: Ledger, among: Collection[str] | None = None) -> tuple[Change, ...]:
    """Every change of the ledger, or of the records with these ids: newest first, then by kind and title."""
    records = ledger.records.values() if among is None else (ledger.records[id_] for id_ in among)
    found = sorted((change for record in records for change in _changes(record)), key=_in_a_day)
    return tuple(sorted(found, key=lambda change: change.day.sort_key(), reverse=True))


def _in_a_day(change: Change) -> tuple[int, str, str]:
    return _ORDER.index(change.record.kind.name), change.record.title.casefold(), change.record.id


def _changes(record: Record) -> Iterator[Change]:
    by_day: dict[str, list[tuple[PartialDate, str, str]]] = {}
    for event in _events(record.fields):
        by_day.setdefault(event[0].text, []).append(event)
    for events in by_day.values():
        happened = {act for _, act, _ in events}
        if "added" in happened:
            happened -= {"updated", "evidence"}
        ratings = [rating for _, _, rating in events if rating]
        yield Change(events[0][0], record, tuple(act for act in ACTS if act in happened), (ratings or [""])[-1])


def _events(fields: Any) -> Iterator[tuple[PartialDate, str, str]]:
    """Day, act and rating of everything that has a day of its own."""
    withdrawn = fields.withdrawn.date if fields.withdrawn else None
    for act, day in (("added", fields.added), ("updated", fields.updated), ("withdrawn", withdrawn)):
        if day:
            yield day, act, ""
    yield from ((item.recorded, "evidence", "") for item in getattr(fields, "evidence", ()) if item.recorded)
    for part in getattr(fields, "parts", ()):
        yield from ((entry.date, "rated", "") for entry in part.assessments)
    yield from ((entry.date, "rated", entry.rating) for entry in getattr(fields, "assessments", ()))
