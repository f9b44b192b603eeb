"""The tokens of a query → what it means, by recursive descent.

In: a query. Out: a Query, with every field, word, number and date understood; ids are left to the ledger. Wrong at the
first token that does not fit. Each rule of the grammar in `docs/query-language.md` has a function.
"""

from collections.abc import Callable
from typing import TypeVar

from ledger.query import columns as fields
from ledger.query.columns import KIND_WORDS, PLURALS, Column, own_date
from ledger.query.grammar import All, AnyOf, Follow, Named, Not, Order, Query, Selection, Test
from ledger.query.lexing import Token, read_tokens, wrong
from ledger.query.problems import suggestion
from ledger.query.reading import KEYWORDS, TIMES, Reader, shown
from ledger.query.steps import Step, phrases, steps
from ledger.query.testing import begins_test, read_column, read_test, read_time

CLAUSES = ("order", "limit", "select")
MOST = 1_000_000
"""The highest limit."""
_T = TypeVar("_T")


def parse(query: str) -> Query:
    """What a query means."""
    reader = Reader(read_tokens(query))
    selection = _selection(reader, _asked_for(reader))
    order: tuple[Order, ...] = ()
    limit: int | None = None
    selected: tuple[Column, ...] = ()
    while (clause := reader.next.key) in CLAUSES:
        reader.take()
        if clause == "order":
            reader.needs("by", "after `order`")
            order = _listed(reader, lambda: _order(reader, selection.kind))
        elif clause == "limit":
            limit = _limit(reader)
        else:
            selected = _listed(reader, lambda: read_column(reader, selection.kind))
    if reader.next.sort != "end":
        raise _misplaced(reader, selection.kind)
    return Query(selection, order, limit, selected or fields.shown(selection.kind))


def _listed(reader: Reader, one: Callable[[], _T]) -> tuple[_T, ...]:
    found = [one()]
    while reader.takes(","):
        found.append(one())
    return tuple(found)


def _order(reader: Reader, kind: str) -> Order:
    column = read_column(reader, kind)
    if column.type == "part":
        raise wrong(reader.last, f"`{column.name}` has parts, and no order", "order by one of their fields")
    falling = reader.takes("desc")
    if not falling:
        reader.takes("asc")
    return Order(column, falling)


def _limit(reader: Reader) -> int:
    token = reader.take()
    if not token.text.isascii() or not token.text.isdigit() or not 0 < len(token.text) <= len(str(MOST)):
        raise wrong(token, f"a limit is a whole number, not {shown(token)}", "write `limit 10`")
    return int(token.text)


def _misplaced(reader: Reader, kind: str) -> Exception:
    """Why no further word can stand where one does."""
    token = reader.next
    if token.key in KEYWORDS:
        hint = "`and`, `or` and `not` join tests after `where`; order by, limit and select come last"
        return wrong(token, f"{shown(token)} cannot stand here", hint)
    if begins_test(reader):
        return wrong(token, f"{shown(token)} begins a test", "tests stand after `where`, joined by `and` or `or`")
    if token.sort == "sign":
        return wrong(token, f"{shown(token)} cannot stand here", "texts of several words need quotes")
    known = (*phrases(kind), *CLAUSES, "where")
    hint = suggestion(_words(reader), known) or suggestion(token.key, known)
    return wrong(token, f"{shown(token)} cannot stand here", hint or "a text of several words needs quotes")


# Selections


def _asked_for(reader: Reader) -> str:
    token = reader.take()
    if kind := KIND_WORDS.get(token.key):
        return kind
    known = PLURALS.values()
    hint = suggestion(token.key, known, what="one of") or f"one of: {', '.join(known)}"
    raise wrong(token, "a query begins with what is asked for" + _instead(token), hint)


def _instead(token: Token) -> str:
    return "" if token.sort == "end" else f", and {shown(token)} is no kind of record"


def _selection(reader: Reader, kind: str) -> Selection:
    """What follows a kind: steps and dates, then `where` and tests."""
    tests: list[Test] = []
    while True:
        joined = bool(tests) and reader.takes("and")
        test = _step(reader, kind) or read_time(reader, own_date(kind))
        if test:
            tests.append(test)
        elif joined and reader.next.key != "where":
            raise _neither(reader, kind)
        else:
            break
    if reader.takes("where"):
        tests.append(_any(reader, kind))
    return Selection(kind, All(tuple(tests)))


def _any(reader: Reader, kind: str) -> Test:
    tests = [_all(reader, kind)]
    while reader.takes("or"):
        tests.append(_all(reader, kind))
    return tests[0] if len(tests) == 1 else AnyOf(tuple(tests))


