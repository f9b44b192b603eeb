"""The ledger as tables: what each is for, its columns, its key, and how its rows are made from the records.

In: a Ledger. Out: what each record adds to the tables, and from these, table by table, rows of cells in a fixed order.
The database, the CSV files, both their descriptions and the tables of the documentation all follow from `TABLES`;
columns that are fields of records follow from the models.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any

import orjson
from pydantic import BaseModel

from ledger import citations, records, urls
from ledger.analysis import analyse
from ledger.analysis.ratings import BANDS
from ledger.context import Viewing
from ledger.edges import RECORD, VERBATIM, Edge
from ledger.exports.graphs import in_order
from ledger.exports.naming import Fragments
from ledger.exports.strict_json import compact
from ledger.exports.table_shapes import (
    EDITORS,
    Cell,
    Column,
    Placed,
    Table,
    anchored_table,
    inside,
    itself,
    list_table,
    model_columns,
    own,
    part_table,
    texts_of,
)
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import KINDS, CheckException, Common, Kind

FORMAT = 1
"""The version of the tables; within it, tables and columns are only ever added."""
WORDS_OF_RATINGS = tuple(band.replace(" ", "-") for band in BANDS)
SCHEMES = ("doi", "arxiv", "isbn", "pmid", "url", "archive_url", "homepage", "wikidata", "orcid", "ror")


Rows = Sequence[Sequence[Cell]]
Reader = Callable[[Viewing, Any], Cell]

# What one record adds, and the rows that follow


def fragment(ledger: Ledger, id_: str, _base_url: str) -> bytes:
    """The rows of a record by table, and who judged something in it; nothing where no table is wanted."""
    if not {"sqlite", "csv"} & set(ledger.settings.exports):
        return b""
    viewing, record = Viewing(ledger, urls.HOME, analyse(ledger)), ledger.records[id_]
    tables = _tables_of(record.kind.name)
    found = {name: [_row(reads, viewing, item) for item in rows(viewing, record)] for name, rows, reads in tables}
    judges = sorted(set(_judges(record.fields)))
    return compact({**{name: rows for name, rows in found.items() if rows}, EDITORS: judges})


@cache
def _tables_of(kind: str) -> list[tuple[str, Callable[[Viewing, Record], Iterable[Any]], tuple[Reader, ...]]]:
    """The tables to which records of a kind add rows: name, rows, how each cell of one is read."""
    found = (
        one for one in (*TABLES, TEXTS) if one.name not in WITHOUT_RECORDS and (not one.kinds or kind in one.kinds)
    )
    return [(one.name, one.rows, tuple(column.read for column in one.columns)) for one in found]


def _row(reads: Iterable[Reader], viewing: Viewing, item: Any) -> list[Any]:
    """The cells; a number as it was written in a list of its own, since JSON's have no trailing zeros."""
    row = []
    for read in reads:
        cell = read(viewing, item)
        row.append([str(cell)] if isinstance(cell, Decimal) else None if cell == "" else cell)
    return row


def _cell(kept: Any) -> Cell:
    return Decimal(kept[0]) if isinstance(kept, list) else kept


def rows_of(ledger: Ledger, fragments: Fragments) -> Iterator[tuple[Table, Rows]]:
    """Table and rows, piece by piece: those of a table in order, but tables in turn."""
    counts: Counter[str] = Counter()
    judges: set[str] = set()
    for data in fragments():
        found = orjson.loads(data)
        judges.update(found.pop(EDITORS))
        for name, rows in found.items():
            yield _BY_NAME[name], [_counted_row(_BY_NAME[name], row, counts) for row in rows]
    for table, make in WITHOUT_RECORDS.items():
        yield _BY_NAME[table], list(make(ledger, judges))


def _counted_row(table: Table, row: list[Any], counts: Counter[str]) -> list[Cell]:
    cells = [_cell(kept) for kept in row]
    if table.counted:
        counts[table.name] += 1
        cells[_place_of_number(table)] = counts[table.name]
    return cells


@cache
def _place_of_number(table: Table) -> int:
    return next(at for at, column in enumerate(table.columns) if column.name == "number")


# Everything that a record says, as plain words: what full-text search looks through


_texts = cache(texts_of)


def _plain_text(viewing: Viewing, record: Record) -> str:
    """All words of a record but its title, one field a line, then its body."""
    said = list(_said(viewing, record.fields, without=("note", record.kind.title_field)))
    return "\n".join([*said, " ".join(viewing.body_words(record.fields.body).split())]).strip()


