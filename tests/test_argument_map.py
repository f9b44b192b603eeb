"""The argument map: what is drawn, where it stands, and that the outline says the same."""

from collections.abc import Mapping
from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, MEDIUM, SOURCE, Reader, ledger_at, ledger_of, seen_from, site_of

from ledger import words
from ledger.analysis.ties import bearings, ties
from ledger.graph import Ledger
from ledger.views.argument_map import LIMIT, Drawing, Node, view_argument_map
from ledger.views.drawing import LINE_HEIGHT, PADDING, PORT, Box, Line, Placed, columns_of, lay_out, wrapped

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


def argument_map(ledger: Ledger, *, id_: str = "c", limit: int = LIMIT) -> tuple[Drawing, ...]:
    context = seen_from(ledger, f"controversies/{id_}/map.html")
    return view_argument_map(context, ledger.records[id_], limit=limit)


def drawings(files: Mapping[str, str], *, limit: int = LIMIT) -> dict[str, Drawing]:
    return {one.content.position.fields.letter: one for one in argument_map(ledger_of(files), limit=limit)}


def edges(drawing: Drawing) -> list[tuple[str, str, str]]:
    return [(line.start, line.relation, line.end) for _, (line, _) in drawing.edges]


def nodes(drawing: Drawing, kind: str) -> dict[str, Node]:
    layers = ("position", "claim", "source")
    return {node.place.box.id: node for node in drawing.nodes if layers[node.place.box.layer] == kind}


def test_each_position_has_a_drawing_of_the_claims_that_matter_to_it():
    found = drawings(BASE)
    assert {letter: list(nodes(one, "claim")) for letter, one in found.items()} == {
        "A": ["carries", "denied"],
        "B": ["denied", "carries"],
    }


def test_positions_point_at_what_carries_them_and_claims_at_what_they_count_for_or_against():
    found = drawings(BASE)
    assert edges(found["A"]) == [
        ("c-a", "rests_on", "carries"),
        ("c-a", "rejects", "denied"),
        ("denied", "disputes", "carries"),
    ]
    assert edges(found["B"]) == [
        ("c-b", "rests_on", "denied"),
        ("carries", "disputes", "c-b"),
        ("denied", "disputes", "carries"),
    ]


def test_position_claims_and_sources_stand_in_columns_and_what_it_rests_on_above_what_it_rejects():
    drawing = drawings(BASE | {"claims/carries.yml": f"{BASE['claims/carries.yml']}\n{shown('s')}"})["A"]
    places = {node.place.box.id: (node.place.x, node.place.y) for node in drawing.nodes}
    assert places["c-a"][0] < places["carries"][0] == places["denied"][0] < places["s"][0]
    assert places["carries"][1] < places["denied"][1]


def test_a_line_is_told_by_its_shape():
    found = {**BASE, "claims/aside.yml": BASE["claims/aside.yml"] + "bears_on: [{position: c-a, relation: supports}]\n"}
    found["claims/aside.yml"] = found["claims/aside.yml"].replace("]bears", "]\nbears")
    shapes = {edge.line.relation: shape for shape, edge in drawings(found)["A"].edges}
    assert shapes == {
        "rests_on": "rests-on",
        "rejects": "rejects",
        "supports": "supports",
        "disputes": "disputes",
        "qualifies": "other",
    }


def test_a_box_is_a_link_that_says_the_whole_statement_and_its_case():
    long = "statement: " + "very " * 100 + "long.\ntype: empirical\n"
    evidence = "".join(
        f"  - {{id: e{at}, source: s, relation: {relation}, shows: A., consulted: memory}}\n"
        for at, relation in enumerate(("supports", "supports", "qualifies"))
    )
    files = BASE | {"claims/carries.yml": f"{long}evidence:\n{evidence}"}
    node = nodes(drawings(files)["A"], "claim")["carries"]
    assert 'href="../../claims/carries.html" data-node="carries"' in site_of(ledger_of(files))[MAP].decode()
    assert node.title.endswith("very long. (not rated; one source for, none against, one qualifies it)")
    texts = list(node.place.texts)
    assert [text for text, _, note in texts if not note][-1].endswith("…")
    assert texts[-1][1] < node.place.y + node.place.height


