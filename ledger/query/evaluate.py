"""A query over a ledger → an answer: the ids that it finds, in order, and their columns as plain data.

In: a Ledger and the text of a query. Out: an Answer, or a Problem. Every filter looks once at each entity that is still
in question, and every step once at each edge.
"""

import operator
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from typing import Any, NamedTuple

from pydantic import BaseModel

from ledger.analysis.lineages import lineage
from ledger.dates import PartialDate, parse_date
from ledger.edges import RECORD, Edge, owner_id
from ledger.graph import Ledger, result
from ledger.query.columns import (
    MODELS,
    PARTS,
    PLURALS,
    Column,
    Entity,
    Path,
    cell,
    date_column,
    entities,
    field_of,
    plain,
)
from ledger.query.lexer import COUNT, InvalidQuery, Problem, Token, suggestion
from ledger.query.parser import Comparison, Filter, Junction, Selection, Traversal, parse
from ledger.query.steps import ANY, BELOW, DATES_BESIDE, DOWN, EARLIER, LADDER, ONLY_FOUND, Hop, kinds_reached

Ids = frozenset[str]
Period = tuple[PartialDate, ...]
"""One time: a date, or the dates between which something lasted."""
InTime = Callable[[Iterable[Period]], bool]
"""Whether a step may go through something that was at one of these times."""
_RUNGS = {kind: at for at, kind in enumerate(LADDER)}


class Answer(NamedTuple):
    """What a query found, in its order: ids, the names of the columns, and a row of plain values for each id; of a
    count no ids, and a row for each value.

    A value is what JSON can say: text, a number, true or false, None where there is none, a list, a part as a dict.
    """

    kind: str
    """The kind that was asked for."""
    ids: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def answer(ledger: Ledger, query: str) -> Answer | Problem:
    """The answer, or why there is none."""
    try:
        parsed = parse(query)
        found = [entities(ledger)[id_] for id_ in sorted(_select(ledger, parsed.selection))]
    except InvalidQuery as invalid:
        return invalid.problem
    for column, is_down in reversed(parsed.order):
        found = _sorted(ledger, found, column, is_down=is_down)
    if parsed.counted is not None:
        rows = tuple(_counts(ledger, found, parsed.counted)) if parsed.counted else ((len(found),),)
        names = (*(column.name for column in parsed.counted), COUNT)
        return Answer(parsed.selection.kind, (), names, rows[: parsed.limit])
    found = found[: parsed.limit]
    rows = tuple(tuple(cell(column, column.values(ledger, entity)) for column in parsed.columns) for entity in found)
    shown = tuple(column.name for column in parsed.columns)
    return Answer(parsed.selection.kind, tuple(entity.id for entity in found), shown, rows)


def _counts(ledger: Ledger, found: Iterable[Entity], columns: Sequence[Column]) -> Iterator[tuple[Any, ...]]:
    """Each value, or combination of values, with how many have it: most first, then in the order of the values.

    What has several values of a column counts for each, what has none for None.
    """
    counted = Counter[tuple[Any, ...]]()
    keys: dict[tuple[Any, ...], Any] = {}
    for entity in found:
        values = [[*dict.fromkeys(column.values(ledger, entity))] or [None] for column in columns]
        for row in product(*values):
            shown = tuple(None if value is None else plain(value) for value in row)
            pairs = zip(columns, row, strict=True)
            keys[shown] = [(value is None, "" if value is None else _sort_key(of, value)) for of, value in pairs]
            counted[shown] += 1
    for row in sorted(counted, key=lambda row: (-counted[row], keys[row])):
        yield (*row, counted[row])


def _sorted(ledger: Ledger, found: Iterable[Entity], column: Column, *, is_down: bool) -> list[Entity]:
    """In the order of the first value of a column; entities without one come last."""
    valued = [(entity, column.values(ledger, entity)) for entity in found]
    some = [(_sort_key(column, values[0]), entity) for entity, values in valued if values]
    ordered = sorted(some, key=operator.itemgetter(0), reverse=is_down)
    return [entity for _, entity in ordered] + [entity for entity, values in valued if not values]


# Filters


