"""The text of a query → what it asks for; or what is wrong with it, where, and what to write instead.

In: a query. Out: a Query in which every column, word, number and date is understood; ids are left to the ledger.
InvalidQuery at the first token that does not fit. Each rule of the grammar in `docs/query-language.md` has a method of
the parser, which works by recursive descent.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from typing import Literal, NamedTuple, TypeAlias, TypeVar

from ledger.edges import RECORD
from ledger.query.columns import KIND_WORDS, PLURALS, SAME_SCALES, Column, columns, date_column, default_columns
from ledger.query.lexer import COUNT, DATE_WORDS, GRAMMAR, KEYWORDS, InvalidQuery, Token, said, suggestion, tokenize
from ledger.query.steps import StepType, kinds_named, kinds_reached, phrases, steps
from ledger.query.values import Value, check_operator, chosen, elsewhere, number_of, unknown_column, value_of

MAX_DEPTH: int = GRAMMAR["deepest"]
"""Levels of brackets, `not` and steps within steps."""
SIGNS: list[str] = GRAMMAR["signs"]
_T = TypeVar("_T")


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


def parse(query: str, *, published: bool = False) -> Query:
    """What a query asks for, of what is published if it is asked of that."""
    return _Parser(query, published=published).query()


class _Parser:
    """The tokens of a query, how many of them are read, and how deep the parser is in it."""

    def __init__(self, query: str, *, published: bool) -> None:
        self.tokens, self.published = tokenize(query), published
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

    def expect(self, key: str, otherwise: str) -> None:
        if not self.accept(key):
            raise self.next.error(otherwise, said("found", token=str(self.next)))

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
            raise self.next.error("too_deep", most=str(MAX_DEPTH))
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
        while (clause := self.next.key) in (*GRAMMAR["clauses"], COUNT):
            start = self.take()
            if clause == "order":
                self.expect("by", "no_by")
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
            raise start.error("count_alone")
        shown = selected or default_columns(kind, [token.key for token in self.tokens])
        return Query(selection, order, limit, shown, counted)

    def counted(self, kind: str) -> tuple[Column, ...]:
        """The columns to count by; only one may have several values, or each would be paired with each."""
        start = self.next
        found = self.separated(",", lambda: self.column(kind)) if self.accept("by") else ()
        parts = [column.name for column in found if column.type == "part"]
        if parts:
            raise start.error("count_parts", column=parts[0])
        if len(lists := [column.name for column in found if column.is_list or column.of_part]) > 1:
            raise start.error("count_lists", column=lists[0], other=lists[1])
        return found

    def kind(self) -> str:
        token = self.take()
        if kind := KIND_WORDS.get(token.key):
            return kind
        raise token.error("no_kind" if token.type == "end" else "wrong_kind", self.kind_hint(token))

    def kind_hint(self, token: Token) -> str:
        """What may be meant by a first word that is no kind."""
        if meant := GRAMMAR["kind_words"].get(token.key):
            return said("did_you_mean", word=f"`{PLURALS[meant]}`")
        if token.key in GRAMMAR["first_words"] or self.next.key in KIND_WORDS:
            return said("kind_first")
        if "-" in token.key and self.next.type == "end":
            return said("one_record", kind=PLURALS[RECORD], id=token.text)
        return suggestion(token.key, PLURALS.values(), what="one_of")

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
            raise token.error("order_parts", number_of(column), column=column.name)
        is_down = self.accept("desc")
        if not is_down:
            self.accept("asc")
        return column, is_down

    def limit(self) -> int:
        token = self.take()
        if not re.fullmatch("[0-9]{1,7}", token.text):
            raise token.error("no_limit")
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
                self.expect(")", "no_end_of_tests")
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
            places = {"start": PLURALS[kind], "end": kinds_reached(meant), "other": PLURALS[target.kind]}
            raise start.error("leads_elsewhere", step=phrase, **places)
        times = []
        while time := self.time(kind):
            times.append(time)
        return Traversal(fitting, target, tuple(times))

    def target(self, phrase: str, meant: tuple[StepType, ...]) -> Selection:
        """What a step leads to: a record, all records of a kind, or those that a selection finds."""
        if self.accept("("):
            selection = self.selection(self.kind())
            self.expect(")", "no_end_of_selection")
            return selection
        self.accept("any")
        if kind := KIND_WORDS.get(self.next.key):
            self.take()
            return self.of_kind(kind)
        token = self.take()
        if token.key == "no" and self.next.key in KIND_WORDS:
            raise token.error("misplaced", said("for_without"))
        if not token.is_value:
            raise token.error("no_target", step=phrase, end=kinds_reached(meant))
        return Selection("", id=token)

    def of_kind(self, kind: str) -> Selection:
        """A kind's record by id, the kind with one more step, or all of the kind."""
        if step := self.step(kind):
            return Selection(kind, step)
        return Selection(kind, id=self.take()) if self.next.is_value else Selection(kind)

    # Comparisons

    def counts(self) -> bool:
        return bool(self.words(2) == GRAMMAR["number_of"])

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
        counts = self.accept(*GRAMMAR["number_of"].split())
        token = self.take()
        column = columns(kind).get(token.column)
        if column is None:
            raise unknown_column(token, kind, self.peek(1).text if self.peek(1).is_value else "")
        if self.published and column.name in GRAMMAR["private"]:
            raise token.error("private")
        if not counts:
            return column
        if not column.is_list:
            lists = [name for name, one in columns(kind).items() if one.is_list and "." not in name]
            raise token.error("no_list", column=column.name, words=", ".join(lists))
        name = f"{GRAMMAR['number_of']} {column.name}"
        return replace(column, name=name, type="number", choices=(), is_list=False, is_count=True)

    def comparison(self, kind: str) -> Filter:
        column, operator = self.column(kind), self.take()
        sign = DATE_WORDS.get(operator.key, operator.key)
        if sign == "is":
            return self.empty(column)
        if sign in ("in", "not"):
            if sign == "not":
                self.expect("in", "no_in")
            found: Filter = self.among(column)
        elif operator.key in DATE_WORDS and column.type != "date":
            raise operator.error("not_dates", column=column.name)
        elif sign in (*SIGNS, "contains"):
            found = self.against(kind, column, "=" if sign == "!=" else sign, operator)
        else:
            raise operator.error("no_sign", column=column.name)
        return Junction("not", (found,)) if sign in ("not", "!=") else found

    def against(self, kind: str, column: Column, sign: str, operator: Token) -> Filter:
        """A comparison with a value, or with another column."""
        check_operator(column, sign, operator)
        start, other = self.next, columns(kind).get(self.next.column)
        if not self.counts() and not (other and column.type in GRAMMAR["ordered"] and column.type == other.type):
            return self.compared(column, sign)
        other = self.column(kind)
        if other.type != column.type:
            raise start.error("not_numbers", column=column.name, other=other.name)
        if column.choices != other.choices and not {column.choices, other.choices} <= {*SAME_SCALES}:
            raise start.error("other_scales", column=column.name, other=other.name)
        return Comparison(column, sign, other=other)

    def compared(self, column: Column, sign: str) -> Comparison:
        token = self.value()
        value = token.text if sign == "contains" else value_of(column, token, self.next.key)
        return Comparison(column, sign, (value,), tokens=(token,))

    def among(self, column: Column) -> Comparison:
        self.expect("(", "no_values")
        tokens = self.separated(",", self.value)
        self.expect(")", "no_end_of_values")
        check_operator(column, "=", tokens[0])
        return Comparison(column, "=", tuple(value_of(column, token) for token in tokens), tokens=tokens)

    def empty(self, column: Column) -> Filter:
        negated = self.accept("not")
        if not self.accept("empty"):
            joined = f"{self.next.key}-{self.peek(1).key}"
            value = joined if joined in column.choices else self.next.text
            instead = f"`{column.name} {'!=' if negated else '='} {value}`"
            is_value = value and self.next.key not in GRAMMAR["no_values"]
            raise self.next.error("not_empty", said("did_you_mean", word=instead) if is_value else "")
        exists = Comparison(column, "exists")
        return exists if negated else Junction("not", (exists,))

    def value(self) -> Token:
        token = self.take()
        if not token.is_value:
            is_twice = token.key == "=" and self.tokens[max(self.at - 2, 0)].key == "="
            raise token.error("no_value", said("quote_it" if token.type == "word" else "one_sign" if is_twice else ""))
        return token

    # What is wrong where no rule fits

    def misplaced(self, kind: str) -> InvalidQuery:
        """Why no further word can come where one does."""
        token, is_other = self.next, self.next.key in GRAMMAR["other_words"]
        if token.key in KEYWORDS and not is_other:
            return token.error("misplaced", said("keywords"))
        if token.column in columns(kind) or (self.begins_comparison(kind) and not is_other):
            return token.error("begins_test", self.where_hint(kind))
        if self.phrase(phrases(kind)) and not is_other:
            return token.error("misplaced", said("join_tests"))
        hint = self.word_hint(kind, (*phrases(kind), *GRAMMAR["clause_words"]))
        if not hint and self.at == 1 and self.peek(1).type == "end":
            hint = said("one_record", kind=PLURALS[kind], id=token.text)
        return token.error("misplaced", "" if token.type == "sign" else hint)

    def no_filter(self, kind: str) -> InvalidQuery:
        """What is wrong where a filter should begin."""
        token = self.next
        if token.type != "word" or token.key in KEYWORDS:
            return token.error("no_filter")
        if token.column in columns(kind):
            return self.peek(1).error("no_sign", column=token.column)
        hint = elsewhere(token, kind, "") or chosen(token, kind)
        hint = hint or self.word_hint(kind, (*columns(kind), *phrases(kind)))
        return token.error("no_field_or_step", hint, kind=PLURALS[kind])

    def where_hint(self, kind: str) -> str:
        """How a comparison can come where one begins."""
        if any(token.key == "where" for token in self.tokens[: self.at]):
            return said("join_tests")
        words = self.words(2).strip() if self.begins_comparison(kind) else f"{self.next.key} ="
        return said("after_where", words=words)

    def word_hint(self, kind: str, known: Collection[str]) -> str:
        """What may be meant by words that are not in the language, or do not go with a kind."""
        first, after = self.next.key, self.peek(1)
        if step := GRAMMAR["instead"].get(kind, {}).get(first):
            return said("step_to", kind=PLURALS[kind], step=step, id=after.text if after.is_value else "ID")
        if first in GRAMMAR["other_words"]:
            return said(GRAMMAR["other_words"][first], kind=PLURALS[kind])
        if phrase := self.phrase(steps()):
            return said("leads_from", step=phrase, start=kinds_named(step.before for step in steps()[phrase]))
        pairs = [word for word in known if " " in word]
        return suggestion(self.words(2).strip(), pairs) or suggestion(first, known)


def _check_together(filters: Iterable[Filter]) -> None:
    """Whether some part of a list can pass all comparisons that `and` joins."""
    compared = [one for one in filters if isinstance(one, Comparison) and one.column.of_part]
    equal = [one for one in compared if one.operator == "=" and one.column.type not in ("date", "number")]
    for one, other in combinations(equal, 2):
        words = [{token.text.lower() for token in each.tokens} for each in (one, other)]
        if one.column == other.column and words[0].isdisjoint(words[1]):
            outer, _, inner = one.column.name.rpartition(".")
            raise other.tokens[0].error("two_values", outer=outer, inner=inner)
