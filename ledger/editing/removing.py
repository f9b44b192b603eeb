"""A record, removed: deleted when nothing names it, else withdrawn, so that what names it still leads somewhere.

In: the content folder, an id, and why. Out: what names the record, and the files before and after;
`replacing.exchange` carries it out. A source's snapshot is deleted with it. What else stands in the file of a record
that is withdrawn stays byte for byte. ValueError: it cannot be done.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ledger.diagnostics import Span
from ledger.edges import VERBATIM
from ledger.editing import rename
from ledger.editing.rewriting import Changes, checked, leaves, new_field, pattern, read_content, rewritten
from ledger.editing.yamltext import record_text
from ledger.loading import Record
from ledger.modelling import Common
from ledger.references import may_refer, scan

Mention = tuple[Span, str]
"""A place that names the record, and the field that it is in."""


@dataclass(frozen=True, slots=True)
class Named:
    """A record, what names it, and the files that are about it alone, by path."""

    record: Record[Common]
    mentions: tuple[Mention, ...]
    own: Mapping[str, bytes] = field(repr=False)

    @property
    def must_stay(self) -> bool:
        """Whether it can only be withdrawn, since something names it or an address that it had leads to it."""
        return bool(self.mentions or self.record.former_ids)


def find(content: Path, id_: str, merged_into: str = "") -> Named:
    """The record of an id and what names it, also in drafts, in notes and in the settings.

    ValueError when there is no such record, or none that says it now.
    """
    reading, loaded = read_content(content)
    record = rename.record_named(loaded, id_)
    if merged_into and rename.record_named(loaded, merged_into) is record:
        raise ValueError(f"'{id_}' cannot be merged into itself")
    names = {record.id, *record.former_ids}
    rename.check_readable(reading, loaded, sorted(names))
    of_snapshot = (known[record.id].path for known in (loaded.snapshots, loaded.kept) if record.id in known)
    paths = [record.path, *of_snapshot]
    others = (one for one in rename.everything(loaded) if one.path not in paths)
    mentions = (found for one in others for found in _mentions(one, names))
    return Named(record, tuple(sorted(mentions)), {path: (content / path).read_bytes() for path in paths})


def _mentions(record: Record[Any], names: set[str]) -> Iterator[Mention]:
    document = record.document
    for path, text in leaves(document.data):
        where = pattern(path)
        if where in rename.REFERENCE_FIELDS.get(record.kind.name, ()):
            if _owner(text) in names:
                yield document.span(path), where
        elif path[0] != "former_ids" and not VERBATIM & set(path) and may_refer(text):
            written = [
                text[one.start : one.end]
                for one in scan(text, markdown=path == ("body",))
                if _owner(one.target) in names
            ]
            yield from ((document.inner_span(path, one), where) for one in dict.fromkeys(written))


def _owner(target: str) -> str:
    return target.partition("/")[0].strip()


def deletion(named: Named) -> Changes:
    """The changes that delete the record and its snapshot. ValueError when something names it."""
    if named.must_stay:
        raise ValueError(f"'{named.record.id}' is named elsewhere, or was called otherwise: it can be withdrawn")
    return Changes(dict(named.own), {})


def withdrawal(named: Named, day: date, why: str, merged_into: str = "") -> Changes:
    """The changes that say of the record when and why it was withdrawn. ValueError when it says so already."""
    record, document = named.record, named.record.document
    if gone := record.fields.withdrawn:
        raise ValueError(f"'{record.id}' was withdrawn already, on {gone.date.text}: {gone.why}")
    said = {"date": str(day), "why": why} | ({"merged_into": merged_into} if merged_into else {})
    before = named.own[record.path]
    lines = f"withdrawn: {json.dumps(said, ensure_ascii=False)}"  # as braces take it
    if not document.lines.text.lstrip().startswith("{"):
        lines = record_text({"withdrawn": said}).rstrip("\n")
    wanted = dict(leaves({**document.data, "withdrawn": said}))
    after = checked(record.path, rewritten(document, before, [new_field(document, lines)], wanted))
    return Changes({record.path: before}, {record.path: after})
