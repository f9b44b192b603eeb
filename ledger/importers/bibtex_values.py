"""The value of a BibTeX field as it is written → its text.

In: pieces in braces, in quotation marks or bare, joined by `#`, and the texts of the file's `@string`s. Out: the text
with its LaTeX, and what in it could not be read.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger.dates import SHORT_MONTHS

Strings = Mapping[str, str]
"""The texts of `@string`s by their names in small letters."""
_QUOTED = re.compile(r'"((?:\\.|\{"\}|[^"\\])*)"?', re.DOTALL)
_BARE = re.compile(r"[^\s#{\"]+")
_BRACE = re.compile(r"(?<!\\)[{}]")
_JOINT = re.compile(r"\s*#\s*")
_LONGEST = 100_000
"""The longest text of an `@string`, in characters: a few lines could else make one without end."""


@dataclass(frozen=True, slots=True)
class Value:
    """A text, the names in it that no `@string` has and that stand for themselves, and what follows without a `#`."""

    text: str
    missing: tuple[str, ...] = ()
    rest: str = ""


def strings_of(written: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The texts of `@string`s, given as name and value, each of which may use those above it.

    One that could not be read whole has none, which is told of every value that uses it.
    """
    made: dict[str, str] = {}
    for name, written_value in written:
        value = read_value(written_value, made)
        if len(value.text) <= _LONGEST and not (value.missing or value.rest):
            made[name.lower()] = value.text
    return made


def read_value(written: str, strings: Strings) -> Value:
    """Read a value."""
    value, parts, missing = written.strip(), [], []
    at = 0
    while at < len(value):
        text, bare, at = _piece(value, at)
        if bare and text.lower() not in strings and not text.isdecimal() and text.lower() not in SHORT_MONTHS:
            missing.append(text)
        parts.append(strings.get(text.lower(), text) if bare else text)
        joint = _JOINT.match(value, at)
        if not joint:
            break
        at = joint.end()
    return Value("".join(parts), tuple(missing), value[at:].strip())


def _piece(value: str, at: int) -> tuple[str, bool, int]:
    """The piece that begins there without what stands around it, whether that was nothing, and where it ends."""
    if value[at] == "{":
        end = _closed(value, at)
        return value[at + 1 : end], False, end + 1
    if quoted := _QUOTED.match(value, at):
        return quoted[1], False, quoted.end()
    bare = _BARE.match(value, at)
    return (bare[0], True, bare.end()) if bare else ("", False, at + 1)


def _closed(value: str, at: int) -> int:
    """Where the brace that opens there is closed; the end if it is not."""
    depth = 0
    for brace in _BRACE.finditer(value, at):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return len(value)
