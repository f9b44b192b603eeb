"""The page of what was known when: what moved what, the columns of verdicts, and the same as data."""

import json
from datetime import date

import pytest
from making import SITE, TEMPLATES, Reader, data_of, ledger_of, seen_from

from ledger import pages, render
from ledger.analysis.positions import PositionVerdicts, VerdictCount
from ledger.analysis.ratings import ShortRating
from ledger.graph import Ledger
from ledger.views import View
from ledger.views.history import start_of, view_ratings_history
from ledger.views.stacked_bars import PARTS, counted

FIRST_HAND = "type: report\ntitle: S\nauthors: unknown\ntier: peer-reviewed\nderived_from: []\nfirst_hand: true\n"
FINDING = "shows: It., consulted: full-text, directness: direct, basis: empirical"
OPINION = FINDING.replace("empirical", "opinion")
SEARCH = "{date: 2020-01-10, by: ann, for: the other side, side: against, where: [archive], found: 0}"
TEXTS = {
    "site.yml": SITE + "review_every_days: 100\n",
    "sources/one.yml": FIRST_HAND + "issued: 2001-05-03\nadded: 2020-01-01\n",
    "sources/two.yml": FIRST_HAND + "issued: 2003-06\nadded: 2020-01-01\n",
    "sources/three.yml": FIRST_HAND + "issued: 2005\nadded: 2020-02-01\nstatus: retracted\nstatus_date: 2010-03-04\n",
    "controversies/c.yml": "title: C\nquestion: Does it?\nstatus: active\nadded: 2020-01-01\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: It does.\nrests_on: [x]\nadded: 2020-01-01\n",
    "claims/x.yml": "statement: It moves.\ntype: empirical\nadded: 2020-01-02\nevidence:\n"
    f"  - {{id: e1, source: one, relation: supports, {FINDING}, recorded: 2020-01-03}}\n"
    f"  - {{id: e2, source: two, relation: supports, {OPINION}}}\n"
    f"  - {{id: e3, source: three, relation: supports, {FINDING}, recorded: 2020-02-01}}\n"
    f"searches: [{SEARCH}]\n",
}
"""Two findings and an opinion for one claim, each first-hand; the second finding was retracted in 2010."""


def history(ledger: Ledger) -> View:
    return view_ratings_history(seen_from(ledger, "controversies/c/history.html"), ledger.records["c"])


def shown_on(ledger: Ledger) -> str:
    """The words of the page."""
    place = next(place for place in pages.site_map(ledger) if place.url == "controversies/c/history.html")
    return " ".join(Reader(render.render_page(place.make(), TEMPLATES).data.decode()).text.split())


def test_the_page_says_what_moved_what():
    shown = shown_on(ledger_of(TEXTS))
    assert "31 December 2005" in shown
    leans, likely = "open or perhaps true", "perhaps true or probably true"
    assert f"new: {leans} first stated in Unknown author 2001 · 3 May 2001" in shown
    assert f"{leans} → {likely} came out: Unknown author 2005 (retracted) · 2005" in shown
    fell = "now retracted: Unknown author 2005 (retracted) · 4 March 2010"
    assert f"{likely} → {leans} {fell}" in shown
    assert f"{leans} → perhaps true search logged · 10 January 2020" in shown
    assert "new: open added to the ledger · 2 January 2020" in shown
    assert "Weakest:" not in shown, "all claims of the position have one verdict"


def test_the_weakest_claims_are_named_where_verdicts_differ_and_no_more_than_three_of_them():
    more = "".join(f", y{at}" for at in range(5))
    weak = (
        TEXTS["claims/x.yml"].partition("evidence:")[0]
        + f"evidence: [{{id: e1, source: two, relation: supports, {OPINION}}}]\n"
    )
    position = TEXTS["positions/c-a.yml"].replace("[x]", f"[x{more}]")
    shown = shown_on(
        ledger_of({**TEXTS, "positions/c-a.yml": position, **{f"claims/y{at}.yml": weak for at in range(5)}})
    )
    named = "; ".join(["It moves"] * 3)
    assert f"one perhaps true, five open. Weakest: {named} and two more" in shown


def test_what_has_no_exact_date_is_not_shown_as_if_it_had_happened_on_the_day_from_which_it_counts():
    found = TEXTS["claims/x.yml"].replace("basis: opinion", "basis: empirical")
    dated = FIRST_HAND + "issued: 2003-06-30/..\nadded: 2020-01-01\n"
    texts = {**TEXTS, "claims/x.yml": found, "sources/two.yml": dated}
    happened = history(ledger_of(texts)).clocks[0]
    shown = {point.date: ([*map(_claim, point.moves)], [*map(_claim, point.unsure)]) for point in happened.points}
    assert shown == {
        "3 May 2001": (["x"], []),
        "31 December 2005": ([], ["x"]),
        "4 March 2010": (["x"], []),
        "1 January 2020": ([], ["x"]),
        "10 January 2020": (["x"], []),
    }
    assert happened.picture
    assert len(happened.picture.unsure) == 2


