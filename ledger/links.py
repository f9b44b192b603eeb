"""The graph as one record sees it: what it refers to, and what refers to it.

In: a Ledger and the id of a record. Out: links in a fixed order. An edge of an evidence item or a stance counts as one
of the record that it is part of; `part` then says which item.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ledger.edges import Edge, owner_id
from ledger.graph import Ledger, result


class RecordLink(NamedTuple):
    """One edge seen from a record; links are in this order."""

    relation: str
    other: str
    """The id of the record at the other end."""
    part: str
    """The node of this record that the edge touches, `claim/e1`; empty when it is the record itself."""
    other_part: str
    """The same for the record at the other end."""
    own: Mapping[str, Any]
    kind: str
    """That of the record at the other end."""

    @property
    def node(self) -> str:
        """What is at the other end: the record, or a part of it."""
        return self.other_part or self.other


@result
def links_out(ledger: Ledger, id_: str) -> tuple[RecordLink, ...]:
    """What the record refers to."""
    return _sorted(_seen(ledger, edge, edge.start, edge.target) for edge in ledger.edges_of(id_))


@result
def links_in(ledger: Ledger, id_: str) -> tuple[RecordLink, ...]:
    """What refers to the record."""
    return _sorted(_seen(ledger, edge, edge.target, edge.start) for edge in ledger.edges_into(id_))


def _sorted(found: Iterable[RecordLink | None]) -> tuple[RecordLink, ...]:
    return tuple(sorted((link for link in found if link), key=lambda link: link[:4]))


def _seen(ledger: Ledger, edge: Edge, here: str, there: str) -> RecordLink | None:
    other, kind = owner_id(there), ledger.node_kind(owner_id(there))
    if kind is None or other == owner_id(here) or ledger.node_kind(here) is None:
        return None
    part, other_part = (end if "/" in end else "" for end in (here, there))
    return RecordLink(edge.name, other, part, other_part, edge.own, kind)


def linked(links: Iterable[RecordLink], *relations: str) -> Iterator[str]:
    """The ids at the other ends of links of some relations."""
    return (link.other for link in links if link.relation in relations)
