"""The text of a query → what it asks for; or what is wrong with it, where, and what to write instead.

In: a query. Out: a Query in which every column, word, number and date is understood; ids are left to the ledger.
InvalidQuery at the first token that does not fit. Each rule of the grammar in `docs/query-language.md` has a method of
the parser, which works by recursive descent.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Literal, NamedTuple, TypeAlias, TypeVar

from ledger.dates import UNDATED, PartialDate, parse_date
from ledger.edges import RECORD
from ledger.fields import ACCEPTED_SPANS, DIGITS
from ledger.other_names import other_name
from ledger.query.columns import (
    KIND_WORDS,
    MODELS,
    PLURALS,
    SAME_SCALES,
    Column,
    columns,
    date_column,
    default_columns,
)
from ledger.query.lexer import CLAUSES, COUNT, DATE_WORDS, KEYWORDS, InvalidQuery, Token, suggestion, tokenize
from ledger.query.steps import StepType, kinds_reached, phrases, steps

MAX_DEPTH = 20
"""Levels of brackets, `not` and steps within steps."""
MAX_LIMIT = 1_000_000
SIGNS = ("=", "!=", "<", "<=", ">", ">=")
ORDERED = frozenset(("scale", "date", "number"))
"""The types with a less and a more."""
SEARCHABLE = frozenset(("text", "word", "id", "part"))
"""The types that may contain some words."""
_ABOUT = "write `{kind} of …` for what belongs to it, `{kind} linked to …` for what refers to it"
OTHER_WORDS: Mapping[str, str] = {
    "about": _ABOUT,
    "on": _ABOUT,
    "without": "write `where not with …`",
    "sort": "write `order by …`",
    "sorted": "write `order by …`",
}
"""Words that readers may try in vain, and what to write instead."""
_T = TypeVar("_T")


# Values

Value: TypeAlias = str | PartialDate | Decimal | bool
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?")


def _check_operator(column: Column, sign: str, at: Token) -> None:
    """Whether a sign goes with the type of a column."""
    if sign == "contains" and column.type not in SEARCHABLE:
        raise at.error(f"`{column.name}` is no text that could contain something", "compare it with `=`")
    if sign in ("<", "<=", ">", ">=") and column.type not in ORDERED:
        raise at.error(f"`{column.name}` has no order", "use `=`, `!=`, `in (…)` or `contains`")
    if sign == "=" and column.type == "part" and not column.choices:
        hint = "compare one of its fields, as in `evidence.consulted`, or use `contains` or `is empty`"
        raise at.error(f"`{at.text}` does not go with `{column.name}`, which has parts", hint)


def _value(column: Column, token: Token, after: str = "") -> Value:
    """The value that a token means; the word after it may turn out to belong to it."""
    if column.choices and column.type in ("word", "scale", "part"):
        return _choice(column, token, after)
    read = _READERS.get(column.type)
    return read(column, token) if read else token.text


def _choice(column: Column, token: Token, after: str) -> str:
    is_scale, choices = column.type == "scale", column.choices
    word = token.text.casefold().replace(" ", "-" if is_scale else " ")
    if word in choices:
        return word
    joined = f"{word}-{after}"
    hint = suggestion(joined if joined in choices else word, choices, what="it takes")
    if is_scale and not hint.startswith("did"):
        hint = f"it takes: {', '.join(choices)}"
    raise token.error(f"`{column.name}` is never '{token.text}'", hint)


def _date(column: Column, token: Token) -> PartialDate:
    if token.text == UNDATED.text:
        return UNDATED
    try:
        return parse_date(token.text)
    except ValueError as problem:
        raise token.error(f"`{column.name}` is a date, and {problem}", ACCEPTED_SPANS) from None


def _number(column: Column, token: Token) -> Decimal:
    if not _NUMBER.fullmatch(token.text) or len(re.sub(r"\D|[eE].*", "", token.text)) > DIGITS:
        hint = f"write digits with a point, {DIGITS} at most"
        raise token.error(f"`{column.name}` is a number, and '{token.text}' is none", hint)
    return Decimal(token.text)


def _flag(column: Column, token: Token) -> bool:
    if token.key not in ("true", "false"):
        raise token.error(f"`{column.name}` is never '{token.text}'", "it takes: true, false")
    return token.key == "true"


_READERS: Mapping[str, Callable[[Column, Token], Value]] = {"date": _date, "number": _number, "flag": _flag}


# Queries


class Comparison(NamedTuple):
    """A column against values, any of which will do, or against another column; or whether it has a value at all."""

    column: Column
    operator: str
    """`=`, `<`, `<=`, `>`, `>=`, `contains` or `exists`."""
    values: tuple[Value, ...] = ()
    other: Column | None = None
    tokens: tuple[Token, ...] = ()
    """Where the values are written; only those of ids are looked at again."""


class Traversal(NamedTuple):
    """A step to what is named after it, and the dates that hold for it."""

    meant: tuple[StepType, ...]
    target: "Selection"
    times: tuple[Comparison, ...]


class Junction(NamedTuple):
    """Filters joined by `and`, by `or`, or one that `not` denies.

    Comparisons joined by `and` are about one part of a list together; `and` without filters finds everything.
    """

    word: Literal["and", "or", "not"]
    filters: tuple["Filter", ...]


Filter: TypeAlias = Comparison | Traversal | Junction
EVERYTHING = Junction("and", ())


class Selection(NamedTuple):
    """A kind, and the filter that its entities must pass; or one of them by its id, of no kind where none is named."""

    kind: str
    filter: Filter = EVERYTHING
    id: Token | None = None


class Query(NamedTuple):
    """What is asked for, the columns to sort by and whether downwards, how many at most, and the columns shown; or by
    which columns what is found is counted.
    """

    selection: Selection
    order: tuple[tuple[Column, bool], ...]
    limit: int | None
    columns: tuple[Column, ...]
    counted: tuple[Column, ...] | None = None


def parse(query: str) -> Query:
    """What a query asks for."""
    return _Parser(query).query()


class _Parser:
    """The tokens of a query, how many of them are read, and how deep the parser is in it."""

    def __init__(self, query: str) -> None:
        self.tokens = tokenize(query)
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        return self.peek(0)

    def peek(self, ahead: int) -> Token:
        """A token further on; past the end, the end."""
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def take(self) -> Token:
        """Read one token; the end can be read again and again."""
        token = self.next
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def accept(self, *keys: str) -> bool:
        """Read these words, if they are the next ones."""
        found = all(self.peek(at).key == key for at, key in enumerate(keys))
        self.at += len(keys) if found else 0
        return found

    def expect(self, key: str, place: str) -> None:
        if not self.accept(key):
            raise self.next.error(f"`{key}` is missing {place}", f"found {self.next} in its place")

    def separated(self, by: str, read: Callable[[], _T]) -> tuple[_T, ...]:
        """One thing or several, with a word or sign between them."""
        found = [read()]
        while self.accept(by):
            found.append(read())
        return tuple(found)

    def words(self, count: int) -> str:
        return " ".join(self.peek(at).key for at in range(count))

    def phrase(self, known: Collection[str]) -> str:
        """The longest of some phrases that the next words are; empty when they are none."""
        longest = max(len(phrase.split()) for phrase in known)
        return next((words for count in range(longest, 0, -1) if (words := self.words(count)) in known), "")

    @contextmanager
    def deeper(self) -> Iterator[None]:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.next.error(f"the query is nested deeper than {MAX_DEPTH} levels", "ask in smaller questions")
        yield
        self.depth -= 1

    # Queries and selections

    def query(self) -> Query:
        selection = self.selection(self.kind())
        kind = selection.kind
        order: tuple[tuple[Column, bool], ...] = ()
        limit: int | None = None
        selected: tuple[Column, ...] = ()
        counted: tuple[Column, ...] | None = None
        while (clause := self.next.key) in (*CLAUSES, COUNT):
            start = self.take()
            if clause == "order":
                self.expect("by", "after `order`")
                order = self.separated(",", lambda: self.order(kind))
            elif clause == "limit":
                limit = self.limit()
            elif clause == COUNT:
                counted = self.counted(kind)
            else:
                selected = self.separated(",", lambda: self.column(kind))
        if self.next.type != "end":
            raise self.misplaced(kind)
        if counted is not None and (order or selected):
            raise start.error("a count has columns and an order of its own", "leave out `order by` and `select`")
        shown = selected or default_columns(kind, [token.key for token in self.tokens])
        return Query(selection, order, limit, shown, counted)

    def counted(self, kind: str) -> tuple[Column, ...]:
        """The columns to count by; only one may have several values, or each would be paired with each."""
        start = self.next
        found = self.separated(",", lambda: self.column(kind)) if self.accept("by") else ()
        parts = [column.name for column in found if column.type == "part"]
        if parts:
            raise start.error(f"`{parts[0]}` has parts", "count by one of their fields")
        if len(lists := [column.name for column in found if column.is_list or column.of_part]) > 1:
            raise start.error(f"{' and '.join(f'`{one}`' for one in lists)} both have several values", "count by one")
        return found

    def kind(self) -> str:
        token = self.take()
        if kind := KIND_WORDS.get(token.key):
            return kind
        known = PLURALS.values()
        hint = suggestion(token.key, known, what="one of") or f"one of: {', '.join(known)}"
        instead = "" if token.type == "end" else f", and {token} is no kind of record"
        raise token.error("a query begins with what is asked for" + instead, hint)

    def selection(self, kind: str) -> Selection:
        """What follows a kind: steps and dates, then `where` and filters."""
        filters: list[Filter] = []
        while True:
            joined = bool(filters) and self.accept("and")
            if found := self.step(kind) or self.time(kind):
                filters.append(found)
            elif joined and self.next.key != "where":
                raise self.no_filter(kind)
            else:
                break
        if self.accept("where"):
            filters.append(self.any(kind))
        return Selection(kind, Junction("and", tuple(filters)))

    def order(self, kind: str) -> tuple[Column, bool]:
        column, token = self.column(kind), self.tokens[self.at - 1]
        if column.type == "part":
            raise token.error(f"`{column.name}` has parts, and no order", "order by one of their fields")
        is_down = self.accept("desc")
        if not is_down:
            self.accept("asc")
        return column, is_down

    def limit(self) -> int:
        token = self.take()
        if not token.text.isascii() or not token.text.isdigit() or not 0 < len(token.text) <= len(str(MAX_LIMIT)):
            raise token.error(f"a limit is a whole number, not {token}", "write `limit 10`")
        return int(token.text)

    # Filters

    def any(self, kind: str) -> Filter:
        filters = self.separated("or", lambda: self.all(kind))
        return filters[0] if len(filters) == 1 else Junction("or", filters)

    def all(self, kind: str) -> Filter:
        filters = self.separated("and", lambda: self.one(kind))
        _check_together(filters)
        return filters[0] if len(filters) == 1 else Junction("and", filters)

    def one(self, kind: str) -> Filter:
        with self.deeper():
            if self.accept("not"):
                return Junction("not", (self.one(kind),))
            if self.accept("("):
                inside = Junction("and", (self.any(kind),))
                self.expect(")", "after the tests in brackets")
                return inside
            if self.begins_comparison(kind):
                return self.comparison(kind)
            found = self.step(kind) or self.time(kind)
        if found is None:
            raise self.no_filter(kind)
        return found

    def time(self, kind: str) -> Comparison | None:
        """`since 2024`, of the date of a kind, if the next words begin it."""
        if self.next.key not in DATE_WORDS:
            return None
        return self.compared(date_column(kind), DATE_WORDS[self.take().key])

    # Steps

    def step(self, kind: str) -> Traversal | None:
        """A step, if the next words begin one."""
        phrase, start = self.phrase(phrases(kind)), self.next
        if not phrase:
            return None
        self.at += len(phrase.split())
        meant = tuple(step for step in steps()[phrase] if kind in step.before)
        with self.deeper():
            target = self.target(phrase, meant)
        fitting = tuple(step for step in meant if target.kind in ("", RECORD) or target.kind in step.after)
        if not fitting:
            ways = f"from {PLURALS[kind]} to {kinds_reached(meant)}, not to {PLURALS[target.kind]}"
            raise start.error(f"`{phrase}` leads {ways}")
        times = []
        while time := self.time(kind):
            times.append(time)
        return Traversal(fitting, target, tuple(times))

    def target(self, phrase: str, meant: tuple[StepType, ...]) -> Selection:
        """What a step leads to: a record, all records of a kind, or those that a selection finds."""
        if self.accept("("):
            selection = self.selection(self.kind())
            self.expect(")", "after the selection in brackets")
            return selection
        self.accept("any")
        if kind := KIND_WORDS.get(self.next.key):
            self.take()
            return self.of_kind(kind)
        token = self.take()
        if not token.is_value:
            message = f"`{phrase}` needs something to lead to, before {token}"
            raise token.error(message, f"write an id, or a kind for any of it; it leads to {kinds_reached(meant)}")
        return Selection("", id=token)

    def of_kind(self, kind: str) -> Selection:
        """A kind's record by id, the kind with one more step, or all of the kind."""
        if step := self.step(kind):
            return Selection(kind, step)
        return Selection(kind, id=self.take()) if self.next.is_value else Selection(kind)

    # Comparisons

    def counts(self) -> bool:
        return self.words(2) == "number of"

    def begins_comparison(self, kind: str) -> bool:
        """Whether the next words are a column and an operator: `shown in` is a step, and `shown` no column."""
        if self.counts():
            return True
        if self.next.type != "word" or self.next.key in KEYWORDS:
            return False
        if self.next.column not in columns(kind) and self.phrase(steps()):
            return False
        after = self.peek(1).key
        return after in (*SIGNS, *DATE_WORDS, "in", "is", "contains") or (after, self.peek(2).key) == ("not", "in")

    def column(self, kind: str) -> Column:
        """A column of a kind, or how many values a column has."""
        counts = self.accept("number", "of")
        token = self.take()
        column = columns(kind).get(token.column)
        if column is None:
            raise _unknown_column(token, kind, self.peek(1).text if self.peek(1).is_value else "")
        if not counts:
            return column
        if not column.is_list:
            lists = [name for name, one in columns(kind).items() if one.is_list and "." not in name]
            raise token.error(f"`{column.name}` is not a list: there is nothing to count", f"lists: {', '.join(lists)}")
        return replace(column, name=f"number of {column.name}", type="number", choices=(), is_list=False, is_count=True)

    def comparison(self, kind: str) -> Filter:
        column, operator = self.column(kind), self.take()
        sign = DATE_WORDS.get(operator.key, operator.key)
        if sign == "is":
            return self.empty(column)
        if sign in ("in", "not"):
            if sign == "not":
                self.expect("in", "after `not`")
            found: Filter = self.among(column)
        elif operator.key in DATE_WORDS and column.type != "date":
            raise operator.error(f"`{operator.text}` compares dates, and `{column.name}` is none")
        elif sign in (*SIGNS, "contains"):
            found = self.against(kind, column, "=" if sign == "!=" else sign, operator)
        else:
            hint = "`=`, `!=`, `<`, `<=`, `>`, `>=`, `in (…)`, `contains`, `is empty` or `is not empty`"
            raise operator.error(f"`{column.name}` is compared with nothing: a sign is missing", hint)
        return Junction("not", (found,)) if sign in ("not", "!=") else found

    def against(self, kind: str, column: Column, sign: str, operator: Token) -> Filter:
        """A comparison with a value, or with another column."""
        _check_operator(column, sign, operator)
        start, other = self.next, columns(kind).get(self.next.column)
        if not self.counts() and not (other and column.type in ORDERED and column.type == other.type):
            return self.compared(column, sign)
        other = self.column(kind)
        if other.type != column.type:
            raise start.error(f"`{other.name}` is a number, and `{column.name}` is none")
        if column.choices != other.choices and not {column.choices, other.choices} <= {*SAME_SCALES}:
            raise start.error(f"`{other.name}` and `{column.name}` are on scales of their own")
        return Comparison(column, sign, other=other)

    def compared(self, column: Column, sign: str) -> Comparison:
        token = self.value()
        value = token.text if sign == "contains" else _value(column, token, self.next.key)
        return Comparison(column, sign, (value,), tokens=(token,))

    def among(self, column: Column) -> Comparison:
        self.expect("(", "after `in`")
        tokens = self.separated(",", self.value)
        self.expect(")", "after the values")
        _check_operator(column, "=", tokens[0])
        return Comparison(column, "=", tuple(_value(column, token) for token in tokens), tokens=tokens)

    def empty(self, column: Column) -> Filter:
        negated = self.accept("not")
        if not self.accept("empty"):
            instead = f"`{column.name} {'!=' if negated else '='} {self.next.text}`" if self.next.text else ""
            hint = f"did you mean {instead}?" if instead else "write `is empty` or `is not empty`"
            raise self.next.error("`is` goes only with `empty` and `not empty`", hint)
        exists = Comparison(column, "exists")
        return exists if negated else Junction("not", (exists,))

    def value(self) -> Token:
        token = self.take()
        if not token.is_value:
            hint = "put the word in quotes if it is meant as a value" if token.type == "word" else ""
            raise token.error(f"a value is missing before {token}", hint)
        return token

    # What is wrong where no rule fits

    def misplaced(self, kind: str) -> InvalidQuery:
        """Why no further word can come where one does."""
        token = self.next
        message = f"{token} is not expected here"
        if token.key in KEYWORDS:
            hint = "`and`, `or` and `not` join tests after `where`; order by, limit and select come last"
            return token.error(message, hint)
        if token.column in columns(kind) or self.begins_comparison(kind):
            return token.error(f"{token} begins a test", self.where_hint(kind))
        if token.type == "sign":
            return token.error(message, "texts of several words need quotes")
        hint = self.word_hint(kind, (*phrases(kind), "order by", "limit", "select", "where"))
        if not hint and self.at == 1 and self.peek(1).type == "end":
            hint = f"for one record, write `{PLURALS[kind]} where id = {token.text}`"
        return token.error(message, hint or "a text of several words needs quotes")

    def no_filter(self, kind: str) -> InvalidQuery:
        """What is wrong where a filter should begin."""
        token = self.next
        if token.type != "word" or token.key in KEYWORDS:
            return token.error(f"a test or a step is missing before {token}", "as in `rating >= medium`")
        if token.column in columns(kind):
            hint = "as in `= …`, `in (…)`, `contains …`, `is empty` or `is not empty`"
            return self.peek(1).error(f"`{token.column}` is compared with nothing: a sign is missing", hint)
        hint = _elsewhere(token, kind, "") or self.word_hint(kind, (*columns(kind), *phrases(kind)))
        return token.error(f"{token} is neither a field of {PLURALS[kind]} nor a step from them", hint)

    def where_hint(self, kind: str) -> str:
        """How a comparison can come where one begins."""
        if any(token.key == "where" for token in self.tokens[: self.at]):
            return "tests are joined by `and` or `or`"
        words = self.words(2).strip() if self.begins_comparison(kind) else f"{self.next.key} ="
        return f"tests come after `where`: `where {words} …`"

    def word_hint(self, kind: str, known: Iterable[str]) -> str:
        """What may be meant by words that are not in the language, or do not go with a kind."""
        first = self.next.key
        if first in OTHER_WORDS:
            return OTHER_WORDS[first].format(kind=PLURALS[kind])
        if phrase := self.phrase(steps()):
            before = " or ".join(PLURALS[one] for one in PLURALS if any(one in step.before for step in steps()[phrase]))
            return f"`{phrase}` leads from {before}"
        return suggestion(self.words(2).strip(), known) or suggestion(first, known)


