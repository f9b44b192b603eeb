"""What is wrong with a query: where, and what to write instead.

In: a message with a place in the query. Out: a Problem, and the text that shows it under the query with a caret.
`Wrong` carries it out of the parser; no other module sees it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ledger.diagnostics import Span, did_you_mean, excerpt, visible

MOST_LISTED = 60
"""Up to so many words stand in a hint."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a query has no answer. Columns count from 1; `end_column` is the one after the last character."""

    message: str
    column: int
    end_column: int
    hint: str = ""


class Wrong(Exception):  # noqa: N818 - it is a detour out of a recursion, not an error of the program
    """Carries a problem to where the query was handed in."""

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
    if near := did_you_mean(wrong[:MOST_LISTED], words):
        return near
    return f"{what}: {', '.join(words)}" if what and 0 < len(words) <= MOST_LISTED else ""
