"""The tables of the documentation that follow from the code: fields, limits, graph, queries, keys of the data.

In: the models, the edge types, the limits, the words of queries, the schemas. Out: Markdown tables, written into
`docs/*.md` between a line `<!-- generated: NAME -->` and a line `<!-- end -->`. `python docs/tables.py` rewrites them.
"""

import re
import types
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import data_keys
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ledger import decoding, fields, files, markup_limits, yamlnodes
from ledger.edges import CARRIED, EDGE_TYPES, MENTIONS, OWNING, PART_EDGES, RECORD, RENAMED, EdgeType
from ledger.editing.answers import choices
from ledger.engine import budget
from ledger.exports.sqlite_file import VIEWS
from ledger.exports.table_shapes import Table
from ledger.exports.tables import TABLES
from ledger.markup_limits import Limit
from ledger.modelling import Common
from ledger.naming import RESERVED
from ledger.query.columns import COMMON, COMPUTED, MODELS, PARTS, PLURALS, Column, columns, date_column
from ledger.query.steps import EDGE_PHRASES, FURTHER, StepType, edge_names, edge_steps
from ledger.records import KINDS, SITE, SNAPSHOT, Kind
from ledger.validating import models_in

DOCS = Path(__file__).resolve().parent
TYPES = (
    ("line", fields.Line, "a title, name or label on one line"),
    ("text", fields.Text, "a sentence or a few: plain text with references, no other markup"),
    ("Markdown", fields.Body, "longer text; its size is bounded per body, see the limits"),
    ("own id", fields.Id, "an id that this record gives"),
    ("id", fields.Reference, "the id of another record"),
    ("web address", fields.Url, "a whole address that starts with `https://` or `http://`"),
    ("colour", fields.Colour, '`"#1f4e79"`: six digits of 0-9 and a-f after `#`, in quotation marks'),
    ("picture", fields.Picture, "the path of a file of the folder `public` that ends in `.svg` or `.png`"),
    ("number", fields.Number, "digits with a point, `5.576e6` too; kept exactly as written"),
    ("steps", fields.Step, "how many steps down: 0, 1 or 2"),
    ("total", fields.Total, "a number from 0 to 1000, with two decimals at most"),
    ("count", fields.Count, "a whole number from 1 to 1000"),
    ("days", fields.Days, "a whole number from 1 to 36500"),
    ("flag", fields.Flag, "`true` or `false`, nothing else"),
    ("date", fields.Date, "a date as far as it is known"),
    ("date or interval", fields.DateSpan, "a date as far as it is known, or an interval, which may be open"),
    ("date, interval or `unknown`", fields.Issued, "the same, or the word `unknown` for a work without a date"),
)
"""The words for a field's type: the word, the type, what may stand there."""
Part = tuple[str, type[BaseModel]]
"""A field that holds parts, and the model of the part."""
FEW = 12
"""Up to so many choices stand in a table's cell; more are listed below the table."""


# Fields


def field_tables(kind: Kind) -> str:
    """The fields of a kind beyond the common ones, and those of its parts that no other kind has."""
    own = [name for name in kind.model.model_fields if name not in Common.model_fields]
    shared = _shared_parts()
    parts = [found for found in _parts(kind.model) if found[1] not in shared and found[0] in own]
    of_model = dict[type[BaseModel], list[str]]()
    for name, model in _deep(parts, shared):
        of_model.setdefault(model, []).append(name)
    tables = (_part_table(", ".join(names), model) for model, names in of_model.items())
    return "\n\n".join([_fields(kind.model, own), *tables])


def common_table() -> str:
    """The fields that every kind may have, and their parts."""
    return "\n\n".join([_fields(Common, Common.model_fields), *(_part_table(*found) for found in _parts(Common))])


def shared_tables() -> str:
    """The parts that several fields or kinds share."""
    return "\n\n".join(_part_table(names, model) for model, names in _shared_parts().items())


def type_table() -> str:
    """The words for types, with their limits."""
    rows = ((word, _length(alias), meaning) for word, alias, meaning in TYPES)
    return _table(("Type", "At most", "What may be there"), rows)


def _part_table(name: str, model: type[BaseModel]) -> str:
    said = (model.__doc__ or "").split("\n")[0]
    return f"**{name}**: {said[:1].lower()}{said[1:]}\n\n{_fields(model, model.model_fields)}"


