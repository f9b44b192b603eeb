"""Chains of derivation, and the origins at their ends.

In: the step from each source to those that it takes from. Out: a Trace. A chain ends at a source that is first to say
what it says, or where nothing further is known. What a step is, and what follows for a claim, is for `lineages.py`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, TypeVar

End = Literal["first-hand", "untraced", "dead-end", "circular"]
"""How a chain ends: at the first to say it, where nobody has traced on, at a work that is not the first although
nothing is behind it, or in a loop that leads nowhere else."""
Value = TypeVar("Value", bound=frozenset[Any] | tuple[Any, ...])
Node = TypeVar("Node")
Steps = Mapping[str, tuple[str, ...]]
"""Source → the sources that it takes from."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The chains of sources that were not withdrawn, whatever was dropped."""

    earlier: Steps
    """What each source takes from, one step on; nothing for a source that is marked as first-hand."""
    order: Sequence[tuple[str, ...]] = field(repr=False)
    """Each loop, and each source that is in none, after those that they take from."""
    ends: Mapping[str, End]
    """Each origin, and how the chains to it end. A loop without a way out is one origin, under its first id."""
    loops: Mapping[str, tuple[str, ...]]
    """Each loop under its first id: the sources in it."""
    closed: Mapping[str, str] = field(repr=False)
    """Source → the name of the loop without a way out that it is in."""


@dataclass(frozen=True, slots=True)
class Trace(Paths):
    """The same without what was dropped."""

    origins: Mapping[str, tuple[str, ...]]
    """The origins of each source, by id; none when the source, or all that it rests on, was dropped."""
    dropped: frozenset[str]
    """Sources whose status drops them."""


FEW = 16
"""Larger ones are seldom equal, and would stay in memory for nothing."""


def shared(value: Value) -> Value:
    """One that is equal, of a few entries: the chains behind many claims have the same parts."""
    return _known(value) if len(value) <= FEW else value


@lru_cache(maxsize=1 << 13)
def _known(value: Value) -> Value:
    return value


# The chains


def paths_of(earlier: Steps, ends: dict[str, End]) -> Paths:
    """The chains of sources. `earlier`: what each draws on; `ends`: how its chain ends there, where it does."""
    order = in_order(earlier)
    loops = {loop[0]: loop for loop in sorted([part for part in order if len(part) > 1])}
    closed = [loop for loop in loops.values() if _leads_nowhere(earlier, loop, ends)]
    ends |= {loop[0]: "circular" for loop in closed}
    return Paths(earlier, order, dict(sorted(ends.items())), loops, {id_: loop[0] for loop in closed for id_ in loop})


def trace(paths: Paths, dropped: frozenset[str] = frozenset()) -> Trace:
    """Follow the chains to what still stands."""
    ends, closed = paths.ends, paths.closed
    live = _live(paths, dropped)
    live_order = in_order(live) if paths.loops else [part for part in paths.order if part[0] in live]
    marks = marks_reached(live, {name: name for name in ends}, live_order)
    reached = {id_: marks.get(closed.get(id_, id_), frozenset()) for id_ in paths.earlier}
    origins = {found: shared(tuple(sorted(found))) for found in set(reached.values())}
    by_id = {id_: origins[found] for id_, found in reached.items()}
    gone = dropped & paths.earlier.keys() if dropped else dropped
    return Trace(paths.earlier, paths.order, ends, paths.loops, closed, by_id, frozenset(gone))


def live_steps(traced: Trace) -> Steps:
    """The chains without what was dropped, each loop without a way out as one node."""
    return _live(traced, traced.dropped)


def alive(paths: Paths, dropped: Set[str]) -> set[str]:
    """The sources that still lead to an end. A loop without a way out goes with any of its sources."""
    takers = defaultdict[str, list[str]](list)
    for id_, earlier in paths.earlier.items():
        for before in earlier:
            takers[before].append(id_)
    loops = [paths.loops[end] if of == "circular" else (end,) for end, of in paths.ends.items()]
    starts = (id_ for loop in loops if dropped.isdisjoint(loop) for id_ in loop)
    return reached(starts, lambda id_: {*takers[id_]} - dropped)


def _live(paths: Paths, dropped: frozenset[str]) -> Steps:
    """The steps without what was dropped, a closed loop as one node, which goes with any of its sources."""
    steps, name_of = paths.earlier, paths.closed
    if not name_of and dropped.isdisjoint(steps):
        return steps
    left_out = dropped | {name for name in set(name_of.values()) if not dropped.isdisjoint(paths.loops[name])}
    live: dict[str, set[str]] = {name: set() for id_ in steps if (name := name_of.get(id_, id_)) not in left_out}
    for id_, earlier in steps.items():
        if (start := name_of.get(id_, id_)) in live:
            ends = {name_of.get(before, before) for before in earlier}
            live[start] |= (ends & live.keys()) - {start}
    return {id_: tuple(sorted(ends)) for id_, ends in live.items()}


def _leads_nowhere(steps: Steps, loop: tuple[str, ...], ends: Collection[str]) -> bool:
    inside = set(loop)
    return inside.isdisjoint(ends) and all(inside.issuperset(steps[id_]) for id_ in loop)


def in_order(steps: Steps) -> list[tuple[str, ...]]:
    """Each loop, and each source that is in none, after those that they take from."""
    order, is_done = list[tuple[str, ...]](), dict[str, bool]()
    waiting = list(steps)
    while waiting:
        id_ = waiting[-1]
        if id_ not in is_done:
            is_done[id_] = False
            for one in steps[id_]:
                if one not in is_done:
                    waiting.append(one)
                elif not is_done[one]:
                    return _loops_in_order(steps)
        elif not is_done[waiting.pop()]:
            is_done[id_] = True
            order.append(shared((id_,)))
    return order


def _loops_in_order(steps: Steps) -> list[tuple[str, ...]]:
    """The same where there are loops."""
    import networkx as nx  # slow to import

    whole = nx.condensation(nx.DiGraph(steps))
    return [tuple(sorted(whole.nodes[part]["members"])) for part in reversed(list(nx.topological_sort(whole)))]


def reached(starts: Iterable[Node], onward: Callable[[Node], Iterable[Node]]) -> set[Node]:
    """Some nodes, and whatever they lead to, however far on."""
    found = set(starts)
    waiting = [*found]
    while waiting:
        more = {*onward(waiting.pop())} - found
        found |= more
        waiting += more
    return found


def marks_reached(
    steps: Steps, marked: Mapping[str, str], order: Iterable[tuple[str, ...]] | None = None
) -> dict[str, frozenset[str]]:
    """The marks that can be reached from each source, its own included; equal sets are shared.

    Where each of a chain's sources leads to a mark of its own, all sets differ, and their sizes add up to the square of
    the chain's length: so many origins there are to tell.
    """
    found: dict[str, frozenset[str]] = {}
    nothing = frozenset[str]()
    for loop in in_order(steps) if order is None else order:
        parts = {found[before] for id_ in loop for before in steps[id_] if before in found}
        parts.add(frozenset([marked[id_] for id_ in loop if id_ in marked]))
        parts.discard(nothing)
        reached = parts.pop() if len(parts) == 1 else nothing.union(*parts)
        for id_ in loop:
            found[id_] = reached
    return found
