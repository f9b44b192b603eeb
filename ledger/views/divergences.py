"""Every claim whose two ratings part, with both and the written reason."""

from dataclasses import dataclass

from markupsafe import Markup

from ledger import words
from ledger.loading import Record
from ledger.views.falling import rating_said
from ledger.views.reckoning import apart_words, because_words
from ledger.views.viewing import RecordRef, Viewing


@dataclass(frozen=True, slots=True)
class DivergenceView:
    """A claim with both ratings, how far they part, and why."""

    claim: RecordRef
    editors: str
    computed: str
    apart: str
    because: Markup


@dataclass(frozen=True, slots=True)
class DivergencesView:
    """The page: those without a reason first, then those that part furthest."""

    share: str
    divergences: tuple[DivergenceView, ...]


def view_divergences(viewing: Viewing) -> DivergencesView:
    """Everything on the page."""
    ratings = viewing.analysis.ratings
    claims = [viewing.ledger.records[id_] for id_, rating in ratings.items() if rating.divergence]
    both = sum(rating.band is not None and _is_rated(viewing, id_) for id_, rating in ratings.items())
    return DivergencesView(
        share=words.DIVERGENCES["some"].format(len(claims), both),
        divergences=tuple(_view(viewing, claim) for claim in sorted(claims, key=lambda claim: _order(viewing, claim))),
    )


def _is_rated(viewing: Viewing, id_: str) -> bool:
    return bool(viewing.ledger.records[id_].fields.assessments)


def _order(viewing: Viewing, claim: Record) -> tuple[bool, int, str, str]:
    found = viewing.analysis.ratings[claim.id].divergence
    steps = found.steps or MOST_STEPS if found else 0
    return bool(found and found.because), -steps, claim.title.casefold(), claim.id


MOST_STEPS = 5
"""Ratings on different sides are further apart than any two bands."""


def _view(viewing: Viewing, claim: Record) -> DivergenceView:
    rating = viewing.analysis.ratings[claim.id]
    return DivergenceView(
        claim=viewing.ref_to(claim),
        editors=words.DIVERGENCES["editors"].format(words.RATINGS[claim.fields.assessments[-1].rating]),
        computed=words.DIVERGENCES["computed"].format(rating_said(rating.short)),
        apart=apart_words(rating),
        because=because_words(viewing, rating),
    )
