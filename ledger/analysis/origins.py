"""Where what a claim cites comes from: the chains of derivation, and the origins at their ends.

In: a Ledger. Out: a Trace of every source that stands, and for each claim the origins of its items. The method is that
of citation networks (Greenberg, How citation distortions create unfounded authority, BMJ 339, 2009): what counts is
how many origins there are, not how many works repeat them. A chain ends at a source that is first to say what it says
(`first_hand`), or where nothing further is known. A work that replicates another, or replies to it, has not taken
from it what it says: it is an origin too, beside those that its chains lead to.
"""

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any, Literal

import networkx as nx

from ledger.dates import PartialDate
from ledger.describing import RecordId, described
from ledger.graph import Ledger
from ledger.loading import Record

OWN_FINDING = frozenset(("replicates", "replies"))
"""Ways of deriving in which a work says something of its own, first-hand: no chain goes on through them."""
End = Literal["first-hand", "untraced", "dead-end", "circular"]
"""How a chain ends: at the first to say it, where nobody has traced on, at a work that is not the first although
nothing is behind it, or in a loop that leads nowhere else."""
Shared = Literal["author", "dataset", "employer", "publisher"]


@dataclass(frozen=True, slots=True)
class Trace:
    """The chains of every source that stands."""

    ends: Mapping[str, End]
    """Each origin, and how the chains to it end. A loop without a way out is one origin, under its first id."""
    origins: Mapping[str, tuple[str, ...]]
    """The origins of each source, by id; none when the source, or all that it rests on, has fallen."""
    first_hand: Mapping[str, int]
    """How many of the origins of each source are first-hand."""
    loops: Mapping[str, tuple[str, ...]]
    """Each loop under its first id: the sources in it."""
    in_reach: Mapping[str, frozenset[str]]
    """The loops in the chains of each source; sources without one are left out."""
    earlier: Mapping[str, tuple[str, ...]]
    """What each source takes from, one step on; nothing for a source that is marked as first-hand."""
    fallen: frozenset[str]
    """Sources whose status took them out."""
    closed: Mapping[str, str] = field(repr=False)
    """Source → the name of the loop without a way out that it is in."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Something that origins without a common ancestor share; a warning, never a reason to count them as one."""

    shared: Shared = described("what they share")
    name: str = described("its name, or id where it has a record")
    origins: tuple[RecordId, ...] = described("the origins")


@dataclass(frozen=True, slots=True)
class Origins:
    """What a claim's evidence goes back to."""

    cited: int = described("how many items there are")
    origins: int = described("to how many origins they go back")
    disjoint: int = described("into how many groups these fall that share no item")
    untraced: int = described("how many of the origins are only as far as anybody has traced")
    dead_ends: int = described("how many are not first-hand and take from nothing")
    circular: int = described("how many are circles of sources")
    items: Mapping[str, tuple[RecordId, ...]] = described("the origins of each item")
    ends: Mapping[str, End] = described("how the chains to each origin end")
    groups: tuple[tuple[RecordId, ...], ...] = described("the origins, in their groups")
    loops: tuple[tuple[RecordId, ...], ...] = described("every circle that a chain comes by, its sources")
    ties: tuple[Tie, ...] = described("what origins of different groups share")


def standing(ledger: Ledger, kind: str) -> tuple[Record, ...]:
    """The records of one kind that were not withdrawn from the ledger."""
    return tuple(record for record in ledger.of_kind(kind) if record.fields.withdrawn is None)


def fallen_sources(ledger: Ledger, dropped: Collection[str]) -> frozenset[str]:
    """The sources with one of some statuses."""
    return frozenset(source.id for source in standing(ledger, "source") if source.fields.status in dropped)


# The chains


class _Reached:
    """The origins of all the sources that have the same ones: made once, shared by all."""

    def __init__(self, origins: tuple[str, ...], ends: Mapping[str, End]) -> None:
        self.origins = origins
        self.first_hand = sum(ends[origin] == "first-hand" for origin in origins)


