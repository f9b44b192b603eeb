"""Checks of dates: what comes later is dated later, as far as the dates are known."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from ledger.checks.checking import Finding, check
from ledger.dates import PartialDate
from ledger.diagnostics import Level
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import Model, Proponent, ratings_in
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
Dated = tuple[Record[Any], FieldPath, FieldPath, PartialDate, PartialDate]


def _items(_: Ledger, record: Record[Any]) -> Iterator[Dated]:
    """Every pair of dates that has an order, in a record and its ties; and neighbours in a list of ratings."""
    parts: list[tuple[FieldPath, Model]] = [((), record.fields)]
    if isinstance(record.fields, Proponent):
        for name, ties in (("affiliations", record.fields.affiliations), ("members", record.fields.members)):
            parts += [((name, at), tie) for at, tie in enumerate(ties)]
    for path, fields in parts:
        for first, second in PAIRS:
            if (earlier := _value(fields, first)) and (later := _value(fields, second)):
                yield record, (*path, *first.split(".")), (*path, *second.split(".")), earlier, later
    for path, ratings in ratings_in(record.fields):
        for at, (before, after) in enumerate(pairwise(ratings)):
            yield record, (*path, at, "date"), (*path, at + 1, "date"), before.date, after.date


def _value(fields: Model, name: str) -> PartialDate | None:
    value: Any = fields
    for step in name.split("."):
        value = vars(value).get("from_" if step == "from" else step) if value else None
    return value if isinstance(value, PartialDate) else None


@check("dates-out-of-order", Level.ERROR, items=_items)
def dates_out_of_order(_: Ledger, item: Dated) -> Iterator[Finding]:
    """Not even the earliest day of the first date comes after the latest day of the second."""
    record, first, second, earlier, later = item
    if earlier.earliest > later.latest:
        message = f"{_name(second)} ({later}) is before {_name(first)} ({earlier})"
        yield Finding(record.span(*second), message, "correct one of the two dates")


def _name(path: FieldPath) -> str:
    """A field in words: `updated`, or `date` in entry 2 of `assessments`."""
    if len(path) > 1 and isinstance(path[-2], int):
        return f"`{path[-1]}` in entry {path[-2] + 1} of `{path[-3]}`"
    return f"`{'.'.join(map(str, path))}`"