def test_withdrawn_claims_and_positions_are_not_drawn():
    gone = "withdrawn: {date: 1999, why: Wrong.}\n"
    changed = {"claims/denied.yml": CLAIM + gone, "positions/c-b.yml": BASE["positions/c-b.yml"] + gone}
    found = drawings(BASE | changed)
    assert {letter: {node.place.box.id for node in one.nodes} for letter, one in found.items()} == {
        "A": {"c-a", "carries"}
    }


def test_each_outline_says_what_its_picture_shows():
    for id_ in ("c-0", "c-1", "harbour-clock"):
        for drawing in argument_map(ledger_at(MEDIUM), id_=id_):
            said = {(tie.claim, tie.relation, tie.other) for tie in drawing.content.ties}
            for way, claims in drawing.content.groups.items():
                for claim in claims:
                    ends = (drawing.content.position.id, claim)
                    start, end = ends if way in ("rests_on", "rejects") else reversed(ends)
                    said.add((start, way, end))
                    said |= {(source, effect, claim) for source, effect in drawing.content.sources(claim)}
            assert said == set(edges(drawing))
            outlined = {claim for claims in drawing.content.groups.values() for claim in claims}
            assert set(nodes(drawing, "claim")) == outlined


def shown(source: str, relation: str = "supports") -> str:
    return f"evidence: [{{id: e1, source: {source}, relation: {relation}, shows: A., consulted: memory}}]\n"


def test_a_source_is_drawn_with_a_line_to_each_claim_that_it_gives_evidence_on():
    texts = {
        "claims/carries.yml": f"{BASE['claims/carries.yml']}\n{shown('s')}",
        "claims/denied.yml": f"{BASE['claims/denied.yml']}\n{shown('s', 'disputes')}",
        "claims/mentioned.yml": CLAIM + shown("t", "mentions"),
        "positions/c-a.yml": BASE["positions/c-a.yml"].replace("[carries]", "[carries, mentioned]"),
        "sources/t.yml": SOURCE,
    }
    drawing = drawings(BASE | texts)["A"]
    assert [edge for edge in edges(drawing) if edge[0] == "s"] == [
        ("s", "supports", "carries"),
        ("s", "disputes", "denied"),
    ]
    ((id_, node),) = nodes(drawing, "source").items()
    assert id_ == "s"
    assert [text for text, _, _ in node.place.texts] == ["Unknown author 1999", "reporting"]
    assert 'href="../../sources/s.html" data-node="s"' in site_of(ledger_of(BASE | texts))[MAP].decode()
    assert node.title == "Maps (reporting)"


def test_the_sources_of_most_claims_are_drawn():
    sources = {f"sources/s{at}.yml": SOURCE for at in range(4)}
    items = ", ".join(
        f"{{id: e{at}, source: s{at}, relation: supports, shows: A., consulted: memory}}" for at in range(4)
    )
    texts = {
        "claims/carries.yml": f"{BASE['claims/carries.yml']}\nevidence: [{items}]\n",
        "claims/denied.yml": f"{BASE['claims/denied.yml']}\n{shown('s3')}",
    }
    drawing = drawings(BASE | sources | texts, limit=10)["A"]
    assert set(nodes(drawing, "source")) == {"s0", "s3"}


def test_all_drawings_together_stay_within_the_limit_and_the_rest_is_spoken_of():
    ledger = ledger_at(MEDIUM)
    for limit in (20, LIMIT):
        drawn = argument_map(ledger, id_="c-0", limit=limit)
        assert sum(len(drawing.nodes) for drawing in drawn) <= limit
    touching = bearings(ledger, [p for p in ledger.of_kind("position") if p.fields.controversy == "c-0"])
    for drawing in argument_map(ledger, id_="c-0", limit=20):
        left = sum(drawing.content.position.id in ways for ways in touching.values()) - len(nodes(drawing, "claim"))
        assert drawing.content.more == words.count(words.MORE_ON_THE_POSITION, left)


def test_load_bearing_claims_go_first():
    many = {f"claims/a{at}.yml": CLAIM + "bears_on: [{position: c-a, relation: supports}]" for at in range(5)}
    assert list(nodes(drawings(BASE | many, limit=12)["A"], "claim")) == ["carries", "denied", "a0"]


