"""The pictures that are shown beside links to controversies, their stories, and charts."""

import json
import re
import struct
from itertools import combinations
from math import dist
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from making import ROOT, data_of, ledger_of, site_of
from rating_ledgers import SITE
from test_board import CONTROVERSY, K, dispute, evidence
from test_charts_of_figures import ITEM, MEASURE, METRES, ledger_with

from ledger import system, urls
from ledger.exports.share_boards import CAMPS
from ledger.exports.share_charts import BLUE
from ledger.exports.share_images import svg
from ledger.exports.share_shapes import BAR, PAPER, SOFT
from ledger.graph import Ledger

BASE = "https://example.org/ledger"
SVG = "{http://www.w3.org/2000/svg}"
IMAGE = "controversies/c.svg"
STYLE = (ROOT / "templates/static/style.css").read_text(encoding="utf-8")
DRAWN = {"svg", "title", "desc", "rect", "g", "text", "path", "circle"}
HOSTILE = "</svg><script>alert(1)</script> &\"'" + " many words" * 20


STORY, CHART = "controversies/c/story.svg", "charts/bend/share.svg"


def drawn(ledger: Ledger, image: str = IMAGE) -> ET.Element:
    return ET.fromstring(data_of(ledger, image)[image])


def texts(image: ET.Element) -> list[str]:
    return [one.text or "" for one in image.iter(f"{SVG}text")]


def test_it_has_the_title_the_answer_the_rows_and_who_the_letters_are():
    image = drawn(dispute({"k": {**K, **evidence("s", "t", "u")}}))
    assert (image.get("width"), image.get("height")) == ("1200", "630")
    rows, key = ("No", "Yes", "Does it lag?", "B", "A"), ("A", "Late", "B", "On time")
    assert texts(image) == ["T", "Late", "It may be. Or not.", *rows, *key]
    bar, dot = image.findall(f".//{SVG}path[@stroke='{BAR}']"), image.findall(f".//{SVG}circle[@stroke='{PAPER}']")
    assert (len(bar), len(dot)) == (1, 1)


def test_its_words_are_there_for_those_who_listen():
    image = drawn(dispute({"k": K}))
    said = image.findtext(f"{SVG}desc") or ""
    assert image.findtext(f"{SVG}title") == "Late"
    assert said.endswith("Does it lag? The evidence: too little evidence to say. Yes: A. No: B.")


def test_no_text_leaves_the_picture_and_none_is_markup():
    many = {f"positions/c-{letter.lower()}.yml": position(letter) for letter in "ABCDEFGHIJ"}
    claims = {f"k{n}": {**K, "question": HOSTILE + "?"} for n in range(12)}
    ledger = dispute(claims, [*claims], **many, **{"controversies/c.yml": controversy(claims)})
    image = drawn(ledger)
    assert {one.tag.removeprefix(SVG) for one in image.iter()} == DRAWN
    nothing_leaves(image)


