"""The argument map: what is drawn, where it stands, and that the outline says the same."""

from collections.abc import Mapping
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from making import CLAIM, FLAGSHIP, SOURCE, Reader, ledger_at, ledger_of, seen_from, site_of

from ledger.graph import Ledger
from ledger.views.argument_map import LIMIT, SOURCES, ArgumentMap, OutlineClaim, view_argument_map
from ledger.views.bearings import bearings, ties
from ledger.views.map_layout import Box, Line, Placed, columns_of, lay_out, wrapped

CONTROVERSY = "title: T\nquestion: Is it late?\nstatus: active\n"
BASE = {
    "controversies/c.yml": CONTROVERSY,
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\nrests_on: [carries]\nrejects: [denied]\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nstatement: No.\nrests_on: [denied]\n",
    "claims/carries.yml": CLAIM
    + "bears_on: [{position: c-a, relation: supports}, {position: c-b, relation: disputes}]",
    "claims/denied.yml": CLAIM + "relations: [{claim: carries, type: disputes}]",
    "claims/aside.yml": CLAIM + "relations: [{claim: carries, type: qualifies}]",
    "claims/apart.yml": CLAIM,
    "sources/s.yml": SOURCE,
}


def argument_map(ledger: Ledger, *, id_: str = "c", limit: int = LIMIT) -> ArgumentMap:
    viewing = seen_from(ledger, f"controversies/{id_}/map.html")
    return view_argument_map(viewing, ledger.records[id_], limit=limit)


def edges(view: ArgumentMap) -> list[tuple[str, str, str]]:
    return [(edge.start, edge.relation, edge.end) for edge in view.edges]


def test_positions_point_at_what_carries_them_and_claims_at_what_they_count_for_or_against():
    assert edges(argument_map(ledger_of(BASE))) == [
        ("aside", "qualifies", "carries"),
        ("c-a", "rests_on", "carries"),
        ("c-a", "rejects", "denied"),
        ("c-b", "rests_on", "denied"),
        ("carries", "disputes", "c-b"),
        ("denied", "disputes", "carries"),
    ]


def test_positions_claims_and_claims_about_claims_stand_in_layers():
    places = {node.id: node.x for node in argument_map(ledger_of(BASE)).nodes}
    assert set(places) == {"c-a", "c-b", "carries", "denied", "aside"}
    assert places["c-a"] == places["c-b"] < places["carries"] == places["denied"] < places["aside"]


def test_a_line_is_told_by_its_shape():
    shapes = {edge.relation: edge.shape for edge in argument_map(ledger_of(BASE)).edges}
    assert shapes == {"rests_on": "rests-on", "rejects": "rejects", "disputes": "disputes", "qualifies": "other"}


def test_a_box_is_a_link_that_says_the_whole_statement_and_its_case():
    long = "statement: " + "very " * 100 + "long.\ntype: empirical\n"
    evidence = "".join(
        f"  - {{id: e{at}, source: s, relation: {relation}, shows: A., consulted: memory}}\n"
        for at, relation in enumerate(("supports", "supports", "qualifies"))
    )
    ledger = ledger_of(BASE | {"claims/carries.yml": f"{long}evidence:\n{evidence}"})
    (node,) = (node for node in argument_map(ledger).nodes if node.id == "carries")
    assert node.href == "../../claims/carries.html"
    assert node.title.endswith("very long. (not rated; one source for, none against, one qualifies it)")
    assert [line.text for line in node.lines if not line.note][-1].endswith("…")
    assert node.lines[-1].y < node.y + node.height


def test_withdrawn_claims_and_positions_are_not_drawn():
    gone = "withdrawn: {date: 1999, why: Wrong.}\n"
    changed = {"claims/denied.yml": CLAIM + gone, "positions/c-b.yml": BASE["positions/c-b.yml"] + gone}
    view = argument_map(ledger_of(BASE | changed))
    assert {node.id for node in view.nodes} == {"c-a", "carries", "aside"}


def test_the_outline_says_what_the_picture_shows():
    for id_ in ("scaling-laws-wall", "emergent-abilities", "training-data-runs-out"):
        view = argument_map(ledger_at(FLAGSHIP), id_=id_)
        said = {(tie.claim.id, tie.relation, tie.other.id) for tie in view.ties}
        for entry in view.positions:
            for group in entry.groups:
                for claim in group.claims:
                    ends = (entry.position.id, claim.claim.id)
                    start, end = ends if group.way in ("rests_on", "rejects") else reversed(ends)
                    said.add((start, group.way, end))
        for claim in every_claim(view):
            said |= {(source.source.id, source.effect, claim.claim.id) for source in claim.sources}
        assert said == set(edges(view))
        assert {node.id for node in view.nodes if node.kind == "claim"} == {c.claim.id for c in every_claim(view)}