@dataclass(frozen=True, slots=True)
class Derivation:
    """What a source takes from, one step on, and how a chain ends at it; None if all it says is from others."""

    earlier: tuple[str, ...]
    end: End | None


def trace(ledger: Ledger, fallen: frozenset[str] = frozenset()) -> Trace:
    """Follow every chain to its end. A chain that comes by a fallen source is broken there.

    What was an origin stays one whatever falls, and nothing becomes one because what it rests on fell.
    """
    sources = {source.id: source for source in standing(ledger, "source")}
    derivations = {
        id_: derivation(source, source.fields.derived_from, sources.keys(), ledger.present_id)
        for id_, source in sources.items()
    }
    return trace_derivations(derivations, fallen)


def trace_behind(ledger: Ledger, cited: Iterable[str], dropped: Collection[str]) -> Trace:
    """The chains of some sources alone, which read no record but those behind them: the same as in the whole."""
    sources = _Standing(ledger)
    found: dict[str, Derivation] = {}
    waiting = [id_ for id_ in cited if id_ in sources]
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            source = ledger.records[id_]
            found[id_] = derivation(source, source.fields.derived_from, sources, ledger.present_id)
            waiting += found[id_].earlier
    fallen = frozenset(id_ for id_ in found if ledger.records[id_].fields.status in dropped)
    return trace_derivations(dict(sorted(found.items())), fallen)


@dataclass(frozen=True, slots=True)
class _Standing(Container[str]):
    """The ids of the sources that were not withdrawn, one looked up at a time."""

    ledger: Ledger

    def __contains__(self, id_: object) -> bool:
        record = self.ledger.records.get(str(id_))
        return record is not None and record.kind.name == "source" and record.fields.withdrawn is None


def derivation(
    source: Record, derived_from: Any, sources: Container[str], present_id: Callable[[str], str]
) -> Derivation:
    """The step from a source to those of the standing ones that it takes from."""
    first_hand, traced = source.fields.first_hand, () if derived_from == "unknown" else derived_from
    own = first_hand or any(one.how in OWN_FINDING for one in traced)
    found = {present_id(one.source) for one in traced if one.how not in OWN_FINDING} if not first_hand else set()
    earlier = tuple(sorted(id_ for id_ in found if id_ in sources and id_ != source.id))
    return Derivation(earlier, _end_of(derived_from, own=own, takes=bool(earlier)))


def _end_of(derived_from: Any, *, own: bool, takes: bool) -> End | None:
    """How a chain ends; at a source that takes from others, none of which stands any longer, it is untraced."""
    if own:
        return "first-hand"
    return None if takes else "untraced" if derived_from else "dead-end"


def trace_derivations(derivations: Mapping[str, Derivation], fallen: frozenset[str]) -> Trace:
    """The same for sources of which each step is known."""
    try:
        order = tuple(TopologicalSorter({id_: step.earlier for id_, step in derivations.items()}).static_order())
    except CycleError:
        return _trace_with_loops(derivations, fallen)
    return _trace_in_order(order, derivations, fallen)


def _trace_in_order(order: Iterable[str], derivations: Mapping[str, Derivation], fallen: frozenset[str]) -> Trace:
    """The chains where no source takes from itself by a detour; every source comes after those that it takes from."""
    ends = {id_: step.end for id_, step in sorted(derivations.items()) if step.end}
    found: dict[str, frozenset[str]] = {}
    for id_ in order:
        own = {id_} if id_ in ends else set()
        reached = frozenset(own.union(*(found[before] for before in derivations[id_].earlier)))
        found[id_] = frozenset() if id_ in fallen else reached
    known = {reached: _Reached(tuple(sorted(reached)), ends) for reached in set(found.values())}
    return Trace(
        ends=ends,
        origins={id_: known[found[id_]].origins for id_ in derivations},
        first_hand={id_: known[found[id_]].first_hand for id_ in derivations},
        loops={},
        in_reach={},
        earlier={id_: step.earlier for id_, step in derivations.items()},
        fallen=fallen & derivations.keys(),
        closed={},
    )


