"""Tests on fields: `rating >= medium`, `tier in (preprint, dataset)`, `number of evidence > 3`, `scope is empty`.

In: the tokens where such a test, a column or a date begins. Out: what it means, `!=`, `not in` and the words for dates
brought down to a few operators. Wrong when the field, the operator and the value do not go together.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from ledger.query.columns import AGAINST, COMPUTED_RATING, PLURALS, Column, columns
from ledger.query.grammar import All, Compare, Not, Test
from ledger.query.lexing import Token, wrong
from ledger.query.problems import Wrong, suggestion
from ledger.query.reading import KEYWORDS, TIMES, Reader, phrase_at, shown
from ledger.query.steps import steps
from ledger.query.wanted import CONTAINING, ORDERED, read_value

SIGNS = ("=", "!=", "<", "<=", ">", ">=")
WORDS = ("in", "is", "contains", *TIMES)
_OPERATORS = "`=`, `!=`, `<`, `<=`, `>`, `>=`, `in (…)`, `contains` or `is empty`"


def begins_test(reader: Reader, kind: str) -> bool:
    """Whether the next words are a column and an operator: `shown in` is a step, and `shown` no column."""
    if _counts(reader):
        return True
    if reader.next.sort != "word" or reader.next.key in KEYWORDS:
        return False
    if column_name(reader.next) not in columns(kind) and phrase_at(reader, steps()):
        return False
    after = reader.ahead(1)
    return after.key in (*SIGNS, *WORDS) or (after.key == "not" and reader.ahead(2).key == "in")


def read_column(reader: Reader, kind: str) -> Column:
    """A field of a kind, something computed of it, or how many values a field has."""
    counts = _counts(reader)
    if counts:
        reader.takes("number", "of")
    token = reader.take()
    column = columns(kind).get(column_name(token)) if token.sort == "word" else None
    if column is None:
        raise _unknown(token, kind)
    if not counts:
        return column
    if not column.is_list:
        lists = [name for name, one in columns(kind).items() if one.is_list and "." not in name]
        raise wrong(token, f"`{column.name}` is not a list: there is nothing to count", f"lists: {', '.join(lists)}")
    return replace(column, name=f"number of {column.name}", type="number", choices=(), is_list=False, counts=True)


def column_name(token: Token) -> str:
    """The name of a column as it is written: `first-hand` is `first_hand`."""
    return token.key.replace("-", "_")


def _counts(reader: Reader) -> bool:
    return (reader.next.key, reader.ahead(1).key) == ("number", "of")


def _unknown(token: Token, kind: str) -> Exception:
    if token.sort != "word":
        return wrong(token, f"the name of a field is missing before {shown(token)}")
    name = column_name(token)
    known = columns(kind)
    outer = name.rpartition(".")[0]
    near = [one for one in known if one.rpartition(".")[0] == (outer if outer in known else "")]
    elsewhere = [plural for other, plural in PLURALS.items() if name in columns(other)]
    hint = suggestion(name, near, what="fields") or suggestion(name, known)
    if elsewhere:
        hint = f"it is a field of {', '.join(elsewhere)}" + (f"; {hint}" if hint.startswith("did") else "")
    return wrong(token, f"`{token.text}` is not a field of {PLURALS[kind]}", hint)


def read_test(reader: Reader, kind: str) -> Test:
    """A test on a column."""
    column = read_column(reader, kind)
    operator = reader.take()
    if operator.key == "is":
        return _empty(reader, column)
    if operator.key == "not":
        reader.needs("in", "after `not`")
        return Not(_among(reader, column))
    if operator.key == "in":
        return _among(reader, column)
    if operator.key == "!=":
        return Not(_against(reader, kind, column, "=", operator))
    sign = TIMES.get(operator.key, operator.key)
    if operator.key in TIMES and column.type != "date":
        raise wrong(operator, f"`{operator.text}` compares dates, and `{column.name}` is none")
    if sign not in (*SIGNS, "contains"):
        raise wrong(operator, f"`{column.name}` is compared with nothing: a sign is missing", _OPERATORS)
    return _against(reader, kind, column, sign, operator)


def _against(reader: Reader, kind: str, column: Column, sign: str, operator: Token) -> Test:
    """A comparison with a value, or with another column."""
    _fits(column, sign, operator)
    other = columns(kind).get(column_name(reader.next))
    if not _counts(reader) and not (other and column.type in ORDERED and column.type == other.type):
        return _compare(reader, column, sign)
    start = reader.next
    other = read_column(reader, kind)
    if other.type != column.type:
        raise wrong(start, f"`{other.name}` is a number, and `{column.name}` is none")
    compared = Compare(column, sign, other=other)
    if COMPUTED_RATING in (column.name, other.name):
        against = Compare(columns(kind)["direction"], "=", (AGAINST,))
        return All((compared, Not(against)))
    return compared


def read_time(reader: Reader, column: Column) -> Compare | None:
    """`since 2024`, of a column that is a date, if the next words begin it."""
    if reader.next.key not in TIMES:
        return None
    return _compare(reader, column, TIMES[reader.take().key])


def _empty(reader: Reader, column: Column) -> Test:
    is_not = reader.takes("not")
    if not reader.takes("empty"):
        instead = f"`{column.name} {'!=' if is_not else '='} {reader.next.text}`" if reader.next.text else ""
        hint = f"did you mean {instead}?" if instead else "write `is empty` or `is not empty`"
        raise wrong(reader.next, "`is` goes only with `empty` and `not empty`", hint)
    exists = Compare(column, "exists")
    return exists if is_not else Not(exists)


def _among(reader: Reader, column: Column) -> Compare:
    reader.needs("(", "after `in`")
    tokens = [_value(reader)]
    while reader.takes(","):
        tokens.append(_value(reader))
    reader.needs(")", "after the values")
    _fits(column, "=", tokens[0])
    return Compare(column, "=", tuple(read_value(column, token) for token in tokens), tokens=tuple(tokens))


def at_odds(tests: Iterable[Test]) -> Wrong | None:
    """What is wrong with tests joined by `and` that no part of a list can pass, if anything is."""
    compared = [test for test in tests if isinstance(test, Compare) and test.column.of_part]
    equal = [test for test in compared if test.operator == "=" and test.column.type not in ("date", "number")]
    for one, other in combinations(equal, 2):
        if one.column == other.column and not _words(one) & _words(other):
            outer, _, inner = one.column.name.rpartition(".")
            hint = f"put each test in brackets to ask for two parts of `{outer}`: `(…) and (…)`"
            return wrong(other.tokens[0], f"no part of `{outer}` has two values of `{inner}`", hint)
    return None


def _words(test: Compare) -> frozenset[str]:
    return frozenset(token.text.casefold() for token in test.tokens)


def _compare(reader: Reader, column: Column, sign: str) -> Compare:
    token = _value(reader)
    value = token.text if sign == "contains" else read_value(column, token, reader.next.key)
    return Compare(column, sign, (value,), tokens=(token,))


def _fits(column: Column, sign: str, at: Token) -> None:
    """Whether a sign goes with a type."""
    if sign == "contains" and column.type not in CONTAINING:
        raise wrong(at, f"`{column.name}` is no text that could contain something", "compare it with `=`")
    if sign in ("<", "<=", ">", ">=") and column.type not in ORDERED:
        raise wrong(at, f"`{column.name}` has no order", "use `=`, `!=`, `in (…)` or `contains`")
    if sign == "=" and column.type == "part" and not column.choices:
        hint = "compare one of its fields, as in `evidence.consulted`, or use `contains` or `is empty`"
        raise wrong(at, f"`{at.text}` does not go with `{column.name}`, which has parts", hint)


def _value(reader: Reader) -> Token:
    token = reader.take()
    if token.sort in ("end", "sign") or token.key in KEYWORDS:
        hint = "put the word in quotes if it is meant as a value" if token.sort == "word" else ""
        raise wrong(token, f"a value is missing before {shown(token)}", hint)
    return token
