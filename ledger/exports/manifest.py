"""Where a program starts: `index.json` with every record, and a list for every kind."""

from collections.abc import Iterator

from ledger import urls, words
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.exports.twins import summary
from ledger.graph import Ledger
from ledger.loading import site_fields
from ledger.outfile import OutFile
from ledger.records import KINDS


def manifest(ledger: Ledger) -> Iterator[OutFile]:
    """The one file that leads to all others."""
    site = site_fields(ledger.loaded.site)
    content = {
        "schema": SCHEMA,
        "title": site.title,
        "as_of": ledger.as_of.isoformat() if ledger.as_of else None,
        "counts": {kind.name: len(ledger.of_kind(kind.name)) for kind in KINDS},
        "graph": "graph.json",
        "lists": {kind.name: urls.twin(urls.index(kind)) for kind in KINDS},
        "records": [summary(ledger, record) for record in ledger.records.values()],
    }
    yield OutFile(urls.MANIFEST, to_bytes(content))


def kind_lists(ledger: Ledger) -> Iterator[OutFile]:
    """`claims/index.json` and its like."""
    for kind in KINDS:
        page = urls.index(kind)
        content = {
            "schema": SCHEMA,
            "kind": kind.name,
            "title": words.KINDS[kind.name][1],
            "url": page,
            "json": urls.twin(page),
            "records": [summary(ledger, record) for record in ledger.of_kind(kind.name)],
        }
        yield OutFile(urls.twin(page), to_bytes(content))
