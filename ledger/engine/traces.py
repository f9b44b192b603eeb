"""What each task and result has read, and so which of them are out of date.

In: the keys of what has changed, and the traces of the last run. Out: whether a task must be done again. The method is
that of verifying traces (Mokhov, Mitchell and Peyton Jones, Build systems à la carte, 2018): a task is done again if
anything that it read is another than it was, results that it read included, which are followed to what they read.

Of each key it is known who has read it, so that a change looks only at what it may reach.
"""

from array import array
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, compress
from threading import RLock
from typing import Any, NamedTuple

from ledger.checks.rendered import PageLinks
from ledger.engine.runner import Done, Output

MOST_UNUSED = 2
"""When this many times more words are known than were in use at the last count, the unused ones are removed."""


@dataclass(slots=True)
class Trace:
    """What one task read and gave."""

    reads: str
    """The numbers of keys."""
    outputs: tuple[Output, ...] = ()
    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Of each page, the numbers of its links and anchors."""
    fragments: Mapping[str, str] = field(default_factory=dict)
    """The hash of each piece that it adds to files of the whole ledger."""
    value: Any = None


class Result(NamedTuple):
    """What one result read, and its value as JSON if it is compared."""

    reads: str
    value: str = ""


class Traces:
    """Those of one run: tasks by key, and results by the key under which they are read.

    Every text is there once and has a number; numbers are packed into a text, since there are millions.
    """

    def __init__(self) -> None:
        self.tasks: dict[str, Trace] = {}
        self.results: dict[str, Result] = {}
        self.words: list[str] = []
        self.numbers: dict[str, int] = {}
        self._readers: list[str] = []
        """By number: who has read that key at any time, packed; without what is still to be indexed."""
        self._to_index: list[tuple[int, str]] = []
        """Who has read something lately, and what."""
        self._in_use = 0
        self._lock = RLock()
        """The old site of a server may still note something while the new one is made."""

    def add(self, done: Done, fragments: Mapping[str, str]) -> None:
        """Note what a task gave."""
        made = done.made
        with self._lock:
            links = {page: (self._pack(found.links), self._pack(found.anchors)) for page, found in done.links.items()}
            before = self.tasks.get(made.key)
            reads = self._noted(made.key, made.reads, before.reads if before else "")
            self.tasks[self._same(made.key)] = Trace(reads, done.outputs, links, fragments, made.value)
            self.add_results(done.traces)

    def add_results(self, found: Mapping[str, Any]) -> None:
        """Note what results have read."""
        with self._lock:
            for name, (reads, value) in found.items():
                before = self.results.get(name)
                noted = self._noted(name, reads, before.reads if before else "")
                self.results[self._same(name)] = Result(noted, value)

    def page_links(self, trace: Trace) -> dict[str, PageLinks]:
        """The links and anchors of a task's pages."""
        return {page: PageLinks(*(self.texts(numbers) for numbers in found)) for page, found in trace.links.items()}

    def texts(self, packed: str) -> tuple[str, ...]:
        """The texts that some numbers stand for."""
        return tuple(map(self.words.__getitem__, _unpack(packed)))

    def _number(self, text: str) -> int:
        found = self.numbers.get(text)
        if found is None:
            found = self.numbers[text] = len(self.words)
            self.words.append(text)
            self._readers.append("")
        return found

    def _pack(self, texts: Iterable[str]) -> str:
        return _pack([self._number(text) for text in texts])

    def _same(self, text: str) -> str:
        """A text as it is kept: each is there once, however many workers have told it."""
        return self.words[self._number(text)]

    def _noted(self, reader: str, keys: Iterable[str], before: str) -> str:
        own, numbers = self._number(reader), sorted(map(self._number, keys))
        packed = _pack(numbers)
        if packed != before:
            self._to_index.append((own, _pack(sorted({*numbers}.difference(_unpack(before)))) if before else packed))
        return packed

    def index(self) -> None:
        """Turn round who has read what lately: first it is counted, so that all readers fit into one array."""
        with self._lock:
            self._turn_round()

    def _turn_round(self) -> None:
        counts = array("I", bytes(array("I").itemsize * len(self.words)))
        for _, reads in self._to_index:
            for number in _unpack(reads):
                counts[number] += 1
        ends, readers = array("I", accumulate(counts)), array("I", bytes(array("I").itemsize * sum(counts)))
        for own, reads in self._to_index:
            for number in _unpack(reads):
                ends[number] -= 1
                readers[ends[number]] = own
        self._to_index.clear()
        for number in compress(range(len(counts)), counts):
            new = readers[ends[number] : ends[number] + counts[number]]
            self._readers[number] = _pack(_unpack(self._readers[number]) + new)

    def reached(self, numbers: Iterable[int]) -> set[int]:
        """These, whoever may have read them, whoever may have read that, and so on."""
        found, waiting = set[int](), [*numbers]
        with self._lock:
            self._turn_round()
            while waiting:
                number = waiting.pop()
                if number not in found:
                    found.add(number)
                    waiting += _unpack(self._readers[number])
        return found

    def without(self, keys: Iterable[str]) -> "Traces":
        """The same without some tasks and results. Words and their numbers are shared."""
        left = Traces()
        left.words, left.numbers, left._in_use, left._lock = self.words, self.numbers, self._in_use, self._lock
        left._readers, left._to_index = self._readers, self._to_index
        left.tasks, left.results = dict(self.tasks), dict(self.results)
        for key in keys:
            left.tasks.pop(key, None)
            left.results.pop(key, None)
        return left

    def still_true(self, change: "Change", wanted: Iterable[str]) -> "Traces":
        """What is left of them after a change: of the tasks that are wanted, those whose reads are as they were."""
        left = self.without(list(filter(change, change.keys())))
        left.tasks = {key: left.tasks[key] for key in wanted if key in left.tasks}
        return left


