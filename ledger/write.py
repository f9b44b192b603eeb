"""IO out: publish a finished site, complete, or leave the old one untouched.

In: the files of the site, put into a work folder, and the folder they go to. Out: the folder, exchanged whole, with a
manifest in it that marks it as made here. Raised: `Refused` when the folder must not be touched, `OSError` when the
disk or a permission says no, `ValueError` when two files share an address or one leaves the folder.

The work folder is beside the place: `new/` is the site being written, and after an exchange the old one; `old/` is the
old site set aside; `copy/` is a copy of it that is not complete yet, and `parts/` holds what only the writing needs.
Only a half-done exchange has both `new/` and `old/`. A file that stays as it is has a second name in `new/`, so no file
that is there already is ever written to. The new site is flushed to disk once, and then exchanged with the old one:

- On Linux in one step (`renameat2` with RENAME_EXCHANGE), so that there is a complete site at every moment.
- Elsewhere in two renames. A kill between them leaves no site; both are safe in the work folder, and `recover`,
  which every build calls first, puts the old one back. POSIX has no way to exchange two folders in one step.
- Where a folder cannot be renamed at all (one that lies in a lower layer of an overlay file system, as in a
  container image), the old site is copied into the work folder and removed, with the same recovery.

One build at a time may touch the folders in one parent: a second one waits, holding on to an advisory lock on
the parent folder itself, which leaves no lock file behind. Where folders cannot be locked (Windows, some network
file systems) it does not wait, and two builds at once are the caller's care.
"""

import errno
import json
import os
import re
import shutil
import stat
import tempfile
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from ledger.diagnostics import PUBLISHED, visible
from ledger.system import flush, locked, naming, swapped

MANIFEST = ".ledger-manifest.json"
MARKER = "ABOUT.txt"
ABOUT = b"Ledger builds a site in this folder. The next build puts it right if this one was stopped.\n"
KEPT = ".gitkeep"
LITTER = (".DS_Store", "Thumbs.db")
"""What file managers leave in any folder that they show."""
UNSAFE = re.compile(r"(?:^|/)\.{0,2}(?:/|\Z)|[\\\0\ud800-\udfff]|^[A-Za-z]:")
"""What no address holds: a part that is empty or leads elsewhere, and what some systems don't allow."""
NAMED = 3
"""How many of the files that would be lost a message names."""


