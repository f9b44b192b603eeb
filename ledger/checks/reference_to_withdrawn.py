"""What stands does not build on what was withdrawn: that counts for nothing any more."""

from collections.abc import Iterable, Iterator

from ledger.diagnostics import Diagnostic, Level
from ledger.edges import MENTIONS, RECORD, Edge
from ledger.graph import Ledger
from ledger.loading import Record

ID = "reference-to-withdrawn"
LEVEL = Level.WARNING
IN_TEXT = frozenset(edge_type.name for edge_type in MENTIONS)


def items(ledger: Ledger) -> Iterable[Edge]:
    """Every edge."""
    return ledger.all_edges()


def check(ledger: Ledger, item: Edge) -> Iterator[Diagnostic]:
    """An edge from a standing record to a withdrawn one, unless a text only mentions it: its page stays."""
    start, target = ledger.owner(item.start), ledger.owner(item.target)
    if start is None or target is None or start.fields.withdrawn or item.name in IN_TEXT:
        return
    if target.fields.withdrawn:
        now = _instead(ledger, target, item.wants)
        hint = f"write '{now.id}'" if now else "name one that stands, or remove the reference"
        yield Diagnostic(ledger.span(item), LEVEL, ID, f"'{item.written}' was withdrawn", hint)


def _instead(ledger: Ledger, record: Record, wants: str) -> Record | None:
    """The record that says it now, if it stands and is of the kind that is meant."""
    met = set()
    while record.fields.withdrawn and record.id not in met:
        met.add(record.id)
        merged = ledger.records.get(ledger.present_id(record.fields.withdrawn.merged_into or ""))
        if merged is None:
            return None
        record = merged
    return record if record.fields.withdrawn is None and wants in (record.kind.name, RECORD) else None
