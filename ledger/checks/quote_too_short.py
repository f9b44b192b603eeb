"""A quote, and each part of one with an ellipsis, is long enough to say something."""

from collections.abc import Iterable, Iterator

from ledger.analysis.passages import LEAST
from ledger.analysis.quotes import Verdict
from ledger.checks.quoted import span_of, verdicts
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger

ID = "quote-too-short"
LEVEL = Level.WARNING


def items(ledger: Ledger) -> Iterable[Verdict]:
    """Every quote of a record that stands."""
    return verdicts(ledger)


def check(ledger: Ledger, item: Verdict) -> Iterator[Diagnostic]:
    """A quote or a part of one that is very short."""
    if item.too_short:
        message = f"this quote, or a part of it, has fewer than {LEAST} characters"
        hint = "quote more words: so few stand in many texts and show little"
        yield Diagnostic(span_of(ledger, item), LEVEL, ID, message, hint)
