"""Computed ratings in words.

In: a rating, or a part of one. Out: phrases and sentences.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from ledger import texts
from ledger.analysis.gaps import sought
from ledger.analysis.grades import RETELLS
from ledger.analysis.positions import PositionVerdicts
from ledger.analysis.ratings import Counted, Item, Rating, ShortRating, ends_of
from ledger.analysis.strip import STEADY, Effect, Mark
from ledger.analysis.verdicts import WORDS

EFFECTS: tuple[Effect, ...] = ("keeps", "tips", "opens", "flips")
SIDES = ("for", "against")
"""The sides of which it is said, too, that they have nothing."""


def verdict_words(rating: ShortRating) -> str:
    """`perhaps true`, `perhaps true or probably true`, `anything from open to probably true`, `not rated`."""
    low, high = ends_of(rating)
    if low is None or high is None:
        return texts.say("verdicts.not_rated")
    said, steps = texts.say(f"verdict.{low}"), WORDS.index(high) - WORDS.index(low)
    key = "verdicts.wide" if steps > 1 else "verdicts.range"
    return texts.say(key, low=said, high=texts.say(f"verdict.{high}")) if steps else said


def short_rating(fields: tuple[Any, ...]) -> ShortRating:
    """A rating from its fields, as they are kept of earlier times."""
    verdict, span, direction, not_rated = fields
    return ShortRating(verdict, tuple(span) if span else None, direction, not_rated)


def verdict_sentence(rating: ShortRating) -> str:
    """`Perhaps true.`, `Contested.`, `Open or perhaps true.`, `Not rated.`"""
    low, high = ends_of(rating)
    if low is None or high is None:
        return texts.say("verdict_line.none")
    if low != high:
        return texts.say("verdict_line.range", verdict=texts.capital(verdict_words(rating)))
    name = "contested" if rating.direction == "contested" else low
    return texts.say(f"verdict_line.{name}")


def verdict_class(rating: ShortRating) -> str:
    """The verdict as a word for styling: of a range the end nearest to the middle; `none` without a rating."""
    low, high = ends_of(rating)
    if low is None or high is None:
        return "none"
    return low if rating.direction == "for" else high if rating.direction == "against" else "open"


def chip_class(rating: ShortRating) -> str:
    """The verdict as words for styling a small scale: its class and, of a range, each other end."""
    nearest = verdict_class(rating)
    return " ".join((nearest, *(f"to-{end}" for end in ends_of(rating) if end and end != nearest)))


def remarks(rating: Rating, claim_type: str) -> tuple[str, ...]:
    """What a reader must know beside a verdict, in sentences."""
    return tuple(texts.say(f"verdict_remark.{name}") for name in _remarks(rating, claim_type))


def _remarks(rating: Rating, claim_type: str) -> Iterator[str]:
    if rating.not_rated:
        yield rating.not_rated if rating.not_rated == "no evidence" else claim_type
        return
    if rating.decided:
        yield "held" if rating.verdict == "probably-true" else "failed"
        return
    if rating.direction == "contested":
        yield "contested"
    solid = [level for level in rating.evidence.values() if level not in ("none", "weak")]
    if not solid:
        yield "nothing solid"
    if len(solid) == len(rating.evidence) and rating.direction == "open":
        yield "both ways"
    if rating.holds_in_part:
        yield "in part"
    if not rating.looked_for:
        yield sought(rating)
    elif claim_type == "predictive" and rating.direction in ("for", "against"):
        yield "prediction"


def amounts(rating: Rating) -> Iterator[str]:
    """How much evidence a verdict has, in short: `Some evidence`, `9 sources`, `4 independent teams`."""
    if rating.solidity:
        yield texts.capital(texts.say(f"solidity.{rating.solidity}"))
    if rating.counts.sources:
        yield texts.say("counted.sources", count=rating.counts.sources)
        yield texts.say("counted.teams", count=rating.counts.teams)


def counts_words(counts: Counted) -> str:
    """`9 sources · 5 separate studies (4 for it, 1 against) · 4 independent teams · 3 data sets`."""
    sides = (texts.say(f"counted.{side}", count=many) for side, many in counts.sides.items() if many or side in SIDES)
    said = [
        texts.say("counted.sources", count=counts.sources),
        texts.say("counted.works", count=counts.works, sides=", ".join(sides)),
        texts.say("counted.teams", count=counts.teams),
    ]
    return " · ".join([*said, texts.say("counted.datasets", count=counts.datasets)] if counts.datasets else said)


def and_more(names: str, more: int) -> str:
    """Some names in a row, and how many more there are."""
    return texts.say("counted.and_more", names=names, count=more) if more > 0 else names


def grade_words(item: Item) -> str:
    """`moderate evidence: it is reporting`; why it does not count, where it does not."""
    if not item.grade:
        return texts.say(f"uncounted.{item.counts}")
    grade = texts.say(f"grade.{item.grade}")
    reasons = [*_reasons(item)]
    return texts.say("graded.because", grade=grade, reasons=reasons) if reasons else grade


def reason_words(family: str, why: str) -> str:
    """Why an evidence item is no better."""
    return texts.say(f"grade_{family}.{why}")


def _reasons(item: Item) -> Iterator[str]:
    for reason in item.reasons:
        retold = reason.why.removeprefix(RETELLS.format(""))
        said = reason_words("retold" if retold != reason.why else reason.family, retold)
        yield said if reason.steps == 1 else texts.say("graded.two_steps", reason=said)


# Positions


def verdicts_words(found: PositionVerdicts) -> str:
    """`two probably true, one open`: the verdicts on the claims that a position rests on."""
    counted = Counter[str]()
    for one in found.verdicts:
        counted[verdict_words(one.rating)] += len(one.claims)
    return ", ".join(f"{texts.in_words(many)} {said}" for said, many in counted.items())


# The strip


def strip_words(rating: ShortRating, marks: Iterable[Mark]) -> str:
    """How often a verdict keeps its side under other choices."""
    counted = Counter(mark.effect for mark in marks)
    many, open_ = counted.total(), verdict_class(rating) == "open"
    if counted.keys() == {STEADY}:
        return texts.say("strip.steady_open" if open_ else "strip.steady", many=many)
    names = {effect: effect for effect in EFFECTS} | ({STEADY: "stays_open"} if open_ else {})
    said = [texts.say(f"strip.{name}", count=counted[effect]) for effect, name in names.items() if counted[effect]]
    return texts.say("strip.some", many=many, what=said)
