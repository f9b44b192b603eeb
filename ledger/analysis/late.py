"""Results that are only computed if somebody asks for them.

In: what computes them. Out: a mapping like any other.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TypeVar

T = TypeVar("T")


class Late(Mapping[str, T]):
    """A mapping that is computed whole when anything of it is first wanted."""

    def __init__(self, compute: Callable[[], Mapping[str, T]]) -> None:
        self._found = cache(compute)

    def __getitem__(self, key: str) -> T:
        return self._found()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found())

    def __len__(self) -> int:
        return len(self._found())
