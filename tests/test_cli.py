"""The command line as its users meet it: exit codes, what is printed where, and what is left alone."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from making import BASE, PATIENCE, ROOT, Reader, tree
from making import run as run_apart
from making import run_here as run

import ledger
from ledger import cli
from ledger.engine import build as engine
from ledger.engine import report
from ledger.engine.tasks import Site

FILES = len(tree(BASE))
WRONG = "statement: A claim.\ntype: emprical\n"
UNUSED = "name: Nobody\ntype: person\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a content folder that has nothing wrong in it."""
    shutil.copytree(BASE, tmp_path / "content")
    return tmp_path


def put(place: Path, path: str, text: str) -> None:
    (place / path).parent.mkdir(parents=True, exist_ok=True)
    (place / path).write_text(text, encoding="utf-8")


# The start


def test_it_says_its_version_and_starts_as_a_module_too(tmp_path: Path):
    said = run_apart("--version", cwd=tmp_path)
    assert (said.returncode, said.stdout, said.stderr) == (0, f"ledger {ledger.__version__}\n", "")


# Exit codes


def test_0_a_site_is_built_and_one_line_reconciles_it(place: Path):
    built = run("build", cwd=place)
    pattern = (
        rf"found {FILES} files = {FILES} records \+ 0 ignored \+ 0 with errors; (\d+) pages written in \d+\.\d s\n"
        r"no public address \(base_url in site\.yml, or --base-url\): .*\n"
    )
    pages = sum(1 for _ in (place / "output").rglob("*.html"))
    assert (built.returncode, built.stderr) == (0, "")
    assert (said := re.fullmatch(pattern, built.stdout))
    assert int(said[1]) == pages
    assert (place / "output/index.html").is_file()


def test_build_py_is_ledger_build(place: Path):
    built = subprocess.run(
        [sys.executable, ROOT / "build.py", "-q"], cwd=place, capture_output=True, timeout=PATIENCE, check=False
    )
    assert (built.returncode, built.stdout, built.stderr) == (0, b"", b"")
    assert (place / "output/index.html").is_file()


def test_1_an_error_is_shown_with_its_line_and_the_old_site_stays(place: Path):
    run("build", cwd=place)
    before = tree(place / "output")
    put(place, "content/claims/z.yml", WRONG)
    built = run("build", cwd=place)
    assert built.returncode == 1
    assert built.stdout.startswith(
        "content/claims/z.yml:2:7: error[bad-value]: `type` cannot be 'emprical'\n"
        "    2 | type: emprical\n"
        "      |       ^^^^^^^^\n"
        "  hint: did you mean 'empirical'?\n"
    )
    assert built.stdout.endswith("1 error, 0 warnings; nothing written, the old site is as it was\n")
    assert tree(place / "output") == before


def test_a_warning_stops_nothing_unless_the_build_is_strict(place: Path):
    put(place, "content/proponents/q.yml", UNUSED)
    built = run("build", cwd=place)
    assert built.returncode == 0
    assert "warning[orphan]" in built.stdout
    before = tree(place / "output")
    assert "proponents/q.html" in before
    put(place, "content/proponents/q.yml", UNUSED.replace("Nobody", "Somebody"))
    assert run("build", "--strict", cwd=place).returncode == 1
    assert tree(place / "output") == before


def test_2_usage(place: Path):
    for arguments in (
        (),
        ("bild",),
        ("build", "--format", "xml"),
        ("build", "-q", "-v"),
        ("build", "--as-of", "tomorrow"),
        ("build", "--base-url", "elm.example.org"),
        ("build", "--content", "nowhere"),
        ("build", "--templates", "nowhere"),
        ("build", "--output", "content"),
        ("build", "--output", "."),
        ("explain", "no-such-check"),
        ("new", "claim", "Bad Id"),
        ("new", "opinion", "good-id"),
    ):
        stopped = run(*arguments, cwd=place)
        assert (arguments, stopped.returncode) == (arguments, 2)
        assert "Traceback" not in stopped.stderr
        assert stopped.stdout == ""
    assert tree(place) == {f"content/{path}": data for path, data in tree(BASE).items()}


def test_3_the_environment_says_no(place: Path):
    put(place, "file", "in the way")
    stopped = run("build", "--output", "file/site", cwd=place)
    assert stopped.returncode == 3
    assert re.match(r"ledger: (File exists|Not a directory) \(.*file.*\)\n", stopped.stderr)
    assert "Traceback" not in stopped.stderr


def test_4_a_bug_names_every_file_it_was_at_and_leaves_the_old_site(place: Path, monkeypatch: pytest.MonkeyPatch):
    """The template is one that the program brings along."""
    run("build", cwd=place)
    before = tree(place / "output")
    packaged = shutil.copytree(report.packaged_templates(), place / "packaged")
    (packaged / "claim.html").write_text("{{ view.no_such_thing }}", encoding="utf-8")
    monkeypatch.setattr(report, "packaged_templates", lambda: packaged)
    stopped = run("build", "--workers", "1", cwd=place)
    assert stopped.returncode == 4
    assert "internal error" in stopped.stderr
    first, second = [line for line in stopped.stdout.splitlines() if "error[unmade-file]" in line]
    assert first.startswith(
        "content/claims/x.yml:1:1: error[unmade-file]: a bug of this program: claims/x.html could not"
    )
    assert "no_such_thing" in first
    assert "; at claims/x.yml (template claim.html); in " in first
    assert " < claim.html:1 < " in first
    assert second.startswith("content/claims/y.yml:1:1: ")
    assert tree(place / "output") == before


