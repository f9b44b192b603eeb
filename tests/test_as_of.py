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
from making import FLAGSHIP, SITE, ledger_at, ledger_of, load, seen_from, site_of, tree

from ledger import graph
from ledger.analysis import analyse
from ledger.analysis.as_of import CLOCKS, newest_day, seen_on
from ledger.analysis.history import Timeline
from ledger.analysis.positions import PositionBands
from ledger.analysis.rating_events import RatingEvent
from ledger.analysis.ratings import ShortRating
from ledger.dates import parse_date
from ledger.engine import build as engine
from ledger.engine.report import Options
from ledger.graph import Ledger
from ledger.loading import Clock, Loaded
from ledger.views.history import MoveView, start_of, view_ratings_history

Texts = dict[str, str]
SOURCE = "type: report\ntitle: S\nauthors: unknown\ntier: peer-reviewed\n"
FIRST_HAND = SOURCE + "derived_from: []\nfirst_hand: true\n"
ITEM = "{{id: {}, source: {}, relation: {}, shows: It., consulted: full-text, directness: direct, basis: empirical{}}}"
SITE_OF_DATES = SITE + "review_every_days: 100\n"


def item(id_: str, source: str, relation: str = "supports", more: str = "") -> str:
    return "  - " + ITEM.format(id_, source, relation, more and f", {more}") + "\n"


def search(day: str) -> str:
    return f"  - {{date: {day}, by: ann, for: the other side, where: [archive], found: 0}}\n"


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
    + item("e3", "three", more="recorded: 2020-02-01")
    + "searches:\n"
    + search("2020-01-10"),
}
"""Three first-hand sources for one claim; the third was retracted in 2010."""


def course(ledger: Ledger, clock: Clock) -> Timeline:
    return analyse(ledger).histories["c"][CLOCKS.index(clock)]


def steps(found: Timeline) -> list[tuple[str, str | None, list[str]]]:
    """Day, what the claim came out as, and what moved it."""
    return [
        (str(point.date), move.after and move.after.computed, [f"{mover.cause} {mover.id}" for mover in move.movers])
        for point in found.points
        for move in point.claims
    ]


# By hand


def test_what_had_happened_when():
    found = course(ledger_of(TEXTS), "happened")
    assert (found.period, found.start) == ("day", {"x": ShortRating("unrated: no evidence that counts", None)})
    assert steps(found) == [
        ("2001-05-03", "low", ["issued one"]),
        ("2003-06-30", "high", ["issued two"]),
        ("2005-12-31", "very high", ["issued three"]),
        ("2010-03-04", "high", ["status three"]),
    ]


def test_what_the_ledger_believed_when():
    found = course(ledger_of(TEXTS), "believed")
    assert found.start == {}
    assert steps(found) == [
        ("2020-01-02", "not computed: no current search for the other side is logged", ["added x"]),
        ("2020-01-10", "high", ["searched x"]),
    ]
    assert [(str(p.date), p.positions[0].moved) for p in found.points] == [
        ("2020-01-01", True),
        ("2020-01-02", True),
        ("2020-01-10", True),
    ]


def test_a_search_that_no_longer_stands_moves_a_rating():
    later = {**TEXTS, "terms/t.yml": "term: T\ndefinition: It.\nadded: 2020-12-01\n"}
    assert steps(course(ledger_of(later), "believed"))[-1] == (
        "2020-07-29",
        "not computed: no current search for the other side is logged",
        ["lapsed x"],
    )


def test_time_ends_with_the_calendar():
    site = SITE_OF_DATES.replace("100", "36500")
    last = {**TEXTS, "site.yml": site, "terms/t.yml": "term: T\ndefinition: It.\nadded: 9999-12-30\n"}
    last["claims/x.yml"] = TEXTS["claims/x.yml"].replace("2020-01-10", "9999-12-30")
    made = analyse(ledger_of(last))
    assert made.ratings["x"].searched
    assert made.gaps != ()
    assert steps(made.histories["c"][1])[-1] == ("9999-12-30", "high", ["searched x"])


def test_a_position_is_told_by_its_claims_at_each_point():
    last = course(ledger_of(TEXTS), "happened").points[-1]
    assert [(p.position, p.moved, p.weakest) for p in last.positions] == [("c-a", True, ("x",))]
    assert [(count.computed, count.claims) for count in last.positions[0].bands] == [("high", ("x",))]


def test_what_moved_a_claim_may_lie_behind_what_it_cites():
    review = SOURCE + "issued: 2002\nderived_from: [{source: one, how: reviews}]\n"
    texts = {
        **TEXTS,
        "sources/one.yml": FIRST_HAND + "issued: 2001\nstatus: retracted\nstatus_date: 2009-01-01\n",
        "sources/review.yml": review,
        "claims/x.yml": TEXTS["claims/x.yml"].replace("source: one", "source: review"),
    }
    assert ("2009-01-01", "high", ["status one"]) in steps(course(ledger_of(texts), "happened"))


