"""CSL-JSON, as Zotero writes it → drafts of sources.

In: the text of a .json file: a list of items, or one item, or an object with `items`. Out: drafts, gaps and problems.
JSON is read strictly: a name given twice, NaN and values of the wrong type are told, not guessed at.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ledger.bibliography import DATES, NAMES
from ledger.diagnostics import error
from ledger.importers.cleaning import visible_text
from ledger.importers.foreign import ForeignFile, Imported, Run
from ledger.importers.reading import foreign_text
from ledger.importers.sources import add_source

_MOST_DIGITS = 30


class _BadError(ValueError):
    """Something that JSON allows or Python accepts and no reader should."""


def read_csl_json(file: ForeignFile, run: Run) -> Imported:
    """Every item of a file of CSL-JSON."""
    made = Imported()
    text = foreign_text(file, made)
    if text is None:
        return made
    found = _parsed(text, file, made)
    if made.refused:
        return made
    items = found.get("items", [found]) if isinstance(found, dict) else found
    if not isinstance(items, list) or not items:
        _refuse(file, made, 0, f"nothing recognised in {len(file.data):,} bytes: no list of items")
        return made
    places = list(_items(text)) if not all(isinstance(item, dict) for item in items) else []
    for at, item in enumerate(items):
        where = f"{file.path}: item {at + 1}"
        if isinstance(item, dict):
            _add(item, where, made, run)
        else:
            span = made.texts[file.path].span(file.path, *places[at])
            made.refuse(where, "not an object", [error("import", span, "an item is an object with fields")])
    return made


def _loads(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer)


def _parsed(text: str, file: ForeignFile, made: Imported) -> Any:
    try:
        return _loads(text)
    except json.JSONDecodeError as problem:
        _refuse(file, made, problem.pos, f"not JSON: {problem.msg}")
    except _BadError as problem:
        _refuse(file, made, _first_bad(text), str(problem))
    except RecursionError:
        _refuse(file, made, 0, "nested too deep")
    return None


def _refuse(file: ForeignFile, made: Imported, at: int, message: str) -> None:
    span = made.texts[file.path].span(file.path, at, at + 1)
    made.refuse(file.path, message, [error("import", span, message)])


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if twice := next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None:
        raise _BadError(f"the name `{visible_text(twice)}` is given twice in one object; only one could be kept")
    return dict(pairs)


def _constant(name: str) -> Any:
    raise _BadError(f"{name} is no value of JSON")


def _integer(digits: str) -> str | int:
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _items(text: str) -> Iterator[tuple[int, int]]:
    """Where each item of a text that is JSON begins and ends."""
    at = _next(text, 0)
    if text[at : at + 1] not in ("[", "{"):
        return
    if text[at] == "{":
        at = _value_of(text, "items", at + 1)
    at = _next(text, at + 1)
    while at < len(text) and text[at] != "]":
        end = _end(text, at)
        yield at, end
        at = _next(text, end)


def _value_of(text: str, name: str, at: int) -> int:
    """Where the value of a name begins in the object whose names begin there; the end when it has no such name."""
    at = _next(text, at)
    while text[at] != "}":
        found, end = _ANY.raw_decode(text, at)
        at = _next(text, end)
        if found == name:
            return at
        at = _next(text, _end(text, at))
    return len(text)


_ANY = json.JSONDecoder(parse_int=str)


def _end(text: str, at: int) -> int:
    return _ANY.raw_decode(text, at)[1]


def _next(text: str, at: int) -> int:
    """Where the next value, name or bracket begins."""
    while at < len(text) and text[at] in " \t\r\n,:":
        at += 1
    return at


def _first_bad(text: str) -> int:
    """Where the first item begins that cannot be read strictly; the start of the text where that is not found."""
    start = 0
    try:
        for start, end in _items(text):
            _loads(text[start:end])
    except _BadError:
        return start
    except (ValueError, IndexError):  # the text breaks off before its items do
        return 0
    return 0


def _add(item: dict[str, Any], where: str, made: Imported, run: Run) -> None:
    named = f"{where} ({visible_text(str(item['id']))})" if item.get("id") else where
    log, kept = made.log(named), {}
    for name, value in item.items():
        if _fits(name, value):
            kept[visible_text(name)] = value
        elif value not in (None, "", [], {}):
            log.gap(visible_text(name), f"not the type that CSL-JSON says, but {type(value).__name__}: left out", value)
    add_source(kept, named, made, run)


def _fits(name: str, value: Any) -> bool:
    """Whether a value has the type that its variable has in CSL-JSON."""
    if name in NAMES or name == "author":
        return isinstance(value, list) and all(isinstance(one, Mapping) and _is_flat(one) for one in value)
    if name in DATES:
        return isinstance(value, dict)
    if name == "custom":
        return isinstance(value, dict)
    if name in ("keyword", "categories"):
        return isinstance(value, str | list)
    return isinstance(value, str | int | float) and not isinstance(value, bool) and value != ""


def _is_flat(name: Mapping[str, Any]) -> bool:
    return all(isinstance(value, str | int | bool) for value in name.values())
