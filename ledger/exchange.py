"""A new site in the place of the old one: the work folder, the exchange, and what a killed build left.

In: the files and the place. Out: the place holds the new site, or the old one as it was. The work folder stands beside
the place: `new/` is the site being written, and after an exchange the old one; `old/` is the old site set aside;
`copy/` is a copy of it that is not complete yet, and `parts/` holds what only the writing needs. Only a half-done
exchange has both `new/` and `old/`.
"""

import errno
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ledger.system import flush, naming, swapped
from ledger.target import Refused, check_nothing_lost, extras, names_in, read_manifest

MARKER = "ABOUT.txt"
ABOUT = b"Ledger builds a site in this folder. The next build puts it right if this one was stopped.\n"


@dataclass(frozen=True, slots=True)
class Published:
    """How many files the new site has, and how many of them the old site's manifest lists with the same bytes."""

    files: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class Work:
    """A site that is being written. Several processes may put files into it; one commits it."""

    folder: Path
    """The work folder, with the new site in `new/`."""
    place: Path
    output: Path
    """The folder as the caller knows it, for messages."""

    @property
    def parts(self) -> Path:
        """A folder for what only this run needs."""
        return self.folder / "parts"

    def put(self, address: str, data: bytes) -> None:
        """Write a file, or take over the old site's when it has these very bytes.

        Both sites then share it for the moment until the old one is removed; creating and freeing files is what costs.
        An OSError names the address that the file was meant for, not the one that it has for the moment.
        """
        with naming(self.output / address):
            if _holds_bytes(self.place / address, data) and self._linked(address):
                return
            self.path(address).write_bytes(data)

    def keep(self, addresses: Iterable[str]) -> None:
        """Take over files of the old site as they are."""
        old, new, made = f"{self.place}/", f"{self.folder / 'new'}/", set[str]()
        for address in addresses:
            folder = address.rpartition("/")[0]
            if folder not in made:
                self.path(address)
                made.add(folder)
            try:
                os.link(old + address, new + address, follow_symlinks=False)
            except OSError:
                with naming(self.output / address):
                    shutil.copyfile(old + address, new + address)

    def path(self, address: str) -> Path:
        """Where a file is written."""
        found = self.folder / "new" / address
        if not os.path.isdir(found.parent):  # noqa: PTH112 - asked for each file
            with naming(self.output / Path(address).parent):
                found.parent.mkdir(parents=True, exist_ok=True)
        return found

    def _linked(self, address: str) -> bool:
        new = self.path(address)
        with suppress(OSError):
            os.link(self.place / address, new, follow_symlinks=False)
            return True
        return False

    def commit(self, manifest: Mapping[str, str]) -> Published:
        """Put the site in the place of the old one; the manifest has the hash of each file by its address."""
        if not manifest:
            raise Refused("there is nothing to publish", "an empty site would replace what is there; check the content")
        before = read_manifest(self.place) or {}
        for address, data in extras(self.place, dict(sorted(manifest.items()))).items():
            self.put(address, data)
        with naming(self.output):
            flush(self.folder)
            _exchange(self.folder, self.place)
        return Published(len(manifest), sum(before.get(path) == digest for path, digest in manifest.items()))


@contextmanager
def work_folder(place: Path, output: Path) -> Iterator[Work]:
    """A new work folder beside the place, which is gone afterwards."""
    with naming(place.parent):
        folder = Path(tempfile.mkdtemp(prefix=_prefix(place), dir=place.parent))
    try:
        with naming(output):
            (folder / MARKER).write_bytes(ABOUT)
            (folder / "new").mkdir()
        yield Work(folder, place, output)
    finally:
        _settle(folder, place)


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
    for name in ("copy", "new", "old", "parts"):
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
