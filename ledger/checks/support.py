"""What several checks need: walks over records, parts and edges, and the making of a finding."""

from collections.abc import Iterator

from ledger.edges import Edge, edges_of
from ledger.graph import Ledger, result
from ledger.loading import Record


def of_kinds(ledger: Ledger, *kinds: str) -> tuple[Record, ...]:
    """The records of some kinds that still stand, by id."""
    return tuple(r for r in ledger.records.values() if r.kind.name in kinds and r.fields.withdrawn is None)


def every_reference(ledger: Ledger) -> Iterator[Edge]:
    """Every edge, and the references of records whose fields have errors: all that is wrong is told at once."""
    yield from ledger.all_edges()
    for record in ledger.broken:
        for edge in edges_of(record):
            yield edge._replace(target=ledger.present_id(edge.target))


@result
def failed_ids(ledger: Ledger) -> frozenset[str]:
    """Ids whose files could not be read: a reference to one is no second mistake."""
    return frozenset(path.rsplit("/", 1)[-1].rsplit(".", 1)[0] for path in ledger.failed)
