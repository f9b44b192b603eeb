"""The store: what an earlier run found out, in a folder beside the content, so that the next has less to do.

In: plain values (what JSON holds) and bytes, by name. Out: the same, or None for what is not there, was cut off or was
changed by accident: each file begins with a checksum of the rest. Bytes stay in the file until they are asked for.
Nothing in it is ever executed. Losing it costs time and nothing else, so no OSError leaves this module.

A store that git tracks may have come with a proposal: it is not used.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import BufferedReader, BufferedWriter
from itertools import islice
from pathlib import Path
from typing import Any
from zlib import crc32

from ledger import git
from ledger.outfile import log_of
from ledger.system import put_file

FOLDER = ".ledger-cache"
IGNORE = "# A store of `ledger build`: it can be deleted at any time.\n*\n"
GENERATIONS = 4
"""So many settings of one ledger are remembered side by side: a preview, an earlier day."""
_OWN = re.compile("[0-9a-f]{20}")
"""How a folder of the store is called; others are not its own, if the store is a link to somewhere else."""
PROBE = "began"
BUFFER = 1 << 18
"""How many bytes are read at a time to check them."""
BLOCK, MOST_BLOCKS = 1 << 16, 64
"""How many bytes of a part are read at a time, and how many such blocks of it are kept at hand."""
PIECE = 1_000
"""So many entries of a list or a mapping are written at a time."""
SUM = 8
"""How long the checksum in front of each file is. It is no secret: whoever can write a file can write a right one."""
HEAD = SUM + 17


class Part:
    """Some bytes of a file, read where they are asked for; the file may have another in its place by then."""

    def __init__(self, file: BufferedReader, at: int, size: int) -> None:
        self._file, self._at, self._size = os.dup(file.fileno()), at, size
        self._blocks: dict[int, bytes] = {}
        """What was read lately: a little is often asked for, and much of it lies side by side."""

    def __del__(self) -> None:
        os.close(self._file)

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, place: slice) -> bytes:
        begin, end, _ = place.indices(self._size)
        number, first = divmod(begin, BLOCK)
        last = first + end - begin
        if last > BLOCK:
            return os.pread(self._file, end - begin, self._at + begin)
        if number not in self._blocks:
            if len(self._blocks) >= MOST_BLOCKS:
                self._blocks.clear()
            self._blocks[number] = os.pread(self._file, BLOCK, self._at + number * BLOCK)
        return self._blocks[number][first:last]


class Store:
    """A folder for one ledger built with certain settings by a certain program."""

    def __init__(self, content: Path, configuration: Any) -> None:
        self._root = content.resolve().parent / FOLDER
        text = json.dumps([content.name, configuration], sort_keys=True)
        self.folder = self._root / hashlib.sha256(text.encode()).hexdigest()[:20]

    def has(self, name: str) -> bool:
        """Whether there is a value."""
        return (self.folder / name).is_file()

    def load(self, name: str) -> Any:
        """A value, or None."""
        try:
            with (self.folder / name).open("rb") as file:
                return _read(file)
        except (OSError, ValueError, TypeError):
            return None

    def save(self, name: str, value: Mapping[str, Any]) -> None:
        """Put a value in the place of the one before, in one step. An entry that is an Iterator gives bytes as such."""
        with suppress(OSError):
            self._make()
            new = self.folder / f"{name}.{os.getpid()}"
            with new.open("wb") as file:
                _write(file, value)
            new.replace(self.folder / name)

    def forget(self, name: str) -> None:
        """Leave a value out from now on."""
        with suppress(OSError):
            (self.folder / name).unlink(missing_ok=True)

    def tick(self) -> int:
        """What the file system's clock shows, in nanoseconds, to tell what is changed from here on; 0 without a store.

        A file with this time or a later one may have changed again after it was read, within one tick of that clock.
        """
        with suppress(OSError):
            self._make()
            probe = self.folder / PROBE
            put_file(probe, b"")
            return probe.stat().st_mtime_ns
        return 0

    def _make(self) -> None:
        if not self.folder.is_dir():
            self.folder.mkdir(parents=True)
            put_file(self._root / ".gitignore", IGNORE.encode())
            self._prune()

    def _prune(self) -> None:
        own = (folder for folder in self._root.iterdir() if _OWN.fullmatch(folder.name) and folder.is_dir())
        others = [folder for folder in own if folder != self.folder]
        for folder in sorted(others, key=lambda one: one.stat().st_mtime_ns)[: -GENERATIONS + 1]:
            shutil.rmtree(folder, ignore_errors=True)


def is_tracked(content: Path) -> bool:
    """Whether git has a store of this content in its index."""
    root = content.resolve().parent
    if not (root / FOLDER).is_dir() or not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return False
    try:
        listed = git.run(root, "ls-files", "-z", "--", FOLDER)
    except ValueError:
        return False
    return bool(listed.stdout) or b"safe.bareRepository" in listed.stderr


def head_of(content: Path) -> str:
    """What the past is read from: the commit that the content folder is at (`none` without one), whether git has less
    than the whole history, and the log of wordings.
    """
    log = log_of(content)
    is_there = log.is_file() and not log.is_symlink()
    kept = hashlib.sha256(log.read_bytes()).hexdigest() if is_there else ""
    try:
        done = git.run(content, "rev-parse", "HEAD", "--is-shallow-repository")
    except ValueError:
        return f"none {kept}"
    said = "none" if done.returncode else done.stdout.decode(errors="replace")
    return " ".join((*said.split(), kept))


# A file is a head (the checksum of all after it, and where the index begins), the entries, and the index: the name of
# each entry, whether it is JSON, and its size.


def _write(file: BufferedWriter, value: Mapping[str, Any]) -> None:
    """One entry after the other, since all of them together are large."""
    file.write(b" " * HEAD)
    index, known = [], 0
    for name, part in value.items():
        is_bytes, begin = isinstance(part, Iterator), file.tell()
        for piece in part if is_bytes else _pieces(part):
            known = crc32(piece, known)
            file.write(piece)
        index.append((name, not is_bytes, file.tell() - begin))
    place, last = b"%16d\n" % file.tell(), _dumps(index)
    file.write(last)
    file.seek(0)
    file.write(b"%08x" % crc32(place, crc32(last, known)) + place)


def _read(file: BufferedReader) -> dict[str, Any] | None:
    """What was written, None where something else was. ValueError and TypeError for an index of another shape."""
    said, place, known = file.read(SUM), file.read(HEAD - SUM), 0
    buffer = memoryview(bytearray(BUFFER))
    while size := file.readinto(buffer):
        known = crc32(buffer[:size], known)
    if b"%08x" % crc32(place, known) != said:
        return None
    file.seek(end := int(place))
    index = _loads(file.read())
    file.seek(HEAD)
    found, at = {}, HEAD
    for name, is_json, size in index:
        file.seek(at)
        found[name] = _loads(file.read(size)) if is_json else _part(file, at, min(size, end - at))
        at += size
    return found


def _part(file: BufferedReader, at: int, size: int) -> Part | bytes:
    """All at once on systems that can't read from a given place; there, a file in use can't be replaced either."""
    return Part(file, at, size) if hasattr(os, "pread") else file.read(size)


def _pieces(part: Any) -> Iterator[bytes]:
    """A value in pieces: a long list or mapping is never there as a whole a second time."""
    if not isinstance(part, (list, dict)) or len(part) <= PIECE:
        yield _dumps(part)
        return
    entries = iter(part.items() if isinstance(part, dict) else part)
    yield b"{" if isinstance(part, dict) else b"["
    for at in range(0, len(part), PIECE):
        found = islice(entries, PIECE)
        yield (b"," if at else b"") + _dumps(dict(found) if isinstance(part, dict) else list(found))[1:-1]
    yield b"}" if isinstance(part, dict) else b"]"


def _loads(data: bytes) -> Any:
    import orjson  # a build that has nothing to do needs little else

    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return json.loads(data)


def _dumps(value: Any) -> bytes:
    import orjson

    try:
        return orjson.dumps(value, default=list)  # named tuples
    except orjson.JSONEncodeError:  # the name of a file need not be UTF-8
        return json.dumps(value).encode()
