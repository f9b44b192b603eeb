"""`ledger.sqlite`: the tables as one SQLite database, and `datasette.json`: what Datasette should know of it.

In: a Ledger, what its records add to the tables, and where to write. Out: the database file, the same for the same rows
and the same version of SQLite, written row by row. What the SQLite of this Python cannot do is left out, and `lacks`
says so.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from decimal import Decimal
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from ledger import urls
from ledger.exports import query_tables
from ledger.exports.naming import Fragments, Places
from ledger.exports.strict_json import to_bytes
from ledger.exports.table_shapes import EDITORS, NUMBER, Column, Table
from ledger.exports.tables import FORMAT, TABLES, TEXTS, Rows, rows_of
from ledger.graph import Ledger

APPLICATION_ID = int.from_bytes(b"LEDG", "big")
"""What the file's header says the file is."""
STRICT_SINCE = (3, 37)
PAGE_SIZE = 8192
"""Bytes: three or four records fit without much room left over."""
INDEXED_AGAIN = (
    "INSERT INTO full_text(full_text) VALUES ('rebuild')",
    "INSERT INTO full_text(full_text) VALUES ('optimize')",
)
SEARCH = (
    "CREATE VIEW full_text_rows AS SELECT number, title, text FROM records JOIN full_text_words USING (number)",
    """CREATE VIRTUAL TABLE full_text USING fts5(
  title, text, content='full_text_rows', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
)""",
    *INDEXED_AGAIN,
)
"""An index whose words are read where they are stored, so that `snippet` can show where they were found.

Datasette hides what begins with the name of the index.
"""
SQL_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "flag": "INTEGER", "json": "TEXT"}
INDEXES = (
    ("records", "kind"),
    ("links", "here"),
    ("links", "there"),
    ("relations", "source"),
    ("relations", "target"),
    ("tags", "tag"),
    ("identifiers", "value"),
    ("sources", "issued_earliest"),
    ("events", "date_earliest"),
)
"""What is looked for often, beside the columns with a foreign key."""


class View(NamedTuple):
    """A question that is asked often, as a table that SQLite makes when it is read."""

    name: str
    description: str
    sql: str
    facets: tuple[str, ...] = ()


