"""The picture of a dispute: which questions it asks, where the evidence points, and who needs which answer."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from making import CLAIM, Reader, ledger_of, seen_from, site_of
from rating_ledgers import LOOKED, SITE, item, source

from ledger import texts
from ledger.analysis.bearing import Tie
from ledger.analysis.questions import Question, questions_of, stakes_in
from ledger.graph import Ledger
from ledger.records import Controversy
from ledger.views.board import Axis, Board, axis_of, view_board

PAGE = "controversies/c.html"
LETTERS = {"c-a": "A", "c-b": "B"}
CONTROVERSY = {"title": "Late", "question": "Is it late?", "status": "active", "summary": "It may be. Or not."}
A = {"controversy": "c", "letter": "A", "statement": "Yes.", "label": "Late", "rests_on": ["k"]}
B = {"controversy": "c", "letter": "B", "statement": "No.", "label": "On time", "rejects": ["k"]}
CLAIM_FIELDS = {"statement": "It lags.", "type": "empirical"}
K = {**CLAIM_FIELDS, "question": "Does it lag?"}


def dispute(claims: Mapping[str, Any], board: list[str] | None = None, **more: Any) -> Ledger:
    """A controversy with two positions, three strong sources, and some claims."""
    records = {
        "site.yml": SITE,
        "controversies/c.yml": {**CONTROVERSY, **({"board": board} if board is not None else {})},
        "positions/c-a.yml": A,
        "positions/c-b.yml": B,
        **{f"claims/{id_}.yml": fields for id_, fields in claims.items()},
        **{f"sources/{id_}.yml": {"title": f"T {id_}", **source()} for id_ in ("s", "t", "u")},
        **more,
    }
    return ledger_of({path: json.dumps(fields) for path, fields in records.items()})


def questions(ledger: Ledger) -> tuple[Question, ...]:
    return questions_of(ledger, "c")


def board(ledger: Ledger) -> Board:
    found = view_board(seen_from(ledger, PAGE), ledger.record(Controversy, "c"))
    assert found
    return found


def evidence(*sources: str, **more: Any) -> dict[str, Any]:
    return {"evidence": [{"id": f"e{n}", **item(one)} for n, one in enumerate(sources, 1)], **more}


# Which questions


def test_the_board_is_asked_in_the_order_in_which_it_was_written():
    ledger = dispute({"k": K, "j": {**K, "former_ids": ["old"]}, "i": K}, ["old", "k", "j"])
    assert [one.asked.claim for one in questions(ledger)] == ["j", "k"]


def test_without_a_board_the_most_important_claims_that_evidence_can_settle_are_asked():
    """`k` matters to both positions, the others to one. What a word means, and what is about positions, is left out."""
    bears = [{"position": "c-a", "relation": "supports"}]
    claims = {
        "a-hint": {**K, "bears_on": bears},
        "k": K,
        "means": {**K, "type": "definitional", "bears_on": bears},
        "about": {**K, "about_positions": True, "bears_on": bears},
        "apart": K,
    }
    assert [one.asked.claim for one in questions(dispute(claims))] == ["k", "a-hint"]
    assert [one.asked.claim for one in questions(dispute(claims, ["means", "apart"]))] == ["means", "apart"]


def test_a_claim_that_was_withdrawn_is_not_asked():
    gone = {**K, "withdrawn": {"date": "2026", "why": "W."}}
    assert [one.asked.claim for one in questions(dispute({"k": K, "j": gone}, ["j", "k"]))] == ["k"]


def test_no_more_than_twelve_are_asked():
    claims = {f"k{n}": K for n in range(14)}
    assert [one.asked.claim for one in questions(dispute({"k": K, **claims}, [*claims]))] == [*claims][:12]


# Who needs which answer


def tie(edge: str, sign: int, *, is_strong: bool = False, position: str = "c-a") -> Tie:
    return Tie(position, edge, sign, is_strong)


RESTS, REJECTS = tie("rests_on", 1, is_strong=True), tie("rejects", -1, is_strong=True)
FOR, AGAINST = tie("supports", 1), tie("disputes", -1)
STRONGLY_AGAINST = tie("disputes", -1, is_strong=True)


@pytest.mark.parametrize(
    ("ties", "needs"),
    [
        ([RESTS], (True, True)),
        ([REJECTS], (False, True)),
        ([FOR], (True, False)),
        ([AGAINST], (False, False)),
        ([STRONGLY_AGAINST], (False, True)),
        ([AGAINST, RESTS], (True, True)),
        ([FOR, AGAINST], None),
        ([RESTS, REJECTS], None),
        ([tie("objected_to_by", -1)], None),
        ([tie("objected_to_by", -1), FOR], (True, False)),
        ([], None),
    ],
)
def test_a_position_needs_the_answer_on_which_it_stakes_itself(ties: list[Tie], needs: tuple[bool, bool] | None):
    """Whether it needs Yes, and whether the tie is strong."""
    found = {stake.position: (stake.is_yes, stake.is_strong) for stake in stakes_in(ties, LETTERS)}
    assert found.get("c-a") == needs
    assert "c-b" not in found


def test_letters_stand_in_the_order_of_the_positions():
    ties = [tie("rests_on", 1, is_strong=True, position="c-b"), RESTS]
    assert [(one.position, one.letter) for one in stakes_in(ties, LETTERS)] == [("c-a", "A"), ("c-b", "B")]


# Where the evidence points


def one_row(**claim: Any) -> Question:
    return questions(dispute({"k": {**K, **claim}}))[0]


def test_the_bar_goes_as_far_as_other_choices_move_the_verdict():
    """Three strong works: probably true while somebody looked for the other side, open without searches' help."""
    found = one_row(**evidence("s", "t", "u", searches=[LOOKED]))
    assert found.verdict == ("probably-true", "probably-true")
    assert found.widest == ("perhaps-true", "probably-true")