def nothing_leaves(image: ET.Element) -> None:
    """As far as it can be told: a letter is taken to be three fifths as wide as it is high."""
    for one in image.findall(f"{SVG}g/{SVG}text"):
        size, x, y = (int(one.get(name, "0")) for name in ("font-size", "x", "y"))
        wide = len((one.text or "").strip("\u2068\u2069")) * size * 3 // 5
        left = x - {"end": wide, "middle": wide // 2}.get(one.get("text-anchor", ""), 0)
        assert 0 <= left <= left + wide <= 1200, one.text
        assert size <= y <= 630, one.text
    for one in image.findall(f"{SVG}g/{SVG}circle"):
        x, y, radius = (int(one.get(name, "0")) for name in ("cx", "cy", "r"))
        assert radius <= x <= 1200 - radius
        assert radius <= y <= 630 - radius


def position(letter: str) -> dict[str, str | list[str]]:
    return {
        "controversy": "c",
        "letter": letter,
        "statement": "S.",
        "label": HOSTILE,
        "rests_on": [f"k{n}" for n in range(12)],
    }


def controversy(claims: dict[str, object]) -> dict[str, object]:
    return {
        "title": HOSTILE,
        "question": "Is it?",
        "status": "active",
        "summary": HOSTILE * 9,
        "board": [*claims],
    }


def test_a_controversy_without_any_claim_has_one_with_its_title():
    ledger = ledger_of({"controversies/c.yml": "title: Late\nquestion: Is it?\nstatus: active\n"})
    assert texts(drawn(ledger)) == ["Test", "Late"]


def text_of(image: ET.Element) -> str:
    return " ".join(texts(image))


def test_a_long_title_is_set_smaller_before_it_is_cut():
    title = "How many whole projects of a kind that people are paid for does the best of all the programs complete?"
    ledger = dispute({"k": K}, **{"controversies/c.yml": {**CONTROVERSY, "title": title}})
    assert title in text_of(drawn(ledger))


@pytest.mark.parametrize("language", ["ar", "he"])
def test_where_lines_begin_on_the_right_it_begins_there(language: str):
    site = {**SITE, "language": language}
    title = {"controversies/c.yml": {**CONTROVERSY, "title": "هل تأخر؟"}, "site.yml": site}
    claims = {"k": {**K, **evidence("s", "t", "u")}}
    image, other = drawn(dispute(claims, **title)), drawn(dispute(claims))
    nothing_leaves(image)
    first = image.find(f"{SVG}g/{SVG}text")
    assert first is not None
    assert (first.get("x"), first.get("text-anchor")) == ("1140", "end")
    [dot], [mirrored] = (one.findall(f".//{SVG}circle[@stroke='{PAPER}']") for one in (other, image))
    assert int(dot.get("cx", "0")) + int(mirrored.get("cx", "0")) == 1200
    assert all((one.text or "")[0] == "\u2068" for one in image.iter(f"{SVG}text"))


# Of charts


def values(*numbers: int, **more: Any) -> list[dict[str, Any]]:
    return [{**METRES, "value": number, **more} for number in numbers]


def test_a_chart_has_its_question_what_it_shows_its_figures_and_their_sources():
    image = drawn(ledger_with(MEASURE, *values(40, 90)), CHART)
    assert (image.get("width"), image.get("height")) == ("1200", "630")
    assert texts(image)[:2] == ["Test", "How far?"]
    for said in (
        "Two sources give 40 to 90 metres",
        "Shift of the bend, in metres",
        "Sources: Surveyor 0 1999, Surveyor 1 1999",
        "≠ 90",
    ):
        assert said in text_of(image)
    assert len(image.findall(f".//{SVG}circle[@fill='{BLUE}']")) == 2


def test_a_long_value_is_set_smaller_before_it_is_cut():
    image = drawn(ledger_with(MEASURE, {**METRES, "value": 300, "low": 100, "high": 10000}), CHART)
    assert "300 (100 to 10,000)" in texts(image)


def test_of_many_figures_the_lowest_and_the_highest_are_shown_and_how_many_more_there_are():
    image = drawn(ledger_with(MEASURE, *values(*range(40, 70), 9000, 1)), CHART)
    assert {"9,000", "1", "40"} <= {one.removeprefix("≠ ") for one in texts(image)}
    assert re.search(r"[A-Z]\w*(-\w+)? more figures are on the page\.|\d+ more figures", text_of(image))
    nothing_leaves(image)


@pytest.mark.parametrize("form", ["range", "bars", "slope", "series"])
def test_nothing_of_a_chart_leaves_the_picture(form: str):
    """A plot is a picture within it: it must end where there is room for it, and none of its shapes below its edge."""
    scopes = [values(3, 900, scope=f"{HOSTILE[:60]} {at}", as_of=str(1990 + at)) for at in range(20)]
    chart = {"title": HOSTILE, "form": form, "measure": METRES["measure"]}
    image = drawn(ledger_with(chart, *scopes), CHART)
    nothing_leaves(image)
    for plot in image.iter(f"{SVG}svg"):
        if plot is not image:
            assert int(plot.get("y", "0")) + int(plot.get("height", "0")) <= 580
            inner = int(plot.get("viewBox", "").split()[3])
            assert max(int(one.get("y", "0")) for one in plot.iter(f"{SVG}text")) <= inner


def test_a_chart_without_figures_has_a_picture_with_its_title():
    ledger = ledger_of({"charts/bend.yml": json.dumps({"title": "How far?", **MEASURE})})
    assert "How far?" in texts(drawn(ledger, CHART))


# Of stories


def told(body: str, **more: Any) -> Ledger:
    claim = {**K, "evidence": [{**ITEM, "source": "s", "quantity": {**METRES, "value": 20}}]}
    files = {"controversies/c.yml": {**CONTROVERSY, "body": body}, "charts/bend.yml": {"title": "How far?", **MEASURE}}
    return dispute({"k": claim}, **files, **more)


def test_a_story_has_its_beginning_and_its_first_chart():
    image = drawn(told("It began in 1700.\n\n[[bend]]\n"), STORY)
    assert texts(image)[:3] == ["T: the story so far", "Late", "It began in 1700."]
    assert "Source: " in text_of(image)
    assert "Does it lag?" not in texts(image)


def test_a_story_without_a_chart_has_the_board():
    ledger = told("It began in 1700.")
    assert "Does it lag?" in texts(drawn(ledger, STORY))
    assert data_of(ledger, STORY)[STORY] != data_of(ledger, IMAGE)[IMAGE]


def test_where_no_story_is_written_there_is_no_picture_of_one():
    site = site_of(dispute({"k": K}), BASE)
    assert STORY not in site
    assert image_of(site["controversies/c/story.html"])[0].startswith(f"{BASE}/controversies/c.")


# What pages say of it


def image_of(page: bytes) -> list[str]:
    return re.findall(r'<meta property="og:image" content="([^"]*)">', page.decode())


def test_each_page_names_the_picture_that_belongs_to_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(system, "can_draw_png", lambda: False)
    site = site_of(dispute({"k": K}), BASE)
    for page in ("index.html", "controversies/c.html", "controversies/c/evidence.html"):
        assert image_of(site[page]) == [f"{BASE}/{IMAGE}"]
    assert image_of(site["claims/k.html"]) == [f"{BASE}/{urls.CARD}"]
    assert IMAGE in site
    assert "controversies/c.png" not in site


def test_with_the_library_there_is_a_png_that_the_page_names():
    if not system.can_draw_png():
        pytest.skip("resvg-py is not installed")
    site = site_of(told("It began.\n\n[[bend]]\n"), BASE)
    for page in ("controversies/c", "controversies/c/story", "charts/bend"):
        address = f"{page}/share.png" if page.startswith("charts") else f"{page}.png"
        image = site[address]
        assert (image[:8], struct.unpack(">II", image[16:24])) == (b"\x89PNG\r\n\x1a\n", urls.SHARE_IMAGE_SIZE)
        assert image_of(site[f"{page}.html"]) == [f"{BASE}/{address}"]
        assert b"download>PNG</a>" in site[f"{page}.html"]


@pytest.mark.parametrize(
    ("page", "image"),
    [("controversies/c.html", IMAGE), ("controversies/c/story.html", STORY), ("charts/bend.html", CHART)],
)
def test_a_picture_is_named_and_shown_on_its_page_and_can_be_taken_along(
    page: str, image: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(system, "can_draw_png", lambda: False)
    html = site_of(told("It began.\n\n[[bend]]\n"), BASE)[page].decode()
    address = urls.relative(page, image)
    assert image_of(html.encode()) == [f"{BASE}/{image}"]
    assert '<meta name="twitter:card" content="summary_large_image">' in html
    assert f'<img src="{address}" alt="' in html
    assert f'<a href="{address}" download>SVG</a>' in html


def test_no_two_pages_have_the_same_picture():
    ledger = told("It began.\n\n[[bend]]\n")
    pictures = data_of(ledger, IMAGE, STORY, CHART)
    assert len(set(pictures.values())) == len(pictures) == 3
    assert data_of(told("It began.\n\n[[bend]]\n"), IMAGE, STORY, CHART) == pictures


def test_a_picture_is_drawn_again_only_when_what_it_shows_has_changed():
    other = {"charts/wide.yml": json.dumps({"title": "How wide?", "form": "range", "items": ["k1/e1"]})}
    ledger = ledger_with({"form": "range", "items": ["k0/e1"]}, *values(40, 90), **other)
    with ledger.reading() as reads:
        svg(ledger, ledger.records["bend"], "charts/bend.html")
    assert reads
    assert [key for key in reads if "wide" in key or "k1" in key] == []


def test_without_a_public_address_no_png_is_made(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(system, "can_draw_png", lambda: True)
    site = site_of(dispute({"k": K}))
    assert IMAGE in site
    assert "controversies/c.png" not in site


# The colours of positions

BLINDNESS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""How colours are seen: Machado, Oliveira and Fernandes, A physiologically-based model for simulation of color vision
deficiency (IEEE Transactions on Visualization and Computer Graphics 15, 2009)."""
Triple = tuple[float, ...]


def linear(colour: str) -> Triple:
    values = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values)


def seen(colour: str, by: str) -> Triple:
    """A colour as CIELAB, as somebody sees it."""
    value = linear(colour)
    red, green, blue = (min(1, max(0, sum(a * b for a, b in zip(row, value, strict=True)))) for row in BLINDNESS[by])
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    a, b, c = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * b - 16, 500 * (a - b), 200 * (b - c)


def contrast(one: str, other: str) -> float:
    low, high = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(linear, (one, other)))
    return (high + 0.05) / (low + 0.05)


def themes(name: str) -> tuple[str, str]:
    found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", STYLE)
    assert found
    return found[1], found[2]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("by", BLINDNESS)
def test_the_colours_of_positions_are_apart_for_everybody(by: str, theme: int):
    colours = [themes(f"camp-{letter}")[theme] for letter in "abcd"]
    assert min(dist(seen(a, by), seen(b, by)) for a, b in combinations(colours, 2)) > 20


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("letter", "abcd")
def test_a_letter_can_be_read_on_its_colour_and_on_the_page(letter: str, theme: int):
    for ground in ("paper", "panel"):
        assert contrast(themes(f"camp-{letter}")[theme], themes(ground)[theme]) >= 4.5


def test_the_picture_has_the_colours_of_the_pages():
    assert {letter: themes(f"camp-{letter.lower()}")[0] for letter in "ABCD"} == CAMPS
    assert (themes("paper")[0], themes("soft")[0]) == (PAPER, SOFT)
