"""The site map: every page, its address, its template and its view.

In: a Ledger without drafts. Out: pages, in order of address within each kind.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from ledger import urls, words
from ledger.analysis import analyse
from ledger.edges import Card
from ledger.graph import Ledger, compared
from ledger.loading import Record
from ledger.records import KINDS
from ledger.views import (
    argument_map,
    bearings,
    browse,
    claim,
    controversy,
    cruxes,
    evidence,
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
    source,
    statistics,
    timeline,
)
from ledger.views.frame import BROWSE, Frame, view_frame, view_overview_frame, view_record_frame
from ledger.views.paging import pages_of, record_pages
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
ACROSS: Mapping[str, Callable[[Viewing], Any]] = {
    "tags": browse.view_tags,
    "whats-new": news.view_news,
    "statistics": statistics.view_statistics,
    "gaps": gaps.view_gaps,
    "divergences": statistics.view_divergences,
    "single-points": statistics.view_single_points,
    "method": method.view_method,
}
"""The pages that lead across the kinds: name → how the view is made."""
ROWS_ACROSS: Mapping[str, Callable[[Ledger], int]] = {
    "tags": lambda ledger: len(listing.tagged(ledger)),
    "gaps": gaps.most_rows,
}
"""How many rows those have that may need several pages."""
ROWS_OF_OVERVIEWS: Mapping[str, Callable[[Ledger, str], int]] = {
    "matrix": matrix.most_rows,
    "timeline": timeline.most_rows,
    "proponents": proponents.most_rows,
    "evidence": evidence.most_rows,
    "history": history.most_rows,
    "cruxes": lambda ledger, id_: len(bearings.claims_near(ledger, id_)),
}
"""The same for the further pages of a controversy."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is, and how it is made: the map of a site is known before any of its pages is.

    A page is made of the ledger that was mapped, or of another that has the same map.
    """

    url: str
    make: Callable[..., Page]


def all_pages(ledger: Ledger, *, base_url: str | None = None) -> Iterator[Page]:
    """Every page of the site."""
    return (place.make() for place in site_map(ledger, base_url=base_url))


def site_map(ledger: Ledger, *, base_url: str | None = None) -> Iterator[Place]:
    """Every page of the site, none of them made yet. No field of a record is read for it."""
    site = _Site(ledger, base_url or ledger.settings.base_url)
    yield from site.across(urls.HOME, "home.html", ledger.settings.title, lists.view_home)
    for part in (_indexes, _browse, _listings):
        yield from part(site)
    for id_, kind in sorted((id_, one.name) for one in KINDS for id_ in ledger.members(one.name)):
        page = urls.of_id(kind, id_)
        make = partial(_of_record, id_, _record_page)
        yield from site.places(page, make, *record_pages(ledger, id_))
        for name in OVERVIEWS if kind == "controversy" else ():
            make = partial(_of_record, id_, partial(_overview, name))
            yield from site.places(urls.overview_at(page, name), make, _overview_pages(ledger, id_, name))
    for former, id_ in sorted(ledger.former.items()):
        if present := ledger.card(id_):
            yield Place(urls.of_former(present, former), partial(_redirect, site, former, present))
    yield Place(urls.NOT_FOUND, partial(_not_found, site))


@compared
def _overview_pages(ledger: Ledger, id_: str, name: str) -> int:
    """How many pages a further page of a controversy needs."""
    return pages_of(ROWS_OF_OVERVIEWS[name](ledger, id_)) if name in ROWS_OF_OVERVIEWS else 1


@compared
def _rows_across(ledger: Ledger, name: str) -> int:
    """How many rows a page that leads across the kinds has."""
    return ROWS_ACROSS[name](ledger) if name in ROWS_ACROSS else 0


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

        def one(number: int, ledger: Ledger = self.ledger) -> Page:
            site = replace(self, ledger=ledger)
            return make(site, site.viewing(urls.paged(url, number), number=number, pages=pages, size=size))

        return (Place(urls.paged(url, number), partial(one, number)) for number in range(1, pages + 1))

    def across(
        self, url: str, template: str, title: str, view: Callable[[Viewing], Any], rows: int = 0, **around: Any
    ) -> Iterator[Place]:
        """The pages of what is no record's and has so many rows; `around` goes to their frames."""

        def make(site: _Site, viewing: Viewing) -> Page:
            frame = view_frame(viewing, title, base_url=site.base, **around)
            return Page(viewing.page, template, frame, view(viewing))

        return self.places(url, make, pages_of(rows))


