"""YAML text → plain strings, lists and dicts, with the place of every key and value.

In: the text of one record and where its YAML stands in it. Out: the nodes and what is wrong with them.
Only a small part of YAML is accepted: one document of mappings, sequences and scalars. It is read from libyaml's
events, since its own tree builders crash or run for ever on small hostile files; every scalar stays text.
What is wrong with the syntax is put into words in `yamlsyntax.py`.
"""

import re
import sys
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, NamedTuple

import yaml

from ledger.diagnostics import Diagnostic, Lines, Span, error, warning
from ledger.yamlsyntax import ANCHOR_HINT, KEY_HINT, TAG_HINT, explain_syntax

MAX_DEPTH: Final = 32
MAX_NODES: Final = 50_000
_LONGEST_KEY: Final = 1_024
"""Of a key that no `?` announces, to YAML."""
_BREAKS: Final = "\x85\u2028\u2029"
_NO_BREAKS: Final = "\ufdd0\ufdd1\ufdd2"
_TO_PARSER: Final = str.maketrans(_BREAKS, _NO_BREAKS)
_FROM_PARSER: Final = str.maketrans(_NO_BREAKS, _BREAKS)
"""Line breaks to libyaml but to no editor; it is shown characters that no file may hold."""
_COMMENT: Final = re.compile(r"[ \t]++(#.*+)")
_DEEPER_ENTRY: Final = re.compile(r"\n[ ]*+(- [^\r\n]*)")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What an escape in double quotes may not bring in either; a carriage return is one of them."""

FieldPath = tuple[str | int, ...]
Node = str | list[Any] | dict[str, Any]
Places = dict[FieldPath, tuple[int, int]]


class Nodes(NamedTuple):
    """A record's plain data and, by field path, the offsets of each key and each value in its text."""

    data: dict[str, Any]
    keys: Places
    """Where each key stands; the first of the same."""
    values: Places
    """Where each value stands; the last of the same."""
    leaves_out: bool
    """Whether there are keys that the data do not have: they have no value, or are given twice."""

    def with_field(self, name: str, value: str, start: int, end: int) -> "Nodes":
        """The same nodes and one more, which stands outside the YAML and has no key there."""
        return self._replace(data={**self.data, name: value}, values={**self.values, (name,): (start, end)})


class _Stop(Exception):  # noqa: N818 - not an error of the program: reading ends here, the problem is noted
    pass


def build_nodes(path: str, lines: Lines, start: int, end: int) -> tuple[Nodes | None, list[Diagnostic]]:
    """Read `lines.text[start:end]` as one mapping. Nodes are None when nothing usable could be read."""
    builder = _Builder(path, lines, start, end)
    try:
        data = builder.document()
    except _Stop:
        return None, builder.found
    except yaml.MarkedYAMLError as problem:
        return None, _refused(builder, problem)
    if not isinstance(data, dict):
        hint = "begin every line with the name of a field and a colon"
        builder.report("wrong-type", (0, 0), "a record is made of lines of `field: value`", hint)
        return None, builder.found
    return Nodes(data, builder.keys, builder.values, builder.leaves_out), builder.found


