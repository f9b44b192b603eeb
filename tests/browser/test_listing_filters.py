"""The list of a kind in a real browser, from disk: narrowed, sorted, by address, keyboard and without a script."""

from pathlib import Path

import pytest
from browsing import serving
from making import CLAIM, SOURCE, ledger_of, site_of
from playwright.sync_api import Browser, Locator, Page, expect

pytestmark = pytest.mark.needs("chromium")

STUDY = SOURCE.replace("reporting", "peer-reviewed").replace("from: unknown", "from: []\nfirst_hand: true")
LOOKED = "{{{{date: 2001, by: ann, for: more, side: {}, where: [web], query: q, found: 0}}}}"
READ = "consulted: full-text, directness: direct, basis: empirical"
FOUND = f"evidence: [{{{{id: e1, source: s, relation: {{}}, shows: A., {READ}}}}}]\n"
JUDGED = f"{FOUND}searches: [{LOOKED.format('for')}, {LOOKED.format('against')}]\nupdated: {{}}\n"
NAMES = ("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hôtel")
VERDICTS = {"Bravo": ("supports", 2002), "Delta": ("disputes", 2003), "Echo": ("supports", 2001)}
GONE = "withdrawn: {date: 2000, why: Wrong.}\n"


def claim(name: str) -> str:
    evidence = JUDGED.format(*VERDICTS[name]) if name in VERDICTS else ""
    kind = "predictive" if name in ("Alpha", "Bravo") else "empirical"
    return CLAIM.replace("It moves", f"{name} moves").replace("empirical", kind) + evidence


TEXTS = {
    "sources/s.yml": STUDY,
    "claims/gone.yml": claim("India") + GONE,
    **{f"claims/{name[0].lower()}.yml": claim(name) for name in NAMES},
    **{f"terms/{a}{at}.yml": f"term: {a}{at:02} pebble\ndefinition: D.\n" for a in "ab" for at in range(30)},
    **{f"terms/{a}{at}.yml": f"term: {a}{at:02}\ndefinition: D.\n" for a in "cd" for at in range(30)},
    **{f"events/e{at}.yml": f"title: Event {at:03}\ndate: {2001 + (at > 240)}\nsources: [s]\n" for at in range(250)},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("listings")
    for path, data in site_of(ledger_of(TEXTS)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def opened(browser: Browser, address: Path, query: str = "", *, script: bool = True, width: int = 1000) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script, offline=True)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(address.as_uri() + query)
    return page


def unfolded(page: Page) -> Page:
    """The same with its form open."""
    form = page.locator("#listing details")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    return page


def claims(browser: Browser, site: Path, query: str = "") -> Page:
    return unfolded(opened(browser, site / "claims/index.html", query))


def shown(page: Page) -> str:
    """The first letters of the claims that are left, in their order."""
    titles = page.locator("[data-listing] li:visible > a").all_inner_texts()
    return "".join(title[0] for title in titles)


def chooser(page: Page, name: str) -> Locator:
    return page.locator(f"#listing select[name={name}]")


def said(page: Page, words: str) -> None:
    expect(page.locator("#listing [role=status]")).to_have_text(words)


def test_words_narrow_the_list_as_they_are_typed_and_the_count_is_told(browser: Browser, site: Path) -> None:
    page = claims(browser, site)
    said(page, "All 9")
    page.locator("#listing-words").press_sequentially("el")
    said(page, "2 of 9")
    assert shown(page) == "DH"
    assert page.locator("#listing [role=status]").get_attribute("aria-live") in (None, "polite")


@pytest.mark.parametrize("words", ["hotel", "HÔTEL", "moves hotel", "ôte"])
def test_case_accents_and_the_order_of_words_do_not_matter(browser: Browser, site: Path, words: str) -> None:
    page = claims(browser, site)
    page.locator("#listing-words").fill(words)
    said(page, "1 of 9")
    assert shown(page) == "H"


def test_a_list_that_nothing_is_left_of_says_so_and_shows_all_again(browser: Browser, site: Path) -> None:
    page = claims(browser, site)
    page.locator("#listing-words").fill("zebra")
    said(page, "None of the 9 fits. Try other words, or fewer filters.")
    expect(page.get_by_role("heading", name="Withdrawn")).to_be_hidden()
    page.get_by_role("button", name="Show all").press("Enter")
    said(page, "All 9")
    assert shown(page) == "ABCDEFGHI"
    assert page.url.endswith("index.html")


def test_facets_narrow_together(browser: Browser, site: Path) -> None:
    page = claims(browser, site)
    chooser(page, "verdict").select_option("perhaps-true")
    assert shown(page) == "BE"
    chooser(page, "type").select_option("predictive")
    assert shown(page) == "B"
    said(page, "1 of 9")


@pytest.mark.parametrize(
    ("order", "letters"),
    [
        ("most likely true", "BEDACFGHI"),
        ("most likely false", "DBEACFGHI"),
        ("last changed", "DBEACFGHI"),
        ("title", "ABCDEFGHI"),
        ("most important", "ABCDEFGHI"),
    ],
)
def test_orders_are_stable_and_what_is_not_known_comes_last(
    browser: Browser, site: Path, order: str, letters: str
) -> None:
    page = claims(browser, site, "?sort=-verdict")
    chooser(page, "sort").select_option(label=order)
    assert shown(page) == letters


def test_the_state_stands_in_the_address_and_the_back_button_takes_it_back(browser: Browser, site: Path) -> None:
    page = claims(browser, site)
    page.locator("#listing-words").fill("moves")
    said(page, "All 9")
    chooser(page, "verdict").select_option("perhaps-true")
    chooser(page, "sort").select_option("-changed")
    assert page.url.endswith("claims/index.html?q=moves&verdict=perhaps-true&sort=-changed")
    page.go_back()
    expect(chooser(page, "sort")).to_have_value("")
    assert shown(page) == "BE"
    page.go_back()
    said(page, "All 9")
    page.go_forward()
    expect(chooser(page, "verdict")).to_have_value("perhaps-true")
    said(page, "2 of 9")


def test_a_link_restores_a_list_and_what_it_cannot_know_is_left_out(browser: Browser, site: Path) -> None:
    page = claims(browser, site, "?verdict=perhaps-true&type=nonsense&sort=-changed")
    assert shown(page) == "BE"
    expect(chooser(page, "type")).to_have_value("")
    expect(chooser(page, "sort")).to_have_value("-changed")


def test_coming_back_from_a_record_finds_the_list_as_it_was(browser: Browser, site: Path) -> None:
    page = claims(browser, site, "?verdict=perhaps-false")
    page.get_by_role("link", name="Delta moves.").click()
    expect(page).to_have_url((site / "claims/d.html").as_uri())
    page.go_back()
    assert shown(page) == "D"


def test_the_form_is_folded_until_it_is_opened_or_the_address_asks_something(browser: Browser, site: Path) -> None:
    field = opened(browser, site / "claims/index.html").locator("#listing-words")
    expect(field).to_be_hidden()
    for query in ("?q=bravo", "?verdict=perhaps-true", "?sort=title"):
        expect(opened(browser, site / "claims/index.html", query).locator("#listing-words")).to_be_visible()


def test_the_keyboard_alone_narrows_sorts_and_opens(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "claims/index.html")
    page.locator("#listing summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#listing-words")).to_be_focused()
    page.keyboard.type("o")
    page.keyboard.press("Escape")
    expect(page.locator("#listing-words")).to_have_value("")
    said(page, "All 9")
    page.keyboard.type("bravo")
    for control in ("select[name=verdict]", "select[name=type]", "select[name=sort]"):
        page.keyboard.press("Tab")
        expect(page.locator(f"#listing {control}")).to_be_focused()
    page.keyboard.type("most likely false")
    expect(page.locator("#listing select[name=sort]")).to_have_value("verdict")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show all")).to_be_focused()
    page.locator("#listing-words").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#content").get_by_role("link", name="Bravo moves.")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url((site / "claims/b.html").as_uri())


