"""How much the verdicts depend on our choices, over all claims: the strips taken together.

In: the strip of each claim with its rating. Out: how many alternatives keep, open or flip the side of a verdict, and
the choices that do so for most claims.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ledger.analysis.ratings import ShortRating
from ledger.analysis.strip import STEADY, Effect, Mark

BY_WEIGHT: tuple[Effect, ...] = ("flips", "opens", "tips", "keeps")
"""The effects, the heaviest first."""
SIDES = ("for", "against")


@dataclass(frozen=True, slots=True)
class Group:
    """Claims whose verdict is on a side, or claims whose verdict is open."""

    claims: int = 0
    steady: int = 0
    """How many keep their side under every alternative."""
    effects: Mapping[Effect, int] = field(default_factory=dict)
    """Effect → how many alternatives have it, over all these claims."""

    @property
    def alternatives(self) -> int:
        """How many there are in all."""
        return sum(self.effects.values())


@dataclass(frozen=True, slots=True)
class ChoiceEffects:
    """A choice, and for how many claims it has which effect; leaving out works counts once a claim, by its heaviest."""

    alternative: str
    effects: Mapping[Effect, int]
    """Without those that keep."""


@dataclass(frozen=True, slots=True)
class Steadiness:
    """All claims with a verdict or a range."""

    on_a_side: Group
    open: Group
    choices: tuple[ChoiceEffects, ...]
    """Those that change the side of any verdict, the ones that do so for most claims first."""


def steadiness_of(strips: Iterable[tuple[ShortRating, Sequence[Mark]]]) -> Steadiness:
    """The strips of some claims together; one without marks has no verdict."""
    found = [(rating, marks) for rating, marks in strips if marks]
    decided = [marks for rating, marks in found if rating.direction in SIDES]
    undecided = [marks for rating, marks in found if rating.direction not in SIDES]
    return Steadiness(_group(decided), _group(undecided), _choices(marks for _, marks in found))


def _group(strips: Sequence[Sequence[Mark]]) -> Group:
    effects = Counter(mark.effect for marks in strips for mark in marks)
    steady = sum(all(mark.effect == STEADY for mark in marks) for marks in strips)
    return Group(len(strips), steady, {effect: effects[effect] for effect in BY_WEIGHT if effects[effect]})


def _choices(strips: Iterable[Sequence[Mark]]) -> tuple[ChoiceEffects, ...]:
    counted: dict[str, Counter[Effect]] = {}
    for marks in strips:
        heaviest: dict[str, Effect] = {}
        for mark in marks:
            known = heaviest.get(mark.alternative, STEADY)
            heaviest[mark.alternative] = min(known, mark.effect, key=BY_WEIGHT.index)
        for alternative, effect in heaviest.items():
            if effect != STEADY:
                counted.setdefault(alternative, Counter())[effect] += 1
    ordered = sorted(counted.items(), key=lambda entry: (-entry[1].total(), entry[0]))
    return tuple(ChoiceEffects(name, {e: of[e] for e in BY_WEIGHT if of[e]}) for name, of in ordered)
