"""What each task and result has read, and so which of them are out of date.

In: the keys of what has changed, and the traces of the last run. Out: whether a task must be done again. The method is
that of verifying traces (Mokhov, Mitchell and Peyton Jones, Build systems à la carte, 2018): a task is done again if
anything that it read is another than it was, results that it read included, which are followed to what they read.

Of each key it is known who has read it, so that a change looks only at what it may reach.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, compress
from threading import RLock
from typing import Any

from ledger.analysis.origins import reached
from ledger.checks.rendered import PageLinks
from ledger.engine.done import Done, Noted, Output, noted
from ledger.engine.rows import Rows
from ledger.engine.words import Words
from ledger.engine.words import unpacked as words_of
from ledger.graph import Computed

MOST_UNUSED = 2
"""When this many times more words are known than after the first build, all is made anew."""
KNOWN = b"="
"""What the row of each result begins with; the value of a compared one follows."""


@dataclass(slots=True)
class Trace:
    """What one task gave."""

    outputs: tuple[Output, ...] = ()
    fragments: Mapping[str, str] = field(default_factory=dict)
    """The hash of each piece that it adds to files of the whole ledger."""
    value: Any = None

    @property
    def pages(self) -> list[str]:
        """The addresses of its pages."""
        return [one.address for one in self.outputs if one.address.endswith(".html")]


class Traces:
    """Those of one run: tasks by key, and results by the key under which they are read.

    Every text is there once and has a number. What millions of numbers say is kept as bytes, in rows by number.
    """

    def __init__(self) -> None:
        self.tasks: dict[str, Trace] = {}
        self.words = Words()
        self._reads = Rows()
        """By task and result: the keys that it has read; also of those that are left out by now."""
        self._values = Rows()
        """By result: that it is known, and its value as JSON if it is compared."""
        self._links = Rows()
        """By page: how many links it has, then these, then its anchors."""
        self._readers = Rows()
        """By key: who has read it at any time; without what is still to be indexed."""
        self._to_index = array("I")
        """Who has read something lately, how many keys that it had not read before, and these; one after the other."""
        self._texts: Sequence[str] = ()
        """What the row that was noted last consists of."""
        self._numbers: list[int] = []
        """The numbers of these."""
        self._in_use = 0
        """How many words there were after the first build."""
        self._lock = RLock()
        """The old site of a server may still note something while the new one is made."""

    def add(self, done: Done, fragments: Mapping[str, str]) -> None:
        """Note what a task gave."""
        with self._lock:
            found = noted(done)
            parts = self._parts(found)
            self._note(self.words.numbers[done.made.key], next(parts))
            for page in next(parts):
                self._add_links(page, next(parts), next(parts))
            for name, value in zip(next(parts), found.values, strict=True):
                self._add_result(name, next(parts), value)
            self.tasks[done.made.key] = Trace(done.outputs, fragments, done.made.value)

    def _parts(self, found: Noted) -> Iterator[list[int]]:
        """The parts of a row; those of one worker's tasks have the same texts, whose numbers are looked up once."""
        if found.texts is not self._texts:
            self._texts, self._numbers = found.texts, self._numbers_of(found.texts)
        row, at = found.row, 0
        while at < len(row):
            begin = at + 1
            at = begin + row[at]
            yield [*map(self._numbers.__getitem__, row[begin:at])]

    def _numbers_of(self, texts: Iterable[str]) -> list[int]:
        return [*map(self.words.numbers.__getitem__, texts)]

    def add_results(self, found: Mapping[str, Computed]) -> None:
        """Note what results have read."""
        with self._lock:
            for name, (reads, value) in found.items():
                self._add_result(self.words.numbers[name], self._numbers_of(reads), value)

    def _add_result(self, name: int, reads: Iterable[int], value: str) -> None:
        self._note(name, reads)
        row = KNOWN + value.encode()
        if self._values[name] != row:  # several workers compute the same
            self._values[name] = row

    def take_result(self, name: str, earlier: "Traces") -> None:
        """Take over what is noted of a result by traces that these were made of, unless it is known."""
        with self._lock:
            number = self.words.numbers[name]
            if not self._values[number]:
                self._values[number] = earlier._values[number]

    def reads(self, number: int) -> "array[int]":
        """What a task or result has read."""
        return array("I", self._reads[number])

    def texts_read(self, key: str) -> list[str]:
        """What a task or result has read, as keys."""
        number = self.words.find(key)
        return [] if number is None else [self.words[key] for key in self.reads(number)]

    def is_result(self, number: int) -> bool:
        """Whether a key is that of a result."""
        return bool(self._values[number])

    def value(self, number: int) -> str:
        """The value of a compared result, as JSON; the empty text for any other."""
        return self._values[number][len(KNOWN) :].decode()

    def page_links(self, *traces: Trace) -> dict[str, PageLinks]:
        """The links and anchors of the pages of some tasks; each text is there once."""
        text = cache(self.words.__getitem__)
        found = {}
        for page in (page for trace in traces for page in trace.pages):
            count, *numbers = self._links_of(page)
            texts = [*map(text, numbers)]
            found[page] = PageLinks(tuple(texts[:count]), tuple(texts[count:]))
        return found

    def anchors(self, page: str) -> frozenset[str]:
        """The anchors of a page."""
        count, *numbers = self._links_of(page)
        return frozenset([self.words[number] for number in numbers[count:]])

    def has_links(self, trace: Trace, numbers: Set[int]) -> bool:
        """Whether the pages of a task have one of some links, given by their numbers."""
        rows = [self._links_of(page) for page in trace.pages]
        return any(not numbers.isdisjoint(row[1 : row[0] + 1]) for row in rows)

    def count_links(self, trace: Trace) -> tuple[int, int]:
        """How many links and how many anchors the pages of a task have."""
        numbers = [self._links_of(page) for page in trace.pages]
        links = sum(row[0] for row in numbers)
        return links, sum(len(row) - 1 for row in numbers) - links

    def _add_links(self, page: int, links: Collection[int], anchors: Iterable[int]) -> None:
        self._links[page] = array("I", (len(links), *links, *anchors)).tobytes()

    def _links_of(self, page: str) -> "array[int]":
        return array("I", self._links[self.words.numbers[page]])

    def _note(self, own: int, reads: Iterable[int]) -> None:
        """Note what was read by one of a certain number."""
        now = array("I", sorted(reads))
        before, row = self._reads[own], now.tobytes()
        if row != before:
            self._reads[own] = row
            new = array("I", {*now}.difference(array("I", before))) if before else now
            self._to_index.extend((own, len(new)))
            self._to_index.extend(new)

    def index(self) -> None:
        """Turn round who has read what lately: first it is counted, so that all readers fit into one array."""
        with self._lock:
            self._turn_round()

    def _turn_round(self) -> None:
        counts = array("I", bytes(array("I").itemsize * len(self.words)))
        for _, reads in self._lately():
            for number in reads:
                counts[number] += 1
        ends, readers = array("I", accumulate(counts)), array("I", bytes(array("I").itemsize * sum(counts)))
        for own, reads in self._lately():
            for number in reads:
                ends[number] -= 1
                readers[ends[number]] = own
        del self._to_index[:]
        for number in compress(range(len(counts)), counts):
            new = readers[ends[number] : ends[number] + counts[number]]
            self._readers[number] += new.tobytes()

    def _lately(self) -> Iterator[tuple[int, "array[int]"]]:
        noted, at = self._to_index, 0
        while at < len(noted):
            begin = at + 2
            at = begin + noted[at + 1]
            yield noted[begin - 2], noted[begin:at]

    def reached(self, numbers: Iterable[int]) -> set[int]:
        """These, whoever may have read them, whoever may have read that, and so on."""
        with self._lock:
            self._turn_round()
            return reached(numbers, lambda number: array("I", self._readers[number]))

    def without(self, keys: Iterable[str]) -> "Traces":
        """The same without some tasks and results. Words and their numbers are shared, and who has read what."""
        left = Traces()
        left.words, left._in_use, left._lock = self.words, self._in_use, self._lock
        left._readers, left._to_index = self._readers, self._to_index
        left._reads, left._values, left._links = self._reads.copy(), self._values.copy(), self._links.copy()
        left.tasks = dict(self.tasks)
        for key in keys:
            left.tasks.pop(key, None)
            if left._values[number := self.words.numbers[key]]:
                left._values[number] = b""
        return left

    def still_true(self, change: "Change", wanted: Iterable[str]) -> "Traces":
        """What is left of them after a change: of the tasks that are wanted, those whose reads are as they were."""
        left = self.without(list(filter(change, change.keys())))
        left.tasks = {key: left.tasks[key] for key in wanted if key in left.tasks}
        return left


