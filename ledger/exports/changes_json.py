"""What has changed: `changes.json` with a hash of every record, so that a copy can be kept up to date by difference.

In: the data of a record, and the bytes that hold it. Out: its hashes. A record whose `sha256` is the same says the
same; its data may differ all the same, since it holds what others say of it, and then `json_sha256` does.
"""

from collections.abc import Mapping
from typing import Any

from ledger.exports.canonical import canonical, sha256


def change(twin: Mapping[str, Any], data: bytes) -> dict[str, Any]:
    """The hashes of one record."""
    written = twin["record"]
    return {
        "id": twin["id"],
        "kind": twin["kind"],
        "json": twin["json"],
        "sha256": sha256(canonical(written)),
        "json_sha256": sha256(data),
        "added": written.get("added"),
        "updated": written.get("updated"),
    }
