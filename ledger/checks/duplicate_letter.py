"""Within one controversy a letter means one position."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "duplicate-letter"
LEVEL = Level.ERROR


def items(ledger: Ledger) -> Iterable[tuple[Record, ...]]:
    """Every letter of every controversy, with the positions that bear it."""
    bearers: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
    for position in of_kinds(ledger, "position"):
        bearers[ledger.present_id(position.fields.controversy), position.fields.letter].append(position)
    return [tuple(bearers[key]) for key in sorted(bearers)]


def check(ledger: Ledger, item: tuple[Record, ...]) -> Iterator[Diagnostic]:
    """The second and later positions with one letter."""
    first, *others = item
    for position in others:
        message = f"{first.path} has the letter {position.fields.letter} already"
        span = position.document.span(("letter",))
        yield Diagnostic(span, LEVEL, ID, message, "give each position its own letter")
