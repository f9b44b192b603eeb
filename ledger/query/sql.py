"""A query as SQL for `ledger.sqlite`, which gives the same ids in the same order.

In: a Ledger, for the ids that a query names, and the text of a query. Out: one SELECT over `entities`, each record and
part of one with all that it can be asked for as JSON in lower case, `links`, what steps walk along, and `dates`, what
each date that is written there can mean. `exports/query_tables.py` makes them.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from ledger.dates import UNDATED, PartialDate
from ledger.edges import RECORD
from ledger.graph import Ledger
from ledger.query.columns import MODELS, PARTS, Column, Path, columns, date_column
from ledger.query.evaluate import OPERATORS, resolved, target_id
from ledger.query.lexer import COUNT, InvalidQuery, Problem
from ledger.query.parser import Comparison, Filter, Junction, Query, Selection, Traversal, parse
from ledger.query.steps import ANY, BELOW, EARLIER, ONLY_FOUND, Hop

Place = tuple[str, Path, Path]
"""An expression for a place in the data, the path that leads there, and the rest of the way to some values."""
Pending = tuple[Comparison, Path, Path, Place | None]
"""A comparison, what is left of the ways to its value and to the other column, and where that is once they part."""
Times = tuple[Comparison, ...]
START = "'$'"
_DATES = {
    "=": "{first} <= {one}earliest AND {one}latest <= {last}",
    "<": "{one}latest < {first}",
    "<=": "{one}latest <= {last}",
    ">": "{one}earliest > {last}",
    ">=": "{one}earliest >= {first}",
}
"""How the first and last day of a date compare with those of another; an unknown date has neither."""


# Queries


def as_sql(ledger: Ledger, query: str) -> str | Problem:
    """The SELECT that gives the ids which a query finds, or its counts; or why there is none."""
    try:
        writer = _Writer(ledger)
        select = writer.query(parse(query, published=True))
        sets = ",\n".join(f"  {name}(id) AS ({found})" for name, found in writer.sets.items())
        return (f"WITH RECURSIVE\n{sets}\n" if sets else "") + f"{select};"
    except InvalidQuery as invalid:
        return invalid.problem


class _Writer:
    """Writes the parts of a SELECT; every table in it gets a name of its own."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.numbers = ledger, count(1)
        self.sets: dict[str, str] = {}
        """Ids that a SELECT finds, by name; later ones may use earlier ones, so that nothing is nested deeply."""
        self.passed: dict[Times, str] = {}
        """The parts of records that were in some times."""

    def name(self, letter: str) -> str:
        return f"{letter}{next(self.numbers)}"

    def ids(self, select: str) -> str:
        """The ids that a SELECT finds, as a set to look in."""
        name = self.name("s")
        self.sets[name] = select
        return f"(SELECT id FROM {name})"

    def query(self, query: Query) -> str:
        kind, table = query.selection.kind, self.name("e")
        tables, where = f"entities AS {table}", self.chosen(table, query.selection)
        limit = "" if query.limit is None else f" LIMIT {query.limit}"
        if query.counted is None:
            keys = [self.order(table, kind, column, is_down=is_down) for column, is_down in query.order]
            return f"SELECT {table}.id FROM {tables} WHERE {where} ORDER BY {', '.join([*keys, f'{table}.id'])}{limit}"
        shown = []
        for column in query.counted:
            joined, value = self.values(table, kind, column, (START, (), _way(column)))
            tables += "".join(f" LEFT JOIN {one}" for one in joined)
            shown.append(value)
        by = f" GROUP BY {', '.join(shown)} ORDER BY {COUNT} DESC, {', '.join(shown)}" if shown else ""
        wanted = ", ".join([*shown, f"count(DISTINCT {table}.id) AS {COUNT}"])
        return f"SELECT {wanted} FROM {tables} WHERE {where}{by}{limit}"

    def select(self, selection: Selection) -> str:
        table = self.name("e")
        return f"SELECT {table}.id FROM entities AS {table} WHERE {self.chosen(table, selection)}"

    def chosen(self, table: str, selection: Selection) -> str:
        kinds = [kind for kind in MODELS if kind not in (*PARTS, RECORD)] if selection.kind == RECORD else []
        of_kind = f"{table}.kind IN {_listed(kinds or [selection.kind])}"
        return f"{of_kind} AND {self.passes(table, selection.kind, selection.filter)}"

    # Filters

    def passes(self, table: str, kind: str, test: Filter) -> str:
        match test:
            case Comparison():
                return self.passes(table, kind, Junction("and", (test,)))
            case Traversal():
                return f"{table}.id IN {self.ids(self.steps(test))}"
            case Junction("not", filters):
                return f"NOT ({self.passes(table, kind, filters[0])})"
            case Junction("or", filters):
                return "(" + " OR ".join(f"({self.passes(table, kind, one)})" for one in filters) + ")"
            case Junction(_, filters):
                tests = [resolved(self.ledger, one) for one in filters if isinstance(one, Comparison)]
                others = [self.passes(table, kind, one) for one in filters if not isinstance(one, Comparison)]
                return " AND ".join([*self.compared(table, kind, tests), *others]) or "1"

    def compared(self, table: str, kind: str, tests: Iterable[Comparison]) -> Iterator[str]:
        """What must be true of an entity: tests on one list of parts are about one part of it."""
        pending: list[Pending] = []
        for test in tests:
            way, whole = _way(test.column), _way(test.other) if test.other else ()
            if not test.column.is_field:
                yield self.holds(table, kind, test, _below(START, ".".join(way)), (START, (), whole))
            else:
                is_beside = not test.other or test.other.is_field
                pending.append((test, way, whole, None if is_beside else (START, (), whole)))
        yield from self.together(table, kind, START, (), pending)

    def together(self, table: str, kind: str, base: str, at: Path, pending: Iterable[Pending]) -> Iterator[str]:
        """What must be true below a place in the data, to which the path `at` leads."""
        below: defaultdict[str, list[Pending]] = defaultdict(list)
        for test, path, beside, apart in pending:
            other = apart or ((base, at, beside) if path[:1] != beside[:1] or not path else None)
            if path:
                below[path[0]].append((test, path[1:], beside[1:], other if test.other else None))
            else:
                yield self.holds(table, kind, test, base, other)
        for name, inner in below.items():
            each, place = self.flat(table, kind, (base, at, (name,)))
            found = " AND ".join(self.together(table, kind, place, (*at, name), inner))
            yield f"EXISTS (SELECT 1 FROM {each[0]} WHERE {found})" if each else found

    def flat(self, table: str, kind: str, place: Place) -> tuple[list[str], str]:
        """Tables that go through the lists of parts on the way to a place, and the expression for it."""
        tables, (base, at, path) = [], place
        for name in path:
            base, at = _below(base, name), (*at, name)
            column = columns(kind)[".".join(at)]
            if column.type == "part" and column.is_list and not column.of_part:
                part = self.name("p")
                tables.append(f"json_each({table}.data, {base}) AS {part}")
                base = f"{part}.fullkey"
        return tables, base

    def values(self, table: str, kind: str, column: Column, place: Place) -> tuple[list[str], str]:
        """Tables of which each row has one value of a column, and the value in it."""
        if column.is_count:
            return [], self.number(table, kind, column)
        tables, end = self.flat(table, kind, place)
        value = self.name("v")
        return [*tables, f"json_each({table}.data, {end}) AS {value}"], f"{value}.value"

    def number(self, table: str, kind: str, column: Column) -> str:
        """How many values a list has; a word in its place is none."""
        tables, end = self.flat(table, kind, (START, (), _way(column)))
        lists = [one.rpartition(" ")[2] for one in tables]
        if columns(kind)[".".join(_way(column))].type == "part":
            ends = f"json_type({table}.data, {end}) IS NOT NULL"
        else:
            value = self.name("v")
            ends = f"{value}.{'atom' if lists else 'key'} IS NOT NULL"
            tables.append(f"json_each({table}.data, {end}) AS {value}")
        where = " AND ".join([*(f"{one}.key IS NOT NULL" for one in lists), ends])
        return f"(SELECT count(*) FROM {', '.join(tables)} WHERE {where})"

    # Comparisons

    def holds(self, table: str, kind: str, test: Comparison, end: str, other: Place | None) -> str:
        """Whether a comparison is true of a value at a place in the data."""
        column, value, tables = test.column, self.name("v"), []
        if column.is_count:
            first = self.number(table, kind, column)
        elif column.type == "part":
            first = f"json_extract({table}.data, {end})"
        else:
            first, tables = f"{value}.value", [f"json_each({table}.data, {end}) AS {value}"]
        if test.operator == "contains":
            tables = [f"json_tree({table}.data, {end}) AS {value}"]
            found = f"{value}.type = 'text' AND instr({value}.value, {_literal(test.values[0])})"
        elif test.other and other:
            more, second = self.values(table, kind, test.other, other)
            tables, found = [*tables, *more], _compares(test, first, second)
        else:
            found = " OR ".join(_holds(test, first, one) for one in test.values) or f"{first} IS NOT NULL"
        return f"EXISTS (SELECT 1{' FROM ' * bool(tables)}{', '.join(tables)} WHERE {found})"

    def order(self, table: str, kind: str, column: Column, *, is_down: bool) -> str:
        """The key that a column's first value sorts by; entities without one come last."""
        tables, value = self.values(table, kind, column, (START, (), _way(column)))
        first = f"(SELECT {_ranked(column, value)} FROM {', '.join(tables)} LIMIT 1)" if tables else value
        return f"{first} IS NULL, {first}{' DESC' * is_down}"

    # Steps

    def steps(self, test: Traversal) -> str:
        """Everything that a step leads from."""
        target = test.target
        named = f"SELECT {_literal(target_id(self.ledger, test, target.kind, target.id))}" if target.id else ""
        begin, found = self.ids(named or self.select(target)), []
        for step in test.meant:
            start = f"SELECT id FROM entities WHERE kind IN {_listed(sorted(step.after))} AND id IN {begin}"
            for path in step.paths:
                ends = self.ids(self.walk(start, path, test.times if step.dated else ()))[1:-1]
                is_late = test.times and not step.dated
                found.append(ends + (f" WHERE id IN {self.dated(test.times)}" if is_late else ""))
        return " UNION ".join(found)

    def dated(self, times: Times, kinds: Iterable[str] = MODELS) -> str:
        """What is placed in some times, each kind by its own date."""
        found = []
        for kind in kinds:
            tests = [one._replace(column=date_column(kind)) for one in times]
            found.append(f"(e.kind = {_literal(kind)} AND {' AND '.join(self.compared('e', kind, tests))})")
        return self.ids(f"SELECT e.id FROM entities AS e WHERE {' OR '.join(found)}")

    def timely(self, node: str, times: Times) -> str:
        """Whether a step may go through a node: it is a part that was in the times, or a record."""
        return f"(instr({node}, '/') = 0 OR {node} IN {self.passed[times]})"

    def walk(self, nodes: str, path: Iterable[Hop], times: Times) -> str:
        """The nodes at the end of a path."""
        if times and times not in self.passed:
            self.passed[times] = self.dated(times, PARTS)
        for hop in path:
            begin = self.ids(self.in_time(nodes, times))
            link, here, there = self.name("l"), *(("here", "there") if hop.forward else ("there", "here"))
            onward, where = f"SELECT {link}.{there} FROM links AS {link}", self.goes(link, hop, times)
            nodes = f"{onward} WHERE {where} AND {link}.{here} IN {begin}"
            if hop.times:
                walked, first = self.name("s"), begin[1:-1] if hop.times == "*" else nodes
                more = f"{onward} JOIN {walked} ON {link}.{here} = {walked}.id WHERE {where}"
                self.sets[walked] = f"{first} UNION {more}"
                nodes = f"SELECT id FROM {walked}"
            if hop.kind:
                nodes = f"SELECT id FROM entities WHERE kind = {_literal(hop.kind)} AND id IN {self.ids(nodes)}"
        return self.in_time(nodes, times)

    def in_time(self, nodes: str, times: Times) -> str:
        return f"{self.ids(nodes)[1:-1]} WHERE {self.timely('id', times)}" if times else nodes

    def goes(self, link: str, hop: Hop, times: Times) -> str:
        """Whether a leg of a path may walk along a link."""
        apart = _listed((*ONLY_FOUND, BELOW, EARLIER))
        tests = [f"{link}.name NOT IN {apart}" if hop.edge == ANY else f"{link}.name = {_literal(hop.edge)}"]
        if hop.effect:
            tests.append(f"{link}.effect = {_literal(hop.effect)}")
        if times and not hop.times:
            ends = (f"coalesce({link}.start, {link}.here)", f"coalesce({link}.target, {link}.there)")
            tests += [self.timely(end, times) for end in ends]
        if times and hop.date:
            today = _literal(self.ledger.as_of.isoformat()) if self.ledger.as_of else "NULL"
            dates = [f"{link}.date"] if hop.date == "date" else [f"{link}.since", f"coalesce({link}.until, {today})"]
            tests += [f"({' OR '.join(_holds(time, date, time.values[0]) for date in dates)})" for time in times]
        return " AND ".join(tests)


