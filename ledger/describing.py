"""Results that describe themselves: what a computed value means in JSON stands where the value is defined.

A result is a frozen dataclass, each field of which says with `described` what it holds. `dump` writes it as plain data,
with the fields' names for keys, and leaves out what is null or empty; pydantic's `TypeAdapter` makes the JSON Schema of
the same class.
"""

import ast
import dataclasses
import inspect
import textwrap
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import WithJsonSchema

from ledger.fields import ID_LENGTH, ID_PATTERN


def doc_of(model: type) -> str:
    """The docstring of a class that is data: read from its source where Python has thrown it away (`-OO`)."""
    if model.__doc__:
        return model.__doc__
    # not `ast.parse`, which leaves docstrings out there too, from Python 3.14 on
    tree = compile(textwrap.dedent(inspect.getsource(model)), "", "exec", ast.PyCF_ONLY_AST, optimize=0)
    return next((ast.get_docstring(one) or "" for one in ast.walk(tree) if isinstance(one, ast.ClassDef)), "")


def one_of(*choices: str) -> WithJsonSchema:
    """What turns a text into one of some words."""
    return WithJsonSchema({"type": "string", "enum": list(choices)})


RecordId = Annotated[str, WithJsonSchema({"type": "string", "pattern": ID_PATTERN, "maxLength": ID_LENGTH})]
NodeId = Annotated[str, WithJsonSchema({"type": "string", "minLength": 1})]
"""A record's id, or `record/part` for an evidence item or a stance."""
Hash = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[0-9a-f]{64}$"})]
Day = Annotated[date, WithJsonSchema({"type": "string", "format": "date"})]
Plain = Annotated[Decimal, WithJsonSchema({"anyOf": [{"type": "integer"}, {"type": "number"}]})]
"""Written as a number: of so few digits that a JSON number gives it back as it is."""
Exact = Annotated[Fraction, WithJsonSchema({"type": "string", "pattern": "^-?[0-9]+(/[1-9][0-9]*)?$"})]
"""Written as a text, exactly: `8/15`."""


INTERNAL: Mapping[str, Any] = MappingProxyType({"json_schema_extra": {"internal": True}})
"""What marks a field that is kept with a result and is neither published nor in its schema."""


def described(description: str, write: Callable[[Any], Any] | None = None, **more: Any) -> Any:
    """A field of a result: what it holds and, where it is written in another form, how."""
    return dataclasses.field(metadata={"description": description, "write": write}, **more)


def internal(**more: Any) -> Any:
    """A field of a result that is not written."""
    return dataclasses.field(metadata=INTERNAL, **more)


def dump(value: Any) -> Any:
    """A result as plain data: its fields by name, all the way down; a field with nothing in it is left out."""
    kind = value.__class__
    if kind in PLAIN:
        return value
    if kind in (tuple, list):
        return [item if item.__class__ in PLAIN else dump(item) for item in value]
    if kind is dict:
        return {key: dump(item) for key, item in value.items()}
    if kind in WRITTEN:
        return WRITTEN[kind](value)
    found = {}
    for name, write in _written_fields(kind):
        item = getattr(value, name)
        item = write(item) if write else item
        data = item if item.__class__ in PLAIN else dump(item)
        if data or data == 0:
            found[name] = data
    return found


@cache
def _written_fields(kind: Any) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """The fields of a result that are written, and how."""
    fields = (field for field in dataclasses.fields(kind) if field.metadata != INTERNAL)
    return tuple((field.name, field.metadata.get("write")) for field in fields)


def number(value: Decimal) -> int | float:
    """A weight, or a sum of weights, as JSON writes it."""
    return int(value) if value == value.to_integral_value() else float(value)


PLAIN = {str, int, bool, float, type(None)}
WRITTEN: Mapping[type, Callable[[Any], Any]] = {Decimal: number, Fraction: str, date: date.isoformat}
"""What becomes of values that JSON does not know."""
