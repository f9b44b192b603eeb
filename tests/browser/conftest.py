"""What the browser tests share: one Chromium, the sites of the medium and the large ledger, and pages opened once."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import FLAGS
from filelock import FileLock
from making import TEMPLATES, ledger_at
from medium import generate
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from ledger import render
from ledger.engine.report import template_folders
from ledger.pages import site_map

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


LARGE = re.compile(
    r"index\.html|\w+/index\.html|claims/index/2\.html|(controversies|positions)/c-[07]\b.*"
    r"|claims/claim-\d*00\.html|sources/source-(0|\d*50)\.html"
)
"""The pages of the large ledger that are made: every sort of page, and of claims and sources one in so many."""
RECORDS = 4_000
"""Half of them are claims."""


@pytest.fixture(scope="session")
def large_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Some pages of a ledger of 2,000 claims: made once a run, by whoever asks first; all only read them."""
    base = tmp_path_factory.getbasetemp()
    site = (base if worker_id == "master" else base.parent) / "large-site"
    with FileLock(f"{site}.lock"):
        if not site.exists():
            _write_large(tmp_path_factory.mktemp("content"), site)
    return site


def _write_large(content: Path, site: Path) -> None:
    generate.write(content, RECORDS)
    places = (place for place in site_map(ledger_at(content)) if LARGE.fullmatch(place.url))
    pages = (render.render_page(place.make(), TEMPLATES) for place in places)
    for file in (*pages, *render.static_files(template_folders(None))):
        (site / file.path).parent.mkdir(parents=True, exist_ok=True)
        (site / file.path).write_bytes(file.data)


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
