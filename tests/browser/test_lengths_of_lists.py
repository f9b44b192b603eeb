"""People, terms, events and lists stay short: on the flagship, and on a ledger of 2,000 claims."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ledger.views.paging import ROWS

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.slow]

WIDTH = 1280
RECORD, ENTRY, AROUND = 3_000, 68, 1_200
"""How many pixels high the page of a record is at most; an entry of a list; the rest of the list's page."""
BYTES = 60_000
"""How large the page of a position is at most."""
LISTS = ("claims", "sources", "proponents", "events", "terms", "positions", "controversies")
OF_THE_FLAGSHIP = ("proponents", "events", "terms", "threads")
GENERATED = (*(f"{kind}/index.html" for kind in LISTS), "claims/index/2.html")


def measured(browser: Browser, addresses: list[Path]) -> dict[str, tuple[int, int]]:
    """How high each page is, and how many entries its list has."""
    page = browser.new_page(viewport={"width": WIDTH, "height": 800})
    found = {}
    for address in addresses:
        page.goto(address.as_uri())
        height = page.evaluate("document.documentElement.scrollHeight")
        found["/".join(address.parts[-2:])] = (height, page.locator("[data-listing] > li").count())
    page.close()
    return found


def leads_on(page: Path) -> bool:
    """Whether it stands at a former address."""
    return 'http-equiv="refresh"' in page.read_text("utf-8")


def too_long(browser: Browser, addresses: list[Path]) -> dict[str, tuple[int, int]]:
    """The lists that take more room than their entries may, or that have too many."""
    found = measured(browser, addresses)
    return {page: (high, many) for page, (high, many) in found.items() if high > AROUND + ENTRY * many or many > ROWS}


@pytest.mark.content
@pytest.mark.parametrize("folder", OF_THE_FLAGSHIP)
def test_nine_pages_in_ten_of_the_flagship_are_short(browser: Browser, flagship_folder: Path, folder: str) -> None:
    every = sorted((flagship_folder / folder).glob("*.html"))
    found = measured(browser, [one for one in every if one.name != "index.html" and not leads_on(one)])
    assert len(found) > 0
    long = {page: high for page, (high, _) in found.items() if high > RECORD}
    assert len(long) <= len(found) // 10, long


@pytest.mark.content
def test_no_list_of_the_flagship_is_long(browser: Browser, flagship_folder: Path) -> None:
    assert too_long(browser, [flagship_folder / kind / "index.html" for kind in LISTS]) == {}


def test_no_list_of_a_large_ledger_is_long(browser: Browser, large_folder: Path) -> None:
    assert too_long(browser, [large_folder / address for address in GENERATED]) == {}


def test_no_position_of_a_large_ledger_is_heavy(large_folder: Path) -> None:
    pages = [page for page in (large_folder / "positions").glob("*.html") if page.name != "index.html"]
    assert pages
    assert {page.name: size for page in pages if (size := page.stat().st_size) > BYTES} == {}
