"""Every reference reaches a record of the kind that its field is for."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ledger.checks.support import every_reference
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import RECORD, Ledger

ID = "wrong-kind"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[Mapping[str, Any]]:
    """Every reference, also of records with other errors."""
    return every_reference(ledger)


def check(ledger: Ledger, item: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """An edge whose end exists and is of another kind."""
    kind = item["kind"]
    if kind is None or item["wants"] in (kind, RECORD):
        return
    message = f"'{item['written']}' is a {kind}; a {item['wants']} is meant here"
    hint = "link to it with [[id]]; [@id] cites a source" if item["type"] == "cites" else f"name a {item['wants']}"
    yield Diagnostic(item["span"], LEVEL, ID, message, hint)