def test_many_days_are_put_together():
    days = [f"20{year:02}-{month:02}-15" for year in range(10, 16) for month in range(1, 13)]
    texts = {f"sources/s{at}.yml": FIRST_HAND + f"issued: {day}\n" for at, day in enumerate(days)}
    items = "".join(item(f"e{at}", f"s{at}", "supports" if at % 2 else "disputes") for at in range(len(days)))
    claim = f"statement: It moves.\ntype: empirical\nadded: 2020-01-01\nevidence:\n{items}"
    found = course(ledger_of({**TEXTS, **texts, "claims/x.yml": claim}), "happened")
    assert found.period == "quarter"
    assert str(found.points[0].date) == "2010-03-31"
    assert found.points[0].claims[0].movers == tuple(
        RatingEvent(date(2010, month, 15), "issued", f"s{month - 1}") for month in (1, 2, 3)
    )


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
    rated = "assessments:\n  - {rating: low, by: ann, date: 2020-01-20, why: It.}\n"
    texts = {**TEXTS, "claims/x.yml": TEXTS["claims/x.yml"] + rated}
    claim = at(texts, "believed", "2020-01-09").records["x"].fields
    assert ([i.id for i in claim.evidence], claim.searches, claim.assessments) == (["e1", "e2"], (), ())
    claim = at(texts, "happened", "2004-01-01").records["x"].fields
    assert ([i.id for i in claim.evidence], len(claim.searches), len(claim.assessments)) == (["e1", "e2"], 1, 1)


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


@st.composite
def ledgers(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """The records of a small ledger, by path."""
    ids = [f"s{at}" for at in range(draw(st.integers(1, 5)))]
    made: dict[str, dict[str, Any]] = {
        "controversies/c": {"title": "C", "question": "Q?", "status": "active"},
        "positions/c-a": {"controversy": "c", "letter": "A", "statement": "A.", "rests_on": ["x", "y"]},
        "positions/c-b": {"controversy": "c", "letter": "B", "statement": "B.", "rejects": ["x"], "added": draw(MAYBE)},
    }
    for id_ in ids:
        derived = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(("reports", "replies"))), max_size=2))
        made[f"sources/{id_}"] = {
            "type": "report",
            "title": "S",
            "authors": "unknown",
            "tier": "preprint",
            "issued": draw(DAYS),
            "derived_from": [{"source": source, "how": how} for source, how in derived],
            "first_hand": draw(st.sampled_from(("true", "false"))),
            "added": draw(MAYBE),
            **draw(st.sampled_from(({}, {"status": "retracted", "status_date": draw(MAYBE)}))),
        }
    for id_, rival in (("x", "y"), ("y", "x")):
        withdrawn = draw(MAYBE)
        made[f"claims/{id_}"] = {
            "statement": "It.",
            "type": "empirical",
            "added": draw(MAYBE),
            "withdrawn": withdrawn and {"date": withdrawn, "why": "No."},
            "evidence": [draw(items(f"e{at}", ids, rival)) for at in range(draw(st.integers(0, 4)))],
            "searches": [
                {"date": day, "by": "ann", "for": "it", "where": ["there"], "found": "0"}
                for day in draw(st.lists(DAYS.filter(lambda day: "/" not in day), max_size=2))
            ],
        }
    return made


@st.composite
def items(draw: st.DrawFn, id_: str, sources: list[str], rival: str) -> dict[str, Any]:
    return {
        "id": id_,
        "source": draw(st.sampled_from(sources)),
        "shows": "It.",
        "consulted": "full-text",
        "relation": draw(st.sampled_from(("supports", "disputes"))),
        "recorded": draw(MAYBE),
        "about_rival": draw(st.sampled_from((None, None, None, rival))),
    }


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
    """The day that a ledger of then is judged by."""
    newest = newest_day(loaded)
    return min(day, newest) if clock == "believed" and newest else newest


@settings(max_examples=150, deadline=None)
@given(ledgers(), st.sampled_from(CLOCKS), QUERIES)
def test_the_bands_of_a_day_are_those_of_a_ledger_with_no_more_than_there_was(records: Any, clock: Clock, day: date):
    loaded = load({"site.yml": SITE_OF_DATES, **written(records)})
    shown, judged = seen_on(loaded, clock, day), as_of(loaded, clock, day)
    then = analyse(graph.build_graph(shown, as_of=judged))
    anew = analyse(ledger_of({"site.yml": SITE_OF_DATES, **texts_of(shown)}, as_of=judged))
    assert (anew.ratings, anew.positions, anew.origins) == (then.ratings, then.positions, then.origins)


