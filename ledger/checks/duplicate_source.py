"""One work, one record: an address, DOI or arXiv number stands in one source only, unless one supersedes the other."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ledger.checks.support import of_kinds
from ledger.diagnostics import Diagnostic, Level
from ledger.graph import Ledger
from ledger.identifiers import ARXIV_DOI, after, without_version
from ledger.loading import Record

ID = "duplicate-source"
LEVEL = Level.ERROR
Named = tuple[str, tuple[tuple[str, Record], ...]]


def items(ledger: Ledger) -> Iterable[Named]:
    """Every address, DOI and arXiv number, in one form each, with the sources and fields that give it."""
    named: defaultdict[str, list[tuple[str, Record]]] = defaultdict(list)
    for source in of_kinds(ledger, "source"):
        for name in ("url", "doi", "arxiv"):
            if getattr(source.fields, name):
                key = same_work(name, getattr(source.fields, name))
                if all(record is not source for _, record in named[key]):
                    named[key].append((name, source))
    return [(key, tuple(places)) for key, places in sorted(named.items())]


def same_work(name: str, value: str) -> str:
    """One form for an identifier however it is written: a DOI or arXiv number in an address counts as such."""
    if name == "url":
        written = value.strip().partition("#")[0].removesuffix("/")
        if number := after("arxiv", written):
            return same_work("arxiv", number)
        if (number := after("doi", written)).startswith("10."):
            return same_work("doi", number)
        host, slash, path = re.sub(r"^https?://(www\.)?", "", written, flags=re.IGNORECASE).partition("/")
        return host.casefold() + slash + path
    number = value.strip().casefold().removesuffix("/")
    if name == "doi" and number.startswith(ARXIV_DOI):
        return same_work("arxiv", number[len(ARXIV_DOI) :])
    return f"{name}:{without_version(number) if name == 'arxiv' else number}"


def check(ledger: Ledger, item: Named) -> Iterator[Diagnostic]:
    """The second and later sources that give it, told at each but the first."""
    key, places = item
    standing = [(name, source) for name, source in places if source.fields.status != "superseded"]
    for name, source in standing[1:]:
        message = f"{standing[0][1].path} is the same work ({key})"
        hint = "keep one record; for an older version set `status: superseded` or record an exception with its reason"
        yield Diagnostic(source.document.span((name,)), LEVEL, ID, message, hint)
