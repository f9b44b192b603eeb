"""The site map: every page, its address, its template and its view.

In: a Ledger without drafts. Out: pages, in order of address within each kind.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ledger import urls, words
from ledger.graph import Ledger
from ledger.loading import Record, site_fields
from ledger.records import KINDS
from ledger.views import (
    argument_map,
    claim,
    controversy,
    facets,
    lists,
    matrix,
    news,
    others,
    position,
    search,
    source,
    statistics,
    tags,
    timeline,
)
from ledger.views.faceting import all_facets, listings_of
from ledger.views.frame import Frame, view_frame, view_overview_frame, view_record_frame
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
}
"""The further pages of a controversy: name → how the view is made."""


def all_pages(ledger: Ledger, *, base_url: str | None = None) -> Iterator[Page]:
    """Every page of the site."""
    base = base_url or site_fields(ledger.loaded.site).base_url
    yield _home(ledger, base)
    yield from _indexes(ledger, base)
    yield from _browse(ledger, base)
    yield from _search_and_listings(ledger, base)
    for record in ledger.records.values():
        yield _record_page(ledger, record, base)
        if record.kind.name == "controversy":
            yield from _overviews(ledger, record, base)
    yield from _redirects(ledger, base)
    yield _not_found(ledger, base)


def _home(ledger: Ledger, base: str | None) -> Page:
    viewing = Viewing(ledger, urls.HOME)
    frame = view_frame(viewing, site_fields(ledger.loaded.site).title, base_url=base)
    return Page(urls.HOME, "home.html", frame, lists.view_home(viewing))


def _indexes(ledger: Ledger, base: str | None) -> Iterator[Page]:
    for kind in KINDS:
        viewing = Viewing(ledger, urls.index(kind))
        frame = view_frame(viewing, words.KINDS[kind.name][1], base_url=base, kind=kind.name)
        yield Page(viewing.page, "index.html", frame, lists.view_index(viewing, kind))


def _browse(ledger: Ledger, base: str | None) -> Iterator[Page]:
    """The pages that lead across the kinds."""
    made: tuple[tuple[str, str, Callable[[Viewing], Any]], ...] = (
        ("tags", urls.TAGS, tags.view_tags),
        ("whats-new", urls.WHATS_NEW, news.view_news),
        ("statistics", urls.STATISTICS, statistics.view_statistics),
    )
    for id_, url, make in made:
        viewing = Viewing(ledger, url)
        frame = view_frame(viewing, words.BROWSE[id_], base_url=base, data=False)
        yield Page(url, f"{id_}.html", frame, make(viewing))
    for tag, records in tags.tagged(ledger).items():
        viewing = Viewing(ledger, urls.tag(tag))
        frame = view_frame(viewing, tag, base_url=base, data=False)
        yield Page(viewing.page, "tag.html", frame, tags.view_tag(viewing, tag, records))


def _search_and_listings(ledger: Ledger, base: str | None) -> Iterator[Page]:
    """The search page, and the lists that hold the same without a script."""
    found = all_facets(ledger)
    viewing = Viewing(ledger, urls.SEARCH)
    frame = view_frame(viewing, words.SEARCH["search"], base_url=base, data=False)
    yield Page(viewing.page, "search.html", frame, search.view_search(viewing, found))
    viewing = Viewing(ledger, urls.A_TO_Z)
    frame = view_frame(viewing, words.A_TO_Z, base_url=base, data=False)
    yield Page(viewing.page, "facet.html", frame, facets.view_a_to_z(viewing))
    for kind, facet in listings_of(ledger):
        viewing = Viewing(ledger, urls.listing(kind, facet))
        frame = view_frame(viewing, facets.listing_title(kind, facet), base_url=base, kind=kind.name, data=False)
        yield Page(viewing.page, "facet.html", frame, facets.view_facet(viewing, kind, facet, found))


def _record_page(ledger: Ledger, record: Record, base: str | None) -> Page:
    make, shown = VIEWS[record.kind.name]
    viewing = Viewing(ledger, urls.of_record(record))
    try:
        frame = view_record_frame(viewing, record, shown, base_url=base)
        return Page(viewing.page, f"{record.kind.name}.html", frame, make(viewing, record), record.document.path)
    except Exception as bug:
        bug.add_note(f"at {record.document.path}")
        raise


def _overviews(ledger: Ledger, record: Record, base: str | None) -> Iterator[Page]:
    """The further pages of a controversy."""
    for name, view in OVERVIEWS.items():
        viewing = Viewing(ledger, urls.overview(record, name))
        frame = view_overview_frame(viewing, record, words.OVERVIEWS[name][0], base_url=base)
        yield Page(viewing.page, f"{name}.html", frame, view(viewing, record), record.document.path)


def _not_found(ledger: Ledger, base: str | None) -> Page:
    """What a host shows at an address that has no page, however deep: its links start at the root of the host."""
    viewing = Viewing(ledger, urls.NOT_FOUND, root=urls.root_path(base) if base else "")
    frame = view_frame(viewing, words.NOT_FOUND["title"], base_url=base, data=False)
    return Page(viewing.page, "404.html", replace(frame, canonical=""), None)


def _redirects(ledger: Ledger, base: str | None) -> Iterator[Page]:
    for former, id_ in sorted(ledger.former.items()):
        record = ledger.records[id_]
        viewing = Viewing(ledger, urls.page(record.kind, former))
        frame = view_frame(viewing, former, base_url=base, kind=record.kind.name)
        if base:
            frame = replace(frame, canonical=urls.public(base, urls.of_record(record)))
        yield Page(viewing.page, "redirect.html", frame, lists.view_redirect(viewing, former, record))
