"""Records → the graph: what every id means, and everything that refers to anything.

In: the loaded records. Out: a Ledger, whose graph has a node per record, per evidence item (`claim/e1`) and per stance
(`proponent/s1`), and a typed edge per reference, with the place it was written. No other module makes an edge.
An id that nothing has is a node without a kind: the edge is there, and a check reports it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import networkx as nx

from ledger.dates import PartialDate
from ledger.diagnostics import Span
from ledger.loading import Loaded, Record
from ledger.references import may_refer, scan
from ledger.yamlnodes import FieldPath

RECORD = "record"
"""In place of a kind: a record of any kind will do."""


@dataclass(frozen=True, slots=True)
class EdgeType:
    """One way in which records refer: the kind and field that says so, the edge's name, and the kind it must reach.

    `field` is a path, `[]` standing for each item of a list. A name in braces is taken from a field beside the id.
    """

    kind: str
    field: str
    name: str
    target: str
    meaning: str


EDGE_TYPES = (
    EdgeType("controversy", "thread", "part_of", "thread", "the controversy belongs to the thread"),
    EdgeType("controversy", "tensions[].claims[]", "turns_on", "claim", "a tension turns on the claim"),
    EdgeType("controversy", "searches[].kept[]", "kept", "source", "a logged search kept the source"),
    EdgeType("controversy", "see_also[].id", "see_also", RECORD, "worth reading next"),
    EdgeType("position", "controversy", "answers", "controversy", "the position answers the controversy"),
    EdgeType("position", "rests_on[]", "rests_on", "claim", "the claim carries the position"),
    EdgeType("position", "rejects[]", "rejects", "claim", "the position's holders deny the claim"),
    EdgeType("position", "key_sources[]", "key_source", "source", "a source to read first"),
    EdgeType("position", "objections[].claims[]", "objected_to_by", "claim", "the claim carries an objection"),
    EdgeType("position", "would_change_mind[].by", "mind_of", "proponent", "who said what would change their mind"),
    EdgeType("position", "would_change_mind[].source", "stated_in", "source", "where they said so"),
    EdgeType("position", "relations[].position", "{type}", "position", "how the position stands to the other"),
    EdgeType("claim", "bears_on[].position", "bears_on", "position", "the claim, if true, counts for or against"),
    EdgeType("claim", "relations[].claim", "{type}", "claim", "how the claim stands to the other"),
    EdgeType("claim", "evidence[].source", "shown_in", "source", "the source that the evidence is taken from"),
    EdgeType("claim", "evidence[].about_rival", "about_rival", "claim", "the rival claim that the evidence hurts"),
    EdgeType("claim", "searches[].kept[]", "kept", "source", "a logged search kept the source"),
    EdgeType("claim", "first_stated", "first_stated_in", "source", "the source that said it first"),
    EdgeType("source", "authors[].proponent", "written_by", "proponent", "the author's own record"),
    EdgeType("source", "derived_from[].source", "derived_from", "source", "the source takes from the earlier one"),
    EdgeType("source", "interests[].proponent", "interest_of", "proponent", "someone who stands to gain"),
    EdgeType("source", "interests[].source", "noted_in", "source", "where an interest is shown"),
    EdgeType("source", "notice", "notice", "source", "the source that says the status changed"),
    EdgeType("proponent", "affiliations[].id", "affiliated_with", "proponent", "where the proponent works or belongs"),
    EdgeType("proponent", "members[].id", "has_member", "proponent", "who belongs to it"),
    EdgeType("proponent", "interests[].proponent", "interest_of", "proponent", "someone who stands to gain"),
    EdgeType("proponent", "interests[].source", "noted_in", "source", "where an interest is shown"),
    EdgeType("proponent", "stances[].position", "{stance}", "position", "the stance, and the position it is about"),
    EdgeType("proponent", "stances[].attested[].source", "stated_in", "source", "where the stance was stated"),
    EdgeType("event", "sources[]", "told_in", "source", "where the event is told"),
    EdgeType("event", "proponents[]", "involves", "proponent", "who took part"),
    EdgeType("event", "about[]", "about", RECORD, "what the event concerns"),
    EdgeType("event", "evidence_for[]", "gave", "evidence", "the evidence item that the event gave"),
    EdgeType("term", "sources[]", "defined_in", "source", "where the definition comes from"),
    EdgeType(RECORD, "withdrawn.merged_into", "merged_into", RECORD, "the record that says it now"),
)
"""Every reference by id. Beside these: the edges of parts, and mentions in text."""
PART_EDGES = (
    EdgeType("evidence", "relation", "{relation}", "claim", "what the evidence item does to its claim"),
    EdgeType("proponent", "stances[]", "takes", "stance", "the proponent takes the stance"),
)
"""Edges between a part and the record that it is part of."""
MENTIONS = (
    EdgeType(RECORD, "any text", "mentions", RECORD, "a text links to the record: `[[id]]`"),
    EdgeType(RECORD, "any text", "cites", "source", "a text cites the source: `[@id]`"),
)
VERBATIM = frozenset(("quote", "quote_prefix", "quote_suffix", "query", "url", "archive_url", "homepage"))
"""Fields in which `[[` and `[@` are just characters."""
OWNING = {"claim": ("evidence", "evidence"), "proponent": ("stances", "stance")}
"""Kind → the list of its parts that are nodes of their own, and what such a part is."""
RENAMED = {"relation": "effect", "id": "item", "title": "heading", "source": "cited"}
"""Fields of a part that would hide an edge's own keys; they stand on the edge under the second name."""


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """Everything that was read, resolved. Records are in order of id; `as_of` is the newest editorial date.

    A ledger is equal only to itself, so that what was computed of it can be remembered by it.
    """

    loaded: Loaded = field(repr=False)
    records: Mapping[str, Record] = field(repr=False)
    graph: Any = field(repr=False)
    former: Mapping[str, str] = field(repr=False)
    kinds: frozenset[str]
    """The kinds that have a record."""
    as_of: date | None

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """The records of one kind, by id."""
        return tuple(record for record in self.records.values() if record.kind.name == kind)

    def present_id(self, written: str) -> str:
        """The id that a record, or a part of one, has now, given any that the record ever had."""
        id_, slash, part = written.partition("/")
        return self.former.get(id_, id_) + slash + part

    def owner(self, node: str) -> Record | None:
        """The record that a node is, or is part of."""
        return self.records.get(node.partition("/")[0])


