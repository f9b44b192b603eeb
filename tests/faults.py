"""Faults for the tests of publishing: stop it at its n-th step, and see what stands afterwards.

A step is a call that changes or reads the disk: open, write, close, mkdir, link, rename, unlink, rmdir, listdir,
scandir, the exchange and the flush. Run as a program, `faults.py FOLDER START WAY` kills a publishing process at every
step in turn and prints one JSON object a line: what was found after the kill, after `recover`, and after the
next publish.
"""

import builtins
import errno
import hashlib
import io
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

from ledger import write
from ledger.outfile import OutFile

OLD = [
    OutFile("index.html", b"old home"),
    OutFile("claims/a.html", b"the same"),
    OutFile("claims/b.html", b"made again"),
    OutFile("old/gone.html", b"gone"),
]
NEW = [
    OutFile("index.html", b"new home"),
    OutFile("claims/a.html", b"the same"),
    OutFile("claims/b.html", b"made again"),
    OutFile("new/b.html", b"new"),
]
KNOWN = {"claims/a.html"}
"""What need not be made, where it is in the old site."""
STARTS = ("site", "free", "missing")
WAYS = ("exchange", "two renames", "copy")
RUNS = (*(("site", way) for way in WAYS), ("free", "exchange"), ("free", "two renames"), ("missing", "exchange"))
OS_STEPS = ("open", "mkdir", "link", "rename", "unlink", "rmdir", "listdir", "scandir")

Tree = dict[str, str]


def publish(files: Iterable[OutFile], output: Path, *, content: Path) -> dict[str, list[int]]:
    """Make a folder hold exactly these files and its manifest, as a build does."""
    site = sorted(files, key=lambda file: file.path)
    write.check_addresses(file.path for file in site)
    with write.publishing(output, content) as work:
        old = work.keep_all()
        shared = old.stats.keys() - old.left
        work.drop(shared - KNOWN)
        for file in site:
            if file.path not in shared & KNOWN:
                work.put(file.path, file.data)
        return work.commit({file.path: hashlib.sha256(file.data).hexdigest() for file in site})


def tree(folder: Path) -> Tree | None:
    """What is below the folder: a file's hash, a link's target, nothing for a folder; None when it does not exist."""
    if not folder.is_dir():
        return None
    return {str(path.relative_to(folder)): _digest(path) for path in sorted(folder.rglob("*"))}


def _digest(path: Path) -> str:
    if path.is_symlink():
        return f"-> {path.readlink()}"
    return "" if path.is_dir() else hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass
class Fault:
    """Acts at step number `at`, counted from 1; with `lasting`, at every later one too. `at=0` only counts."""

    at: int
    act: Callable[[], object]
    lasting: bool = False
    steps: int = 0

    def step(self) -> None:
        self.steps += 1
        if self.at and (self.steps == self.at or (self.lasting and self.steps > self.at)):
            self.act()


def disk_full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupt() -> None:
    raise KeyboardInterrupt


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def steps_counted(fault: Fault) -> Iterator[None]:
    """Every step of publishing passes by the fault first; a write has by then written half of its bytes."""
    with ExitStack() as stack:
        for name in OS_STEPS:
            stack.enter_context(_replaced(os, name, partial(_after_step, fault, getattr(os, name))))
        for module in (io, builtins):
            stack.enter_context(_replaced(module, "open", partial(_open, fault, open)))
        stack.enter_context(_replaced(write, "swapped", partial(_after_step, fault, write.swapped)))
        stack.enter_context(_replaced(write, "flush", lambda folder: fault.step()))
        yield


@contextmanager
def _replaced(owner: object, name: str, value: object) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


def _after_step(fault: Fault, call: Callable, *args: object, **kwargs: object) -> object:
    fault.step()
    return call(*args, **kwargs)


def _open(fault: Fault, call: Callable, *args: object, **kwargs: object) -> object:
    fault.step()
    file = call(*args, **kwargs)
    return _FaultyFile(file, fault) if file.writable() else file


