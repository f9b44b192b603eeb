"""What a command found at places of records: a line for people, and the same as plain data for programs.

In: what each of `archives`, `elsewhere`, `registries` and `retractions` found. Out: lines, and dicts.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ledger.diagnostics import Span


class Told(NamedTuple):
    """What is said of a place, nothing where people need not know it; and what programs are given."""

    span: Span
    said: str
    data: dict[str, Any]


def as_lines(found: Iterable[Told], content: str) -> Iterator[str]:
    """A line for each, with its place."""
    for span, said, _ in found:
        if said:
            yield f"{content}/{span.path}:{span.line}:{span.column}: {said}"


def as_data(found: Iterable[Told], content: str) -> list[dict[str, Any]]:
    """The same as plain data."""
    return [{**one.data, "path": f"{content}/{one.span.path}", "line": one.span.line} for one in found]
