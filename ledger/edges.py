"""A record → its edges and its card: all that others may see of it without reading it.

In: one record. Out: an Edge per reference, in the order in which they were written, and a Card. Both are functions of
the record alone and hold no place in its file, so that a blank line at its top changes neither. No other module makes
or names an edge.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from ledger import citations
from ledger.dates import PartialDate
from ledger.loading import Record, is_a
from ledger.modelling import Common
from ledger.records import Challenge, Claim, Controversy, Evidence, Position, Proponent, Source, Stance, ratings_in
from ledger.references import may_refer, scan
from ledger.yamlnodes import FieldPath

RECORD = "record"
"""In place of a kind: a record of any kind will do."""


class EdgeType(NamedTuple):
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
    EdgeType("controversy", "board[]", "asks", "claim", "the picture of the dispute asks whether the claim is right"),
    EdgeType("controversy", "searches[].kept[]", "kept", "source", "a logged search kept the source"),
    EdgeType("controversy", "searches[].hits[].source", "hit", "source", "a logged search found the source"),
    EdgeType("controversy", "searches[].hits[].became", "became", "evidence", "what a find of a logged search became"),
    EdgeType("controversy", "see_also[].id", "see_also", RECORD, "worth reading next"),
    EdgeType("position", "controversy", "answers", "controversy", "the position answers the controversy"),
    EdgeType("position", "rests_on[]", "rests_on", "claim", "the position builds on the claim"),
    EdgeType("position", "rejects[]", "rejects", "claim", "the position's holders deny the claim"),
    EdgeType("position", "key_sources[]", "key_source", "source", "a source to read first"),
    EdgeType("position", "objections[].claims[]", "objected_to_by", "claim", "the claim is behind an objection"),
    EdgeType("position", "would_change_mind[].by", "mind_of", "proponent", "who said what would change their mind"),
    EdgeType("position", "would_change_mind[].source", "stated_in", "source", "where they said so"),
    EdgeType("position", "relations[].position", "{type}", "position", "how the position relates to the other"),
    EdgeType("claim", "bears_on[].position", "bears_on", "position", "the claim, if true, counts for or against"),
    EdgeType("claim", "relations[].claim", "{type}", "claim", "how the claim relates to the other"),
    EdgeType("claim", "evidence[].source", "shown_in", "source", "the source that the evidence is taken from"),
    EdgeType("claim", "evidence[].about_rival", "about_rival", "claim", "the rival claim that the evidence hurts"),
    EdgeType("claim", "searches[].kept[]", "kept", "source", "a logged search kept the source"),
    EdgeType("claim", "evidence[].via", "retells", "source", "the source that the item's content comes from"),
    EdgeType("claim", "about[]", "about", "proponent", "whose words or acts the claim is about"),
    EdgeType("claim", "searches[].hits[].source", "hit", "source", "a logged search found the source"),
    EdgeType("claim", "searches[].hits[].became", "became", "evidence", "what a find of a logged search became"),
    EdgeType("claim", "first_stated", "first_stated_in", "source", "the source that said it first"),
    EdgeType("source", "authors[].proponent", "written_by", "proponent", "the author's own record"),
    EdgeType("source", "derived_from[].source", "derived_from", "source", "the source draws on the earlier one"),
    EdgeType("source", "version_of", "version_of", "source", "the source of which it is another version"),
    EdgeType("source", "interests[].proponent", "interest_of", "proponent", "someone who stands to gain"),
    EdgeType("source", "interests[].source", "noted_in", "source", "where an interest is shown"),
    EdgeType("source", "notice", "notice", "source", "the source that says the status changed"),
    EdgeType("proponent", "affiliations[].id", "affiliated_with", "proponent", "where the proponent works or belongs"),
    EdgeType("proponent", "members[].id", "has_member", "proponent", "who belongs to it"),
    EdgeType("proponent", "interests[].proponent", "interest_of", "proponent", "someone who stands to gain"),
    EdgeType("proponent", "interests[].source", "noted_in", "source", "where an interest is shown"),
    EdgeType("proponent", "stances[].position", "{stance}", "position", "the stance, and the position it is about"),
    EdgeType("proponent", "stances[].attested[].source", "stated_in", "source", "where the stance was stated"),
    EdgeType("event", "sources[]", "told_in", "source", "what reports the event"),
    EdgeType("event", "proponents[]", "involves", "proponent", "who took part"),
    EdgeType("event", "about[]", "about", RECORD, "what the event concerns"),
    EdgeType("event", "evidence_for[]", "gave", "evidence", "the evidence item that the event gave"),
    EdgeType("chart", "controversy", "illustrates", "controversy", "the chart belongs to the controversy"),
    EdgeType("chart", "items[]", "draws", "evidence", "the evidence item whose figures the chart draws"),
    EdgeType("term", "sources[]", "defined_in", "source", "where the definition comes from"),
    EdgeType("challenge", "target", "challenges", RECORD, "what the challenge says is wrong"),
    EdgeType("challenge", "proponent", "raised_by", "proponent", "who challenges"),
    EdgeType("challenge", "sources[]", "argued_from", "source", "a source that the challenger gives"),
    EdgeType("challenge", "resolution.changed[]", "led_to_change_of", RECORD, "what was changed because of it"),
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
VERBATIM = frozenset(
    ("quote", "quote_prefix", "quote_suffix", "query", "says", "url", "archive_url", "notice_url", "homepage")
)
"""Fields in which `[[` and `[@` are just characters."""
NO_REFERENCE = frozenset(("own", "dropped"))
"""Words that may stand in place of an id."""
OWNING = {"claim": ("evidence", "evidence"), "proponent": ("stances", "stance")}
"""Kind → the list of its parts that are nodes of their own, and what such a part is."""
CARRIED = frozenset(
    (
        *("basis", "consulted", "date", "directness", "from", "how", "inferred", "locator", "outcome", "relation"),
        *("strength", "until", "why"),
    )
)
"""The fields beside an id that say what the reference is. What a part says beyond that stands in its record alone."""
RENAMED = {"relation": "effect"}
"""Fields that would hide an edge's own keys; they stand on the edge under the second name."""


