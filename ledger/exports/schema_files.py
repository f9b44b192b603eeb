"""Makes the JSON Schemas of the site's files, after the draft of 2020-12, when the program is released.

In: the models of the records and of what is written of them. Out: a schema for each sort of file, whole in itself, with
an example, which is what this program makes of a small ledger. They say which keys are there and allow further ones, so
that data of a later version still fits; `closed` ones, for tests, allow none. A build does without this module:
`python -m ledger.exports.schema_files` writes the files that it copies.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from ledger import urls
from ledger.exports import computed, data_shapes, graphs, lists, record_json
from ledger.exports.data_shapes import TWINS, AnyTwin, OfControversy, with_fields_of
from ledger.exports.example import example
from ledger.exports.schemas import DIALECT, FOLDER, SCHEMAS, Schema, file_name, files_of_schemas, id_of, schema_of
from ledger.exports.strict_json import to_bytes
from ledger.graph import Ledger, build_graph
from ledger.records import FOLDERS, KINDS, SITE

MODELS: Mapping[str, Any] = {
    "manifest": data_shapes.Manifest,
    "record": AnyTwin,
    "changes": data_shapes.Changes,
    "graph": data_shapes.Graph,
    "method": data_shapes.Method,
    "gaps": data_shapes.Board,
    "news": data_shapes.News,
    **{name: with_fields_of(OfControversy, result) for name, (result, _) in computed.OVERVIEWS.items()},
    "list": data_shapes.KindList,
    "redirect": data_shapes.Redirect,
    **TWINS,
}
"""What each sort of file holds, by the name of its schema."""


def write() -> None:
    """Write every schema into the package."""
    FOLDER.mkdir(exist_ok=True)
    for name, data in files().items():
        (FOLDER / name).write_bytes(data)


def files() -> dict[str, bytes]:
    """Every schema as a file of the package."""
    made = {schema.name: json_schema(schema, example=examples()[schema.name]) for schema in SCHEMAS}
    return {file_name(name): to_bytes(schema) for name, schema in made.items()}


def json_schema(schema: Schema, example: Any = None, *, closed: bool = False) -> dict[str, Any]:
    """The schema as data; a `closed` one allows no key that it does not name."""
    made = _generated(schema.name)
    if not closed:
        made = _opened(made)
    head = {"$schema": DIALECT, "$id": id_of(schema.name), "title": schema.title}
    return {**made, **head, **({"examples": [example]} if example is not None else {})}


@cache
def examples() -> Mapping[str, Any]:
    """One example of each sort of file, by the name of its schema."""
    ledger = build_graph(example())
    rows, found = files_of_schemas(ledger), dict[str, Any]()
    for address, data in _data(ledger):
        found.setdefault(schema_of(address, rows), json.loads(data))
    return {schema.name: found[urls.schema(schema.name)] for schema in SCHEMAS}


def _data(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    """Every sort of JSON file by its address; of the lines the first."""
    records = [record_json.record_json(ledger, id_) for id_ in ledger.records]
    made = [*records, record_json.manifest(ledger), lists.kind_list(ledger, FOLDERS["claims"])]
    made += [record_json.redirect(ledger, former) for former in ledger.former]
    made += [make(ledger) for make in (computed.method, computed.board, computed.news)]
    made += [computed.overview(ledger, *one) for one in product(ledger.members("controversy"), computed.OVERVIEWS)]
    yield from ((file.path, file.data) for file in made)
    pieces = [graphs.fragment(ledger, id_, "") for id_ in ledger.records]
    yield urls.GRAPH, b"".join(graphs.graph_json(ledger, lambda: iter(pieces), ""))
    yield urls.CHANGES, b"".join(record_json.changes(ledger, lambda: (file.data for file in records), ""))
    yield urls.LINES, records[0].data


# What pydantic makes of a model


class _Generator(GenerateJsonSchema):
    """What was left out is not there: no defaults, no null for it. Keys need no title beside their name."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        inner = schema["schema"]
        return self.generate_inner(inner["schema"] if inner["type"] == "nullable" else inner)

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        return {**super().dataclass_schema(schema), "additionalProperties": False}

    def dataclass_field_schema(self, schema: core_schema.DataclassField) -> JsonSchemaValue:
        inner = schema["schema"]
        inner = inner["schema"] if inner["type"] == "default" else inner
        return self.generate_inner(inner["schema"] if inner["type"] == "nullable" else inner)

    def field_is_present(self, field: Any) -> bool:
        extra = field.get("metadata", {}).get("pydantic_js_extra", {})
        return not extra.get("internal") and super().field_is_present(field)

    def field_is_required(self, field: Any, total: bool) -> bool:  # noqa: FBT001 - as it is called
        if field["type"] == "dataclass-field":
            return field["schema"]["type"] not in {"default", "dict", "nullable", "tuple"}
        return super().field_is_required(field, total)

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - the generator asks of every key
        return False


def described(model: Any) -> dict[str, Any]:
    """The closed schema of a model or a result."""
    return TypeAdapter(model).json_schema(schema_generator=_Generator)


@cache
def _generated(name: str) -> dict[str, Any]:
    made = described(MODELS[name])
    parts = made.get("$defs", {})
    for model in (*(kind.model for kind in KINDS), SITE.model):
        parts.get(model.__name__, {}).get("properties", {}).pop("note", None)
    return made


def _opened(value: Any) -> Any:
    if isinstance(value, dict):
        kept = (key for key in value if key != "additionalProperties" or value[key] is not False)
        return {key: _opened(value[key]) for key in kept}
    return [_opened(item) for item in value] if isinstance(value, list) else value


if __name__ == "__main__":
    write()
