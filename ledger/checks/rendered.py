"""The rendered site as the checks see it: which files there are, their anchors and their links.

In: the ledger, and the links and anchors of its pages. Out: a RenderedSite. Pages come from our own templates and
sanitiser, which quote every attribute and escape `<` everywhere else: tags and attributes can be told by their shape.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from ledger import urls
from ledger.graph import Ledger
from ledger.loading import Record

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
_ANCHOR = re.compile(r'\sid="([^"]*)"')


class PageLinks(NamedTuple):
    """The addresses that a page links to, each once, and its anchors, as often as they stand there."""

    links: tuple[str, ...]
    anchors: tuple[str, ...]


def links_of(page: bytes) -> PageLinks:
    """The links and anchors of an HTML file, in alphabetical order."""
    tags = "".join(_TAG.findall(page.decode("utf-8")))
    links = {unescape(found) for found in _LINK.findall(tags)}
    return PageLinks(tuple(sorted(links)), tuple(sorted(unescape(found) for found in _ANCHOR.findall(tags))))


@dataclass(frozen=True, slots=True)
class RenderedSite:
    """The finished site before it is published."""

    ledger: Ledger
    addresses: frozenset[str]
    pages: Mapping[str, PageLinks]
    anchors: Mapping[str, frozenset[str]]
    """The anchors of each page."""
    root: str = ""
    """The path of the site's root on its host, where its public address is known."""
    targets: dict[tuple[str, str], str] = field(default_factory=dict)
    """Folder of a page, and a path as it stands there → what it leads to: most pages have the same few."""


def rendered_site(
    ledger: Ledger, addresses: Iterable[str], pages: Mapping[str, PageLinks], *, base_url: str = ""
) -> RenderedSite:
    """A site of which all addresses are known, and what was found on its pages."""
    anchors = {page: frozenset(found.anchors) for page, found in pages.items()}
    return RenderedSite(ledger, frozenset(addresses), pages, anchors, urls.root_path(base_url) if base_url else "")


def record_of(site: RenderedSite, page: str) -> Record | None:
    """The record that a page is of; none where it comes from a template alone."""
    record = site.ledger.records.get(page.rsplit("/", 1)[-1].removesuffix(".html"))
    return record if record and urls.of_record(record) == page else None
