"""A quote stands in the text that was read of its source, word for word."""

from collections.abc import Iterable, Iterator

from ledger.analysis.quotes import Verdict
from ledger.checks.quoted import span_of, verdicts
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger

ID = "quote-not-found"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[Verdict]:
    """Every quote of a record that stands."""
    return verdicts(ledger)


def check(ledger: Ledger, item: Verdict) -> Iterator[Diagnostic]:
    """A quote that is not there."""
    if item.verdict == "not-found":
        message = f"this quote does not stand in the text that was read of '{item.source}'"
        yield Diagnostic(span_of(ledger, item), LEVEL, ID, message, _hint(item))


def _hint(item: Verdict) -> str:
    if item.recorded:
        return f"the text is no longer kept; this was found on {item.recorded}: correct the quote and look again"
    if item.nearest:
        return f"the nearest passage is: {item.nearest}"
    return "nothing there is like it; does the quote belong to another source?"
