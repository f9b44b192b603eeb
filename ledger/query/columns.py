"""What can be asked of a ledger: its entities, their columns, and the values of these.

In: the models of the records, and a Ledger. Out: for each kind its columns by name, with the type that says how values
compare. A field of a part goes by its path: `evidence.consulted`. To add a column that no field has, add it to
`COMPUTED`: its name, type and meaning, and the function that finds its value.
"""

import types
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from ledger import vocabulary
from ledger.analysis import analyse, ratings
from ledger.analysis.verdicts import LEVELS, WORDS
from ledger.dates import PartialDate
from ledger.edges import EDGE_TYPES, OWNING, RECORD
from ledger.facets import facets_of
from ledger.fields import plain_number
from ledger.graph import Ledger, result
from ledger.loading import Record
from ledger.modelling import Common
from ledger.other_names import names_of
from ledger.query.lexer import GRAMMAR
from ledger.records import KINDS, Evidence, Source, Stance
from ledger.validating import models_in

SCALE: tuple[str, ...] = get_args(vocabulary.Rating)
"""The ratings, lowest first."""
Type = Literal["text", "word", "scale", "date", "number", "flag", "id", "part"]
HAVE_IDS = ("id", "part")
PARTS: Mapping[str, type[BaseModel]] = {"evidence": Evidence, "stance": Stance}
"""The parts of records that can be asked for by themselves."""
MODELS: Mapping[str, type[BaseModel]] = {**{kind.name: kind.model for kind in KINDS}, **PARTS, RECORD: Common}
_OTHER_PLURALS = {"evidence": "evidence", "stance": "stances", RECORD: "records"}
PLURALS: Mapping[str, str] = {kind.name: kind.folder for kind in KINDS} | _OTHER_PLURALS
"""What can be asked for: a kind, and its plural."""
KIND_WORDS: Mapping[str, str] = {plural: name for name, plural in PLURALS.items()} | {name: name for name in PLURALS}
"""Either word → the kind."""
Path = tuple[str, ...]
"""The attributes that lead to a value in a model."""


# Entities


class Entity(NamedTuple):
    """A record, or a part of one that is a node of its own: the id of its node, its kind, its fields, the record."""

    id: str
    kind: str
    fields: BaseModel
    record: Record[Any]


@result
def entities(ledger: Ledger) -> Mapping[str, Entity]:
    """Everything that can be asked for, by id."""
    return {found.id: found for record in ledger.records.values() for found in entities_of(record)}


def entities_of(record: Record[Any]) -> Iterator[Entity]:
    """A record, and those of its parts that can be asked for."""
    yield Entity(record.id, record.kind.name, record.fields, record)
    parts, kind = OWNING.get(record.kind.name, ("", ""))
    for part in field_of(record.fields, parts) or ():
        yield Entity(f"{record.id}/{part.id}", kind, part, record)


# Columns


@dataclass(frozen=True, slots=True)
class Column:
    """Something that every entity of a kind can be asked for."""

    name: str
    type: Type
    choices: tuple[str, ...] = ()
    """The closed list of words that it takes."""
    meaning: str = ""
    compute: Callable[[Ledger, Entity], Any] | None = field(default=None, compare=False)
    """The value of a column that no field has, or the values of a list; None where there is none."""
    path: Path = ()
    is_list: bool = False
    of_part: bool = False
    """Whether it has one value at most in each part of a list."""
    is_count: bool = False
    """Whether it is not the values that are meant but how many there are."""
    ids: frozenset[Path] = field(default=frozenset(), compare=False)
    """Of ids and parts, the ways to the ids in them: present ones are read, in place of former ones."""

    @property
    def is_field(self) -> bool:
        """Whether its values are written in the record."""
        return not self.compute and not self.is_count

    def values(self, ledger: Ledger, entity: Entity) -> tuple[Any, ...]:
        """Every value that an entity has."""
        if self.compute:
            value = self.compute(ledger, entity)
            found = value if isinstance(value, tuple) else () if value is None else (value,)
            return (Decimal(len(found)),) if self.is_count else found
        if self.is_count:  # `unknown` in place of a list is none
            return (Decimal(sum(in_list for _, in_list in _follow(entity.fields, self.path))),)
        return self.values_below(ledger, entity.fields, self.path)

    def values_below(self, ledger: Ledger, value: Any, path: Path) -> tuple[Any, ...]:
        """Every value at the end of a path from a part of the fields; what is absent gives none."""
        found = [one for one, _ in _follow(value, path)]
        return tuple(plain(one, ledger.present_id, self.ids) if self.type in HAVE_IDS else one for one in found)


