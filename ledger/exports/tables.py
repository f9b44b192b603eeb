"""The ledger as tables: what each is for, its columns, its key, and how its rows are made from the records.

In: a Ledger. Out: what each record adds to the tables, and from these, table by table, rows of cells in a fixed order.
The database, the CSV files, both their descriptions and the tables of the documentation all follow from `TABLES`;
columns that are fields of records follow from the models.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial
from itertools import chain
from typing import Any

import orjson
from pydantic import BaseModel

from ledger import citations, modelling, records, urls
from ledger.analysis.ratings import EDITORS as EDITORS_WORDS
from ledger.analysis.ratings import Counted
from ledger.analysis.verdicts import WORDS
from ledger.context import PageContext
from ledger.describing import doc_of
from ledger.edges import RECORD, VERBATIM
from ledger.exports.graphs import in_order
from ledger.exports.naming import Fragments, seen_from
from ledger.exports.table_shapes import (
    EDITORS,
    NUMBER,
    Cell,
    Column,
    Placed,
    Reader,
    Table,
    inside,
    itself,
    model_columns,
    own,
    parts,
    reached,
    texts_of,
    value_column,
)
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.modelling import CheckException, Common
from ledger.query.columns import SCALE, Entity, columns
from ledger.query.columns import Column as Asked
from ledger.records import KINDS, Kind

FORMAT = 1
"""The version of the tables; within it, tables and columns are only ever added."""
SCHEMES = ("doi", "arxiv", "isbn", "pmid", "url", "archive_url", "homepage", "wikidata", "orcid", "ror")


Rows = Sequence[Sequence[Cell]]

# What one record adds, and the rows that follow


def fragment(ledger: Ledger, id_: str, _base_url: str) -> bytes:
    """The rows of a record by table, and who judged something in it; nothing where no table is wanted."""
    if not {"sqlite", "csv"} & set(ledger.settings.exports):
        return b""
    context, record = seen_from(ledger, urls.HOME), ledger.records[id_]
    found = {
        name: [[None if (cell := read(context, row)) == "" else cell for read in reads] for row in rows(ledger, record)]
        for name, rows, reads in _tables_of(record.kind.name)
    }
    content = {name: rows for name, rows in found.items() if rows}
    return orjson.dumps({**content, EDITORS: sorted(set(_judges(record.fields)))}, _kept, orjson.OPT_SORT_KEYS)


@cache
def _tables_of(kind: str) -> list[tuple[str, Callable[[Ledger, Record[Any]], Iterable[Placed]], tuple[Reader, ...]]]:
    """The tables to which records of a kind add rows: name, rows, how each cell of one is read."""
    found = (one for one in _BY_NAME.values() if not one.whole and (not one.kinds or kind in one.kinds))
    return [(one.name, one.rows, tuple(column.read for column in one.columns)) for one in found]


def _kept(number: Decimal) -> list[str]:
    """A number as it was written in a list of its own, since JSON's have no trailing zeros."""
    return [str(number)]


def rows_of(ledger: Ledger, fragments: Fragments) -> Iterator[tuple[Table, Rows]]:
    """Table and rows, piece by piece: those of a table in order, but tables in turn."""
    counts: Counter[str] = Counter()
    judges: set[str] = set()
    for data in fragments():
        found, named = rows_in(data, counts)
        judges.update(named)
        yield from found
    for table in TABLES:
        if table.whole:
            yield table, list(table.whole(ledger, judges))


def rows_in(data: bytes, counts: Counter[str]) -> tuple[list[tuple[Table, Rows]], list[str]]:
    """The rows that one record adds, behind those that are counted already; and who judged something in it."""
    found = orjson.loads(data.partition(b"\t")[2])
    judges = found.pop(EDITORS)
    return [(_BY_NAME[name], _restored(name, rows, counts)) for name, rows in found.items()], judges


def _restored(name: str, rows: list[list[Any]], counts: Counter[str]) -> Rows:
    """The rows of one table as they were before they were kept, each with its number in the whole table."""
    numbers, number = _numbers_in(name)
    for row in rows:
        for at in numbers:
            if isinstance(row[at], list):
                row[at] = Decimal(row[at][0])
        if number is not None:
            counts[name] += 1
            row[number] = counts[name]
    return rows


@cache
def _numbers_in(name: str) -> tuple[tuple[int, ...], int | None]:
    """Where a table has numbers, and the number of the row."""
    table = _BY_NAME[name]
    names = [column.name for column in table.columns]
    numbers = tuple(at for at, column in enumerate(table.columns) if column.type in ("integer", "number"))
    return numbers, names.index(NUMBER) if table.counted else None