def test_years_lead_into_a_long_list_of_events_while_it_stands_in_their_order(browser: Browser, site: Path) -> None:
    page = unfolded(opened(browser, site / "events/index.html"))
    jumps = page.get_by_role("navigation", name="Jump to")
    jumps.get_by_role("link", name="2001").click()
    assert page.url.endswith("#under-2001")
    expect(page.get_by_role("link", name="Event 000")).to_be_in_viewport()
    chooser(page, "sort").select_option("title")
    expect(jumps).to_be_hidden()


def test_without_a_script_the_list_is_whole_and_has_no_dead_form(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "claims/index.html", "?verdict=perhaps-true", script=False)
    assert shown(page) == "ABCDEFGHI"
    expect(page.locator("#listing")).to_be_hidden()
    page.get_by_role("link", name="Claims by verdict").click()
    expect(page.get_by_role("heading", name="Perhaps true")).to_be_visible()


@pytest.mark.parametrize("address", ["index.html", "claims/index.html", "terms/index.html"])
def test_no_list_scrolls_sideways_on_a_small_phone(browser: Browser, site: Path, address: str) -> None:
    page = opened(browser, site / address, width=320)
    page.locator("details").evaluate_all("all => all.forEach((part) => (part.open = true))")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def rows(page: Page) -> int:
    return page.locator("[data-listing] li:visible").count()


def test_all_pages_of_a_long_list_are_narrowed_and_sorted_from_any_of_them(browser: Browser, site: Path) -> None:
    with serving(site, {}) as host:
        page = browser.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        page.goto(f"{host}/events/index/2.html")
        said(page, "All 250")
        assert rows(page) == 50
        unfolded(page)
        page.locator("#listing-words").fill("event 021")
        said(page, "1 of 250")
        expect(page.locator(".paging")).to_be_hidden()
        assert page.get_by_role("link", name="Event 021").get_attribute("href") == f"{host}/events/e21.html"
        page.get_by_role("button", name="Show all").press("Enter")
        said(page, "All 250")
        expect(page.locator(".paging")).to_be_visible()
        assert rows(page) == 50
        page.goto(f"{host}/events/?sort=date")
        expect(page.locator(".paging")).to_be_hidden()
        assert rows(page) == 250
        page.close()


def test_from_disk_a_page_of_a_long_list_says_that_it_narrows_its_own_rows(browser: Browser, site: Path) -> None:
    page = unfolded(opened(browser, site / "events/index.html"))
    page.locator("#listing-words").fill("event 239")
    said(page, "0 on this page. The other pages can’t be loaded here.")
    page.locator("#listing-words").fill("event 021")
    said(page, "1 on this page. The other pages can’t be loaded here.")