TIME_WORDS = frozenset(
    ("year", "date", "when", "day", "month", "time", "published", "publication_date", "newer", "older")
)
"""Words for the date of a record, whatever its field is called."""
STEPS_TO = (
    "bearing on", "answering", "part of", "held by", "holding", "by", "taken by", "with evidence by",
    "with evidence from", "shown in", "key to", "stated in", "told in", "involving", "illustrating", "defined in", "of",
    "used by", "about", "linked to",
)  # fmt: skip
"""The steps that lead from one kind to another, the one first that is most often meant."""


def _elsewhere(token: Token, kind: str, value: str) -> str:
    """What says it where a word is no field: the date of a kind, a step to another one, or a field of another name."""
    word, plural = token.key, PLURALS[kind]
    if word in TIME_WORDS:
        return f"the date of {plural} is `{date_column(kind).name}`; or write `{plural} since 2016`"
    if target := KIND_WORDS.get({"author": "proponent", "person": "proponent"}.get(word, word)):
        reached = (one for one in STEPS_TO if any(kind in s.before and target in s.after for s in steps()[one]))
        return f"write `{plural} {next(reached)} {value if value.strip('0123456789') else 'ID'}`"
    model = MODELS.get(kind)
    meant = other_name(model, word).removeprefix("did you mean '").removesuffix("'?") if model else ""
    return f"did you mean '{meant}'?" if meant in columns(kind) else ""


