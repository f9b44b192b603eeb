"""The rendered site as the checks see it: which files there are, their anchors and their links.

In: the ledger and the finished files. Out: a RenderedSite. Pages come from our own templates and sanitiser, which
quote every attribute and escape `<` everywhere else, so tags and attributes can be told by their shape.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape

from ledger import urls
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
_ANCHOR = re.compile(r'\sid="([^"]*)"')


@dataclass(frozen=True, slots=True)
class RenderedSite:
    """The finished site before it is written."""

    ledger: Ledger
    addresses: frozenset[str]
    anchors: Mapping[str, Counter[str]]
    """By page, every anchor and how often it stands there."""
    links: Mapping[str, frozenset[str]]
    root: str = ""
    """The path of the site's root on its host, where its public address is known."""


def rendered_site(ledger: Ledger, files: Iterable[OutFile], *, base_url: str = "") -> RenderedSite:
    """Read the links and anchors of every HTML file."""
    anchors, links, addresses = {}, {}, set()
    for file in files:
        addresses.add(file.path)
        if file.path.endswith(".html"):
            tags = "".join(_TAG.findall(file.data.decode("utf-8")))
            anchors[file.path] = Counter(unescape(found) for found in _ANCHOR.findall(tags))
            links[file.path] = frozenset(unescape(found) for found in _LINK.findall(tags))
    root = urls.root_path(base_url) if base_url else ""
    return RenderedSite(ledger, frozenset(addresses), anchors, links, root)


def record_of(site: RenderedSite, page: str) -> Record | None:
    """The record that a page is of; none where it comes from a template alone."""
    record = site.ledger.records.get(page.rsplit("/", 1)[-1].removesuffix(".html"))
    return record if record and urls.of_record(record) == page else None
