"""The computed rating of a claim, with every step of its arithmetic.

In: a Ledger, the profile of weights, the traced origins, the verdicts on quotes. Out: for each claim a Rating in words.
The two axes, evidence and agreement, and how they combine, follow the guidance note of the IPCC on the consistent
treatment of uncertainties (Mastrandrea and others, 2010). That one origin counts once on each side is for `matching`.
All arithmetic is on exact decimals.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import WithJsonSchema

from ledger.analysis.matching import Weighed, match
from ledger.analysis.origins import Trace, standing
from ledger.describing import RecordId, Weight, described, internal, one_of
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import Model, Profile

Band = Literal["very low", "low", "medium", "high", "very high"]
BANDS: tuple[Band, ...] = ("very low", "low", "medium", "high", "very high")
"""Lowest first."""
NOT_SEARCHED = "not computed: no current search for the other side is logged"
NO_EVIDENCE_QUESTION = "not rated: not an evidence question"
UNRATED = "unrated: no evidence that counts"
EvidenceWord = Literal["limited", "medium", "robust"]
EVIDENCE: tuple[EvidenceWord, ...] = ("limited", "medium", "robust")
AgreementWord = Literal["low", "medium", "high", "not assessed"]
AGREEMENT: tuple[AgreementWord, ...] = ("low", "medium", "high", "not assessed")
Direction = Literal["for", "against", "split"]
Side = Literal["for", "against"]
SIDES: Mapping[str, Side] = {"supports": "for", "disputes": "against"}
"""The relations that weigh, and the side that each is on."""
Reason = Literal["counts", "no side", "source dropped", "origin dropped", "no weight", "origin counted already"]
"""Why an item counts or does not."""
MAY_COUNT: tuple[Reason, ...] = ("counts", "origin counted already")
VERDICTS = {"exact": "verified", "normalised": "verified", "not-found": "not-found"}
"""What the verdict on a quote comes to; every other is `unverified`."""
NO_SNAPSHOT = "no-snapshot"
UNSAID = "unsaid"
"""What a table of the profile has for a word that stands in no record."""
Computed = Annotated[str, one_of(*BANDS, NOT_SEARCHED, NO_EVIDENCE_QUESTION, UNRATED)]
"""One of `BANDS`, or the words for why there is none."""
NO_EVIDENCE_TYPES = frozenset(("definitional", "normative"))
STEPS_APART = 2
"""From how many steps on two ratings part."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that makes an item's weight: what, the word that stands in the record, what that is worth."""

    name: str = described("what is weighed")
    word: str = internal()
    """The word in the record."""
    weight: Weight = described("what it is worth")


def weights_by_name(factors: Iterable[Factor]) -> dict[str, Decimal]:
    """The weight of each factor; no two of an item have one name."""
    return {factor.name: factor.weight for factor in factors}


@dataclass(frozen=True, slots=True)
class Step:
    """One item: its side, the factors of its weight, and the origin that it counts for or why it does not count."""

    item: str = described("the evidence item")
    source: str = internal()
    side: Side | None = described("for or against; not there for an item that qualifies or mentions")
    factors: Annotated[
        tuple[Factor, ...], WithJsonSchema({"type": "object", "additionalProperties": {"type": "number"}})
    ] = described("what makes the weight, by name", write=weights_by_name)
    """Their product is the weight; none where the item has no side or its source was dropped."""
    weight: Weight = described("the item's weight")
    reason: Reason = described("`counts`, or why not")
    origin: RecordId | None = described("the origin that it counts for; not there if it does not count")


@dataclass(frozen=True, slots=True)
class Divergence:
    """Where editor and computation part."""

    steps: int = described("how many bands, 0 for different sides")
    because: str | None = internal()
    """The editor's reason."""


@dataclass(frozen=True, slots=True)
class EditorsRating:
    """The newest rating by an editor."""

    rating: Band = described("how sure")
    by: str = described("who rated")
    date: str = described("when")
    why: str = internal()


@dataclass(frozen=True, slots=True)
class ShortRating:
    """A computed rating in a word and a direction."""

    computed: Computed = described("the computed band, or why there is none")
    direction: Direction | None = described("for or against the claim")


