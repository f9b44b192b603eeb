"""An arXiv number is not much later than the date of the work: a number months later belongs to another paper."""

import re
from collections.abc import Iterable, Iterator

from ledger.checks.bad_identifier import good_arxiv
from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.loading import Record

ID = "arxiv-after-issued"
LEVEL = Level.WARNING
TOLERATED_MONTHS = 1
YEAR_OF_CENTURY_BREAK = 91
"""arXiv opened in 1991: two digits from here on are of the last century."""


def items(ledger: Ledger) -> Iterable[Record]:
    """Every source with an arXiv number."""
    return [source for source in of_kinds(ledger, "source") if source.fields.arxiv]


def check(ledger: Ledger, item: Record) -> Iterator[Diagnostic]:
    """A number given out more than a month after the latest day on which the work can have come out."""
    numbered, latest = arxiv_month(item.fields.arxiv), item.fields.issued.latest
    issued = latest.year * 12 + latest.month
    if numbered and numbered > issued + TOLERATED_MONTHS:
        late = numbered - issued
        message = f"arXiv gave the number {item.fields.arxiv} {late} months after the work was issued"
        hint = "check that the number is this paper's; if only the date is wrong, correct `issued`"
        yield Diagnostic(item.document.span(("arxiv",)), LEVEL, ID, message, hint)


def arxiv_month(number: str) -> int | None:
    """The month in which arXiv gave out a number, in months since the year 0."""
    match = re.search(r"(?:^|/)(\d{2})(\d{2})", number) if good_arxiv(number) else None
    if not match:
        return None
    year = int(match[1])
    return (year + (1900 if year >= YEAR_OF_CENTURY_BREAK else 2000)) * 12 + int(match[2])
