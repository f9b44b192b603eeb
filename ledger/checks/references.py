"""Checks of references: every id leads to what is meant, and means one thing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ledger.analysis.origins import in_order
from ledger.checks.checking import Finding, check, having, settings
from ledger.diagnostics import Level, did_you_mean, stem
from ledger.edges import MENTIONS, OWNING, PART_EDGES, RECORD, Edge, edges_of, owner_id
from ledger.graph import Ledger, compared, result
from ledger.loading import Record
from ledger.modelling import Assessment, Common, Search
from ledger.naming import Names, nearest_id
from ledger.records import KINDS, Claim, Controversy, Evidence, ratings_in
from ledger.structure import IN_TEXT
from ledger.yamlnodes import FieldPath

OF_CHALLENGES = frozenset(("challenges", "led_to_change_of"))
"""Edges that may lead to what was withdrawn since, perhaps because of them."""
HARMLESS = frozenset(("became", *(edge_type.name for edge_type in (*MENTIONS, *PART_EDGES))))
"""Edges that may lead from a record to itself."""
MOST_NEAR = 20
"""For how many unknown ids of a record a similar one is looked for, which takes a moment each."""
LISTS_OF_PARTS = ("evidence", "stances", "tensions", "parts", "editors")


def _references(ledger: Ledger, record: Record[Any]) -> Iterable[Edge]:
    """Every reference of a record; of one whose fields have errors, those that can be read."""
    if record.is_valid:
        return ledger.edges_of(record.id)
    return (edge._replace(target=ledger.present_id(edge.target)) for edge in edges_of(record))


def _broken(ledger: Ledger) -> Iterable[Record[Any]]:
    """Records whose fields have errors, so that all their mistakes are reported at once."""
    return ledger.broken


@result
def failed_ids(ledger: Ledger) -> frozenset[str]:
    """Ids whose files could not be read, or would have if their names were right: they are no second mistake."""
    names = [path.rsplit("/", 1)[-1].rsplit(".", 1)[0] for path in ledger.failed]
    return frozenset((*names, *map(nearest_id, names)))


def _numbered(ledger: Ledger, record: Record[Any]) -> Iterable[tuple[Edge, int]]:
    """Every reference of a record, and how many of those before it name another id that is not there."""
    unknown = set[str]()
    for edge in _references(ledger, record):
        yield edge, len(unknown)
        if ledger.node_kind(edge.target) is None:
            unknown.add(edge.target)


@check("unknown-id", Level.ERROR, items=_numbered, others=_broken, excusable=False)
def unknown_id(ledger: Ledger, item: tuple[Edge, int]) -> Iterator[Finding]:
    """Every id that is referred to exists, or its file has an error of its own."""
    edge, before = item
    target, wants = edge.target, edge.wants
    if str(edge.own.get("locator", "")).startswith("@"):
        message = "a citation names one source: what follows it here is read as a place in that source"
        yield Finding(ledger.span(edge), message, _one_by_one(edge))
        return
    if ledger.node_kind(target) is not None or owner_id(target) in failed_ids(ledger):
        return
    what, written = "record" if wants == RECORD else wants, edge.written
    message = f"there is no {what} with the id '{written}'" if written else "this reference names no id"
    near = _near(ledger, wants, written) if before < MOST_NEAR else ""
    hint = _one_by_one(edge) or _comma(ledger, edge) or near or f"add the {what}, or correct the id"
    yield Finding(ledger.span(edge), message, hint)


def _one_by_one(item: Edge) -> str:
    """A hint to cite one work at a time, where a citation names several; else empty."""
    parts = re.split(r"[;,]\s*+(?=@)|;", item.words[2:-1]) if item.name == "cites" else ()
    named = [name for part in parts if (name := part.strip(" @"))]
    return f"cite one work at a time: {' '.join(f'[@{part}]' for part in named)}" if len(named) > 1 else ""


def _comma(ledger: Ledger, item: Edge) -> str:
    """A hint at the comma that is missing between a source and the place in it; else empty."""
    id_, _, place = item.written.partition(" ")
    is_source = item.name == "cites" and ledger.node_kind(source := id_.rstrip(":;.")) == "source"
    return f"put a comma before the place in the source: [@{source}, {place.strip()}]" if is_source and place else ""


@result
def _near(ledger: Ledger, wants: str, written: str) -> str:
    """A hint at the id that was perhaps meant; kept, since many references may name the same missing one."""
    known, words = _known(ledger, wants), dict.fromkeys((written, stem(written)))
    return next(filter(None, (did_you_mean(word, known.like(word)) for word in words)), "")


@result
def _known(ledger: Ledger, wants: str) -> Names:
    """The ids that a reference of some sort can name."""
    ids = [id_ for kind in KINDS if wants in (kind.name, RECORD) for id_ in ledger.members(kind.name)]
    owners = [kind for kind, (_, part) in OWNING.items() if wants in (part, RECORD)]
    parts = [f"{card.id}/{part}" for kind in owners for card in ledger.cards(kind) for part in card.parts]
    return Names([*ids, *parts])


@check("wrong-kind", Level.ERROR, items=_references, others=_broken, excusable=False)
def wrong_kind(ledger: Ledger, item: Edge) -> Iterator[Finding]:
    """Every reference reaches a record of the kind that its field is for."""
    kind = ledger.node_kind(item.target)
    if kind is None or item.wants in (kind, RECORD) or owner_id(item.target) in failed_ids(ledger):
        return
    message = f"'{item.written}' is a {kind}; a {item.wants} is meant here"
    hint = "link to it with [[id]]; [@id] cites a source" if item.name == "cites" else f"name a {item.wants}"
    yield Finding(ledger.span(item), message, hint)


@check("self-reference", Level.ERROR, items=_references)
def self_reference(ledger: Ledger, item: Edge) -> Iterator[Finding]:
    """No record has a relation to itself, beyond mentions and what joins a part to its record."""
    own_part = "/" in item.start and item.target == owner_id(item.start) and not isinstance(item.path[-1], str)
    if owner_id(item.start) == owner_id(item.target) and item.name not in HARMLESS and not own_part:
        message = f"'{item.written}' is this record itself"
        yield Finding(ledger.span(item), message, "name another record, or remove the entry")


@check("former-id", Level.WARNING, items=_references)
def former_id(ledger: Ledger, item: Edge) -> Iterator[Finding]:
    """References use a record's present id."""
    if item.written != item.target:
        message = f"'{item.written}' is now called '{item.target}'"
        yield Finding(ledger.span(item), message, f"write '{item.target}'")


