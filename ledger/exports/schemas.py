"""The JSON Schemas of the site's files, after the draft of 2020-12.

In: the models of the records and of what is written of them. Out: a schema for each sort of file, whole in itself.
They say which keys are there and allow further ones, so that data of a later version still fits; `closed` ones, for
tests, allow none. Their `$id` is the address in the site where that is known, else one relative to where they are.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from ledger import urls
from ledger.analysis.cruxes import Cruxes
from ledger.analysis.rivals import Rivals
from ledger.exports import comparisons, data_shapes, history
from ledger.exports.data_shapes import TWINS, AnyTwin
from ledger.exports.shaping import OfControversy, with_fields_of
from ledger.graph import Ledger
from ledger.records import KINDS, SITE, Profile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Schema:
    """One sort of file: its name, what it is called, the model of it, and the addresses that such files have."""

    name: str
    title: str
    model: Any = field(repr=False)
    files: tuple[str, ...]


SCHEMAS = (
    Schema("manifest", "The manifest", data_shapes.Manifest, (urls.MANIFEST,)),
    Schema("record", "A line with a record", AnyTwin, (urls.LINES,)),
    Schema("changes", "The hashes of the records", data_shapes.Changes, (urls.CHANGES,)),
    Schema("graph", "The graph", data_shapes.Graph, (urls.GRAPH,)),
    Schema("method", "The weights", data_shapes.Method, (urls.METHOD,)),
    Schema("gaps", "The board of open work", comparisons.Board, (urls.twin(urls.GAPS),)),
    Schema(
        "evidence",
        "The evidence by positions",
        with_fields_of(OfControversy, Rivals),
        ("controversies/*/evidence.json",),
    ),
    Schema("cruxes", "The computed cruxes", with_fields_of(OfControversy, Cruxes), ("controversies/*/cruxes.json",)),
    Schema(
        "fairness",
        "What each position is given",
        with_fields_of(OfControversy, comparisons.Fairness),
        ("controversies/*/fairness.json",),
    ),
    Schema(
        "history",
        "What the ratings were when",
        with_fields_of(OfControversy, history.History),
        ("controversies/*/history.json",),
    ),
    Schema("list", "The list of a kind", data_shapes.KindList, tuple(urls.twin(urls.index(kind)) for kind in KINDS)),
    Schema("redirect", "A former id", data_shapes.Redirect, ()),
    *(Schema(kind.name, f"A {kind.name}", TWINS[kind.name], (urls.twin(urls.page(kind, "*")),)) for kind in KINDS),
)
"""Every schema. Of two whose files an address fits, the first describes it; former ids are told one by one."""


def json_schema(schema: Schema, base_url: str = "", example: Any = None, *, closed: bool = False) -> dict[str, Any]:
    """The schema as data; a `closed` one allows no key that it does not name."""
    made = _generated(schema)
    if not closed:
        made = _opened(made)
    address = urls.schema(schema.name)
    head = {
        "$schema": DIALECT,
        "$id": urls.public(base_url, address) if base_url else posixpath.basename(address),
        "title": schema.title,
    }
    return {**made, **head, **({"examples": [example]} if example is not None else {})}


def files_of_schemas(ledger: Ledger) -> list[dict[str, str]]:
    """Which schema describes which files, the first that fits counting."""
    moved = {urls.twin(urls.page(ledger.records[id_].kind, old)): "redirect" for old, id_ in ledger.former.items()}
    named = [*sorted(moved.items()), *((files, schema.name) for schema in SCHEMAS for files in schema.files)]
    return [{"files": files, "schema": urls.schema(name)} for files, name in named]


def schema_of(address: str, rows: Iterable[Mapping[str, str]]) -> str:
    """The address of the schema that describes a file; empty where none does."""
    return next((row["schema"] for row in rows if _pattern(row["files"]).fullmatch(address)), "")


@cache
def _pattern(files: str) -> re.Pattern[str]:
    return re.compile("[^/.]*".join(map(re.escape, files.split("*"))))


class _Generator(GenerateJsonSchema):
    """What was left out is not there: no defaults, no null for it. Keys need no title beside their name."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        inner = schema["schema"]
        return self.generate_inner(inner["schema"] if inner["type"] == "nullable" else inner)

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        return {**super().dataclass_schema(schema), "additionalProperties": False}

    def dataclass_field_schema(self, schema: core_schema.DataclassField) -> JsonSchemaValue:
        inner = schema["schema"]
        return self.generate_inner(inner["schema"] if inner["type"] == "default" else inner)

    def field_is_present(self, field: Any) -> bool:
        return not field.get("serialization_exclude") and super().field_is_present(field)

    def field_is_required(self, field: Any, total: bool) -> bool:  # noqa: FBT001 - as it is called
        return field["type"] == "dataclass-field" or super().field_is_required(field, total)

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - the generator asks of every key
        return False


@cache
def _generated(schema: Schema) -> dict[str, Any]:
    made = TypeAdapter(schema.model).json_schema(schema_generator=_Generator)
    parts = made.get("$defs", {})
    for model in (*(kind.model for kind in KINDS), SITE.model):
        parts.get(model.__name__, {}).get("properties", {}).pop("note", None)
    if schema.model is data_shapes.Method:
        for name in (Profile.__name__, *(part.__name__ for part in _models_of(Profile))):
            parts[name]["required"] = sorted(parts[name]["properties"])
    return made


def _models_of(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for info in model.model_fields.values():
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield info.annotation


def _opened(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _opened(item) for key, item in value.items() if not (key == "additionalProperties" and item is False)
        }
    return [_opened(item) for item in value] if isinstance(value, list) else value
