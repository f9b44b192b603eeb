"""Edits to a file as its editor wrote it: line breaks, quotes, comments and byte-order mark stay as they are.

In: a file's bytes, its text with LF line breaks, and edits at offsets of that text. Out: the bytes after the edits.
"""

import re
from collections.abc import Iterable

from ledger.diagnostics import Lines
from ledger.documents import Document

Edit = tuple[int, int, str]
"""Offsets in a text, and what stands there afterwards."""
_FORMER = ("former_ids",)


def respelled(data: bytes, lines: Lines, edits: Iterable[Edit]) -> bytes:
    """The bytes after the edits; new lines are broken as the file breaks its lines."""
    raw = data.decode("utf-8")
    mark = raw[: raw.startswith("\ufeff")]
    raw = raw[len(mark) :]
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", raw))]
    break_ = next(iter(re.findall(r"\r\n|\r|\n", raw)), "\n")

    def place(offset: int) -> int:
        row, column = lines.position(offset)
        return starts[row - 1] + column - 1

    for start, end, new in sorted(edits, reverse=True):
        raw = raw[: place(start)] + new.replace("\n", break_) + raw[place(end) :]
    return (mark + raw).encode("utf-8")


def insert_former(document: Document, old: str, new: str) -> list[Edit]:
    """The edit that makes the old id a former one; the new one, if it was one, is no longer."""
    values, text = document.nodes.values, document.lines.text
    listed = document.data.get("former_ids")
    if listed and new in listed:
        start, end = values[*_FORMER, listed.index(new)]
        at = text.index(new, start, end)
        return [(at, at + len(new), old)]
    if listed:
        start = values[*_FORMER, 0][0]
        before = text[text.rfind("\n", 0, start) + 1 : start]
        dash = re.fullmatch(r"[ ]*- +", before)
        at = start - len(before) if dash else start
        return [(at, at, f"{before}{old}\n" if dash else f"{old}, ")]
    if _FORMER in document.nodes.keys:
        at = document.nodes.keys[_FORMER][1]
        at = text.index(":", at) + 1
        opened = text.find("[", at, text.find("\n", at) + 1 or None) + 1
        return [(opened, opened, old)] if opened else [(at, at, f" [{old}]")]
    return [_new_field(document, f"former_ids: [{old}]")]


def _new_field(document: Document, line: str) -> Edit:
    """A new line for a field: above a body in YAML, else below the last field."""
    text = document.lines.text
    first = min(start for (path, (start, _)) in document.nodes.keys.items() if len(path) == 1)
    margin = text[text.rfind("\n", 0, first) + 1 : first]
    if "{" in margin:
        return first, first, f"{line}, "
    if ("body",) in document.nodes.keys:
        at = text.rfind("\n", 0, document.nodes.keys["body",][0]) + 1
    elif document.path.endswith(".md"):
        opening = re.match(r"---[ \t]*\n", text)
        closing = re.compile(r"^---[ \t]*$", re.MULTILINE).search(text, opening.end() if opening else 0)
        at = closing.start() if closing else len(text)
    else:
        at = len(text)
    broken = "" if at == 0 or text[at - 1] == "\n" else "\n"
    return at, at, f"{broken}{margin}{line}\n"