def _said(viewing: Viewing, part: BaseModel, without: tuple[str, ...] = ()) -> Iterator[str]:
    words = _texts(type(part))
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in without or not value:
            continue
        if isinstance(value, str):
            if name in words:
                yield value if name in VERBATIM else viewing.plain(value)
        else:
            yield from _inside(viewing, value)


def _inside(viewing: Viewing, value: Any) -> Iterator[str]:
    for item in value if isinstance(value, tuple) else (value,):
        if isinstance(item, BaseModel) and not isinstance(item, CheckException):
            yield from _said(viewing, item)


# The tables


RECORDS = Table(
    "records",
    "Every record that is published: what all kinds have.",
    (
        own("id", "the record's id, unique in the ledger", lambda _, row: row.record.id, required=True),
        own("number", "its row in the full-text table", lambda *_: None, type="integer", required=True),
        own(
            "kind",
            "its kind",
            lambda _, row: row.record.kind.name,
            choices=tuple(kind.name for kind in KINDS),
            required=True,
        ),
        own("title", "what readers call it, without markup", lambda at, row: at.plain(row.record.title)),
        own("url", "its page, from the site's root", lambda _, row: urls.of_record(row.record), required=True),
        own("json", "its data", lambda _, row: urls.twin(urls.of_record(row.record)), required=True),
        *model_columns(Common, RECORD, leave=("note", "draft")),
    ),
    itself,
    counted=True,
    facets=("kind", "added", "updated"),
    label="title",
)
_ID = own("id", "the record's id", lambda _, row: row.record.id, references="records", required=True)


def _kind_table(kind: Kind, facets: tuple[str, ...]) -> Table:
    said = " ".join((kind.model.__doc__ or "").split("\n")[0].split())
    columns = (_ID, *model_columns(kind.model, kind.name, leave=Common.model_fields), *COMPUTED.get(kind.name, ()))
    return Table(
        kind.folder, said, columns, itself, facets=facets, label=kind.title_field, kinds=frozenset({kind.name})
    )


# What is computed


def _newest_rating(_: Viewing, row: Placed) -> Cell:
    return row.item.assessments[-1].rating if row.item.assessments else None


def _computed(viewing: Viewing, row: Placed) -> Cell:
    rating = viewing.analysis.ratings.get(row.record.id)
    return rating.band.replace(" ", "-") if rating and rating.band else None


def _why_not(viewing: Viewing, row: Placed) -> Cell:
    rating = viewing.analysis.ratings.get(row.record.id)
    return rating.computed if rating and not rating.band else None


def _rated(name: str) -> Callable[[Viewing, Placed], Cell]:
    return lambda viewing, row: getattr(viewing.analysis.ratings.get(row.record.id), name, None)


def _counted(name: str) -> Callable[[Viewing, Placed], Cell]:
    """How many; `cited` is a number already."""

    def read(viewing: Viewing, row: Placed) -> Cell:
        origins = viewing.analysis.origins.get(row.record.id)
        found = getattr(origins, name) if origins else None
        return len(found) if isinstance(found, tuple) else found

    return read


COMPUTED: dict[str, tuple[Column, ...]] = {
    "claim": (
        own("rating", "the editors' newest rating", _newest_rating, references="bands"),
        own("computed", "the rating that follows from the evidence", _computed, references="bands"),
        own("not_computed_because", "why there is no computed rating", _why_not),
        own("direction", "where the evidence points: `for`, `against` or `split`", _rated("direction")),
        own("cited", "how many sources its evidence cites", _counted("cited"), type="integer"),
        own("origins", "how many works these go back to", _counted("origins"), type="integer"),
        own("untraced", "how many of these origins nobody has traced", _counted("untraced"), type="integer"),
    ),
    "position": (own("rating", "the editors' newest rating", _newest_rating, references="bands"),),
    "source": (
        own("label", "a short label, as `Kaplan et al. 2020`", lambda _, row: citations.label(row.item)),
        own(
            "reference",
            "the whole reference in one line",
            lambda at, row: citations.in_full(row.item, at.plain(row.item.title)),
        ),
        own("dropped", "whether its status takes it out", lambda at, row: at.analysis.is_dropped(row.record.id),
             type="flag"),
    ),
}  # fmt: skip
FACETS = {
    "controversy": ("status", "thread"),
    "position": ("controversy", "rating"),
    "claim": ("type", "rating", "computed", "direction"),
    "source": ("type", "tier", "status", "first_hand"),
    "proponent": ("type",),
    "event": ("type",),
}


