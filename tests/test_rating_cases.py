"""Small ledgers and what the computed rating should say of them, each with its derivation written out."""

from hashlib import sha256
from typing import Any

import pytest
from rating_ledgers import LOOKED, SEARCH, item, ledger, rating, retold, said, second_hand, source

from ledger.analysis import results
from ledger.analysis.cruxes import Crux
from ledger.analysis.rivals import Rivals, rivals_of

P = {f"p{n}": source() for n in range(6)}
PLAIN = {"p": source()}
NEWS = {f"a{n}": retold(("reports", "p")) for n in (1, 2, 3)}
MIXED = {f"a{n}": retold(("reports", "p"), ("reports", f"x{n}")) for n in (1, 2, 3)}
REPORTS = [item(f"a{n}", basis="reporting") for n in (1, 2, 3)]
RETRACTED = source(status="retracted", status_date="2026-01-05")
REPLICATION = second_hand(("replicates", "p"), ("reviews", "q"))
POSTS = {f"t{n}": source(tier="social") for n in range(20)}
ANALYSES = {
    "m": source(derived_from=[{"source": "d", "how": "uses-data"}]),
    "n": source(derived_from=[{"source": "d", "how": "uses-data"}]),
}
USERS = {one: second_hand(("uses-data", "d")) for one in ("m", "n")}
MAKER = {f"a{n}": source(tier="official-statement", authors=[{"literal": "OpenAI"}]) for n in range(4)}
THREE = [item(f"p{n}") for n in range(3)]

