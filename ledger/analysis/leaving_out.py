"""A claim without some of its items, or with what is left of them.

In: what rates a claim. Out: a Whole, which says what follows without some items. Works of which no item is touched stay
as they are, and works that are enough for the level of a side are enough without the others: so a claim with a
thousand items is weighed again quickly for each of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ledger.analysis.ratings import Graded, Input, Rated, conclude, sides_of, work_of
from ledger.analysis.verdicts import Conclusion, Sides
from ledger.analysis.works import Work

Left = Mapping[str, Graded | None]
"""Item → what is left of it; None where nothing is."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A claim with all its items."""

    given: Input
    items: Mapping[str, Graded]
    sides: Sides
    found: Conclusion | None

    def without(self, left: Left) -> Conclusion | None:
        """What follows when some items are gone or are worth less."""
        if self.found is None:
            return None
        return conclude(self.given, self._sides(left), known=self.found.strengths)

    def _sides(self, left: Left) -> Sides:
        if self.given.chains.repeats:  # whether a work counts in full may depend on another
            return sides_of([one for one in {**self.items, **left}.values() if one], self.given.chains)
        return Sides(*[[work for one in side for work in self._left_of(one, left)] for side in self.sides])

    def _left_of(self, work: Work, left: Left) -> Iterator[Work]:
        if left.keys().isdisjoint(work.items):
            yield work
        elif items := [one for id_ in work.items if (one := left.get(id_, self.items[id_]))]:
            yield work_of(items, work.name)


def whole_of(given: Input, rated: Rated) -> Whole:
    """A claim with all its items, and how it was rated."""
    items, sides, found = rated
    return Whole(given, {one.case.id: one for one in items}, sides, found)
