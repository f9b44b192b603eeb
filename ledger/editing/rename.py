"""A record's id, changed everywhere: its file, every reference to it, and what is named after it.

In: the content folder, the present id and the new one. Out: a plan, the changes to the files and how many references
they hold; `replacing.exchange` carries it out. The old id becomes a former id. A controversy takes its positions along,
a source its snapshot. ValueError: it cannot be done.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from ledger import files, loading
from ledger.diagnostics import visible, with_nearest
from ledger.documents import Document
from ledger.edges import EDGE_TYPES, RECORD, VERBATIM
from ledger.editing import rewriting
from ledger.editing.new import check_id, named
from ledger.editing.rewriting import Edit, as_text, leaves, new_field, pattern, rewritten, splice
from ledger.files import TextFile
from ledger.loading import Loaded, Record, is_a
from ledger.modelling import Common
from ledger.records import KINDS, SITE, SNAPSHOT, Controversy, Position
from ledger.references import may_refer, scan
from ledger.yamlnodes import FieldPath

Names = Mapping[str, str]
"""Ids, old to new."""
REFERENCE_FIELDS = {
    kind.name: frozenset(edge.field for edge in EDGE_TYPES if edge.kind in (kind.name, RECORD)) for kind in KINDS
}


@dataclass(frozen=True, slots=True)
class Renaming:
    """A planned rename: ids from old to new, files before and after, and how many references are rewritten."""

    ids: Names
    before: dict[str, bytes] = field(default_factory=dict, repr=False)
    after: dict[str, bytes] = field(default_factory=dict, repr=False)
    moved: dict[str, str] = field(default_factory=dict)
    """Each path before with the one after."""
    references: int = 0

    def change(self, path: str, path_after: str, before: bytes, after: bytes) -> None:
        """Note the new text of a file."""
        self.before[path], self.after[path_after], self.moved[path] = before, after, path_after


def plan_rename(content: Path, old: str, new: str) -> Renaming:
    """Everything that has to change. Nothing is written."""
    reading, loaded = rewriting.read_content(content)
    record = record_named(loaded, old)
    ids = {record.id: new, **_positions(loaded, record, new)}
    _check_ids(content, loaded, ids)
    known = ((name, now) for one, now in ids.items() for name in (one, *loaded.records[one].former_ids))
    names = {name: now for name, now in known if name != now}
    check_readable(reading, loaded, names)
    made = Renaming(ids)
    found = sum(_change(content, one, names, made) for one in everything(loaded))
    for source in sorted(ids.keys() & loaded.kept.keys()):
        path = loaded.kept[source].path
        data = (content / path).read_bytes()
        made.change(path, f"{SNAPSHOT.folder}/{ids[source]}.txt", data, data)
    _verify(reading, loaded, made)
    return replace(made, references=found)


def everything(loaded: Loaded) -> Iterator[Record[Any]]:
    """All that may hold a reference."""
    yield from (*loaded.records.values(), *loaded.snapshots.values(), *filter(None, [loaded.site]))


def diff(content: Path, renaming: Renaming) -> str:
    """The changes as a unified diff."""
    parts: list[str] = []
    for path, path_after in renaming.moved.items():
        before, after = (visible(f"{content}/{one}") for one in (path, path_after))
        parts += [f"rename {before} => {after}\n"] if before != after else []
        parts += [rewriting.diff(after, renaming.before[path], renaming.after[path_after], before)]
    return "".join(parts)


# Whether it can be done


def record_named(loaded: Loaded, id_: str) -> Record[Common]:
    """The record that has an id now. ValueError without one, or when its file has errors."""
    if id_ in loaded.records:
        return loaded.records[id_]
    if now := next((record.id for record in loaded.records.values() if id_ in record.former_ids), ""):
        raise ValueError(f"'{id_}' is now called '{now}': name that")
    broken = [record.path for record in loaded.broken if record.id == id_]
    broken += [path for path in sorted(loaded.failed) if PurePosixPath(path).stem == id_]
    if broken:
        raise ValueError(f"{broken[0]} has errors: put them right first, as `ledger check` says")
    raise ValueError(with_nearest(f"there is no record '{id_}'", id_, loaded.records))


def _positions(loaded: Loaded, record: Record[Common], new: str) -> dict[str, str]:
    """The positions that are named after a controversy, with their new ids."""
    if is_a(record, Position):
        wanted = f"{record.fields.controversy}-"
        if not (new.startswith(wanted) and re.fullmatch("[a-z]", new[len(wanted) :])):
            raise ValueError(f"a position is called after its controversy and letter: {wanted}a, {wanted}b …")
    if not is_a(record, Controversy):
        return {}
    former = {record.id, *record.former_ids}
    positions = [one for one in loaded.records.values() if is_a(one, Position) and one.fields.controversy in former]
    letters = {one.id: f"-{one.fields.letter.lower()}" for one in positions}
    return {id_: new + letter for id_, letter in letters.items() if id_.removesuffix(letter) in former}


def _check_ids(content: Path, loaded: Loaded, ids: Names) -> None:
    former = {id_: one.id for one in loaded.records.values() for id_ in one.former_ids}
    former |= {str(id_): one.id for one in loaded.broken for id_ in one.document.data.get("former_ids", ())}
    for old, new in ids.items():
        check_id(new)
        if new == old:
            raise ValueError(f"'{old}' is called that already")
        if former.get(new, old) != old:
            raise ValueError(f"'{new}' is a former id of '{former[new]}': it leads there for ever")
        if taken := named(content, new):
            raise ValueError(f"the id '{new}' is taken by {taken}")


def check_readable(reading: files.Reading, loaded: Loaded, names: Iterable[str]) -> None:
    """ValueError for a file that could not be read as a record: it may hold a reference that we do not see."""
    for path in sorted(loaded.failed):
        text = reading.texts.get(path)
        if text is None and not path.endswith((".yml", ".md")):
            continue
        if text is None or any(name in text for name in names):
            raise ValueError(f"{path} has errors and may name '{next(iter(names))}': put them right first")


def _verify(reading: files.Reading, loaded: Loaded, renaming: Renaming) -> None:
    """Everything, read again, gives as many records and no new problem."""
    moved = renaming.moved
    texts = [file for file in reading.files if file.path not in moved]
    texts += [TextFile(path, as_text(data)) for path, data in renaming.after.items() if not path.endswith(".txt")]
    kept = [files.kept_text(moved[one.path], renaming.before[one.path]) if one.path in moved else one
            for one in reading.kept]  # fmt: skip
    again = loading.load_records(sorted(texts, key=lambda file: file.path), reading.failed, kept)
    if again.count != loaded.count or len(again.problems) > len(loaded.problems):
        before = {(problem.check, problem.message) for problem in loaded.problems}
        new = next((one for one in again.problems if (one.check, one.message) not in before), None)
        raise ValueError(f"{new.span.path}: {new.message}" if new else "the records would not be the same afterwards")


# One file


def _change(content: Path, record: Record[Any], names: Names, renaming: Renaming) -> int:
    """Note the new text of one file; gives how many references in it are rewritten."""
    document, path, ids = record.document, record.path, renaming.ids
    edits: list[Edit] = []
    wanted: dict[FieldPath, str] = {}
    for place, text in leaves(document.data):
        found, wanted[place] = _leaf_edits(document, record.kind.name, place, text, names)
        edits += found
    count = len(edits)
    if record.id in ids and record.kind is not SITE:
        new = ids[record.id]
        path = str(PurePosixPath(path).with_name(new + PurePosixPath(path).suffix))
        if record.kind is not SNAPSHOT:
            edits.append(_former_id(document, record.id, new))
            wanted |= leaves(_former_ids(record, new), ("former_ids",))
        if is_a(record, Position) and record.fields.letter != (letter := new[-1].upper()):
            wanted["letter",] = letter
            edits.append(_word_edit(document, ("letter",), record.fields.letter, letter))
    if edits or path != document.path:
        before = (content / document.path).read_bytes()
        renaming.change(document.path, path, before, rewritten(document, before, edits, wanted, path))
    return count


def _former_ids(record: Record[Any], new: str) -> list[str]:
    """The former ids with the old id: in the place of the new one, if that was one."""
    listed = record.document.data.get("former_ids") or []
    return [record.id if one == new else one for one in listed] if new in listed else [record.id, *listed]


def _leaf_edits(document: Document, kind: str, path: FieldPath, text: str, names: Names) -> tuple[list[Edit], str]:
    """The edits to one text, and what it says afterwards."""
    if pattern(path) in REFERENCE_FIELDS.get(kind, ()):
        id_, slash, part = text.partition("/")
        edits = [_word_edit(document, path, id_, names[id_])] if id_ in names else []
        return edits, names.get(id_, id_) + slash + part
    if path[0] == "former_ids" or VERBATIM & set(path) or not may_refer(text):
        return [], text
    return _text_edits(document, path, text, names)


def _word_edit(document: Document, path: FieldPath, old: str, new: str) -> Edit:
    """The edit to a value that is one word, or begins with it, in quotes or not."""
    start, end = document.nodes.values[path]
    found = [match.start() for match in re.finditer(re.escape(old), document.lines.text[start:end])]
    if len(found) != 1:
        raise _unclear(document, path)
    return start + found[0], start + found[0] + len(old), new


def _text_edits(document: Document, path: FieldPath, text: str, names: Names) -> tuple[list[Edit], str]:
    """The edits to the references in a text.

    The same words open a reference where the text stands in the file and in the text itself, so that the nth here is
    the nth there, also where quotes or folded lines stand between.
    """
    old = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    opening = re.compile(rf"\[[\[@](?P<gap>[\s>]*+)(?P<id>{old})(?![a-z0-9-])")
    real = {one.start for one in scan(text, markdown=path == ("body",)) if one.target.partition("/")[0] in names}
    inside = list(opening.finditer(text))
    chosen = [at for at, match in enumerate(inside) if match.start() in real]
    outside = list(opening.finditer(document.lines.text, *document.nodes.values[path])) if real else []
    if len(chosen) != len(real) or (real and len(outside) != len(inside)):
        raise _unclear(document, path)
    edits = [(*outside[at].span("id"), names[outside[at]["id"]]) for at in chosen]
    return edits, splice(text, [(*inside[at].span("id"), names[inside[at]["id"]]) for at in chosen])


def _unclear(document: Document, path: FieldPath) -> ValueError:
    span = document.span(path)
    return ValueError(f"{span.path}:{span.line}: the id is not written out plainly here: change it by hand first")


def _former_id(document: Document, old: str, new: str) -> Edit:
    """The edit that makes the old id a former one; the new id is no longer one, if it was."""
    values, keys, text = document.nodes.values, document.nodes.keys, document.lines.text
    listed = document.data.get("former_ids")
    if listed and new in listed:
        at = text.index(new, *values["former_ids", listed.index(new)])
        return at, at + len(new), old
    if listed:
        start = values["former_ids", 0][0]
        before = text[text.rfind("\n", 0, start) + 1 : start]
        dash = re.fullmatch(r"[ ]*- +", before)
        at = start - len(before) if dash else start
        return at, at, f"{before}{old}\n" if dash else f"{old}, "
    if ("former_ids",) in keys:
        at = text.index(":", keys["former_ids",][1]) + 1
        opened = text.find("[", at, text.find("\n", at) + 1 or None) + 1
        return (opened, opened, old) if opened else (at, at, f" [{old}]")
    return new_field(document, f"former_ids: [{old}]")
