"""Every sort of page under a strict content policy: nothing is refused, nothing fails, nothing leaves the host."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from browsing import ONE_OF_EACH, serving
from making import ROOT
from playwright.sync_api import Browser, Page, expect

from ledger import cli

sys.path.insert(0, str(ROOT / "docs"))
import screenshots

pytestmark = pytest.mark.needs("chromium")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[str]:
    with serving(site, {"Content-Security-Policy": POLICY}) as address:
        yield address


class Watched(NamedTuple):
    """A page, what it asked for, and what went wrong in it."""

    page: Page
    asked: list[str]
    wrong: list[str]

    def offences(self, host: str) -> list[str]:
        """What was refused or failed, and every request to another host."""
        refused = self.page.evaluate("window.refused")
        return [*refused, *self.wrong, *(url for url in self.asked if not url.startswith(f"{host}/"))]


def watching(page: Page) -> Watched:
    seen = Watched(page, [], [])
    page.add_init_script(LISTEN)
    page.on("request", lambda request: seen.asked.append(request.url))
    page.on("pageerror", lambda error: seen.wrong.append(str(error)))
    page.on("console", lambda said: seen.wrong.append(said.text) if said.type in ("error", "warning") else None)
    return seen


def watched(browser: Browser, address: str) -> Watched:
    seen = watching(browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce"))
    seen.page.goto(address)
    return seen


@pytest.fixture(scope="module")
def one_for_all(page_with: Callable[..., Page]) -> Watched:
    return watching(page_with(viewport={"width": 1280, "height": 900}, reduced_motion="reduce"))


@pytest.mark.parametrize("address", ONE_OF_EACH)
def test_nothing_is_refused_and_nothing_leaves_the_host(one_for_all: Watched, host: str, address: str):
    one_for_all.asked.clear()
    one_for_all.wrong.clear()
    one_for_all.page.goto(f"{host}/{address}")
    assert f"{host}/{address}" in one_for_all.asked
    assert one_for_all.offences(host) == []


def test_searching(browser: Browser, host: str):
    seen = watched(browser, f"{host}/claims/claim-0.html")
    seen.page.keyboard.press("/")
    seen.page.keyboard.type("harbor clok")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url("**/search.html?q=*")
    expect(seen.page.locator("#search-results a").first).to_be_visible()
    seen.page.get_by_text("Filters and queries", exact=True).click()
    seen.page.locator("#search select[name=kind]").select_option("claim")
    expect(seen.page.locator("#search-results a").first).to_be_visible()
    assert seen.offences(host) == []


def test_a_preview(browser: Browser, host: str):
    seen = watched(browser, f"{host}/pages/notes.html")
    seen.page.locator("main a.cite").first.hover()
    expect(seen.page.locator(".preview")).to_be_visible()
    assert seen.offences(host) == []


def test_the_shared_claims(browser: Browser, host: str):
    seen = watched(browser, f"{host}/controversies/c-0/evidence.html")
    seen.page.locator("svg.shared-picture a >> visible=true").first.focus()
    seen.page.locator("label:has(#only-a)").click()
    expect(seen.page.locator(".shared-list")).to_be_visible()
    seen.page.get_by_role("link", name="Against A", exact=True).click()
    expect(seen.page.locator("#against-a")).to_be_visible()
    assert seen.offences(host) == []


def test_narrowing_a_list(browser: Browser, host: str):
    seen = watched(browser, f"{host}/claims/index.html")
    items = seen.page.locator("[data-listing] > :visible")
    all_of_them = items.count()
    seen.page.locator("#listing summary").click()
    seen.page.locator("#listing [name=q]").fill("harbour")
    expect(items).not_to_have_count(all_of_them)
    assert seen.offences(host) == []


def test_copying(browser: Browser, host: str):
    seen = watched(browser, f"{host}/claims/clock-lags.html")
    seen.page.locator("details:has(button.copy):not([open]) > summary").first.click()
    seen.page.locator("button.copy:visible").first.click()
    assert seen.offences(host) == []


def test_a_sites_own_looks(browser: Browser, tmp_path: Path):
    """Its colours, its mark and a style sheet of its own, as the documentation shows them."""
    every = {path: text for files in screenshots.examples().values() for path, text in files.items()}
    settings = "".join(files.get("content/site.yml", "") for files in screenshots.examples().values())
    assert cli.main([*screenshots.customised(tmp_path, every | {"content/site.yml": settings}), "--quiet"]) == 0
    with serving(tmp_path / "site", {"Content-Security-Policy": POLICY}) as host:
        seen = watched(browser, f"{host}/index.html")
        link = seen.page.locator(".site-header nav a").first
        expect(link).to_have_css("color", "rgb(122, 31, 31)")
        assert seen.page.locator("img.mark").evaluate("(mark) => mark.naturalWidth > 0")
        expect(seen.page.locator(".own")).to_have_css("font-weight", "650")
        assert seen.offences(host) == []
        seen.page.close()


OFFENDING = {
    "inline script": "<script>go()</script>",
    "inline style": "<p style='color: red'>x</p>",
    "another host": "<img src='http://localhost:9/x.png' alt=''>",
    "missing file": "<script src='missing.js'></script>",
}


@pytest.mark.parametrize("part", OFFENDING.values(), ids=OFFENDING.keys())
def test_an_offence_would_be_seen(browser: Browser, tmp_path: Path, part: str):
    (tmp_path / "page.html").write_text(f"<!doctype html><title>x</title>{part}", encoding="utf-8")
    with serving(tmp_path, {"Content-Security-Policy": POLICY}) as host:
        seen = watched(browser, f"{host}/page.html")
        assert seen.offences(host) != []
        seen.page.close()
