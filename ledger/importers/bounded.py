"""Foreign files are read in a process of its own, which has so much time and memory for each and no more.

In: jobs, one for each file. Out: what each made, in their order, or a refusal that says which limit was passed.
Where a process cannot be forked (macOS, Windows) the jobs are done here, without limits.
"""

import contextlib
import multiprocessing
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from ledger.diagnostics import Span
from ledger.importers.drafts import Imported
from ledger.system import follow_parent

SECONDS, SECONDS_PER_MB = 2.5, {"article": 4.0}
"""CPU time for each file, and more by its size."""
USUAL_SECONDS_PER_MB = 30.0
MEGABYTES, TIMES_ITS_SIZE = 160, 20
"""Memory beyond that of the program, and more by the size of the file."""
MB = 1 << 20


class Job(NamedTuple):
    """One file or folder as the user named it, and how it is read."""

    path: str
    read: Callable[[], Imported]


_is_bounded = False
"""Whether this process may be stopped by a limit: only one that was forked for it."""


def allow(size: int, format_: str = "") -> None:
    """Begin to count the time and memory for a file of so many bytes, if this process has limits."""
    if not _is_bounded:
        return
    import resource  # noqa: PLC0415 - not on Windows

    seconds = SECONDS + SECONDS_PER_MB.get(format_, USUAL_SECONDS_PER_MB) * size / MB
    signal.setitimer(signal.ITIMER_PROF, seconds)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + MEGABYTES * MB + TIMES_ITS_SIZE * size
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


def read_all(jobs: Sequence[Job]) -> Iterator[Imported]:
    """Do all jobs. What a job raises is raised here."""
    if sys.platform != "linux":
        yield from (job.read() for job in jobs)
        return
    done = 0
    while done < len(jobs):
        for made in _in_a_child(jobs[done:]):
            yield made
            done += 1


def _in_a_child(jobs: Sequence[Job]) -> Iterator[Imported]:
    """What the jobs make, up to the first that passes a limit, which is refused."""
    forking = multiprocessing.get_context("fork")
    receiver, sender = forking.Pipe(duplex=False)
    child = forking.Process(target=_work, args=(jobs, sender))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forks beside threads, of which the child uses none
        child.start()
    sender.close()
    done = 0
    try:
        with contextlib.suppress(EOFError):
            while done < len(jobs):
                made = receiver.recv()
                if isinstance(made, BaseException):
                    raise made
                yield made or _refused(jobs[done], "memory")
                done += 1
    finally:
        receiver.close()
        if sys.exc_info()[0] is not None:
            child.kill()
        child.join()
    if done < len(jobs):
        yield _refused(jobs[done], "time" if child.exitcode == -signal.SIGPROF else "memory")


def _refused(job: Job, what: str) -> Imported:
    made = Imported()
    message = f"reading it takes more {what} than a file of its size may, so it was stopped"
    made.reject(job.path, f"it takes too much {what}", Span(job.path), message, "divide it, or make it simpler")
    return made


def _work(jobs: Sequence[Job], sender: Connection) -> None:
    """Do jobs in this process, which nothing else uses."""
    global _is_bounded  # noqa: PLW0603
    _is_bounded = True
    follow_parent()
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    for job in jobs:
        allow(0)
        sender.send(_done(job))
        signal.setitimer(signal.ITIMER_PROF, 0)


def _done(job: Job) -> Any:
    """What a job makes, what it raises, or None when there is not enough memory for it."""
    try:
        return job.read()
    except MemoryError:
        return None
    except Exception as problem:
        return problem
