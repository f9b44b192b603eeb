"""A query over a ledger → an answer: the ids that it finds, in order, and their columns as plain data.

In: a Ledger and the text of a query. Out: an Answer, or a Problem. Every filter looks once at each entity that is still
in question, and every step once at each edge.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, TypeAdapter

from ledger.dates import PartialDate, parse_date
from ledger.edges import RECORD
from ledger.fields import Number
from ledger.graph import Ledger
from ledger.query.columns import PLURALS, RECORD_KINDS, SCALE, Column, Dataset, Entity, date_column
from ledger.query.parser import parse
from ledger.query.steps import ABOVE, ANY, BELOW, DOWN, EARLIER, LADDER, LATER, Hop, kinds_reached
from ledger.query.syntax import (
    And,
    ById,
    Comparison,
    Filter,
    InvalidQuery,
    Not,
    Or,
    Problem,
    Selection,
    Token,
    Traversal,
    suggestion,
)

Ids = frozenset[str]
Period = tuple[PartialDate, ...]
"""One time: a date, or the dates between which something lasted."""
Keep = Callable[[Iterable[Period]], bool]
"""Whether a step may go through something that was at one of these times."""
_NUMBER = TypeAdapter(Number)
_RUNGS = {kind: at for at, kind in enumerate(LADDER)}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found, in its order: ids, the names of the columns, and a row of plain values for each id.

    A value is what JSON can say: text, a number, true or false, None where there is none, a list, a part as a dict.
    """

    kind: str
    """The kind that was asked for."""
    ids: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def answer(ledger: Ledger, query: str) -> Answer | Problem:
    """The answer, or why there is none."""
    return answer_from(Dataset(ledger), query)


def answer_from(data: Dataset, query: str) -> Answer | Problem:
    """The same, from a dataset that several queries share."""
    try:
        parsed = parse(query)
        found = sorted(_select(data, parsed.selection))
    except InvalidQuery as invalid:
        return invalid.problem
    for column, down in reversed(parsed.order):
        found = _sorted(data, found, column, down=down)
    ids = tuple(found[: parsed.limit])
    rows = tuple(tuple(_cell(data, data.entities[id_], column) for column in parsed.columns) for id_ in ids)
    return Answer(parsed.selection.kind, ids, tuple(column.name for column in parsed.columns), rows)


def _sorted(data: Dataset, ids: Iterable[str], column: Column, *, down: bool) -> list[str]:
    """In the order of the first value of a column; what has none comes last."""
    values = {id_: column.values(data, data.entities[id_]) for id_ in ids}
    keys = {id_: _sort_key(column, found[0]) for id_, found in values.items() if found}
    return sorted(keys, key=keys.__getitem__, reverse=down) + [id_ for id_ in ids if id_ not in keys]


def _cell(data: Dataset, entity: Entity, column: Column) -> Any:
    values = [_plain(value) for value in column.values(data, entity)]
    if column.is_list:
        return values
    return values[0] if values else None


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, PartialDate):
        return value.text
    return value if isinstance(value, str | bool | dict) else _NUMBER.dump_python(value, mode="json")


# Filters


def _select(data: Dataset, selection: Selection) -> Ids:
    kinds = RECORD_KINDS if selection.kind == RECORD else (selection.kind,)
    return _passing(data, selection.filter, frozenset(id_ for id_, one in data.entities.items() if one.kind in kinds))


def _passing(data: Dataset, test: Filter, among: Ids) -> Ids:
    """Those that pass a filter."""
    match test:
        case And(filters):
            compared = [_resolved(data, one) for one in filters if isinstance(one, Comparison)]
            among = frozenset(id_ for id_ in among if _all_hold(data, data.entities[id_], compared))
            for one in filters:
                among = among if isinstance(one, Comparison) else _passing(data, one, among)
            return among
        case Or(filters):
            return frozenset().union(*(_passing(data, one, among) for one in filters))
        case Not(inner):
            return among - _passing(data, inner, among)
        case Comparison():
            return _passing(data, And((test,)), among)
        case Traversal():
            return _traversed(data, test) & among


def _resolved(data: Dataset, test: Comparison) -> Comparison:
    """The same with present ids in place of former ones."""
    if test.column.type != "id" or test.operator == "contains":
        return test
    return replace(test, values=tuple(_present_id(data, token, data.entities) for token in test.tokens))


def _present_id(data: Dataset, token: Token, known: Iterable[str]) -> str:
    """The present id of what a token names."""
    id_ = data.ledger.present_id(token.text.casefold())
    if id_ not in data.entities:
        raise token.error(f"nothing has the id '{token.text}'", suggestion(token.text, known))
    return id_