class _FaultyFile:
    def __init__(self, file: io.BufferedWriter, fault: Fault) -> None:
        self.file, self.fault = file, fault

    def write(self, data: bytes) -> int:
        self.file.write(data[: len(data) // 2])
        self.file.flush()
        self.fault.step()
        return self.file.write(data[len(data) // 2 :])

    def __enter__(self) -> "_FaultyFile":
        return self

    def __exit__(self, *exception: object) -> None:
        self.file.close()
        self.fault.step()


def cut_off(run: Callable[[], object]) -> None:
    """Change some content in a process of its own that is killed when all is in place, just before it says so."""
    child = os.fork()
    if child == 0:
        with _replaced(os, "rename", partial(_rename_or_die, os.rename)):
            run()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise ChildProcessError(f"ended with status {status}")


def _rename_or_die(call: Callable, source: Path, target: Path) -> None:
    if Path(target).name.startswith(".ledger-done-"):
        kill()
    call(source, target)


@contextmanager
def way_of_exchanging(way: str) -> Iterator[None]:
    """The system can exchange folders, can only rename them, or cannot even rename the old site."""
    with ExitStack() as stack:
        if way != "exchange":
            stack.enter_context(_replaced(write, "swapped", lambda new, place: False))
        if way == "copy":
            stack.enter_context(_replaced(os, "rename", partial(_rename_in_upper_layer, os.rename)))
        yield


def _rename_in_upper_layer(call: Callable, source: Path, target: Path) -> None:
    if Path(target).name == "old" and Path(source).name == "output":
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
    call(source, target)


@dataclass(frozen=True)
class Stage:
    """A folder in which a site is published again and again from the same start."""

    root: Path
    start: str

    @property
    def output(self) -> Path:
        return self.root / "output"

    def prepare(self) -> Tree | None:
        """Put the start there; out comes its tree."""
        for path in self.root.iterdir():
            shutil.rmtree(path)
        if self.start != "missing":
            self.output.mkdir()
            (self.output / ".gitkeep").touch()
        if self.start == "site":
            with steps_counted(Fault(0, interrupt)):
                self.publish(OLD)
        return tree(self.output)

    def publish(self, files: list[OutFile] = NEW) -> None:
        publish(files, self.output, content=self.root.parent / "content")

    def finished(self) -> Tree | None:
        """The tree of a publish without a fault."""
        self.prepare()
        self.publish()
        return tree(self.output)

    def leftovers(self) -> list[str]:
        return sorted(path.name for path in self.root.iterdir() if path != self.output)


def main(root: Path, start: str, way: str) -> None:
    stage = Stage(root, start)
    with way_of_exchanging(way):
        old, new = stage.prepare(), stage.finished()
        names = [(old, "old"), (new, "new"), (None, "missing")]

        def state(of: Stage) -> str:
            found = tree(of.output)
            return next((name for known, name in names if found == known), "broken")

        for at in count(1):
            stage.prepare()
            killed = _publish_and_die(stage, at)
            twin = Stage(Path(f"{root}.{at}"), start)
            shutil.copytree(root, twin.root)
            found = {"at": at, "killed": killed, "after": state(stage)}
            write.recover(twin.output)
            found |= {"recovered": state(twin), "left": twin.leftovers()}
            shutil.rmtree(twin.root)
            with steps_counted(Fault(0, interrupt)):
                stage.publish()
            print(json.dumps(found | {"next": state(stage), "left_by_next": stage.leftovers()}))  # noqa: T201
            if not killed:
                return


def _publish_and_die(stage: Stage, at: int) -> bool:
    """Publish in a process of its own that is killed at the step; False when it ended before."""
    child = os.fork()
    if child == 0:
        with steps_counted(Fault(at, kill)):
            stage.publish()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
        return False
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True
    raise ChildProcessError(f"step {at}: ended with status {status}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