def _fields(model: type[BaseModel], names: Iterable[str]) -> str:
    hints = get_type_hints(model, include_extras=True)
    chosen = {name: model.model_fields[name] for name in names}
    rows = [
        (f"`{field.alias or name}`{' *' if field.is_required() else ''}", _type(model, name, hints), field.description)
        for name, field in chosen.items()
    ]
    long = ((name, choices(hints[name])) for name in chosen)
    below = [f"`{name}` is one of: {_code(words)}." for name, words in long if len(words) > FEW]
    return "\n\n".join([_table(("Field", "Type", "Meaning"), rows), *below])


def _type(model: type[BaseModel], name: str, hints: Mapping[str, Any]) -> str:
    words = type_words(hints[name], model.model_fields[name])
    target = _targets().get((model, name))
    return words.replace("id", f"id ({_target(target)})") if target else words


def type_words(annotation: Any, field: FieldInfo) -> str:
    """A field's type as an editor would say it."""
    for word, alias, _ in TYPES:
        if annotation == alias:
            return word
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _form(annotation) or type_words(inner[0], field)
    if origin is Literal:
        return " \\| ".join(f"`{word}`" for word in inner) if len(inner) <= FEW else "one of those below"
    if origin in (Union, types.UnionType):
        return " or ".join(type_words(option, field) for option in inner if option is not type(None))
    if origin is tuple:
        return f"list: {type_words(inner[0], field)}"
    return "lines of `name: value`" if origin is dict else "fields"


def _form(annotation: Any) -> str:
    """`text like A`: the pattern that a text must have."""
    pattern = _bound(annotation.__metadata__, "pattern")
    return f"text of the form `{pattern}`" if pattern else ""


def _bound(metadata: Iterable[Any], name: str) -> Any:
    """What a type's own notes say of a bound, those of a field within them included."""
    parts = (part for info in metadata for part in (info.metadata if isinstance(info, FieldInfo) else (info,)))
    return next((found for part in parts if (found := getattr(part, name, None))), None)


def _length(alias: Any) -> str:
    length = fields.ID_LENGTH if alias is fields.Id else _bound(alias.__metadata__, "max_length")
    return f"{length:,} characters" if length else ""


def _parts(model: type[BaseModel]) -> list[Part]:
    """The fields of a model that hold parts, with the model of the part."""
    named = ((field.alias or name, field.annotation) for name, field in model.model_fields.items())
    return [(name, part) for name, annotation in named for part in models_in(annotation)]


def _deep(parts: Iterable[Part], among: Container[type[BaseModel]] = ()) -> Iterator[Part]:
    """Parts, each followed by its own parts under their whole names; none that is `among` others follows."""
    for name, part in parts:
        yield name, part
        yield from _deep(((f"{name}.{below}", model) for below, model in _parts(part) if model not in among), among)


def _shared_parts() -> dict[type[BaseModel], str]:
    """The parts that stand under several fields, with the names of those fields."""
    places: dict[type[BaseModel], list[str]] = {}
    for kind in KINDS:
        own = (found for found in _parts(kind.model) if found[0] not in Common.model_fields)
        for name, part in _deep(own):
            places.setdefault(part, []).append(name.rpartition(".")[2])
    return {part: ", ".join(dict.fromkeys(names)) for part, names in places.items() if len(names) > 1}


def _targets() -> dict[tuple[type[BaseModel], str], str]:
    """Which kind a field's id must reach."""
    return {_place(edge_type): edge_type.target for edge_type in EDGE_TYPES}


def _place(edge_type: EdgeType) -> tuple[type[BaseModel], str]:
    """The model and field in which an edge type's id stands."""
    *outer, last = edge_type.field.replace("[]", "").split(".")
    model = MODELS[edge_type.kind]
    for step in outer:
        model = next(models_in(model.model_fields[step].annotation))
    return model, last


# The graph


def node_table() -> str:
    """Every kind of node."""
    rows = [(f"`{kind.name}`", "`<id>`", _first_line(kind.model)) for kind in KINDS]
    rows += [(f"`{part}`", f"`<{kind}>/<id>`", _first_line(PARTS[part])) for kind, (_, part) in OWNING.items()]
    rows.append(("none", "as written", "An id that nothing has; the check `unknown-id` reports it."))
    return _table(("Kind", "Node", "What it is"), rows)


def edge_table() -> str:
    """Every type of edge."""
    rows = [_edge_row(edge_type) for edge_type in (*EDGE_TYPES, *PART_EDGES, *MENTIONS)]
    return _table(("From", "Edge", "To", "Written in", "Meaning", "Other fields"), rows)


