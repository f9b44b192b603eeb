"""The Evidence tab in a browser: the picture by keyboard and pointer, filters without script, phones, paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import widths, wrong_on_paper
from making import site_of
from playwright.sync_api import Browser, Locator, Page
from rating_ledgers import SITE
from test_board import A, K, dispute, evidence

pytestmark = pytest.mark.needs("chromium")

EVIDENCE = "controversies/c-0/evidence.html"
CAP = 6000
"""How high the first page may be in pixels."""
PICTURE, LISTED = "svg.shared-picture", ".shared-list > li"


LAST, NEXT = "jk"
"""The letters of the last two of many positions: one with claims that have a verdict, one with another as well."""


@pytest.fixture(scope="module", params=["en", "ar"])
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Evidence tab of a dispute with more positions than there are colours, in both directions of reading."""
    claims = {f"k{n}": {**K, **evidence("s", "t")} for n in range(3)} | {"k": K, "last": K}
    positions = {
        f"positions/c-{letter}.yml": {**A, "letter": letter.upper(), "rests_on": [*claims][:3]}
        for letter in "bcdefghij"
    }
    positions[f"positions/c-{NEXT}.yml"] = {**A, "letter": NEXT.upper(), "rests_on": ["last", "k0"]}
    positions["positions/c-a.yml"] = {**A, "rests_on": ["k", "last"]}
    settings = {"site.yml": {**SITE, "language": request.param}}
    folder = tmp_path_factory.mktemp("site")
    for path, data in site_of(dispute(claims, [*claims], **positions, **settings)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder / "controversies/c/evidence.html"


def opened(browser: Browser, address: Path, *, width: int = 1280, script: bool = False, part: str = "") -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script, offline=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address.as_uri() + part)
    return page


def seen(places: Locator) -> int:
    return places.locator("visible=true").count()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_no_page_scrolls_sideways(page_with: Callable[..., Page], site: Path, *, script: bool) -> None:
    page = page_with(java_script_enabled=script, offline=True, reduced_motion="reduce")
    page.goto((site / EVIDENCE).as_uri())
    assert widths(page) == []


