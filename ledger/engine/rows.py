"""Bytes by number, many of them, in one piece: where each begins, how long it is, and all of them one after the other.

In: a row for a number. Out: the row, empty for a number without one; and all of them as pieces of one text of bytes.
A row that takes the place of another is put behind all others, so that copies can share what is there.
"""

from array import array
from collections.abc import Iterator

from ledger.engine.store import Part

TAIL = 8
"""How many bytes say at the end how many rows there are. Before that is said where each begins and how long it is."""
MOST_UNUSED = 2
"""When this many times more bytes are there than the rows have, they are written anew."""
ROOM = 1 << 20
"""Below this many bytes nothing is written anew: it would not pay."""


class Rows:
    """Rows of bytes by number, from 0 on; stored ones stay where they are. ValueError for those of another shape."""

    __slots__ = ("_begins", "_data", "_sizes", "_stored", "_stored_size")

    def __init__(self, stored: Part | bytes = b"") -> None:
        self._begins, self._sizes = array("Q"), array("I")
        self._stored, self._stored_size = stored, 0
        self._data = bytearray()
        """What is not stored."""
        if len(stored):
            self._find()

    def _find(self) -> None:
        """Read from the end what is said of the rows."""
        end = len(self._stored) - TAIL
        count = int.from_bytes(self._stored[end:], "little")
        sizes = end - count * self._sizes.itemsize
        begins = sizes - count * self._begins.itemsize
        if begins < 0:
            raise ValueError("the rows are cut off")
        self._begins.frombytes(self._stored[begins:sizes])
        self._sizes.frombytes(self._stored[sizes:end])
        self._stored_size = begins

    def __getitem__(self, number: int) -> bytes:
        size = self._sizes[number] if number < len(self._sizes) else 0
        if not size:
            return b""
        begin = self._begins[number]
        if begin < self._stored_size:
            return self._stored[begin : begin + size]
        begin -= self._stored_size
        return bytes(self._data[begin : begin + size])

    def __setitem__(self, number: int, row: bytes) -> None:
        missing = bytes(number + 1 - len(self._sizes)) if number >= len(self._sizes) else b""
        self._begins.extend(missing)
        self._sizes.extend(missing)
        self._begins[number], self._sizes[number] = self._stored_size + len(self._data), len(row)
        self._data += row

    def copy(self) -> "Rows":
        """The same rows: what is set in one is not in the other."""
        other = Rows()
        other._begins, other._sizes, other._data = self._begins[:], self._sizes[:], self._data
        other._stored, other._stored_size = self._stored, self._stored_size
        if self._stored_size + len(self._data) > MOST_UNUSED * sum(self._sizes) + ROOM:
            other._data, other._stored_size = bytearray(), 0
            for number in range(len(self._sizes)):
                other[number] = self[number]
        return other

    def pieces(self) -> Iterator["array[int] | bytearray | bytes"]:
        """All rows as they are stored."""
        for at in range(0, self._stored_size, ROOM):
            yield self._stored[at : min(at + ROOM, self._stored_size)]
        yield self._data
        yield self._begins
        yield self._sizes
        yield len(self._sizes).to_bytes(TAIL, "little")