def _below(place: str, name: str) -> str:
    return f"{place[:-1]}.{name}'" if place.endswith("'") else f"{place} || '.{name}'"


def _way(column: Column) -> Path:
    """The path to the values of a column in the data."""
    return tuple(column.name.rpartition(" ")[2].split("."))


def _holds(test: Comparison, value: str, wanted: Any) -> str:
    """Whether a value passes a test."""
    column, sign = test.column, test.operator
    if column.type == "date":
        return _is_dated(sign, value, wanted)
    if column.type == "scale":
        at = column.choices.index(wanted)
        words = [word for place, word in enumerate(column.choices) if OPERATORS[sign](place, at)]
        return f"{value} IN {_listed(words)}"
    return f"{value} {sign} {_literal(wanted)}"


def _is_dated(sign: str, value: str, wanted: PartialDate) -> str:
    """Whether a date is before another one, in it, or after it."""
    if wanted.is_unknown:
        return f"{value} = {_literal(wanted.text)}" if sign == "=" else "0"
    days = {"first": _literal(wanted.earliest.isoformat()), "last": _literal(wanted.latest.isoformat())}
    return f"{value} IN (SELECT id FROM dates WHERE {_DATES[sign].format(one='', **days)})"


def _compares(test: Comparison, value: str, other: str) -> str:
    """Whether two values in the data pass a test."""
    column, sign = test.column, test.operator
    if column.type != "date" or not test.other:
        return f"{_ranked(column, value)} {sign} {_ranked(test.other or column, other)}"
    days = _DATES[sign].format(one="one.", first="other.earliest", last="other.latest")
    both = f"one.id = {value} AND other.id = {other} AND {days}"
    found = f"EXISTS (SELECT 1 FROM dates AS one, dates AS other WHERE {both})"
    unknown = _literal(UNDATED.text)
    return f"({found} OR ({value} = {unknown} AND {other} = {unknown}))" if sign == "=" else found


def _ranked(column: Column, value: str) -> str:
    """The key that a value sorts by: of a word on a scale its place, of a date its days."""
    if column.type == "date":
        return f"(SELECT rank FROM dates WHERE id = {value})"
    if column.type != "scale":
        return value
    return f"(SELECT key FROM json_each({_literal(json.dumps(column.choices))}) WHERE value = {value})"


def _literal(value: Any) -> str:
    if isinstance(value, str):
        return "'" + value.lower().replace("'", "''") + "'"
    return str(int(value) if isinstance(value, bool) else value)


def _listed(words: Iterable[str]) -> str:
    return f"({', '.join(map(_literal, words))})"
