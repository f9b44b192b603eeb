"""What had happened, and what the ledger held, on an earlier day."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from making import MEDIUM, SITE, ledger_at, ledger_of, load, tree
from rating_ledgers import said

from ledger import graph
from ledger.analysis import analyse
from ledger.analysis.as_of import CLOCKS, newest_day, seen_on
from ledger.analysis.history import Timeline, course_of
from ledger.analysis.positions import PositionVerdicts
from ledger.analysis.rating_events import RatingEvent
from ledger.analysis.ratings import ShortRating
from ledger.dates import parse_date
from ledger.engine import build as engine
from ledger.engine.report import Options
from ledger.graph import Ledger
from ledger.loading import Clock, Loaded

Texts = dict[str, str]
SOURCE = "type: report\ntitle: S\nauthors: unknown\ntier: peer-reviewed\n"
FIRST_HAND = SOURCE + "derived_from: []\nfirst_hand: true\n"
ITEM = "{{id: {}, source: {}, relation: {}, shows: It., consulted: full-text, directness: direct, basis: empirical{}}}"
SITE_OF_DATES = SITE + "review_every_days: 100\n"


def item(id_: str, source: str, relation: str = "supports", more: str = "") -> str:
    return "  - " + ITEM.format(id_, source, relation, more and f", {more}") + "\n"


def search(day: str) -> str:
    return f"  - {{date: {day}, by: ann, for: the other side, where: [archive], found: 0, side: against}}\n"


TEXTS: Texts = {
    "site.yml": SITE_OF_DATES,
    "sources/one.yml": FIRST_HAND + "issued: 2001-05-03\nadded: 2020-01-01\n",
    "sources/two.yml": FIRST_HAND + "issued: 2003-06\nadded: 2020-01-01\n",
    "sources/three.yml": FIRST_HAND + "issued: 2005\nadded: 2020-02-01\nstatus: retracted\nstatus_date: 2010-03-04\n",
    "controversies/c.yml": "title: C\nquestion: Does it?\nstatus: active\nadded: 2020-01-01\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: It does.\nrests_on: [x]\nadded: 2020-01-01\n",
    "claims/x.yml": "statement: It moves.\ntype: empirical\nadded: 2020-01-02\nevidence:\n"
    + item("e1", "one", more="recorded: 2020-01-03")
    + item("e2", "two")
    + item("e3", "three", "disputes", "recorded: 2020-02-01")
    + "searches:\n"
    + search("2020-01-10"),
}
"""Two first-hand sources for one claim, and a third against it, which was retracted in 2010."""


def course(ledger: Ledger, clock: Clock) -> Timeline:
    return analyse(ledger).histories["c"][CLOCKS.index(clock)]


def steps(found: Timeline) -> list[tuple[str, str | None, list[str]]]:
    """Day, what the claim came out as, and what moved it."""
    return [
        (str(point.date), move.after and said(move.after), [f"{mover.cause} {mover.id}" for mover in move.movers])
        for point in found.points
        for move in point.claims
    ]


# By hand


def test_what_had_happened_when():
    """The claim is there with the first work that states it. Nobody had looked before the search was made in 2020."""
    found = course(ledger_of(TEXTS), "happened")
    assert (found.period, found.start) == ("day", {})
    assert steps(found) == [
        ("2001-05-03", "open perhaps-true", ["stated x"]),
        ("2003-06-30", "perhaps-true probably-true", ["issued two"]),
        ("2005-12-31", "perhaps-true", ["issued three"]),
        ("2010-03-04", "perhaps-true probably-true", ["status three"]),
        ("2020-01-10", "probably-true", ["searched x"]),
    ]


def test_what_the_ledger_believed_when():
    found = course(ledger_of(TEXTS), "believed")
    assert found.start == {}
    assert steps(found) == [
        ("2020-01-02", "open perhaps-true", ["added x"]),
        ("2020-01-03", "perhaps-true probably-true", ["recorded x/e1"]),
        ("2020-01-10", "probably-true", ["searched x"]),
    ]
    assert [(str(p.date), p.positions[0].moved) for p in found.points] == [
        ("2020-01-01", True),
        ("2020-01-02", True),
        ("2020-01-03", True),
        ("2020-01-10", True),
    ]


@pytest.mark.parametrize("clock", CLOCKS)
def test_a_search_that_no_longer_stands_moves_a_rating(clock: Clock):
    """It stands for twice 100 days, which end on 28 July."""
    later = {**TEXTS, "terms/t.yml": "term: T\ndefinition: It.\nadded: 2020-12-01\n"}
    assert steps(course(ledger_of(later), clock))[-1] == ("2020-07-29", "perhaps-true probably-true", ["lapsed x"])


def test_a_claim_has_the_course_of_its_controversy_and_nothing_that_is_to_come():
    ledger = ledger_of(TEXTS)
    of_claim = course_of(ledger, "x")
    named = {str(point.date): change.after for point in of_claim.points for change in point.claims}
    assert list(named) == ["2020-01-02", "2020-01-03", "2020-01-10"]
    of_controversy = course(ledger, "believed").points
    assert named == {str(point.date): change.after for point in of_controversy for change in point.claims}
    assert of_claim.on(date(2020, 1, 1)) is None
    assert of_claim.on(date(2020, 1, 9)) == named["2020-01-03"]
    assert "reached:2020-07-29" in ledger.traces["=ledger.analysis.history\tcourse_of\tx"].reads


def test_time_ends_with_the_calendar():
    site = SITE_OF_DATES.replace("100", "36500")
    last = {**TEXTS, "site.yml": site, "terms/t.yml": "term: T\ndefinition: It.\nadded: 9999-12-30\n"}
    last["claims/x.yml"] = TEXTS["claims/x.yml"].replace("2020-01-10", "9999-12-30")
    made = analyse(ledger_of(last))
    assert made.ratings["x"].looked_for
    assert made.gaps != ()
    assert steps(made.histories["c"][1])[-1] == ("9999-12-30", "probably-true", ["searched x"])


def test_a_position_is_told_by_its_claims_at_each_point():
    last = course(ledger_of(TEXTS), "happened").points[-1]
    assert [(p.position, p.moved, p.weakest) for p in last.positions] == [("c-a", True, ("x",))]
    assert [(said(count.rating), count.claims) for count in last.positions[0].verdicts] == [("probably-true", ("x",))]


def test_what_moved_a_claim_may_lie_behind_what_it_cites():
    review = SOURCE + "issued: 2002\nderived_from: [{source: one, how: reviews}]\n"
    texts = {
        **TEXTS,
        "sources/one.yml": FIRST_HAND + "issued: 2001\nstatus: retracted\nstatus_date: 2009-01-01\n",
        "sources/review.yml": review,
        "claims/x.yml": TEXTS["claims/x.yml"].replace("source: one", "source: review"),
    }
    assert ("2009-01-01", "open", ["status one"]) in steps(course(ledger_of(texts), "happened"))


def test_many_days_are_put_together():
    """One for the claim, two against it by the end of March; three and three by the end of June."""
    days = [f"20{year:02}-{month:02}-15" for year in range(10, 16) for month in range(1, 13)]
    texts = {f"sources/s{at}.yml": FIRST_HAND + f"issued: {day}\n" for at, day in enumerate(days)}
    items = "".join(item(f"e{at}", f"s{at}", "supports" if at % 2 else "disputes") for at in range(len(days)))
    claim = f"statement: It moves.\ntype: empirical\nadded: 2020-01-01\nevidence:\n{items}"
    found = course(ledger_of({**TEXTS, **texts, "claims/x.yml": claim}), "happened")
    assert found.period == "quarter"
    assert steps(found)[:2] == [
        ("2010-03-31", "perhaps-false", ["stated x"]),
        ("2010-06-30", "open", ["issued s3", "issued s4", "issued s5"]),
    ]
    assert found.points[1].claims[0].movers[0] == RatingEvent(date(2010, 4, 15), "issued", "s3")


# No hindsight, as the report on the method asks for


def test_by_the_worlds_clock_a_search_vouches_for_nothing_before_it_was_made():
    """Three works of 2020 for the claim, one of 2024 against it, which a search of 2026 found: the years before that
    search get a range, and no single word."""
    sources = {f"sources/p{n}.yml": FIRST_HAND + "issued: 2020-07-01\nadded: 2026-01-10\n" for n in range(3)}
    against = {"sources/q.yml": FIRST_HAND + "issued: 2024-03-01\nadded: 2026-01-10\n"}
    items = "".join(item(f"e{n}", f"p{n}") for n in range(3)) + item("e9", "q", "disputes")
    hit = (
        "{date: 2026-01-10, by: ann, for: it, where: [web], found: 1, side: against, hits: [{source: q, became: x/e9}]}"
    )
    claim = f"statement: It.\ntype: empirical\nadded: 2026-01-10\nevidence:\n{items}searches: [{hit}]\n"
    found = course(ledger_of({**TEXTS, **sources, **against, "claims/x.yml": claim}), "happened")
    assert steps(found) == [
        ("2020-07-01", "perhaps-true probably-true", ["stated x"]),
        ("2024-03-01", "perhaps-true", ["issued q"]),
    ]


def test_a_page_that_retells_what_is_there_moves_nothing_when_it_comes_out():
    """It counts for the work that it reports, which has an item of its own; so does a report called first-hand."""
    report = SOURCE + "issued: 2008\nadded: 2020-01-01\nfirst_hand: true\nderived_from: [{source: one, how: reports}]\n"
    claim = TEXTS["claims/x.yml"].replace("searches:", item("e4", "page") + "searches:")
    with_page = {**TEXTS, "sources/page.yml": report, "claims/x.yml": claim}
    assert steps(course(ledger_of(with_page), "happened")) == steps(course(ledger_of(TEXTS), "happened"))


@pytest.mark.parametrize(
    ("more", "day"),
    [
        # Two works on something near it came out first; the one that states it directly came in 2003.
        ("directness: indirect", "2003-06-30"),
        ("directness: direct", "2001-05-03"),
    ],
)
def test_no_verdict_stands_on_a_claim_before_the_first_work_that_states_it(more: str, day: str):
    claim = TEXTS["claims/x.yml"].replace("directness: direct", more, 1)
    assert steps(course(ledger_of({**TEXTS, "claims/x.yml": claim}), "happened"))[0][::2] == (day, ["stated x"])


def test_a_claim_may_say_itself_who_stated_it_first():
    claim = TEXTS["claims/x.yml"] + "first_stated: two\n"
    assert steps(course(ledger_of({**TEXTS, "claims/x.yml": claim}), "happened"))[0][0] == "2003-06-30"
    assert "x" not in at({**TEXTS, "claims/x.yml": claim}, "happened", "2003-06-29").records
    assert "x" in at({**TEXTS, "claims/x.yml": claim}, "happened", "2003-06-30").records


def test_the_ledger_believed_in_a_work_until_it_took_note_of_the_retraction():
    """Case 31 of the report: retracted on 20 January, noticed on 1 June; in March the ledger did not know."""
    noted = "status: retracted\nstatus_date: 2020-01-20\nstatus_recorded: 2020-06-01\n"
    texts = {
        **TEXTS,
        "sources/two.yml": FIRST_HAND + f"issued: 2003-06\nadded: 2020-01-01\n{noted}",
        "terms/t.yml": NEWEST,
    }
    believed = steps(course(ledger_of({**texts, "site.yml": SITE}), "believed"))
    assert believed[-1] == ("2020-06-01", "perhaps-true", ["status two"])
    happened = steps(course(ledger_of({**texts, "site.yml": SITE}), "happened"))
    assert happened[-1] == ("2020-01-20", "perhaps-true", ["status two"])
    assert at(texts, "believed", "2020-03-01").records["two"].fields.status is None
    assert at(texts, "happened", "2020-03-01").records["two"].fields.status == "retracted"


def test_the_ledger_held_two_works_apart_until_it_traced_one_to_the_other():
    report = "derived_from: [{source: one, how: reports, recorded: 2020-01-20}]\n"
    told = SOURCE + f"issued: 2003-06\nadded: 2020-01-01\nfirst_hand: true\n{report}"
    texts = {**TEXTS, "sources/two.yml": told}
    assert steps(course(ledger_of(texts), "believed"))[-1] == ("2020-01-20", "perhaps-true", ["traced two"])
    assert at(texts, "believed", "2020-01-19").records["two"].fields.derived_from == "unknown"
    assert len(at(texts, "happened", "2003-06-30").records["two"].fields.derived_from) == 1


def test_a_prediction_is_decided_on_the_day_on_which_it_was_due():
    """Before that it leans at most; from then on it has come out as it did."""
    due = "resolution: {condition: It., resolves_by: 2015-01-01, outcome: failed}\n"
    claim = TEXTS["claims/x.yml"].replace("empirical\nadded", "predictive\nadded") + due
    texts = {**TEXTS, "claims/x.yml": claim}
    assert steps(course(ledger_of(texts), "happened"))[-2:] == [
        ("2003-06-30", "perhaps-true", ["issued two"]),
        ("2015-01-01", "probably-false", ["resolved x"]),
    ]
    assert at(texts, "happened", "2014-12-31").records["x"].fields.resolution.outcome is None
    assert at(texts, "happened", "2014-12-31").records["x"].fields.resolution.condition == "It."
    assert at(texts, "happened", "2015-01-01").records["x"].fields.resolution.outcome == "failed"


def test_an_item_about_a_rival_moves_the_rival():
    """y rests on no position; what it cites against x tips the balance once it is out."""
    rival = "statement: It stands.\ntype: empirical\nadded: 2020-01-01\nevidence:\n" + item(
        "e1", "late", more="about_rival: x"
    )
    late = {"sources/late.yml": FIRST_HAND + "issued: 2012-01-01\nadded: 2020-01-01\n"}
    found = steps(course(ledger_of({**TEXTS, **late, "claims/y.yml": rival}), "happened"))
    assert ("2012-01-01", "perhaps-true", ["issued late"]) in found


# What is left out, and what goes with it


def at(texts: Mapping[str, str], clock: Clock, day: str) -> Loaded:
    loaded = load({"site.yml": SITE, **texts})
    assert [d for d in loaded.problems if d.level == "error"] == []
    return seen_on(loaded, clock, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("issued", "added", "last_without"),
    [
        ("2001-05-03", "2020-01-01", "2001-05-02"),
        ("2001-05", "2020-01-01", "2001-05-30"),
        ("2001", "2020-01-01", "2001-12-30"),
        ("2001~", "2020-01-01", "2001-12-30"),
        ("../2001-05", "2020-01-01", "2001-05-30"),
        ("2001/2003", "2020-01-01", "2003-12-30"),
        ("2001/..", "2020-01-01", "2019-12-31"),
        ("2020", "2020-01-01", "2019-12-31"),
        ("2020-06", "2020-01-01", "2020-05-31"),
    ],
)
def test_a_source_is_there_from_the_end_of_its_date_as_far_as_that_is_known(issued: str, added: str, last_without: str):
    texts = {"sources/s.yml": FIRST_HAND + f"issued: {issued}\nadded: {added}\n", "terms/t.yml": NEWEST}
    without = parse_date(last_without).latest
    assert "s" not in at(texts, "happened", without.isoformat()).records
    assert "s" in at(texts, "happened", date.fromordinal(without.toordinal() + 1).isoformat()).records


NEWEST = "term: T\ndefinition: It.\nadded: 2022-01-01\n"


def test_from_the_newest_editorial_date_on_nothing_is_left_out():
    loaded = load({"site.yml": SITE, **TEXTS})
    assert seen_on(loaded, "happened", date(2020, 2, 1)) is loaded
    assert seen_on(loaded, "believed", date(2020, 2, 1)) is loaded
    assert seen_on(loaded, "believed", date(2020, 1, 31)).cut is not None


def test_what_has_no_date_was_always_there():
    assert list(
        at({"terms/t.yml": "term: T\ndefinition: It.\n", "terms/u.yml": NEWEST}, "believed", "1900-01-01").records
    ) == ["t"]


def test_ratings_searches_and_items_are_there_once_they_were_made():
    """Ratings are today's by the world's clock; a search counts from its own day by either."""
    rated = "assessments:\n  - {rating: low, by: ann, date: 2020-01-20, why: It.}\n"
    texts = {**TEXTS, "claims/x.yml": TEXTS["claims/x.yml"] + rated}
    claim = at(texts, "believed", "2020-01-09").records["x"].fields
    assert ([i.id for i in claim.evidence], claim.searches, claim.assessments) == (["e1", "e2"], (), ())
    claim = at(texts, "happened", "2004-01-01").records["x"].fields
    assert ([i.id for i in claim.evidence], len(claim.searches), len(claim.assessments)) == (["e1", "e2"], 0, 1)


@pytest.mark.parametrize(("day", "status"), [("2010-03-03", None), ("2010-03-04", "retracted")])
def test_a_retraction_stands_from_its_day_on(day: str, status: str | None):
    source = at(TEXTS, "happened", day).records["three"].fields
    assert source.status == status
    assert ("status" in source.model_fields_set) == (status is not None)


def test_a_retraction_without_a_day_always_stood():
    texts = {"sources/s.yml": FIRST_HAND + "issued: 1999\nstatus: retracted\n", "terms/t.yml": NEWEST}
    assert at(texts, "happened", "2000-01-01").records["s"].fields.status == "retracted"


def test_what_was_withdrawn_later_still_stood():
    claim = "statement: It.\ntype: empirical\nadded: 2020-01-01\nwithdrawn: {date: 2021-01-01, why: No.}\n"
    texts = {"claims/w.yml": claim, "terms/t.yml": NEWEST}
    assert at(texts, "believed", "2020-12-31").records["w"].fields.withdrawn is None
    assert at(texts, "believed", "2021-01-01").records["w"].fields.withdrawn is not None


def test_a_source_whose_ancestors_are_not_there_yet_is_untraced():
    taking = SOURCE + "issued: 2001\nadded: 2020-01-01\n"
    texts = {
        "sources/s.yml": taking + "derived_from: [{source: late, how: reports}]\n",
        "sources/r.yml": taking + "derived_from: [{source: late, how: replicates}, {source: s, how: replies}]\n",
        "sources/own.yml": taking + "derived_from: [{source: late, how: reports}, {source: s, how: replicates}]\n",
        "sources/late.yml": FIRST_HAND + "issued: 2000\nadded: 2020-06-01\n",
    }
    records = at(texts, "believed", "2020-01-01").records
    assert records["s"].fields.derived_from == "unknown"
    assert [one.source for one in records["r"].fields.derived_from] == ["s"]
    assert [one.source for one in records["own"].fields.derived_from] == ["s"]


def test_stances_are_there_once_they_were_stated():
    stances = (
        "name: Bo\ntype: person\nadded: 2020-01-01\nstances:\n"
        "  - {id: s1, position: c-a, stance: holds, attested: [{date: 2002, source: one}, {date: 2004, source: one}]}\n"
        "  - {id: s2, position: c-a, stance: left, attested: [{date: 2006, source: one}]}\n"
    )
    bo = at({**TEXTS, "proponents/bo.yml": stances}, "happened", "2003-01-01").records["bo"].fields
    assert [(stance.id, len(stance.attested)) for stance in bo.stances] == [("s1", 1)]


def test_references_to_what_is_not_there_go_with_it():
    texts = {
        **TEXTS,
        "sources/two.yml": TEXTS["sources/two.yml"].replace(
            "unknown", "[{family: Fo, proponent: bo}, {proponent: bo}]"
        ),
        "proponents/bo.yml": "name: Bo\ntype: person\nadded: 2020-02-01\n",
        "events/e.yml": "title: E\ndate: 2001\nsources: [three]\nabout: [c]\nadded: 2020-01-01\n",
        "events/f.yml": "title: F\ndate: 2001\nsources: [one, three]\nevidence_for: [x/e1, x/e3]\nadded: 2020-01-01\n",
    }
    records = at(texts, "believed", "2020-01-05").records
    assert sorted(records) == ["c", "c-a", "f", "one", "two", "x"]
    assert (records["f"].fields.sources, records["f"].fields.evidence_for) == (("one",), ("x/e1",))
    authors = records["two"].fields.authors
    assert [(a.family, a.literal, a.proponent) for a in authors] == [("Fo", None, None), (None, "Bo", None)]
    assert (
        "c-a"
        not in at(
            {**texts, "controversies/c.yml": TEXTS["controversies/c.yml"].replace("2020-01-01", "2020-01-30")},
            "believed",
            "2020-01-05",
        ).records
    )


def test_an_item_about_a_rival_waits_for_the_rival():
    claim = TEXTS["claims/x.yml"].replace("recorded: 2020-01-03", "recorded: 2020-01-03, about_rival: y")
    texts = {**TEXTS, "claims/x.yml": claim, "claims/y.yml": "statement: Y.\ntype: empirical\nadded: 2020-01-20\n"}
    assert [i.id for i in at(texts, "believed", "2020-01-10").records["x"].fields.evidence] == ["e2"]
    assert [i.id for i in at(texts, "believed", "2020-01-20").records["x"].fields.evidence] == ["e1", "e2"]


# The same as a build from what there was


DAYS = st.sampled_from(
    ("2001-02-03", "2001-02", "2001", "2002-05-06", "2003", "2003-07-01~", "2002/2003", "2004-01-01")
)
MAYBE = st.one_of(st.none(), DAYS.filter(lambda day: "/" not in day))
QUERIES = st.dates(date(2000, 12, 1), date(2004, 12, 31))


DAY = DAYS.filter(lambda day: "/" not in day)


@st.composite
def ledgers(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """The records of a small ledger, by path."""
    ids = [f"s{at}" for at in range(draw(st.integers(1, 5)))]
    made: dict[str, dict[str, Any]] = {
        "controversies/c": {"title": "C", "question": "Q?", "status": "active"},
        "positions/c-a": {"controversy": "c", "letter": "A", "statement": "A.", "rests_on": ["x", "y"]},
        "positions/c-b": {"controversy": "c", "letter": "B", "statement": "B.", "rejects": ["x"], "added": draw(MAYBE)},
        "proponents/who": {"name": "Who", "type": "person", "interests": [{"note": "Sells it."}], "added": draw(MAYBE)},
        "claims/z": {"statement": "Z.", "type": "empirical", "evidence": [draw(items("e0", ids, "x"))]},
    }
    for id_ in ids:
        how = st.sampled_from(("reports", "replies", "uses-data"))
        derived = draw(st.lists(st.tuples(st.sampled_from(ids), how, MAYBE), max_size=2))
        status = {"status": draw(st.sampled_from(("retracted", "concern"))), "status_date": draw(MAYBE)}
        made[f"sources/{id_}"] = {
            "type": "report",
            "title": "S",
            "authors": draw(st.sampled_from(("unknown", [{"literal": "Who"}], [{"proponent": "who"}]))),
            "tier": draw(st.sampled_from(("preprint", "synthesis", "social"))),
            "issued": draw(DAYS),
            "derived_from": [
                {"source": source, "how": how, "recorded": day} for source, how, day in derived if source != id_
            ],
            "first_hand": draw(st.sampled_from(("true", "true", "false"))),
            "version_of": draw(st.sampled_from((None, None, None, *(one for one in ids if one != id_)))),
            "added": draw(MAYBE),
            **draw(st.sampled_from(({}, {}, {**status, "status_recorded": draw(MAYBE)}))),
        }
    for id_, rival in (("x", "y"), ("y", "x")):
        withdrawn = draw(st.sampled_from((None, None, draw(MAYBE))))
        made[f"claims/{id_}"] = {
            "statement": "It.",
            "type": draw(st.sampled_from(("empirical", "historical", "predictive"))),
            "about": draw(st.sampled_from(([], ["who"]))),
            "added": draw(MAYBE),
            "withdrawn": withdrawn and {"date": withdrawn, "why": "No."},
            "first_stated": draw(st.sampled_from((None, None, ids[0]))),
            "evidence": [draw(items(f"e{at}", ids, rival)) for at in range(draw(st.integers(0, 4)))],
            "searches": [draw(searches(ids, day)) for day in draw(st.lists(DAY, max_size=2))],
        }
        if made[f"claims/{id_}"]["type"] == "predictive" and draw(st.booleans()):
            decided = {"condition": "It.", "outcome": draw(st.sampled_from(("held", "failed")))}
            made[f"claims/{id_}"]["resolution"] = {**decided, "resolves_by": draw(MAYBE)}
    return made


@st.composite
def items(draw: st.DrawFn, id_: str, sources: list[str], rival: str) -> dict[str, Any]:
    return {
        "id": id_,
        "source": draw(st.sampled_from(sources)),
        "shows": "It.",
        "consulted": "full-text",
        "relation": draw(st.sampled_from(("supports", "supports", "disputes", "qualifies"))),
        "directness": draw(st.sampled_from((None, "direct", "direct", "indirect"))),
        "basis": draw(st.sampled_from(("empirical", "empirical", "statement"))),
        "via": draw(st.sampled_from((None, None, None, "own", sources[0]))),
        "recorded": draw(MAYBE),
        "about_rival": draw(st.sampled_from((None, None, None, rival))),
    }


@st.composite
def searches(draw: st.DrawFn, sources: list[str], day: str) -> dict[str, Any]:
    became = draw(st.sampled_from(("dropped", "z/e0")))
    hits = [{"source": one, "became": became} for one in draw(st.lists(st.sampled_from(sources), max_size=1))]
    side = draw(st.sampled_from((None, "for", "against")))
    return {"date": day, "by": "ann", "for": "it", "where": ["there"], "found": len(hits), "side": side, "hits": hits}


def written(records: Mapping[str, Mapping[str, Any]]) -> Texts:
    """Records as the texts of their files."""
    return {f"{path}.yml": yaml.safe_dump(_bare(fields), allow_unicode=True) for path, fields in records.items()}


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if inner is not None}
    return [_bare(inner) for inner in value] if isinstance(value, list) else value


def texts_of(loaded: Loaded) -> Texts:
    """What is there as the texts of files of its own."""
    return written({f"{r.kind.folder}/{r.id}": r.authored() for r in loaded.records.values()})


def as_of(loaded: Loaded, clock: Clock, day: date) -> date | None:
    """The day that a ledger of then is dated by."""
    newest = newest_day(loaded)
    return min(day, newest) if clock == "believed" and newest else newest


@settings(max_examples=3 * settings().max_examples, deadline=None)
@given(ledgers(), st.sampled_from(CLOCKS), QUERIES)
def test_the_bands_of_a_day_are_those_of_a_ledger_with_no_more_than_there_was(records: Any, clock: Clock, day: date):
    loaded = load({"site.yml": SITE_OF_DATES, **written(records)})
    shown, judged = seen_on(loaded, clock, day), as_of(loaded, clock, day)
    then = analyse(graph.build_graph(shown, as_of=judged))
    judged = as_of(loaded, "believed", day)
    anew = analyse(ledger_of({"site.yml": SITE_OF_DATES, **texts_of(shown)}, as_of=judged))
    assert (anew.ratings, anew.positions, anew.strips) == (then.ratings, then.positions, then.strips)


@settings(max_examples=3 * settings().max_examples, deadline=None)
@given(ledgers(), st.sampled_from(CLOCKS), QUERIES)
def test_the_course_of_a_controversy_passes_through_the_bands_of_every_day(records: Any, clock: Clock, day: date):
    loaded = load({"site.yml": SITE_OF_DATES, **written(records)})
    found = course(graph.build_graph(loaded), clock)
    assert found.period == "day"
    then = analyse(graph.build_graph(seen_on(loaded, clock, day), as_of=as_of(loaded, clock, day)))
    near = {"x", "y"} & then.ratings.keys()
    assert standings(found, day) == {id_: then.ratings[id_].short for id_ in near}
    points = [point for point in found.points if point.date <= day]
    assert not points or {p.position: PositionVerdicts(p.verdicts, p.weakest) for p in points[-1].positions} == dict(
        then.positions
    )


def standings(found: Timeline, day: date) -> dict[str, ShortRating]:
    """What each claim was at the end of a day, by what had moved until then."""
    now = dict(found.start)
    for point in found.points:
        for move in point.claims if point.date <= day else ():
            assert now.pop(move.claim, None) == move.before
            assert move.movers
            now |= {move.claim: move.after} if move.after else {}
    return now


@pytest.mark.parametrize(
    ("clock", "day"), [("believed", "2020-01-09"), ("believed", "2020-01-01"), ("happened", "2004-01-01")]
)
def test_the_site_of_a_day_has_the_numbers_of_a_site_from_the_records_of_that_day(
    tmp_path: Path, clock: Clock, day: str
):
    whole, then = tmp_path / "whole", tmp_path / "then"
    texts = {**TEXTS, "positions/c-b.yml": OTHER}
    write(whole, texts)
    loaded = load(texts)
    shown = seen_on(loaded, clock, date.fromisoformat(day))
    write(then, {"site.yml": TEXTS["site.yml"], **texts_of(shown)})
    judged = date.fromisoformat(day) if clock == "believed" else newest_day(loaded)
    asked = built(Options(whole, tmp_path / "asked", as_of=date.fromisoformat(day), clock=clock))
    plain = built(Options(then, tmp_path / "plain", as_of=judged))
    assert asked.keys() == plain.keys()
    for address in (path for path in asked if re.fullmatch(r"(claims|positions|sources)/.*\.json", path)):
        assert json.loads(asked[address]) == json.loads(plain[address])
    assert json.loads(asked["index.json"])["clock"] == {"name": clock, "date": day}
    assert json.loads(plain["index.json"])["clock"] is None


OTHER = TEXTS["positions/c-a.yml"].replace("letter: A", "letter: B").replace("It does", "It does not")


def write(folder: Path, texts: Texts) -> None:
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def built(options: Options) -> dict[str, bytes]:
    report = engine.build(options)
    assert report.published, report.problems
    return tree(options.output)


def test_every_page_of_the_site_of_a_day_says_so_and_words_for_what_was_not_there_lead_nowhere(tmp_path: Path):
    text = "body: It is like [[y]], which is [[y|no other]], as in [@three].\n"
    texts = {
        **TEXTS,
        "positions/c-b.yml": OTHER,
        "claims/x.yml": TEXTS["claims/x.yml"] + text,
        "claims/y.yml": TEXTS["claims/x.yml"].replace("It moves", "It stands").replace("2020-01-02", "2020-01-30"),
    }
    write(tmp_path / "content", texts)
    site = built(Options(tmp_path / "content", tmp_path / "out", as_of=date(2020, 1, 15)))
    pages = {path: data.decode() for path, data in site.items() if path.endswith(".html")}
    assert "claims/y.html" not in pages
    assert all("the ledger as it was on 15 January 2020" in page for page in pages.values())
    assert "like <a>It stands.</a>, which is <a>no other</a>, as in <a>" in pages["claims/x.html"]


def test_the_courses_of_the_medium_ledger_end_where_it_is_now():
    ledger = ledger_at(MEDIUM)
    analysis = analyse(ledger)
    assert sum(bool(found.points) for courses in analysis.histories.values() for found in courses) > 1
    for courses in analysis.histories.values():
        for found in courses:
            for claim, standing in standings(found, date.max).items():
                assert standing == analysis.ratings[claim].short
            for one in found.points[-1].positions if found.points else ():
                assert PositionVerdicts(one.verdicts, one.weakest) == analysis.positions[one.position]
