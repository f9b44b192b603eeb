"""A German ledger in a real browser: what it says of itself, the link to the content, dates, and search."""

from collections.abc import Callable
from pathlib import Path

import pytest
import test_german
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.needs("chromium")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("german")
    test_german.site(folder, "de")
    return folder / "site"


def test_the_page_is_german_and_its_first_link_leads_to_the_content(site: Path, page_with: Callable[..., Page]):
    page = page_with()
    page.goto((site / "statistics.html").as_uri())
    assert page.evaluate("document.documentElement.lang") == "de"
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Zum Inhalt springen")
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_dates_are_german(site: Path, page_with: Callable[..., Page]):
    page = page_with()
    page.goto((site / "sources/s.html").as_uri())
    expect(page.locator("main")).to_contain_text("5. März 2024")


def test_search_counts_in_german_and_drops_german_stop_words(site: Path, browser: Browser):
    page = browser.new_context(offline=True).new_page()
    page.goto((site / "search.html").as_uri())
    page.keyboard.type("der Grelb")
    expect(page.locator("#search-status")).to_have_text("1 Treffer")
    expect(page.locator("#search-results a").first).to_have_text("Grelb")
    page.locator("#search-words").fill("xxyyzz")
    expect(page.locator("#search-status")).to_contain_text("Nichts gefunden.")


def test_what_is_english_says_so_in_a_page_from_right_to_left(tmp_path: Path, browser: Browser):
    test_german.site(tmp_path, "ar")
    page = browser.new_context().new_page()
    page.goto((tmp_path / "site/404.html").as_uri())
    heading = page.locator("h1 span")
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
    assert (heading.get_attribute("lang"), heading.get_attribute("dir")) == ("en", "ltr")