def _follow(value: Any, path: Path, *, in_list: bool = False) -> list[tuple[Any, bool]]:
    """Each value at the end of a path, and whether it is in a list."""
    if isinstance(value, tuple):
        return [found for inner in value for found in _follow(inner, path, in_list=True)]
    if path:
        return _follow(field_of(value, path[0]), path[1:], in_list=in_list)
    return [(value, in_list)] if value is not None else []


def plain(value: Any, present: Callable[[str], str] = str, ids: Collection[Path] = (), path: Path = ()) -> Any:
    """A value as JSON can say it, with ids that are read anew at some ways in it; what is absent is left out."""
    kind = value.__class__
    if kind is str:
        return present(value) if path in ids else value
    if kind is tuple:
        return [plain(inner, present, ids, path) for inner in value]
    if isinstance(value, BaseModel):
        written = ((name, getattr(value, attribute)) for name, attribute in _written(kind))
        return {name: plain(one, present, ids, (*path, name)) for name, one in written if one not in (None, ())}
    if kind is PartialDate:
        return value.text
    return value if kind in (bool, dict) else plain_number(value)


@cache
def _written(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """How the fields of a model are written, each with its attribute."""
    return tuple((info.alias or name, name) for name, info in model.model_fields.items())


def field_of(value: Any, name: str) -> Any:
    """A field of a part, by its name in the model; None in a word that stands for a list of parts, as `unknown`."""
    return getattr(value, name, None)


def _rated(
    name: str, type_: Type, choices: tuple[str, ...], meaning: str, read: Callable[[ratings.Rating], str | int | None]
) -> Column:
    """Something about the computed rating; nothing for what has none."""

    def value(ledger: Ledger, entity: Entity) -> str | Decimal | None:
        rating = analyse(ledger).ratings.get(entity.id)
        found = read(rating) if rating else None
        return Decimal(found) if isinstance(found, int) else found

    return Column(name, type_, choices, meaning, value)


def _issued(ledger: Ledger, entity: Entity) -> PartialDate | None:
    id_ = ledger.present_id(entity.fields.source) if isinstance(entity.fields, Evidence) else ""
    return ledger.core(Source, id_).fields.issued if ledger.node_kind(id_) == "source" else None


def _facet(name: str, meaning: str) -> Column:
    """A facet by which a record is found in lists and in the search."""

    def values(ledger: Ledger, entity: Entity) -> tuple[Any, ...]:
        found = [one for one in facets_of(ledger, entity.id)[name] if one != entity.id]
        return tuple(map(Decimal, found) if name == "year" else found)

    type_: Type = "number" if name == "year" else "word" if name == "tier" else "id"
    choices = get_args(vocabulary.Tier) if name == "tier" else ()
    return Column(name, type_, choices, meaning, values, is_list=True)


def _year(ledger: Ledger, entity: Entity) -> Decimal | None:
    day = date_column(entity.kind).values(ledger, entity)
    return Decimal(day[0].begins.year) if day else None


_CONTROVERSY = _facet("controversy", "the controversies that it belongs to")
_POSITION = _facet("position", "the positions that it concerns")
_YEAR = Column("year", "number", (), "the year of its date", _year)
_EDITORS = Column("rating", "scale", SCALE, "the editors' newest rating",
                  lambda _, found: given[-1].rating if (given := field_of(found.fields, "assessments")) else None,
)  # fmt: skip
COMMON = (
    Column("id", "text", (), "its id; of an evidence item or a stance as `record/part`", lambda _, found: found.id),
    Column("kind", "word", tuple(MODELS), "its kind", lambda _, found: found.kind),
    Column("title", "text", (), "its title, name, term or statement; what an evidence item shows",
           lambda ledger, found: ledger.node_title(found.id)),
    Column("file", "text", (), "its file, below the content folder", lambda _, found: found.record.path),
)  # fmt: skip
COMPUTED: Mapping[str, tuple[Column, ...]] = {
    "position": (_EDITORS,),
    "claim": (
        _EDITORS,
        _rated("verdict", "scale", WORDS,
               "the verdict that follows from the evidence; empty for a range, or without one",
               lambda one: one.verdict),
        _rated("verdict_low", "scale", WORDS, "the lowest verdict of the range in which it lies",
               lambda one: ratings.ends_of(one)[0]),
        _rated("verdict_high", "scale", WORDS, "the highest verdict of that range",
               lambda one: ratings.ends_of(one)[1]),
        _rated("direction", "word", get_args(ratings.Direction), "where the evidence points",
               lambda one: one.direction),
        _rated("solidity", "word", get_args(ratings.Solidity), "how much evidence there is to weigh",
               lambda one: one.solidity),
        _rated("evidence_for", "scale", LEVELS, "how much evidence there is for it", lambda one: one.evidence["for"]),
        _rated("evidence_against", "scale", LEVELS, "how much evidence there is against it",
               lambda one: one.evidence["against"]),
        _rated("not_rated_because", "word", get_args(ratings.NotRated), "why there is no verdict",
               lambda one: one.not_rated),
        _rated("origins_for", "number", (), "how many separate studies count for it",
               lambda one: one.counts.sides["for"]),
        _rated("origins_against", "number", (), "how many separate studies count against it",
               lambda one: one.counts.sides["against"]),
        _rated("teams", "number", (), "how many independent teams made the studies that count",
               lambda one: one.counts.teams),
        _CONTROVERSY,
        _POSITION,
        _facet("proponent", "the people and organisations behind its evidence"),
        _facet("tier", "the types of source of its evidence"),
    ),
    "source": (
        Column("uses", "number", (), "how many evidence items are taken from it",
               lambda ledger, found: Decimal(sum(edge.name == "shown_in" for edge in ledger.edges_to(found.id)))),
        _CONTROVERSY,
        _POSITION,
        _facet("proponent", "those of its authors who have a page"),
        _YEAR,
    ),
    "proponent": (_CONTROVERSY, _POSITION),
    "event": (_CONTROVERSY, _POSITION, _facet("proponent", "the people and organisations involved"), _YEAR),
    "chart": (_CONTROVERSY,),
    "challenge": (_CONTROVERSY, _POSITION),
    "evidence": (
        Column("claim", "id", (), "the claim that it is evidence on", lambda _, found: found.record.id),
        Column("issued", "date", (), "when its source came out", _issued),
    ),
    "stance": (Column("proponent", "id", (), "who takes it", lambda _, found: found.record.id),),
}  # fmt: skip
"""What no field says, beside what every kind has."""
SAME_SCALES: tuple[tuple[str, ...], ...] = (SCALE, WORDS)
"""Scales whose places mean the same: an editor's rating and a verdict."""
TOGETHER: list[str] = GRAMMAR["together"]
"""Shown before the last of an answer's columns, all, to a question about any."""


@cache
def columns(kind: str) -> Mapping[str, Column]:
    """Every column of a kind by name."""
    owner, path = next(((name, f"{parts}.") for name, (parts, part) in OWNING.items() if part == kind), (kind, ""))
    ids = {edge.field.replace("[]", "") for edge in EDGE_TYPES if edge.kind in (owner, RECORD)}
    fields = [replace(one, type="id") if path + one.name in ids else one for one in _fields(MODELS[kind])]
    found = [tuple(one.name.split(".")) for one in fields if one.type == "id"]
    inside = (replace(one, ids=_ids_in(one, found)) if one.type in HAVE_IDS else one for one in fields)
    return {column.name: column for column in (*inside, *COMMON, *COMPUTED.get(kind, ()))}


def _ids_in(part: Column, found: Iterable[Path]) -> frozenset[Path]:
    way = tuple(part.name.split("."))
    return frozenset(one[len(way) :] for one in found if one[: len(way)] == way)


@cache
def asked(kind: str) -> tuple[Column, ...]:
    """The columns that the site has of a kind, each part of a record in one with all that is in it."""
    return tuple(one for name, one in columns(kind).items() if "." not in name and name not in GRAMMAR["private"])


def document(ledger: Ledger, entity: Entity, shown: Iterable[Column]) -> Mapping[str, Any]:
    """Some columns of an entity as plain data, by name; what is absent is left out.

    It is what the search page and the database are asked.
    """
    written = vars(entity.fields)
    there = (column for column in shown if column.compute or written.get(column.path[0]) not in (None, ()))
    found = {column.name: _whole(ledger, entity, column) for column in there}
    return {name: value for name, value in found.items() if value not in (None, [])}


def _whole(ledger: Ledger, entity: Entity, column: Column) -> Any:
    """All values of a column that is in no part, as plain data."""
    if column.compute:
        return cell(column, column.values(ledger, entity))
    value = field_of(entity.fields, column.path[0])
    found = plain(value, ledger.present_id, column.ids) if value is not None else None
    return [found] if column.is_list and isinstance(found, str) else found  # `unknown` in place of a list


def cell(column: Column, values: Iterable[Any]) -> Any:
    """The values of a column as plain data: a list of them, or the only one."""
    found = [plain(value) for value in values]
    return found if column.is_list else found[0] if found else None


def default_columns(kind: str, words: Iterable[str]) -> tuple[Column, ...]:
    """The columns that are shown to a question in these words unless others are selected."""
    *first, last = _defaults(kind)[1].split()
    also = TOGETHER if set(TOGETHER) & set(words) & set(columns(kind)) else ()
    return tuple(columns(kind)[name] for name in (*first, *also, last))


@cache
def date_column(kind: str) -> Column:
    """The column that `since 2024` is about."""
    return columns(kind)[_defaults(kind)[0]]


def _defaults(kind: str) -> tuple[str, str]:
    date, shown = GRAMMAR["kinds"].get(kind, GRAMMAR["kinds"]["other"])
    return date, shown


@cache
def other_names(kind: str) -> Mapping[str, str]:
    """What columns of a kind are called elsewhere → their names here."""
    named = {**names_of(MODELS[kind]), **GRAMMAR["field_words"]}
    return {word: name for word, name in named.items() if name in columns(kind)}


def _fields(model: type[BaseModel]) -> Iterator[Column]:
    """The fields of a model, each part followed by its own fields."""
    hints = get_type_hints(model, include_extras=True)
    for name, info in model.model_fields.items():
        column = replace(_typed(hints[name]), name=info.alias or name, path=(name,), meaning=info.description or "")
        yield column
        for inner in (below for part in models_in(hints[name]) for below in _fields(part)):
            yield replace(
                inner,
                name=f"{column.name}.{inner.name}",
                path=(name, *inner.path),
                is_list=column.is_list or inner.is_list,
                of_part=inner.of_part or (column.is_list and not inner.is_list),
            )


_PLAIN: Mapping[Any, Type] = {PartialDate: "date", Decimal: "number", bool: "flag", str: "text"}


def _typed(annotation: Any) -> Column:
    """The type, choices and number of values that an annotation stands for."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation in _PLAIN:
        return Column("", _PLAIN[annotation])
    if origin is Annotated:
        return _typed(inner[0])
    if origin is Literal:
        return Column("", "scale" if set(inner) <= set(SCALE) else "word", tuple(map(str, inner)))
    if origin in (Union, types.UnionType):
        options = [_typed(option) for option in inner if option is not type(None)]
        return replace(options[-1], choices=tuple(word for option in options for word in option.choices))
    if origin is tuple:
        return replace(_typed(inner[0]), is_list=True)
    return Column("", "part")
