"""Forked processes: each begins with all that this one has.

In: how many workers, and what they are to do. Out: an Executor, or what they gave. Where no process can be forked, this
one does it.
"""

import multiprocessing
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from ledger.system import follow_parent

Given = TypeVar("Given")
MOST_WORKERS = 8


def processors() -> int:
    """How many workers are worth their while on this machine."""
    return max(1, min(MOST_WORKERS, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1))


def can_fork() -> bool:
    """Whether a process can be made that has all that this one has."""
    return "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"


@contextmanager
def forked(workers: int) -> Iterator[Executor]:
    """The workers, as long as what is inside is done."""
    with warnings.catch_warnings():
        # Python warns of forking beside threads: those of this process only wait.
        warnings.simplefilter("ignore", DeprecationWarning)
        context = multiprocessing.get_context("fork")
        executor = ProcessPoolExecutor(workers, mp_context=context, initializer=follow_parent)
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
