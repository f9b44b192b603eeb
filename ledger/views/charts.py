"""Charts drawn at build time: figures → inline SVG, the same for the same figures.

In: labels and counts. Out: markup without any style of its own. Widths are shares of the chart's, sizes of text are
the page's, so a chart fits a phone and a wall and its words stay readable.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ledger import texts

ROW = 40
"""Height of a row in pixels: a line of words and a bar below it."""
BASELINE, BAR_TOP, BAR_HEIGHT = 15, 21, 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it counts and how many."""

    label: str
    count: int


def bars(rows: Sequence[Bar], *, label: str, most: int = 0) -> Markup:
    """Horizontal bars from zero to the largest count, each with its words and figure above it.

    `most` is the largest count of another chart that stands beside this one.
    """
    most = max([most, *(row.count for row in rows)])
    drawn = Markup("\n").join(_row(row, ROW * at, most) for at, row in enumerate(rows))
    whole = Markup('<svg class="chart" role="img" aria-label="{}" width="100%" height="{}">\n{}\n</svg>')
    return whole.format(label, ROW * len(rows), drawn)


def _row(row: Bar, top: int, most: int) -> Markup:
    form = Markup('<text x="0" y="{}">{} <tspan class="chart-count">{}</tspan></text>')
    words = form.format(top + BASELINE, row.label, texts.number(row.count))
    box = Markup('<rect class="{}" x="0" y="{}" width="{}%" height="{}"/>')
    rail = box.format("chart-rail", top + BAR_TOP, 100, BAR_HEIGHT)
    share = f"{100 * row.count / most:.1f}" if most else "0"
    return words + rail + box.format("chart-bar", top + BAR_TOP, share, BAR_HEIGHT)
