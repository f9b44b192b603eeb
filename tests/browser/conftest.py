"""What the browser tests share: one Chromium, one flagship site, and no page that outlives its test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import FLAGS
from making import FLAGSHIP, ROOT
from playwright.sync_api import Browser, expect, sync_playwright

from ledger import pipeline

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
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The flagship site, published once; a module with a site of its own defines that."""
    output = tmp_path_factory.mktemp("flagship") / "site"
    assert pipeline.build(pipeline.Options(FLAGSHIP, output, templates=ROOT / "templates")).published
    return output


@pytest.fixture(autouse=True)
def every_page_is_closed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Pages that are left open slow the machine down by the dozen."""
    browser = request.getfixturevalue("browser") if "browser" in request.fixturenames else None
    yield
    for context in browser.contexts if browser else ():
        context.close()
