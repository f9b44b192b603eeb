"""A reader's view of a site: from disk, without scripts, on a phone and on a wide screen, light and dark."""

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import CLOSED, ONE_OF_EACH, widths, wrong_on_paper
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.needs("chromium")


def opened(browser: Browser, address: Path, *, width: int, scheme: str = "light") -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=False, offline=True
    )
    page = context.new_page()
    page.goto(address.as_uri())
    return page


@pytest.mark.parametrize("address", ONE_OF_EACH)
def test_no_page_scrolls_sideways(page_with: Callable[..., Page], site: Path, address: str) -> None:
    page = page_with(java_script_enabled=False, offline=True)
    page.goto((site / address).as_uri())
    assert page.locator("h1").count() == 1
    assert widths(page) == []


def test_what_is_wider_than_the_window_would_be_seen(page_with: Callable[..., Page]) -> None:
    page = page_with(java_script_enabled=False, offline=True)
    page.set_content("<p style='width: 900px'>x")
    assert len(widths(page)) == 2


def test_a_reader_follows_a_claim_from_the_home_page_to_its_source(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "index.html", width=375)
    page.get_by_role("link", name="Controversy 0").first.click()
    assert page.url.endswith("controversies/c-0.html")
    page.locator(".split-rows a").first.click()
    assert "/claims/" in page.url
    page.locator("article.evidence cite a").first.click()
    assert "/sources/" in page.url
    assert page.locator("p.reference").inner_text()


def test_dark_readers_get_a_dark_page(browser: Browser, site: Path) -> None:
    def background(scheme: str) -> bytes:
        page = opened(browser, site / "pages/method.html", width=400, scheme=scheme)
        return page.screenshot(clip={"x": 0, "y": 600, "width": 4, "height": 4})

    assert background("light") != background("dark")


def test_the_keyboard_reaches_the_content_first(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "claims/claim-0.html", width=800)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


# Notes beside the text

NOTED = "pages/notes.html"
"""A page whose text cites several sources close together."""
FACING = """() => {
  const boxes = (found) => [...document.querySelectorAll(found)].flatMap((one) => [...one.getClientRects()])
    .filter((box) => box.width && box.height);
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const notes = boxes(".sidenote"), rest = boxes("main :is(h1, h2, h3, h4, p, li, dt, dd, td, th, pre, svg, summary)");
  const pairs = notes.flatMap((note, at) => [...notes.slice(at + 1), ...rest].filter((box) => meet(note, box)));
  return { notes: notes.length, pairs: pairs.length };
}"""
"""How many notes are seen, and how often one lies over another or over the text."""


@pytest.mark.parametrize("width", [1200, 1440, 2200])
@pytest.mark.parametrize("address", [NOTED, "controversies/c-0/story.html"])
def test_wide_screens_have_notes_that_lie_over_nothing(browser: Browser, site: Path, address: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((site / address).as_uri())
    found = page.evaluate(FACING)
    assert found["notes"] == page.locator(".sidenote").count() > 0
    assert found["pairs"] == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [320, 768, 1199])
def test_a_note_never_stands_within_a_sentence_on_a_small_screen(browser: Browser, site: Path, width: int) -> None:
    page = opened(browser, site / NOTED, width=width)
    assert page.locator(".sidenote").count() > 0
    assert page.locator(".sidenote:visible").count() == 0


def test_a_note_says_what_the_page_of_the_source_says(browser: Browser, site: Path) -> None:
    page = opened(browser, site / NOTED, width=1440)
    note = page.locator(".sidenote").first
    said = note.text_content() or ""
    note.locator("a").click()
    assert "/sources/" in page.url
    assert page.locator("h1").inner_text() in said


def test_a_note_is_neither_read_aloud_nor_reached_by_the_keyboard(browser: Browser, site: Path) -> None:
    page = opened(browser, site / NOTED, width=1440)
    text = page.locator(".body").first
    label = text.locator(".sidenote a").first.text_content() or ""
    assert text.aria_snapshot().count(label.strip()) == text.locator("a.cite", has_text=label.strip()).count()
    assert text.locator(".sidenote a:not([tabindex='-1'])").count() == 0


# Paper


def printed(browser: Browser, address: Path) -> Page:
    page = browser.new_page(viewport={"width": 800, "height": 1100}, color_scheme="dark")
    page.goto(address.as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    return page


@pytest.mark.parametrize("address", ONE_OF_EACH)
def test_on_paper_everything_is_open_and_nothing_is_to_be_clicked(
    page_with: Callable[..., Page], site: Path, address: str
) -> None:
    page = page_with()
    page.goto((site / address).as_uri())
    assert wrong_on_paper(page) == []


def test_what_is_closed_on_a_screen_would_be_seen(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "sources/survey-1901.html").as_uri())
    assert page.locator("main details").evaluate_all(CLOSED) > 0
    page.close()


def test_on_paper_a_citation_is_followed_by_title_and_address(browser: Browser, site: Path) -> None:
    page = printed(browser, site / NOTED)
    note = page.locator(".sidenote").first
    expect(note).to_be_visible()
    expect(note.locator(".address")).to_be_visible()
    assert (note.locator(".address").text_content() or "").strip().startswith("http")
    assert note.evaluate("note => getComputedStyle(note).display") == "inline"


def test_on_paper_an_outside_link_is_followed_by_its_address(browser: Browser, site: Path) -> None:
    page = printed(browser, site / "sources/manual.html")
    content = "link => getComputedStyle(link, '::after').content"
    assert "https://arxiv.org/abs/math/9301001" in page.locator("main a[href*='arxiv.org']").first.evaluate(content)


def test_paper_is_white(browser: Browser, site: Path) -> None:
    page = printed(browser, site / NOTED)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
    assert page.pdf().startswith(b"%PDF-")
