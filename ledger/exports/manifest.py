"""Where a program starts: `index.json` with every record, and a list for every kind."""

from collections.abc import Iterator

from ledger import urls, words
from ledger.analysis import Analysis
from ledger.edges import Card
from ledger.exports.schemas import files_of_schemas
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.exports.twins import summary
from ledger.graph import Ledger
from ledger.outfile import OutFile
from ledger.records import KINDS, Kind


def manifest(ledger: Ledger, analysis: Analysis) -> Iterator[OutFile]:
    """The one file that leads to all others."""
    site = ledger.settings
    content = {
        "schema": SCHEMA,
        "title": site.title,
        "as_of": ledger.as_of.isoformat() if ledger.as_of else None,
        "clock": _clock(ledger),
        "counts": {kind.name: len(ledger.members(kind.name)) for kind in KINDS},
        "graph": urls.GRAPH,
        "ledger": urls.WHOLE,
        "lines": urls.LINES,
        "changes": urls.CHANGES,
        "schemas": files_of_schemas(ledger),
        "method": urls.METHOD,
        "gaps": urls.twin(urls.GAPS),
        "linked_data": urls.LINKED_DATA,
        "context": urls.CONTEXT,
        "references": [urls.beside(urls.REFERENCES, ending) for ending in urls.BIBLIOGRAPHIES],
        "formats": {kind: list(endings) for kind, endings in urls.FORMATS.items()},
        "lists": {kind.name: urls.twin(urls.index(kind)) for kind in KINDS},
        "records": [summary(ledger, analysis, card) for card in in_order(ledger)],
    }
    yield OutFile(urls.MANIFEST, to_bytes(content))


def _clock(ledger: Ledger) -> dict[str, str] | None:
    """The earlier day that the site is of, and by which clock."""
    cut = ledger.cut
    return {"name": cut.clock, "date": cut.day.isoformat()} if cut else None


def in_order(ledger: Ledger) -> list[Card]:
    """What others see of every record, in order of id."""
    return sorted(card for kind in KINDS for card in ledger.cards(kind.name))


def kind_list(ledger: Ledger, analysis: Analysis, kind: Kind) -> Iterator[OutFile]:
    """`claims/index.json` and its like."""
    page = urls.index(kind)
    content = {
        "schema": SCHEMA,
        "kind": kind.name,
        "title": words.KINDS[kind.name][1],
        "url": page,
        "json": urls.twin(page),
        "records": [summary(ledger, analysis, card) for card in ledger.cards(kind.name)],
    }
    yield OutFile(urls.twin(page), to_bytes(content))