def _select(ledger: Ledger, selection: Selection) -> Ids:
    kinds = MODELS.keys() - PARTS.keys() if selection.kind == RECORD else {selection.kind}
    among = frozenset(id_ for id_, one in entities(ledger).items() if one.kind in kinds)
    return _passing(ledger, selection.filter, among)


def _passing(ledger: Ledger, test: Filter, among: Ids) -> Ids:
    match test:
        case Comparison():
            return _passing(ledger, Junction("and", (test,)), among)
        case Traversal():
            return _traversed(ledger, test) & among
        case Junction("or", filters):
            return frozenset().union(*(_passing(ledger, one, among) for one in filters))
        case Junction("not", filters):
            return among - _passing(ledger, filters[0], among)
        case Junction(_, filters):
            known = entities(ledger)
            if compared := [resolved(ledger, one) for one in filters if isinstance(one, Comparison)]:
                among = frozenset(id_ for id_ in among if _all_hold(ledger, known[id_], compared))
            for one in filters:
                among = among if isinstance(one, Comparison) else _passing(ledger, one, among)
            return among


def resolved(ledger: Ledger, test: Comparison) -> Comparison:
    """The same with present ids in place of former ones."""
    if test.column.type != "id" or test.operator == "contains":
        return test
    return test._replace(values=tuple(_present_id(ledger, token, entities(ledger)) for token in test.tokens))


def _present_id(ledger: Ledger, token: Token, known: Iterable[str]) -> str:
    id_ = ledger.present_id(token.text.lower())
    if id_ not in entities(ledger):
        raise token.error("no_id", suggestion(token.text, known))
    return id_


# Comparisons

Pending = tuple[Comparison, Path, Path | None, tuple[Any, ...]]
"""A comparison on the way to its value: what is left of the way, the way to the other column while it may be of the
same part, and the values that it takes."""


def _all_hold(ledger: Ledger, entity: Entity, tests: Iterable[Comparison]) -> bool:
    """Whether comparisons hold together of an entity: those on one list of parts are about one part of it.

    `evidence.relation = supports and evidence.consulted = memory` holds of a claim with an evidence item of which both
    are true, and so on through lists within lists.
    """
    pending: list[Pending] = []
    for test in tests:
        column, other = test.column, test.other
        beside = other.path if column.is_field and other and other.is_field else None
        values = other.values(ledger, entity) if other and beside is None else test.values
        if column.is_field:
            pending.append((test, column.path, beside, values))
        elif not _holds_of_any(test, column.values(ledger, entity), values):
            return False
    return _hold_together(ledger, entity.fields, pending)


def _hold_together(ledger: Ledger, value: Any, pending: Iterable[Pending]) -> bool:
    """Whether all comparisons are true of a value, or of one part in a list of them."""
    if isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        return any(_hold_together(ledger, part, pending) for part in value)
    below: defaultdict[str, list[Pending]] = defaultdict(list)
    for test, path, beside, values in pending:
        if test.other and beside is not None and (not path or path[:1] != beside[:1]):
            values, beside = test.other.values_below(ledger, value, beside), None  # noqa: PLW2901 - the ways part here
        if path:
            below[path[0]].append((test, path[1:], beside and beside[1:], values))
        elif not _holds_of_any(test, test.column.values_below(ledger, value, ()), values):
            return False
    return all(_hold_together(ledger, field_of(value, name), inner) for name, inner in below.items())


