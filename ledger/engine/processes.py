"""Forked processes: each begins with all that this one has.

In: how many workers, and what they are to do. Out: an Executor, or what they gave. Where no process can be forked, this
one does it.
"""

import multiprocessing
import os
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, TypeVar

from ledger.system import follow_parent

Item = TypeVar("Item")
Given = TypeVar("Given")
MOST_WORKERS = 8


def processors() -> int:
    """How many workers are worth their while on this machine."""
    return max(1, min(MOST_WORKERS, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1))


def can_fork() -> bool:
    """Whether a process can be made that has all that this one has."""
    return "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"


@contextmanager
def forked(workers: int, initializer: Callable[..., None] = follow_parent, *given: Any) -> Iterator[Executor]:
    """The workers, as long as what is inside is done. Each first calls a function with what is given, of any size."""
    with warnings.catch_warnings():
        # Python warns of forking beside threads: those of this process only wait.
        warnings.simplefilter("ignore", DeprecationWarning)
        context = multiprocessing.get_context("fork")
        executor = ProcessPoolExecutor(workers, mp_context=context, initializer=initializer, initargs=given)
        try:
            yield executor
        finally:
            executor.shutdown(cancel_futures=True)


@contextmanager
def beside(work: Callable[[], Given], workers: int) -> Iterator[Callable[[], Given]]:
    """Begin something in a worker; out comes what waits for its result. Call that once."""
    if workers <= 1 or not can_fork():
        yield work
        return
    with forked(1) as executor:
        begun = [executor.submit(work)]

        def given() -> Given:
            found = begun.pop().result()
            executor.shutdown()  # no thread of its own may run when others are forked
            return found

        yield given


def several(
    work: Callable[[Sequence[Item]], Given], items: Sequence[Item], workers: int, least: int = 1
) -> Iterator[Given]:
    """Call a function with all items, or in each of several workers with a part of them; give the results in order.

    No worker gets fewer than `least` items. The function may hold data of any size, since a forked process has them.
    """
    parts = min(workers, len(items) // least) if can_fork() else 1
    if parts <= 1:
        yield work(items)
        return
    cuts = [len(items) * at // parts for at in range(parts + 1)]
    with forked(parts, _set_work, work) as executor:
        yield from executor.map(_do, [items[begin:end] for begin, end in pairwise(cuts)])


_work: Callable[[Any], Any] | None = None
"""What this process does, if it was forked to do it."""


def _set_work(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603 - of a process of its own
    _work = work
    follow_parent()


def _do(part: Any) -> Any:
    return _work(part) if _work else None