@check("reference-to-draft", Level.ERROR, items=_references, excusable=False)
def reference_to_draft(ledger: Ledger, item: Edge) -> Iterator[Finding]:
    """What is published does not point at what is not."""
    target = ledger.card(owner_id(item.target))
    if target and target.draft and (start := ledger.card(item.owner)) and not start.draft:
        message = f"'{item.written}' exists but is a draft"
        yield Finding(ledger.span(item), message, "publish it too, or make this record a draft")


@check("reference-to-withdrawn", Level.WARNING, items=_references)
def reference_to_withdrawn(ledger: Ledger, item: Edge) -> Iterator[Finding]:
    """What holds does not build on what was withdrawn; a text may mention it, for its page stays."""
    target = ledger.card(owner_id(item.target))
    if not target or not target.withdrawn or item.name in IN_TEXT | OF_CHALLENGES or not ledger.stands(item.owner):
        return
    now = _instead(ledger, target.id, item.wants)
    hint = f"write '{now}'" if now else "name one that was not withdrawn, or remove the reference"
    yield Finding(ledger.span(item), f"'{item.written}' was withdrawn", hint)


def _instead(ledger: Ledger, id_: str, wants: str) -> str:
    """The id of the record that says it now, if it was not withdrawn and is of the kind that is meant."""
    now = ledger.card(_ways_end(ledger, "merged_into").get(id_, ("",))[0])
    return now.id if now and not now.withdrawn and wants in (now.kind, RECORD) else ""