# Everything that a record says, as plain words: what full-text search looks through


def _plain_text(context: PageContext, record: Record[Any]) -> str:
    """All words of a record but its title, one field a line, then its body."""
    found = list(_words_in(context, record.fields, without=("note", record.kind.title_field)))
    return "\n".join([*found, " ".join(context.body_words(record.fields.body).split())]).strip()


def _words_in(context: PageContext, part: BaseModel, without: tuple[str, ...] = ()) -> Iterator[str]:
    for name, is_text in texts_of(type(part)).items():
        value = getattr(part, name)
        if is_text:
            if value and name not in without:
                yield value if name in VERBATIM else context.plain(value)
            continue
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, BaseModel) and not isinstance(item, CheckException):
                yield from _words_in(context, item)


# The tables


ID_OF = own("id", "the record's id", lambda _, row: row.record.id, references="records", required=True)
RECORDS = Table(
    "records",
    "Every record that is published: what all kinds have.",
    (
        replace(ID_OF, description="the record's id, unique in the ledger", references=""),
        own(NUMBER, "its row in the full-text table", type="integer", required=True),
        own("kind", "its kind", lambda _, row: row.record.kind.name, choices=tuple(kind.name for kind in KINDS),
             required=True),
        own("title", "what readers call it, without markup", lambda at, row: at.plain(row.record.title)),
        own("url", "its page, from the site's root", lambda _, row: urls.of_record(row.record), required=True),
        own("json", "its data", lambda _, row: urls.twin(urls.of_record(row.record)), required=True),
        *model_columns(Common, RECORD, leave=("note", "draft")),
    ),
    itself,
    counted=True,
    facets=("kind", "added", "updated"),
    label="title",
)  # fmt: skip


# What is computed


def _asked(kind: str, *names: str) -> Iterator[Column]:
    """Columns of a kind that queries have too."""
    for one in (columns(kind)[name] for name in names):
        points_to = "ratings" if one.choices == SCALE else "verdicts" if one.choices == WORDS else ""
        type_ = "integer" if one.type == "number" else "text"
        yield own(one.name, one.meaning, partial(_value, one), references=points_to, type=type_)


def _value(column: Asked, context: PageContext, row: Placed) -> Cell:
    entity = Entity(row.record.id, row.record.kind.name, row.item, row.record)
    value = next(iter(column.values(context.ledger, entity)), None)
    return int(value) if column.type == "number" and value is not None else value


def _counted(read: Callable[[Counted], int]) -> Reader:
    def of_row(context: PageContext, row: Placed) -> Cell:
        rating = context.analysis.ratings.get(row.record.id)
        return read(rating.counts) if rating else None

    return of_row


COMPUTED: Mapping[str, tuple[Column, ...]] = {
    "claim": (
        *_asked("claim", "rating", "verdict", "verdict_low", "verdict_high", "not_rated_because", "direction"),
        *_asked("claim", "solidity", "evidence_for", "evidence_against"),
        own("sources_counted", "how many sources count in its rating", _counted(lambda counts: counts.sources),
             type="integer"),
        own("works", "how many separate works these go back to", _counted(lambda counts: counts.works),
             type="integer"),
        *_asked("claim", "teams"),
    ),
    "position": (*_asked("position", "rating"),),
    "source": (
        own("label", "who it is of and when: `Kaplan et al. 2020`, `Reuters, Nov 2024`",
             lambda _, row: citations.label(row.item)),
        own("reference", "the whole reference in one line",
             lambda at, row: citations.in_full(row.item, at.plain(row.item.title))),
        own("dropped", "whether its status takes it out", lambda at, row: at.analysis.is_dropped(row.record.id),
             type="flag"),
    ),
    "challenge": (
        own("item", "the evidence item that it challenges, where it is one",
             lambda at, row: reached(at.ledger, row.record.fields.target, "evidence"), references="evidence"),
    ),
}  # fmt: skip
FACETS = {
    "controversy": ("status", "thread"),
    "position": ("controversy", "rating"),
    "claim": ("type", "rating", "verdict", "direction"),
    "source": ("type", "tier", "status", "first_hand"),
    "proponent": ("type",),
    "event": ("type",),
    "chart": ("form", "controversy"),
    "challenge": ("type", "target"),
}