def _edge_row(edge_type: EdgeType) -> tuple[str, ...]:
    start = "any record" if edge_start(edge_type) == "record" else f"`{edge_start(edge_type)}`"
    target = _target(edge_type.target) if edge_type.target == RECORD else f"`{edge_type.target}`"
    written = f"`{edge_type.field}`" if " " not in edge_type.field else edge_type.field
    return start, _code(edge_names(edge_type)), target, written, edge_type.meaning, _code(edge_fields(edge_type))


def edge_start(edge_type: EdgeType) -> str:
    """The kind of node from which it goes."""
    list_name, part = OWNING.get(edge_type.kind, ("", ""))
    return part if part and edge_type.field.startswith(f"{list_name}[].") else edge_type.kind


def edge_fields(edge_type: EdgeType) -> tuple[str, ...]:
    """The fields beside the id that the edge carries."""
    if edge_type in MENTIONS:
        return ("locator",) if edge_type.name == "cites" else ()
    if edge_type in PART_EDGES or "." not in edge_type.field:
        return ()
    model, last = _place(edge_type)
    own_id = "id" if edge_start(edge_type) in PARTS else ""
    dropped = {last, edge_type.name.strip("{}"), own_id}
    names = {field.alias or name: field for name, field in model.model_fields.items()}
    return tuple(
        RENAMED.get(name, name)
        for name, field in names.items()
        if name in CARRIED and name not in dropped and get_origin(field.annotation) is not tuple
    )


def _target(kind: str) -> str:
    return {RECORD: "any record", "evidence": "evidence item"}.get(kind, kind)


# Limits


def limit_table() -> str:
    """Every bound on what is read."""
    rows = [
        ("a file", f"{decoding.MAX_BYTES:,} bytes"),
        ("a line of a file", f"{decoding.MAX_LINE:,} characters"),
        ("a path below the content folder", f"{files._MAX_PATH:,} characters"),
        ("an id, and so a file's name without its ending", f"{fields.ID_LENGTH:,} characters"),
        ("values in one record", f"{yamlnodes.MAX_NODES:,}"),
        ("levels of nesting in one record", f"{yamlnodes.MAX_DEPTH:,}"),
        ("items in a list", f"{fields.LIST_LENGTH:,}"),
        ("a file of the site", f"{budget.LARGEST_FILE >> 20:,} MiB"),
        ("the pages and data of all records", _budget()),
        ("tags of a record", f"{_bound(Common.model_fields['tags'].metadata, 'max_length'):,}"),
        ("search words of a record", f"{_bound(Common.model_fields['search_words'].metadata, 'max_length'):,}"),
        *((f"Markdown: {limit.what}", f"{limit.most:,}") for limit in markdown_limits()),
    ]
    return _table(("What", "At most"), rows)


def _budget() -> str:
    for_a_record = f"{budget.FOR_A_RECORD >> 10:,} KiB for each record"
    return f"{budget.AT_FIRST >> 20:,} MiB, {for_a_record} and {budget.FOR_A_BYTE:,} bytes for each byte of the content"


def markdown_limits() -> list[Limit]:
    """Every limit of the Markdown wrapper, single or in a tuple, so that a new one cannot be left out."""
    values = (value if isinstance(value, tuple) else (value,) for value in vars(markup_limits).values())
    return list(dict.fromkeys(limit for group in values for limit in group if isinstance(limit, Limit)))


def reserved_names() -> str:
    """The names that no record may have."""
    return _code(sorted(RESERVED))


# The query language


def query_field_table() -> str:
    """For each kind its fields, those of parts behind the part, and the date that it is placed by."""
    everywhere = columns(RECORD)
    owned = {kind: [name for name in columns(kind) if name not in everywhere] for kind in MODELS if kind != RECORD}
    rows = [(f"`{PLURALS[kind]}`", _grouped(names), f"`{date_column(kind).name}`") for kind, names in owned.items()]
    every = "`records`, and each kind above but `evidence` and `stances`"
    rows.append((every, _grouped(list(everywhere)), f"`{date_column(RECORD).name}`"))
    return _table(("Kind", "Fields", "`since` is about"), rows)


def _grouped(names: list[str]) -> str:
    """`evidence` (`.source`, `.relation`): the fields of parts behind the part that they are in."""
    inner = {name: _code(one.removeprefix(name) for one in names if one.startswith(f"{name}.")) for name in names}
    return ", ".join(f"`{name}`" + (f" ({inner[name]})" if inner[name] else "") for name in names if "." not in name)


