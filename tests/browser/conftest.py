"""What the browser tests share: one Chromium, one flagship site, and no page that outlives its test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import FLAGS
from playwright.sync_api import Browser, expect, sync_playwright

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
def site(flagship_folder: Path) -> Path:
    """The flagship site; a module with a site of its own defines that."""
    return flagship_folder


@pytest.fixture(autouse=True)
def every_page_is_closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Pages that are left open slow the machine down by the dozen."""
    browser = request.getfixturevalue("browser") if "browser" in request.fixturenames else None
    yield
    for context in browser.contexts if browser else ():
        context.close()
