"""What is new: the page, the latest few lines on the home page, and the line on a controversy's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, islice

from ledger import urls, words
from ledger.changes import Change, all_changes, changes_around
from ledger.context import RecordRef, Viewing
from ledger.loading import Record
from ledger.records import KINDS
from ledger.views.paging import ROWS

DAYS = 30
"""How many days the page goes back: days on which something happened."""
IN_A_DAY = 20
"""How many records of one kind a day lists."""
LATEST_DAYS, LATEST_OF_KIND = 3, 4
"""How many days the home page goes back, and up to how many records of one kind it names for each."""
TOLD_FIRST = frozenset(("rated", "evidence", "withdrawn"))
"""What says most of what has changed."""
DAY = 3
"""The precision of a date that is a day."""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """What happened to a record, in words, and its rating if it was rated."""

    record: RecordRef
    kind_word: str
    what: str
    rating: str


@dataclass(frozen=True, slots=True)
class KindOfChanges:
    """The changes of one kind's records on a day; `more` were left out, and `index` lists them."""

    heading: str
    changes: tuple[ChangeView, ...]
    more: int
    index: str


@dataclass(frozen=True, slots=True)
class DayView:
    """A day on which something changed; `id` is its place on the page."""

    id: str
    day: str
    kinds: tuple[KindOfChanges, ...]


@dataclass(frozen=True, slots=True)
class NewsView:
    """The page; `left_out` counts earlier days, `undated` records that say nothing of when they came."""

    days: tuple[DayView, ...]
    left_out: int
    undated: int


@dataclass(frozen=True, slots=True)
class DatedChange:
    """A change away from its day's list, and how many more belong to it."""

    day: str
    change: ChangeView
    more: int = 0


@dataclass(frozen=True, slots=True)
class LatestView:
    """The newest days on which something changed, and the page with all of them."""

    days: tuple[DayView, ...]
    href: str


@dataclass(frozen=True, slots=True)
class LastChangeView:
    """What changed last; where nothing has changed since it was entered, only when that was."""

    changes: tuple[DatedChange, ...]
    opened: str
    href: str


def view_news(viewing: Viewing) -> NewsView:
    """Everything that happened, by day and kind."""
    changes = all_changes(viewing.ledger)
    dated = {change.record.id for change in changes}
    days = _days(viewing, changes, DAYS, IN_A_DAY)
    before = accumulate((sum(len(kind.changes) for kind in day.kinds) for day in days), initial=0)
    shown = tuple(day for day, rows in zip(days, before, strict=False) if rows < ROWS)
    return NewsView(
        days=shown,
        left_out=len({change.day for change in changes}) - len(shown),
        undated=sum(len(viewing.ledger.members(kind.name)) for kind in KINDS) - len(dated),
    )


def _days(viewing: Viewing, changes: Sequence[Change], most: int, of_kind: int) -> tuple[DayView, ...]:
    """The newest days, each with so many records of every kind."""
    days = ((day, tuple(found)) for day, found in groupby(changes, key=lambda change: change.day))
    return tuple(
        DayView(day_id(day.text), day.in_words(), _kinds(viewing, found, of_kind)) for day, found in islice(days, most)
    )


def day_id(written: str) -> str:
    """The place of a day on the page."""
    qualifiers = {"~": "-about", "?": "-possibly", "%": "-possibly-about"}
    return "day-" + "".join(qualifiers.get(char, char) for char in written)


def _kinds(viewing: Viewing, changes: Sequence[Change], most: int) -> tuple[KindOfChanges, ...]:
    groups = []
    for kind in KINDS:
        found = [change for change in changes if change.record.kind == kind.name]
        if found:
            shown = tuple(view_change(viewing, change) for change in found[:most])
            index = viewing.url(urls.index(kind))
            groups.append(KindOfChanges(words.KINDS[kind.name][1], shown, len(found[most:]), index))
    return tuple(groups)


def view_change(viewing: Viewing, change: Change) -> ChangeView:
    """One change in words."""
    return ChangeView(
        record=viewing.ref(change.record.id),
        kind_word=words.KINDS[change.record.kind][0],
        what=", ".join(words.ACTS[act] for act in change.acts),
        rating=words.RATINGS.get(change.rating, ""),
    )


def view_latest(viewing: Viewing) -> LatestView:
    """The newest days of the ledger."""
    days = _days(viewing, all_changes(viewing.ledger), LATEST_DAYS, LATEST_OF_KIND)
    return LatestView(days, viewing.url(urls.WHATS_NEW))


def view_last_change(viewing: Viewing, controversy: Record) -> LastChangeView:
    """What changed last in a controversy, its positions and the claims that matter to them: at most one change.

    Of the same day's changes it names one that is not on the page of the controversy itself, if there is any. Where
    everything is of the one day on which it was added, nothing has changed.
    """
    changes = changes_around(viewing.ledger, controversy.id)
    if changes and changes[0].day == changes[-1].day and all("added" in change.acts for change in changes):
        return LastChangeView(
            (),
            words.opened(changes[0].day.in_words(), whole=changes[0].day.precision < DAY),
            viewing.url(urls.WHATS_NEW),
        )
    same_day = sorted(
        (change for change in changes if change.day == changes[0].day),
        key=lambda change: (change.record.id == controversy.id, TOLD_FIRST.isdisjoint(change.acts)),
    )
    last = tuple(
        DatedChange(change.day.in_words(), view_change(viewing, change), len(same_day) - 1) for change in same_day[:1]
    )
    return LastChangeView(last, "", viewing.url(urls.WHATS_NEW))