def test_ctrl_c_leaves_the_old_site(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.chdir(place)
    assert cli.main(["build"]) == 0
    before = tree(place / "output")

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Site, "run", stop)
    put(place, "content/pages/new.md", "---\ntitle: New\n---\n")
    assert cli.main(["build"]) == cli.STOPPED
    assert "the old site is as it was" in capsys.readouterr().err
    assert tree(place / "output") == before


@pytest.mark.parametrize("what", [KeyboardInterrupt, PermissionError(13, "Permission denied"), KeyError("x")])
def test_only_a_build_speaks_of_the_old_site(place: Path, monkeypatch, capsys, what: BaseException):
    def stop(*_: object) -> None:
        raise what

    monkeypatch.chdir(place)
    monkeypatch.setattr(engine, "build_changed", stop)
    monkeypatch.setattr(engine, "check", stop)
    code = {KeyError: cli.BUG, KeyboardInterrupt: cli.STOPPED}.get(what if isinstance(what, type) else type(what))
    for command, speaks in (("build", True), ("check", False)):
        assert cli.main([command]) == (code or cli.ENVIRONMENT)
        assert ("the old site is as it was" in capsys.readouterr().err) is speaks


@pytest.mark.parametrize(
    "arguments",
    [["build"], ["check"], ["query", "claims"], ["add", "10.1000/1"], ["import", "x.bib"], ["links"], ["mv", "a", "b"],
     ["quote", "s", "w"], ["snapshot", "s", "x.txt"], ["serve"]],
)  # fmt: skip
def test_a_folder_that_is_not_there_is_named(tmp_path: Path, monkeypatch, capsys, arguments: list[str]):
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == cli.USAGE
    told = "ledger: there is no folder 'content'\n  hint: name it with --content, or run this where it is\n"
    assert capsys.readouterr().err == told


# What is printed


def test_json_is_one_object_a_line_and_nothing_else(place: Path):
    put(place, "content/claims/z.yml", WRONG)
    put(place, "content/proponents/q.yml", UNUSED)
    lines = run("check", "--format", "json", "-v", cwd=place).stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert found == [
        {
            "path": "content/claims/z.yml",
            "line": 2,
            "column": 7,
            "end": {"line": 2, "column": 15},
            "level": "error",
            "check": "bad-value",
            "message": "`type` cannot be 'emprical'",
            "hint": "did you mean 'empirical'?",
        }
    ]


def test_annotations_for_a_log(place: Path):
    put(place, "content/claims/z.yml", WRONG)
    first = run("check", "--format", "github", cwd=place).stdout.splitlines()[0]
    assert first == (
        "::error file=content/claims/z.yml,line=2,endLine=2,col=7,title=bad-value::"
        "`type` cannot be 'emprical' (did you mean 'empirical'?)"
    )


def test_quiet_prints_findings_alone(place: Path):
    assert run("build", "-q", cwd=place).stdout == ""
    put(place, "content/proponents/q.yml", UNUSED)
    shown = run("build", "-q", cwd=place).stdout
    assert shown.startswith("content/proponents/q.yml:1:7: warning[orphan]")
    assert "found" not in shown


def test_verbose_says_what_each_check_examined_and_what_was_left_out(place: Path):
    put(place, "content/claims/.draft.swp", "")
    put(place, "content/pages/later.md", "---\ntitle: Later\ndraft: true\n---\n")
    shown = run("check", "-v", cwd=place).stdout
    assert re.search(r"claim-without-evidence +│ 2 ", shown)
    assert "not published, a draft: pages/later.md" in shown
    assert "ignored: claims/.draft.swp" in shown


def test_what_a_terminal_cannot_show_is_no_bug(place: Path):
    put(place, "content/claims/z.yml", WRONG.replace("A claim", "日本 🕰 é"))
    put(place, "content/claims/y-日.yml", WRONG)
    stopped = run_apart("check", cwd=place, PYTHONIOENCODING="ascii")
    assert (stopped.returncode, stopped.stderr) == (1, "")


@pytest.mark.parametrize("command", ["build", "check"])
def test_the_line_adds_up_for_odd_folders(place: Path, command: str):
    content = place / "content"
    (content / "claims/folder.yml").mkdir()
    (content / "claims/latin.yml").write_bytes(b"statement: caf\xe9\n")
    (content / "claims/link.yml").symlink_to(content / "claims/x.yml")
    for path in ("claims/notes.txt", "claims/.hidden", "claims/a.yml~", "clams/x.yml", "stray.yml", "README.md"):
        put(content, path, "x: 1")
    put(content, "snapshots/s.txt", "text")
    put(content, "sources/t.md", (BASE / "sources/s.yml").read_text())
    shown = run(command, cwd=place).stdout.splitlines()[-1]
    found, records, ignored, failed = map(int, re.findall(r"\d+", shown)[:4])
    assert (records, ignored, failed) == (FILES, 4, 7)
    assert found == records + ignored + failed
    assert found == sum(1 for path in content.rglob("*") if path.is_file() or path.name == "folder.yml")
    assert not (place / "output").exists()


