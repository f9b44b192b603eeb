"""Checks of sources: identifiers, addresses, and one record for one work."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any
from urllib.parse import unquote, urlsplit

from ledger.analysis.titles import fit, work_of
from ledger.checks.checking import Finding, check, having
from ledger.diagnostics import Level
from ledger.graph import Ledger, compared
from ledger.identifiers import FORMS, after, good_arxiv, same_work, works_in
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
        number = after(name, value).strip(" /")
        yield Finding(record.span(name), f"'{value}' is not {what}", f"write {number}" if is_good(number) else hint)


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


def _numbered(_: Ledger, record: Record[Source]) -> Iterable[Identified]:
    """Every DOI, arXiv and PubMed number that a source has in a field or in an address, with the field."""
    fields = record.fields
    yield from ((record, name, work) for work, name in works_in(vars(fields), "doi", "arxiv", "pmid").items())
    for name, address in (("url", fields.url), ("archive_url", fields.archive_url)):
        yield from ((record, name, number) for number in _numbers_in(address or ""))


_DOI_IN_ADDRESS = re.compile(r"(?:doi\.org|/doi(?:/[a-z]{2,12})?)/(10\.[0-9]{4,9}/[^\s?#]++)", re.IGNORECASE)
_ARXIV_IN_ADDRESS = re.compile(r"arxiv\.org/(?:abs|pdf|html|ps)/([a-z.-]*+/?[0-9]{4}[.0-9][0-9]++)", re.IGNORECASE)
_PMID_IN_ADDRESS = re.compile(r"ncbi\.nlm\.nih\.gov/(?:pubmed/)?([0-9]{5,9})(?![0-9])")


def _numbers_in(address: str) -> Iterator[str]:
    for name, form in (("doi", _DOI_IN_ADDRESS), ("arxiv", _ARXIV_IN_ADDRESS), ("pmid", _PMID_IN_ADDRESS)):
        if found := form.search(unquote(address)):
            yield same_work(name, found[1].removesuffix(".pdf"))


def _numbered_twice(ledger: Ledger, record: Record[Source]) -> Iterable[tuple[Identified, Identified]]:
    """Two numbers of one sort in one source."""
    yield from (
        (one, other)
        for one, other in combinations(_numbered(ledger, record), 2)
        if one[2].partition(":")[0] == other[2].partition(":")[0]
    )


@check("two-identifiers", Level.WARNING, items=_numbered_twice, kinds=(Source,))
def two_identifiers(_: Ledger, item: tuple[Identified, Identified]) -> Iterator[Finding]:
    """The number of a work is the same in every field and address of a source; else one is another work's."""
    (record, first, one), (_record, second, other) = item
    if not one.startswith(other) and not other.startswith(one):
        shown, there = (number.partition(":")[2] for number in (one, other))
        message = f"`{second}` is of {there}, but `{first}` is of {shown}: one of them is another work's"
        yield Finding(record.span(second), message, "look both up, and keep the one that has this title")


def _works(ledger: Ledger) -> Iterable[Work]:
    """Every address, DOI and arXiv number, each in its one form."""
    places: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for card in ledger.cards("source"):
        for key, name in () if card.withdrawn else _named(ledger, card.id):
            places[key].append((name, card.id))
    return [(key, tuple(given)) for key, given in sorted(places.items())]


@compared
def _named(ledger: Ledger, id_: str) -> tuple[tuple[str, str], ...]:
    """The works that a source says it is, each with the first field that says so."""
    return tuple(works_in(vars(ledger.record(Source, id_).fields), "url", "doi", "arxiv", "pmid").items())


@check("duplicate-source", Level.ERROR, items=_works, of="ledger")
def duplicate_source(ledger: Ledger, item: Work) -> Iterator[Finding]:
    """One work, one record: an address, DOI or arXiv number is in one source only, unless one supersedes the other."""
    key, places = item
    if len(places) < 2:
        return
    sources = [(name, ledger.record(Source, id_)) for name, id_ in places]
    first, *others = [(name, one) for name, one in sources if one.fields.status != "superseded"] or sources[:1]
    for name, source in others:
        message = f"{first[1].path} is the same source ({key})"
        if fit(work_of(first[1].fields), work_of(source.fields)) == "differs":
            message = f"{first[1].path} has the same number or address ({key}), but another title"
            hint = "one of the two has the number of another work: look it up, and correct the record that it isn't of"
            yield Finding(source.span(name), message, hint)
            continue
        hint = "keep one record; for an older version set `status: superseded` or record an exception with its reason"
        yield Finding(source.span(name), message, hint)


def _cited_as(ledger: Ledger) -> Iterable[tuple[str, ...]]:
    """The sources of every key, in small letters as BibTeX compares them; one without a key is cited by its id."""
    keys: defaultdict[str, list[str]] = defaultdict(list)
    for card in ledger.cards("source"):
        keys[_key(ledger, card.id).casefold()].append(card.id)
    return [tuple(ids) for _, ids in sorted(keys.items())]


@compared
def _key(ledger: Ledger, id_: str) -> str:
    return ledger.record(Source, id_).fields.citation_key or id_


@check("duplicate-citation-key", Level.ERROR, items=_cited_as, of="ledger", excusable=False)
def duplicate_citation_key(ledger: Ledger, item: tuple[str, ...]) -> Iterator[Finding]:
    """A citation key is that of one source alone, and no other source's id."""
    sources = sorted((ledger.record(Source, id_) for id_ in item), key=lambda one: one.fields.citation_key is not None)
    for source in sources[1:]:
        message = f"{sources[0].path} is cited by this key"
        yield Finding(source.span("citation_key"), message, "give each source a key of its own, or leave it out")


@check("home-page-source", Level.WARNING, items=having("url"), kinds=(Source,))
def home_page_source(_: Ledger, item: Record[Source]) -> Iterator[Finding]:
    """A source's address leads to the work, not to the front page of a site."""
    parts = urlsplit(item.fields.url or "")
    if parts.path.strip("/").lower() in FRONT_PAGES and not parts.query:
        message = "this address is a home page: readers cannot find the source there"
        yield Finding(item.span("url"), message, "give the address of the source itself")
