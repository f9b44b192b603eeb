"""What the site's own JSON files hold, as models: records, lists, redirects, the graph, and everything in one file.

Nothing is made from these models: they say what the exports write, and the schemas follow from them. A key that Python
keeps for itself has an underscore in the model and none in the file.
"""

import dataclasses
from collections.abc import Mapping
from functools import reduce
from operator import or_
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema, create_model

from ledger.analysis.challenges import Challenged, OpenChallenge
from ledger.analysis.changes import Change as LedgerChange
from ledger.analysis.gaps import Campaign, Row
from ledger.analysis.grades import Choices
from ledger.analysis.ratings import Direction, Solidity
from ledger.analysis.verdicts import Word
from ledger.analysis.world import Effect as EventEffect
from ledger.describing import Day, Hash, NodeId, RecordId, one_of
from ledger.edges import EDGE_TYPES, MENTIONS, OWNING, PART_EDGES
from ledger.exports.computed import OF_KIND
from ledger.exports.strict_json import SCHEMA
from ledger.fields import Date, DateSpan
from ledger.loading import Clock
from ledger.query.steps import edge_names
from ledger.records import KINDS, Kind
from ledger.settings import Site
from ledger.vocabulary import ChallengeOutcome, Effect, How


def always(description: str, name: str | None = None) -> Any:
    """A key that is always there."""
    return Field(alias=name, description=description)


def sometimes(description: str, name: str | None = None) -> Any:
    """A key that is left out where there is nothing to say."""
    return Field(default=None, alias=name, description=description)


Address = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[^/:][^:]*$"})]
"""Relative to the site's root."""
KindName = Annotated[str, one_of(*(kind.name for kind in KINDS))]


class Shape(BaseModel):
    """The base of what is described: keys that are not named are not there."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def with_fields_of(base: type[BaseModel], result: type, name: str = "", **more: Any) -> type[BaseModel]:
    """A model of what a result is written as beside the keys of another model, which come first."""
    hints = get_type_hints(result, include_extras=True)
    found: Any = {
        field.name: (hint, (sometimes if may_be_empty(hint) else always)(field.metadata["description"]))
        for field in dataclasses.fields(result)
        for hint in [hints[field.name]]
        if field.name not in base.model_fields
    }
    return create_model(name or result.__name__, __base__=base, __doc__=result.__doc__, **{**found, **more})


def may_be_empty(hint: Any) -> bool:
    """Whether a key of a result is left out at times: where it is null, or a list or a mapping with nothing in it."""
    return get_origin(hint) in {tuple, Mapping} or NoneType in get_args(hint)


class File(Shape):
    """What every file says of itself."""

    schema_: Annotated[str, WithJsonSchema({"type": "string", "const": SCHEMA})] = always(
        "the format of the file", "schema"
    )


class Summary(Shape):
    """What every list says of a record."""

    id: RecordId = always("the record's id")
    kind: KindName = always("its kind")
    title: str = always("its title, name, term or statement, without markup")
    url: Address = always("its page")
    json_: Address = always("its data", "json")


class OfControversy(File):
    """What every file of a page of a controversy says of itself."""

    controversy: RecordId = always("the controversy's id")
    url: Address = always("the page")
    json_: Address = always("this file", "json")


NodeKind = Annotated[str, one_of(*(kind.name for kind in KINDS), *(part for _, part in OWNING.values()))]
EDGE_NAMES = sorted({name for edge in (*EDGE_TYPES, *PART_EDGES, *MENTIONS) for name in edge_names(edge)})
EdgeName = Annotated[str, one_of(*EDGE_NAMES)]
Always = Annotated[bool, WithJsonSchema({"type": "boolean", "const": True})]
Empty = Annotated[dict[str, Any], WithJsonSchema({"type": "object", "maxProperties": 0})]
AS_OF = "the newest editorial date in the content, or the date that the build was given; `null` if there is none"


Outcome = Annotated[str, one_of("open", "met", "not-met", *get_args(ChallengeOutcome))]


class Carried(Shape):
    """What an edge says of the fields beside its id: `naming.CARRIED`."""

    date: Date | DateSpan = sometimes("when")
    effect: Effect = sometimes("which way it counts")
    from_: Date = sometimes("since when", "from")
    how: How = sometimes("what was taken, and how")
    inferred: bool = sometimes("`true` when the source does not say so itself, or it is read from acts")
    locator: str = sometimes("the place in the source")
    outcome: Outcome = sometimes("what came of it")
    until: Date = sometimes("until when")


class Link(Carried):
    """One edge of the graph, seen from a record."""

    id: RecordId = always("the id of the record at the other end")
    kind: KindName = always("its kind")
    title: str = always("its title, name, term or statement, without markup")
    relation: EdgeName = always("the name of the edge")
    part: NodeId = sometimes("the evidence item or stance of this record at which the edge starts or ends")
    other_part: NodeId = sometimes("the same for the other end")


class Edge(Carried):
    """One reference as it was written, with the fields that stood beside it."""

    source: NodeId = always("the node at its start (only here not a cited source)")
    target: NodeId = always("the node at its end")
    type: EdgeName = always("its name")
    field: str = always("the field where it was written, with list items counted from 0")


class Node(Shape):
    """A record, an evidence item or a stance."""

    id: NodeId = always("a record's id, or `record/part`")
    kind: NodeKind = always("the record's kind, `evidence` or `stance`")
    title: str = sometimes("of a record: the title as written")
    file: str = sometimes("of a record: its file, below the content folder")


class Graph(File):
    """The whole graph as node-link data."""

    directed: Always = always("`true`")
    multigraph: Always = always("`true`: two nodes may have several edges")
    graph: Empty = always("always empty")
    nodes: tuple[Node, ...] = always("every node: records in order of id, each with its parts")
    edges: tuple[Edge, ...] = always("every edge, in order of the record where it starts, then of its ends")


class Redirect(File):
    """The data of a former id."""

    id: RecordId = always("the former id")
    kind: KindName = always("the record's kind")
    url: Address = always("the page that leads on")
    json_: Address = always("this file", "json")
    moved_to: Summary = always("the record")


class ListedItem(Shape):
    """An item of a claim's evidence."""

    id: NodeId = always("the item")
    source: RecordId = always("its source")
    relation: Effect = always("what it does to the claim")