def _trace_with_loops(derivations: Mapping[str, Derivation], fallen: frozenset[str]) -> Trace:
    earlier = {id_: step.earlier for id_, step in derivations.items()}
    graph = _graph(earlier)
    loops = {min(found): tuple(sorted(found)) for found in nx.strongly_connected_components(graph) if len(found) > 1}
    loops = dict(sorted(loops.items()))
    ends = {id_: step.end for id_, step in derivations.items() if step.end}
    closed = {name: found for name, found in loops.items() if _leads_nowhere(earlier, found, ends)}
    ends |= dict.fromkeys(closed, "circular")
    name_of = _names(closed)
    live = _contracted(graph, name_of, loops, fallen)
    found = _reached(live, {name: name for name in ends if name in live})
    known = {reached: _Reached(tuple(sorted(reached)), ends) for reached in set(found.values()) | {frozenset[str]()}}
    of_each = {id_: known[found.get(name_of.get(id_, id_), frozenset())] for id_ in derivations}
    return Trace(
        ends=dict(sorted(ends.items())),
        origins={id_: reached.origins for id_, reached in of_each.items()},
        first_hand={id_: reached.first_hand for id_, reached in of_each.items()},
        loops=loops,
        in_reach={k: v for k, v in _reached(graph, _names(loops)).items() if v},
        earlier=earlier,
        fallen=fallen & derivations.keys(),
        closed=name_of,
    )


def live_graph(traced: Trace) -> Any:
    """The chains that stand, each loop without a way out as one node: source → earlier source."""
    return _contracted(_graph(traced.earlier), traced.closed, traced.loops, traced.fallen)


def _graph(earlier: Mapping[str, tuple[str, ...]]) -> Any:
    graph = nx.DiGraph()
    graph.add_nodes_from(earlier)
    graph.add_edges_from((id_, before) for id_, found in earlier.items() for before in found)
    return graph


def _leads_nowhere(earlier: Mapping[str, tuple[str, ...]], loop: tuple[str, ...], ends: Collection[str]) -> bool:
    inside = set(loop)
    return inside.isdisjoint(ends) and all(before in inside for id_ in loop for before in earlier[id_])