def _kind_table(kind: Kind) -> Table:
    columns = (ID_OF, *model_columns(kind.model, kind.name, leave=Common.model_fields), *COMPUTED.get(kind.name, ()))
    return Table(
        kind.folder,
        " ".join(doc_of(kind.model).split("\n")[0].split()),
        columns,
        itself,
        facets=FACETS.get(kind.name, ()),
        label=kind.title_field,
        kinds=frozenset({kind.name}),
    )


PARTS = (
    parts("evidence", records.Evidence, "What sources show for and against claims.", ("claim", "evidence[]"),
           facets=("relation", "basis", "directness", "consulted")),
    parts("quantities", records.Quantity, "Further figures that evidence items give, beside the first.",
           ("claim", "evidence[].quantities[]"), within=inside("evidence", "evidence", required=True)),
    parts("assessments", modelling.Assessment, "The editors' ratings, oldest first.",
           ("claim", "assessments[]"), ("position", "assessments[]"), ("position", "parts[].assessments[]"),
           within=inside("part", "parts"), facets=("rating", "by")),
    parts("searches", modelling.Search, "What was looked for, also when nothing was found.",
           ("claim", "searches[]"), ("controversy", "searches[]")),
    parts("hits", modelling.Hit, "What became of what the searches found.",
           ("claim", "searches[].hits[]"), ("controversy", "searches[].hits[]"),
           within=own("search", "the place of its search in the list of the record's searches, from 1",
                      lambda _, row: row.record.fields.searches.index(row.outer) + 1, type="integer")),
    parts("bears_on", records.BearsOn, "Which way claims count for positions, if true.",
           ("claim", "bears_on[]"), facets=("relation", "position")),
    parts("claim_relations", records.ClaimRelation, "How claims relate to claims: this claim *type* the target.",
           ("claim", "relations[]"), facets=("type",)),
    parts("tensions", records.Tension, "Where the positions of a controversy part.", ("controversy", "tensions[]")),
    parts("see_also", records.SeeAlso, "What is worth reading next.", ("controversy", "see_also[]")),
    parts("parts", records.Part, "The things that a position holds together.", ("position", "parts[]")),
    parts("objections", records.Objection, "What is said against positions.", ("position", "objections[]")),
    parts("mind_changes", records.MindChange, "What holders said would change their minds.",
           ("position", "would_change_mind[]"), facets=("outcome",)),
    parts("position_relations", records.PositionRelation, "How positions relate to each other.",
           ("position", "relations[]"), facets=("type",)),
    parts("authors", records.Author, "Who wrote the sources, in order.", ("source", "authors[]"),
           facets=("proponent",)),
    parts("derivations", records.Derivation, "What sources take from earlier ones.", ("source", "derived_from[]"),
           facets=("how", "inferred")),
    parts("interests", records.Interest, "What someone stands to gain.",
           ("source", "interests[]"), ("proponent", "interests[]")),
    parts("affiliations", records.Tie, "Where proponents work or belong.", ("proponent", "affiliations[]")),
    parts("members", records.Tie, "Who belongs to a proponent.", ("proponent", "members[]")),
    parts("stances", records.Stance, "What proponents hold of positions.", ("proponent", "stances[]"),
           facets=("stance", "position")),
    parts("attestations", records.Attestation, "Where stances were stated.", ("proponent", "stances[].attested[]"),
           within=inside("stance", "stances", required=True)),
    parts("exceptions", modelling.CheckException, "Checks that a record breaks for a reason.", (RECORD, "exceptions[]"),
           facets=("check_id",)),
    parts("board", value_column("claim", "claims"), "The claims that make the picture of a controversy.",
           ("controversy", "board[]")),
    parts("chart_items", value_column("evidence", "evidence"), "The evidence items whose figures charts draw.",
           ("chart", "items[]")),
    parts("rests_on", value_column("claim", "claims"), "The claims that positions build on.",
           ("position", "rests_on[]")),
    parts("rejects", value_column("claim", "claims"), "The claims that a position's holders deny.",
           ("position", "rejects[]")),
    parts("key_sources", value_column("source", "sources"), "The sources to read first.",
           ("position", "key_sources[]")),
    parts("cruxes", value_column("text"), "What would settle it.",
           *((kind, "cruxes[]") for kind in ("controversy", "position", "claim"))),
    parts("tags", value_column("tag"), "Words to find records by.", (RECORD, "tags[]")),
    parts("search_words", value_column("words"), "What readers may type to find records.", (RECORD, "search_words[]")),
    parts("other_names", value_column("name"), "Other names of proponents and terms.",
           ("proponent", "other_names[]"), ("term", "other_names[]")),
    parts("former_ids", value_column("former_id"), "Ids that records had before.", (RECORD, "former_ids[]")),
)  # fmt: skip


