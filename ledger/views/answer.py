"""The short answer to a controversy's question: where the dispute stands, in its first sentences."""

from ledger.context import PageContext
from ledger.loading import Record
from ledger.records import Controversy
from ledger.views.excerpts import first_sentences

TWO_LINES, SIXTY_WORDS = 200, 400
"""How many characters fit into two lines, and into some sixty words."""


def answer_of(context: PageContext, record: Record[Controversy], most: int) -> str:
    """The sentences with which the status note begins, or else the summary; empty where there is neither."""
    note = record.fields.status_note
    return first_sentences(context.plain((note and note.text) or record.fields.summary or ""), most)
