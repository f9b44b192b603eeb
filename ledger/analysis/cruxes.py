"""Computed cruxes: the claims whose truth or falsehood moves the positions of a controversy furthest apart.

In: a Ledger and its ties. Out: per controversy, claims in order of how far they move positions in opposite
directions, with what moves what. Exact fractions; walks over at most two relations between claims, damped by half for
each, so the work is linear in the edges. That a longer walk counts less, by a constant factor for each step, is
Leo Katz's idea: A new status index derived from sociometric analysis, Psychometrika 18 (1953), 39-43.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ledger.analysis.bearing import NOT_EVIDENTIAL, Bearing, Step, Tie
from ledger.graph import Ledger

DAMPING = Fraction(1, 2)
"""What is left of a push after it went through a relation between claims."""
LOAD_BEARING = Fraction(1)
"""The push of a claim that the position rests on or rejects."""
OTHERWISE = Fraction(1, 2)
"""The push of a claim that bears on the position, or carries an objection to it."""
ZERO, ONE = Fraction(0), Fraction(1)
TRUE, FALSE = 1, -1
Pushes = Mapping[tuple[str, int], Fraction]
"""A claim, and how it is held (true or false) → what that does to the position."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a position goes, from -1 to 1, when a claim is held true, and when it is held false."""

    position: str
    if_true: Fraction
    if_false: Fraction

    @property
    def swing(self) -> Fraction:
        """Half of the way between the two, from -1 to 1: above 0 when the claim's truth helps the position."""
        return (self.if_true - self.if_false) / 2


@dataclass(frozen=True, slots=True)
class Crux:
    """A claim, the moves it makes, and how far these take positions apart."""

    claim: str
    type: str
    moves: tuple[Move, ...]
    """In the order of the positions; only those that it moves."""
    helped: int
    hurt: int
    """How many positions its truth helps, and how many it hurts."""
    pairs: int
    apart: Fraction
    """The mean over all pairs of positions of how far a pair is moved in opposite directions, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Cruxes:
    """The cruxes of a controversy, furthest apart first: of fact, and of meaning and value."""

    controversy: str
    of_fact: tuple[Crux, ...]
    of_meaning: tuple[Crux, ...]


def find_cruxes(ledger: Ledger, bearing: Bearing) -> Mapping[str, Cruxes]:
    """The cruxes of every controversy: the claims that move two of its positions in opposite directions."""
    return {id_: _of_controversy(ledger, bearing, id_) for id_ in bearing.positions}


def _of_controversy(ledger: Ledger, bearing: Bearing, controversy: str) -> Cruxes:
    positions = bearing.positions[controversy]
    pushes = {position: _pushes(bearing, bearing.ties[controversy], position) for position in positions}
    claims = sorted({claim for found in pushes.values() for claim, _ in found})
    cruxes = (_crux(claim, ledger.records[claim].fields.type, pushes) for claim in claims)
    forks = sorted((crux for crux in cruxes if crux.apart), key=_order)
    return Cruxes(
        controversy,
        of_fact=tuple(crux for crux in forks if crux.type not in NOT_EVIDENTIAL),
        of_meaning=tuple(crux for crux in forks if crux.type in NOT_EVIDENTIAL),
    )


def _order(crux: Crux) -> tuple[Fraction, Fraction, str]:
    """Furthest apart first, then what moves most in all, then by id."""
    return -crux.apart, -sum((abs(move.swing) for move in crux.moves), ZERO), crux.claim


def _crux(claim: str, type_: str, pushes: Mapping[str, Pushes]) -> Crux:
    moves = [Move(p, of.get((claim, TRUE), ZERO), of.get((claim, FALSE), ZERO)) for p, of in pushes.items()]
    helped = [move.swing for move in moves if move.swing > 0]
    hurt = [-move.swing for move in moves if move.swing < 0]
    distance = sum(helped, ZERO) * len(hurt) + sum(hurt, ZERO) * len(helped)
    pairs = len(moves) * (len(moves) - 1) // 2
    kept = tuple(move for move in moves if move.if_true or move.if_false)
    return Crux(claim, type_, kept, len(helped), len(hurt), pairs, distance / 2 / pairs if pairs else ZERO)


def _pushes(bearing: Bearing, ties: Mapping[str, tuple[Tie, ...]], position: str) -> Pushes:
    """What each claim does to the position when it is held true, and when it is held false, from -1 to 1.

    The propagation is run backwards, from the position over the claims to those that reach it: one pass serves all
    claims. A walk that comes back to the claim it began with is left out, or a claim would speak for itself.
    """
    direct = {(c, held): push * held for c, own in ties.items() if (push := _direct(own, position)) for held in (1, -1)}
    once: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for claim, held, step, reached in _steps_to(bearing, {claim for claim, _ in direct}):
        once[claim, held] += DAMPING * direct.get((step.other, reached), ZERO)
    twice: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for claim, held, step, reached in _steps_to(bearing, {claim for claim, _ in once}):
        back = _back(bearing, step.other, reached, claim, direct)
        twice[claim, held] += DAMPING * (once.get((step.other, reached), ZERO) - back)
    keys = {**direct, **once, **twice}
    return {key: _clamp(direct.get(key, ZERO) + once.get(key, ZERO) + twice.get(key, ZERO)) for key in keys}


def _direct(ties: tuple[Tie, ...], position: str) -> Fraction:
    """The strongest tie for and the strongest against; a second word for the same thing adds nothing."""
    own = (tie for tie in ties if tie.position == position)
    pushes = [tie.sign * (LOAD_BEARING if tie.is_load_bearing else OTHERWISE) for tie in own]
    return max([ZERO, *pushes]) + min([ZERO, *pushes])


def _steps_to(bearing: Bearing, claims: set[str]) -> Iterator[tuple[str, int, Step, int]]:
    """Every step that ends at one of the claims: its start, how that is held, the step, how the end is held then."""
    for end in sorted(claims):
        for start in bearing.inward.get(end, ()):
            onward = Step(end, start.relation, start.backward, start.if_true, start.if_false)
            for held, reached in ((TRUE, start.if_true), (FALSE, start.if_false)):
                if reached:
                    yield start.other, held, onward, reached


def _back(bearing: Bearing, claim: str, held: int, to: str, direct: Pushes) -> Fraction:
    """What the steps from a claim straight to another one do to the position."""
    found = ZERO
    for step in bearing.between.get((claim, to), ()):
        reached = step.if_true if held == TRUE else step.if_false
        found += DAMPING * direct.get((to, reached), ZERO)
    return found


def _clamp(push: Fraction) -> Fraction:
    return max(-ONE, min(ONE, push))
