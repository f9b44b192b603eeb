"""A card for other sites: what a claim, a chart or a dispute comes to, on a page that needs nothing else.

In: a record, seen from the address of its card. Out: texts, which are plain and cut, so that the card is
never larger than 30 KB.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ledger import texts, urls
from ledger.context import PageContext, shortened
from ledger.figure_words import says_of
from ledger.loading import Record
from ledger.records import Chart, Claim, Controversy
from ledger.views import View
from ledger.views.board import Board, Row, view_board
from ledger.views.chart import drawing_of, measured
from ledger.views.chart_drawing import in_page
from ledger.views.citing import in_apa
from ledger.views.excerpts import SIXTY_WORDS, answer_of
from ledger.views.exhibits import EvidenceView, view_exhibits
from ledger.views.paging import left_out
from ledger.views.verdict import view_verdict

LONGEST, LONGEST_ITEM, LONGEST_ROW = 600, 400, 160
"""How many characters of a title or an answer, of an item and of a question are shown."""
MOST_ROWS, MOST_POSITIONS = 10, 8
LARGEST = 20_000
"""So many bytes of a drawing are shown; in place of a larger one is a link."""


NOTHING = {"more": "", "axis": None, "sides": (), "picture": None, "measure": "", "board": None, "left": ""}
"""What a card has only for some kinds: what a reader must know beside a verdict, its place between wrong and right, the
best item on each side; a drawing and what it measures; a board; how much is not shown."""


def view_embed(context: PageContext, record: Record[Any]) -> View:
    """The card of a claim, a chart or a controversy."""
    fields, page = record.fields, urls.of_record(record)
    return View(
        title=shortened(context.plain(record.title), LONGEST),
        # The page of the record: its public address, if the site has one.
        address=urls.public(context.base_url, page) if context.base_url else context.url(page),
        # As of when.
        day=texts.day(fields.updated or fields.added),
        citation=in_apa(replace(context, page=page), record),
        kind=record.kind.name,
        **NOTHING | VIEWS[record.kind.name](context, record),
    )


def _claim(context: PageContext, record: Record[Claim]) -> dict[str, Any]:
    verdict = view_verdict(context, record)
    if verdict is None:
        return {"text": texts.say("claim.withdrawn")}
    columns = view_exhibits(context, record).columns
    sides = [_side(context, side, one) for column in columns for side, one in column if side != "qualifies"]
    editors = (*verdict.remarks, *verdict.evidence, verdict.editors)
    return {
        "text": verdict.said,
        "more": shortened(" ".join(f"{one.rstrip('.')}." for one in editors if one), LONGEST),
        "axis": verdict.axis,
        "sides": tuple(sides),
    }


def _side(context: PageContext, side: str, one: EvidenceView | None) -> View:
    """The best item on one side, if there is one."""
    shows = shortened(context.plain(one.item.shows), LONGEST_ITEM) if one else ""
    source = shortened(one.source.label or one.source.title, LONGEST_ROW) if one else ""
    return View(side=side, shows=shows, source=source, address=one.source.href if one else "")


def _chart(context: PageContext, record: Record[Chart]) -> dict[str, Any]:
    drawing, found = drawing_of(context, record), context.analysis.charts.get(record.id, ())
    says = says_of(context.ledger, record.id)
    picture = in_page(drawing, shortened(says, LONGEST)) if drawing else None
    fits = picture is None or len(picture.encode()) <= LARGEST
    return {
        "text": shortened(says, LONGEST),
        "picture": picture if fits else None,
        "measure": shortened(measured(found), LONGEST_ROW) if found else "",
        "left": "" if fits else texts.say("embed.too_large"),
    }


def _controversy(context: PageContext, record: Record[Controversy]) -> dict[str, Any]:
    board = view_board(context, record)
    answer = answer_of(context, record, SIXTY_WORDS) or context.plain(record.fields.question)
    return {
        "text": shortened(answer, LONGEST),
        "board": _cut(board) if board else None,
        "left": left_out("embed.more_rows", len(board.rows) - MOST_ROWS) if board else "",
    }


def _cut(board: Board) -> Board:
    """The first rows and positions, with short words."""
    rows = tuple(map(_cut_row, board.rows[:MOST_ROWS]))
    positions = (camp._replace(label=shortened(camp.label, LONGEST_ROW)) for camp in board.positions[:MOST_POSITIONS])
    return board._replace(rows=rows, positions=tuple(positions))


def _cut_row(row: Row) -> Row:
    no, yes, text, said = (shortened(one, LONGEST_ROW) for one in (row.no, row.yes, row.text, row.said))
    sides = (row.against[:MOST_POSITIONS], row.in_favour[:MOST_POSITIONS])
    return row._replace(text=text, no=no, yes=yes, said=said, against=sides[0], in_favour=sides[1])


VIEWS: Mapping[str, Callable[[PageContext, Record[Any]], dict[str, Any]]] = {
    "claim": _claim,
    "chart": _chart,
    "controversy": _controversy,
}
"""Kind → what its card says."""