class Listed(Summary):
    """What the list of its kind says of a record."""

    type_: str = sometimes("its type", "type")
    status: str = sometimes("its status")
    letter: str = sometimes("of a position: its letter")
    controversies: tuple[RecordId, ...] = sometimes("the controversies that it belongs to")
    positions: dict[RecordId, tuple[str, ...]] = sometimes(
        "the positions that it concerns, and how: of a claim `for` or `against`, of a person the stance, else the edge"
    )
    people: tuple[RecordId, ...] = sometimes("the people and organisations behind it or its evidence")
    tiers: tuple[str, ...] = sometimes("the types of its source, or of the sources of its evidence")
    years: tuple[int, ...] = sometimes("the years of it or of its evidence")
    tags: tuple[str, ...] = sometimes("its tags")
    added: Date = sometimes("when it was added")
    updated: Date = sometimes("when it last changed")
    withdrawn: bool = sometimes("`true` when it was withdrawn")
    rating: str = sometimes("the editors' newest rating")
    verdict: Word = sometimes("of a claim: the verdict")
    range_: tuple[Word, Word] = sometimes("of a claim whose verdict is a range: its two ends", "range")
    direction: Direction = sometimes("of a claim: which way the evidence points")
    solidity: Solidity = sometimes("of a claim: how much there is to weigh")
    looked_for: bool = sometimes("of a claim: `true` when its weaker side was searched for, or has moderate evidence")
    evidence: tuple[ListedItem, ...] = sometimes("of a claim: every evidence item with its source")
    hash: str = sometimes("of a claim: the hash of its wording, by which it is cited")


class KindList(File):
    """Every record of a kind."""

    kind: KindName = always("the kind")
    title: str = always("the heading of the list's page")
    url: Address = always("the list's page")
    json_: Address = always("this file", "json")
    records: tuple[Listed, ...] = always("every record of the kind, in order of id, one a line")


class SchemaOf(Shape):
    """Which schema describes which files."""

    files: str = always("an address, or a pattern in which `*` is any characters except `/` and `.`")
    schema_: Address = always("the schema's address", "schema")


def _by_kind(name: str, said: str, type_: Any, meaning: str) -> Any:
    fields: Any = {kind.name: (type_, always(f"{meaning} {kind.folder}")) for kind in KINDS}
    return create_model(name, __base__=Shape, __doc__=said, **fields)


Counts: Any = _by_kind("Counts", "How many records there are, by kind.", int, "the number of")
Lists: Any = _by_kind("Lists", "The address of each kind's list.", Address, "the list of")


class Cut(Shape):
    """An earlier day that a site is of."""

    name: Clock = always("by which clock")
    date: Day = always("the day; what was not there by then is left out of every file")


