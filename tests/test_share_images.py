"""The picture that is shown beside a link to a controversy."""

import re
import struct
from itertools import combinations
from math import dist
from xml.etree import ElementTree as ET

import pytest
from making import ROOT, data_of, ledger_of, site_of
from test_board import K, dispute, evidence

from ledger import system, urls
from ledger.exports.share_images import BAR, CAMPS, PAPER, SOFT
from ledger.graph import Ledger

BASE = "https://example.org/ledger"
SVG = "{http://www.w3.org/2000/svg}"
IMAGE = "controversies/c.svg"
STYLE = (ROOT / "templates/static/style.css").read_text(encoding="utf-8")
DRAWN = {"svg", "title", "desc", "rect", "g", "text", "path", "circle"}
HOSTILE = "</svg><script>alert(1)</script> &\"'" + " many words" * 20


def drawn(ledger: Ledger) -> ET.Element:
    return ET.fromstring(data_of(ledger, IMAGE)[IMAGE])


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
    for one in image.iter(f"{SVG}text"):
        size, x, y = (int(one.get(name, "0")) for name in ("font-size", "x", "y"))
        wide = len(one.text or "") * size * 3 // 5
        left = x - {"end": wide, "middle": wide // 2}.get(one.get("text-anchor", ""), 0)
        assert 0 <= left <= left + wide <= 1200, one.text
        assert size <= y <= 630, one.text
    for one in image.iter(f"{SVG}circle"):
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
    site = site_of(dispute({"k": K}), BASE)
    image = site["controversies/c.png"]
    assert (image[:8], struct.unpack(">II", image[16:24])) == (b"\x89PNG\r\n\x1a\n", urls.SHARE_IMAGE_SIZE)
    assert image_of(site["controversies/c.html"]) == [f"{BASE}/controversies/c.png"]


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
