"""What tasks gave, and how it goes from a worker to the process that asked for it: every text once, all else numbers.

In: what some tasks gave. Out: a Parcel, and the same again. Tasks and results read the same keys again and again, so a
Parcel takes a small part of the memory and the time of all these objects.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
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


class Done(NamedTuple):
    """What one task gave, without the bytes of its files where they are written already."""

    made: Made
    outputs: tuple[Output, ...]
    links: Mapping[str, PageLinks]
    """Of its pages."""
    traces: Mapping[str, Computed]
    """What the results that were computed for it have read."""


class Parcel(NamedTuple):
    """What some tasks gave."""

    texts: list[str]
    done: list[tuple[Done, "array[int]", list[str]]]
    """Each without what was read and linked, the numbers of that, and the values of results."""


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
        numbers = iter(row)

        def take(numbers: Iterator[int] = numbers) -> list[str]:
            return [parcel.texts[number] for number in islice(numbers, next(numbers))]

        made = done.made._replace(reads=frozenset(take()))
        links = {page: PageLinks(tuple(take()), tuple(take())) for page in take()}
        traces = {name: Computed(frozenset(take()), value) for name, value in zip(take(), values, strict=True)}
        yield Done(made, done.outputs, links, traces)
