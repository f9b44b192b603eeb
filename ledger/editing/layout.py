"""The layout of a record's file: its fields in the order of the schema, two spaces a level, quotes where needed.

In: a file as it was read. Out: its text anew; or, where that cannot be done without a loss, the line and why. Values,
comments and lists stay as they are, and so do the body of a `.md` file, what stands in brackets or braces, and how
long texts are broken into lines. Nothing is given out of which it was not seen that it reads as the same data.
"""

import re
from collections import Counter
from itertools import dropwhile
from operator import not_
from typing import NamedTuple, TypeGuard

import yaml
from pydantic import BaseModel
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode

from ledger.diagnostics import has_errors
from ledger.documents import Document, read_document
from ledger.editing.rewriting import field_order
from ledger.editing.yamltext import is_plain
from ledger.files import TextFile
from ledger.modelling import fields_in
from ledger.records import kind_at
from ledger.validating import models_in

STEP = 2
"""How many spaces each level is indented."""
_SPACE = " \t"

_ODD = re.compile("[\x85\u2028\u2029\ufeff]")
_GIVEN = re.compile(r"[|>][+-]?[1-9]")
_LIKE_A_NUMBER = re.compile(r"[-+.]?\d")
_COLON = re.compile(r"[ \t]*:")
_BLOCK_STYLES = ("|", ">")
_PLAIN_TYPES = yaml.SafeLoader("")
_TEXT = "tag:yaml.org,2002:str"
Models = tuple[type[BaseModel], ...]


