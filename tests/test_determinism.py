"""The same content gives the same bytes, whoever builds it, wherever and under whatever settings."""

import os
import shutil
from pathlib import Path

from engines import COMPILED
from making import MEDIUM, SMALL, run, tree

from ledger.engine import build as engine
from ledger.engine.report import Options

SETTINGS = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "77", "TZ": "America/Anchorage", "LC_ALL": "C.UTF-8", "COLUMNS": "40", "PYTHONOPTIMIZE": "2"},
)


def test_two_builds_give_the_same_bytes(tmp_path: Path):
    """Under another hash seed, time zone, locale, folder, path and order of the files, and without docstrings (-OO)."""
    first = _build(MEDIUM, tmp_path / "one", tmp_path / "one/site", **SETTINGS[0])
    copy = _copied_backwards(MEDIUM, tmp_path / "two/deep er/é")
    assert _build(copy, tmp_path / "two", tmp_path / "elsewhere", **SETTINGS[1]) == first


def test_line_breaks_of_other_systems_and_a_build_over_the_old_site_give_the_same_site(tmp_path: Path):
    first = _built_here(SMALL, tmp_path / "site")
    assert _built_here(SMALL, tmp_path / "site") == first
    for name, line_break in (("windows", b"\r\n"), ("mac", b"\r")):
        copy = _copied_backwards(SMALL, tmp_path / name)
        for path in copy.rglob("*.*"):
            path.write_bytes(path.read_bytes().replace(b"\n", line_break))
        assert _built_here(copy, tmp_path / f"{name}-site") == first


def _built_here(content: Path, output: Path) -> dict[str, bytes]:
    assert engine.build(Options(content, output, cache=False, workers=1, bytecode=COMPILED)).published
    return tree(output)


def _build(content: Path, cwd: Path, output: Path, **settings: str) -> dict[str, bytes]:
    cwd.mkdir(exist_ok=True)
    shown = os.path.relpath(content, cwd) if content.is_relative_to(cwd) else content
    built = run("build", "--content", shown, "--output", output, cwd=cwd, **settings)
    assert built.returncode == 0, built.stdout + built.stderr
    return tree(output)


def _copied_backwards(content: Path, to: Path) -> Path:
    """A copy whose files were made in another order."""
    for path in sorted(content.rglob("*"), reverse=True):
        if path.is_file():
            (to / path.relative_to(content)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to / path.relative_to(content))
    return to
