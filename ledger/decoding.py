"""The bytes of one file → its text, or the reason why not.

In: bytes. Out: text with LF line breaks and no byte-order mark, and what is wrong with it. CRLF and CR are accepted;
characters that editors cannot see are not, since a reader would be shown something else than a reviewer saw.
"""

import re
import unicodedata
from collections.abc import Iterator

from ledger.diagnostics import Diagnostic, Lines, Span, error, warning

MAX_BYTES = 1 << 20
MAX_LINE = 100_000

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BOM = "\ufeff"
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]|\ufeff|[\ufdd0-\ufdef\ufffe\uffff]"
    "|[\x85\u2028\u2029]|[\u200b\u2060\u202a-\u202e\u2066-\u2069]"
)


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
    surrogate = data[problem.start : problem.start + 2] >= b"\xed\xa0" and byte == 0xED  # noqa: PLR2004 - UTF-8 of U+D800
    kind = "half of a surrogate pair" if surrogate else f"byte 0x{byte:02X}"
    message = f"not UTF-8: {kind} at offset {problem.start}"
    hint = "save the file as UTF-8" + ("" if surrogate else "; it may be saved as Latin-1 or Windows-1252 now")
    return error("not-utf8", Span(path, line, column, line, column + 1), message, hint)


def _suspects(path: str, text: str, lines: Lines) -> Iterator[Diagnostic]:
    for match in _SUSPECT.finditer(text):
        char, span = match.group(), lines.span(path, *match.span())
        name = f"U+{ord(char):04X}"
        if char in "\x85\u2028\u2029":
            hint = "use an ordinary line break"
            yield warning("unusual-line-break", span, f"{name} breaks lines in some programs and not in others", hint)
        elif char == _BOM:
            yield error("byte-order-mark", span, f"{name}, a byte-order mark, stands inside the text", "remove it")
        elif char in "\u200b\u2060" or (char > "\u2029" and char < "\u2070"):
            yield warning(
                "invisible-character", span, f"{name} cannot be seen and may change what is read", "remove it"
            )
        else:
            what = "a control character" if unicodedata.category(char) == "Cc" else "not a character"
            yield error("control-character", span, f"{name} is {what}", "remove it")


def _long_lines(path: str, text: str, lines: Lines) -> Iterator[Diagnostic]:
    for number in range(1, lines.count + 1) if len(text) > MAX_LINE else ():
        start, end = lines.place(number)
        if end - start > MAX_LINE:
            span = lines.span(path, start + MAX_LINE, end)
            message = f"this line has {end - start:,} characters; {MAX_LINE:,} are the limit"
            yield error("too-large", span, message, "break the line")
