"""Search in a real browser, from disk: by keyboard alone, with slips, with filters in the address, without a script."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from making import CLAIM, EVIDENCE, SOURCE, ledger_of, site_of
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.needs("chromium")

RATED = "assessments: [{{rating: {}, by: ann, date: 2001, why: W.}}]\n"
TEXTS = {
    "sources/s.yml": SOURCE,
    "sources/chinchilla.yml": SOURCE.replace("title: Maps", "title: Training compute-optimal Chinchilla models"),
    "claims/ice.yml": CLAIM.replace("It moves", "The glacier moves every summer") + EVIDENCE + RATED.format("high"),
    "claims/rock.yml": CLAIM.replace("It moves", "The rock stays where it is") + EVIDENCE + RATED.format("low"),
    "claims/side.yml": CLAIM.replace("It moves", "The valley is old") + "scope: as old as the glacier\n" + EVIDENCE,
    "controversies/c.yml": "title: Does ice move?\nquestion: Does it?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\n",
    "claims/moved.yml": CLAIM.replace("It moves", "Something drifted")
    + EVIDENCE
    + "bears_on: [{position: c-a, relation: supports}]\n",
    "terms/trap.yml": "term: <img src=x onerror=alert(1)>\ndefinition: <b>bold</b> words.\n",
    "terms/cjk.yml": "term: 測試中文標題規模定律\ndefinition: found by 中文, 規模 and 定律 in the search page\n",
    "terms/munch.yml": "term: Schölkopf number\ndefinition: A made-up number.\n",
    **{f"terms/t{at}.yml": f"term: Pebble {at:02}\ndefinition: One of many.\n" for at in range(60)},
}
EVERYWHERE = ("keys.js", "previews.js", "copy.js")
"""The scripts of every page."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("search")
    for path, data in site_of(ledger_of(TEXTS)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def opened(browser: Browser, address: str, *, script: bool = True, width: int = 1000) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script, offline=True)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(address)
    return page


def asking(browser: Browser, site: Path, words: str) -> Page:
    page = opened(browser, (site / "search.html").as_uri())
    page.keyboard.type(words)
    return page


def unfold_filters(page: Page) -> None:
    page.get_by_text("Filters and queries", exact=True).click()


