"""`ledger init`: what a new ledger starts with holds, builds offline, and is safe with strangers' proposals."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
import yaml
from faults import Fault, disk_full, steps_counted
from making import PATIENCE, ROOT, run_here, tree
from test_wheel import wheel  # noqa: F401 - a fixture

from ledger import loading
from ledger.editing import init
from ledger.engine import build as engine
from ledger.engine.report import Options
from ledger.files import TextFile
from ledger.records import KINDS

WORKFLOWS = [ROOT / ".github/workflows/ledger.yml", ROOT / "ledger/skeleton/dot-github/workflows/ledger.yml"]
BUILD = """
import sys, socket
sys.path.insert(0, {installed!r})
def refuse(*arguments, **named): raise AssertionError("the network was touched")
socket.socket.connect = socket.getaddrinfo = refuse
from ledger import cli
sys.exit(cli.main({arguments!r}))
"""


def test_a_new_ledger_has_nothing_wrong_in_it(tmp_path: Path):
    made = init.new_ledger(tmp_path / "demo")
    report = engine.check(Options(tmp_path / "demo/content", tmp_path / "demo/output", strict=True))
    assert report.problems == ()
    assert report.records == sum(path.startswith("content/") for path in made)


def test_the_example_is_whole(tmp_path: Path):
    made = init.new_ledger(tmp_path / "demo")
    folders = [path.split("/")[1] for path in made if path.count("/") == 2 and path.startswith("content/")]
    wanted = {"controversies": 1, "positions": 2, "claims": 3, "sources": 3, "proponents": 2}
    assert {folder: folders.count(folder) for folder in folders} == wanted


def test_it_builds_from_an_installed_wheel_without_the_network(wheel: Path, tmp_path: Path):  # noqa: F811
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    for folder, arguments in ((tmp_path, ["init", "demo"]), (tmp_path / "demo", ["build", "--strict"])):
        code = BUILD.format(installed=str(installed), arguments=arguments)
        command = [sys.executable, "-I", "-c", code]
        run = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
    assert (tmp_path / "demo/output/controversies/mpemba-effect.html").is_file()
    assert tree(tmp_path / "demo/content") == tree(ROOT / "ledger/skeleton/content")
    assert tree(tmp_path / "demo/.vscode") == tree(ROOT / "ledger/skeleton/dot-vscode")


def test_what_is_hidden_has_its_dot_and_the_program_its_version(tmp_path: Path):
    made = init.new_ledger(tmp_path / "demo")
    assert {".gitignore", ".pre-commit-config.yaml", ".github/workflows/ledger.yml", ".vscode/settings.json"} < {*made}
    assert not [path for path in made if "dot-" in path]
    pinned = (tmp_path / "demo/requirements.txt").read_text(encoding="utf-8").splitlines()[-1]
    assert re.fullmatch(r"ledger-kb==[\d.]+\w*", pinned)
    init.new_ledger(tmp_path / "other", "ledger-kb @ https://example.org/ledger.whl")
    assert "ledger-kb @ https://example.org/ledger.whl\n" in (tmp_path / "other/requirements.txt").read_text("utf-8")


def test_settings_of_other_programs_are_read_by_them(tmp_path: Path):
    init.new_ledger(tmp_path / "demo")
    for path in (tmp_path / "demo/.vscode").rglob("*.json"):
        assert json.loads(path.read_text(encoding="utf-8"))
    hooks = yaml.safe_load((tmp_path / "demo/.pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    shared = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["entry"] for hook in (*hooks, *shared)] == ["ledger check --strict"] * 2
    assert [hook["pass_filenames"] for hook in (*hooks, *shared)] == [False, False]


def test_its_readme_names_commands_kinds_and_files_that_there_are(tmp_path: Path):
    init.new_ledger(tmp_path / "demo")
    readme = (tmp_path / "demo/README.md").read_text(encoding="utf-8")
    for command in set(
        re.findall(r"\bledger ([a-z]+)\b(?! of)", " ".join(re.findall(r"`[^`]+`|```.*?```", readme, re.DOTALL)))
    ):
        assert run_here(command, "--help").returncode == 0, command
    kinds = {kind.name for kind in KINDS}
    assert set(re.findall(r"ledger new ([a-z]+)", readme)) <= kinds
    for link in re.findall(r"\]\((?!https)([^)]+)\)", readme):
        assert (tmp_path / "demo" / link).is_file()
    for folder in re.findall(r"`([a-z]+)/`", readme):
        assert folder in {*(kind.folder for kind in KINDS), "content"}


def test_the_records_that_its_readme_shows_are_read(tmp_path: Path):
    """Parts of a claim: each is a record once the fields that a claim needs stand before it."""
    init.new_ledger(tmp_path / "demo")
    readme = (tmp_path / "demo/README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^```yaml\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    assert [text.partition(":")[0] for text in shown] == ["bears_on", "searches"]
    needed = "statement: S.\ntype: normative\n"
    for text in shown:
        record, problems = loading.load_record(TextFile("claims/c.yml", needed + text))
        assert (record is not None, problems) == (True, [])


def test_an_empty_folder_is_filled(tmp_path: Path):
    (tmp_path / "demo").mkdir()
    run = run_here("init", ".", cwd=tmp_path / "demo")
    assert (run.returncode, run.stderr) == (0, "")
    assert (tmp_path / "demo/content/site.yml").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


@pytest.mark.parametrize("there", ["a file in it", "a file", "a link"])
def test_whatever_is_there_is_left_alone(tmp_path: Path, there: str):
    place = tmp_path / "demo"
    if there == "a file in it":
        place.mkdir()
        (place / ".hidden").touch()
    elif there == "a file":
        place.touch()
    else:
        (tmp_path / "elsewhere").mkdir()
        place.symlink_to(tmp_path / "elsewhere")
    before = sorted(tmp_path.rglob("*"))
    run = run_here("init", "demo", cwd=tmp_path)
    assert run.returncode == 2
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("folder_is_there", [False, True])
def test_a_full_disk_at_any_step_leaves_nothing_or_all(tmp_path: Path, folder_is_there):
    whole = init.new_ledger(tmp_path / "whole")
    shutil.rmtree(tmp_path / "whole")
    place = tmp_path / "demo"
    for at in count(1):
        if folder_is_there:
            place.mkdir()
        before = sorted(tmp_path.rglob("*"))
        fault = Fault(at, disk_full)
        with steps_counted(fault), suppress(OSError):
            init.new_ledger(place)
        if (place / "content").exists():
            assert set(tree(tmp_path)) == {f"demo/{path}" for path in whole}, f"step {at}"
            shutil.rmtree(place)
        else:
            assert sorted(tmp_path.rglob("*")) == before, f"step {at}"
            shutil.rmtree(place, ignore_errors=True)
        if fault.steps < at:
            assert at > 20
            return


# The workflow for strangers' proposals


def steps(workflow: dict) -> list[dict]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.fixture(params=WORKFLOWS, ids=["this", "new"])
def workflow(request: pytest.FixtureRequest) -> dict:
    return yaml.load(request.param.read_text(encoding="utf-8"), yaml.BaseLoader)


def test_a_proposal_is_checked_with_the_right_to_read_and_nothing_else(workflow: dict):
    assert set(workflow["on"]) == {"pull_request", "push"}
    assert workflow["on"]["push"] == {"branches": ["main"]}
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in workflow["jobs"]["check"]
    for name in ("build", "deploy"):
        job = workflow["jobs"][name]
        assert job.get("needs") == {"build": "check", "deploy": "build"}[name]
    assert workflow["jobs"]["build"]["if"] == "github.event_name == 'push' && github.ref == 'refs/heads/main'"
    assert workflow["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}


def test_there_are_no_secrets_no_caches_and_no_foreign_actions(workflow: dict):
    assert "secrets" not in json.dumps(workflow)
    assert "cache" not in json.dumps(workflow)
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", name) for name in used)
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout"):
            assert step["with"]["persist-credentials"] == "false"


def test_no_words_of_a_proposal_reach_a_shell(workflow: dict):
    assert [step["run"] for step in steps(workflow) if "${{" in step.get("run", "")] == []


def test_of_a_proposal_only_the_records_are_fetched_and_nothing_in_it_is_run(workflow: dict):
    fetched, *others = [step for step in workflow["jobs"]["check"]["steps"] if "checkout" in step.get("uses", "")]
    assert fetched["with"]["ref"] == "${{ github.event.pull_request.base.sha || github.sha }}"
    assert fetched["with"]["path"] == "trusted"
    (proposed,) = others
    assert proposed["with"]["path"] == "proposed"
    assert proposed["with"]["sparse-checkout"] == "/content/"
    assert proposed["with"]["sparse-checkout-cone-mode"] == "false"
    runs = [step for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    copies = "if [ -d trusted/public ]; then cp -R trusted/public proposed/public; fi"
    assert [run["run"] for run in runs if "pip" in run["run"] or run["run"] == copies] == [
        run["run"] for run in runs if "trusted" in run["run"]
    ]
    assert [run["run"] for run in runs if "proposed" in run["run"]] == [copies]
    (check,) = [run for run in runs if "ledger" in run["run"] and "pip" not in run["run"]]
    commands = re.findall(r"\bledger ([a-z]+)", check["run"].replace("`ledger check --strict`", ""))
    assert set(commands) == {"check"}


def test_the_report_of_a_failed_check_is_told_whole_and_fails_the_job(workflow: dict, tmp_path: Path):
    (check,) = [step for step in workflow["jobs"]["check"]["steps"] if step.get("name") == "Check the records"]
    programs, summary = tmp_path / "bin", tmp_path / "summary.md"
    programs.mkdir()
    (programs / "ledger").write_text(
        f'#!/bin/sh\nexec {sys.executable} -m ledger.cli "$@"\n', encoding="utf-8", newline="\n"
    )
    (programs / "ledger").chmod(0o755)
    (tmp_path / "content/claims").mkdir(parents=True)
    (tmp_path / "content/site.yml").write_text("format: 1\ntitle: Test\n", encoding="utf-8")
    (tmp_path / "content/claims/c.yml").write_text("statement: </pre>```\ntypo: x\n", encoding="utf-8")
    environment = {
        "PATH": f"{programs}:/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(summary),
    }
    run = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", check["run"]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 1, run.stderr
    assert "::error file=content/claims/c.yml,line=2," in run.stdout
    told = summary.read_text(encoding="utf-8").splitlines()
    assert any("content/claims/c.yml:2:1: error[unknown-field]" in line for line in told)
    assert all(line.startswith("    ") for line in told[2:])
