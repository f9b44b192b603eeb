"""Checks of texts: what the Markdown wrapper finds in bodies, and markup where a text is plain."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ledger import markup
from ledger.checks.checking import Check, Finding, check, having, settings, values_in
from ledger.diagnostics import Level, Span
from ledger.edges import VERBATIM
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.markup_limits import REFERENCES
from ledger.plain_text import typed_markup
from ledger.references import CALLED_LOOSE, CALLED_OPEN, HINT_LOOSE, HINT_OPEN
from ledger.structure import IN_TEXT
from ledger.yamlnodes import FieldPath

OTHER_TEXTS = VERBATIM | {"body", "search_words"}
"""Fields that are Markdown, somebody else's words, or not shown."""
PlainText = tuple[Record[Any], FieldPath, str]


def _check(id_: str, level: Level, *, excusable: bool = True) -> Check[Record[Any]]:
    """A check for the wrapper's findings of one sort in a record's body."""
    return Check(id_, level, lambda _, record: _in_body(id_, record), having("body"), excusable=excusable)


def _in_body(id_: str, record: Record[Any]) -> Iterator[Finding]:
    for found in markup.findings(record.fields.body):
        if found.check == id_:
            span = _place(record, ("body",), record.fields.body, found.start, found.end)
            yield Finding(span, found.message, found.hint)


def _place(record: Record[Any], path: FieldPath, text: str, start: int, end: int) -> Span:
    """Where a stretch of a field's text is in its file: as much of it as is on its first line."""
    words = text[start:end].split("\n", maxsplit=1)[0]
    nth = text.count(words, 0, start) if words else 0
    return record.document.inner_span(path, words, nth) if words else record.span(*path)


UNSAFE_LINK = _check("unsafe-link", Level.ERROR, excusable=False)
"""Links in a body lead to web pages, mail addresses or pages of this site, and nowhere else."""


@check("markup-limit", Level.ERROR, excusable=False)
def markup_limit(ledger: Ledger, record: Record[Any]) -> Iterator[Finding]:
    """A body, and the references of a record, stay within what can be rendered in a moment."""
    yield from _in_body("markup-limit", record) if record.fields.body else ()
    written = [edge for edge in ledger.edges_of(record.id) if edge.name in IN_TEXT]
    if len(written) > REFERENCES.most:
        hint = "divide the record, or leave out references that say nothing new"
        message = f"{len(written):,} {REFERENCES.what}: at most {REFERENCES.most:,} are read"
        yield Finding(ledger.span(written[REFERENCES.most]), message, hint)


RAW_HTML = _check("raw-html", Level.WARNING)
"""HTML in a body is shown as text, so it is not written there."""
UNSUPPORTED_MARKUP = _check("unsupported-markup", Level.WARNING)
"""A body uses only the Markdown that is rendered: no images, footnotes or reference definitions."""
LIST_LAYOUT = _check("list-layout", Level.WARNING)
"""Lists in a body are laid out so that every program that reads Markdown reads them alike."""
UNREAD_FORMULA = _check("unread-formula", Level.WARNING)
"""A formula in a body is TeX that is read; any other is shown as it was written."""


def _plain_texts(_: Ledger, record: Record[Any]) -> Iterator[PlainText]:
    """Every field that holds words of the editors' own, and is no Markdown."""
    return ((record, path, text) for path, text in texts_in(record) if OTHER_TEXTS.isdisjoint(path))


@lru_cache(maxsize=1)
def texts_in(record: Record[Any]) -> list[tuple[FieldPath, str]]:
    """Every text in a record with its place, but for the editors' note; several checks look at each."""
    return [one for one in values_in(record.fields, str) if one[0] != ("note",)]


@check("markup-in-plain-text", Level.WARNING, items=_plain_texts, others=settings)
def markup_in_plain_text(_: Ledger, item: PlainText) -> Iterator[Finding]:
    """Only a body is Markdown: marks of it in any other field are published as they were typed."""
    record, path, text = item
    for start, end, what in typed_markup(text):
        reason = "" if what in READ_EVERYWHERE else "this field is plain text, so "
        message = f"{reason}{what} is shown as it is typed"
        yield Finding(_place(record, path, text, start, end), message, HINTS.get(what, HINT))


HINT = "take the marks away; only `body` is Markdown"
READ_EVERYWHERE = {CALLED_OPEN: HINT_OPEN, CALLED_LOOSE: HINT_LOOSE}
HINTS = READ_EVERYWHERE | {
    "a link": "write the words alone, and refer to a record with [[id|words]] or to a source with [@source-id]",
    "an image": "describe what it shows",
    "a footnote": "cite a source with [@source-id], or say it in the text",
    "a formula": "write it in plain signs, as E = mc²; only a `body` has formulas",
    "HTML": "write the words and signs themselves; only `body` has emphasis, as Markdown",
    "a list": "write a sentence, or put the list into `body`",
}
