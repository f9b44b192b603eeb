"""IO out: new files into the content folder, all of them or none, never over anything that is there.

In: files by path. Out: nothing; OSError or FileExistsError says what stood in the way, and then nothing of ours stays.

Everything is written into a work folder first, flushed, and then put in place by hard links, which the system makes
only where nothing stands. A kill in between leaves the work folder; the next import finds in it which of the files
are its own, takes them back and removes it. When all are in place the folder is renamed to say so, and removed.
"""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from ledger.outfile import OutFile
from ledger.system import flush, locked, naming

_STAGED, _DONE = ".ledger-import-", ".ledger-imported-"


def place(files: Iterable[OutFile], content: Path) -> None:
    """Create every file below `content`, or none."""
    with locked(content):
        recover(content)
        with naming(content):
            work = Path(tempfile.mkdtemp(prefix=_STAGED, dir=content))
        made: list[Path] = []
        try:
            staged = _stage(files, work)
            flush(work)
            _check_folders(staged, content)
            for path in staged:
                made += _made_folders(content / Path(path).parent)
                _put(work / path, content / path)
                made.append(content / path)
            done = work.with_name(work.name.replace(_STAGED, _DONE))
            work.rename(done)
        except BaseException:
            _take_back(made)
            shutil.rmtree(work, ignore_errors=True)
            raise
        shutil.rmtree(done, ignore_errors=True)


def recover(content: Path) -> None:
    """Take back what a killed import left: only files that are its own, by the system's own numbers or every byte."""
    for work in _works(content):
        if work.name.startswith(_STAGED):
            for path in sorted(work.rglob("*"), reverse=True):
                ours = content / path.relative_to(work)
                if path.is_file() and _is_ours(path, ours):
                    ours.unlink()
                elif path.is_dir() and ours.is_dir() and not ours.is_symlink():
                    with suppress(OSError):
                        ours.rmdir()
        shutil.rmtree(work, ignore_errors=True)


def _works(content: Path) -> list[Path]:
    found = (path for path in sorted(content.iterdir()) if path.name.startswith((_STAGED, _DONE)))
    return [path for path in found if path.is_dir() and not path.is_symlink()]


def _is_ours(staged: Path, placed: Path) -> bool:
    if placed.is_symlink() or not placed.is_file():
        return False
    return placed.samefile(staged) or placed.read_bytes() == staged.read_bytes()


def _stage(files: Iterable[OutFile], work: Path) -> list[str]:
    """Write every file into the work folder and give their paths."""
    paths: list[str] = []
    for file in files:
        target = work / file.path
        if Path(file.path).is_absolute() or ".." in Path(file.path).parts:
            raise ValueError(f"'{file.path}' leaves the content folder")
        with naming(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.data)
        paths.append(file.path)
    return paths


def _check_folders(paths: Iterable[str], content: Path) -> None:
    """A folder that is a link leads elsewhere: nothing is written through it."""
    for parent in sorted({content / Path(path).parent for path in paths}):
        if parent.is_symlink():
            raise NotADirectoryError(20, "this folder is a link: nothing is written through it", str(parent))


def _made_folders(folder: Path) -> Iterator[Path]:
    """Make a folder where there is none; it is ours then."""
    if not folder.is_dir():
        with naming(folder):
            folder.mkdir()
        yield folder


def _put(staged: Path, target: Path) -> None:
    """The file in its place, in one step that fails where something stands."""
    with naming(target):
        try:
            os.link(staged, target, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            with target.open("xb") as file:
                try:
                    file.write(staged.read_bytes())
                except BaseException:
                    target.unlink()
                    raise


def _take_back(made: list[Path]) -> None:
    for path in reversed(made):
        with suppress(OSError):
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink()
