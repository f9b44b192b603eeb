"""Positions, people, terms, events and lists stay short: on the flagship, and on a ledger of 2,000 claims."""

from pathlib import Path

import pytest
from making import TEMPLATES, ledger_at
from medium import generate
from playwright.sync_api import Browser

from ledger import render
from ledger.engine.report import template_folders
from ledger.pages import site_map
from ledger.views.paging import ROWS

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.slow]

WIDTH = 1280
POSITION, RECORD, ENTRY, AROUND = 6_000, 3_000, 68, 1_200
"""How many pixels high the page of a position and that of another record is at most; an entry of a list; the rest."""
BYTES = 60_000
"""How large the page of a position is at most."""
LISTS = ("claims", "sources", "proponents", "events", "terms", "positions", "controversies")
OF_THE_FLAGSHIP = {
    "positions": POSITION,
    "proponents": RECORD,
    "events": RECORD,
    "terms": RECORD,
    "threads": RECORD,
}
RECORDS = 4_000
"""Half of them are claims."""
GENERATED = (
    *(f"positions/c-{number}-{letter}.html" for number in (0, 7) for letter in "abcd"),
    *(f"{kind}/index.html" for kind in LISTS),
    "claims/index/2.html",
)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some pages of a ledger of 2,000 claims."""
    content, site = tmp_path_factory.mktemp("content"), tmp_path_factory.mktemp("site")
    generate.write(content, RECORDS)
    places = (place for place in site_map(ledger_at(content)) if place.url in GENERATED)
    pages = (render.render_page(place.make(), TEMPLATES) for place in places)
    for file in (*pages, *render.static_files(template_folders(None))):
        (site / file.path).parent.mkdir(parents=True, exist_ok=True)
        (site / file.path).write_bytes(file.data)
    return site


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
def test_no_page_of_the_flagship_is_long(browser: Browser, flagship_folder: Path, folder: str) -> None:
    every = sorted((flagship_folder / folder).glob("*.html"))
    found = measured(browser, [one for one in every if one.name != "index.html" and not leads_on(one)])
    assert len(found) > 0
    assert {page: high for page, (high, _) in found.items() if high > OF_THE_FLAGSHIP[folder]} == {}


@pytest.mark.content
def test_no_list_of_the_flagship_is_long(browser: Browser, flagship_folder: Path) -> None:
    assert too_long(browser, [flagship_folder / kind / "index.html" for kind in LISTS]) == {}


def test_no_position_and_no_list_of_a_large_ledger_is_long(browser: Browser, generated: Path) -> None:
    pages = [generated / address for address in GENERATED]
    positions = [page for page in pages if page.parent.name == "positions" and page.name != "index.html"]
    assert {page: high for page, (high, _) in measured(browser, positions).items() if high > POSITION} == {}
    assert {page.name: size for page in positions if (size := page.stat().st_size) > BYTES} == {}
    assert too_long(browser, [page for page in pages if page not in positions]) == {}
