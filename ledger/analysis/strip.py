"""How much a verdict depends on our choices: the claim under every alternative that a reasonable person might choose.

In: what rates a claim. Out: a strip, one mark an alternative; and of all claims together, how many alternatives keep,
open or flip the side of a verdict. After Steegen and others, Increasing transparency through a multiverse analysis
(Perspectives on Psychological Science 11, 2016).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple

from ledger.analysis import verdicts
from ledger.analysis.grades import Choices
from ledger.analysis.leaving_out import Whole
from ledger.analysis.ratings import CHOICES, Graded, ShortRating, conclude, graded, sides_of, words_of
from ledger.analysis.verdicts import Conclusion, Word
from ledger.analysis.works import Work, shown_under
from ledger.describing import RecordId, described
from ledger.settings import Alternative

ALTERNATIVES: tuple[tuple[str, Choices], ...] = (
    ("reporting-two-steps", Choices(reporting=2)),
    ("reporting-no-step", Choices(reporting=0)),
    ("without-opinions", Choices(opinions=False)),
    ("only-seen", Choices(only_seen=True)),
    ("abstracts-as-seen", Choices(abstracts_seen=True)),
    ("calculations-as-measurements", Choices(calculation=0)),
    ("interests-ignored", Choices(interests=0)),
    ("preprints-one-step", Choices(preprint=1)),
    ("one-for-medium", Choices(medium=1)),
    ("three-for-medium", Choices(medium=3)),
    ("qualifies-ignored", Choices(qualifying="ignored")),
    ("qualifies-as-disputes", Choices(qualifying="disputes")),
    ("searches-ignored", Choices(searches=False)),
)
"""Each changes one choice; beside them each work is left out in turn, with all that is tied to it."""
WITHOUT = "without"
Effect = Literal["keeps", "opens", "flips", "tips"]
"""What an alternative does to the side of the verdict; a verdict that is open keeps, or tips to one side."""
STEADY: Effect = "keeps"


@dataclass(frozen=True, slots=True)
class Mark:
    """The verdict under one alternative."""

    alternative: str = described("the other choice: one of the method's, one of the site's, or `without`")
    without: RecordId | None = described("for `without`: the work that is left out with all that is tied to it")
    verdict: Word | None = described("the verdict then; missing for a range, or if no evidence is left")
    range: tuple[Word, Word] | None = described("the lowest and the highest verdict then, if it is a range")
    effect: Effect = described("what that does to the side of the verdict")


def alternatives(added: Iterable[Alternative] = ()) -> tuple[tuple[str, Choices], ...]:
    """Every alternative by name: those of the method and those that a site adds."""
    return (*ALTERNATIVES, *((one.id, choices_of(one)) for one in added))


def choices_of(alternative: Alternative) -> Choices:
    """The choices that a site adds."""
    written: dict[str, Any] = {one.name: getattr(alternative, one.name) for one in fields(Choices)}
    plain: dict[str, Any] = {
        name: int(value) if isinstance(value, Decimal) else value for name, value in written.items()
    }
    return replace(Choices(), **{name: value for name, value in plain.items() if value is not None})


def strip_of(whole: Whole, added: Iterable[Alternative] = ()) -> tuple[Mark, ...]:
    """The marks of a claim: those for each choice, then those without each team. None without evidence."""
    if not whole.found or not whole.found.range:
        return ()
    return (*_chosen(alternatives(added), whole, whole.found), *_without(whole, whole.found))


def _chosen(alternatives: Iterable[tuple[str, Choices]], whole: Whole, base: Conclusion) -> Iterator[Mark]:
    given, rated = whole.given, tuple(whole.items.values())
    usual = _grades(rated)
    for name, choices in alternatives:
        items = rated if _grades_as_usual(choices) else graded(given, choices)
        is_usual = items is rated or _grades(items) == usual  # most choices matter to few claims
        sides = whole.sides if is_usual else sides_of(items, given.chains)
        known = base.strengths if is_usual and choices.medium == CHOICES.medium else {}
        found = conclude(given, sides, choices, known)
        yield _mark(name, None, base.range, found and found.range)


@cache
def _grades_as_usual(choices: Choices) -> bool:
    """Whether they give each item the grade that the method gives it."""
    return replace(choices, medium=CHOICES.medium, qualifying=CHOICES.qualifying, searches=CHOICES.searches) == CHOICES


def _grades(items: Iterable[Graded]) -> tuple[tuple[str, int, bool], ...]:
    return tuple([(one.case.id, one.grade, one.seen) for one in items])


def _without(whole: Whole, base: Conclusion) -> Iterator[Mark]:
    """The items without those of each work and of all that is tied to it: what repeats a work may go with it."""
    every = [work for side in whole.sides for work in side]
    holders: dict[str, set[str]] = {}
    for one in every:
        for key in one.keys:
            holders.setdefault(key, set()).update(one.items)

    for name, works in sorted(_in_turn(every).items()):
        gone = frozenset().union(*[holders[key] for work in works for key in work.keys])
        yield _mark(WITHOUT, name, base.range, (found := whole.without(dict.fromkeys(gone))) and found.range)


def _in_turn(works: Sequence[Work]) -> Mapping[str, list[Work]]:
    """Name → the works that are left out together.

    What retells several works at once is tied to each, and goes with it. Only where it is all that there is of them it
    is left out by itself.
    """
    shown = shown_under(one.works for one in works)
    found: dict[str, list[Work]] = {}
    for one in works:
        first = shown[one.works][0]
        if len(one.works) == 1 or frozenset((first,)) not in shown:
            found.setdefault(first, []).append(one)
    return found


@lru_cache(maxsize=1 << 12)
def _mark(name: str, without: str | None, before: verdicts.Range | None, after: verdicts.Range | None) -> Mark:
    return Mark(name, without, *words_of(after), _effect(verdicts.side_of(before), verdicts.side_of(after)))


def _effect(before: int, after: int) -> Effect:
    if before == after:
        return "keeps"
    if not before:
        return "tips"
    return "flips" if after else "opens"


# All strips together


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


class ChoiceEffects(NamedTuple):
    """A choice, and for how many claims it has which effect; leaving out works counts once a claim, by its heaviest."""

    alternative: str
    effects: Mapping[Effect, int]
    """Without those that keep."""


class Steadiness(NamedTuple):
    """All claims with a verdict or a range."""

    on_a_side: Group
    open: Group
    choices: tuple[ChoiceEffects, ...]
    """Those that change the side of any verdict, the ones that do so for most claims first."""


def steadiness_in(strips: Iterable[tuple[ShortRating, Sequence[Mark]]]) -> Steadiness:
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
