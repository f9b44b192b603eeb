"""What holds for every command: its help fits a screen and has an example that works, and slips are understood."""

import argparse
import shlex
import shutil
import sys
from pathlib import Path
from unittest.mock import patch

import argcomplete
import pytest
from argcomplete.lexers import split_line
from making import ROOT, git, python, run_here

from ledger import cli
from ledger.commands import completing, links, mcp, serve
from ledger.editing.fetching import Answer

SKELETON = ROOT / "ledger/skeleton/content"
LINES = 40
"""Of a screen."""
FILES = {
    "table.csv": "Record ID,Title,RetractionDate,OriginalPaperDOI,RetractionNature\n",
    "paper.txt": "Whether hot water freezes first is an old question.",
    "library.bib": "@article{a, title={A}, author={Doe, Jane}, year={2001}}",
}
BY_NAME = {command.name: command for command in cli.COMMANDS}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger that `init` makes, with the files that the examples name; the examples run one after the other."""
    folder = tmp_path_factory.mktemp("examples")
    shutil.copytree(SKELETON, folder / "content")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "add", "content")
    git(folder, "commit", "--quiet", "--message", "first")
    return folder


@pytest.mark.parametrize("name", BY_NAME)
def test_the_help_fits_a_screen_and_its_example_works(name: str, place: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "80")
    lines = run_here(name, "--help").stdout.splitlines()
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= 80
    program, *words = shlex.split(lines[-1])
    assert (lines[-2], program, words[0]) == ("example:", "ledger", name)
    if name == "mcp":
        pytest.importorskip("mcp")
    serving = patch.object(serve, "Server", _Stopped), patch.object(mcp, "serve", lambda _: None)
    with serving[0], serving[1], patch.object(links, "client", lambda _: _Answering()):
        done = run_here(*words, cwd=place)
    assert (done.returncode, done.stderr) == (cli.BUILT, "")


class _Stopped:
    """A server that ends as soon as it begins."""

    server_port = 8080

    def __init__(self, *_: object) -> None: ...

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...

    def serve_forever(self) -> None: ...


class _Answering:
    """A network on which every address answers."""

    def ask(self, address: str, **_: object) -> Answer:
        return Answer(200, {}, b"", ((address, 200),))


def test_without_a_command_the_help_says_what_there_is_by_purpose(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "80")
    asked, alone = run_here("--help"), run_here()
    assert (asked.returncode, alone.returncode) == (cli.BUILT, cli.USAGE)
    assert asked.stdout == alone.stderr
    lines = asked.stdout.splitlines()
    assert len(lines) <= LINES
    assert max(map(len, lines)) <= 80
    assert [line.split()[0] for line in lines if line.startswith("  ") and line.split()[0] in BY_NAME] == [*BY_NAME]
    assert [line.rstrip(":") for line in lines if line.rstrip(":") in cli.GROUPS] == [*cli.GROUPS]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (["bild"], "did you mean `ledger build`?"),
        (["qurey", "claims"], "did you mean `ledger query`?"),
        (["-q", "chekc"], "did you mean `ledger check`?"),
        (["rename", "a", "b"], "did you mean `ledger mv`?"),
        (["frobnicate"], "`ledger --help` lists the commands"),
    ],
)
def test_a_command_that_is_not_there(typed: list[str], hint: str):
    name = next(word for word in typed if not word.startswith("-"))
    told = run_here(*typed)
    assert (told.returncode, told.stdout) == (cli.USAGE, "")
    assert told.stderr == f"ledger: there is no command '{name}'\n  hint: {hint}\n"


@pytest.mark.parametrize(
    ("typed", "unknown", "hint"),
    [
        (["build", "--strikt"], "--strikt", "did you mean '--strict'?"),
        (["mv", "a", "b", "c"], "c", "`ledger mv --help` lists what it takes"),
        pytest.param(
            *(["list", "claims", "--drafts", "where rating = low"], "where rating = low", "`ledger list --help` lists"),
            marks=pytest.mark.skipif(sys.version_info >= (3, 13), reason="`argparse` takes a filter behind an option"),
        ),
    ],
)
def test_an_argument_that_a_command_does_not_take(typed: list[str], unknown: str, hint: str):
    told = run_here(*typed)
    assert (told.returncode, told.stdout) == (cli.USAGE, "")
    assert told.stderr.startswith(f"ledger: `ledger {typed[0]}` does not take '{unknown}'\n  hint: {hint}")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["check", "--as-of", "22.11.2026"], "'22.11.2026' is not a day: write it as 2026-01-23\n"),
        (["keep", "--date", "yesterday"], "'yesterday' is not a day: write it as 2026-01-23\n"),
        (["import", "bibtx", "x.bib"], "there is no 'bibtx'\n  hint: did you mean 'bibtex'?\n"),
        (["list", "claims", "were rating = medium"], "\n  claims were rating = medium\n         ^^^^\n  hint: did you"),
        *(
            (typed, ": did you mean 'katz-2017'?\n")
            for typed in (
                ["mv", "katz-2071", "katz"], ["rm", "content/sources/katz-2071.yml"], ["cite", "katz-2071"],
                ["links", "katz-2071"], ["link-authors", "katz-2071"], ["quote", "sources\\katz-2071.yml", "x"],
                ["snapshot", "katz-2071", "content/site.yml"],
            )
        ),
    ],
)  # fmt: skip
def test_a_slip_in_a_value_is_answered_with_what_was_meant(typed: list[str], told: str, typing: Path):
    done = run_here(*typed, cwd=typing)
    assert done.returncode == cli.USAGE
    assert told in done.stderr


def test_every_other_name_leads_to_a_command_or_option():
    assert {name for name in cli.OTHER_NAMES.values() if not name.startswith("-")} <= BY_NAME.keys()
    assert not cli.OTHER_NAMES.keys() & BY_NAME.keys()


# Completion


COMPLETED = {
    "ledger ": [*BY_NAME],
    "ledger --": ["--help", "--version"],
    "ledger sta": ["stats"],
    "ledger mv k": ["katz-2017"],
    "ledger mv katz-2017 k": [],
    "ledger rm hot": ["hot-water-can-freeze-first", "hot-water-cools-no-faster"],
    "ledger rm --content nowhere hot": [],
    "ledger rm --merged-into k": ["katz-2017"],
    "ledger quote ": ["burridge-linden-2016", "katz-2017", "mpemba-osborne-1969"],
    "ledger links katz-2017 mp": ["mpemba-osborne-1969"],
    "ledger new cl": ["claim"],
    "ledger list cl": ["claims"],
    "ledger new claim hot": [],
    "ledger explain orp": ["orphan"],
    "ledger check --format ": ["text", "json", "github"],
    "ledger completion ": ["bash", "zsh", "fish"],
}


@pytest.fixture(scope="module")
def typing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with files beside its records of which no shell should hear."""
    folder = tmp_path_factory.mktemp("typing")
    shutil.copytree(SKELETON, folder / "content")
    for odd in ("$(touch x).yml", "Odd.yml", "a b.md", "snap.txt"):
        (folder / "content/sources" / odd).write_text("", encoding="utf-8")
    return folder


