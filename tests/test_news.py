"""What is new: events with what they moved, changes of the ledger in words, and both on pages and as data."""

import json
import re
from collections.abc import Mapping
from datetime import date

import pytest
from making import CLAIM, MEDIUM, SOURCE, Reader, data_of, ledger_at, ledger_of, seen_from, site_of

from ledger import urls
from ledger.analysis import analyse
from ledger.analysis.changes import NAMED, NAMED_BARE, Change
from ledger.analysis.rating_events import MOST_POINTS
from ledger.graph import Ledger
from ledger.rating_words import verdict_words
from ledger.views import news
from ledger.views.news import Happened, ToldLine

TERM = "term: Loss\ndefinition: How wrong it is.\n"
STUDY = (
    "type: article\ntitle: Study {0}\nauthors: [{{literal: Team {0}}}]\nissued: {1}\ntier: peer-reviewed\n"
    "derived_from: []\nadded: 2020-01-01\n"
)
ITEM = (
    "- {{id: {}, source: {}, relation: {}, shows: A gap., consulted: full-text, directness: direct, "
    "basis: empirical{}}}\n"
)
LATER = {
    "sources/s1.yml": STUDY.format("A", "1999-05-01"),
    "sources/s2.yml": STUDY.format("B", "2005-06-01"),
    "claims/x.yml": CLAIM
    + "added: 2020-01-01\nevidence:\n"
    + ITEM.format("e1", "s1", "supports", "")
    + ITEM.format("e2", "s2", "disputes", ", recorded: 2021-02-03"),
}
"""A claim, and a study against it that the ledger came to know later."""
EVENT = "title: {}\ndate: {}\nsources: [s2]\nadded: 2020-01-01\n"
CONTROVERSY = {
    "controversies/c.yml": "title: C\nquestion: C?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Say A.\nrests_on: [x]\n",
}


def rated(*ratings: tuple[str, str], why: str = "One group only.") -> str:
    """An editor's ratings, each with its day."""
    made = (f"{{rating: {rating}, by: ann, date: {day}, why: {why}}}" for rating, day in ratings)
    return f"assessments: [{', '.join(made)}]\n"


