"""What tables are made of: columns from the models of the records, and rows from their parts and lists.

In: a model, and where it stands in the records. Out: a Column for each of its fields that holds one value, with the
field's own description, so that no field is described twice; parts that stand alone, such as a withdrawal, are folded
in. Of each list that records may hold, a Table; no table is named here.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache, partial, reduce
from operator import attrgetter
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from ledger.context import PageContext
from ledger.dates import PartialDate
from ledger.edges import EDGE_TYPES, RECORD, owner_id
from ledger.exports.strict_json import compact
from ledger.fields import DateSpan, Flag, Id, Issued, Line, Number, Reference, Text
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import KINDS
from ledger.validating import models_in

Cell = str | int | bool | Decimal | None
"""What a cell holds; nothing is None, never an empty text."""
ColumnType = Literal["text", "integer", "number", "flag", "json"]
RENAMED = {"for": "looked_for", "where": "places", "from": "since", "check": "check_id", "id": "target"}
"""Fields with a name that SQL keeps for itself, or that would be taken for the row's own id."""
EDITORS, NUMBER = "editors", "number"
LISTED = "listed"
ELSEWHERE = f"; `{LISTED}` where another table has the list"
TARGETS = {(edge.kind, edge.field): edge.target for edge in EDGE_TYPES}
TABLES_OF = {**{kind.name: kind.folder for kind in KINDS}, "evidence": "evidence", RECORD: "records"}
"""What an id must reach → the table whose `id` it is."""


class Placed(NamedTuple):
    """A part of a record: the record, the part, the part that it is inside of (or None), and its place from 1."""

    record: Record[Any]
    item: Any
    outer: Any = None
    number: int = 1


Reader = Callable[[PageContext, Placed], Cell]
"""How a cell of a row is read."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type, what it says, the table whose `id` it holds, and how a row's value is read."""

    name: str
    type: ColumnType
    description: str
    read: Reader = field(repr=False)
    references: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False


def model_columns(
    model: type[BaseModel], kind: str, path: str = "", leave: Collection[str] = (), prefix: str = ""
) -> Iterator[Column]:
    """The columns of a model that stands at a path in records of a kind."""
    hints = get_type_hints(model, include_extras=True)
    for name, info in model.model_fields.items():
        written, hint = info.alias or name, _without_none(hints[name])
        if name in leave or hint == Id:
            continue
        steps = (*filter(None, prefix.split(".")), name)
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            yield from model_columns(hint, kind, f"{path}{written}.", prefix=f"{prefix}{name}.")
        elif form := _form(hint, written):
            column_name = "_".join((*steps[:-1], RENAMED.get(written, written)))
            target = _table_of(kind, f"{path}{written}") if hint == Reference else ""
            required = info.is_required() and not prefix and not target
            description = str(info.description) + (ELSEWHERE if _may_be_listed(hint) else "")
            read = _reader(steps, form, target)
            yield Column(column_name, form, description, read, target, _choices(hint), required)
            yield from _days(column_name, steps) if hint in (DateSpan, Issued) else ()


@cache
def texts_of(model: type[BaseModel]) -> Mapping[str, bool]:
    """The fields of a model that hold words for readers (True), or parts that may hold some (False)."""
    hints = {name: _without_none(hint) for name, hint in get_type_hints(model, include_extras=True).items()}
    texts = {name: hints[name] in (Line, Text) for name in model.model_fields}
    return {name: is_text for name, is_text in texts.items() if is_text or any(models_in(hints[name]))}


def reached(ledger: Ledger, written: str | None, table: str) -> str | None:
    """The id under which a table has what an id means; None where it has nothing of the kind."""
    if written is None or table == EDITORS:
        return written
    id_ = ledger.present_id(written)
    if table == TABLES_OF[RECORD]:  # of a part, the record that it is part of
        return owner_id(id_) if ledger.node_kind(id_) else None
    return id_ if TABLES_OF.get(ledger.node_kind(id_) or "") == table else None


def json_cell(value: Any) -> str | None:
    """A list or a few named values in one cell."""
    return compact(value).decode() if value else None


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        options = [option for option in get_args(hint) if option is not type(None)]
        return options[0] if len(options) == 1 else hint
    return hint


def _form(hint: Any, name: str) -> ColumnType | None:
    """The type of a column for a field; None where the field is a table of its own."""
    if get_args(hint)[:1] == get_args(Number)[:1]:
        return "number"
    if hint == Flag:
        return "flag"
    if get_origin(hint) is dict or name in {"where", "against"}:
        return "json"
    listed = get_origin(hint) is tuple
    return None if listed else "text"


def _may_be_listed(hint: Any) -> bool:
    return get_origin(hint) is Annotated and get_origin(get_args(hint)[0]) in (Union, UnionType)


def _choices(hint: Any) -> tuple[str, ...]:
    if _may_be_listed(hint):
        return "unknown", LISTED
    return tuple(map(str, get_args(hint))) if get_origin(hint) is Literal else ()


def _table_of(kind: str, path: str) -> str:
    target = TARGETS.get((kind, path)) or TARGETS.get((RECORD, path))
    return TABLES_OF[target] if target else EDITORS


def _reader(steps: tuple[str, ...], form: ColumnType, target: str) -> Reader:
    """How a cell is read: from a field of the row's part, or of what the part may hold."""
    value_of, made = _getter(steps), json_cell if form == "json" else _cell

    def read(context: PageContext, placed: Placed) -> Cell:
        value = value_of(placed.item)
        if value is None:
            return None
        return reached(context.ledger, value, target) if target else made(value)

    return read


def _getter(steps: Sequence[str]) -> Callable[[Any], Any]:
    """How a value is read from a part; None where something on the way to it is missing."""
    if len(steps) == 1:
        return attrgetter(steps[0])
    return lambda part: reduce(lambda value, step: getattr(value, step, None), steps, part)


