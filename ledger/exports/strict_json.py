"""Values → JSON bytes: UTF-8, sorted keys, LF, the same for the same values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

SCHEMA = "ledger/1"
"""The version of the JSON format; within it fields are only ever added."""


def compact(value: Any) -> bytes:
    """A value in one line without white space. TypeError for what JSON has no word for."""
    data = orjson.dumps(value, _plain, orjson.OPT_SORT_KEYS)
    return bytes(memoryview(data))  # a copy: the original has kilobytes of room behind it


def to_bytes(value: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """One JSON document that ends with a line break: its outer two levels one entry a line.

    So a change shows as a changed line.
    """
    return _in_lines(value, 2) + b"\n"


def _in_lines(value: Any, levels: int) -> bytes:
    if levels and value and isinstance(value, Mapping):
        entries = (compact(key) + b": " + _in_lines(value[key], levels - 1) for key in sorted(value))
        return b"{\n" + b",\n".join(entries) + b"\n}"
    if levels and value and isinstance(value, list | tuple):
        return b"[\n" + b",\n".join(map(compact, value)) + b"\n]"
    return compact(value)


def joined(pieces: Iterable[bytes], mark: bytes = b",\n") -> Iterator[bytes]:
    """Pieces of a file, with a mark between each and the next."""
    for at, piece in enumerate(pieces):
        yield mark + piece if at else piece


def _plain(value: Any) -> Any:
    """What orjson does not know: a mapping of another class, a named tuple."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, tuple):
        return tuple(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