PART_TABLES = (
    anchored_table("evidence", records.Evidence, "What sources show for and against claims.", ("claim", "evidence[]"),
                facets=("relation", "basis", "directness", "consulted")),
    part_table("assessments", records.Assessment, "The editors' ratings, oldest first.",
                ("claim", "assessments[]"), ("position", "assessments[]"), ("position", "parts[].assessments[]"),
                within=inside("part", "parts"), facets=("rating", "by")),
    part_table("searches", records.Search, "What was looked for, also when nothing was found.",
                ("claim", "searches[]"), ("controversy", "searches[]")),
    part_table("bears_on", records.BearsOn, "Which way claims count for positions, if true.",
                ("claim", "bears_on[]"), facets=("relation", "position")),
    part_table("claim_relations", records.ClaimRelation, "How claims stand to claims: this claim *type* the target.",
                ("claim", "relations[]"), facets=("type",)),
    anchored_table("tensions", records.Tension, "Where the positions of a controversy part.",
                ("controversy", "tensions[]")),
    part_table("see_also", records.SeeAlso, "What is worth reading next.", ("controversy", "see_also[]")),
    anchored_table("parts", records.Part, "The things that a position holds together.", ("position", "parts[]")),
    part_table("objections", records.Objection, "What is said against positions.", ("position", "objections[]")),
    part_table("mind_changes", records.MindChange, "What holders said would change their minds.",
                ("position", "would_change_mind[]"), facets=("outcome",)),
    part_table("position_relations", records.PositionRelation, "How positions stand to each other.",
                ("position", "relations[]"), facets=("type",)),
    part_table("authors", records.Author, "Who wrote the sources, in order.", ("source", "authors[]"),
                facets=("proponent",)),
    part_table("derivations", records.Derivation, "What sources take from earlier ones.",
                ("source", "derived_from[]"), facets=("how", "inferred")),
    part_table("interests", records.Interest, "What someone stands to gain.",
                ("source", "interests[]"), ("proponent", "interests[]")),
    part_table("affiliations", records.Tie, "Where proponents work or belong.", ("proponent", "affiliations[]")),
    part_table("members", records.Tie, "Who belongs to a proponent.", ("proponent", "members[]")),
    anchored_table("stances", records.Stance, "Where proponents stand on positions.", ("proponent", "stances[]"),
                facets=("stance", "position")),
    part_table("attestations", records.Attestation, "Where stances were stated.", ("proponent", "stances[].attested[]"),
                within=inside("stance", "stances", required=True)),
    part_table("exceptions", records.CheckException, "Checks that a record breaks for a reason.",
                (RECORD, "exceptions[]"), facets=("check_id",)),
)  # fmt: skip


LIST_TABLES = (
    list_table("rests_on", "claim", "The claims that carry positions.", ("position", "rests_on[]"), target="claims"),
    list_table("rejects", "claim", "The claims that a position's holders deny.", ("position", "rejects[]"),
                target="claims"),
    list_table("key_sources", "source", "The sources to read first.", ("position", "key_sources[]"),
                target="sources"),
    list_table("cruxes", "text", "What would settle it.",
                *((kind, "cruxes[]") for kind in ("controversy", "position", "claim"))),
    list_table("tags", "tag", "Words to find records by.", (RECORD, "tags[]")),
    list_table("other_names", "name", "Other names of proponents and terms.",
                ("proponent", "other_names[]"), ("term", "other_names[]")),
    list_table("former_ids", "former_id", "Ids that records had before.", (RECORD, "former_ids[]")),
)  # fmt: skip


# What is no field of one record: the graph, identifiers, editors, the words of ratings, the ledger itself


def _identifiers(_: Viewing, record: Record) -> Iterator[tuple[Record, str, str]]:
    named = ((scheme, getattr(record.fields, scheme)) for scheme in SCHEMES if scheme in record.kind.model.model_fields)
    return ((record, scheme, value) for scheme, value in named if value)


def _edges(viewing: Viewing, record: Record) -> list[Edge]:
    return in_order(viewing.ledger.edges_of(record.id))


