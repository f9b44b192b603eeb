"""Charts of figures: what they draw and say, where a text shows them, and their files."""

import csv
import io
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from making import SOURCE, data_of, ledger_of, seen_from, site_of

from ledger.analysis import analyse
from ledger.figure_words import says_of
from ledger.graph import Ledger
from ledger.records import Chart
from ledger.views.chart import drawing_of, figure_for
from ledger.views.chart_drawing import Drawing
from ledger.views.number_scale import scale_of

ITEM = {"id": "e1", "relation": "supports", "shows": "A gap.", "consulted": "memory"}
METRES = {"measure": "shift of the bend", "unit": "metres"}


def ledger_with(chart: Mapping[str, Any], *quantities: Any, **more: str) -> Ledger:
    """A chart, and a claim for each quantity, or for several of one item, with a source of its own."""
    records = {"charts/bend.yml": json.dumps({"title": "How far?", **chart})}
    for at, of in enumerate(quantities):
        first, *others = of if isinstance(of, list) else [of]
        item = {**ITEM, "source": f"s{at}", "quantity": first, "quantities": others}
        records[f"claims/k{at}.yml"] = json.dumps(
            {"statement": f"It moves {at}.", "type": "empirical", "evidence": [item]}
        )
        records[f"sources/s{at}.yml"] = SOURCE.replace("unknown", f"[{{literal: Surveyor {at}}}]", 1)
    return ledger_of({**records, **more})


def drawn(ledger: Ledger) -> Drawing | None:
    return drawing_of(seen_from(ledger, "charts/bend.html"), ledger.record(Chart, "bend"))


def shapes(ledger: Ledger, role: str) -> list[dict[str, str]]:
    drawing = drawn(ledger)
    assert drawing
    return [dict(one.places) for group in drawing.groups for one in group.shapes if one.role == role]


MEASURE = {"form": "range", "measure": METRES["measure"]}


# Scales


@pytest.mark.parametrize(
    ("numbers", "is_log", "ticks"),
    [
        ((36, 1000), True, [10, 100, 1000]),
        ((2, 9), True, [1, 2, 5, 10]),
        ((-38, 39), False, [-40, -20, 0, 20, 40]),  # a step of 20 is the round number above 77 / 4
        ((5,), False, [4, 6]),
        ((0,), False, [0, 0.5]),
        ((Decimal("1e-90"), Decimal("1e90")), True, [Decimal(f"1e{n}") for n in range(-90, 91, 36)]),
    ],
)
def test_an_axis_begins_and_ends_at_round_numbers(numbers: Any, is_log: Any, ticks: Any):
    scale = scale_of(map(Decimal, numbers), is_log=is_log)
    assert [Decimal(str(one)) for one in ticks] == list(scale.ticks)


def test_places_are_shares_of_the_axis():
    linear, log = scale_of((Decimal(0), Decimal(40))), scale_of((Decimal(1), Decimal(100)), is_log=True)
    assert [linear.place(Decimal(one)) for one in (0, 10, 40, 99, -9)] == [0, 250, 1000, 1000, 0]
    assert [log.place(Decimal(one)) for one in (1, 10, 100, 0)] == [0, 500, 1000, 0]


# What is drawn


def test_a_range_has_a_dot_at_its_value_and_a_bar_between_its_ends():
    """On an axis from 0 to 40, which begins at 2 % of the width and ends at 98 %: 20 is at 50 %, 10 at 26 %."""
    ledger = ledger_with(MEASURE, {**METRES, "value": 20, "low": 10, "high": 40})
    assert [one["cx"] for one in shapes(ledger, "dot")] == ["50.0%"]
    assert [(one["x"], one["width"]) for one in shapes(ledger, "range")] == [("26.0%", "72.0%")]


def test_an_end_alone_is_a_ring():
    assert len(shapes(ledger_with(MEASURE, {**METRES, "low": 11}), "ring")) == 1


def test_bars_have_an_axis_of_powers_of_ten_unless_they_say_otherwise():
    """The axis from 0.1 to 100, so that a bar of 1 can be seen; from 0 to 100, where 1 is 1 % of 96 %."""
    quantities = ({**METRES, "value": 1}, {**METRES, "value": 100})
    assert [one["width"] for one in shapes(ledger_with({**MEASURE, "form": "bars"}, *quantities), "bar")] == [
        "32.0%",
        "96.0%",
    ]
    linear = ledger_with({**MEASURE, "form": "bars", "axis": "linear"}, *quantities)
    assert [one["width"] for one in shapes(linear, "bar")] == ["1.0%", "96.0%"]


