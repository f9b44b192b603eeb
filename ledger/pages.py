"""The site map: every page, its address, its template and its view.

In: a Ledger without drafts. Out: pages, in order of address within each kind.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from ledger import urls, words
from ledger.analysis import Analysis
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import KINDS, Kind
from ledger.views import (
    argument_map,
    claim,
    controversy,
    cruxes,
    divergences,
    evidence,
    facets,
    fairness,
    gaps,
    history,
    listing,
    lists,
    matrix,
    method,
    news,
    others,
    position,
    proponents,
    search,
    single_points,
    source,
    statistics,
    tags,
    timeline,
)
from ledger.views.faceting import Facets, all_facets, listings_of
from ledger.views.frame import Frame, view_frame, view_overview_frame, view_record_frame
from ledger.views.paging import record_pages
from ledger.views.viewing import Viewing


@dataclass(frozen=True, slots=True)
class Page:
    """One page before it is rendered; `origin` is the file that it comes from, where there is one."""

    url: str
    template: str
    frame: Frame
    view: Any
    origin: str = ""


VIEWS: Mapping[str, tuple[Callable[[Viewing, Record], Any], frozenset[str]]] = {
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


OVERVIEWS: Mapping[str, Callable[[Viewing, Record], Any]] = {
    "map": argument_map.view_argument_map,
    "matrix": matrix.view_matrix,
    "timeline": timeline.view_timeline,
    "proponents": proponents.view_proponents,
    "evidence": evidence.view_evidence,
    "cruxes": cruxes.view_cruxes,
    "fairness": fairness.view_fairness,
    "history": history.view_ratings_history,
}
"""The further pages of a controversy: name → how the view is made."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is, and how it is made: the map of a site is known before any of its pages is."""

    url: str
    make: Callable[[], Page]


def all_pages(ledger: Ledger, analysis: Analysis, *, base_url: str | None = None) -> Iterator[Page]:
    """Every page of the site."""
    return (place.make() for place in site_map(ledger, analysis, base_url=base_url))


def site_map(ledger: Ledger, analysis: Analysis, *, base_url: str | None = None) -> Iterator[Place]:
    """Every page of the site, none of them made yet."""
    base = base_url or ledger.settings.base_url
    site = _Site(ledger, analysis, base, cache(partial(all_facets, ledger)))
    yield site.place(urls.HOME, "home.html", ledger.settings.title, lists.view_home)
    yield from (_index(site, kind) for kind in KINDS)
    yield from _browse(site)
    yield from _search_and_listings(site)
    for record in ledger.records.values():
        for number in range(1, record_pages(ledger, record.id)[0] + 1):
            yield Place(urls.paged(urls.of_record(record), number), partial(_record_page, site, record, number))
        if record.kind.name == "controversy":
            for name in OVERVIEWS:
                yield Place(urls.overview(record, name), partial(_overview, site, record, name))
    for former, id_ in sorted(ledger.former.items()):
        record = ledger.records[id_]
        yield Place(urls.page(record.kind, former), partial(_redirect, site, former, record))
    yield Place(urls.NOT_FOUND, partial(_not_found, site))


@dataclass(frozen=True, slots=True)
class _Site:
    """What pages are made from."""

    ledger: Ledger
    analysis: Analysis
    base: str | None
    facets: Callable[[], Mapping[str, Facets]]

    def place(self, url: str, template: str, title: str, view: Callable[[Viewing], Any], **around: Any) -> Place:
        """A page that is no record's; `around` goes to its frame."""

        def make() -> Page:
            viewing = Viewing(self.ledger, url, self.analysis)
            frame = view_frame(viewing, title, base_url=self.base, **around)
            return Page(url, template, frame, view(viewing))

        return Place(url, make)


def _index(site: _Site, kind: Kind) -> Place:
    def view(viewing: Viewing) -> Any:
        return listing.view_index(viewing, kind, site.facets())

    return site.place(urls.index(kind), "index.html", words.KINDS[kind.name][1], view, kind=kind.name)


