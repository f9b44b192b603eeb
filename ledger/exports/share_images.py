"""The picture that is shown beside a link to a controversy: its title, the answer, and the first rows of its board.

In: a Ledger and a controversy. Out: an SVG of 1200 by 630, the size that other sites ask for; beside it the same as a
PNG, which more of them show, where the library `resvg-py` is installed and the site has an address. Colours and sizes
are its own: it stands on pages that know nothing of the site's. Only the letters in a PNG depend on the machine, on
the fonts that it has.
"""

import importlib
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from ledger import system, urls
from ledger.analysis import analyse
from ledger.context import PageContext
from ledger.exports.escaping import one_line
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.records import Controversy
from ledger.views.answer import TWO_LINES, answer_of
from ledger.views.board import Axis, Board, Letter, Row, view_board
from ledger.views.drawing import columns_of, wrapped

WIDTH, HEIGHT = urls.SHARE_IMAGE_SIZE
LEFT, RIGHT = 60, WIDTH - 60
PAPER, INK, SOFT, LINE, BAR = "#fdfcf9", "#1d1d1f", "#5a5a60", "#d9d4c8", "#a6a6a4"
CAMPS = {"A": "#1a30b0", "B": "#007c59", "C": "#8f1280", "D": "#846715"}
"""The colours of positions by letter, as the light pages have them."""
FALLBACK = "DejaVu Sans"
FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"
TITLE, ANSWER, QUESTION, SMALL, KEY = 50, 26, 21, 20, 17
"""Sizes of type."""
TITLE_COLUMNS, ANSWER_COLUMNS, QUESTION_COLUMNS = 34, 72, 48
"""How many letters fit into a line of the title, of the answer, and into the column of questions."""
FIRST_LINE, BOTTOM = 64, HEIGHT - 66
NO_END, START, END, YES_END = 676, 704, 1010, 1038
"""Where the letters at No end, where the axis begins and ends, and where the letters at Yes begin."""
MOST_LETTERS, MOST_NAMED = 4, 8
"""How many letters stand at one end, and up to how many positions are named."""
LEAST_ROW, MOST_ROW = 36, 44
"""How high a row is."""
RADIUS, SMALL_RADIUS = 15, 11
BESIDE, APART, COLUMN = 30, 16, 10
"""How far a name stands from the left edge of its letter and from the next one, and how wide a sign of it is."""


def share_images(ledger: Ledger, record: Record[Controversy], base_url: str) -> Iterator[OutFile]:
    """The SVG, and the PNG where there is to be one."""
    drawn = svg(ledger, record)
    svg_address, *png_address = addresses(record.id, base_url)
    yield OutFile(svg_address, drawn.encode())
    for address in png_address:
        draw = importlib.import_module("resvg_py").svg_to_bytes
        yield OutFile(address, draw(svg_string=drawn, sans_serif_family=FALLBACK))


def addresses(controversy: str, base_url: str) -> tuple[str, ...]:
    """The addresses of the pictures of a controversy, that of the SVG first."""
    endings = (".svg", *((".png",) if base_url and system.can_draw_png() else ()))
    return tuple(urls.share_image(controversy, ending) for ending in endings)


def svg(ledger: Ledger, record: Record[Controversy]) -> str:
    """The picture as text."""
    context = PageContext(ledger, urls.of_record(record), analyse(ledger))
    board, title = view_board(context, record), context.plain(record.title)
    answer = answer_of(context, record, TWO_LINES)
    said = " ".join((answer, *(f"{row.text} {row.said}" for row in (board.rows if board else ()))))
    size = f'width="{WIDTH}" height="{HEIGHT}"'
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{_safe(title)}</title><desc>{_safe(said)}</desc>",
        f'<rect {size} fill="{PAPER}"/>',
        f'<g font-family="{FONT}" fill="{INK}">',
        *_drawn(ledger.settings.title, title, answer, board),
        "</g></svg>\n",
    )
    return "\n".join(lines)


def _drawn(site: str, title: str, answer: str, board: Board | None) -> Iterator[str]:
    yield _text(LEFT, FIRST_LINE, SMALL, _cut(site, ANSWER_COLUMNS), fill=SOFT)
    down = FIRST_LINE + 6
    for line in wrapped(one_line(title), TITLE_COLUMNS, 2):
        down += TITLE + 8
        yield _text(LEFT, down, TITLE, line, weight=700)
    down += 14
    for line in wrapped(one_line(answer), ANSWER_COLUMNS, 3) if answer else ():
        down += ANSWER + 8
        yield _text(LEFT, down, ANSWER, line)
    if board:
        yield from _board(board, down + 44)


