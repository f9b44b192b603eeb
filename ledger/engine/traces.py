"""What each task and result has read, and so which of them are out of date.

In: the keys of what has changed, and the traces of the last run. Out: whether a task must be done again. The method is
that of verifying traces (Mokhov, Mitchell and Peyton Jones, Build systems à la carte, 2018): a task is done again if
anything that it read is another than it was, results that it read included, which are followed to what they read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from ledger.checks.rendered import PageLinks
from ledger.engine.runner import Done, Output
from ledger.graph import HASH


@dataclass(slots=True)
class Trace:
    """What one task read and gave."""

    reads: frozenset[str]
    outputs: tuple[Output, ...] = ()
    links: dict[str, PageLinks] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)
    """The hash of each piece that it adds to files of the whole ledger."""
    value: Any = None


@dataclass(slots=True)
class Traces:
    """Those of one run: tasks by key, and results by the key under which they are read."""

    tasks: dict[str, Trace] = field(default_factory=dict)
    results: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, done: Done, fragments: dict[str, str]) -> None:
        """Note what a task gave. Most keys and links are those of many tasks: each text is kept once."""
        made, links = done.made, {page: PageLinks(*map(_shared, found)) for page, found in done.links.items()}
        reads = frozenset(_shared(made.reads))
        self.tasks[made.key] = Trace(reads, done.outputs, links, fragments, made.value)
        self.results |= {intern(name): frozenset(_shared(keys)) for name, keys in done.traces.items()}

    def still_true(self, is_changed: Callable[[str], bool], wanted: Iterable[str]) -> "Traces":
        """What is left of them after a change: of the tasks that are wanted, those whose reads are as they were."""
        kept = {key: self.tasks[key] for key in wanted if key in self.tasks}
        tasks = {key: trace for key, trace in kept.items() if not any(map(is_changed, trace.reads))}
        results = {name: reads for name, reads in self.results.items() if not is_changed(name)}
        return Traces(tasks, results)


def _shared(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(intern, texts))


def follow(
    results: Mapping[str, frozenset[str]], is_other: Callable[[str], bool], again: Callable[[str], str]
) -> Callable[[str], bool]:
    """Whether what a key stands for is another than it was.

    `is_other` says so of what is no result. A result is another if anything is that it has read; of one that is
    compared, `again` gives the hash of its value as it is now.
    """
    known: dict[str, bool] = {}

    def is_changed(key: str) -> bool:
        if key not in known:
            known[key] = False
            known[key] = _result_changed(key) if key.startswith("=") else is_other(key)
        return known[key]

    def _result_changed(name: str) -> bool:
        if name not in results:
            return True
        before = [key for key in results[name] if key.startswith(HASH)]
        if not any(is_changed(key) for key in results[name] if not key.startswith(HASH)):
            return False
        return before != [again(name)]

    return is_changed


# As plain values


def packed(traces: Traces) -> dict[str, Any]:
    """The same as JSON can hold it: every text once."""
    words: dict[str, int] = {}

    def numbers(texts: Iterable[str]) -> list[int]:
        return [words.setdefault(text, len(words)) for text in texts]

    tasks = {key: _packed(trace, numbers) for key, trace in sorted(traces.tasks.items())}
    results = {name: numbers(sorted(reads)) for name, reads in sorted(traces.results.items())}
    return {"tasks": tasks, "results": results, "words": list(words)}


def _packed(trace: Trace, numbers: Callable[[Iterable[str]], list[int]]) -> list[Any]:
    links = {page: [numbers(found.links), numbers(found.anchors)] for page, found in trace.links.items()}
    return [numbers(sorted(trace.reads)), trace.outputs, links, trace.fragments, trace.value]


def unpacked(value: Any) -> Traces:
    """The traces again. Anything that has another shape raises KeyError, TypeError, ValueError or IndexError."""
    words = value["words"]

    def texts(numbers: list[int]) -> tuple[str, ...]:
        return tuple([words[number] for number in numbers])

    tasks = {}
    for key, (reads, outputs, links, fragments, found) in value["tasks"].items():
        pages = {page: PageLinks(texts(one), texts(other)) for page, (one, other) in links.items()}
        tasks[key] = Trace(frozenset(texts(reads)), tuple(Output(*one) for one in outputs), pages, fragments, found)
    results = {name: frozenset(texts(reads)) for name, reads in value["results"].items()}
    return Traces(tasks, results)