def computed_table() -> str:
    """What no field says."""
    rows = [("every kind", f"`{column.name}`", column.meaning) for column in COMMON]
    for kind, found in COMPUTED.items():
        rows += [(f"`{PLURALS[kind]}`", f"`{column.name}`", column.meaning + _words(column)) for column in found]
    return _table(("Kind", "Column", "Meaning"), rows)


def _words(column: Column) -> str:
    return f": {_code(column.choices)}" if column.type == "word" else ""


def step_table() -> str:
    """Every step along an edge with the step back: the kinds that it joins, and what it means."""
    rows = []
    for onward, back in sorted(EDGE_PHRASES.values()):
        found = [step for step in edge_steps() if step.phrase == onward and not step.paths[0][0].forward]
        meanings = "; ".join(dict.fromkeys(step.meaning for step in found))
        rows.append((f"`{onward}`", f"`{back}`", _joined(found), meanings))
    return _table(("Step", "Step back", "From → to", "Meaning"), rows)


def further_table() -> str:
    """The steps that are more than one edge, or go by a shorter word."""
    rows = [(f"`{step.phrase}`", _joined([step]), step.meaning) for step in sorted(FURTHER, key=lambda s: s.phrase)]
    return _table(("Step", "From → to", "Meaning"), rows)


def _joined(found: Iterable[StepType]) -> str:
    ways = (f"{_kinds(step.before)} → {_kinds(step.after)}" + " (dated)" * step.dated for step in found)
    return "; ".join(dict.fromkeys(ways))


def _kinds(kinds: frozenset[str]) -> str:
    return "any" if RECORD in kinds else ", ".join(plural for kind, plural in PLURALS.items() if kind in kinds)


# Writing


def _table(head: tuple[str, ...], rows: Iterable[tuple[str | None, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(cell or "" for cell in row) + " |" for row in rows)])


def _code(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _first_line(model: type) -> str:
    return (model.__doc__ or "").split("\n")[0].split(":")[0].removesuffix(".") + "."


def table_tables() -> str:
    """The tables of the database and the CSV files, with their columns."""
    return "\n\n".join(f"### {table.name}\n\n{table.description}\n\n{_columns(table)}" for table in TABLES)


def view_table() -> str:
    """The views of the database."""
    return _table(("View", "What it holds"), ((f"`{view.name}`", view.description) for view in VIEWS))


def _columns(table: Table) -> str:
    rows = (
        (
            f"`{column.name}`{' *' if column.name in table.key else ''}",
            column.type,
            column.references and f"`{column.references}`",
            column.description,
        )
        for column in table.columns
    )
    return _table(("Column", "Type", "Points to", "Meaning"), rows)


# The data


def _key_table(heading: str) -> str:
    return _table(("Key", "Meaning"), data_keys.rows(heading))


BLOCKS: Mapping[str, Callable[[], str]] = {
    "nodes": node_table,
    "edges": edge_table,
    "types": type_table,
    "limits": limit_table,
    "reserved": reserved_names,
    "tables": table_tables,
    "views": view_table,
    "fields common": common_table,
    "fields shared": shared_tables,
    **{f"fields {kind.name}": partial(field_tables, kind) for kind in (SITE, *KINDS)},
    "fields snapshot": lambda: _fields(SNAPSHOT.model, SNAPSHOT.model.model_fields),
    "query fields": query_field_table,
    "query computed": computed_table,
    "query further": further_table,
    "query steps": step_table,
    **{f"keys {name}": partial(_key_table, heading) for name, heading in data_keys.NAMES.items()},
}
"""Marker → what stands under it."""
_BLOCK = re.compile(r"(?P<open><!-- generated: (?P<name>[a-z ]+) -->\n).*?(?P<close><!-- end -->)", re.DOTALL)


def with_tables(text: str) -> str:
    """A page with its generated parts as they should be. KeyError for a marker that names no table."""
    return _BLOCK.sub(lambda found: f"{found['open']}\n{BLOCKS[found['name']]()}\n\n{found['close']}", text)


def write_tables(docs: Path) -> list[Path]:
    """Bring the generated parts of every page in a folder up to date; the pages that changed."""
    changed = []
    for path in sorted(docs.glob("*.md")):
        old = path.read_text(encoding="utf-8")
        if (new := with_tables(old)) != old:
            path.write_text(new, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


if __name__ == "__main__":
    write_tables(DOCS)
