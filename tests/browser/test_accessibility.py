"""What a machine can find of barriers: axe finds nothing on one page of every sort, in both themes and languages."""

from collections.abc import Callable
from pathlib import Path

import pytest
import test_claim_history
import test_embed
import test_german
from browsing import FURTHER, ONE_OF_EACH, OVERVIEWS, barriers, violations
from playwright.sync_api import Page

pytestmark = pytest.mark.needs("chromium")
IN_GERMAN = (
    *OVERVIEWS,
    *(f"controversies/c{further}.html" for further in FURTHER),
    *("tags/zug.html", "threads/h.html", "positions/c-a.html", "claims/y.html", "sources/sv.html", "charts/g.html"),
    *("proponents/pp.html", "events/ek.html", "terms/tm.html"),
)
"""Every sort of page of a small ledger."""
CONTRAST_LEFT_OUT = {"color-contrast": {"enabled": False}}


@pytest.mark.parametrize("address", ONE_OF_EACH)
def test_axe_finds_nothing_in_light_and_in_dark(page_with: Callable[..., Page], site: Path, address: str) -> None:
    page = page_with(viewport={"width": 1200, "height": 900})
    page.goto((site / address).as_uri())
    assert barriers(page) == []


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("german")
    test_german.site(folder, "de")
    return folder / "site"


@pytest.mark.parametrize("address", IN_GERMAN)
def test_axe_finds_nothing_in_german(page_with: Callable[..., Page], german: Path, address: str) -> None:
    """But for contrast: colours are the same in every language."""
    page = page_with(viewport={"width": 1200, "height": 900})
    page.emulate_media(color_scheme="light")
    page.goto((german / address).as_uri())
    assert [(found["id"], found["nodes"][0]["html"][:120]) for found in violations(page, rules=CONTRAST_LEFT_OUT)] == []


def test_axe_finds_nothing_on_cards_for_other_sites(page_with: Callable[..., Page], tmp_path: Path) -> None:
    page = page_with(viewport={"width": 600, "height": 500})
    for address, text in test_embed.cards(test_embed.small_with_cards()).items():
        (tmp_path / "card.html").write_text(text, encoding="utf-8")
        page.goto((tmp_path / "card.html").as_uri())
        assert barriers(page) == [], address
        page.set_viewport_size({"width": 320, "height": 500})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_axe_finds_nothing_on_what_a_claim_said_before(page_with: Callable[..., Page], tmp_path: Path) -> None:
    place = test_claim_history.Place(tmp_path / "repository")
    place.write("claims/c.yml", test_claim_history.OTHER["scope"])
    place.commit("scope")
    place.built()
    page = page_with(viewport={"width": 1200, "height": 900})
    page.goto((tmp_path / f"site/claims/c/at/{test_claim_history.hash_in(test_claim_history.FULL)}.html").as_uri())
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