@dataclass(frozen=True, slots=True)
class Rating:
    """The rating of a claim, by the editor and computed."""

    editor: EditorsRating | None = described("the newest rating by an editor; not there without one")
    computed: Computed = described("the computed band, or why there is none")
    evidence: EvidenceWord | None = described("how much evidence; not there when nothing counts")
    agreement: AgreementWord | None = described("how far it agrees; not there when nothing counts")
    direction: Direction | None = described("for or against the claim; not there when nothing counts")
    steps: tuple[Step, ...] = described("every item")
    """In order of id."""
    weight_for: Weight = described("the sum of what counts for the claim")
    weight_against: Weight = described("the sum of what counts against it")
    origins: int = described("how many origins the items of both sides can count for together")
    searched: bool = described("whether a search for the other side is logged that still stands")
    uncapped: Band | None = described("the band before the cap for what rests on one origin")
    divergence: Divergence | None = described("where editor and computation part")

    @property
    def band(self) -> Band | None:
        """The computed band, if there is one."""
        return band_in(self.computed)

    @property
    def short(self) -> ShortRating:
        """The rating in a word and a direction."""
        return ShortRating(self.computed, self.direction)

    @property
    def total(self) -> Decimal:
        """The weight of both sides."""
        return self.weight_for + self.weight_against


@dataclass(frozen=True, slots=True)
class Rules:
    """What rates a claim beside its own items."""

    profile: Profile
    traced: Trace
    verdicts: Mapping[str, str]
    """Evidence node → the verdict on its quote; a quote that has none is unverified."""


def rate(ledger: Ledger, rules: Rules) -> dict[str, Rating]:
    """The rating of every standing claim, by id."""
    return {claim.id: rate_claim(ledger, rules, claim) for claim in standing(ledger, "claim")}


def rate_claim(ledger: Ledger, rules: Rules, claim: Record) -> Rating:
    """The rating of one claim."""
    steps = sorted((weigh(ledger, rules, claim, item) for item in claim.fields.evidence), key=lambda step: step.item)
    weighed = [item for step in steps if (item := weighed_of(rules, step))]
    counted, sums, origins = weigh_up(weighed)
    searched = is_searched_now(ledger, rules.profile, claim.fields.searches)
    found = conclude(rules.profile, claim, sums, origins, searched=searched)
    return Rating(
        editor=_editors_rating(ledger, claim),
        computed=found.computed,
        evidence=found.evidence,
        agreement=found.agreement,
        direction=found.direction,
        steps=tuple(_told(step, counted) for step in steps),
        weight_for=sums[0],
        weight_against=sums[1],
        origins=origins,
        searched=searched,
        uncapped=found.uncapped,
        divergence=_divergence(claim, found.band, found.direction),
    )


def conclude_shortly(rules: Rules, claim: Record, steps: Iterable[Step], *, searched: bool) -> ShortRating:
    """The rating of a claim as it is with some of its items, which were weighed already."""
    _, sums, origins = weigh_up([item for step in steps if (item := weighed_of(rules, step))])
    found = conclude(rules.profile, claim, sums, origins, searched=searched)
    return ShortRating(found.computed, found.direction)


def weigh_up(items: Sequence[Weighed]) -> tuple[dict[str, str], tuple[Decimal, Decimal], int]:
    """Which item counts for which origin, what counts for and against, and how many origins both sides have."""
    sides = [[item for item in items if item.side == side] for side in SIDES.values()]
    counted = [match(of_side) for of_side in sides]
    one, other = (
        sum((item.weight for item in of_side if item.item in kept), Decimal(0))
        for of_side, kept in zip(sides, counted, strict=True)
    )
    return counted[0] | counted[1], (one, other), len(match(items) if all(sides) else counted[0] | counted[1])


def weighed_of(rules: Rules, step: Step, lost: frozenset[str] = frozenset()) -> Weighed | None:
    """An item that may count, with the origins that it has left; None for one that may not."""
    if step.reason not in MAY_COUNT or step.side is None:
        return None
    origins = rules.traced.origins[step.source]
    left = tuple(origin for origin in origins if origin not in lost) if lost else origins
    return Weighed(step.item, step.side, step.weight, left)


