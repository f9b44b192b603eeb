"""Nobody is said to hold a position without a source in which they say so."""

from collections.abc import Iterable, Iterator

from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "stance-without-source"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[tuple[Record, int]]:
    """Every stance of every proponent."""
    return [(p, at) for p in of_kinds(ledger, "proponent") for at in range(len(p.fields.stances))]


def check(ledger: Ledger, item: tuple[Record, int]) -> Iterator[Diagnostic]:
    """A stance with nothing under `attested`."""
    record, at = item
    if not record.fields.stances[at].attested:
        span = record.document.span(("stances", at, "id"))
        hint = "add `attested` with date, source and what it shows; remove the stance if there is none"
        yield Diagnostic(span, LEVEL, ID, f"no source attests that {record.fields.name} takes this stance", hint)
