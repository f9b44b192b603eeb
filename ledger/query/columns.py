"""What can be asked of each kind: its fields, taken from the models, and what is computed of it.

In: the models of the records and their parts. Out: for each kind its columns, by name, with the type that says how
values compare. A field of a part is named by its path: `evidence.consulted`.
"""

import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from ledger import vocabulary
from ledger.analysis import ratings
from ledger.dates import PartialDate
from ledger.edges import EDGE_TYPES, OWNING, RECORD
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


@dataclass(frozen=True, slots=True)
class Column:
    """Something that every record of a kind can be asked for."""

    name: str
    type: Type
    choices: tuple[str, ...] = ()
    """The closed list of words that it takes."""
    attributes: tuple[str, ...] = ()
    """The way to it in the model; none for what is computed."""
    meaning: str = ""
    is_list: bool = False
    of_part: bool = False
    """Whether it has one value at most in each part of a list."""
    counts: bool = False
    """Whether it is not the values that are meant but how many there are."""

    @property
    def is_written(self) -> bool:
        """Whether its values stand in the record."""
        return bool(self.attributes) and not self.counts


_NOT_COMPUTED = (ratings.NOT_SEARCHED, ratings.NO_EVIDENCE_QUESTION, ratings.UNRATED)
COMPUTED_RATING = "computed"
AGAINST: ratings.Direction = "against"
COMMON = (
    Column("id", "text", meaning="its id; of an evidence item or a stance as `record/part`"),
    Column("kind", "word", tuple(MODELS), meaning="its kind"),
    Column("title", "text", meaning="its title, name, term or statement; what an evidence item shows"),
    Column("file", "text", meaning="its file, below the content folder"),
)
COMPUTED: Mapping[str, tuple[Column, ...]] = {
    "position": (Column("rating", "scale", SCALE, meaning="the editor's newest rating"),),
    "claim": (
        Column("rating", "scale", SCALE, meaning="the editor's newest rating"),
        Column(COMPUTED_RATING, "scale", SCALE, meaning="how sure the evidence makes us of its `direction`"),
        Column("direction", "word", get_args(ratings.Direction), meaning="where the evidence points"),
        Column("evidence_axis", "word", ratings.EVIDENCE, meaning="how much evidence counts"),
        Column("agreement", "word", ratings.AGREEMENT, meaning="how far it points one way"),
        Column("not_computed_because", "word", _NOT_COMPUTED, meaning="why `computed` is empty"),
        Column("origins", "number", meaning="how many origins its evidence goes back to"),
    ),
    "source": (Column("uses", "number", meaning="how many evidence items are taken from it"),),
    "evidence": (
        Column("claim", "id", meaning="the claim that it is evidence on"),
        Column("issued", "date", meaning="when its source came out"),
    ),
    "stance": (Column("proponent", "id", meaning="who takes it"),),
}
"""What no field says, beside what every kind has."""
OWN_DATE: Mapping[str, str] = {
    "source": "issued",
    "event": "date",
    "controversy": "opened",
    "evidence": "issued",
    "stance": "attested.date",
}
"""The column that `since 2024` is about; of every other kind it is `added`."""
SHOWN: Mapping[str, tuple[str, ...]] = {
    "controversy": ("id", "status", "title"),
    "position": ("id", "rating", "title"),
    "claim": ("id", "rating", "title"),
    "source": ("id", "issued", "tier", "title"),
    "proponent": ("id", "type", "title"),
    "event": ("id", "date", "title"),
    "evidence": ("id", "relation", "source", "consulted", "title"),
    "stance": ("id", "stance", "position"),
    RECORD: ("id", "kind", "title"),
}
"""The columns of an answer to a query that selects none; of every other kind they are `id` and `title`."""
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


def shown(kind: str, words: Iterable[str]) -> tuple[Column, ...]:
    """The columns that are shown to a question in these words unless others are selected."""
    *first, last = SHOWN.get(kind, ("id", "title"))
    also = TOGETHER if set(TOGETHER) & set(words) & set(columns(kind)) else ()
    return tuple(columns(kind)[name] for name in (*first, *also, last))


def own_date(kind: str) -> Column:
    """The date that a kind is placed by."""
    return columns(kind)[OWN_DATE.get(kind, "added")]


def _fields(model: type[BaseModel]) -> Iterator[Column]:
    """The fields of a model, each part followed by its own fields."""
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        column = replace(
            _typed(hints[name]), name=field.alias or name, attributes=(name,), meaning=field.description or ""
        )
        yield column
        for inner in (below for part in models_in(hints[name]) for below in _fields(part)):
            yield replace(
                inner,
                name=f"{column.name}.{inner.name}",
                attributes=(name, *inner.attributes),
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
