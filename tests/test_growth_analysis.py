"""Twice as much of anything takes about twice as long to analyse: items of a claim, uses of a source, claims."""

import gc
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from math import inf
from time import process_time

import pytest
from making import ledger_of

from ledger.analysis import Analysis, analyse
from ledger.graph import Ledger

MOST = 2.5
"""How many times as long twice as much may take."""
LEAST = 0.1
"""So few seconds say nothing."""
RUNS = 8
SEARCH = "searches:\n  - {date: 2024-05-01, by: ann, for: it, where: [the archive], found: 0, side: against}\n"


def source(at: int, *earlier: str, how: str = "reports") -> str:
    derived = ", ".join(f"{{source: {id_}, how: {how}}}" for id_ in earlier)
    own = "first_hand: true\n" if how == "uses-data" or not earlier else ""
    issued = date(1900, 1, 1) + timedelta(at % 50)
    return (
        f"type: report\ntitle: S\nauthors: unknown\nissued: {issued}\ntier: preprint\nderived_from: [{derived}]\n{own}"
    )


FULL = "consulted: full-text, directness: direct, basis: empirical"


def claim(*cited: str, sides: tuple[str, ...] = ("supports", "supports", "disputes")) -> str:
    items = "".join(
        f"  - {{id: e{at}, source: {id_}, relation: {sides[at % len(sides)]}, shows: It., {FULL}}}\n"
        for at, id_ in enumerate(cited)
    )
    return f"statement: It.\ntype: empirical\nevidence:\n{items}{SEARCH}"


def controversy(*claims: str) -> dict[str, str]:
    """One in which the first position rests on some claims, which the second rejects."""
    named = ", ".join(claims)
    return {
        "controversies/c.yml": "title: C\nquestion: Q?\nstatus: active\n",
        "positions/c-a.yml": f"controversy: c\nletter: A\nstatement: It is.\nrests_on: [{named}]\n",
        "positions/c-b.yml": f"controversy: c\nletter: B\nstatement: It is not.\nrejects: [{named}]\n",
    }


def independent_items(n: int) -> Ledger:
    sources = {f"s{at}": source(at) for at in range(n)}
    return made(sources, {"x": claim(*sources)})


def reports_of_one_source(n: int) -> Ledger:
    sources = {f"s{at}": source(at, "p") for at in range(n)}
    return made({"p": source(0), **sources}, {"x": claim(*sources)})


def works_tied_in_a_chain(n: int) -> Ledger:
    """Each shares an author with the next."""
    sources = {
        f"s{at}": source(at).replace("authors: unknown", f"authors: [{{literal: A{at}}}, {{literal: A{at + 1}}}]")
        for at in range(n)
    }
    return made(sources, {"x": claim(*sources, sides=("supports", "supports", "qualifies", "disputes"))})


def works_on_data(n: int) -> Ledger:
    """Each has a data set of its own, and every tenth one that it shares with others."""
    data = {f"d{at}": source(at) for at in range(n)}
    users = {f"s{at}": source(at, f"d{at}", *(["d0"] if at % 10 else []), how="uses-data") for at in range(n)}
    return made({**data, **users}, {"x": claim(*users)})


def uses_of_one_source(n: int) -> Ledger:
    return made({"s0": source(0), "s1": source(1)}, {f"x{at}": claim("s0", "s1") for at in range(n)})


def claims_of_one_controversy(n: int) -> Ledger:
    sources = {f"s{at}": source(at) for at in range(n)}
    return made(sources, {f"x{at}": claim(f"s{at}", f"s{(at * 7 + 1) % n}") for at in range(n)})


def made(sources: dict[str, str], claims: dict[str, str]) -> Ledger:
    texts = {f"sources/{id_}.yml": text for id_, text in sources.items()}
    texts |= {f"claims/{id_}.yml": text for id_, text in claims.items()}
    return ledger_of({**texts, **controversy(*claims)})


def compared(found: Analysis) -> list[Mapping[str, object]]:
    return [found.rivals, found.cruxes, found.fairness]


PARTS: dict[str, Callable[[Analysis], object]] = {
    "ratings": lambda found: [dict(found.ratings), dict(found.strips), dict(found.positions)],
    "impact": lambda found: [*map(found.if_retracted, found.ledger.members("source")), dict(found.single_points)],
    "comparisons": lambda found: [*map(dict, compared(found)), found.campaigns, found.steadiness, found.agreement],
    "histories": lambda found: dict(found.histories),
}


@pytest.mark.parametrize(
    ("make", "size"),
    [
        (independent_items, 125),
        (reports_of_one_source, 125),
        (works_tied_in_a_chain, 125),
        (works_on_data, 100),
        (uses_of_one_source, 250),
        (claims_of_one_controversy, 250),
    ],
)
def test_twice_as_much_takes_about_twice_as_long(make: Callable[[int], Ledger], size: int):
    """On a busy machine the quickest of a few runs counts, of each part of the analysis."""
    ledgers = make(size), make(2 * size)
    best = [dict.fromkeys(PARTS, inf), dict.fromkeys(PARTS, inf)]
    for _ in range(RUNS):
        for ledger, quickest in zip(ledgers, best, strict=True):
            for part, seconds in took(ledger):
                quickest[part] = min(quickest[part], seconds)
        one, two = best
        slow = {part: (one[part], two[part]) for part in PARTS if two[part] >= max(MOST * one[part], LEAST)}
        if not slow:
            break
    assert slow == {}


def took(ledger: Ledger) -> Iterator[tuple[str, float]]:
    """Seconds of the processor for each part, the ones that it rests on done before."""
    found = analyse(Ledger(ledger.index))  # of which nothing is remembered
    for part, ask in PARTS.items():
        gc.collect()
        gc.disable()
        start = process_time()
        ask(found)
        seconds = process_time() - start
        gc.enable()
        yield part, seconds
