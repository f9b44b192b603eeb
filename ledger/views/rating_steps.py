"""The computed rating of a claim, step by step, so that a reader can follow it with a pencil.

In: a claim, seen from a page. Out: how far the rating parts from the editors', and every step: what each item weighs
and counts for, the sums, the two axes with their thresholds, the band and its cap.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from ledger import urls, words
from ledger.analysis.ratings import Factor, Rating, Step, band_of, plain
from ledger.context import PageContext
from ledger.loading import Record
from ledger.records import Claim, Profile
from ledger.views.paging import parts_of

FACTOR_WORDS: Mapping[str, Mapping[str, str]] = {
    "tier": words.TIERS,
    "basis": words.BASES,
    "directness": words.DIRECTNESS,
    "consulted": words.CONSULTED,
    "quote": words.QUOTE_FACTORS,
}
"""Factor → its words."""


@dataclass(frozen=True, slots=True)
class ComputedView:
    """The computed rating."""

    rating: Rating
    apart: str
    """How far it parts from the editors' rating; empty where it does not."""
    because: Markup
    steps: tuple[tuple[Step, str], ...]
    """The evidence items, each with its arithmetic: `preprint 0.7 × direct evidence 1 = 0.7`."""
    lines: tuple[tuple[str, str], ...]
    """The rest of the arithmetic: what is worked out, and how."""
    method: str


def view_computed(context: PageContext, claim: Record[Claim]) -> ComputedView | None:
    """The computed rating of a claim; nothing for one that was withdrawn."""
    rating = context.analysis.ratings.get(claim.id)
    if rating is None:
        return None
    here = {item.id for item in parts_of(context, claim.fields.evidence)}
    shown = (step for step in rating.steps if step.item in here)
    return ComputedView(
        rating=rating,
        apart=apart_words(rating),
        because=because_words(context, rating),
        steps=tuple((step, _product(step)) for step in shown),
        lines=tuple(_lines(context.analysis.profile, rating)),
        method=context.url(urls.METHOD_PAGE),
    )


def apart_words(rating: Rating) -> str:
    """How far the two ratings part."""
    found = rating.divergence
    if found is None:
        return ""
    return words.APART["bands"].format(words.number(found.steps)) if found.steps else words.APART["sides"]


def because_words(context: PageContext, rating: Rating) -> Markup:
    """The editor's reason why the two part, or that there is none."""
    found = rating.divergence
    if found is None:
        return Markup()
    if not found.because:
        return Markup(words.APART["no_reason"])  # noqa: S704 - words of our own
    return Markup(words.APART["because"]).format(context.text(found.because))  # noqa: S704 - words of our own


# The items


def _product(step: Step) -> str:
    factors = " × ".join(words.FACTOR.format(_factor(factor), plain(factor.weight)) for factor in step.factors)
    return f"{factors} = {plain(step.weight)}" if factors else ""


def _factor(factor: Factor) -> str:
    if factor.name == "quote":
        return words.QUOTE_FACTORS.get(factor.word, words.QUOTE_UNVERIFIED)
    return FACTOR_WORDS.get(factor.name, {}).get(factor.word) or words.FACTOR_WORDS[factor.name]


# The rest of the arithmetic


def _lines(profile: Profile, rating: Rating) -> Iterator[tuple[str, str]]:
    said = words.RECKONING
    yield said["for"], _sum(rating, "for")
    yield said["against"], _sum(rating, "against")
    if rating.evidence and rating.agreement:
        sides = f"{plain(rating.weight_for)} + {plain(rating.weight_against)} = {plain(rating.total)}"
        yield said["total"], sides
        yield said["origins"], said["origins_of"].format(rating.origins)
        yield said["evidence"], _evidence(profile, rating)
        yield said["agreement"], _agreement(profile, rating)
        yield said["direction"], words.DIRECTIONS[rating.direction or ""]
    if rating.uncapped:
        met = {"evidence": rating.evidence, "agreement": rating.agreement, "band": rating.uncapped}
        yield said["band"], said["band_of"].format(**met)
    if rating.uncapped != rating.band:
        yield said["cap"], said["cap_of"].format(band_of(profile.one_origin_at_most))
    yield said["result"], rating.computed


def _sum(rating: Rating, side: str) -> str:
    weights = [plain(step.weight) for step in rating.steps if step.origin and step.side == side]
    total = rating.weight_for if side == "for" else rating.weight_against
    if not weights:
        return words.RECKONING["nothing"]
    return f"{' + '.join(weights)} = {plain(total)}" if len(weights) > 1 else weights[0]


def _evidence(profile: Profile, rating: Rating) -> str:
    axis = profile.evidence
    return words.RECKONING["evidence_of"].format(
        word=str(rating.evidence),
        medium=plain(axis.medium_sum),
        medium_origins=axis.medium_origins,
        robust=plain(axis.robust_sum),
        robust_origins=axis.robust_origins,
        total=plain(rating.total),
        origins=rating.origins,
    )


def _agreement(profile: Profile, rating: Rating) -> str:
    axis = profile.agreement
    lighter, heavier = sorted((rating.weight_for, rating.weight_against))
    if not lighter:
        return words.RECKONING["alone" if rating.searched else "not_assessed"].format(word=rating.agreement)
    return words.RECKONING["agreement_of"].format(
        word=str(rating.agreement),
        medium_times=plain(axis.medium_times),
        high_times=plain(axis.high_times),
        lighter=plain(lighter),
        heavier=plain(heavier),
        medium=plain(axis.medium_times * lighter),
        high=plain(axis.high_times * lighter),
    )
