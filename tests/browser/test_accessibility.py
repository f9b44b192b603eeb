"""What a machine can find of barriers: axe finds nothing on one page of every sort, in light and in dark."""

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import ONE_OF_EACH, barriers, violations
from playwright.sync_api import Page

pytestmark = pytest.mark.needs("chromium")


@pytest.mark.parametrize("address", ONE_OF_EACH)
def test_axe_finds_nothing_in_light_and_in_dark(page_with: Callable[..., Page], site: Path, address: str) -> None:
    page = page_with(viewport={"width": 1200, "height": 900})
    page.goto((site / address).as_uri())
    assert barriers(page) == []


def test_axe_would_find_something(page_with: Callable[..., Page]) -> None:
    page = page_with()
    page.set_content("<html><body><img src='x'></body></html>")
    found = {violation["id"] for violation in violations(page)}
    assert {"image-alt", "html-has-lang"} <= found


def test_axe_would_find_what_is_only_wrong_in_the_dark(page_with: Callable[..., Page]) -> None:
    page = page_with()
    style = "p { color: #000 } @media (prefers-color-scheme: dark) { p { color: #eee } }"
    style = f"<style>{style} body {{ background: #fff }}</style>"
    page.set_content(f"<html lang=en><title>x</title>{style}<main><h1>Words</h1><p>Some words")
    assert [(scheme, id_) for scheme, id_, _ in barriers(page)] == [("dark", "color-contrast")]
