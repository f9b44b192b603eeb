"""What pictures for other sites are drawn with: their colours and type, their frame, and a pen.

In: places, counted from the edge at which lines of the language begin, and words. Out: shapes of SVG as text. Colours
and sizes are their own: such a picture stands on pages that know nothing of the site's.
"""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from ledger import urls
from ledger.exports.escaping import one_line
from ledger.views.drawing import columns_of, wrapped

WIDTH, HEIGHT = urls.SHARE_IMAGE_SIZE
LEFT, RIGHT = 60, WIDTH - 60
PAPER, INK, SOFT, LINE, BAR, BLUE = "#fdfcf9", "#1d1d1f", "#5a5a60", "#d9d4c8", "#a6a6a4", "#1f4e79"
FONT = "system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"
ISOLATED = "\u2068{}\u2069"
"""A text that runs in its own direction, whatever is around it."""
OTHER_END = {"start": "end", "end": "start", "middle": "middle"}


class Pen(NamedTuple):
    """Draws; where lines begin on the right, the other way round."""

    is_rtl: bool = False

    def text(  # noqa: PLR0913 - places and looks
        self, x: int, y: int, size: int, text: str, *, fill: str = INK, anchor: str = "start", bold: bool = False
    ) -> str:
        """One line of words; letters are not mirrored, and a text keeps its own direction."""
        end = OTHER_END[anchor] if self.is_rtl else anchor
        more = "" if fill == INK else f' fill="{fill}"'
        more += "" if end == "start" else f' text-anchor="{end}"'
        more += ' font-weight="700"' if bold else ""
        words = ISOLATED.format(safe(text)) if self.is_rtl else safe(text)
        return f'<text x="{self._at(x)}" y="{y}" font-size="{size}"{more}>{words}</text>'

    def line(self, ends: tuple[int, int], y: int, stroke: str, width: int, *, is_round: bool = False) -> str:
        """A line from one end to the other."""
        start, end = sorted(self._at(x) for x in ends)
        cap = ' stroke-linecap="round"' if is_round else ""
        return f'<path d="M{start} {y}H{end}" stroke="{stroke}" stroke-width="{width}"{cap}/>'

    def upright(self, x: int, ends: tuple[int, int], stroke: str) -> str:
        """A thin line from top to bottom."""
        return f'<path d="M{self._at(x)} {ends[0]}V{ends[1]}" stroke="{stroke}" stroke-width="2"/>'

    def dot(  # noqa: PLR0913 - places and looks
        self, x: int, y: int, radius: int, *, fill: str = INK, stroke: str = PAPER, width: str = "2.5"
    ) -> str:
        """A circle with an edge."""
        ink = "" if fill == INK else f' fill="{fill}"'
        return f'<circle cx="{self._at(x)}" cy="{y}" r="{radius}"{ink} stroke="{stroke}" stroke-width="{width}"/>'

    def _at(self, x: int) -> int:
        return WIDTH - x if self.is_rtl else x


def picture(size: tuple[int, int], title: str, aloud: str, shapes: Iterable[str]) -> str:
    """A whole SVG: its size, what it is called and says in words, and its shapes."""
    width, height = size
    sides = f'width="{width}" height="{height}"'
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {sides} viewBox="0 0 {width} {height}" role="img">',
        f"<title>{safe(title)}</title><desc>{safe(aloud)}</desc>",
        f'<rect {sides} fill="{PAPER}"/>',
        f'<g font-family="{FONT}" fill="{INK}">',
        *shapes,
        "</g></svg>\n",
    )
    return "\n".join(lines)


def cut(text: str, columns: int) -> str:
    """A text in one line, with an ellipsis where it does not fit."""
    whole = one_line(text)
    return whole if columns_of(whole) <= columns else wrapped(whole, columns, 1)[0]


def safe(text: str) -> str:
    """A text as XML, on one line."""
    return escape(one_line(text), quote=False)
