"""A position's file is named after its controversy and letter, so that a letter is used once."""

from collections.abc import Iterable, Iterator

from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "position-name"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[Record]:
    """Every position."""
    return of_kinds(ledger, "position")


def check(ledger: Ledger, item: Record) -> Iterator[Diagnostic]:
    """A file name that is not `<controversy>-<letter>`."""
    letter = item.fields.letter
    wanted = f"{item.fields.controversy}-{letter.lower()}"
    if item.id != wanted:
        message = f"the letter {letter} of '{item.fields.controversy}' does not agree with the file's name"
        yield Diagnostic(
            item.document.span(("letter",)), LEVEL, ID, message, f"name the file '{wanted}' or correct the letter"
        )