def every_claim(view: ArgumentMap) -> list[OutlineClaim]:
    return [*view.others, *(c for entry in view.positions for group in entry.groups for c in group.claims)]


def shown(source: str, relation: str = "supports") -> str:
    return f"evidence: [{{id: e1, source: {source}, relation: {relation}, shows: A., consulted: memory}}]\n"


def test_a_source_is_drawn_with_a_line_to_each_claim_that_it_gives_evidence_on():
    texts = {
        "claims/carries.yml": f"{BASE['claims/carries.yml']}\n{shown('s')}",
        "claims/denied.yml": f"{BASE['claims/denied.yml']}\n{shown('s', 'disputes')}",
        "claims/aside.yml": f"{BASE['claims/aside.yml']}\n{shown('s', 'mentions')}",
    }
    view = argument_map(ledger_of(BASE | texts))
    assert [edge for edge in edges(view) if edge[0] == "s"] == [
        ("s", "supports", "carries"),
        ("s", "disputes", "denied"),
    ]
    (node,) = (node for node in view.nodes if node.kind == "source")
    assert [line.text for line in node.lines] == ["Unknown author 1999", "reporting"]
    assert node.href == "../../sources/s.html"
    assert node.title == "Maps (reporting)"


def test_the_sources_of_most_claims_are_drawn():
    sources = {f"sources/s{at:02}.yml": SOURCE for at in range(SOURCES + 1)}
    items = ", ".join(
        f"{{id: e{at}, source: s{at:02}, relation: supports, shows: A., consulted: memory}}"
        for at in range(SOURCES + 1)
    )
    texts = {
        "claims/carries.yml": f"{BASE['claims/carries.yml']}\nevidence: [{items}]\n",
        "claims/denied.yml": f"{BASE['claims/denied.yml']}\n{shown(f's{SOURCES:02}')}",
    }
    drawn = {node.id for node in argument_map(ledger_of(BASE | sources | texts)).nodes if node.kind == "source"}
    assert drawn == {f"s{at:02}" for at in (*range(SOURCES - 1), SOURCES)}


def test_no_more_than_the_limit_is_drawn_and_the_rest_is_spoken_of():
    ledger = ledger_at(FLAGSHIP)
    view = argument_map(ledger, id_="scaling-laws-wall")
    touching = bearings(ledger, [p for p in ledger.of_kind("position") if p.fields.controversy == "scaling-laws-wall"])
    claims = {node.id for node in view.nodes if node.kind == "claim"}
    assert len([node for node in view.nodes if node.kind != "source"]) == LIMIT
    assert len(view.nodes) == LIMIT + SOURCES
    assert view.more.startswith(f"{len(touching.keys() - claims)} more claims")


def test_positions_take_turns_and_load_bearing_claims_go_first():
    many = {f"claims/x{at}.yml": CLAIM + "bears_on: [{position: c-a, relation: supports}]" for at in range(5)}
    drawn = {node.id for node in argument_map(ledger_of(BASE | many), limit=5).nodes}
    assert drawn == {"c-a", "c-b", "carries", "denied", "x0"}


def test_a_controversy_without_positions_or_claims_has_an_empty_map():
    view = argument_map(ledger_of({"controversies/c.yml": CONTROVERSY}))
    assert (view.nodes, view.edges, view.positions, view.more) == ((), (), (), "")
    assert "picture" not in Reader(site_of(ledger_of({"controversies/c.yml": CONTROVERSY}))[MAP].decode()).ids


MAP = "controversies/c/map.html"


def test_the_page_names_every_node_and_edge_once():
    page = site_of(ledger_of(BASE))[MAP].decode()
    assert page.count("data-node=") == 5
    assert page.count("data-from=") == 6
    assert page.index('class="map-outline"') < page.index('<svg class="map"')
    assert len(Reader(page).ids) == len(set(Reader(page).ids))


# Ties


def test_a_stronger_word_takes_the_place_of_the_one_it_implies():
    ledger = ledger_of(BASE)
    found = bearings(ledger, ledger.of_kind("position"))
    assert found == {
        "carries": {"c-a": ("rests_on",), "c-b": ("disputes",)},
        "denied": {"c-a": ("rejects",), "c-b": ("rests_on",)},
    }


