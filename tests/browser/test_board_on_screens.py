"""The picture of a dispute in a browser: it fits every screen, whatever its words, and reads from the page's side."""

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import barriers
from making import site_of
from playwright.sync_api import Page
from rating_ledgers import SITE
from test_board import A, K, dispute, evidence

pytestmark = pytest.mark.needs("chromium")
LONG = "word" * 40
ADDRESSES = ("controversies/c.html", "index.html")


@pytest.fixture(scope="module", params=["en", "ar"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose board has the longest of words."""
    claims = {f"k{n}": {**K, **evidence("s", "t"), "question": f"{LONG}?", "no": LONG, "yes": LONG} for n in range(3)}
    positions = {
        f"positions/c-{letter.lower()}.yml": {**A, "letter": letter, "label": LONG, "rests_on": [*claims]}
        for letter in "ABCDEFGHIJ"
    }
    settings = {"site.yml": {**SITE, "language": request.param}}
    folder = tmp_path_factory.mktemp("site")
    for path, data in site_of(dispute({**claims, "k": K}, [*claims, "k"], **positions, **settings)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.mark.parametrize("width", [320, 800, 1280])
@pytest.mark.parametrize("address", ADDRESSES)
def test_the_page_does_not_scroll_sideways(
    page_with: Callable[..., Page], site: Path, address: str, width: int
) -> None:
    page = page_with(viewport={"width": width, "height": 800})
    page.goto((site / address).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_letters_of_no_stand_where_the_axis_begins(page_with: Callable[..., Page], site: Path) -> None:
    """On a page that reads from the right, the dots move along."""
    page = page_with(viewport={"width": 800, "height": 800})
    page.goto((site / ADDRESSES[0]).as_uri())
    row = page.locator(".split-rows > li").last
    no, dot, yes = (row.locator(one).bounding_box() for one in (".camps.no", ".axis circle", ".camps.yes"))
    assert no
    assert dot
    assert yes
    rtl = page.evaluate("document.dir") == "rtl"
    assert (no["x"] < dot["x"] < yes["x"]) is not rtl
    ranged = page.locator(".split-rows > li").first
    axis, bar = (ranged.locator(one).bounding_box() for one in (".axis", ".bar"))
    assert axis
    assert bar
    assert (bar["x"] + bar["width"] / 2 > axis["x"] + axis["width"] / 2) is not rtl


def test_axe_finds_nothing(page_with: Callable[..., Page], site: Path) -> None:
    page = page_with(viewport={"width": 800, "height": 800})
    page.goto((site / ADDRESSES[0]).as_uri())
    page.locator(".split summary").click()
    assert barriers(page) == []
