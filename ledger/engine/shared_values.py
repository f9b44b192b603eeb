"""Forked workers share large results: what one has computed, the others read instead of computing it again.

In: the results that a worker has computed. Out: the value of one that another has. Each worker writes into a file of
its own, which has no name, a line with the key of a result and one with its value as JSON; the others read on in it.
"""

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import Any

from ledger.graph import UNKNOWN, Computed, unpacked

WORTH = 300
"""A value with fewer characters is computed again as fast as it is found."""


class SharedValues:
    """One file for each worker. Make it before the workers are forked."""

    def __init__(self, workers: int) -> None:
        self._open = ExitStack()
        files = [self._open.enter_context(TemporaryFile()) for _ in range(workers)]  # noqa: SIM115
        self._files = [file.fileno() for file in files]
        self._ends = [0] * workers
        """How far each was read."""
        self._written = 0
        """How much this worker has written."""
        self._places: dict[str, tuple[int, int, int]] = {}
        """By the key of a result: in which file its value is, where it begins, and its size."""

    def add(self, worker: int, found: Mapping[str, Computed]) -> None:
        """Write down what a worker has computed."""
        large = [f"{name}\n{one.value}\n" for name, one in found.items() if len(one.value) >= WORTH]
        if large:
            self._written += os.pwrite(self._files[worker], "".join(large).encode(), self._written)

    def look(self, worker: int) -> None:
        """Find what the others have computed since the last look."""
        for other, file in enumerate(self._files):
            if other != worker and (new := os.fstat(file).st_size - self._ends[other]):
                self._find(other, os.pread(file, new, self._ends[other]).split(b"\n"))

    def _find(self, file: int, lines: list[bytes]) -> None:
        for name, value in zip(lines[:-1:2], lines[1:-1:2], strict=False):  # what is only half there comes next time
            begin = self._ends[file] + len(name) + 1
            self._places[name.decode()] = (file, begin, len(value))
            self._ends[file] = begin + len(value) + 1

    def get(self, name: str) -> Any:
        """The value of a result, or UNKNOWN."""
        if name not in self._places:
            return UNKNOWN
        file, begin, size = self._places[name]
        return unpacked(name, os.pread(self._files[file], size, begin).decode())

    def after(self, earlier: Callable[[str], Any]) -> Callable[[str], Any]:
        """A function that asks `earlier` for a value first, and then the other workers."""
        return lambda name: self.get(name) if (value := earlier(name)) is UNKNOWN else value

    def close(self) -> None:
        """Close the files."""
        self._open.close()
