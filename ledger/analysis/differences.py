"""In which fields plain data differ.

In: what was written before and after, as JSON holds it. Out: the fields and parts of fields that are others.
"""

import json
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, NamedTuple


class FieldChange(NamedTuple):
    """A field, or a part of one, before and after; None where it was not there."""

    field: str
    before: str | None
    after: str | None


def differences(before: Any, after: Any, path: tuple[str, ...] = ()) -> Iterator[FieldChange]:
    """The fields in which plain data differ. Parts with an id are compared by it, others one after the other."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in dict.fromkeys([*before, *after]):
            yield from differences(before.get(name), after.get(name), (*path, name))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _in_lists(before, after, path)
    else:
        yield FieldChange(" ".join(path), said(before), said(after))


def _in_lists(before: list[Any], after: list[Any], path: tuple[str, ...]) -> Iterator[FieldChange]:
    old, new = ({one["id"]: one for one in items if isinstance(one, dict) and "id" in one} for items in (before, after))
    if len(old) == len(before) and len(new) == len(after):
        yield from differences(old, new, path)
        return
    removed, added = _less(before, after), _less(after, before)
    if not removed and not added:
        yield FieldChange(" ".join((*path, "(order)")), said(before), said(after))
    for at, (one, other) in enumerate(zip_longest(removed, added), 1):
        yield from differences(one, other, (*path, str(at)) if len(removed) > 1 or len(added) > 1 else path)


def _less(items: list[Any], others: list[Any]) -> list[Any]:
    """The items that are not among others, as often as they are more."""
    left, kept = Counter(map(_key, others)), []
    for item in items:
        left[_key(item)] -= 1
        kept += [item] if left[_key(item)] < 0 else []
    return kept


def _key(item: Any) -> str:
    return json.dumps(item, sort_keys=True)


def said(value: Any) -> str | None:
    """A value in one line."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {said(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return ", ".join(str(said(inner)) for inner in value)
    return None if value is None else str(value)
