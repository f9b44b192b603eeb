"""A quote begins and ends where words do: `can` is not what `cannot` says."""

from collections.abc import Iterable, Iterator

from ledger.analysis.quotes import Verdict
from ledger.checks.quoted import span_of, verdicts
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger

ID = "quote-cuts-word"
LEVEL = Level.WARNING


def items(ledger: Ledger) -> Iterable[Verdict]:
    """Every quote of a record that stands."""
    return verdicts(ledger)


def check(ledger: Ledger, item: Verdict) -> Iterator[Diagnostic]:
    """A quote that is found, but begins or ends inside a word of its source."""
    if item.cuts_word:
        message = f"this quote begins or ends inside a word of '{item.source}', line {item.line}"
        yield Diagnostic(span_of(ledger, item), LEVEL, ID, message, "quote whole words: the rest may turn their sense")
