"""The text of an imported article → the files of its snapshot.

In: the text and how it was read. Out: `snapshots/<id>.yml` with its hash, and `<id>.txt` where the text may be kept.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ledger.editing.yamltext import record_text
from ledger.files import kept_text
from ledger.importers.foreign import Captured
from ledger.outfile import OutFile
from ledger.records import SNAPSHOT


def snapshot_files(id_: str, captured: Captured, source: Mapping[str, Any]) -> Iterator[OutFile]:
    """The record of what was read on the day of the import, and the text itself."""
    kept = kept_text(f"{SNAPSHOT.folder}/{id_}.txt", captured.text.encode("utf-8"))
    fields = {"sha256": kept.sha256, "captured": captured.day}
    fields |= {"url": source["url"]} if "url" in source else {}
    yield OutFile(f"{SNAPSHOT.folder}/{id_}.yml", record_text({**fields, "how": captured.how}).encode("utf-8"))
    if captured.keep:
        yield OutFile(kept.path, kept.text.encode("utf-8"))
