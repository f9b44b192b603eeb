"""What is new: the page, the latest few lines on the home page, and the line on a controversy's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ledger import links, urls, words
from ledger.changes import Change, all_changes
from ledger.loading import Record
from ledger.records import KINDS
from ledger.views.viewing import RecordRef, Viewing

DAYS = 30
"""How many days the page goes back: days on which something happened."""
IN_A_DAY = 20
"""How many records of one kind a day lists."""
LATEST = 5
"""How many changes the home page names."""
BEARING = frozenset(("rests_on", "rejects", "bears_on", "objected_to_by"))


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
    """The newest changes, newest first, and the page with all of them."""

    changes: tuple[DatedChange, ...]
    href: str


def view_news(viewing: Viewing) -> NewsView:
    """Everything that happened, by day and kind."""
    changes = all_changes(viewing.ledger)
    days = [(day, tuple(found)) for day, found in groupby(changes, key=lambda change: change.day)]
    dated = {change.record.id for change in changes}
    return NewsView(
        days=tuple(DayView(day_id(day.text), day.in_words(), _kinds(viewing, found)) for day, found in days[:DAYS]),
        left_out=len(days[DAYS:]),
        undated=len(viewing.ledger.records) - len(dated),
    )


def day_id(written: str) -> str:
    """The place of a day on the page."""
    qualifiers = {"~": "-about", "?": "-possibly", "%": "-possibly-about"}
    return "day-" + "".join(qualifiers.get(char, char) for char in written)


def _kinds(viewing: Viewing, changes: Sequence[Change]) -> tuple[KindOfChanges, ...]:
    groups = []
    for kind in KINDS:
        found = [change for change in changes if change.record.kind.name == kind.name]
        if found:
            shown = tuple(view_change(viewing, change) for change in found[:IN_A_DAY])
            index = viewing.url(urls.index(kind))
            groups.append(KindOfChanges(words.KINDS[kind.name][1], shown, len(found[IN_A_DAY:]), index))
    return tuple(groups)


def view_change(viewing: Viewing, change: Change) -> ChangeView:
    """One change in words."""
    return ChangeView(
        record=viewing.ref_to(change.record),
        kind_word=words.KINDS[change.record.kind.name][0],
        what=", ".join(words.ACTS[act] for act in change.acts),
        rating=words.RATINGS.get(change.rating, ""),
    )


def view_latest(viewing: Viewing) -> LatestView:
    """The newest few changes of the ledger."""
    latest = all_changes(viewing.ledger)[:LATEST]
    changes = tuple(DatedChange(change.day.in_words(), view_change(viewing, change)) for change in latest)
    return LatestView(changes, viewing.url(urls.WHATS_NEW))


def view_last_change(viewing: Viewing, controversy: Record) -> LatestView:
    """What changed last in a controversy, its positions and the claims that matter to them: at most one change.

    Of the same day's changes it names one that is not on the page of the controversy itself, if there is any.
    """
    changes = all_changes(viewing.ledger, around(viewing, controversy))
    same_day = sorted((c for c in changes if c.day == changes[0].day), key=lambda change: change.record is controversy)
    last = tuple(
        DatedChange(change.day.in_words(), view_change(viewing, change), len(same_day) - 1) for change in same_day[:1]
    )
    return LatestView(last, viewing.url(urls.WHATS_NEW))


def around(viewing: Viewing, controversy: Record) -> set[str]:
    """The ids of a controversy, the positions that answer it and the claims that matter to those."""
    ledger, found = viewing.ledger, {controversy.id}
    for answer in links.links_in(ledger, controversy):
        if answer.relation == "answers":
            found.add(answer.record.id)
            near = (*links.links_in(ledger, answer.record), *links.links_out(ledger, answer.record))
            claims = (link for link in near if link.record.kind.name == "claim")
            found |= {link.record.id for link in claims if link.relation in BEARING}
    return found