class Edge(NamedTuple):
    """One reference as written: from a node to an id, what it is called, the kind it must reach, what it carries."""

    start: str
    """A record, or a part of one: `claim/e1`."""
    target: str
    """The id that was written, or the one that its record has now."""
    name: str
    wants: str
    written: str
    path: FieldPath
    """Where it was written in its record."""
    own: Mapping[str, Any]
    words: str = ""
    """The whole reference where it was written in a text, `[[id]]`; it is the `nth` of these words there, from 0."""
    nth: int = 0

    @property
    def owner(self) -> str:
        """The id of the record that wrote it."""
        return owner_id(self.start)


class Card(NamedTuple):
    """What lists, links and tooltips show of a record, and what decides whether they show it."""

    id: str
    kind: str
    title: str
    """As written: it may hold references."""
    name: str
    """Of a position, its own label, if it has one."""
    names: tuple[str, ...]
    when: str
    """Of a source, what its label is made of: see `citations.label_of`."""
    letter: str
    """Of a position."""
    status: str
    """What became of a source's work; empty for other kinds."""
    withdrawn: bool
    draft: bool
    parts: tuple[str, ...]
    """The ids of its evidence items or stances."""
    former: tuple[str, ...]
    newest: str
    """The newest date that an editor gave to it or to a judgement in it, as `2026-11-29`; empty without one."""
    note: str
    address: str
    """How a citation names a source's work, and where the work is; empty for other kinds."""
    tags: tuple[str, ...]

    @property
    def label(self) -> str:
        """A few words for tight places: who a source is of and when, of a position its own label, if it has one."""
        return citations.said_short(self.names, self.when) if self.when else self.name


def owner_id(node: str) -> str:
    """The id of the record that a node is, or is part of."""
    return node.partition("/")[0]


def parts_of(fields: Common) -> tuple[Evidence, ...] | tuple[Stance, ...]:
    """The parts of a record that are nodes of their own."""
    if isinstance(fields, Claim):
        return fields.evidence
    return fields.stances if isinstance(fields, Proponent) else ()


def card_of(record: Record[Any]) -> Card:
    """What others see of a record."""
    fields: Common = record.fields
    source = record.fields if is_a(record, Source) else None
    position = record.fields if is_a(record, Position) else None
    names, when = citations.label_of(source) if source else ((), "")
    days = [day.earliest for day in _editorial_dates(fields)]
    return Card(
        id=record.id,
        kind=record.kind.name,
        title=record.title,
        name=(position and position.label) or "",
        names=names,
        when=when,
        letter=position.letter if position else "",
        status=str(source.status) if source else "",
        withdrawn=fields.withdrawn is not None,
        draft=bool(fields.draft),
        parts=tuple(part.id for part in parts_of(fields)),
        former=fields.former_ids,
        newest=max(days).isoformat() if days else "",
        note=citations.in_a_note(source) if source else "",
        address=citations.address(source) if source else "",
        tags=tuple(dict.fromkeys(fields.tags)),
    )


def newest_date(cards: Iterable[Card]) -> date | None:
    """The newest date that an editor gave to a record or a judgement, if there is any."""
    newest = max((card.newest for card in cards), default="")
    return date.fromisoformat(newest) if newest else None