# What can be chosen


def test_check_publishes_nothing(place: Path):
    checked = run("check", cwd=place)
    assert checked.returncode == 0
    assert re.search(r"; checked in \d+\.\d s$", checked.stdout.strip())
    assert sorted(path.name for path in place.iterdir()) == [".ledger-cache", "content"]


def test_check_leaves_nothing_behind_without_the_cache(place: Path):
    assert run("check", "--no-cache", cwd=place).returncode == 0
    assert [path.name for path in place.iterdir()] == ["content"]


def test_the_base_address_gives_canonical_links(place: Path):
    run("build", cwd=place)
    assert b"canonical" not in (place / "output/claims/x.html").read_bytes()
    run("build", "--base-url", "https://elm.example.org/a/", cwd=place)
    page = (place / "output/claims/x.html").read_text()
    assert '<link rel="canonical" href="https://elm.example.org/a/claims/x.html">' in page


def test_the_day_to_judge_by_can_be_given(place: Path):
    run("build", cwd=place)
    assert json.loads((place / "output/index.json").read_text())["as_of"] is None
    run("build", "--as-of", "2001-02-03", cwd=place)
    assert json.loads((place / "output/index.json").read_text())["as_of"] == "2001-02-03"


def test_an_exception_that_has_run_out_by_the_given_day_excuses_no_more(place: Path):
    excuse = "exceptions: [{check: orphan, why: Soon., until: 2000}]\n"
    put(place, "content/proponents/q.yml", UNUSED + excuse)
    assert "1 exception in force" in run("check", "--strict", "--as-of", "2000-12-31", cwd=place).stdout
    late = run("check", "--strict", "--as-of", "2001-01-01", cwd=place)
    assert late.returncode == 1
    assert "warning[orphan]" in late.stdout


def test_templates_are_looked_for_file_by_file(place: Path):
    put(place, "mine/term.html", "given")
    put(place, "mine/static/style.css", "given")
    put(place, "mine/static/more/own.css", "given")
    put(place, "templates/page.html", "not asked for")
    put(place, "templates/static/more/other.css", "not asked for")
    put(place, "content/terms/t1.yml", "term: T\ndefinition: D.\n")
    put(place, "content/pages/p1.md", "---\ntitle: P\n---\n")
    assert run("build", "--templates", "mine", cwd=place).returncode == 0
    site = tree(place / "output")
    assert site["terms/t1.html"] == b"given"
    assert site["static/style.css"] == site["static/more/own.css"] == b"given"
    assert b"<h1>P</h1>" in site["pages/p1.html"]
    assert "static/more/other.css" not in site
    assert "The bend" in Reader(site["controversies/c.html"].decode()).text


def test_templates_that_are_not_named_are_not_used_and_that_is_said(place: Path):
    put(place, "templates/claim.html", "{{ cycler.__init__.__globals__.os.system('touch pwned') }}")
    for command in ("check", "build"):
        said = run(command, "-q", cwd=place)
        assert said.returncode == 0
        assert "the folder 'templates' is not used\n  hint: they run as code" in said.stderr
    assert not (place / "pwned").exists()
    assert "is not used" not in run("check", "--templates", "templates", cwd=place).stderr
    shutil.rmtree(place / "templates")
    put(place, "templates/letter.txt", "of another program")
    assert run("check", "-q", cwd=place).stderr == ""


# new, explain


def test_a_new_record_takes_nobodys_place(place: Path):
    put(place, "content/terms/x.md", "mine")
    for kind in ("term", "claim", "page"):
        stopped = run("new", kind, "x", cwd=place)
        assert stopped.returncode == 2
        assert "the id 'x' is taken by content/" in stopped.stderr
    assert (place / "content/terms/x.md").read_text() == "mine"
    assert not (place / "content/pages").exists()


def test_new_says_which_kind_or_id_was_perhaps_meant(place: Path):
    assert "did you mean 'claim'?" in run("new", "clam", "x1", cwd=place).stderr
    assert "did you mean 'my-claim'?" in run("new", "claim", "My Claim", cwd=place).stderr
    assert "cannot be an id" in run("new", "claim", "index", cwd=place).stderr


def test_explain_prints_the_page_of_a_check(tmp_path: Path):
    page = (ROOT / "ledger/catalogue/orphan.md").read_text(encoding="utf-8").strip()
    assert run("explain", "orphan", cwd=tmp_path).stdout.strip() == page


def test_explain_lists_the_checks_and_names_the_nearest(tmp_path: Path):
    assert re.search(r"^orphan +\S", run("explain", cwd=tmp_path).stdout, re.MULTILINE)
    assert "did you mean 'orphan'?" in run("explain", "orphans", cwd=tmp_path).stderr
