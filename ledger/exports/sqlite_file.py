"""`ledger.sqlite`: the tables as one SQLite database, made in memory.

In: filled tables. Out: the bytes of the database file, the same for the same rows and the same version of SQLite.
What the SQLite of this Python cannot do is left out, and `lacks` says so.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal

from ledger.exports.columns import EDITORS, Cell, Column
from ledger.exports.other_tables import FORMAT
from ledger.exports.table_shapes import Filled, Table

APPLICATION_ID = int.from_bytes(b"LEDG", "big")
"""What the file's header says the file is."""
STRICT_SINCE = (3, 37)
PAGE_SIZE = 4096
"""Bytes. Said here, since versions of SQLite have different ones."""
SEARCH = """CREATE VIRTUAL TABLE full_text USING fts5(
  title, text, content='texts', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
)"""
SQL_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "flag": "INTEGER", "json": "TEXT"}
INDEXES = (
    ("records", "kind"),
    ("relations", "type"),
    ("tags", "tag"),
    ("identifiers", "value"),
    ("sources", "issued_earliest"),
    ("events", "date_earliest"),
)
"""What is looked for often, beside the columns with a foreign key."""


@dataclass(frozen=True, slots=True)
class View:
    """A question that is asked often, as a table that SQLite makes when it is read."""

    name: str
    description: str
    sql: str
    facets: tuple[str, ...] = ()


VIEWS = (
    View(
        "rated_claims",
        "Every standing claim with both ratings, its origins, and how many items support and dispute it.",
        """SELECT claims.id, records.title, claims.type, claims.rating, by_editors.rank AS rating_rank,
  claims.computed, by_evidence.rank AS computed_rank, claims.direction, claims.cited, claims.origins, claims.untraced,
  (SELECT count(*) FROM evidence WHERE claim = claims.id AND relation = 'supports') AS supporting,
  (SELECT count(*) FROM evidence WHERE claim = claims.id AND relation = 'disputes') AS disputing,
  records.url
FROM claims JOIN records ON records.id = claims.id
LEFT JOIN bands AS by_editors ON by_editors.id = claims.rating
LEFT JOIN bands AS by_evidence ON by_evidence.id = claims.computed
WHERE records.withdrawn_date IS NULL""",
        ("type", "rating", "computed", "direction"),
    ),
    View(
        "sourced_evidence",
        "Every evidence item with its claim and its source.",
        """SELECT evidence.id, evidence.claim, records.title AS claim_title, evidence.relation, evidence.shows,
  evidence.locator, evidence.basis, evidence.directness, evidence.consulted, evidence.source,
  sources.label AS source_label, sources.tier, sources.status, sources.issued, sources.issued_earliest, evidence.url
FROM evidence JOIN records ON records.id = evidence.claim JOIN sources ON sources.id = evidence.source""",
        ("relation", "tier", "basis", "directness", "consulted"),
    ),
    View(
        "attested_stances",
        "Who takes which stance on which position, with each place where it was stated.",
        """SELECT stances.id, stances.proponent, proponents.name, stances.stance, stances.position,
  records.title AS position_title, attestations.date, attestations.date_earliest, attestations.source,
  sources.label AS source_label, attestations.shows, stances.url
FROM stances JOIN proponents ON proponents.id = stances.proponent JOIN records ON records.id = stances.position
LEFT JOIN attestations ON attestations.stance = stances.id LEFT JOIN sources ON sources.id = attestations.source""",
        ("stance", "position", "name"),
    ),
    View(
        "linked_records",
        "Which record refers to which, with the titles of both.",
        """SELECT here.record AS source, sources.kind AS source_kind, sources.title AS source_title, relations.type,
  there.record AS target, targets.kind AS target_kind, targets.title AS target_title, relations.field
FROM relations JOIN nodes AS here ON here.id = relations.source JOIN nodes AS there ON there.id = relations.target
JOIN records AS sources ON sources.id = here.record JOIN records AS targets ON targets.id = there.record
WHERE here.record <> there.record""",
        ("type", "source_kind", "target_kind"),
    ),
)


