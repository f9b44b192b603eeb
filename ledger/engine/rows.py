"""Bytes by number, many of them, in one piece: where each begins, how long it is, and all of them one after the other.

In: a row for a number. Out: the row, empty for a number without one; and all of them as pieces of one text of bytes.
A row that takes the place of another is put behind all others, so that copies can share what is there.
"""

from array import array
from collections.abc import Iterator

HEAD = 16
"""How many bytes say how many rows there are, and how long all of them are. Where each begins follows, how long it is,
and then the rows.
"""
MOST_UNUSED = 2
"""When this many times more bytes are there than the rows have, they are written anew."""
ROOM = 1 << 20
"""So many bytes may be there in any case."""


class Rows:
    """Rows of bytes by number, from 0 on. ValueError for stored bytes that have another shape."""

    __slots__ = ("_begins", "_data", "_sizes")

    def __init__(self, stored: bytes = bytes(HEAD)) -> None:
        count, size = array("Q", stored[:HEAD])
        begins = HEAD + array("Q").itemsize * count
        sizes = begins + array("I").itemsize * count
        self._begins, self._sizes = array("Q", stored[HEAD:begins]), array("I", stored[begins:sizes])
        self._data = bytearray(memoryview(stored)[sizes:])
        if len(self._data) != size:
            raise ValueError("the rows are cut off")

    def __getitem__(self, number: int) -> bytes:
        if number >= len(self._sizes):
            return b""
        begin = self._begins[number]
        return bytes(self._data[begin : begin + self._sizes[number]])

    def __setitem__(self, number: int, row: bytes) -> None:
        missing = bytes(number + 1 - len(self._sizes)) if number >= len(self._sizes) else b""
        self._begins.extend(missing)
        self._sizes.extend(missing)
        self._begins[number], self._sizes[number] = len(self._data), len(row)
        self._data += row

    def copy(self) -> "Rows":
        """The same rows: what is set in one is not in the other."""
        other = Rows()
        other._begins, other._sizes, other._data = self._begins[:], self._sizes[:], self._data
        if len(self._data) > MOST_UNUSED * sum(self._sizes) + ROOM:
            other._data = bytearray()
            for number in range(len(self._sizes)):
                other[number] = self[number]
        return other

    def pieces(self) -> Iterator["array[int] | bytearray"]:
        """All rows as they are stored."""
        yield array("Q", (len(self._sizes), len(self._data)))
        yield self._begins
        yield self._sizes
        yield self._data