def changes(files: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Day, what and record of every change."""
    return [(one.day, one.what, one.record) for one in analyse(ledger_of(files)).changes]


def told(files: Mapping[str, str], controversy: str | None = None) -> tuple[ToldLine, ...]:
    """The lines about a ledger."""
    return tuple(news.told_lines(seen_from(ledger_of(files), urls.WHATS_NEW), controversy))


def said(files: Mapping[str, str]) -> list[str]:
    """The same in words."""
    return [line.many or " ".join(one.said(one.record.title, one.why) for one in line.told) for line in told(files)]


def happened(ledger: Ledger, id_: str) -> Happened:
    """An event as the page tells it."""
    return news.happened(seen_from(ledger, urls.WHATS_NEW), id_)


def page_text(files: Mapping[str, str], page: str = urls.WHATS_NEW, base_url: str = "") -> str:
    """The words of a page."""
    return " ".join(Reader(site_of(ledger_of(files), base_url)[page].decode()).text.split())


# What happened to a record


def test_on_the_day_on_which_a_record_was_added_nothing_else_is_news():
    files = {"claims/x.yml": CLAIM + "added: 2020-05-02\nupdated: 2020-05-02\n" + rated(("low", "2020-05-02"))}
    assert changes(files) == [("2020-05-02", "added", "x")]


def test_a_rating_goes_up_or_down_or_stays():
    ratings = (("low", "2020"), ("high", "2021"), ("medium", "2022"), ("medium", "2023"))
    files = {"claims/x.yml": CLAIM + "added: 2019\n" + rated(*ratings)}
    assert [(day, what) for day, what, _ in changes(files)] == [
        ("2023", "rated-again"),
        ("2022", "rerated"),
        ("2021", "rerated"),
        ("2020", "rated"),
        ("2019", "added"),
    ]


def test_a_change_of_rating_is_told_in_a_sentence_with_its_reason():
    files = {"claims/x.yml": CLAIM + rated(("high", "2020"), ("medium", "2021-03-01"))}
    assert said(files) == [
        "The editors rated “It moves” down from “perhaps true” to “open”: One group only.",
        "The editors rated “It moves” for the first time, “perhaps true”: One group only.",
    ]


def test_many_ratings_that_went_both_ways_are_one_line():
    up, down = rated(("low", "2020"), ("high", "2021")), rated(("high", "2020"), ("low", "2021"))
    files = many(5, up) | {f"claims/y{n}.yml": CLAIM + down for n in range(2)}
    assert said(files)[0] == "7 claims were rated again: 5 up, 2 down."


def test_a_part_of_a_position_is_told_by_what_it_says():
    part = f"parts: [{{id: p, statement: It ends., {rated(('low', '2020'), ('high', '2021')).strip()}}}]\n"
    position = f"controversy: c\nletter: A\nstatement: Say A.\n{part}"
    files = {"controversies/c.yml": CONTROVERSY["controversies/c.yml"], "positions/c-a.yml": position}
    assert (
        said(files)[0] == "The editors rated “It ends” up from “low confidence” to “high confidence”: One group only."
    )


def test_evidence_of_one_day_is_one_change():
    dated = [ITEM.format(f"e{n}", "s1", "supports", ", recorded: 2021-02-03") for n in (1, 2)]
    files = {"sources/s1.yml": STUDY.format("A", "1999"), "claims/x.yml": CLAIM + "evidence:\n" + "".join(dated)}
    assert "“It moves” has two new items of evidence, the first: A gap." in said(files)


def test_what_became_of_a_work_is_news_only_if_the_ledger_learned_it_later():
    study = STUDY.format("A", "1999") + "status: retracted\nstatus_date: "
    assert said({"sources/s.yml": study + "2021-01-01\n"})[0] == "“Study A” is now marked as retracted."
    assert changes({"sources/s.yml": study + "2001-01-01\n"}) == [("2020-01-01", "added", "s")]
    entered = study + "2001-01-01\nstatus_recorded: 2022-01-01\n"
    assert changes({"sources/s.yml": entered})[0] == ("2022-01-01", "status", "s")


def test_a_withdrawal_gives_its_reason():
    files = {"claims/x.yml": CLAIM + "withdrawn: {date: 2021-03-01, why: Said by nobody.}\n"}
    assert said(files) == ["“It moves” was withdrawn: Said by nobody."]


def test_a_verdict_that_changed_names_what_moved_it():
    (change,) = (one for one in analyse(ledger_of(LATER)).changes if one.what == "verdict")
    assert (change.day, [one.cause for one in change.causes]) == ("2021-02-03", ["recorded"])
    before, after = map(verdict_words, change.verdicts)
    assert before != after
    assert (
        f"The verdict on “It moves” changed from “{before}” to “{after}”: evidence from Team B 2005 was recorded."
        in said(LATER)
    )


@pytest.mark.parametrize(("days", "told_of"), [(MOST_POINTS, ["1900-01-03"]), (MOST_POINTS + 1, [])])
def test_of_a_claim_with_a_long_course_the_latest_days_are_looked_at(days: int, told_of: list[str]):
    recorded = (f"{1900 + n // 12}-{n % 12 + 1:02}-03" for n in range(days))
    items = (ITEM.format(f"e{n}", "s", "supports", f", recorded: {day}") for n, day in enumerate(recorded))
    study = STUDY.format("A", "1899").replace("added: 2020-01-01\n", "")
    files = {"sources/s.yml": study, "claims/x.yml": CLAIM + "evidence:\n" + "".join(items)}
    assert [one.day for one in analyse(ledger_of(files)).changes if one.what == "verdict"] == told_of


def test_a_verdict_is_no_news_on_the_day_on_which_its_claim_came():
    assert all(one.what != "verdict" for one in analyse(ledger_of({**LATER, **_all_at_once()})).changes)


def _all_at_once() -> dict[str, str]:
    return {"claims/x.yml": LATER["claims/x.yml"].replace(", recorded: 2021-02-03", "")}


def test_the_newest_day_comes_first_and_on_a_day_what_moves_a_verdict():
    files = {
        "terms/t.yml": TERM + "added: 2021-01-01\n",
        "claims/x.yml": CLAIM + rated(("low", "2020"), ("high", "2021-01-01")),
        "claims/y.yml": CLAIM + "added: 2021-01-02\n",
        "claims/z.yml": CLAIM + "added: 2021-01\n",
    }
    assert [id_ for _, _, id_ in changes(files)] == ["y", "x", "t", "z", "x"]


# Many changes of one sort


def many(count: int, text: str) -> dict[str, str]:
    """So many claims of one text."""
    return {f"claims/x{n}.yml": CLAIM + text for n in range(count)}


@pytest.mark.parametrize(
    ("text", "most", "line"),
    [
        ("added: 2021-01-01\n", NAMED, "6 claims were added."),
        (rated(("low", "2020"), ("high", "2021")), NAMED, "6 claims were rated up."),
        ("updated: 2021-01-01\n", NAMED_BARE, "3 claims were updated."),
        (rated(("low", "2020"), ("low", "2021")), NAMED_BARE, "3 claims were read again; their ratings stay."),
    ],
)
def test_more_changes_of_a_sort_than_are_named_are_one_line(text: str, most: int, line: str):
    named = [one for one in told(many(most, text)) if one.line.day.text.startswith("2021")]
    assert [one.many for one in named] == [""] * most
    assert said(many(most + 1, text))[0] == line


def test_only_changes_of_one_day_one_kind_and_one_sort_are_one_line():
    claims = {f"claims/x{n}.yml": CLAIM + f"updated: 2021-01-0{1 + n % 2}\n" for n in range(4)}
    terms = {f"terms/t{n}.yml": TERM + "updated: 2021-01-01\n" for n in range(2)}
    assert not any(line.many for line in told(claims | terms))


def test_of_many_changes_those_with_a_reason_name_the_claims_that_matter_most():
    files = many(NAMED + 2, rated(("low", "2020"), ("high", "2021")))
    position = CONTROVERSY["positions/c-a.yml"].replace("[x]", "[x4]")
    (line, *_) = told({**files, **CONTROVERSY, "positions/c-a.yml": position})
    assert [one.record.id for one in line.told] == ["x4", "x0", "x1"]
    (bare, *_) = told(many(NAMED + 2, "updated: 2021\n"))
    assert bare.told == ()


# What happened in the world


def test_an_event_says_what_became_of_the_verdict_that_day():
    ledger = ledger_of({**LATER, "events/e.yml": EVENT.format("A study", "2005-06-01") + "evidence_for: [x/e2]\n"})
    (moved,) = analyse(ledger).effects["e"].claims
    assert (moved.claim, moved.relations, moved.date, moved.first) == ("x", ("disputes",), date(2005, 6, 1), False)
    assert moved.changed
    (gave,) = happened(ledger, "e").gave
    assert gave.said(gave.claim.title) == "Evidence against “It moves”."
    before, after = (verdict_words(one) for one in (moved.before, moved.after) if one)
    assert gave.verdict == f"The verdict changed from “{before}” to “{after}”."


def test_what_came_out_later_is_no_part_of_what_an_event_did():
    files = {**LATER, "events/e.yml": EVENT.format("First", "1999-05-01") + "evidence_for: [x/e1]\n"}
    (moved,) = analyse(ledger_of(files)).effects["e"].claims
    assert moved.first
    assert not moved.changed
    (gave,) = happened(ledger_of(files), "e").gave
    assert gave.verdict.startswith("It was the first evidence on this claim. Verdict: ")
    assert moved.after == analyse(ledger_of({**files, **_without_second()})).ratings["x"].short


def _without_second() -> dict[str, str]:
    return {"claims/x.yml": LATER["claims/x.yml"].partition("- {id: e2")[0]}


def test_a_verdict_that_stays_is_said_to_stay():
    further = ITEM.format("e3", "s2", "disputes", "")
    third = {"sources/s3.yml": STUDY.format("C", "2009"), "claims/x.yml": LATER["claims/x.yml"] + further}
    files = {**LATER, **third, "events/e.yml": EVENT.format("Again", "2005-06-01") + "evidence_for: [x/e3]\n"}
    (gave,) = happened(ledger_of(files), "e").gave
    assert gave.became == "stayed"
    assert gave.verdict.startswith("The verdict stayed “")


def test_an_event_that_only_mentions_a_claim_moves_nothing():
    mention = LATER["claims/x.yml"].replace("disputes", "mentions")
    event = EVENT.format("Talk", "2005-06-01") + "evidence_for: [x/e2]\n"
    ledger = ledger_of({**LATER, "claims/x.yml": mention, "events/e.yml": event})
    assert analyse(ledger).effects["e"].claims == ()


@pytest.mark.parametrize(
    ("c", "said"),
    [
        ("", "Hurts A Concerns B"),
        ("rests_on: [x]\n", "Hurts A C Concerns B"),
        ("rejects: [x]\n", "Helps C Hurts A Concerns B"),
    ],
)
def test_an_event_helps_whoever_needs_what_its_evidence_shows(c: str, said: str):
    position = "controversy: c\nletter: {}\nstatement: Say so.\n"
    event = EVENT.format("A study", "2005-06-01") + "about: [c-b, x]\nevidence_for: [x/e2]\n"
    files = {**LATER, **CONTROVERSY, "positions/c-b.yml": position.format("B"), "events/e.yml": event}
    files |= {"positions/c-c.yml": position.format("C") + c} if c else {}
    (one,) = happened(ledger_of(files), "e").touched
    ways = (("Helps", one.helped), ("Hurts", one.hurt), ("Concerns", one.concerned))
    told = [f"{way} {' '.join(letter for letter, _ in found)}" for way, found in ways if found]
    assert (one.controversy.id, " ".join(told)) == ("c", said)
    assert said in page_text(files, "events/e.html")


def test_events_come_by_their_own_date_and_not_by_the_day_on_which_they_were_added():
    dates = {"a": "2001-05-01", "b": "2003", "c": "2003-02~", "d": "../2002-01-01", "e": "2001-06/2004"}
    files = {f"events/{id_}.yml": EVENT.format(id_, day) for id_, day in dates.items()}
    files["events/a.yml"] = files["events/a.yml"].replace("added: 2020-01-01", "added: 2021-01-01")
    files["events/gone.yml"] = EVENT.format("Gone", "2010") + "withdrawn: {date: 2021-01-01, why: No.}\n"
    assert analyse(ledger_of({**LATER, **files})).events == ("c", "b", "d", "e", "a")


def test_around_a_controversy_there_is_only_what_concerns_it():
    files = {
        **LATER,
        **CONTROVERSY,
        "events/e.yml": EVENT.format("A study", "2005-06-01") + "about: [x]\n",
        "events/f.yml": EVENT.format("Elsewhere", "2009-06-01"),
        "claims/y.yml": CLAIM + "added: 2022-01-01\n",
    }
    analysis = analyse(ledger_of(files))
    assert (analysis.events_in("c"), analysis.events) == (("e",), ("f", "e"))
    assert {one.record for one in analysis.changes_in("c")} == {"x"}


def test_a_claim_that_was_withdrawn_stays_in_the_news_of_its_controversy():
    gone = CLAIM + "withdrawn: {date: 2021-03-01, why: Said by nobody.}\n"
    changed = analyse(ledger_of({**CONTROVERSY, "claims/x.yml": gone})).changes_in("c")
    assert changed == (Change("2021-03-01", "withdrawn", "x", why="Said by nobody."),)


# The pages


def test_the_page_tells_the_world_first_and_then_the_ledger():
    shown = page_text({**LATER, "events/e.yml": EVENT.format("A study", "2005-06-01") + "evidence_for: [x/e2]\n"})
    order = ["In the world Events", "1 June 2005 A study", "In this ledger New", "3 February 2021", "1 January 2020"]
    places = [shown.index(one) for one in order]
    assert places == sorted(places)


def test_an_empty_ledger_says_that_there_is_no_news():
    shown = page_text({})
    assert "No event is recorded yet." in shown
    assert "No record says when it was added or changed." in shown


def test_the_page_shows_so_many_events_and_lines_and_counts_the_rest():
    events = {f"events/e{n}.yml": EVENT.format(f"E{n}", f"20{n:02}-01-01") for n in range(news.MOST_EVENTS + 2)}
    terms = {f"terms/t{n}.yml": TERM + f"added: {1900 + n}\n" for n in range(news.MOST_LINES + 1)}
    shown = page_text({"sources/s2.yml": SOURCE, **events, **terms})
    assert "Two earlier events are not shown here." in shown
    view = news.view_news(seen_from(ledger_of({"sources/s2.yml": SOURCE, **events, **terms}), urls.WHATS_NEW))
    assert (len(view.world), sum(len(lines) for _, _, lines in view.days)) == (news.MOST_EVENTS, news.MOST_LINES)
    assert view.left_out


def test_a_day_is_shown_whole_and_the_newest_whatever_its_length():
    kinds = {f"claims/x{n}.yml": CLAIM + f"added: 2021\nupdated: 2022\n{rated(('low', '2022'))}" for n in range(2)}
    shown = news.view_news(seen_from(ledger_of(kinds), urls.WHATS_NEW)).days
    assert [(day, len(lines)) for _, day, lines in shown] == [("2022", 4), ("2021", 2)]


def test_a_title_is_text_wherever_it_is_named():
    claim = CLAIM.replace("It moves.", "'A {b} <i>c</i> & \"d\".'") + rated(("low", "2020"), ("high", "2021"))
    html = site_of(ledger_of({"claims/x.yml": claim}))[urls.WHATS_NEW].decode()
    assert "A {b} &lt;i&gt;c&lt;/i&gt; &amp; “d”</a>” up from" in html


def test_a_reason_keeps_its_references():
    files = {
        "sources/s.yml": SOURCE,
        "claims/x.yml": CLAIM + rated(("low", "2020"), ("high", "2021"), why="'Says [@s].'"),
    }
    html = site_of(ledger_of(files))[urls.WHATS_NEW].decode()
    assert re.search(r'” up from .*: Says .*href="sources/s\.html"', html)


@pytest.mark.parametrize("page", ["index.html", "controversies/c.html"])
def test_home_and_a_controversy_show_the_latest_of_both(page: str):
    files = {
        **LATER,
        **CONTROVERSY,
        **{f"events/e{n}.yml": EVENT.format(f"Event {n}", f"200{n}") + "about: [x]\n" for n in range(5)},
    }
    shown = page_text(files, page)
    latest = shown[shown.index("Latest in the world") : shown.rindex("All news")]
    assert re.findall(r"Event (\d)", latest) == ["4", "3", "2"]
    assert re.search(r"3 February 2021 The verdict on “ ?It moves ?” changed", latest)


def test_a_short_list_names_of_each_event_the_claim_on_which_it_changed_most():
    moving = EVENT.format("A study", "2005-06-01") + "evidence_for: [x/e2]\n"
    latest = news.latest_world(seen_from(ledger_of({**LATER, "events/e.yml": moving}), urls.HOME))
    assert [[gave.became for gave in one.gave] for one in latest] == [["moved"]]
    staying = LATER["claims/x.yml"].replace("disputes", "supports")
    latest = news.latest_world(
        seen_from(ledger_of({**LATER, "claims/x.yml": staying, "events/e.yml": moving}), urls.HOME)
    )
    assert [[gave.became for gave in one.gave] for one in latest] == [["stayed"]]


def test_a_short_list_counts_what_was_withdrawn_and_leaves_out_what_changes_no_verdict():
    gone = "added: 2020-01-01\nwithdrawn: {date: 2021-03-01, why: Wrong.}\n"
    shown = page_text({**LATER, "claims/y.yml": CLAIM.replace("It moves", "It rests") + gone}, "index.html")
    latest = shown[shown.index("Latest in this ledger") :]
    assert "One entry was withdrawn or corrected. All news" in latest
    assert "It rests" not in latest


def test_home_without_news_has_no_heading_for_it():
    assert "Latest in" not in page_text({}, "index.html")


def test_only_a_site_with_an_address_offers_feeds():
    files = {**LATER, "events/e.yml": EVENT.format("A study", "2005")}
    assert "JSON Feed" not in page_text(files)
    links = Reader(site_of(ledger_of(files), "https://example.org/ledger/")[urls.WHATS_NEW].decode()).links
    assert {address for pair in urls.NEWS_FEEDS for address in pair} <= set(links)


# The data


def test_the_data_of_the_page_holds_every_event_and_every_change():
    files = {
        **LATER,
        "events/e.yml": EVENT.format("A study", "2005-06~") + "evidence_for: [x/e2]\n",
        **many(9, "updated: 2021\n"),
    }
    data = json.loads(data_of(ledger_of(files), "whats-new.json")["whats-new.json"])
    ((event,), here) = (data["world"], data["here"])
    assert (event["event"], event["title"], event["date"]) == ("e", "A study", "2005-06~")
    assert event["claims"][0]["items"] == ["x/e2"]
    assert [one["what"] for one in here].count("updated") == 9
    verdict = next(one for one in here if one["what"] == "verdict")
    assert {"day", "record", "title", "verdicts", "causes"} <= set(verdict)


def test_the_latest_event_is_the_latest_by_its_own_date():
    context = seen_from(ledger_at(MEDIUM), urls.HOME)
    dates = [context.ledger.records[one.event.id].fields.date.earliest for one in news.latest_world(context)]
    every = sorted((one.fields.date.earliest for one in context.ledger.of_kind("event")), reverse=True)
    assert dates == every[: news.LATEST]