def plain(value: Decimal) -> str:
    """A number as readers see it, in full and without trailing zeros."""
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


# What an item weighs


def profile_of(ledger: Ledger) -> Profile:
    """The site's weights and thresholds, or the defaults, which `ledger.records.Profile` documents one by one."""
    return ledger.settings.profile or Profile()


def weight_of(table: Model, word: str | None) -> Decimal:
    """What a word is worth in a table of the profile."""
    weight: Decimal = getattr(table, (word or UNSAID).replace("-", "_"))
    return weight


def weigh(ledger: Ledger, rules: Rules, claim: Record, item: Any, lost: frozenset[str] = frozenset()) -> Step:
    """One item, as it would be without some of the origins of what it cites; which origin it counts for is not said."""
    source = ledger.present_id(item.source)
    side = SIDES.get(item.relation)
    reason: Reason = "counts"
    if not side:
        reason = "no side"
    elif source in rules.traced.fallen or source not in rules.traced.origins:
        reason = "source dropped"
    elif len(rules.traced.origins[source]) == len(lost):
        reason = "origin dropped"
    if reason != "counts":
        return Step(item.id, source, side, (), Decimal(0), reason, None)
    factors = tuple(_factors(ledger, rules, claim, item, lost))
    weight = _product(factor.weight for factor in factors)
    return Step(item.id, source, side, factors, weight, reason if weight else "no weight", None)


def _factors(ledger: Ledger, rules: Rules, claim: Record, item: Any, lost: frozenset[str]) -> Iterator[Factor]:
    """What makes the weight: authority first, then everything that takes from it."""
    profile, traced, source = rules.profile, rules.traced, ledger.present_id(item.source)
    yield _authority(profile, claim, item, ledger.records[source].fields)
    yield Factor("directness", item.directness or UNSAID, weight_of(profile.directness, item.directness))
    yield Factor("consulted", item.consulted, weight_of(profile.consulted, item.consulted))
    if item.quote:
        verdict = rules.verdicts.get(f"{claim.id}/{item.id}", NO_SNAPSHOT)
        yield Factor("quote", verdict, weight_of(profile.quote, VERDICTS.get(verdict, "unverified")))
    if item.about_rival:
        yield Factor("rival", ledger.present_id(item.about_rival), profile.rival)
    if traced.first_hand[source] == sum(traced.ends[origin] == "first-hand" for origin in lost):
        yield Factor("untraced", "no first-hand origin", profile.untraced)


def _authority(profile: Profile, claim: Record, item: Any, source: Any) -> Factor:
    """The lower of what the source's tier and the item's basis are worth; of what somebody said, they are the proof."""
    if claim.fields.type == "historical" and item.basis == "statement" and source.first_hand:
        return Factor("own words", "first-hand statement", profile.own_words)
    tier, basis = weight_of(profile.tier, source.tier), weight_of(profile.basis, item.basis)
    return Factor("basis", item.basis, basis) if basis < tier else Factor("tier", source.tier, tier)


def _product(weights: Iterable[Decimal]) -> Decimal:
    product = Decimal(1)
    for weight in weights:
        product *= weight
    return product


def _told(step: Step, counted: Mapping[str, str]) -> Step:
    if step.reason != "counts":
        return step
    origin = counted.get(step.item)
    reason: Reason = "counts" if origin else "origin counted already"
    return Step(step.item, step.source, step.side, step.factors, step.weight, reason, origin)


# From weights to words


class Conclusion(NamedTuple):
    """What follows from the sums of both sides."""

    computed: str
    band: Band | None
    evidence: EvidenceWord | None
    agreement: AgreementWord | None
    direction: Direction | None
    uncapped: Band | None


def conclude(
    profile: Profile, claim: Record, sums: tuple[Decimal, Decimal], origins: int, *, searched: bool
) -> Conclusion:
    """The axes and the band, from the weights for and against and the number of origins."""
    evidence = agreement = direction = uncapped = None
    if any(sums):
        evidence = evidence_axis(profile, sum(sums, Decimal(0)), origins)
        agreement = agreement_axis(profile, *sums, searched=searched)
        direction = _direction(*sums, agreement)
        if agreement != "not assessed" and claim.fields.type not in NO_EVIDENCE_TYPES:
            uncapped = combine(evidence, agreement)
    band = _cap(profile, uncapped, origins)
    return Conclusion(band or _why_none(claim, agreement), band, evidence, agreement, direction, uncapped)


