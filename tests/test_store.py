"""The store: whatever it holds, was done to it or came with a proposal, the site is right."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from engines import LEDGER, from_nothing, options_for, put, same
from making import PATIENCE, Run, python, run_here, tree

from ledger.engine import build as engine
from ledger.engine.report import Report, nothing_to_check, sources
from ledger.engine.store import FOLDER, _write, is_tracked


@pytest.fixture(autouse=True)
def no_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    """To bring many small sites to the disk takes longer than to make them."""
    monkeypatch.setattr("ledger.write.flush", lambda folder: None)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    put(tmp_path / "content", LEDGER)
    return tmp_path / "content"


def stored(content: Path) -> list[Path]:
    return sorted(
        path for path in (content.parent / FOLDER).rglob("*") if path.is_file() and path.suffix != ".gitignore"
    )


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def with_other_bytes(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(len(data) // 3, len(data), max(1, len(data) // 40)):
        data[at] ^= 0x20
    path.write_bytes(bytes(data))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def removed(path: Path) -> None:
    path.unlink()


def of_another_shape(path: Path) -> None:
    if path.suffix != ".sqlite":
        with path.open("w+b") as file:
            _write(file, {"files": [["claims/slow.yml", 1]], "tasks": 3, "seen": [1, 2], "site": 4, "began": "x"})


EDITED = {"claims/slow.yml": LEDGER["claims/slow.yml"].replace("A gap.", "A wide gap.")}
STORED = ("state", "idle", "fragments.sqlite", "all")
CASES = [
    pytest.param(damage, which, id=f"{which}-{damage.__name__}")
    for damage in (cut_off, with_other_bytes, emptied, removed, of_another_shape)
    for which in STORED
    if (damage, which) != (of_another_shape, "fragments.sqlite")
]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, dict[str, bytes]]:
    """What the edited content gives without a store."""
    content = tmp_path_factory.mktemp("expected") / "content"
    put(content, LEDGER | EDITED)
    return from_nothing(options_for(content))


@pytest.mark.parametrize(("damage", "which"), CASES)
def test_a_damaged_store_gives_a_right_site_and_is_whole_again(content: Path, expected, damage, which: str):
    first = engine.build(options_for(content, workers=1))
    assert {path.name for path in stored(content)} >= {*STORED[:3]}
    for path in stored(content):
        if which in (path.name, "all"):
            damage(path)
    put(content, EDITED)
    report = engine.build(options_for(content, workers=1))
    assert report.published
    assert same(report, expected[0])
    assert tree(content.parent / "output") == expected[1]
    put(content, LEDGER)
    assert engine.build(options_for(content, workers=1)).made < first.made / 2


def test_what_a_build_that_was_given_up_left_in_the_store_costs_one_build_from_nothing(content: Path):
    first = engine.build(options_for(content))
    put(content, EDITED | {"pages/g.md": LEDGER["pages/g.md"] + "\n[that](#nothing)\n"})
    assert not engine.build(options_for(content)).published
    put(content, {"pages/g.md": LEDGER["pages/g.md"], "claims/slow.yml": LEDGER["claims/slow.yml"]})
    put(content, {"terms/v.yml": "term: Hand\ndefinition: It turns.\n"})
    assert engine.build(options_for(content)).published
    assert tree(content.parent / "output") == from_nothing(options_for(content))[1]
    put(content, {"terms/v.yml": "term: Hand\ndefinition: It turns round.\n"})
    assert engine.build(options_for(content)).made < first.made / 2
    assert tree(content.parent / "output") == from_nothing(options_for(content))[1]


def test_a_store_with_too_many_words_of_what_is_gone_costs_one_build_from_nothing(
    content: Path, expected, monkeypatch: pytest.MonkeyPatch
):
    first = engine.build(options_for(content))
    put(content, EDITED)
    with monkeypatch.context() as patched:
        patched.setattr("ledger.engine.traces.MOST_UNUSED", 0)
        report = engine.build(options_for(content))
    assert report.made > first.made / 2
    assert tree(content.parent / "output") == expected[1]
    put(content, LEDGER)
    assert engine.build(options_for(content)).made < first.made / 2


def test_another_program_or_other_settings_do_not_use_it(content: Path, monkeypatch: pytest.MonkeyPatch):
    engine.build(options_for(content))
    assert engine.build(options_for(content, base_url="https://example.org/l")).made > 0
    assert b"https://example.org/l" in (content.parent / "output/index.html").read_bytes()
    assert engine.build(options_for(content)).made > 0
    monkeypatch.setattr("sys.version", "9.9.9")
    assert engine.build(options_for(content)).made > 0


def test_a_store_that_cannot_be_written_is_done_without(content: Path):
    (content.parent / FOLDER).write_text("a file where the folder should be")
    assert engine.build(options_for(content)).published
    assert engine.build(options_for(content)).published
    assert tree(content.parent / "output") == from_nothing(options_for(content))[1]


def test_two_builds_at_once_give_two_right_sites(content: Path):
    command = [sys.executable, "-m", "ledger", "build", "--content", str(content), "--output"]
    places = [content.parent / name for name in ("one", "two")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    running = [subprocess.Popen([*command, str(place)], env=environment, stdout=subprocess.DEVNULL) for place in places]
    assert [process.wait(PATIENCE) for process in running] == [0, 0]
    site = from_nothing(options_for(content))[1]
    assert [tree(place) for place in places] == [site, site]


def test_a_store_that_git_tracks_is_not_used(content: Path):
    root = content.parent
    git = ["git", "-C", str(root), "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run([*git, "init", "-q"], check=True, timeout=PATIENCE)
    engine.build(options_for(content))
    subprocess.run([*git, "add", "-f", FOLDER], check=True, timeout=PATIENCE)
    report = engine.build(options_for(content))
    assert report.made > 0
    ((message, hint),) = report.notes
    assert "git tracks the store" in message
    assert "git rm -r --cached .ledger-cache" in hint
    told = python("-m", "ledger", "build", "--content", content, "--output", root / "output")
    assert (told.returncode, "git tracks the store" in told.stderr) == (0, True)


def test_files_that_make_a_repository_beside_the_content_hide_no_store(content: Path):
    root = content.parent / "kb"
    root.mkdir()
    content = content.rename(root / "content")
    subprocess.run(["git", "init", "-q", str(root.parent)], check=True, timeout=PATIENCE)
    engine.build(options_for(content))
    for name, text in {"HEAD": "ref: refs/heads/main", "objects/x": "", "refs/x": ""}.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    assert is_tracked(content)


def test_nothing_is_written_through_a_link_nor_removed_behind_one(content: Path):
    root, home = content.parent, content.parent / "home"
    for number in range(9):
        (home / f"papers-{number}").mkdir(parents=True)
    (home / ".gitignore").symlink_to(root / "mine")
    (root / "mine").write_text("mine", encoding="utf-8")
    (root / FOLDER).symlink_to(home)
    engine.build(options_for(content))
    assert len(list(home.glob("papers-*"))) == 9
    assert (root / "mine").read_text(encoding="utf-8") == "mine"


def test_git_ignores_a_store(content: Path):
    engine.build(options_for(content))
    assert (content.parent / FOLDER / ".gitignore").read_text().splitlines()[-1] == "*"


def test_verify_compares_with_a_build_from_nothing(content: Path):
    arguments = ("-m", "ledger", "build", "--verify", "--content", content, "--output", content.parent / "output")
    assert python(*arguments).returncode == 0
    (state,) = (path for path in stored(content) if path.name == "state")
    before = state.read_bytes()
    put(content, {"claims/slow.yml": LEDGER["claims/slow.yml"].replace("It moves.", "It crawls.")})
    assert python(*arguments).returncode == 0
    assert state.read_bytes() != before


def test_a_check_of_what_has_not_changed_imports_no_engine_and_finds_the_same(content: Path):
    put(content, {"terms/lonely.yml": "{term: lonely, definition: Nobody names it., added: 2024-01-01}"})
    command = ["check", "--content", str(content)]
    program = f"""
import sys
from ledger.cli import main
code = main({command})
print(code, "ledger.engine.build" in sys.modules, file=sys.stderr)
"""

    def checked(run: Run) -> tuple[int, str]:
        return run.returncode, re.sub(r"[0-9.]+ s\b", "", run.stdout)

    first, second = (python("-c", program, cwd=content.parent) for _ in range(2))
    assert (first.stderr, second.stderr) == ("0 True\n", "0 False\n")
    assert checked(first) == checked(second)
    put(content, {"terms/lonely.yml": "{term: lonely, added: 2024-01-01}"})
    assert [run_here(*command, cwd=content.parent).returncode for _ in range(2)] == [1, 1]
    assert nothing_to_check(options_for(content), sources(options_for(content))) is None
    put(content, {"terms/lonely.yml": "{term: lonely, definition: Nobody names it., added: 2024-01-01}"})
    assert checked(run_here(*command, cwd=content.parent)) == checked(first)
