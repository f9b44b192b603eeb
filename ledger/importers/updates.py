"""What a foreign record says otherwise than a source of the ledger → that source's file with it.

In: a record, and the fields to take over. Out: edits to its file. ValueError when the file cannot be edited safely.
Everything else that the file says stays, byte for byte: the editors' own fields, and of authors the records that they
are tied to.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from ledger.diagnostics import Lines
from ledger.editing.rename import Edit, splice
from ledger.editing.setting import field_edits
from ledger.files import TextFile
from ledger.importers.comparing import differing
from ledger.importers.csl import ORDER
from ledger.importers.drafts import Draft
from ledger.importers.matching import given_first
from ledger.loading import Record, load_record

Fields = Mapping[str, Any]


class Change(NamedTuple):
    """A file of the content that becomes another: its text before, and the edits."""

    path: str
    lines: Lines
    edits: tuple[Edit, ...]

    @property
    def file(self) -> TextFile:
        """The file as it will be."""
        return TextFile(self.path, splice(self.lines.text, self.edits))


def change_of(record: Record[Any], draft: Draft, names: Collection[str]) -> Change:
    """The change that takes over some fields of a draft."""
    existing = record.authored()
    values = {name: _taken_over(name, draft.fields[name], existing.get(name)) for name in names}
    edits = field_edits(record.document, values, ORDER)
    change = Change(record.path, record.document.lines, tuple(edits))
    again, _ = load_record(change.file)
    if again is None or _rest(again, names) != _rest(record, names) or differing(draft, values, again.authored()):
        raise ValueError("its file is written in a way that cannot be edited safely: change it by hand")
    return change


def _rest(record: Record[Any], names: Collection[str]) -> Fields:
    """What a record says apart from some fields, the editors' note included."""
    said = {name: value for name, value in record.authored().items() if name not in names}
    return said | {"note": record.fields.note}


def _taken_over(name: str, theirs: Any, ours: Any) -> Any:
    """A foreign value, with what is the editors' own in ours."""
    if name == "csl" and isinstance(ours, dict):
        return {**ours, **theirs}
    if name == "authors" and isinstance(ours, list) and isinstance(theirs, list):
        known = {given_first([one])[0]: one for one in ours}
        return [known.get(given_first([one])[0], one) for one in theirs]
    return theirs
