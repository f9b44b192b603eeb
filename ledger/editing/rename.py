"""A record's id, changed everywhere: its file, every reference to it, and what is named after it.

In: the content folder, the present id and the new one. Out: a plan, the changes to the files and how many references
they hold; `replacing.exchange` carries it out. What stands elsewhere in a file stays byte for byte: line breaks,
quotes, comments and byte-order mark. The old id becomes a former id. A controversy takes its positions along, a source
its snapshot. ValueError: it cannot be done.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path, PurePosixPath
from textwrap import indent
from typing import Any, NamedTuple

from ledger import files, loading
from ledger.diagnostics import Lines, did_you_mean, visible
from ledger.documents import Document, read_document
from ledger.edges import EDGE_TYPES, RECORD, VERBATIM
from ledger.editing.new import check_id, named
from ledger.files import TextFile
from ledger.loading import Loaded, Record, is_a
from ledger.records import KINDS, SITE, SNAPSHOT, Common, Controversy, Position
from ledger.references import may_refer, scan
from ledger.yamlnodes import FieldPath

Edit = tuple[int, int, str]
"""Offsets in a text, and what stands there afterwards."""
Names = Mapping[str, str]
"""Ids, old to new."""
REFERENCE_FIELDS = {
    kind.name: frozenset(edge.field for edge in EDGE_TYPES if edge.kind in (kind.name, RECORD)) for kind in KINDS
}


class FileChange(NamedTuple):
    """One file: where it stands below the content folder and what it says, before and after."""

    path_before: str
    path_after: str
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a rename does: the ids, old to new, the changes to files, and how many references are written anew."""

    ids: Names
    changes: tuple[FileChange, ...] = field(repr=False)
    references: int

    @property
    def before(self) -> dict[str, bytes]:
        """What the changed files say, by path."""
        return {change.path_before: change.before for change in self.changes}

    @property
    def after(self) -> dict[str, bytes]:
        """What will stand in their place."""
        return {change.path_after: change.after for change in self.changes}


def plan_rename(content: Path, old: str, new: str) -> Renaming:
    """Everything that has to change. Nothing is written."""
    reading = files.read(content)
    loaded = loading.load_records(reading.files, reading.failed, reading.kept)
    record = record_named(loaded, old)
    ids = {record.id: new, **_positions(loaded, record, new)}
    _check_ids(content, loaded, ids)
    known = ((name, now) for one, now in ids.items() for name in (one, *loaded.records[one].former_ids))
    names = {name: now for name, now in known if name != now}
    check_readable(reading, loaded, names)
    records = (*loaded.records.values(), *loaded.snapshots.values(), *filter(None, [loaded.site]))
    made = [_change(content, one, ids, names) for one in records]
    changes = [change for change, _ in made if change]
    for source, kept in loaded.kept.items():
        if source in ids:
            data = (content / kept.path).read_bytes()
            changes.append(FileChange(kept.path, f"{SNAPSHOT.folder}/{ids[source]}.txt", data, data))
    _verify(reading, loaded, changes)
    return Renaming(ids, tuple(changes), sum(count for _, count in made))


def diff(content: Path, changes: Iterable[FileChange]) -> str:
    """The changes as a unified diff."""
    parts: list[str] = []
    for change in changes:
        before, after = (visible(f"{content}/{path}") for path in (change.path_before, change.path_after))
        parts += [f"rename {before} => {after}\n"] if before != after else []
        parts += file_diff(before, after, change.before, change.after)
    return "".join(parts)


def file_diff(path_before: str, path_after: str, before: bytes, after: bytes) -> Iterator[str]:
    """The lines of a unified diff of one file."""
    old, new = (data.decode("utf-8").splitlines(keepends=True) for data in (before, after))
    for line in unified_diff(old, new, path_before, path_after):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


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
    raise ValueError(" ".join(filter(None, (f"there is no record '{id_}'", did_you_mean(id_, loaded.records)))))


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


