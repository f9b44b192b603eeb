"""The values that a query compares with: a token and the column that it stands for → a word, number, date or flag.

InvalidQuery where it can be none.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

from ledger.dates import UNDATED, PartialDate, parse_date
from ledger.diagnostics import nearest
from ledger.query.columns import Column
from ledger.query.grammar import GRAMMAR
from ledger.query.lexer import Token, said

Value: TypeAlias = str | PartialDate | Decimal | bool
_NUMBER = re.compile(GRAMMAR["number"])


def check_operator(column: Column, sign: str, at: Token) -> None:
    """Whether a sign goes with the type of a column."""
    if sign == "contains" and column.type not in GRAMMAR["searchable"]:
        raise at.error("not_text", column=column.name)
    if sign not in ("=", "contains") and column.type not in GRAMMAR["ordered"]:
        raise at.error("no_order", number_of(column), column=column.name)
    if sign == "=" and column.type == "part" and not column.choices:
        raise at.error("has_parts", column=column.name)


def number_of(column: Column) -> str:
    """The hint that the values of a list can be counted."""
    return said("did_you_mean", word=f"`{GRAMMAR['number_of']} {column.name}`") if column.is_list else ""


def value_of(column: Column, token: Token, after: str = "") -> Value:
    """The value that a token means; the word after it may turn out to belong to it."""
    if column.choices and column.type in ("word", "scale", "part"):
        return _choice(column, token, after)
    read = _READERS.get(column.type)
    return read(column, token) if read else token.text


def _choice(column: Column, token: Token, after: str) -> str:
    is_scale, choices = column.type == "scale", column.choices
    word = token.text.lower().replace(" ", "-" if is_scale else " ")
    if word in choices:
        return word
    near = GRAMMAR["other_values"].get(column.name, {}).get(word)
    near = near or nearest(f"{word}-{after}" if f"{word}-{after}" in choices else word, choices)
    listed = ", ".join(choices if is_scale else sorted(choices))
    hint = said("did_you_mean", word=f"`{near}`") if near else said("it_takes", words=listed)
    raise token.error("never", hint, column=column.name)


def _date(column: Column, token: Token) -> PartialDate:
    if token.text == UNDATED.text:
        return UNDATED
    try:
        return parse_date(token.text)
    except ValueError:
        raise token.error("no_date", column=column.name) from None


def _number(column: Column, token: Token) -> Decimal:
    digits = GRAMMAR["longest_number"]
    if not _NUMBER.fullmatch(token.text) or len(re.sub(r"\D|[eE].*", "", token.text)) > digits:
        raise token.error("no_number", column=column.name, digits=str(digits))
    return Decimal(token.text)


def _flag(column: Column, token: Token) -> bool:
    if token.key not in ("true", "false"):
        raise token.error("never", said("it_takes", words="true, false"), column=column.name)
    return token.key == "true"


_READERS: Mapping[str, Callable[[Column, Token], Value]] = {"date": _date, "number": _number, "flag": _flag}
