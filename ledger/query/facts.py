"""What can be known of the things that a query asks about: their fields, and what is computed of them.

In: a Ledger. Out: an Item for every record, evidence item and stance, and the values of any column of it. What is
computed of the whole ledger is computed only if a query asks for it, and then once.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from ledger.analysis import analyse
from ledger.analysis.origins import Origins, Trace, claim_origins, fallen_sources, trace
from ledger.analysis.ratings import Rating, profile_of
from ledger.dates import PartialDate
from ledger.graph import OWNING, Ledger
from ledger.loading import Record
from ledger.query.columns import COMPUTED_RATING, Column, own_date

Span = tuple[PartialDate, ...]
"""One time: a date, or the dates between which something lasted."""


@dataclass(frozen=True, slots=True)
class Item:
    """A record, or a part of one that is a node of its own: its node, its kind, its fields, the record."""

    id: str
    kind: str
    fields: Any
    record: Record


class Facts:
    """A ledger as queries see it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.items: Mapping[str, Item] = {
            item.id: item for record in ledger.records.values() for item in _items(record)
        }

    @cached_property
    def ratings(self) -> Mapping[str, Rating]:
        """The computed ratings of claims."""
        return analyse(self.ledger).ratings

    @cached_property
    def traced(self) -> Trace:
        """The chains of derivation."""
        return trace(self.ledger, fallen_sources(self.ledger, profile_of(self.ledger).dropped))

    @cached_property
    def origins(self) -> Mapping[str, Origins]:
        """What the evidence of claims goes back to."""
        return claim_origins(self.ledger, self.traced)

    @cached_property
    def later(self) -> Mapping[str, tuple[str, ...]]:
        """What takes from each source, one step on."""
        found: dict[str, list[str]] = {}
        for source, earlier in self.traced.earlier.items():
            for before in earlier:
                found.setdefault(before, []).append(source)
        return {source: tuple(after) for source, after in found.items()}

    @cached_property
    def uses(self) -> Mapping[str, int]:
        """How many evidence items are taken from each source."""
        items = (item for item in self.items.values() if item.kind == "evidence")
        return Counter(self.ledger.present_id(item.fields.source) for item in items)

    def parts(self, node: str) -> tuple[str, ...]:
        """The parts of a record that are nodes of their own; none of a part."""
        item = self.items.get(node)
        return () if item is None or item.id != item.record.id else tuple(part.id for part in _items(item.record))[1:]

    def values(self, item: Item, column: Column) -> tuple[Any, ...]:
        """Every value that an item has in a column."""
        if column.is_written:
            return self.written(item.fields, column, column.attributes)
        if column.counts:
            return (Decimal(_count(item.fields, column.attributes)),)
        return tuple(value for value in COMPUTE[column.name](self, item) if value is not None)

    def written(self, value: Any, column: Column, way: tuple[str, ...]) -> tuple[Any, ...]:
        """Every value of a column at the end of a way from a value; what is absent gives none."""
        found = _walk(value, way)
        return tuple(map(self.ledger.present_id, found)) if column.type == "id" else tuple(found)

    def dates(self, node: str) -> tuple[Span, ...]:
        """The dates that a record or a part is placed by."""
        item = self.items.get(node)
        return tuple((date,) for date in self.values(item, own_date(item.kind))) if item else ()


def _items(record: Record) -> Iterator[Item]:
    yield Item(record.id, record.kind.name, record.fields, record)
    list_name, part_kind = OWNING.get(record.kind.name, ("", ""))
    for part in getattr(record.fields, list_name) if list_name else ():
        yield Item(f"{record.id}/{part.id}", part_kind, part, record)


def _walk(value: Any, attributes: tuple[str, ...]) -> Iterator[Any]:
    """The values at the end of a way through the models; what is absent gives none."""
    if isinstance(value, tuple):
        for inner in value:
            yield from _walk(inner, attributes)
    elif not attributes:
        if value is not None:
            yield value
    elif hasattr(value, attributes[0]):
        yield from _walk(getattr(value, attributes[0]), attributes[1:])


def _count(value: Any, way: tuple[str, ...], *, is_listed: bool = False) -> int:
    """How many values stand in lists at the end of a way: `unknown` in place of a list is none."""
    if isinstance(value, tuple):
        return sum(_count(inner, way, is_listed=True) for inner in value)
    if way:
        return _count(getattr(value, way[0], None), way[1:], is_listed=is_listed)
    return int(is_listed and value is not None)


def _title(facts: Facts, item: Item) -> Iterator[str]:
    yield item.record.title if item.id == item.record.id else str(facts.ledger.graph.nodes[item.id]["title"])


def _rating(_: Facts, item: Item) -> Iterator[str]:
    yield from (rated.rating for rated in item.fields.assessments[-1:])


def _of_rating(read: Callable[[Rating], str | None]) -> Callable[[Facts, Item], Iterator[str | None]]:
    """Something of the computed rating; nothing of what has none."""
    return lambda facts, item: (read(rating) for rating in (facts.ratings.get(item.id),) if rating)


def _origins(facts: Facts, item: Item) -> Iterator[Decimal]:
    if origins := facts.origins.get(item.id):
        yield Decimal(origins.origins)


def _issued(facts: Facts, item: Item) -> Iterator[Any]:
    source = facts.items.get(facts.ledger.present_id(item.fields.source))
    yield source.fields.issued if source and source.kind == "source" else None


COMPUTE: Mapping[str, Callable[[Facts, Item], Iterator[Any]]] = {
    "id": lambda _, item: iter((item.id,)),
    "kind": lambda _, item: iter((item.kind,)),
    "title": _title,
    "file": lambda _, item: iter((item.record.document.path,)),
    "rating": _rating,
    COMPUTED_RATING: _of_rating(lambda rating: rating.band and rating.band.replace(" ", "-")),
    "direction": _of_rating(lambda rating: rating.direction),
    "evidence_axis": _of_rating(lambda rating: rating.evidence),
    "agreement": _of_rating(lambda rating: rating.agreement),
    "not_computed_because": _of_rating(lambda rating: None if rating.band else rating.computed),
    "origins": _origins,
    "uses": lambda facts, item: iter((Decimal(facts.uses.get(item.id, 0)),)),
    "claim": lambda _, item: iter((item.record.id,)),
    "proponent": lambda _, item: iter((item.record.id,)),
    "issued": _issued,
}
"""What a column without a field means."""
