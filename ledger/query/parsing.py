"""The tokens of a query → what it means, by recursive descent.

In: a query. Out: a Query, with every field, word, number and date understood; ids are left to the ledger. Wrong at the
first token that does not fit. Each rule of the grammar in `docs/query-language.md` has a function.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from ledger.query import columns as fields
from ledger.query.columns import KIND_WORDS, PLURALS, Column, own_date
from ledger.query.grammar import All, AnyOf, Follow, Named, Not, Order, Query, Selection, Test
from ledger.query.lexing import Token, read_tokens, wrong
from ledger.query.problems import suggestion
from ledger.query.reading import KEYWORDS, TIMES, Reader, phrase_at, shown
from ledger.query.steps import Step, phrases, steps
from ledger.query.testing import at_odds, begins_test, column_name, read_column, read_test, read_time

CLAUSES = ("order", "limit", "select")
ABOUT = "write `{kind} of …` for what belongs to it, `{kind} linked to …` for what refers to it"
OTHER_WORDS: Mapping[str, str] = {
    "about": ABOUT,
    "on": ABOUT,
    "without": "write `where not with …`",
    **dict.fromkeys(("sort", "sorted"), "write `order by …`"),
}
"""Words that readers may try in vain, and what to write instead."""
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
    words = [token.key for token in reader.tokens]
    return Query(selection, order, limit, selected or fields.shown(selection.kind, words))


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
    if column_name(token) in fields.columns(kind) or begins_test(reader, kind):
        return wrong(token, f"{shown(token)} begins a test", _where(reader, kind))
    if token.sort == "sign":
        return wrong(token, f"{shown(token)} cannot stand here", "texts of several words need quotes")
    hint = _meant(reader, kind, (*phrases(kind), "order by", "limit", "select", "where"))
    if not hint and reader.at == 1 and reader.ahead(1).sort == "end":
        hint = f"for one record, write `{PLURALS[kind]} where id = {token.text}`"
    return wrong(token, f"{shown(token)} cannot stand here", hint or "a text of several words needs quotes")


def _where(reader: Reader, kind: str) -> str:
    """How a test can stand where one begins."""
    if any(token.key == "where" for token in reader.tokens[: reader.at]):
        return "tests are joined by `and` or `or`"
    words = _words(reader) if begins_test(reader, kind) else f"{reader.next.key} ="
    return f"tests stand after `where`: `where {words} …`"


def _meant(reader: Reader, kind: str, known: Iterable[str]) -> str:
    """What may be meant by words that are none of the language, or none of a kind."""
    first = reader.next.key
    if first in OTHER_WORDS:
        return OTHER_WORDS[first].format(kind=PLURALS[kind])
    if phrase := phrase_at(reader, steps()):
        before = " or ".join(PLURALS[other] for other in PLURALS if any(other in s.before for s in steps()[phrase]))
        return f"`{phrase}` leads from {before}"
    return suggestion(_words(reader), known) or suggestion(first, known)


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
    if wrong_together := at_odds(tests):
        raise wrong_together
    return tests[0] if len(tests) == 1 else All(tuple(tests))


def _one(reader: Reader, kind: str) -> Test:
    with reader.deeper():
        if reader.takes("not"):
            return Not(_one(reader, kind))
        if reader.takes("("):
            inside = All((_any(reader, kind),))
            reader.needs(")", "after the tests in brackets")
            return inside
        if begins_test(reader, kind):
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
    if (name := column_name(token)) in fields.columns(kind):
        reader.take()
        hint = "as in `= …`, `in (…)`, `contains …`, `is empty`"
        return wrong(reader.next, f"`{name}` is compared with nothing: a sign is missing", hint)
    hint = _meant(reader, kind, (*fields.columns(kind), *phrases(kind)))
    return wrong(token, f"{shown(token)} is neither a field of {plural} nor a step from them", hint)


def _words(reader: Reader) -> str:
    """The next two words, for phrases that are spelt wrong."""
    return f"{reader.next.key} {reader.ahead(1).key}".strip()


# Steps


def _step(reader: Reader, kind: str) -> Follow | None:
    """A step, if the next words begin one."""
    phrase = phrase_at(reader, phrases(kind))
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