@settings(max_examples=150, deadline=None)
@given(ledgers(), st.sampled_from(CLOCKS), QUERIES)
def test_the_course_of_a_controversy_passes_through_the_bands_of_every_day(records: Any, clock: Clock, day: date):
    loaded = load({"site.yml": SITE_OF_DATES, **written(records)})
    found = course(graph.build_graph(loaded), clock)
    assert found.period == "day"
    then = analyse(graph.build_graph(seen_on(loaded, clock, day), as_of=as_of(loaded, clock, day)))
    assert standings(found, day) == {id_: ShortRating(r.computed, r.direction) for id_, r in then.ratings.items()}
    points = [point for point in found.points if point.date <= day]
    assert not points or {p.position: PositionBands(p.bands, p.weakest) for p in points[-1].positions} == dict(
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
    assert all("the ledger as it stood on 15 January 2020" in page for page in pages.values())
    assert "like <a>It stands.</a>, which is <a>no other</a>, as in <a>" in pages["claims/x.html"]


def test_the_page_says_what_moved_what():
    page = site_of(ledger_of(TEXTS))["controversies/c/history.html"].decode()
    said = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "31 December 2005" in said
    assert "high (for) → very high (for) came out: Unknown author 2005 (retracted) · 2005" in said
    assert (
        "very high (for) → high (for) status became “retracted”: Unknown author 2005 (retracted) · 4 March 2010" in said
    )
    added = "not there → not computed: no current search for the other side is logged (for) added: It moves."
    assert f"{added} · 2 January 2020" in said


def test_what_has_no_exact_date_is_not_shown_as_if_it_had_happened_on_the_day_from_which_it_counts():
    texts = {**TEXTS, "sources/two.yml": FIRST_HAND + "issued: 2003-06-30/..\nadded: 2020-01-01\n"}
    ledger = ledger_of(texts)
    happened = view_ratings_history(seen_from(ledger, "controversies/c/history.html"), ledger.records["c"]).clocks[0]
    shown = {point.date: ([*map(_claim, point.moves)], [*map(_claim, point.unsure)]) for point in happened.points}
    assert shown == {
        "3 May 2001": (["x"], []),
        "31 December 2005": ([], ["x"]),
        "4 March 2010": (["x"], []),
        "1 January 2020": ([], ["x"]),
    }
    assert happened.picture
    assert len(happened.picture.unsure) == 2


def _claim(move: MoveView) -> str:
    return move.claim.id


def test_a_month_that_is_known_is_exact_enough_for_a_point_that_stands_for_a_month():
    assert start_of("month", date(2003, 6, 30)) == start_of("month", date(2003, 6, 12)) == date(2003, 6, 1)
    assert start_of("quarter", date(2003, 6, 30)) == date(2003, 4, 1)
    assert start_of("year", date(2003, 12, 31)) == date(2003, 1, 1)
    assert start_of("decade", date(2009, 12, 31)) == date(2000, 1, 1)
    assert start_of("day", date(2003, 6, 30)) == date(2003, 6, 30)


def test_the_longest_picture_fits_the_screen_of_a_laptop():
    added = {f"claims/y{n:02}.yml": f"statement: It is {n}.\ntype: empirical\n" for n in range(60)}
    dated = {
        path: text + f"added: {2020 + n // 12}-{1 + n % 12:02}-03\n" for n, (path, text) in enumerate(added.items())
    }
    rests = f"rests_on: [{', '.join(f'y{n:02}' for n in range(60))}]"
    ledger = ledger_of(
        {**TEXTS, **dated, "positions/c-a.yml": TEXTS["positions/c-a.yml"].replace("rests_on: [x]", rests)}
    )
    believed = view_ratings_history(seen_from(ledger, "controversies/c/history.html"), ledger.records["c"]).clocks[1]
    assert believed.picture
    assert len(believed.points) >= 55
    assert believed.picture.width < 1400


def test_the_data_hold_what_the_page_shows():
    data = json.loads(site_of(ledger_of(TEXTS))["controversies/c/history.json"])
    happened = data["clocks"][0]
    assert (happened["clock"], happened["period"], len(happened["points"])) == ("happened", "day", 4)
    assert happened["points"][-2]["claims"][-1]["after"] == {"computed": "very high", "direction": "for"}
    assert happened["points"][-1] == {
        "date": "2010-03-04",
        "claims": [
            {
                "claim": "x",
                "after": {"computed": "high", "direction": "for"},
                "movers": [{"date": "2010-03-04", "cause": "status", "id": "three"}],
            }
        ],
        "positions": [
            {
                "position": "c-a",
                "bands": [{"computed": "high", "direction": "for", "claims": ["x"]}],
                "weakest": ["x"],
            }
        ],
    }


def test_the_courses_of_the_flagship_end_where_it_is_now():
    ledger = ledger_at(FLAGSHIP)
    analysis = analyse(ledger)
    for courses in analysis.histories.values():
        for found in courses:
            assert found.points
            for claim, standing in standings(found, date.max).items():
                rating = analysis.ratings[claim]
                assert standing == ShortRating(rating.computed, rating.direction)
            for one in found.points[-1].positions:
                assert PositionBands(one.bands, one.weakest) == analysis.positions[one.position]
