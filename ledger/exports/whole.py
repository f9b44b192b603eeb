"""The records as data, one by one and all together: a file for each, `ledger.json`, `ledger.jsonl`, `changes.json`.

In: a Ledger and its Analysis. Out: the data of every record, made once and written in each of these.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ledger import urls
from ledger.analysis import Analysis
from ledger.exports.changes_json import changes
from ledger.exports.strict_json import SCHEMA, compact, to_bytes
from ledger.exports.twins import twin
from ledger.graph import Ledger
from ledger.outfile import OutFile


def record_files(ledger: Ledger, analysis: Analysis) -> Iterator[OutFile]:
    """Every file in which the whole of a record stands, and the hashes of them."""
    twins = [twin(ledger, analysis, record) for record in ledger.records.values()]
    files = [OutFile(made["json"], to_bytes(made)) for made in twins]
    yield from files
    yield OutFile(urls.WHOLE, to_bytes(_whole(ledger, twins)))
    yield OutFile(urls.LINES, "".join(f"{compact(made)}\n" for made in twins).encode("utf-8"))
    yield changes(ledger, twins, files)


def _whole(ledger: Ledger, twins: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    site = ledger.site
    return {
        "schema": SCHEMA,
        "title": ledger.settings.title,
        "as_of": ledger.as_of.isoformat() if ledger.as_of else None,
        "site": site.authored() if site else None,
        "former_ids": dict(ledger.former),
        "records": twins,
    }
