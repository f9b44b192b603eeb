"""What the browser tests share: one Chromium, the site of the medium ledger, and pages that are opened once."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import FLAGS
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

KEPT: list[BrowserContext] = []
"""Contexts that outlive a test."""
LIMIT = 60_000
"""Milliseconds that Chromium may take to start, and a page to show what is waited for."""
expect.set_options(timeout=LIMIT)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS, timeout=LIMIT)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(medium_folder: Path) -> Path:
    """The site of the medium ledger; a module with a site of its own defines that."""
    return medium_folder


@pytest.fixture(scope="module")
def page_with(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page by the settings of its context, opened once for all tests of a module that only look at an address.

    To open one takes longer than to visit a page of the site.
    """
    pages: dict[str, Page] = {}

    def opened(**settings: object) -> Page:
        name = repr(sorted(settings.items()))
        if name not in pages:
            pages[name] = browser.new_context(**settings).new_page()
            KEPT.append(pages[name].context)
        return pages[name]

    yield opened
    for page in pages.values():
        KEPT.remove(page.context)
        page.context.close()


@pytest.fixture(autouse=True)
def every_page_is_closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Pages that are left open slow the machine down by the dozen."""
    browser = request.getfixturevalue("browser") if "browser" in request.fixturenames else None
    yield
    for context in browser.contexts if browser else ():
        if context not in KEPT:
            context.close()
