"""What installs this program elsewhere, by how pip installed it here, and what its hints tell people to type."""

import importlib.util
import json
import shlex
import sys
import zipfile
from hashlib import sha256
from importlib import metadata
from io import BytesIO
from pathlib import Path

import pytest
from making import ROOT, python

import ledger
from ledger.commands import init
from ledger.commands.running import ENVIRONMENT, Failure
from ledger.editing import installing
from ledger.editing.installing import Requirement

COMMIT = "0" * 40
HASH = "a" * 64
GIT = {"vcs": "git", "commit_id": COMMIT, "requested_revision": "main"}


class Installed(metadata.Distribution):
    """A program that was installed somehow."""

    def __init__(self, origin: object) -> None:
        self.texts = {"direct_url.json": json.dumps(origin) if origin else None, "METADATA": "Name: ledger-kb\n"}

    def read_text(self, filename: str) -> str | None:
        return self.texts.get(filename)

    def locate_file(self, path: object) -> Path:
        raise NotImplementedError


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch):
    """The program as if it ran from no source, and pip had written something down."""

    def so(origin: object) -> None:
        monkeypatch.setattr(installing, "_project", lambda: None)
        monkeypatch.setattr(installing, "distribution", lambda name: Installed(origin))
        monkeypatch.setattr(installing, "_built", lambda what: Requirement("built", "wheel", what.encode()))

    return so


# The examples of PEP 610 and of pip's own documentation, with this program's name.
@pytest.mark.parametrize(
    ("origin", "line"),
    [
        (None, f"ledger-kb=={ledger.__version__}"),
        ({"url": "https://example.org/l.git", "vcs_info": GIT}, f"ledger-kb @ git+https://example.org/l.git@{COMMIT}"),
        (
            {"url": "ssh://git@example.org/l", "vcs_info": GIT, "subdirectory": "program"},
            f"ledger-kb @ git+ssh://git@example.org/l@{COMMIT}#subdirectory=program",
        ),
        (
            {"url": "https://example.org/l.whl", "archive_info": {"hashes": {"sha256": HASH}}},
            f"ledger-kb @ https://example.org/l.whl#sha256={HASH}",
        ),
        ({"url": "https://example.org/l.tar.gz", "archive_info": {}}, "ledger-kb @ https://example.org/l.tar.gz"),
    ],
)
def test_what_anybody_can_ask_for_is_named(installed, origin: object, line: str):
    installed(origin)
    assert installing.requirement() == Requirement(line)


@pytest.mark.parametrize(
    ("origin", "what"),
    [
        ({"url": "file:///a/b%20c", "dir_info": {}}, "/a/b c"),
        ({"url": "file:///a", "dir_info": {"editable": True}}, "/a"),
        ({"url": "file:///a/l.tar.gz", "archive_info": {}, "subdirectory": "b"}, "/a/l.tar.gz#subdirectory=b"),
        ({"url": "file:///a", "vcs_info": GIT}, f"git+file:///a@{COMMIT}"),
    ],
)
def test_of_what_only_this_machine_has_a_wheel_is_made(installed, monkeypatch, origin: object, what: str):
    installed(origin)
    monkeypatch.setattr(Path, "exists", lambda path: True)
    assert installing.requirement() == Requirement("built", "wheel", what.encode())


def test_the_wheel_that_it_was_installed_from_is_copied_if_it_is_still_the_same(installed, tmp_path: Path):
    wheel = tmp_path / "ledger_kb-1-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    origin = {"url": wheel.as_uri(), "archive_info": {"hashes": {"sha256": sha256(b"wheel").hexdigest()}}}
    installed(origin)
    assert installing.requirement() == Requirement(f"./vendor/{wheel.name}", wheel.name, b"wheel")
    wheel.write_bytes(b"another")
    with pytest.raises(ValueError, match="is no longer the wheel that it was installed from"):
        installing.requirement()
    wheel.unlink()
    with pytest.raises(ValueError, match="what it was installed from is gone: "):
        installing.requirement()


def test_a_wheel_is_made_of_the_source_that_it_runs_from_by_the_pip_that_is_installed(tmp_path: Path, monkeypatch):
    (tmp_path / "pip.py").write_text("raise SystemExit('of the folder that is to become a ledger')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    made = installing.requirement()
    assert made.line == f"./vendor/ledger_kb-{ledger.__version__}-py3-none-any.whl" == f"./vendor/{made.wheel}"
    names = zipfile.ZipFile(BytesIO(made.data)).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"ledger", "ledger_kb.py"}
    assert {"ledger/catalogue/unknown-id.md", "ledger/templates/base.html", "ledger/skeleton/README.md"} < set(names)


def test_where_no_wheel_can_be_made_it_says_why_and_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    nowhere = tmp_path / "pyproject.toml"
    monkeypatch.setattr(installing, "_project", lambda: nowhere)
    with pytest.raises(Failure, match=r"pip could not make a wheel of .*: ERROR: .* is not installable") as told:
        init._requirement("")
    assert (told.value.code, "--requirement" in told.value.hint) == (ENVIRONMENT, True)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Failure, match="pip, which makes it, is not in this environment"):
        init._requirement("")


