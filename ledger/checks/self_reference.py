"""No record stands in a relation to itself."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ledger.checks.support import edges, owner_id
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import MENTIONS, PART_EDGES, Ledger

ID = "self-reference"
LEVEL = Level.ERROR
HARMLESS = frozenset(edge_type.name for edge_type in (*MENTIONS, *PART_EDGES))


def items(ledger: Ledger) -> Iterable[Mapping[str, Any]]:
    """Every edge."""
    return edges(ledger)


def check(ledger: Ledger, item: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """An edge from a record to itself, unless it is a mention or joins a part to its record."""
    own_part = "/" in item["start"] and item["target"] == owner_id(item["start"]) and item["field"].count(".") == 1
    if owner_id(item["start"]) == owner_id(item["target"]) and item["type"] not in HARMLESS and not own_part:
        message = f"'{item['written']}' is this record itself"
        yield Diagnostic(item["span"], LEVEL, ID, message, "name another record, or remove the entry")
