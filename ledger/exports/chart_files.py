"""A chart to take elsewhere: its figures as CSV, and its picture as an SVG that stands alone.

In: a Ledger and a chart. Out: `charts/<id>.csv`, one line for each figure, with texts guarded as in all CSV files; and
`charts/<id>.svg` with the question, what the figures show, and their sources below. Colours and sizes are its own: it
stands on pages that know nothing of the site's.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from html import escape
from operator import attrgetter

from ledger import texts, urls
from ledger.analysis import analyse
from ledger.analysis.figures import Figure
from ledger.exports.csv_files import csv_cell
from ledger.exports.escaping import one_line
from ledger.exports.naming import seen_from
from ledger.exports.share_shapes import BLUE, INK, LINE, PAPER, SOFT, picture
from ledger.figure_words import says_of
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.records import Chart
from ledger.views.chart import drawing_of, measured
from ledger.views.chart_drawing import in_file
from ledger.views.drawing import wrapped

COLUMNS = ("item", "source", "reference", "measure", "value", "low", "high", "unit", "as_of", "scope")
WIDTH, MARGIN = 720, 30
TITLE, TEXT, SMALL = 24, 15, 13
MOST_LINES = 4
TITLE_COLUMNS, TEXT_COLUMNS, SMALL_COLUMNS = 48, 82, 96
Looks = tuple[tuple[str, str], ...]
LOOKS: Mapping[str, Looks] = {
    "label": (("font-weight", "600"),),
    "detail": (("font-size", str(SMALL)), ("fill", SOFT)),
    "value": (("font-weight", "600"),),
    "axis": (("font-size", str(SMALL)), ("fill", SOFT)),
    "rail": (("stroke", LINE),),
    "tick": (("stroke", SOFT), ("stroke-opacity", "0.5")),
    "bar": (("fill", BLUE),),
    "range": (("fill", BLUE), ("fill-opacity", "0.4")),
    "range-on-bar": (("fill", INK),),
    "range-line": (("stroke", BLUE), ("stroke-opacity", "0.4"), ("stroke-width", "6")),
    "dot": (("fill", BLUE), ("stroke", PAPER), ("stroke-width", "1.5")),
    "ring": (("fill", PAPER), ("stroke", BLUE), ("stroke-width", "2")),
    "line-0": (("stroke", BLUE), ("stroke-width", "2")),
    "line-1": (("stroke", BLUE), ("stroke-width", "2"), ("stroke-dasharray", "7 4")),
    "line-2": (("stroke", BLUE), ("stroke-width", "2"), ("stroke-dasharray", "2 3")),
    "line-3": (("stroke", BLUE), ("stroke-width", "2"), ("stroke-dasharray", "10 3 2 3")),
}
"""Role of a shape → its attributes."""


def chart_files(ledger: Ledger, record: Record[Chart]) -> Iterator[OutFile]:
    """The CSV and the SVG."""
    page, found = urls.of_record(record), analyse(ledger).charts.get(record.id, ())
    yield OutFile(urls.beside(page, ".csv"), _table(ledger, found).encode())
    yield OutFile(urls.beside(page, ".svg"), svg(ledger, record).encode())


def _table(ledger: Ledger, found: tuple[Figure, ...]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(csv_cell, _cells(ledger, one)) for one in found)
    return text.getvalue()


def _cells(ledger: Ledger, figure: Figure) -> tuple[str | Decimal | None, ...]:
    own = attrgetter("measure", "value", "low", "high", "unit", "as_of", "scope")(figure)
    return figure.item, figure.source, _label(ledger, figure.source), *own


def _label(ledger: Ledger, source: str) -> str:
    card = ledger.card(source)
    return (card.label or card.title) if card else source


def svg(ledger: Ledger, record: Record[Chart]) -> str:
    """The picture as text."""
    context = seen_from(ledger, urls.of_record(record))
    found, says = context.analysis.charts.get(record.id, ()), says_of(ledger, record.id)
    title, unit = context.plain(record.title), measured(found) if found else ""
    above = ((title, TITLE_COLUMNS, TITLE), (says, TEXT_COLUMNS, TEXT), (unit, SMALL_COLUMNS, SMALL))
    sources = dict.fromkeys(_label(ledger, one.source) for one in found)
    said = texts.say("figures.credit", count=len(sources), sources=", ".join(sources))
    below = ((text, SMALL_COLUMNS, SMALL) for text in (said, ledger.settings.title))
    head, top = _lines(above, MARGIN)
    drawing = drawing_of(context, record)
    height = drawing.height if drawing else 0
    foot, bottom = _lines(below, top + 2 * SMALL + height)
    inner = f'<svg x="{MARGIN}" y="{top + SMALL}" width="{WIDTH - 2 * MARGIN}" height="{height}" font-size="{TEXT}">'
    drawn = (inner, str(in_file(drawing, LOOKS.__getitem__)), "</svg>") if drawing else ()
    return picture((WIDTH, bottom + SMALL), title, says, (*head, *drawn, *foot))


def _lines(found: Iterable[tuple[str, int, int]], top: int) -> tuple[list[str], int]:
    """Texts in lines, one below the other, each with its columns and its size; and where they end."""
    made, before = [], 0
    cut = ((wrapped(one_line(text), columns, MOST_LINES), size) for text, columns, size in found if text)
    for line, size in ((line, size) for lines, size in cut for line in lines):
        top += size * 3 // 2 + (SMALL // 2 if before not in {0, size} else 0)
        before = size
        looks = f'font-size="{size}"' + (' font-weight="700"' if size == TITLE else "")
        fill = SOFT if size == SMALL else INK
        made.append(f'<text x="{MARGIN}" y="{top}" {looks} fill="{fill}">{escape(line, quote=False)}</text>')
    return made, top
