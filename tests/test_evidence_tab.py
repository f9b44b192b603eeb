"""The Evidence tab: the picture of shared claims, the strongest evidence, and all claims by positions."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from making import CLAIM, SOURCE, TEMPLATES, Reader, ledger_of, seen_from

from ledger import pages, render, urls
from ledger.graph import Ledger
from ledger.views import View
from ledger.views.evidence import view_evidence
from ledger.views.shared_claims import LIMIT

READ = "shows: A gap., consulted: full-text, directness: direct, basis: empirical"
FIRST_HAND = SOURCE.replace("reporting", "peer-reviewed").replace(
    "derived_from: unknown", "derived_from: []\nfirst_hand: true"
)


def item(id_: str, source: str, relation: str) -> str:
    return f"{{id: {id_}, source: {source}, relation: {relation}, {READ}}}"


WHY = "bears_on: [{position: c-a, relation: supports, why: 'It would show in [[solo]].'}]\n"
FILES = {
    "controversies/c.yml": "title: T\nquestion: Is it late?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\nlabel: Late\nrests_on: [k, solo]\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nstatement: No.\nrejects: [k]\n",
    "claims/k.yml": CLAIM + WHY + f"evidence: [{item('e1', 's', 'supports')}, {item('e2', 't', 'disputes')}]\n",
    "claims/solo.yml": CLAIM.replace("It moves", "It <stops> & starts"),
    "claims/weak.yml": CLAIM + "bears_on: [{position: c-a, relation: supports}, {position: c-b, relation: disputes}]\n",
    "claims/apart.yml": CLAIM,
    "sources/s.yml": FIRST_HAND,
    "sources/t.yml": FIRST_HAND,
}


def evidence(files: dict[str, str]) -> View:
    ledger = ledger_of(files)
    return view_evidence(seen_from(ledger, "controversies/c/evidence.html"), ledger.records["c"])


def picture(files: dict[str, str]) -> View:
    found = evidence(files).shared
    assert found
    return found


def html(ledger: Ledger, address: str = "controversies/c/evidence.html") -> str:
    place = next(place for place in pages.site_map(ledger) if place.url == address)
    return render.render_page(place.make(), TEMPLATES).data.decode()


def many(number: int, label: str = "It is so") -> dict[str, str]:
    """A controversy with so many claims that both of its positions share."""
    ids = [f"k{at:04}" for at in range(number)]
    claims = {f"claims/{id_}.yml": CLAIM.replace("It moves.", f"{label} {id_}.") for id_ in ids}
    rests = f"rests_on: [{', '.join(ids)}]\n"
    return claims | {
        "controversies/c.yml": FILES["controversies/c.yml"],
        "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\n" + rests,
        "positions/c-b.yml": "controversy: c\nletter: B\nstatement: No.\n" + rests.replace("rests_on", "rejects"),
    }


# The picture


def test_claims_stand_between_the_positions_that_they_count_for_and_against():
    view = picture(FILES)
    assert [(end.camp.letter, end.camp.label, end.place.box.layer) for end in view.ends] == [
        ("A", "Late", 0),
        ("B", "No.", 2),
    ]
    ties = {drawn.row.claim.id: [(tie.letter, tie.is_strong) for tie in drawn.ties] for drawn in view.claims}
    assert ties == {"k": [("A", True), ("B", True)], "weak": [("A", False), ("B", False)]}


def test_the_same_is_said_in_words():
    assert {row.claim.id: row.said for row in picture(FILES).rows} == {
        "k": "For A. Against B.",
        "weak": "For A (weakly). Against B (weakly).",
    }


def test_every_position_is_as_high_as_its_share_of_the_lines_and_no_two_boxes_touch():
    view = picture(many(9))
    for layer in (0, 1, 2):
        places = sorted((place.y, place.y + place.height) for place in boxes(view) if place.box.layer == layer)
        assert all(end < start for (_, end), (start, _) in pairwise(places))
        assert max(end for _, end in places) <= view.height
    heights = {end.place.height for end in view.ends}
    assert heights == {max(end.place.height for end in view.ends)}


def boxes(view: View) -> list[object]:
    return [*(end.place for end in view.ends), *(drawn.place for drawn in view.claims)]


def test_no_more_claims_are_drawn_than_can_be_read_and_the_caption_counts_the_rest():
    assert picture(many(LIMIT)).caption == f"Shown: all {LIMIT} claims that positions share, with the verdict on each."
    view = picture(many(LIMIT + 10))
    assert len(view.claims) == len(view.rows) == LIMIT
    assert view.caption.startswith(f"Limited to the {LIMIT} most shared of {LIMIT + 10} claims")
    assert picture(many(1)).caption.startswith("Shown: the one claim")


def test_where_no_claim_is_shared_the_claims_of_each_are_shown():
    files = {path: text for path, text in FILES.items() if not path.startswith("claims/weak")}
    view = picture(files | {"positions/c-b.yml": "controversy: c\nletter: B\nstatement: No.\n"})
    assert [row.claim.id for row in view.rows] == ["k", "solo"]
    assert view.caption.startswith("No two positions share a claim yet.")


def test_the_picture_is_drawn_with_every_claim_a_link_that_says_all():
    page = html(ledger_of(FILES))
    (drawn,) = re.findall(r"<svg class=\"shared-picture.*?</svg>", page, re.DOTALL)
    links = list(ET.fromstring(drawn).iter("a"))
    assert [link.attrib["href"].rpartition("/")[2] for link in links] == ["k.html", "weak.html", "c-a.html", "c-b.html"]
    assert links[0].attrib["aria-label"] == "It moves. Open. For A. Against B."


# The strongest evidence


def test_an_item_says_for_whom_it_counts_and_why_in_the_editors_words():
    found = evidence(FILES).found
    assert found
    first, second = found.highlights
    assert (first.whose, first.why) == ("A", "It would show in [[solo]].")
    assert (first.said, first.styles) == ("For A. Against B.", "for-a against-b")
    assert (second.whose, second.why) == ("", "It counts against a claim that A cannot do without and B cannot accept.")
    assert (second.said, second.found.is_for) == ("For B. Against A.", False)


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ("rests_on: [k]", "label: N", "It supports a claim that counts for A."),
        ("label: N", "rejects: [k]", "It supports a claim that counts against B."),
        ("rests_on: [k]", "rejects: [k]", "It supports a claim that counts for A and against B."),
    ],
)
def test_without_a_reason_of_the_editors_the_ties_give_one(a: str, b: str, said: str):
    files = FILES | {
        "positions/c-a.yml": f"controversy: c\nletter: A\nstatement: Yes.\n{a}\n",
        "positions/c-b.yml": f"controversy: c\nletter: B\nstatement: No.\n{b}\n",
        "claims/k.yml": CLAIM + f"evidence: [{item('e1', 's', 'supports')}]\n",
    }
    found = evidence(files).found
    assert found
    assert [one.why for one in found.highlights] == [said]


def test_each_side_of_each_position_has_its_place_even_if_there_is_nothing():
    page = Reader(html(ledger_of(FILES | {"claims/k.yml": CLAIM})))
    assert "No evidence is linked to a position yet." in page.text
    filled = html(ledger_of(FILES | {"positions/c-c.yml": "controversy: c\nletter: C\nstatement: So.\nlabel: So\n"}))
    for anchor in ("for-a", "against-a", "for-b", "against-b", "for-c", "against-c"):
        assert f'id="{anchor}"' in filled
        assert f'href="#{anchor}"' in filled
    assert "No evidence for C (So) is recorded yet." in Reader(filled).text


# All claims by positions


def test_the_table_says_what_each_claim_does_to_each_position():
    table = {
        row.claim.id: [[(sign, said) for _, sign, said in cell] for cell in cells]
        for row, cells in evidence(FILES).rows
    }
    assert table == {
        "k": [[("+", "for")], [("−", "against")]],
        "weak": [[("(+)", "weakly for")], [("(−)", "weakly against")]],
        "solo": [[("+", "for")], []],
    }


def test_the_claims_that_positions_share_most_come_first():
    assert [row.claim.id for row, _ in evidence(FILES).rows] == ["k", "weak", "solo"]


def test_a_long_table_has_pages_and_only_the_first_has_more_than_the_table():
    ledger = ledger_of(many(60))
    first, second = html(ledger), html(ledger, "controversies/c/evidence/2.html")
    assert "shared-picture" in first
    assert "shared-picture" not in second
    assert 'id="strongest"' not in second
    shown = [first.count('<th scope="row">'), second.count('<th scope="row">')]
    assert shown[0] == shown[1] <= 25


def test_what_is_written_stays_words():
    page = html(ledger_of(FILES))
    assert "<stops>" not in page
    assert "It &lt;stops&gt; &amp; starts." in page


# Where it is


@pytest.mark.parametrize("former", ["map", "matrix"])
def test_the_argument_map_and_the_table_lead_here(former: str):
    assert urls.MOVED[former] == "evidence"
    assert "url=evidence.html" in html(ledger_of(FILES), f"controversies/c/{former}.html")


def test_a_controversy_without_claims_and_one_that_was_withdrawn_say_so():
    bare = {path: text for path, text in FILES.items() if "claims/" not in path}
    bare |= {"positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\n"}
    bare |= {"positions/c-b.yml": "controversy: c\nletter: B\nstatement: No.\n"}
    assert "No claim is linked to a position yet." in Reader(html(ledger_of(bare))).text
    gone = FILES["controversies/c.yml"] + "withdrawn: {date: 2024-05-01, why: A mistake.}\n"
    assert (
        "No claim is linked to a position yet." in Reader(html(ledger_of(FILES | {"controversies/c.yml": gone}))).text
    )
