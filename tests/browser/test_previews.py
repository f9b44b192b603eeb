"""What a link leads to, shown on hover, focus and tap: from disk, and without scripts not at all."""

import shutil
from pathlib import Path

import pytest
from making import site_of
from playwright.sync_api import Browser, Locator, Page, expect

from ledger import files, graph, loading

pytestmark = pytest.mark.needs("chromium")


CONTENT = {
    "site.yml": "format: 1\ntitle: Test\n",
    "sources/maps.yml": (
        "type: report\ntitle: <i>Maps</i>\nauthors: unknown\nissued: 1999\ntier: reporting\n"
        "derived_from: unknown\nsummary: A gap of a mile.\n"
    ),
    "terms/mile.yml": "term: Mile\ndefinition: A long way.\n",
    "pages/text.md": "---\ntitle: Text\n---\nIt is a [[mile]] off [@maps].\n\nAnd another [[mile]].\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    content, output = tmp_path_factory.mktemp("content"), tmp_path_factory.mktemp("site")
    for path, text in CONTENT.items():
        (content / path).parent.mkdir(exist_ok=True)
        (content / path).write_bytes(text.encode())
    ledger = graph.build_graph(loading.load_records(files.read(content).files))
    for path, data in site_of(ledger).items():
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_bytes(data)
    return output


def opened(browser: Browser, site: Path, *, touch: bool = False, scripts: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": 320, "height": 700}, has_touch=touch, java_script_enabled=scripts, offline=True
    )
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto((site / "pages/text.html").as_uri())
    return page


def cite(page: Page) -> Locator:
    return page.locator("main a.cite")


def card(page: Page) -> Locator:
    return page.locator(".preview")


def test_hovering_a_citation_shows_the_source_as_plain_words(browser: Browser, site: Path):
    page = opened(browser, site)
    cite(page).hover()
    expect(card(page)).to_be_visible()
    shown = card(page).locator("> *").all_inner_texts()
    assert shown == ["Source · reporting", "<i>Maps</i>", "Unknown author 1999. A gap of a mile."]
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_pointer_may_enter_the_card_and_leaving_it_closes_it(browser: Browser, site: Path):
    page = opened(browser, site)
    cite(page).hover()
    card(page).hover()
    page.wait_for_timeout(700)
    expect(card(page)).to_be_visible()
    page.mouse.move(1, 699)
    expect(card(page)).to_be_hidden()


def test_a_pointer_that_leaves_the_link_closes_the_card(browser: Browser, site: Path):
    page = opened(browser, site)
    cite(page).hover()
    expect(card(page)).to_be_visible()
    page.mouse.move(1, 699)
    expect(card(page)).to_be_hidden()


def test_escape_closes_the_card_and_it_stays_closed(browser: Browser, site: Path):
    page = opened(browser, site)
    cite(page).hover()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    box = cite(page).bounding_box()
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    page.wait_for_timeout(700)
    expect(card(page)).to_be_hidden()


def test_a_pointer_that_only_passes_shows_nothing(browser: Browser, site: Path):
    page = browser.new_page(offline=True)
    page.clock.install()
    page.goto((site / "pages/text.html").as_uri())
    page.clock.pause_at("2100-01-01")
    cite(page).hover()
    page.clock.run_for(250)
    page.mouse.move(1, 699)
    page.clock.run_for(10_000)
    expect(card(page)).to_have_count(0)
    cite(page).hover()
    page.clock.run_for(350)
    expect(card(page)).to_be_visible()


def test_focus_shows_the_card_describes_the_link_and_ends_with_it(browser: Browser, site: Path):
    page = opened(browser, site)
    page.locator("main a.term").first.focus()
    page.keyboard.press("Tab")
    expect(cite(page)).to_be_focused()
    expect(card(page)).to_be_visible()
    words = "Source · reporting <i>Maps</i> Unknown author 1999. A gap of a mile."
    expect(cite(page)).to_have_accessible_description(words)
    page.keyboard.press("Tab")
    expect(card(page)).to_contain_text("A long way.")
    expect(cite(page)).not_to_have_attribute("aria-describedby", "preview")
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()


def test_the_first_tap_shows_the_card_and_the_second_follows_the_link(browser: Browser, site: Path):
    page = opened(browser, site, touch=True)
    cite(page).tap()
    expect(card(page)).to_be_visible()
    page.locator("h1").tap()
    expect(card(page)).to_be_hidden()
    cite(page).tap()
    expect(card(page)).to_be_visible()
    cite(page).tap()
    page.wait_for_url("**/sources/maps.html")


def test_a_tap_on_the_title_in_the_card_follows_the_link(browser: Browser, site: Path):
    page = opened(browser, site, touch=True)
    page.locator("main a.term").first.tap()
    card(page).locator("a").tap()
    page.wait_for_url("**/terms/mile.html")


def test_a_tap_follows_the_link_where_there_is_nothing_to_show(browser: Browser, site: Path, tmp_path: Path):
    shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("previews"))
    page = opened(browser, tmp_path / "site", touch=True)
    cite(page).tap()
    page.wait_for_url("**/sources/maps.html")


def test_without_scripts_links_are_links(browser: Browser, site: Path):
    page = opened(browser, site, scripts=False)
    cite(page).hover()
    expect(card(page)).to_have_count(0)
    assert cite(page).get_attribute("title") == "<i>Maps</i>"
    cite(page).click()
    assert page.url.endswith("/sources/maps.html")


def test_nothing_is_loaded_before_a_reader_asks(browser: Browser, site: Path):
    page = opened(browser, site)
    data = page.locator("script[src*='/previews/']")
    expect(data).to_have_count(0)
    cite(page).hover()
    expect(card(page)).to_be_visible()
    expect(data).to_have_count(1)
