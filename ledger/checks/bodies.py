"""Checks of Markdown bodies: what the Markdown wrapper finds in them, placed in their files."""

from collections.abc import Callable, Iterable, Iterator

from ledger import markup
from ledger.checks.checking import Check, Finding
from ledger.diagnostics import Level
from ledger.graph import Ledger
from ledger.loading import Record


def _bodies(_: Ledger, record: Record) -> Iterable[Record]:
    return (record,) if record.fields.body else ()


def _of(check: str) -> Callable[[Ledger, Record], Iterator[Finding]]:
    """The wrapper's findings of one sort in a record's body."""

    def found_in(_: Ledger, record: Record) -> Iterator[Finding]:
        body = record.fields.body
        for finding in markup.findings(body):
            if finding.check == check:
                words = body[finding.start : finding.end].split("\n")[0]
                nth = body.count(words, 0, finding.start) if words else 0
                span = record.document.inner_span(("body",), words, nth) if words else record.document.span(("body",))
                yield Finding(span, finding.message, finding.hint)

    return found_in


UNSAFE_LINK = Check("unsafe-link", Level.ERROR, _bodies, _of("unsafe-link"), excusable=False)
"""Links in a body lead to web pages, mail addresses or pages of this site, and nowhere else."""
MARKUP_LIMIT = Check("markup-limit", Level.ERROR, _bodies, _of("markup-limit"), excusable=False)
"""A body stays within what can be rendered in a moment."""
RAW_HTML = Check("raw-html", Level.WARNING, _bodies, _of("raw-html"))
"""HTML in a body is shown as text, so it is not written there."""
UNSUPPORTED_MARKUP = Check("unsupported-markup", Level.WARNING, _bodies, _of("unsupported-markup"))
"""A body uses only the Markdown that is rendered: no images, footnotes or reference definitions."""