def _browse(site: _Site) -> Iterator[Place]:
    """The pages that lead across the kinds."""
    for url, id_ in BROWSE.items():
        rows = _rows_across(site.ledger, id_)
        data = url in urls.WITH_DATA
        yield from site.across(url, f"{id_}.html", words.BROWSE[id_], ACROSS[id_], rows, data=data)
    for tag, ids in listing.tagged(site.ledger).items():
        view = partial(browse.view_tag, tag=tag)
        yield from site.across(urls.tag(tag), "tag.html", tag, view, len(ids), data=False)


def _indexes(site: _Site) -> Iterator[Place]:
    """The list of each kind."""
    for kind in KINDS:
        title, rows = words.KINDS[kind.name][1], len(site.ledger.members(kind.name))
        index = partial(browse.view_index, kind=kind)
        yield from site.across(urls.index(kind), "index.html", title, index, rows, kind=kind.name)


def _listings(site: _Site) -> Iterator[Place]:
    """The search page, and the lists that hold the same without a script."""
    count = sum(len(site.ledger.members(kind.name)) for kind in KINDS)
    yield from site.across(urls.SEARCH, "search.html", words.SEARCH["search"], browse.view_search, data=False)
    yield from site.across(urls.A_TO_Z, "facet.html", words.A_TO_Z, browse.view_a_to_z, count, data=False)
    for kind, facet in listing.listings_of(site.ledger):
        url, title = urls.listing(kind, facet), browse.listing_title(kind, facet)
        rows = listing.grouped_length(site.ledger, kind.name, facet)
        groups = partial(browse.view_facet, kind=kind, facet=facet)
        yield from site.across(url, "facet.html", title, groups, rows, kind=kind.name, data=False)


def _of_record(id_: str, make: Callable[[_Site, Viewing, Record], Page], site: _Site, viewing: Viewing) -> Page:
    """A page of a record; whatever goes wrong with it names its file."""
    record = site.ledger.records[id_]
    try:
        return make(site, viewing, record)
    except Exception as bug:
        bug.add_note(f"at {record.path}")
        raise


def _record_page(site: _Site, viewing: Viewing, record: Record) -> Page:
    make, shown = VIEWS[record.kind.name]
    frame = view_record_frame(viewing, record, shown, base_url=site.base)
    return Page(viewing.page, f"{record.kind.name}.html", frame, make(viewing, record), record.path)


def _overview(name: str, site: _Site, viewing: Viewing, record: Record) -> Page:
    """A further page of a controversy."""
    title, data = words.OVERVIEWS[name][0], name in urls.WITH_DATA
    frame = view_overview_frame(viewing, record, title, base_url=site.base, data=data)
    return Page(viewing.page, f"{name}.html", frame, OVERVIEWS[name](viewing, record), record.path)


def _not_found(site: _Site, ledger: Ledger | None = None) -> Page:
    """What a host shows at an address that has no page, however deep: its links start at the root of the host."""
    site = replace(site, ledger=ledger or site.ledger)
    viewing = site.viewing(urls.NOT_FOUND, root=urls.root_path(site.base) if site.base else "")
    frame = view_frame(viewing, words.NOT_FOUND["title"], base_url=site.base, data=False)
    return Page(viewing.page, "404.html", replace(frame, canonical=""), None)


def _redirect(site: _Site, former: str, card: Card, ledger: Ledger | None = None) -> Page:
    site = replace(site, ledger=ledger or site.ledger)
    viewing = site.viewing(urls.of_former(card, former))
    frame = view_frame(viewing, former, base_url=site.base, kind=card.kind)
    if site.base:
        frame = replace(frame, canonical=urls.public(site.base, urls.of_card(card)))
    return Page(viewing.page, "redirect.html", frame, lists.view_redirect(viewing, former, card.id))
