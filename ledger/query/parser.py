"""The text of a query → what it asks for; or what is wrong with it, where, and what to write instead.

In: a query. Out: a Query in which every column, word, number and date is understood; ids are left to the ledger.
InvalidQuery at the first token that does not fit. Each rule of the grammar in `docs/query-language.md` has a method of
the parser, which works by recursive descent.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

from ledger.query.columns import (
    AGAINST,
    COMPUTED_RATING,
    KIND_WORDS,
    PLURALS,
    Column,
    columns,
    date_column,
    default_columns,
)
from ledger.query.steps import StepType, kinds_reached, phrases, steps
from ledger.query.syntax import (
    CLAUSES,
    DATE_WORDS,
    KEYWORDS,
    ORDERED,
    And,
    ById,
    Comparison,
    Filter,
    InvalidQuery,
    Not,
    Or,
    Query,
    Selection,
    Token,
    Traversal,
    check_operator,
    suggestion,
    tokenize,
    typed_value,
)

MAX_DEPTH = 20
"""Levels of brackets, `not` and steps within steps."""
MAX_LIMIT = 1_000_000
ABOUT = "write `{kind} of …` for what belongs to it, `{kind} linked to …` for what refers to it"
OTHER_WORDS: Mapping[str, str] = {
    "about": ABOUT,
    "on": ABOUT,
    "without": "write `where not with …`",
    **dict.fromkeys(("sort", "sorted"), "write `order by …`"),
}
"""Words that readers may try in vain, and what to write instead."""
SIGNS = ("=", "!=", "<", "<=", ">", ">=")
_OPERATORS = "`=`, `!=`, `<`, `<=`, `>`, `>=`, `in (…)`, `contains` or `is empty`"
_T = TypeVar("_T")


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
        """The token to be read."""
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
        """Read this word or sign."""
        if not self.accept(key):
            raise self.next.error(f"`{key}` is missing {place}", f"found {self.next} in its place")

    def separated(self, by: str, read: Callable[[], _T]) -> tuple[_T, ...]:
        """One thing or several, with a word or sign between them."""
        found = [read()]
        while self.accept(by):
            found.append(read())
        return tuple(found)

    def phrase(self, known: Collection[str]) -> str:
        """The longest of some phrases that the next words are; empty when they are none."""
        for count in range(max(len(phrase.split()) for phrase in known), 0, -1):
            words = " ".join(self.peek(at).key for at in range(count))
            if words in known:
                return words
        return ""

    def two_words(self) -> str:
        """The next two words, for phrases that are misspelt."""
        return f"{self.next.key} {self.peek(1).key}".strip()

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level down."""
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
        while (clause := self.next.key) in CLAUSES:
            self.take()
            if clause == "order":
                self.expect("by", "after `order`")
                order = self.separated(",", lambda: self.order(kind))
            elif clause == "limit":
                limit = self.limit()
            else:
                selected = self.separated(",", lambda: self.column(kind))
        if self.next.type != "end":
            raise self.misplaced(kind)
        return Query(selection, order, limit, selected or default_columns(kind, [token.key for token in self.tokens]))

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
        return Selection(kind, And(tuple(filters)))

    def order(self, kind: str) -> tuple[Column, bool]:
        column, token = self.column(kind), self.tokens[self.at - 1]
        if column.type == "part":
            raise token.error(f"`{column.name}` has parts, and no order", "order by one of their fields")
        down = self.accept("desc")
        if not down:
            self.accept("asc")
        return column, down

    def limit(self) -> int:
        token = self.take()
        if not token.text.isascii() or not token.text.isdigit() or not 0 < len(token.text) <= len(str(MAX_LIMIT)):
            raise token.error(f"a limit is a whole number, not {token}", "write `limit 10`")
        return int(token.text)

    # Filters

    def any(self, kind: str) -> Filter:
        filters = self.separated("or", lambda: self.all(kind))
        return filters[0] if len(filters) == 1 else Or(filters)

    def all(self, kind: str) -> Filter:
        filters = self.separated("and", lambda: self.one(kind))
        _check_together(filters)
        return filters[0] if len(filters) == 1 else And(filters)

    def one(self, kind: str) -> Filter:
        with self.deeper():
            if self.accept("not"):
                return Not(self.one(kind))
            if self.accept("("):
                inside = And((self.any(kind),))
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
        phrase = self.phrase(phrases(kind))
        if not phrase:
            return None
        start = self.next
        self.accept(*phrase.split())
        meant = tuple(step for step in steps()[phrase] if kind in step.before)
        with self.deeper():
            target = self.target(phrase, meant)
        if reached := target.kind:
            fitting = tuple(step for step in meant if reached in step.after or reached == "record")
            if not fitting:
                ways = f"from {PLURALS[kind]} to {kinds_reached(meant)}, not to {PLURALS[reached]}"
                raise start.error(f"`{phrase}` leads {ways}")
            meant = fitting
        times = []
        while time := self.time(kind):
            times.append(time)
        return Traversal(meant, target, tuple(times))

    def target(self, phrase: str, meant: tuple[StepType, ...]) -> ById | Selection:
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
        return ById("", token)

    def of_kind(self, kind: str) -> ById | Selection:
        """A kind's record by id, the kind with one more step, or all of the kind."""
        if step := self.step(kind):
            return Selection(kind, step)
        if self.next.is_value:
            return ById(kind, self.take())
        return Selection(kind, And(()))

    # Comparisons

    def counts(self) -> bool:
        return (self.next.key, self.peek(1).key) == ("number", "of")

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
            raise _unknown_column(token, kind)
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
            raise operator.error(f"`{column.name}` is compared with nothing: a sign is missing", _OPERATORS)
        return Not(found) if sign in ("not", "!=") else found

    def against(self, kind: str, column: Column, sign: str, operator: Token) -> Filter:
        """A comparison with a value, or with another column."""
        check_operator(column, sign, operator)
        start, other = self.next, columns(kind).get(self.next.column)
        if not self.counts() and not (other and column.type in ORDERED and column.type == other.type):
            return self.compared(column, sign)
        other = self.column(kind)
        if other.type != column.type:
            raise start.error(f"`{other.name}` is a number, and `{column.name}` is none")
        compared = Comparison(column, sign, other=other)
        if COMPUTED_RATING in (column.name, other.name):
            return And((compared, Not(Comparison(columns(kind)["direction"], "=", (AGAINST,)))))
        return compared

    def compared(self, column: Column, sign: str) -> Comparison:
        token = self.value()
        value = token.text if sign == "contains" else typed_value(column, token, self.next.key)
        return Comparison(column, sign, (value,), tokens=(token,))

    def among(self, column: Column) -> Comparison:
        self.expect("(", "after `in`")
        tokens = self.separated(",", self.value)
        self.expect(")", "after the values")
        check_operator(column, "=", tokens[0])
        return Comparison(column, "=", tuple(typed_value(column, token) for token in tokens), tokens=tokens)

    def empty(self, column: Column) -> Filter:
        negated = self.accept("not")
        if not self.accept("empty"):
            instead = f"`{column.name} {'!=' if negated else '='} {self.next.text}`" if self.next.text else ""
            hint = f"did you mean {instead}?" if instead else "write `is empty` or `is not empty`"
            raise self.next.error("`is` goes only with `empty` and `not empty`", hint)
        exists = Comparison(column, "exists")
        return exists if negated else Not(exists)

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
        message = f"{token} cannot stand here"
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
        token, plural = self.next, PLURALS[kind]
        if token.type != "word" or token.key in KEYWORDS:
            return token.error(f"a test or a step is missing before {token}", "as in `rating >= medium`")
        if token.column in columns(kind):
            self.take()
            hint = "as in `= …`, `in (…)`, `contains …`, `is empty`"
            return self.next.error(f"`{token.column}` is compared with nothing: a sign is missing", hint)
        hint = self.word_hint(kind, (*columns(kind), *phrases(kind)))
        return token.error(f"{token} is neither a field of {plural} nor a step from them", hint)

    def where_hint(self, kind: str) -> str:
        """How a comparison can come where one begins."""
        if any(token.key == "where" for token in self.tokens[: self.at]):
            return "tests are joined by `and` or `or`"
        words = self.two_words() if self.begins_comparison(kind) else f"{self.next.key} ="
        return f"tests stand after `where`: `where {words} …`"

    def word_hint(self, kind: str, known: Iterable[str]) -> str:
        """What may be meant by words that are not in the language, or do not go with a kind."""
        first = self.next.key
        if first in OTHER_WORDS:
            return OTHER_WORDS[first].format(kind=PLURALS[kind])
        if phrase := self.phrase(steps()):
            before = " or ".join(PLURALS[one] for one in PLURALS if any(one in step.before for step in steps()[phrase]))
            return f"`{phrase}` leads from {before}"
        return suggestion(self.two_words(), known) or suggestion(first, known)


def _unknown_column(token: Token, kind: str) -> InvalidQuery:
    if token.type != "word":
        return token.error(f"the name of a field is missing before {token}")
    name, known = token.column, columns(kind)
    outer = name.rpartition(".")[0]
    near = [one for one in known if one.rpartition(".")[0] == (outer if outer in known else "")]
    elsewhere = [plural for other, plural in PLURALS.items() if name in columns(other)]
    hint = suggestion(name, near, what="fields") or suggestion(name, known)
    if elsewhere:
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
