"""IO: a published site against its manifest: which file is missing, another one, or no part of it.

In: the folder of a site. Out: what differs, by address. Nothing is opened but regular files below the folder: an
address that leads out of it, and a link in it, are refused.
"""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from ledger.diagnostics import visible
from ledger.system import OPEN_TO_READ
from ledger.write import KEPT, LITTER, MANIFEST, Refused, is_safe, read_manifest, resolved, walk

How = Literal["missing", "changed", "extra", "refused"]
HOW: tuple[How, ...] = ("missing", "changed", "extra", "refused")
_HASH = re.compile(r"[0-9a-f]{64}")


class Difference(NamedTuple):
    """One file that is not as the manifest says; what is refused has a reason."""

    address: str
    how: How
    why: str = ""


def verify(output: Path) -> tuple[int, list[Difference]]:
    """How many files the manifest of a site lists, and which differ, by address. Refused when there is no manifest."""
    folder = resolved(output)
    if not folder.is_dir():
        raise Refused(f"there is no folder {visible(str(output))}", "name the folder of a site")
    listed = read_manifest(folder)
    if listed is None:
        hint = "name the folder of a site that `ledger build` has made"
        raise Refused(f"{visible(str(output))} has no {MANIFEST} that can be read", hint)
    found = {address: entry.is_file(follow_symlinks=False) for address, entry in walk(folder)}
    differences = [*_of_listed(folder, listed, found), *_extra(listed, found)]
    return len(listed), sorted(differences)


def _of_listed(folder: Path, listed: dict[str, str], found: dict[str, bool]) -> Iterator[Difference]:
    for address, digest in listed.items():
        if not is_safe(address) or not _HASH.fullmatch(digest):
            yield Difference(address, "refused", "the manifest has no such line from a build")
        elif address not in found:
            yield Difference(address, "missing")
        elif not found[address]:
            yield Difference(address, "refused", "it is a link or a device, not a file")
        elif _digest(folder / address) != digest:
            yield Difference(address, "changed")


def _extra(listed: dict[str, str], found: dict[str, bool]) -> Iterator[Difference]:
    for address in found.keys() - listed.keys() - {MANIFEST, KEPT}:
        if address.rpartition("/")[2] not in LITTER:
            yield Difference(address, "extra")


def _digest(file: Path) -> str:
    """The hash of a file; empty when a link or a device has taken its place meanwhile."""
    handle = os.open(file, OPEN_TO_READ)
    with os.fdopen(handle, "rb") as opened:
        is_file = stat.S_ISREG(os.fstat(handle).st_mode)
        return hashlib.file_digest(opened, "sha256").hexdigest() if is_file else ""
