"""What is new: the page, the latest few lines on the home page, and the line on a controversy's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, islice

from ledger import words
from ledger.changes import Change, all_changes, changes_around
from ledger.context import PageContext
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import KINDS, Controversy, Kind
from ledger.views.paging import ROWS

DAYS = 30
"""How many days the page goes back: days on which something happened."""
IN_A_DAY = 20
"""How many records of one kind a day lists."""
LATEST_DAYS, LATEST_OF_KIND = 3, 4
"""How many days the home page goes back, and up to how many records of one kind it names for each."""
FIRST = frozenset(("rated", "evidence", "withdrawn"))
"""What says most of what has changed."""
DAY = 3
"""The precision of a date that is a day."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which something changed: its place on the page, itself in words, and its changes by kind.

    Of each kind there are the changes that are shown, and how many more.
    """

    id: str
    day: str
    kinds: tuple[tuple[Kind, tuple[Change, ...], int], ...]


@dataclass(frozen=True, slots=True)
class NewsView:
    """The page; `left_out` counts earlier days, `undated` records that say nothing of when they came."""

    days: tuple[Day, ...]
    left_out: int
    undated: int


@dataclass(frozen=True, slots=True)
class LastChange:
    """What changed last, and how many more on that day; where nothing has changed since it was entered, only when."""

    change: Change | None
    more: int = 0
    opened: str = ""


def view_news(context: PageContext) -> NewsView:
    """Everything that happened, by day and kind."""
    ledger = context.ledger
    changes = all_changes(ledger)
    days = _days(changes, DAYS, IN_A_DAY)
    before = accumulate((sum(len(found) for _, found, _ in day.kinds) for day in days), initial=0)
    shown = tuple(day for day, rows in zip(days, before, strict=False) if rows < ROWS)
    return NewsView(
        days=shown,
        left_out=len({change.day for change in changes}) - len(shown),
        undated=sum(len(ledger.members(kind.name)) for kind in KINDS) - len({change.record.id for change in changes}),
    )


def latest_days(ledger: Ledger) -> tuple[Day, ...]:
    """The newest days of the ledger."""
    return _days(all_changes(ledger), LATEST_DAYS, LATEST_OF_KIND)


def _days(changes: Sequence[Change], most: int, of_kind: int) -> tuple[Day, ...]:
    """The newest days, each with so many records of every kind."""
    days = ((day, tuple(found)) for day, found in groupby(changes, key=lambda change: change.day))
    return tuple(Day(day_id(day.text), day.in_words(), _kinds(found, of_kind)) for day, found in islice(days, most))


def _kinds(changes: Sequence[Change], most: int) -> tuple[tuple[Kind, tuple[Change, ...], int], ...]:
    by_kind = ((kind, tuple(change for change in changes if change.record.kind == kind.name)) for kind in KINDS)
    return tuple((kind, found[:most], len(found[most:])) for kind, found in by_kind if found)


def day_id(written: str) -> str:
    """The place of a day on the page."""
    qualifiers = {"~": "-about", "?": "-possibly", "%": "-possibly-about"}
    return "day-" + "".join(qualifiers.get(char, char) for char in written)


def last_change(ledger: Ledger, controversy: Record[Controversy]) -> LastChange:
    """What changed last in a controversy, its positions and the claims that matter to them: at most one change.

    Of the same day's changes it names one that is not on the page of the controversy itself, if there is any. Where
    everything is of the one day on which it was added, nothing has changed.
    """
    changes = changes_around(ledger, controversy.id)
    if not changes:
        return LastChange(None)
    newest = changes[0].day
    if newest == changes[-1].day and all("added" in change.acts for change in changes):
        return LastChange(None, opened=words.opened(newest.in_words(), whole=newest.precision < DAY))
    same_day = [change for change in changes if change.day == newest]
    last = min(same_day, key=lambda change: (change.record.id == controversy.id, FIRST.isdisjoint(change.acts)))
    return LastChange(last, len(same_day) - 1)
