"""Several content files exchanged for others in one go: all of them or none.

In: changes, each a file's path and bytes before and after. Out: nothing; an OSError or ValueError says what stood in
the way, and then everything is as it was. A kill leaves a work folder, from which `recover` puts everything back; the
next such run does that first.

Everything that will stand there, and everything that stands there now, is written into the work folder and flushed.
Then the folder gets the name that says that the exchange has begun, the files are put in place one by one, and the
folder gets the name that says that it is over.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ledger.system import flush, locked, naming

_STAGED, _BEGUN, _DONE = ".ledger-staged-", ".ledger-begun-", ".ledger-done-"
_PLAN = "plan.json"


@dataclass(frozen=True, slots=True)
class Change:
    """One file: where it stands below the content folder and what it says, before and after."""

    path_before: str
    path_after: str
    before: bytes = field(repr=False)
    after: bytes = field(repr=False)


def replace_files(content: Path, changes: Iterable[Change]) -> None:
    """Carry out every change or none. ValueError when a file is not as it was when it was read."""
    wanted = tuple(changes)
    after = {change.path_after: change.after for change in wanted}
    before = {change.path_before: change.before for change in wanted}
    with locked(content):
        _recover(content)
        _check(content, before, after)
        with naming(content):
            work = Path(tempfile.mkdtemp(prefix=_STAGED, dir=content))
        try:
            _stage(content, work, before, after)
            begun = _renamed(work, _STAGED, _BEGUN)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
        try:
            _put(content, begun, before, after)
            done = _renamed(begun, _BEGUN, _DONE)
        except BaseException:
            _take_back(content, begun)
            raise
        shutil.rmtree(done, ignore_errors=True)


def recover(content: Path) -> None:
    """Put back what a killed exchange changed. ValueError when somebody has changed one of its files since."""
    with locked(content):
        _recover(content)


def _recover(content: Path) -> None:
    for work in sorted(content.glob(".ledger-*-*")):
        if work.is_symlink() or not work.is_dir():
            continue
        if work.name.startswith(_BEGUN):
            _take_back(content, work)
        elif work.name.startswith((_STAGED, _DONE)):
            shutil.rmtree(work, ignore_errors=True)


def _check(content: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    for path, data in before.items():
        file = content / path
        if file.is_symlink() or file.parent.is_symlink() or not file.is_file() or file.read_bytes() != data:
            raise ValueError(f"{file} has changed since it was read: run the command again")
    for path in after:
        if path not in before and os.path.lexists(content / path):
            raise ValueError(f"{content / path} is there already")


def _stage(content: Path, work: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    for name, files in (("before", before), ("after", after)):
        for path, data in files.items():
            target = work / name / path
            with naming(content / path):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
    plan = {"before": sorted(before), "after": sorted(after)}
    with naming(work):
        (work / _PLAN).write_bytes(json.dumps(plan).encode())
    flush(work)


def _put(content: Path, work: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    for path in after:
        _place(work / "after" / path, content / path)
    for path in before:
        if path not in after:
            with naming(content / path):
                (content / path).unlink()
    flush(content)


def _place(staged: Path, target: Path) -> None:
    """A copy of the staged file in the place of the target, in one step, with the target's permissions."""
    copy = staged.with_name(staged.name + ".copy")
    with naming(target):
        shutil.copyfile(staged, copy)
        if target.exists():
            shutil.copymode(target, copy)
        copy.replace(target)


def _take_back(content: Path, work: Path) -> None:
    plan = json.loads((work / _PLAN).read_bytes())
    for path in plan["before"]:
        _put_back(work, content, path, made=path in plan["after"])
    for path in plan["after"]:
        target = content / path
        if path not in plan["before"] and target.is_file() and _same(target, work / "after" / path):
            with naming(target):
                target.unlink()
    flush(content)
    shutil.rmtree(work, ignore_errors=True)


def _put_back(work: Path, content: Path, path: str, *, made: bool) -> None:
    old, target = work / "before" / path, content / path
    if target.exists() and _same(target, old):
        return
    if target.exists() and not (made and _same(target, work / "after" / path)):
        raise ValueError(f"{target} was changed after a rename was cut off; how it was before stands in {old}")
    _place(old, target)


def _same(one: Path, other: Path) -> bool:
    return one.read_bytes() == other.read_bytes()


def _renamed(work: Path, before: str, after: str) -> Path:
    with naming(work):
        return work.rename(work.with_name(work.name.replace(before, after)))
