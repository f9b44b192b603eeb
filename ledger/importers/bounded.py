"""Foreign files are read in a process of its own, which has so much time and memory for each and no more.

In: jobs, one for each file. Out: what each made, in their order, or a refusal that says which limit was passed. Or one
function; out: what it gives, or nothing where it was stopped.
On Linux the process is forked, and counts its CPU time and its memory itself. On macOS and Windows it is started anew
and stopped after so much time by the clock: there the kernel enforces no limit of memory, or Python cannot set one.
"""

import contextlib
import multiprocessing
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from ledger.diagnostics import Span
from ledger.importers.drafts import Imported
from ledger.system import follow_parent

SECONDS, SECONDS_PER_MB = 2.5, {"article": 4.0}
"""CPU time for each file, and more by its size."""
USUAL_SECONDS_PER_MB = 30.0
MEGABYTES, TIMES_ITS_SIZE = 160, 20
"""Memory beyond that of the program, and more by the size of the file."""
STARTING, BY_THE_CLOCK = 60.0, 4.0
"""Seconds until a process that is started anew must have begun; and how much longer than CPU time its jobs may take."""
MB = 1 << 20


class Job(NamedTuple):
    """One file or folder as the user named it, and how it is read."""

    path: str
    read: Callable[[], Any]


Made = TypeVar("Made")
_limit: Callable[[float, int], None] | None = None
"""Limits this process, if it was made for that."""


def has_memory_limit() -> bool:
    """Whether reading is limited in memory, and not in time alone."""
    return sys.platform == "linux"


def allow(size: int, format_: str = "") -> None:
    """Begin to count the time and memory for a file of so many bytes, if this process has limits."""
    seconds = SECONDS + SECONDS_PER_MB.get(format_, USUAL_SECONDS_PER_MB) * size / MB
    limit(seconds, MEGABYTES * MB + TIMES_ITS_SIZE * size)


def limit(seconds: float, room: int) -> None:
    """Allow so many seconds of CPU time from now on and so many bytes beyond those in use, if there are limits here."""
    if _limit:
        _limit(seconds, room)


def _limit_itself(seconds: float, room: int) -> None:
    import resource  # not on Windows

    signal.setitimer(signal.ITIMER_PROF, seconds)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most, hard = pages * resource.getpagesize() + room, resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def read_all(jobs: Sequence[Job]) -> Iterator[Imported]:
    """Do all jobs. What a job raises is raised here."""
    done = 0
    while done < len(jobs):
        for made in _in_a_child(jobs[done:], _refused):
            yield made
            done += 1


def read_one(read: Callable[[], Made]) -> Made | None:
    """What a function gives; None where it was stopped. What it raises is raised here."""
    made: Made | None = next(_in_a_child([Job("", read)], lambda *_: None))
    return made


def _in_a_child(jobs: Sequence[Job], refused: Callable[[Job, str], Any]) -> Iterator[Any]:
    """What the jobs make, up to the first that passes a limit, which is refused."""
    is_forked = has_memory_limit()
    making: Any = multiprocessing.get_context("fork" if is_forked else "spawn")
    receiver, sender = making.Pipe(duplex=False)
    child = making.Process(target=_work, args=(jobs, sender, is_forked), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forks beside threads, of which the child uses none
        child.start()
    sender.close()
    done, is_late = 0, False
    try:
        with contextlib.suppress(EOFError):
            for made in _said(receiver, None if is_forked else STARTING):
                if isinstance(made, BaseException):
                    raise made
                yield made or refused(jobs[done], "memory")
                done += 1
                if done == len(jobs):
                    break
            else:
                is_late = True
    finally:
        receiver.close()
        if is_late or sys.exc_info()[0] is not None:
            child.kill()
        child.join()
    if done < len(jobs):
        is_late = is_late or (is_forked and child.exitcode == -signal.SIGPROF)
        yield refused(jobs[done], "time" if is_late else "memory" if is_forked else "")


def _said(receiver: Connection, seconds: float | None) -> Iterator[Any]:
    """What a process says, until it takes too long; a number of seconds gives it so many from now on."""
    while receiver.poll(seconds):
        said = receiver.recv()
        if isinstance(said, float):
            seconds = BY_THE_CLOCK * said
        else:
            yield said


def _refused(job: Job, what: str) -> Imported:
    """The outcome of a job that took too much of something, or whose process ended without a word."""
    made = Imported()
    why, message = "reading it failed", "the process that read it has ended before its time"
    if what:
        why = f"it takes too much {what}"
        message = f"reading it takes more {what} than a file of its size may, so it was stopped"
    made.reject(job.path, why, Span(job.path), message, "divide it, or make it simpler")
    return made


def _work(jobs: Sequence[Job], sender: Connection, is_forked: bool) -> None:  # noqa: FBT001 - of a Process
    """Do jobs in this process, which nothing else uses."""
    global _limit  # noqa: PLW0603
    _limit = _limit_itself if is_forked else lambda seconds, _: sender.send(float(seconds))
    follow_parent()
    if is_forked:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
    for job in jobs:
        allow(0)
        sender.send(_done(job))
        if is_forked:
            signal.setitimer(signal.ITIMER_PROF, 0)


def _done(job: Job) -> Any:
    """What a job makes, what it raises, or None when there is not enough memory for it."""
    try:
        return job.read()
    except MemoryError:
        return None
    except Exception as problem:
        return problem
