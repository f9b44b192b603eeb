"""Folders → what has changed in them, by looking again and again.

In: folders. Out: a Snapshot of what is in them; two that are equal mean that nothing was saved in between. No file is
opened and no link followed. Looking at a thousand files takes some thousandths of a second.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import Event

Snapshot = Mapping[str, tuple[int, int, int]]
"""By path: the time of the last change in nanoseconds, the size in bytes, and which file it is."""

PAUSE = 0.1
"""Seconds between two looks."""
QUIET = 0.03
"""Seconds without a change after which a save counts as done: editors and `git checkout` write in several steps."""
PATIENCE = 25
"""After so many looks without quiet, what is there is taken as it is."""


def look(folders: Iterable[Path]) -> Snapshot:
    """What is in some folders; what is gone or cannot be read is not there."""
    found: dict[str, tuple[int, int, int]] = {}
    for folder in folders:
        _look(os.fspath(folder), found)
    return found


def _look(folder: str, found: dict[str, tuple[int, int, int]]) -> None:
    try:
        with os.scandir(folder) as entries:
            listed = list(entries)
    except OSError:
        return
    for entry in listed:
        try:
            about = entry.stat(follow_symlinks=False)
            is_folder = entry.is_dir(follow_symlinks=False)
        except OSError:
            continue
        if is_folder:
            _look(entry.path, found)
        else:
            found[entry.path] = (about.st_mtime_ns, about.st_size, about.st_ino)


def settled(folders: tuple[Path, ...], seen: Snapshot, stopped: Event) -> Snapshot:
    """What is in the folders once nobody writes there any more."""
    for _ in range(PATIENCE):
        if stopped.wait(QUIET):
            break
        before, seen = seen, look(folders)
        if before == seen:
            break
    return seen


def watch(
    folders: tuple[Path, ...], seen: Snapshot, stopped: Event, noticed: Callable[[], None], changed: Callable[[], None]
) -> None:
    """Until `stopped`: call `noticed` at the first sign of a change since `seen`, and `changed` when it is done."""
    while not stopped.wait(PAUSE):
        now = look(folders)
        if now != seen:
            noticed()
            seen = settled(folders, now, stopped)
            changed()
