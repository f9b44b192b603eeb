"""One origin counts once on a side, and an item counts for one of its origins.

In: items with their weights and origins. Out: which item counts for which origin, so that what counts weighs the most.
Which sets of items can be given origins of their own is a transversal matroid: taking items by falling weight, and
keeping each for which an origin can still be found, gives the heaviest (Edmonds and Fulkerson, 1965). So does taking
them in any order if one that finds no origin pushes out the lightest that it could replace: that is what a few changed
items cost.
"""

from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """An item that may count: its side, its weight, and the origins that it may count for, by id."""

    item: str
    side: str
    weight: Decimal
    origins: tuple[str, ...]

    @property
    def rank(self) -> tuple[Decimal, str]:
        """For sorting: the heaviest first."""
        return -self.weight, self.item


Holders = MutableMapping[str, Weighed | None]
"""Origin → the item that counts for it."""
Held = MutableMapping[Weighed, str | None]
"""Item → the origin that it counts for."""


class Matching:
    """Items with an origin each, no two with the same, that weigh the most that is possible together.

    Of items with exactly the same origins only the heaviest may count: a review that is reported twice is one voice,
    however many works it reviews.
    """

    def __init__(self, items: Iterable[Weighed]) -> None:
        self._alike: dict[tuple[str, ...], list[Weighed]] = {}
        self._asking: dict[str, list[Weighed]] = {}
        self._holders: dict[str, Weighed | None] = {}
        self._held: dict[Weighed, str | None] = {}
        for item in sorted(items, key=lambda item: item.rank):
            alike = self._alike.setdefault(item.origins, [])
            alike.append(item)
            if alike[0] is item:
                _place(item, self._holders, self._held)
                for origin in item.origins:
                    self._asking.setdefault(origin, []).append(item)

    def origins(self) -> dict[str, str]:
        """Item → the origin that it counts for."""
        return {item.item: origin for item, origin in self._held.items() if origin is not None}

    def changed(self, old: Collection[Weighed], new: Iterable[Weighed]) -> Iterator[tuple[int, Weighed]]:
        """What would count no longer (-1), and what would instead (1), if some items had been others."""
        out, in_ = self._voices_changed(old, new)
        touched: Held = {}
        holders: Holders = ChainMap({}, self._holders)
        held: Held = ChainMap(touched, self._held)
        free = [origin for voice in out if (origin := held.get(voice)) is not None]
        for voice in out:
            held[voice] = None
        for origin in free:
            holders[origin] = None
        for voice in (*in_, *self._able_to_take(free, out)):
            _place(voice, holders, held)
        for voice, origin in touched.items():
            change = (origin is not None) - (self._held.get(voice) is not None)
            if change:
                yield change, voice

    def _voices_changed(
        self, old: Collection[Weighed], new: Iterable[Weighed]
    ) -> tuple[dict[Weighed, None], dict[Weighed, None]]:
        """The first of those with the same origins that are so no longer, and those that are instead."""
        gone, more = set(old), dict[tuple[str, ...], list[Weighed]]()
        for item in new:
            more.setdefault(item.origins, []).append(item)
        out, in_ = dict[Weighed, None](), dict[Weighed, None]()
        for origins in dict.fromkeys((*(item.origins for item in old), *more)):
            alike = self._alike.get(origins, [])
            left = next((item for item in alike if item not in gone), None)
            first = min(filter(None, (left, *more.get(origins, ()))), key=lambda item: item.rank, default=None)
            if alike and first is not alike[0]:
                out[alike[0]] = None
            if first is not None and not (alike and first is alike[0]):
                in_[first] = None
        return out, in_

    def _able_to_take(self, free: Iterable[str], out: Collection[Weighed]) -> list[Weighed]:
        """The voices without an origin that could have one, others moving on, if some were free."""
        found: dict[Weighed, None] = {}
        reached = dict.fromkeys(free)
        waiting = list(reached)
        for origin in waiting:
            for voice in self._asking.get(origin, ()):
                left = self._held.get(voice)
                if voice in out or left in reached:
                    continue
                if left is None:
                    found[voice] = None
                else:
                    reached[left] = None
                    waiting.append(left)
        return list(found)


def match(items: Iterable[Weighed]) -> dict[str, str]:
    """Item → the origin that it counts for."""
    return Matching(items).origins()


def _place(item: Weighed, holders: Holders, held: Held) -> None:
    """Give an item an origin, others moving on where they can; if none is free, the lightest goes without."""
    asked_by: dict[str, Weighed] = {}
    waiting = [item]
    for asking in waiting:
        for origin in asking.origins:
            if origin in asked_by:
                continue
            asked_by[origin] = asking
            if (holder := holders.get(origin)) is None:
                _move(origin, asked_by, holders, held)
                return
            waiting.append(holder)
    lightest = max(waiting, key=lambda item: item.rank)
    taken = held.get(lightest)
    held[lightest] = None
    if taken is not None:
        _move(taken, asked_by, holders, held)


def _move(free: str | None, asked_by: Mapping[str, Weighed], holders: Holders, held: Held) -> None:
    """A free origin goes to who asked for it, the one that they leave to who asked for that, and so on."""
    while free is not None:
        taker = asked_by[free]
        holders[free] = taker
        left = held.get(taker)
        held[taker] = free
        free = left
