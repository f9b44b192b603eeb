"""A quote stands at one place of its source, or the words beside it say which place is meant."""

from collections.abc import Iterable, Iterator

from ledger.analysis.quotes import Verdict
from ledger.checks.quoted import span_of, verdicts
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger

ID = "quote-ambiguous"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[Verdict]:
    """Every quote of a record that stands."""
    return verdicts(ledger)


def check(ledger: Ledger, item: Verdict) -> Iterator[Diagnostic]:
    """A quote that stands at several places."""
    if item.verdict == "ambiguous":
        where = f", in lines {item.line} and {item.other_line} among others" if item.line else ""
        message = f"this quote stands at more than one place of '{item.source}'{where}"
        hint = "quote more words"
        if item.path[0] == "evidence":
            hint += ", or give the words just before or after it as `quote_prefix` or `quote_suffix`"
        yield Diagnostic(span_of(ledger, item), LEVEL, ID, message, hint)
