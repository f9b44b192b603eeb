"""The folder that a site is published to: where it really is, whether it is ours, what in it would be lost.

In: the folder as named. Out: its real place, its manifest. Refused is raised when it must not be touched.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ledger.diagnostics import visible

MANIFEST = ".ledger-manifest.json"
KEPT = ".gitkeep"
LITTER = (".DS_Store", "Thumbs.db")
"""What file managers leave in any folder that they show."""
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
    lost = sorted(path for path in _walk(output) if path not in known and path.rpartition("/")[2] not in LITTER)
    if not lost:
        return
    more = f" and {len(lost) - NAMED} more" if len(lost) > NAMED else ""
    raise Refused(
        f"{visible(str(output))} holds files that no build made: {visible(', '.join(lost[:NAMED]))}{more}",
        "move them elsewhere: the folder is replaced whole, and they would be lost",
    )


def _walk(folder: Path, prefix: str = "") -> Iterator[str]:
    """The address of everything below the folder that is no folder itself, symlinks included."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path), f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name


def read_manifest(folder: Path) -> dict[str, str] | None:
    """Address to sha256 of each file of an earlier site; None where there is no valid manifest."""
    try:
        found = json.loads((folder / MANIFEST).read_bytes())
    except (FileNotFoundError, IsADirectoryError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or (found.get("format"), found.get("generator")) != (1, "ledger"):
        return None
    listed = found.get("files")
    if not isinstance(listed, dict) or not all(isinstance(digest, str) for digest in listed.values()):
        return None
    return listed


def extras(place: Path, manifest: Mapping[str, str]) -> dict[str, bytes]:
    """The files that are no part of the site: its manifest and the old folder's `.gitkeep`."""
    fields = {"format": 1, "generator": "ledger", "files": manifest}
    text = json.dumps(fields, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    kept = place / KEPT
    return {MANIFEST: text.encode(), **({KEPT: kept.read_bytes()} if kept.is_file() else {})}


def names_in(folder: Path) -> set[str]:
    """What a folder holds."""
    return {entry.name for entry in folder.iterdir()}