def test_a_range_is_a_bar_with_the_dot_in_its_middle():
    found = one_row(**evidence("s", "t", "u"))
    assert found.verdict == ("perhaps-true", "probably-true")
    assert axis_of(found.verdict, found.verdict) == Axis(dot=80, start=64, end=96, is_empty=False)


def test_there_is_an_empty_ring_where_nothing_solid_is_recorded():
    weak = {"evidence": [{"id": "e1", **item("s", consulted="memory", basis="opinion")}]}
    assert [one_row(**claim).verdict for claim in ({}, weak)] == [None, None]
    asks_what_ought_to_be = {**K, **evidence("s", "t", "u"), "type": "normative"}
    row = board(dispute({"k": asks_what_ought_to_be}, ["k"])).rows[0]
    assert (row.axis.is_empty, row.verdict) == (True, texts.say("board.no_question"))
    assert axis_of(None, None) == Axis(dot=50, start=50, end=50, is_empty=True)


def test_what_is_open_because_both_sides_have_evidence_is_a_dot_in_the_middle():
    against = [{"id": f"d{n}", **item(one, relation="disputes")} for n, one in enumerate(("v", "w"))]
    more = {f"sources/{id_}.yml": {"title": f"T {id_}", **source()} for id_ in ("v", "w")}
    claim = {**K, "evidence": [*evidence("s", "t")["evidence"], *against]}
    found = board(dispute({"k": claim}, **more)).rows[0]
    assert (found.axis.dot, found.axis.is_empty) == (50, False)
    assert found.verdict == texts.say("board.contested")


def test_a_verdict_on_the_left_is_drawn_on_the_left():
    assert axis_of(("probably-false", "perhaps-false"), ("probably-false", "open")) == Axis(20, 4, 56, is_empty=False)


# How it is shown


def test_a_row_in_words():
    row = board(dispute({"k": {**K, **evidence("s", "t", "u", searches=[LOOKED])}})).rows[0]
    assert row.text == "Does it lag?"
    assert row.said == "The evidence: probably true. Yes: A. No: B."
    assert row.sides == ("B", "A")


def test_a_claim_without_a_question_is_shown_by_its_statement():
    found = board(dispute({"k": CLAIM_FIELDS}))
    assert (found.rows[0].text, found.no, found.yes) == ("It lags.", "False", "True")
    mixed = board(dispute({"k": K, "j": CLAIM_FIELDS}, ["k", "j"]))
    assert (mixed.no, mixed.yes) == ("No", "Yes")
    assert [(row.no, row.yes, row.has_own_ends) for row in mixed.rows] == [
        ("No", "Yes", False),
        ("False", "True", True),
    ]


