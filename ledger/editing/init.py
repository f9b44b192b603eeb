"""A new ledger to start from: settings, one small controversy, and what editors and their tools need around it.

In: a folder that is not there or empty. Out: the files of `ledger/skeleton/` in it, all of them or none. In their names
`dot-` stands for a leading dot; in their text `{requirement}` for what installs this program.
"""

import shutil
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from ledger.system import naming


def new_ledger(folder: Path, requirement: str = "") -> tuple[str, ...]:
    """Write a new ledger and give the paths of its files. ValueError when something is there already."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ValueError(f"'{folder}' is there and is no folder")
    if folder.is_dir() and any(folder.iterdir()):
        raise ValueError(f"'{folder}' is not empty")
    made = dict(_skeleton(files("ledger") / "skeleton", requirement or f"ledger-kb=={version('ledger-kb')}"))
    place = folder.resolve()
    with naming(folder):
        place.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    try:
        for path, data in made.items():
            target = work / place.name / path
            with naming(folder / path):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        _put(work / place.name, place)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return tuple(made)


def _put(made: Path, place: Path) -> None:
    """The new folder in its place, or its contents into the empty folder that is there."""
    if not place.exists():
        made.rename(place)
        return
    try:
        for entry in made.iterdir():
            entry.rename(place / entry.name)
    except BaseException:
        for entry in place.iterdir():
            entry.rename(made / entry.name)
        raise


def _skeleton(folder: Traversable, requirement: str, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file of a new ledger, by its path."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = prefix + ("." + entry.name[4:] if entry.name.startswith("dot-") else entry.name)
        if entry.is_dir():
            yield from _skeleton(entry, requirement, f"{path}/")
        else:
            data = entry.read_bytes()
            yield path, data.replace(b"{requirement}", requirement.encode()) if path == "requirements.txt" else data