class Change:
    """Whether what a key stands for is another than it was when the traces were made.

    A result is another if anything is that it has read; of one that is compared, `again` gives the value as it is now.
    """

    def __init__(self, traces: Traces, keys: Iterable[str], again: Callable[[str], str]) -> None:
        self._traces, self._again = traces, again
        numbers = map(traces.words.find, keys)
        self._known = {number: True for number in numbers if number is not None}
        self._reached = traces.reached(self._known)
        self.same: list[str] = []
        """What was looked at and is not another, in order."""

    def keys(self) -> list[str]:
        """The keys of all that may be another."""
        return [self._traces.words[number] for number in sorted(self._reached)]

    def __call__(self, key: str) -> bool:
        """Whether it is; a key that nobody has read before counts as another."""
        number = self._traces.words.find(key)
        return number is None or self._is_other(number)

    def _is_other(self, number: int) -> bool:
        if number not in self._reached:
            return False
        if number not in self._known:
            self._known[number] = False
            self._known[number] = self._has_changed(number)
            if not self._known[number]:
                self.same.append(self._traces.words[number])
        return self._known[number]

    def _has_changed(self, number: int) -> bool:
        traces, key = self._traces, self._traces.words[number]
        is_known = key in traces.tasks or traces.is_result(number)
        if is_known and not any(map(self._is_other, traces.reads(number))):
            return False
        value = traces.value(number)
        return not value or value != self._again(key)

    def value(self, name: str) -> str:
        """The value of a compared result, as JSON, if it is still true; else the empty text."""
        number = self._traces.words.find(name)
        value = "" if number is None else self._traces.value(number)
        return value if value and not self(name) else ""


