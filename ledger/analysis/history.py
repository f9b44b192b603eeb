"""How the ratings of a controversy came about: what changed when, and why, by each of two clocks.

In: a Ledger, a controversy and the verdicts on quotes. Out: for each clock a Timeline of Points. A claim is rated again
only at the points at which something happened that its rating reads. If there are more days than a page can show, the
points stand for months, quarters, years or decades, each as it was at its end.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ledger.analysis.as_of import CLOCKS
from ledger.analysis.neighbourhoods import Neighbourhood, neighbourhood, sources_behind
from ledger.analysis.past import Past
from ledger.analysis.positions import PositionBands, bands_of
from ledger.analysis.rating_events import Period, RatingEvent, period_of, rating_events
from ledger.analysis.ratings import ShortRating
from ledger.describing import Day, RecordId, described, internal
from ledger.graph import Ledger
from ledger.loading import Clock, Record

Happened = Mapping[str, Collection[RatingEvent]]
"""Record → what happened to it in the time of a point."""


@dataclass(frozen=True, slots=True)
class RatingChange:
    """A claim whose computed rating changed."""

    claim: RecordId = described("the claim")
    before: ShortRating | None = internal()
    """What it was at the point before; None if it was not there."""
    after: ShortRating | None = described("what it was from then on; not there if the claim was not")
    movers: tuple[RatingEvent, ...] = described("what moved it, by day")


@dataclass(frozen=True, slots=True)
class PositionPoint(PositionBands):
    """The bands of a position at a point."""

    position: RecordId = described("the position")
    moved: bool = internal()
    """Whether its bands are others than at the point before."""


def _only_moved(positions: Iterable[PositionPoint]) -> list[PositionPoint]:
    return [position for position in positions if position.moved]


@dataclass(frozen=True, slots=True)
class Point:
    """A day on which something changed, or the last day of a longer time in which something did."""

    date: Day = described("the day")
    claims: tuple[RatingChange, ...] = described("the claims that changed")
    positions: tuple[PositionPoint, ...] = described("the positions that changed", write=_only_moved)
    """Every position that was there, by id."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The changes by one clock."""

    clock: Clock = described("the clock")
    period: Period = described("what a point stands for")
    start: Mapping[str, ShortRating] = described("what claims were before the first point")
    """Claims without a date, or before anything had happened."""
    points: tuple[Point, ...] = described("the changes, in order")


def timelines(ledger: Ledger, controversy: str, verdicts: Mapping[str, str]) -> tuple[Timeline, ...]:
    """The timelines of a controversy, by clock in the order of `CLOCKS`; `verdicts` are today's."""
    near = neighbourhood(ledger, controversy)
    return tuple(_timeline(near, Past(ledger, clock, _last_day(ledger, clock), verdicts)) for clock in CLOCKS)


def _last_day(ledger: Ledger, clock: Clock) -> date:
    """The day on which everything stands as the ledger has it."""
    cut = ledger.cut
    return cut.day if cut and cut.clock == clock else ledger.as_of or date.max


def _timeline(near: Neighbourhood, past: Past) -> Timeline:
    """Every change by one clock."""
    period, happened = _by_point(near, past)
    found = {id_: past.rating(claim, date.min) for id_, claim in near.claims.items()}
    state = {id_: rating for id_, rating in found.items() if rating}
    start = dict(sorted(state.items()))
    bands = _bands(near, past, date.min, state, {})
    points = []
    for day, events in happened.items():
        claims = near.reached_by(events)
        now = {id_: past.rating(claim, day) for id_, claim in claims.items()}
        moved = [id_ for id_, rating in now.items() if rating != state.get(id_)]
        changes = tuple(_change(near, near.claims[id_], state.get(id_), now[id_], events) for id_ in moved)
        state = {id_: rating for id_, rating in (state | now).items() if rating}
        before, bands = bands, _bands(near, past, day, state, _unmoved(near, bands, moved))
        if changes or bands != before:
            points.append(Point(day, changes, tuple(_position_points(before, bands))))
    return Timeline(past.clock, period, start, tuple(points))


def _by_point(near: Neighbourhood, past: Past) -> tuple[Period, dict[date, dict[str, set[RatingEvent]]]]:
    """What a point stands for, and for each in order what happened to which record."""
    events = list(rating_events(near, past))
    period, end_of = period_of({event.date for event, _ in events})
    found: defaultdict[date, defaultdict[str, set[RatingEvent]]] = defaultdict(lambda: defaultdict(set))
    for event, id_ in events:
        found[min(end_of(event.date), past.last)][id_].add(event)
    return period, {day: dict(found[day]) for day in sorted(found)}


def _change(
    near: Neighbourhood, claim: Record, old: ShortRating | None, new: ShortRating | None, happened: Happened
) -> RatingChange:
    """A claim with everything new that touches it; if it came or went itself, only that."""
    own = happened.get(claim.id, ())
    if old is None or new is None:
        came = {event for event in own if event.cause in ("added", "withdrawn")}
        return RatingChange(claim.id, old, new, tuple(sorted(came)))
    present = near.ledger.present_id
    cited = {present(item.source) for item in claim.fields.evidence}
    rivals = {present(item.about_rival) for item in claim.fields.evidence if item.about_rival}
    found = {event for id_ in sources_behind(near.ledger, cited) for event in happened.get(id_, ())}
    found |= {event for id_ in rivals for event in happened.get(id_, ()) if event.cause in ("added", "withdrawn")}
    return RatingChange(claim.id, old, new, tuple(sorted({*own, *found})))


def _bands(
    near: Neighbourhood, past: Past, day: date, state: Mapping[str, ShortRating], known: Mapping[str, PositionBands]
) -> dict[str, PositionBands]:
    """The bands of the positions that stood on a day; what is known of some need not be counted again."""
    found = {}
    for id_, position in near.positions.items():
        if past.stands(position, day):
            named = {near.ledger.present_id(claim) for claim in position.fields.rests_on}
            found[id_] = known[id_] if id_ in known else bands_of(sorted(named & state.keys()), state)
    return found


def _unmoved(
    near: Neighbourhood, bands: Mapping[str, PositionBands], moved: Collection[str]
) -> dict[str, PositionBands]:
    """The bands of positions that rest on no claim that changed."""
    present, changed = near.ledger.present_id, set(moved)
    rests_on = {id_: near.positions[id_].fields.rests_on for id_ in bands}
    return {id_: of for id_, of in bands.items() if changed.isdisjoint(map(present, rests_on[id_]))}


def _position_points(
    before: Mapping[str, PositionBands], after: Mapping[str, PositionBands]
) -> Iterator[PositionPoint]:
    for position, found in after.items():
        yield PositionPoint(found.bands, found.weakest, position, moved=before.get(position) != found)
