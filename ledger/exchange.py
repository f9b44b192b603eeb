"""A new site in the place of the old one: the work folder, the exchange, and what a killed build left.

In: the files and the place. Out: the place holds the new site, or the old one as it was. The work folder stands beside
the place: `new/` is the site being written, and after an exchange the old one; `old/` is the old site set aside;
`copy/` is a copy of it that is not complete yet. Only a half-done exchange has both `new/` and `old/`.
"""

import errno
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ledger.system import flush, naming, swapped
from ledger.target import check_nothing_lost, names_in, read_manifest

MARKER = "ABOUT.txt"
ABOUT = b"Ledger builds a site in this folder. The next build puts it right if this one was stopped.\n"


def build_and_exchange(files: Mapping[str, bytes], place: Path, output: Path) -> None:
    """Write the files beside `place` and put them there. OSError names files below `output`, as the caller knows it."""
    with naming(place.parent):
        work = Path(tempfile.mkdtemp(prefix=_prefix(place), dir=place.parent))
    try:
        with naming(output):
            (work / MARKER).write_bytes(ABOUT)
            (work / "new").mkdir()
        _write_files(files, work / "new", output, place)
        with naming(output):
            flush(work)
            _exchange(work, place)
    finally:
        _settle(work, place)


def _write_files(files: Mapping[str, bytes], folder: Path, output: Path, place: Path) -> None:
    """Write the files; an error names the address the file was meant for, not the one it has for the moment."""
    for parent in sorted({parent for path in files for parent in Path(path).parents} - {Path()}):
        with naming(output / parent):
            (folder / parent).mkdir()
    for path, data in files.items():
        with naming(output / path):
            _put(folder / path, data, place / path)


def _put(file: Path, data: bytes, old: Path) -> None:
    """Write a file, or take over the old site's when it has these very bytes.

    Both sites then share it for the moment until the old one is removed; creating and freeing files is what costs.
    """
    if _holds_bytes(old, data):
        with suppress(OSError):
            os.link(old, file, follow_symlinks=False)
            return
    file.write_bytes(data)


def _holds_bytes(file: Path, data: bytes) -> bool:
    try:
        about = file.lstat()
        return stat.S_ISREG(about.st_mode) and about.st_size == len(data) and file.read_bytes() == data
    except OSError:
        return False


def _exchange(work: Path, place: Path) -> None:
    if place.exists():
        if swapped(work / "new", place):
            return
        _set_aside(place, work)
    (work / "new").rename(place)


def _set_aside(place: Path, work: Path) -> None:
    """Make the old site work/old, in one step where the file system can, so that work/old is always complete."""
    try:
        place.rename(work / "old")
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copytree(place, work / "copy", symlinks=True)
        flush(work)
        (work / "copy").rename(work / "old")
        shutil.rmtree(place)


def _settle(work: Path, place: Path) -> None:
    """Undo a half-done exchange, then remove the work folder as far as that is possible, its marker last."""
    old, new = work / "old", work / "new"
    if old.exists() and new.exists():
        if place.exists():
            check_nothing_lost(place, read_manifest(old) or {})
            shutil.rmtree(place)
        old.rename(place)
    for name in ("copy", "new", "old"):
        shutil.rmtree(work / name, ignore_errors=True)
    with suppress(OSError):
        if names_in(work) == {MARKER}:
            (work / MARKER).unlink()
        work.rmdir()


def settle_leftovers(place: Path) -> None:
    """Put right what killed builds left beside the place."""
    for work in leftovers(place):
        _settle(work, place)


def leftovers(place: Path) -> list[Path]:
    """The work folders beside the site, by name."""
    if not place.parent.is_dir():
        return []
    named = re.compile(re.escape(_prefix(place)) + r"\w{8}")
    beside = [place.parent / name for name in sorted(names_in(place.parent)) if named.fullmatch(name)]
    return [folder for folder in beside if _is_work(folder)]


def _is_work(folder: Path) -> bool:
    """Whether a folder with the right name has the marker, or is empty as it is when just made."""
    try:
        found = names_in(folder)
    except OSError:  # another user's, or gone by now
        return False
    return not folder.is_symlink() and (MARKER in found or not found)


def _prefix(place: Path) -> str:
    return f".{place.name}.new-"
