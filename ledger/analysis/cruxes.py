"""Computed cruxes: the claims whose truth or falsehood moves the positions of a controversy furthest apart.

In: a Ledger and its ties. Out: per controversy, claims in order of how far they move positions in opposite
directions, with what moves what. Exact fractions; walks over at most two relations between claims, damped by half for
each, so the work is linear in the edges. That a longer walk counts less, by a constant factor for each step, is
Leo Katz's idea: A new status index derived from sociometric analysis, Psychometrika 18 (1953), 39-43.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from ledger.analysis.bearing import NOT_EVIDENTIAL, Bearing, Step, Tie
from ledger.describing import Exact, RecordId, described
from ledger.graph import Ledger
from ledger.records import Claim, Controversy, Position
from ledger.references import scan
from ledger.vocabulary import ClaimType

DAMPING = Fraction(1, 2)
"""What is left of a push after it went through a relation between claims."""
LOAD_BEARING = Fraction(1)
"""The push of a claim that the position rests on or rejects."""
OTHERWISE = Fraction(1, 2)
"""The push of a claim that bears on the position, or carries an objection to it."""
ZERO, ONE = Fraction(0), Fraction(1)
Pushes = Mapping[tuple[str, int], Fraction]
"""A claim, and whether it is held true (1) or false (-1) → what that does to the position."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a position goes with a claim, from -1 to 1."""

    position: RecordId = described("the position")
    if_true: Exact = described("where it goes if the claim is true")
    if_false: Exact = described("where it goes if the claim is false")
    swing: Exact = described("half of the way between the two")
    """Above 0 when the claim's truth helps the position."""


@dataclass(frozen=True, slots=True)
class Crux:
    """A claim that takes positions apart."""

    claim: RecordId = described("the claim")
    type: ClaimType = described("its type")
    moves: tuple[Move, ...] = described("where each position goes that it moves")
    """In the order of the positions."""
    helped: int = described("how many positions its truth helps")
    hurt: int = described("how many it hurts")
    pairs: int = described("how many pairs of positions there are")
    apart: Exact = described("how far it moves the positions apart, from 0 to 1")
    """The mean over all pairs of positions of how far a pair is moved in opposite directions."""
    named: bool = described("whether a crux or tension written by the editors names the claim")


@dataclass(frozen=True, slots=True)
class Cruxes:
    """The computed cruxes of a controversy, furthest apart first."""

    of_fact: tuple[Crux, ...] = described("those that evidence can settle")
    of_meaning: tuple[Crux, ...] = described("those of meaning and value")


def cruxes_of(ledger: Ledger, bearing: Bearing, controversy: str) -> Cruxes:
    """The cruxes of one controversy: the claims that move two of its positions in opposite directions."""
    positions = bearing.positions[controversy]
    pushes = {position: _pushes(bearing, bearing.ties[controversy], position) for position in positions}
    claims = sorted({claim for found in pushes.values() for claim, _ in found})
    named = _named_by_editors(ledger, controversy, positions)
    cruxes = (_crux(claim, ledger.record(Claim, claim).fields.type, pushes, named=claim in named) for claim in claims)
    forks = sorted((crux for crux in cruxes if crux.apart), key=_order)
    return Cruxes(
        of_fact=tuple(crux for crux in forks if crux.type not in NOT_EVIDENTIAL),
        of_meaning=tuple(crux for crux in forks if crux.type in NOT_EVIDENTIAL),
    )


def _named_by_editors(ledger: Ledger, controversy: str, positions: Iterable[str]) -> frozenset[str]:
    """The claims named by the cruxes and tensions which were written of a controversy and its positions."""
    own = ledger.record(Controversy, controversy).fields
    texts = [*own.cruxes, *(text for id_ in positions for text in ledger.record(Position, id_).fields.cruxes)]
    found = {reference.target for text in texts for reference in scan(text)}
    found |= {id_ for tension in own.tensions for id_ in tension.claims}
    return frozenset(ledger.present_id(id_).partition("/")[0] for id_ in found)


def _order(crux: Crux) -> tuple[Fraction, Fraction, str]:
    """Furthest apart first, then what moves most in all, then by id."""
    return -crux.apart, -sum((abs(move.swing) for move in crux.moves), ZERO), crux.claim


def _crux(claim: str, type_: ClaimType, pushes: Mapping[str, Pushes], *, named: bool) -> Crux:
    ends = [(position, of.get((claim, 1), ZERO), of.get((claim, -1), ZERO)) for position, of in pushes.items()]
    moves = [Move(position, if_true, if_false, (if_true - if_false) / 2) for position, if_true, if_false in ends]
    helped = [move.swing for move in moves if move.swing > 0]
    hurt = [-move.swing for move in moves if move.swing < 0]
    distance = sum(helped, ZERO) * len(hurt) + sum(hurt, ZERO) * len(helped)
    pairs = len(moves) * (len(moves) - 1) // 2
    moved = tuple(move for move in moves if move.if_true or move.if_false)
    apart = distance / 2 / pairs if pairs else ZERO
    return Crux(claim, type_, moved, len(helped), len(hurt), pairs, apart, named)


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
    sums = {key: direct.get(key, ZERO) + once.get(key, ZERO) + twice.get(key, ZERO) for key in keys}
    return {key: max(-ONE, min(ONE, push)) for key, push in sums.items()}


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
            for held, reached in ((1, start.if_true), (-1, start.if_false)):
                if reached:
                    yield start.other, held, onward, reached


def _back(bearing: Bearing, claim: str, held: int, to: str, direct: Pushes) -> Fraction:
    """What the steps from a claim straight to another one do to the position."""
    reached = (step.if_true if held > 0 else step.if_false for step in bearing.between(claim, to))
    return sum((DAMPING * direct.get((to, of), ZERO) for of in reached), ZERO)
