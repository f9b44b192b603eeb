"""A ledger has a `site.yml`, and something to publish."""

from collections.abc import Iterable, Iterator

from ledger.diagnostics import Diagnostic, Level, Span
from ledger.graph import Ledger

ID = "missing-site"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[str]:
    """The one settings file."""
    return ["site.yml"]


def check(ledger: Ledger, item: str) -> Iterator[Diagnostic]:
    """No settings, though the file did not fail."""
    if ledger.site is None and item not in ledger.failed:
        hint = "make one with the lines `format: 1` and `title: …`"
        yield Diagnostic(Span(item), LEVEL, ID, "the content folder has no site.yml", hint)
