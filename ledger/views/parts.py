"""Views of the parts that several kinds share: ratings, searches, backlinks, the record's own history."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from ledger import links, urls, words
from ledger.context import RecordRef, Viewing, WordsLink
from ledger.dates import in_words
from ledger.loading import Record
from ledger.views.paging import rows_of


@dataclass(frozen=True, slots=True)
class RatingView:
    """One editor's rating: the word for sorting and styling, the words for reading, who, when, why."""

    rating: str
    words: str
    by: str
    date: str
    why: Markup
    diverges_because: Markup


@dataclass(frozen=True, slots=True)
class SearchView:
    """One logged search."""

    date: str
    by: str
    sought: Markup
    where: tuple[str, ...]
    query: str
    found: str
    kept: tuple[RecordRef, ...]


@dataclass(frozen=True, slots=True)
class Backlinks:
    """Records that refer to this one in one way, with the words for that way."""

    words: str
    records: tuple[RecordRef, ...]


@dataclass(frozen=True, slots=True)
class ExceptionView:
    """A check that the record is excused from, and why."""

    check: str
    why: Markup
    until: str


@dataclass(frozen=True, slots=True)
class WithdrawalView:
    """Why the record no longer stands."""

    date: str
    why: Markup
    merged_into: RecordRef | None


@dataclass(frozen=True, slots=True)
class History:
    """What the ledger says of the record itself."""

    added: str
    updated: str
    tags: tuple[WordsLink, ...]
    former_ids: tuple[str, ...]
    exceptions: tuple[ExceptionView, ...]


def view_ratings(viewing: Viewing, assessments: Any) -> tuple[RatingView, ...]:
    """The ratings, newest first."""
    return tuple(
        RatingView(
            rating=entry.rating,
            words=words.RATINGS[entry.rating],
            by=viewing.editor(entry.by),
            date=in_words(entry.date),
            why=viewing.text(entry.why),
            diverges_because=viewing.text(entry.diverges_because),
        )
        for entry in reversed(assessments)
    )


def view_searches(viewing: Viewing, searches: Any) -> tuple[SearchView, ...]:
    """The logged searches, in the order they were written."""
    return tuple(
        SearchView(
            date=in_words(search.date),
            by=viewing.editor(search.by),
            sought=viewing.text(search.for_),
            where=tuple(search.where),
            query=search.query or "",
            found=str(search.found),
            kept=tuple(viewing.ref(id_) for id_ in search.kept),
        )
        for search in searches
    )


def view_backlinks(viewing: Viewing, record: Record, *, shown: frozenset[str] = frozenset()) -> tuple[Backlinks, ...]:
    """Everything that refers to the record, by way of referring, but for the ways that the page shows already."""
    found = [link for link in links.links_in(viewing.ledger, record.id) if link.relation not in shown]
    groups = []
    for relation, group in groupby(found, key=lambda link: link.relation):
        nodes = rows_of(viewing, tuple(dict.fromkeys(link.node for link in group)))
        if nodes:
            groups.append(Backlinks(words.RELATIONS[relation][1], viewing.refs(nodes)))
    return tuple(groups)


def view_withdrawal(viewing: Viewing, fields: Any) -> WithdrawalView | None:
    """The notice of a record that no longer stands."""
    gone = fields.withdrawn
    if gone is None:
        return None
    merged = viewing.ref(gone.merged_into) if gone.merged_into else None
    return WithdrawalView(in_words(gone.date), viewing.text(gone.why), merged)


def view_history(viewing: Viewing, fields: Any) -> History:
    """Dates, tags, former ids and exceptions."""
    exceptions = (ExceptionView(e.check, viewing.text(e.why), in_words(e.until)) for e in fields.exceptions)
    return History(
        added=in_words(fields.added),
        updated=in_words(fields.updated),
        tags=tuple(WordsLink(tag, viewing.url(urls.tag(tag))) for tag in dict.fromkeys(fields.tags)),
        former_ids=tuple(fields.former_ids),
        exceptions=tuple(exceptions),
    )


def json_url(viewing: Viewing) -> str:
    """The page's JSON twin as the page links to it."""
    return viewing.url(urls.twin(viewing.whole))
