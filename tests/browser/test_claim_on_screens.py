"""The page of a claim in a browser: the findings first, whatever is folded within reach, two pages on paper."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import barriers, widths, wrong_on_paper
from making import CLAIM, ledger_of, site_of
from playwright.sync_api import Page
from test_claim_page import SOLID, SOLID_SOURCE, evidence, files, item, taking

pytestmark = pytest.mark.needs("chromium")
MANY, NUMBERS = "many", range(1, 61)
QUOTED = 'quote: there is no wall, quote_prefix: "So far,"'
PAGES = re.compile(rb"/Type\s*/Page[^s]")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A claim with evidence of every sort, and one with sixty items."""
    some = [item(1, "p", **SOLID), item(2, "q", "disputes", **SOLID), item(3, "r", **SOLID)]
    some += [item(4, relation="mentions"), item(5, "s", "qualifies"), item(6, "t", **{**SOLID, "limits": "W" * 200})]
    some[0] = some[0].replace("shows:", f"{QUOTED}, shows:")
    sources = {one: SOLID_SOURCE.replace("Maps", one * 40) for one in "pqt"} | {"r": taking("p")}
    many = {f"sources/w{at}.yml": SOLID_SOURCE.replace("Maps", f"Work {at}") for at in NUMBERS}
    items = evidence(*(item(at, f"w{at}", "disputes" if at % 3 else "supports", **SOLID) for at in NUMBERS))
    ledger = ledger_of({**files(evidence(*some), sources), **many, f"claims/{MANY}.yml": CLAIM + items})
    folder = tmp_path_factory.mktemp("site")
    for path, data in site_of(ledger).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def pages_on_paper(page: Page) -> int:
    return len(PAGES.findall(page.pdf(format="A4")))


def height(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


def test_the_first_screen_has_the_verdict_and_the_best_on_both_sides(
    page_with: Callable[..., Page], site: Path
) -> None:
    page = page_with(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page.goto((site / "claims/c.html").as_uri())
    places = [page.locator(one).bounding_box() for one in ("h1", ".verdict-line", "#e1", "#e2")]
    assert all(place and place["y"] + place["height"] <= 800 for place in places)
    best, against = places[2:]
    assert best
    assert against
    assert (best["x"] < against["x"], best["y"]) == (True, against["y"])
    assert page.locator("#e1 mark").inner_text() == "there is no wall"


@pytest.mark.parametrize(
    ("claim", "anchor"), [("c", "e3"), ("c", "e4"), (MANY, "e60"), ("c", "ratings"), ("c", "chain")]
)
def test_an_anchor_in_a_fold_opens_it_without_scripts(
    page_with: Callable[..., Page], site: Path, claim: str, anchor: str
) -> None:
    page = page_with(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page.goto((site / f"claims/{claim}.html").as_uri())
    place = page.locator(f"#{anchor}")
    assert not place.is_visible()
    page.goto((site / f"claims/{claim}.html").as_uri() + f"#{anchor}")
    assert place.is_visible()


def test_a_link_to_what_only_repeats_opens_the_fold(page_with: Callable[..., Page], site: Path) -> None:
    page = page_with(viewport={"width": 1280, "height": 800}, java_script_enabled=False)
    page.goto((site / "claims/c.html").as_uri())
    page.locator('.also > p a[href="#e3"]').click()
    assert page.locator("#e3").is_visible()


@pytest.mark.parametrize("address", ["claims/c.html", f"claims/{MANY}.html", "sources/p.html"])
def test_the_page_has_no_barrier_and_fits_every_window_and_paper(
    page_with: Callable[..., Page], site: Path, address: str
) -> None:
    page = page_with(reduced_motion="reduce")
    page.goto((site / address).as_uri())
    page.locator("main details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    assert (widths(page), wrong_on_paper(page), barriers(page)) == ([], [], [])


def test_a_claim_with_sixty_items_is_short_and_prints_the_strongest_on_two_pages(
    page_with: Callable[..., Page], site: Path
) -> None:
    page = page_with(viewport={"width": 1280, "height": 800})
    page.goto((site / f"claims/{MANY}.html").as_uri())
    assert height(page) < 3000
    assert pages_on_paper(page) <= 2
    page.emulate_media(media="print")
    assert page.get_by_text("56 more pieces of evidence are on the page itself.").is_visible()
    assert page.get_by_text(f"Test · claims/{MANY}.html").is_visible()
    assert not page.locator("#audit").is_visible()
    page.emulate_media(media="screen")
