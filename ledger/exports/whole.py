"""The records as data, one by one and all together: a file for each, `ledger.json`, `ledger.jsonl`, `changes.json`.

In: a Ledger, and for the whole the data of every record as it stands in its own file. Out: files.
"""

import json
from collections.abc import Callable, Iterator

from ledger import urls
from ledger.analysis import Analysis
from ledger.exports.changes_json import change
from ledger.exports.strict_json import SCHEMA, compact, to_bytes
from ledger.exports.twins import twin
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile

Fragments = Callable[[], Iterator[bytes]]


def record_json(ledger: Ledger, analysis: Analysis, record: Record) -> OutFile:
    """The file in which the whole of a record stands."""
    return OutFile(urls.twin(urls.of_record(record)), to_bytes(twin(ledger, analysis, record)))


def lines(_ledger: Ledger, fragments: Fragments, _base_url: str) -> Iterator[bytes]:
    """`ledger.jsonl`."""
    for data in fragments():
        yield f"{compact(json.loads(data))}\n".encode()


def whole(ledger: Ledger, fragments: Fragments, _base_url: str) -> Iterator[bytes]:
    """`ledger.json`."""
    site = ledger.site
    content = {
        "schema": SCHEMA,
        "title": ledger.settings.title,
        "as_of": ledger.as_of.isoformat() if ledger.as_of else None,
        "site": site.authored() if site else None,
        "former_ids": dict(ledger.former),
        "records": [json.loads(data) for data in fragments()],
    }
    yield to_bytes(content)


def changes(ledger: Ledger, fragments: Fragments, _base_url: str) -> Iterator[bytes]:
    """`changes.json`."""
    content = {
        "schema": SCHEMA,
        "as_of": ledger.as_of.isoformat() if ledger.as_of else None,
        "records": [change(json.loads(data), data) for data in fragments()],
    }
    yield to_bytes(content)