class Refused(Exception):  # noqa: N818 - a decision, not a failure
    """The folder must not be touched: what is wrong with it and what to do instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def real_place(output: Path, content: Path) -> Path:
    """Where the folder really is: behind a symlink, the folder is exchanged and the link stays."""
    place, records = resolved(output), resolved(content)
    if _holds(records, place) or _holds(place, records):
        raise Refused(
            f"{visible(str(output))} is, holds or lies in the content folder {visible(str(content))}",
            "name another folder for the site: its old content is deleted by each build",
        )
    if place.exists() and not place.is_dir():
        raise Refused(f"{visible(str(output))} is not a folder", "name a folder that is new, empty or an earlier site")
    if os.path.ismount(place):
        raise Refused(f"{visible(str(output))} is a mount point and cannot be exchanged", "name a folder inside it")
    return place


def resolved(path: Path) -> Path:
    """The real path, behind every symlink."""
    real = Path(os.path.realpath(path))
    if real.is_symlink():
        raise Refused(f"{visible(str(path))} is a symlink that leads back to itself", "remove it or name a folder")
    return real


def _holds(folder: Path, inner: Path) -> bool:
    return any(_is_same(folder, above) for above in (inner, *inner.parents))


def _is_same(one: Path, other: Path) -> bool:
    """Also true for two spellings of one folder, as a file system that ignores case has them."""
    return one == other or (one.exists() and other.exists() and one.samefile(other))


def check_ours(output: Path) -> None:
    """Refuse a folder that is neither free nor an earlier site."""
    if not output.exists():
        return
    listed = read_manifest(output)
    if listed is not None:
        check_nothing_lost(output, listed)
    elif names_in(output) - {KEPT, *LITTER}:
        raise Refused(
            f"{visible(str(output))} holds files and no {MANIFEST}, so it is not an earlier site",
            "name a folder that is new, empty or an earlier site; nothing was changed",
        )


def check_nothing_lost(output: Path, listed: Iterable[str]) -> None:
    """Refuse a folder that holds files beyond those of an earlier site."""
    known = {MANIFEST, KEPT, *listed}
    lost = sorted(path for path, _ in walk(output) if path not in known and path.rpartition("/")[2] not in LITTER)
    if not lost:
        return
    more = f" and {len(lost) - NAMED} more" if len(lost) > NAMED else ""
    raise Refused(
        f"{visible(str(output))} holds files that no build made: {visible(', '.join(lost[:NAMED]))}{more}",
        "move them elsewhere: the folder is replaced whole, and they would be lost",
    )


def walk(folder: Path, prefix: str = "") -> "Iterator[tuple[str, os.DirEntry[str]]]":
    """Everything below the folder that is no folder itself, by its address; symlinks are not followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from walk(Path(entry.path), f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, entry


def read_manifest(folder: Path) -> dict[str, str] | None:
    """Address to sha256 of each file of an earlier site; None where no valid manifest is, or a link in its place."""
    manifest = folder / MANIFEST
    if manifest.is_symlink() or not manifest.is_file():
        return None
    try:
        found = json.loads(manifest.read_bytes())
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or (found.get("format"), found.get("generator")) != (1, "ledger"):
        return None
    listed = found.get("files")
    if not isinstance(listed, dict) or not all(isinstance(digest, str) for digest in listed.values()):
        return None
    return listed


def extras(place: Path, manifest: Mapping[str, str]) -> dict[str, bytes]:
    """The files that are no part of the site: its manifest and the old folder's `.gitkeep`, unless it is a link."""
    fields = {"format": 1, "generator": "ledger", "files": manifest}
    text = json.dumps(fields, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    kept = place / KEPT
    is_kept = kept.is_file() and not kept.is_symlink()
    return {MANIFEST: text.encode(), **({KEPT: kept.read_bytes()} if is_kept else {})}


def names_in(folder: Path) -> set[str]:
    """What a folder holds."""
    return {entry.name for entry in folder.iterdir()}


@contextmanager
def noting_publication() -> Iterator[list[bool]]:
    """Whatever is raised inside gets a note, once the list that is given out says that the site was exchanged."""
    done: list[bool] = []
    try:
        yield done
    except BaseException as stop:
        if any(done):
            stop.add_note(PUBLISHED)
        raise


# The work folder and the exchange


class Kept(NamedTuple):
    """What the old site holds; both sites have it now."""

    stats: Mapping[str, Sequence[int]] = {}
    """Size and time of every file."""
    closed: Collection[str] = ()
    """Those that not all may read."""
    left: Collection[str] = ()
    """Those that can't be shared: they are in the old site alone."""


class Work(NamedTuple):
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
        is_kept = _holds_bytes(f"{self.place}/{address}", data) and all(done for _, done in self._link([address]))
        if not is_kept:
            try:
                _write(f"{self.folder}/new/{address}", data)
            except OSError:
                with naming(self.output / address):
                    raise

    def read(self, address: str) -> bytes:
        """What was put there."""
        with open(f"{self.folder}/new/{address}", "rb") as file:  # noqa: PTH123 - for each of many files
            return file.read()

    def old(self, address: str) -> Path:
        """Where a file of the old site is."""
        return self.place / address

    def keep(self, addresses: Iterable[str]) -> list[str]:
        """Take over files of the old site as they are; out come those of which the system says the same as before."""
        same = list[str]()
        for address, is_linked in self._link(addresses):
            if is_linked:
                same.append(address)
                continue
            with naming(self.output / address):
                shutil.copyfile(self.place / address, self.folder / "new" / address)
        return same

    def _link(self, addresses: Iterable[str]) -> Iterator[tuple[str, bool]]:
        """Take over files of the old site; whether each is shared now."""
        old, new, made = f"{self.place}/", f"{self.folder / 'new'}/", set[str]()
        for address in addresses:
            folder = address.rpartition("/")[0]
            if folder not in made:
                self.path(address)
                made.add(folder)
            try:
                os.link(old + address, new + address, follow_symlinks=False)
            except OSError:
                yield address, False
            else:
                yield address, True

    def keep_all(self) -> "Kept":
        """Take over every file of the old site that can be shared, before it is known which are wanted.

        Those that are not must be dropped before anything is written: both sites would have what is written to them.
        """
        found = dict[str, os.stat_result]()
        left = set[str]()
        with suppress(OSError):
            found.update((address, entry.stat(follow_symlinks=False)) for address, entry in walk(self.place))
        with suppress(OSError):
            left.update(found)
            left.difference_update(address for address, is_linked in self._link(found) if is_linked)
        self._remove_empty(left)
        stats = {address: [about.st_size, about.st_mtime_ns] for address, about in found.items()}
        return Kept(stats, {one for one, about in found.items() if stat.S_IMODE(about.st_mode) != FILE_MODE}, left)

    def drop(self, addresses: Collection[str]) -> None:
        """Let go of files that were taken over, and of folders in which nothing is left."""
        with naming(self.output):
            for address in addresses:
                os.unlink(f"{self.folder}/new/{address}")  # noqa: PTH108 - for each of many files
            self._remove_empty(addresses)

    def _remove_empty(self, addresses: Iterable[str]) -> None:
        for folder in sorted(_folders_of(addresses), reverse=True):
            try:
                os.rmdir(f"{self.folder}/new/{folder}")  # noqa: PTH106
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT):
                    raise

    def path(self, address: str) -> Path:
        """Where a file is written."""
        found = self.folder / "new" / address
        if not os.path.isdir(found.parent):  # noqa: PTH112 - asked for each file
            with naming(self.output / Path(address).parent):
                found.parent.mkdir(parents=True, exist_ok=True)
        return found

    def commit(self, manifest: Mapping[str, str], known: Mapping[str, Sequence[int]] = {}) -> dict[str, Sequence[int]]:
        """Put the site in the place of the old one; the manifest has the hash of each file by its address.

        Out come size and time of every file, which are the same there. Where they are known, all may read the file.
        """
        if not manifest:
            raise Refused("there is nothing to publish", "an empty site would replace what is there; check the content")
        others = extras(self.place, dict(sorted(manifest.items())))
        for address, data in others.items():
            self.put(address, data)
        with naming(self.output):
            stats = _open_to_readers(self.folder / "new", self.place, [*manifest, *others], known)
            flush(self.folder)
            _exchange(self.folder, self.place)
        return stats

    def clear(self) -> None:
        """Remove the old site once it is exchanged; whoever ends the work does it otherwise."""
        shutil.rmtree(self.folder / "new", ignore_errors=True)


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


FOLDER_MODE, FILE_MODE = 0o755, 0o644


def _open_to_readers(
    new: Path, place: Path, addresses: Sequence[str], known: Mapping[str, Sequence[int]]
) -> dict[str, Sequence[int]]:
    """Let a web server read the site, whatever umask it was built under; the folder itself is as it was before.

    Out come size and time of every file. Those of which they are known are not looked at.
    """
    _set_mode(new, stat.S_IMODE(place.stat().st_mode) if place.exists() else FOLDER_MODE)
    for folder in _folders_of(addresses):
        _set_mode(f"{new}/{folder}", FOLDER_MODE)
    stats = dict(known)
    for address in (one for one in addresses if one not in known):
        about = _set_mode(f"{new}/{address}", FILE_MODE)
        stats[address] = [about.st_size, about.st_mtime_ns]
    return stats


def _set_mode(path: str | Path, mode: int) -> os.stat_result:
    about = os.lstat(path)
    if stat.S_IMODE(about.st_mode) != mode:
        os.chmod(path, mode)  # noqa: PTH101
    return about


def _write(file: str, data: bytes) -> None:
    try:
        opened = open(file, "xb")  # noqa: PTH123, SIM115 - for each of many files
    except FileNotFoundError:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        opened = open(file, "xb")  # noqa: PTH123, SIM115
    with opened:
        opened.write(data)


def _holds_bytes(file: str, data: bytes) -> bool:
    try:
        about = os.lstat(file)
        return stat.S_ISREG(about.st_mode) and about.st_size == len(data) and Path(file).read_bytes() == data
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


# Publishing


@contextmanager
def publishing(output: Path, content: Path) -> Iterator[Work]:
    """A work folder beside the site, to be filled and then committed; without that, the old site stays as it is.

    Nobody else can publish there meanwhile. Raises Refused (nothing was touched), and OSError (the old site is there).
    """
    place = real_place(output, content)
    with naming(place.parent):
        place.parent.mkdir(parents=True, exist_ok=True)
    with locked(place.parent):
        settle_leftovers(place)
        check_ours(output)
        with work_folder(place, output) as work:
            yield work


def manifest_of(output: Path) -> dict[str, str]:
    """The hash of each file of a site by its address; nothing where there is no site."""
    return read_manifest(resolved(output)) or {}


def recover(output: Path) -> None:
    """Put right what a killed build left: a site set aside comes back, work folders go. Call it at start.

    Waits for a build that is running. Raises Refused when putting the site back would lose somebody's files.
    """
    place = resolved(output)
    if leftovers(place):
        with locked(place.parent):
            settle_leftovers(place)


def check_addresses(paths: Iterable[str]) -> None:
    """ValueError for an address that is unsafe, given twice, or that some file system cannot tell from another one."""
    seen: dict[str, str] = {}
    for path in paths:
        if not is_safe(path):
            raise ValueError(f"unsafe address in the site: {path!r}")
        if other := seen.get(name := folded(path)):
            same = (
                f"the address {path!r}" if other == path else f"addresses that differ only in case: {other!r}, {path!r}"
            )
            raise ValueError(f"two files of the site have {same}")
        seen[name] = path
    folders = {name.rpartition("/")[0] for name in seen}
    if taken := {folder for folder in folders if not seen.keys().isdisjoint(_upwards(folder))}:
        path = next(path for name, path in seen.items() if name.rpartition("/")[0] in taken)
        raise ValueError(f"a folder of {path!r} is a file of the site too")


def _folders_of(addresses: Iterable[str]) -> set[str]:
    """All folders that some files lie in, but for the site itself."""
    lowest = {address.rpartition("/")[0] for address in addresses}
    return {folder for one in lowest for folder in _upwards(one)}


def _upwards(folder: str) -> Iterator[str]:
    """A folder, and those that it lies in."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]


def is_safe(path: str) -> bool:
    """Whether an address is one on every file system, and none that a build needs itself."""
    return not UNSAFE.search(path) and folded(path) not in (MANIFEST, KEPT)


def folded(path: str) -> str:
    """An address as a file system sees it that ignores case."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