def _cell(value: Any) -> Cell:
    if isinstance(value, (str, bool, Decimal)):
        return value
    return value.text if isinstance(value, PartialDate) else LISTED if isinstance(value, tuple) else str(value)


def _days(name: str, steps: tuple[str, ...]) -> Iterator[Column]:
    """The first and last day that a date or interval can mean, to sort and compare by; an open end has none."""
    for end in ("earliest", "latest"):
        said = f"the {end} day that `{name}` can mean"
        yield Column(f"{name}_{end}", "text", said, partial(_day, _getter((*steps, end))))


def _day(value_of: Callable[[Any], Any], _: PageContext, placed: Placed) -> Cell:
    day = value_of(placed.item)
    return None if day in {None, date.min, date.max} else str(day.isoformat())


# Tables


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, the ones that tell its rows apart, how it is read best, and where its rows come from."""

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[Ledger, Record[Any]], Iterable[Placed]] = field(default=lambda *_: (), repr=False)
    """What one record gives, in the order of the rows."""
    whole: Callable[[Ledger, Iterable[str]], Iterable[Sequence[Cell]]] | None = field(default=None, repr=False)
    """The rows of a table that are no record's, from the ledger and the editors whom records name."""
    key: tuple[str, ...] = ("id",)
    facets: tuple[str, ...] = ()
    label: str = ""
    """The column that names a row to readers."""
    counted: bool = False
    """Whether its column `number` counts the rows of the whole table, from 1."""
    kinds: frozenset[str] = frozenset()
    """The kinds of the records that give rows; any, where none is named."""


def own(name: str, description: str, read: Reader = lambda *_: None, **more: Any) -> Column:
    """A column that is no field of a record; of text, unless it says otherwise."""
    return Column(name, more.pop("type", "text"), description, read, **more)


def itself(_: Ledger, record: Record[Any]) -> Iterable[Placed]:
    """The record, as the one row that it gives."""
    return (Placed(record, record.fields),)


IN_LIST = own(NUMBER, "its place in the list, from 1", lambda _, row: row.number, type="integer", required=True)
_ANCHORS = (
    own(
        "id", "the record's id and its own: `claim/e1`", lambda _, row: f"{row.record.id}/{row.item.id}", required=True
    ),
    own("item", "its own id, the anchor on the page", lambda _, row: row.item.id, required=True),
)


def inside(name: str, table: str, *, required: bool = False) -> Column:
    """A column for the part that a part is inside of; a required one counts the parts."""

    def read(_: PageContext, row: Placed) -> Cell:
        return f"{row.record.id}/{row.outer.id}" if row.outer else None

    return own(name, f"the {name} that it is about", read, references=table, required=required)


def parts(
    name: str,
    what: type[BaseModel] | Column,
    description: str,
    *places: tuple[str, str],
    within: Column | None = None,
    facets: tuple[str, ...] = (),
) -> Table:
    """What stands in lists at some paths, a row for each: the parts of a model, or values in one column."""
    owner = _owner({kind for kind, _ in places})
    anchors: tuple[Column, ...] = ()
    if isinstance(what, Column):
        fields = [replace(what, description=description[0].lower() + description[1:].removesuffix("."))]
        facets = (what.name,)
    else:
        anchors = _ANCHORS if Id in get_type_hints(what, include_extras=True).values() else ()
        fields = list(_fields(what, *places[0], owner))
    columns = (*anchors, owner, *([within] if within else ()), IN_LIST, *fields)
    by_outer = within is not None and within.required
    key = ("id",) if anchors else (within.name if within and by_outer else owner.name, NUMBER)
    kinds = frozenset(kind for kind, _ in places if kind != RECORD)
    return Table(name, description, columns, _placed(places, by_outer=by_outer), key=key, facets=facets, kinds=kinds)


def _placed(
    places: tuple[tuple[str, str], ...], *, by_outer: bool
) -> Callable[[Ledger, Record[Any]], Iterator[Placed]]:
    """The parts that stand at some paths, in the order in which they were written, counted in each record."""
    steps = [(kind, tuple(path.removesuffix("[]").split("[]."))) for kind, path in places]

    def rows(_: Ledger, record: Record[Any]) -> Iterator[Placed]:
        counts: dict[str, int] = {}
        here = (path for kind, path in steps if kind in (record.kind.name, RECORD))
        for chain in (found for path in here for found in _items(record.fields, path)):
            outer = chain[-2] if len(chain) > 1 else None
            counted = outer.id if by_outer and outer else ""
            counts[counted] = counts.get(counted, 0) + 1
            yield Placed(record, chain[-1], outer, counts[counted])

    return rows


def _items(value: Any, steps: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    found = getattr(value, steps[0], ())
    for item in () if isinstance(found, str) else found:
        yield from ((item, *chain) for chain in _items(item, steps[1:])) if steps[1:] else ((item,),)


def _owner(kinds: set[str]) -> Column:
    [name] = kinds if len(kinds) == 1 else {RECORD}
    said = f"the {name} that it is part of"
    return own(name, said, lambda _, row: row.record.id, references=TABLES_OF[name], required=True)


def _fields(model: type[BaseModel], kind: str, path: str, owner: Column) -> Iterator[Column]:
    """The columns of a part; a field that is called like its owner is the `target`."""
    for column in model_columns(model, kind, f"{path}."):
        yield replace(column, name="target") if column.name == owner.name else column


def value_column(name: str, table: str = "") -> Column:
    """A column for what a list holds, texts or ids of a table; it is described as its table is."""

    def read(context: PageContext, row: Placed) -> Cell:
        return reached(context.ledger, row.item, table) if table else str(row.item)

    return own(name, "", read, references=table)
