"""Checks of dates: what comes later is dated later, as far as the dates are known."""

from collections.abc import Iterator
from typing import Any

from ledger.checks.checking import Check, Finding, value_of
from ledger.dates import PartialDate
from ledger.diagnostics import Level
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.yamlnodes import FieldPath

PAIRS = (
    ("added", "updated"),
    ("added", "withdrawn.date"),
    ("opened", "status_note.date"),
    ("date", "end_date"),
    ("issued", "accessed"),
    ("issued", "status_date"),
    ("from", "until"),
)
"""Two fields of one record or part; the first is never later than the second."""
Dated = tuple[Record, FieldPath, FieldPath, PartialDate, PartialDate]


def _items(_: Ledger, record: Record) -> Iterator[Dated]:
    """Every pair of dates that has an order, in a record and its ties; and neighbours in a list of ratings."""
    for path, fields in _dated_parts(record):
        yield from _pairs(record, path, fields)
    yield from _ratings(record, (), record.fields)
    for at, part in enumerate(value_of(record.fields, "parts")):
        yield from _ratings(record, ("parts", at), part)


def _dated_parts(record: Record) -> Iterator[tuple[FieldPath, Any]]:
    yield (), record.fields
    for name in ("affiliations", "members"):
        for at, tie in enumerate(value_of(record.fields, name)):
            yield (name, at), tie


def _pairs(record: Record, path: FieldPath, fields: Any) -> Iterator[Dated]:
    for first, second in PAIRS:
        earlier, later = _value(fields, first), _value(fields, second)
        if earlier and later:
            yield record, (*path, *first.split(".")), (*path, *second.split(".")), earlier, later


def _value(fields: Any, name: str) -> PartialDate | None:
    for step in name.split("."):
        fields = vars(fields).get("from_" if step == "from" else step) if fields else None
    return fields if isinstance(fields, PartialDate) else None


def _ratings(record: Record, path: FieldPath, fields: Any) -> Iterator[Dated]:
    ratings = value_of(fields, "assessments")
    for at in range(1, len(ratings)):
        first, second = ((*path, "assessments", nth, "date") for nth in (at - 1, at))
        yield record, first, second, ratings[at - 1].date, ratings[at].date


def _out_of_order(_: Ledger, item: Dated) -> Iterator[Finding]:
    """A pair in which even the earliest day of the first comes after the latest day of the second."""
    record, first, second, earlier, later = item
    if earlier.earliest > later.latest:
        message = f"{_name(second)} ({later}) is before {_name(first)} ({earlier})"
        yield Finding(record.document.span(second), message, "correct one of the two dates")


def _name(path: FieldPath) -> str:
    """A field in words: `updated`, or `date` in entry 2 of `assessments`."""
    if len(path) > 1 and isinstance(path[-2], int):
        return f"`{path[-1]}` in entry {path[-2] + 1} of `{path[-3]}`"
    return f"`{'.'.join(map(str, path))}`"


DATES_OUT_OF_ORDER = Check("dates-out-of-order", Level.ERROR, _items, _out_of_order)
"""What comes later is dated later, as far as the dates are known."""
