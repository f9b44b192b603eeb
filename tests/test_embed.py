"""Cards for other sites: what they say, that they need nothing else, and that none is larger than 30 KB."""

import json
import re
from collections.abc import Iterator, Mapping

import pytest
from making import ROOT, SITE, SMALL, SOURCE, TEMPLATES, ledger_of

from ledger import files, render
from ledger.exports.feeds import addresses, sitemap
from ledger.graph import Ledger
from ledger.pages import Page, site_map
from ledger.urls import is_apart

LARGEST = 30_000
BASE = "https://elm.example.org/ledger/"
ON = re.sub("exports:.*\n", "exports: [embed]\n", SITE)


def pages(ledger: Ledger, pattern: str, base_url: str = BASE) -> Iterator[tuple[Page, str]]:
    with ledger.reading():
        for place in site_map(ledger, base_url=base_url):
            if re.fullmatch(pattern, place.url):
                page = place.make()
                yield page, render.render_page(page, TEMPLATES).data.decode()


def cards(ledger: Ledger, base_url: str = BASE) -> dict[str, str]:
    return {page.url: text for page, text in pages(ledger, "embed/.*", base_url)}


def small() -> Mapping[str, str]:
    reading = files.read(SMALL)
    kept = {one.path: one.text for one in reading.kept}
    return {one.path: one.text for one in reading.files} | kept


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return small_with_cards()


def small_with_cards() -> Ledger:
    texts = small()
    site = re.sub("base_url:.*\n", "", re.sub("exports:.*", "exports: [embed]", texts["site.yml"]))
    return ledger_of({**texts, "site.yml": site})


def hostile() -> Ledger:
    """Everything as long as it may be, in signs of which each takes several bytes in HTML."""
    said, ids, items = "<&> " * 450, [f"k{at}" for at in range(25)], range(90)
    item = {"source": "s", "shows": said, "consulted": "memory"}
    figure = {"measure": said[:180], "unit": "<u>"}
    evidence = [
        {**item, "id": f"e{at}", "relation": ("supports", "disputes")[at % 2], "quantity": {**figure, "value": at + 1}}
        for at in items
    ]
    claim = {"statement": said, "type": "empirical", "question": f"{said[:290]}?"}
    position = {"controversy": "q", "statement": said, "rests_on": ids}
    records: dict[str, dict] = {
        "controversies/q": {"title": "T", "question": "Is it?", "status": "active", "board": ids},
        "charts/g": {"title": said[:290], "form": "bars", "items": [f"k0/e{at}" for at in items]},
        **{f"claims/{id_}": claim | ({"evidence": evidence} if id_ == "k0" else {}) for id_ in ids},
        **{f"positions/q-{one.lower()}": {**position, "letter": one} for one in "ABCDEFGHIJKL"},
    }
    texts = {f"{path}.yml": json.dumps(record) for path, record in records.items()}
    return ledger_of({**texts, "site.yml": ON, "sources/s.yml": SOURCE})


def test_what_cards_say(ledger: Ledger):
    made = cards(ledger)
    shown = {card.id for kind in ("claim", "chart", "controversy") for card in ledger.cards(kind)}
    assert {one.rpartition("/")[2].removesuffix(".html") for one in made} == shown
    claim = made["embed/claims/clock-lags.html"]
    for words in ('<html lang="en-GB"', "For</h2>", "Against</h2>", "As of ", "(Version ", 'class="axis"'):
        assert words in claim
    assert f'href="{BASE}claims/clock-lags.html"' in claim
    assert "<svg" in made["embed/charts/noon-lag.html"]
    assert 'class="rows"' in made["embed/controversies/harbour-clock.html"]
    assert 'href="../../claims/clock-lags.html"' in cards(ledger, "")["embed/claims/clock-lags.html"]


@pytest.mark.parametrize("which", ["small", "hostile"])
def test_cards_are_small_and_need_nothing_else(ledger: Ledger, which: str):
    for address, text in cards(ledger if which == "small" else hostile()).items():
        assert len(text.encode()) < LARGEST, address
        assert not re.search(r"<(script|link|img|iframe|object|embed|form)\b|@import|url\(|\ssrcset?=|\son\w+=", text)
        assert re.search(r'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; ', text)
        assert 'content="noindex"' in text


def test_the_page_has_the_line_to_copy_only_where_it_works(ledger: Ledger):
    texts = small()
    off = ledger_of(dict(texts))
    for address in ("claims/clock-lags.html", "charts/noon-lag.html", "controversies/harbour-clock.html"):
        [(_, page)] = pages(ledger, re.escape(address))
        assert f"&lt;iframe src=&#34;{BASE}embed/{address}&#34; title=&#34;" in page
        assert "iframe" not in next(pages(off, re.escape(address)))[1]
    assert not cards(off)


def test_search_engines_are_not_led_to_cards(ledger: Ledger):
    urls = [place.url for place in site_map(ledger, base_url=BASE)]
    assert not is_apart("claims/at/2.html")
    with ledger.reading():
        assert addresses(ledger, urls)
        assert not any(b"/embed/" in file.data for file in sitemap(ledger, BASE, urls))


def test_the_documented_policy_lets_other_sites_show_cards_and_no_more(ledger: Ledger):
    text = next(iter(cards(ledger).values()))
    policy = re.search(r'Security-Policy" content="([^"]*)"', text)
    documented = re.findall(r"Content-Security-Policy:? \"?([^\"\n]+)", (ROOT / "docs/exports.md").read_text("utf-8"))
    assert policy
    assert documented
    assert set(documented) == {f"{policy[1]}; frame-ancestors *"}
