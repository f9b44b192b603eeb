"""`ledger.sqlite` after a change of few records: the old database with other cells in their rows.

In: what these records added, and what they add now. Out: whether the database was made, with the bytes that it would
have if it were made of all rows: VACUUM writes it anew in order of its keys, and full-text search is indexed anew. It
is not made where a row comes or goes, or has another key.
"""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple

from ledger import urls
from ledger.exports import query_tables
from ledger.exports.naming import Places
from ledger.exports.sqlite_file import INDEXED_AGAIN, UNSAFE, has_fts5
from ledger.exports.table_shapes import EDITORS, NUMBER, Cell, Table
from ledger.exports.tables import TABLES, TEXTS, rows_in
from ledger.exports.updating import Changed

COUNTERS = (slice(24, 28), slice(40, 44), slice(92, 96))
"""Where the file says how often it and its schema were changed (https://sqlite.org/fileformat2.html)."""
HEADER = 100
"""How many bytes stand before all else."""
OF_RECORDS = (TEXTS, query_tables.DOCUMENTS)
"""Tables that have one row for every record, with the record's number."""


class _Change(NamedTuple):
    """One row with other cells: its table, what says which row it is, and the cells by column."""

    table: Table
    key: dict[str, Cell]
    cells: dict[str, Cell]


def update(changed: Changed, _addresses: tuple[str, ...], old: Places, new: Places) -> bool:
    """`ledger.sqlite` with what has changed, and `datasette.json` as it was."""
    rows = [row for id_, pieces in changed.items() for row in _changes(id_, *pieces)]
    found, path = list(filter(None, rows)), new(urls.DATABASE)
    if len(found) < len(rows):
        return False
    shutil.copyfile(old(urls.DATABASE), path)
    if not _changed(path, found):
        path.unlink()
        return False
    shutil.copyfile(old(urls.DATASETTE), new(urls.DATASETTE))
    return True


def _changes(id_: str, before: bytes, after: bytes) -> Iterator[_Change | None]:
    """The rows of one record that have other cells; None for any other difference."""
    for one, other in zip_longest(_rows_of(before), _rows_of(after)):
        if one != other:
            yield _change(id_, one[0], one[1], other[1]) if one and other and one[0] is other[0] else None


def _rows_of(piece: bytes) -> list[tuple[Table, Sequence[Cell]]]:
    """All rows that a record adds, numbered as if it were the only one, and last who judged something in it."""
    found, judges = rows_in(piece, Counter())
    asked = query_tables.rows((piece.partition(b"\t")[0],), None)
    editors = next(table for table in TABLES if table.name == EDITORS)
    return [*((table, row) for table, rows in chain(found, asked) for row in rows), (editors, judges)]


def _change(id_: str, table: Table, before: Sequence[Cell], after: Sequence[Cell]) -> _Change | None:
    names = [column.name for column in table.columns]
    was, now = (dict(zip(names, row, strict=False)) for row in (before, after))
    cells = {name: cell for name, cell in now.items() if was[name] != cell}
    if table in OF_RECORDS:
        return _Change(table, {"id": id_}, cells)
    if table.whole or table.key == (NUMBER,) or not cells.keys().isdisjoint(table.key):
        return None
    return _Change(table, {name: now[name] for name in table.key}, cells)


def _changed(path: Path, changes: Iterable[_Change]) -> bool:
    """Change a database; False if a row is not there."""
    with path.open("rb") as file:
        header = file.read(HEADER)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        has_search = has_fts5(connection)
        for statement in (*UNSAFE, "BEGIN"):
            connection.execute(statement)
        for change in changes:
            if (change.table is not TEXTS or has_search) and not _is_done(connection, change):
                return False
        for statement in (*(INDEXED_AGAIN if has_search else ()), "COMMIT", "VACUUM"):
            connection.execute(statement)
    with path.open("r+b") as file:
        for place in COUNTERS:
            file.seek(place.start)
            file.write(header[place])
    return True


def _is_done(connection: sqlite3.Connection, change: _Change) -> bool:
    cells = ", ".join(f"{name} = ?" for name in change.cells)
    where = " AND ".join(f"{name} = ?" for name in change.key)
    if change.table in OF_RECORDS:
        where = f"{NUMBER} = (SELECT {NUMBER} FROM records WHERE {where})"  # noqa: S608 - our own names
    sql = f"UPDATE {change.table.name} SET {cells} WHERE {where}"  # noqa: S608
    return connection.execute(sql, [*change.cells.values(), *change.key.values()]).rowcount == 1
