"""A reader's view of the flagship site: from disk, without scripts, on a phone and on a wide screen, light and dark."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from ledger import pipeline

pytestmark = pytest.mark.needs("chromium")

REPO = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
ONE_OF_EACH = (
    "index.html",
    "claims/index.html",
    "sources/index.html",
    "threads/scaling-laws.html",
    "controversies/scaling-laws-wall.html",
    "positions/scaling-laws-wall-b.html",
    "claims/kaplan-power-law.html",
    "sources/kaplan-2020.html",
    "proponents/gary-marcus.html",
    "terms/scaling-law.html",
    "pages/about.html",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("flagship") / "site"
    report = pipeline.build(pipeline.Options(REPO / "content", output, templates=REPO / "templates"))
    assert report.published
    return output


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


def opened(browser: Browser, address: Path, *, width: int, scheme: str = "light") -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=False, offline=True
    )
    page = context.new_page()
    page.goto(address.as_uri())
    return page


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("address", ONE_OF_EACH)
def test_no_page_scrolls_sideways(browser: Browser, site: Path, address: str, width: int) -> None:
    page = opened(browser, site / address, width=width)
    assert page.locator("h1").count() == 1
    # without scripts in the page, the width of the document is read through the browser's own protocol
    metrics = page.context.new_cdp_session(page).send("Page.getLayoutMetrics")
    assert metrics["cssContentSize"]["width"] <= width


def test_a_reader_follows_a_claim_from_the_home_page_to_its_source(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "index.html", width=375)
    page.get_by_role("link", name="Are scaling laws hitting a wall?").first.click()
    assert page.url.endswith("controversies/scaling-laws-wall.html")
    page.locator("article.claim-use h4 a").first.click()
    assert "/claims/" in page.url
    page.locator("article.evidence cite a").first.click()
    assert "/sources/" in page.url
    assert page.locator("p.reference").inner_text()


def test_dark_readers_get_a_dark_page(browser: Browser, site: Path) -> None:
    def background(scheme: str) -> bytes:
        page = opened(browser, site / "pages/about.html", width=400, scheme=scheme)
        return page.screenshot(clip={"x": 0, "y": 600, "width": 4, "height": 4})

    assert background("light") != background("dark")


def test_the_keyboard_reaches_the_content_first(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "claims/kaplan-power-law.html", width=800)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