def build_graph(loaded: Loaded, *, as_of: date | None = None) -> Ledger:
    """Resolve the loaded records."""
    former = {old: r.id for r in loaded.records.values() for old in r.fields.former_ids if old not in loaded.records}
    kinds = frozenset(record.kind.name for record in loaded.records.values())
    ledger = Ledger(loaded, loaded.records, nx.MultiDiGraph(), former, kinds, as_of or newest_date(loaded))
    for record in loaded.records.values():
        _add_nodes(ledger, record)
    for record in loaded.records.values():
        try:
            for edge in _edges(record):
                _add_edge(ledger, edge)
        except Exception as bug:
            bug.add_note(f"at {record.document.path}")
            raise
    return ledger


def published(ledger: Ledger) -> Ledger:
    """The same ledger without its drafts, for the site."""
    kept = {id_: record for id_, record in ledger.records.items() if not record.is_draft}
    if len(kept) == len(ledger.records):
        return ledger
    return build_graph(replace(ledger.loaded, records=kept), as_of=ledger.as_of)


def newest_date(loaded: Loaded) -> date | None:
    """The newest date that an editor gave to a record or a judgement, if there is any."""
    days = [day.earliest for record in loaded.records.values() for day in _editorial_dates(record.fields)]
    return max(days, default=None)


def _editorial_dates(fields: Any) -> Iterator[PartialDate]:
    dated = [fields, getattr(fields, "status_note", None), *getattr(fields, "assessments", ())]
    dated += [*getattr(fields, "searches", ()), *getattr(fields, "evidence", ())]
    dated += [rating for part in getattr(fields, "parts", ()) for rating in part.assessments]
    for item in filter(None, dated):
        for name in ("added", "updated", "recorded", "date"):
            day = vars(item).get(name)
            if isinstance(day, PartialDate) and not (item is fields and name == "date"):
                yield day


def _add_nodes(ledger: Ledger, record: Record) -> None:
    ledger.graph.add_node(record.id, kind=record.kind.name, title=record.title)
    list_name, part_kind = OWNING.get(record.kind.name, ("", ""))
    for part in getattr(record.fields, list_name, ()) if list_name else ():
        title = getattr(part, "shows", None) or f"{part.stance} {part.position}"
        ledger.graph.add_node(f"{record.id}/{part.id}", kind=part_kind, title=title)


@dataclass(frozen=True, slots=True)
class Edge:
    """One reference as written: from a node to an id, its name, the kind it must reach, its place, its own fields."""

    start: str
    target: str
    name: str
    wants: str
    path: FieldPath
    span: Span
    own: Mapping[str, Any] = field(default_factory=dict)


def _edges(record: Record) -> Iterator[Edge]:
    data = record.authored()
    for edge_type in _TYPES_BY_KIND.get(record.kind.name, ()):
        for path, target, beside in _walk(data, _steps(edge_type.field), (), {}):
            yield _edge(record, edge_type, path, target, beside)
    yield from _part_edges(record, data)
    yield from _mention_edges(record, data, ())


