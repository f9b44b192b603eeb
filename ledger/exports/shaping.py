"""What the models of the site's JSON files are made of: their base, and the types that several of them share.

A key that Python keeps for itself has an underscore in the model and none in the file.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from ledger.exports.strict_json import SCHEMA
from ledger.fields import ID_LENGTH, ID_PATTERN
from ledger.records import KINDS


def one_of(*choices: str) -> WithJsonSchema:
    """What makes a text one of some words."""
    return WithJsonSchema({"type": "string", "enum": list(choices)})


def always(description: str, name: str | None = None) -> Any:
    """A key that is always there."""
    return Field(alias=name, description=description)


def sometimes(description: str) -> Any:
    """A key that is left out where there is nothing to say."""
    return Field(default=None, description=description)


RecordId = Annotated[str, WithJsonSchema({"type": "string", "pattern": ID_PATTERN, "maxLength": ID_LENGTH})]
NodeId = Annotated[str, WithJsonSchema({"type": "string", "minLength": 1})]
"""A record's id, or `record/part` for an evidence item or a stance."""
Address = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[^/:][^:]*$"})]
"""Relative to the site's root."""
Hash = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[0-9a-f]{64}$"})]
Day = Annotated[str, WithJsonSchema({"type": "string", "format": "date"})]
Number = int | float
KindName = Annotated[str, one_of(*(kind.name for kind in KINDS))]


class Shape(BaseModel):
    """The base of what is described: keys that are not named are not there."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
