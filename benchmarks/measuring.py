"""One way to measure: a program in a process of its own, its wall time, processor time and the memory of its largest
process.

`wait4(2)` tells the processor time of a process and of the children that it waited for, and the most memory that the
largest of them held at once, not their sum. What the measuring program itself holds, some 40 MB, is the least it tells.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

UNIT = 1 if sys.platform == "darwin" else 1024


class FailedError(Exception):
    """A program that is measured ended badly."""


@dataclass(frozen=True)
class Run:
    """Seconds by the clock, seconds of all processors, bytes of the largest process."""

    wall: float
    cpu: float
    peak: int


def environment() -> dict[str, str]:
    """That of users, whose Python keeps what it has compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(command: Sequence[str], folder: Path, allowed: Iterable[int] = (0,)) -> Run:
    """Run a program in a folder; what it prints goes to `log.txt` there. Raises `FailedError` for another exit code."""
    log = folder / "log.txt"
    settings: dict[str, Any] = {"cwd": folder, "env": environment(), "stdin": subprocess.DEVNULL}
    os.sync()  # what the run before wrote is on the disk, so that this one does not pay for it
    with log.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=out, **settings)  # noqa: S603
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        end = log.read_text(encoding="utf-8", errors="replace")[-2_000:]
        raise FailedError(f"{' '.join(command)}: exit code {process.returncode}\n{end}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * UNIT)


def middle(runs: Sequence[Run]) -> Run:
    """The medians."""
    return Run(median(run.wall for run in runs), median(run.cpu for run in runs), int(median(run.peak for run in runs)))


@dataclass(frozen=True)
class Output:
    """The files of a site, their bytes, and its largest page of HTML."""

    files: int
    bytes: int
    page: str
    page_bytes: int


def output(folder: Path) -> Output:
    """What a site holds."""
    sizes = {file: file.stat().st_size for file in folder.rglob("*") if file.is_file()}
    pages = {file: size for file, size in sizes.items() if file.suffix == ".html"}
    largest = max(pages, key=lambda file: (pages[file], file), default=folder)
    return Output(len(sizes), sum(sizes.values()), largest.relative_to(folder).as_posix(), pages.get(largest, 0))


def children(process: int) -> set[int]:
    """A process and all below it (Linux)."""
    try:
        listed = [file.read_text(encoding="ascii") for file in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        listed = []
    return {process}.union(*(children(int(child)) for text in listed for child in text.split()))


def at_work(process: int) -> float:
    """Seconds that the processors have spent on a process and its children so far (Linux)."""
    return sum(map(_spent, children(process)))


def _spent(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
