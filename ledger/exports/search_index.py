"""What the search page searches: `search-data.js`, a script that names every record once, in order of id.

In: a Ledger. Out: one script that sets `ledgerSearch`, since a page that is opened from disk may load scripts and
nothing else. It holds text, not an index: the page builds that itself, a little at a time.
"""

from collections.abc import Iterator
from typing import Any

from ledger import citations, urls, words
from ledger.analysis import Analysis
from ledger.exports.previews import LENGTH, shortened
from ledger.exports.strict_json import compact
from ledger.exports.whole import Fragments
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.views.listing import FACETS, Facets, detail, facets_of
from ledger.views.viewing import Viewing

FIELDS = ("kind", "url", "title", "text", "also", "standing", *FACETS)
"""What each record's row holds, in this order. `also` are other words to find it by; the facets are lists."""


def fragment(ledger: Ledger, analysis: Analysis, id_: str) -> bytes:
    """The row of a record."""
    row = _row(Viewing(ledger, urls.HOME, analysis), ledger.records[id_], facets_of(ledger, id_))
    return compact(row).encode("utf-8")


def parts(_ledger: Ledger, fragments: Fragments, _base_url: str) -> Iterator[bytes]:
    """The script, one record a line."""
    yield f'var ledgerSearch = {{"fields":{compact(FIELDS)},"records":['.encode()
    for at, row in enumerate(fragments()):
        yield (b",\n" if at else b"\n") + row
    yield b"\n]};\n"


def _row(viewing: Viewing, record: Record, facets: Facets) -> list[Any]:
    standing = words.STATUSES["withdrawn"] if record.fields.withdrawn else detail(viewing.ledger, record.id)
    said = [viewing.plain(record.title), _text(viewing, record), " ".join(_other_words(record)), standing]
    return [record.kind.name, urls.of_record(record), *said, *(facets[name] for name in FACETS)]


def _text(viewing: Viewing, record: Record) -> str:
    """The beginning of what the record says beyond its title: as much as a preview shows."""
    fields = record.fields
    named = (getattr(fields, name, None) for name in ("question", "scope", "definition", "summary", "steelman"))
    short = [*named, *(item.shows for item in getattr(fields, "evidence", ()))]
    text = " ".join(_sentence(viewing.plain(part)) for part in short if part)
    if len(text) < LENGTH:
        text = " ".join((text + " " + viewing.body_words(fields.body)).split())
    return shortened(text)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _other_words(record: Record) -> Iterator[str]:
    """Tags, other names and numbers; of a source, who wrote it and where it stands."""
    fields = record.fields
    yield from fields.tags
    yield from getattr(fields, "other_names", ())
    if record.kind.name == "source":
        yield from (citations.label(fields), citations.authors_line(fields))
        yield from (value for value in (fields.container_title, fields.doi, fields.arxiv) if value)
