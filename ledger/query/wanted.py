"""The values that a query compares with: a written word → a value of the column's type.

In: a column and a token. Out: the value. Wrong when no value of that type is written so, with what could be meant.
"""

import re
from decimal import Decimal

from ledger.dates import parse_date
from ledger.fields import ACCEPTED_SPANS, DIGITS
from ledger.query.columns import SCALE, Column
from ledger.query.grammar import Value
from ledger.query.lexing import Token, wrong
from ledger.query.problems import suggestion

ORDERED = frozenset(("scale", "date", "number"))
"""The types with a less and a more."""
CONTAINING = frozenset(("text", "word", "id", "part"))
"""The types that may contain some words."""
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?")


def read_value(column: Column, token: Token, after: str = "") -> Value:
    """The value that a token stands for; the word after it may turn out to belong to it."""
    if column.choices and column.type in ("word", "scale", "part"):
        return _choice(column, token, after)
    if column.type == "date":
        return _date(column, token)
    if column.type == "number":
        return _number(column, token)
    if column.type == "flag":
        return _flag(column, token)
    return token.text


def _choice(column: Column, token: Token, after: str) -> str:
    word = token.text.casefold().replace(" ", "-" if column.type == "scale" else " ")
    if word in column.choices:
        return word
    among = SCALE if column.type == "scale" and set(column.choices) == set(SCALE) else column.choices
    joined = f"{word}-{after}"
    near = suggestion(joined if joined in among else word, among, what="it takes")
    listed = f"it takes: {', '.join(among)}" if column.type == "scale" and not near.startswith("did") else near
    raise wrong(token, f"`{column.name}` is never '{token.text}'", listed)


def _date(column: Column, token: Token) -> Value:
    try:
        return parse_date(token.text)
    except ValueError as problem:
        raise wrong(token, f"`{column.name}` is a date, and {problem}", ACCEPTED_SPANS) from None


def _number(column: Column, token: Token) -> Decimal:
    if not _NUMBER.fullmatch(token.text) or len(re.sub(r"\D|[eE].*", "", token.text)) > DIGITS:
        hint = f"write digits with a point, {DIGITS} at most"
        raise wrong(token, f"`{column.name}` is a number, and '{token.text}' is none", hint)
    return Decimal(token.text)


def _flag(column: Column, token: Token) -> bool:
    if token.key not in ("true", "false"):
        raise wrong(token, f"`{column.name}` is never '{token.text}'", "it takes: true, false")
    return token.key == "true"