# As plain values


ROWS = ("_reads", "_values", "_links", "_readers")


def packed(traces: Traces) -> dict[str, Any]:
    """The same as the store can hold it."""
    traces.index()
    tasks = {key: [trace.outputs, trace.fragments, trace.value] for key, trace in sorted(traces.tasks.items())}
    rows = {name: getattr(traces, name).pieces() for name in ROWS}
    in_use = traces._in_use or len(traces.words)  # they were made in one go: nothing is unused yet
    return {"tasks": tasks, "in_use": in_use, **traces.words.packed(), **rows}


def unpacked(value: Any) -> Traces:
    """The traces again. Anything that has another shape raises KeyError, TypeError, ValueError or AttributeError."""
    found = Traces()
    found.words, found._in_use = words_of(value), value["in_use"]
    if len(found.words) > MOST_UNUSED * found._in_use:
        raise ValueError("most words are of what is no longer there")
    for name in ROWS:
        setattr(found, name, Rows(value[name]))
    found.tasks = dict(_tasks(value["tasks"]))
    return found


def _tasks(rows: Mapping[str, Any]) -> Iterator[tuple[str, Trace]]:
    for key, (outputs, fragments, value) in rows.items():
        yield key, Trace(tuple(map(Output._make, outputs)), fragments, value)
