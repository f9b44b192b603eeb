"""What can be asked of a ledger: its entities, their columns, and the values of these.

In: the models of the records, and a Ledger. Out: for each kind its columns by name, with the type that says how values
compare. A field of a part goes by its path: `evidence.consulted`. To add a column that no field has, add it to
`COMPUTED`: its name, type and meaning, and the function that finds its value. Only `Dataset` reads the ledger.
"""

import types
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache, cached_property
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from ledger import vocabulary
from ledger.analysis import Analysis, analyse, ratings
from ledger.dates import PartialDate
from ledger.edges import EDGE_TYPES, OWNING, RECORD
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import KINDS, Common, Evidence, Stance
from ledger.validating import models_in

SCALE: tuple[str, ...] = get_args(vocabulary.Rating)
"""The ratings, lowest first."""
Type = Literal["text", "word", "scale", "date", "number", "flag", "id", "part"]
PARTS: Mapping[str, type[BaseModel]] = {"evidence": Evidence, "stance": Stance}
"""The parts of records that can be asked for by themselves."""
MODELS: Mapping[str, type[BaseModel]] = {**{kind.name: kind.model for kind in KINDS}, **PARTS, RECORD: Common}
RECORD_KINDS = tuple(kind.name for kind in KINDS)
PLURALS: Mapping[str, str] = {kind.name: kind.folder for kind in KINDS} | {
    "evidence": "evidence",
    "stance": "stances",
    RECORD: "records",
}
"""What can be asked for: a kind, and its plural."""
KIND_WORDS: Mapping[str, str] = {plural: name for name, plural in PLURALS.items()} | {name: name for name in PLURALS}
"""Either word → the kind."""


# Entities


@dataclass(frozen=True, slots=True)
class Entity:
    """A record, or a part of one that is a node of its own: the id of its node, its kind, its fields, the record."""

    id: str
    kind: str
    fields: Any
    record: Record


class Dataset:
    """A ledger as queries see it. What is computed of the whole is computed when a query asks for it, and then once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.entities: Mapping[str, Entity] = {
            found.id: found for record in ledger.records.values() for found in _entities(record)
        }

    def kind(self, node: str) -> str:
        """The kind of a node; empty for an id that nothing has."""
        found = self.entities.get(node)
        return found.kind if found else ""

    def parts(self, node: str) -> tuple[str, ...]:
        """The parts of a record that are nodes of their own; none of a part."""
        found = self.entities.get(node)
        return tuple(part.id for part in _entities(found.record))[1:] if found and found.id == found.record.id else ()

    def title(self, node: str) -> str:
        """What readers call a record; what an evidence item or a stance says."""
        return self.ledger.node_title(node)

    def edges(self, node: str, *, forward: bool) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """The edges that start at a node, or end there: what is at the other end, the edge's name, its own fields."""
        for edge in self.ledger.edges_from(node) if forward else self.ledger.edges_to(node):
            yield (edge.target if forward else edge.start), edge.name, edge.own

    @cached_property
    def analysis(self) -> Analysis:
        """What follows from the records: ratings, origins, chains of derivation."""
        return analyse(self.ledger)

    def earlier(self, source: str) -> tuple[str, ...]:
        """What a source takes from, one step on."""
        card = self.ledger.card(source)
        known = card is not None and card.id == source and card.kind == "source"
        return self.analysis.traced(source).earlier.get(source, ()) if known else ()

    @cached_property
    def later(self) -> Mapping[str, tuple[str, ...]]:
        """What takes from each source, one step on."""
        found: dict[str, list[str]] = {}
        for source in self.ledger.members("source"):
            for before in self.earlier(source):
                found.setdefault(before, []).append(source)
        return {source: tuple(after) for source, after in found.items()}

    @cached_property
    def uses(self) -> Mapping[str, int]:
        """How many evidence items are taken from each source."""
        items = (found for found in self.entities.values() if found.kind == "evidence")
        return Counter(self.ledger.present_id(item.fields.source) for item in items)


def _entities(record: Record) -> Iterator[Entity]:
    """A record, and its parts that are nodes of their own."""
    yield Entity(record.id, record.kind.name, record.fields, record)
    list_name, part_kind = OWNING.get(record.kind.name, ("", ""))
    for part in getattr(record.fields, list_name) if list_name else ():
        yield Entity(f"{record.id}/{part.id}", part_kind, part, record)


# Columns


@dataclass(frozen=True, slots=True)
class Column:
    """Something that every entity of a kind can be asked for."""

    name: str
    type: Type
    choices: tuple[str, ...] = ()
    """The closed list of words that it takes."""
    meaning: str = ""
    compute: Callable[[Dataset, Entity], Any] | None = field(default=None, compare=False)
    """The value of a column that no field has; None where there is none."""
    path: tuple[str, ...] = ()
    """The attributes that lead to it in the model."""
    is_list: bool = False
    of_part: bool = False
    """Whether it has one value at most in each part of a list."""
    is_count: bool = False
    """Whether it is not the values that are meant but how many there are."""

    @property
    def is_field(self) -> bool:
        """Whether its values are written in the record."""
        return not self.compute and not self.is_count

    def values(self, data: Dataset, entity: Entity) -> tuple[Any, ...]:
        """Every value that an entity has."""
        if self.compute:
            value = self.compute(data, entity)
            return () if value is None else (value,)
        if self.is_count:
            return (Decimal(_count(entity.fields, self.path)),)
        return self.values_below(data, entity.fields, self.path)

    def values_below(self, data: Dataset, value: Any, path: tuple[str, ...]) -> tuple[Any, ...]:
        """Every value at the end of a path from a part of the fields; what is absent gives none."""
        found = _follow(value, path)
        return tuple(map(data.ledger.present_id, found)) if self.type == "id" else tuple(found)


