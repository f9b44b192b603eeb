"""A chain of derivation that carries evidence ends at a source that is the first to say it, or says that it is unknown.

A source whose derivation is `unknown` is no finding: it says so itself, is counted as untraced and shown.
"""

from collections.abc import Iterable, Iterator

from ledger.analysis.origins import standing, trace
from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "chain-without-origin"
LEVEL = Level.WARNING


def items(ledger: Ledger) -> Iterable[tuple[Record, bool]]:
    """Every source, and whether evidence goes back to it although it is not first-hand and has nothing behind it."""
    traced = trace(ledger)
    cited = {ledger.present_id(item.source) for claim in standing(ledger, "claim") for item in claim.fields.evidence}
    reached = {origin for source in cited for origin in traced.origins.get(source, ())}
    for source in of_kinds(ledger, "source"):
        yield source, source.id in reached and traced.ends[source.id] == "dead-end"


def check(ledger: Ledger, item: tuple[Record, bool]) -> Iterator[Diagnostic]:
    """A chain that ends without an origin."""
    source, dead_end = item
    if dead_end:
        message = "evidence goes back to this source, which is not first-hand and takes from no other"
        hint = "write `first_hand: true` if it is the first to say it, what it takes from, or `derived_from: unknown`"
        yield Diagnostic(source.document.span(("derived_from",)), LEVEL, ID, message, hint)
