"""A controversy asks a question."""

from collections.abc import Iterable, Iterator

from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "question-mark"
LEVEL = Level.ERROR
MARKS = ("?", "？", "؟", ";")


def items(ledger: Ledger) -> Iterable[Record]:
    """Every controversy."""
    return of_kinds(ledger, "controversy")


def check(ledger: Ledger, item: Record) -> Iterator[Diagnostic]:
    """A question that does not end like one."""
    if not item.fields.question.rstrip().endswith(MARKS):
        span = item.document.span(("question",))
        yield Diagnostic(span, LEVEL, ID, "`question` does not end with a question mark", "write it as a question")
