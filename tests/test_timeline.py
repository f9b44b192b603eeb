"""The timeline of a controversy: which events, in which order, and where their marks stand."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, EVIDENCE, SOURCE, Reader, ledger_of, seen_from, site_of

from ledger.views import View
from ledger.views.event_picture import LANE, NAMED, WIDTH
from ledger.views.timeline import MOST, view_timeline

FILES = {
    "controversies/c.yml": "title: T\nquestion: Is it late?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\nrests_on: [x]\n",
    "claims/x.yml": CLAIM + EVIDENCE,
    "claims/other.yml": CLAIM,
    "sources/s.yml": SOURCE,
}


def event(date: str, more: str = "about: [c]") -> str:
    return f"title: E\ndate: {date}\nsources: [s]\n{more}\n"


def timeline(events: dict[str, str]) -> View:
    ledger = ledger_of(FILES | {f"events/{id_}.yml": text for id_, text in events.items()})
    return view_timeline(seen_from(ledger, "controversies/c/timeline.html"), ledger.records["c"])


def shown(view: View) -> list[tuple[str, list[str]]]:
    return [(year.name, [f"{line.event.id} {line.date}" for line in year.lines]) for year in view.years]


def lines(view: View) -> list[View]:
    return [line for year in view.years for line in year.lines]


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
    assert [line.event.id for line in lines(view)] == [
        "gave-evidence",
        "about-a-claim",
        "about-a-position",
        "about-it",
    ]


def test_an_event_is_shown_once_with_everything_that_it_concerns():
    view = timeline({"e": event("2001", "about: [x, c, x]\nevidence_for: [x/e1]")})
    (line,) = lines(view)
    assert ([letter for letter, _ in line.positions], line.claims) == (["A"], 1)


def test_partial_dates_stay_partial_and_the_newest_come_first():
    view = timeline({"day": event("2001-01-01"), "year": event("2001"), "month": event("2001-01"), "e": event("2002")})
    assert shown(view) == [("2002", ["e 2002"]), ("2001", ["day 1 January 2001", "month January 2001", "year 2001"])]


def test_an_open_beginning_stands_at_the_end_that_is_known():
    view = timeline({"until": event("../2003-05-01"), "before": event("2001"), "since": event("2004-02-01/..")})
    assert [year.name for year in view.years] == ["2004", "2003", "2001"]


def test_the_events_of_a_busy_year_that_few_claims_depend_on_are_folded():
    quiet = {f"q{at:02}": event(f"2001-01-{at + 1:02}") for at in range(MOST)}
    (year,) = timeline(quiet | {"weighty": event("2001-05-01", "about: [x]"), "last": event("2001-06-01")}).years
    assert len(year.lines) == MOST
    assert [line.event.id for line in year.others] == ["q01", "q00"]
    assert year.lines[1].event.id == "weighty"


def test_years_without_an_event_are_left_out_and_marked():
    view = timeline({"a": event("1901"), "b": event("2001"), "c2": event("2002")})
    assert [year.year for year in view.picture.years] == ["1901", "2001", "2002"]


def test_a_year_is_the_wider_the_more_happened_in_it():
    view = timeline(
        {"a": event("2001"), **{f"b{at}": event(f"2002-0{at}") for at in range(1, 10)}, "c2": event("2003")}
    )
    first, second, third = (year.x for year in view.picture.years)
    assert third - second > 2 * (second - first)


def test_the_events_that_most_claims_concern_are_named():
    few = {f"e{at:02}": event("2001") for at in range(NAMED)}
    view = timeline({**few, "weighty": event("2001", "about: [x]")})
    assert len(view.picture.ticks) == NAMED + 1
    assert "weighty" in {one.of.event.id for one in view.picture.named}
    assert len(view.picture.named) == NAMED


def test_a_named_event_has_a_dot_for_each_position_it_matters_to():
    (one,) = timeline({"e": event("2001", "about: [x]")}).picture.named
    assert [letter for letter, _ in one.dots] == ["A"]


@given(st.lists(st.dates(), min_size=1, max_size=12))
def test_no_two_names_overlap_and_all_stand_in_the_picture(days):
    picture = timeline({f"e{at}": event(day.isoformat()) for at, day in enumerate(days)}).picture
    assert all(0 <= tick.x <= WIDTH for tick in picture.ticks)
    assert all(LANE <= one.y < picture.height for one in picture.named)
    for one, other in combinations(picture.named, 2):
        assert one.y != other.y or one.x != other.x


def test_every_mark_leads_to_its_place_in_the_list(medium_site):
    page = Reader(medium_site["controversies/c-0/timeline.html"].decode())
    found = [link for link in page.links if link.startswith("#event-")]
    assert found
    assert {link[1:] for link in found} == {id_ for id_ in page.ids if id_.startswith("event-")}


def test_a_controversy_without_events_says_so():
    page = Reader(site_of(ledger_of(FILES))["controversies/c/timeline.html"].decode())
    assert "No event of this controversy is recorded yet." in page.text
