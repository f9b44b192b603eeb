"""Checks of sources: identifiers, addresses, and one record for one work."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from ledger.checks.checking import Check, Finding, value_of
from ledger.diagnostics import Level
from ledger.graph import Ledger, result
from ledger.identifiers import FORMS, good_arxiv, same_work
from ledger.loading import Record


def _identifiers(_: Ledger, record: Record) -> Iterable[tuple[Record, str]]:
    """Every identifier of a source or proponent."""
    of_one = record.kind.name in ("source", "proponent")
    return [(record, name) for name in FORMS if of_one and value_of(record.fields, name)]


def _bad_identifier(_: Ledger, item: tuple[Record, str]) -> Iterator[Finding]:
    record, name = item
    what, is_good, hint = FORMS[name]
    if not is_good(getattr(record.fields, name)):
        yield Finding(record.document.span((name,)), f"'{getattr(record.fields, name)}' is not {what}", hint)


BAD_IDENTIFIER = Check("bad-identifier", Level.ERROR, _identifiers, _bad_identifier)
"""DOI, arXiv, ISBN, PubMed, ORCID, ROR and Wikidata identifiers have their form and their check digits."""

TOLERATED_MONTHS = 1
YEAR_OF_CENTURY_BREAK = 91
"""arXiv opened in 1991: two digits from here on are of the last century."""


def _with_arxiv(_: Ledger, record: Record) -> Iterable[Record]:
    return (record,) if record.fields.arxiv else ()


def _arxiv_after_issued(_: Ledger, item: Record) -> Iterator[Finding]:
    """A number given out more than a month after the latest day on which the work can have come out."""
    numbered, latest = arxiv_month(item.fields.arxiv), item.fields.issued.latest
    issued = latest.year * 12 + latest.month
    if numbered and numbered > issued + TOLERATED_MONTHS:
        message = f"arXiv gave the number {item.fields.arxiv} {numbered - issued} months after the work was issued"
        hint = "check that the number is this paper's; if only the date is wrong, correct `issued`"
        yield Finding(item.document.span(("arxiv",)), message, hint)


def arxiv_month(number: str) -> int | None:
    """The month in which arXiv gave out a number, in months since the year 0."""
    match = re.search(r"(?:^|/)(\d{2})(\d{2})", number) if good_arxiv(number) else None
    if not match:
        return None
    year = int(match[1])
    return (year + (1900 if year >= YEAR_OF_CENTURY_BREAK else 2000)) * 12 + int(match[2])


ARXIV_AFTER_ISSUED = Check("arxiv-after-issued", Level.WARNING, _with_arxiv, _arxiv_after_issued, kinds=("source",))
"""An arXiv number is not much later than the date of the work: a number months later belongs to another paper."""

Work = tuple[str, tuple[tuple[str, str], ...]]
"""What names a work, and who gives it: the fields and the ids of their sources."""


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
    fields, found = ledger.records[id_].fields, dict[str, str]()
    for name in ("url", "doi", "arxiv"):
        if value := getattr(fields, name):
            found.setdefault(same_work(name, value), name)
    return tuple(found.items())


def _duplicate_source(ledger: Ledger, item: Work) -> Iterator[Finding]:
    """The second and later sources that give it, told at each but the first."""
    key, places = item
    if len(places) < 2:  # noqa: PLR2004
        return
    sources = [(name, ledger.records[id_]) for name, id_ in places]
    first, *others = [(name, one) for name, one in sources if one.fields.status != "superseded"] or sources[:1]
    for name, source in others:
        message = f"{first[1].path} is the same work ({key})"
        hint = "keep one record; for an older version set `status: superseded` or record an exception with its reason"
        yield Finding(source.document.span((name,)), message, hint)


DUPLICATE_SOURCE = Check("duplicate-source", Level.ERROR, _works, _duplicate_source, of="ledger")
"""One work, one record: an address, DOI or arXiv number stands in one source only, unless one supersedes the other."""

FRONT_PAGES = ("", "index.html", "index.php", "home", "blog", "news")


def _with_address(_: Ledger, record: Record) -> Iterable[Record]:
    return (record,) if record.fields.url else ()


def _home_page(_: Ledger, item: Record) -> Iterator[Finding]:
    """An address without a path or query, or with one that names a front page."""
    parts = urlsplit(item.fields.url)
    if parts.path.strip("/").lower() in FRONT_PAGES and not parts.query:
        message = "this address is a home page: readers cannot find the work there"
        yield Finding(item.document.span(("url",)), message, "give the address of the work itself")


HOME_PAGE_SOURCE = Check("home-page-source", Level.WARNING, _with_address, _home_page, kinds=("source",))
"""A source's address leads to the work, not to the front page of a site."""