def _pack(numbers: Iterable[int]) -> str:
    return b2a_base64(array("I", numbers), newline=False).decode()


def _unpack(packed: str) -> "array[int]":
    return array("I", a2b_base64(packed))


def count(packed: str) -> int:
    """How many numbers there are."""
    return (len(packed) // 4 * 3 - packed.count("=", -2)) // array("I").itemsize


class Change:
    """Whether what a key stands for is another than it was when the traces were made.

    A result is another if anything is that it has read; of one that is compared, `again` gives the value as it is now.
    """

    def __init__(self, traces: Traces, keys: Iterable[str], again: Callable[[str], str]) -> None:
        self._traces, self._again = traces, again
        self._known = {traces.numbers[key]: True for key in keys if key in traces.numbers}
        self._reached = traces.reached(self._known)
        self.same: list[str] = []
        """What was looked at and is not another, in order."""

    def keys(self) -> list[str]:
        """The keys of all that may be another."""
        return [self._traces.words[number] for number in sorted(self._reached)]

    def __call__(self, key: str) -> bool:
        """Whether it is; a key that nobody has read before counts as another."""
        number = self._traces.numbers.get(key)
        return number is None or self._is_other(number)

    def _is_other(self, number: int) -> bool:
        if number not in self._reached:
            return False
        if number not in self._known:
            self._known[number] = False
            self._known[number] = self._has_changed(key := self._traces.words[number])
            if not self._known[number]:
                self.same.append(key)
        return self._known[number]

    def _has_changed(self, key: str) -> bool:
        result = self._traces.results.get(key)
        found = result or self._traces.tasks.get(key)
        if found and not any(map(self._is_other, _unpack(found.reads))):
            return False
        return not (result and result.value) or result.value != self._again(key)

    def value(self, name: str) -> str:
        """The value of a compared result, as JSON, if it is still true; else the empty text."""
        result = self._traces.results.get(name)
        return result.value if result and result.value and not self(name) else ""


# As plain values


def packed(traces: Traces) -> dict[str, Any]:
    """The same as JSON can hold it."""
    if not traces._in_use:  # they were made in one go: nothing is unused yet
        traces._in_use = len(traces.words)
    elif len(traces.words) > MOST_UNUSED * traces._in_use:
        traces = _in_use_only(traces)
    traces.index()
    tasks = {
        key: [trace.reads, trace.outputs, trace.links, trace.fragments, trace.value]
        for key, trace in sorted(traces.tasks.items())
    }
    return {
        "tasks": tasks,
        "results": traces.results,
        "words": traces.words,
        "readers": traces._readers,
        "in_use": traces._in_use,
    }


def _in_use_only(traces: Traces) -> Traces:
    """The same without the words that nothing needs any more."""
    found = Traces()
    for key, trace in traces.tasks.items():
        links = {
            page: (found._pack(one.links), found._pack(one.anchors)) for page, one in traces.page_links(trace).items()
        }
        reads = found._noted(key, traces.texts(trace.reads), "")
        found.tasks[key] = Trace(reads, trace.outputs, links, trace.fragments, trace.value)
    found.add_results({name: (traces.texts(one.reads), one.value) for name, one in traces.results.items()})
    found._in_use = len(found.words)
    return found


def unpacked(value: Any) -> Traces:
    """The traces again. Anything that has another shape raises KeyError, TypeError, ValueError or AttributeError."""
    found = Traces()
    found.words, found._readers, found._in_use = value["words"], value["readers"], value["in_use"]
    found.numbers = {word: number for number, word in enumerate(found.words)}
    found.tasks = dict(_tasks(value["tasks"]))
    found.results = {name: Result(*row) for name, row in value["results"].items()}
    return found


def _tasks(rows: Mapping[str, Any]) -> Iterator[tuple[str, Trace]]:
    for key, (reads, outputs, links, fragments, value) in rows.items():
        yield key, Trace(reads, tuple([Output(*one) for one in outputs]), links, fragments, value)
