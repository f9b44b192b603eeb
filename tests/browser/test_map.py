"""The argument map, the table of claims and the timeline in a browser: keyboard, pointer, no script, small screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import widths
from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.needs("chromium")

CONTROVERSY = "controversies/c-0"
FURTHER = ("map", "matrix", "timeline")


def opened(browser: Browser, address: Path, *, width: int = 1200, script: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script, offline=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address.as_uri())
    return page


def first_map(page: Page) -> Locator:
    """The drawing of the first position."""
    return page.locator("svg.map").first


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("name", [*FURTHER, ""], ids=[*FURTHER, "controversy"])
def test_no_page_scrolls_sideways(page_with: Callable[..., Page], site: Path, name: str, *, script: bool) -> None:
    page = page_with(java_script_enabled=script, offline=True, reduced_motion="reduce")
    page.goto((site / (f"{CONTROVERSY}/{name}.html" if name else f"{CONTROVERSY}.html")).as_uri())
    assert widths(page) == []


def test_the_keyboard_reaches_every_box_and_follows_it(browser: Browser, site: Path) -> None:
    page = opened(browser, site / f"{CONTROVERSY}/map.html")
    ids = first_map(page).locator("a.node").evaluate_all("nodes => nodes.map(node => node.dataset.node)")
    page.locator(".sideways").first.focus()
    reached = []
    for _ in ids:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.dataset.node"))
    assert reached == ids
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{ids[-1]}.html")


def test_without_script_the_map_is_whole_and_has_no_dead_button(browser: Browser, site: Path) -> None:
    page = opened(browser, site / f"{CONTROVERSY}/map.html", script=False)
    assert page.locator("svg.map a.node").count() > 0
    assert page.locator(".map-tools button:visible").count() == 0
    node = page.locator("svg.map a.claim").first
    address = node.get_attribute("href") or ""
    node.click()
    page.wait_for_url("**/" + address.removeprefix("../../"))


def test_the_neighbours_of_a_focused_box_stand_out(browser: Browser, site: Path) -> None:
    page = opened(browser, site / f"{CONTROVERSY}/map.html")
    node = page.locator("svg.map a.position").first
    node.focus()
    id_ = node.get_attribute("data-node")
    touching = first_map(page).locator(f'[data-from="{id_}"], [data-to="{id_}"]').count()
    assert page.locator("svg.map .edge.near").count() == touching > 0
    assert page.locator("svg.map.focusing").count() == 1
    page.locator("h1").click()
    page.keyboard.press("Shift+Tab")
    assert page.locator("svg.map.focusing").count() == 0


def test_buttons_make_the_map_larger_smaller_and_as_wide_as_its_frame(browser: Browser, site: Path) -> None:
    page = opened(browser, site / f"{CONTROVERSY}/map.html", width=700)
    page.locator("details.drawing > summary").first.click()

    def width() -> float:
        return float(first_map(page).evaluate("map => map.getBoundingClientRect().width"))

    before = width()
    page.get_by_role("button", name="Larger").first.click()
    larger = width()
    page.get_by_role("button", name="Smaller").first.click()
    assert before == pytest.approx(width(), abs=1)
    assert larger > before
    page.get_by_role("button", name="Whole width").first.click()
    assert width() <= 700


def test_the_wheel_zooms_only_with_control(browser: Browser, site: Path) -> None:
    page = opened(browser, site / f"{CONTROVERSY}/map.html")
    chart = first_map(page)
    chart.scroll_into_view_if_needed()
    before = chart.get_attribute("width")
    wheel = "(map, held) => map.dispatchEvent(new WheelEvent('wheel', {deltaY: -100, bubbles: true, ...held}))"
    chart.evaluate(wheel, {})
    assert chart.get_attribute("width") == before
    chart.evaluate(wheel, {"ctrlKey": True})
    assert chart.get_attribute("width") != before


def test_a_mouse_drags_the_map_without_following_a_link(browser: Browser, site: Path) -> None:
    page = opened(browser, site / f"{CONTROVERSY}/map.html", width=700)
    page.locator("details.drawing > summary").first.click()
    node = page.locator("svg.map a.claim").first
    node.scroll_into_view_if_needed()
    frame = page.locator(".sideways").first
    frame.evaluate("frame => { frame.scrollLeft = 0 }")
    box = node.bounding_box()
    assert box
    address = page.url
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] - 90, box["y"] + 10, steps=5)
    page.mouse.up()
    assert frame.evaluate("frame => frame.scrollLeft") == pytest.approx(100, abs=8)
    assert page.url == address


def test_pointing_at_a_box_makes_no_error(browser: Browser, site: Path) -> None:
    page = opened(browser, site / f"{CONTROVERSY}/map.html")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.locator("svg.map a.claim").first.hover()
    page.locator("svg.map.focusing").wait_for()
    page.locator("svg.map a.claim").nth(1).focus()
    assert errors == []


def test_a_mark_on_the_track_leads_to_its_event(browser: Browser, site: Path) -> None:
    page = opened(browser, site / f"{CONTROVERSY}/timeline.html", script=False)
    mark = page.locator("svg.track a.mark").first
    target = mark.get_attribute("href") or ""
    mark.click()
    assert page.url.endswith(target)
    assert page.locator(target).is_visible()


def test_in_the_picture_keys_zoom_and_escape_ends_the_highlighting(browser: Browser, site: Path) -> None:
    page = opened(browser, site / f"{CONTROVERSY}/map.html")
    chart, before = first_map(page), first_map(page).get_attribute("width")
    page.locator("svg.map a.source").first.focus()
    assert page.locator("svg.map.focusing").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("svg.map.focusing").count() == 0
    page.keyboard.press("+")
    assert chart.get_attribute("width") != before
    page.keyboard.press("-")
    assert chart.get_attribute("width") == before


def test_on_a_phone_each_drawing_is_folded_and_opens_without_script(browser: Browser, site: Path) -> None:
    page = opened(browser, site / f"{CONTROVERSY}/map.html", width=375, script=False)
    assert page.locator("svg.map a.node").first.is_visible() is False
    page.locator("details.drawing > summary").first.click()
    assert page.locator("svg.map a.node").first.is_visible()


def test_where_there_is_room_every_drawing_stands_open_and_whole(browser: Browser, site: Path) -> None:
    page = opened(browser, site / f"{CONTROVERSY}/map.html", width=1440, script=False)
    frames = page.locator("details.drawing .sideways")
    assert page.locator("svg.map a.node >> visible=true").count() == page.locator("svg.map a.node").count() > 0
    for at in range(frames.count()):
        metrics = frames.nth(at).evaluate("frame => [frame.scrollWidth, frame.clientWidth]")
        assert metrics[0] <= metrics[1]


@pytest.mark.parametrize("name", ["matrix", "evidence", "fairness"])
def test_on_a_phone_no_table_of_positions_is_wider_than_the_page(browser: Browser, site: Path, name: str) -> None:
    page = opened(browser, site / f"{CONTROVERSY}/{name}.html", width=320)
    frames = page.locator(".sideways").evaluate_all(
        "frames => frames.map(frame => frame.scrollWidth - frame.clientWidth)"
    )
    assert frames
    assert max(frames) <= 0
    assert page.locator("table.blocks tbody .of").first.is_visible()
