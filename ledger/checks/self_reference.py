"""No record stands in a relation to itself."""

from collections.abc import Iterable, Iterator

from ledger.diagnostics import Diagnostic, Level
from ledger.edges import MENTIONS, PART_EDGES, Edge, owner_id
from ledger.graph import Ledger

ID = "self-reference"
LEVEL = Level.ERROR
HARMLESS = frozenset(edge_type.name for edge_type in (*MENTIONS, *PART_EDGES))


def items(ledger: Ledger) -> Iterable[Edge]:
    """Every edge."""
    return ledger.all_edges()


def check(ledger: Ledger, item: Edge) -> Iterator[Diagnostic]:
    """An edge from a record to itself, unless it is a mention or joins a part to its record."""
    own_part = "/" in item.start and item.target == owner_id(item.start) and not isinstance(item.path[-1], str)
    if owner_id(item.start) == owner_id(item.target) and item.name not in HARMLESS and not own_part:
        message = f"'{item.written}' is this record itself"
        yield Diagnostic(ledger.span(item), LEVEL, ID, message, "name another record, or remove the entry")