VIEWS = (
    View(
        "nodes",
        "The nodes of the graph: records, evidence items and stances, with the record that each is or is part of.",
        """SELECT id, kind, id AS record, url FROM records UNION ALL
SELECT evidence.id, 'evidence', claim, url || '#' || item FROM evidence JOIN records ON records.id = claim UNION ALL
SELECT stances.id, 'stance', proponent, url || '#' || item FROM stances JOIN records ON records.id = proponent""",
        ("kind",),
    ),
    View(
        "rated_claims",
        "Every standing claim with both ratings, its works and teams, and how many items support and dispute it.",
        """SELECT claims.id, records.title, claims.type, claims.rating, by_editors.rank AS rating_rank,
  claims.verdict, claims.verdict_low, lowest.rank AS low_rank, claims.verdict_high, highest.rank AS high_rank,
  claims.direction, claims.solidity, claims.works, claims.teams,
  (SELECT count(*) FROM evidence WHERE claim = claims.id AND relation = 'supports') AS supporting,
  (SELECT count(*) FROM evidence WHERE claim = claims.id AND relation = 'disputes') AS disputing,
  records.url
FROM claims JOIN records ON records.id = claims.id
LEFT JOIN ratings AS by_editors ON by_editors.id = claims.rating
LEFT JOIN verdicts AS lowest ON lowest.id = claims.verdict_low
LEFT JOIN verdicts AS highest ON highest.id = claims.verdict_high
WHERE records.withdrawn_date IS NULL""",
        ("type", "rating", "verdict", "direction"),
    ),
    View(
        "sourced_evidence",
        "Every evidence item with its claim and its source.",
        """SELECT evidence.id, evidence.claim, records.title AS claim_title, evidence.relation, evidence.shows,
  evidence.locator, evidence.basis, evidence.directness, evidence.consulted, evidence.source,
  sources.label AS source_label, sources.tier, sources.status, sources.issued, sources.issued_earliest,
  records.url || '#' || evidence.item AS url
FROM evidence JOIN records ON records.id = evidence.claim JOIN sources ON sources.id = evidence.source""",
        ("relation", "tier", "basis", "directness", "consulted"),
    ),
    View(
        "attested_stances",
        "Who takes which stance on which position, with each place where it was stated.",
        """SELECT stances.id, stances.proponent, proponents.name, stances.stance, stances.position,
  records.title AS position_title, attestations.date, attestations.date_earliest, attestations.source,
  sources.label AS source_label, attestations.shows, nodes.url
FROM stances JOIN nodes ON nodes.id = stances.id JOIN proponents ON proponents.id = stances.proponent
JOIN records ON records.id = stances.position
LEFT JOIN attestations ON attestations.stance = stances.id LEFT JOIN sources ON sources.id = attestations.source""",
        ("stance", "position", "name"),
    ),
    View(
        "linked_records",
        "Which record refers to which, with the titles of both.",
        """SELECT sources.id AS source, sources.kind AS source_kind, sources.title AS source_title, relations.type,
  targets.id AS target, targets.kind AS target_kind, targets.title AS target_title, relations.field
FROM relations
JOIN records AS sources ON sources.id = substr(relations.source, 1, instr(relations.source || '/', '/') - 1)
JOIN records AS targets ON targets.id = substr(relations.target, 1, instr(relations.target || '/', '/') - 1)
WHERE sources.id <> targets.id""",
        ("type", "source_kind", "target_kind"),
    ),
    View(
        "controversy_claims",
        "Which claims belong to which controversy: those of its board, its questions and its positions.",
        """SELECT DISTINCT coalesce(positions.controversy, links.other) AS controversy, rated_claims.* FROM (
  SELECT source AS claim, target AS other FROM linked_records WHERE source_kind = 'claim' AND type = 'bears_on' UNION
  SELECT target, source FROM linked_records
  WHERE target_kind = 'claim' AND type IN ('asks', 'objected_to_by', 'rejects', 'rests_on', 'turns_on')
) AS links JOIN rated_claims ON rated_claims.id = links.claim LEFT JOIN positions ON positions.id = links.other""",
        ("controversy", "type", "verdict", "direction"),
    ),
)


def lacks() -> Iterator[str]:
    """What is left out of the site since the SQLite of this Python cannot do it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        if not has_fts5(connection):
            yield "ledger.sqlite has no table `full_text`: the SQLite of this Python was built without FTS5"


def write(ledger: Ledger, fragments: Fragments, place: Places, _base_url: str) -> None:
    """`ledger.sqlite` and `datasette.json`."""
    asked = query_tables.rows((data.partition(b"\t")[0] for data in fragments()), ledger.as_of)
    tables = (*TABLES, *query_tables.TABLES)
    database(place(urls.DATABASE), chain(rows_of(ledger, fragments), asked), tables, (query_tables.ENTITIES,))
    place(urls.DATASETTE).write_bytes(datasette(ledger))


def database(
    path: Path, rows: Iterable[tuple[Table, Rows]], tables: Iterable[Table], views: Iterable[str] = ()
) -> None:
    """Write a database at a path, where no file is yet; with views beside those of the tables."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in SETTINGS:
            connection.execute(statement)
        _fill(connection, rows, tuple(tables), views)
        connection.execute("VACUUM")


sqlite3.register_adapter(Decimal, float)
UNSAFE = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF")
"""Nothing is lost with a journal: a file that was not written to its end is never published."""
SETTINGS = (
    f"PRAGMA page_size = {PAGE_SIZE}",
    "PRAGMA auto_vacuum = NONE",
    "PRAGMA encoding = 'UTF-8'",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {FORMAT}",
    "PRAGMA foreign_keys = OFF",
    *UNSAFE,
)


