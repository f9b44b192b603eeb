"""Charts: figures in, the same drawing out, with words and without a style of its own."""

import re
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from ledger.views.charts import Bar, bars


def widths(drawing: str) -> list[str]:
    return re.findall(r'class="chart-bar"[^>]* width="([^"]+)"', drawing)


def test_the_largest_count_fills_the_chart_and_the_others_their_share():
    assert widths(bars([Bar("a", 3), Bar("b", 4), Bar("c", 0)], label="L")) == ["75.0%", "100.0%", "0.0%"]


def test_two_charts_side_by_side_can_have_one_scale():
    assert widths(bars([Bar("a", 3), Bar("b", 1)], label="L", most=6)) == ["50.0%", "16.7%"]
    assert widths(bars([Bar("a", 3)], label="L", most=2)) == ["100.0%"]


def test_every_bar_has_its_words_and_its_figure():
    drawn = ET.fromstring(bars([Bar("preprint", 75), Bar("dataset", 4)], label="Sources"))
    assert [" ".join("".join(text.itertext()).split()) for text in drawn.iter("text")] == ["preprint 75", "dataset 4"]
    assert drawn.attrib["aria-label"] == "Sources"


def test_nothing_counted_gives_bars_without_width():
    assert widths(bars([Bar("a", 0)], label="L")) == ["0%"]
    assert widths(bars([], label="L")) == []


def test_words_are_escaped():
    drawn = ET.fromstring(bars([Bar('<b>"&', 1)], label='"><script>'))
    assert drawn.attrib["aria-label"] == '"><script>'
    assert "".join(drawn.itertext()).strip().startswith('<b>"&')


def test_looks_are_left_to_the_style_sheet():
    drawing = bars([Bar("a", 1)], label="L")
    assert "style=" not in drawing
    assert "fill=" not in drawing


@given(st.lists(st.integers(min_value=0, max_value=10**9), max_size=20))
def test_no_bar_leaves_the_chart_and_more_is_never_drawn_shorter(counts: list[int]):
    drawn = [float(width.rstrip("%")) for width in widths(bars([Bar("x", count) for count in counts], label="L"))]
    assert all(0 <= width <= 100 for width in drawn)
    assert [width for _, width in sorted(zip(counts, drawn, strict=True))] == sorted(drawn)
