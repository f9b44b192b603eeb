"""Values → JSON bytes: UTF-8, sorted keys, LF, no NaN, the same for the same values."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

SCHEMA = "ledger/1"
"""The version of the JSON format; within it fields are only ever added."""


def to_bytes(value: Mapping[str, Any] | Sequence[Any]) -> bytes:
    """One JSON document that ends with a line break."""
    return (_in_lines(value, 2) + "\n").encode("utf-8")


def _in_lines(value: Any, levels: int) -> str:
    """The outer levels one entry a line, so that a change shows as a changed line; what is inside, compact."""
    if levels and value and isinstance(value, Mapping):
        entries = (f"{compact(key)}: {_in_lines(value[key], levels - 1)}" for key in sorted(value))
        return "{\n" + ",\n".join(entries) + "\n}"
    if levels and value and isinstance(value, list | tuple):
        return "[\n" + ",\n".join(compact(entry) for entry in value) + "\n]"
    return compact(value)


def compact(value: Any) -> str:
    """A value in one line."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)
