"""How one value compares with another, by the type of the column.

In: a column's value and the one in the query. Out: whether it holds. A rating compares by its place on the scale, a
number as a number, text without regard to capitals. A date compares only as far as it is known for sure: `2024` is not
before `2024-06`, nor since.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from ledger.dates import PartialDate
from ledger.query.columns import SCALE, Column

_DATES: Mapping[str, Callable[[PartialDate, PartialDate], bool]] = {
    "=": lambda value, wanted: wanted.earliest <= value.earliest and value.latest <= wanted.latest,
    "<": lambda value, wanted: value.latest < wanted.earliest,
    "<=": lambda value, wanted: value.latest <= wanted.latest,
    ">": lambda value, wanted: value.earliest > wanted.latest,
    ">=": lambda value, wanted: value.earliest >= wanted.earliest,
}
_NUMBERS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "=": lambda value, wanted: value == wanted,
    "<": lambda value, wanted: value < wanted,
    "<=": lambda value, wanted: value <= wanted,
    ">": lambda value, wanted: value > wanted,
    ">=": lambda value, wanted: value >= wanted,
}


def holds(column: Column, operator: str, value: Any, wanted: Any) -> bool:
    """Whether a value stands to the wanted one as the operator says."""
    if operator == "contains":
        return any(wanted.casefold() in text.casefold() for text in _texts(value))
    if column.type == "date":
        return _DATES[operator](value, wanted)
    if column.type == "number":
        return _NUMBERS[operator](value, wanted)
    if column.type == "scale":
        return _NUMBERS[operator](Decimal(SCALE.index(value)), Decimal(SCALE.index(wanted)))
    if isinstance(value, str):
        return value.casefold() == str(wanted).casefold()
    return bool(value == wanted)


def sort_key(column: Column, value: Any) -> Any:
    """What a value of a column is ordered by."""
    if column.type == "date":
        return value.sort_key()
    if column.type == "scale":
        return SCALE.index(value)
    return value.casefold() if isinstance(value, str) else value


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value and its parts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for _, inner in value:
            yield from _texts(inner)
    elif isinstance(value, dict | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
