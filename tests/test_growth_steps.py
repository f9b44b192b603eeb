"""Twice as many records in a shape that invites following it anew from each take about twice as many steps.

Counted are the instructions that Python does, and the keys that results have read: neither depends on the machine.
"""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import CLAIM, MEDIUM, ROOT, SOURCE, ledger_at, ledger_of, load

from ledger import checks, graph
from ledger.analysis import analyse, results
from ledger.edges import owner_id
from ledger.graph import Ledger
from ledger.records import Derivation

sys.path.insert(0, str(ROOT / "benchmarks"))
import shapes

MOST = 2.3
"""How many times as many steps twice as much may take."""
SIZE = 60
LINEAR = (
    "chain of sources",
    "ladder of sources",
    "tree of sources",
    "star of sources",
    "review of all sources",
    "loop of sources",
    "versions in a row",
    "claims merged in a row",
)


def steps(run: Callable[[], object]) -> int:
    """How many instructions Python does meanwhile."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def all_parts(ledger: Ledger) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is computed and checked, each part after those that it rests on."""
    found = analyse(ledger)
    sources = ledger.members("source")
    yield "ratings", lambda: dict(found.ratings)
    yield "strips", lambda: dict(found.strips)
    yield "single points", lambda: dict(found.single_points)
    yield "impact", lambda: [*map(found.if_retracted, sources)]
    yield "changes", lambda: [*found.lines()]
    yield "checks", lambda: checks.run(ledger)


def counted(name: str, size: int) -> dict[str, int]:
    ledger = ledger_of(dict(shapes.SHAPES[name][0](size)))
    done = {part: steps(run) for part, run in all_parts(ledger)}
    return done | {"read": sum(len(one.reads) for one in ledger.traces.values())}


@pytest.fixture(autouse=True)
def few_are_followed_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MOST_FOLLOWED", 10)


@pytest.mark.parametrize("name", LINEAR)
def test_twice_as_many_records_take_twice_as_many_steps(name: str):
    one, two = (counted(name, size) for size in (SIZE, 2 * SIZE))
    assert {part: two[part] / one[part] for part in one if two[part] > MOST * one[part]} == {}


def all_origins(ledger: Ledger) -> None:
    for source in ledger.members("source"):
        results.chains_of(ledger, source)


@pytest.mark.parametrize("name", ["chain of sources", "ladder of sources", "loop of sources", "review of all sources"])
def test_the_origins_of_each_source_take_twice_as_many_steps(name: str):
    done, read = [], []
    for size in (SIZE, 2 * SIZE):
        made = ledger_of(dict(shapes.SHAPES[name][0](size)))
        done.append(steps(partial(all_origins, made)))
        read.append(sum(len(part.reads) for part in made.traces.values()))
    assert done[1] < MOST * done[0]
    assert read[1] < MOST * read[0]


def test_each_derivation_is_compared_once_where_all_sources_take_from_all(monkeypatch: pytest.MonkeyPatch):
    """Four times as many derivations, not eight times, for twice as many sources."""
    plain, compared = Derivation.__hash__, 0

    def count(self: Derivation) -> int:
        nonlocal compared
        compared += 1
        return plain(self)

    monkeypatch.setattr(Derivation, "__hash__", count)
    ends = [0]
    for size in (10, 20):
        [*analyse(ledger_of(dict(shapes.complete(size)))).lines()]
        ends.append(compared)
    assert 0 < ends[2] - ends[1] < 5 * ends[1]


# What is found for all at once is what is found one by one


@given(st.lists(st.integers(0, 9) | st.none(), min_size=8, max_size=8), st.sampled_from(["claims", "sources"]))
def test_each_loop_is_told_once_at_its_first_record(onward: list[int | None], folder: str):
    """Each of eight records leads on to one of ten, of which two are not there, or to none."""

    def led_on(to: int | None) -> str:
        if to is None:
            return ""
        if folder == "sources":
            return f"version_of: x{to}\n"
        return f"withdrawn: {{date: 2020, why: It is the same., merged_into: x{to}}}\n"

    head = {"claims": CLAIM, "sources": SOURCE}[folder]
    texts = {f"{folder}/x{at}.yml": head + led_on(to) for at, to in enumerate(onward) if to != at}
    texts |= {f"claims/y{at}.yml": f"{CLAIM}relations: [{{claim: x{at}, type: supports}}]\n" for at in range(8)}
    found = checks.run(graph.build_graph(load(texts)))
    told = {one.message.partition(": ")[2] for one in found if one.check in ("merge-loop", "version-loop")}
    assert told == {" → ".join(f"x{one}" for one in (*loop, loop[0])) for loop in _loops(onward)}


def _loops(onward: list[int | None]) -> Iterator[list[int]]:
    """The ways that lead back to the lowest record on them, each followed by itself."""
    for start in range(len(onward)):
        way = [start]
        while (to := onward[way[-1]] if way[-1] < len(onward) else None) is not None and to not in way:
            way.append(to)
        if to == start == min(way) and len(way) > 1:
            yield way


def test_edges_at_a_part_are_those_of_its_record_that_touch_it():
    ledger = Ledger(ledger_at(MEDIUM).index)
    for node in [node for id_ in ledger.records for node in ledger.nodes_of(id_)]:
        out, back = ledger.edges_of(owner_id(node)), ledger.edges_into(owner_id(node))
        assert ledger.edges_from(node) == tuple(edge for edge in out if edge.start == node)
        assert ledger.edges_to(node) == tuple(edge for edge in back if edge.target == node)
