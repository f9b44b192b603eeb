"""The feeds, as feed readers see them."""

import json
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, SMALL, SOURCE, data_of, ledger_at, ledger_of

from ledger.exports.escaping import element, xml_bytes
from ledger.exports.feeds import ITEMS
from ledger.graph import Ledger

BASE = "https://example.org/ledger/"
DATED = CLAIM + "added: 2026-01-05\n"


def feeds_of(ledger: Ledger) -> dict[str, bytes]:
    """Every feed by its address."""
    return data_of(ledger, "feed.*", "*.atom", "*.feed.json", base_url=BASE)


def atom(ledger: Ledger, address: str = "feed.atom") -> Any:
    """A feed as feedparser reads it."""
    read = feedparser.parse(feeds_of(ledger)[address])
    assert not read.bozo, read.get("bozo_exception")
    return read


def json_feed(ledger: Ledger, address: str = "feed.json") -> Any:
    return json.loads(feeds_of(ledger)[address])


def test_an_added_record_is_an_item():
    (entry,) = atom(ledger_of({"claims/x.yml": DATED})).entries
    assert entry.id == "tag:example.org,2026-01-05:/ledger/claims/x.html#2026-01-05"
    assert entry.link == "https://example.org/ledger/claims/x.html"
    assert (entry.title, entry.summary) == ("Claim: It moves.", "5 January 2026: added. It moves.")
    assert entry.updated == "2026-01-05T00:00:00Z"


def test_both_feeds_hold_the_same_items_newest_first():
    days = {"a": "2026-01-05", "b": "2026-03", "c": "2025~"}
    ledger = ledger_of({f"claims/{id_}.yml": CLAIM + f"added: {day}\n" for id_, day in days.items()})
    entries, items = atom(ledger).entries, json_feed(ledger)["items"]
    assert [entry.updated[:10] for entry in entries] == ["2026-03-01", "2026-01-05", "2025-01-01"]
    assert [(entry.id, entry.link, entry.title) for entry in entries] == [
        (item["id"], item["url"], item["title"]) for item in items
    ]


def test_a_later_change_is_an_item_of_its_own_and_the_first_keeps_its_id():
    before = atom(ledger_of({"claims/x.yml": DATED})).entries
    after = atom(ledger_of({"claims/x.yml": DATED + "updated: 2026-02-01\n"})).entries
    assert [entry.summary[:23] for entry in after] == ["1 February 2026: update", "5 January 2026: added. "]
    assert after[1].id == before[0].id


def test_a_feed_holds_the_newest_items_only():
    days = [f"{2020 + at // 12}-{at % 12 + 1:02}-01" for at in range(ITEMS + 3)]
    ledger = ledger_of({f"claims/x{at}.yml": CLAIM + f"added: {day}\n" for at, day in enumerate(days)})
    assert [entry.updated[:10] for entry in atom(ledger).entries] == sorted(days, reverse=True)[:ITEMS]


def test_a_feed_was_updated_when_its_newest_item_was():
    assert atom(ledger_of({"claims/x.yml": DATED})).feed.updated == "2026-01-05T00:00:00Z"


def test_a_ledger_without_dates_has_empty_feeds():
    ledger = ledger_of({"sources/s.yml": SOURCE})
    assert atom(ledger).entries == json_feed(ledger)["items"] == []


def test_a_controversys_feed_tells_of_it_its_positions_and_their_claims():
    ledger = ledger_at(SMALL)
    whole, own = atom(ledger).entries, atom(ledger, "controversies/harbour-clock.atom").entries
    kinds = {entry.link.split("/")[-2] for entry in own}
    assert kinds == {"controversies", "positions", "claims"}
    assert {entry.id for entry in own} < {entry.id for entry in whole}


@pytest.mark.parametrize("address", ["feed.json", "controversies/harbour-clock.feed.json"])
def test_a_json_feed_has_what_its_version_asks_for(address: str):
    feed = json_feed(ledger_at(SMALL), address)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == BASE + address
    assert {"title", "home_page_url", "items"} <= set(feed)
    assert all({"id", "url", "title", "content_text", "date_published"} <= set(item) for item in feed["items"])


def test_ids_are_unique():
    ids = [entry.id for entry in atom(ledger_at(SMALL)).entries]
    assert len(set(ids)) == len(ids)


def test_marks_in_a_text_stay_text():
    text = DATED.replace("It moves.", "'<b> & ]]> \"quoted\".'")
    (entry,) = feedparser.parse(feeds_of(ledger_of({"claims/x.yml": text}))["feed.atom"], sanitize_html=False).entries
    assert entry.title == 'Claim: <b> & ]]> "quoted".'


@given(st.text(st.characters(codec="utf-8")))
def test_whatever_the_text_the_xml_can_be_read(text: str):
    read = ET.fromstring(xml_bytes(element("a", text, title=text)))
    kept = "".join(char for char in text if char in "\t\n" or (char >= " " and char not in "\ufffe\uffff"))
    assert (read.text or "").replace("\n", "") == kept.replace("\n", "")
    assert len(read.attrib["title"]) == len(kept) + text.count("\r")
