"""The text of a query → its words and signs, each with its place.

In: a query. Out: tokens, the last of which is the end. Wrong when the query is too long, or a quote is left open.
"""

import re
from dataclasses import dataclass
from typing import Literal

from ledger.query.problems import Problem, Wrong

MAX_LENGTH = 2_000
"""Characters that a query may have."""
Sort = Literal["word", "quoted", "sign", "end"]
_SORTS: dict[str, Sort] = {"sign": "sign", "word": "word", "double": "quoted", "curved": "quoted", "single": "quoted"}
"""Group of the pattern → the sort of token."""
_TOKENS = re.compile(
    r"""(?P<space>\s+)
    |(?P<sign>!=|<=|>=|[=<>(),])
    |"(?P<double>[^"]*)"|“(?P<curved>[^”]*)”|(?<![^\s(,=<>])'(?P<single>[^']*)'
    |(?P<word>[^\s()<>=!,"“”]+)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a quoted text, a sign or the end, as it was written, from one offset to another."""

    sort: Sort
    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """What the language compares: letters in lower case; nothing for a quoted text, which is always a value."""
        return self.text.casefold() if self.sort in ("word", "sign") else ""


def wrong(token: Token, message: str, hint: str = "") -> Wrong:
    """What is wrong at a token."""
    return Wrong(Problem(message, token.start + 1, max(token.end, token.start + 1) + 1, hint))


def read_tokens(query: str) -> tuple[Token, ...]:
    """The tokens of a query."""
    if len(query) > MAX_LENGTH:
        hint = f"a query has at most {MAX_LENGTH:,} characters"
        raise Wrong(Problem(f"the query is too long: {len(query):,} characters", MAX_LENGTH + 1, MAX_LENGTH + 2, hint))
    found = []
    at = 0
    while at < len(query):
        match = _TOKENS.match(query, at)
        if not match:
            raise wrong(Token("sign", query[at], at, at + 1), *_unreadable(query[at]))
        group = str(match.lastgroup)
        if group in _SORTS:
            found.append(Token(_SORTS[group], match[group], at, match.end()))
        at = match.end()
    return (*found, Token("end", "", len(query), len(query)))


def _unreadable(character: str) -> tuple[str, str]:
    if character in "\"'“":
        return "this quote is never closed", f"close it with {'”' if character == '“' else character}"
    if character == "!":
        return "`!` stands only before `=`", "write `!=`, or `not` before a test"
    return f"`{character}` has no meaning here", "a value with such characters needs quotes"
