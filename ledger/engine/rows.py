"""Bytes by number, many of them, in one piece: where each begins, how long it is, and all of them one after the other.

In: a row for a number. Out: the row, empty for a number without one; and all of them as pieces of one text of bytes.
A row that takes the place of another is put behind all others, so that copies can share what is there. Few of all these
bytes are in memory: old ones stay in the store, and new ones go to a temporary file.
"""

import os
from array import array
from collections.abc import Iterator
from contextlib import suppress
from tempfile import TemporaryFile

from ledger.engine.store import Part

TAIL = 8
"""How many bytes say at the end how many rows there are. Before that is said where each begins and how long it is."""
UNIT = 4
"""Every row begins at a multiple of this many bytes, so that a place fits into four bytes, in these units."""
MOST_UNUSED = 2
"""When this many times more bytes are there than the rows have, they are written anew."""
ROOM = 1 << 20
"""Below this many bytes nothing is written anew, and nothing goes to a file: it would not pay."""


class Rows:
    """Rows of bytes by number, from 0 on; stored ones stay where they are. ValueError for those of another shape."""

    __slots__ = ("_begins", "_bytes", "_sizes")

    def __init__(self, stored: Part | bytes = b"") -> None:
        self._begins, self._sizes = array("I"), array("I")
        self._bytes = _Bytes(stored, self._find(stored) if len(stored) else 0)

    def _find(self, stored: Part | bytes) -> int:
        """Read from the end what is said of the rows; out comes where that begins."""
        end = len(stored) - TAIL
        count = int.from_bytes(stored[end:], "little")
        sizes = end - count * self._sizes.itemsize
        begins = sizes - count * self._begins.itemsize
        if begins < 0:
            raise ValueError("the rows are cut off")
        self._begins.frombytes(stored[begins:sizes])
        self._sizes.frombytes(stored[sizes:end])
        return begins

    def __getitem__(self, number: int) -> bytes:
        size = self._sizes[number] if number < len(self._sizes) else 0
        return self._bytes.get(self._begins[number] * UNIT, size) if size else b""

    def __setitem__(self, number: int, row: bytes) -> None:
        missing = bytes(number + 1 - len(self._sizes)) if number >= len(self._sizes) else b""
        self._begins.extend(missing)
        self._sizes.extend(missing)
        self._begins[number], self._sizes[number] = self._bytes.put(row) // UNIT, len(row)

    def copy(self) -> "Rows":
        """The same rows: what is set in one is not in the other."""
        other = Rows()
        other._begins, other._sizes, other._bytes = self._begins[:], self._sizes[:], self._bytes
        if len(self._bytes) > MOST_UNUSED * sum(self._sizes) + ROOM:
            other._bytes = _Bytes()
            for number in range(len(self._sizes)):
                other[number] = self[number]
        return other

    def pieces(self) -> Iterator["array[int] | bytearray | bytes"]:
        """All rows as they are stored."""
        yield from self._bytes.pieces()
        yield self._begins
        yield self._sizes
        yield len(self._sizes).to_bytes(TAIL, "little")


class _Bytes:
    """Bytes to which more can be added: stored ones, those in a temporary file, and the newest."""

    __slots__ = ("_file", "_newest", "_room", "_stored", "_stored_size")

    def __init__(self, stored: Part | bytes = b"", size: int = 0) -> None:
        self._stored, self._stored_size = stored, size
        self._file = 0
        self._newest = (size, bytearray())
        """Where they begin, and these; one value, since a server's threads may read while another puts more there."""
        self._room: float = ROOM if hasattr(os, "pwrite") else float("inf")

    def __del__(self) -> None:
        if self._file:
            os.close(self._file)

    def __len__(self) -> int:
        return self._newest[0] + len(self._newest[1])

    def put(self, row: bytes) -> int:
        """Put some at the end, and tell where they begin."""
        if len(self._newest[1]) >= self._room:
            self._put_away()
        start, newest = self._newest
        begin = start + len(newest)
        newest += row
        if over := len(row) % UNIT:
            newest += bytes(UNIT - over)
        return begin

    def _put_away(self) -> None:
        """Write the newest to the file; without room on the disk, all that come from now on stay in memory."""
        self._room, (start, newest) = float("inf"), self._newest
        with suppress(OSError):
            if not self._file:
                with TemporaryFile() as file:
                    self._file = os.dup(file.fileno())
            if os.pwrite(self._file, newest, start - self._stored_size) == len(newest):
                self._newest, self._room = (start + len(newest), bytearray()), ROOM

    def get(self, begin: int, size: int) -> bytes:
        """The `size` bytes that begin at a place."""
        start, newest = self._newest
        if begin >= start:
            return bytes(newest[begin - start : begin - start + size])
        if begin < self._stored_size:
            return self._stored[begin : begin + size]
        return os.pread(self._file, size, begin - self._stored_size)

    def pieces(self) -> Iterator[bytes | bytearray]:
        """All of them."""
        start, newest = self._newest
        for first, end in ((0, self._stored_size), (self._stored_size, start)):
            for at in range(first, end, ROOM):
                yield self.get(at, min(ROOM, end - at))
        yield newest
