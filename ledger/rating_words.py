"""Computed ratings in words.

In: a rating, or a part of one. Out: phrases and sentences. What they are made of stands in `words.py`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from ledger import texts, words
from ledger.analysis.grades import RETELLS
from ledger.analysis.positions import PositionVerdicts
from ledger.analysis.ratings import Counted, Item, Rating, ShortRating, ends_of
from ledger.analysis.strip import STEADY, Effect, Mark

EFFECTS: tuple[Effect, ...] = ("keeps", "tips", "opens", "flips")


def verdict_words(rating: ShortRating, as_range: str = "verdicts.range") -> str:
    """`leans right`, `leans right to likely right`, `open`, `not rated`. `as_range`: the text that says a range."""
    low, high = ends_of(rating)
    if low is None or high is None:
        return texts.say("verdicts.not_rated")
    said = words.VERDICTS[low]
    return said if low == high else texts.say(as_range, low=said, high=words.VERDICTS[high])


def verdict_sentence(rating: ShortRating) -> str:
    """`Leans right.`, `Contested.`, `Between open and leans right.`, `Not rated.`"""
    low, high = ends_of(rating)
    if low is None or high is None:
        return words.VERDICT_LINES["none"]
    if low != high:
        return words.VERDICT_LINES["range"].format(low=words.VERDICTS[low], high=words.VERDICTS[high])
    return words.VERDICT_LINES["contested" if rating.direction == "contested" else low]


def verdict_class(rating: ShortRating) -> str:
    """The verdict as a word for styling: of a range the end nearest to the middle; `none` without a rating."""
    low, high = ends_of(rating)
    if low is None or high is None:
        return "none"
    return low if rating.direction == "for" else high if rating.direction == "against" else "open"


def remarks(rating: Rating, claim_type: str) -> tuple[str, ...]:
    """What a reader must know beside a verdict, in sentences."""
    return tuple(words.VERDICT_REMARKS[name] for name in _remarks(rating, claim_type))


def _remarks(rating: Rating, claim_type: str) -> Iterator[str]:
    if rating.not_rated:
        yield rating.not_rated if rating.not_rated == "no evidence" else claim_type
        return
    if rating.decided:
        yield "held" if rating.verdict == "likely-right" else "failed"
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
        yield _not_looked_for(rating)
    elif claim_type == "predictive" and rating.direction in ("for", "against"):
        yield "prediction"


def _not_looked_for(rating: Rating) -> str:
    """Which side nobody looked for: the weaker one."""
    order = tuple(words.LEVELS)
    support, dispute = (order.index(rating.evidence[side]) for side in ("for", "against"))
    return "both" if support == dispute else "against" if support > dispute else "for"


def amounts(rating: Rating) -> Iterator[str]:
    """How much evidence a verdict has, in short: `Some evidence`, `9 sources`, `4 independent teams`."""
    if rating.solidity:
        yield words.SOLIDITY[rating.solidity].capitalize()
    if rating.counts.sources:
        yield from (_counted(name, getattr(rating.counts, name)) for name in ("sources", "teams"))


def counts_words(counts: Counted) -> str:
    """`9 sources · 5 separate studies (4 for it, 1 against) · 4 independent teams · 3 data sets`."""
    sides = ", ".join(filter(None, (_counted(side, many) for side, many in counts.sides.items())))
    works = f"{_counted('works', counts.works)} ({sides})"
    sources, teams, data = (_counted(name, getattr(counts, name)) for name in ("sources", "teams", "datasets"))
    return " · ".join(filter(None, (sources, works, teams, data)))


def _counted(name: str, many: int) -> str:
    return words.COUNTS[name][min(many, 2)].format(f"{many:,}")


def grade_words(item: Item) -> str:
    """`moderate evidence: it is reporting`; why it does not count, where it does not."""
    if not item.grade:
        return words.DOES_NOT_COUNT[item.counts]
    grade = words.GRADE.format(grade=words.GRADES[item.grade])
    reasons = words.listed([*_reasons(item)])
    return f"{grade}: {reasons}" if reasons else grade


def reason_words(family: str, why: str) -> str:
    """Why an evidence item is no better."""
    return texts.say(f"grade_{family}.{why}")


def _reasons(item: Item) -> Iterator[str]:
    for reason in item.reasons:
        retold = reason.why.removeprefix(RETELLS.format(""))
        known = words.RETOLD_REASONS.get(retold) if retold != reason.why else None
        said = known or reason_words(reason.family, reason.why)
        yield said if reason.steps == 1 else words.TWO_STEPS.format(said)


# Positions


def verdicts_words(found: PositionVerdicts) -> str:
    """`two likely right, one open`: the verdicts on the claims that a position rests on."""
    counted = Counter[str]()
    for one in found.verdicts:
        counted[verdict_words(one.rating, "verdicts.between")] += len(one.claims)
    return ", ".join(f"{words.number(many)} {said}" for said, many in counted.items())


# The strip


def strip_words(rating: ShortRating, marks: Iterable[Mark]) -> str:
    """How often a verdict keeps its side under other choices."""
    counted = Counter(mark.effect for mark in marks)
    many, open_ = counted.total(), verdict_class(rating) == "open"
    if counted.keys() == {STEADY}:
        return words.STRIP["steady_open" if open_ else "steady"].format(many=many)
    forms = words.EFFECTS_OF_CHOICES
    said = [forms[effect][open_].format(times(counted[effect])) for effect in EFFECTS if counted[effect]]
    return words.STRIP["some"].format(many=many, what=words.listed(said))


def times(many: int) -> str:
    """`once`, `twice`, `3 times`."""
    return words.TIMES[min(many, 3)].format(many)
