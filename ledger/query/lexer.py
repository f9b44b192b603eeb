"""The words of a query, each with its place; and what is wrong with one, where, and what to write instead.

In: the text of a query. Out: its tokens. InvalidQuery when it is too long, a quote is left open, or a character has no
meaning. What is said of a mistake is in the texts, in the group `query`: the search page says the same.
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ledger import texts
from ledger.diagnostics import Span, excerpt, nearest, visible

GRAMMAR: Mapping[str, Any] = json.loads(Path(__file__).with_name("grammar.json").read_text(encoding="utf-8"))
"""The language as data, from which the lexer, the parser, the columns and the steps are made. `exports/query.py`
publishes it for the search page, and `docs/tables.py` writes its tables; nothing of the language is listed elsewhere.

- `tokens` are tried in their order; a `sign` is `signs` or a bracket or comma.
- `kinds` says of a kind the column that `since 2024` is about and those of an answer to a query that selects none.
- `private` columns are asked on the command line and in Python alone: the site does not have them.
- `edges` has the phrase from an edge's start to its end, and the phrase back.
- `steps` are more than one edge, or go by a shorter word: phrase, kinds before it, kinds after it, paths, meaning, and
  `dated` where `since 2024` right after it is about what the step goes through. The paths are walked from what is named
  after the phrase, and written in the notation of SPARQL 1.1 for property paths (section 9) with additions: `/` joins
  hops, `|` joins paths; `^` is for an edge that is walked from its end to its start, `*` for one that is walked any
  number of times, `+` for at least once. After `:` comes the kind that a hop must reach, in brackets the effect that
  the edge must carry. `any` is every edge but those in `only_found`. `below` leads down the ladder to what belongs to a
  record, `earlier` from a source to what it takes from.
"""
MAX_LENGTH: int = GRAMMAR["longest"]
"""Characters that a query may have."""
MAX_HINT: int = GRAMMAR["longest_hint"]
"""Up to so many words are listed in a hint."""
DATE_WORDS: dict[str, str] = GRAMMAR["times"]
"""The words for comparing dates, and the sign that each means."""
COUNT = "count"
"""The word of a further clause, which is a value like others everywhere else."""
KEYWORDS = frozenset((*DATE_WORDS, *GRAMMAR["clauses"], *GRAMMAR["keywords"]))
"""Words that are no values unless they are in quotes."""


# Problems


class Problem(NamedTuple):
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


def said(name: str, **places: Any) -> str:
    """A text about queries; empty where there is none of that name."""
    return texts.say(f"query.{name}", **places) if name in texts.Group("query") else ""


def suggestion(wrong: str, known: Iterable[str], *, what: str = "") -> str:
    """`did you mean 'rating'?`, or else the words to choose from, if it is said what they are and they are few."""
    words = sorted(set(known))
    if near := nearest(wrong[:MAX_HINT], words):
        return said("did_you_mean", word=f"`{near}`")
    return said(what, words=", ".join(words)) if what and 0 < len(words) <= MAX_HINT else ""


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
        return self.text.lower() if self.type in ("word", "sign") else ""

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
            return said("end")
        return f'"{self.text}"' if self.type == "quoted" else f"`{self.text}`"

    def error(self, name: str, hint: str = "", **places: Any) -> InvalidQuery:
        """What is wrong at this token: a text, and beside it a hint or the text that ends in `_hint`."""
        places = {"token": str(self), "word": self.text, **places}
        message, hint = said(name, **places), hint or said(f"{name}_hint", **places)
        return InvalidQuery(Problem(message, self.start + 1, max(self.end, self.start + 1) + 1, hint))


_TOKENS = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in GRAMMAR["tokens"]))


def tokenize(query: str) -> tuple[Token, ...]:
    """The tokens of a query, the last of which is the end."""
    if len(query) > MAX_LENGTH:
        raise Token("end", "", MAX_LENGTH, MAX_LENGTH).error("too_long", length=str(len(query)), most=str(MAX_LENGTH))
    found = []
    for match in _TOKENS.finditer(query):
        name, text = str(match.lastgroup), match[0]
        token = Token(name, text[1:-1] if name == "quoted" else text, *match.span())
        if name == "wrong":
            why = "open_quote" if text in "\"'“" else "lone_not" if text == "!" else "strange"
            raise token.error(why, close="”" if text == "“" else text)
        if name != "space":
            found.append(token)
    return (*found, Token("end", "", len(query), len(query)))
