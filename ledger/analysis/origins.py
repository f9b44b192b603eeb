"""Where what a claim cites comes from: the chains of derivation, and the origins at their ends.

In: a Ledger. Out: a Trace of sources, and for each claim the origins of its items. The method is that of citation
networks (Greenberg, How citation distortions create unfounded authority, BMJ 339, 2009): what counts is how many
origins there are, not how many works repeat them. A chain ends at a source that is first to say what it says
(`first_hand`), or where nothing further is known. A work that replicates another, or replies to it, has not taken
from it what it says: it is an origin too, like those that its chains lead to.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Literal

from ledger.dates import PartialDate
from ledger.describing import RecordId, described
from ledger.graph import Ledger
from ledger.loading import Record, is_a
from ledger.records import Claim, Derivation, Proponent, Source

OWN_FINDING = frozenset(("replicates", "replies"))
"""Ways of deriving in which a work says something of its own, first-hand: no chain goes on through them."""
End = Literal["first-hand", "untraced", "dead-end", "circular"]
"""How a chain ends: at the first to say it, where nobody has traced on, at a work that is not the first although
nothing is behind it, or in a loop that leads nowhere else."""
Steps = Mapping[str, tuple[str, ...]]
"""Source → the sources that it takes from."""
DerivedFrom = tuple[Derivation, ...] | Literal["unknown"]
Shared = Literal["author", "dataset", "employer", "publisher"]


@dataclass(frozen=True, slots=True)
class Trace:
    """The chains of sources that were not withdrawn."""

    ends: Mapping[str, End]
    """Each origin, and how the chains to it end. A loop without a way out is one origin, under its first id."""
    origins: Mapping[str, tuple[str, ...]]
    """The origins of each source, by id; none when the source, or all that it rests on, was dropped."""
    first_hand: Mapping[str, int]
    """How many of the origins of each source are first-hand."""
    loops: Mapping[str, tuple[str, ...]]
    """Each loop under its first id: the sources in it."""
    in_reach: Mapping[str, frozenset[str]]
    """The loops in the chains of each source; sources without one are left out."""
    earlier: Mapping[str, tuple[str, ...]]
    """What each source takes from, one step on; nothing for a source that is marked as first-hand."""
    dropped: frozenset[str]
    """Sources whose status drops them."""
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


def standing_source(ledger: Ledger, id_: str) -> Record[Source] | None:
    """The source with an id, if there is one that was not withdrawn."""
    record = ledger.records.get(id_)
    return record if record and is_a(record, Source) and record.fields.withdrawn is None else None


# The chains


@dataclass(frozen=True, slots=True)
class ChainLink:
    """What a source takes from, one step on, and how a chain ends at it; None if all it says is from others."""

    earlier: tuple[str, ...]
    end: End | None


def trace_behind(ledger: Ledger, cited: Iterable[str], statuses: Collection[str]) -> Trace:
    """The chains of some sources, which read no record but those behind them. `statuses`: those that drop one.

    A dropped source breaks the chains through it. What was an origin stays one whatever is dropped, and nothing
    becomes one because what it rests on was dropped.
    """

    def is_there(id_: str) -> bool:
        return standing_source(ledger, id_) is not None

    def link(id_: str) -> ChainLink | None:
        return chain_link(ledger, source, is_there) if (source := standing_source(ledger, id_)) else None

    links = links_behind(cited, link)
    dropped = frozenset(id_ for id_ in links if ledger.record(Source, id_).fields.status in statuses)
    return trace_links(dict(sorted(links.items())), dropped)


def links_behind(cited: Iterable[str], link_of: Callable[[str], ChainLink | None]) -> dict[str, ChainLink]:
    """The links of some sources and of all behind them, given that of each; None for what is no such source."""
    found: dict[str, ChainLink] = {}
    waiting = list(cited)
    while waiting:
        id_ = waiting.pop()
        if id_ not in found and (link := link_of(id_)):
            found[id_] = link
            waiting += link.earlier
    return found


def chain_link(
    ledger: Ledger, source: Record[Source], is_there: Callable[[str], bool], written: DerivedFrom | None = None
) -> ChainLink:
    """The step from a source to those that it takes from and that are there; `written` in place of its own list.

    At a source that takes from others, none of which is there any longer, a chain is untraced.
    """
    derived = source.fields.derived_from if written is None else written
    first_hand, traced = source.fields.first_hand, () if derived == "unknown" else derived
    taken = {ledger.present_id(one.source) for one in traced if one.how not in OWN_FINDING} if not first_hand else set()
    earlier = tuple(sorted(id_ for id_ in taken if id_ != source.id and is_there(id_)))
    if first_hand or any(one.how in OWN_FINDING for one in traced):
        return ChainLink(earlier, "first-hand")
    return ChainLink(earlier, None if earlier else "untraced" if derived else "dead-end")


def trace_links(links: Mapping[str, ChainLink], dropped: frozenset[str]) -> Trace:
    """The same for sources of which each link is known."""
    earlier = {id_: link.earlier for id_, link in links.items()}
    order = _in_order(earlier)
    loops = {loop[0]: loop for loop in sorted(part for part in order if len(part) > 1)}
    ends: dict[str, End] = {id_: link.end for id_, link in links.items() if link.end}
    closed = [loop for loop in loops.values() if _leads_nowhere(earlier, loop, ends)]
    ends |= {loop[0]: "circular" for loop in closed}
    name_of = {id_: loop[0] for loop in closed for id_ in loop}
    live = _live(earlier, name_of, loops, dropped)
    live_order = _in_order(live) if loops else [part for part in order if part[0] in live]
    marks = _marks_reached(live, live_order, {name: name for name in ends})
    reached = {id_: marks.get(name_of.get(id_, id_), frozenset()) for id_ in links}
    origins = {found: tuple(sorted(found)) for found in set(reached.values())}
    first_hand = {found: sum(ends[origin] == "first-hand" for origin in found) for found in origins}
    in_loops = _marks_reached(earlier, order, {id_: name for name, loop in loops.items() for id_ in loop})
    return Trace(
        ends=dict(sorted(ends.items())),
        origins={id_: origins[found] for id_, found in reached.items()},
        first_hand={id_: first_hand[found] for id_, found in reached.items()},
        loops=loops,
        in_reach={id_: found for id_, found in in_loops.items() if found},
        earlier=earlier,
        dropped=dropped & links.keys(),
        closed=name_of,
    )


def live_steps(traced: Trace) -> Steps:
    """The chains without what was dropped, each loop without a way out as one node."""
    return _live(traced.earlier, traced.closed, traced.loops, traced.dropped)


def _live(
    steps: Steps, name_of: Mapping[str, str], loops: Mapping[str, tuple[str, ...]], dropped: frozenset[str]
) -> Steps:
    """The steps without what was dropped, a closed loop as one node, which goes with any of its sources."""
    if not name_of and dropped.isdisjoint(steps):
        return steps
    left_out = dropped | {name for name in set(name_of.values()) if not dropped.isdisjoint(loops[name])}
    live: dict[str, set[str]] = {name: set() for id_ in steps if (name := name_of.get(id_, id_)) not in left_out}
    for id_, earlier in steps.items():
        if (start := name_of.get(id_, id_)) in live:
            ends = {name_of.get(before, before) for before in earlier}
            live[start] |= (ends & live.keys()) - {start}
    return {id_: tuple(sorted(ends)) for id_, ends in live.items()}


def _leads_nowhere(steps: Steps, loop: tuple[str, ...], ends: Collection[str]) -> bool:
    inside = set(loop)
    return inside.isdisjoint(ends) and all(inside.issuperset(steps[id_]) for id_ in loop)


def _in_order(steps: Steps) -> list[tuple[str, ...]]:
    """Each loop, and each source that is in none, after those that they take from."""
    try:
        return [(id_,) for id_ in TopologicalSorter(steps).static_order()]
    except CycleError:
        import networkx as nx  # noqa: PLC0415 - slow to import

        whole = nx.condensation(nx.DiGraph(steps))
        return [tuple(sorted(whole.nodes[part]["members"])) for part in reversed(list(nx.topological_sort(whole)))]


def _marks_reached(
    steps: Steps, order: Iterable[tuple[str, ...]], marked: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """The marks that can be reached from each source, its own included; equal sets are shared.

    Where each of a chain's sources leads to a mark of its own, all sets differ, and their sizes add up to the square of
    the chain's length: so many origins there are to tell.
    """
    found: dict[str, frozenset[str]] = {}
    for loop in order if marked else ():
        inside, own = set(loop), frozenset(marked[id_] for id_ in loop if id_ in marked)
        parts = {own, *(found[before] for id_ in loop for before in steps[id_] if before not in inside)} - {frozenset()}
        reached = parts.pop() if len(parts) == 1 else frozenset[str]().union(*parts)
        found |= dict.fromkeys(loop, reached)
    return found


# The origins of a claim


def origins_of(ledger: Ledger, traced: Trace, claim: Record[Claim]) -> Origins:
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
    import networkx as nx  # noqa: PLC0415 - slow to import

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
    source = ledger.record(Source, origin).fields
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
    """Where an author may have worked when something came out, as far as the dates say."""
    proponent = ledger.records.get(id_)
    if proponent is None or not is_a(proponent, Proponent):
        return
    if proponent.fields.type == "organisation":
        yield id_
    for tie in proponent.fields.affiliations:
        later = tie.from_ and tie.from_.earliest > issued.latest
        earlier = tie.until and tie.until.latest < issued.earliest
        name = ledger.present_id(tie.id) if tie.id else tie.name
        if name and not later and not earlier:
            yield name
