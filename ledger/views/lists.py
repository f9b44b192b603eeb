"""The pages that lead to records: the home page, the list of each kind, and the way on from a former id."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ledger import citations, urls, words
from ledger.loading import Record
from ledger.records import KINDS, Kind
from ledger.views.bearings import positions_of
from ledger.views.claim import summary_line
from ledger.views.faceting import ListingLink, listing_links
from ledger.views.news import LatestView, view_latest
from ledger.views.parts import in_words
from ledger.views.viewing import RecordRef, Viewing


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list."""

    record: RecordRef
    text: Markup
    detail: str


@dataclass(frozen=True, slots=True)
class IndexView:
    """The list of a kind."""

    heading: str
    entries: tuple[Entry, ...]
    withdrawn: tuple[Entry, ...]
    listings: tuple[ListingLink, ...]
    """The same kind, listed by a facet."""


@dataclass(frozen=True, slots=True)
class PositionLine:
    """A position as the home page lists it."""

    letter: str
    record: RecordRef
    statement: Markup
    rating: str


@dataclass(frozen=True, slots=True)
class ControversyCard:
    """A controversy as the home page shows it."""

    record: RecordRef
    question: Markup
    status: str
    positions: tuple[PositionLine, ...]


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind, how many of it there are, and its list."""

    name: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page."""

    controversies: tuple[ControversyCard, ...]
    kinds: tuple[KindLine, ...]
    latest: LatestView


@dataclass(frozen=True, slots=True)
class RedirectView:
    """The page of a former id."""

    former: str
    record: RecordRef


def _source_detail(record: Record) -> str:
    fields = record.fields
    return f"{citations.authors_line(fields)}, {in_words(fields.issued)}. {words.TIERS[fields.tier]}"


DETAILS: Mapping[str, Callable[[Record], str]] = {
    "thread": lambda _: "",
    "controversy": lambda record: words.STATUSES[record.fields.status],
    "position": lambda record: f"Position {record.fields.letter}",
    "claim": summary_line,
    "source": _source_detail,
    "proponent": lambda record: str(record.fields.type),
    "event": lambda record: in_words(record.fields.date),
    "term": lambda _: "",
    "page": lambda _: "",
}
"""What stands under a record in the list of its kind."""
ORDERS: Mapping[str, Callable[[Record], Any]] = {
    "event": lambda record: record.fields.date.sort_key(),
    "position": lambda record: (record.fields.controversy, record.fields.letter),
}
"""The order of a kind's list, where it is not that of the titles."""


def view_index(viewing: Viewing, kind: Kind) -> IndexView:
    """The list of a kind, the records that no longer stand apart."""
    order = ORDERS.get(kind.name, _by_title)
    records = sorted(viewing.ledger.of_kind(kind.name), key=lambda record: (order(record), record.id))
    entries = [(record, _entry(viewing, record)) for record in records]
    return IndexView(
        heading=words.KINDS[kind.name][1],
        entries=tuple(entry for record, entry in entries if record.fields.withdrawn is None),
        withdrawn=tuple(entry for record, entry in entries if record.fields.withdrawn is not None),
        listings=listing_links(viewing, kind),
    )


def _by_title(record: Record) -> str:
    return record.title.casefold()


def _entry(viewing: Viewing, record: Record) -> Entry:
    text = record.fields.definition if record.kind.name == "term" else getattr(record.fields, "summary", None)
    return Entry(viewing.ref_to(record), viewing.text(text), DETAILS[record.kind.name](record))


def view_home(viewing: Viewing) -> HomeView:
    """The controversies with their positions, and the lists of all kinds."""
    cards = (_card(viewing, record) for record in viewing.ledger.of_kind("controversy") if not record.fields.withdrawn)
    counts = ((kind, len(viewing.ledger.of_kind(kind.name))) for kind in KINDS)
    return HomeView(
        controversies=tuple(cards),
        kinds=tuple(
            KindLine(words.KINDS[kind.name][1], count, viewing.url(urls.index(kind))) for kind, count in counts if count
        ),
        latest=view_latest(viewing),
    )


def _card(viewing: Viewing, record: Record) -> ControversyCard:
    lines = tuple(
        PositionLine(
            letter=position.fields.letter,
            record=viewing.ref_to(position),
            statement=viewing.text(position.fields.statement),
            rating=words.RATINGS[position.fields.assessments[-1].rating]
            if position.fields.assessments
            else "not rated",
        )
        for position in positions_of(viewing.ledger, record)
    )
    return ControversyCard(
        viewing.ref_to(record), viewing.text(record.fields.question), words.STATUSES[record.fields.status], lines
    )


def view_redirect(viewing: Viewing, former: str, record: Record) -> RedirectView:
    """The way on from a former id."""
    return RedirectView(former, viewing.ref_to(record))
