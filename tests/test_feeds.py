"""The feeds, as feed readers see them."""

import json
import re
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, EVIDENCE, FLAGSHIP, SITE, SMALL, SOURCE, data_of, ledger_at, ledger_of, site_of

from ledger import urls
from ledger.analysis.ratings import ShortRating
from ledger.editing.kept_wordings import Kept, as_wording
from ledger.exports.escaping import element, xml_bytes
from ledger.exports.feeds import ITEMS
from ledger.graph import Ledger
from ledger.wordings import Past, Then

BASE = "https://example.org/ledger/"
ATOM = "{http://www.w3.org/2005/Atom}"
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


def test_a_change_is_an_item():
    (entry,) = atom(ledger_of({"claims/x.yml": DATED})).entries
    assert entry.id == "tag:example.org,2026-01-05:/ledger/claims/x.html#2026-01-05-added"
    assert entry.link == "https://example.org/ledger/claims/x.html"
    assert (entry.title, entry.summary) == ("New claim: “It moves”", "New claim: “It moves”.")
    assert entry.published == entry.updated == "2026-01-05T00:00:00Z"


def test_an_item_says_why_a_rating_changed():
    ratings = (
        "assessments:\n- {rating: high, by: ann, date: 2021, why: Many.}\n"
        "- {rating: low, by: ann, date: 2022, why: 'One [@s].'}\n"
    )
    entry = atom(ledger_of({"sources/s.yml": SOURCE, "claims/x.yml": CLAIM + ratings})).entries[0]
    assert entry.title == "The editors rated “It moves” down from “perhaps true” to “perhaps false”"
    assert entry.summary == entry.title + ": One Unknown author 1999."
    assert entry.id.endswith(":/ledger/claims/x.html#2022-rerated")


def test_an_event_is_an_item_of_its_own_date_with_what_it_moved():
    files = {
        "sources/s.yml": SOURCE,
        "claims/x.yml": CLAIM + EVIDENCE,
        "events/e.yml": "title: A map\ndate: 1999-03\nsummary: 'It shows [@s].'\nsources: [s]\nevidence_for: [x/e1]\n"
        "added: 2026-01-05\nupdated: 2026-02-01\n",
    }
    (entry,) = atom(ledger_of(files), "news/world.atom").entries
    assert entry.id == "tag:example.org,2026-01-05:/ledger/events/e.html"
    assert (entry.link, entry.title) == ("https://example.org/ledger/events/e.html", "March 1999: A map")
    assert entry.summary.startswith("It shows Unknown author 1999. Evidence for “It moves”. ")
    assert (entry.published[:10], entry.updated[:10]) == ("1999-03-01", "2026-02-01")
    (item,) = json_feed(ledger_of(files), "news/world.feed.json")["items"]
    assert (item["date_published"][:10], item["date_modified"][:10]) == ("1999-03-01", "2026-02-01")


def test_an_event_keeps_its_id_when_its_date_is_corrected():
    event = "title: A map\ndate: {}\nsources: [s]\nadded: 2026-01-05\n"
    files = {"sources/s.yml": SOURCE}
    ids = {
        atom(ledger_of({**files, "events/e.yml": event.format(day)}), "news/world.atom").entries[0].id
        for day in ("1999-03", "2001-04-05")
    }
    assert len(ids) == 1


def test_there_is_a_feed_of_the_world_one_of_the_ledger_and_one_of_both():
    event = "title: A map\ndate: 1999-03\nsources: [s]\n"
    ledger = ledger_of({"sources/s.yml": SOURCE, "events/e.yml": event, "claims/x.yml": DATED})
    world, here, both = (
        [entry.link.rpartition("/")[2] for entry in atom(ledger, address).entries]
        for address in ("news/world.atom", "news/ledger.atom", "feed.atom")
    )
    assert (world, here, both) == (["e.html"], ["x.html"], ["x.html", "e.html"])


def test_both_formats_hold_the_same_items_newest_first():
    days = {"a": "2026-01-05", "b": "2026-03", "c": "2025~"}
    ledger = ledger_of({f"claims/{id_}.yml": CLAIM + f"added: {day}\n" for id_, day in days.items()})
    for address, other in (*urls.NEWS_FEEDS, ("feed.atom", "feed.json")):
        entries, items = atom(ledger, address).entries, json_feed(ledger, other)["items"]
        assert [(entry.id, entry.link, entry.title) for entry in entries] == [
            (item["id"], item["url"], item["title"]) for item in items
        ]
    assert [entry.updated[:10] for entry in atom(ledger).entries] == ["2026-03-01", "2026-01-05", "2025-01-01"]


