"""The JSON Schemas of what editors write, after the draft of 2020-12, for programs that check and complete YAML.

In: the models of the records, and the texts of `en.yml`. Out: a schema of each kind's `.yml` files, whole in itself,
with an example from the small ledger of the exports; that of `texts.yml` has the English words of every text, with the
places and plural forms that it may have. (The schemas of the site's JSON files are those of `exports/schemas.py`.)

To our reader every scalar is text; to such a program `1901` is a number, `no` in some fields is text, and a field
without a value is `null`. These schemas accept what the reader accepts, in both forms, and refuse what it refuses as
far as a schema can: that a day exists in its year, an id in the ledger, or which plural forms a language needs, is left
to `ledger check`.
"""

import inspect
import json
import types
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from ledger import fields
from ledger.describing import doc_of
from ledger.exports.example import example
from ledger.exports.schemas import DIALECT
from ledger.outfile import OutFile
from ledger.records import KINDS, SITE, SNAPSHOT, TEXTS, Kind
from ledger.system import naming, put_file
from ledger.texts import languages
from ledger.texts.entries import CAPITAL, COUNT, FORMS, OTHER, WORDS, Entry, places_of
from ledger.validating import known_fields, models_in

WRITTEN = (SITE, TEXTS, *KINDS, SNAPSHOT)
"""Every kind that is written in YAML, in the order an editor meets them."""

_VISIBLE = r"\S"
_DAYS = "0[1-9]|[12][0-9]"
_LONG, _SHORT, _FEBRUARY = f"(0[13578]|1[02])(-({_DAYS}|3[01]))?", f"(0[469]|11)(-({_DAYS}|30))?", f"02(-({_DAYS}))?"
_DATE = f"(?!0000)[0-9]{{4}}(-({_LONG}|{_SHORT}|{_FEBRUARY}))?[~?%]?"
_SPAN = rf"{_DATE}(/({_DATE}|\.\.))?|\.\./{_DATE}"
_YEAR = {"type": ["string", "integer"], "minimum": 1, "maximum": 9999}
_NUMBER = {"type": ["string", "number"], "pattern": r"^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$"}
_TOO_MUCH = 10.0 ** (fields.MAGNITUDE + 1)
_NOT_IN_URL = r'\s\x00-\x20\x7f\\<>"^`{|}'
"""No sign is escaped that needs none: patterns are read in Unicode mode, which refuses that."""
_HOST = rf"[Hh][Tt]{{2}}[Pp][Ss]?://(?=[^/?#]*\.)([^/?#@{_NOT_IN_URL}]|PLACE)+"
_REST = rf"([^{_NOT_IN_URL}]|PLACE)*"
_PLACE = r"\{[a-z]+\}"


def _address(rest: str, place: str = "(?!)") -> dict[str, Any]:
    pattern = f"{_HOST}{rest}".replace("PLACE", place)
    return {"type": "string", "pattern": f"^{pattern}$"}


LIMITS: Mapping[str, Mapping[str, Any]] = {
    "Line": {"pattern": _VISIBLE},
    "Text": {"pattern": _VISIBLE},
    "Body": {"pattern": _VISIBLE},
    "Reference": {"pattern": _VISIBLE},
    "Id": {"pattern": fields.ID_PATTERN, "maxLength": fields.ID_LENGTH},
    "Url": _address(f"([/?#]{_REST})?"),
    "BaseUrl": _address(rf"(/[^?#{_NOT_IN_URL}]*)?"),
    "LinkPattern": {"type": "string", "pattern": f"^mailto:|{_address(f'([/?#]{_REST})?', _PLACE)['pattern']}"},
    "Number": {**_NUMBER, "exclusiveMinimum": -_TOO_MUCH, "exclusiveMaximum": _TOO_MUCH},
    "Step": {**_NUMBER, "type": ["string", "integer"], "minimum": 0, "maximum": 2},
    "Total": {**_NUMBER, "minimum": 0, "maximum": 1_000},
    "Count": {**_NUMBER, "type": ["string", "integer"], "minimum": 1, "maximum": 1_000},
    "LineNumber": {**_NUMBER, "type": ["string", "integer"], "minimum": 1, "maximum": 10_000_000},
    "Days": {**_NUMBER, "type": ["string", "integer"], "minimum": 1, "maximum": 36_500},
    "Flag": {"type": ["boolean", "string"], "pattern": "^(true|false)$"},
    "Date": {**_YEAR, "pattern": f"^({_DATE})$"},
    "DateSpan": {**_YEAR, "pattern": f"^({_SPAN})$"},
    "Issued": {**_YEAR, "pattern": f"^({_SPAN}|unknown)$"},
}
"""What the types of `fields.py` take, by their names. Where no JSON type is said, every scalar will do: it is text."""

