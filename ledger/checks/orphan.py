"""Every source, proponent and claim is used by something."""

from collections.abc import Iterable, Iterator

from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "orphan"
LEVEL = Level.WARNING
NEEDS_EVERY_FILE = True
HINTS = {
    "source": "cite it in a claim's evidence, or remove it",
    "proponent": "give them a stance, an event or a source they wrote, or remove the record",
    "claim": "say which position it bears on or which claim it relates to",
}


def items(ledger: Ledger) -> Iterable[Record]:
    """Every source, proponent and claim."""
    return of_kinds(ledger, *HINTS)


def check(ledger: Ledger, item: Record) -> Iterator[Diagnostic]:
    """A record that no other refers to; a claim or proponent may also reach out itself."""
    used = any(edge.owner != item.id for edge in ledger.edges_to(item.id))
    kind = item.kind.name
    reaches_out = (kind == "claim" and (item.fields.bears_on or item.fields.relations)) or (
        kind == "proponent" and item.fields.stances
    )
    if not used and not reaches_out:
        span = item.document.span((item.kind.title_field,))
        yield Diagnostic(span, LEVEL, ID, f"nothing refers to this {kind}", HINTS[kind])