def test_the_keyboard_reaches_every_claim_and_follows_it(browser: Browser, site: Path) -> None:
    page = opened(browser, site / EVIDENCE, script=True)
    links = page.locator(f"{PICTURE} a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    page.locator(f"{PICTURE} a").first.focus()
    reached = [page.evaluate("document.activeElement.getAttribute('href')")]
    for _ in links[1:]:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
    assert reached == links
    page.keyboard.press("Enter")
    page.wait_for_url("**/" + links[-1].removeprefix("../../"))


def test_the_lines_of_a_claim_that_is_pointed_at_stand_out(browser: Browser, site: Path) -> None:
    page = opened(browser, site / EVIDENCE, script=True)
    claim = page.locator(f"{PICTURE} .shared-claim:has(.tie)").first
    faint = f"{PICTURE} .tie"
    count = "ties => ties.filter(tie => getComputedStyle(tie).opacity < 0.5).length"
    assert page.locator(faint).evaluate_all(count) == 0
    claim.locator("a").hover()
    own = claim.locator(".tie").count()
    assert page.locator(faint).evaluate_all(count) == page.locator(faint).count() - own > 0


def test_a_wide_screen_has_the_picture_and_a_phone_the_list(browser: Browser, site: Path) -> None:
    page = opened(browser, site / EVIDENCE)
    claims = page.locator(f"{PICTURE} .shared-claim").count()
    assert seen(page.locator(PICTURE)) == 1
    assert seen(page.locator(LISTED)) == 0
    page.set_viewport_size({"width": 375, "height": 800})
    assert seen(page.locator(PICTURE)) == 0
    assert seen(page.locator(LISTED)) == claims > 0


@pytest.mark.parametrize("width", [375, 1280])
def test_filters_leave_the_claims_of_a_position_and_a_verdict_without_script(
    browser: Browser, site: Path, width: int
) -> None:
    page = opened(browser, site / EVIDENCE, width=width)
    claims, picture = page.locator(LISTED), page.locator(PICTURE)
    every, drawn = claims.count(), seen(picture)
    page.locator("label:has(#only-b)").click()
    of_b = seen(claims)
    assert 0 < of_b == page.locator(f"{LISTED}.p-b").count() <= every
    assert seen(picture) == 0
    chosen = page.locator("[name=rated]:not(#rated-all)").first
    style = (chosen.get_attribute("id") or "").removeprefix("rated-")
    page.locator(f"label:has(#rated-{style})").click()
    assert seen(claims) == page.locator(f"{LISTED}.p-b.v-{style}").count()
    page.locator("label:has(#only-all)").click()
    page.locator("label:has(#rated-all)").click()
    assert seen(picture) == drawn
    assert seen(claims) == (0 if drawn else every)


@pytest.mark.parametrize("width", [375, 1280])
def test_every_letter_filters_and_where_nothing_fits_the_page_says_so(browser: Browser, many: Path, width: int) -> None:
    page = opened(browser, many, width=width)
    claims = page.locator(LISTED)
    page.locator(f"label:has(#only-{LAST})").click()
    assert 0 < seen(claims) == page.locator(f"{LISTED}.p-{LAST}").count() < claims.count()
    assert seen(page.locator(".none-fits")) == 0
    page.locator("label:has(#rated-none)").click()
    assert seen(claims) == 0
    assert seen(page.locator(".none-fits")) == 1
    page.locator(f"label:has(#only-{NEXT})").click()
    assert seen(claims) == 1
    assert seen(page.locator(".none-fits")) == 0


def test_the_picture_reads_from_the_side_of_the_page(browser: Browser, many: Path) -> None:
    page = opened(browser, many, script=True)
    heads = [one.bounding_box() for one in page.locator(f"{PICTURE} .heads text").all()]
    places = [one["x"] for one in heads if one]
    rtl = page.evaluate("document.dir") == "rtl"
    assert len(places) in (1, 2)
    box, end = (
        page.locator(f"{PICTURE} .shared-claim rect").first.bounding_box(),
        page.locator(".end").first.bounding_box(),
    )
    assert box
    assert end
    assert (end["x"] < box["x"]) is not rtl
    mirrored = "text => new DOMMatrix(getComputedStyle(text).transform).a"
    assert page.locator(f"{PICTURE} text").first.evaluate(mirrored) == (-1 if rtl else 1)


def test_a_long_page_has_its_contents_in_the_margin_where_there_is_room(browser: Browser, site: Path) -> None:
    page = opened(browser, site / EVIDENCE, width=1500)
    contents, main = page.locator(".contents").bounding_box(), page.locator("#shared").bounding_box()
    assert contents
    assert main
    assert contents["x"] >= main["x"] + main["width"]
    assert contents["x"] + contents["width"] <= 1480
    page.locator(".contents a").last.click()
    assert page.url.endswith("#claims")
    assert seen(page.locator(".contents li")) == 3
    page.set_viewport_size({"width": 1280, "height": 800})
    assert seen(page.locator(".contents")) == 0


def test_the_strongest_evidence_for_a_position_is_one_click_away_without_script(browser: Browser, site: Path) -> None:
    page = opened(browser, site / EVIDENCE)
    items = page.locator(".highlights > li")
    every = items.count()
    page.get_by_role("link", name="For A", exact=True).click()
    assert page.url.endswith("#for-a")
    assert seen(items) == page.locator(".highlights > .for-a").count() > 0
    assert page.locator("#for-a").is_visible()
    page.get_by_role("link", name="Show all").click()
    assert seen(items) == every


def test_a_link_to_a_side_of_a_position_shows_that_side_alone(browser: Browser, site: Path) -> None:
    page = opened(browser, site / EVIDENCE, part="#against-b")
    assert page.locator(".side-title >> visible=true").count() == 1
    assert seen(page.locator(".highlights > li")) == page.locator(".highlights > .against-b").count()


def test_paper_has_every_claim_and_all_of_the_evidence(browser: Browser, site: Path) -> None:
    page = opened(browser, site / EVIDENCE, script=True, part="#for-a")
    assert wrong_on_paper(page) == []
    page.emulate_media(media="print")
    assert seen(page.locator(LISTED)) == page.locator(LISTED).count() > 0
    assert seen(page.locator(".highlights > li")) == page.locator(".highlights > li").count()


@pytest.mark.parametrize("name", ["evidence", "all-evidence", "fairness"])
def test_on_a_phone_no_table_of_positions_is_wider_than_the_page(browser: Browser, site: Path, name: str) -> None:
    page = opened(browser, site / f"controversies/c-0/{name}.html", width=320, script=True)
    frames = page.locator(".sideways").evaluate_all(
        "frames => frames.map(frame => frame.scrollWidth - frame.clientWidth)"
    )
    assert frames
    assert max(frames) <= 0
    assert page.locator("table.blocks tbody .of").first.is_visible()


@pytest.mark.parametrize("former", ["map", "matrix"])
def test_the_former_pages_lead_here(browser: Browser, site: Path, former: str) -> None:
    page = opened(browser, site / f"controversies/c-0/{former}.html")
    page.wait_for_url(f"**/{EVIDENCE}")


def test_the_first_page_is_no_longer_than_its_cap(browser: Browser, site: Path) -> None:
    page = opened(browser, site / EVIDENCE, script=True)
    assert page.evaluate("document.documentElement.scrollHeight") <= CAP
