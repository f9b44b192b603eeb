"""Parts of a record have ids of their own: a link to `claim#e1` must mean one item."""

from collections.abc import Iterable, Iterator

from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "duplicate-part"
LEVEL = Level.ERROR
LISTS = ("evidence", "stances", "tensions", "parts", "editors")


def items(ledger: Ledger) -> Iterable[tuple[Record, str]]:
    """Every list of parts that have ids."""
    everything = [*ledger.records.values(), *([ledger.site] if ledger.site else [])]
    return [(record, name) for record in everything for name in LISTS if getattr(record.fields, name, ())]


def check(ledger: Ledger, item: tuple[Record, str]) -> Iterator[Diagnostic]:
    """The second and later parts with one id; all parts of one page share its anchors."""
    record, name = item
    seen: set[str] = set()
    for at, part in enumerate(getattr(record.fields, name)):
        if part.id in seen:
            message = f"`{name}` has two parts with the id '{part.id}'"
            span = record.document.span((name, at, "id"))
            yield Diagnostic(span, LEVEL, ID, message, "give the later one a new id; ids are never reused")
        seen.add(part.id)