def test_a_slope_joins_what_was_before_with_what_was_after():
    quantities = (
        {**METRES, "value": 5, "as_of": 2001},
        {**METRES, "value": 7, "as_of": 2000},
        {**METRES, "value": 10, "as_of": 1999},
    )
    ledger = ledger_with({**MEASURE, "form": "slope"}, *quantities)
    [line] = shapes(ledger, "line-0")
    assert (line["x1"], line["x2"]) == ("24.0%", "72.0%")
    assert int(line["y1"]) < int(line["y2"])
    assert says_of(ledger, "bend") == "Down from 10 metres (1999) to 5 metres (2001): 50% of what it was."


def test_a_series_joins_figures_of_one_scope_alone():
    upstream = [{**METRES, "value": n, "as_of": 2000 + n, "scope": "upstream"} for n in (1, 2, 3)]
    ledger = ledger_with(
        {**MEASURE, "form": "series"}, upstream, {**METRES, "value": 2, "as_of": 2001, "scope": "here"}
    )
    assert len(shapes(ledger, "line-0")) == len(upstream)  # two pieces, and one in the legend
    assert shapes(ledger, "line-1") == []


def test_no_number_of_a_series_stands_on_the_dot_of_another():
    ends = [{**METRES, "value": n, "as_of": year} for n, year in ((0, 2020), (100, 2024))]
    alone = [{**METRES, "value": n, "as_of": 2022, "scope": f"n{n}"} for n in (75, 87)]
    ledger = ledger_with({**MEASURE, "form": "series", "axis": "linear"}, ends, *alone)
    dots = [int(one["cy"]) for one in shapes(ledger, "dot") if one["cx"] == "47.0%"]
    numbers = [int(one["y"]) for one in shapes(ledger, "value") if one["x"] == "47.0%"]
    assert (dots, numbers) == ([100, 76], [122, 66])  # one below its dot, one above


def test_a_series_is_compared_with_itself_alone():
    here = [{**METRES, "value": 6 * n, "as_of": 2000 + n, "scope": "here"} for n in (1, 2, 3)]
    there = [{**METRES, "value": n, "as_of": 1990 + n, "scope": "there"} for n in (1, 2)]
    alone = {**METRES, "value": 99, "as_of": 2020, "scope": "elsewhere"}
    assert says_of(ledger_with({**MEASURE, "form": "series"}, [*here, *there, alone]), "bend") == (
        "Here: up from 6 metres (2001) to 18 metres (2003): 3 times as much. "
        "There: up from 1 metres (1991) to 2 metres (1992): 2 times as much."
    )


def test_every_figure_leads_to_its_item():
    ledger = ledger_with(MEASURE, {**METRES, "value": 20, "scope": "<b>"})
    shown = str(figure_for(seen_from(ledger, "pages/p.html"), "bend"))
    assert 'href="../claims/k0.html#e1" aria-label="Surveyor 0 1999: 20 metres, &lt;b&gt;"' in shown
    assert "<b>" not in shown
    assert "style=" not in shown


def test_no_more_than_so_many_figures_are_drawn():
    many = [{**METRES, "value": n, "scope": f"n{n}"} for n in range(1, 150)]
    ledger = ledger_with(MEASURE, many)
    assert len(shapes(ledger, "dot")) == 60
    [data] = data_of(ledger, "charts/bend.csv").values()
    assert len(data.splitlines()) == 150


# What it says


SAYS = [
    ("One source gives 40 metres.", [{"value": 40}]),
    ("Two sources give 40 to 90 metres. The highest is 2.3 times the lowest.", [{"value": 40}, {"value": 90}]),
    (
        "Two sources give 589 to 593.7 metres. The highest is 0.8% above the lowest.",
        [{"value": 589}, {"value": 593.7}],
    ),
    ("Two sources give −40 to 90 metres.", [{"value": -40}, {"value": 90}]),
    ("Two sources give 2.5 to 16.1%.", [{"value": one, "unit": "percent"} for one in (2.5, 16.1)]),
    (
        "From 40 metres (here) to at least 90 metres (there). The highest is 2.3 times the lowest.",
        [{"value": 40, "scope": "here"}, {"low": 90, "scope": "there"}],
    ),
    (
        "From 40 metres (upstream, 1998) to 90 metres (downstream, 2001).",
        [{"value": 40, "scope": "upstream", "as_of": 1998}, {"value": 90, "scope": "downstream", "as_of": 2001}],
    ),
]


@pytest.mark.parametrize(("said", "quantities"), SAYS)
def test_what_it_shows_is_computed_from_its_figures(said: str, quantities: list[dict[str, Any]]):
    assert says_of(ledger_with(MEASURE, *({**METRES, **one} for one in quantities)), "bend") == said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (2.5, 16.1, "Up from 2.5% (2000) to 16.1% (2001): 13.6 percentage points more."),
        (16.1, 2.5, "Down from 16.1% (2000) to 2.5% (2001): 13.6 percentage points less."),
        (3, 3, "Unchanged at 3%, from 2000 to 2001."),
    ],
)
def test_a_change_in_per_cent_is_said_in_points(before: float, after: float, said: str):
    percent = {"measure": "share", "unit": "percent"}
    quantities = ({**percent, "value": before, "as_of": 2000}, {**percent, "value": after, "as_of": 2001})
    assert says_of(ledger_with({"form": "slope", "measure": "share"}, *quantities), "bend") == said


