"""The tokens of a query as the parser goes through them.

In: tokens. Out: the next of them, one by one, and Wrong when the reading goes too deep.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ledger.query.lexing import Token, wrong

MAX_DEPTH = 20
"""Levels of brackets, `not` and steps within steps."""
TIMES = {"since": ">=", "before": "<", "until": "<=", "after": ">"}
"""The words for comparing dates, and the sign that each stands for."""
KEYWORDS = frozenset((*TIMES, "order", "limit", "select", "where", "and", "or", "not", "in", "is", "contains"))
"""Words that are no values unless they stand in quotes."""


@dataclass(slots=True)
class Reader:
    """The tokens, how many of them are read, and how deep the reading is."""

    tokens: tuple[Token, ...]
    at: int = 0
    depth: int = 0

    @property
    def next(self) -> Token:
        """The token to be read."""
        return self.ahead(0)

    @property
    def last(self) -> Token:
        """The token that was read last."""
        return self.tokens[self.at - 1]

    def ahead(self, count: int) -> Token:
        """A token further on; past the end, the end."""
        return self.tokens[min(self.at + count, len(self.tokens) - 1)]

    def take(self) -> Token:
        """Read one token; the end can be read again and again."""
        token = self.next
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def takes(self, *keys: str) -> bool:
        """Read these words, if they are the next ones."""
        found = all(self.ahead(at).key == key for at, key in enumerate(keys))
        self.at += len(keys) if found else 0
        return found

    def needs(self, key: str, place: str) -> None:
        """Read this word or sign."""
        if not self.takes(key):
            raise wrong(self.next, f"`{key}` is missing {place}", f"found {shown(self.next)} in its place")

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level down."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise wrong(self.next, f"the query is nested deeper than {MAX_DEPTH} levels", "ask in smaller questions")
        yield
        self.depth -= 1


def phrase_at(reader: Reader, known: Collection[str]) -> str:
    """The longest of some phrases that the next words are; empty when they are none."""
    for count in range(max(len(phrase.split()) for phrase in known), 0, -1):
        words = " ".join(reader.ahead(at).key for at in range(count))
        if words in known:
            return words
    return ""


def shown(token: Token) -> str:
    """A token in a sentence."""
    if token.sort == "end":
        return "the end of the query"
    return f'"{token.text}"' if token.sort == "quoted" else f"`{token.text}`"
