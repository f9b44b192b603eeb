"""References use a record's present id."""

from collections.abc import Iterable, Iterator

from ledger.diagnostics import Diagnostic, Level
from ledger.edges import Edge
from ledger.graph import Ledger

ID = "former-id"
LEVEL = Level.WARNING


def items(ledger: Ledger) -> Iterable[Edge]:
    """Every edge."""
    return ledger.all_edges()


def check(ledger: Ledger, item: Edge) -> Iterator[Diagnostic]:
    """An edge that was written with an id its record no longer has."""
    if item.written != item.target:
        message = f"'{item.written}' is now called '{item.target}'"
        yield Diagnostic(ledger.span(item), LEVEL, ID, message, f"write '{item.target}'")
