"""What is printed: nothing that a stranger wrote turns a terminal, a CI log or the order of a line's words."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from making import BASE, PATIENCE, ROOT, run_here, running

from ledger import cli, terminal, write
from ledger.diagnostics import PUBLISHED

HOSTILE = "a\x1b[31m\x1b]8;;http://evil.example\x07b\x1b]0;t\x1b\\\u202ec\u2066d\u200be\x9b31mf\x85g\u2028h\ri"
BREAK = "\n::error title=forged::forged\nFORGED\n  ::stop-commands::x\n##[error]forged ##vso[task.x]"
OWN = re.compile(r"::(error|warning) file=[^:\n]*,line=\d+,endLine=\d+,col=\d+,title=[a-z-]+::")


def check(said: str, *, annotated: bool = False) -> None:
    """Nothing in it is obeyed, and no line of it is a stranger's."""
    for line in said.split("\n"):
        assert line.isprintable(), ascii(line)
        assert not re.search(r"##[a-z]*\[", line)
        assert not line.lstrip().startswith("::") or (annotated and OWN.match(line)), line
        assert not line.lstrip().startswith("FORGED"), line


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which everything that may hold any text holds the worst, and files of no ledger."""
    folder = tmp_path_factory.mktemp("hostile")
    content = folder / "content"
    shutil.copytree(BASE, content)
    bidi = "\u202ea\u2066b\u200bc\u2028d"
    for path, text in {
        "claims/z.yml": f'statement: "::error title=forged::{bidi} ##[error]x"\ntype: empirical\n{"k" * 9_000}: 1\n',
        "claims/q.yml": f"statement: {HOSTILE}\n",
        f"claims/y{BREAK.replace('/', '-')}.yml": "statement: y\n",
        f"terms/{HOSTILE.replace('/', '-')}.yml": "term: y\n",
        f"pages/{HOSTILE.replace('/', '-')}.txt": "x",
        "terms/t1.yml": f'term: "::error::{bidi}"\ndefinition: "##[error]{bidi}\\n\\n::error::x"\n',
        "snapshots/s.txt": f"Words {bidi} that are {bidi} quoted.\n::error::forged\n",
        "snapshots/s.yml": "sha256: " + "0" * 64 + "\ncaptured: 2020-01-01\n",
        "snapshots/w.txt": HOSTILE,
    }.items():
        (content / path).parent.mkdir(exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    (folder / "x.bib").write_text(f"@article{{{HOSTILE}{BREAK},\n title = {{{HOSTILE}{BREAK}}}\n}}\n", encoding="utf-8")
    (folder / f"y{HOSTILE.replace('/', '-')}{BREAK}.bib").write_text("@article{a, title = {}}", encoding="utf-8")
    (folder / "x.json").write_text(json.dumps([{"id": HOSTILE + BREAK, "title": BREAK}]), encoding="utf-8")
    (folder / "x.txt").write_text(HOSTILE + BREAK, encoding="utf-8")
    return folder


BAD = HOSTILE + BREAK
ARGUMENTS = (
    ["check"], ["check", "-v", "--no-cache"], ["check", "--format", "json"], ["build"], ["build", "--output", BAD],
    ["check", "--format", "github"],
    ["check", "--content", BAD], ["check", "--templates", BAD], ["check", "--format", BAD],
    ["build", "--base-url", BAD], ["build", "--workers", BAD], ["build", "--executor", BAD], [BAD], ["check", BAD],
    ["query", BAD], ["query", "terms"], ["query", "terms select id, title"], ["query", "--format", "csv", "terms"],
    ["query", "--format", "json", "terms"], ["query", "--format", "ids", "terms"],
    ["query", f"claims where title = '{BAD}'"],
    ["new", BAD, "x"], ["new", "claim", BAD], ["new", "term", "new-1", "--set", f"term={BAD}"],
    ["new", "term", "new-2", "--set", f"{BAD}=x"], ["add", BAD], ["add", "10.1000/1", "--from", BAD],
    ["add", "10.1000/1", "--from", "x.json"], ["links", BAD], ["links", "--cache", BAD, "--days", BAD],
    ["mv", BAD, "x"], ["mv", "x", BAD], ["mv", "--dry-run", "t1", "t2"], ["mv", "--dry-run", "x", "x-2"],
    ["import", "x.bib"], ["import", "--json", "--dry-run", "x.bib"], ["import", "csl-json", "x.json"], ["import", BAD],
    ["import", "the-ledger", BAD], ["snapshot", "s", "x.txt"], ["snapshot", BAD, "x.txt"], ["snapshot", "s", BAD],
    ["snapshot", "s", "x.txt", "--how", BAD, "--force"], ["quote", "s", "quoted"], ["quote", "s", BAD],
    ["quote", BAD, "x"],
    ["schema", BAD], ["schema", "claim"], ["explain", BAD], ["explain"], ["init", "new" + BAD], ["init", "content"],
    ["cite", BAD], ["cite", "s"], ["cite", "s", "--format", "bibtex"], ["was", BAD], ["was", f"s@{BAD}"],
    ["was", f"{BAD}@0123456789"], ["keep", "--date", BAD], ["keep"],
    ["list", BAD], ["list", "terms"], ["list", "--format", "json"], ["list", "--format", "csv", "terms"], ["stats"],
    ["stats", "--format", "json"], ["rm", BAD], ["rm", "--dry-run", "t1", "--why", BAD], ["fmt", "--check"],
    ["fmt", BAD], ["diff", BAD], ["completion", BAD], ["completion", "bash"], ["link-authors"], ["retractions", BAD],
    ["link-authors", BAD, "--to", BAD], ["verify", BAD], ["verify"], ["mcp", BAD], ["mcp"], ["serve", "--port", BAD],
    ["serve", "--content", BAD],
)  # fmt: skip


@pytest.mark.parametrize(
    "arguments", ARGUMENTS, ids=lambda words: " ".join(words)[:30].encode("ascii", "ignore").decode()
)
def test_no_command_prints_what_is_obeyed(arguments: list[str], place: Path):
    words = [word if "/" not in word or word == "10.1000/1" else word.replace("/", "-") for word in arguments]
    said = run_here(*words, cwd=place)
    check(said.stdout, annotated="github" in words)
    check(said.stderr)
    assert said.returncode != cli.BUG


def test_every_command_was_tried():
    assert {one.name for one in cli.COMMANDS} <= {words[0] for words in ARGUMENTS}


def test_a_file_with_a_bad_name_is_imported_without_a_bad_line(place: Path):
    (name,) = (path.name for path in place.glob("y*.bib"))
    said = run_here("import", "--dry-run", name, cwd=place)
    check(said.stdout)
    check(said.stderr)


def test_json_says_the_same_in_escapes():
    data = {"a": BAD, "é": ["\u200b##[error]", "ü"]}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    escaped = "\n".join(map(terminal._harmless_json, text.split("\n")))
    assert json.loads(escaped) == data
    assert "é" in escaped
    check(escaped)


def test_a_bug_is_told_without_what_is_obeyed(capsys: pytest.CaptureFixture[str]):
    bug = ValueError(BAD)
    bug.add_note(BAD)
    terminal.print_bug(bug, "")
    said = capsys.readouterr().err
    check(said.replace("\nFORGED", "\n"))  # the words of an exception are several lines in its traceback
    assert said.startswith("ledger: internal error")


# How much


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A ledger with many faults."""
    shutil.copytree(BASE, tmp_path / "content")
    many = "".join(
        f"  - {{id: e{at}, source: no-{at}, relation: supports, shows: x, consulted: memory}}\n" for at in range(40)
    )
    (tmp_path / "content/claims/many.yml").write_text(f"statement: S.\ntype: empirical\nevidence:\n{many}")
    (tmp_path / "content/terms").mkdir()
    (tmp_path / "content/terms/a.yml").write_text(
        "term: T\ndefinition: D.\nnote: |\n" + ("  a\u200b\u200b\u200b" * 150 + "\n") * 2
    )
    return tmp_path