def evidence_axis(profile: Profile, total: Decimal, origins: int) -> EvidenceWord:
    """How much evidence there is, on whichever side."""
    axis = profile.evidence
    if total >= axis.robust_sum and origins >= axis.robust_origins:
        return "robust"
    return "medium" if total >= axis.medium_sum and origins >= axis.medium_origins else "limited"


def agreement_axis(profile: Profile, one: Decimal, other: Decimal, *, searched: bool) -> AgreementWord:
    """How far the evidence points one way; not assessed when one side is empty and no search stands."""
    axis, heavier, lighter = profile.agreement, max(one, other), min(one, other)
    if not lighter and not searched:
        return "not assessed"
    if heavier >= axis.high_times * lighter:
        return "high"
    return "medium" if heavier >= axis.medium_times * lighter else "low"


def combine(evidence: EvidenceWord, agreement: AgreementWord) -> Band:
    """The band at which the two axes meet."""
    return BANDS[EVIDENCE.index(evidence) + AGREEMENT.index(agreement)]


def _cap(profile: Profile, band: Band | None, origins: int) -> Band | None:
    if band is None or origins > 1:
        return band
    return min(band, band_of(profile.one_origin_at_most), key=BANDS.index)


def band_in(computed: str) -> Band | None:
    """The band that a computed rating is, if it is one."""
    return BANDS[BANDS.index(computed)] if computed in BANDS else None


def band_of(rating: str) -> Band:
    """An editor's word as a band."""
    return BANDS[BANDS.index(rating.replace("-", " "))]


def _direction(weight_for: Decimal, weight_against: Decimal, agreement: AgreementWord) -> Direction:
    if agreement == "low":
        return "split"
    return "for" if weight_for > weight_against else "against"


def _why_none(claim: Record, agreement: AgreementWord | None) -> str:
    if claim.fields.type in NO_EVIDENCE_TYPES:
        return NO_EVIDENCE_QUESTION
    return NOT_SEARCHED if agreement else UNRATED


def is_searched(ledger: Ledger, profile: Profile, searches: Collection[Any], as_of: date | None) -> bool:
    """Whether one of a claim's searches still stands on a day; without a review period every one does."""
    every = ledger.settings.review_every_days
    if every is None or as_of is None:
        return bool(searches)
    days = timedelta(int(every * profile.agreement.search_periods))
    return any(as_of - search.date.latest <= days for search in searches)


def is_searched_now(ledger: Ledger, profile: Profile, searches: Collection[Any]) -> bool:
    """The same on the ledger's own day, of which no more is asked than whether a search has run out by then."""
    every = ledger.settings.review_every_days
    if every is None or not ledger.is_dated:
        return bool(searches)
    days = int(every * profile.agreement.search_periods) + 1
    ends = (search.date.latest.toordinal() + days for search in searches)
    return any(end > date.max.toordinal() or not ledger.has_reached(date.fromordinal(end)) for end in ends)


def _editors_rating(ledger: Ledger, claim: Record) -> EditorsRating | None:
    if not claim.fields.assessments:
        return None
    newest = claim.fields.assessments[-1]
    names = {editor.id: editor.name for editor in ledger.settings.editors}
    return EditorsRating(band_of(newest.rating), names.get(newest.by, newest.by), str(newest.date), newest.why)


def _divergence(claim: Record, band: Band | None, direction: Direction | None) -> Divergence | None:
    """Where the editor and the computation part; an editor's rating is of the sentence as it is worded."""
    if band is None or not claim.fields.assessments:
        return None
    newest = claim.fields.assessments[-1]
    editor = band_of(newest.rating)
    because = newest.diverges_because or None
    if direction == "against":
        sides_apart = BANDS.index(editor) >= BANDS.index("medium")
        return Divergence(0, because) if sides_apart else None
    apart = abs(BANDS.index(editor) - BANDS.index(band))
    return Divergence(apart, because) if apart >= STEPS_APART else None
