"""Every position has something that speaks for it."""

from collections.abc import Iterable, Iterator

from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "unsupported-position"
LEVEL = Level.WARNING
NEEDS_EVERY_FILE = True


def items(ledger: Ledger) -> Iterable[Record]:
    """Every position."""
    return of_kinds(ledger, "position")


def check(ledger: Ledger, item: Record) -> Iterator[Diagnostic]:
    """A position that rests on no claim and that no claim supports; one that was withdrawn does not count."""
    supporting = [
        edge.start
        for edge in ledger.edges_to(item.id)
        if edge.name == "bears_on" and edge.own.get("effect") == "supports"
    ]
    if not any(_stands(ledger, id_) for id_ in (*supporting, *item.fields.rests_on)):
        hint = "list claims in `rests_on`, or let a claim's `bears_on` support it"
        yield Diagnostic(item.document.span(("statement",)), LEVEL, ID, "nothing supports this position", hint)


def _stands(ledger: Ledger, id_: str) -> bool:
    """Whether a claim was not withdrawn; an id that nothing has is for `unknown-id`."""
    claim = ledger.records.get(ledger.present_id(id_))
    return claim is None or claim.fields.withdrawn is None
