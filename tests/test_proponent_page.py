"""Stances over time: the list of a proponent's statements, their marks, and the proponents of a controversy."""

from itertools import combinations

import pytest
from making import CLAIM, EVIDENCE, FLAGSHIP, SOURCE, Reader, ledger_at, ledger_of, seen_from, site_of

from ledger.views.controversy import ControversyView, view_controversy
from ledger.views.others import ProponentView, view_proponent
from ledger.views.proponents import ProponentsView, view_proponents
from ledger.views.swimlanes import Swimlanes
from ledger.views.time_scale import MARK, YEAR

FILES = {
    "controversies/c.yml": "title: T\nquestion: Is it late?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\nlabel: Late\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nstatement: No.\n",
    "controversies/d.yml": "title: U\nquestion: Is it round?\nstatus: active\n",
    "positions/d-a.yml": "controversy: d\nletter: A\nstatement: Round.\n",
    "sources/s.yml": SOURCE,
}


def stance(id_: str, position: str, what: str, *dates: str, more: str = "") -> str:
    attested = ", ".join(f"{{date: {date}, source: s}}" for date in dates)
    return f"  - {{id: {id_}, position: {position}, stance: {what}, attested: [{attested}]{more}}}\n"


def named(name: str, *stances: str) -> str:
    return f"name: {name}\ntype: person\n" + ("stances:\n" + "".join(stances) if stances else "")


def proponent(*stances: str) -> ProponentView:
    ledger = ledger_of(FILES | {"proponents/p.yml": named("Ada", *stances)})
    return view_proponent(seen_from(ledger, "proponents/p.html"), ledger.records["p"])


def page(*stances: str) -> Reader:
    return Reader(
        site_of(ledger_of(FILES | {"proponents/p.yml": named("Ada", *stances)}))["proponents/p.html"].decode()
    )


def proponents(files: dict[str, str]) -> ProponentsView:
    ledger = ledger_of(FILES | files)
    return view_proponents(seen_from(ledger, "controversies/c/proponents.html"), ledger.records["c"])


def drawn(view: ProponentView) -> Swimlanes:
    assert view.lanes
    return view.lanes


def widths(outline: str) -> int:
    xs = [int(point.split()[0]) for point in outline.strip("MZ").split("L")]
    return max(xs) - min(xs)


# The list


def test_statements_of_all_stances_stand_in_order_of_time():
    view = proponent(stance("s1", "c-a", "holds", "2003", "2001-05-02"), stance("s2", "d-a", "rejects", "2002-01"))
    assert [(one.date, one.words, one.about) for one in view.statements] == [
        ("2 May 2001", "holds", "A: Late"),
        ("January 2002", "rejects", "Round."),
        ("2003", "holds", "A: Late"),
    ]


def test_the_first_statement_of_a_stance_is_where_links_to_the_stance_lead():
    view = proponent(stance("s1", "c-a", "holds", "2003", "2001"), stance("s2", "c-b", "rejects", "2002"))
    assert [one.anchor for one in view.statements] == ["s1", "s2", "s1.2"]


def test_a_change_of_stance_says_what_stood_before():
    view = proponent(stance("s1", "c-a", "holds", "2001", "2002"), stance("s2", "c-a", "left", "2003"))
    assert [one.before for one in view.statements] == ["", "", "holds"]
    assert "has left A: Late (before: holds)" in " ".join(page(*FLIP).text.split())


FLIP = (stance("s1", "c-a", "holds", "2001"), stance("s2", "c-a", "left", "2003"))


def test_another_stance_on_another_position_is_no_change():
    view = proponent(stance("s1", "c-a", "holds", "2001"), stance("s2", "c-b", "rejects", "2002"))
    assert [one.before for one in view.statements] == ["", ""]


def test_an_inferred_stance_and_the_capacity_are_said():
    text = page(stance("s1", "c-a", "holds", "2001", more=", inferred: true, in_capacity: surveyor")).text
    assert "as surveyor" in text
    assert "inferred from acts, not words" in text


def test_a_proponent_without_stances_says_so_and_has_no_picture():
    assert proponent().lanes is None
    assert "No stance is attested by a source in this ledger." in page().text


def test_one_statement_makes_no_picture():
    assert proponent(stance("s1", "c-a", "holds", "2001")).lanes is None


# The picture


