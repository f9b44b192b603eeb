"""The home page: what is in dispute and what is new."""

from ledger.analysis.ties import positions_of, stands
from ledger.context import PageContext
from ledger.edges import card_of
from ledger.loading import Record
from ledger.records import Controversy
from ledger.strength import rating_words
from ledger.views import View
from ledger.views.board import view_board
from ledger.views.excerpts import SIXTY_WORDS, TWO_LINES, answer_of
from ledger.views.news import latest_here, latest_world
from ledger.views.people import in_own_words

MOST_OTHERS = 4
"""How many other controversies the page shows: those last worked on."""


def view_home(context: PageContext) -> View:
    """Everything on the page."""
    ledger = context.ledger
    main = context.analysis.main_controversy
    record = ledger.record(Controversy, main) if main else None
    positions = positions_of(ledger, record) if record else ()
    standing = (one for one in ledger.of_kind(Controversy) if stands(one) and one.id != main)
    others = sorted(standing, key=lambda one: card_of(one).newest, reverse=True)
    return View(
        # The main controversy, with more of where it stands.
        main=_dispute(context, record, SIXTY_WORDS) if record else None,
        # Its positions with their ratings in words, each with somebody who holds it, in their own words.
        camps=tuple((one, rating_words(one), in_own_words(context, one)) for one in positions if stands(one)),
        board=view_board(context, record) if record else None,
        # Others.
        disputes=tuple(_dispute(context, one, TWO_LINES) for one in others[:MOST_OTHERS]),
        # How many there are in all, where not all are shown; else 0.
        every=len(others) + bool(record) if len(others) > MOST_OTHERS else 0,
        # The latest events.
        world=latest_world(context),
        # What changed last in this ledger.
        here=latest_here(context),
    )


def _dispute(context: PageContext, record: Record[Controversy], most: int) -> View:
    """A controversy, and where it stands in a sentence or two."""
    return View(record=record, stands=answer_of(context, record, most))
