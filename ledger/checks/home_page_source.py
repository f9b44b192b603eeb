"""A source's address leads to the work, not to the front page of a site."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "home-page-source"
LEVEL = Level.WARNING
FRONT_PAGES = ("", "index.html", "index.php", "home", "blog", "news")


def items(ledger: Ledger) -> Iterable[Record]:
    """Every source with an address."""
    return [source for source in of_kinds(ledger, "source") if source.fields.url]


def check(ledger: Ledger, item: Record) -> Iterator[Diagnostic]:
    """An address without a path or query, or with one that names a front page."""
    parts = urlsplit(item.fields.url)
    if parts.path.strip("/").lower() in FRONT_PAGES and not parts.query:
        message = "this address is a home page: readers cannot find the work there"
        yield Diagnostic(item.document.span(("url",)), LEVEL, ID, message, "give the address of the work itself")