# Comparisons


@dataclass(frozen=True, slots=True)
class _Pending:
    """A comparison on the way to its value, with the values that it takes, or the way to the other column's."""

    test: Comparison
    path: tuple[str, ...]
    values: tuple[Any, ...] | None
    """None while the other column may be of the same part."""
    other: tuple[str, ...] = ()

    def below(self, data: Dataset, value: Any, name: str) -> "_Pending":
        """The same on the way through a field of a value."""
        if self.values is None and self.other[:1] == (name,):
            return replace(self, path=self.path[1:], other=self.other[1:])
        return replace(self, path=self.path[1:], values=self.compared(data, value))

    def compared(self, data: Dataset, value: Any) -> tuple[Any, ...]:
        """What is compared with, the other column being below a value."""
        if self.values is not None or self.test.other is None:
            return self.values or ()
        return self.test.other.values_below(data, value, self.other)


def _all_hold(data: Dataset, entity: Entity, tests: Iterable[Comparison]) -> bool:
    """Whether comparisons hold together of an entity: those on one list of parts are about one part of it.

    `evidence.relation = supports and evidence.consulted = memory` holds of a claim with an evidence item of which both
    are true, and so on through lists within lists.
    """
    pending = []
    for test in tests:
        column, other = test.column, test.other
        if column.is_field and other and other.is_field:
            pending.append(_Pending(test, column.path, None, other.path))
            continue
        values = other.values(data, entity) if other else test.values
        if column.is_field:
            pending.append(_Pending(test, column.path, values))
        elif not _holds_of_any(test, column.values(data, entity), values):
            return False
    return _hold_together(data, entity.fields, pending)


def _hold_together(data: Dataset, value: Any, pending: list[_Pending]) -> bool:
    """Whether all comparisons hold of a value, or of one part in a list of them."""
    if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        return any(_hold_together(data, part, pending) for part in value)
    below: dict[str, list[_Pending]] = {}
    for one in pending:
        if one.path:
            below.setdefault(one.path[0], []).append(one.below(data, value, one.path[0]))
        elif not _holds_of_any(one.test, one.test.column.values_below(data, value, ()), one.compared(data, value)):
            return False
    return all(_hold_together(data, getattr(value, name, None), inner) for name, inner in below.items())


