"""The graph as one record sees it: what it refers to, and what refers to it.

In: a Ledger and a record. Out: links in a fixed order. An edge of an evidence item or a stance counts as one of the
record that it is part of; `part` then says which item.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ledger.graph import Ledger
from ledger.loading import Record


@dataclass(frozen=True, slots=True)
class RecordLink:
    """One edge seen from a record: its name, the record at the other end, the parts it joins, its own fields."""

    relation: str
    record: Record
    part: str
    """The node of this record that the edge touches, `claim/e1`; empty when it is the record itself."""
    other_part: str
    """The same for the record at the other end."""
    own: Mapping[str, Any]

    def sort_key(self) -> tuple[str, str, str, str]:
        """By relation, then by the other record and the parts."""
        return self.relation, self.record.id, self.part, self.other_part


def links_out(ledger: Ledger, record: Record) -> tuple[RecordLink, ...]:
    """What the record refers to."""
    found = (
        link
        for node in nodes_of(ledger, record)
        for _, other, edge in ledger.graph.out_edges(node, data=True)
        if (link := _link(ledger, record, node, other, edge))
    )
    return tuple(sorted(found, key=RecordLink.sort_key))


def links_in(ledger: Ledger, record: Record) -> tuple[RecordLink, ...]:
    """What refers to the record."""
    found = (
        link
        for node in nodes_of(ledger, record)
        for other, _, edge in ledger.graph.in_edges(node, data=True)
        if (link := _link(ledger, record, node, other, edge))
    )
    return tuple(sorted(found, key=RecordLink.sort_key))


def nodes_of(ledger: Ledger, record: Record) -> Iterator[str]:
    """The record's own node and those of its parts."""
    yield record.id
    parts = (*getattr(record.fields, "evidence", ()), *getattr(record.fields, "stances", ()))
    for part in parts:
        if (node := f"{record.id}/{part.id}") in ledger.graph:
            yield node


def _link(ledger: Ledger, record: Record, node: str, other: str, edge: Mapping[str, Any]) -> RecordLink | None:
    reached = ledger.owner(other)
    if reached is None or reached is record:
        return None
    part, other_part = (end if "/" in end else "" for end in (node, other))
    return RecordLink(edge["type"], reached, part, other_part, edge["own"])
