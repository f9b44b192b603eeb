"""The Evidence tab of a controversy: which claims its positions share, the strongest evidence, and all claims.

In: a ledger seen from one of the pages, and a controversy. Out: the picture and the highlights, on the first page; and
the page's part of the table of claims by positions.
"""

from ledger import texts, urls
from ledger.analysis.highlights import Effect
from ledger.analysis.ties import around
from ledger.context import PageContext
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import Controversy
from ledger.views import View
from ledger.views.board import camps_of
from ledger.views.by_position import in_order, row_of, width
from ledger.views.highlights import view_highlights
from ledger.views.paging import spread
from ledger.views.shared_claims import view_shared

LINES = 12
"""For how many rows of a list a claim counts: its statement is long, and the first page has more to show."""


def view_evidence(context: PageContext, controversy: Record[Controversy]) -> View:
    """What is on a page; empty for a controversy that was withdrawn."""
    id_ = controversy.id
    camps, is_first = camps_of(context, id_), context.number == 1
    rows = (row_of(context, id_, one.claim, camps) for one in spread(context, in_order(context.ledger, id_)))
    return View(
        camps=camps,
        shared=view_shared(context, id_, camps) if is_first else None,
        found=view_highlights(context, id_, camps) if is_first else None,
        # The claims on this page, each with what it does to every position.
        rows=tuple(
            (row, tuple(tuple(_part(one) for one in row.effects if one.position == camp.id) for camp in camps))
            for row in rows
        ),
        # Where all evidence is.
        everything=urls.overview(id_, "all-evidence"),
    )


def _part(effect: Effect) -> tuple[str, str, str]:
    """What a claim does to a position: a word for styling, a sign, and the words for it."""
    side, sign = ("for", "+") if effect.is_for else ("against", "−")
    if effect.is_strong:
        return side, sign, texts.say(f"claim_cell.{side}")
    return f"{side} weak", f"({sign})", texts.say(f"claim_cell.leans_{side}")


def most_rows(ledger: Ledger, controversy: str) -> int:
    """How many rows of a list the table takes at most."""
    return LINES * len(around(ledger, controversy)) * width(ledger, controversy)