# Extras


def test_a_hint_names_what_an_extra_needs_and_the_environment_that_needs_it(monkeypatch: pytest.MonkeyPatch):
    wanted = [sys.executable, "-m", "pip", "install", "bibtexparser>=2.1", "pylatexenc>=2.11"]
    monkeypatch.setattr(installing, "near", lambda path: path)
    assert shlex.split(installing.missing("import")) == wanted
    known = Installed(None)
    known.texts["METADATA"] += (
        "Requires-Dist: a\nRequires-Dist: b>=2; extra == 'import'\nRequires-Dist: c; extra=='png'\n"
    )
    monkeypatch.setattr(installing, "_project", lambda: None)
    monkeypatch.setattr(installing, "distribution", lambda name: known)
    assert shlex.split(installing.missing("import"))[4:] == ["b>=2"]
    assert shlex.split(installing.missing("pdf"))[4:] == ["ledger-kb[pdf]"]
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert shlex.split(installing.missing("import")) == ["uv", "pip", "install", "--python", sys.executable, "b>=2"]


# Other packages called `ledger`


def put(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


START = "import ledger_kb; raise SystemExit(ledger_kb.main())"
THEIRS = {"ledger_sdk-2.4.0.dist-info/METADATA": "Name: ledger-sdk\nVersion: 2.4.0\n"}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"ledger/__init__.py": '__version__ = "2.4.0"\n'}, "ledger/__init__.py"),
        ({"ledger/__init__.py": "import opentelemetry_that_is_missing\n"}, "ledger/__init__.py"),
        ({"ledger.py": "raise SystemError\n"}, "ledger.py"),
    ],
)
def test_another_package_in_its_place_is_named(tmp_path: Path, files: dict[str, str], told: str):
    record = "".join(f"{path},,\n" for path in files)
    put(tmp_path, files | THEIRS | {"ledger_sdk-2.4.0.dist-info/RECORD": record})
    ran = python("-c", START, cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (3, "")
    said = f"ledger: in the place of this program is a 'ledger' of ledger-sdk 2.4.0: {tmp_path / told}\n"
    assert ran.stderr.startswith(
        said + "  hint: give it an environment of its own (python3 -m venv .venv), or remove the other"
    )


def test_the_command_of_another_package_that_finds_this_one_says_so(tmp_path: Path):
    entry = "[console_scripts]\nledger = ledger_cli:main\n"
    put(tmp_path, THEIRS | {"ledger_sdk-2.4.0.dist-info/entry_points.txt": entry})
    put(tmp_path, {"ledger": "from ledger import _Store, __version__\n"})
    ran = python(tmp_path / "ledger", "add", PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr.startswith("ledger: this command is that of ledger-sdk 2.4.0, and the 'ledger' that it needs")
    assert "type ledger-kb" in ran.stderr


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"ledger/core.py": ""}, "ledger: files of this program are gone: "),
        ({"ledger/__init__.py": "__distribution__ = 'ledger-kb'\n"}, "ledger: files of this program are gone: "),
        (
            {"ledger/__init__.py": "__distribution__ = 'ledger-kb'\n", "ledger/cli.py": "import jinja2_gone.x\n"},
            "ledger: the package 'jinja2_gone', which this program needs, is not in its environment",
        ),
    ],
)
@pytest.mark.parametrize("start", ["ledger_kb.py", "build.py"])
def test_what_is_missing_is_said_by_every_start(tmp_path: Path, files: dict[str, str], said: str, start: str):
    put(tmp_path, files | {name: (ROOT / name).read_text(encoding="utf-8") for name in ("ledger_kb.py", "build.py")})
    ran = python("-S", tmp_path / start, "--version", PYTHONPATH=str(tmp_path))
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr.startswith(said)


def test_a_package_that_a_command_lacks_is_named(tmp_path: Path):
    put(tmp_path, {"content/terms/w.yml": "term: Clock\ndefinition: It tells the time.\n"})
    start = "import sys; sys.modules['pydantic'] = None; sys.argv = ['ledger', 'list']; import ledger_kb as own"
    ran = python("-c", f"{start}; own.command()", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr.startswith("ledger: the package 'pydantic', which this program needs, is not in its environment")


def test_a_new_ledger_is_told_of_another_command(tmp_path: Path):
    entry = "[console_scripts]\nledger = ledger_cli:main\n"
    put(tmp_path, THEIRS | {"ledger_sdk-2.4.0.dist-info/entry_points.txt": entry})
    command = ("-m", "ledger_kb", "init", tmp_path / "demo", "--requirement", "ledger-kb")
    ran = python(*command, PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert (ran.returncode, ran.stderr.count("\n")) == (0, 1)
    assert ran.stderr.startswith("ledger: ledger-sdk 2.4.0 is here too, and brings a 'ledger' of its own")