@pytest.mark.parametrize("line", COMPLETED)
def test_a_shell_is_offered_what_may_come_next(line: str, typing: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(typing)
    offered = []

    def answer(parser: argparse.ArgumentParser, **settings: bool) -> None:
        finder = argcomplete.CompletionFinder(parser, **settings)
        prequote, prefix, _, words, last = split_line(line, len(line))
        offered.extend(finder._get_completions(words, prefix, prequote, last))

    monkeypatch.setattr(argcomplete, "autocomplete", answer)
    cli.complete(line)
    assert [word.strip() for word in offered] == COMPLETED[line]


def test_a_shell_is_answered_where_it_reads(typing: Path):
    line = "ledger mv k"
    asked = {"_ARGCOMPLETE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line)), "_ARGCOMPLETE_STDOUT_FILENAME": "o"}
    done = python("-m", "ledger", cwd=typing, **asked)
    assert (done.stdout, (typing / "o").read_text("utf-8").strip()) == ("", "katz-2017")


def test_what_completes_an_argument_belongs_to_one():
    known = set()
    for command in cli.COMMANDS:
        parsers = cli.parser_with(command)._subparsers._group_actions[0].choices
        known |= {str(action.metavar) for action in parsers[command.name]._actions}
    assert {name.rpartition(" ")[2] for name in completing.COMPLETERS} <= known
