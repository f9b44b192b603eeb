"""What programs read: the ledger as files of data."""

from collections.abc import Callable, Iterable, Iterator

from ledger.exports import graph_json, manifest, twins
from ledger.graph import Ledger
from ledger.outfile import OutFile

EXPORTS: tuple[Callable[[Ledger], Iterable[OutFile]], ...] = (
    twins.record_twins,
    twins.redirect_twins,
    manifest.kind_lists,
    manifest.manifest,
    graph_json.graph_json,
)
"""Every export, in the order of writing."""


def all_exports(ledger: Ledger) -> Iterator[OutFile]:
    """Every data file of the site."""
    for export in EXPORTS:
        yield from export(ledger)
