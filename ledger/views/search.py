"""The search page: a form for the script, and without one the lists that hold everything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger import urls, words
from ledger.records import KINDS, Kind
from ledger.views.faceting import FACETS, Facets, ListingLink, listing_links
from ledger.views.filters import Filter, Option, OptionGroup, view_filter
from ledger.views.viewing import Viewing


@dataclass(frozen=True, slots=True)
class KindListings:
    """A kind's whole list, and its lists by facet."""

    whole: ListingLink
    by: tuple[ListingLink, ...]


@dataclass(frozen=True, slots=True)
class SearchPageView:
    """The search page; `scripts` in the order in which they run."""

    filters: tuple[Filter, ...]
    scripts: tuple[str, ...]
    root: str
    a_to_z: ListingLink
    kinds: tuple[KindListings, ...]


def view_search(viewing: Viewing, facets: Mapping[str, Facets]) -> SearchPageView:
    """Filters for what the ledger holds, and links to its lists."""
    present = [kind for kind in KINDS if kind.name in viewing.ledger.kinds]
    return SearchPageView(
        filters=(_kinds(present), *(found for name in FACETS if (found := _filter(viewing, name, facets)).groups)),
        scripts=tuple(viewing.url(address) for address in urls.SEARCH_SCRIPTS),
        root=viewing.url(urls.HOME).removesuffix(urls.HOME),
        a_to_z=ListingLink(words.A_TO_Z, viewing.url(urls.A_TO_Z)),
        kinds=tuple(
            KindListings(
                ListingLink(words.KINDS[kind.name][1], viewing.url(urls.index(kind))), listing_links(viewing, kind)
            )
            for kind in present
        ),
    )


def _kinds(present: Iterable[Kind]) -> Filter:
    options = tuple(Option(kind.name, words.KINDS[kind.name][0]) for kind in present)
    return Filter("kind", words.FACETS["kind"], (OptionGroup("", options),))


def _filter(viewing: Viewing, name: str, facets: Mapping[str, Facets]) -> Filter:
    return view_filter(viewing, name, {value for found in facets.values() for value in found[name]})