def texts_in(value: Any, without: Collection[str] = ()) -> Iterator[str]:
    """Every text in a value and its parts, which are plain data, except under some names."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        inside = [one for name, one in value.items() if name not in without] if isinstance(value, dict) else value
        for one in inside:
            yield from texts_in(one, without)


def _holds_of_any(test: Comparison, values: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    if test.operator == "exists":
        return bool(values)
    of = test.other or test.column
    return any(_holds(test.column, test.operator, value, other, of) for value in values for other in others)


OPERATORS = {"=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_DATES: Mapping[str, Callable[[PartialDate, PartialDate], bool]] = {
    "=": lambda value, other: other.earliest <= value.earliest and value.latest <= other.latest,
    "<": lambda value, other: value.latest < other.earliest,
    "<=": lambda value, other: value.latest <= other.latest,
    ">": lambda value, other: value.earliest > other.latest,
    ">=": lambda value, other: value.earliest >= other.earliest,
}
"""A date compares only as far as it is known for sure: `2024` is not before `2024-06`, nor since."""


def _holds(column: Column, sign: str, value: Any, other: Any, of: Column) -> bool:
    """Whether a value of a column compares with another, which is `of` the same one or another, as the sign says."""
    if sign == "contains":
        return any(other.lower() in text.lower() for text in texts_in(value))
    if column.type == "date" and (value.is_unknown or other.is_unknown):
        return sign == "=" and value.is_unknown and other.is_unknown
    if column.type == "date":
        return _DATES[sign](value, other)
    return bool(OPERATORS[sign](_sort_key(column, value), _sort_key(of, other)))


def _sort_key(column: Column, value: Any) -> Any:
    """What a value is ordered by: a rating by its place on the scale, text without regard to capitals."""
    if column.type == "date":
        return value.sort_key()
    if column.type == "scale":
        return column.choices.index(value)
    return value.lower() if isinstance(value, str) else value


# Steps


def _traversed(ledger: Ledger, test: Traversal) -> Ids:
    """Everything from which a step leads to a given target."""
    meant, target = test.meant, test.target
    begin = {target_id(ledger, test, target.kind, target.id)} if target.id else _select(ledger, target)

    def touches(periods: Iterable[Period]) -> bool:
        return any(all(_touches(period, time) for time in test.times) for period in periods)

    found: set[str] = set()
    for step in meant:
        start = [id_ for id_ in begin if ledger.node_kind(id_) in step.after]
        in_time = touches if step.dated and test.times else None
        reached = {end for path in step.paths for end in _walk(ledger, start, path, in_time)}
        found |= reached if step.dated or not test.times else {id_ for id_ in reached if touches(dates_of(ledger, id_))}
    return frozenset(found)


def _touches(period: Period, time: Comparison) -> bool:
    return any(_holds(time.column, time.operator, date, time.values[0], time.column) for date in period)


def dates_of(ledger: Ledger, node: str) -> tuple[Period, ...]:
    """The dates that a record or a part is placed by."""
    entity = entities(ledger).get(node)
    return tuple((date,) for date in date_column(entity.kind).values(ledger, entity)) if entity else ()


def target_id(ledger: Ledger, test: Traversal, wanted: str, token: Token) -> str:
    """The one thing that a step leads to, which must be of the wanted kind, if any is."""
    reached = {kind for step in test.meant for kind in step.after if wanted in ("", RECORD, kind)}
    id_ = _present_id(ledger, token, (one.id for one in entities(ledger).values() if one.kind in reached))
    kind = entities(ledger)[id_].kind
    if wanted not in ("", RECORD, kind):
        raise token.error("of_other_kind", kind=kind, kinds=PLURALS[kind], wanted=PLURALS[wanted])
    if not any(kind in step.after for step in test.meant):
        places = {"step": test.meant[0].phrase, "end": kinds_reached(test.meant)}
        raise token.error("not_reached", kinds=PLURALS[kind], **places)
    return id_


def _walk(ledger: Ledger, nodes: Iterable[str], path: Iterable[Hop], in_time: InTime | None) -> set[str]:
    """The nodes at the end of a path; with `in_time`, those reached only by what was in that time."""
    reached = {node for node in nodes if _may_pass(ledger, node, in_time)}
    for hop in path:
        reached = {node for node in _hop(ledger, reached, hop, in_time) if _may_pass(ledger, node, in_time)}
        if hop.kind:
            reached = {node for node in reached if ledger.node_kind(node) == hop.kind}
    return reached


def _may_pass(ledger: Ledger, node: str, in_time: InTime | None) -> bool:
    """Whether a step may go through a node: it is an evidence item or a stance that was in the time, or a record."""
    return in_time is None or "/" not in node or in_time(dates_of(ledger, node))


def _hop(ledger: Ledger, nodes: set[str], hop: Hop, in_time: InTime | None) -> set[str]:
    """What one leg of a path leads to, once or over any number of edges."""
    if hop.times:
        further = _CLOSED[hop.edge, hop.forward]
        found = {after for node in nodes for after in further(ledger, node)} if hop.times == "+" else set(nodes)
        waiting = list(found)
        while waiting:
            new = set(further(ledger, waiting.pop())) - found
            found |= new
            waiting += new
        return found
    return {other for node in nodes for other in _across(ledger, node, hop, in_time)}


def _on_ladder(ledger: Ledger, node: str, *, is_down: bool) -> Iterator[str]:
    """What is lower on the ladder and belongs to a node, or what is higher."""
    onward = [(edge.target, (edge.name, is_down)) for edge in ledger.edges_from(node)]
    back = [(edge.start, (edge.name, not is_down)) for edge in ledger.edges_to(node)]
    for other in [other for other, way in (*onward, *back) if way in DOWN]:
        if _is_below(ledger, *((other, node) if is_down else (node, other))):
            yield other


def _is_below(ledger: Ledger, low: str, high: str) -> bool:
    return _RUNGS.get(ledger.node_kind(low) or "", -1) > _RUNGS.get(ledger.node_kind(high) or "", len(LADDER))


def _earlier(ledger: Ledger, node: str) -> tuple[str, ...]:
    """What a source takes from, one step on."""
    stands = ledger.node_kind(node) == "source" and ledger.stands(node)
    return lineage(ledger, node).earlier if stands else ()


@result
def _later(ledger: Ledger) -> Mapping[str, Iterable[str]]:
    """What takes from each source, one step on."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for source in ledger.members("source"):
        for before in _earlier(ledger, source):
            found[before].append(source)
    return dict(found)


