"""The pages that lead across the kinds: tags and the home page; and the texts of previews."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, MEDIUM, SMALL, SOURCE, Reader, data_of, ledger_at, ledger_of, site_of

from ledger import urls
from ledger.exports.search import LENGTH, preview, shortened
from ledger.views.listing import tagged

RATED = (
    "assessments: [{rating: low, by: ann, date: 2020-05-02, why: W.}, {rating: high, by: ann, date: 2021, why: W.}]\n"
)
TERM = "term: Loss\ndefinition: How wrong it is.\n"


def site_text(files: dict[str, str], page: str) -> str:
    return " ".join(Reader(site_of(ledger_of(files))[page].decode()).text.split())


# Tags


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ("data", "tags/data.html"),
        ("scaling laws", "tags/scaling_laws.html"),
        ("test-time compute", "tags/test-time_compute.html"),
        ("test time-compute", "tags/test_time-compute.html"),
    ],
)
def test_plain_tags_have_readable_addresses(tag: str, address: str):
    assert urls.tag(tag) == address


@pytest.mark.parametrize("tag", ["GPT-4", "Öl", "a/b", "../x", "con", "index", "日本", "a  b", "a_b", "-", "x" * 200])
def test_other_tags_have_safe_addresses_of_their_own(tag: str):
    assert re.fullmatch(r"tags/[a-z0-9-]*__[0-9a-f]{12}\.html", urls.tag(tag))
    assert len(urls.tag(tag)) < 100


@given(st.sets(st.text("aA -_é1", min_size=1, max_size=6), min_size=2, max_size=40))
def test_no_two_tags_share_a_page_also_where_case_does_not_count(tags: set[str]):
    assert len({urls.tag(tag).casefold() for tag in tags}) == len(tags)


def test_a_tag_leads_to_every_record_that_carries_it_and_back():
    files = {"claims/x.yml": CLAIM + "tags: [Big data, y, y]\n", "terms/t.yml": TERM + "tags: [Big data]\n"}
    site = site_of(ledger_of(files))
    page = urls.tag("Big data")
    assert {"../claims/x.html", "../terms/t.html"} <= set(Reader(site[page].decode()).links)
    for record in ("claims/x.html", "terms/t.html"):
        assert f"../{page}" in Reader(site[record].decode()).links
    assert "../tags/y.html" in Reader(site["claims/x.html"].decode()).links
    assert [(tag, len(records)) for tag, records in tagged(ledger_of(files)).items()] == [("Big data", 2), ("y", 1)]


def test_a_ledger_without_tags_says_so():
    assert "No record has a tag yet." in site_text({}, "tags/index.html")


# The home page


def test_the_home_page_says_where_a_dispute_stands_and_what_its_positions_say():
    files = {
        "controversies/c.yml": "title: C\nquestion: C?\nstatus: active\n"
        "status_note: {text: 'Open, says [@s]. " + "And so on and on, as ever. " * 19 + "', date: 2020}\n",
        "positions/c-a.yml": "controversy: c\nletter: A\nstatement: It is so.\nlabel: So\n",
        "sources/s.yml": SOURCE,
    }
    files["controversies/d.yml"] = files["controversies/c.yml"].replace("C?", "D?")
    shown = site_text(files, "index.html")
    main, other = (found[: found.rindex("as ever.") + 8] for found in re.findall(r"Open, says.*?(?:Actively)", shown))
    assert main.startswith("Open, says Unknown author 1999. And so on")
    assert 300 < len(main) <= 400
    assert 100 < len(other) <= 200
    assert "A So not ratedIt is so." in shown


# Previews


def cards(files: dict[str, str]) -> dict[str, Any]:
    """Every preview by folder and id, as a browser would read the files."""
    found: dict[str, Any] = {}
    for data in data_of(ledger_of(files), "previews/*").values():
        call = re.fullmatch(r'ledgerPreviews\(("\w+"),(.*)\);\n', data.decode())
        assert call
        found.update({f"{json.loads(call[1])}/{id_}": shown for id_, shown in json.loads(call[2]).items()})
    return found


def test_a_preview_says_kind_title_and_text_in_plain_words():
    files = {"claims/x.yml": CLAIM + RATED, "terms/t.yml": TERM.replace("wrong", "<b>wrong</b> [[x]]")}
    assert cards(files) == {
        "claims/x": ["Claim · empirical", "It moves.", "perhaps true: W."],
        "terms/t": ["Term", "Loss", "How <b>wrong</b> It moves it is."],
    }


def test_a_source_is_previewed_with_its_label_tier_and_summary():
    shown = cards({"sources/s.yml": SOURCE + "summary: What it finds.\n"})["sources/s"]
    assert shown == ["Source · reporting", "Maps", "Unknown author 1999. What it finds."]


def test_a_long_text_is_cut_after_a_word():
    assert shortened("word " * 100) == "word " * 54 + "word…"
    assert shortened("x" * 500) == "x" * (LENGTH - 1) + "…"
    assert shortened("x" * LENGTH) == "x" * LENGTH
    assert shortened("GPT " + "模" * 500) == "GPT " + "模" * (LENGTH - 5) + "…"


def test_every_preview_of_the_medium_ledger_is_short_and_in_the_file_of_its_first_letter():
    ledger = ledger_at(MEDIUM)
    files = {path: data.decode() for path, data in data_of(ledger, "previews/*").items()}
    for kind in ("position", "claim", "source", "proponent", "term"):
        for record in ledger.of_kind(kind):
            assert all(len(part) <= LENGTH for part in preview(ledger, record))
            assert f'"{record.id}":' in files[f"previews/{record.kind.folder}-{record.id[0]}.js"]
    assert max(len(text) for text in files.values()) < 20_000


def test_pages_without_data_beside_them_do_not_link_to_any():
    site = site_of(ledger_at(SMALL))
    linked = {
        path: re.findall(r'type="application/json" href="([^"]+)"', data.decode())
        for path, data in site.items()
        if path.endswith(".html")
    }
    assert linked["statistics.html"] == linked["tags/index.html"] == []
    assert linked["claims/clock-lags.html"] == ["clock-lags.json"]


# The home page


def test_home_shows_the_main_controversy_and_the_few_others_that_were_worked_on_last():
    others = {
        f"controversies/o{at}.yml": f"title: Dispute {at}\nquestion: Is it?\nstatus: active\nadded: 200{at}-01-01\n"
        for at in range(7)
    }
    page = site_of(ledger_of(others))["index.html"].decode()
    shown = re.findall(r"<h3><a [^>]*>(Dispute \d)</a>", page)
    assert shown == ["Dispute 6", "Dispute 5", "Dispute 4", "Dispute 3"]
    assert "All 7 controversies" in page
