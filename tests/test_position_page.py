"""The page of a position: what it builds on, its problems, who holds it, and all claims in a table."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, SOURCE, Reader, ledger_of, seen_from, site_of

from ledger.analysis import cases
from ledger.analysis.ratings import ShortRating
from ledger.analysis.verdicts import WORDS
from ledger.graph import Ledger
from ledger.pages import site_map
from ledger.views import View
from ledger.views.paging import MOST
from ledger.views.position import PILLARS, PROBLEMS, view_position

ITEM = "{{id: e{n}, source: {source}, relation: {relation}, shows: A., consulted: full-text, {more}}}"
STRONG = "directness: direct, basis: empirical"
OWN = SOURCE.replace("tier: reporting", "tier: peer-reviewed").replace("derived_from: unknown", "derived_from: []")
FILES = {
    "controversies/c.yml": "title: T\nquestion: Is it late?\nstatus: active\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nlabel: Early\nstatement: No.\n",
    **{
        f"sources/{name}.yml": f"{OWN.replace('unknown', f'[{{family: {name.title()}}}]', 1)}first_hand: true\n"
        for name in ("ash", "bay", "cox")
    },
}
POSITION = "controversy: c\nletter: A\nlabel: Late\nstatement: It is late.\n"


def claim(statement: str, *relations: str, more: str = "") -> str:
    """A claim with an item from a source of its own for each relation."""
    pairs = zip(("ash", "bay", "cox"), relations, strict=False)
    items = [ITEM.format(n=n, source=s, relation=r, more=STRONG) for n, (s, r) in enumerate(pairs, 1)]
    return CLAIM.replace("It moves", statement) + f"evidence: [{', '.join(items)}]\n" + more


LIKELY = ("supports",) * 3
UNLIKELY = ("disputes",) * 3


def ledger(position: str = "", **claims: str) -> Ledger:
    files = {f"claims/{name}.yml": text for name, text in claims.items()}
    return ledger_of(FILES | {"positions/c-a.yml": POSITION + position} | files)


def view(position: str = "", **claims: str) -> View:
    found = ledger(position, **claims)
    return view_position(seen_from(found, "positions/c-a.html"), found.records["c-a"])


def said(found: Ledger, page: str = "positions/c-a.html") -> str:
    return " ".join(Reader(site_of(found)[page].decode()).text.split())


def in_table(found: View) -> list[tuple[str, list[str]]]:
    return [(way, [row.claim.id for row in rows]) for way, rows in found.claims]


# What matters most


def test_what_is_supported_comes_with_the_surest_first_and_what_is_open_apart():
    names = [f"p{n}" for n in range(PILLARS + 2)]
    shared = "bears_on: [{position: c-b, relation: disputes}]\n"
    claims = {name: claim(name, *LIKELY[:2], "disputes", more=shared if name == "p5" else "") for name in names}
    unsure = {"open": claim("Open", "supports"), "bad": claim("Bad", *UNLIKELY), "sure": claim("Sure", *LIKELY)}
    found = view(f"rests_on: [{', '.join((*unsure, *names))}]\n", **claims, **unsure)
    assert [use.claim.id for use in found.pillars] == ["sure", "p5", *names[: PILLARS - 2]]
    assert {(use.best and use.best.label) for use in found.pillars} == {"Ash 1999"}
    assert all(use.verdict.words for use in found.pillars)
    assert [use.claim.id for use in found.unsure] == ["open"]


def test_a_claim_without_evidence_for_it_says_so():
    assert "No evidence for it is recorded yet." in said(ledger("rests_on: [x]\n", x=CLAIM))


def test_a_withdrawn_claim_is_no_pillar_and_no_problem():
    gone = "withdrawn: {date: 2001, why: Wrong.}\n"
    found = view("rests_on: [x]\nrejects: [y]\n", x=CLAIM + gone, y=claim("Y", *LIKELY, more=gone))
    assert (found.pillars, found.problems) == ((), ())
    assert [(way, [row.claim.id for row in rows]) for way, rows in found.claims] == [
        ("rests_on", ["x"]),
        ("rejects", ["y"]),
    ]


def test_where_the_evidence_points_is_counted_over_all_that_it_builds_on():
    claims = {"x": claim("X", *LIKELY), "y": claim("Y", *UNLIKELY), "z": CLAIM}
    text = said(ledger("rests_on: [x, y, z]\n", **claims))
    assert "The evidence supports one of the claims it builds on, contradicts one and leaves none open." in text


# Problems


def test_a_problem_is_an_objection_a_denied_claim_or_a_pillar_with_the_evidence_on_its_other_side():
    claims = {
        "against": claim("Against", *LIKELY, more="bears_on: [{position: c-a, relation: disputes}]\n"),
        "denied": claim("Denied", *LIKELY),
        "pillar": claim("Pillar", *UNLIKELY),
        "fine": claim("Fine", *LIKELY),
        "behind": claim("Behind", *LIKELY),
    }
    objections = "objections: [{text: It was not., claims: [behind]}, {text: Nobody looked.}]\n"
    found = view(f"rests_on: [pillar, fine]\nrejects: [denied]\n{objections}", **claims)
    shown = [(one.way, one.text, [use.claim.id for use in one.claims]) for one in found.problems]
    assert sorted(shown) == [
        ("objected_to_by", "It was not.", ["behind"]),
        ("rejects", "", ["denied"]),
        ("rests_on", "", ["pillar"]),
    ]
    assert [one.text for one in found.objections] == ["Nobody looked."]


def test_a_pillar_that_fails_shows_the_best_evidence_against_it():
    assert "Best evidence against it: Ash 1999" in said(ledger("rests_on: [x]\n", x=claim("X", *UNLIKELY)))


def test_no_claim_is_a_problem_twice():
    both = claim("X", *LIKELY, more="bears_on: [{position: c-a, relation: disputes}]\n")
    found = view("rejects: [x]\nobjections: [{text: It was not., claims: [x]}]\n", x=both)
    assert [(one.way, [use.claim.id for use in one.claims]) for one in found.problems] == [("objected_to_by", ["x"])]


verdicts = st.sampled_from([ShortRating(word, None, None, None) for word in WORDS])


@given(
    st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=6),
    st.dictionaries(st.integers(0, 9), verdicts, min_size=10),
)
def test_problems_are_those_given_each_once_and_none_before_a_likelier_one(
    objections: list[list[int]], ratings: dict[int, ShortRating]
):
    told = [(f"O{at}", tuple(str(one) for one in found)) for at, found in enumerate(objections)]
    of = {str(claim): rating for claim, rating in ratings.items()}
    found = cases.problems(told, {"rejects": of}, (), of.__getitem__, {})
    assert sorted(one.text for one in found if one.text) == sorted(text for text, _ in told)
    claims = [one.claims[0] for one in found if not one.text]
    assert len(set(claims)) == len(claims)
    assert not {one for _, named in told for one in named} & set(claims)
    likely = [max((cases.points(of[one]) for one in problem.claims), default=cases.EVEN - 1) for problem in found]
    assert likely == sorted(likely, reverse=True)


# People


def test_holders_stand_with_what_they_do_and_gain_and_those_against_it_by_name():
    stance = "stances: [{{id: s1, position: c-a, stance: {}, attested: [{{date: 2001-05, source: ash}}]}}]\n"
    post = "affiliations: [{name: The Yard, role: pilot}]\ninterests: [{note: Sells clocks.}]\n"
    found = ledger_of(
        FILES
        | {
            "positions/c-a.yml": POSITION,
            "proponents/p.yml": f"name: Ada\ntype: person\n{post}{stance.format('holds')}",
            "proponents/q.yml": f"name: Bo\ntype: person\n{stance.format('leans')}",
            "proponents/r.yml": f"name: Cy\ntype: person\n{stance.format('rejects')}",
            "proponents/s.yml": f"name: Di\ntype: person\n{stance.format('left')}",
        }
    )
    text = said(found)
    assert "Ada, pilot, The Yard first said so May 2001 Stake: Sells clocks. Leaning to it Bo first said so" in text
    assert "A stake without a source is the editors’ reading." in text
    assert "Held it once: Di." in text
    assert "Against it: Cy." in text


def test_how_positions_relate_is_said_once_from_both_sides():
    relation = "relations: [{{position: {}, type: {}, why: W.}}]\n"
    files = {
        "positions/c-a.yml": POSITION + relation.format("c-b", "compatible"),
        "positions/c-b.yml": FILES["positions/c-b.yml"] + relation.format("c-a", "compatible"),
        "positions/c-c.yml": "controversy: c\nletter: C\nlabel: Very\nstatement: S.\n"
        + relation.format("c-a", "narrows"),
    }
    text = said(ledger_of(FILES | files))
    assert text.count("Can be right together with B: Early") == 1
    assert "Has a narrower form: C: Very: W." in text
    assert "Linked from" not in text


# The table


def test_every_claim_stands_once_in_the_table_by_how_it_is_tied():
    bears = "bears_on: [{{position: c-a, relation: {}}}]\n"
    found = view(
        "rests_on: [x]\nrejects: [y]\nobjections: [{text: O., claims: [o, y]}]\n",
        x=CLAIM + bears.format("supports"),
        y=CLAIM + bears.format("disputes"),
        o=CLAIM,
        a=CLAIM + bears.format("disputes"),
        f=claim("F", "supports", "supports", "disputes", more=bears.format("supports")),
    )
    assert in_table(found) == [
        ("rests_on", ["x"]),
        ("rejects", ["y"]),
        ("disputes", ["a", "o"]),
        ("supports", ["f"]),
    ]
    assert found.claims[-1][1][0].sources == (2, 1)
    assert found.many == 5


def test_a_long_table_goes_on_on_further_pages_that_hold_nothing_else():
    many = 2 * MOST["position"]
    claims = {f"x{n:03}": CLAIM for n in range(many)}
    found = ledger(f"steelman: It is.\nrests_on: [{', '.join(claims)}]\n", **claims)
    site = site_of(found)
    pages = [place.url for place in site_map(found) if place.url.startswith("positions/c-a")]
    assert pages == ["positions/c-a.html", *(f"positions/c-a/{n}.html" for n in range(2, len(pages) + 1))]
    texts = [site[page].decode() for page in pages]
    rows = [re.findall(r'<tr><th scope="row"><a [^>]*href="[./]+claims/(x\d+)\.html"', text) for text in texts]
    assert sorted(one for found in rows for one in found) == sorted(claims)
    assert all(0 < len(found) <= MOST["position"] for found in rows)
    assert ["The case for it" in text for text in texts] == [True, *[False] * (len(texts) - 1)]


@pytest.mark.parametrize(
    "words", ["No editor has judged it yet.", "No claim that it builds on is supported by evidence yet."]
)
def test_an_empty_position_says_what_is_missing(words: str):
    assert words in said(ledger())


def test_the_confidence_is_said_in_words_with_the_newest_reason():
    rated = (
        "assessments: [{rating: high, by: ann, date: 2001, why: Old.}, {rating: low, by: ann, date: 2002, why: New.}]\n"
    )
    assert "The editors have low confidence in it. New." in said(ledger(rated))


def test_more_than_three_problems_are_folded():
    objections = ", ".join(f"{{text: Objection {n}.}}" for n in range(PROBLEMS + 2))
    assert "Other objections (2)" in said(ledger(f"objections: [{objections}]\n"))