_CLOSED: Mapping[tuple[str, bool], Callable[[Ledger, str], Iterable[str]]] = {
    (BELOW, True): partial(_on_ladder, is_down=True),
    (BELOW, False): partial(_on_ladder, is_down=False),
    (EARLIER, True): _earlier,
    (EARLIER, False): lambda ledger, node: _later(ledger).get(node, ()),
}
"""What a leg that may be walked any number of times leads to, one step on."""


def links_from(ledger: Ledger, id_: str) -> Iterator[tuple[str, str, str, str, Mapping[str, str]]]:
    """All that steps walk along from a record, as the search page and the database have it: name, start, end, effect,
    and the dates beside it. What leads down the ladder, or from a source to what it takes from, has a name of its own.
    """
    for edge in {_key(one): one for one in ledger.edges_of(id_)}.values():
        dates = {name: str(edge.own[name]) for name in (*DATES_BESIDE, "until") if edge.own.get(name)}
        yield edge.name, edge.start, edge.target, edge.own.get("effect") or "", dates
        for low, high, is_down in ((edge.target, edge.start, True), (edge.start, edge.target, False)):
            if (edge.name, is_down) in DOWN and _is_below(ledger, low, high):
                yield BELOW, high, low, "", {}
    for source in _earlier(ledger, id_):
        yield EARLIER, id_, source, "", {}


def _key(edge: Edge) -> tuple[Any, ...]:
    """What tells edges apart for steps: a text may name a record a hundred times."""
    return edge.name, edge.start, edge.target, *(str(edge.own.get(one)) for one in ("effect", *DATES_BESIDE, "until"))


def _across(ledger: Ledger, node: str, hop: Hop, in_time: InTime | None) -> Iterator[str]:
    """The nodes at the other end of a node's edges, and the records that they are part of.

    The edges of a part count as its record's; what a part says of the record that it is in is no link of the record to
    itself.
    """
    found = ledger.edges_of(owner_id(node)) if hop.forward else ledger.edges_into(owner_id(node))
    for edge in found:
        here, other = (edge.start, edge.target) if hop.forward else (edge.target, edge.start)
        is_meant = edge.name == hop.edge or (hop.edge == ANY and edge.name not in ONLY_FOUND)
        if not is_meant or other == node or (hop.effect and edge.own.get("effect") != hop.effect):
            continue
        if here != node and owner_id(here) != node:
            continue
        if in_time and hop.date and not in_time((_period(ledger, edge, hop),)):
            continue
        if all(_may_pass(ledger, end, in_time) for end in (here, other)):
            yield from {other, owner_id(other)} - {node}


def _period(ledger: Ledger, edge: Edge, hop: Hop) -> Period:
    """When a reference was true; one with a beginning lasts, as far as the ledger knows, until it has an end."""
    written = [edge.own.get(hop.date), edge.own.get("until", ledger.as_of) if hop.date == "from" else None]
    return tuple(parse_date(str(date)) for date in written if date)
