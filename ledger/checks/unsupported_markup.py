"""A body uses only the Markdown that is rendered: no images, footnotes or reference definitions."""

from collections.abc import Iterable, Iterator

from ledger.checks.bodies import bodies, found_in
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "unsupported-markup"
LEVEL = Level.WARNING


def items(ledger: Ledger) -> Iterable[Record]:
    """Every record with a body."""
    return bodies(ledger)


def check(ledger: Ledger, item: Record) -> Iterator[Diagnostic]:
    """What the Markdown wrapper found of this sort."""
    return found_in(item, ID)
