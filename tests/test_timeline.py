"""The timeline of a controversy: which events, in which order, and where their marks stand."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, EVIDENCE, SOURCE, Reader, ledger_of, seen_from, site_of

from ledger.views.time_scale import LANE, MARK, YEAR
from ledger.views.timeline import EventLine, Timeline, view_timeline

FILES = {
    "controversies/c.yml": "title: T\nquestion: Is it late?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\nrests_on: [x]\n",
    "claims/x.yml": CLAIM + EVIDENCE,
    "claims/other.yml": CLAIM,
    "sources/s.yml": SOURCE,
}


def event(date: str, more: str = "about: [c]") -> str:
    return f"title: E\ndate: {date}\nsources: [s]\n{more}\n"


def timeline(events: dict[str, str]) -> Timeline:
    ledger = ledger_of(FILES | {f"events/{id_}.yml": text for id_, text in events.items()})
    return view_timeline(seen_from(ledger, "controversies/c/timeline.html"), ledger.records["c"])


def shown(view: Timeline) -> list[tuple[str, list[str]]]:
    return [(year, [f"{line.number} {line.event.id} {line.date}" for line in lines]) for year, lines in view.years]


def marks(view: Timeline) -> list[EventLine]:
    return [line for _, lines in view.years for line in lines]


def test_events_about_the_controversy_its_positions_and_their_claims_are_shown():
    view = timeline(
        {
            "about-it": event("2001"),
            "about-a-position": event("2002", "about: [c-a]"),
            "about-a-claim": event("2003", "about: [x]"),
            "gave-evidence": event("2004", "evidence_for: [x/e1]"),
            "about-another": event("2005", "about: [other]"),
        }
    )
    assert [line.event.id for line in marks(view)] == [
        "about-it",
        "about-a-position",
        "about-a-claim",
        "gave-evidence",
    ]


def test_an_event_is_shown_once_with_everything_that_it_concerns():
    view = timeline({"e": event("2001", "about: [x, c, x]\nevidence_for: [x/e1]")})
    (line,) = marks(view)
    assert (line.whole, [letter for letter, _ in line.positions], line.claims) == (True, ["A"], "one claim")


def test_partial_dates_stay_partial_and_come_before_finer_ones():
    view = timeline({"day": event("2001-01-01"), "year": event("2001"), "month": event("2001-01")})
    assert shown(view) == [("2001", ["1 year 2001", "2 month January 2001", "3 day 1 January 2001"])]
    year, month, day = (line.place for line in marks(view))
    assert year.width > month.width >= day.width == MARK


def test_an_open_beginning_stands_at_the_end_that_is_known():
    view = timeline({"until": event("../2003-05-01"), "before": event("2001"), "since": event("2004-02-01/..")})
    assert [year for year, _ in view.years] == ["2001", "2003", "2004"]
    assert [line.is_exact for line in marks(view)] == [True, False, False]


def test_doubt_about_a_date_is_drawn():
    assert [line.is_exact for line in marks(timeline({"a": event("2001~"), "b": event("2002-03?")}))] == [False, False]


def test_years_without_an_event_are_left_out_and_marked():
    view = timeline({"a": event("1901"), "b": event("2001"), "c2": event("2002")})
    assert [(tick.year, tick.gap) for tick in view.ticks] == [("1901", False), ("2001", True), ("2002", False)]
    assert view.width < 5 * YEAR


def test_an_event_that_lasts_is_as_long_as_it_lasted():
    (line,) = marks(timeline({"a": event("2001-01", "end_date: 2002-12\nabout: [c]")}))
    assert line.place.width > YEAR


@given(st.lists(st.dates(), min_size=1, max_size=12))
def test_no_two_marks_overlap_and_all_stand_above_the_axis(days):
    view = timeline({f"e{at}": event(day.isoformat()) for at, day in enumerate(days)})
    places = [line.place for line in marks(view)]
    for one, other in combinations(places, 2):
        assert one.lane != other.lane or one.x + one.width <= other.x or other.x + other.width <= one.x
    assert all(place.lane >= 0 and (place.lane + 1) * LANE <= view.axis < view.height for place in places)
    assert all(place.x >= 0 and place.x + place.width <= view.width for place in places)


def test_every_mark_leads_to_its_place_in_the_list(flagship_site):
    page = Reader(flagship_site["controversies/scaling-laws-wall/timeline.html"].decode())
    marks = [link for link in page.links if link.startswith("#event-")]
    assert marks
    assert {link[1:] for link in marks} == {id_ for id_ in page.ids if id_.startswith("event-")}


def test_a_controversy_without_events_says_so():
    page = Reader(site_of(ledger_of(FILES))["controversies/c/timeline.html"].decode())
    assert "No event of this controversy is recorded yet." in page.text
