"""The rules of the computed ratings, with every weight and threshold as the profile has it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ledger import words
from ledger.analysis.ratings import AGREEMENT, EVIDENCE, STEPS_APART, band_of, combine, plain, profile_of
from ledger.context import PageContext
from ledger.records import Model, Profile

PAGE = "method"
"""The id of the page that says how the ledger is made."""
TABLES: Mapping[str, Mapping[str, str]] = {
    "tier": words.TIERS,
    "basis": words.BASES,
    "directness": words.DIRECTNESS,
    "consulted": words.CONSULTED,
    "quote": words.WEIGHT_WORDS,
}
"""Table of the profile → the words for its keys."""


class WeightTable(NamedTuple):
    """Words and what each is worth."""

    id: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MethodView:
    """The page."""

    weights: tuple[WeightTable, ...]
    sums: tuple[str, ...]
    agreements: tuple[str, ...]
    bands: tuple[tuple[str, tuple[str, ...]], ...]
    """Evidence → the band at each agreement."""
    limits: tuple[str, ...]
    apart: str
    page: str
    """The page of prose that says how the ledger is made; empty where there is none."""


def view_method(context: PageContext) -> MethodView:
    """Everything on the page."""
    profile, card = profile_of(context.ledger), context.ledger.card(PAGE)
    assessed = AGREEMENT[: len(EVIDENCE)]
    return MethodView(
        weights=tuple(_weights(profile)),
        sums=tuple(_sums(context, profile)),
        agreements=assessed,
        bands=tuple((one, tuple(combine(one, other) for other in assessed)) for one in EVIDENCE),
        limits=(
            words.METHOD_PAGE["cap"].format(band_of(profile.one_origin_at_most)),
            _dropped(profile),
            words.METHOD_PAGE["no_band"],
        ),
        apart=words.METHOD_PAGE["part"].format(words.number(STEPS_APART)),
        page=card.id if card and card.kind == "page" else "",
    )


def _weights(profile: Profile) -> Iterator[WeightTable]:
    for name, labels in TABLES.items():
        yield WeightTable(name, tuple(_rows(getattr(profile, name), labels)))
    other = ((label, plain(getattr(profile, name))) for name, label in words.OTHER_WEIGHTS.items())
    yield WeightTable("other", tuple(other))


def _rows(table: Model, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, weight in table.model_dump(by_alias=True).items():
        word = name.replace("_", "-")
        yield labels.get(word) or words.WEIGHT_WORDS[word], plain(weight)


def _sums(context: PageContext, profile: Profile) -> Iterator[str]:
    evidence, agreement = profile.evidence, profile.agreement
    yield words.METHOD_PAGE["evidence"].format(
        medium_sum=plain(evidence.medium_sum),
        medium_origins=evidence.medium_origins,
        robust_sum=plain(evidence.robust_sum),
        robust_origins=evidence.robust_origins,
    )
    yield words.METHOD_PAGE["agreement"].format(
        medium_times=plain(agreement.medium_times), high_times=plain(agreement.high_times)
    )
    every = context.ledger.settings.review_every_days
    if every is None:
        yield words.METHOD_PAGE["not_assessed"]
    else:
        days = int(every * agreement.search_periods)
        yield words.METHOD_PAGE["not_assessed_days"].format(days=days)


def _dropped(profile: Profile) -> str:
    named = words.listed([words.STATUSES[status] for status in profile.dropped], words.OR)
    return words.METHOD_PAGE["dropped"].format(named) if named else words.METHOD_PAGE["dropped_none"]
