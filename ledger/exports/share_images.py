"""The pictures that other sites show beside a link: of a controversy, of its story, and of a chart.

In: a Ledger and a record. Out: for each page an SVG of 1200 by 630, the size that other sites ask for, with the title,
what is to be said, and the board or the chart; beside it the same as a PNG, which more of them show, where the library
`resvg-py` is installed and the site has an address. Only the letters in a PNG depend on the machine, on its fonts.
"""

import importlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ledger import texts, urls
from ledger.context import PageContext
from ledger.edges import card_of
from ledger.exports import share_boards, share_charts
from ledger.exports.escaping import one_line
from ledger.exports.naming import seen_from
from ledger.exports.share_shapes import HEIGHT, LEFT, SOFT, WIDTH, Pen, cut, picture
from ledger.figure_words import says_of
from ledger.graph import Ledger
from ledger.loading import Record, is_a
from ledger.outfile import OutFile
from ledger.records import Chart, Controversy
from ledger.references import scan
from ledger.texts.languages import direction
from ledger.views.board import view_board
from ledger.views.chart import marks_of, measured
from ledger.views.drawing import wrapped
from ledger.views.excerpts import TWO_LINES, answer_of
from ledger.views.sharing import addresses, pages_with_picture
from ledger.views.story import opening_of

FALLBACK = "DejaVu Sans"
TEXT, SMALL, KEY = 25, 20, 17
"""Sizes of type."""
TEXT_COLUMNS, KEY_COLUMNS = 76, 104
"""How many letters fit into a line of each."""
TITLES = ((50, 34, 2), (42, 40, 2), (34, 50, 3))
"""How a title is set, the first way in which it fits whole: its size, how many letters a line has, how many lines."""
FIRST_LINE = 64


Draw = Callable[[int], Iterator[str]]
"""How far down to begin → shapes."""


class Subject(NamedTuple):
    """What is in a picture: the line on top, the title, what is said, and how the rest is drawn."""

    above: str
    title: str
    text: str
    draw: Draw
    aloud: str
    """All of it in words, for those who listen."""


def share_images(ledger: Ledger, record: Record[Any], base_url: str) -> Iterator[OutFile]:
    """The SVG of each page that has a picture of its own, and the PNG where there is to be one."""
    for page in pages_with_picture(ledger, card_of(record)):
        drawn, found = svg(ledger, record, page), addresses(page, base_url)
        for address in found:
            yield OutFile(address, drawn.encode() if address.endswith(".svg") else _png(drawn))


def _png(drawn: str) -> bytes:
    draw: Callable[..., bytes] = importlib.import_module("resvg_py").svg_to_bytes
    return bytes(draw(svg_string=drawn, sans_serif_family=FALLBACK))


def svg(ledger: Ledger, record: Record[Any], page: str) -> str:
    """The picture of a page as text."""
    context = seen_from(ledger, page)
    pen = Pen(is_rtl=direction(ledger.settings.language or texts.ENGLISH) == "rtl")
    subject = _subject(context, record, pen)
    return picture((WIDTH, HEIGHT), subject.title, subject.aloud, _drawn(subject, pen))


def _drawn(subject: Subject, pen: Pen) -> Iterator[str]:
    yield pen.text(LEFT, FIRST_LINE, SMALL, cut(subject.above, TEXT_COLUMNS), fill=SOFT)
    down = FIRST_LINE + 6
    size, lines = _title(one_line(subject.title))
    for line in lines:
        down += size + 8
        yield pen.text(LEFT, down, size, line, bold=True)
    down += 14
    for line in wrapped(one_line(subject.text), TEXT_COLUMNS, 3) if subject.text else ():
        down += TEXT + 8
        yield pen.text(LEFT, down, TEXT, line)
    yield from subject.draw(down + 44)


def _title(title: str) -> tuple[int, tuple[str, ...]]:
    """The size of a title, and its lines."""
    ways = [(size, wrapped(title, columns, most)) for size, columns, most in TITLES]
    return next((way for way in ways if " ".join(way[1]) == title), ways[-1])


def _subject(context: PageContext, record: Record[Any], pen: Pen) -> Subject:
    """A chart with what it shows; a controversy with its board; its story with the first chart there, or the board."""
    above, title = context.ledger.settings.title, context.plain(record.title)
    if is_a(record, Chart):
        says = says_of(context.ledger, record.id)
        return Subject(above, title, says, _chart(context, record, pen), says)
    if context.page == urls.of_record(record):
        return Subject(above, title, *_board(context, record, pen, answer_of(context, record, TWO_LINES)))
    above, text = texts.say("share.story", site=above), opening_of(context, record, TWO_LINES)
    if shown := _first_chart(context, record):
        aloud = f"{text} {context.plain(shown.title)} {says_of(context.ledger, shown.id)}"
        return Subject(above, title, text, _chart(context, shown, pen), aloud)
    return Subject(above, title, *_board(context, record, pen, text))


def _board(context: PageContext, record: Record[Controversy], pen: Pen, text: str) -> tuple[str, Draw, str]:
    """A text with the board below it, and both in words."""
    board = view_board(context, record)
    aloud = (text, *(f"{row.text} {row.said}" for row in (board.rows if board else ())))
    return text, lambda top: share_boards.board(board, pen, top) if board else iter(()), " ".join(aloud)


def _chart(context: PageContext, record: Record[Chart], pen: Pen) -> Draw:
    """The chart with what it measures above, and with its sources below."""
    found = context.analysis.charts.get(record.id, ())
    sources = dict.fromkeys(context.ref(one.source).label or context.ref(one.source).title for one in found)

    def draw(top: int) -> Iterator[str]:
        if found:
            yield pen.text(LEFT, top - 6, KEY, cut(measured(found), KEY_COLUMNS), fill=SOFT)
            yield from share_charts.chart(context, record, top + 10)
            credit = texts.say("figures.credit", count=len(sources), sources=", ".join(sources))
            yield pen.text(LEFT, HEIGHT - 30, KEY, cut(credit, KEY_COLUMNS), fill=SOFT)

    return draw


def _first_chart(context: PageContext, record: Record[Controversy]) -> Record[Chart] | None:
    ledger = context.ledger
    named = (context.ref_id(one.target) for one in scan(record.fields.body or "", markdown=True) if one.form == "link")
    charts = (ledger.record(Chart, id_) for id_ in named if ledger.node_kind(id_) == "chart" and ledger.stands(id_))
    return next((one for one in charts if marks_of(context, one)), None)
