"""The site map: every page, its address, its template and its view.

In: a Ledger without drafts. Out: pages, in order of address within each kind.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ledger import urls, words
from ledger.analysis import analyse, ties
from ledger.context import Viewing
from ledger.edges import Card
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import KINDS
from ledger.views import (
    argument_map,
    claim,
    controversy,
    cruxes,
    evidence,
    fairness,
    gaps,
    history,
    home,
    listing,
    matrix,
    method,
    news,
    others,
    position,
    proponents,
    source,
    statistics,
    timeline,
)
from ledger.views.frame import Frame, view_frame, view_overview_frame, view_record_frame
from ledger.views.paging import pages_of, record_pages


@dataclass(frozen=True, slots=True)
class Page:
    """One page before it is rendered."""

    template: str
    frame: Frame
    view: Any
    viewing: Viewing
    """The ledger as the page sees it."""

    @property
    def url(self) -> str:
        """Where the page is."""
        return self.viewing.page

    @property
    def origin(self) -> str:
        """The file that it comes from, where there is one."""
        return self.frame.record.path if self.frame.record else ""


VIEWS: Mapping[str, tuple[Callable[[Viewing, Record[Any]], Any], frozenset[str]]] = {
    "thread": (others.view_thread, others.THREAD_SHOWN),
    "controversy": (controversy.view_controversy, controversy.SHOWN),
    "position": (position.view_position, position.SHOWN),
    "claim": (claim.view_claim, claim.SHOWN),
    "source": (source.view_source, source.SHOWN),
    "proponent": (others.view_proponent, others.PROPONENT_SHOWN),
    "event": (others.view_event, frozenset()),
    "term": (others.view_term, frozenset()),
    "page": (others.view_page, frozenset()),
}
"""Kind → how its page's view is made, and the ways of referring to it that the page shows outside the backlinks."""
OVERVIEWS: Mapping[str, tuple[Callable[[Viewing, Record[Any]], Any], Callable[[Ledger, str], int]]] = {
    "map": (argument_map.view_argument_map, lambda _, __: 0),
    "matrix": (matrix.view_matrix, matrix.most_rows),
    "timeline": (timeline.view_timeline, timeline.most_rows),
    "proponents": (proponents.view_proponents, proponents.most_rows),
    "evidence": (evidence.view_evidence, evidence.most_rows),
    "cruxes": (cruxes.view_cruxes, lambda ledger, id_: len(ties.claims_near(ledger, id_))),
    "fairness": (fairness.view_fairness, lambda _, __: 0),
    "history": (history.view_ratings_history, history.most_rows),
}
"""The further pages of a controversy: name → how the view is made, and how many rows it has at most."""
ACROSS: Mapping[str, tuple[Callable[[Viewing], Any], Callable[[Ledger], int]]] = {
    "tags": (listing.view_tags, lambda ledger: len(listing.tagged(ledger))),
    "whats-new": (news.view_news, lambda _: 0),
    "statistics": (statistics.view_statistics, lambda _: 0),
    "gaps": (gaps.view_gaps, gaps.most_rows),
    "divergences": (statistics.view_divergences, lambda _: 0),
    "single-points": (statistics.view_single_points, lambda _: 0),
    "method": (method.view_method, lambda _: 0),
}
"""The same of the pages that lead across the kinds."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is, and how it is made: the map of a site is known before any of its pages is."""

    url: str
    make: Callable[[], Page]


def all_pages(ledger: Ledger, *, base_url: str | None = None) -> Iterator[Page]:
    """Every page of the site."""
    return (place.make() for place in site_map(ledger, base_url=base_url))


def site_map(ledger: Ledger, *, base_url: str | None = None) -> Iterator[Place]:
    """Every page of the site, none of them made yet. No field of a record is read for it."""
    site = _Site(ledger, base_url or ledger.settings.base_url)
    yield from site.across(urls.HOME, "home.html", ledger.settings.title, home.view_home)
    for part in (_indexes, _browse, _listings):
        yield from part(site)
    for card in sorted(card for kind in KINDS for card in ledger.cards(kind.name)):
        make = partial(_of_record, card.id, _record_page)
        yield from site.places(urls.of_card(card), make, *record_pages(ledger, card.id))
        for name, (_, rows) in OVERVIEWS.items() if card.kind == "controversy" else ():
            make = partial(_of_record, card.id, partial(_overview, name))
            yield from site.places(urls.overview_of(card, name), make, pages_of(rows(ledger, card.id)))
    for former, id_ in sorted(ledger.former.items()):
        if present := ledger.card(id_):
            yield Place(urls.of_former(present, former), partial(_redirect, site, former, present))
    yield Place(urls.NOT_FOUND, partial(_not_found, site))


