"""`ledger serve` in a browser: pages shown anew at every save, and the overlay that lists what is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from making import CLAIM, EVIDENCE, SITE, SOURCE
from playwright.sync_api import Browser, Page, Route, expect
from serving import Served, served

pytestmark = pytest.mark.needs("chromium")

GOOD = CLAIM + EVIDENCE
PATIENT = 60_000


@pytest.fixture
def claim(tmp_path: Path) -> Path:
    for path, text in (("site.yml", SITE), ("sources/s.yml", SOURCE), ("claims/c.yml", GOOD)):
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(text)
    return tmp_path / "content/claims/c.yml"


@pytest.fixture
def server(claim: Path) -> Iterator[Served]:
    with served(claim.parents[1]) as running:
        yield running


@pytest.fixture
def page(browser: Browser, server: Served) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 375, "height": 700})
    page.set_default_timeout(PATIENT)
    expect.set_options(timeout=PATIENT)
    page.goto(f"http://127.0.0.1:{server.port}/claims/c.html")
    yield page
    page.close()


def test_the_open_page_is_shown_anew_when_its_record_is_saved(page: Page, claim: Path):
    for words in ("It rests.", "It waits.", "It moves."):
        claim.write_text(GOOD.replace("It moves.", words))
        expect(page.locator("h1")).to_have_text(words)


def test_a_save_is_shown_in_the_same_window_at_the_same_place(page: Page, claim: Path):
    page.set_viewport_size({"width": 375, "height": 200})
    page.evaluate("scrollTo(0, 90); window.mark = 1")
    claim.write_text(GOOD.replace("It moves.", "It rests."))
    expect(page.locator("h1")).to_have_text("It rests.")
    page.wait_for_load_state("load")
    assert page.evaluate("[scrollY, window.mark]") == [90, 1]


@pytest.mark.parametrize(
    "use",
    [
        "location.hash = 'content'",
        "document.body.insertAdjacentHTML('beforeend', '<input>'); document.querySelector('body > input').focus()",
    ],
    ids=["an anchor", "a field"],
)
def test_what_only_a_new_window_has_is_loaded_anew(page: Page, claim: Path, use: str):
    page.evaluate("window.mark = 1")
    page.evaluate(f"() => {{ {use} }}")
    claim.write_text(GOOD.replace("It moves.", "It rests."))
    expect(page.locator("h1")).to_have_text("It rests.")
    page.wait_for_function("window.mark === undefined")


def test_a_script_that_names_something_again_gets_a_new_window(page: Page, claim: Path):
    def with_script(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</head>", "<script>const own = 1;</script></head>"))

    page.route("**/claims/c.html", with_script)
    page.reload()
    page.evaluate("window.mark = 1")
    claim.write_text(GOOD.replace("It moves.", "It rests."))
    expect(page.locator("h1")).to_have_text("It rests.")
    page.wait_for_function("window.mark === undefined && own === 1")


def test_an_error_is_laid_over_the_last_good_page_and_goes_with_its_cause(page: Page, claim: Path):
    claim.write_text(GOOD.replace("empirical", "<b>empiric</b>"))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("claims/c.yml:2:7")
    expect(dialog).to_contain_text("<b>empiric</b>")
    assert dialog.locator("b").count() == 0
    expect(page.locator("h1")).to_have_text("It moves.")
    claim.write_text(GOOD)
    expect(dialog).to_have_count(0)


def test_the_overlay_is_closed_and_opened_by_keyboard(page: Page, claim: Path):
    claim.write_text(GOOD.replace("empirical", "empiric"))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    badge = page.get_by_role("button", name="1 error")
    badge.focus()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.get_by_role("button", name="Close").press("Enter")
    expect(dialog).to_be_hidden()


def test_warnings_are_a_number_in_the_corner(page: Page, claim: Path):
    expect(page.get_by_role("button", name="warning")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_page_that_could_not_be_made_comes_back_by_itself(browser: Browser, claim: Path):
    claim.write_text("type: empirical\n")
    with served(claim.parents[1]) as running:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{running.port}/claims/c.html")
        expect(page.get_by_role("dialog")).to_contain_text("statement", timeout=PATIENT)
        claim.write_text(GOOD)
        expect(page.locator("h1")).to_have_text("It moves.", timeout=PATIENT)
        page.close()


def test_nothing_fails_in_the_console(browser: Browser, server: Served, claim: Path):
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda problem: told.append(str(problem)))
    page.goto(f"http://127.0.0.1:{server.port}/claims/c.html")
    claim.write_text(GOOD.replace("It moves.", "It rests."))
    expect(page.locator("h1")).to_have_text("It rests.", timeout=PATIENT)
    page.close()
    assert told == []
