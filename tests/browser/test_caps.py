"""How long and how heavy the pages are at most: those of `content/`, and those of a ledger of 2,000 claims."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from playwright.sync_api import Page
from test_claim_on_screens import height, pages_on_paper

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.slow]

CAPS = {
    "index.html": 3_500,
    "controversies/*.html": 6_000,
    "controversies/*/evidence.html": 6_000,
    "controversies/*/people.html": 6_000,
    "controversies/*/timeline.html": 6_000,
    "positions/*.html": 6_000,
}
"""Pixels at a width of 1280; of a list of records, other tests know."""
RECORD, MANY = 3_000, 40
"""The same of nine claims in ten and nine sources in ten; how many of each are looked at, the heaviest."""
WORDS = 1_500
"""Words that a reader sees on the first tab of a controversy."""
ON_PAPER, FEW = {"claims/*.html": 2, "controversies/*.html": 12}, 10
"""Pages of A4 that a page takes, its references included; how many are printed."""
LOADED = {"controversies/*.html": 150_000, "claims/*.html": 70_000}
"""Bytes of all that a page loads at first, but for the typeface."""
SEEN = """() => {
  const count = (of) => of.innerText.split(/\\s+/).filter(Boolean).length;
  const main = document.querySelector("main");
  return count(main) - [...main.querySelectorAll(".quiet")].reduce((sum, one) => sum + count(one), 0);
}"""
"""How many words are seen: those for listeners alone are none of them."""


@pytest.fixture(
    scope="module",
    params=[pytest.param("flagship_folder", marks=pytest.mark.content), "large_folder"],
    ids=["flagship", "large"],
)
def site(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param)


@pytest.fixture
def page(page_with: Callable[..., Page]) -> Page:
    return page_with(viewport={"width": 1280, "height": 800})


def pages(site: Path, pattern: str) -> list[Path]:
    """The pages of a pattern, the heaviest first, without lists and former addresses."""
    found = [path for path in site.glob(pattern) if path.name != "index.html" or "/" not in pattern]
    kept = [path for path in found if b'http-equiv="refresh"' not in path.read_bytes()]
    assert kept
    return sorted(kept, key=lambda path: (-path.stat().st_size, path.name))


@pytest.mark.parametrize("pattern", CAPS)
def test_no_page_is_longer_than_its_cap(page: Page, site: Path, pattern: str) -> None:
    tall = {}
    for path in pages(site, pattern):
        page.goto(path.as_uri())
        tall |= {path.relative_to(site).as_posix(): found} if (found := height(page)) > CAPS[pattern] else {}
    assert tall == {}


def test_a_controversy_has_so_many_words(page: Page, site: Path) -> None:
    long = {}
    for path in pages(site, "controversies/*.html"):
        page.goto(path.as_uri())
        long |= {path.stem: found} if (found := page.evaluate(SEEN)) > WORDS else {}
    assert long == {}


@pytest.mark.parametrize("kind", ["claims", "sources"])
def test_nine_records_in_ten_keep_to_their_length(page: Page, site: Path, kind: str) -> None:
    found, long = pages(site, f"{kind}/*.html"), []
    for path in found[:MANY]:
        page.goto(path.as_uri())
        long += [path.stem] if height(page) > RECORD else []
    assert len(long) <= len(found) // 10, long


@pytest.mark.parametrize("pattern", ON_PAPER)
def test_a_page_prints_on_few_pages(page: Page, site: Path, pattern: str) -> None:
    for path in pages(site, pattern)[:FEW]:
        page.goto(path.as_uri())
        assert pages_on_paper(page) <= ON_PAPER[pattern], path.stem


@pytest.mark.parametrize("pattern", LOADED)
def test_nine_pages_in_ten_are_light_with_all_that_they_load(page: Page, site: Path, pattern: str) -> None:
    """The heaviest tenth is left out; of so few as there are of controversies, none."""
    found, heavy = pages(site, pattern), {}
    for path in found[len(found) // 10 :][:FEW]:
        size = sum(one.stat().st_size for one in loaded(page, path) if one.suffix != ".woff2")
        heavy |= {path.stem: size} if size > LOADED[pattern] else {}
    assert heavy == {}


def loaded(page: Page, path: Path) -> Iterator[Path]:
    """The files that a page asks for when it is opened, itself among them."""
    asked: dict[str, None] = {}

    def note(request: object) -> None:
        asked[request.url] = None

    page.on("request", note)
    page.goto(path.as_uri(), wait_until="load")
    page.remove_listener("request", note)
    return (Path(url2pathname(urlsplit(one).path)) for one in asked)


def test_no_page_is_heavy(site: Path) -> None:
    assert {path.name: size for path in site.rglob("*.html") if (size := path.stat().st_size) > 300_000} == {}
