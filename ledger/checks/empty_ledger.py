"""There is something to publish: an empty site never replaces a full one."""

from collections.abc import Iterable, Iterator

from ledger.diagnostics import Diagnostic, Level, Span
from ledger.graph import Ledger

ID = "empty-ledger"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[str]:
    """The content folder."""
    return ["."]


def check(ledger: Ledger, item: str) -> Iterator[Diagnostic]:
    """No record that would be published, and none that failed."""
    if all(record.is_draft for record in ledger.records.values()) and not ledger.failed - {"site.yml"}:
        message = "there is no record to publish"
        yield Diagnostic(Span(item), LEVEL, ID, message, "add a record: `ledger new controversy ID`")