# The board


def _board(board: Board, top: int) -> Iterator[str]:
    """The rows for which there is room, and below them who the letters are."""
    many = min(len(board.rows), (BOTTOM - top) // LEAST_ROW)
    high = min(MOST_ROW, (BOTTOM - top) // many)
    yield _text(START, top, SMALL - 2, _cut(board.no, 18), fill=SOFT)
    yield _text(END, top, SMALL - 2, _cut(board.yes, 18), fill=SOFT, anchor="end")
    for at, row in enumerate(board.rows[:many]):
        yield from _row(row, top + 4 + high * at + high // 2)
    if len(board.positions) <= MOST_NAMED:
        yield from _key(board)


def _row(row: Row, middle: int) -> Iterator[str]:
    yield _text(LEFT, middle + 7, QUESTION, _cut(row.text, QUESTION_COLUMNS))
    yield f'<path d="M{START} {middle}H{END}" stroke="{LINE}" stroke-width="2"/>'
    yield from _axis(row.axis, middle)
    yield from _letters(row.against[::-1], NO_END, middle, -1)
    yield from _letters(row.in_favour, YES_END, middle, 1)


def _axis(axis: Axis, middle: int) -> Iterator[str]:
    if axis.is_empty:
        yield f'<circle cx="{_at(axis.dot)}" cy="{middle}" r="8" fill="{PAPER}" stroke="{INK}" stroke-width="2.5"/>'
        return
    bar = f"M{_at(axis.start)} {middle}H{_at(axis.end)}"
    yield f'<path d="{bar}" stroke="{BAR}" stroke-width="10" stroke-linecap="round"/>'
    yield f'<circle cx="{_at(axis.dot)}" cy="{middle}" r="9" stroke="{PAPER}" stroke-width="2.5"/>'


def _at(place: int) -> int:
    return START + (END - START) * place // 100


def _letters(letters: Sequence[Letter], start: int, middle: int, way: int) -> Iterator[str]:
    """The letters of one end, from the axis outwards; of too many, how many more there are."""
    at = start
    for one in letters[:MOST_LETTERS]:
        radius = RADIUS if one.is_strong else SMALL_RADIUS
        yield _letter(one.letter, at + way * radius, middle, radius, is_strong=one.is_strong)
        at += way * (2 * radius + 4)
    if more := len(letters[MOST_LETTERS:]):
        yield _text(at, middle + 6, KEY, f"+{more}", fill=SOFT, anchor="start" if way > 0 else "end")


def _letter(letter: str, x: int, y: int, radius: int, *, is_strong: bool = True) -> str:
    colour = CAMPS.get(letter, SOFT)
    fill = colour if is_strong else PAPER
    circle = f'<circle cx="{x}" cy="{y}" r="{radius - 1}" fill="{fill}" stroke="{colour}" stroke-width="2"/>'
    size = radius * 6 // 5
    ink = PAPER if is_strong else colour
    return circle + _text(x, y + size * 2 // 5, size, letter, fill=ink, anchor="middle", weight=700)


def _key(board: Board) -> Iterator[str]:
    """The letters with their names, cut as far as they have to be to stand in one line."""
    names = [one_line(name) for _, name, _ in board.positions]
    room = (RIGHT - LEFT - len(names) * (BESIDE + APART)) // COLUMN
    longest = next((most for most in range(room, 2, -1) if sum(min(columns_of(one), most) for one in names) <= room), 2)
    left = LEFT
    for (letter, _, _), name in zip(board.positions, names, strict=True):
        yield _letter(letter, left + SMALL_RADIUS, HEIGHT - 36, SMALL_RADIUS)
        yield _text(left + BESIDE, HEIGHT - 30, KEY, _cut(name, longest))
        left += BESIDE + APART + COLUMN * min(columns_of(name), longest)


# Texts


def _text(x: int, y: int, size: int, text: str, *, fill: str = INK, anchor: str = "start", weight: int = 400) -> str:  # noqa: PLR0913
    more = "" if fill == INK else f' fill="{fill}"'
    more += "" if anchor == "start" else f' text-anchor="{anchor}"'
    more += "" if weight == 400 else f' font-weight="{weight}"'  # noqa: PLR2004 - as it is unless given
    return f'<text x="{x}" y="{y}" font-size="{size}"{more}>{_safe(text)}</text>'


def _cut(text: str, columns: int) -> str:
    """A text in one line, with an ellipsis where it does not fit."""
    whole = one_line(text)
    return whole if columns_of(whole) <= columns else wrapped(whole, columns, 1)[0]


def _safe(text: str) -> str:
    return escape(one_line(text))
