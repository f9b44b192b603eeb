"""What programs read: the ledger as files of data."""

from collections.abc import Callable, Iterable, Iterator

from ledger.exports import feeds, graph_json, manifest, previews, references, search_index, sitemap, twins
from ledger.graph import Ledger
from ledger.outfile import OutFile

EXPORTS: tuple[Callable[[Ledger], Iterable[OutFile]], ...] = (
    twins.record_twins,
    twins.redirect_twins,
    manifest.kind_lists,
    manifest.manifest,
    graph_json.graph_json,
    previews.previews,
    search_index.search_index,
    references.reference_files,
)
"""Every export, in the order of writing."""


def all_exports(ledger: Ledger) -> Iterator[OutFile]:
    """Every data file of the site."""
    for export in EXPORTS:
        yield from export(ledger)


def public_exports(ledger: Ledger, base_url: str, pages: Iterable[OutFile]) -> Iterator[OutFile]:
    """What only a site with a public address has: feeds, and what leads search engines to its pages."""
    yield from feeds.feeds(ledger, base_url)
    yield from sitemap.sitemap(ledger, base_url, pages)
    yield sitemap.robots(base_url)