class Manifest(File):
    """Where a program starts: every record, and the addresses of everything else."""

    title: str = always("the site's title")
    as_of: Day | None = always(AS_OF)
    clock: Cut | None = always("the earlier day that the site is of, and by which clock; `null` for the whole ledger")
    counts: Counts = always("how many records there are, by kind")
    graph: Address = always("the address of the graph")
    method: Address = always("the address of the choices with which all was computed")
    gaps: Address = always("the address of the board of open work")
    news: Address = always("the address of what is new")
    site: Site | None = always("the settings as written in `site.yml`, without the editors' note")
    lines: Address = always("the address of every record, one a line")
    changes: Address = always("the address of the hashes of every record")
    database: Address | None = always("the address of the database; `null` where the site has none")
    tables: Address | None = always("the address of the description of the CSV files; `null` where it has none")
    linked_data: Address | None = always("the address of every record as linked data; `null` where it has none")
    context: Address | None = always("the address of the context of the linked data; `null` where it has none")
    references: tuple[Address, ...] = always("the addresses of every source for reference managers")
    formats: dict[str, tuple[str, ...]] = always("by kind, the other formats of a record: endings that replace `.html`")
    lists: Lists = always("the address of each kind's list")
    schemas: tuple[SchemaOf, ...] = always("which schema describes which files; the first that fits counts")
    former_ids: dict[str, RecordId] = always("every former id, and the id that the record has now")
    records: tuple[Summary, ...] = always("every record, in order of id")


MadeChoices: Any = with_fields_of(Shape, Choices, "Choices")


class Method(File):
    """The choices with which everything was computed."""

    review_every_days: int | float | None = always("the review period in days; `null` if there is none")
    search_periods: int | float = always("for how many review periods a logged search counts")
    choices: MadeChoices = always("the choices of the method")
    strip: dict[str, MadeChoices] = always(
        "every alternative, by name: the choices under which verdicts are computed again"
    )


AnyChallenged: Any = with_fields_of(Shape, Challenged, "Challenged")
WaitingChallenge: Any = with_fields_of(
    Shape, OpenChallenge, "WaitingChallenge", title=(str, always("its title, without markup"))
)


class _Twin(Summary, File):
    """A record with everything around it."""

    challenged: AnyChallenged = sometimes("how often the record or a part of it was challenged, and what came of it")
    links_out: tuple[Link, ...] = always("what the record refers to")
    links_in: tuple[Link, ...] = always("what refers to the record")


def _twin(kind: Kind) -> type[BaseModel]:
    fields: Any = {
        "record": (kind.model, always("the fields as written, without the editors' note")),
        "kind": (Annotated[str, WithJsonSchema({"type": "string", "const": kind.name})], always("its kind")),
    }
    base = with_fields_of(_Twin, OF_KIND[kind.name][0]) if kind.name in OF_KIND else _Twin
    said = f"The {kind.name}, what is computed of it, and everything that it is linked with."
    return create_model(f"{kind.name.capitalize()}File", __base__=base, __doc__=said, **fields)


TWINS = {kind.name: _twin(kind) for kind in KINDS}
"""The data of a record, by kind."""
AnyTwin: Any = reduce(or_, TWINS.values())


class Change(Shape):
    """What a program compares to see whether a record has changed."""

    id: RecordId = always("the record's id")
    kind: KindName = always("its kind")
    json_: Address = always("its data", "json")
    sha256: Hash = always("the SHA-256 hash of `record` in its data, as compact JSON: keys sorted, no white space")
    json_sha256: Hash = always("the SHA-256 hash of its data; it also changes with what refers to the record")
    added: str | None = always("when it entered the ledger; `null` if not recorded")
    updated: str | None = always("when it last changed in substance; `null` if not recorded")


class Changes(File):
    """The hashes of every record, to keep a copy up to date by."""

    as_of: Day | None = always(AS_OF)
    records: tuple[Change, ...] = always("every record, in order of id")


BoardRow: Any = with_fields_of(
    Shape,
    Row,
    "BoardRow",
    title=(str, always("its title, name, term or statement, without markup")),
    controversies=(tuple[RecordId, ...], always("those that it matters to")),
)


TITLE = (str, always("the title of the event or the record, without markup"))
WorldRow: Any = with_fields_of(
    Shape, EventEffect, "WorldRow", title=TITLE, date=(DateSpan, always("when it was, as precisely as it was written"))
)
HereRow: Any = with_fields_of(Shape, LedgerChange, "HereRow", title=TITLE)


class OfPage(File):
    """What the file of a page that is no record's says of itself."""

    title: str = always("the heading of the page")
    url: Address = always("the page")
    json_: Address = always("this file", "json")


class News(OfPage):
    """What is new."""

    world: tuple[WorldRow, ...] = always("every event and what it changed, newest first")
    here: tuple[HereRow, ...] = always("every change in the ledger, newest first")


class Board(OfPage):
    """The board of open work."""

    rows: tuple[BoardRow, ...] = always("every record that lacks something, highest score first")
    campaigns: tuple[Campaign, ...] = always(
        "the searches that each controversy lacks, first those that would narrow most"
    )
    challenges: tuple[WaitingChallenge, ...] = always("the challenges that nobody has answered, oldest first")