def test_a_reader_finds_a_claim_by_the_keyboard_alone(browser: Browser, site: Path) -> None:
    page = opened(browser, (site / "terms/t0.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("glacier")
    page.keyboard.press("Enter")
    expect(page).to_have_url((site / "search.html").as_uri() + "?q=glacier")
    expect(page.locator("#search-status")).to_have_text("2 results")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search-results a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url((site / "claims/ice.html").as_uri())


@pytest.mark.parametrize("keys", ["Control+k", "Meta+k"])
def test_ctrl_k_goes_to_the_search_field_of_every_page(browser: Browser, site: Path, keys: str) -> None:
    page = opened(browser, (site / "claims/ice.html").as_uri())
    page.keyboard.press(keys)
    expect(page.locator(".site-search input")).to_be_focused()
    page.goto((site / "search.html").as_uri())
    page.locator("#search-more").evaluate("() => document.activeElement.blur()")
    page.keyboard.press(keys)
    expect(page.locator("#search-words")).to_be_focused()


def test_in_the_field_a_slash_is_a_slash(browser: Browser, site: Path) -> None:
    page = asking(browser, site, "a/b")
    expect(page.locator("#search-words")).to_have_value("a/b")


def test_the_single_key_can_be_switched_off(browser: Browser, site: Path) -> None:
    page = opened(browser, (site / "search.html").as_uri())
    unfold_filters(page)
    page.get_by_label("Press / on any page").uncheck()
    page.goto((site / "claims/ice.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.press("Tab")
    expect(page).to_have_url((site / "claims/ice.html").as_uri())
    page.keyboard.press("Control+k")
    expect(page.locator(".site-search input")).to_be_focused()


def test_enter_goes_to_the_results_and_escape_back_then_empties_the_field(browser: Browser, site: Path) -> None:
    page = asking(browser, site, "glacier")
    expect(page.locator("#search-results a")).to_have_count(2)
    page.keyboard.press("Enter")
    expect(page.locator("#search-results a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search-words")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search-words")).to_have_value("")
    expect(page.locator("#search-results a")).to_have_count(0)
    assert "q=" not in page.url


@pytest.mark.parametrize("words", ["chinc", "chinchila", "cihnchilla", "CHINCHILLA optimal", "comput chinchilla"])
def test_the_beginning_of_a_word_and_a_slip_are_enough(browser: Browser, site: Path, words: str) -> None:
    page = asking(browser, site, words)
    expect(page.locator("#search-results a").first).to_have_text("Training compute-optimal Chinchilla models")


def test_accents_do_not_matter(browser: Browser, site: Path) -> None:
    page = asking(browser, site, "scholkopf")
    expect(page.locator("#search-results a")).to_have_text(["Schölkopf number"])


def test_a_word_in_the_title_comes_before_the_same_word_elsewhere(browser: Browser, site: Path) -> None:
    page = asking(browser, site, "glacier")
    expect(page.locator("#search-results a")).to_have_text(["The glacier moves every summer.", "The valley is old."])


def test_words_that_no_record_holds_together_find_what_comes_closest(browser: Browser, site: Path) -> None:
    page = asking(browser, site, "glacier rock")
    expect(page.locator("#search-status")).to_have_text("Closest matches")
    expect(page.locator("#search-results a")).to_have_count(3)


def test_a_question_finds_the_page_that_answers_it(browser: Browser, site: Path) -> None:
    page = asking(browser, site, "who says that ice moves?")
    first = page.locator("#search-results a").first
    expect(first).to_have_text("People: Does ice move?")
    first.click()
    expect(page).to_have_url((site / "controversies/c/people.html").as_uri())


def test_chinese_is_found_and_marked_sign_by_sign(browser: Browser, site: Path) -> None:
    page = asking(browser, site, "規模")
    expect(page.locator("#search-results a")).to_have_text(["測試中文標題規模定律"])
    expect(page.locator("#search-results mark")).to_have_text(["規", "模", "規", "模"])


def test_a_result_says_what_it_is_and_how_it_stands(browser: Browser, site: Path) -> None:
    page = asking(browser, site, "summer")
    expect(page.locator("#search-results .meta")).to_have_text("Claim · empirical, open")
    expect(page.locator("#search-results mark")).to_have_text(["summer"])


def test_a_result_says_which_controversy_it_belongs_to(browser: Browser, site: Path) -> None:
    page = asking(browser, site, "drifted")
    said = page.locator("#search-results li", has_text="Something drifted.").locator(".meta")
    expect(said).to_have_text("Claim · empirical, open · Does ice move?")
    unfold_filters(page)
    page.locator("select[name=controversy]").select_option(label="Does ice move?")
    assert page.url.endswith("?q=drifted&controversy=c")


def test_filters_stand_in_the_address_and_the_back_button_takes_them_back(browser: Browser, site: Path) -> None:
    page = asking(browser, site, "the")
    unfold_filters(page)
    page.get_by_label("Rating").select_option("high")
    expect(page.locator("#search-results a")).to_have_text(["The glacier moves every summer."])
    assert page.url.endswith("search.html?q=the&rating=high")
    page.get_by_label("Rating").select_option("low")
    expect(page.locator("#search-results a")).to_have_text(["The rock stays where it is."])
    page.go_back()
    expect(page.get_by_label("Rating")).to_have_value("high")
    expect(page.locator("#search-results a")).to_have_text(["The glacier moves every summer."])
    page.go_back()
    expect(page.get_by_label("Rating")).to_have_value("")
    expect(page.locator("#search-words")).to_have_value("the")


def test_filters_are_folded_until_one_is_set(browser: Browser, site: Path) -> None:
    expect(asking(browser, site, "moves").get_by_label("Rating")).to_be_hidden()
    filtered = opened(browser, (site / "search.html").as_uri() + "?q=moves&kind=claim")
    expect(filtered.get_by_label("Rating")).to_be_visible()


def test_an_address_with_a_search_shows_it(browser: Browser, site: Path) -> None:
    page = opened(browser, (site / "search.html").as_uri() + "?q=moves&kind=claim&year=1999&tier=nonsense")
    expect(page.locator("#search-results a")).to_have_text(["The glacier moves every summer."])
    expect(page.get_by_label("Year")).to_have_value("1999")
    expect(page.get_by_label("Type of source")).to_have_value("")
    page.get_by_role("button", name="Clear all filters").click()
    assert page.url.endswith("search.html?q=moves")


def test_coming_back_from_a_result_finds_the_search_as_it_was(browser: Browser, site: Path) -> None:
    page = asking(browser, site, "rock")
    page.locator("#search-results a").click()
    expect(page).to_have_url((site / "claims/rock.html").as_uri())
    page.go_back()
    expect(page.locator("#search-words")).to_have_value("rock")
    expect(page.locator("#search-results a")).to_have_text(["The rock stays where it is."])


def test_a_filter_alone_lists_what_fits_and_the_rest_on_demand(browser: Browser, site: Path) -> None:
    page = opened(browser, (site / "search.html").as_uri() + "?kind=term")
    expect(page.locator("#search-status")).to_have_text("63 results")
    expect(page.locator("#search-results a")).to_have_count(50)
    page.get_by_role("button", name="Show more").press("Enter")
    expect(page.locator("#search-results a")).to_have_count(63)
    expect(page.locator("#search-results a").nth(50)).to_be_focused()
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()


def test_what_records_hold_is_shown_as_text(browser: Browser, site: Path) -> None:
    page = asking(browser, site, "onerror")
    expect(page.locator("#search-results a")).to_have_text(["<img src=x onerror=alert(1)>"])
    expect(page.locator("#search-results .text")).to_have_text("<b>bold</b> words.")
    expect(page.locator("#search-results :is(img, b)")).to_have_count(0)


def test_without_a_script_the_lists_hold_everything(browser: Browser, site: Path) -> None:
    page = opened(browser, (site / "search.html").as_uri(), script=False)
    expect(page.locator("form")).to_be_hidden()
    expect(page.locator("noscript p")).to_be_visible()
    page.get_by_role("link", name="Claims", exact=True).last.click()
    page.get_by_role("link", name="Claims by the editors’ rating").click()
    page.get_by_role("link", name="not rated").click()
    assert page.url.endswith("claims/by/rating.html#by-none")
    page.get_by_role("link", name="The valley is old.").click()
    expect(page).to_have_url((site / "claims/side.html").as_uri())


@pytest.mark.parametrize(
    "address", ["search.html?kind=term", "a-z.html", "claims/by/rating.html", "sources/by/year.html"]
)
def test_no_list_scrolls_sideways_on_a_small_phone(browser: Browser, site: Path, address: str) -> None:
    page = opened(browser, f"{site.as_uri()}/{address}", width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_query_is_answered_in_a_table_of_links(browser: Browser, site: Path) -> None:
    query = quote("claims where rating >= low order by rating")
    page = opened(browser, (site / "search.html").as_uri() + f"?q={query}")
    rows = page.locator("#search-answer tbody tr")
    expect(rows).to_have_text(["The rock stays where it is.low", "The glacier moves every summer.high"])
    expect(page.locator("#search-status")).to_have_text("2 results")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("The rock stays"))


def test_counts_mistakes_and_words_each_show_in_their_way(browser: Browser, site: Path) -> None:
    page = asking(browser, site, "claims count by rating")
    expect(page.locator("#search-answer td")).to_have_text(["—", "2", "low", "1", "high", "1"])
    page.get_by_role("searchbox").fill("claims where ratng = low")
    expect(page.locator("#search-status")).to_have_text("ratng is not a field of claims")
    expect(page.locator("#search-answer mark")).to_have_text("ratng")
    expect(page.locator("#search-answer p")).to_have_text("Did you mean rating?")
    page.get_by_role("searchbox").fill("claims about a glacier")
    expect(page.locator("#search-results").get_by_text("The glacier moves every summer")).to_be_visible()
    expect(page.locator("#search-answer > *")).to_have_count(0)


def test_what_is_shown_of_a_query_is_text_and_needs_no_more_than_it_names(browser: Browser, site: Path) -> None:
    page = opened(browser, (site / "claims/ice.html").as_uri())
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url.rpartition("/")[2]))
    page.goto((site / "search.html").as_uri() + "?q=" + quote("terms where term contains img"))
    expect(page.locator("#search-answer tbody a")).to_have_text(["<img src=x onerror=alert(1)>"])
    assert [name for name in loaded if name.endswith(".js") and name not in EVERYWHERE] == [
        "search.js",
        "language.js",
        "asking.js",
        "answering.js",
        "answers.js",
        "terms.js",
    ]
    page.get_by_role("searchbox").fill("terms where <b>term</b> = 1")
    expect(page.locator("#search-answer pre")).to_have_text("terms where <b>term</b> = 1")
