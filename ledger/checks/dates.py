"""Checks of dates: what comes later is dated later, as far as the dates are known."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from ledger.checks.checking import Finding, check, values_in
from ledger.dates import PartialDate
from ledger.diagnostics import Level
from ledger.graph import Ledger, compared, passing
from ledger.loading import Record
from ledger.modelling import Common, Model
from ledger.records import KINDS, Proponent, ratings_in
from ledger.yamlnodes import FieldPath

PAIRS = (
    ("added", "updated"),
    ("added", "withdrawn.date"),
    ("opened", "status_note.date"),
    ("date", "end_date"),
    ("date", "resolution.date"),
    ("issued", "accessed"),
    ("issued", "status_date"),
    ("from", "until"),
)
"""Two fields of one record or part; the first is never later than the second."""
AHEAD = frozenset(("resolves_by", "until", "as_of"))
"""Fields that may well be about the future."""
LONE, FIRST = timedelta(days=366), timedelta(days=30 * 366)
"""How far a date must be from all others to be alone: further where no other date is of the editors' work, since works
may be much older."""
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


def _newest(ledger: Ledger) -> Iterable[tuple[str, date, timedelta]]:
    """The record with the newest date, the newest date of the others, and how far apart they may be."""
    days = {id_: found for kind in KINDS for id_ in ledger.members(kind.name) if (found := _days(ledger, id_))}
    if len(days) < 2:
        return ()
    newest = max(days, key=lambda id_: (days[id_][0], id_))
    others = [found for id_, found in days.items() if id_ != newest]
    is_first = not any(edited for _, _, edited in others)
    return ((newest, max(ends for _, ends, _ in others), FIRST if is_first else LONE),)


@passing
@compared
def _days(ledger: Ledger, id_: str) -> tuple[date, date, bool] | None:
    """The first and the last day of a record's newest date, and whether it has a date of its editors' work."""
    record = ledger.records[id_]
    found = [value for _, value in _dates(record.fields)]
    if not found:
        return None
    card = ledger.card(id_)
    return max(day.begins for day in found), max(day.ends for day in found), bool(card and card.newest)


def _dates(fields: Common) -> list[tuple[FieldPath, PartialDate]]:
    """Every date in a record, but for those that may be about the future."""
    return [(at, day) for at, day in values_in(fields, PartialDate) if not day.is_unknown and AHEAD.isdisjoint(at)]


@check("lone-date", Level.WARNING, items=_newest, of="ledger")
def lone_date(ledger: Ledger, item: tuple[str, date, timedelta]) -> Iterator[Finding]:
    """No date is alone, years after all others: the newest one is the date of the whole site, and no clock is asked."""
    id_, others, apart = item
    record = ledger.records[id_]
    for path, day in _dates(record.fields):
        if day.begins - others > apart:
            message = f"{_name(path)} ({day}) is more than a year after every date of the other records ({others})"
            yield Finding(record.span(*path), message, "correct the year; if it is right, say so under `exceptions`")