class Left(Exception):  # noqa: N818 - a fact about a file, and no bug
    """A file that is left as it is: the line that stands in the way, from 1, and why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line, self.why = line, why


class Spot(NamedTuple):
    """Where something goes, and the stretch of lines that it is in."""

    indent: int
    start: int
    end: int
    in_item: bool = False
    """Whether its first line is that of a dash."""


class Block(NamedTuple):
    """A key with its value, or an item of a list: its place, the lines above it, and its own."""

    rank: int
    above: list[str]
    lines: list[str]


def laid_out(file: TextFile) -> str:
    """The text of a file as it should be, with LF line breaks. Left when it cannot be laid out."""
    document, found = read_document(file)
    if document is None or has_errors(found):
        raise Left(found[0].span.line if found else 1, "it has errors")
    if odd := _ODD.search(file.text):
        raise Left(document.lines.position(odd.start())[0], "it holds a line break that editors do not show")
    start, end = file.fields or (0, 0)
    lines = _Layout(file, start, end).lines_anew()
    text = "".join([file.text[:start], *(f"{line}\n" for line in lines), file.text[end:]])
    _verify(file, document, len(found), text)
    return text


def _verify(file: TextFile, document: Document, findings: int, text: str) -> None:
    """Make sure that data and comments are the same and that there is no new finding."""
    again, found = read_document(TextFile(file.path, text))
    if again is None or again.data != document.data or len(found) > findings or _comments(text) != _comments(file.text):
        raise Left(1, "it is written in a way that cannot be laid out without a loss")


def _comments(text: str) -> Counter[str]:
    lines = (line.strip(_SPACE) for line in text.split("\n"))
    return Counter(line for line in lines if line.startswith("#"))


def ranks(model: type[BaseModel]) -> dict[str, int]:
    """The fields of a model with their places in the order of a file."""
    return {name: at for at, name in enumerate(field_order(model))}


class _Layout:
    """The fields of one file while they are laid out. Lines are counted from 0, and ends are behind the last one."""

    def __init__(self, file: TextFile, start: int, end: int) -> None:
        self.before = file.text.count("\n", 0, start)
        self.lines = file.text[start:end].removesuffix("\n").split("\n")
        self.models: Models = (kind_at(file.path).model,)
        self.root = yaml.compose(file.text[start:end], yaml.CSafeLoader)

    def left(self, line: int, why: str) -> Left:
        return Left(self.before + line + 1, why)

    def lines_anew(self) -> list[str]:
        root = self.root
        if not isinstance(root, MappingNode) or root.flow_style or root.start_mark.column:
            raise self.left(0, "all of it is in braces, or indented")
        first = root.start_mark.line
        blanks = [at for at in range(first) if not self.lines[at].strip(_SPACE)]
        head = blanks[-1] + 1 if blanks else 0
        anew = [*self.gap(0, head, 0), *self.mapping(root, self.models, Spot(0, head, len(self.lines)))]
        return anew if anew[0] else anew[1:]

    # Collections

    def collection(self, node: CollectionNode, models: Models, spot: Spot) -> list[str]:
        """A collection in block style, with all lines of its stretch."""
        return self.mapping(node, models, spot) if isinstance(node, MappingNode) else self.sequence(node, models, spot)

    def mapping(self, node: MappingNode, models: Models, spot: Spot) -> list[str]:
        keys = {key.value for key, _ in node.value}
        model = next((one for one in models if keys & ranks(one).keys()), None)
        order = ranks(model) if model else {}
        kinds = {name: field.annotation for name, field in fields_in(model).items()} if model else {}
        blocks: list[Block] = []
        at, following = spot.start, [key.start_mark.line for key, _ in node.value[1:]] + [spot.end]
        for (key, value), following_line in zip(node.value, following, strict=True):
            above = self.gap(at, key.start_mark.line, spot.indent, node.start_mark.column)
            at = self.end_of_block(value, node.start_mark.column, following_line)
            lines = self.field(key, value, tuple(models_in(kinds.get(key.value))), spot._replace(end=at))
            blocks.append(Block(order.get(key.value, len(order)), above, lines))
        blocks = self.in_order(blocks, node.start_mark.line, in_item=spot.in_item)
        return [
            *(line for block in blocks for line in (*block.above, *block.lines)),
            *self.gap(at, spot.end, spot.indent),
        ]

    def in_order(self, blocks: list[Block], line: int, *, in_item: bool) -> list[Block]:
        """The blocks by their rank. A comment goes with the field right below it."""
        ordered = sorted(blocks, key=lambda block: block.rank)
        if ordered == blocks:
            return blocks
        if any("" in dropwhile(not_, block.above) for block in blocks[1:]):
            raise self.left(line, "a comment with a blank line below it is between fields that are not in order")
        first = ordered[0]._replace(above=[line for line in ordered[0].above if line])
        if in_item and first.above:
            raise self.left(line, "there is a comment above the field that should begin this item")
        return [first, *ordered[1:]]

    def sequence(self, node: CollectionNode, models: Models, spot: Spot) -> list[str]:
        anew: list[str] = []
        column, at = node.start_mark.column, spot.start
        following = [value.start_mark.line for value in node.value[1:]] + [spot.end]
        for value, following_line in zip(node.value, following, strict=True):
            line, start = value.start_mark.line, value.start_mark.column
            if self.lines[line][column : column + 1] != "-" or self.lines[line][column + 1 : start].strip(_SPACE):
                raise self.left(line, "a list item does not begin on the line of its dash")
            above = self.gap(at, line, spot.indent, column)
            at = self.end_of_block(value, column, following_line)
            anew += [*above, *self.item(value, models, spot._replace(start=line, end=at), column)]
        return [*anew, *self.gap(at, spot.end, spot.indent)]

    def item(self, value: Node, models: Models, spot: Spot, column: int) -> list[str]:
        dash = f"{' ' * spot.indent}- "
        if not _is_block(value):
            return self.text(dash, value, spot, column)
        inner = Spot(spot.indent + STEP, spot.start, spot.end, in_item=True)
        first, *others = self.collection(value, models, inner)
        return [dash + first.lstrip(_SPACE), *others]

    # Fields

    def field(self, key: Node, value: Node, models: Models, spot: Spot) -> list[str]:
        line, column, end = key.start_mark.line, key.start_mark.column, key.end_mark.column
        colon = _COLON.match(self.lines[line], end)
        if key.end_mark.line != line or not colon:
            raise self.left(line, "this is not written as `field: value`")
        name = " " * spot.indent + self.lines[line][column:end] + ":"
        if value.start_mark.line == line and not _is_empty(value):
            return self.text(f"{name} ", value, spot, column)
        lines = [(name + self.lines[line][colon.end() :]).rstrip(_SPACE)]
        if _is_empty(value):
            return [*lines, *self.gap(line + 1, spot.end, spot.indent + STEP)]
        inner = Spot(spot.indent + STEP, line + 1, spot.end)
        if _is_block(value):
            return [*lines, *self.collection(value, models, inner)]
        if any(self.gap(line + 1, value.start_mark.line, 0)):
            raise self.left(line + 1, "there is a comment between a field and its value")
        return [*lines, *self.text(" " * inner.indent, value, spot, column)]

    def text(self, opening: str, node: Node, spot: Spot, column: int) -> list[str]:
        """A text, or a list or mapping in brackets; `column` is where its field or item begins."""
        first, end = node.start_mark.line, self.end_of(node)
        below = spot.indent + STEP
        if isinstance(node, ScalarNode) and node.style in _BLOCK_STYLES:
            return [*self.block_text(opening, node, spot.indent, column), *self.gap(end, spot.end, spot.indent)]
        if first + 1 == end:
            written = self.lines[first][node.start_mark.column : node.end_mark.column]
            lines = [opening + _unquoted(node, written) + self.lines[first][node.end_mark.column :]]
        else:
            further = self.lines[first + 1 : end]
            lines = [opening + self.lines[first][node.start_mark.column :]]
            if isinstance(node, CollectionNode):
                lines += [_shifted(line, spot.indent - column) for line in further]
            else:
                lines += [_at(line, below) for line in further]
        lines[-1] = lines[-1].rstrip(_SPACE)
        return [*lines, *self.gap(end, spot.end, below)]

    def block_text(self, opening: str, node: ScalarNode, indent: int, column: int) -> list[str]:
        """A text behind `|` or `>`; blank lines at its end are not its own unless it says so."""
        first, lines = node.start_mark.line, self.lines[node.start_mark.line + 1 : self.end_of(node)]
        header = self.lines[first][node.start_mark.column :].rstrip(_SPACE)
        written = next((_indent(line) for line in lines if line.strip(" ")), 0)
        shift = indent - column if _GIVEN.match(header) else indent + STEP - written
        return [opening + header, *(_shifted(line, shift) for line in lines)]

    # Lines

    def gap(self, start: int, end: int, indent: int, column: int | None = None) -> list[str]:
        """Comments and blank lines, of which no two follow each other; what begins behind a column, further in."""
        anew: list[str] = []
        for at, line in enumerate(self.lines[start:end], start):
            words = line.strip(_SPACE)
            if words and not words.startswith("#"):
                raise self.left(at, "this is neither a field nor a comment")
            further = STEP if column is not None and _indent(line) > column else 0
            if words or not anew or anew[-1]:
                anew.append(" " * (indent + further) + words if words else "")
        while end == len(self.lines) and anew and not anew[-1]:
            anew.pop()
        return anew

    def end_of_block(self, value: Node, column: int, following: int) -> int:
        """Where a field or item ends that begins in a column: comments below it that are indented further are its."""
        end = at = self.end_of(value)
        for number, line in enumerate(self.lines[at:following], at):
            words = line.strip(_SPACE)
            if words and _indent(line) <= column:
                break
            end = number + 1 if words else end
        return end

    def end_of(self, node: Node) -> int:
        """The line behind the last one of a value."""
        if _is_block(node):
            last = node.value[-1]
            return self.end_of(last[1] if isinstance(last, tuple) else last)
        end = node.end_mark.line + (node.end_mark.column > 0 or node.end_mark.line == node.start_mark.line)
        if isinstance(node, ScalarNode) and node.style in _BLOCK_STYLES:
            end = min(end, len(self.lines))
            keeps = "+" in self.lines[node.start_mark.line][node.start_mark.column :].partition("#")[0]
            while not keeps and end > node.start_mark.line + 1 and not self.lines[end - 1].strip(_SPACE):
                end -= 1
        return end


def _is_block(node: Node) -> TypeGuard[CollectionNode]:
    return isinstance(node, CollectionNode) and not node.flow_style


def _is_empty(node: Node) -> bool:
    return node.start_mark.index == node.end_mark.index


def _unquoted(node: Node, written: str) -> str:
    """A text without quotes where it reads as the same text without them, to any reader of YAML 1.1 or 1.2."""
    if not isinstance(node, ScalarNode) or node.style not in ("'", '"') or not is_plain(node.value):
        return written
    kind = _PLAIN_TYPES.resolve(ScalarNode, node.value, (True, False))  # type: ignore[no-untyped-call]
    return written if kind != _TEXT or _LIKE_A_NUMBER.match(node.value) else str(node.value)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _shifted(line: str, shift: int) -> str:
    return " " * max(0, _indent(line) + shift) + line.lstrip(" ")


def _at(line: str, indent: int) -> str:
    words = line.lstrip(_SPACE)
    return " " * indent + words if words else ""
