"""In which order the evidence on a claim is shown, and which of it only repeats the rest.

In: what a claim is rated by, and its rating. Out: an Exhibit for each of its items, in the order in which readers
should meet them.

1. What counts comes before what does not, and what is solid before what is weak.
2. Of these, first-hand evidence comes before what says what others found.
3. The best item of each team comes before a second one of the same team.
4. Then the better grade, the more direct item, the one read more closely, and the one that quotes its result.

An item repeats if it is second-hand and shows nothing that the same side has not shown: its work is there already, or
it is weak and something better is there.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import Literal, NamedTuple, get_args

from ledger.analysis.grades import GRADES, MEASURED, WEAK, Case
from ledger.analysis.ratings import Item
from ledger.analysis.results import input_of, rating
from ledger.graph import Ledger, result
from ledger.records import Evidence
from ledger.vocabulary import Basis, Consulted, Effect, Tier

Place = Literal["shown", "repeated", "aside"]
PLACES: tuple[Place, ...] = get_args(Place)
"""An exhibit of its own, one that adds no evidence, and one that does not count, in this order."""

BESIDE = frozenset(("background", "context"))
"""Roles of a quote that does not state the result."""


class Exhibit(NamedTuple):
    """Where an evidence item has its place."""

    item: str
    relation: Effect
    place: Place


class _Weighed(NamedTuple):
    """An item with what decides on its place; the smaller the rank, the earlier it comes."""

    item: Evidence
    rated: Item
    works: frozenset[str]
    is_second_hand: bool
    rank: tuple[int, ...]


@result
def exhibits_of(ledger: Ledger, claim: str) -> tuple[Exhibit, ...]:
    """The evidence items of a claim in the order in which they are shown."""
    given = input_of(ledger, claim)
    cases, rated = {one.id: one for one in given.items}, {item.id: item for item in rating(ledger, claim).items}
    weighed = [_weighed(item, rated[item.id], cases.get(item.id)) for item in given.claim.evidence]
    weighed.sort(key=attrgetter("rank"))
    relations = dict.fromkeys(one.item.relation for one in weighed)
    placed = [found for side in relations for found in _placed(one for one in weighed if one.item.relation == side)]
    return tuple(exhibit for _, exhibit in sorted(placed, key=itemgetter(0)))


def is_first_hand(case: Case) -> bool:
    """Whether an item is its source's own finding, document or reporting, or words that prove who said something."""
    item, source = case.item, case.cited
    own = source.first_hand and (item.basis != "reporting" or source.tier == "reporting")
    return case.backing.is_own and bool(item.basis in MEASURED or own or case.facts.voice.is_own_words)


def _weighed(item: Evidence, rated: Item, case: Case | None) -> _Weighed:
    second = case is None or not is_first_hand(case)
    grade = GRADES.index(rated.grade) if rated.grade else -1
    near = (
        _place_in(("direct", "indirect", "analogy"), item.directness),
        _place_in(get_args(Consulted), item.consulted),
        int(not item.quote or item.quote_role in BESIDE),
        _place_in(get_args(Basis), item.basis),
        _place_in(get_args(Tier), case.cited.tier if case else None),
    )
    works = case.backing.works if case else frozenset[str]()
    return _Weighed(item, rated, works, second, (int(grade < 0), int(grade <= WEAK), int(second), -grade, *near))


def _place_in(order: Sequence[str], word: str | None) -> int:
    """The place of a word in its list; what is not said comes last."""
    return order.index(word) if word in order else len(order)


def _placed(side: Iterable[_Weighed]) -> Iterator[tuple[tuple[int, ...], Exhibit]]:
    """One side's items, which come in order of rank, each with its place in the order of all."""
    works, teams = set[str](), set[str | None]()
    for one in side:
        place: Place = "aside"
        if one.rated.grade:
            known = one.works <= works or (bool(works) and one.rated.grade == GRADES[WEAK])
            place = "repeated" if one.is_second_hand and known else "shown"
        uncounted, weak, second, *rest = one.rank
        order = PLACES.index(place), uncounted, weak, second, int(one.rated.team in teams), *rest
        yield order, Exhibit(one.item.id, one.item.relation, place)
        if place == "shown":
            works |= one.works
            teams.add(one.rated.team)