def test_a_controversy_without_positions_or_claims_has_an_empty_map():
    ledger = ledger_of({"controversies/c.yml": CONTROVERSY})
    assert argument_map(ledger) == ()
    assert '<svg class="map"' not in site_of(ledger)[MAP].decode()


def test_a_position_without_claims_says_so():
    alone = {"controversies/c.yml": CONTROVERSY, "positions/c-a.yml": "controversy: c\nletter: A\nstatement: Yes.\n"}
    (drawing,) = argument_map(ledger_of(alone))
    assert (list(nodes(drawing, "position")), drawing.edges, drawing.content.more) == (["c-a"], (), "")
    assert words.NO_CLAIM_MATTERS in site_of(ledger_of(alone))[MAP].decode()


MAP = "controversies/c/map.html"


def test_the_page_names_every_box_and_line_of_each_drawing_after_its_outline():
    page = site_of(ledger_of(BASE))[MAP].decode()
    assert page.count("data-node=") == 6
    assert page.count("data-from=") == 6
    parts = page.split('<section id="map-')[1:]
    assert len(parts) == 2
    assert all(part.index('class="map-outline"') < part.index('<svg class="map"') for part in parts)
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


@given(PICTURES)
def test_no_two_boxes_overlap_and_all_are_in_the_picture(picture):
    layout = lay_out(*boxes_and_lines(picture))
    assert all(apart(one, other) for one, other in combinations(layout.boxes, 2))
    assert all(box.x >= 0 and box.x + box.width <= layout.width for box in layout.boxes)
    assert all(box.y >= 0 and box.y + box.height <= layout.height for box in layout.boxes)


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


@given(PICTURES, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(picture, random: Random):
    boxes, lines = boxes_and_lines(picture)
    mixed = random.sample(boxes, len(boxes)), random.sample(lines, len(lines))
    assert lay_out(*mixed) == lay_out(boxes, lines)


def test_a_box_is_as_high_as_its_text_and_the_ends_of_its_lines_need():
    claims = [Box(f"c{at}", 1, ("w",)) for at in range(9)]
    lines = [Line("p", claim.id, "x") for claim in claims]
    heights = {
        many: next(
            box.height for box in lay_out([Box("p", 0, ("w",) * many), *claims], lines).boxes if box.box.id == "p"
        )
        for many in (2, 20)
    }
    assert heights == {2: PORT * 10, 20: LINE_HEIGHT * 20 + 2 * PADDING}


def test_the_boxes_of_a_layer_stand_by_group():
    boxes = [Box("a", 1, ("w",), group=2), Box("b", 1, ("w",), group=1), Box("c", 1, ("w",), group=1)]
    assert [box.box.id for box in sorted(lay_out(boxes, []).boxes, key=lambda box: box.y)] == ["b", "c", "a"]


def test_a_claim_stands_beside_the_position_that_rests_on_it():
    boxes = [Box("p1", 0, ("w",)), Box("p2", 0, ("w",)), Box("a", 1, ("w",)), Box("b", 1, ("w",))]
    placed = {
        box.box.id: box.y
        for box in lay_out(boxes, [Line("p1", "b", "x", heavy=True), Line("p2", "a", "x", heavy=True)]).boxes
    }
    assert placed["p1"] < placed["p2"]
    assert placed["b"] < placed["a"]


@given(st.text(), st.integers(4, 40), st.integers(1, 5))
def test_wrapped_lines_fit(text: str, columns: int, most: int):
    lines = wrapped(text, columns, most)
    assert len(lines) <= most
    assert all(columns_of(line) <= columns for line in lines)


@given(st.text(), st.integers(4, 40))
def test_wrapping_loses_no_letter(text: str, columns: int):
    assert "".join("".join(wrapped(text, columns, len(text) + 1)).split()) == "".join(text.split())


def test_text_is_broken_between_words_and_long_words_anywhere():
    assert wrapped("one two three", 7, 9) == ("one two", "three")
    assert wrapped("abcdefghij", 4, 9) == ("abcd", "efgh", "ij")
    assert wrapped("one two three", 7, 1) == ("one tw…",)
    assert wrapped("時計は遅れている", 8, 9) == ("時計は遅", "れている")
