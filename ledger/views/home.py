"""The home page: what is in dispute, what is new, how to read it, and the lists of all kinds."""

from dataclasses import dataclass

from ledger.analysis.ties import positions_of, stands
from ledger.context import PageContext
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import KINDS, Controversy, Kind, Position
from ledger.strength import rating_words
from ledger.views.excerpts import first_sentences
from ledger.views.news import Day, latest_days

TWO_LINES = 200
"""How many characters of where a dispute stands fit into two lines."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A controversy, where it stands in a sentence or two, and its positions with their ratings in words."""

    record: Record[Controversy]
    stands: str
    positions: tuple[tuple[Record[Position], str], ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home page."""

    disputes: tuple[Dispute, ...]
    latest: tuple[Day, ...]
    kinds: tuple[tuple[Kind, int], ...]
    """The kinds that have records, and how many."""
    pages: tuple[str, ...]
    """The pages of prose."""


def view_home(context: PageContext) -> HomeView:
    """Everything on the page."""
    ledger = context.ledger
    counts = ((kind, len(ledger.members(kind.name))) for kind in KINDS)
    return HomeView(
        disputes=tuple(_dispute(context, record) for record in ledger.of_kind(Controversy) if stands(record)),
        latest=latest_days(ledger),
        kinds=tuple((kind, count) for kind, count in counts if count),
        pages=tuple(card.id for card in ledger.cards("page") if not card.withdrawn),
    )


def _dispute(context: PageContext, record: Record[Controversy]) -> Dispute:
    """The status note says where it stands, or else the summary."""
    note = record.fields.status_note
    text = context.plain((note and note.text) or record.fields.summary or "")
    return Dispute(record, first_sentences(text, TWO_LINES), _positions(context.ledger, record))


def _positions(ledger: Ledger, record: Record[Controversy]) -> tuple[tuple[Record[Position], str], ...]:
    return tuple((one, rating_words(one)) for one in positions_of(ledger, record) if stands(one))