def _all(reader: Reader, kind: str) -> Test:
    tests = [_one(reader, kind)]
    while reader.takes("and"):
        tests.append(_one(reader, kind))
    return tests[0] if len(tests) == 1 else All(tuple(tests))


def _one(reader: Reader, kind: str) -> Test:
    with reader.deeper():
        if reader.takes("not"):
            return Not(_one(reader, kind))
        if reader.takes("("):
            inside = _any(reader, kind)
            reader.needs(")", "after the tests in brackets")
            return inside
        if begins_test(reader):
            return read_test(reader, kind)
        test = _step(reader, kind) or read_time(reader, own_date(kind))
    if test is None:
        raise _neither(reader, kind)
    return test


def _neither(reader: Reader, kind: str) -> Exception:
    """What is wrong where a test or a step should begin."""
    token = reader.next
    plural = PLURALS[kind]
    if token.sort != "word" or token.key in KEYWORDS:
        return wrong(token, f"a test or a step is missing before {shown(token)}", "as in `rating >= medium`")
    if name := _column_name(token, kind):
        reader.take()
        hint = "as in `= …`, `in (…)`, `contains …`, `is empty`"
        return wrong(reader.next, f"`{name}` is compared with nothing: a sign is missing", hint)
    known = (*fields.columns(kind), *phrases(kind))
    hint = suggestion(_words(reader), known) or suggestion(token.key, known)
    return wrong(token, f"{shown(token)} is neither a field of {plural} nor a step from them", hint)


def _column_name(token: Token, kind: str) -> str:
    name = token.key.replace("-", "_")
    return name if name in fields.columns(kind) else ""


def _words(reader: Reader) -> str:
    """The next two words, for phrases that are spelt wrong."""
    return f"{reader.next.key} {reader.ahead(1).key}".strip()


# Steps


def _step(reader: Reader, kind: str) -> Follow | None:
    """A step, if the next words begin one."""
    phrase = _phrase(reader, kind)
    if not phrase:
        return None
    start = reader.next
    reader.takes(*phrase.split())
    meant = tuple(step for step in steps()[phrase] if kind in step.before)
    with reader.deeper():
        target = _target(reader, phrase, meant)
    reached = target.kind
    if reached and not (fitting := tuple(step for step in meant if reached in step.after or reached == "record")):
        raise wrong(
            start, f"`{phrase}` leads from {PLURALS[kind]} to {kinds_in_words(meant)}, not to {PLURALS[reached]}"
        )
    times = []
    while time := read_time(reader, own_date(kind)):
        times.append(time)
    return Follow(fitting if reached else meant, target, tuple(times))


def kinds_in_words(meant: tuple[Step, ...]) -> str:
    """The kinds that some steps lead to: `positions or stances`."""
    reached = {kind for step in meant for kind in step.after}
    if "record" in reached:
        return "any record"
    *most, last = [plural for kind, plural in PLURALS.items() if kind in reached]
    return f"{', '.join(most)} or {last}" if most else last


def _phrase(reader: Reader, kind: str) -> str:
    """The longest phrase that the next words are."""
    known = phrases(kind)
    for count in range(max(len(phrase.split()) for phrase in known), 0, -1):
        words = " ".join(reader.ahead(at).key for at in range(count))
        if words in known:
            return words
    return ""


def _target(reader: Reader, phrase: str, meant: tuple[Step, ...]) -> Named | Selection:
    """What a step leads to: a record, all records of a kind, or those that a selection finds."""
    if reader.takes("("):
        selection = _selection(reader, _asked_for(reader))
        reader.needs(")", "after the selection in brackets")
        return selection
    reader.takes("any")
    kind = KIND_WORDS.get(reader.next.key, "")
    if kind:
        reader.take()
        return _after_kind(reader, kind)
    token = reader.take()
    if token.sort in ("end", "sign") or token.key in KEYWORDS:
        message = f"`{phrase}` needs something to lead to, before {shown(token)}"
        raise wrong(token, message, f"write an id, or a kind for any of it; it leads to {kinds_in_words(meant)}")
    return Named("", token)


def _after_kind(reader: Reader, kind: str) -> Named | Selection:
    """A kind's record by id, the kind with one more step, or all of the kind."""
    step = _step(reader, kind)
    if step:
        return Selection(kind, step)
    if reader.next.sort == "quoted" or (reader.next.sort == "word" and not _is_over(reader)):
        return Named(kind, reader.take())
    return Selection(kind, All(()))


def _is_over(reader: Reader) -> bool:
    return reader.next.key in KEYWORDS or reader.next.key in TIMES
