"""What is wrong with the content, as values: where it is, how bad it is, what to do about it.

In: findings of every stage. Out: one sorted list of them, as text with the real line and a caret, as JSON lines,
or as annotations for a CI log. Lines and columns count from 1, columns in characters (code points).
"""

import json
import re
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

PUBLISHED = "the new site is published"
"""Noted of whatever stops a build after that."""
LONGEST_MESSAGE = 2_000
"""How many characters of a message or a hint are shown; what it names of the content may be longer."""
WIDTH = 100
"""How many characters of a source line are shown."""
MARGIN = len("    1 | ")
"""How many columns stand before it."""


class Level(StrEnum):
    """An error stops publication; a warning does so only under `--strict`."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """A stretch of one file. `end_column` is the column after the last character; the path uses `/`."""

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


class Diagnostic(NamedTuple):
    """One finding: the check that made it, its level, where, what is wrong, and what to do (may be empty)."""

    span: Span
    level: Level
    check: str
    message: str
    hint: str = ""


def error(check: str, span: Span, message: str, hint: str = "") -> Diagnostic:
    """A finding that stops publication."""
    return Diagnostic(span, Level.ERROR, check, message, hint)


def in_words(problem: Diagnostic) -> str:
    """What is wrong and what to do, in one line."""
    return ": ".join(filter(None, (problem.message, problem.hint)))


def warning(check: str, span: Span, message: str, hint: str = "") -> Diagnostic:
    """A finding that is worth a look and stops nothing."""
    return Diagnostic(span, Level.WARNING, check, message, hint)


def as_row(problem: Diagnostic) -> list[Any]:
    """A finding as plain values."""
    return [*problem.span, *problem[1:]]


def from_row(row: Any) -> Diagnostic:
    """The finding again."""
    return Diagnostic(Span(*row[:5]), Level(row[5]), *row[6:])


class Lines:
    """The lines of one text, broken at LF, CRLF and CR as editors break them, and nowhere else."""

    __slots__ = ("__dict__", "text")

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _starts(self) -> "array[int]":
        """Where each line begins; few texts are asked for a line."""
        return array("I", [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", self.text))])

    @property
    def count(self) -> int:
        """How many lines there are: an empty one stands after the last break."""
        return len(self._starts)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of a character offset."""
        row = bisect_right(self._starts, offset) - 1
        return row + 1, offset - self._starts[row] + 1

    def span(self, path: str, start: int, end: int) -> Span:
        """The span of `text[start:end]`."""
        return Span(path, *self.position(start), *self.position(max(start, end)))

    def place(self, number: int) -> tuple[int, int]:
        """The offsets of one line, without its break; those of the end for a line that is not there."""
        if not 1 <= number <= len(self._starts):
            return len(self.text), len(self.text)
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return start, start + len(self.text[start:end].rstrip("\r\n"))

    def line(self, number: int) -> str:
        """One line without its break; empty past the end."""
        return self.text[slice(*self.place(number))]


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """`did you mean 'title'?`, or nothing when no known word is close."""
    close = nearest(wrong, known)
    return f"did you mean '{close}'?" if close else ""


def nearest(wrong: str, known: Iterable[str]) -> str:
    """The known word that is closest to a wrong one; nothing when none is close."""
    from difflib import get_close_matches  # seldom needed

    close = get_close_matches(wrong.casefold(), sorted(set(known)), n=1, cutoff=0.7)
    return close[0] if close else ""


def with_nearest(message: str, id_: str, known: Iterable[str]) -> str:
    """A message on an id that nothing has, and the id that was perhaps meant."""
    near = did_you_mean(stem(id_), known)
    return f"{message}: {near}" if near else message


def stem(written: str) -> str:
    """The id in what looks like a path, of Windows too: `x` of `../claims/x.html`."""
    return written.replace("\\", "/").rpartition("/")[2].partition(".")[0]


def shown_path(content: str, path: str) -> str:
    """The path of a finding as the editor can open it: below the content folder, or whole where it lies elsewhere."""
    if path.startswith("/") or path[1:2] == ":":
        from ledger.system import near  # only for what lies elsewhere

        return near(path)
    content = content.replace("\\", "/").rstrip("/")
    return content if path == "." else f"{content}/{path}"


def in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Every finding once, by path, place, level, check and words."""
    return sorted(set(found), key=lambda d: (d.span, d.level, d.check, d.message, d.hint))


def has_errors(found: Iterable[Diagnostic], *, strict: bool = False, drafts: Collection[str] = ()) -> bool:
    """Whether publication must stop; a warning stops nothing in the files of `drafts`, which are not published."""
    return any(d.level is Level.ERROR or (strict and d.span.path not in drafts) for d in found)


def as_text(diagnostic: Diagnostic, line: str | None, width: int = WIDTH) -> str:
    """`path:line:col: level[check]: message`, the line with a caret under it, the hint."""
    span, message = diagnostic.span, in_short(diagnostic.message)
    parts = [f"{visible(span.path)}:{span.line}:{span.column}: {diagnostic.level}[{diagnostic.check}]: {message}"]
    if line is not None and line.strip():
        parts += excerpt(line, span, width)
    if diagnostic.hint:
        parts.append(f"  hint: {in_short(diagnostic.hint)}")
    return "\n".join(parts)


def excerpt(line: str, span: Span, width: int = WIDTH) -> list[str]:
    """The source line, cut around the column if long and with control characters shown, and the caret line."""
    start = max(0, min(span.column - 1 - width // 2, len(line) - width))
    shown = line[start : start + width]
    column = span.column - 1 - start
    end = span.end_column - 1 - start if span.end_line == span.line else len(shown)
    carets = "^" * max(1, min(end, len(shown)) - column)
    margin = f"{span.line:>5} | "
    return [margin + visible(shown), " " * (len(margin) - 2) + "| " + " " * column + carets]


def visible(text: str) -> str:
    """Text that is safe on a terminal: control and direction characters become one visible mark each."""
    text = text.replace("\t", " ")
    return text if text.isprintable() else "".join(char if char.isprintable() else "�" for char in text)


def in_short(text: str) -> str:
    """The words of a finding, safe on a terminal and cut at a length that no sentence of the program reaches."""
    return visible(text if len(text) <= LONGEST_MESSAGE else text[: LONGEST_MESSAGE - 1] + "…")


def as_json(diagnostic: Diagnostic) -> str:
    """One JSON object on one line."""
    span = diagnostic.span
    return json.dumps(
        {
            "path": span.path,
            "line": span.line,
            "column": span.column,
            "end": {"line": span.end_line, "column": span.end_column},
            "level": str(diagnostic.level),
            "check": diagnostic.check,
            "message": diagnostic.message[:LONGEST_MESSAGE],
            "hint": diagnostic.hint[:LONGEST_MESSAGE],
        },
        sort_keys=True,
    )


def as_annotation(diagnostic: Diagnostic) -> str:
    """One workflow command that a CI log shows beside the changed line."""
    span = diagnostic.span
    where = f"file={_property(span.path)},line={span.line},endLine={span.end_line},col={span.column}"
    words = in_short(diagnostic.message) + (f" ({in_short(diagnostic.hint)})" if diagnostic.hint else "")
    return f"::{diagnostic.level} {where},title={_property(diagnostic.check)}::{_data(words)}"


def _data(text: str) -> str:
    return text.replace("%", "%25")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
