"""New files put in place: all of them or none, whatever fails and whenever it is killed."""

import errno
import hashlib
import json
import os
import signal
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from faults import Fault, cut_off, disk_full, interrupt, kill, steps_counted, tree

from ledger import files
from ledger.editing import replacing
from ledger.importers.drafts import Run
from ledger.importers.running import run_import
from ledger.outfile import OutFile

FILES = [
    OutFile("sources/a.yml", b"title: A\n"),
    OutFile("sources/b.yml", b"title: B\n"),
    OutFile("snapshots/a.txt", b"A\n"),
]


@pytest.fixture(autouse=True, scope="module")
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Bringing everything to the disk takes longer than all the rest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replacing, "flush", lambda folder: None)
        yield


def place(files: list[OutFile], content: Path) -> None:
    with replacing.lock_content(content):
        replacing.exchange(content, {}, {file.path: file.data for file in files})


def recover(content: Path) -> None:
    with replacing.lock_content(content):
        pass


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
        recover(content)
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
        recover(content)
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


def test_what_an_editor_made_of_a_file_after_a_kill_is_kept(content: Path):
    cut_off(lambda: place(FILES, content))
    with (content / "sources/a.yml").open("ab") as file:
        file.write(b"# mine\n")
    recover(content)
    assert sorted(tree(content)) == ["sources", "sources/a.yml", "sources/old.yml"]
    assert (content / "sources/a.yml").read_bytes() == b"title: A\n# mine\n"


@pytest.mark.parametrize(
    "plan",
    [
        "{",
        "[]",
        '{"before": []}',
        '{"before": ["../outside.yml"], "after": [], "folders": []}',
        '{"before": [], "after": ["../outside.yml"], "folders": []}',
        '{"before": ["sources/link.yml"], "after": [], "folders": []}',
        '{"before": [], "after": [], "folders": ["../empty"]}',
    ],
)
def test_a_work_folder_that_came_with_the_content_reaches_nothing_outside(content: Path, plan: str):
    """Whoever sends a ledger could put such a folder into it."""
    outside, work = content.parent / "outside.yml", content / ".ledger-begun-x"
    outside.write_bytes(b"mine")
    (content.parent / "empty").mkdir()
    for folder in ("before/sources", "after"):
        (work / folder).mkdir(parents=True)
    (work / "plan.json").write_text(plan, encoding="utf-8")
    (work / "outside.yml").write_bytes(b"mine")
    if "link" in plan:
        (work / "before/sources/link.yml").symlink_to(outside)
    before = tree(content.parent)
    with pytest.raises(replacing.Interrupted, match="is not what a run that was cut off leaves"):
        place(FILES, content)
    assert tree(content.parent) == before


# A whole import


@pytest.fixture
def references(tmp_path: Path) -> Path:
    path = tmp_path / "refs.json"
    works = [{"id": name, "type": "book", "title": f"Work {name}", "DOI": f"10.1000/{name}"} for name in "pq"]
    path.write_text(json.dumps(works), encoding="utf-8")
    return path


def imported(references: Path, content: Path, *, dry: bool = False) -> set[str]:
    """What became of the references."""
    plan = run_import("", [references], content, Run(date(2026, 11, 22)), dry=dry)
    return {outcome.result for outcome in plan.outcomes}


def killed_at(at: int, references: Path, content: Path) -> bool:
    """An import in a process of its own that is killed at the step; False when it ended before."""
    child = os.fork()
    if child == 0:
        with steps_counted(Fault(at, kill)):
            imported(references, content)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status == 0 or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL)
    return status != 0


def emptied(content: Path) -> None:
    for file in (content / "sources").glob("work*"):
        file.unlink()


def test_what_was_cut_off_is_told_once_and_not_as_hard_links(content: Path):
    cut_off(lambda: place(FILES, content))
    (work,) = content.glob(".ledger-begun-*")
    os.link(content / "sources/a.yml", work / "after/sources/a.yml.copy")
    (problem,) = files.read(content).problems
    assert (problem.check, problem.span.path) == ("cut-off", work.name)
    recover(content)
    assert files.read(content).problems == []


def test_what_is_only_prepared_or_over_is_no_matter(content: Path):
    (content / ".ledger-staged-x").mkdir()
    (content / ".ledger-done-x").mkdir()
    assert files.read(content).problems == []


def test_an_import_that_creates_nothing_puts_back_what_was_cut_off(content: Path, references: Path, tmp_path: Path):
    before = tree(content)
    (tmp_path / "empty.json").write_text('[{"type": "book"}]', encoding="utf-8")
    cut_off(lambda: imported(references, content))
    assert imported(tmp_path / "empty.json", content) == {"skipped"}
    assert tree(content) == before


def test_after_a_kill_at_any_step_the_next_import_brings_in_every_record(content: Path, references: Path):
    """A dry run before it writes nothing, and announces no plan that would not hold."""
    assert imported(references, content) == {"created"}
    whole = tree(content)
    emptied(content)
    results, told = [], set()
    for at in count(1):
        killed = killed_at(at, references, content)
        before = tree(content)
        try:
            planned = imported(references, content, dry=True)
        except replacing.Interrupted as problem:
            told.add(str(problem))
            planned = {"created"}
        assert tree(content) == before, f"step {at}"
        results.append(imported(references, content))
        assert results[-1] == planned, f"step {at}"
        assert tree(content) == whole, f"step {at}"
        if not killed:
            break
        emptied(content)
    assert [*sorted(results, key=lambda found: found == {"unchanged"})] == results
    assert {"created"} in results
    assert {"unchanged"} in results
    assert told == {"an earlier run was cut off: run this without --dry-run, which first puts everything back"}
