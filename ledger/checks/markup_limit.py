"""A body stays within what can be rendered in a moment."""

from collections.abc import Iterable, Iterator

from ledger.checks.bodies import bodies, found_in
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "markup-limit"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[Record]:
    """Every record with a body."""
    return bodies(ledger)


def check(ledger: Ledger, item: Record) -> Iterator[Diagnostic]:
    """What the Markdown wrapper found of this sort."""
    return found_in(item, ID)