def _verify(reading: files.Reading, loaded: Loaded, changes: Iterable[FileChange]) -> None:
    """Everything, read again, gives as many records and no new problem."""
    changed = {change.path_before: change for change in changes}
    texts = [file for file in reading.files if file.path not in changed]
    texts += [TextFile(one.path_after, _text(one.after)) for one in changed.values()
              if not one.path_before.endswith(".txt")]  # fmt: skip
    kept = [files.kept_text(changed[one.path].path_after, changed[one.path].after) if one.path in changed else one
            for one in reading.kept]  # fmt: skip
    again = loading.load_records(sorted(texts, key=lambda file: file.path), reading.failed, kept)
    if again.count != loaded.count or len(again.problems) > len(loaded.problems):
        before = {(problem.check, problem.message) for problem in loaded.problems}
        new = next((one for one in again.problems if (one.check, one.message) not in before), None)
        raise ValueError(f"{new.span.path}: {new.message}" if new else "the records would not be the same afterwards")


def _text(data: bytes) -> str:
    return re.sub("\r\n?", "\n", data.decode("utf-8-sig"))


# One file


def _change(content: Path, record: Record[Any], ids: Names, names: Names) -> tuple[FileChange | None, int]:
    """What becomes of one file, and how many references in it are written anew."""
    document, path = record.document, record.path
    edits: list[Edit] = []
    wanted: dict[FieldPath, str] = {}
    for place, text in leaves(document.data):
        found, wanted[place] = _leaf_edits(document, record.kind.name, place, text, names)
        edits += found
    count = len(edits)
    if record.id in ids and record.kind is not SITE:
        new = ids[record.id]
        path = str(PurePosixPath(path).with_name(new + PurePosixPath(path).suffix))
        edits += [_former_id(document, record.id, new)] if record.kind is not SNAPSHOT else []
        if is_a(record, Position) and record.fields.letter != (letter := new[-1].upper()):
            wanted["letter",] = letter
            edits.append(_word_edit(document, ("letter",), record.fields.letter, letter))
    if not edits and path == document.path:
        return None, 0
    before = (content / document.path).read_bytes()
    after = apply_edits(before, document.lines, edits)
    again, _ = read_document(TextFile(path, _text(after)))
    if _but_former(dict(leaves(again.data if again else {}))) != _but_former(wanted):
        raise ValueError(f"{document.path} is written in a way that cannot be edited safely: change it by hand")
    return FileChange(document.path, path, before, after), count


def _but_former(texts: Mapping[FieldPath, str]) -> dict[FieldPath, str]:
    return {place: text for place, text in texts.items() if place[0] != "former_ids"}


def leaves(value: object, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Every text of a record's data, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(inner, (*path, key))


def pattern(path: FieldPath) -> str:
    """A path as the table of edges writes it: `evidence[].source`."""
    return "".join("[]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".")


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


def splice(text: str, edits: Iterable[Edit]) -> str:
    """The text after the edits."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _unclear(document: Document, path: FieldPath) -> ValueError:
    span = document.span(path)
    return ValueError(f"{span.path}:{span.line}: the id is not written out plainly here: change it by hand first")


def apply_edits(data: bytes, lines: Lines, edits: Iterable[Edit]) -> bytes:
    """A file after edits to its text; new lines are broken as the file breaks its lines."""
    raw = data.decode("utf-8")
    mark = raw[: raw.startswith("\ufeff")]
    raw = raw[len(mark) :]
    breaks = list(re.finditer(r"\r\n|\r|\n", raw))
    starts, break_ = [0, *(match.end() for match in breaks)], breaks[0][0] if breaks else "\n"

    def place(offset: int) -> int:
        row, column = lines.position(offset)
        return starts[row - 1] + column - 1

    placed = [(place(start), place(end), new.replace("\n", break_)) for start, end, new in edits]
    return (mark + splice(raw, placed)).encode("utf-8")


def _former_id(document: Document, old: str, new: str) -> Edit:
    """The edit that makes the old id a former one; the new one, if it was one, is no longer."""
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


def new_field(document: Document, lines: str) -> Edit:
    """New lines for a field, of which braces take one: above a body in YAML, else below the last field."""
    text, keys = document.lines.text, document.nodes.keys
    first = min(start for path, (start, _) in keys.items() if len(path) == 1)
    margin = text[text.rfind("\n", 0, first) + 1 : first]
    if "{" in margin:
        return first, first, f"{lines}, "
    at = len(text)
    if ("body",) in keys:
        at = text.rfind("\n", 0, keys["body",][0]) + 1
    elif document.path.endswith(".md"):
        closing = re.compile(r"^---[ \t]*$", re.MULTILINE).search(text, text.find("\n") + 1)
        at = closing.start() if closing else at
    broken = "" if at == 0 or text[at - 1] == "\n" else "\n"
    return at, at, broken + indent(f"{lines}\n", margin)
