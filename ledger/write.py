"""IO out: publish a finished site, complete, or leave the old one untouched.

In: the files of the site and the folder they go to. Out: the folder, exchanged whole, with a manifest in it that
marks it as made here. Raised: `Refused` when the folder must not be touched, `OSError` when the disk or a
permission says no, `ValueError` when two files share an address or one leaves the folder.

The new site is written into a work folder beside the old one, flushed to disk once, and then exchanged with it:

- On Linux in one step (`renameat2` with RENAME_EXCHANGE), so that there is a complete site at every moment.
- Elsewhere in two renames. A kill between them leaves no site; both are safe in the work folder, and `recover`,
  which every `publish` calls first, puts the old one back. POSIX has no way to exchange two folders in one step.
- Where a folder cannot be renamed at all (one that lies in a lower layer of an overlay file system, as in a
  container image), the old site is copied into the work folder and removed, with the same recovery.

One build at a time may touch the folders in one parent: a second one waits, holding on to an advisory lock on
the parent folder itself, which leaves no lock file behind. Where folders cannot be locked (Windows, some network
file systems) it does not wait, and two builds at once are the caller's care.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ledger.exchange import build_and_exchange, leftovers, settle_leftovers
from ledger.outfile import OutFile
from ledger.system import locked, naming
from ledger.target import KEPT, MANIFEST, Refused, check_ours, extras, read_manifest, real_place, resolved

__all__ = ["Published", "Refused", "claim_output", "publish", "recover"]


@dataclass(frozen=True, slots=True)
class Published:
    """How many files the new site has, and how many of them the old site's manifest lists with the same bytes."""

    files: int
    unchanged: int


def publish(files: Iterable[OutFile], output: Path, *, content: Path) -> Published:
    """Make `output` hold exactly `files`, its manifest, and the `.gitkeep` it may have had.

    Raises Refused (nothing was touched), OSError (the old site stands), ValueError (unsafe or doubled addresses).
    """
    site = _by_path(files)
    place = real_place(output, content)
    if not site:
        raise Refused("there is nothing to publish", "an empty site would replace what is there; check the content")
    with naming(place.parent):
        place.parent.mkdir(parents=True, exist_ok=True)
    with locked(place.parent):
        settle_leftovers(place)
        check_ours(output)
        before = read_manifest(place) or {}
        manifest = {path: hashlib.sha256(data).hexdigest() for path, data in site.items()}
        build_and_exchange({**site, **extras(place, manifest)}, place, output)
    return Published(len(site), sum(before.get(path) == digest for path, digest in manifest.items()))


def claim_output(output: Path, content: Path) -> None:
    """Raise Refused when `publish` would refuse this folder; change nothing."""
    real_place(output, content)
    check_ours(output)


def recover(output: Path) -> None:
    """Put right what a killed build left: a site set aside comes back, work folders go. Call it at start.

    Waits for a build that is running. Raises Refused when putting the site back would lose somebody's files.
    """
    place = resolved(output)
    if leftovers(place):
        with locked(place.parent):
            settle_leftovers(place)


def _by_path(files: Iterable[OutFile]) -> dict[str, bytes]:
    site: dict[str, bytes] = {}
    for file in files:
        if file.path in site:
            raise ValueError(f"two files of the site have the address {file.path!r}")
        site[file.path] = file.data
    _check_paths(site)
    return dict(sorted(site.items()))


def _check_paths(paths: Iterable[str]) -> None:
    """ValueError for an address that is unsafe, or that some file system cannot tell from another one."""
    seen: dict[str, str] = {}
    for path in paths:
        if not _is_safe(path):
            raise ValueError(f"unsafe address in the site: {path!r}")
        if (other := seen.setdefault(_folded(path), path)) != path:
            raise ValueError(f"two files of the site have addresses that differ only in case: {other!r}, {path!r}")
    for folded, path in seen.items():
        parts = folded.split("/")
        if any("/".join(parts[:end]) in seen for end in range(1, len(parts))):
            raise ValueError(f"a folder of {path!r} is a file of the site too")


def _is_safe(path: str) -> bool:
    parts = path.split("/")
    return (
        not any(part in ("", ".", "..") for part in parts)
        and not re.search(r"[\\\0\ud800-\udfff]|^[A-Za-z]:", path)
        and _folded(path) not in (MANIFEST, KEPT)
    )


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