def test_what_the_first_work_leaves_open_of_its_date_is_open_of_the_claim_as_well():
    texts = {**TEXTS, "sources/one.yml": FIRST_HAND + "issued: 2001\nadded: 2020-01-01\n"}
    first = history(ledger_of(texts)).clocks[0].points[-1]
    assert (first.date, first.moves, [*map(_claim, first.unsure)]) == ("31 December 2001", (), ["x"])


def test_one_thing_with_a_date_is_enough_to_date_a_change():
    same_day = FIRST_HAND + "issued: 2005-12-31\nadded: 2020-01-01\n"
    found = TEXTS["claims/x.yml"].replace("basis: opinion", "basis: empirical")
    happened = history(ledger_of({**TEXTS, "claims/x.yml": found, "sources/two.yml": same_day})).clocks[0]
    point = next(point for point in happened.points if point.date == "31 December 2005")
    assert ([*map(_claim, point.moves)], point.unsure) == (["x"], ())
    assert len(point.moves[0].movers) == 2


def _claim(move: View) -> str:
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
    believed = history(ledger).clocks[1]
    assert believed.picture
    assert len(believed.points) >= 55
    assert believed.picture.width < 1400


HISTORY = "controversies/c/history.json"


def test_the_data_hold_what_the_page_shows():
    data = json.loads(data_of(ledger_of(TEXTS), HISTORY)[HISTORY])
    happened = data["clocks"][0]
    assert (happened["clock"], happened["period"], len(happened["points"])) == ("happened", "day", 4)
    assert happened["points"][-1]["claims"][0]["after"] == {"verdict": "perhaps-true", "direction": "for"}
    after = {"range": ["open", "perhaps-true"], "direction": "open"}
    assert happened["points"][-2] == {
        "date": "2010-03-04",
        "claims": [
            {"claim": "x", "after": after, "movers": [{"date": "2010-03-04", "cause": "status", "id": "three"}]}
        ],
        "positions": [
            {"position": "c-a", "verdicts": [{"rating": after, "claims": ["x"]}], "weakest": ["x"]},
        ],
    }


# The columns


def rating(*found: str, direction: str = "open") -> ShortRating:
    low, high = found if len(found) > 1 else (None, None)
    return ShortRating(None if low else found[0], (low, high) if low else None, direction, None)  # type: ignore[arg-type]


NONE = ShortRating(None, None, None, "no evidence")


@pytest.mark.parametrize(
    ("found", "part"),
    [
        (rating("probably-true", direction="for"), "probably-true"),
        (rating("perhaps-true", "probably-true", direction="for"), "perhaps-true"),
        (rating("open", "perhaps-true"), "open"),
        (rating("open", direction="contested"), "open"),
        (rating("perhaps-false", "perhaps-true"), "open"),
        (rating("probably-false", "open"), "open"),
        (rating("probably-false", "perhaps-false", direction="against"), "wrong"),
        (rating("probably-false", direction="against"), "wrong"),
        (NONE, "none"),
    ],
)
def test_a_range_stands_with_its_end_nearest_to_the_middle(found: ShortRating, part: str):
    assert counted(PositionVerdicts((VerdictCount(found, ("x", "y")),), ())) == {part: 2}


def test_the_likeliest_stand_at_the_bottom_and_each_part_once():
    against = rating("perhaps-false", direction="against")
    several = (against, rating("probably-false", "open"), rating("probably-false", "open"), NONE)
    verdicts = PositionVerdicts(tuple(VerdictCount(one, (f"c{at}",)) for at, one in enumerate(several)), ())
    assert list(counted(verdicts).items()) == [("open", 2), ("wrong", 1), ("none", 1)]
    assert list(PARTS) == ["probably-true", "perhaps-true", "open", "wrong", "none"]


def test_a_column_has_as_many_claims_as_the_position_rests_on_and_links_to_its_point():
    picture = history(ledger_of(TEXTS)).clocks[0].picture
    assert picture
    (row,) = picture.rows
    assert [(column.title, [part.style for part in column.parts]) for column in row.columns] == [
        ("3 May 2001: open 1", ["open"]),
        ("31 December 2005 (date not known exactly): perhaps true 1", ["perhaps-true"]),
        ("4 March 2010: open 1", ["open"]),
        ("10 January 2020: perhaps true 1", ["perhaps-true"]),
    ]
    assert row.columns[0].href == "#happened-2001-05-03"
    assert all(part.y + part.height == row.base for column in row.columns for part in column.parts)
