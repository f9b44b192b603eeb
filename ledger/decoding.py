"""The bytes of one file → its text, or the reason why not.

In: bytes. Out: text with LF line breaks and no byte-order mark, and what is wrong with it. CRLF and CR are accepted;
characters that editors cannot see are not, since a reader would be shown something else than a reviewer saw.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from ledger.diagnostics import Diagnostic, Level, Lines, Span, error, warning

MAX_BYTES = 1 << 20
MAX_LINE = 100_000

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = "\ufeff"
MOST_SUSPECTS = 100
"""How many places of a file with characters that editors cannot see are named."""
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]++"
)
"""Characters that editors cannot see."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_OTHER_BREAK = re.compile("[\x0b\x0c\x85]")


def decode_text(path: str, data: bytes) -> tuple[str | None, list[Diagnostic]]:
    """Read bytes as UTF-8. The text is None when there is none; a text with an error is only good for showing it."""
    if data.startswith(_UTF16):
        return None, [error("not-utf8", Span(path), "this file is UTF-16; UTF-8 is needed", "save it as UTF-8")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return None, [_not_utf8(path, data, problem)]
    found: list[Diagnostic] = []
    if text.startswith(_BOM):
        text = text[1:]
        found.append(warning("byte-order-mark", Span(path), "a byte-order mark at the start was left out",
                             "save the file as UTF-8 without BOM"))  # fmt: skip
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = Lines(text)
    found += _suspects(path, text, lines)
    found += _long_lines(path, text, lines)
    return text, found


def _not_utf8(path: str, data: bytes, problem: UnicodeDecodeError) -> Diagnostic:
    before = data[: problem.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line = before.count(b"\n") + 1
    column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
    byte = data[problem.start]
    surrogate = data[problem.start : problem.start + 2] >= b"\xed\xa0" and byte == 0xED  # UTF-8 of U+D800
    kind = "half of a surrogate pair" if surrogate else f"byte 0x{byte:02X}"
    message = f"not UTF-8: {kind} at offset {problem.start}"
    hint = "save the file as UTF-8" + ("" if surrogate else "; it may be saved as Latin-1 or Windows-1252 now")
    return error("not-utf8", Span(path, line, column, line, column + 1), message, hint)


def control_in(path: str, text: str) -> Diagnostic | None:
    """The first control character of a text that is kept as it was read."""
    found = _CONTROL.search(text)
    if found is None:
        return None
    hint = "take the snapshot again with `ledger snapshot`, which leaves such characters out"
    message = f"U+{ord(found[0]):04X} is a control character"
    return error("control-character", Lines(text).span(path, *found.span()), message, hint)


def without_controls(text: str) -> str:
    """A text without control characters; those that break lines or pages become line breaks."""
    return _CONTROL.sub("", _OTHER_BREAK.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n")))


def _suspects(path: str, text: str, lines: Lines) -> Iterator[Diagnostic]:
    """What editors cannot see: a finding for each run of one character, up to a number per check, and how many more."""
    found, last = Counter[str](), dict[str, Diagnostic]()
    for start, char, count in _runs(text):
        level, check, message, hint = _suspect(char, count)
        found[check] += 1
        if found[check] <= MOST_SUSPECTS:
            last[check] = Diagnostic(lines.span(path, start, start + count), level, check, message, hint)
            yield last[check]
    for check, one in last.items():
        if (more := found[check] - MOST_SUSPECTS) > 0:
            yield one._replace(message=f"and at {more:,} more places of this file, characters of this sort")


def _runs(text: str) -> Iterator[tuple[int, str, int]]:
    """Each run of one such character: where it begins, the character, and how many there are."""
    for found in _UNSEEN.finditer(text):
        start = found.start()
        for char, run in groupby(found[0]):
            count = sum(1 for _ in run)
            yield start, char, count
            start += count


def _suspect(char: str, count: int) -> tuple[Level, str, str, str]:
    """How bad some of a character are, to which check, what is wrong with them, and what to do."""
    name = f"U+{ord(char):04X}" + (f" ({count:,} times)" if count > 1 else "")
    if char in "\x85\u2028\u2029":
        message = f"{name} breaks lines in some programs and not in others"
        return Level.WARNING, "unusual-line-break", message, "use an ordinary line break"
    if char == _BOM:
        return Level.ERROR, "byte-order-mark", f"{name}, a byte-order mark, stands inside the text", "remove it"
    if "\u200b" <= char < "\u2070":
        message = f"{name} cannot be seen and may change what is read"
        return Level.WARNING, "invisible-character", message, "remove it"
    what = "a control character" if unicodedata.category(char) == "Cc" else "not a character"
    return Level.ERROR, "control-character", f"{name} is {what}", "remove it"


def _long_lines(path: str, text: str, lines: Lines) -> Iterator[Diagnostic]:
    for number in range(1, lines.count + 1) if len(text) > MAX_LINE else ():
        start, end = lines.place(number)
        if end - start > MAX_LINE:
            span = lines.span(path, start + MAX_LINE, end)
            message = f"this line has {end - start:,} characters; {MAX_LINE:,} are the limit"
            yield error("too-large", span, message, "break the line")
