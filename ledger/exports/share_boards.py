"""The board of a controversy in its picture to share: the rows for which there is room, and who the letters are.

In: a board, a pen, and where to begin. Out: shapes of SVG.
"""

from collections.abc import Iterator, Sequence

from ledger.exports.escaping import one_line
from ledger.exports.share_shapes import BAR, HEIGHT, INK, LEFT, LINE, PAPER, RIGHT, SOFT, Pen, cut
from ledger.views.board import Axis, Board, Letter, Row
from ledger.views.drawing import columns_of

CAMPS = {"A": "#1a30b0", "B": "#007c59", "C": "#8f1280", "D": "#846715"}
"""The colours of positions by letter, as the light pages have them."""
QUESTION, ENDS, KEY = 21, 18, 17
"""Sizes of type."""
QUESTION_COLUMNS, END_COLUMNS = 48, 18
"""How many letters fit into the column of questions, and into a name of an end."""
BOTTOM = HEIGHT - 66
NO_END, START, END, YES_END = 676, 704, 1010, 1038
"""Where the letters at No end, where the axis begins and ends, and where the letters at Yes begin."""
MOST_LETTERS, MOST_NAMED = 4, 8
"""How many letters stand at one end, and up to how many positions are named."""
LEAST_ROW, MOST_ROW = 36, 44
"""How high a row is."""
RADIUS, SMALL_RADIUS = 15, 11
BESIDE, APART, COLUMN = 30, 16, 10
"""How far a name stands from the left edge of its letter and from the next one, and how wide a sign of it is."""


def board(view: Board, pen: Pen, top: int) -> Iterator[str]:
    """The rows for which there is room, and below them who the letters are."""
    many = min(len(view.rows), (BOTTOM - top) // LEAST_ROW)
    high = min(MOST_ROW, (BOTTOM - top) // many)
    yield pen.text(START, top, ENDS, cut(view.no, END_COLUMNS), fill=SOFT)
    yield pen.text(END, top, ENDS, cut(view.yes, END_COLUMNS), fill=SOFT, anchor="end")
    for at, row in enumerate(view.rows[:many]):
        yield from _row(row, pen, top + 4 + high * at + high // 2)
    if len(view.positions) <= MOST_NAMED:
        yield from _key(view, pen)


def _row(row: Row, pen: Pen, middle: int) -> Iterator[str]:
    yield pen.text(LEFT, middle + 7, QUESTION, cut(row.text, QUESTION_COLUMNS))
    yield pen.line((START, END), middle, LINE, 2)
    yield from _axis(row.axis, pen, middle)
    yield from _letters(row.against[::-1], pen, (NO_END, middle), -1)
    yield from _letters(row.in_favour, pen, (YES_END, middle), 1)


def _axis(axis: Axis, pen: Pen, middle: int) -> Iterator[str]:
    if axis.is_empty:
        yield pen.dot(_at(axis.dot), middle, 8, fill=PAPER, stroke=INK)
        return
    yield pen.line((_at(axis.start), _at(axis.end)), middle, BAR, 10, is_round=True)
    yield pen.dot(_at(axis.dot), middle, 9)


def _at(place: int) -> int:
    return START + (END - START) * place // 100


def _letters(letters: Sequence[Letter], pen: Pen, start: tuple[int, int], way: int) -> Iterator[str]:
    """The letters of one end, from the axis outwards; of too many, how many more there are."""
    at, middle = start
    for one in letters[:MOST_LETTERS]:
        radius = RADIUS if one.is_strong else SMALL_RADIUS
        yield _letter(one.letter, pen, (at + way * radius, middle), radius, is_strong=one.is_strong)
        at += way * (2 * radius + 4)
    if more := len(letters[MOST_LETTERS:]):
        yield pen.text(at, middle + 6, KEY, f"+{more}", fill=SOFT, anchor="start" if way > 0 else "end")


def _letter(letter: str, pen: Pen, place: tuple[int, int], radius: int, *, is_strong: bool = True) -> str:
    (x, y), colour, size = place, CAMPS.get(letter, SOFT), radius * 6 // 5
    fill, ink = (colour, PAPER) if is_strong else (PAPER, colour)
    circle = pen.dot(x, y, radius - 1, fill=fill, stroke=colour, width="2")
    return circle + pen.text(x, y + size * 2 // 5, size, letter, fill=ink, anchor="middle", bold=True)


def _key(view: Board, pen: Pen) -> Iterator[str]:
    """The letters with their names, cut as far as they have to be to stand in one line."""
    names = [one_line(camp.label) for camp in view.positions]
    room = (RIGHT - LEFT - len(names) * (BESIDE + APART)) // COLUMN
    longest = next((most for most in range(room, 2, -1) if sum(min(columns_of(one), most) for one in names) <= room), 2)
    left = LEFT
    for camp, name in zip(view.positions, names, strict=True):
        yield _letter(camp.letter, pen, (left + SMALL_RADIUS, HEIGHT - 36), SMALL_RADIUS)
        yield pen.text(left + BESIDE, HEIGHT - 30, KEY, cut(name, longest))
        left += BESIDE + APART + COLUMN * min(columns_of(name), longest)
