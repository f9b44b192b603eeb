"""What ties claims to positions and to each other, with signs: the ground of the comparisons.

In: a Ledger and a position or a claim. Out: the ties of the one, the steps from and to the other. A sign says which way
truth goes: +1 for, -1 against, 0 neither.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from ledger.graph import Ledger

DIRECT = {"rests_on": 1, "rejects": -1, "objected_to_by": -1}
"""Edges from a position to a claim: what the claim's truth does to the position."""
BEARING = {"supports": 1, "disputes": -1}
"""What `bears_on` says a claim does to a position, if true."""
_SIGNS = DIRECT | BEARING
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


Ties = Mapping[str, tuple[Tie, ...]]
"""Claim → its ties to the positions of a controversy."""


class Step(NamedTuple):
    """What one claim does to another: `relation` as written, by the first claim unless `backward`."""

    other: str
    relation: str
    backward: bool
    if_true: int
    if_false: int


def ties_of(ledger: Ledger, position: str) -> Iterator[tuple[str, Tie]]:
    """The claims that a position is tied to, those that were withdrawn too, each with the tie."""
    own = [(edge.target, edge.name, edge.name in LOAD_BEARING) for edge in ledger.edges_of(position)]
    bearing = [edge for edge in ledger.edges_into(position) if edge.name == "bears_on"]
    own += [(edge.start, str(edge.own["effect"]), edge.own.get("strength") == "strong") for edge in bearing]
    for claim, edge, is_strong in own:
        if edge in _SIGNS and ledger.node_kind(claim) == "claim":
            yield claim, Tie(position, edge, _SIGNS[edge], is_strong)


def steps_of(ledger: Ledger, claim: str) -> tuple[tuple[str, Step], ...]:
    """What a claim does to other standing claims, and these to it: sorted, each with the claim that does it."""
    edges = (*ledger.edges_of(claim), *ledger.edges_into(claim))
    related = {(edge.start, edge.target, edge.name) for edge in edges if edge.name in CARRIES}
    between = (one for one in related if one[0] != one[1] and all(is_standing_claim(ledger, end) for end in one[:2]))
    return tuple(sorted({step for one in between for step in _steps(*one)}))


def is_standing_claim(ledger: Ledger, id_: str) -> bool:
    """Whether a node is a claim that was not withdrawn."""
    return ledger.node_kind(id_) == "claim" and ledger.stands(id_)


def _steps(start: str, end: str, relation: str) -> Iterator[tuple[str, Step]]:
    """Both directions of a relation; the way back only where something is carried."""
    there, back = CARRIES[relation]
    yield start, Step(end, relation, backward=False, if_true=there[0], if_false=there[1])
    if any(back):
        yield end, Step(start, relation, backward=True, if_true=back[0], if_false=back[1])


def grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    """Key → its values, each once, in the order in which they come."""
    found: dict[Key, dict[Value, None]] = {}
    for key, value in pairs:
        found.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in found.items()}