def _follow(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(value, tuple):
        for inner in value:
            yield from _follow(inner, path)
    elif path:
        yield from _follow(getattr(value, path[0], None), path[1:])
    elif value is not None:
        yield value


def _count(value: Any, path: tuple[str, ...], *, in_list: bool = False) -> int:
    """How many values are in lists at the end of a path: `unknown` in place of a list is none."""
    if isinstance(value, tuple):
        return sum(_count(inner, path, in_list=True) for inner in value)
    if path:
        return _count(getattr(value, path[0], None), path[1:], in_list=in_list)
    return int(in_list and value is not None)


def _rating(_: Dataset, entity: Entity) -> str | None:
    return next((rated.rating for rated in entity.fields.assessments[-1:]), None)


def _of_rating(read: Callable[[ratings.Rating], str | None]) -> Callable[[Dataset, Entity], str | None]:
    """Something of the computed rating; nothing of what has none."""
    return lambda data, entity: read(rating) if (rating := data.analysis.ratings.get(entity.id)) else None


def _origins(data: Dataset, entity: Entity) -> Decimal | None:
    found = data.analysis.origins.get(entity.id)
    return Decimal(found.origins) if found else None


def _issued(data: Dataset, entity: Entity) -> Any:
    source = data.entities.get(data.ledger.present_id(entity.fields.source))
    return source.fields.issued if source and source.kind == "source" else None


COMPUTED_RATING = "computed"
AGAINST: ratings.Direction = "against"
_NOT_COMPUTED = (ratings.NOT_SEARCHED, ratings.NO_EVIDENCE_QUESTION, ratings.UNRATED)
_EDITORS = Column("rating", "scale", SCALE, "the editor's newest rating", _rating)
COMMON = (
    Column("id", "text", (), "its id; of an evidence item or a stance as `record/part`", lambda _, found: found.id),
    Column("kind", "word", tuple(MODELS), "its kind", lambda _, found: found.kind),
    Column("title", "text", (), "its title, name, term or statement; what an evidence item shows",
           lambda data, found: data.title(found.id)),
    Column("file", "text", (), "its file, below the content folder", lambda _, found: found.record.path),
)  # fmt: skip
COMPUTED: Mapping[str, tuple[Column, ...]] = {
    "position": (_EDITORS,),
    "claim": (
        _EDITORS,
        Column(COMPUTED_RATING, "scale", SCALE, "how sure the evidence makes us of its `direction`",
               _of_rating(lambda rating: rating.band and rating.band.replace(" ", "-"))),
        Column("direction", "word", get_args(ratings.Direction), "where the evidence points",
               _of_rating(lambda rating: rating.direction)),
        Column("evidence_axis", "word", ratings.EVIDENCE, "how much evidence counts",
               _of_rating(lambda rating: rating.evidence)),
        Column("agreement", "word", ratings.AGREEMENT, "how far it points one way",
               _of_rating(lambda rating: rating.agreement)),
        Column("not_computed_because", "word", _NOT_COMPUTED, "why `computed` is empty",
               _of_rating(lambda rating: None if rating.band else rating.computed)),
        Column("origins", "number", (), "how many origins its evidence goes back to", _origins),
    ),
    "source": (Column("uses", "number", (), "how many evidence items are taken from it",
                      lambda data, found: Decimal(data.uses.get(found.id, 0))),),
    "evidence": (
        Column("claim", "id", (), "the claim that it is evidence on", lambda _, found: found.record.id),
        Column("issued", "date", (), "when its source came out", _issued),
    ),
    "stance": (Column("proponent", "id", (), "who takes it", lambda _, found: found.record.id),),
}  # fmt: skip
"""What no field says, beside what every kind has."""
DEFAULTS: Mapping[str, tuple[str, str]] = {
    "controversy": ("opened", "id status title"),
    "position": ("added", "id rating title"),
    "claim": ("added", "id rating title"),
    "source": ("issued", "id issued tier title"),
    "proponent": ("added", "id type title"),
    "event": ("date", "id date title"),
    "evidence": ("issued", "id relation source consulted title"),
    "stance": ("attested.date", "id stance position"),
    RECORD: ("added", "id kind title"),
}
"""The column that `since 2024` is about, and those of an answer to a query that selects none."""
OTHER_DEFAULTS = ("added", "id title")
"""The same of every other kind."""
TOGETHER = (COMPUTED_RATING, "direction")
"""Shown before the last of them, both, to a question about either."""


@cache
def columns(kind: str) -> Mapping[str, Column]:
    """Every column of a kind by name."""
    path = next((f"{list_name}." for list_name, part in OWNING.values() if part == kind), "")
    owner = next((name for name, (_, part) in OWNING.items() if part == kind), kind)
    ids = {edge.field.replace("[]", "") for edge in EDGE_TYPES if edge.kind in (owner, RECORD)}
    fields = {
        column.name: replace(column, type="id") if path + column.name in ids else column
        for column in _fields(MODELS[kind])
    }
    extra = {column.name: column for column in (*COMMON, *COMPUTED.get(kind, ()))}
    return fields | extra


def default_columns(kind: str, words: Iterable[str]) -> tuple[Column, ...]:
    """The columns that are shown to a question in these words unless others are selected."""
    *first, last = DEFAULTS.get(kind, OTHER_DEFAULTS)[1].split()
    also = TOGETHER if set(TOGETHER) & set(words) & set(columns(kind)) else ()
    return tuple(columns(kind)[name] for name in (*first, *also, last))


def date_column(kind: str) -> Column:
    """The column that `since 2024` is about."""
    return columns(kind)[DEFAULTS.get(kind, OTHER_DEFAULTS)[0]]


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
