"""What the checks of quotes look at: the verdicts on those of records that stand."""

from ledger.analysis.quotes import Verdict, verify
from ledger.diagnostics import Span
from ledger.graph import Ledger


def verdicts(ledger: Ledger) -> list[Verdict]:
    """The verdict on every quote of a record that is not withdrawn."""
    return [v for v in verify(ledger).values() if ledger.records[v.record].fields.withdrawn is None]


def span_of(ledger: Ledger, verdict: Verdict) -> Span:
    """Where the quote is written."""
    return ledger.records[verdict.record].document.span(verdict.path)
