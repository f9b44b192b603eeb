"""The sources on which claims hang: without one, nothing that counts is left on the heavier side of a claim."""

from dataclasses import dataclass

from ledger import words
from ledger.views.falling import ChangeView, view_fall
from ledger.views.viewing import RecordRef, Viewing


@dataclass(frozen=True, slots=True)
class SinglePointView:
    """A source and the claims that hang on it, with how their ratings would change."""

    source: RecordRef
    many: str
    claims: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class SinglePointsView:
    """The page; the sources on which most hangs come first."""

    share: str
    sources: tuple[SinglePointView, ...]


def view_single_points(viewing: Viewing) -> SinglePointsView:
    """Everything on the page."""
    analysis = viewing.analysis
    points = analysis.single_points
    sources = sorted({source for found in points.values() for source in found})
    views = [_view(viewing, source) for source in sources]
    weighed = sum(rating.total > 0 for rating in analysis.ratings.values())
    return SinglePointsView(
        share=words.SINGLE_POINTS["some"].format(len(points), weighed),
        sources=tuple(sorted(views, key=lambda view: (-len(view.claims), view.source.label, view.source.id))),
    )


def _view(viewing: Viewing, id_: str) -> SinglePointView:
    source = viewing.ledger.records[id_]
    claims = tuple(change for change in view_fall(viewing, source).claims if change.alone)
    return SinglePointView(viewing.ref_to(source), words.count(words.SINGLE_POINTS_COUNT, len(claims)), claims)
