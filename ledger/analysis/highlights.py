"""Highlights: the evidence items that a reader of a controversy should see first.

In: the ties of its claims to its positions, the importance of the claims, and the items that count in the verdict on
each. Out: some items, the best first. An item is judged by the claim that it is written under and by that claim's own
ties: what it says of another claim is that claim's affair. A work is shown once, and so is each side of a claim.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import Any, NamedTuple

from ledger.analysis.bearing import BEARING, Tie
from ledger.analysis.grades import GRADES
from ledger.analysis.questions import can_be_settled
from ledger.analysis.ratings import SIGNS, Item
from ledger.analysis.results import counted_items, importance_in
from ledger.analysis.ties import positions_in, ties_in
from ledger.graph import Ledger, compared

MOST = 15
"""How many items are chosen, unless the positions need more to have one for and one against each."""
EACH = 2
"""How many are chosen first for each position, and how many against it."""
Side = tuple[str, bool]
"""A position, and whether something counts for it or against it."""
ANY: Side = ("", True)
"""In place of a side: any."""


class Effect(NamedTuple):
    """What something does to a position: it counts for it or against it, by a strong tie or by weak ones alone."""

    position: str
    is_for: bool
    is_strong: bool


class Highlight(NamedTuple):
    """An evidence item by positions."""

    node: str
    """The item, as `claim/e1`."""
    claim: str
    """The claim that it counts for or against."""
    work: str
    is_for: bool
    """Whether it supports the claim; else it disputes it."""
    grade: str
    is_first_hand: bool
    """Whether its source speaks for itself, and for nobody with an interest in the matter."""
    effects: tuple[Effect, ...]
    alike: int
    """How many other works say the same of the claim."""

    @property
    def says(self) -> tuple[str, bool]:
        """The claim, and what it says of it."""
        return self.claim, self.is_for

    @property
    def sides(self) -> Iterator["Side"]:
        """The positions that it counts for or against, each with which."""
        return ((effect.position, effect.is_for) for effect in self.effects)

    def pairs(self, *, strong: bool) -> int:
        """How many pairs of positions it tells apart, by strong ties or by any."""
        sides = [one.is_for for one in self.effects if one.is_strong or not strong]
        return sides.count(True) * sides.count(False)


def effects_of(ties: Iterable[Tie], sign: int = 1) -> tuple[Effect, ...]:
    """What evidence for a claim, or against it, does to the positions tied to it; a strong tie silences weak ones."""
    found = {Effect(tie.position, to > 0, tie.is_strong) for tie in ties if (to := tie.reached_by(sign))}
    strong = {one.position for one in found if one.is_strong}
    return tuple(sorted(one for one in found if one.is_strong or one.position not in strong))


@compared
def highlights_in(ledger: Ledger, controversy: str) -> tuple[Highlight, ...]:
    """The evidence items of a controversy that a reader should see first, of the claims that evidence can settle."""
    ties = {claim: of for claim, of in ties_in(ledger, controversy).items() if can_be_settled(ledger, claim)}
    found = [one for claim, of in ties.items() for one in _of_claim(claim, of, counted_items(ledger, claim))]
    weights = {one.claim: (one.ties, one.score) for one in importance_in(ledger, controversy)}
    ranks = {one.node: _rank(one, *weights[one.claim]) for one in found}
    ranked = sorted(found, key=lambda one: ranks[one.node])
    chosen = _chosen(ranked, tuple(positions_in(ledger, controversy)))
    return tuple(sorted(chosen, key=lambda one: ranks[one.node]))


@compared
def moved_by(ledger: Ledger, controversy: str, claim: str, effect: str) -> tuple[Effect, ...]:
    """What evidence that `supports` a claim or `disputes` it does to the positions of a controversy."""
    return effects_of(ties_in(ledger, controversy).get(claim, ()), BEARING[effect])


def _of_claim(claim: str, ties: Sequence[Tie], items: Mapping[str, Item]) -> Iterator[Highlight]:
    works = {side: {item.work for item in items.values() if item.side == side} for side in SIGNS}
    for id_, item in items.items():
        effects = effects_of(ties, SIGNS[str(item.side)])
        if effects:
            yield Highlight(
                node=id_ if "/" in id_ else f"{claim}/{id_}",
                claim=claim,
                work=str(item.work),
                is_for=item.side == "for",
                grade=str(item.grade),
                is_first_hand=item.work == item.source and all(reason.family != "voice" for reason in item.reasons),
                effects=effects,
                alike=len(works[str(item.side)]) - 1,
            )


def _rank(one: Highlight, ties: Fraction, score: Fraction) -> tuple[Any, ...]:
    """By grade; then first-hand, then strong ties on both sides, on one side, any on both; then by importance."""
    is_strong = any(effect.is_strong for effect in one.effects)
    apart = (one.pairs(strong=True) > 0, is_strong, one.pairs(strong=False) > 0)
    best = (GRADES.index(one.grade), one.is_first_hand, *apart, ties, score)
    return (*(-value for value in best), one.claim, one.node)


def _chosen(ranked: Sequence[Highlight], positions: Sequence[str]) -> Iterator[Highlight]:
    """For and against each position the best there is, in turn, until it has enough; then the best of all."""
    sides = [(position, is_for) for position in positions for is_for in (True, False)]
    waiting = {side: iter(of) for side, of in _by_side(ranked).items()} | {ANY: iter(ranked)}
    turns = [*((side, most) for most in range(EACH) for side in sides), *((ANY, 0) for _ in range(MOST))]
    works, said, held = set[str](), set[tuple[str, bool]](), Counter[Side]()
    for side, most in turns:
        if held[side] <= most and len(works) < max(MOST, len(sides)):
            fresh = (one for one in waiting.get(side, ()) if one.work not in works and one.says not in said)
            if one := next(fresh, None):
                works.add(one.work)
                said.add(one.says)
                held.update(one.sides)
                yield one


def _by_side(ranked: Iterable[Highlight]) -> Mapping[Side, Sequence[Highlight]]:
    """What counts for or against each position, of the same grade by strong ties first."""
    found: dict[Side, list[tuple[tuple[int, bool], Highlight]]] = {}
    for one in ranked:
        for effect in one.effects:
            rank = (-GRADES.index(one.grade), not effect.is_strong)
            found.setdefault((effect.position, effect.is_for), []).append((rank, one))
    return {side: [one for _, one in sorted(of, key=itemgetter(0))] for side, of in found.items()}
