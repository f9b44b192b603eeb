"""Plain data → YAML as an editor would write it: block style, one key a line, quotes only where they are needed.

In: text, lists and dicts. Out: text that `yamlnodes` reads back as the same values.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_PLAIN_START = re.compile(r"[^\s!\"#%&'*,:>?@\[\]`{|}~=<\-]|-(?=[^\s-])")
_NOT_PLAIN = re.compile(r": |:$| #|[\x00-\x1f\x7f-\x9f\ufeff\u2028\u2029\ud800-\udfff]|^\.\.\.|\s$")
_MAY_BE_BLOCK = re.compile(r"(?=\S)[^\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u2028\u2029]*(?<=\S)\n")
_ESCAPED = re.compile("[\x7f-\x9f\ufeff\u2028\u2029\u200b\u2060\u202a-\u202e\u2066-\u2069]")


def record_text(fields: Mapping[str, Any], *, prose: bool = False) -> str:
    """The text of a record's file; with `prose`, as front matter with the Markdown body below it."""
    if not prose:
        return "".join(f"{line}\n" for line in _mapping(fields))
    front = {name: value for name, value in fields.items() if name != "body"}
    return f"---\n{record_text(front)}---\n" + (f"\n{fields['body'].strip()}\n" if "body" in fields else "")


def _mapping(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        yield from _field(_scalar(name), value)


def _field(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _text(name, value)
    elif not value:
        yield f"{name}: {'{}' if isinstance(value, Mapping) else '[]'}"
    else:
        yield f"{name}:"
        yield from (f"  {line}" if line else "" for line in _block(value))


def _block(value: Mapping[str, Any] | Sequence[Any]) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _mapping(value)
        return
    for item in value:
        lines = [_scalar(item)] if isinstance(item, str) else list(_block(item))
        yield f"- {lines[0]}"
        yield from (f"  {line}" if line else "" for line in lines[1:])


def _text(name: str, value: str) -> Iterator[str]:
    if "\n" in value and _MAY_BE_BLOCK.fullmatch(value):
        yield f"{name}: |"
        yield from (f"  {line}" if line else "" for line in value.split("\n")[:-1])
    else:
        yield f"{name}: {_scalar(value)}"


def _scalar(value: str) -> str:
    """Plain where it reads back as it stands, else in double quotes."""
    if is_plain(value):
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def is_plain(value: str) -> bool:
    """Whether a text reads back as it stands without quotes."""
    return bool(_PLAIN_START.match(value)) and not _NOT_PLAIN.search(value) and not _ESCAPED.search(value)