@dataclass(frozen=True, slots=True)
class _Site:
    """What pages are made from."""

    ledger: Ledger
    base: str | None

    def viewing(self, url: str, **more: Any) -> Viewing:
        """The ledger as a page sees it."""
        return Viewing(self.ledger, url, analyse(self.ledger), **more)

    def places(
        self, url: str, make: "Callable[[_Site, Viewing], Page]", pages: int = 1, size: int = 0
    ) -> Iterator[Place]:
        """The pages of what needs so many, each with so many rows of every list."""

        def one(number: int) -> Page:
            return make(self, self.viewing(urls.paged(url, number), number=number, pages=pages, size=size))

        return (Place(urls.paged(url, number), partial(one, number)) for number in range(1, pages + 1))

    def across(
        self, url: str, template: str, title: str, view: Callable[[Viewing], Any], rows: int = 0, **around: Any
    ) -> Iterator[Place]:
        """The pages of what is no record's and has so many rows; `around` goes to their frames."""

        def make(site: _Site, viewing: Viewing) -> Page:
            frame = view_frame(viewing, title, base_url=site.base, **around)
            return Page(template, frame, view(viewing), viewing)

        return self.places(url, make, pages_of(rows))


def _browse(site: _Site) -> Iterator[Place]:
    """The pages that lead across the kinds."""
    for name, (view, rows) in ACROSS.items():
        title, data = words.BROWSE[name], name in urls.WITH_DATA
        yield from site.across(urls.BROWSE[name], f"{name}.html", title, view, rows(site.ledger), data=data)
    for tag, ids in listing.tagged(site.ledger).items():
        one = partial(listing.view_tag, tag=tag)
        yield from site.across(urls.tag(tag), "tag.html", tag, one, len(ids), data=False)


def _indexes(site: _Site) -> Iterator[Place]:
    """The list of each kind."""
    for kind in KINDS:
        title, rows = words.KINDS[kind.name][1], len(site.ledger.members(kind.name))
        index = partial(listing.view_index, kind=kind)
        yield from site.across(urls.index(kind), "index.html", title, index, rows, kind=kind.name)


def _listings(site: _Site) -> Iterator[Place]:
    """The search page, and the lists that hold the same without a script."""
    count = sum(len(site.ledger.members(kind.name)) for kind in KINDS)
    yield from site.across(urls.SEARCH, "search.html", words.SEARCH["search"], listing.view_search, data=False)
    yield from site.across(urls.A_TO_Z, "facet.html", words.A_TO_Z, listing.view_a_to_z, count, data=False)
    for kind, facet in listing.listings_of(site.ledger):
        url, title = urls.listing(kind, facet), listing.listing_title(kind, facet)
        rows = listing.grouped_length(site.ledger, kind.name, facet)
        groups = partial(listing.view_facet, kind=kind, facet=facet)
        yield from site.across(url, "facet.html", title, groups, rows, kind=kind.name, data=False)


def _of_record(id_: str, make: Callable[[_Site, Viewing, Record[Any]], Page], site: _Site, viewing: Viewing) -> Page:
    """A page of a record; whatever goes wrong with it names its file."""
    record = site.ledger.records[id_]
    try:
        return make(site, viewing, record)
    except Exception as bug:
        bug.add_note(f"at {record.path}")
        raise


def _record_page(site: _Site, viewing: Viewing, record: Record[Any]) -> Page:
    make, shown = VIEWS[record.kind.name]
    frame = view_record_frame(viewing, record, shown, base_url=site.base)
    return Page(f"{record.kind.name}.html", frame, make(viewing, record), viewing)


def _overview(name: str, site: _Site, viewing: Viewing, record: Record[Any]) -> Page:
    """A further page of a controversy."""
    title, data = words.OVERVIEWS[name][0], name in urls.WITH_DATA
    frame = view_overview_frame(viewing, record, title, base_url=site.base, data=data)
    return Page(f"{name}.html", frame, OVERVIEWS[name][0](viewing, record), viewing)


def _not_found(site: _Site) -> Page:
    """What a host shows at an address that has no page, however deep: its links start at the root of the host."""
    viewing = site.viewing(urls.NOT_FOUND, root=urls.root_path(site.base) if site.base else "")
    frame = view_frame(viewing, words.NOT_FOUND["title"], base_url=site.base, data=False)
    return Page("404.html", replace(frame, canonical=""), None, viewing)


def _redirect(site: _Site, former: str, card: Card) -> Page:
    viewing = site.viewing(urls.of_former(card, former))
    frame = view_frame(viewing, former, base_url=site.base, kind=card.kind)
    if site.base:
        frame = replace(frame, canonical=urls.public(site.base, urls.of_card(card)))
    return Page("redirect.html", frame, {"former": former, "id": card.id}, viewing)
