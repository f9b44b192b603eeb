"""How the ratings of a controversy came about: what changed when, and why, by each of two clocks.

In: a Ledger and a controversy. Out: for each clock a Timeline of Points. A claim is rated again
only at the points at which something happened that its rating reads. If there are more days than a page can show, the
points stand for months, quarters, years or decades, each as it was at its end.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from ledger.analysis.as_of import CLOCKS
from ledger.analysis.neighbourhoods import Neighbourhood, cited_by, hurting, neighbourhood, neighbourhood_of
from ledger.analysis.past import Past
from ledger.analysis.positions import PositionVerdicts, verdicts_of
from ledger.analysis.rating_events import MOST_POINTS, PERIODS, Period, Periods, RatingEvent, period_of, rating_events
from ledger.analysis.ratings import ShortRating
from ledger.analysis.results import rating
from ledger.describing import Day, RecordId, described, internal
from ledger.graph import Ledger, compared, result
from ledger.loading import Clock, Record
from ledger.records import Claim, Evidence

Happened = Mapping[str, Collection[RatingEvent]]
"""Record → what happened to it in the time of a point."""
Rate = Callable[[Record[Claim], date], ShortRating | None]
"""What says what a claim was at the end of a day; None if it was not there."""


class Step(NamedTuple):
    """What happened by a point, and the claims that this can reach."""

    day: date
    events: Happened
    claims: Mapping[str, Record[Claim]]


@dataclass(frozen=True, slots=True)
class RatingChange:
    """A claim whose computed rating changed."""

    claim: RecordId = described("the claim")
    before: ShortRating | None = internal()
    """What it was at the point before; None if it was not there."""
    after: ShortRating | None = described("its rating from then on; missing if the claim was gone")
    movers: tuple[RatingEvent, ...] = described("what changed it, by day")


@dataclass(frozen=True, slots=True)
class PositionPoint(PositionVerdicts):
    """The verdicts of a position at a point."""

    position: RecordId = described("the position")
    moved: bool = internal()
    """Whether its verdicts are others than at the point before."""


def _only_moved(positions: Iterable[PositionPoint]) -> list[PositionPoint]:
    return [position for position in positions if position.moved]


@dataclass(frozen=True, slots=True)
class Point:
    """A day on which something changed, or the last day of a longer time in which something did."""

    date: Day = described("the day, or the last day of the period")
    claims: tuple[RatingChange, ...] = described("the claims that changed")
    positions: tuple[PositionPoint, ...] = described("the positions that changed", write=_only_moved)
    """Every position that was there, by id."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The changes by one clock."""

    clock: Clock = described("the clock")
    period: Period = described("the length of time that a point covers")
    start: Mapping[str, ShortRating] = described("the ratings of claims before the first point")
    """Claims without a date, or before anything had happened."""
    points: tuple[Point, ...] = described("the changes, in order")


@compared
def timelines(ledger: Ledger, controversy: str) -> tuple[Timeline, ...]:
    """The timelines of a controversy, by clock in the order of `CLOCKS`."""
    near = neighbourhood(ledger, controversy)
    return tuple(_timeline(near, clock) for clock in CLOCKS)


class Course(NamedTuple):
    """How one claim was rated by the ledger's own clock."""

    since: date
    """The first day that it covers."""
    start: ShortRating | None
    """What the claim was on that day; None if it was not there."""
    points: tuple[Point, ...]
    """The latest changes, each on its day."""

    def on(self, day: date) -> ShortRating | None:
        """What the claim was at the end of a day that is covered and has come."""
        found = [change.after for point in self.points if point.date <= day for change in point.claims]
        return found[-1] if found else self.start


@result
def course_of(ledger: Ledger, claim: str) -> Course:
    """The course of a claim, as far as its days have come.

    The newest date is not asked for, only whether a day has come, so that a new date does not make every course again.
    """
    near = neighbourhood_of(ledger, (claim,))
    with Past(ledger, "believed", date.max) as past:
        _, steps = _by_point(near, past, PERIODS[:1])
        latest = steps[-MOST_POINTS:]
        before = date.fromordinal(max(latest[0].day.toordinal() - 1, 1)) if latest else date.max
        settled = {claim: day} if (day := _today(ledger, latest)) else {}
        start = _ratings(near, past, before)
        come = takewhile(lambda step: ledger.has_reached(step.day), latest)
        points = tuple(_points(near, past, _settling(past, settled, past.rating), start, come))
        return Course(date.min if latest == steps else before, start.get(claim), points)


def _today(ledger: Ledger, steps: Sequence[Step]) -> date | None:
    """The last day that has come, if nothing is to come but that searches lapse: anything else counts today."""
    for step in reversed(steps):
        if ledger.has_reached(step.day):
            return step.day
        if any(event.cause != "lapsed" for events in step.events.values() for event in events):
            return None
    return None


def _last_day(ledger: Ledger, clock: Clock) -> date:
    """The last day, on which everything is as the ledger has it now."""
    cut = ledger.cut
    return cut.day if cut and cut.clock == clock else ledger.as_of or date.max


