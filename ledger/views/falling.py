"""What hangs on a source, and what has changed because one fell, for readers.

In: a source, claim or position, seen from a page. Out: changes of computed ratings, from what to what; the bands of
the claims that a position rests on; the notice on a record that a fallen source has changed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ledger import words
from ledger.analysis.impact import ClaimChange, PositionChange
from ledger.analysis.positions import PositionBands
from ledger.analysis.ratings import BANDS, ShortRating
from ledger.context import RecordRef, Viewing
from ledger.dates import in_words
from ledger.loading import Record


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A claim or position with its computed rating or ratings, before and after, in words."""

    record: RecordRef
    change: str
    weakest: str
    """How the weakest claim of a position changes, in words."""
    alone: bool
    """Whether the source alone carries what counts on the heavier side of the claim."""


@dataclass(frozen=True, slots=True)
class FallView:
    """What would change with a source, or has changed."""

    fallen: bool
    claims: tuple[ChangeView, ...]
    positions: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True)
class FallenSource:
    """A source whose evidence no longer counts, with what became of it."""

    source: RecordRef
    date: str
    notice: RecordRef | None


@dataclass(frozen=True, slots=True)
class ChangedView:
    """What a claim or position was before some sources fell, and is now."""

    said: str
    sources: tuple[FallenSource, ...]


@dataclass(frozen=True, slots=True)
class BandsView:
    """The computed ratings of the claims that a position rests on, and the weakest of them."""

    said: str
    weakest: tuple[RecordRef, ...]


def view_fall(viewing: Viewing, source: Record) -> FallView:
    """What would change if a source fell; of one that has fallen, what did."""
    if viewing.analysis.is_dropped(source.id):
        return _fall_view(viewing, source, list(_changed_with(viewing, source.id)), fallen=True)
    fall = viewing.analysis.if_retracted(source.id)
    return _fall_view(viewing, source, [*fall.claims, *fall.positions], fallen=False)


def _changed_with(viewing: Viewing, source: str) -> Iterator[ClaimChange | PositionChange]:
    """The claims and positions that a dropped source has changed, as they would be and as they are."""
    analysis = viewing.analysis
    claims = {id_: of for id_ in analysis.claims_behind(source) if (of := analysis.claims_changed.get(id_))}
    for id_, of in claims.items():
        if source in of.sources:
            yield ClaimChange(id_, of.before, analysis.ratings[id_].short)
    for position in sorted({position for id_ in claims for position in analysis.resting_on(id_)}):
        found = analysis.positions_changed.get(position)
        if found and source in found.sources:
            yield PositionChange(position, found.before, analysis.positions[position])


def _fall_view(
    viewing: Viewing, source: Record, found: list[ClaimChange | PositionChange], *, fallen: bool
) -> FallView:
    claims = (change for change in found if isinstance(change, ClaimChange))
    positions = (change for change in found if isinstance(change, PositionChange))
    return FallView(
        fallen=fallen,
        claims=_in_order(_claim_change(viewing, source, change) for change in claims),
        positions=_in_order(_position_change(viewing, change) for change in positions),
    )


def _in_order(views: Iterable[ChangeView]) -> tuple[ChangeView, ...]:
    return tuple(sorted(views, key=lambda view: (view.record.title.casefold(), view.record.id)))


def _claim_change(viewing: Viewing, source: Record, change: ClaimChange) -> ChangeView:
    alone = source.id in viewing.analysis.single_points.get(change.claim, ())
    return ChangeView(viewing.ref(change.claim), _from_to(change), "", alone)


def _position_change(viewing: Viewing, change: PositionChange) -> ChangeView:
    before, after = (_names(viewing, bands.weakest) for bands in (change.before, change.after))
    weakest = words.IF_IT_FELL["weakest"].format(before, after) if before != after else ""
    return ChangeView(viewing.ref(change.position), _from_to(change), weakest, alone=False)


def _names(viewing: Viewing, claims: Iterable[str]) -> str:
    return "; ".join(f"“{viewing.ref(claim).title}”" for claim in claims) or words.BANDS_NONE


def _from_to(change: ClaimChange | PositionChange) -> str:
    before, after = _both(change)
    return words.FROM_BAND_TO.format(before, after) if before != after else ""


def _both(change: ClaimChange | PositionChange) -> tuple[str, str]:
    if isinstance(change, ClaimChange):
        return rating_said(change.before), rating_said(change.after)
    return bands_said(change.before), bands_said(change.after)


def rating_said(rating: ShortRating) -> str:
    """`high (for)`."""
    return words.rated_as(rating.computed, rating.direction)


def bands_said(bands: PositionBands) -> str:
    """`two high (for), one low (split)`."""
    said = (
        words.BAND_COUNT[count.direction].format(count=words.number(len(count.claims)), computed=count.computed)
        for count in bands.bands
    )
    return ", ".join(said)


def in_a_sentence(bands: PositionBands) -> str:
    """`Of the four claims it rests on, two have a computed rating: one high, one split. Two wait for …`."""
    alike = {True: Counter[str](), False: Counter[str]()}
    for count in bands.bands:
        rated = count.computed in BANDS
        form = words.BAND_OF[str(count.direction)] if rated else count.computed
        alike[rated][form.format(count="{count}", computed=count.computed)] += len(count.claims)
    which = [form.format(count=words.number(many)) for form, many in alike[True].items()]
    return words.rests_on(alike[True].total(), which, alike[False])


def view_bands(viewing: Viewing, position: Record) -> BandsView | None:
    """The bands of the claims that a position rests on; nothing where it rests on none."""
    bands = viewing.analysis.positions.get(position.id)
    if bands is None or not bands.bands:
        return None
    return BandsView(in_a_sentence(bands), tuple(map(viewing.ref, bands.weakest)))


def view_changed(viewing: Viewing, record: Record) -> ChangedView | None:
    """The notice on a claim or position that fallen sources have changed."""
    analysis = viewing.analysis
    if found := analysis.claims_changed.get(record.id):
        said = rating_said(found.before), rating_said(analysis.ratings[record.id].short)
        return _changed(viewing, record, said, found.sources)
    if of_position := analysis.positions_changed.get(record.id):
        said = bands_said(of_position.before), bands_said(analysis.positions[record.id])
        return _changed(viewing, record, said, of_position.sources)
    return None


def _changed(viewing: Viewing, record: Record, said: tuple[str, str], sources: Iterable[str]) -> ChangedView:
    before, after = said
    form = words.CHANGED_BY[record.kind.name if before != after else "weakest"]
    return ChangedView(form.format(before, after), tuple(_fallen_source(viewing, id_) for id_ in sources))


def _fallen_source(viewing: Viewing, id_: str) -> FallenSource:
    fields = viewing.ledger.records[id_].fields
    notice = viewing.ref(fields.notice) if fields.notice else None
    return FallenSource(viewing.ref(id_), in_words(fields.status_date), notice)