def edges_of_broken(ledger: Ledger) -> Iterator[Edge]:
    """The references of records whose fields have errors, as far as they can be told; they are not in the graph."""
    for record in ledger.loaded.broken:
        data = {key: value for key, value in record.document.data.items() if key != "note"}
        for edge_type in _TYPES_BY_KIND.get(record.kind.name, ()):
            for path, target, _ in _walk(data, _steps(edge_type.field), (), {}):
                span = record.document.span(path)
                yield Edge(record.id, target, edge_type.name, edge_type.target, path, span)
        yield from _mention_edges(record, data, ())


def _edge(record: Record, edge_type: EdgeType, path: FieldPath, target: str, beside: dict[str, Any]) -> Edge:
    start = _node_of(record, path)
    field_of_name = edge_type.name[1:-1] if edge_type.name.startswith("{") else ""
    dropped = {str(path[-1]), field_of_name, "id" if start != record.id else ""}
    own = {
        RENAMED.get(key, key): value
        for key, value in beside.items()
        if key not in dropped and not isinstance(value, list)
    }
    name = str(beside[field_of_name]) if field_of_name else edge_type.name
    return Edge(start, target, name, edge_type.target, path, record.document.span(path), own)


def _node_of(record: Record, path: FieldPath) -> str:
    """The node that a field belongs to: an evidence item's or stance's own, else the record's."""
    list_name, _ = OWNING.get(record.kind.name, ("", ""))
    if record.fields and len(path) > 1 and path[0] == list_name and isinstance(path[1], int):
        return f"{record.id}/{getattr(record.fields, list_name)[path[1]].id}"
    return record.id


def _part_edges(record: Record, data: dict[str, Any]) -> Iterator[Edge]:
    list_name, part_kind = OWNING.get(record.kind.name, ("", ""))
    for at, part in enumerate(data.get(list_name, ())):
        path, node = (list_name, at), f"{record.id}/{part['id']}"
        span = record.document.span((*path, "id"))
        if part_kind == "evidence":
            yield Edge(node, record.id, part["relation"], "claim", path, span)
        else:
            yield Edge(record.id, node, "takes", "stance", path, span)


def _mention_edges(record: Record, value: Any, path: FieldPath) -> Iterator[Edge]:
    if isinstance(value, str):
        if may_refer(value):
            yield from _mentions_in(record, value, path)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in VERBATIM:
                yield from _mention_edges(record, inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _mention_edges(record, inner, (*path, at))


def _mentions_in(record: Record, text: str, path: FieldPath) -> Iterator[Edge]:
    seen: dict[str, int] = {}
    for reference in scan(text, markdown=path == ("body",)):
        written = text[reference.start : reference.end]
        nth = seen.get(written, 0)
        seen[written] = nth + 1
        name = "mentions" if reference.form == "link" else "cites"
        own = {"locator": reference.words} if name == "cites" and reference.words else {}
        span = record.document.inner_span(path, written, nth)
        wants = "source" if name == "cites" else RECORD
        yield Edge(_node_of(record, path), reference.target, name, wants, path, span, own)


def _add_edge(ledger: Ledger, edge: Edge) -> None:
    reached = ledger.present_id(edge.target)
    if reached not in ledger.graph:
        ledger.graph.add_node(reached, kind=None, title=reached)
    field_name = ".".join(str(step) for step in edge.path)
    ledger.graph.add_edge(
        edge.start,
        reached,
        type=edge.name,
        wants=edge.wants,
        field=field_name,
        written=edge.target,
        span=edge.span,
        own=edge.own,
    )


def _walk(
    value: Any, steps: tuple[str, ...], path: FieldPath, beside: dict[str, Any]
) -> Iterator[tuple[FieldPath, str, dict[str, Any]]]:
    """The ids at the end of a field path, each with its own path and the fields that stand beside it."""
    if not steps:
        if isinstance(value, str):
            yield path, value, beside
    elif steps[0] == "[]":
        for at, item in enumerate(value if isinstance(value, list) else ()):
            yield from _walk(item, steps[1:], (*path, at), beside)
    elif isinstance(value, dict) and steps[0] in value:
        nested = value if path else {}
        yield from _walk(value[steps[0]], steps[1:], (*path, steps[0]), nested)


def _steps(field_path: str) -> tuple[str, ...]:
    return tuple(field_path.replace("[]", ".[]").split("."))


_KIND_NAMES = {edge_type.kind for edge_type in EDGE_TYPES} - {RECORD} | {"thread", "page"}
_TYPES_BY_KIND = {
    kind: tuple(edge_type for edge_type in EDGE_TYPES if edge_type.kind in (kind, RECORD)) for kind in _KIND_NAMES
}