def lacks() -> Iterator[str]:
    """What is left out of the site since the SQLite of this Python cannot do it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        if not _can_be_bytes(connection):
            yield "there is no ledger.sqlite: the SQLite of this Python cannot give out a database as bytes"
        elif not _has_fts5(connection):
            yield "ledger.sqlite has no table `full_text`: the SQLite of this Python was built without FTS5"


def database(filled: Iterable[Filled]) -> bytes | None:
    """The database file, or None where SQLite cannot give it out."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        if not _can_be_bytes(connection):
            return None
        for statement in _settings():
            connection.execute(statement)
        _fill(connection, tuple(filled))
        connection.execute("VACUUM")
        return connection.serialize()


def _settings() -> tuple[str, ...]:
    return (
        f"PRAGMA page_size = {PAGE_SIZE}",
        "PRAGMA auto_vacuum = NONE",
        "PRAGMA encoding = 'UTF-8'",
        f"PRAGMA application_id = {APPLICATION_ID}",
        f"PRAGMA user_version = {FORMAT}",
        "PRAGMA foreign_keys = OFF",
    )


def _fill(connection: sqlite3.Connection, filled: tuple[Filled, ...]) -> None:
    """Foreign keys point both ways between tables, so rows come first and are judged as a whole."""
    connection.execute("BEGIN")
    for each in filled:
        connection.execute(create_table(each.table))
        places = ", ".join("?" * len(each.table.columns))
        rows = ([_stored(cell) for cell in row] for row in each.rows)
        connection.executemany(f"INSERT INTO {each.table.name} VALUES ({places})", rows)  # noqa: S608 - our own names
        for statement in _indexes(each.table):
            connection.execute(statement)
    for view in VIEWS:
        connection.execute(f"CREATE VIEW {view.name} AS {view.sql}")
    if _has_fts5(connection):
        connection.execute(SEARCH)
        connection.execute("INSERT INTO full_text(full_text) VALUES ('rebuild')")
        connection.execute("INSERT INTO full_text(full_text) VALUES ('optimize')")
    connection.execute("COMMIT")


def create_table(table: Table) -> str:
    """The statement that makes a table."""
    numbered = [column for column in table.columns if table.key == (column.name,) and column.type == "integer"]
    lines = [_definition(column, is_row_number=column in numbered) for column in table.columns]
    if not numbered:
        lines.append(f"PRIMARY KEY ({', '.join(table.key)})")
    strict = " STRICT" if sqlite3.sqlite_version_info >= STRICT_SINCE else ""
    return f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + f"\n){strict}"


def _definition(column: Column, *, is_row_number: bool) -> str:
    words = [column.name, SQL_TYPES[column.type]]
    if is_row_number:
        words.append("PRIMARY KEY")
    elif column.required:
        words.append("NOT NULL")
    if column.references:
        words.append(f"REFERENCES {column.references} (id)")
    return " ".join(words)


def _indexes(table: Table) -> Iterator[str]:
    """For each column by which tables are joined, unless the key starts with it."""
    joined = {
        column.name
        for column in table.columns
        if column.references not in {"", EDITORS, "bands"} and column.name != table.key[0]
    }
    often = {column for name, column in INDEXES if name == table.name}
    for name in sorted(joined | often):
        yield f"CREATE INDEX {table.name}_{name} ON {table.name} ({name})"
    if table.name == "records":
        yield "CREATE UNIQUE INDEX records_number ON records (number)"


def _stored(cell: Cell) -> str | int | float | None:
    return float(cell) if isinstance(cell, Decimal) else cell


def _can_be_bytes(connection: sqlite3.Connection) -> bool:
    return hasattr(connection, "serialize")


def _has_fts5(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone() is not None