def test_findings_are_capped_errors_first(faulty: Path):
    said = run_here("check", "--max-findings", "41", cwd=faulty)
    assert len(re.findall(r"^content/\S+: (?:error|warning)", said.stdout, re.MULTILINE)) == 41
    assert said.stdout.count("error[unknown-id]") == 40
    assert re.search(r"^and \d+ more \(\d+ warnings\); --max-findings shows more of them$", said.stdout, re.MULTILINE)
    lines = run_here("check", "--max-findings", "40", "--format", "json", cwd=faulty).stdout.splitlines()
    last = json.loads(lines[-1])
    assert (len(lines), last["more"]) == (41, last["warning"])


def test_a_run_of_one_sign_is_one_finding_and_many_are_counted(faulty: Path):
    said = run_here("check", "--max-findings", "1000", cwd=faulty).stdout
    assert said.count("U+200B (3 times) cannot be seen") == 100
    assert "and at 200 more places of this file" in said


# How it ends


@pytest.mark.parametrize("arguments", [["--help"], ["explain"], ["query", "claims"], ["build"], ["schema", "claim"]])
def test_who_reads_no_further_is_told_nothing(arguments: list[str], tmp_path: Path):
    shutil.copytree(BASE, tmp_path / "content")
    reading, writing = os.pipe()
    os.close(reading)
    run = subprocess.run(
        [sys.executable, "-m", "ledger", *arguments], cwd=tmp_path, stdout=writing, stderr=subprocess.PIPE, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=PATIENCE,
    )  # fmt: skip
    os.close(writing)
    assert (run.returncode, run.stderr) == (cli.UNREAD, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
@pytest.mark.parametrize(("command", "told"), [("build", PUBLISHED), ("explain", "the printing alone failed")])
def test_a_report_that_cannot_be_printed_says_what_was_done(command: str, told: str, tmp_path: Path):
    shutil.copytree(BASE, tmp_path / "content")
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            [sys.executable, "-m", "ledger", command], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=PATIENCE, encoding="utf-8",
        )  # fmt: skip
    assert run.returncode == cli.ENVIRONMENT
    assert os.strerror(errno.ENOSPC) in run.stderr
    assert told in run.stderr
    assert "as it was" not in run.stderr
    assert (tmp_path / "output").exists() is (command == "build")


