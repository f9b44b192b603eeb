"""Formulas in a browser: drawn, scrolled on a narrow screen, whole on paper, and no barrier in light or dark."""

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import barriers, widths
from playwright.sync_api import Page
from test_formulas import written_to

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written_to(tmp_path_factory.mktemp("formulas"))


@pytest.fixture
def page(page_with: Callable[..., Page], site: Path) -> Page:
    page = page_with()
    page.goto((site / "pages/p.html").as_uri())
    return page


def cut_off(page: Page, width: int) -> bool:
    """Whether a part of the wide formula has to be scrolled to in a window of some width."""
    page.set_viewport_size({"width": width, "height": 900})
    return bool(page.locator(".wide").evaluate("frame => frame.scrollWidth > frame.clientWidth"))


def test_a_fraction_is_drawn_as_one(page: Page) -> None:
    line, fraction = (page.locator(one).first.bounding_box() for one in ("math mi", "math[display=block] mfrac"))
    assert fraction["height"] > 1.5 * line["height"]


def test_a_wide_formula_scrolls_in_its_frame_and_the_page_does_not(page: Page) -> None:
    assert widths(page) == []
    assert cut_off(page, 280)
    assert not cut_off(page, 1000)


def test_no_barriers(page: Page) -> None:
    page.set_viewport_size({"width": 280, "height": 900})
    assert barriers(page) == []


def test_paper_shows_it_whole(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.locator(".wide").evaluate("frame => getComputedStyle(frame).overflowX") == "visible"
