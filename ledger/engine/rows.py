"""Bytes by number, many of them: what an earlier run has stored stays in one piece, and what is new lies over it.

In: a row for a number. Out: the row, empty for a number without one; and all of them as pieces of one text of bytes.
"""

from array import array
from collections.abc import Iterator
from itertools import accumulate

COUNT = 8
"""How many bytes say how many rows there are. Their sizes follow, and then the rows."""


class Rows:
    """Rows of bytes by number, from 0 on. ValueError for stored bytes that have another shape."""

    __slots__ = ("_ends", "_new", "_sizes", "_stored")

    def __init__(self, stored: bytes = bytes(COUNT)) -> None:
        begin = COUNT + array("I").itemsize * int.from_bytes(stored[:COUNT], "little")
        self._sizes = array("I", stored[COUNT:begin])
        self._ends = array("Q", accumulate(self._sizes, initial=0))
        self._stored = memoryview(stored)[begin:]
        self._new: dict[int, bytes] = {}
        if self._ends[-1] != len(self._stored):
            raise ValueError("the rows are cut off")

    def __getitem__(self, number: int) -> bytes:
        found = self._new.get(number)
        if found is None:
            return bytes(self._run(number, number + 1)) if number < len(self._sizes) else b""
        return found

    def __setitem__(self, number: int, row: bytes) -> None:
        self._new[number] = row

    def copy(self) -> "Rows":
        """The same rows: what is set in one is not in the other. What was stored is shared."""
        other = Rows()
        other._sizes, other._ends, other._stored = self._sizes, self._ends, self._stored
        other._new = dict(self._new)
        return other

    def pieces(self) -> Iterator[bytes | memoryview]:
        """All rows as they are stored."""
        sizes, last = array("I", self._sizes), max(self._new, default=-1)
        sizes.extend([0] * (last + 1 - len(sizes)))
        for number, row in self._new.items():
            sizes[number] = len(row)
        yield len(sizes).to_bytes(COUNT, "little")
        yield sizes.tobytes()
        done, stored = 0, len(self._sizes)
        for number in sorted(self._new):
            if done < min(number, stored):
                yield self._run(done, min(number, stored))
            yield self._new[number]
            done = number + 1
        if done < stored:
            yield self._run(done, stored)

    def _run(self, begin: int, end: int) -> memoryview:
        return self._stored[self._ends[begin] : self._ends[end]]
