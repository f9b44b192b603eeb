"""A chart in its picture to share: a line for each figure on one axis, or a plot over time, as large as there is room.

In: a chart, seen from its page, and where to begin. Out: shapes of SVG. As on the page, a chart runs from left to right
in every language.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ledger import figure_words, texts
from ledger.analysis.figures import DATED
from ledger.context import PageContext
from ledger.exports.chart_files import LOOKS
from ledger.exports.share_shapes import BLUE, HEIGHT, INK, LEFT, LINE, PAPER, RIGHT, SOFT, Pen, cut
from ledger.loading import Record
from ledger.records import Chart
from ledger.views.chart import marks_of
from ledger.views.chart_drawing import HIGH, Mark, in_file, lines
from ledger.views.drawing import columns_of
from ledger.views.number_scale import WHOLE, Scale

LABEL, SMALL = 21, 17
"""Sizes of type."""
LABEL_COLUMNS, VALUE_COLUMNS, SMALL_VALUE_COLUMNS = 42, 18, 24
START, END, BOTTOM = 550, 900, HEIGHT - 66
"""Where the axis begins and ends, and how far down a chart goes."""
LEAST_ROW, MOST_ROW, AXIS = 36, 52, 30
"""How high a row is, and the line with the numbers along the axis."""
RANGE = "#a5b8c9"
"""The colour of what lies between two ends."""
TYPE, LEAST_HIGH = 15, 70
"""The size of type in a plot before it is enlarged, and how high its inner part is at least."""
LARGER = 125
"""By how many hundredths a plot is enlarged at most."""


def chart(context: PageContext, record: Record[Chart], top: int) -> Iterator[str]:
    """The shapes of a chart; none where none of its figures can be drawn."""
    drawn, form = marks_of(context, record), record.fields.form
    if drawn and form in DATED:
        yield from _plot(*drawn, top, slope=form == "slope")
    elif drawn:
        yield from _rows(*drawn, top, bars=form == "bars")


# Over time


def _plot(marks: Sequence[Mark], scale: Scale, top: int, *, slope: bool) -> Iterator[str]:
    """A plot, enlarged, and as high as there is room for."""
    room = (BOTTOM - top) * 100
    around = lines(marks, scale, figure_words.number, slope=slope).height - HIGH
    drawing = lines(marks, scale, figure_words.number, slope=slope, high=max(room // LARGER - around, LEAST_HIGH))
    larger = min(LARGER, room // drawing.height)
    size = f'width="{RIGHT - LEFT}" height="{drawing.height * larger // 100}"'
    inner = f'viewBox="0 0 {(RIGHT - LEFT) * 100 // larger} {drawing.height}" font-size="{TYPE}"'
    yield f'<svg x="{LEFT}" y="{top}" {size} {inner}>'
    yield str(in_file(drawing, LOOKS.__getitem__))
    yield "</svg>"


# A line for each figure


def _rows(marks: Sequence[Mark], scale: Scale, top: int, *, bars: bool) -> Iterator[str]:
    pen, shown = Pen(), _chosen(marks, (BOTTOM - top - AXIS) // LEAST_ROW)
    high = min(MOST_ROW, (BOTTOM - top - AXIS) // len(shown))
    for at, mark in enumerate(shown):
        yield from _row(mark, scale, pen, top + high * at + high // 2, bars=bars)
    bottom = top + high * len(shown)
    for at, tick in enumerate(scale.ticks):
        anchor = "start" if at == 0 else "end" if at == len(scale.ticks) - 1 else "middle"
        yield pen.text(_at(scale, tick), bottom + 20, SMALL, figure_words.number(tick), fill=SOFT, anchor=anchor)
    if more := len(marks) - len(shown):
        yield pen.text(LEFT, bottom + 20, SMALL, cut(texts.say("share.more", count=more), LABEL_COLUMNS), fill=SOFT)


def _chosen(marks: Sequence[Mark], most: int) -> list[Mark]:
    """So many figures in their order: the lowest and the highest, and the first of the others."""
    by_size = sorted(range(len(marks)), key=lambda at: marks[at].figure.middle)
    first = dict.fromkeys((by_size[-1], by_size[0], *range(len(marks))))
    return [marks[at] for at in sorted([*first][: max(most, 1)])]


def _row(mark: Mark, scale: Scale, pen: Pen, middle: int, *, bars: bool) -> Iterator[str]:
    figure = mark.figure
    yield pen.text(LEFT, middle + 7, LABEL, cut(mark.label, LABEL_COLUMNS))
    size = LABEL if columns_of(mark.said) <= VALUE_COLUMNS else SMALL
    yield pen.text(RIGHT, middle + 7, size, cut(mark.said, SMALL_VALUE_COLUMNS), anchor="end", bold=True)
    yield pen.line((START, END), middle, LINE, 2)
    yield from (pen.upright(_at(scale, tick), (middle - 5, middle + 5), LINE) for tick in scale.ticks)
    low, high = _at(scale, figure.numbers[0]), _at(scale, figure.numbers[-1])
    if bars:
        yield pen.line((_at(scale, scale.start), _at(scale, figure.middle)), middle, BLUE, 16)
    if low < high:
        yield pen.line((low, high), middle, INK if bars else RANGE, 4 if bars else 10, is_round=not bars)
    if not bars and (figure.value is not None or low == high):
        yield pen.dot(_at(scale, figure.middle), middle, 8, fill=PAPER if figure.value is None else BLUE, stroke=BLUE)


def _at(scale: Scale, number: Decimal) -> int:
    return START + (END - START) * scale.place(number) // WHOLE
