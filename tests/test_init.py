"""`ledger init`: what a new ledger starts with, what it leaves alone, and that strangers' proposals do no harm.

`test_from_nothing.py` installs one and runs what is in it.
"""

import json
import re
import shutil
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
import yaml
from faults import Fault, disk_full, steps_counted
from making import ROOT, run_here, tree

from ledger import loading
from ledger.editing import init, installing
from ledger.engine import build as engine
from ledger.engine.report import Options
from ledger.files import TextFile
from ledger.records import KINDS

WORKFLOWS = [ROOT / ".github/workflows/ledger.yml", ROOT / "ledger/skeleton/dot-github/workflows/ledger.yml"]
NAMED = installing.Requirement("ledger-kb==1.2.3")
VENDORED = installing.Requirement("./vendor/a.whl", "a.whl", b"all of it")


@pytest.fixture(autouse=True)
def _named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line makes no wheel here."""
    monkeypatch.setattr(installing, "requirement", lambda: NAMED)


def test_a_new_ledger_has_nothing_wrong_in_it(tmp_path: Path):
    made = init.new_ledger(tmp_path / "demo", NAMED).written
    report = engine.check(Options(tmp_path / "demo/content", tmp_path / "demo/output", strict=True))
    assert report.problems == ()
    assert report.records == sum(path.startswith("content/") for path in made)


def test_the_example_is_whole(tmp_path: Path):
    made = init.new_ledger(tmp_path / "demo", NAMED).written
    folders = [path.split("/")[1] for path in made if path.count("/") == 2 and path.startswith("content/")]
    wanted = {"controversies": 1, "positions": 2, "claims": 3, "sources": 3, "proponents": 2}
    assert {folder: folders.count(folder) for folder in folders} == wanted


def test_what_is_hidden_has_its_dot_and_the_program_is_named(tmp_path: Path):
    made = init.new_ledger(tmp_path / "demo", VENDORED).written
    assert {".gitignore", ".pre-commit-config.yaml", ".github/workflows/ledger.yml", ".vscode/settings.json"} < {*made}
    assert not [path for path in made if "dot-" in path]
    assert (tmp_path / "demo/requirements.txt").read_text("utf-8").splitlines()[-1] == "./vendor/a.whl"
    assert (tmp_path / "demo/vendor/a.whl").read_bytes() == b"all of it"
    run_here("init", "other", "--requirement", "ledger-kb @ https://example.org/ledger.whl", cwd=tmp_path)
    assert "ledger-kb @ https://example.org/ledger.whl\n" in (tmp_path / "other/requirements.txt").read_text("utf-8")


def test_settings_of_other_programs_are_read_by_them(tmp_path: Path):
    init.new_ledger(tmp_path / "demo", NAMED)
    for path in (tmp_path / "demo/.vscode").rglob("*.json"):
        assert json.loads(path.read_text(encoding="utf-8"))
    hooks = yaml.safe_load((tmp_path / "demo/.pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    shared, formatting = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["pass_filenames"] for hook in (*hooks, shared)] == [False, False]
    assert formatting["entry"] == "ledger fmt --check"


def test_its_readme_names_commands_kinds_and_files_that_there_are(tmp_path: Path):
    init.new_ledger(tmp_path / "demo", NAMED)
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
        assert folder in {*(kind.folder for kind in KINDS), "content", "output", "public", "vendor"}


def test_the_records_that_its_readme_shows_are_read(tmp_path: Path):
    """Parts of a claim: each is a record once the fields that a claim needs stand before it."""
    init.new_ledger(tmp_path / "demo", NAMED)
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
    assert "cd " not in run.stdout
    assert (tmp_path / "demo/content/site.yml").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def put(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def test_a_fresh_clone_gets_what_does_not_collide_and_is_told_the_rest(tmp_path: Path):
    there = {"readme.rst": "Ours.", "LICENSE": "MIT", ".git/HEAD": "ref", ".gitignore": "*.pyc\n/.venv/\n"}
    there |= {"docs/PULL_REQUEST_TEMPLATE.md": "Why?", ".github/workflows": "a file, where a folder should be"}
    put(tmp_path, there | {"requirements.txt": "numpy\n"})
    before = tree(tmp_path)
    run = run_here("init", ".", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, "")
    after = tree(tmp_path)
    assert {path: after[path] for path in before} == before
    assert {"LEDGER.md", "content/site.yml", "public/_headers"} < set(after)
    assert "README.md" not in after
    _, kept, *rest = run.stdout.splitlines()
    files = ".github/pull_request_template.md, .github/workflows/ledger.yml, .gitignore, requirements.txt, README.md"
    assert kept == f"left as they are, since they were there: {files}"
    assert rest[:2] == [
        "add to .gitignore: /output/, /.ledger-cache/, __pycache__/",
        "add to requirements.txt: ledger-kb==1.2.3",
    ]


def test_records_that_are_there_get_no_example_beside_them(tmp_path: Path):
    put(tmp_path, {"content/claims/mine.yml": "statement: Mine.\n"})
    made = init.new_ledger(tmp_path, NAMED)
    assert set(tree(tmp_path / "content")) == {"claims/mine.yml"}
    assert made.kept == ("content/",)
    assert init.new_ledger(tmp_path, NAMED).written == ()


def test_in_the_folder_of_records_no_ledger_is_made(tmp_path: Path):
    made = init.new_ledger(tmp_path, NAMED)
    with pytest.raises(ValueError, match="holds the records of a ledger: name the folder around it"):
        init.new_ledger(tmp_path / "content", NAMED)
    assert len(made.written) == sum(path.is_file() for path in tmp_path.rglob("*"))


def test_what_was_deleted_is_written_anew_and_nothing_else(tmp_path: Path):
    init.new_ledger(tmp_path, NAMED)
    (tmp_path / "requirements.txt").unlink()
    assert init.new_ledger(tmp_path, VENDORED).written == ("requirements.txt", "vendor/a.whl")


def test_nothing_is_written_through_a_link(tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo/.vscode").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "demo/.gitignore").symlink_to(tmp_path / "nowhere")
    init.new_ledger(tmp_path / "demo", NAMED)
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("there", ["a file", "a link"])
def test_what_is_no_folder_is_left_alone(tmp_path: Path, there: str):
    place = tmp_path / "demo"
    if there == "a file":
        place.touch()
    else:
        (tmp_path / "elsewhere").mkdir()
        place.symlink_to(tmp_path / "elsewhere")
    before = sorted(tmp_path.rglob("*"))
    run = run_here("init", "demo", cwd=tmp_path)
    assert (run.returncode, run.stderr) == (
        2,
        "ledger: 'demo' is there and is no folder\n  hint: nothing was written\n",
    )
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("folder_is_there", [False, True])
def test_a_full_disk_at_any_step_leaves_nothing_or_all(tmp_path: Path, folder_is_there):
    whole = init.new_ledger(tmp_path / "whole", NAMED).written
    shutil.rmtree(tmp_path / "whole")
    place = tmp_path / "demo"
    for at in count(1):
        if folder_is_there:
            place.mkdir()
        before = sorted(tmp_path.rglob("*"))
        fault = Fault(at, disk_full)
        with steps_counted(fault), suppress(OSError):
            init.new_ledger(place, NAMED)
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
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name) for name in used)
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
    for run in runs:
        assert ("pip" in run["run"]) == (
            "trusted" in (run["run"] + run.get("working-directory", "")).replace(copies, "")
        )
    assert [run["run"] for run in runs if "proposed" in run["run"]] == [copies]
    told = [re.findall(r"^ *(ledger .*?)(?: >.*| \|\|.*)?$", run["run"], re.MULTILINE) for run in runs]
    assert [command for commands in told for command in commands] == [
        "ledger diff HEAD^1 --format markdown",
        "ledger check --strict",
        "ledger check --strict --format github",
        "ledger build --output ../preview",
    ]
