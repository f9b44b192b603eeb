"""One origin counts once on a side, and an item counts for one of its origins.

In: items with their weights and origins. Out: which item counts for which origin, so that what counts weighs the most.
Which sets of items can be given origins of their own is a transversal matroid, so taking items by falling weight, and
keeping each for which an origin can still be found, gives it (Edmonds and Fulkerson, 1965).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Weighed:
    """An item that may count: its weight, the origins that it may count for, and those of them that it has lost."""

    item: str
    side: str
    weight: Decimal
    origins: Sequence[str]
    lost: frozenset[str] = frozenset()

    def open_to(self) -> Iterator[str]:
        """The origins that are left."""
        return (origin for origin in self.origins if origin not in self.lost)

    def has_the_origins_of(self, other: "Weighed") -> bool:
        """Whether both go back to the same origins."""
        if len(self.origins) - len(self.lost) != len(other.origins) - len(other.lost):
            return False
        return all(mine == theirs for mine, theirs in zip(self.open_to(), other.open_to(), strict=True))


def match(items: Iterable[Weighed]) -> dict[str, str]:
    """Item → the origin that it counts for: no two share one, and together they weigh the most that is possible.

    Of items with exactly the same origins only the heaviest may count: a review that is reported twice is one voice,
    however many works it reviews.
    """
    holder_of: dict[str, Weighed] = {}
    origin_of: dict[str, str] = {}
    for item in _voices(sorted(items, key=lambda item: (-item.weight, item.item))):
        for taken, holder in _places(item, holder_of, origin_of):
            holder_of[taken] = holder
            origin_of[holder.item] = taken
    return origin_of


def _voices(items: Iterable[Weighed]) -> Iterator[Weighed]:
    """The first of those that go back to the same origins."""
    heard: dict[str, list[Weighed]] = {}
    for item in items:
        alike = heard.setdefault(next(item.open_to()), [])
        if not any(item.has_the_origins_of(other) for other in alike):
            alike.append(item)
            yield item


def _places(item: Weighed, holder_of: Mapping[str, Weighed], origin_of: Mapping[str, str]) -> list[tuple[str, Weighed]]:
    """Who takes which origin so that an item has one too, others moving on where they can; nothing if none is free."""
    asked_by: dict[str, Weighed] = {}
    waiting = [item]
    for asking in waiting:
        for origin in asking.open_to():
            if origin in asked_by:
                continue
            asked_by[origin] = asking
            if origin not in holder_of:
                return list(_moves(origin, asked_by, origin_of))
            waiting.append(holder_of[origin])
    return []


def _moves(
    free: str | None, asked_by: Mapping[str, Weighed], origin_of: Mapping[str, str]
) -> Iterator[tuple[str, Weighed]]:
    """A free origin goes to who asked for it, the one that they leave to who asked for that, and so on."""
    while free is not None:
        taker = asked_by[free]
        yield free, taker
        free = origin_of.get(taker.item)