# name: sources, items, fields of the claim, the range of verdicts, teams
CASES: dict[str, tuple[Any, Any, Any, str, int]] = {
    # Three reports of one paper are one work; each is moderate (reporting): limited, so it leans.
    "1 three reports of one": ({**PLAIN, **NEWS}, REPORTS, {"searches": [LOOKED]}, "perhaps-true", 1),
    # That an article reports something else too adds no work: all three go back to p.
    "2 reports of more": (
        {**PLAIN, **MIXED, **{f"x{n}": source() for n in (1, 2, 3)}},
        REPORTS,
        {"searches": [LOOKED]},
        "perhaps-true",
        1,
    ),
    "3 a replication": (
        {**PLAIN, "q": source(), "r": REPLICATION},
        [item("p"), item("r")],
        {"searches": [LOOKED]},
        "probably-true",
        2,
    ),
    "4 the replicated work falls": (
        {"p": RETRACTED, "q": source(), "r": REPLICATION},
        [item("p"), item("r")],
        {"searches": [LOOKED]},
        "perhaps-true",
        1,
    ),
    "5 a copy of a report of a retracted work": (
        {"p": RETRACTED, "n": retold(("reports", "p")), "m": retold(("copies", "n"))},
        [item("m", basis="reporting")],
        {"searches": [LOOKED]},
        "",
        0,
    ),
    "6 a review of which most has fallen": (
        {
            "p1": RETRACTED,
            "p2": RETRACTED,
            "p3": source(),
            "m": second_hand(("reviews", "p1"), ("reviews", "p2"), ("reviews", "p3"), tier="synthesis"),
        },
        [item("m"), item("p3")],
        {"searches": [LOOKED]},
        "perhaps-true",
        1,
    ),
    "7a first-hand analyses of retracted data": (
        {"d": {**RETRACTED, "tier": "dataset"}, **ANALYSES},
        [item("m"), item("n")],
        {"searches": [LOOKED]},
        "",
        0,
    ),
    "7b first-hand analyses of one data set": (
        {"d": source(tier="dataset"), **ANALYSES},
        [item("m"), item("n")],
        {"searches": [LOOKED]},
        "perhaps-true",
        1,
    ),
    "8 users of retracted data": (
        {"d": {**RETRACTED, "tier": "dataset"}, **USERS},
        [item("m"), item("n")],
        {"searches": [LOOKED]},
        "",
        0,
    ),
    "9 users of one data set": (
        {"d": source(tier="dataset"), **USERS},
        [item("m"), item("n")],
        {"searches": [LOOKED]},
        "perhaps-true",
        1,
    ),
    "10 reports called first-hand": (
        {**PLAIN, **{a: {**one, "first_hand": True} for a, one in NEWS.items()}},
        [item("p"), *(item(f"a{n}") for n in (1, 2, 3))],
        {"searches": [LOOKED]},
        "perhaps-true",
        1,
    ),
    # Three strong works, nobody looked: with one strong work against them it would lean.
    "11 nobody looked": (P, THREE, {}, "perhaps-true probably-true", 3),
    "12 a remembered post against it": (
        {**P, **POSTS},
        [*THREE, item("t0", relation="disputes", basis="anecdote", directness="analogy", consulted="memory")],
        {},
        "perhaps-true probably-true",
        4,
    ),
    "13 a search for more of the same": (
        P,
        THREE,
        {"searches": [{**SEARCH, "side": "for", "found": 7}]},
        "perhaps-true probably-true",
        3,
    ),
    "14 ten opinions": (
        POSTS,
        [item(f"t{n}", basis="opinion") for n in range(10)],
        {"searches": [LOOKED]},
        "open",
        10,
    ),
    "15 twenty opinions": (
        POSTS,
        [item(f"t{n}", basis="opinion") for n in range(20)],
        {"searches": [LOOKED]},
        "open",
        20,
    ),
    "16a without quotes": (P, [item("p0"), item("p1")], {"searches": [LOOKED]}, "probably-true", 2),
    "16b quotes that nobody can check": (
        P,
        [item("p0", quote="a long enough quotation here"), item("p1", quote="a long enough quotation here")],
        {"searches": [LOOKED]},
        "probably-true",
        2,
    ),
    # Two works make medium evidence, probably true; three qualify it, more than a third: one step down.
    "17 qualified": (
        P,
        [item("p0"), item("p1"), *(item(f"p{n}", relation="qualifies") for n in (2, 3, 4))],
        {"searches": [LOOKED]},
        "perhaps-true",
        5,
    ),
    "18 contested": (P, [*THREE, *(item(f"p{n}", relation="disputes") for n in (3, 4, 5))], {}, "open", 6),
    "19 posts on a historical claim": (
        POSTS,
        [item("t0", basis="statement"), item("t1", basis="statement")],
        {"type": "historical", "searches": [LOOKED]},
        "open",
        2,
    ),
    "20 a concern and a superseded work": (
        {
            "p0": source(status="concern", status_date="2026-01-05"),
            "p1": source(status="superseded", status_date="2026-01-05"),
        },
        [item("p0"), item("p1")],
        {"searches": [LOOKED]},
        "probably-true",
        2,
    ),
    "21 a corrected work": (
        {"p0": source(status="corrected", status_date="2026-01-05"), "p1": source()},
        [item("p0"), item("p1")],
        {"searches": [LOOKED]},
        "probably-true",
        2,
    ),
    "22 two against one": (P, [item("p0"), item("p1"), item("p2", relation="disputes")], {}, "perhaps-true", 3),
    "23 ten opinions against a measurement": (
        {"p2": source(), **{f"b{n}": source(tier="commentary") for n in range(10)}},
        [*(item(f"b{n}", basis="opinion") for n in range(10)), item("p2", relation="disputes")],
        {},
        "perhaps-false open",
        11,
    ),
    "24 four announcements of one firm": (
        MAKER,
        [item(f"a{n}", basis="statement") for n in range(4)],
        {"searches": [LOOKED]},
        "open",
        1,
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_the_verdict_is_right(case: tuple[Any, Any, Any, str, int]) -> None:
    sources, items, claim, expected, teams = case
    found = rating(ledger(sources, items, **claim))
    assert said(found) == expected
    assert found.counts.teams == teams


QUOTE = "a long enough quotation here"
READ = {
    "sha256": sha256(b"The text.\n").hexdigest(),
    "captured": "2026-01-10",
    "verdicts": [{"quote": sha256(QUOTE.encode()).hexdigest(), "verdict": "exact", "date": "2026-01-10"}],
}


def test_16c_quotes_that_were_checked_while_the_text_was_here() -> None:
    """They come out as in 16a without quotes: a quote never costs."""
    items = [item(id_, quote=QUOTE) for id_ in ("p0", "p1")]
    read = {f"snapshots/{id_}.yml": READ for id_ in ("p0", "p1")}
    found = rating(ledger(P, items, searches=[LOOKED], more=read))
    assert (said(found), found.counts.teams) == ("probably-true", 2)


@pytest.mark.parametrize(
    ("case", "strip"), [("7b first-hand analyses of one data set", ("d",)), ("1 three reports of one", ("p",))]
)
def test_7_and_1_what_all_items_stand_on_is_the_single_point_of_failure(case: str, strip: tuple[str, ...]) -> None:
    sources, items, claim, *_ = CASES[case]
    assert results.single_points(ledger(sources, items, **claim), "k") == strip


# 25 and 26: what compares positions


def controversy(*letters: str, **positions: str) -> dict[str, str]:
    """A controversy `z` with positions `z-a` and so on; `a="rests_on: [k]"` adds a line to one."""
    texts = {"controversies/z.md": "---\ntitle: Z\nquestion: Q?\nstatus: active\nopened: 2026-01-10\n---\n"}
    for letter in letters:
        lines = f"controversy: z\nletter: {letter.upper()}\nstatement: {letter}.\n{positions.get(letter, '')}"
        texts[f"positions/z-{letter}.md"] = f"---\n{lines}\n---\n"
    return texts


def claims(**found: dict[str, Any]) -> dict[str, Any]:
    """Claims with numbered items."""
    written = {}
    for id_, fields in found.items():
        evidence = [{"id": f"e{at}", **one} for at, one in enumerate(fields.get("evidence", ()), 1)]
        written[f"claims/{id_}.yml"] = {"statement": id_, "type": "empirical", "added": "2026-01-10", **fields} | {
            "evidence": evidence
        }
    return written


def bearing(**ties: str) -> list[dict[str, str]]:
    return [{"position": f"z-{letter}", "relation": relation} for letter, relation in ties.items()]


def rivals(padding: int) -> Rivals:
    """Case 25: position A rests on `ka`, which B rejects; B rests on `kb`, which bears weakly against A."""
    texts = controversy("a", "b", a="rests_on: [ka]", b="rests_on: [kb]\nrejects: [ka]")
    padded = {
        f"w{at}": {"evidence": [item(f"t{at}", basis="opinion")], "bears_on": bearing(a="supports", b="disputes")}
        for at in range(padding)
    }
    made = claims(
        ka={"evidence": [item("p0"), item("p1", relation="disputes")]},
        kb={"evidence": [item("p2")], "bears_on": bearing(a="disputes")},
        **padded,
    )
    sources = {**{f"p{n}": source() for n in range(3)}, **{f"t{at}": source(tier="commentary") for at in range(10)}}
    return rivals_of(ledger(sources, [], more=made, texts=texts), "z")


def against(found: Rivals) -> dict[str, dict[str, tuple[str, ...]]]:
    return {one.position: {grade: works for grade, works in one.against.items() if works} for one in found.standings}


def test_25_padding_changes_nothing_that_is_said_against_a_position() -> None:
    """Against A by a strong tie: p1, which disputes what A rests on. (p2 speaks against it too, by a weak tie.)
    Against B: p0, which supports what B rejects. Ten opinions on claims of their own have weak ties and add none.
    """
    expected = {"z-a": {"strong": ("p1",)}, "z-b": {"strong": ("p0",)}}
    assert against(rivals(0)) == against(rivals(10)) == expected


def test_25_what_is_telling_stands_first_however_much_is_added() -> None:
    """p0 and p1 tell A from B by strong ties. p2 is for B by a strong tie, against A by a weak one, so it tells them
    apart by a weak one alone. The opinions come after: weak ties, weak grade. Each tested both positions.
    """
    found = rivals(10)
    rows = [(row.work, row.strong, row.grade, row.apart) for row in found.rows]
    assert rows[:3] == [("p0", True, "strong", 1), ("p1", True, "strong", 1), ("p2", False, "strong", 1)]
    assert rows[3:] == [(f"t{at}", False, "weak", 1) for at in range(10)]
    assert [(one.tested, one.telling, one.untested) for one in found.standings] == [(13, 13, False)] * 2


def cruxes() -> tuple[Crux, ...]:
    """Case 26: `open` parts A and B, and nobody has looked; `settled` is probably true and tied to all four."""
    texts = controversy("a", "b", "c", "d", a="rests_on: [open]", b="rejects: [open]")
    ties = bearing(a="supports", b="supports", c="disputes", d="disputes")
    settled = {"evidence": [item(f"p{n}") for n in range(3)], "bears_on": ties, "searches": [LOOKED]}
    made = claims(open={"evidence": [item("p")]}, settled=settled)
    sources = {"p": source(), **{f"p{n}": source() for n in range(3)}}
    return results.cruxes_of(ledger(sources, [], more=made, texts=texts), "z")


def test_26_what_is_settled_is_no_crux_however_many_ties_are_drawn_to_it() -> None:
    """`open`: A goes up by 1, B down by 1: leverage 2. One strong work and no search: from open or perhaps true, so
    open: 1. Score 2. `settled`: leverage ½ − (−½) = 1, probably true: openness 0. Score 0: no crux.
    """
    assert [(one.claim, one.leverage, one.openness, one.score) for one in cruxes()] == [("open", 2, 1, 2)]
