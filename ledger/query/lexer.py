"""The words of a query, each with its place; and what is wrong with one, where, and what to write instead.

In: the text of a query. Out: its tokens. InvalidQuery when it is too long, a quote is left open, or a character has no
meaning.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ledger.diagnostics import Span, did_you_mean, excerpt, visible

MAX_LENGTH = 2_000
"""Characters that a query may have."""
MAX_HINT = 60
"""Up to so many words are listed in a hint."""
DATE_WORDS = {"since": ">=", "before": "<", "until": "<=", "after": ">"}
"""The words for comparing dates, and the sign that each means."""
CLAUSES = ("order", "limit", "select")
COUNT = "count"
"""The word of a further clause, which is a value like others everywhere else."""
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
    place = Span("", 1, problem.column, 1, problem.end_column)
    shown = [f"  {row.partition('| ')[2]}" for row in excerpt(re.sub(r"\s", " ", query), place)]
    hint = [f"  hint: {visible(problem.hint)}"] if problem.hint else []
    return "\n".join([f"column {problem.column}: {visible(problem.message)}", *shown, *hint])


def suggestion(wrong: str, known: Iterable[str], *, what: str = "") -> str:
    """`did you mean 'rating'?`, or else the words to choose from, if it is said what they are and they are few."""
    words = sorted(set(known))
    if near := did_you_mean(wrong[:MAX_HINT], words):
        return near
    return f"{what}: {', '.join(words)}" if what and 0 < len(words) <= MAX_HINT else ""


# Tokens


class Token(NamedTuple):
    """A word, a quoted text, a sign or the end, as it was written, from one offset to another."""

    type: str
    """`word`, `quoted`, `sign` or `end`."""
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


def tokenize(query: str) -> tuple[Token, ...]:
    """The tokens of a query, the last of which is the end."""
    if len(query) > MAX_LENGTH:
        hint = f"a query has at most {MAX_LENGTH:,} characters"
        message = f"the query is too long: {len(query):,} characters"
        raise InvalidQuery(Problem(message, MAX_LENGTH + 1, MAX_LENGTH + 2, hint))
    found = []
    for match in _TOKENS.finditer(query):
        group = str(match.lastgroup)
        token = Token(
            "sign" if group == "sign" else "word" if group == "word" else "quoted", match[group], *match.span()
        )
        if group == "wrong":
            raise token.error(*_unreadable(token.text))
        if group != "space":
            found.append(token)
    return (*found, Token("end", "", len(query), len(query)))


def _unreadable(character: str) -> tuple[str, str]:
    if character in "\"'“":
        return "this quote is never closed", f"close it with {'”' if character == '“' else character}"
    if character == "!":
        return "`!` is used only before `=`", "write `!=`, or `not` before a test"
    return f"`{character}` has no meaning here", "a value with such characters needs quotes"