def test_a_later_change_is_an_item_of_its_own_and_the_first_keeps_its_id():
    before = atom(ledger_of({"claims/x.yml": DATED})).entries
    after = atom(ledger_of({"claims/x.yml": DATED + "updated: 2026-02-01\n"})).entries
    assert [entry.title for entry in after] == ["“It moves” was updated", "New claim: “It moves”"]
    assert after[1].id == before[0].id


def test_many_changes_of_one_sort_are_one_item_that_leads_to_the_page_of_what_is_new():
    files = {f"claims/x{n}.yml": DATED for n in range(9)}
    (entry,) = atom(ledger_of(files)).entries
    assert entry.title == entry.summary == "9 claims were added."
    assert entry.link == "https://example.org/ledger/whats-new.html#day-2026-01-05-added-claim"
    place = entry.link.partition("#")[2]
    assert f'id="{place}"' in site_of(ledger_of(files), BASE)["whats-new.html"].decode()


def test_a_feed_holds_the_newest_items_only():
    days = [f"{2020 + at // 12}-{at % 12 + 1:02}-01" for at in range(ITEMS + 3)]
    ledger = ledger_of({f"claims/x{at}.yml": CLAIM + f"added: {day}\n" for at, day in enumerate(days)})
    assert [entry.updated[:10] for entry in atom(ledger).entries] == sorted(days, reverse=True)[:ITEMS]


def test_a_feed_was_updated_when_its_newest_item_was():
    assert atom(ledger_of({"claims/x.yml": DATED})).feed.updated == "2026-01-05T00:00:00Z"


def test_a_ledger_without_dates_has_empty_feeds():
    ledger = ledger_of({"sources/s.yml": SOURCE})
    assert atom(ledger).entries == json_feed(ledger)["items"] == []


def test_a_controversys_feed_tells_of_it_its_positions_their_claims_and_events_and_challenges_around_them():
    ledger = ledger_at(SMALL)
    own = atom(ledger, "controversies/harbour-clock.atom").entries
    kinds = {entry.link.split("/")[-2] for entry in own}
    assert kinds == {"controversies", "positions", "claims", "events", "challenges"}
    (event,) = (entry for entry in own if "/events/" in entry.link)
    assert event.id in {entry.id for entry in atom(ledger, "news/world.atom").entries}


@pytest.mark.parametrize("address", ["feed.json", "news/world.feed.json", "controversies/harbour-clock.feed.json"])
def test_a_json_feed_has_what_its_version_asks_for(address: str):
    feed = json_feed(ledger_at(SMALL), address)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == BASE + address
    assert {"title", "home_page_url", "items"} <= set(feed)
    assert all({"id", "url", "title", "content_text", "date_published"} <= set(item) for item in feed["items"])


@pytest.mark.parametrize("content", [SMALL, FLAGSHIP])
def test_ids_are_unique(content: Path):
    ids = [entry.id for entry in atom(ledger_at(content)).entries]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("content", [SMALL, FLAGSHIP])
def test_an_atom_feed_has_what_its_format_asks_for(content: Path):
    for name, data in feeds_of(ledger_at(content)).items():
        if not name.endswith(".atom"):
            continue
        root = ET.fromstring(data)
        assert root.find(f"{ATOM}link[@rel='self']").attrib["href"] == BASE + name  # type: ignore[union-attr]
        assert all(root.findtext(ATOM + tag) for tag in ("id", "title", "updated"))
        for entry in root.findall(ATOM + "entry"):
            assert all(entry.findtext(ATOM + tag) for tag in ("id", "title", "published", "updated", "summary"))
            assert "\n" not in (entry.findtext(ATOM + "title") or "")
            assert re.fullmatch(r"tag:example\.org,\d{4}-\d\d-\d\d:/ledger/[!-~]+", entry.findtext(ATOM + "id") or "")


def test_marks_in_a_text_stay_text():
    text = DATED.replace("It moves.", "'<b> & ]]> \"quoted\".'")
    (entry,) = feedparser.parse(feeds_of(ledger_of({"claims/x.yml": text}))["feed.atom"], sanitize_html=False).entries
    assert entry.title == 'New claim: “<b> & ]]> "quoted"”'


@given(st.text(st.characters(codec="utf-8")))
def test_whatever_the_text_the_xml_can_be_read(text: str):
    read = ET.fromstring(xml_bytes(element("a", text, title=text)))
    kept = "".join(char for char in text if char in "\t\n" or (char >= " " and char not in "\ufffe\uffff"))
    assert (read.text or "").replace("\n", "") == kept.replace("\n", "")
    assert len(read.attrib["title"]) == len(kept) + text.count("\r")


# What is believed

