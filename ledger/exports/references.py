"""Sources for reference managers: BibTeX, RIS and CSL-JSON of each source, of a controversy's references, of all."""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from ledger import urls
from ledger.analysis.ties import references_of
from ledger.bibliography import bibtex, csl_item, ris
from ledger.context import plain_title
from ledger.exports.naming import Fragments, Places
from ledger.exports.strict_json import compact, joined
from ledger.graph import Ledger, result
from ledger.loading import Record, is_a
from ledger.outfile import OutFile
from ledger.records import Controversy, Source

WHOLE = tuple(urls.beside(urls.REFERENCES, ending) for ending in urls.BIBLIOGRAPHIES)
"""The files with every source."""
Entry = tuple[str, str, str]
"""A source as BibTeX, RIS and CSL-JSON: the order of `urls.BIBLIOGRAPHIES`."""


def record_references(ledger: Ledger, record: Record[Any]) -> Iterator[OutFile]:
    """A source, or the references of a controversy's page: `sources/<id>.bib` and its like."""
    if is_a(record, Controversy):
        cited = references_of(ledger, record)
    elif is_a(record, Source):
        cited = (record.id,)
    else:
        return
    entries = [entry(ledger, id_) for id_ in cited]
    for at, ending in enumerate(urls.BIBLIOGRAPHIES):
        yield OutFile(urls.beside(urls.of_record(record), ending), b"".join(_joined(at, (one[at] for one in entries))))


@result
def entry(ledger: Ledger, id_: str) -> Entry:
    """A source in each format."""
    source = ledger.record(Source, id_)
    item = csl_item(id_, source.fields, plain_title(ledger, id_))
    return bibtex(item), ris(item), compact(item).decode()


def _joined(at: int, entries: Iterable[str]) -> Iterator[bytes]:
    """The pieces of a file in the format that is at a place of `urls.BIBLIOGRAPHIES`."""
    before, mark, after = ((b"", b"\n", b""), (b"", b"", b""), (b"[\n", b",\n", b"\n]\n"))[at]
    yield before
    yield from joined((one.encode() for one in entries), mark)
    yield after


def fragment(ledger: Ledger, id_: str, _base_url: str) -> bytes:
    """A source in each format; nothing for other kinds."""
    card = ledger.card(id_)
    return compact(entry(ledger, id_)) if card and card.kind == "source" else b""


def write(_ledger: Ledger, fragments: Fragments, place: Places, _base_url: str) -> None:
    """`references.bib` and its like."""
    for at, address in enumerate(WHOLE):
        with place(address).open("wb") as file:
            file.writelines(_joined(at, (orjson.loads(data)[at] for data in fragments())))
