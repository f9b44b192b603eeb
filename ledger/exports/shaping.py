"""What the models of the site's JSON files are made of: their base, and the types that several of them share.

A key that Python keeps for itself has an underscore in the model and none in the file.
"""

import dataclasses
from collections.abc import Mapping
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from ledger.describing import RecordId, one_of
from ledger.exports.strict_json import SCHEMA
from ledger.records import KINDS


def always(description: str, name: str | None = None) -> Any:
    """A key that is always there."""
    return Field(alias=name, description=description)


def sometimes(description: str, name: str | None = None) -> Any:
    """A key that is left out where there is nothing to say."""
    return Field(default=None, alias=name, description=description)


Address = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[^/:][^:]*$"})]
"""Relative to the site's root."""
KindName = Annotated[str, one_of(*(kind.name for kind in KINDS))]


class Shape(BaseModel):
    """The base of what is described: keys that are not named are not there."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def with_fields_of(base: type[BaseModel], result: type, name: str = "", **more: Any) -> type[BaseModel]:
    """A model of what a result is written as beside the keys of another model, which come first."""
    hints = get_type_hints(result, include_extras=True)
    found: Any = {
        field.name: (hint, (sometimes if may_be_empty(hint) else always)(field.metadata["description"]))
        for field in dataclasses.fields(result)
        for hint in [hints[field.name]]
        if field.name not in base.model_fields
    }
    return create_model(name or result.__name__, __base__=base, __doc__=result.__doc__, **{**found, **more})


def may_be_empty(hint: Any) -> bool:
    """Whether a key of a result is left out at times: where it is null, or a list or a mapping with nothing in it."""
    return get_origin(hint) in {tuple, Mapping} or NoneType in get_args(hint)


class File(Shape):
    """What every file says of itself."""

    schema_: Annotated[str, WithJsonSchema({"type": "string", "const": SCHEMA})] = always(
        "the format of the file", "schema"
    )


class Summary(Shape):
    """What every list says of a record."""

    id: RecordId = always("the record's id")
    kind: KindName = always("its kind")
    title: str = always("its title, name, term or statement, without markup")
    url: Address = always("its page")
    json_: Address = always("its data", "json")


class OfControversy(File):
    """What every file of a page of a controversy says of itself."""

    controversy: RecordId = always("the controversy's id")
    url: Address = always("the page")
    json_: Address = always("this file", "json")