class _Builder:
    """State of one reading: where the next event comes from, what has been placed, what has been found."""

    def __init__(self, path: str, lines: Lines, start: int, end: int) -> None:
        self.path, self.lines, self.start = path, lines, start
        self.text = lines.text[start:end]
        self.swapped = any(char in self.text for char in _BREAKS)
        shown = self.text.translate(_TO_PARSER) if self.swapped else self.text
        self.next: Callable[[], Any] = _events(shown)
        self.found: list[Diagnostic] = []
        self.keys: Places = {}
        self.values: Places = {}
        self.count = 0
        self.quoted = (0, 0)
        self.leaves_out = False

    def span(self, start: int, end: int) -> Span:
        return self.lines.span(self.path, self.start + start, self.start + end)

    def report(self, check: str, mark: tuple[int, int], message: str, hint: str) -> None:
        self.found.append(error(check, self.span(*mark), message, hint))

    def stop(self, check: str, event: Any, message: str, hint: str) -> _Stop:
        self.report(check, _mark(event), message, hint)
        return _Stop()

    def document(self) -> Node | None:
        self.next()
        opening = self.next()
        if isinstance(opening, yaml.StreamEndEvent):
            return {}
        if opening.version or opening.tags:
            raise self.stop("yaml-directive", opening, "YAML directives are not supported", "remove this line")
        node = self.node(self.next(), ())
        self.next()
        if not isinstance(following := self.next(), yaml.StreamEndEvent):
            hint = "remove the line, or put what follows into a file of its own"
            raise self.stop("second-document", following, "a file holds one record: a second begins here", hint)
        return node

    def node(self, event: Any, path: FieldPath, key: tuple[int, int] | None = None) -> Node | None:
        self.bound(event, len(path))
        self.values[path] = self.start + event.start_mark.index, self.start + event.end_mark.index
        if key:
            self.keys.setdefault(path, (self.start + key[0], self.start + key[1]))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.mapping(path)

    def bound(self, event: Any, depth: int) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            raise self.stop("too-large", event, f"more than {MAX_NODES:,} values in one record", "divide the record")
        if depth > MAX_DEPTH:
            raise self.stop("too-large", event, f"nested more than {MAX_DEPTH} levels deep", "make it flatter")
        if event.anchor:
            raise self.stop("yaml-alias", event, "anchors (&) and aliases (*) are not supported", ANCHOR_HINT)
        if event.tag is not None:
            raise self.stop("yaml-tag", event, "tags (!) are not supported", TAG_HINT)

    def scalar(self, event: Any) -> str | None:
        value, end = self.value_of(event), event.end_mark.index
        if not event.style:
            if self.text.startswith((" ", "\t"), end):
                self.comment_after(end)
            if event.start_mark.line < event.end_mark.line:
                self.check_continued(event)
            return value or None
        if event.style in "'\"":
            self.quoted = _mark(event)
        if forbidden := _FORBIDDEN.search(value):
            message = f"an escape here stands for U+{ord(forbidden[0]):04X}, a control character"
            self.report("control-character", _mark(event), message, "remove it, or write \\\\ for a backslash")
        return value

    def value_of(self, event: Any) -> str:
        return str(event.value).translate(_FROM_PARSER) if self.swapped else str(event.value)

    def check_continued(self, event: Any) -> None:
        """An entry of a list that is indented deeper than the one above is no entry to YAML, but goes on with it."""
        if entry := _DEEPER_ENTRY.search(self.text, *_mark(event)):
            message = "this line begins with `- `, and yet it continues the value above"
            hint = "begin every `-` of one list in the same column; if it is text, put the whole value in quotes"
            self.report("invalid-yaml", entry.span(1), message, hint)
            raise _Stop

    def comment_after(self, end: int) -> None:
        if comment := _COMMENT.match(self.text, end):
            span = self.span(*comment.span(1))
            hint = "quote the value if the text after # belongs to it; else put the comment on a line of its own"
            self.found.append(warning("comment-in-value", span, "what follows ` #` is a comment and is not read", hint))

    def sequence(self, path: FieldPath) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            item = self.node(event, (*path, len(items)))
            if item is None:
                hint = "write something after the `-`, or remove it"
                self.report("blank-text", _mark(event), "this list item is empty", hint)
            items.append("" if item is None else item)
        return items

    def mapping(self, path: FieldPath) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        seen: dict[str, tuple[int, int]] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            key = self.key(event)
            mark = _mark(event)
            first = seen.setdefault(_composed(key), mark)
            if first is not mark:
                message = f"`{key}` is given twice; the first is on line {self.span(*first).line}"
                self.report("duplicate-key", mark, message, "keep one of the two")
            value = self.node(self.next(), (*path, key), mark)
            if value is not None and first is mark:
                fields[key] = value
            else:
                self.leaves_out = True
        return fields

    def key(self, event: Any) -> str:
        self.bound(event, 0)
        if not isinstance(event, yaml.ScalarEvent) or not event.value.strip():
            raise self.stop("bad-key", event, "the name of a field is a word", KEY_HINT)
        if event.value == "<<" and not event.style:
            raise self.stop("yaml-merge", event, "merge keys (<<) are not supported", "write the fields out")
        return sys.intern(self.value_of(event))


def _events(text: str) -> Callable[[], Any]:
    """What gives libyaml's events of a text one by one, and None after the last."""
    return yaml.CSafeLoader(text).get_event


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.index, event.end_mark.index


def _composed(key: str) -> str:
    """A key as it is compared; to compose a long pile of accents takes time that grows with its square."""
    return key if key.isascii() or len(key) > _LONGEST_KEY else unicodedata.normalize("NFC", key)


def _refused(builder: _Builder, problem: yaml.MarkedYAMLError) -> list[Diagnostic]:
    """What is wrong where libyaml refuses to read on.

    It reads ahead, and some versions have a bound on nesting of their own: ours speaks first if it was passed by then.
    """
    mark = problem.problem_mark or problem.context_mark
    at = mark.index if mark else 0
    if _too_deep(builder.text[:at]):
        builder = _Builder(builder.path, builder.lines, builder.start, builder.start + at)
        with suppress(_Stop):
            builder.document()
        return builder.found
    opened = problem.context_mark.index if problem.context_mark else at
    words = f"{problem.context or ''}; {problem.problem or ''}"
    fault = explain_syntax(builder.text, words, at=at, opened=opened, quoted=builder.quoted)
    return [*builder.found, error(fault.check, builder.span(fault.start, fault.end), fault.message, fault.hint)]


def _too_deep(text: str) -> bool:
    """Whether a text is nested deeper than we read, before anything else is wrong with it."""
    depth = 0
    with suppress(yaml.YAMLError):
        for event in iter(_events(text.translate(_TO_PARSER)), None):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH + 1:
                return True
    return False