def test_what_speaks_against_the_position_that_rests_on_it_is_kept():
    torn = CLAIM + "bears_on: [{position: c-b, relation: disputes}]"
    ledger = ledger_of(BASE | {"claims/denied.yml": torn})
    assert bearings(ledger, ledger.of_kind("position"))["denied"]["c-b"] == ("rests_on", "disputes")


def test_ties_between_claims_are_found_from_either_end():
    ledger = ledger_of(BASE)
    assert ties(ledger, ["carries"]) == ties(ledger, ["carries", "denied", "aside"])


# Layout

IDS = [f"n{at:02}" for at in range(24)]
PICTURES = st.tuples(
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 7)), max_size=len(IDS)),
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS), st.sampled_from("ab"), st.booleans()), max_size=60),
)


def boxes_and_lines(
    picture: tuple[list[tuple[int, int]], list[tuple[str, str, str, bool]]],
) -> tuple[list[Box], list[Line]]:
    boxes = [Box(id_, layer, ("words",) * lines) for id_, (layer, lines) in zip(IDS, picture[0], strict=False)]
    return boxes, [Line(*line) for line in picture[1]]


def apart(one: Placed, other: Placed) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return beside or one.y + one.height <= other.y or other.y + other.height <= one.y


@settings(deadline=None)
@given(PICTURES)
def test_no_two_boxes_overlap_and_all_are_in_the_picture(picture):
    layout = lay_out(*boxes_and_lines(picture))
    assert all(apart(one, other) for one, other in combinations(layout.boxes, 2))
    assert all(box.x >= 0 and box.x + box.width <= layout.width for box in layout.boxes)
    assert all(box.y >= 0 and box.y + box.height <= layout.height for box in layout.boxes)


@settings(deadline=None)
@given(PICTURES)
def test_every_line_begins_and_ends_at_the_edge_of_its_boxes(picture):
    boxes, lines = boxes_and_lines(picture)
    layout = lay_out(boxes, lines)
    placed: Mapping[str, Placed] = {box.box.id: box for box in layout.boxes}
    wanted = {line for line in lines if {line.start, line.end} <= placed.keys() and line.start != line.end}
    assert {drawn.line for drawn in layout.lines} == wanted
    for drawn in layout.lines:
        numbers = [int(word) for word in drawn.path[1:].replace("C", " ").split()]
        for id_, x, y in ((drawn.line.start, *numbers[:2]), (drawn.line.end, *numbers[-2:])):
            assert x in (placed[id_].x, placed[id_].x + placed[id_].width)
            assert placed[id_].y < y < placed[id_].y + placed[id_].height


@settings(deadline=None)
@given(PICTURES, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(picture, random: Random):
    boxes, lines = boxes_and_lines(picture)
    mixed = random.sample(boxes, len(boxes)), random.sample(lines, len(lines))
    assert lay_out(*mixed) == lay_out(boxes, lines)


def test_a_claim_stands_beside_the_position_that_rests_on_it():
    boxes = [Box("p1", 0, ("w",)), Box("p2", 0, ("w",)), Box("a", 1, ("w",)), Box("b", 1, ("w",))]
    placed = {
        box.box.id: box.y
        for box in lay_out(boxes, [Line("p1", "b", "x", heavy=True), Line("p2", "a", "x", heavy=True)]).boxes
    }
    assert placed["p1"] < placed["p2"]
    assert placed["b"] < placed["a"]


@settings(deadline=None)
@given(st.text(), st.integers(4, 40), st.integers(1, 5))
def test_wrapped_lines_fit(text: str, columns: int, most: int):
    lines = wrapped(text, columns, most)
    assert len(lines) <= most
    assert all(columns_of(line) <= columns for line in lines)


@settings(deadline=None)
@given(st.text(), st.integers(4, 40))
def test_wrapping_loses_no_letter(text: str, columns: int):
    assert "".join("".join(wrapped(text, columns, len(text) + 1)).split()) == "".join(text.split())


def test_text_is_broken_between_words_and_long_words_anywhere():
    assert wrapped("one two three", 7, 9) == ("one two", "three")
    assert wrapped("abcdefghij", 4, 9) == ("abcd", "efgh", "ij")
    assert wrapped("one two three", 7, 1) == ("one tw…",)
    assert wrapped("時計は遅れている", 8, 9) == ("時計は遅", "れている")