# Said by what they are not: programs offer for completion what a schema names, and `null` or `true` would be no help.
_OTHER_SCALAR = {"not": {"type": ["string", "array", "object", "null"]}}
_EMPTY = {"not": {"type": ["string", "number", "boolean", "array", "object"]}}
_NOTHING = {"$ref": "#/$defs/Nothing"}
_PATTERN = {"pattern": "pattern"}


def schema_files() -> Iterator[OutFile]:
    """Every schema as a file."""
    return (OutFile(file_name(kind), to_text(json_schema(kind)).encode("utf-8")) for kind in WRITTEN)


def write_schemas(folder: Path) -> int:
    """Write every schema to a folder, each whole; how many were new or not as they should be."""
    folder.mkdir(parents=True, exist_ok=True)
    there = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    changed = [file for file in schema_files() if there.get(file.path) != file.data]
    for file in changed:
        with naming(folder / file.path):
            put_file(folder / file.path, file.data)
    return len(changed)


def file_name(kind: Kind) -> str:
    """What the file with a kind's schema is called."""
    return f"{kind.name}.schema.json"


def to_text(schema: Mapping[str, Any]) -> str:
    """A schema as JSON in the order of the model, a key a line; that of all texts would be twice as large so."""
    indent = None if schema["$id"] == file_name(TEXTS) else 2
    return json.dumps(schema, ensure_ascii=False, indent=indent, separators=(",", ": " if indent else ":")) + "\n"


def json_schema(kind: Kind) -> dict[str, Any]:
    """The schema of a kind's `.yml` files."""
    if kind is TEXTS:
        return _of_texts()
    parts = {part.__name__: _object(part) for part in _parts(kind.model)}
    record = _object(kind.model)
    written = json.dumps([record, parts])
    simple = {name: _simple(name) for name in LIMITS if f'"#/$defs/{name}"' in written}
    head = {"$schema": DIALECT, "$id": file_name(kind), "title": kind.name.capitalize()}
    examples = [_examples()[kind.name]] if kind.name in _examples() else []
    defs = {"$defs": {"Nothing": _EMPTY, **simple, **parts}}
    return {**head, **record, **defs, **({"examples": examples} if examples else {})}


@cache
def _examples() -> Mapping[str, dict[str, Any]]:
    """A record of each kind that has pages, and the settings."""
    loaded = example()
    records = (*loaded.records.values(), *([loaded.site] if loaded.site else []))
    return {record.kind.name: record.authored() for record in records}


