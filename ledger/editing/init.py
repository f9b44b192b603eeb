"""A new ledger to start from: settings, one small controversy, and what editors and their tools need around it.

In: a folder, and what installs this program. Out: the files of `ledger/skeleton/` in it, all of them or none; what is
there already stays as it is. In the names of the skeleton `dot-` stands for a leading dot; in its text `{requirement}`
for what installs this program.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from ledger.editing.installing import Requirement
from ledger.system import naming

README, GUIDE = "README.md", "LEDGER.md"
"""What says how to go on, and its name where there is a README already."""
LISTS: tuple[str, ...] = (".gitignore", "requirements.txt")
"""Files of which another program needs every line."""
ELSEWHERE = {".github/pull_request_template.md": ("pull_request_template.md", "docs/pull_request_template.md")}
"""Where GitHub looks for a file too: of two it would take ours."""


class Made(NamedTuple):
    """The outcome of making a new ledger."""

    written: tuple[str, ...]
    """The paths of its files."""
    kept: tuple[str, ...]
    """The paths at which something else was and is."""
    missing: Mapping[str, tuple[str, ...]]
    """By the path of a list that was kept, the lines that it lacks."""


def new_ledger(folder: Path, requirement: Requirement) -> Made:
    """Write a new ledger into a folder that is new, empty or in use. ValueError when it is no folder."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ValueError(f"'{folder}' is there and is no folder")
    if (folder / "site.yml").is_file():
        raise ValueError(f"'{folder}' holds the records of a ledger: name the folder around it")
    wanted = _named_anew(folder, _contents(requirement))
    kept = {path for path in wanted if _taken(folder, path)}
    if _has_records(folder):
        kept |= {path for path in wanted if path.startswith("content/")}
    made = {path: data for path, data in wanted.items() if path not in kept}
    _write(folder, made)
    missing = {path: _lines_missing(folder / path, wanted[path]) for path in LISTS if path in kept}
    beside = (README,) if GUIDE in wanted else ()
    return Made(tuple(made), (*_shortened(kept, made), *beside), missing)


def _contents(requirement: Requirement) -> dict[str, bytes]:
    made = dict(_skeleton(files("ledger") / "skeleton", requirement.line))
    return made | ({f"vendor/{requirement.wheel}": requirement.data} if requirement.wheel else {})


def _skeleton(folder: Traversable, requirement: str, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = prefix + ("." + entry.name[4:] if entry.name.startswith("dot-") else entry.name)
        if entry.is_dir():
            yield from _skeleton(entry, requirement, f"{path}/")
        else:
            data = entry.read_bytes()
            yield path, data.replace(b"{requirement}", requirement.encode()) if path == "requirements.txt" else data


def _named_anew(folder: Path, wanted: dict[str, bytes]) -> dict[str, bytes]:
    """The files, with the guide under another name beside a README of whatever spelling, unless a ledger is here."""
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() and not _has_records(folder) else []
    there = any(name.casefold().startswith("readme") for name in names)
    return {GUIDE if there and path == README else path: data for path, data in wanted.items()}


def _taken(folder: Path, path: str) -> bool:
    """Whether something stands at a path, or something on the way to it is no folder of this one."""
    above = [folder / one for one in list(Path(path).parents)[:-1]]
    if any(os.path.lexists(one) and not _is_folder(one) for one in above):
        return True
    return any(_spelt(folder / one) for one in (path, *ELSEWHERE.get(path, ())))


def _spelt(path: Path) -> bool:
    """Whether a folder has the name, in whatever capitals: some systems, and GitHub, take these for one."""
    there = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
    return path.name.casefold() in map(str.casefold, there)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _has_records(folder: Path) -> bool:
    """Whether there is content already, to which no example should be added."""
    content = folder / "content"
    return content.is_dir() and any(content.iterdir())


def _shortened(kept: set[str], made: Mapping[str, bytes]) -> tuple[str, ...]:
    """The paths for people: a folder into which nothing was written once."""
    into = {path.partition("/")[0] for path in made}
    tops = {path: path.partition("/")[0] for path in kept}
    return tuple(sorted({path if top in (path, *into) else f"{top}/" for path, top in tops.items()}))


def _lines_missing(file: Path, wanted: bytes) -> tuple[str, ...]:
    there = file.read_bytes().decode("utf-8", "replace").splitlines() if file.is_file() else []
    return tuple(line for line in wanted.decode().splitlines() if line not in there and not line.startswith("#"))


def _write(folder: Path, made: Mapping[str, bytes]) -> None:
    """Every file, each only where nothing is; after a failure none of them, nor any folder made for them."""
    undo: list[Path] = []
    try:
        for path, data in made.items():
            _make_folders((folder / path).parent, undo)
            with naming(folder / path), (folder / path).open("xb") as file:
                undo.append(folder / path)
                file.write(data)
    except BaseException:
        for one in reversed(undo):
            with suppress(OSError):
                one.rmdir() if _is_folder(one) else one.unlink()
        raise


def _make_folders(folder: Path, made: list[Path]) -> None:
    for one in (*reversed(folder.parents), folder):
        if not one.is_dir():
            with naming(one):
                one.mkdir()
            made.append(one)