def _editorial_dates(fields: Common) -> Iterator[PartialDate]:
    yield from filter(None, (fields.added, fields.updated))
    yield from (rating.date for _, ratings in ratings_in(fields) for rating in ratings)
    if isinstance(fields, Claim | Controversy):
        yield from (search.date for search in fields.searches)
    if isinstance(fields, Claim):
        yield from (item.recorded for item in fields.evidence if item.recorded)
    if isinstance(fields, Challenge):
        yield from filter(None, (fields.date, fields.resolution and fields.resolution.date))
    if isinstance(fields, Controversy) and fields.status_note:
        yield fields.status_note.date
    if isinstance(fields, Source):
        yield from filter(None, (fields.status_recorded, *(one.recorded for one in fields.derivations)))


def edges_of(record: Record[Any]) -> tuple[Edge, ...]:
    """Every reference that a record makes. A record whose fields have errors gives those that can be read."""
    return tuple(_edges(record))


def _edges(record: Record[Any]) -> Iterator[Edge]:
    data = record.authored() if record.is_valid else {k: v for k, v in record.document.data.items() if k != "note"}
    for edge_type in _TYPES_BY_KIND.get(record.kind.name, ()):
        for path, target, beside in _walk(data, _steps(edge_type.field), (), {}):
            yield _edge(record, edge_type, path, target, beside)
    if record.is_valid:
        yield from _part_edges(record, data)
    yield from _mention_edges(record, data, ())


def _edge(record: Record[Any], edge_type: EdgeType, path: FieldPath, target: str, beside: dict[str, Any]) -> Edge:
    start = _node_of(record, path)
    field_of_name = edge_type.name[1:-1] if edge_type.name.startswith("{") else ""
    dropped = {str(path[-1]), field_of_name, "id" if start != record.id else ""}
    own = {
        RENAMED.get(key, key): value
        for key, value in beside.items()
        if key in CARRIED and key not in dropped and not isinstance(value, list)
    }
    name = str(beside[field_of_name]) if field_of_name and record.is_valid else edge_type.name
    return Edge(start, target, name, edge_type.target, target, path, own)


def _node_of(record: Record[Any], path: FieldPath) -> str:
    """The node that a field belongs to: an evidence item's or stance's own, else the record's."""
    list_name, _ = OWNING.get(record.kind.name, ("", ""))
    if record.is_valid and len(path) > 1 and path[0] == list_name and isinstance(path[1], int):
        return f"{record.id}/{parts_of(record.fields)[path[1]].id}"
    return record.id


def _part_edges(record: Record[Any], data: dict[str, Any]) -> Iterator[Edge]:
    list_name, part_kind = OWNING.get(record.kind.name, ("", ""))
    for at, part in enumerate(data.get(list_name, ())):
        path, node = (list_name, at), f"{record.id}/{part['id']}"
        if part_kind == "evidence":
            yield Edge(node, record.id, part["relation"], "claim", record.id, path, {})
        else:
            yield Edge(record.id, node, "takes", "stance", node, path, {})


def _mention_edges(record: Record[Any], value: Any, path: FieldPath) -> Iterator[Edge]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in inside:
        if isinstance(inner, str):
            if may_refer(inner) and step not in VERBATIM:
                yield from _mentions_in(record, inner, (*path, step))
        elif step not in VERBATIM:
            yield from _mention_edges(record, inner, (*path, step))


def _mentions_in(record: Record[Any], text: str, path: FieldPath) -> Iterator[Edge]:
    seen: dict[str, int] = {}
    for reference in scan(text, markdown=path == ("body",)):
        written = text[reference.start : reference.end]
        nth = seen.get(written, 0)
        seen[written] = nth + 1
        name = "mentions" if reference.form == "link" else "cites"
        own = {"locator": reference.words} if name == "cites" and reference.words else {}
        wants, target = "source" if name == "cites" else RECORD, reference.target
        yield Edge(_node_of(record, path), target, name, wants, target, path, own, written, nth)


def _walk(
    value: Any, steps: tuple[str, ...], path: FieldPath, beside: dict[str, Any]
) -> Iterator[tuple[FieldPath, str, dict[str, Any]]]:
    """The ids at the end of a field path, each with its own path and the fields that stand beside it."""
    if not steps:
        if isinstance(value, str) and value not in NO_REFERENCE:
            yield path, value, beside
    elif steps[0] == "[]":
        for at, item in enumerate(value if isinstance(value, list) else ()):
            yield from _walk(item, steps[1:], (*path, at), beside)
    elif isinstance(value, dict) and steps[0] in value:
        nested = value if path else {}
        yield from _walk(value[steps[0]], steps[1:], (*path, steps[0]), nested)


@cache
def _steps(field_path: str) -> tuple[str, ...]:
    return tuple(field_path.replace("[]", ".[]").split("."))


_KIND_NAMES = {edge_type.kind for edge_type in EDGE_TYPES} - {RECORD} | {"thread", "page"}
_TYPES_BY_KIND = {
    kind: tuple(edge_type for edge_type in EDGE_TYPES if edge_type.kind in (kind, RECORD)) for kind in _KIND_NAMES
}
