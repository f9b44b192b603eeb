"""Links in a body lead to web pages, mail addresses or pages of this site, and nowhere else."""

from collections.abc import Iterable, Iterator

from ledger.checks.bodies import bodies, found_in
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "unsafe-link"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[Record]:
    """Every record with a body."""
    return bodies(ledger)


def check(ledger: Ledger, item: Record) -> Iterator[Diagnostic]:
    """What the Markdown wrapper found of this sort."""
    return found_in(item, ID)
