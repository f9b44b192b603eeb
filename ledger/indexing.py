"""Records → the index: what every id means, and everything that refers to anything.

In: the loaded records. Out: an Index, which is never changed: when files change, another one is made of it. A node is a
record, an evidence item (`claim/e1`) or a stance (`proponent/s1`). An id that nothing has is a node without a kind: the
edge is there, and a check reports it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import Any

from ledger import structure
from ledger.edges import Card, Edge, card_of, edges_of, newest_date, owner_id
from ledger.loading import Loaded, Record
from ledger.wordings import Past


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Everything that was read, resolved. Records are in order of id."""

    loaded: Loaded = field(repr=False)
    cards: Mapping[str, Card] = field(repr=False)
    edges: Mapping[str, tuple[Edge, ...]] = field(repr=False)
    """By the id of the record that wrote them; their targets are present ids."""
    incoming: Mapping[str, tuple[Edge, ...]] = field(repr=False)
    """By the id of the record that they, or the part they name, belong to; in order of the record that wrote them."""
    former: Mapping[str, str] = field(repr=False)
    as_of: date | None
    """The newest editorial date."""
    unsound: frozenset[str] = frozenset()
    """The records with a structural error."""
    past: Past | None = field(default=None, repr=False)
    """What claims said before, where the site shows it."""


def index_of(
    loaded: Loaded,
    *,
    as_of: date | None = None,
    card: Callable[[Record[Any]], Card] = card_of,
    edges: Callable[[Record[Any]], tuple[Edge, ...]] = edges_of,
) -> Index:
    """Resolve the loaded records. Who has made their cards and edges before gives functions that remember."""
    cards = {id_: card(record) for id_, record in loaded.records.items()}
    former = {old: made.id for made in cards.values() for old in made.former if old not in cards}
    written = {id_: resolved(edges(record), former) for id_, record in loaded.records.items()}
    incoming: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in (edge for made in written.values() for edge in made):
        incoming[owner_id(edge.target)].append(edge)
    by_target = {id_: tuple(found) for id_, found in incoming.items()}
    unsound = structure.unsound(cards, written, cards)
    return Index(loaded, cards, written, by_target, former, as_of or newest_date(cards.values()), unsound)


def patched(index: Index, loaded: Loaded, cards: Mapping[str, Card], edges: Mapping[str, tuple[Edge, ...]]) -> Index:
    """The same where some records say something else: their cards and edges are given. Every id means what it did."""
    written = {id_: resolved(made, index.former) for id_, made in edges.items()}
    incoming = dict(index.incoming)
    for id_, made in written.items():
        for target in {owner_id(edge.target) for edge in (*index.edges[id_], *made)}:
            others = [edge for edge in incoming.get(target, ()) if edge.owner != id_]
            own = [edge for edge in made if owner_id(edge.target) == target]
            incoming[target] = tuple(sorted((*others, *own), key=attrgetter("owner")))
    known, all_edges = {**index.cards, **cards}, {**index.edges, **written}
    reached = {*written, *(edge.owner for id_ in written for edge in incoming.get(id_, ()))}
    return replace(
        index,
        loaded=loaded,
        cards=known,
        edges=all_edges,
        incoming={target: found for target, found in incoming.items() if found},
        as_of=newest_date(known.values()),
        unsound=index.unsound - reached | structure.unsound(known, all_edges, reached),
    )


def resolved(edges: tuple[Edge, ...], former: Mapping[str, str]) -> tuple[Edge, ...]:
    """Edges with the ids that their ends have now."""
    if not former or all(edge.target == _present(edge.written, former) for edge in edges):
        return edges
    return tuple(edge._replace(target=_present(edge.written, former)) for edge in edges)


def _present(written: str, former: Mapping[str, str]) -> str:
    if "/" not in written:
        return former.get(written, written)
    id_, _, part = written.partition("/")
    return f"{former.get(id_, id_)}/{part}"


def published_index(index: Index) -> Index:
    """The same without its drafts, for the site."""
    records = {id_: record for id_, record in index.loaded.records.items() if not index.cards[id_].draft}
    if len(records) == len(index.cards):
        return index
    loaded = replace(index.loaded, records=records)
    return index_of(
        loaded, as_of=index.as_of, card=lambda record: index.cards[record.id], edges=lambda one: index.edges[one.id]
    )
