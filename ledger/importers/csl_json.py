"""CSL-JSON, as Zotero writes it → drafts of sources.

In: the text of a .json file: a list of items, or one item, or an object with `items`. Out: drafts, gaps and problems.
JSON is read strictly: a name given twice, NaN and values of the wrong type are told, not guessed at.
"""

import json
from collections.abc import Mapping
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
    if found is None:
        return made
    items = found.get("items", [found]) if isinstance(found, dict) else found
    if not isinstance(items, list) or not items:
        _refuse(file, made, 0, f"nothing recognised in {len(file.data):,} bytes: no list of items")
        return made
    for number, item in enumerate(items, start=1):
        _add(item, f"{file.path}: item {number}", file, made, run)
    return made


def _parsed(text: str, file: ForeignFile, made: Imported) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer)
    except json.JSONDecodeError as problem:
        _refuse(file, made, problem.pos, f"not JSON: {problem.msg}")
    except _BadError as problem:
        _refuse(file, made, 0, str(problem))
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


def _add(item: Any, where: str, file: ForeignFile, made: Imported, run: Run) -> None:
    if not isinstance(item, dict):
        span = made.texts[file.path].span(file.path, 0, 0)
        made.refuse(where, "not an object", [error("import", span, f"{where}: an item is an object with fields")])
        return
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