def test_a_claim_may_name_the_ends_of_its_axis():
    ledger = dispute({"k": {**K, "no": "on time", "yes": "late"}})
    row = board(ledger).rows[0]
    assert (row.no, row.yes, row.has_own_ends) == ("on time", "late", True)
    assert "late: A. on time: B." in row.said
    assert "<span>on time</span> <span>late</span>" in page(ledger)


def page(ledger: Ledger, address: str = PAGE) -> str:
    return site_of(ledger)[address].decode()


def test_the_page_has_the_picture_its_words_and_its_table():
    html = page(dispute({"k": {**K, **evidence("s", "t", "u")}}))
    row = re.search(r'<ul class="split-rows">\s*<li>(.*?)</li>', html, re.DOTALL)
    assert row
    assert '<a href="../claims/k.html">Does it lag?</a>' in row[1]
    assert '<line class="bar" x1="64%" x2="96%"' in row[1]
    assert '<span class="camp camp-a" title="A: Late">A</span>' in row[1]
    assert '<span class="quiet">The evidence: perhaps true or probably true. Yes: A. No: B.</span>' in row[1]
    assert "<td>perhaps true or probably true</td><td>B</td><td>A</td>" in html


def test_what_is_drawn_is_hidden_from_those_who_listen_and_said_instead():
    html = page(dispute({"k": K}))
    for tag in re.findall(r"<(?:svg|span class=\"(?:camps|own-ends)|p class=\"split-ends)[^<>]*>", html):
        assert 'aria-hidden="true"' in tag


def test_the_home_page_shows_the_main_controversy():
    reader = Reader(page(dispute({"k": K}), "index.html"))
    assert "claims/k.html" in reader.links
    assert "It may be." in " ".join(reader.shown)


def test_a_controversy_to_which_no_claim_matters_has_no_picture():
    ledger = ledger_of({"controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\n"})
    assert view_board(seen_from(ledger, PAGE), ledger.record(Controversy, "c")) is None
    for address in (PAGE, "index.html"):
        assert "split-rows" not in page(ledger, address)


def test_the_page_of_a_controversy_that_was_withdrawn_has_none():
    gone = {**CONTROVERSY, "withdrawn": {"date": "2026", "why": "W."}}
    ledger = dispute({"k": K}, **{"controversies/c.yml": gone})
    assert "split-rows" not in page(ledger)
    assert "split-rows" not in page(ledger, "index.html")


HOSTILE = "</svg><script>alert(1)</script> \"'>& \u202e" + "x" * 200


def test_hostile_texts_are_shown_as_they_are_written():
    claim = {**K, "question": f"{HOSTILE}?", "no": HOSTILE, "yes": HOSTILE}
    ledger = dispute({"k": claim}, **{"positions/c-a.yml": {**A, "label": HOSTILE}})
    html = page(ledger)
    assert "<script>alert" not in html
    assert HOSTILE.replace('"', "“").replace("'", "’") in " ".join(Reader(html).shown)


def test_a_controversy_with_many_claims_has_ten_questions_and_a_small_page():
    many = [f"k{n}" for n in range(150)]
    files = {
        "controversies/c.yml": "title: T\nquestion: Is it?\nstatus: active\n",
        **{f"claims/{id_}.yml": CLAIM.replace("It moves", f"It moves by {id_} " + "and on " * 30) for id_ in many},
        **{
            f"positions/c-{letter.lower()}.yml": f"controversy: c\nletter: {letter}\nstatement: S.\n"
            f"{'rests_on' if letter < 'C' else 'rejects'}: [{', '.join(many)}]\n"
            for letter in "ABCD"
        },
    }
    html = page(ledger_of(files))
    found = html.partition('<ul class="split-rows">')[2].partition("</ul>")[0]
    assert found.count("<li>") == 10
    assert len(found) < 20_000
    assert len(html.encode()) < 150_000
