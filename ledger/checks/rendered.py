"""The rendered site as the checks see it, and the checks of it: where its links lead, and what its anchors name.

In: the ledger, and the links and anchors of its pages. Out: a RenderedSite, and two checks of one. Pages come from our
own templates and sanitiser, which quote every attribute and escape `<` everywhere else: tags and attributes can be told
by their shape.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from posixpath import join, normpath
from typing import Any, NamedTuple
from urllib.parse import unquote

from ledger import urls
from ledger.checks.checking import Finding, check
from ledger.diagnostics import Level, Span
from ledger.graph import Ledger
from ledger.loading import Record

_ATTRIBUTES = tuple(
    re.compile(rf'{name}="(?<=\s{name}=")([^"<>]*)"[^<>]*(>?)'.encode()) for name in ("href", "src", "id")
)
"""The values of an attribute, each with the end of its tag: looked for by name, which takes a third of the time that it
takes to go through all tags. What has no such end is text, as far as the next tag."""


class PageLinks(NamedTuple):
    """The addresses that a page links to, each once, and its anchors, as often as they stand there."""

    links: tuple[str, ...]
    anchors: tuple[str, ...]


def links_of(page: bytes) -> PageLinks:
    """The links and anchors of an HTML file, in alphabetical order."""
    links, pictures, anchors = ([found for found, end in of.findall(page) if end] for of in _ATTRIBUTES)
    return PageLinks(tuple(sorted({*map(_read, {*links, *pictures})})), tuple(sorted(map(_read, anchors))))


def _read(written: bytes) -> str:
    return unescape(written.decode())


@dataclass(frozen=True, slots=True)
class RenderedSite:
    """The finished site before it is published."""

    ledger: Ledger
    addresses: frozenset[str]
    pages: Mapping[str, PageLinks]
    """Of the pages that are looked at."""
    anchors: Callable[[str], frozenset[str] | None]
    """The anchors of any page; None of what is no page."""
    root: str = ""
    """The path of the site's root on its host, where its public address is known."""
    good: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Folder of a page → the addresses that are right on all pages there: most pages have the same few."""


def rendered_site(
    ledger: Ledger,
    addresses: Iterable[str],
    pages: Mapping[str, PageLinks],
    others: Callable[[str], frozenset[str] | None] = lambda _: None,
    *,
    base_url: str = "",
) -> RenderedSite:
    """A site with all its addresses, what was found on its pages, and the anchors of pages that were not looked at."""

    @cache
    def anchors(page: str) -> frozenset[str] | None:
        found = pages.get(page)
        return frozenset(found.anchors) if found else others(page)

    return RenderedSite(ledger, frozenset(addresses), pages, anchors, urls.root_path(base_url) if base_url else "")


def record_of(site: RenderedSite, page: str) -> Record[Any] | None:
    """The record that a page is of; none where it comes from a template alone."""
    record = site.ledger.records.get(page.rsplit("/", 1)[-1].removesuffix(".html"))
    return record if record and urls.of_record(record) == page else None


SCHEMES = ("https:", "http:", "mailto:")


def _links(site: RenderedSite) -> Iterator[tuple[str, str]]:
    """The links that have to be followed, each with its page, without those known to be right."""
    for page in sorted(site.pages):
        good = site.good[_folder(page)]
        yield from ((page, address) for address in site.pages[page].links if address not in good)


def _folder(page: str) -> str:
    return page.rpartition("/")[0]


@check("broken-link", Level.ERROR, items=_links, of="site", excusable=False)
def broken_link(site: RenderedSite, item: tuple[str, str]) -> Iterator[Finding]:
    """Every link inside the rendered site leads to a page and a place that exist."""
    page, address = item
    if address.startswith(SCHEMES):
        return
    folder = _folder(page)
    path, fragment = address.partition("#")[0].partition("?")[0], address.partition("#")[2]
    is_alone = page == urls.NOT_FOUND or not path
    if page == urls.NOT_FOUND:
        path = path.removeprefix(site.root)
    target = normpath(join(folder, unquote(path))) if path else page
    if target not in site.addresses:
        yield _link_at(site, page, address, f"the link '{address}' leads to no page of this site")
    elif fragment and (there := site.anchors(target)) is not None and unquote(fragment) not in there:
        yield _link_at(site, page, address, f"the page of the link '{address}' has no place called '{fragment}'")
    elif not is_alone:
        site.good[folder].add(address)


def _link_at(site: RenderedSite, page: str, address: str, message: str) -> Finding:
    hint = "link to records with [[id]]; headings have the anchor `#h-` and their words"
    record = _writer(site, page, address)
    if record is None:
        return Finding(Span(page), message, "this page comes from a template: correct it there")
    return Finding(record.document.inner_span(("body",), address), message, hint)


def _writer(site: RenderedSite, page: str, address: str) -> Record[Any] | None:
    """The record that wrote a link: that of the page or, where its body has the link, of a tab's page, or the site."""
    above = site.ledger.records.get(page.split("/")[-2]) if "/" in page else site.ledger.site
    is_above = above is not None and address in (above.fields.body or "")
    return record_of(site, page) or (above if is_above else None)


def _anchors(site: RenderedSite) -> Iterator[tuple[str, str]]:
    """The anchors that stand more than once on a page."""
    for page in sorted(site.pages):
        anchors = site.pages[page].anchors
        if len(anchors) > len({*anchors}):
            yield from ((page, one) for one in dict.fromkeys(anchors) if anchors.count(one) > 1)


@check("duplicate-anchor", Level.ERROR, items=_anchors, of="site", excusable=False)
def duplicate_anchor(site: RenderedSite, item: tuple[str, str]) -> Iterator[Finding]:
    """Every anchor stands on its page once: a link to `claim.html#e1` must lead to one place."""
    page, anchor = item
    hint = f"give the part with the id '{anchor}' another id: the page has a section of that name"
    message = f"the anchor '{anchor}' is twice on the page {page}"
    yield Finding(_place(site, page, anchor), message, hint)


def _place(site: RenderedSite, page: str, anchor: str) -> Span:
    """Where the part has its id, or the page when it comes from a template alone."""
    record = record_of(site, page)
    if record is None:
        return Span(page)
    spans = (record.document.span(path) for path in record.document.nodes.values if path[-1:] == ("id",))
    return next((span for span in spans if _words_at(record, span) == anchor), Span(record.path))


def _words_at(record: Record[Any], span: Span) -> str:
    return record.document.lines.line(span.line)[span.column - 1 : span.end_column - 1].strip("'\"")
