"""Paths over the graph, walked from what a step names to what is asked for.

In: nodes and a path. Out: every node at its end. A part's edges count as its record's; what a part says of the record
that it is in is no link of the record to itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ledger.dates import parse_date
from ledger.edges import Edge
from ledger.query.facts import Facts, Span
from ledger.query.steps import ANY, AROUND, DOWN, EARLIER, LADDER, LATER, WITHIN, Hop

Keep = Callable[[Iterable[Span]], bool]
"""Whether something may be gone through that was at one of these times."""


def walk(facts: Facts, nodes: Iterable[str], path: tuple[Hop, ...], keep: Keep | None) -> set[str]:
    """The nodes at the end of a path; with `keep`, those reached only by what it keeps."""
    reached = {node for node in nodes if _is_kept(facts, node, keep)}
    for hop in path:
        reached = {node for node in _hop(facts, reached, hop, keep) if _is_kept(facts, node, keep)}
        if hop.kind:
            reached = {node for node in reached if _kind(facts, node) == hop.kind}
    return reached


def _is_kept(facts: Facts, node: str, keep: Keep | None) -> bool:
    """Whether a node may be gone through: it is an evidence item or a stance that is kept, or a record."""
    return keep is None or "/" not in node or keep(facts.dates(node))


def _hop(facts: Facts, nodes: set[str], hop: Hop, keep: Keep | None) -> set[str]:
    name = hop.names[0]
    if name in (WITHIN, AROUND):
        return _closed(nodes, lambda node: _rungs(facts, node, down=name == WITHIN), proper=hop.proper)
    if name in (EARLIER, LATER):
        further = facts.traced.earlier if name == EARLIER else facts.later
        return _closed(nodes, lambda node: further.get(node, ()), proper=hop.proper)
    return {other for node in nodes for other in _across(facts, node, hop, keep)}


def _closed(nodes: set[str], further: Callable[[str], Iterable[str]], *, proper: bool) -> set[str]:
    """All that can be reached from some nodes, and these too unless only what is further on is meant."""
    found = {after for node in nodes for after in further(node)} if proper else set(nodes)
    waiting = list(found)
    while waiting:
        new = set(further(waiting.pop())) - found
        found |= new
        waiting += new
    return found


def _across(facts: Facts, node: str, hop: Hop, keep: Keep | None) -> Iterator[str]:
    """The nodes at the other end of a node's edges, and the records that they are part of."""
    for part in (node, *facts.parts(node)):
        for other, edge in _edges(facts, part, forward=hop.forward):
            is_named = edge.name in hop.names or (hop.names == (ANY,) and edge.name != "kept")
            if not is_named or (hop.effect and edge.own.get("effect") != hop.effect):
                continue
            if keep and hop.date and not keep((_span(facts, edge.own, hop),)):
                continue
            if other == node or not all(_is_kept(facts, end, keep) for end in (part, other)):
                continue
            yield other
            if (owner := other.partition("/")[0]) != node:
                yield owner


def _span(facts: Facts, own: Mapping[str, Any], hop: Hop) -> Span:
    """When a reference was so; one that has a beginning lasts, as far as the ledger goes, until it has an end."""
    written = [own.get(hop.date), own.get("until", facts.ledger.as_of) if hop.date == "from" else None]
    return tuple(parse_date(str(date)) for date in written if date)


def _rungs(facts: Facts, node: str, *, down: bool) -> Iterator[str]:
    """What stands lower on the ladder and belongs to a node, or what stands higher."""
    kind = _kind(facts, node)
    if kind not in LADDER:
        return
    here = LADDER.index(kind)
    for forward in (True, False):
        for other, edge in _edges(facts, node, forward=forward):
            there = _kind(facts, other)
            leads_down = there in LADDER and LADDER.index(there) > here
            if (edge.name, forward == down) in DOWN and there in LADDER and there != kind and leads_down == down:
                yield other


def _edges(facts: Facts, node: str, *, forward: bool) -> Iterator[tuple[str, Edge]]:
    edges = facts.ledger.edges_from(node) if forward else facts.ledger.edges_to(node)
    return ((edge.target if forward else edge.start, edge) for edge in edges)


def _kind(facts: Facts, node: str) -> str:
    item = facts.items.get(node)
    return item.kind if item else ""
