"""IO out: content files exchanged for others, or new ones added, in one go: all of them or none.

In: files by path below the content folder, with their bytes before and after. Out: nothing; an OSError or ValueError
says what stood in the way, and then everything is as it was. Nothing is written over a file that was not named with
what it says, nor through a link. A kill leaves a work folder, from which the next `lock_content` puts everything back.

Everything that will stand there, and everything that stands there now, is written into the work folder and flushed.
Then the folder gets the name that says that the exchange has begun, the files are put in place one by one, and the
folder gets the name that says that it is over.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ledger.files import BEGUN
from ledger.system import flush, locked, naming

_STAGED, _DONE = ".ledger-staged-", ".ledger-done-"
_PLAN = "plan.json"
Files = Mapping[str, bytes]


class Interrupted(ValueError):  # noqa: N818 - said to editors, and no bug
    """Files left by an interrupted run are in the way."""


@contextmanager
def lock_content(content: Path, *, dry: bool = False) -> Iterator[None]:
    """Keep all others from changing the content, after what a cut-off run changed was put back.

    Read the content inside, or what was read may be gone. Interrupted when it cannot be put back; with `dry` nothing
    is written, so that nobody can say then what the content would be.
    """
    with locked(content):
        begun = _works(content, BEGUN)
        if begun and dry:
            raise Interrupted(
                "an earlier run was cut off: run this without --dry-run, which first puts everything back"
            )
        for work in begun:
            _take_back(content, work)
        for work in () if dry else _works(content, _STAGED, _DONE):
            shutil.rmtree(work, ignore_errors=True)
        yield


def _works(content: Path, *prefixes: str) -> list[Path]:
    found = (path for path in sorted(content.iterdir()) if path.name.startswith(prefixes))
    return [path for path in found if path.is_dir() and not path.is_symlink()]


def exchange(content: Path, before: Files, after: Files) -> None:
    """Put `after` where `before` stands, or change nothing; to be called while `lock_content`.

    ValueError when a file is not as it was when it was read; FileExistsError when something stands where there should
    be nothing.
    """
    _check(content, before, after)
    with naming(content):
        work = Path(tempfile.mkdtemp(prefix=_STAGED, dir=content))
    try:
        _stage(content, work, before, after)
        begun = _renamed(work, _STAGED, BEGUN)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    try:
        _put(content, begun, before, after)
        done = _renamed(begun, BEGUN, _DONE)
    except BaseException:
        _take_back(content, begun)
        raise
    shutil.rmtree(done, ignore_errors=True)


def _renamed(work: Path, before: str, after: str) -> Path:
    with naming(work):
        return work.rename(work.with_name(work.name.replace(before, after)))


def _check(content: Path, before: Files, after: Files) -> None:
    _check_inside(content, {**before, **after})
    for path, data in before.items():
        file = content / path
        if file.is_symlink() or not file.is_file() or file.read_bytes() != data:
            raise ValueError(f"{file} has changed since it was read: run the command again")
    for path in sorted(after.keys() - before.keys()):
        if os.path.lexists(content / path):
            raise FileExistsError(17, "is there already", str(content / path))


def _check_inside(content: Path, paths: Iterable[str]) -> None:
    for path in map(Path, paths):
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(f"'{path}' leaves the content folder")
        for folder in _folders(content, [str(path)]):
            if folder.is_symlink():
                raise NotADirectoryError(20, "this folder is a link: nothing is written through it", str(folder))


def _folders(content: Path, paths: Iterable[str]) -> list[Path]:
    """The folders below the content that the files stand in, the outer ones first."""
    return sorted({content / folder for path in paths for folder in Path(path).parents[:-1]})


def _stage(content: Path, work: Path, before: Files, after: Files) -> None:
    for name, files in (("before", before), ("after", after)):
        for path, data in files.items():
            target = work / name / path
            with naming(content / path):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
    new = [folder.relative_to(content).as_posix() for folder in _folders(content, after) if not folder.exists()]
    plan = {"before": sorted(before), "after": sorted(after), "folders": new}
    with naming(work):
        (work / _PLAN).write_bytes(json.dumps(plan).encode())
    flush(work)


def _put(content: Path, work: Path, before: Files, after: Files) -> None:
    for folder in _folders(content, after):
        with naming(folder):
            folder.mkdir(exist_ok=True)
    for path in after:
        _place(work / "after" / path, content / path, new=path not in before)
    for path in sorted(before.keys() - after.keys()):
        with naming(content / path):
            (content / path).unlink()
    flush(content)


def _place(staged: Path, target: Path, *, new: bool) -> None:
    """A copy of the staged file in the place of the target, in one step, with the target's permissions.

    The staged file itself stays as it is, whatever becomes of the copy: it is what recovery compares with.
    """
    copy = staged.with_name(staged.name + ".copy")
    with naming(target):
        shutil.copyfile(staged, copy)
        if new:
            _link(copy, target)
            copy.unlink()
        else:
            if target.exists():
                shutil.copymode(target, copy)
            copy.replace(target)


def _link(copy: Path, target: Path) -> None:
    """The file in its place, in one step that fails where something stands."""
    try:
        os.link(copy, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: there a kill may leave a part of this file
        with target.open("xb") as file:
            try:
                file.write(copy.read_bytes())
            except BaseException:
                target.unlink()
                raise


# After a run that was cut off


def _take_back(content: Path, work: Path) -> None:
    plan = _plan_of(content, work)
    for path in plan["before"]:
        _put_back(work, content, path, made=path in plan["after"])
    for path in plan["after"]:
        target = content / path
        if path not in plan["before"] and _same(target, work / "after" / path):
            with naming(target):
                target.unlink()
    for folder in reversed(plan["folders"]):
        with suppress(OSError):  # somebody's files are in it
            (content / folder).rmdir()
    flush(content)
    shutil.rmtree(work, ignore_errors=True)


def _plan_of(content: Path, work: Path) -> dict[str, list[str]]:
    """What was to be exchanged. Interrupted when the folder is not ours: it may have come with somebody's content."""
    found: dict[str, list[str]] = {}
    with suppress(FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        plan = json.loads((work / _PLAN).read_bytes())
        found = {name: [str(path) for path in plan[name]] for name in ("before", "after", "folders")}
        _check_inside(content, [*found["before"], *found["after"], *(f"{folder}/x" for folder in found["folders"])])
        if not any(path.is_symlink() for path in work.rglob("*")):
            return found
    raise Interrupted(f"{work} is not what a run that was cut off leaves: look into it, and remove it")


def _put_back(work: Path, content: Path, path: str, *, made: bool) -> None:
    old, target = work / "before" / path, content / path
    if _same(target, old):
        return
    if os.path.lexists(target) and not (made and _same(target, work / "after" / path)):
        raise Interrupted(f"{target} was changed after a run was cut off; how it was before is in {old}")
    _place(old, target, new=False)


def _same(one: Path, other: Path) -> bool:
    """Whether a file, and no link to one, says what the other does."""
    return one.is_file() and not one.is_symlink() and one.read_bytes() == other.read_bytes()
