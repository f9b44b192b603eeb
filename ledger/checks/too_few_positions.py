"""A controversy has at least two positions."""

from collections.abc import Iterable, Iterator

from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "too-few-positions"
LEVEL = Level.ERROR
NEEDS_EVERY_FILE = True
ENOUGH = 2


def items(ledger: Ledger) -> Iterable[Record]:
    """Every controversy."""
    return of_kinds(ledger, "controversy")


def check(ledger: Ledger, item: Record) -> Iterator[Diagnostic]:
    """Fewer than two answers; drafts count for a draft."""
    answers = [ledger.records[edge.start] for edge in ledger.edges_to(item.id) if edge.name == "answers"]
    standing = [r for r in answers if r.fields.withdrawn is None and (item.is_draft or not r.is_draft)]
    if len(standing) < ENOUGH:
        message = f"a controversy needs two positions or more; this one has {len(standing)}"
        hint = f"add positions/{item.id}-a.md, {item.id}-b.md …"
        yield Diagnostic(item.document.span(("title",)), LEVEL, ID, message, hint)