# What is no field of one record: the graph, identifiers, editors, the words of ratings, the ledger itself


def _identifiers(_: Ledger, record: Record[Any]) -> Iterator[Placed]:
    named = dict(record.fields)
    return (Placed(record, (scheme, named[scheme])) for scheme in SCHEMES if named.get(scheme))


def _about(ledger: Ledger, _: Iterable[str]) -> Iterator[tuple[str, Cell]]:
    site, as_of = ledger.settings, ledger.as_of
    yield "tables", str(FORMAT)
    yield "as_of", as_of.isoformat() if as_of else None
    yield from (("title", site.title), ("tagline", site.tagline), ("language", site.language))
    yield from (("licence", site.licence), ("base_url", site.base_url))


def _editors(ledger: Ledger, judges: Iterable[str]) -> Iterable[tuple[str, Cell]]:
    """The editors of the site, and whoever else a record names as one."""
    used: dict[str, Cell] = dict.fromkeys(judges)
    return sorted({**used, **{editor.id: editor.name for editor in ledger.settings.editors}}.items())


def _judges(fields: Common) -> Iterator[str]:
    """Who rated, searched or entered something in a record."""
    judged: list[modelling.Assessment | modelling.Search | records.Evidence] = []
    if isinstance(fields, records.Claim):
        judged += [*fields.assessments, *fields.searches, *fields.evidence]
    elif isinstance(fields, records.Position):
        judged += [*fields.assessments, *chain.from_iterable(part.assessments for part in fields.parts)]
    elif isinstance(fields, records.Controversy):
        judged += fields.searches
    return (one.by for one in judged if one.by)


OTHERS = (
    Table("identifiers", "The numbers and addresses by which others know sources and proponents.",
          (own("record", "the record", lambda _, row: row.record.id, references="records", required=True),
           own("scheme", "what sort", lambda _, row: row.item[0], choices=SCHEMES, required=True),
           own("value", "the number or address", lambda _, row: row.item[1], required=True)),
          _identifiers, key=("record", "scheme"), facets=("scheme",), kinds=frozenset({"source", "proponent"})),
    Table("relations", "The edges of the graph: everything that refers to anything.",
          (own(NUMBER, "its place in the order of nodes", type="integer", required=True),
           own("source", "the node that refers", lambda _, row: row.item.start, required=True),
           own("type", "how", lambda _, row: row.item.name, required=True),
           own("target", "the node that is meant", lambda _, row: row.item.target, required=True),
           own("field", "the field it is written in", lambda _, row: ".".join(map(str, row.item.path)), required=True),
           own("locator", "the place in a source", lambda _, row: row.item.own.get("locator"))),
          lambda ledger, record: (Placed(record, edge) for edge in in_order(ledger.edges_of(record.id))),
          key=(NUMBER,), counted=True, facets=("type",)),
    Table(EDITORS, "Whose judgements the ledger shows.",
          (own("id", "how records name them", required=True), own("name", "their name")),
          whole=_editors, label="name"),
    Table("ratings", "The words of the editors' ratings, lowest first, and the verdict that each comes to.",
          (own("id", "the word", required=True), own("rank", "1 for the lowest", type="integer", required=True),
           own("verdict", "the verdict", references="verdicts")),
          whole=lambda *_: ((word, rank, verdict) for rank, (word, verdict) in enumerate(EDITORS_WORDS.items(), 1)),
          label="id"),
    Table("verdicts", "The words of verdicts, lowest first.",
          (own("id", "the word", required=True), own("rank", "1 for the lowest", type="integer", required=True)),
          whole=lambda *_: ((word, rank) for rank, word in enumerate(WORDS, 1)), label="id"),
    Table("about", "The ledger itself: its title, its licence, the day it is judged by, the version of these tables.",
          (own("id", "what", required=True), own("value", "its value")), whole=_about),
)  # fmt: skip
TEXTS = Table(
    "full_text_words",
    "What a record says beside its title, as words without markup: what full-text search looks through.",
    (own(NUMBER, "the record's number", type="integer", required=True),
     own("text", "all its other words", lambda at, row: _plain_text(at, row.record))),
    itself, key=(NUMBER,), counted=True,
)  # fmt: skip

TABLES = (RECORDS, *map(_kind_table, KINDS), *PARTS, *OTHERS)
"""Every table, the records first."""
_BY_NAME = {table.name: table for table in (*TABLES, TEXTS)}
