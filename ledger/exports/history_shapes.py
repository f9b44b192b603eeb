"""What the data of a controversy's history hold, as models: see `data_shapes.py`."""

from ledger.analysis.rating_events import Cause, Period
from ledger.exports.computed_shapes import Bands, ShortRating
from ledger.exports.shaping import Day, NodeId, OfControversy, RecordId, Shape, always
from ledger.loading import Clock


class Mover(Shape):
    """Something that moved a rating."""

    date: Day = always("the day")
    cause: Cause = always("what happened")
    id: NodeId = always("to which record or item")


class ClaimMove(Shape):
    """A claim whose computed rating changed."""

    claim: RecordId = always("the claim")
    before: ShortRating | None = always("what it was; `null` if it was not there")
    after: ShortRating | None = always("what it was from then on; `null` if it was no longer there")
    movers: tuple[Mover, ...] = always("what moved it, by day")


class PositionPoint(Bands):
    """The bands of a position at a point."""

    position: RecordId = always("the position")
    moved: bool = always("whether its bands are others than at the point before")


class Point(Shape):
    """A day on which something changed, or the last day of a longer time in which something did."""

    date: Day = always("the day")
    claims: tuple[ClaimMove, ...] = always("the claims that changed")
    positions: tuple[PositionPoint, ...] = always("every position that was there")


class Course(Shape):
    """The changes by one clock."""

    clock: Clock = always("the clock")
    period: Period = always("what a point stands for")
    start: dict[str, ShortRating] = always("what claims were before the first point")
    points: tuple[Point, ...] = always("the changes, in order")


class History(OfControversy):
    """What the ratings of a controversy were when, and what moved them."""

    clocks: tuple[Course, ...] = always("one for each clock")
