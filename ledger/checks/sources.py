"""Checks of sources: identifiers, addresses, and one record for one work."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from ledger.checks.checking import Finding, check, having
from ledger.diagnostics import Level
from ledger.graph import Ledger, result
from ledger.identifiers import FORMS, good_arxiv, same_work
from ledger.loading import Record, is_a
from ledger.records import Proponent, Source

FRONT_PAGES = ("", "index.html", "index.php", "home", "blog", "news")
TOLERATED_MONTHS = 1
YEAR_OF_CENTURY_BREAK = 91
"""arXiv opened in 1991: two digits from here on are of the last century."""
Identified = tuple[Record[Any], str, str]
Work = tuple[str, tuple[tuple[str, str], ...]]
"""What names a work, and who gives it: the fields and the ids of their sources."""


def _identifiers(_: Ledger, record: Record[Any]) -> Iterator[Identified]:
    """Every identifier of a source or proponent, with its field."""
    written = vars(record.fields) if is_a(record, Source) or is_a(record, Proponent) else {}
    yield from ((record, name, value) for name in FORMS if (value := written.get(name)))


@check("bad-identifier", Level.ERROR, items=_identifiers)
def bad_identifier(_: Ledger, item: Identified) -> Iterator[Finding]:
    """DOI, arXiv, ISBN, PubMed, ORCID, ROR and Wikidata identifiers have their form and their check digits."""
    record, name, value = item
    what, is_good, hint = FORMS[name]
    if not is_good(value):
        yield Finding(record.span(name), f"'{value}' is not {what}", hint)


@check("arxiv-after-issued", Level.WARNING, items=having("arxiv"), kinds=(Source,))
def arxiv_after_issued(_: Ledger, item: Record[Source]) -> Iterator[Finding]:
    """An arXiv number is not much later than the work's date: a number months later belongs to another paper."""
    number, latest = item.fields.arxiv or "", item.fields.issued.latest
    numbered = arxiv_month(number)
    issued = latest.year * 12 + latest.month
    if numbered and numbered > issued + TOLERATED_MONTHS:
        message = f"arXiv gave the number {number} {numbered - issued} months after the source was published"
        hint = "check that the number is this paper's; if only the date is wrong, correct `issued`"
        yield Finding(item.span("arxiv"), message, hint)


def arxiv_month(number: str) -> int | None:
    """The month in which arXiv gave out a number, in months since the year 0."""
    match = re.search(r"(?:^|/)(\d{2})(\d{2})", number) if good_arxiv(number) else None
    if not match:
        return None
    year = int(match[1])
    return (year + (1900 if year >= YEAR_OF_CENTURY_BREAK else 2000)) * 12 + int(match[2])


def _works(ledger: Ledger) -> Iterable[Work]:
    """Every address, DOI and arXiv number, in one form each."""
    places: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for card in ledger.cards("source"):
        for key, name in () if card.withdrawn else _named(ledger, card.id):
            places[key].append((name, card.id))
    return [(key, tuple(given)) for key, given in sorted(places.items())]


@result
def _named(ledger: Ledger, id_: str) -> tuple[tuple[str, str], ...]:
    """The works that one source says it is, each with the first field that says so."""
    fields, found = ledger.record(Source, id_).fields, dict[str, str]()
    for name, value in (("url", fields.url), ("doi", fields.doi), ("arxiv", fields.arxiv)):
        if value:
            found.setdefault(same_work(name, value), name)
    return tuple(found.items())


@check("duplicate-source", Level.ERROR, items=_works, of="ledger")
def duplicate_source(ledger: Ledger, item: Work) -> Iterator[Finding]:
    """One work, one record: an address, DOI or arXiv number is in one source only, unless one supersedes the other."""
    key, places = item
    if len(places) < 2:  # noqa: PLR2004
        return
    sources = [(name, ledger.record(Source, id_)) for name, id_ in places]
    first, *others = [(name, one) for name, one in sources if one.fields.status != "superseded"] or sources[:1]
    for name, source in others:
        message = f"{first[1].path} is the same source ({key})"
        hint = "keep one record; for an older version set `status: superseded` or record an exception with its reason"
        yield Finding(source.span(name), message, hint)


@check("home-page-source", Level.WARNING, items=having("url"), kinds=(Source,))
def home_page_source(_: Ledger, item: Record[Source]) -> Iterator[Finding]:
    """A source's address leads to the work, not to the front page of a site."""
    parts = urlsplit(item.fields.url or "")
    if parts.path.strip("/").lower() in FRONT_PAGES and not parts.query:
        message = "this address is a home page: readers cannot find the source there"
        yield Finding(item.span("url"), message, "give the address of the source itself")