def _holds_of_any(test: Comparison, values: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    if test.operator == "exists":
        return bool(values)
    return any(_holds(test.column, test.operator, value, other) for value in values for other in others)


_OPERATORS = {"=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_DATES: Mapping[str, Callable[[PartialDate, PartialDate], bool]] = {
    "=": lambda value, other: other.earliest <= value.earliest and value.latest <= other.latest,
    "<": lambda value, other: value.latest < other.earliest,
    "<=": lambda value, other: value.latest <= other.latest,
    ">": lambda value, other: value.earliest > other.latest,
    ">=": lambda value, other: value.earliest >= other.earliest,
}
"""A date compares only as far as it is known for sure: `2024` is not before `2024-06`, nor since."""


def _holds(column: Column, sign: str, value: Any, other: Any) -> bool:
    """Whether a value compares with another as the sign says, by the type of the column."""
    if sign == "contains":
        return any(other.casefold() in text.casefold() for text in _texts(value))
    if column.type == "date":
        return _DATES[sign](value, other)
    return bool(_OPERATORS[sign](_sort_key(column, value), _sort_key(column, other)))


def _sort_key(column: Column, value: Any) -> Any:
    """What a value is ordered by: a rating by its place on the scale, text without regard to capitals."""
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


# Steps


def _traversed(data: Dataset, test: Traversal) -> Ids:
    """Everything that a step leads from, its target being given."""
    meant, target = test.meant, test.target
    if isinstance(target, ById):
        begin = frozenset((_target_id(data, test, target),))
        meant = tuple(step for step in meant if data.kind(min(begin)) in step.after)
    else:
        begin = _select(data, target)

    def in_time(periods: Iterable[Period]) -> bool:
        return any(all(_touches(period, time) for time in test.times) for period in periods)

    found: set[str] = set()
    for step in meant:
        start = [id_ for id_ in begin if data.kind(id_) in step.after]
        keep = in_time if step.dated and test.times else None
        reached = {end for path in step.paths for end in _walk(data, start, path, keep)}
        found |= reached if step.dated or not test.times else {id_ for id_ in reached if in_time(_dates(data, id_))}
    return frozenset(found)


def _touches(period: Period, time: Comparison) -> bool:
    return any(_holds(time.column, time.operator, date, time.values[0]) for date in period)


def _dates(data: Dataset, node: str) -> tuple[Period, ...]:
    """The dates that a record or a part is placed by."""
    entity = data.entities.get(node)
    return tuple((date,) for date in date_column(entity.kind).values(data, entity)) if entity else ()


def _target_id(data: Dataset, test: Traversal, target: ById) -> str:
    """The one thing that a step leads to."""
    token, kinds = target.token, ("", RECORD)
    id_ = _present_id(data, token, (id_ for id_, one in data.entities.items() if target.kind in (*kinds, one.kind)))
    kind = data.kind(id_)
    is_one = f"'{token.text}' is one of the {PLURALS[kind]}"
    if target.kind not in (*kinds, kind):
        hint = f"leave out the word before it, or write {kind}"
        raise token.error(f"{is_one}, not of the {PLURALS[target.kind]}", hint)
    if not any(kind in step.after for step in test.meant):
        raise token.error(f"{is_one}, and `{test.meant[0].phrase}` leads to {kinds_reached(test.meant)}")
    return id_


def _walk(data: Dataset, nodes: Iterable[str], path: tuple[Hop, ...], keep: Keep | None) -> set[str]:
    """The nodes at the end of a path; with `keep`, those reached only by what it keeps."""
    reached = {node for node in nodes if _is_kept(data, node, keep)}
    for hop in path:
        reached = {node for node in _hop(data, reached, hop, keep) if _is_kept(data, node, keep)}
        if hop.kind:
            reached = {node for node in reached if data.kind(node) == hop.kind}
    return reached


def _is_kept(data: Dataset, node: str, keep: Keep | None) -> bool:
    """Whether a step may go through a node: it is an evidence item or a stance that is kept, or a record."""
    return keep is None or "/" not in node or keep(_dates(data, node))


def _hop(data: Dataset, nodes: set[str], hop: Hop, keep: Keep | None) -> set[str]:
    if hop.edge in (BELOW, ABOVE):
        return _closure(nodes, lambda node: _next_on_ladder(data, node, down=hop.edge == BELOW), proper=hop.proper)
    if hop.edge in (EARLIER, LATER):
        further = data.earlier if hop.edge == EARLIER else lambda node: data.later.get(node, ())
        return _closure(nodes, further, proper=hop.proper)
    return {other for node in nodes for other in _across(data, node, hop, keep)}


def _closure(nodes: set[str], further: Callable[[str], Iterable[str]], *, proper: bool) -> set[str]:
    """All that can be reached from some nodes, and these too unless only what is further on is meant."""
    found = {after for node in nodes for after in further(node)} if proper else set(nodes)
    waiting = list(found)
    while waiting:
        new = set(further(waiting.pop())) - found
        found |= new
        waiting += new
    return found


def _next_on_ladder(data: Dataset, node: str, *, down: bool) -> Iterator[str]:
    """What is lower on the ladder and belongs to a node, or what is higher."""
    here = _RUNGS.get(data.kind(node))
    if here is None:
        return
    for forward in (True, False):
        for other, name, _ in data.edges(node, forward=forward):
            there = _RUNGS.get(data.kind(other), here)
            if (name, forward == down) in DOWN and (there > here if down else there < here):
                yield other


def _across(data: Dataset, node: str, hop: Hop, keep: Keep | None) -> Iterator[str]:
    """The nodes at the other end of a node's edges, and the records that they are part of.

    The edges of a part count as its record's; what a part says of the record that it is in is no link of the record to
    itself.
    """
    for part in (node, *data.parts(node)):
        for other, name, own in data.edges(part, forward=hop.forward):
            is_meant = name == hop.edge or (hop.edge == ANY and name != "kept")
            if not is_meant or other == node or (hop.effect and own.get("effect") != hop.effect):
                continue
            if keep and hop.date and not keep((_period(data, own, hop),)):
                continue
            if all(_is_kept(data, end, keep) for end in (part, other)):
                yield other
                if (owner := other.partition("/")[0]) != node:
                    yield owner


def _period(data: Dataset, own: Mapping[str, Any], hop: Hop) -> Period:
    """When a reference was so; one that has a beginning lasts, as far as the ledger goes, until it has an end."""
    written = [own.get(hop.date), own.get("until", data.ledger.as_of) if hop.date == "from" else None]
    return tuple(parse_date(str(date)) for date in written if date)
