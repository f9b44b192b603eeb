"""What ties claims to positions and to each other, with signs: the ground of the comparisons.

In: a Ledger. Out: one frozen table for all controversies, made in one pass over the graph. Records that were withdrawn
are left out. A sign says which way truth goes: +1 for, -1 against, 0 neither.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import NamedTuple, TypeVar

from ledger.edges import owner_id
from ledger.graph import Ledger, compared

DIRECT = {"rests_on": 1, "rejects": -1, "objected_to_by": -1}
"""Edges from a position to a claim: what the claim's truth does to the position."""
BEARING = {"supports": 1, "disputes": -1}
"""What `bears_on` says a claim does to a position, if true."""
LOAD_BEARING = ("rests_on", "rejects")
CARRIES = {
    "supports": ((1, -1), (0, 0)),
    "restates": ((1, -1), (1, -1)),
    "disputes": ((-1, 1), (0, 0)),
    "undercuts": ((-1, 1), (0, 0)),
    "depends-on": ((1, 0), (0, -1)),
    "narrows": ((0, 0), (0, 0)),
    "qualifies": ((0, 0), (0, 0)),
    "supersedes": ((0, 0), (0, 0)),
}
"""Relation of a claim X to a claim Y → what X does to Y, and Y to X: when it is true, when it is false.

A claim needs what it depends on, so its truth speaks for that, and the other's falsehood against it; no more follows.
How much of Y is left when X narrows, qualifies or supersedes it is not recorded: nothing is carried over.
"""
Key = TypeVar("Key")
Value = TypeVar("Value")
NOT_EVIDENTIAL = ("definitional", "normative")
"""Types of claims that evidence does not settle."""


class Tie(NamedTuple):
    """A claim's tie to a position: `rests_on`, `rejects`, `objected_to_by`, or `supports` or `disputes` (bears_on)."""

    position: str
    edge: str
    sign: int
    is_strong: bool
    """Whether the position rests on the claim or rejects it, or the editors call the tie strong, with a reason."""

    @property
    def is_load_bearing(self) -> bool:
        """Whether the position stands or falls with it."""
        return self.edge in LOAD_BEARING

    def reached_by(self, sign: int) -> int:
        """What evidence for the claim (1), against it (-1) or neither (0) does to the position."""
        return sign * self.sign if sign > 0 or self.is_load_bearing else 0


class Step(NamedTuple):
    """What one claim does to another: `relation` as written, by the first claim unless `backward`."""

    other: str
    relation: str
    backward: bool
    if_true: int
    if_false: int


class Bearing(NamedTuple):
    """All ties of a ledger, everything sorted."""

    positions: Mapping[str, tuple[str, ...]]
    """Controversy → its positions, by letter."""
    ties: Mapping[str, Mapping[str, tuple[Tie, ...]]]
    """Controversy → claim → its direct ties to the controversy's positions."""
    onward: Mapping[str, tuple[Step, ...]]
    """Claim → the claims that it does something to, by id."""
    inward: Mapping[str, tuple[Step, ...]]
    """Claim → the claims that do something to it (`other` is the one that does)."""
    rivals: Mapping[str, tuple[str, ...]]
    """Claim → the claims with an item about it, which hurts it as their rival."""

    def between(self, claim: str, other: str) -> tuple[Step, ...]:
        """What the first claim does to the second."""
        steps = self.onward.get(claim, ())
        return steps[bisect_left(steps, other, key=_other) : bisect_right(steps, other, key=_other)]


_other = attrgetter("other")


class Reference(NamedTuple):
    """One reference by which a record is tied to others."""

    name: str
    start: str
    target: str
    effect: str
    strength: str


READ = {*DIRECT, *CARRIES, "bears_on", "answers", "about_rival"}


@compared
def references_of(ledger: Ledger, id_: str) -> tuple[Reference, ...]:
    """The references by which a claim or a position is tied to others."""
    edges = (edge for edge in ledger.edges_of(id_) if edge.name in READ)
    said = ((edge, [str(edge.own.get(name, "")) for name in ("effect", "strength")]) for edge in edges)
    return tuple(Reference(edge.name, edge.start, edge.target, *words) for edge, words in said)


def read_bearing(ledger: Ledger) -> Bearing:
    """Every tie between records that were not withdrawn, each once."""
    kinds = {id_: kind for kind in ("controversy", "position", "claim") for id_ in ledger.standing(kind)}
    letters = {card.id: card.letter for card in ledger.cards("position")}
    edges = [edge for id_ in sorted(kinds) if kinds[id_] != "controversy" for edge in references_of(ledger, id_)]
    answers = {edge.start: edge.target for edge in edges if edge.name == "answers"}
    answers = {start: end for start, end in answers.items() if kinds.get(end) == "controversy"}
    ties: dict[str, dict[str, set[Tie]]] = {id_: {} for id_, kind in kinds.items() if kind == "controversy"}
    steps: set[tuple[str, Step]] = set()
    for edge in edges:
        start, end = edge.start, edge.target
        if start in kinds and end in kinds and start != end:
            if tie := _tie(edge):
                claim, read = tie
                if read.position in answers and kinds[claim] == "claim":
                    ties[answers[read.position]].setdefault(claim, set()).add(read)
            elif kinds[start] == kinds[end] == "claim" and edge.name in CARRIES:
                steps |= _steps(start, end, edge.name)
    by_letter = grouped((answers[id_], id_) for id_ in sorted(answers, key=lambda id_: (letters[id_], id_)))
    return Bearing(
        positions={id_: by_letter.get(id_, ()) for id_ in ties},
        ties={id_: {c: tuple(sorted(of)) for c, of in sorted(claims.items())} for id_, claims in ties.items()},
        onward=grouped((claim, step) for claim, step in sorted(steps)),
        inward=grouped((step.other, step._replace(other=claim)) for claim, step in sorted(steps)),
        rivals=grouped((edge.target, owner_id(edge.start)) for edge in edges if edge.name == "about_rival"),
    )


def ties_among(ledger: Ledger, ids: Iterable[str], positions: Iterable[str]) -> dict[str, tuple[Tie, ...]]:
    """Claim → its ties to some positions, as the whole table has them; `ids` are these and all claims tied to them."""
    kept, standing = {*positions}, sorted({*ids})
    found = [tie for id_ in standing for edge in references_of(ledger, id_) if (tie := _tie(edge))]
    by_claim = grouped(sorted((claim, tie) for claim, tie in found if claim in {*standing} and tie.position in kept))
    return dict(by_claim)


def _tie(edge: Reference) -> tuple[str, Tie] | None:
    if edge.name in DIRECT:
        return edge.target, Tie(edge.start, edge.name, DIRECT[edge.name], edge.name in LOAD_BEARING)
    if edge.name == "bears_on":
        return edge.start, Tie(edge.target, edge.effect, BEARING[edge.effect], edge.strength == "strong")
    return None


def _steps(start: str, end: str, relation: str) -> set[tuple[str, Step]]:
    """Both directions of a relation; the way back only where something is carried."""
    there, back = CARRIES[relation]
    found = {(start, Step(end, relation, backward=False, if_true=there[0], if_false=there[1]))}
    turned = Step(start, relation, backward=True, if_true=back[0], if_false=back[1])
    return found | ({(end, turned)} if any(back) else set())


def grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    """Key → its values, each once, in the order in which they come."""
    found: dict[Key, dict[Value, None]] = {}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in found.items()}
