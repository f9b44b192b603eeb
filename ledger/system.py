"""What the operating system offers for publishing: locks, an exchange of two folders in one step, one flush.

In: folders. Out: done, or False where a system or file system cannot. OSError carries the name that an editor knows.
"""

import ctypes
import errno
import importlib.util
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_ASKED = ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
OPEN_TO_READ = os.O_RDONLY | sum(getattr(os, name, 0) for name in _ASKED)
"""How a file is opened that may be a link or a device, for `os.open`; not every system has every word."""
NOT_LOCKABLE = (errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
NOT_EXCHANGEABLE = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV)


def can_draw_png() -> bool:
    """Whether the library that draws pictures of pictures is installed."""
    return importlib.util.find_spec("resvg_py") is not None


GROWN = 16 << 20
"""By how many bytes a process may grow until it is worth looking for what is free in it."""
_resident = 0
"""How many bytes this process had in memory when it gave some back the last time."""


def give_back_memory() -> None:
    """Give the system what is free between things that stay, where the C library can, and the process has grown."""
    global _resident  # noqa: PLW0603 - of the process
    if resident() > _resident + GROWN and (trim := libc("malloc_trim")):
        trim(0)
        _resident = resident()


def resident() -> int:
    """How many bytes this process has in memory; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def near(path: str) -> str:
    """A path as seen from here, where that is shorter."""
    here = Path.cwd()
    return Path(path).relative_to(here).as_posix() if Path(path).is_relative_to(here) else path


def put_file(file: Path, data: bytes) -> None:
    """Write a file whole and in one step, or leave it as it was; through no link that stands at its unfinished name."""
    unfinished = file.with_name(f".{file.name}.new")
    unfinished.unlink(missing_ok=True)
    try:
        with unfinished.open("xb") as opened:
            opened.write(data)
        unfinished.replace(file)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Give an OSError the name an editor knows: a failed write has none, a failed rename that of a work folder."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno or errno.EIO, error.strerror or str(error), str(path)) from error


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Wait until no other build touches what is in the folder, and keep others waiting."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError as error:
            if error.errno not in NOT_LOCKABLE:
                raise
        yield
    finally:
        os.close(handle)


def swapped(new: Path, place: Path) -> bool:
    """Exchange two folders in one step; False where the system or the file system cannot."""
    call = libc("renameat2")
    if call is None:
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if call(here, os.fsencode(new), here, os.fsencode(place), exchange) == 0:
        return True
    code = ctypes.get_errno()
    if code in NOT_EXCHANGEABLE:
        return False
    raise OSError(code, os.strerror(code), str(place))


def flush(folder: Path) -> None:
    """Flush everything written to the disk at once; file by file it would take minutes for a large site."""
    call = libc("syncfs")
    if call is None:
        if sys.platform != "win32":  # which has no such call
            os.sync()
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        if call(handle) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(handle)


def follow_parent() -> None:
    """Let this worker leave Ctrl-C to its parent, and end when the parent is killed, where the system can do that."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    call, when_parent_dies = libc("prctl"), 1  # PR_SET_PDEATHSIG
    if call is not None:
        call(when_parent_dies, signal.SIGKILL)


def libc(name: str) -> "ctypes._NamedFuncPointer | None":
    """A function of the C library on Linux, if that library has it."""
    return getattr(ctypes.CDLL(None, use_errno=True), name, None) if sys.platform == "linux" else None
