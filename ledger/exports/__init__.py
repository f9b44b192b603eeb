"""What programs read: the ledger as files of data."""

from collections.abc import Callable, Iterable, Iterator

from ledger.analysis import Analysis
from ledger.exports import (
    argdown,
    bulk,
    comparisons,
    context,
    feeds,
    graph_json,
    history,
    linked_records,
    manifest,
    page_markdown,
    previews,
    references,
    schema_files,
    search_index,
    sitemap,
    subgraph,
    twins,
    whole,
    workings,
)
from ledger.graph import Ledger
from ledger.outfile import OutFile

EXPORTS: tuple[Callable[[Ledger, Analysis], Iterable[OutFile]], ...] = (
    whole.record_files,
    twins.redirect_twins,
    manifest.kind_lists,
    manifest.manifest,
    graph_json.graph_json,
    workings.method,
    comparisons.comparisons,
    comparisons.board,
    history.histories,
    previews.previews,
    search_index.search_index,
    references.reference_files,
    bulk.bulk_files,
)
"""Every export, in the order of writing."""
ELSEWHERE: tuple[Callable[[Ledger, Analysis, str], Iterable[OutFile]], ...] = (
    schema_files.schema_files,
    context.context_file,
    linked_records.linked_records,
    page_markdown.markdown_pages,
    subgraph.graph_files,
    argdown.argdown_files,
)
"""Exports that are read away from the site: their links are public addresses where the site has one."""


def all_exports(ledger: Ledger, analysis: Analysis, base_url: str = "") -> Iterator[OutFile]:
    """Every data file of the site."""
    for export in EXPORTS:
        yield from export(ledger, analysis)
    for export_elsewhere in ELSEWHERE:
        yield from export_elsewhere(ledger, analysis, base_url)


def public_exports(ledger: Ledger, analysis: Analysis, base_url: str, pages: Iterable[OutFile]) -> Iterator[OutFile]:
    """What only a site with a public address has: feeds, and what leads search engines to its pages."""
    yield from feeds.feeds(ledger, analysis, base_url)
    yield from sitemap.sitemap(ledger, base_url, pages)
    yield sitemap.robots(base_url)
