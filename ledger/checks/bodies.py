"""Checks of Markdown bodies: what the Markdown wrapper finds in them, placed in their files."""

from collections.abc import Iterator
from typing import Any

from ledger import markup
from ledger.checks.checking import Check, Finding, having
from ledger.diagnostics import Level, Span
from ledger.graph import Ledger
from ledger.loading import Record


def _check(id_: str, level: Level, *, excusable: bool = True) -> Check[Record[Any]]:
    """A check for the wrapper's findings of one sort in a record's body."""

    def find(_: Ledger, record: Record[Any]) -> Iterator[Finding]:
        for found in markup.findings(record.fields.body):
            if found.check == id_:
                yield Finding(_span(record, found.start, found.end), found.message, found.hint)

    return Check(id_, level, find, having("body"), excusable=excusable)


def _span(record: Record[Any], start: int, end: int) -> Span:
    body = record.fields.body
    words = body[start:end].split("\n")[0]
    nth = body.count(words, 0, start) if words else 0
    return record.document.inner_span(("body",), words, nth) if words else record.span("body")


UNSAFE_LINK = _check("unsafe-link", Level.ERROR, excusable=False)
"""Links in a body lead to web pages, mail addresses or pages of this site, and nowhere else."""
MARKUP_LIMIT = _check("markup-limit", Level.ERROR, excusable=False)
"""A body stays within what can be rendered in a moment."""
RAW_HTML = _check("raw-html", Level.WARNING)
"""HTML in a body is shown as text, so it is not written there."""
UNSUPPORTED_MARKUP = _check("unsupported-markup", Level.WARNING)
"""A body uses only the Markdown that is rendered: no images, footnotes or reference definitions."""
UNREAD_FORMULA = _check("unread-formula", Level.WARNING)
"""A formula in a body is TeX that is read; any other is shown as it was written."""
