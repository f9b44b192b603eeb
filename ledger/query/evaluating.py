"""A parsed query over a ledger → the ids that it finds, in order.

In: facts and a Query. Out: ids. Wrong when an id in the query is not one of the ledger. Every test looks once at each
thing that is still in question, and every step once at each edge.
"""

from collections.abc import Iterable
from dataclasses import replace

from ledger.edges import RECORD
from ledger.query.columns import PLURALS, RECORD_KINDS
from ledger.query.comparing import holds, sort_key
from ledger.query.facts import Facts, Span
from ledger.query.grammar import All, AnyOf, Compare, Follow, Named, Not, Order, Query, Selection, Test
from ledger.query.lexing import Token, wrong
from ledger.query.parsing import kinds_in_words
from ledger.query.passing import passes
from ledger.query.problems import suggestion
from ledger.query.walking import walk

Ids = frozenset[str]


def evaluate(facts: Facts, query: Query) -> tuple[str, ...]:
    """What a query finds: in the order that it asks for, things that are equal there by id."""
    found = sorted(_select(facts, query.selection))
    for order in reversed(query.order):
        found = _ordered(facts, found, order)
    return tuple(found[: query.limit])


def _ordered(facts: Facts, ids: Iterable[str], order: Order) -> list[str]:
    """In the order of the first value of a column; what has none comes last."""
    keys, without = {}, []
    for id_ in ids:
        values = facts.values(facts.items[id_], order.column)
        if values:
            keys[id_] = sort_key(order.column, values[0])
        else:
            without.append(id_)
    return sorted(keys, key=keys.__getitem__, reverse=order.falling) + without


def _select(facts: Facts, selection: Selection) -> Ids:
    wanted = RECORD_KINDS if selection.kind == RECORD else (selection.kind,)
    return _find(facts, selection.test, frozenset(id_ for id_, item in facts.items.items() if item.kind in wanted))


def _find(facts: Facts, test: Test, among: Ids) -> Ids:
    """Those that pass a test."""
    match test:
        case All(tests):
            compared = tuple(_resolved(facts, one) for one in tests if isinstance(one, Compare))
            among = frozenset(id_ for id_ in among if passes(facts, facts.items[id_], compared)) if compared else among
            for one in tests:
                among = among if isinstance(one, Compare) else _find(facts, one, among)
            return among
        case AnyOf(tests):
            return frozenset().union(*(_find(facts, one, among) for one in tests))
        case Not(inner):
            return among - _find(facts, inner, among)
        case Compare():
            return _find(facts, All((test,)), among)
        case Follow():
            return _followed(facts, test, among)


def _resolved(facts: Facts, test: Compare) -> Compare:
    """The same with present ids in place of former ones."""
    if test.column.type != "id" or test.operator == "contains":
        return test
    return replace(test, values=tuple(_resolve(facts, token, tuple(facts.items)) for token in test.tokens))


def _resolve(facts: Facts, token: Token, known: Iterable[str]) -> str:
    """The present id of what a token names."""
    id_ = facts.ledger.present_id(token.text.casefold())
    if id_ not in facts.items:
        raise wrong(token, f"nothing has the id '{token.text}'", suggestion(token.text, known))
    return id_


# Steps


def _followed(facts: Facts, test: Follow, among: Ids) -> Ids:
    steps = test.steps
    if isinstance(test.target, Named):
        start = frozenset((_named(facts, test, test.target),))
        kind = facts.items[min(start)].kind
        steps = tuple(step for step in steps if kind in step.after)
    else:
        start = _select(facts, test.target)

    def in_time(spans: Iterable[Span]) -> bool:
        return any(all(_touches(span, time) for time in test.times) for span in spans)

    found: set[str] = set()
    for step in steps:
        begin = [id_ for id_ in start if facts.items[id_].kind in step.after]
        keep = in_time if step.dated and test.times else None
        reached = {end for path in step.paths for end in walk(facts, begin, path, keep)} & among
        found |= reached if step.dated or not test.times else {id_ for id_ in reached if in_time(facts.dates(id_))}
    return frozenset(found)


def _touches(span: Span, time: Compare) -> bool:
    return any(holds(time.column, time.operator, date, time.values[0]) for date in span)


def _named(facts: Facts, test: Follow, named: Named) -> str:
    """The one thing that a step leads to."""
    known = (id_ for id_, item in facts.items.items() if named.kind in ("", RECORD, item.kind))
    id_ = _resolve(facts, named.token, known)
    kind = facts.items[id_].kind
    one = f"'{named.token.text}' is one of the {PLURALS[kind]}"
    if named.kind not in ("", RECORD, kind):
        hint = f"leave out the word before it, or write {kind}"
        raise wrong(named.token, f"{one}, not of the {PLURALS[named.kind]}", hint)
    if not any(kind in step.after for step in test.steps):
        phrase = test.steps[0].phrase
        raise wrong(named.token, f"{one}, and `{phrase}` leads to {kinds_in_words(test.steps)}")
    return id_