def test_each_position_has_a_lane_of_its_own_by_controversy_and_letter():
    stances = (
        stance("s1", "d-a", "holds", "2001"),
        stance("s2", "c-b", "holds", "2002"),
        stance("s3", "c-a", "left", "2003"),
    )
    lanes = drawn(proponent(*stances)).lanes
    assert [(lane.name, [mark.href for mark in lane.marks]) for lane in lanes] == [
        ("A: Late", ["#s3"]),
        ("No.", ["#s2"]),
        ("Round.", ["#s1"]),
    ]


def test_partial_dates_are_drawn_as_long_as_they_are_open():
    ((lane),) = drawn(proponent(stance("s1", "c-a", "holds", "2001", "2002-03", "2003-04-05"))).lanes
    year, month, day = (widths(mark.outline) for mark in lane.marks)
    assert YEAR > year > month >= day == MARK


def test_doubtful_and_open_dates_carry_a_question_mark():
    ((lane),) = drawn(proponent(stance("s1", "c-a", "holds", "2001~", "2003-09/..", "2005-01-01", "../2007"))).lanes
    assert [mark.text for mark in lane.marks] == ["A?", "A?", "A", "A?"]
    assert [mark.title.partition(":")[0] for mark in lane.marks] == [
        "about 2001",
        "September 2003 or later",
        "1 January 2005",
        "by 2007",
    ]


def test_every_stance_has_an_outline_of_its_own_and_inferred_ones_are_told_apart():
    ways = ("holds", "leans", "rejects", "left")
    stances = [stance(f"s{at}", "c-a", way, f"200{at}-01-01") for at, way in enumerate(ways)]
    view = drawn(proponent(*stances, stance("s9", "c-b", "holds", "2009", more=", inferred: true")))
    assert len(set(view.legend.values())) == len(ways)
    assert [mark.inferred for lane in view.lanes for mark in lane.marks] == [False] * len(ways) + [True]


def test_marks_of_one_day_do_not_overlap_and_stay_within_their_lane():
    view = drawn(proponent(stance("s1", "c-a", "holds", *["2001-05-02"] * 4), stance("s2", "c-b", "leans", "2001")))
    marks = [mark for lane in view.lanes for mark in lane.marks]
    assert all(one.y != other.y for one, other in combinations(marks, 2))
    first, second = view.lanes
    assert all(mark.y < first.end < second.end <= view.bottom < view.height for mark in first.marks)


def test_every_mark_leads_to_its_place_in_the_list():
    found = page(*FLIP)
    assert {"#s1", "#s2"} <= set(found.links)
    assert {"s1", "s2"} <= set(found.ids)


def test_a_long_name_is_cut_in_the_picture_and_whole_in_the_list():
    long = FILES | {"positions/c-b.yml": f"controversy: c\nletter: B\nstatement: {'very ' * 30}late.\n"}
    ledger = ledger_of(long | {"proponents/p.yml": named("Ada", stance("s1", "c-b", "holds", "2001", "2002"))})
    view = view_proponent(seen_from(ledger, "proponents/p.html"), ledger.records["p"])
    assert drawn(view).lanes[0].name.endswith("very…")
    assert view.statements[0].about.endswith("late.")


# The proponents of a controversy


def test_proponents_stand_under_each_position_with_stance_and_since_when():
    view = proponents(
        {
            "proponents/p.yml": named("Ada", stance("s1", "c-a", "leans", "2003", "2001-05")),
            "proponents/q.yml": named("Bo", stance("s1", "c-a", "holds", "2002", more=", inferred: true")),
            "proponents/r.yml": named("Cy", stance("s1", "d-a", "holds", "2002")),
        }
    )
    assert [
        (entry.letter, [(h.proponent.title, h.stance.stance, h.since, bool(h.stance.inferred)) for h in entry.holders])
        for entry in view.positions
    ] == [
        ("A", [("Bo", "holds", "2002", True), ("Ada", "leans", "May 2001", False)]),
        ("B", []),
    ]


def test_a_stance_that_was_given_up_says_what_came_later():
    view = proponents({"proponents/p.yml": named("Ada", *FLIP)})
    assert [(holder.stance.stance, holder.later) for holder in view.positions[0].holders] == [
        ("holds", "has left"),
        ("left", ""),
    ]


def test_over_time_only_statements_in_this_controversy_are_shown():
    view = proponents(
        {"proponents/p.yml": named("Ada", stance("s1", "d-a", "holds", "2001"), stance("s2", "c-b", "holds", "2002"))}
    )
    assert [[place for place, _ in history.statements] for history in view.histories] == [["p.s2"]]