def _names(loops: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {id_: name for name, loop in loops.items() for id_ in loop}


def _contracted(
    graph: Any, name_of: Mapping[str, str], loops: Mapping[str, tuple[str, ...]], fallen: frozenset[str]
) -> Any:
    """The graph without what has fallen, a closed loop as one node, which falls with any of its sources."""
    gone = fallen | {name for name in set(name_of.values()) if not fallen.isdisjoint(loops[name])}
    live = nx.DiGraph()
    live.add_nodes_from(name for id_ in graph if (name := name_of.get(id_, id_)) not in gone)
    ends = ((name_of.get(start, start), name_of.get(end, end)) for start, end in graph.edges)
    live.add_edges_from((start, end) for start, end in ends if start != end and start in live and end in live)
    return live


def _reached(graph: Any, marked: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The marks that can be reached from each node, its own included; equal sets are shared.

    Where each of a chain's sources leads to a mark of its own, all sets differ, and their sizes add up to the square of
    the chain's length: so many origins there are to tell.
    """
    condensed = nx.condensation(graph)
    found: dict[int, frozenset[str]] = {}
    for component in reversed(list(nx.topological_sort(condensed))):
        own = frozenset(marked[id_] for id_ in condensed.nodes[component]["members"] if id_ in marked)
        parts = {own, *(found[after] for after in condensed[component])} - {frozenset()}
        found[component] = parts.pop() if len(parts) == 1 else frozenset[str]().union(*parts)
    return {id_: found[component] for id_, component in condensed.graph["mapping"].items()}


def ancestry(traced: Trace, sources: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Every step of the chains that start at some sources, as (source, earlier source), for drawing."""
    waiting = sorted(set(sources) & traced.earlier.keys())
    seen = set(waiting)
    steps = []
    for id_ in waiting:
        for before in traced.earlier[id_]:
            steps.append((id_, before))
            if before not in seen:
                seen.add(before)
                waiting.append(before)
    return tuple(sorted(steps))


# The origins of a claim


def claim_origins(ledger: Ledger, traced: Trace) -> dict[str, Origins]:
    """What the items of every standing claim go back to."""
    return {claim.id: origins_of(ledger, traced, claim) for claim in standing(ledger, "claim")}


def origins_of(ledger: Ledger, traced: Trace, claim: Record) -> Origins:
    """What one claim's items go back to."""
    cited = {item.id: ledger.present_id(item.source) for item in claim.fields.evidence}
    items = {id_: traced.origins.get(source, ()) for id_, source in cited.items()}
    ends = {origin: traced.ends[origin] for origin in sorted({o for found in items.values() for o in found})}
    counted = Counter(ends.values())
    groups = _groups(items.values())
    loops = sorted({name for source in cited.values() for name in traced.in_reach.get(source, ())})
    return Origins(
        cited=len(items),
        origins=len(ends),
        disjoint=len(groups),
        untraced=counted["untraced"],
        dead_ends=counted["dead-end"],
        circular=counted["circular"],
        items=items,
        ends=ends,
        groups=groups,
        loops=tuple(traced.loops[name] for name in loops),
        ties=tuple(_ties(ledger, groups)),
    )


def _groups(items: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Origins that meet in an item, put together, by their first."""
    meeting = nx.Graph()
    for origins in items:
        meeting.add_nodes_from(origins)
        meeting.add_edges_from((origins[0], other) for other in origins[1:])
    return tuple(sorted(tuple(sorted(group)) for group in nx.connected_components(meeting)))


def _ties(ledger: Ledger, groups: tuple[tuple[str, ...], ...]) -> Iterator[Tie]:
    """What origins of different groups share."""
    if len(groups) < 2:  # noqa: PLR2004
        return
    found: dict[tuple[Shared, str], dict[str, int]] = {}
    publishers: dict[str, str] = {}
    for at, group in enumerate(groups):
        for origin in group:
            for shared, name in _marks(ledger, origin):
                same_name = publishers.setdefault(name.casefold(), name) if shared == "publisher" else name
                found.setdefault((shared, same_name), {})[origin] = at
    for (shared, name), holders in sorted(found.items()):
        same = found.get(("author", name), {}).keys() == holders.keys() and shared == "employer"
        if len(set(holders.values())) > 1 and not same:
            yield Tie(shared, name, tuple(sorted(holders)))


def _marks(ledger: Ledger, origin: str) -> Iterator[tuple[Shared, str]]:
    """What a source may share with others; a proponent by id, whatever has no record by name."""
    source = ledger.records[origin].fields
    yield "dataset", origin
    if source.publisher:
        yield "publisher", source.publisher
    for derived in () if source.derived_from == "unknown" else source.derived_from:
        if derived.how == "uses-data":
            yield "dataset", ledger.present_id(derived.source)
    for author in () if source.authors == "unknown" else source.authors:
        id_ = ledger.present_id(author.proponent) if author.proponent else ""
        yield "author", id_ or author.literal or f"{author.given or ''} {author.family or ''}".strip()
        yield from (("employer", name) for name in _employers(ledger, id_, source.issued))


def _employers(ledger: Ledger, id_: str, issued: PartialDate) -> Iterator[str]:
    """Where an author may have worked when something came out, as far as the dates are known."""
    proponent = ledger.records.get(id_)
    if proponent is None or proponent.kind.name != "proponent":
        return
    if proponent.fields.type == "organisation":
        yield id_
    for tie in proponent.fields.affiliations:
        later = tie.from_ and tie.from_.earliest > issued.latest
        earlier = tie.until and tie.until.latest < issued.earliest
        if (tie.id or tie.name) and not later and not earlier:
            yield ledger.present_id(tie.id) if tie.id else tie.name
