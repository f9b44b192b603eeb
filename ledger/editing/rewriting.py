"""One record's file with other values in it, all else byte for byte: the way in which every command changes a record.

In: a document, the bytes of its file, and edits to its text. Out: the bytes afterwards. They are read again, and must
say what is wanted and nothing else: ValueError for a file that is written in a way that cannot be edited safely. Line
breaks, quotes, comments and byte-order marks stay. `replacing.exchange` puts the files in place.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from textwrap import indent
from typing import Any, NamedTuple

from pydantic import BaseModel

from ledger import files, loading
from ledger.diagnostics import Level, Lines, in_words
from ledger.documents import Document, read_document
from ledger.editing.yamltext import record_text
from ledger.files import Reading, TextFile
from ledger.loading import Loaded, Record
from ledger.modelling import Common, fields_in
from ledger.yamlnodes import FieldPath

Edit = tuple[int, int, str]
"""Offsets in a text, and what stands there afterwards."""


class Changes(NamedTuple):
    """Files by their paths below the content folder, before and after."""

    before: dict[str, bytes]
    after: dict[str, bytes]


def read_content(content: Path) -> tuple[Reading, Loaded]:
    """The files of a content folder, and the records in them."""
    reading = files.read(content)
    return reading, loading.load_records(reading.files, reading.failed, reading.kept)


def rewritten(
    document: Document, before: bytes, edits: Iterable[Edit], wanted: Mapping[FieldPath, str], path: str = ""
) -> bytes:
    """A file after edits, which must then hold these texts; read as the file at `path`, if that is another."""
    after = apply_edits(before, document.lines, edits)
    again, _ = read_document(TextFile(path or document.path, as_text(after)))
    if again is None or dict(leaves(again.data)) != wanted:
        raise ValueError(f"{document.path} is written in a way that cannot be edited safely: change it by hand")
    return after


def amended(content: Path, changes: Iterable[tuple[Record[Any], Mapping[str, Any]]]) -> Changes:
    """Some records with new values for some fields. ValueError also when one would then have an error."""
    made = Changes({}, {})
    for record, values in changes:
        document, before = record.document, (content / record.path).read_bytes()
        edits = field_edits(document, values, field_order(record.kind.model))
        after = rewritten(document, before, edits, dict(leaves({**document.data, **values})))
        made.before[record.path], made.after[record.path] = before, checked(record.path, after)
    return made


def checked(path: str, data: bytes) -> bytes:
    """A record's file that has no error. ValueError says what is wrong with it."""
    _, problems = loading.load_record(TextFile(path, as_text(data)))
    if wrong := next((one for one in problems if one.level is Level.ERROR), None):
        raise ValueError(f"{path}: {in_words(wrong)}")
    return data


def diff(path: str, before: bytes, after: bytes, path_before: str = "") -> str:
    """The unified diff of a file that may have had another path."""
    old, new = (data.decode("utf-8").splitlines(keepends=True) for data in (before, after))
    lines = unified_diff(old, new, path_before or path, path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


# Texts


def as_text(data: bytes) -> str:
    """The text of a file with LF line breaks."""
    return re.sub("\r\n?", "\n", data.decode("utf-8-sig"))


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


def splice(text: str, edits: Iterable[Edit]) -> str:
    """The text after the edits."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


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


# Fields


def field_order(model: type[BaseModel]) -> list[str]:
    """The fields of a model in the order of a file: its own fields, those that every kind may have, the body."""
    common = Common.model_fields if issubclass(model, Common) else {}
    return sorted(fields_in(model), key=lambda name: (name in common, name in common and name == "body"))


def field_edits(document: Document, values: Mapping[str, Any], order: Sequence[str]) -> list[Edit]:
    """The edits that give fields new values; a new field stands below the one before it in `order`.

    Comments between fields stay; those within a value that is replaced go with it. ValueError for a file that does not
    give every field lines of its own.
    """
    places = _places(document)
    edits = [(*places[name], record_text({name: value})) for name, value in values.items() if name in places]
    new: dict[int, str] = {}
    for name in sorted(values.keys() - places.keys(), key=order.index):
        before = [place for known, place in places.items() if order.index(known) < order.index(name)]
        at = max((end for _, end in before), default=0)
        new[at] = new.get(at, "") + record_text({name: values[name]})
    return edits + [(at, at, _line_break(document, at) + lines) for at, lines in new.items()]


def _places(document: Document) -> dict[str, tuple[int, int]]:
    """Where the lines of each field begin and end, without the comments and empty lines that follow them."""
    text = document.lines.text
    keys = sorted((start, str(path[0])) for path, (start, _) in document.nodes.keys.items() if len(path) == 1)
    if any(start and text[start - 1] != "\n" for start, _ in keys):
        raise ValueError(f"{document.path}: its fields do not have lines of their own: change it by hand")
    ends = [start for start, _ in keys[1:]] + [len(text)]
    return {name: (start, end - _after(text[start:end])) for (start, name), end in zip(keys, ends, strict=True)}


def _after(text: str) -> int:
    """How much of some lines follows a value: comments, empty lines, and the mark that ends a document."""
    lines, behind = text.splitlines(keepends=True), 0
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].startswith(("#", "..."))):
        behind += len(lines.pop())
    return behind


def new_field(document: Document, lines: str) -> Edit:
    """New lines for a field, a single one within braces: above a body in YAML, otherwise below the last field."""
    text, keys = document.lines.text, document.nodes.keys
    first = min(start for path, (start, _) in keys.items() if len(path) == 1)
    margin = text[text.rfind("\n", 0, first) + 1 : first]
    if "{" in margin:
        return first, first, f"{lines}, "
    _, at = TextFile(document.path, text).fields or (0, len(text))
    if ("body",) in keys:
        at = text.rfind("\n", 0, keys["body",][0]) + 1
    return at, at, _line_break(document, at) + indent(f"{lines}\n", margin)


def _line_break(document: Document, at: int) -> str:
    """The line break that new lines need first when a file does not end its last line."""
    return "" if at == 0 or document.lines.text[at - 1] == "\n" else "\n"