def _timeline(near: Neighbourhood, clock: Clock) -> Timeline:
    """Every change by one clock."""
    with Past(near.ledger, clock, _last_day(near.ledger, clock)) as past:
        period, steps = _by_point(near, past, PERIODS)
        start, cut = _ratings(near, past, date.min), near.ledger.cut
        is_today = not cut or cut.clock == clock
        settled = {id_: step.day for step in steps for id_ in step.claims} if is_today else {}
        rate = _settling(past, settled, partial(_in_course, past) if is_today and clock == "believed" else past.rating)
        return Timeline(clock, period, start, tuple(_points(near, past, rate, start, steps)))


def _in_course(past: Past, claim: Record[Claim], day: date) -> ShortRating | None:
    """What a claim was at the end of a day, from its own course as far as that goes."""
    course = course_of(past.ledger, claim.id)
    is_covered = course.since <= day < past.last and past.ledger.has_reached(day)
    return course.on(day) if is_covered else past.rating(claim, day)


def _settling(past: Past, settled: Mapping[str, date], rate: Rate) -> Rate:
    """The same, but for the day after which nothing happened to a claim: it was then what it is."""

    def rated(claim: Record[Claim], day: date) -> ShortRating | None:
        if settled.get(claim.id) == day and past.is_active(claim, day):
            return rating(past.ledger, claim.id).short
        return rate(claim, day)

    return rated


def _ratings(near: Neighbourhood, past: Past, day: date) -> dict[str, ShortRating]:
    """What the claims that were there on a day were."""
    found = ((id_, past.rating(claim, day)) for id_, claim in near.claims.items())
    return {id_: rating for id_, rating in found if rating}


def _points(
    near: Neighbourhood, past: Past, rated: Rate, state: Mapping[str, ShortRating], steps: Iterable[Step]
) -> Iterator[Point]:
    """What changed when, from what the claims were before."""
    held = _verdicts(near, past, date.min, state, {}, ())
    for day, events, claims in steps:
        now = {id_: rated(claim, day) for id_, claim in claims.items()}
        moved = [id_ for id_, found in now.items() if found != state.get(id_)]
        changes = tuple(_change(near, near.claims[id_], state.get(id_), now[id_], events) for id_ in moved)
        state = {id_: found for id_, found in {**state, **now}.items() if found}
        before, held = held, _verdicts(near, past, day, state, held, moved)
        if changes or held != before:
            positions = (PositionPoint(of.verdicts, of.weakest, id_, before.get(id_) != of) for id_, of in held.items())
            yield Point(day, changes, tuple(positions))


def _by_point(near: Neighbourhood, past: Past, periods: Periods) -> tuple[Period, list[Step]]:
    """What a point stands for, and what happened by each, in order."""
    events = list(rating_events(near, past))
    period, end_of = period_of({event.date for event, _ in events}, periods)
    found: defaultdict[date, defaultdict[str, set[RatingEvent]]] = defaultdict(lambda: defaultdict(set))
    for event, id_ in events:
        found[min(end_of(event.date), past.last)][id_].add(event)
    return period, [Step(day, of, near.reached_by(of, past.there_on(day))) for day, of in sorted(found.items())]


def _change(
    near: Neighbourhood, claim: Record[Claim], old: ShortRating | None, new: ShortRating | None, happened: Happened
) -> RatingChange:
    """A claim with everything new that touches it; if it came or went itself, only that."""
    own = happened.get(claim.id, ())
    if old is None or new is None:
        came = {event for event in own if event.cause in ("added", "stated", "withdrawn")}
        return RatingChange(claim.id, old, new, tuple(sorted(came)))
    against = [(record.id, item) for _, record, item in hurting(near.ledger, claim.id)]
    items = (*claim.fields.evidence, *(item for _, item in against))
    cited = {id_ for item in items for id_ in cited_by(near.ledger, item)}
    behind = near.behind(cited)
    people = {who for id_ in behind for who in near.leads[id_].authors} | set(claim.fields.about)
    found = {event for id_ in (*behind, *map(near.ledger.present_id, people)) for event in happened.get(id_, ())}
    found |= {event for id_, item in against for event in happened.get(id_, ()) if _touches(event, id_, item)}
    return RatingChange(claim.id, old, new, tuple(sorted({*own, *found})))


def _touches(event: RatingEvent, claim: str, item: Evidence) -> bool:
    """Whether something that happened to a claim is about its item that hurts another."""
    return event.id == f"{claim}/{item.id}" or event.cause in ("added", "stated", "withdrawn")


def _verdicts(  # noqa: PLR0913, PLR0917 - what was known before, and what has changed since
    near: Neighbourhood,
    past: Past,
    day: date,
    state: Mapping[str, ShortRating],
    before: Mapping[str, PositionVerdicts],
    moved: Collection[str],
) -> dict[str, PositionVerdicts]:
    found = {}
    for id_, position in near.positions.items():
        if past.is_active(position, day):
            named = near.rests_on[id_]
            same = id_ in before and named.isdisjoint(moved)
            found[id_] = before[id_] if same else verdicts_of(sorted(named & state.keys()), state)
    return found
