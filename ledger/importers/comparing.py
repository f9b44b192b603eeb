"""What a draft says otherwise than a record, as far as its format can tell, and the record's file with it.

In: a draft, and a record or its fields. Out: the names of the fields that differ, the difference in words, and edits to
the record's file that take it over, in which everything else stays: the editors' own fields, and of authors the records
that they are tied to.
"""

import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from ledger.diagnostics import Lines
from ledger.editing.rewriting import Edit, field_edits, leaves, rewritten
from ledger.files import TextFile
from ledger.identifiers import same_work
from ledger.importers.cleaning import one_line, without_marks
from ledger.importers.csl import ORDER
from ledger.importers.drafts import Draft, short
from ledger.importers.matching import given_first
from ledger.loading import Record

Fields = Mapping[str, Any]


class Change(NamedTuple):
    """A file of the content that becomes another: its text before, the edits, and the file as it will be."""

    path: str
    lines: Lines
    edits: tuple[Edit, ...]
    file: TextFile


def differing(draft: Draft, fields: Fields, existing: Fields, known: Collection[str] = ()) -> list[str]:
    """The fields in which a foreign record says something else, without those that are `known` to differ.

    Only what the file says is compared: no guess, and no type that its word stands for as well.
    """
    stated = [name for name in fields if name in draft.stated and name not in known]
    stated = [name for name in stated if name != "type" or existing.get(name) not in draft.types]
    return [name for name in stated if not _agree(name, fields[name], existing.get(name))]


def _agree(name: str, theirs: Any, ours: Any) -> bool:
    if name == "csl" and isinstance(ours, dict):
        return all(_agree("", text, ours.get(part)) for part, text in theirs.items())
    return ours is not None and comparable(name, theirs) == comparable(name, ours)


def differences(
    names: Collection[str], fields: Fields, existing: Fields, there: str = "in the ledger", here: str = "in the file"
) -> str:
    """In words, what some fields say otherwise. The two stand `here` and `there`."""
    return "; ".join(_difference(name, fields[name], existing.get(name), there, here) for name in names)


def _difference(name: str, theirs: Any, ours: Any, there: str, here: str) -> str:
    if ours is None:
        return f"`{name}` is not {there}"
    if name == "authors":
        ours, theirs = "; ".join(given_first(ours)), "; ".join(given_first(theirs))
    if isinstance(theirs, str) and isinstance(ours, str):
        return f"`{name}` is '{short(ours)}' {there} and '{short(theirs)}' {here}"
    return f"`{name}` is not what it is {there}"


def comparable(name: str, value: Any) -> Any:
    """A value as far as spellings of the same differ; texts and signs are compared as texts."""
    if name in ("url", "doi", "arxiv"):
        return same_work(name, value)
    if isinstance(value, dict):
        return {key: comparable(key, part) for key, part in value.items()}
    if name == "pages":
        return re.sub(r"\s*[-–—]+\s*", "-", one_line(value))
    if name in ("authors", "title"):
        return given_first(value) if name == "authors" else without_marks(value)
    if isinstance(value, bool):
        return str(value).lower()
    return one_line(value) if isinstance(value, str) else value


# What is taken over


def change_of(record: Record[Any], draft: Draft, names: Collection[str]) -> Change:
    """The change that takes over some fields of a draft. ValueError when the file cannot be edited safely."""
    document, existing = record.document, record.authored()
    values = {name: _taken_over(name, draft.fields[name], existing.get(name)) for name in names}
    edits = field_edits(document, values, ORDER)
    wanted = dict(leaves({**document.data, **values}))
    text = rewritten(document, document.lines.text.encode(), edits, wanted).decode()
    return Change(record.path, document.lines, tuple(edits), TextFile(record.path, text))


def _taken_over(name: str, theirs: Any, ours: Any) -> Any:
    """A foreign value, with the editors' own additions to ours."""
    if name == "csl" and isinstance(ours, dict):
        return {**ours, **theirs}
    if name == "authors" and isinstance(ours, list) and isinstance(theirs, list):
        known = {given_first([one])[0]: one for one in ours}
        return [known.get(given_first([one])[0], one) for one in theirs]
    return theirs
