"""The pages that lead across the kinds: tags, what is new; and the texts of previews."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, EVIDENCE, MEDIUM, SMALL, SOURCE, Reader, data_of, ledger_at, ledger_of, seen_from, site_of

from ledger import urls
from ledger.changes import all_changes
from ledger.exports.search import LENGTH, preview, shortened
from ledger.views import news
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


# What is new


def changes(files: dict[str, str]) -> list[tuple[str, str, tuple[str, ...], str]]:
    return [(c.day.text, c.record.id, c.acts, c.rating) for c in all_changes(ledger_of(files))]


def test_what_happened_to_a_record_on_a_day_is_one_change():
    files = {"claims/x.yml": CLAIM + RATED + "added: 2020-05-02\nupdated: 2022\n"}
    assert changes(files) == [
        ("2022", "x", ("updated",), ""),
        ("2021", "x", ("rated",), "high"),
        ("2020-05-02", "x", ("added", "rated"), "low"),
    ]


def test_new_evidence_and_withdrawal_are_changes():
    dated = EVIDENCE.replace("}", ", recorded: 2021-02-03}", 1)
    gone = "added: 2021-01-01\nwithdrawn: {date: 2021-03-01, why: Wrong.}\n"
    acts = [(day, acts) for day, _, acts, _ in changes({"sources/s.yml": SOURCE, "claims/x.yml": CLAIM + dated + gone})]
    assert acts == [("2021-03-01", ("withdrawn",)), ("2021-02-03", ("evidence",)), ("2021-01-01", ("added",))]


def test_days_go_from_new_to_old_and_kinds_keep_their_order():
    files = {
        "terms/t.yml": TERM + "added: 2021-01-01\n",
        "claims/x.yml": CLAIM + "added: 2021-01-01\n",
        "claims/y.yml": CLAIM + "added: 2021-01-02\n",
    }
    assert [id_ for _, id_, _, _ in changes(files)] == ["y", "x", "t"]


def test_a_full_day_names_some_records_and_counts_the_rest():
    files = {f"terms/t{n}.yml": TERM + "added: 2021-01-01\n" for n in range(news.IN_A_DAY + 3)}
    shown = site_text(files, "whats-new.html")
    assert shown.count("Loss") == news.IN_A_DAY
    assert "And 3 more that day: see all terms." in shown


def test_old_days_are_left_out_and_counted():
    files = {f"terms/t{year}.yml": TERM + f"added: {year}\n" for year in range(1900, 1900 + news.DAYS + 2)}
    view = news.view_news(seen_from(ledger_of(files), urls.WHATS_NEW))
    assert [day.day for day in view.days] == [str(year) for year in range(1899 + news.DAYS + 2, 1901, -1)]
    assert view.left_out == 2


def test_records_without_a_date_are_counted():
    assert "Records that say nothing of when they were added or changed: 1." in site_text(
        {"terms/t.yml": TERM}, "whats-new.html"
    )


def test_the_home_page_names_the_latest_changes():
    files = {f"terms/t{n}.yml": TERM.replace("Loss", f"Loss {n}") + f"added: 202{n}\n" for n in range(9)}
    shown = site_text(files, "index.html")
    latest = shown[shown.index("Latest changes") : shown.index("Everything that is new")]
    assert re.findall(r"Loss (\d)", latest) == ["8", "7", "6"]


def test_a_day_with_many_changes_of_a_kind_only_counts_them_on_the_home_page():
    files = {f"terms/t{n}.yml": TERM.replace("Loss", f"Loss {n}") + "added: 2020-01-02\n" for n in range(5)}
    shown = site_text({**files, "sources/s.yml": SOURCE + "added: 2020-01-02\n"}, "index.html")
    assert "2 January 2020 SourcesMaps · added Terms5 records Everything that is new" in shown


def test_a_controversy_says_what_changed_last_around_it():
    files = {
        "controversies/c.yml": "title: C\nquestion: C?\nstatus: active\nadded: 2020-01-01\n",
        "positions/c-a.yml": "controversy: c\nletter: A\nstatement: S.\nrests_on: [x]\nadded: 2020-01-02\n",
        "claims/x.yml": CLAIM + "added: 2020-01-03\n",
        "claims/y.yml": CLAIM + "added: 2020-01-03\nbears_on: [{position: c-a, relation: disputes}]\n",
        "claims/elsewhere.yml": CLAIM + "added: 2021-01-01\n",
    }
    shown = site_text(files, "controversies/c.html")
    assert "Last change, 3 January 2020: It moves. · Claim, added, and 1 more here on that day." in shown


@pytest.mark.parametrize(("day", "said"), [("2020-01-02", "on 2 January 2020"), ("2020", "in 2020")])
def test_a_controversy_of_the_same_day_as_everything_around_it_says_that_nothing_has_changed(day: str, said: str):
    files = {
        "controversies/c.yml": f"title: C\nquestion: C?\nstatus: active\nadded: {day}\n",
        "positions/c-a.yml": f"controversy: c\nletter: A\nstatement: Say A.\nadded: {day}\n",
    }
    shown = site_text(files, "controversies/c.html")
    assert f"Opened in this ledger {said}; nothing has changed since." in shown
    assert "Last change" not in shown


def test_of_one_day_a_rating_is_named_before_what_was_only_added():
    files = {
        "controversies/c.yml": "title: C\nquestion: C?\nstatus: active\nadded: 2020\n",
        "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Say A.\nrests_on: [x, y]\nadded: 2020\n",
        "claims/x.yml": CLAIM + "added: 2021-01-02\n",
        "claims/y.yml": CLAIM.replace("It moves", "It rests")
        + "added: 2020\nassessments: [{rating: low, by: ann, date: 2021-01-02, why: One group only.}]\n",
    }
    shown = site_text(files, "controversies/c.html")
    assert "Last change, 2 January 2021: It rests. · Claim, rated: leans wrong, and 1 more here on that day." in shown
    assert "Ann: One group only." in shown


def test_the_home_page_says_where_a_dispute_stands_and_what_its_positions_say():
    files = {
        "controversies/c.yml": "title: C\nquestion: C?\nstatus: active\n"
        "status_note: {text: 'Open, says [@s]. " + "And so on and on, as ever. " * 19 + "', date: 2020}\n",
        "positions/c-a.yml": "controversy: c\nletter: A\nstatement: It is so.\nlabel: So\n",
        "sources/s.yml": SOURCE,
    }
    files["controversies/d.yml"] = files["controversies/c.yml"].replace("C?", "D?")
    shown = site_text(files, "index.html")
    for start, end, least, most in (("C? ", " Status:", 300, 400), ("Where it stands: ", "What is new", 100, 200)):
        stands = shown.partition(start)[2].partition(end)[0].rstrip()
        assert stands.startswith("Open, says Unknown author 1999. And so on")
        assert "as ever." in stands
        assert least < len(stands[: stands.rindex("as ever.") + 8]) <= most
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
        "claims/x": ["Claim · empirical", "It moves.", "leans right: W."],
        "terms/t": ["Term", "Loss", "How <b>wrong</b> It moves. it is."],
    }


def test_a_source_is_previewed_with_its_label_tier_and_summary():
    shown = cards({"sources/s.yml": SOURCE + "summary: What it finds.\n"})["sources/s"]
    assert shown == ["Source · reporting", "Maps", "Unknown author 1999. What it finds."]


def test_a_long_text_is_cut_after_a_word():
    assert shortened("word " * 100) == "word " * 54 + "word…"
    assert shortened("x" * 500) == "x" * (LENGTH - 1) + "…"
    assert shortened("x" * LENGTH) == "x" * LENGTH


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
    assert linked["statistics.html"] == linked["tags/index.html"] == linked["whats-new.html"] == []
    assert linked["claims/clock-lags.html"] == ["clock-lags.json"]
