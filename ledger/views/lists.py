"""The pages that lead to the rest: the home page, and the way on from a former id."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ledger import urls, words
from ledger.analysis.ties import positions_of, stands
from ledger.context import RecordRef, Viewing
from ledger.loading import Record
from ledger.records import KINDS
from ledger.strength import rating_words
from ledger.views.browse import ListingLink
from ledger.views.excerpts import first_sentences
from ledger.views.news import LatestView, view_latest


@dataclass(frozen=True, slots=True)
class PositionLine:
    """A position as the home page lists it: its label, or its statement where it has none."""

    letter: str
    record: RecordRef
    words: str
    statement: Markup
    """Empty where it has no label."""
    rating: str


@dataclass(frozen=True, slots=True)
class ControversyCard:
    """A controversy as the home page shows it."""

    record: RecordRef
    question: Markup
    status: str
    stands: str
    """Where it stands, in a sentence or two."""
    positions: tuple[PositionLine, ...]


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind, how many of it there are, and its list."""

    name: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class KindRead:
    """What a kind is called, what it is, and its list."""

    name: str
    href: str
    what: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page; `body` is what the editors wrote for it."""

    body: Markup
    controversies: tuple[ControversyCard, ...]
    latest: LatestView
    read: tuple[KindRead, ...]
    more: tuple[ListingLink, ...]
    """The pages of prose."""
    kinds: tuple[KindLine, ...]


@dataclass(frozen=True, slots=True)
class RedirectView:
    """The page of a former id."""

    former: str
    record: RecordRef


TWO_LINES = 200
"""How many characters of where a dispute stands fit into two lines."""


def view_home(viewing: Viewing) -> HomeView:
    """What is in dispute, what is new, how to read it, and the lists of all kinds."""
    controversies = (record for record in viewing.ledger.of_kind("controversy") if stands(record))
    pages = (viewing.ref_to(record) for record in viewing.ledger.of_kind("page") if stands(record))
    return HomeView(
        body=viewing.body(viewing.ledger.settings.body),
        controversies=tuple(_card(viewing, record) for record in controversies),
        latest=view_latest(viewing),
        read=tuple(
            KindRead(name, viewing.url(urls.index(kind)), what)
            for kind in KINDS
            for described, name, what in words.HOW_TO_READ
            if described == kind.name and kind.name in viewing.ledger.kinds
        ),
        more=tuple(ListingLink(page.title, page.href) for page in pages),
        kinds=_kinds(viewing),
    )


def _kinds(viewing: Viewing) -> tuple[KindLine, ...]:
    counts = ((kind, len(viewing.ledger.of_kind(kind.name))) for kind in KINDS)
    return tuple(
        KindLine(words.KINDS[kind.name][1], count, viewing.url(urls.index(kind))) for kind, count in counts if count
    )


def _card(viewing: Viewing, record: Record) -> ControversyCard:
    lines = (_line(viewing, position) for position in positions_of(viewing.ledger, record) if stands(position))
    status = words.HOME_PAGE["status"].format(words.STATUSES[record.fields.status])
    stands_at = _where_it_stands(viewing, record.fields)
    question = viewing.text(record.fields.question)
    return ControversyCard(viewing.ref_to(record), question, status, stands_at, tuple(lines))


def _where_it_stands(viewing: Viewing, fields: Any) -> str:
    """The first sentences of the note on its status, or else of its summary."""
    said = (fields.status_note and fields.status_note.text) or fields.summary or ""
    return first_sentences(viewing.plain(said), TWO_LINES)


def _line(viewing: Viewing, position: Record) -> PositionLine:
    fields = position.fields
    said = fields.label or viewing.plain(position.title)
    statement = viewing.text(fields.statement) if fields.label else Markup()
    return PositionLine(fields.letter, viewing.ref_to(position), said, statement, rating_words(position))


def view_redirect(viewing: Viewing, former: str, id_: str) -> RedirectView:
    """The way on from a former id."""
    return RedirectView(former, viewing.ref(id_))
