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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ledger.exchange import Published, Work, leftovers, settle_leftovers, work_folder
from ledger.outfile import OutFile
from ledger.system import locked, naming
from ledger.target import KEPT, MANIFEST, Refused, check_ours, read_manifest, real_place, resolved

__all__ = ["Published", "Refused", "Work", "claim_output", "manifest_of", "publish", "publishing", "recover"]


def publish(files: Iterable[OutFile], output: Path, *, content: Path) -> Published:
    """Make `output` hold exactly `files`, its manifest, and the `.gitkeep` it may have had.

    Raises Refused (nothing was touched), OSError (the old site stands), ValueError (unsafe or doubled addresses).
    """
    site = _by_path(files)
    with publishing(output, content) as work:
        for path, data in site.items():
            work.put(path, data)
        return work.commit({path: hashlib.sha256(data).hexdigest() for path, data in site.items()})


@contextmanager
def publishing(output: Path, content: Path) -> Iterator[Work]:
    """A work folder beside the site, to be filled and then committed; without that, the old site stays as it is.

    Nobody else can publish there meanwhile. Raises what `publish` raises.
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
    check_addresses(site)
    return dict(sorted(site.items()))


def check_addresses(paths: Iterable[str]) -> None:
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
