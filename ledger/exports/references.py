"""Sources for reference managers: BibTeX, RIS and CSL-JSON of each source, of a page's references, of all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ledger import links, urls
from ledger.analysis import Analysis
from ledger.bibliography import Csl, bibtex, csl_item, ris
from ledger.exports.strict_json import to_bytes
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.views.claim import nearest_first
from ledger.views.controversy import reference_ids
from ledger.views.viewing import Viewing


@dataclass(frozen=True, slots=True)
class Entry:
    """A source in each format."""

    bibtex: str
    ris: str
    csl: Csl


def record_references(ledger: Ledger, analysis: Analysis, record: Record) -> Iterator[OutFile]:
    """A source, or the references of a page that has some: `sources/<id>.bib` and its like."""
    page = urls.of_record(record)
    if record.kind.name == "source":
        yield from _files(page, [_entry(ledger, analysis, record)])
    elif ids := CITED.get(record.kind.name):
        cited = dict.fromkeys(ids(Viewing(ledger, page, analysis), record))
        yield from _files(page, [_entry(ledger, analysis, ledger.records[id_]) for id_ in cited])


def all_references(ledger: Ledger, analysis: Analysis) -> Iterator[OutFile]:
    """`references.bib` and its like."""
    yield from _files(urls.REFERENCES, [_entry(ledger, analysis, source) for source in ledger.of_kind("source")])


def _of_claim(viewing: Viewing, record: Record) -> Iterator[str]:
    """The sources of a claim's evidence, the nearest first, and all others that it names."""
    for item in nearest_first(viewing, record.fields.evidence):
        yield viewing.ref_id(item.source)
    yield from _named(viewing, record)


def _of_position(viewing: Viewing, record: Record) -> Iterator[str]:
    """The sources to read first, those of the claims that matter, those that show who holds it, and all others."""
    fields = record.fields
    yield from (viewing.ref_id(id_) for id_ in fields.key_sources)
    for id_ in (*fields.rests_on, *fields.rejects):
        claim = viewing.ledger.records[viewing.ref_id(id_)]
        yield from (viewing.ref_id(item.source) for item in nearest_first(viewing, claim.fields.evidence))
    for link in links.links_in(viewing.ledger, record.id):
        stances = viewing.ledger.records[link.other].fields.stances if link.kind == "proponent" else ()
        own = (stance for stance in stances if f"{link.other}/{stance.id}" == link.other_part)
        yield from (viewing.ref_id(entry.source) for stance in own for entry in stance.attested)
    yield from _named(viewing, record)


def _named(viewing: Viewing, record: Record) -> Iterator[str]:
    found = links.links_out(viewing.ledger, record.id)
    return (link.other for link in found if link.kind == "source")


CITED: Mapping[str, Callable[[Viewing, Record], Iterable[str]]] = {
    "controversy": reference_ids,
    "position": _of_position,
    "claim": _of_claim,
}
"""Kind → the ids of the sources that its pages name, in the order of the page."""


def _entry(ledger: Ledger, analysis: Analysis, source: Record) -> Entry:
    page = Viewing(ledger, urls.of_record(source), analysis)
    item = csl_item(source.id, source.fields, page.plain(source.title))
    return Entry(bibtex(item), ris(item), item)


def _files(address: str, entries: Iterable[Entry]) -> Iterator[OutFile]:
    listed = tuple(entries)
    yield OutFile(urls.beside(address, ".bib"), "\n".join(entry.bibtex for entry in listed).encode("utf-8"))
    yield OutFile(urls.beside(address, ".ris"), "".join(entry.ris for entry in listed).encode("utf-8"))
    yield OutFile(urls.beside(address, ".csl.json"), to_bytes([entry.csl for entry in listed]))
