"""A parsed query over a ledger → the ids that it finds, in order.

In: facts and a Query. Out: ids. Wrong when an id in the query is not one of the ledger. Every test looks once at each
thing that is still in question, and every step once at each edge.
"""

from collections.abc import Iterable
from dataclasses import replace

from ledger.graph import RECORD
from ledger.query.columns import PLURALS, RECORD_KINDS, own_date
from ledger.query.comparing import holds, sort_key
from ledger.query.facts import Facts, Item
from ledger.query.grammar import All, AnyOf, Compare, Empty, Follow, Named, Not, Order, Query, Selection, Test
from ledger.query.lexing import Token, wrong
from ledger.query.parsing import kinds_in_words
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
            for one in tests:
                among = _find(facts, one, among)
            return among
        case AnyOf(tests):
            return frozenset().union(*(_find(facts, one, among) for one in tests))
        case Not(inner):
            return among - _find(facts, inner, among)
        case Empty(column):
            return frozenset(id_ for id_ in among if not facts.values(facts.items[id_], column))
        case Compare():
            resolved = _resolved(facts, test)
            return frozenset(id_ for id_ in among if _passes(facts, facts.items[id_], resolved))
        case Follow():
            return _followed(facts, test, among)


def _passes(facts: Facts, item: Item, test: Compare) -> bool:
    values = facts.values(item, test.column)
    against = facts.values(item, test.other) if test.other else test.values
    return any(holds(test.column, test.operator, value, wanted) for value in values for wanted in against)


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

    def keep(node: str) -> bool:
        """Whether a part on the way has the dates."""
        item = facts.items.get(node)
        return item is not None and _has_dates(facts, item, _own(test.times, item.kind))

    found: set[str] = set()
    for step in steps:
        begin = [id_ for id_ in start if facts.items[id_].kind in step.after]
        through = keep if step.dated and test.times else _always
        reached = {end for path in step.paths for end in walk(facts, begin, path, through)} & among
        found |= reached if step.dated else {id_ for id_ in reached if _has_dates(facts, facts.items[id_], test.times)}
    return frozenset(found)


def _always(_: str) -> bool:
    return True


def _own(times: tuple[Compare, ...], kind: str) -> tuple[Compare, ...]:
    """The same dates, of what a kind is placed by."""
    return tuple(replace(time, column=own_date(kind)) for time in times)


def _has_dates(facts: Facts, item: Item, times: tuple[Compare, ...]) -> bool:
    return all(_passes(facts, item, time) for time in times)


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
