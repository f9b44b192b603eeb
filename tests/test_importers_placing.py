"""Putting new files in place: all of them or none, whatever fails and whenever it is killed."""

import errno
import hashlib
import os
import signal
from itertools import count
from pathlib import Path

import pytest
from faults import Fault, disk_full, interrupt, kill, steps_counted, tree

from ledger.importers import placing
from ledger.importers.placing import place
from ledger.outfile import OutFile

FILES = [
    OutFile("sources/a.yml", b"title: A\n"),
    OutFile("sources/b.yml", b"title: B\n"),
    OutFile("snapshots/a.txt", b"A\n"),
]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources/old.yml").write_bytes(b"title: Old\n")
    return folder


def test_files_are_created_and_nothing_else_stays(content: Path):
    place(FILES, content)
    assert sorted(path.name for path in content.iterdir()) == ["snapshots", "sources"]
    assert {file.path: (content / file.path).read_bytes() for file in FILES} == {file.path: file.data for file in FILES}
    assert (content / "sources/a.yml").stat().st_nlink == 1


@pytest.mark.parametrize("taken", ["sources/b.yml", "snapshots/a.txt"])
def test_nothing_is_overwritten_and_nothing_of_ours_stays(content: Path, taken: str):
    (content / taken).parent.mkdir(exist_ok=True)
    (content / taken).write_bytes(b"mine")
    before = tree(content)
    with pytest.raises(FileExistsError):
        place(FILES, content)
    assert tree(content) == before


def test_nothing_is_written_through_a_link(content: Path, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (content / "snapshots").symlink_to(tmp_path / "elsewhere")
    before = tree(content)
    with pytest.raises(NotADirectoryError):
        place(FILES, content)
    assert (tree(content), tree(tmp_path / "elsewhere")) == (before, {})


@pytest.mark.parametrize("path", ["../x.yml", "/tmp/x.yml"])
def test_no_path_leaves_the_folder(content: Path, path: str):
    with pytest.raises(ValueError, match="leaves the content folder"):
        place([OutFile(path, b"")], content)
    assert sorted(found.name for found in content.iterdir()) == ["sources"]


@pytest.mark.parametrize("act", [disk_full, interrupt])
def test_a_fault_at_any_step_leaves_all_or_nothing(content: Path, act):
    before = tree(content)
    for at in count(1):
        fault = Fault(at, act)
        try:
            with steps_counted(fault):
                place(FILES, content)
        except (OSError, KeyboardInterrupt):
            pass
        if fault.steps < at:
            break
        placing.recover(content)
        assert tree(content) in (before, _whole(before)), f"step {at}"
        for file in FILES:
            (content / file.path).unlink(missing_ok=True)
        if (content / "snapshots").is_dir():
            (content / "snapshots").rmdir()
    assert at > 10


def test_a_kill_at_any_step_is_put_right_by_the_next_import(content: Path):
    before = tree(content)
    for at in count(1):
        child = os.fork()
        if child == 0:
            with steps_counted(Fault(at, kill)):
                place(FILES, content)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        placing.recover(content)
        assert tree(content) in (before, _whole(before)), f"step {at}"
        for file in FILES:
            (content / file.path).unlink(missing_ok=True)
        if (content / "snapshots").is_dir():
            (content / "snapshots").rmdir()
        if not os.WIFSIGNALED(status):
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
    assert at > 10


def _whole(before: dict[str, str]) -> dict[str, str]:
    files = {file.path: hashlib.sha256(file.data).hexdigest() for file in FILES}
    return dict(sorted((before | {"snapshots": ""} | files).items()))


def test_a_file_system_without_hard_links_will_do(content: Path, monkeypatch: pytest.MonkeyPatch):
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    place(FILES, content)
    assert (content / "sources/b.yml").read_bytes() == b"title: B\n"
