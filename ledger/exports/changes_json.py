"""What has changed: `changes.json` with a hash of every record, so that a copy can be kept up to date by difference.

In: the data of the records, and the files that hold it. Out: one file. A record whose `sha256` is the same says the
same; its data may differ all the same, since it holds what others say of it, and then `json_sha256` does.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ledger import urls
from ledger.exports.canonical import canonical, sha256
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.graph import Ledger
from ledger.outfile import OutFile


def changes(ledger: Ledger, twins: Iterable[Mapping[str, Any]], files: Iterable[OutFile]) -> OutFile:
    """The hashes of the records, in order of id."""
    content = {
        "schema": SCHEMA,
        "as_of": ledger.as_of.isoformat() if ledger.as_of else None,
        "records": [_change(twin, file) for twin, file in zip(twins, files, strict=True)],
    }
    return OutFile(urls.CHANGES, to_bytes(content))


def _change(twin: Mapping[str, Any], file: OutFile) -> dict[str, Any]:
    written = twin["record"]
    return {
        "id": twin["id"],
        "kind": twin["kind"],
        "json": twin["json"],
        "sha256": sha256(canonical(written)),
        "json_sha256": sha256(file.data),
        "added": written.get("added"),
        "updated": written.get("updated"),
    }
