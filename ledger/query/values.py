"""What the words of a query stand for: a token and its column → a word, number, date or flag to compare with.

InvalidQuery where it can be none. And what may be meant by a word that is no field of a kind.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

from ledger.dates import UNDATED, PartialDate, parse_date
from ledger.diagnostics import nearest
from ledger.query.columns import KIND_WORDS, PLURALS, Column, columns, date_column, other_names
from ledger.query.lexer import GRAMMAR, MAX_HINT, InvalidQuery, Token, said, suggestion
from ledger.query.steps import steps

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


# Words that are no field


def chosen(token: Token, kind: str) -> str:
    """The column of which a word is a value."""
    having = sorted(name for name, one in columns(kind).items() if token.key in one.choices and "." not in name)
    return said("did_you_mean", word=f"`{having[0]} = {token.key}`") if having else ""


def elsewhere(token: Token, kind: str, value: str) -> str:
    """What to write when a word is no field: the date of a kind, a step to another one, or a field of another name."""
    word, plural = token.key, PLURALS[kind]
    id_ = value.lower().replace(" ", "-") if value.strip("0123456789") else "ID"
    outer, _, inner = token.column.partition(".")
    if (other := KIND_WORDS.get(outer, kind)) != kind and inner in columns(other):
        word, id_ = outer, f"({PLURALS[other]} where {inner} …)"
    if word in GRAMMAR["time_words"]:
        return said("date_is", kind=plural, column=date_column(kind).name)
    if target := KIND_WORDS.get(GRAMMAR["kind_words"].get(word, word)):
        known = ((one, steps()[one]) for one in GRAMMAR["steps_to"])
        reached = (one for one, found in known if any(kind in step.before and target in step.after for step in found))
        return said("step_to", kind=plural, step=next(reached), id=id_)
    meant = other_names(kind).get(word)
    return said("did_you_mean", word=f"`{meant}`") if meant else ""


def unknown_column(token: Token, kind: str, value: str = "") -> InvalidQuery:
    """The problem that a kind has no such field, with what to write instead; `value` is what it was compared with."""
    if token.type != "word":
        return token.error("no_field")
    name, known = token.column, columns(kind)
    outer = name.rpartition(".")[0]
    near = [one for one in known if one.rpartition(".")[0] == (outer if outer in known else "")]
    others = [plural for other, plural in PLURALS.items() if name in columns(other)]
    close, hint = nearest(name[:MAX_HINT], near), suggestion(name, near, what="fields") or suggestion(name, known)
    if other := elsewhere(token, kind, value):
        hint = other
    elif others:
        hint = said("field_of", kinds=", ".join(others)) + (f"; {hint}" if close else "")
    elif not close and (inside := sorted(one for one in known if one.endswith(f".{name}"))):
        hint = said("did_you_mean", word=f"`{inside[0]}`")
    return token.error("unknown_field", hint, kind=PLURALS[kind])