def _nothing(_: Viewing, _record: Record) -> Iterable[Any]:
    """No record gives rows by itself."""
    return ()


def _about(ledger: Ledger, _: Iterable[str]) -> Iterator[tuple[str, Cell]]:
    site, as_of = ledger.settings, ledger.as_of
    yield "tables", str(FORMAT)
    yield "as_of", as_of.isoformat() if as_of else None
    for name in ("title", "tagline", "language", "licence", "base_url"):
        yield name, getattr(site, name)


def _editors(ledger: Ledger, judges: Iterable[str]) -> Iterable[tuple[str, Cell]]:
    """The editors of the site, and whoever else a record names as one."""
    used: dict[str, Cell] = dict.fromkeys(judges)
    return sorted({**used, **{editor.id: editor.name for editor in ledger.settings.editors}}.items())


def _bands(_: Ledger, _judges: Iterable[str]) -> Iterable[tuple[Cell, ...]]:
    return ((word, rank) for rank, word in enumerate(WORDS_OF_RATINGS, start=1))


def _judges(fields: Any) -> Iterator[str]:
    """Who rated, searched or entered something in a record."""
    parts = (part.assessments for part in getattr(fields, "parts", ()))
    lists = (getattr(fields, name, ()) for name in ("assessments", "searches", "evidence"))
    return (judged.by for judged in chain(*parts, *lists) if judged.by)


EDITORS_TABLE = Table(
    "editors",
    "Whose judgements the ledger shows.",
    (
        own("id", "how records name them", lambda *_: None, required=True),
        own("name", "their name", lambda *_: None),
    ),
    _nothing,
    label="name",
)
OTHER_TABLES = (
    Table(
        "identifiers",
        "The numbers and addresses by which others know sources and proponents.",
        (
            own("record", "the record", lambda _, row: row[0].id, references="records", required=True),
            own("scheme", "what sort", lambda _, row: row[1], choices=SCHEMES, required=True),
            own("value", "the number or address", lambda _, row: row[2], required=True),
        ),
        _identifiers,
        ("record", "scheme"),
        facets=("scheme",),
    ),
    Table(
        "relations",
        "The edges of the graph: everything that refers to anything.",
        (
            own("number", "its place in the order of nodes", lambda *_: None, type="integer", required=True),
            own("source", "the node that refers", lambda _, edge: edge.start, required=True),
            own("type", "how", lambda _, edge: edge.name, required=True),
            own("target", "the node that is meant", lambda _, edge: edge.target, required=True),
            own("field", "the field it is written in", lambda _, edge: ".".join(map(str, edge.path)), required=True),
            own("locator", "the place in a source", lambda _, edge: edge.own.get("locator")),
        ),
        _edges,
        ("number",),
        counted=True,
        facets=("type",),
    ),
    EDITORS_TABLE,
    Table(
        "bands",
        "The words of ratings, lowest first.",
        (
            own("id", "the word", lambda *_: None, required=True),
            own("rank", "1 for the lowest", lambda *_: None, type="integer", required=True),
        ),
        _nothing,
        label="id",
    ),
    Table(
        "about",
        "The ledger itself: its title, its licence, the day it is judged by, the version of these tables.",
        (
            own("id", "what", lambda *_: None, required=True),
            own("value", "its value", lambda *_: None),
        ),
        _nothing,
    ),
)
TEXTS = Table(
    "texts",
    "Everything that a record says, as words without markup: what full-text search looks through.",
    (
        own("number", "the record's number", lambda *_: None, type="integer", required=True),
        own("title", "what readers call it", lambda at, row: at.plain(row.record.title)),
        own("text", "all its other words", lambda at, row: _plain_text(at, row.record)),
    ),
    itself,
    ("number",),
    counted=True,
)


TABLES = (
    RECORDS,
    *(_kind_table(kind, FACETS.get(kind.name, ())) for kind in KINDS),
    *PART_TABLES,
    *LIST_TABLES,
    *OTHER_TABLES,
)
"""Every table, the records first."""
WITHOUT_RECORDS: Mapping[str, Callable[[Ledger, Iterable[str]], Iterable[Sequence[Cell]]]] = {
    "editors": _editors,
    "bands": _bands,
    "about": _about,
}
"""Tables whose rows are no record's: they are made from the ledger, and the editors that records name."""
_BY_NAME = {table.name: table for table in (*TABLES, TEXTS)}
