"""Text → document: what stands where in one record's file, before it means anything.

In: the text of one file. Out: its plain data, its Markdown body, and the place of every field.
"""

import re
from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ledger.conflicts import conflicts
from ledger.diagnostics import Diagnostic, Lines, Span, error
from ledger.files import TextFile
from ledger.references import may_refer, places
from ledger.yamlnodes import FieldPath, Nodes, build_nodes


class Document(NamedTuple):
    """One parsed file: where it stands, its data, and the offsets of its fields."""

    path: str
    lines: Lines
    nodes: Nodes

    @property
    def data(self) -> dict[str, Any]:
        """The fields as plain strings, lists and dicts."""
        return self.nodes.data

    def span(self, path: FieldPath = ()) -> Span:
        """The place of a field's value, or of the nearest thing around it that exists."""
        while path and path not in self.nodes.values:
            path = path[:-1]
        start, end = self.nodes.values.get(path, (0, 0))
        return self.lines.span(self.path, start, start + len(self.lines.text[start:end].rstrip()) if path else start)

    def key_span(self, path: FieldPath) -> Span:
        """The place of a field's name, or of the value around it when the field is not there."""
        if path in self.nodes.keys:
            return self.lines.span(self.path, *self.nodes.keys[path])
        place = self.span(path[:-1])
        return Span(place.path, place.line, place.column, place.line, place.column)

    def inner_span(self, path: FieldPath, wanted: str, nth: int = 0) -> Span:
        """The place of the nth appearance of some words inside a field, as far as it stands there as such."""
        found = _appearances(self.lines.text, *self.nodes.values.get(path, (0, 0)), wanted)
        if nth >= len(found):
            return self.span(path)
        return self.lines.span(self.path, found[nth], found[nth] + len(wanted))


def _appearances(text: str, start: int, end: int, wanted: str) -> Sequence[int]:
    """Where some words stand in `text[start:end]`; what stands there of references is listed once for all of them."""
    if may_refer(wanted[:2]) and wanted in places(wanted, 0, len(wanted)):
        return _references(text, start, end).get(wanted, ())
    return _others(text, start, end, wanted)


_references = lru_cache(maxsize=4)(places)


@lru_cache(maxsize=4)
def _others(text: str, start: int, end: int, wanted: str) -> Sequence[int]:
    found, at = array("L"), text.find(wanted, start, end)
    while at >= 0:
        found.append(at)
        at = text.find(wanted, at + 1, end)
    return found


def read_document(file: TextFile) -> tuple[Document | None, list[Diagnostic]]:
    """Split front matter from body where there is one, and read the fields; while it is not merged, neither."""
    if unmerged := conflicts(file):
        return None, unmerged
    lines = Lines(file.text)
    if not file.path.endswith(".md"):
        if not re.search(r"^[^#\n]*[^#\s]", file.text, re.MULTILINE):
            return None, [
                error("empty-record", Span(file.path), "there is no record in this file", "fill it or remove it")
            ]
        nodes, found = build_nodes(file.path, lines, 0, len(file.text))
        return (Document(file.path, lines, nodes) if nodes else None), found
    return _front_matter(file, lines)


def _front_matter(file: TextFile, lines: Lines) -> tuple[Document | None, list[Diagnostic]]:
    fields, is_opened = file.fields, file.text.partition("\n")[0].rstrip(" \t") == "---"
    if not is_opened or not fields:
        return None, [_no_front_matter(file, opened=is_opened)]
    nodes, found = build_nodes(file.path, lines, *fields)
    if nodes is None:
        return None, found
    below = file.text[fields[1] :].partition("\n")[2]
    start = len(file.text) - len(below.lstrip("\n"))
    body = file.text[start:].rstrip()
    if not body:
        return Document(file.path, lines, nodes), found
    if "body" in nodes.data:
        hint = "keep the text below the closing --- and remove the field"
        span = lines.span(file.path, *nodes.keys["body",])
        found.append(error("duplicate-key", span, "`body` is given as a field and below the front matter", hint))
    return Document(file.path, lines, nodes.with_field("body", body + "\n", start, start + len(body))), found


def _no_front_matter(file: TextFile, *, opened: bool) -> Diagnostic:
    if opened:
        message, hint = "the front matter is never closed", "add a line with only --- below the fields"
    elif file.text.startswith("+++"):
        message, hint = "front matter in TOML is not read", "write it as YAML between two lines of ---"
    else:
        message, hint = "a .md record starts with its fields", "put them between two lines of --- at the top"
    return error("front-matter", Span(file.path), message, hint)