def _unknown_column(token: Token, kind: str, value: str = "") -> InvalidQuery:
    if token.type != "word":
        return token.error(f"the name of a field is missing before {token}")
    name, known = token.column, columns(kind)
    outer = name.rpartition(".")[0]
    near = [one for one in known if one.rpartition(".")[0] == (outer if outer in known else "")]
    elsewhere = [plural for other, plural in PLURALS.items() if name in columns(other)]
    hint = suggestion(name, near, what="fields") or suggestion(name, known)
    if not outer and (said := _elsewhere(token, kind, value)):
        hint = said
    elif elsewhere:
        hint = f"it is a field of {', '.join(elsewhere)}" + (f"; {hint}" if hint.startswith("did") else "")
    return token.error(f"`{token.text}` is not a field of {PLURALS[kind]}", hint)


def _check_together(filters: Iterable[Filter]) -> None:
    """Whether some part of a list can pass all comparisons that `and` joins."""
    compared = [one for one in filters if isinstance(one, Comparison) and one.column.of_part]
    equal = [one for one in compared if one.operator == "=" and one.column.type not in ("date", "number")]
    for one, other in combinations(equal, 2):
        words = [{token.text.casefold() for token in each.tokens} for each in (one, other)]
        if one.column == other.column and words[0].isdisjoint(words[1]):
            outer, _, inner = one.column.name.rpartition(".")
            hint = f"put each test in brackets to ask for two parts of `{outer}`: `(…) and (…)`"
            raise other.tokens[0].error(f"no part of `{outer}` has two values of `{inner}`", hint)
