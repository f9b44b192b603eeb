"""Every reference reaches a record of the kind that its field is for."""

from collections.abc import Iterable, Iterator

from ledger.checks.support import every_reference
from ledger.diagnostics import Diagnostic, Level
from ledger.edges import RECORD, Edge
from ledger.graph import Ledger

ID = "wrong-kind"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[Edge]:
    """Every reference, also of records with other errors."""
    return every_reference(ledger)


def check(ledger: Ledger, item: Edge) -> Iterator[Diagnostic]:
    """An edge whose end exists and is of another kind."""
    kind = ledger.node_kind(item.target)
    if kind is None or item.wants in (kind, RECORD):
        return
    message = f"'{item.written}' is a {kind}; a {item.wants} is meant here"
    hint = "link to it with [[id]]; [@id] cites a source" if item.name == "cites" else f"name a {item.wants}"
    yield Diagnostic(ledger.span(item), LEVEL, ID, message, hint)