def _parts(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The models that a model is made of, and theirs."""
    for part in (part for info in model.model_fields.values() for part in models_in(info.annotation)):
        yield part
        yield from _parts(part)


def _simple(name: str) -> dict[str, Any]:
    """One of the types of `fields.py`, with its length and with what is said of a text that will not do."""
    adapter, limits = TypeAdapter[Any](getattr(fields, name)), LIMITS[name]
    try:
        adapter.validate_python(" ")
    except ValidationError as problem:
        hint = str(problem.errors()[0]["ctx"]["hint"])
    else:
        raise AssertionError(f"a blank is accepted as {name}")
    text = {**adapter.json_schema(), **limits, "patternErrorMessage": hint}
    return text if "type" in limits else {"anyOf": [text, _OTHER_SCALAR]}


def _object(model: type[BaseModel]) -> dict[str, Any]:
    """A group of fields, the kind's own before the common ones."""
    hints = get_type_hints(model, include_extras=True)
    names = {info.alias or name: name for name, info in model.model_fields.items()}
    infos = {key: model.model_fields[names[key]] for key in known_fields(model, ())}
    return {
        "description": inspect.cleandoc(doc_of(model)),
        "type": "object",
        "additionalProperties": False,
        "required": [key for key, info in infos.items() if info.is_required()],
        "properties": {key: _field(hints[names[key]], info) for key, info in infos.items()},
    }


def _field(hint: Any, info: FieldInfo) -> dict[str, Any]:
    """What stands under a field, in its bounds; nothing may, where it can be left out."""
    names = {"min_length": "minItems", "max_length": "maxItems"} if get_origin(hint) is tuple else {}
    bounds = ((key, getattr(part, name, None)) for part in info.metadata for name, key in {**names, **_PATTERN}.items())
    value = {**_value(hint), **{key: bound for key, bound in bounds if bound is not None}}
    return {"description": info.description, **(value if info.is_required() else _or_empty(value))}


def _or_empty(value: dict[str, Any]) -> dict[str, Any]:
    """With the items beside it rather than in it, since a program then begins the list for the editor."""
    if value.get("type") != "array":
        return {"anyOf": [value, _NOTHING]}
    return {"anyOf": [{"type": value["type"]}, _NOTHING], **{key: value[key] for key in value if key != "type"}}


def _value(hint: Any) -> dict[str, Any]:
    origin, inner = get_origin(hint), get_args(hint)
    if named := next((name for name in LIMITS if hint == getattr(fields, name)), ""):
        return {"$ref": f"#/$defs/{named}"}
    if origin is Annotated:
        return _value(inner[0])
    if origin in (Union, types.UnionType):
        options = [_value(option) for option in inner if option is not type(None)]
        return options[0] if len(options) == 1 else {"anyOf": options}
    return _made_of(hint, origin, inner)


def _made_of(hint: Any, origin: Any, inner: tuple[Any, ...]) -> dict[str, Any]:
    """The same for a list, a list of words, a group of fields, or text of a form that its field gives."""
    if origin is tuple:
        return {"type": "array", "items": _value(inner[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": inner[1] is Any or _or_empty(_value(inner[1]))}
    if origin is Literal and any(word.isdecimal() for word in inner):  # a number to YAML unless it is quoted
        return {"enum": [value for word in inner for value in (int(word), word)]}
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    return {"type": "string"} if hint is str else {"$ref": f"#/$defs/{hint.__name__}"}


# The texts of the site


def _of_texts() -> dict[str, Any]:
    """The schema of the texts of one's own: its fields are not those of a model, but the texts of the site."""
    head = {"$schema": DIALECT, "$id": file_name(TEXTS), "title": TEXTS.name.capitalize()}
    groups = {group: _group(group, named) for group, named in languages.file_of(languages.ENGLISH).items()}
    sets = sorted({_places(one) for one in languages.entries(languages.ENGLISH).values()})
    defs = {"Nothing": _EMPTY} | {_name("Text", places): _text(places) for places in sets}
    defs |= {_name("Entry", places): _choice(places) for places in sets}
    return {**head, **_object(TEXTS.model), "properties": groups, "$defs": defs}


def _group(group: str, named: Mapping[str, Any]) -> dict[str, Any]:
    known = languages.entries(languages.ENGLISH)
    texts = {name: _entry(written, known[f"{group}.{name}"]) for name, written in named.items()}
    return {
        "description": f"The texts of the group `{group}`.",
        "anyOf": [{"type": "object"}, _NOTHING],
        "additionalProperties": False,
        "properties": texts,
    }


def _entry(written: str | Mapping[str, str], entry: Entry) -> dict[str, Any]:
    said = written if isinstance(written, str) else written[OTHER]
    return {"description": said, "$ref": f"#/$defs/{_name('Entry', _places(entry))}"}


def _choice(places: tuple[str, ...]) -> dict[str, Any]:
    """A text, one for each plural form where something is counted, or nothing."""
    text = {"$ref": f"#/$defs/{_name('Text', places)}"}
    each = dict.fromkeys(FORMS, text)
    forms = {"type": "object", "additionalProperties": False, "required": [OTHER], "properties": each}
    return {"anyOf": [text, *([forms] if COUNT in places else []), _NOTHING]}


def _places(entry: Entry) -> tuple[str, ...]:
    return tuple(sorted(places_of(entry) | ({COUNT} if len(entry.forms) > 1 else set())))


def _name(what: str, places: tuple[str, ...]) -> str:
    return "_".join((what, *places))


def _text(places: tuple[str, ...]) -> dict[str, Any]:
    """Text on which only these names stand in braces."""
    known = rf"|\{{({'|'.join(places)})(:({WORDS}|{CAPITAL})?)?\}}" if places else ""
    hint = f"its places are {', '.join(f'{{{one}}}' for one in places)}" if places else "it has no places"
    text = {"type": "string", "pattern": rf"^([^{{}}]|\{{\{{|\}}\}}{known})*$", "patternErrorMessage": hint}
    return {"anyOf": [text, _OTHER_SCALAR]}
