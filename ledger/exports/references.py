"""Sources for reference managers: BibTeX, RIS and CSL-JSON of each source, of a controversy's references, of all."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ledger import urls
from ledger.bibliography import Csl, bibtex, csl_item, ris
from ledger.exports.strict_json import to_bytes
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.views.controversy import reference_ids
from ledger.views.viewing import Viewing

Items = Mapping[str, Csl]


def reference_files(ledger: Ledger) -> Iterator[OutFile]:
    """`sources/<id>.bib` and its like, `controversies/<id>.bib` with the references of the page, `references.bib`."""
    items = {source.id: _item(ledger, source) for source in ledger.of_kind("source")}
    for id_, item in items.items():
        yield from _files(urls.of_record(ledger.records[id_]), [item])
    for controversy in ledger.of_kind("controversy"):
        page = urls.of_record(controversy)
        cited = reference_ids(Viewing(ledger, page), controversy)
        yield from _files(page, [items[id_] for id_ in cited])
    yield from _files(urls.REFERENCES, items.values())


def _item(ledger: Ledger, source: Record) -> dict[str, Any]:
    page = Viewing(ledger, urls.of_record(source))
    return csl_item(source.id, source.fields, page.plain(source.title))


def _files(address: str, items: Iterable[Csl]) -> Iterator[OutFile]:
    references = tuple(items)
    yield OutFile(urls.beside(address, ".bib"), "\n".join(map(bibtex, references)).encode("utf-8"))
    yield OutFile(urls.beside(address, ".ris"), "".join(map(ris, references)).encode("utf-8"))
    yield OutFile(urls.beside(address, ".csl.json"), to_bytes(references))
