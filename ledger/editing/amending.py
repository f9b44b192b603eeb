"""Records' files given other values for some fields, all else byte for byte; for what comes from outside in bulk.

In: the content folder, records and the values. Out: each file before and after, which `replacing.exchange` takes.
ValueError says which record would not hold, or is written in a way that cannot be edited safely.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ledger.documents import read_document
from ledger.editing.rename import apply_edits
from ledger.editing.setting import field_edits
from ledger.files import TextFile
from ledger.loading import Record, load_record
from ledger.records import Common

Change = tuple[Record[Any], Mapping[str, Any]]


def amended(content: Path, changes: Iterable[Change]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The files of some records as they are and as they will be, by path below the content."""
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    for record, values in changes:
        before[record.path] = (content / record.path).read_bytes()
        after[record.path] = _amended(record, before[record.path], values)
    return before, after


def _amended(record: Record[Any], data: bytes, values: Mapping[str, Any]) -> bytes:
    document = record.document
    own = sorted(record.kind.model.model_fields, key=Common.model_fields.__contains__)  # what all kinds have comes last
    try:
        new = apply_edits(data, document.lines, field_edits(document, values, own))
    except ValueError as problem:
        raise ValueError(f"{record.path}: {problem}") from None
    file = TextFile(record.path, re.sub("\r\n?", "\n", new.decode("utf-8-sig")))
    again, _ = read_document(file)
    if again is None or again.data != {**document.data, **values}:
        raise ValueError(f"{record.path} is written in a way that cannot be edited safely: change it by hand")
    made, problems = load_record(file)
    if made is None:
        raise ValueError(f"{record.path}: {problems[0].message}: {problems[0].hint}")
    return new
