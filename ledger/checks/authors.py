"""Checks of who wrote a source: authors who have a record of their own are linked to it."""

from collections.abc import Iterator

from ledger.analysis.authors import authors_of, likenesses
from ledger.checks.checking import Finding, check
from ledger.diagnostics import Level
from ledger.graph import Ledger
from ledger.records import Source

Author = tuple[str, int]
"""A source, and the place in its list of authors."""


def _authors(ledger: Ledger) -> Iterator[Author]:
    """Every author of every source that was not withdrawn."""
    for id_ in ledger.standing("source"):
        yield from ((id_, at) for at in range(len(authors_of(ledger, id_))))


@check("unlinked-author", Level.WARNING, items=_authors, of="ledger")
def unlinked_author(ledger: Ledger, item: Author) -> Iterator[Finding]:
    """An author who can only be one proponent names that proponent: what they wrote is found by their record."""
    one = likenesses(ledger).get(item)
    if one and one.is_certain:
        (proponent,) = one.proponents
        span = ledger.record(Source, one.source).span("authors", one.at)
        message = f"{one.name} looks like the proponent '{proponent}', and is not linked to that record"
        yield Finding(span, message, f"add `proponent: {proponent}` to the author, or run `ledger link-authors`")