def test_nobody_with_a_stance_is_said_and_nothing_is_drawn():
    view = Reader(site_of(ledger_of(FILES))["controversies/c/proponents.html"].decode())
    assert "No source in this ledger attests a stance on these positions." in view.text


def test_every_mark_of_a_controversy_leads_to_its_place_in_the_list():
    files = {"proponents/p.yml": named("Ada", *FLIP)}
    found = Reader(site_of(ledger_of(FILES | files))["controversies/c/proponents.html"].decode())
    marks = [link.removeprefix("#") for link in found.links if link.startswith("#p.")]
    assert marks == ["p.s1", "p.s2"]
    assert set(marks) <= set(found.ids)


# The page of the controversy


RESTING = "controversy: c\nletter: A\nstatement: Yes.\nrests_on: [x]\n"


def controversy(files: dict[str, str]) -> ControversyView:
    ledger = ledger_of(FILES | files)
    return view_controversy(seen_from(ledger, "controversies/c.html"), ledger.records["c"])


def test_sources_cited_in_the_texts_of_shown_claims_are_in_the_merged_references():
    evidence = EVIDENCE.replace("A gap.", '"A gap, as [@t] saw."').replace("source: s,", "source: s, locator: '[@u]',")
    files = {
        "positions/c-a.yml": RESTING,
        "claims/x.yml": CLAIM + evidence,
        "sources/t.yml": SOURCE,
        "sources/u.yml": SOURCE,
    }
    assert [(entry.number, entry.source.id) for entry in controversy(files).references] == [
        (1, "s"),
        (2, "t"),
        (3, "u"),
    ]


def test_the_parts_of_the_page_are_listed_in_their_order_what_would_settle_it_before_the_tensions():
    tension = "tensions: [{id: pace, title: Fast or slow, text: Nobody timed it., claims: [x]}]\n"
    files = {
        "controversies/c.yml": FILES["controversies/c.yml"] + tension,
        "positions/c-a.yml": RESTING
        + "cruxes: [A better clock.]\nobjections: [{text: It was not.}, {text: Nor is it.}]\n",
        "claims/x.yml": CLAIM,
    }
    page = Reader(site_of(ledger_of(FILES | files))["controversies/c.html"].decode())
    listed = list(controversy(files).contents)
    assert listed.index("cruxes") < listed.index("tensions") < listed.index("position-a") < listed.index("references")
    assert [link[1:] for link in page.links if link[1:] in listed and link[0] == "#"][-len(listed) :] == listed
    assert page.text.index("A better clock.") < page.text.index("Nobody timed it.") < page.text.index("It was not.")
    assert "Nor is it." not in page.text
    assert {f"../positions/c-a.html#position-a-{part}" for part in ("rests-on", "objections")} <= set(page.links)


def test_withdrawn_claims_for_a_position_come_last():
    bears = "bears_on: [{position: c-a, relation: supports}]\n"
    files = {
        "claims/a.yml": CLAIM + bears + "withdrawn: {date: 2020, why: Wrong.}\n",
        "claims/z.yml": CLAIM + bears,
    }
    site = site_of(ledger_of(FILES | files))
    links = Reader(site["positions/c-a.html"].decode()).links
    assert links.index("../claims/z.html") < links.index("../claims/a.html")


def test_the_last_change_names_its_editor_and_reason():
    rated = "assessments: [{rating: low, by: ann, date: 2020-02-03, why: One group only.}]\n"
    files = {"positions/c-a.yml": RESTING, "claims/x.yml": CLAIM + rated}
    (cause,) = controversy(files).changed_by
    assert (cause.act, cause.by, cause.why) == ("rated", "Ann", "One group only.")


def test_the_last_change_names_the_source_of_new_evidence():
    recorded = EVIDENCE.replace("memory", "memory, recorded: 2020-02-03, by: ann")
    files = {"positions/c-a.yml": RESTING, "claims/x.yml": CLAIM + recorded}
    (cause,) = controversy(files).changed_by
    assert cause.source
    assert (cause.act, cause.source.id, cause.why) == ("evidence", "s", "A gap.")


@pytest.mark.content
def test_the_flagships_stances_all_stand_on_their_pages():
    ledger = ledger_at(FLAGSHIP)
    for record in ledger.of_kind("proponent"):
        view = view_proponent(seen_from(ledger, f"proponents/{record.id}.html"), record)
        assert len(view.statements) == sum(len(stance.attested) for stance in record.fields.stances)