def _browse(site: _Site) -> Iterator[Place]:
    """The pages that lead across the kinds."""
    made: tuple[tuple[str, str, Callable[[Viewing], Any]], ...] = (
        ("tags", urls.TAGS, tags.view_tags),
        ("whats-new", urls.WHATS_NEW, news.view_news),
        ("statistics", urls.STATISTICS, statistics.view_statistics),
        ("gaps", urls.GAPS, gaps.view_gaps),
        ("divergences", urls.DIVERGENCES, divergences.view_divergences),
        ("single-points", urls.SINGLE_POINTS, single_points.view_single_points),
        ("method", urls.METHOD_PAGE, method.view_method),
    )
    for id_, url, view in made:
        yield site.place(url, f"{id_}.html", words.BROWSE[id_], view, data=url in urls.WITH_DATA)
    for tag, records in tags.tagged(site.ledger).items():
        yield _tag(site, tag, records)


def _tag(site: _Site, tag: str, records: tuple[Record, ...]) -> Place:
    def view(viewing: Viewing) -> Any:
        return tags.view_tag(viewing, tag, records)

    return site.place(urls.tag(tag), "tag.html", tag, view, data=False)


def _search_and_listings(site: _Site) -> Iterator[Place]:
    """The search page, and the lists that hold the same without a script."""

    def view(viewing: Viewing) -> Any:
        return search.view_search(viewing, site.facets())

    yield site.place(urls.SEARCH, "search.html", words.SEARCH["search"], view, data=False)
    yield site.place(urls.A_TO_Z, "facet.html", words.A_TO_Z, facets.view_a_to_z, data=False)
    yield from (_listing(site, kind, facet) for kind, facet in listings_of(site.ledger))


def _listing(site: _Site, kind: Kind, facet: str) -> Place:
    def view(viewing: Viewing) -> Any:
        return facets.view_facet(viewing, kind, facet, site.facets())

    title = facets.listing_title(kind, facet)
    return site.place(urls.listing(kind, facet), "facet.html", title, view, kind=kind.name, data=False)


def _record_page(site: _Site, record: Record, number: int) -> Page:
    make, shown = VIEWS[record.kind.name]
    pages, size = record_pages(site.ledger, record.id)
    url = urls.paged(urls.of_record(record), number)
    viewing = Viewing(site.ledger, url, site.analysis, number=number, pages=pages, size=size)
    try:
        frame = view_record_frame(viewing, record, shown, base_url=site.base)
        return Page(viewing.page, f"{record.kind.name}.html", frame, make(viewing, record), record.path)
    except Exception as bug:
        bug.add_note(f"at {record.path}")
        raise


def _overview(site: _Site, record: Record, name: str) -> Page:
    """A further page of a controversy."""
    viewing = Viewing(site.ledger, urls.overview(record, name), site.analysis)
    title, data = words.OVERVIEWS[name][0], name in urls.WITH_DATA
    frame = view_overview_frame(viewing, record, title, base_url=site.base, data=data)
    return Page(viewing.page, f"{name}.html", frame, OVERVIEWS[name](viewing, record), record.path)


def _not_found(site: _Site) -> Page:
    """What a host shows at an address that has no page, however deep: its links start at the root of the host."""
    root = urls.root_path(site.base) if site.base else ""
    viewing = Viewing(site.ledger, urls.NOT_FOUND, site.analysis, root=root)
    frame = view_frame(viewing, words.NOT_FOUND["title"], base_url=site.base, data=False)
    return Page(viewing.page, "404.html", replace(frame, canonical=""), None)


def _redirect(site: _Site, former: str, record: Record) -> Page:
    viewing = Viewing(site.ledger, urls.page(record.kind, former), site.analysis)
    frame = view_frame(viewing, former, base_url=site.base, kind=record.kind.name)
    if site.base:
        frame = replace(frame, canonical=urls.public(site.base, urls.of_record(record)))
    return Page(viewing.page, "redirect.html", frame, lists.view_redirect(viewing, former, record))
