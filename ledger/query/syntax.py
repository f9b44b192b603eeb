"""What queries are made of: tokens, values, filters; and what is wrong with one, where, and what to write instead.

In: the text of a query. Out: tokens, each with its place, and the values of columns that they mean. InvalidQuery when
the text is too long, a quote is left open, or a value does not go with a column.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeAlias

from ledger.dates import PartialDate, parse_date
from ledger.diagnostics import Span, did_you_mean, excerpt, visible
from ledger.fields import ACCEPTED_SPANS, DIGITS
from ledger.query.columns import Column
from ledger.query.steps import StepType

MAX_LENGTH = 2_000
"""Characters that a query may have."""
MAX_HINT = 60
"""Up to so many words are listed in a hint."""
DATE_WORDS = {"since": ">=", "before": "<", "until": "<=", "after": ">"}
"""The words for comparing dates, and the sign that each means."""
CLAUSES = ("order", "limit", "select")
KEYWORDS = frozenset((*DATE_WORDS, *CLAUSES, "where", "and", "or", "not", "in", "is", "contains"))
"""Words that are no values unless they are in quotes."""


# Problems


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a query has no answer. Columns count from 1; `end_column` is the one after the last character."""

    message: str
    column: int
    end_column: int
    hint: str = ""


class InvalidQuery(Exception):  # noqa: N818 - it is a detour out of a recursion, not an error of the program
    """Carries a problem to where the query was handed in; no other module sees it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def as_text(problem: Problem, query: str) -> str:
    """The message, the query with a caret under what is meant, the hint."""
    line = re.sub(r"\s", " ", query)
    place = Span("", 1, problem.column, 1, problem.end_column)
    shown = [row.partition("| ")[2] for row in excerpt(line, place)]
    parts = [f"column {problem.column}: {visible(problem.message)}", *(f"  {row}" for row in shown)]
    return "\n".join([*parts, *([f"  hint: {visible(problem.hint)}"] if problem.hint else [])])


def suggestion(wrong: str, known: Iterable[str], *, what: str = "") -> str:
    """`did you mean 'rating'?`, or else the words to choose from, if it is said what they are and they are few."""
    words = sorted(set(known))
    if near := did_you_mean(wrong[:MAX_HINT], words):
        return near
    return f"{what}: {', '.join(words)}" if what and 0 < len(words) <= MAX_HINT else ""


# Tokens

TokenType = Literal["word", "quoted", "sign", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a quoted text, a sign or the end, as it was written, from one offset to another."""

    type: TokenType
    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """What the language compares: letters in lower case; nothing for a quoted text, which is always a value."""
        return self.text.casefold() if self.type in ("word", "sign") else ""

    @property
    def column(self) -> str:
        """The name of a column as it may be written: `first-hand` is `first_hand`."""
        return self.key.replace("-", "_")

    @property
    def is_value(self) -> bool:
        """Whether it can be a value, or an id."""
        return self.type in ("word", "quoted") and self.key not in KEYWORDS

    def __str__(self) -> str:
        """A token in a sentence."""
        if self.type == "end":
            return "the end of the query"
        return f'"{self.text}"' if self.type == "quoted" else f"`{self.text}`"

    def error(self, message: str, hint: str = "") -> InvalidQuery:
        """What is wrong at this token."""
        return InvalidQuery(Problem(message, self.start + 1, max(self.end, self.start + 1) + 1, hint))


_TOKENS = re.compile(
    r"""(?P<space>\s+)
    |(?P<sign>!=|<=|>=|[=<>(),])
    |"(?P<double>[^"]*)"|“(?P<curved>[^”]*)”|(?<![^\s(,=<>])'(?P<single>[^']*)'
    |(?P<word>[^\s()<>=!,"“”]+)|(?P<wrong>.)""",
    re.VERBOSE,
)
_TYPES: Mapping[str, TokenType] = {"sign": "sign", "word": "word"}


def tokenize(query: str) -> tuple[Token, ...]:
    """The tokens of a query, the last of which is the end."""
    if len(query) > MAX_LENGTH:
        hint = f"a query has at most {MAX_LENGTH:,} characters"
        message = f"the query is too long: {len(query):,} characters"
        raise InvalidQuery(Problem(message, MAX_LENGTH + 1, MAX_LENGTH + 2, hint))
    found = []
    for match in _TOKENS.finditer(query):
        group = str(match.lastgroup)
        token = Token(_TYPES.get(group, "quoted"), match[group], *match.span())
        if group == "wrong":
            raise token.error(*_unreadable(token.text))
        if group != "space":
            found.append(token)
    return (*found, Token("end", "", len(query), len(query)))


def _unreadable(character: str) -> tuple[str, str]:
    if character in "\"'“":
        return "this quote is never closed", f"close it with {'”' if character == '“' else character}"
    if character == "!":
        return "`!` stands only before `=`", "write `!=`, or `not` before a test"
    return f"`{character}` has no meaning here", "a value with such characters needs quotes"


# Values

Value: TypeAlias = str | PartialDate | Decimal | bool
ORDERED = frozenset(("scale", "date", "number"))
"""The types with a less and a more."""
SEARCHABLE = frozenset(("text", "word", "id", "part"))
"""The types that may contain some words."""
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?")


def check_operator(column: Column, sign: str, at: Token) -> None:
    """Whether a sign goes with the type of a column."""
    if sign == "contains" and column.type not in SEARCHABLE:
        raise at.error(f"`{column.name}` is no text that could contain something", "compare it with `=`")
    if sign in ("<", "<=", ">", ">=") and column.type not in ORDERED:
        raise at.error(f"`{column.name}` has no order", "use `=`, `!=`, `in (…)` or `contains`")
    if sign == "=" and column.type == "part" and not column.choices:
        hint = "compare one of its fields, as in `evidence.consulted`, or use `contains` or `is empty`"
        raise at.error(f"`{at.text}` does not go with `{column.name}`, which has parts", hint)


def typed_value(column: Column, token: Token, after: str = "") -> Value:
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


@dataclass(frozen=True, slots=True)
class Comparison:
    """A column against values, any of which will do, or against another column; or whether it has a value at all."""

    column: Column
    operator: str
    """`=`, `<`, `<=`, `>`, `>=`, `contains` or `exists`."""
    values: tuple[Value, ...] = ()
    other: Column | None = None
    tokens: tuple[Token, ...] = field(default=(), compare=False)
    """Where the values are written; only those of ids are looked at again."""


@dataclass(frozen=True, slots=True)
class ById:
    """One record, or part of one; the kind is empty where none is named."""

    kind: str
    token: Token = field(compare=False)


@dataclass(frozen=True, slots=True)
class Traversal:
    """A step to what is named after it, and the dates that hold for it."""

    meant: tuple[StepType, ...]
    target: "ById | Selection"
    times: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What a filter does not find."""

    filter: "Filter"


@dataclass(frozen=True, slots=True)
class And:
    """What every filter finds; with no filter, everything. Comparisons in it are about one part of a list together."""

    filters: tuple["Filter", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """What at least one filter finds."""

    filters: tuple["Filter", ...]


Filter: TypeAlias = Comparison | Traversal | Not | And | Or


@dataclass(frozen=True, slots=True)
class Selection:
    """A kind, and the filter that its entities must pass."""

    kind: str
    filter: Filter


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for, the columns to sort by and whether downwards, how many at most, and the columns shown."""

    selection: Selection
    order: tuple[tuple[Column, bool], ...]
    limit: int | None
    columns: tuple[Column, ...]
