"""Answers to the fields of a record: where one goes, what it says as plain data, and what a record still lacks.

In: the kind, the name of a field as one types it (`evidence.source`, `status_note.text`, `evidence.2.shows`), and text.
Out: the path of the field, its value, the record's data with it. ValueError says what is wrong with a name or a text.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from ledger.diagnostics import did_you_mean, in_words
from ledger.documents import read_document
from ledger.edges import EDGE_TYPES, RECORD
from ledger.editing.rewriting import pattern
from ledger.fields import Text, accepts
from ledger.files import TextFile
from ledger.importers.names import read_names
from ledger.modelling import fields_in
from ledger.records import KINDS, Kind
from ledger.validating import field_at, part_of, value_at
from ledger.yamlnodes import FieldPath

Data = dict[str, Any]
Model = type[BaseModel]
_STAND_INS: tuple[Any, ...] = ("x", "2000", "A", "1", "https://example.org/x", ["x"], [])
"""One of these is a value of any field that has no choices."""


# Kinds and fields


def kind_named(name: str, among: Sequence[Kind] = KINDS) -> Kind:
    """The kind of a name or a folder; ValueError when there is none."""
    kinds = {kind.name: kind for kind in among} | {kind.folder: kind for kind in among if kind.folder}
    if name not in kinds:
        hint = did_you_mean(name, kinds) or "one of: " + ", ".join(kind.name for kind in among)
        raise ValueError(f"there is no kind '{name}': {hint}")
    return kinds[name]


def choices(annotation: Any) -> tuple[str, ...]:
    """The closed list of words that a field takes; empty when it takes any."""
    if get_origin(annotation) is Literal:
        return tuple(str(choice) for choice in get_args(annotation))
    return next((found for option in get_args(annotation) if (found := choices(option))), ())


def takes_list(annotation: Any) -> bool:
    """Whether a field is a list."""
    origin = get_origin(annotation)
    return origin is tuple or (origin is not dict and any(map(takes_list, get_args(annotation))))


def wanted_by(kind: Kind, path: FieldPath, *, is_list: bool) -> str:
    """The kind of record that a field names by id: `record` for any kind; empty when it names none."""
    field = pattern(path) + "[]" * is_list
    return next((one.target for one in EDGE_TYPES if one.field == field and one.kind in (kind.name, RECORD)), "")


# Where an answer goes


def path_of(kind: Kind, name: str, data: Data) -> FieldPath:
    """The path of a field: in a list of parts, that of the last one, or of a new one when the last has the field."""
    model: Model = kind.model
    path, here, steps = list[str | int](), data, name.split(".")
    while steps:
        field = _field(kind, model, steps[0], name)
        path.append(steps.pop(0))
        part = part_of(field)
        if not steps:
            break
        if part is None:
            path += _of_mapping(field, name, steps)
            break
        model, inner = part, here.get(str(path[-1]))
        if takes_list(field.annotation):
            items = inner if isinstance(inner, list) else []
            at = _number(items, steps, name) if re.fullmatch("[0-9]+", steps[0]) else _last(items, steps)
            path.append(at)
            inner = items[at] if at < len(items) else {}
        here = inner if isinstance(inner, dict) else {}
    return tuple(path)


def _field(kind: Kind, model: Model, step: str, name: str) -> FieldInfo:
    known = fields_in(model)
    if step not in known:
        hint = did_you_mean(step, known) or f"its fields are: {', '.join(known)}"
        what = f"a {kind.name}" if model is kind.model else f"`{name.rpartition('.')[0]}` of a {kind.name}"
        raise ValueError(f"{what} has no field '{step}': {hint}")
    return known[step]


def _of_mapping(field: FieldInfo, name: str, steps: list[str]) -> list[str]:
    if "dict" not in str(field.annotation) or len(steps) > 1:
        raise ValueError(f"`{name.partition('.')[0]}` has no parts: write --set {name.partition('.')[0]}=…")
    return steps


def _number(items: list[Any], steps: list[str], name: str) -> int:
    number = int(steps.pop(0)[:4])
    if not steps or not 1 <= number <= len(items) + 1:
        raise ValueError(f"'{name}': there are {len(items)} so far; number them from 1, and name a field behind that")
    return number - 1


def _last(items: list[Any], steps: list[str]) -> int:
    is_there = value_at(items[-1] if items else {}, tuple(steps)) is not None
    return len(items) if is_there else max(len(items) - 1, 0)


def put(data: Data, path: FieldPath, value: Any) -> Data:
    """The data with a value at a place; a list grows by one when the place is just past its end."""
    return dict(_put(data, path, value))


def _put(here: Any, path: FieldPath, value: Any) -> Any:
    if not path:
        return value
    step, *rest = path
    if isinstance(step, int):
        items = [*here] if isinstance(here, list) else []
        items[step : step + 1] = [_put(items[step] if step < len(items) else {}, tuple(rest), value)]
        return items
    known = here if isinstance(here, dict) else {}
    return {**known, step: _put(known.get(step), tuple(rest), value)}


# What an answer says


def read_value(kind: Kind, path: FieldPath, text: str) -> Any:
    """The value that a text gives to a field. ValueError when it has not the form of one."""
    field, name = field_at(kind.model, path), str(path[-1])
    words = text.strip()
    if not words:
        raise ValueError(f"`{name}` needs an answer")
    if field is None:
        return words
    if words.casefold() in choices(field.annotation):
        return words.casefold()
    part = part_of(field)
    opens = "[" if name == "authors" else "[{"
    if words[0] in opens and (part or "dict" in str(field.annotation) or words == "[]"):
        return _yaml(name, words)
    if part and name != "authors":
        raise ValueError(_how(kind, path, field, part))
    if name == "authors":
        return [one.parts for one in read_names(words)]
    if not takes_list(field.annotation):
        return words + "\n" if name == "body" else words
    parts = [words] if Text in get_args(field.annotation) else words.split(";" if ";" in words else ",")
    return [one.strip() for one in parts if one.strip()]


def _yaml(name: str, words: str) -> Any:
    """A value written as in a file."""
    document, found = read_document(TextFile("answer.yml", f"{name}: {words}\n"))
    if document is None or found:
        raise ValueError(in_words(found[0]))
    return document.data[name]


def _how(kind: Kind, path: FieldPath, field: FieldInfo, part: Model) -> str:
    """What a field with parts takes."""
    name = ".".join(str(step) for step in path if isinstance(step, str))
    words = [f"`{word}`" for word in choices(field.annotation)]
    what = ", ".join([*words, "`[]` for none, or "]) if words else ""
    return f"`{name}` of a {kind.name} takes {what}parts: answer `{name}.{next(iter(fields_in(part)))}` and so on"


# What is missing


def gaps(model: Model, data: Data, path: FieldPath = (), said: str = "") -> Iterator[tuple[FieldPath, Model, str]]:
    """The required fields that have no value, also of parts that have some: path, model, and the name for people."""
    for name, field in fields_in(model).items():
        value, part, here = data.get(name), part_of(field), (*path, name)
        if value is None and field.is_required():
            yield here, model, said + name
        elif part and isinstance(value, dict):
            yield from gaps(part, value, here, f"{said}{name}.")
        elif part and isinstance(value, list):
            for at, item in enumerate(value):
                number = f"{at + 1}." if len(value) > 1 else ""
                yield from gaps(part, item, (*here, at), f"{said}{name}.{number}") if isinstance(item, dict) else ()


def filled(model: Model, data: Data) -> Data:
    """The data with a stand-in for everything that is missing, so that the rest can be checked."""
    for path, part, _ in gaps(model, data):
        data = put(data, path, _stand_in(part, str(path[-1])))
    return data


@cache
def _stand_in(model: Model, name: str) -> Any:
    field = fields_in(model)[name]
    annotated: Any = Annotated[field.annotation, field]
    adapter: TypeAdapter[Any] = TypeAdapter(annotated)
    return next(value for value in (*choices(field.annotation), *_STAND_INS) if accepts(adapter, value))