def test_what_fails_after_the_exchange_says_that_the_site_is_published(tmp_path: Path, monkeypatch, capsys):
    shutil.copytree(BASE, tmp_path / "content")
    monkeypatch.chdir(tmp_path)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("ledger.engine.build.save", full)
    assert cli.main(["build", "--workers", "1"]) == cli.ENVIRONMENT
    assert PUBLISHED in capsys.readouterr().err
    assert write.manifest_of(tmp_path / "output")


def test_on_a_narrow_terminal_a_caret_stands_below_what_it_marks(tmp_path: Path, monkeypatch, capsys):
    shutil.copytree(BASE, tmp_path / "content")
    (tmp_path / "content/terms").mkdir()
    text = f"term: Tide\ndefinition: Water{' that moves' * 8} [[nothing]] and again{' that moves' * 8}.\n"
    (tmp_path / "content/terms/tide.yml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(terminal, "is_terminal", lambda stream: stream is sys.stdout)
    assert cli.main(["check", "--workers", "1"]) == cli.CONTENT_ERRORS
    _, line, carets, *_ = capsys.readouterr().out.splitlines()
    assert len(line) == 40
    assert line[carets.index("^") : len(carets)] == "[[nothing]]"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, cli.ENDED), (signal.SIGHUP, cli.CLOSED)])
def test_who_is_told_to_end_clears_away_as_on_ctrl_c(tmp_path: Path, number: int, code: int):
    shutil.copytree(BASE, tmp_path / "content")
    with running("serve", "--port", "0", cwd=tmp_path) as process:
        assert any("127.0.0.1" in line for line in iter(process.stdout.readline, ""))
        process.send_signal(number)
        _, said = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said) == (code, "ledger: stopped\n")


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
@pytest.mark.parametrize("command", [["list"], ["query", "claims"], ["new", "term", "tide"], ["check"]])
def test_a_stream_that_the_shell_has_closed_is_no_bug(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stream: str, command: list[str]
):
    shutil.copytree(BASE, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, stream, None)
    assert cli.main(command) == cli.BUILT
