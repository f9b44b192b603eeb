"""A mapping whose values are looked up one by one, by a function."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

Value = TypeVar("Value")


class Lookup(Mapping[str, Value]):
    """Key → value; `find` gives None for a key that is not there, `keys` every key that is."""

    def __init__(self, find: Callable[[str], Value | None], keys: Callable[[], Iterable[str]]) -> None:
        self._find, self._keys = find, keys

    def __getitem__(self, key: str) -> Value:
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or something else."""
        found = self._find(key)
        return default if found is None else found

    def __contains__(self, key: object) -> bool:
        return self._find(str(key)) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys())

    def __len__(self) -> int:
        return len(tuple(self._keys()))