SEEN = "consulted: full-text, directness: direct, basis: empirical"
LOOKED = "{{date: 2001, by: ann, for: more, side: {}, where: [web], query: q, found: 0}}"
BELIEFS = {
    "controversies/c.yml": "title: The tide\nquestion: Does it rise?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nlabel: It rises\nstatement: It does.\nrests_on: [x, y]\n",
    "sources/s.yml": SOURCE.replace("reporting", "peer-reviewed").replace(
        "from: unknown", "from: []\nfirst_hand: true"
    ),
    "claims/y.yml": CLAIM.replace("It moves", "It stays") + "added: 2000\nupdated: 2003-03-01\n",
    "claims/x.yml": f"{CLAIM}added: 2001\nevidence:\n"
    f"- {{id: e1, source: s, relation: supports, shows: A., {SEEN}, recorded: 2001}}\n"
    f"- {{id: e2, source: s, relation: disputes, shows: B., {SEEN}, recorded: 2003-02-01}}\n"
    f"searches: [{LOOKED.format('for')}, {LOOKED.format('against')}]\n",
    "proponents/p.yml": "name: Ann Lee\ntype: person\nstances:\n"
    "- {id: one, position: c-a, stance: holds, attested: [{date: 1999, source: s}]}\n"
    "- {id: two, position: c-a, stance: left, attested: [{date: 2002, source: s, shows: Saw it fall.}]}\n",
}


def test_a_feed_of_a_controversy_tells_each_change_of_belief_from_what_to_what():
    ledger = ledger_of(BELIEFS)
    read = atom(ledger, "controversies/c.beliefs.atom")
    told = {entry.title: entry.summary for entry in read.entries}
    assert told["Ann Lee has left position A, “It rises”"].endswith("Before, they held it. Saw it fall.")
    [verdict] = [title for title in told if "verdict on “It moves”" in title]
    assert verdict == "The verdict on “It moves” changed from “perhaps true” to “open”"
    assert "was recorded" in told[verdict]
    assert len({entry.id for entry in read.entries}) == len(read.entries)
    assert [item["title"] for item in json_feed(ledger, "controversies/c.beliefs.feed.json")["items"]] == [*told]


def test_every_list_of_claims_has_a_feed_of_what_changed_in_it_and_its_page_names_the_feed():
    tagged = BELIEFS | {
        "claims/x.yml": f"tags: [sea]\n{BELIEFS['claims/x.yml']}",
        "site.yml": f"base_url: {BASE}\n{SITE}",
    }
    tagged |= {"terms/t.yml": "term: Ebb\ndefinition: It falls.\ntags: [low]\n"}
    ledger = ledger_of(tagged)
    site, moved = site_of(ledger), "The verdict on “It moves” changed from “perhaps true” to “open”"
    left = "Ann Lee has left position A, “It rises”"
    for page, told in {"claims/index": {moved}, "tags/sea": {moved}, "positions/c-a": {moved, left}}.items():
        named = re.findall(rb'href="([^"]*beliefs\.(?:atom|feed\.json))"', site[f"{page}.html"])
        assert set(named) == {f"{page.split('/')[1]}.beliefs{end}".encode() for end in (".atom", ".feed.json")}
        titles = [item["title"] for item in json_feed(ledger, f"{page}.beliefs.feed.json")["items"]]
        assert told <= {*titles}
        assert len(titles) == len({*titles})
    assert "tags/low.html" in site
    assert "tags/low.beliefs.atom" not in feeds_of(ledger)


RULED = (
    "title: Wrong\ntarget: x/e1\ntype: wrong-relation\nsays: No.\nby: Lee\ndate: 2004-01-01\nresolution:\n"
    "  {date: 2004-02-01, outcome: upheld, reason: True., effect: An item only mentions it now., changed: [x]}\n"
)


def edited_on(day: str, files: dict[str, str]) -> list[tuple[str, str]]:
    """What the feed of all claims says of the claim `x`, which said and was rated otherwise until a day."""
    whole = ledger_of(files)
    before = Kept(whole.records["x"], "0" * 10, "2003-01-01", ShortRating("probably-true", None, "for", None))
    said = as_wording([before, before._replace(hash="1" * 10, day=day)], before.hash, "1" * 10)
    past = Past("", "", {"x": (Then(said, astuple(before.verdict)),)})
    items = json_feed(Ledger(replace(whole.index, past=past)), "claims/index.beliefs.feed.json")["items"]
    assert len({item["id"] for item in items}) == len(items)
    return [(item["date_published"][:10], item["content_text"]) for item in items]


def test_a_verdict_that_an_edit_changed_is_told_from_what_the_claim_was_rated_before():
    told = "The verdict on “It moves” changed from “probably true” to “open”"
    dated = edited_on("2003-02-01", BELIEFS)
    assert [text.startswith(told) for _, text in dated] == [False], "a day is told once"
    assert ("2004-02-02", f"{told}.") in edited_on("2004-02-02", BELIEFS)
    challenged = edited_on("2004-02-02", BELIEFS | {"challenges/wrong.yml": RULED})
    assert ("2004-02-02", f"{told}: An item only mentions it now.") in challenged
