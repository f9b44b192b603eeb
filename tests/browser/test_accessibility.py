"""What a machine can find of barriers: axe finds nothing on one page of every sort, in light and in dark."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import ONE_OF_EACH
from playwright.sync_api import Browser

pytestmark = pytest.mark.needs("chromium")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ONE_OF_EACH)
def test_axe_finds_nothing(browser: Browser, site: Path, address: str, scheme: str) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 900}, color_scheme=scheme)
    page.goto((site / address).as_uri())
    violations = Axe().run(page).response["violations"]
    page.close()
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in violations] == []


def test_axe_would_find_something(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<html><body><img src='x'></body></html>")
    found = {violation["id"] for violation in Axe().run(page).response["violations"]}
    page.close()
    assert {"image-alt", "html-has-lang"} <= found
