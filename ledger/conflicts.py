"""What git leaves in a file where two branches changed the same lines: both versions, between marks.

In: the text of one file. Out: a finding for each place that was not merged, before anything else is read of the file.
The marks are those of `git merge-file`: `<<<<<<<`, `|||||||` (with diff3), `=======` and `>>>>>>>`, at least seven
signs from the first column on, with a name behind them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from ledger.diagnostics import Diagnostic, Lines, error
from ledger.files import TextFile

_MARK = re.compile(r"^(?:<{7,}|>{7,})(?: .*)?$", re.MULTILINE)
_YAML_MARK = re.compile(r"^(?:={7,}|(?:<{7,}|\|{7,}|>{7,})(?: .*)?)$", re.MULTILINE)
"""In fields no line begins so; in a body seven `=` underline a heading, and seven `>` are quotations in each other."""
_HINT = "keep what is right and remove the lines that begin with {}; a space before a mark makes it text"


def conflicts(file: TextFile) -> list[Diagnostic]:
    """Every place where two versions wait to be merged, and every mark that was left behind."""
    if not any(mark in file.text for mark in ("<<<<<<<", "|||||||", "=======", ">>>>>>>")):
        return []
    return list(_found(file, Lines(file.text)))


def _found(file: TextFile, lines: Lines) -> Iterator[Diagnostic]:
    (_, fields_end), past = file.fields or (0, 0), 0
    closings: dict[int, list[re.Match[str]]] = {}
    for mark in _MARK.finditer(file.text):
        if mark[0][0] == ">":
            closings.setdefault(_size(mark), []).append(mark)
    starts = {size: [closing.start() for closing in found] for size, found in closings.items()}
    for mark in _YAML_MARK.finditer(file.text):
        if mark.start() < past:
            continue
        at = bisect_left(starts.get(_size(mark), []), mark.start())
        if mark[0][0] == "<" and at < len(starts.get(_size(mark), [])):
            closing = closings[_size(mark)][at]
            past = closing.end()
            yield _conflict(file, lines, mark, closing)
        elif mark.start() < fields_end or (mark[0][0] == "<" and " " in mark[0]):
            message = f"a mark of a conflict was left behind: {mark[0][:60]}"
            hint = _HINT.format("<<<<<<<, =======, >>>>>>>")
            yield error("merge-conflict", lines.span(file.path, *mark.span()), message, hint)


def _conflict(file: TextFile, lines: Lines, first: re.Match[str], last: re.Match[str]) -> Diagnostic:
    span = lines.span(file.path, first.start(), last.end())
    ends = " and ".join(_end(mark, line) for mark, line in ((first, span.line), (last, span.end_line)))
    marks = "<<<<<<<, |||||||, =======, >>>>>>>" if "\n|||||||" in file.text else "<<<<<<<, =======, >>>>>>>"
    return error("merge-conflict", span, f"two versions wait to be merged here: {ends}", _HINT.format(marks))


def _end(mark: re.Match[str], line: int) -> str:
    name = mark[0].lstrip("<>").strip()[:60]
    return f"'{name}' (line {line})" if name else f"line {line}"


def _size(mark: re.Match[str]) -> int:
    return len(mark[0]) - len(mark[0].lstrip(mark[0][0]))
