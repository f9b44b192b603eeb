"""What tasks gave, and how it goes from a worker to the process that asked for it: every text once, all else numbers.

In: what some tasks gave. Out: a Parcel, and what each gave, with the numbers of what it read. Tasks and results read
the same keys again and again, so a Parcel takes a small part of the memory and the time of all these objects.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.checks.rendered import PageLinks
from ledger.engine.tasks import Made
from ledger.engine.words import Numbers
from ledger.graph import Computed


class Output(NamedTuple):
    """One file that was made."""

    address: str
    digest: str
    size: int


class Noted(NamedTuple):
    """What a task read, what its pages link to, and what the results read that were computed for it, as numbers."""

    texts: Sequence[str]
    """What the numbers stand for."""
    row: "array[int]"
    """Parts, each after how many numbers it has: keys that the task read; its pages; of each the links, and the
    anchors; the names of results; of each the keys that it read.
    """
    values: Sequence[str]
    """Of the results."""


class Done(NamedTuple):
    """What one task gave, without the bytes of its files where they are written already."""

    made: Made
    outputs: tuple[Output, ...]
    links: Mapping[str, PageLinks]
    """Of its pages."""
    traces: Mapping[str, Computed]
    """What the results that were computed for it have read."""
    noted: Noted | None = None
    """From a worker, in place of the links, the traces, and what the task read."""


class Parcel(NamedTuple):
    """What some tasks gave."""

    texts: list[str]
    done: list[tuple[Done, "array[int]", list[str]]]
    """Each without what is noted, and of that the row and the values."""


def packed(found: Iterable[Done]) -> Parcel:
    """A Parcel of what tasks gave; each is packed as it comes."""
    texts: list[str] = []
    numbers = Numbers(texts)
    return Parcel(texts, [_packed(done, numbers) for done in found])


def _packed(done: Done, numbers: Numbers) -> tuple[Done, "array[int]", list[str]]:
    row = array("I")

    def put(keys: Iterable[str]) -> None:
        at = len(row)
        row.append(0)
        row.extend(map(numbers.__getitem__, keys))
        row[at] = len(row) - at - 1

    put(done.made.reads)
    put(done.links)
    for found in done.links.values():
        put(found.links)
        put(found.anchors)
    put(done.traces)
    for computed in done.traces.values():
        put(computed.reads)
    values = [computed.value for computed in done.traces.values()]
    return Done(done.made._replace(reads=frozenset()), done.outputs, {}, {}), row, values


def unpacked(parcel: Parcel) -> Iterator[Done]:
    """What tasks gave, one after the other."""
    for done, row, values in parcel.done:
        yield done._replace(noted=Noted(parcel.texts, row, values))


def noted(done: Done) -> Noted:
    """What is noted of a task."""
    if done.noted:
        return done.noted
    texts, [(_, row, values)] = packed([done])
    return Noted(texts, row, values)
