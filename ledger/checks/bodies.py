"""What the Markdown wrapper finds in bodies, placed in their files."""

from collections.abc import Iterator

from ledger import markup
from ledger.diagnostics import Diagnostic
from ledger.graph import Ledger
from ledger.loading import Record


def bodies(ledger: Ledger) -> list[Record]:
    """Every record with a body."""
    return [record for record in ledger.records.values() if record.fields.body]


def found_in(record: Record, check: str) -> Iterator[Diagnostic]:
    """The wrapper's findings of one sort in a record's body."""
    body = record.fields.body
    for finding in markup.findings(body):
        if finding.check == check:
            words = body[finding.start : finding.end].split("\n")[0]
            nth = body.count(words, 0, finding.start) if words else 0
            span = record.document.inner_span(("body",), words, nth) if words else record.document.span(("body",))
            yield Diagnostic(span, finding.level, check, finding.message, finding.hint)
