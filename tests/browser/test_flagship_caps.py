"""How long the pages of claims and sources in `content/` are, on a screen and on paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from test_claim_on_screens import height, pages_on_paper

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.content]
CAP, ON_PAPER, LARGEST = 3000, 2, 70_000
"""Pixels at a width of 1280, pages of A4, and bytes."""
MANY, FEW = 40, 10


def largest(folder: Path, kind: str) -> list[Path]:
    """The pages of a kind, those with most in them first."""
    found = [path for path in (folder / kind).glob("*.html") if path.name != "index.html"]
    return sorted(found, key=lambda path: (-path.stat().st_size, path.name))


@pytest.mark.parametrize("kind", ["claims", "sources"])
def test_nine_pages_in_ten_keep_to_their_length(
    page_with: Callable[..., Page], flagship_folder: Path, kind: str
) -> None:
    page, pages, long = page_with(viewport={"width": 1280, "height": 800}), largest(flagship_folder, kind), []
    for path in pages[:MANY]:
        page.goto(path.as_uri())
        long += [path.stem] if height(page) > CAP else []
    assert len(long) <= len(pages) // 10, long


def test_a_claim_prints_on_two_pages(page_with: Callable[..., Page], flagship_folder: Path) -> None:
    page = page_with(viewport={"width": 1280, "height": 800})
    for path in largest(flagship_folder, "claims")[:FEW]:
        page.goto(path.as_uri())
        assert pages_on_paper(page) <= ON_PAPER, path.stem


def test_a_claim_is_light(flagship_folder: Path) -> None:
    assert largest(flagship_folder, "claims")[0].stat().st_size < LARGEST
