"""What is published does not point at what is not."""

from collections.abc import Iterable, Iterator

from ledger.diagnostics import Diagnostic, Level
from ledger.edges import Edge
from ledger.graph import Ledger

ID = "reference-to-draft"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[Edge]:
    """Every edge."""
    return ledger.all_edges()


def check(ledger: Ledger, item: Edge) -> Iterator[Diagnostic]:
    """An edge from a published record to a draft."""
    start, target = ledger.owner(item.start), ledger.owner(item.target)
    if start and target and target.is_draft and not start.is_draft:
        message = f"'{item.written}' exists but is a draft"
        yield Diagnostic(ledger.span(item), LEVEL, ID, message, "publish it too, or make this record a draft")
