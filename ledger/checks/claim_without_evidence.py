"""A claim stands on evidence; one about words or values may do without, with a warning."""

from collections.abc import Iterable, Iterator

from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "claim-without-evidence"
LEVEL = Level.ERROR
SOFT_TYPES = ("definitional", "normative")


def items(ledger: Ledger) -> Iterable[Record]:
    """Every claim."""
    return of_kinds(ledger, "claim")


def check(ledger: Ledger, item: Record) -> Iterator[Diagnostic]:
    """A claim with an empty list of evidence."""
    if not item.fields.evidence:
        level = Level.WARNING if item.fields.type in SOFT_TYPES else LEVEL
        hint = "add an entry to `evidence` with a source and what it shows"
        yield Diagnostic(item.document.span(("statement",)), level, ID, "this claim has no evidence", hint)