def _fill(
    connection: sqlite3.Connection,
    rows: Iterable[tuple[Table, Rows]],
    tables: tuple[Table, ...],
    views: Iterable[str],
) -> None:
    """Foreign keys point both ways between tables, so rows come first and are judged as a whole."""
    search = SEARCH if has_fts5(connection) else ()
    inserts = dict[str, str]()
    connection.execute("BEGIN")
    for table in (*tables, TEXTS) if search else tables:
        connection.execute(create_table(table))
        inserts[table.name] = f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608 - our own names
    for table, found in rows:
        if table.name in inserts:
            connection.executemany(inserts[table.name], found)
    for table in tables:
        for statement in _indexes(table):
            connection.execute(statement)
    for statement in (*(f"CREATE VIEW {view.name} AS {view.sql}" for view in VIEWS), *views, *search):
        connection.execute(statement)
    connection.execute("COMMIT")


def create_table(table: Table) -> str:
    """The statement that makes a table: by its key alone, with no rows' numbers beside it, unless it has its own."""
    lines = [_definition(column, is_row_number=table.counted and column.name == NUMBER) for column in table.columns]
    if table.key != (NUMBER,):
        lines.append(f"{'UNIQUE' if table.counted else 'PRIMARY KEY'} ({', '.join(table.key)})")
    strict = ["STRICT"] if sqlite3.sqlite_version_info >= STRICT_SINCE else []
    options = ", ".join([*strict, *([] if table.counted else ["WITHOUT ROWID"])])
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + f"\n) {options}".rstrip()


def _definition(column: Column, *, is_row_number: bool) -> str:
    words = [column.name, SQL_TYPES[column.type]]
    words += ["PRIMARY KEY"] if is_row_number else ["NOT NULL"] if column.required else []
    words += [f"REFERENCES {column.references} (id)"] if column.references else []
    return " ".join(words)


def _indexes(table: Table) -> Iterator[str]:
    """For each column by which tables are joined, unless the key starts with it."""
    for column in table.columns:
        joined = column.references not in {"", EDITORS, "ratings", "verdicts"} and column.name != table.key[0]
        if joined or (table.name, column.name) in INDEXES:
            there = "" if column.required else f" WHERE {column.name} IS NOT NULL"
            yield f"CREATE INDEX {table.name}_{column.name} ON {table.name} ({column.name}){there}"


def has_fts5(connection: sqlite3.Connection) -> bool:
    """Whether this SQLite can index words."""
    return connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is not None


# What Datasette should know, so that the database opens with facets, labels and descriptions


FACET_SIZE = 30
NEWEST_FIRST = {"sources": "issued_earliest", "events": "date_earliest", "attestations": "date_earliest"}
"""What a reader wants at the top of a table."""
SEARCHED = {"fts_table": "full_text", "fts_pk": "number"}


def datasette(ledger: Ledger) -> bytes:
    """The title, licence and description of everything, and how each table is shown first."""
    site = ledger.settings
    described = {table.name: _described(table) for table in TABLES}
    views = {view.name: {"description": view.description, "facets": list(view.facets)} for view in VIEWS}
    content = {
        "title": site.title,
        "description": site.tagline,
        "license": site.licence,
        "license_url": site.licence if (site.licence or "").startswith("http") else None,
        "source": site.title if site.base_url else None,
        "source_url": site.base_url,
        "databases": {PurePosixPath(urls.DATABASE).stem: {"tables": {**described, **views}}},
    }
    return to_bytes({key: value for key, value in content.items() if value})


def _described(table: Table) -> dict[str, Any]:
    newest = NEWEST_FIRST.get(table.name)
    said = {
        "description": table.description,
        "columns": {column.name: column.description for column in table.columns},
        "facets": list(table.facets),
        "facet_size": FACET_SIZE if table.facets else None,
        "label_column": table.label,
        "sort_desc": newest,
        "sort": None if newest else table.key[0],
        **(SEARCHED if table.name == "records" else {}),
    }
    return {key: value for key, value in said.items() if value}
