"""What each record adds to files of the whole ledger, between two builds: an SQLite file in the store.

In: pieces of bytes by name and record. Out: the pieces of one name, in order of record, each with the hash that its
trace has. A store that was cut off or changed by anybody raises StoreDamaged.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from pathlib import Path

NAME = "fragments.sqlite"


class StoreDamaged(Exception):  # noqa: N818 - the store is at fault, and a build without it puts things right
    """The store does not hold what it should."""


class Fragments:
    """An open file of pieces; nobody else writes to it meanwhile."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def put(self, id_: str, pieces: Mapping[str, bytes]) -> None:
        """Keep the pieces of one record in place of those before."""
        rows = [(name, id_, data) for name, data in pieces.items()]
        self._connection.executemany("INSERT OR REPLACE INTO fragment VALUES (?, ?, ?)", rows)

    def of(self, names: Iterable[str], ids: Iterable[str]) -> dict[tuple[str, str], bytes]:
        """The pieces of some records, by name and record, as far as they are there."""
        keys = sorted(product(names, ids))
        found = (self._connection.execute("SELECT data FROM fragment WHERE name = ? AND id = ?", key) for key in keys)
        return {key: row[0] for key, one in zip(keys, found, strict=True) if (row := one.fetchone())}

    def settle(self, ids: Iterable[str]) -> None:
        """Forget all records but these, and bring everything to the disk."""
        one = "SELECT id FROM fragment WHERE name = (SELECT min(name) FROM fragment)"  # every record has each name
        known = {row[0] for row in self._connection.execute(one)}
        gone = [(id_,) for id_ in sorted(known.difference(ids))]
        self._connection.executemany("DELETE FROM fragment WHERE id = ?", gone)
        self._connection.commit()


@contextmanager
def opened(folders: Iterable[Path]) -> Iterator[tuple[Fragments, bool]]:
    """The pieces in the first of some folders that can be written to by this process alone; whether it is the first."""
    for at, folder in enumerate(folders):
        try:
            connection = _open(folder / NAME)
        except (OSError, sqlite3.Error):
            continue
        try:
            yield Fragments(connection, folder / NAME), at == 0
        except sqlite3.DatabaseError as problem:
            raise StoreDamaged(str(problem)) from problem
        finally:
            connection.close()
        return
    raise OSError("no folder for the pieces of files can be written to")


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _prepared(path)
    except sqlite3.DatabaseError as problem:
        if isinstance(problem, sqlite3.OperationalError):
            raise
        path.unlink()
        return _prepared(path)


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS fragment"
            " (name TEXT, id TEXT, data BLOB NOT NULL, PRIMARY KEY (name, id)) WITHOUT ROWID"
        )
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def pieces(path: Path, name: str, hashes: Mapping[str, str]) -> Callable[[], Iterator[bytes]]:
    """The pieces of one name, in the order of the hashes' records; those that say nothing are left out."""

    def found() -> Iterator[bytes]:
        # In a forked process SQLite holds its parent's lock for its own. Nobody writes any more, so none is needed.
        connection = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
        try:
            rows = dict.fromkeys(hashes)
            for id_, data in connection.execute("SELECT id, data FROM fragment WHERE name = ? ORDER BY id", (name,)):
                if id_ in rows:
                    if hashlib.sha256(data).hexdigest() != hashes[id_]:
                        raise StoreDamaged(f"{name} of {id_}")
                    del rows[id_]
                    if data:
                        yield data
            if rows:
                raise StoreDamaged(f"{name} of {min(rows)}")
        except sqlite3.DatabaseError as problem:
            raise StoreDamaged(str(problem)) from problem
        finally:
            connection.close()

    return found