# Which figures


def test_a_measure_takes_in_figures_of_all_claims_and_items_only_theirs_the_lowest_first():
    quantities = ({**METRES, "value": 1}, {**METRES, "value": 2}, {"measure": "width", "unit": "metres", "value": 3})

    def items(chart: Mapping[str, Any]) -> list[str]:
        return [one.item for one in analyse(ledger_with(chart, *quantities)).charts["bend"]]

    assert items(MEASURE) == ["k0/e1", "k1/e1"]
    assert items({"form": "range", "items": ["k2/e1", "k0/e1"]}) == ["k0/e1", "k2/e1"]
    assert items({"form": "range", "items": ["k2/e1", "k0/e1"], "measure": "WIDTH"}) == ["k2/e1"]


def test_figures_of_a_retracted_source_are_not_drawn():
    quantities = ({**METRES, "value": 1}, {**METRES, "value": 2})
    ledger = ledger_with(MEASURE, *quantities, **{"sources/s1.yml": SOURCE + "status: retracted\n"})
    assert [one.item for one in analyse(ledger).charts["bend"]] == ["k0/e1"]


# In a text


PAGE = "title: P\nbody: |\n  Before.\n\n  [[bend]]\n\n  After, see [[bend]], and\n\n  [[bend|the picture]]\n"


def body_of(page: str, chart: Mapping[str, Any] = MEASURE, **more: str) -> str:
    ledger = ledger_with(chart, {**METRES, "value": 20}, **{"pages/p.yml": page, **more})
    return site_of(ledger)["pages/p.html"].decode()


def test_a_body_shows_a_chart_where_its_id_is_a_paragraph_of_its_own():
    shown = body_of(PAGE)
    assert shown.count("<figure") == shown.count("<svg") == 1
    assert "<p>Before.</p>\n<figure" in shown
    assert "</figure>\n<p>After, see <a" in shown
    assert "the picture</a></p>" in shown


def test_two_charts_may_follow_each_other():
    shown = body_of("title: P\nbody: |\n  [[bend]]\n\n  [[old-bend]]\n", {**MEASURE, "former_ids": ["old-bend"]})
    assert shown.count("<figure") == 2


def test_a_chart_that_was_withdrawn_stays_a_link():
    shown = body_of(PAGE, {**MEASURE, "withdrawn": {"date": "2020", "why": "W."}})
    assert "<figure" not in shown


# Pages and files


def test_the_page_has_the_sentence_the_table_and_how_to_cite_it():
    ledger = ledger_with(
        {**MEASURE, "scope": "Both banks."}, {**METRES, "value": 40}, {**METRES, "value": 90, "as_of": 1998}
    )
    site = site_of(ledger, "https://example.org")
    text = re.sub(r"<[^>]+>", "", site["charts/bend.html"].decode())
    for words in (
        "Two sources give 40 to 90 metres",
        "Both banks.",
        "Value, in metres",
        "≠ 90",
        "Surveyor 1 1999",
        "BibTeX",
    ):
        assert words in text, words
    assert "charts/bend.html" in site["sitemap.xml"].decode()
    assert "Shift of the bend: sources give 40 and 90 metres." in site["claims/k0.html"].decode()
    assert "Shift of the bend" in site["numbers-in-conflict.html"].decode()
    assert "Two sources give 40" in site["charts/index.html"].decode()


def test_the_files_have_the_figures_and_a_picture_that_stands_alone():
    ledger = ledger_with({**MEASURE, "title": "How <far>?"}, {**METRES, "value": "4.50", "scope": "=1+1"})
    files = data_of(ledger, "charts/bend.*")
    [head, row] = csv.reader(io.StringIO(files["charts/bend.csv"].decode(), newline=""))
    assert dict(zip(head, row, strict=True)) == {
        "item": "k0/e1", "source": "s0", "reference": "Surveyor 0 1999", "measure": "shift of the bend",
        "value": "4.50", "low": "", "high": "", "unit": "metres", "as_of": "", "scope": "'=1+1",
    }  # fmt: skip
    picture = ET.fromstring(files["charts/bend.svg"])
    assert "How <far>?" in (picture.findtext("{http://www.w3.org/2000/svg}title") or "")
    assert b"class=" not in files["charts/bend.svg"]
    data = json.loads(files["charts/bend.json"])
    assert (data["sentence"], data["figures"][0]["value"]) == ("One source gives 4.50 metres.", 4.5)
