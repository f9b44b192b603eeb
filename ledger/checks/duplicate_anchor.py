"""Every anchor stands on its page once: a link to `claim.html#e1` must lead to one place."""

from collections.abc import Iterable, Iterator

from ledger.checks.rendered import RenderedSite, record_of
from ledger.diagnostics import Diagnostic, Level, Span
from ledger.loading import Record

ID = "duplicate-anchor"
LEVEL = Level.ERROR


def items(site: RenderedSite) -> Iterable[tuple[str, str]]:
    """Every anchor of every page."""
    return [(page, anchor) for page in sorted(site.pages) for anchor in dict.fromkeys(site.pages[page].anchors)]


def check(site: RenderedSite, item: tuple[str, str]) -> Iterator[Diagnostic]:
    """An anchor that stands twice: that of a part, say, which the page uses for a section of its own."""
    page, anchor = item
    if len(site.pages[page].anchors) > len(site.anchors[page]) and site.pages[page].anchors.count(anchor) > 1:
        hint = f"give the part with the id '{anchor}' another id: the page has a section of that name"
        message = f"the anchor '{anchor}' stands twice on the page {page}"
        yield Diagnostic(_place(site, page, anchor), LEVEL, ID, message, hint)


def _place(site: RenderedSite, page: str, anchor: str) -> Span:
    """Where the part has its id, or the page when it comes from a template alone."""
    record = record_of(site, page)
    if record is None:
        return Span(page)
    spans = (record.document.span(path) for path in record.document.nodes.values if path[-1:] == ("id",))
    return next((span for span in spans if _words_at(record, span) == anchor), Span(record.path))


def _words_at(record: Record, span: Span) -> str:
    return record.document.lines.line(span.line)[span.column - 1 : span.end_column - 1].strip("'\"")
