"""The order of a claim's evidence: first-hand, independent, strong first; what only repeats the rest comes after."""

import random

from making import SOURCE, ledger_of
from test_claim_page import FIRST, SOLID, SOLID_SOURCE, TRACED, evidence, files, item, taking

from ledger.analysis import analyse

WEAK = {**SOLID, "directness": "analogy"}
TEXT = taking("p").replace("tier: reporting", "tier: commentary")


def placed(*items: str, **sources: str) -> dict[str, str]:
    """Item → its place, in the order in which items are shown."""
    ledger = ledger_of(files(evidence(*items), {"p": SOLID_SOURCE, **sources}))
    return {one.item: one.place for one in analyse(ledger).exhibits("c")}


def order(*items: str, **sources: str) -> list[str]:
    return [*placed(*items, **sources)]


def team(name: str) -> str:
    return SOLID_SOURCE.replace("authors: unknown", f"authors: [{{literal: {name}}}]")


def test_what_is_solid_comes_before_what_is_weak():
    report = FIRST.replace("authors: unknown", "authors: [{literal: Cho}]")
    read = {"consulted": "full-text", "directness": "direct", "basis": "reporting"}
    assert order(item(1, "p", **WEAK), item(2, "r", **read), r=report) == ["e2", "e1"]


def test_what_is_first_hand_comes_before_a_better_graded_report_of_another():
    report = taking("other").replace("tier: reporting", "tier: peer-reviewed")
    said = {"consulted": "full-text", "directness": "direct", "basis": "empirical"}
    own = item(2, "p", **{**SOLID, "directness": "indirect"})
    assert order(item(1, "r", **said), own, r=report, other=SOLID_SOURCE) == ["e2", "e1"]


def test_the_best_item_of_each_team_comes_before_a_second_one_of_the_same():
    items = (item(1, "x", **SOLID), item(2, "y", **SOLID), item(3, "z", **{**SOLID, "directness": "indirect"}))
    assert order(*items, x=team("Ann"), y=team("Ann"), z=team("Bob")) == ["e1", "e3", "e2"]


def test_what_retells_a_work_that_is_shown_repeats_it_whatever_side_the_others_are_on():
    items = (item(1, "r", **SOLID), item(2, "p", **SOLID), item(3, "q", "disputes", **SOLID))
    assert placed(*items, r=taking("p"), q=taking("p")) == {"e2": "shown", "e3": "shown", "e1": "repeated"}


def test_of_two_reports_of_a_work_that_is_not_cited_itself_one_is_shown():
    items = (item(1, "a", **SOLID), item(2, "b", **{**SOLID, "consulted": "coverage"}))
    assert placed(*items, a=taking("p"), b=taking("p")) == {"e1": "shown", "e2": "repeated"}


def test_a_text_that_only_says_so_repeats_where_anything_better_is_shown():
    opinion = {"consulted": "full-text", "directness": "direct", "basis": "opinion", "via": "own"}
    assert placed(item(1, "t", **opinion), item(2, "p", **WEAK), t=TEXT) == {"e2": "shown", "e1": "repeated"}


def test_a_side_with_nothing_but_such_texts_shows_the_first_of_them():
    said = {"consulted": "full-text", "directness": "direct", "basis": "opinion", "via": "own"}
    assert placed(item(1, "t", **said), item(2, "u", **said), t=TEXT, u=TEXT) == {"e1": "shown", "e2": "repeated"}


def test_an_insider_is_a_source_of_their_own():
    said = {"consulted": "full-text", "directness": "direct", "basis": "opinion"}
    post = FIRST.replace("tier: reporting", "tier: social")
    assert placed(item(1, "x", **said), item(2, "p", **WEAK), x=post) == {"e1": "shown", "e2": "shown"}


def test_what_does_not_count_comes_last():
    items = (item(1, "gone", **SOLID), item(2, relation="mentions"), item(3, "p", **WEAK))
    assert placed(*items, gone=SOLID_SOURCE + "status: retracted\n") == {"e3": "shown", "e1": "aside", "e2": "aside"}


def test_a_withdrawn_claim_has_its_evidence_in_order_too():
    gone = "withdrawn: {date: 2001, why: Wrong.}\n"
    ledger = ledger_of(files(evidence(item(1), item(2, "p", **SOLID)) + gone, {"p": SOLID_SOURCE}))
    assert [one.item for one in analyse(ledger).exhibits("c")] == ["e2", "e1"]


# Of items that are alike in all this


def own(name: str, **source: str) -> str:
    text = SOLID_SOURCE.replace("Maps", name)
    for field, value in source.items():
        text = text.replace(f"{field}: peer-reviewed", f"{field}: {value}")
    return text


def test_the_more_direct_comes_first_and_the_unstated_last():
    items = (item(1), item(2, directness="analogy"), item(3, directness="indirect"), item(4, directness="direct"))
    sources = {f"x{at}": FIRST for at in range(1, 5)}
    assert order(*(one.replace("source: s", f"source: x{at}") for at, one in enumerate(items, 1)), **sources) == [
        "e4",
        "e3",
        "e2",
        "e1",
    ]


def test_then_the_more_closely_read_then_what_quotes_its_result_then_the_kind_of_source():
    close = {"directness": "analogy", "basis": "empirical"}
    items = (
        item(1, "x1", consulted="full-text", **close),
        item(2, "x2", consulted="full-text", quote="mind the gap", **close),
        item(3, "x3", consulted="notes", **close),
        item(4, "x4", consulted="full-text", quote="a word in passing", quote_role="context", **close),
    )
    tiers = {"x1": "preprint", "x2": "preprint", "x3": "peer-reviewed", "x4": "peer-reviewed"}
    sources = {id_: own(id_, tier=tier) for id_, tier in tiers.items()}
    assert order(*items, **sources) == ["e2", "e4", "e1", "e3"]


def test_the_order_of_writing_decides_last_and_nothing_is_lost():
    rng, many = random.Random(5), 60
    kinds = [SOLID, WEAK, {"consulted": "memory"}, {"consulted": "coverage", "basis": "opinion"}]
    sources = {"w": SOLID_SOURCE, "x": taking("w"), "y": TRACED, "z": SOURCE}
    relations = ("supports", "disputes", "qualifies", "mentions")
    items = [item(at, rng.choice("wxyz"), rng.choice(relations), **rng.choice(kinds)) for at in range(1, many)]
    found = order(*items, **sources)
    assert sorted(found) == sorted(f"e{at}" for at in range(1, many))
    alike = [item(at, "p", **SOLID) for at in range(1, 6)]
    assert order(*alike) == ["e1", "e2", "e3", "e4", "e5"]
