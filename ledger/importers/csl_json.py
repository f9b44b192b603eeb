"""CSL-JSON, as Zotero writes it → drafts of sources.

In: the text of a .json file: a list of items, or one item, or an object with `items`. Out: drafts, gaps and problems.
JSON is read strictly: a name given twice, NaN and values of the wrong type are told, not guessed at.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ledger.bibliography import DATES, NAMES
from ledger.diagnostics import Lines
from ledger.importers.cleaning import visible_text
from ledger.importers.csl import Items, read_items
from ledger.importers.drafts import ForeignFile, Imported, Run

_MOST_DIGITS = 30
_PLAIN = json.JSONDecoder(parse_int=str)
_BETWEEN = re.compile(r"[ \t\r\n,:]*")


class _BadError(ValueError):
    """Something that JSON allows or Python accepts and no reader should."""


def read_csl_json(file: ForeignFile, run: Run) -> Imported:
    """Every item of a file of CSL-JSON."""
    return read_items(file, run, _items, "")


def _items(lines: Lines, file: ForeignFile, made: Imported) -> Items:
    try:
        found = _loads(lines.text)
    except (json.JSONDecodeError, _BadError, RecursionError) as problem:
        _reject(lines, file, made, problem)
        return
    items = found.get("items", [found]) if isinstance(found, dict) else found
    if not isinstance(items, list) or not items:
        message = f"nothing recognised in {len(file.data):,} bytes: no list of items"
        made.reject(file.path, message, lines.span(file.path, 0, 1))
        return
    places = [] if all(isinstance(item, dict) for item in items) else list(_places(lines.text))
    for at, item in enumerate(items):
        where = f"{file.path}: item {at + 1}"
        if isinstance(item, dict):
            named = f"{where} ({visible_text(str(item['id']))})" if item.get("id") else where
            yield named, _fitting(item, named, made), frozenset()
        else:
            span = lines.span(file.path, *places[at])
            made.reject(where, "not an object", span, "an item is an object with fields")


def _reject(lines: Lines, file: ForeignFile, made: Imported, problem: Exception) -> None:
    at, message = 0, "nested too deep"
    if isinstance(problem, json.JSONDecodeError):
        at, message = problem.pos, f"not JSON: {problem.msg}"
    elif isinstance(problem, _BadError):
        at, message = _first_bad(lines.text), str(problem)
    made.reject(file.path, message, lines.span(file.path, at, at + 1))


def _fitting(item: Mapping[str, Any], where: str, made: Imported) -> dict[str, Any]:
    """The item without values of the wrong type."""
    for name, value in item.items():
        if not _fits(name, value) and value not in (None, "", [], {}):
            why = f"not the type that CSL-JSON says, but {type(value).__name__}: left out"
            made.log(where).gap(visible_text(name), why, value)
    return {visible_text(name): value for name, value in item.items() if _fits(name, value)}


def _fits(name: str, value: Any) -> bool:
    """Whether a value has the type that its variable has in CSL-JSON."""
    if name in NAMES:
        return isinstance(value, list) and all(isinstance(one, Mapping) and _is_flat(one) for one in value)
    if name in DATES or name in ("custom", "relation"):
        return isinstance(value, dict)
    if name in ("keyword", "categories"):
        return isinstance(value, str | list)
    return isinstance(value, str | int | float) and not isinstance(value, bool) and value != ""


def _is_flat(name: Mapping[str, Any]) -> bool:
    return all(isinstance(value, str | int | bool) for value in name.values())


# JSON


def _loads(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _BadError(f"the name `{visible_text(twice)}` is given twice in one object; only one could be kept")
    return made


def _constant(name: str) -> Any:
    raise _BadError(f"{name} is no value of JSON")


def _integer(digits: str) -> str | int:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where each item of a text that is JSON begins and ends. ValueError or IndexError where the text breaks off."""
    at, name = _next(text, 0), "items"
    if text[at] == "{":
        name, end = _PLAIN.raw_decode(text, _next(text, at + 1))
        at = _next(text, end)
    while name != "items":
        at = _next(text, _PLAIN.raw_decode(text, at)[1])
        name, end = _PLAIN.raw_decode(text, at)
        at = _next(text, end)
    at = _next(text, at + 1)
    while text[at] != "]":
        end = _PLAIN.raw_decode(text, at)[1]
        yield at, end
        at = _next(text, end)


def _next(text: str, at: int) -> int:
    """Where the next value, name or bracket begins."""
    between = _BETWEEN.match(text, at)
    return between.end() if between else at


def _first_bad(text: str) -> int:
    """Where the first item begins that cannot be read strictly; the start of the text where that is not found."""
    start = 0
    try:
        for start, end in _places(text):
            _loads(text[start:end])
    except _BadError:
        return start
    except (ValueError, IndexError):  # the text breaks off before its items do
        pass
    return 0
