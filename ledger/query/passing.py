"""Whether a thing passes comparisons that are joined by `and`: those on one list of parts are about one part of it.

In: facts, an Item, comparisons. Out: whether they hold together. `evidence.relation = supports and evidence.consulted =
memory` holds of a claim with an evidence item of which both are true, and so on through lists within lists.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ledger.query.comparing import holds
from ledger.query.facts import Facts, Item
from ledger.query.grammar import Compare


@dataclass(frozen=True, slots=True)
class _Asked:
    """A comparison on the way to its value, and to the one that it is compared with."""

    test: Compare
    way: tuple[str, ...]
    wanted: tuple[Any, ...] | None
    """None as long as it may be of the same part."""
    other: tuple[str, ...] = ()


def passes(facts: Facts, item: Item, tests: Iterable[Compare]) -> bool:
    """Whether an item passes all tests."""
    asked = []
    for test in tests:
        if test.column.is_written:
            asked.append(_begun(facts, item, test))
        elif not _holds(test, facts.values(item, test.column), _wanted(facts, item, test)):
            return False
    return not asked or _together(facts, item.fields, asked)


def _begun(facts: Facts, item: Item, test: Compare) -> _Asked:
    if test.other and test.other.is_written:
        return _Asked(test, test.column.attributes, None, test.other.attributes)
    return _Asked(test, test.column.attributes, _wanted(facts, item, test))


def _wanted(facts: Facts, item: Item, test: Compare) -> tuple[Any, ...]:
    return facts.values(item, test.other) if test.other else test.values


def _holds(test: Compare, values: tuple[Any, ...], wanted: tuple[Any, ...]) -> bool:
    if test.operator == "exists":
        return bool(values)
    return any(holds(test.column, test.operator, value, one) for value in values for one in wanted)


def _together(facts: Facts, value: Any, asked: list[_Asked]) -> bool:
    """Whether everything that is asked holds of a value, or of one part in a list of them."""
    if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        return any(_together(facts, part, asked) for part in value)
    further: dict[str, list[_Asked]] = {}
    for one in asked:
        if one.way:
            further.setdefault(one.way[0], []).append(_next(facts, value, one))
        elif not _holds(one.test, facts.written(value, one.test.column, ()), _compared(facts, value, one)):
            return False
    return all(_together(facts, getattr(value, name, None), inner) for name, inner in further.items())


def _next(facts: Facts, value: Any, one: _Asked) -> _Asked:
    """What is asked of the field that is next on the way."""
    if one.wanted is None and one.other[:1] == one.way[:1]:
        return _Asked(one.test, one.way[1:], None, one.other[1:])
    return _Asked(one.test, one.way[1:], _compared(facts, value, one))


def _compared(facts: Facts, value: Any, one: _Asked) -> tuple[Any, ...]:
    return facts.written(value, one.test.other or one.test.column, one.other) if one.wanted is None else one.wanted
