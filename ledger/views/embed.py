"""A card for other sites: what a claim, a chart or a dispute comes to, on a page that needs nothing else.

In: a record, seen from the address of its card. Out: an EmbedView, whose texts are plain and cut, so that the card is
never larger than 30 KB.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from markupsafe import Markup

from ledger import texts, urls
from ledger.apa import Piece
from ledger.context import PageContext, shortened
from ledger.figure_words import says_of
from ledger.loading import Record
from ledger.records import Chart, Claim, Controversy
from ledger.views.answer import SIXTY_WORDS, answer_of
from ledger.views.board import Axis, Board, Row, view_board
from ledger.views.chart import drawing_of, measured
from ledger.views.chart_drawing import in_page
from ledger.views.citing import in_apa
from ledger.views.exhibits import EvidenceView, view_exhibits
from ledger.views.verdict import view_verdict

LONGEST, LONGEST_ITEM, LONGEST_ROW = 600, 400, 160
"""How many characters of a title or an answer, of an item and of a question are shown."""
MOST_ROWS, MOST_POSITIONS = 10, 8
LARGEST = 20_000
"""So many bytes of a drawing are shown; in place of a larger one is a link."""


class Side(NamedTuple):
    """The best item on one side."""

    side: str
    shows: str
    """Empty where there is none."""
    source: str
    address: str


class EmbedView(NamedTuple):
    """A card: what it says, and what is drawn."""

    title: str
    address: str
    """The page of the record: its public address, if the site has one."""
    text: str
    """The verdict, what a chart shows, or the answer."""
    day: str
    """As of when."""
    citation: tuple[Piece, ...]
    kind: str
    more: str = ""
    """What a reader must know beside a verdict."""
    axis: Axis | None = None
    sides: tuple[Side, ...] = ()
    picture: Markup | None = None
    measure: str = ""
    board: Board | None = None
    left: str = ""
    """How many rows there are no longer."""


def view_embed(context: PageContext, record: Record[Any]) -> EmbedView:
    """The card of a claim, a chart or a controversy."""
    fields, page = record.fields, urls.of_record(record)
    made = EmbedView(
        title=shortened(context.plain(record.title), LONGEST),
        address=urls.public(context.base_url, page) if context.base_url else context.url(page),
        text="",
        day=texts.day(fields.updated or fields.added),
        citation=in_apa(replace(context, page=page), record),
        kind=record.kind.name,
    )
    return made._replace(**VIEWS[record.kind.name](context, record))


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


def _side(context: PageContext, side: str, one: EvidenceView | None) -> Side:
    if one is None:
        return Side(side, "", "", "")
    source = one.source.label or one.source.title
    return Side(
        side, shortened(context.plain(one.item.shows), LONGEST_ITEM), shortened(source, LONGEST_ROW), one.source.href
    )


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
    left = len(board.rows) - MOST_ROWS if board else 0
    return {
        "text": shortened(answer, LONGEST),
        "board": _cut(board) if board else None,
        "left": texts.say("embed.more_rows", count=left) if left > 0 else "",
    }


def _cut(board: Board) -> Board:
    """The first rows and positions, with short words."""
    rows = tuple(map(_cut_row, board.rows[:MOST_ROWS]))
    positions = tuple((letter, shortened(name, LONGEST_ROW), ref) for letter, name, ref in board.positions)
    return board._replace(rows=rows, positions=positions[:MOST_POSITIONS])


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
