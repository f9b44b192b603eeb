"""How a controversy's ratings came about, by each clock: a list of changes, a picture, and both as tables.

In: a ledger seen from a page, and a controversy. Out: for each clock the points at which something changed, with what
moved it, the newest first, and the verdicts on positions' claims and on claims at each.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import accumulate
from typing import Any

from ledger import texts, urls
from ledger.analysis.as_of import stating
from ledger.analysis.history import Point, PositionPoint, RatingChange, Timeline
from ledger.analysis.rating_events import RatingEvent
from ledger.analysis.ratings import ShortRating
from ledger.analysis.ties import around
from ledger.context import PageContext
from ledger.dates import parse_date
from ledger.graph import Ledger
from ledger.loading import Record, is_a
from ledger.rating_words import verdict_words, verdicts_words
from ledger.records import Claim, Controversy, Source
from ledger.views import View
from ledger.views.paging import left_out, pages_of, spread
from ledger.views.stacked_bars import PARTS, Shown, view_stacked_bars

MOST_CHANGES = 200
"""How many changes of one point are shown."""
MOST_MOVERS = 6
MANY_MOVES = 12
"""From more changes on than this, those of one point are folded away."""


Line = tuple[PositionPoint, str]
"""The verdicts on the claims of a position at a point, also in words."""


def view_ratings_history(context: PageContext, controversy: Record[Controversy]) -> View:
    """What is on a page: its share of the points and of the claims; the pictures are on the first."""
    courses = context.analysis.histories.get(controversy.id, ())
    return View(
        clocks=tuple(_clock(context, course) for course in courses),
        # The parts of a column, with the key of the word for each.
        parts=tuple(PARTS.items()),
    )


def most_rows(ledger: Ledger, controversy: str) -> int:
    """How many changes and claims to expect, by both clocks."""
    return 4 * len(around(ledger, controversy))


def _clock(context: PageContext, course: Timeline) -> View:
    """One clock."""
    pages = _pages(context, course)
    columns = context.refs(sorted({one.position for point in course.points for one in point.positions}))
    drawn = course.points if context.number == 1 else ()
    shown = [_shown(context, course, point, pages) for point in drawn]
    moves = (move for point in course.points for move in point.claims)
    return View(
        id=course.clock,
        # How often a claim that was there already got another verdict.
        found=texts.say("history.changes", count=sum(bool(one.before and one.after) for one in moves)),
        # That points stand for longer times than days; empty if they do not.
        together="" if course.period == "day" else texts.say(f"history_together.{course.period}"),
        points=tuple(
            _point(context, course, point) for point in reversed(course.points) if pages[point.date] == context.number
        ),
        picture=view_stacked_bars(course, {ref.id: ref.label for ref in columns}, shown) if shown else None,
        # The positions of the table.
        columns=columns,
        # A claim, what it was at first, and each change: a link to its point, when, what it was then.
        claims=tuple(_claims(context, course, pages)),
    )


def _pages(context: PageContext, course: Timeline) -> dict[date, int]:
    """The page of each point, the newest on the first: all have about as many changes."""
    points = course.points[::-1]
    changes = [max(1, len(point.claims)) for point in points]
    size = pages_of(sum(changes), context.pages)
    before = accumulate(changes, initial=0)
    return {point.date: 1 + start // size for point, start in zip(points, before, strict=False)}


def _link(context: PageContext, course: Timeline, day: date, pages: Mapping[date, int]) -> str:
    return context.url(f"{urls.paged(context.whole, pages[day])}#{course.clock}-{day.isoformat()}")


def _shown(context: PageContext, course: Timeline, point: Point, pages: Mapping[date, int]) -> Shown:
    start, said = start_of(course.period, point.date), time_said(course.period, point.date)
    unsure = bool(point.claims) and all(_is_unsure(context, move, start) for move in point.claims)
    title = texts.say("history.unsure_column", date=said) if unsure else said
    return _link(context, course, point.date, pages), title, unsure


# The points


def _point(context: PageContext, course: Timeline, point: Point) -> View:
    """One point of the list; `many` is the line that its changes are folded under, if they are many."""
    start = start_of(course.period, point.date)
    moves = tuple(_move(context, move, start) for move in point.claims[:MOST_CHANGES])
    sure = tuple(move for move in moves if not move.unsure)
    return View(
        anchor=f"{course.clock}-{point.date.isoformat()}",
        date=time_said(course.period, point.date),
        moves=sure,
        # The changes of which nobody knows exactly when they came.
        unsure=tuple(move for move in moves if move.unsure),
        many=texts.say("history.many", count=len(sure)) if len(sure) > MANY_MOVES else "",
        # How many changes are only in the data, where they are too many.
        left=left_out("history.left", len(point.claims) - len(moves)),
        # Each with its verdicts in words: `two probably true, one open`.
        positions={
            one.position: (one, verdicts_words(one) or texts.say("history.no_claim")) for one in point.positions
        },
    )


def time_said(period: str, day: date) -> str:
    """What a point stands for: a day, or the time that ends with it."""
    if period == "quarter":
        quarter = 1 + (day.month - 1) // 3
        return texts.say(f"history_time.quarter-{quarter}", year=str(day.year))
    if period == "decade":
        return texts.say("history_time.decade", year=str(day.year - day.year % 10))
    return texts.day(parse_date(day.isoformat()[: {"year": 4, "month": 7}.get(period, 10)]))


def start_of(period: str, day: date) -> date:
    """The first day of the time that ends with a day."""
    months = {"month": day.month, "quarter": day.month - (day.month - 1) % 3}
    if period == "day":
        return day
    if period == "decade":
        return date(max(1, day.year - day.year % 10), 1, 1)
    return date(day.year, months.get(period, 1), 1)


def _move(context: PageContext, move: RatingChange, start: date) -> View:
    """A claim that changed, from what to what, and what moved it; `more` says how many things are left out."""
    return View(
        claim=context.ref(move.claim),
        said=_change_said(move),
        movers=tuple(_mover(context, move.claim, mover) for mover in move.movers[:MOST_MOVERS]),
        more=left_out("history.more", len(move.movers) - MOST_MOVERS),
        # Whether nothing is known to have moved it at this time: the dates of all movers begin before it.
        unsure=_is_unsure(context, move, start),
    )


def _is_unsure(context: PageContext, move: RatingChange, start: date) -> bool:
    return bool(move.movers) and all(_began(context, mover) < start for mover in move.movers)


def _began(context: PageContext, mover: RatingEvent) -> date:
    """The first day on which it may have happened: before the day from which it counts, if its date is open."""
    record = context.ledger.records[mover.id.partition("/")[0]]
    if is_a(record, Claim) and mover.cause == "stated":
        record = context.ledger.records[_first_work(context, record) or record.id]
    written = None
    if is_a(record, Source):
        dates = {"issued": record.fields.issued, "stated": record.fields.issued, "status": record.fields.status_date}
        written = dates.get(mover.cause)
    return written.earliest if written and not written.is_unknown else mover.date


def standing_said(standing: ShortRating | None) -> str:
    """`perhaps true`, or that the claim was not there."""
    return verdict_words(standing) if standing else texts.say("history.not_there")


def _change_said(move: RatingChange) -> str:
    after = standing_said(move.after)
    if not move.before:
        return texts.say("history.new", after=after)
    return texts.say("changed.to", before=standing_said(move.before), after=after)


def _mover(context: PageContext, claim: str, mover: RatingEvent) -> View:
    """Something that moved a verdict: the key of what happened, to what, when; and the status that a source got.

    There is no record where it happened to the claim itself.
    """
    day = texts.day(parse_date(mover.date.isoformat()))
    if mover.id == claim and mover.cause in texts.Group("moved_itself"):
        return View(how=f"moved_itself.{mover.cause}", record=None, date=day, status="")
    found = {"record": context.ref(mover.id), "date": day, "status": ""} | _moved_by(context, mover)
    return View(how=f"moved_by.{mover.cause}", **found)


def _moved_by(context: PageContext, mover: RatingEvent) -> dict[str, Any]:
    """What is said otherwise than for most causes."""
    record = context.ledger.records[mover.id.partition("/")[0]]
    if is_a(record, Source) and mover.cause == "status":
        return {"status": texts.say(f"status.{record.fields.status or 'current'}")}
    if is_a(record, Source) and mover.cause == "issued":
        return {"date": texts.day(record.fields.issued)}
    if is_a(record, Claim) and mover.cause == "stated":
        return {"record": context.ref(_first_work(context, record) or mover.id)}
    if is_a(record, Claim) and mover.cause == "recorded":  # an item is named by its source
        source, href = context.ref(context.item(mover.id).source), context.ref(mover.id).href
        return {"record": source._replace(id=mover.id, href=href, withdrawn=False, gone="")}
    return {}


def _first_work(context: PageContext, claim: Record[Claim]) -> str | None:
    """The source that states a claim first."""
    cited = {context.ledger.present_id(id_) for id_ in stating(claim.fields)}
    return min(cited, key=lambda id_: (context.ledger.record(Source, id_).fields.issued.latest, id_), default=None)


# The claims


def _claims(
    context: PageContext, course: Timeline, pages: Mapping[date, int]
) -> Iterator[tuple[str, str, tuple[tuple[str, str, str], ...]]]:
    """The whole course of every claim that had more than one verdict, as many claims as the page's share."""
    later: dict[str, list[tuple[str, str, ShortRating | None]]] = {claim: [] for claim in course.start}
    for point in course.points:
        link, said = _link(context, course, point.date, pages), time_said(course.period, point.date)
        for move in point.claims:
            later.setdefault(move.claim, []).append((link, said, move.after))
    for claim in spread(context, sorted(claim for claim in later if len(later[claim]) > (claim not in course.start))):
        found = tuple((link, said, standing_said(after)) for link, said, after in later[claim])
        yield claim, standing_said(course.start[claim]) if claim in course.start else "", found
