"""What several checks need: walks over records, parts and edges, and the making of a finding."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ledger.graph import Ledger, edges_of_broken
from ledger.loading import Record


def of_kinds(ledger: Ledger, *kinds: str) -> tuple[Record, ...]:
    """The records of some kinds that still stand, by id."""
    return tuple(r for r in ledger.records.values() if r.kind.name in kinds and r.fields.withdrawn is None)


@lru_cache(maxsize=2)
def edges(ledger: Ledger) -> Sequence[Mapping[str, Any]]:
    """Every edge with its two ends as `start` and `target`, and the kind of what it reaches."""
    kinds = ledger.graph.nodes(data="kind")
    return tuple(
        {**edge, "start": start, "target": target, "kind": kinds[target]}
        for start, target, edge in ledger.graph.edges(data=True)
    )


def every_reference(ledger: Ledger) -> Iterator[Mapping[str, Any]]:
    """Every edge, and the references of records whose fields have errors: all that is wrong is told at once."""
    yield from edges(ledger)
    for edge in edges_of_broken(ledger):
        target = ledger.present_id(edge.target)
        kind = ledger.graph.nodes[target]["kind"] if target in ledger.graph else None
        ends = {"start": edge.start, "target": target, "written": edge.target, "kind": kind}
        yield {**ends, "type": edge.name, "wants": edge.wants, "span": edge.span}


def edges_to(ledger: Ledger, node: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """What refers to a node: the other end and the edge."""
    for start, _, edge in ledger.graph.in_edges(node, data=True):
        yield start, edge


def owner_id(node: str) -> str:
    """The id of the record that a node is, or is part of."""
    return node.partition("/")[0]


@lru_cache(maxsize=2)
def failed_ids(ledger: Ledger) -> frozenset[str]:
    """Ids whose files could not be read: a reference to one is no second mistake."""
    return frozenset(path.rsplit("/", 1)[-1].rsplit(".", 1)[0] for path in ledger.loaded.failed)