@check("merge-loop", Level.WARNING, items=having("withdrawn"))
def merge_loop(ledger: Ledger, item: Record[Any]) -> Iterator[Finding]:
    """No record was merged into itself by way of others: one of them says it now."""
    if loop := circle(ledger, item.id, "merged_into"):
        message = f"was merged into itself: {' → '.join([*loop, item.id])}"
        yield Finding(item.span("withdrawn", "merged_into"), message, "name the record that says it now")


def circle(ledger: Ledger, id_: str, name: str) -> tuple[str, ...]:
    """The way from a record along edges of a name and back to it, told for the first of its records alone; else empty.

    A record has at most one such edge.
    """
    end = _ways_end(ledger, name).get(id_, ())
    return end if len(end) > 1 and end[0] == id_ else ()


@compared
def _ways_end(ledger: Ledger, name: str) -> Mapping[str, tuple[str, ...]]:
    """Record → the last on its way along edges of a name; where the way never ends, the loop from its first id on."""
    steps = {edge.start: edge.target for edge in ledger.all_edges() if edge.name == name and edge.start != edge.target}
    ends: dict[str, tuple[str, ...]] = {}
    for part in in_order({id_: (steps[id_],) if id_ in steps else () for id_ in {*steps, *steps.values()}}):
        loop = [part[0]]
        while len(loop) < len(part):
            loop.append(steps[loop[-1]])
        onward = ends.get(steps.get(part[0], ""), tuple(loop))
        ends |= dict.fromkeys(part, onward)
    return dict(sorted(ends.items()))


Signature = tuple[Record[Any], FieldPath, str]


def _lists(_: Ledger, record: Record[Any]) -> Iterable[tuple[Record[Any], str, list[str]]]:
    """Every list of parts with ids: what it is called, and the ids."""
    fields = vars(record.fields)
    return [(record, name, [part.id for part in fields[name]]) for name in LISTS_OF_PARTS if fields.get(name)]


@check("duplicate-part", Level.ERROR, items=_lists, others=settings, excusable=False)
def duplicate_part(_: Ledger, item: tuple[Record[Any], str, list[str]]) -> Iterator[Finding]:
    """Parts of a record have ids of their own: a link to `claim#e1` must mean one item."""
    record, name, ids = item
    first = {id_: at for at, id_ in reversed(list(enumerate(ids)))}
    for at, id_ in enumerate(ids):
        if first[id_] != at:
            message = f"`{name}` has two parts with the id '{id_}'"
            hint = "give the later one a new id; ids are never reused"
            yield Finding(record.span(name, at, "id"), message, hint)


def _signatures(_: Ledger, record: Record[Any]) -> Iterator[Signature]:
    """Every `by` of a rating, a search or an evidence item."""
    for path, signed in _signed(record.fields):
        yield from ((record, (*path, at, "by"), one.by) for at, one in enumerate(signed) if one.by)


def _signed(fields: Common) -> Iterator[tuple[FieldPath, Iterable[Assessment | Search | Evidence]]]:
    yield from ratings_in(fields)
    if isinstance(fields, Claim | Controversy):
        yield ("searches",), fields.searches
    if isinstance(fields, Claim):
        yield ("evidence",), fields.evidence


@check("unknown-editor", Level.ERROR, items=_signatures)
def unknown_editor(ledger: Ledger, item: Signature) -> Iterator[Finding]:
    """Whoever rates, searches or records is listed in `site.yml`; that there is none is a finding of its own."""
    record, path, by = item
    known = [editor.id for editor in ledger.settings.editors]
    if by not in known and ledger.site:
        hint = did_you_mean(by, known) or "add them to `editors` in site.yml"
        yield Finding(record.span(*path), f"there is no editor '{by}' in site.yml", hint)
