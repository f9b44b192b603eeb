"""References use a record's present id."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ledger.checks.support import edges
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger

ID = "former-id"
LEVEL = Level.WARNING


def items(ledger: Ledger) -> Iterable[Mapping[str, Any]]:
    """Every edge."""
    return edges(ledger)


def check(ledger: Ledger, item: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """An edge that was written with an id its record no longer has."""
    if item["written"] != item["target"]:
        message = f"'{item['written']}' is now called '{item['target']}'"
        yield Diagnostic(item["span"], LEVEL, ID, message, f"write '{item['target']}'")
