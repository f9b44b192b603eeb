"""What tables are made of: their columns, and rows from parts and lists of the records.

In: the ledger as its pages see it. Out: a Table for each list that records may hold; no table is named here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel

from ledger import urls
from ledger.edges import OWNING, RECORD
from ledger.exports.columns import TABLES_OF, Cell, Column, Placed, model_columns, reached
from ledger.views.viewing import Viewing


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, the ones that tell its rows apart, how it is read best, and where its rows come from."""

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[Viewing], Iterable[Any]] = field(repr=False)
    key: tuple[str, ...] = ("id",)
    facets: tuple[str, ...] = ()
    label: str = ""
    """The column that names a row to readers."""
    database_only: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """A table with its rows in the order of its columns."""

    table: Table
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)


def own(name: str, description: str, read: Callable[[Viewing, Any], Cell], **more: Any) -> Column:
    """A column that is no field of a record; of text, unless it says otherwise."""
    return Column(name, more.pop("type", "text"), description, read, **more)


def all_records(viewing: Viewing) -> Iterator[Placed]:
    """Every record, by id."""
    for number, record in enumerate(viewing.ledger.records.values(), start=1):
        yield Placed(record, record.fields, number=number)


def _placed(places: tuple[tuple[str, str], ...], *, by_outer: bool) -> Callable[[Viewing], Iterator[Placed]]:
    """The parts that stand at some paths, in the order in which they were written, counted in each record."""

    def rows(viewing: Viewing) -> Iterator[Placed]:
        for record in viewing.ledger.records.values():
            counts: dict[str, int] = {}
            for kind, path in places:
                if kind in (record.kind.name, RECORD):
                    for chain in _items(record.fields, path.removesuffix("[]").split("[].")):
                        outer = chain[-2] if len(chain) > 1 else None
                        counted = outer.id if by_outer and outer else ""
                        counts[counted] = counts.get(counted, 0) + 1
                        yield Placed(record, chain[-1], outer, counts[counted])

    return rows


def _items(value: Any, steps: list[str]) -> Iterator[tuple[Any, ...]]:
    found = getattr(value, steps[0])
    for item in () if isinstance(found, str) else found:
        if steps[1:]:
            yield from ((item, *chain) for chain in _items(item, steps[1:]))
        else:
            yield (item,)


def _owner(places: tuple[tuple[str, str], ...]) -> Column:
    kinds = {kind for kind, _ in places}
    [name] = kinds if len(kinds) == 1 else {RECORD}
    said = f"the {name} that it is part of"
    return own(name, said, lambda _, row: row.record.id, references=TABLES_OF[name], required=True)


NUMBER = own("number", "its place in the list, from 1", lambda _, row: row.number, type="integer", required=True)


def _anchored(row: Placed) -> str:
    return f"{row.record.id}/{row.item.id}"


_ANCHORS = (
    own("id", "the record's id and its own: `claim/e1`", lambda _, row: _anchored(row), required=True),
    own("item", "its own id, the anchor on the page", lambda _, row: row.item.id, required=True),
    own("url", "its place in the site", lambda _, row: urls.of_record(row.record, row.item.id), required=True),
)


def inside(name: str, table: str, *, required: bool = False) -> Column:
    """A column for the part that a part is inside of."""

    def read(_: Viewing, row: Placed) -> Cell:
        return f"{row.record.id}/{row.outer.id}" if row.outer else None

    return own(name, f"the {name} that it is about", read, references=table, required=required)


def part_table(
    name: str,
    model: type[BaseModel],
    description: str,
    *places: tuple[str, str],
    within: Column | None = None,
    facets: tuple[str, ...] = (),
) -> Table:
    """The parts of one model, wherever they stand; `within` is the column of what they are inside of."""
    kind, path = places[0]
    owner, by_outer = _owner(places), within is not None and within.required
    columns = (owner, *([within] if within else ()), NUMBER, *_fields(model, kind, path, owner))
    key = (within.name if within and by_outer else owner.name, "number")
    return Table(name, description, columns, _placed(places, by_outer=by_outer), key, facets)


def anchored_table(
    name: str, model: type[BaseModel], description: str, place: tuple[str, str], facets: tuple[str, ...] = ()
) -> Table:
    """The parts of one model that have an id of their own."""
    owner = _owner((place,))
    is_node = OWNING.get(place[0], ("",))[0] == place[1].removesuffix("[]")
    id_ = replace(_ANCHORS[0], references="nodes" if is_node else "")
    columns = (id_, *_ANCHORS[1:], owner, NUMBER, *_fields(model, *place, owner))
    return Table(name, description, columns, _placed((place,), by_outer=False), facets=facets)


def _fields(model: type[BaseModel], kind: str, path: str, owner: Column) -> Iterator[Column]:
    """The columns of a part; a field that is called like its owner is the `target`."""
    for column in model_columns(model, kind, f"{path}."):
        yield replace(column, name="target") if column.name == owner.name else column


def list_table(name: str, column: str, description: str, *places: tuple[str, str], target: str = "") -> Table:
    """A list of texts or ids: one row for each."""

    def read(viewing: Viewing, row: Placed) -> Cell:
        return reached(viewing.ledger, row.item, target) if target else str(row.item)

    value = own(column, description[0].lower() + description[1:].removesuffix("."), read, references=target)
    owner = _owner(places)
    rows = _placed(places, by_outer=False)
    return Table(name, description, (owner, NUMBER, value), rows, (owner.name, "number"), facets=(column,))
