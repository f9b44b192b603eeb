"""A new ledger as a stranger meets it: its README, hook and workflow, run in an empty folder and a fresh environment.

One environment is shared by all, made by what the README says. No process may open a connection, but for pip to its
package index.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from making import PATIENCE, ROOT, run_here

from ledger.cli import COMMANDS

pytestmark = [
    pytest.mark.outside,
    pytest.mark.slow,
    pytest.mark.timeout(2 * PATIENCE),
    pytest.mark.skipif(sys.platform == "win32", reason="runs the commands of a shell"),
]

GUARD = """
import os, socket
ALLOWED, KNOWN = set(os.environ["HOSTS_ALLOWED"].split()), set()
look_up, connect = socket.getaddrinfo, socket.socket.connect
def name_of(host):
    return host.decode() if isinstance(host, bytes) else str(host)
def looked_up(host, *arguments, **named):
    if name_of(host) not in ALLOWED:
        raise AssertionError(f"the network was touched: {host}")
    found = look_up(host, *arguments, **named)
    KNOWN.update(one[4][0] for one in found)
    return found
def connected(self, address):
    if self.family != socket.AF_UNIX and address[0] not in ALLOWED | KNOWN:
        raise AssertionError(f"the network was touched: {address}")
    return connect(self, address)
socket.getaddrinfo, socket.socket.connect = looked_up, connected
"""
"""A `sitecustomize.py`: what every Python process begins with."""
RECORD = """\
statement: Ice {0}.
type: empirical
bears_on: [{{position: mpemba-effect-a, relation: supports}}]
evidence: [{{id: e1, source: {1}, relation: supports, shows: It {0}., consulted: abstract}}]
added: 2026-11-29
"""


def index_hosts() -> str:
    """The hosts that pip asks here for packages, and by way of which."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    said = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=PATIENCE, check=True).stdout
    said += " ".join(os.environ.get(name, "") for name in ("HTTPS_PROXY", "https_proxy", "PIP_INDEX_URL", "PIP_PROXY"))
    named = {urlsplit(address).hostname or "" for address in re.findall(r"https?://[^\s'\"]+", said)}
    return " ".join(sorted({*named, "pypi.org", "files.pythonhosted.org"}))


class Place:
    """A new ledger, and what runs in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ledger = folder, folder / "my ledger"
        self.programs = self.ledger / ".venv/bin"
        (folder / "guard").mkdir()
        (folder / "guard/sitecustomize.py").write_text(GUARD, encoding="utf-8")
        (folder / "bin").mkdir()
        (folder / "bin/python3").symlink_to(sys.executable)

    def run(self, script: str, cwd: Path, path: Path, **named: str) -> subprocess.CompletedProcess[str]:
        """A script as a workflow's step runs it, or a reader's shell; only pip finds the package index."""
        kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "HTTP", "http", "HOME"))}
        hosts = index_hosts() if "pip install" in script else ""
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=cwd,
            env=kept
            | {"PATH": f"{path}:/usr/bin:/bin", "PYTHONPATH": str(self.folder / "guard"), "HOSTS_ALLOWED": hosts}
            | {"GIT_CONFIG_GLOBAL": "/dev/null", "PIP_NO_COMPILE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", **named},
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )

    def git(self, *words: str, cwd: Path | None = None) -> str:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
        command = ["git", *who, *words]
        run = subprocess.run(command, cwd=cwd or self.ledger, capture_output=True, encoding="utf-8", check=True)
        return run.stdout.strip()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A ledger by `init`, after the first commands of its README."""
    place = Place(tmp_path_factory.mktemp("nothing"))
    assert run_here("init", place.ledger).returncode == 0
    install = re.findall(
        r"^```sh\n(.*?)^```$", (place.ledger / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    run = place.run(install[0], place.ledger, place.folder / "bin")
    assert run.returncode == 0, run.stdout + run.stderr
    place.git("init", "--quiet")
    place.git("add", "--all")
    place.git("commit", "--quiet", "--message", "A new ledger")
    return place


def test_what_its_readme_says_first_installs_the_program_and_builds_the_site(place: Place):
    assert (place.ledger / "output/controversies/mpemba-effect.html").is_file()
    assert "script-src 'self'" in (place.ledger / "output/_headers").read_text(encoding="utf-8")
    assert place.git("status", "--porcelain", "--ignored") == "!! .ledger-cache/\n!! .venv/\n!! output/"


def test_what_is_installed_can_make_a_new_ledger_again(place: Place):
    again = place.run("ledger init ../again", place.ledger, place.programs)
    assert (again.returncode, again.stderr) == (0, "")
    wheels = [next((at / "vendor").iterdir()) for at in (place.ledger, place.folder / "again")]
    assert wheels[0].read_bytes() == wheels[1].read_bytes()


def test_a_hint_names_what_installs_the_rest(place: Place):
    (place.ledger / "refs.bib").write_text("@book{k, title={T}, author={A, B}, year=2000}\n", encoding="utf-8")
    command = "ledger import refs.bib --dry-run"
    refused = place.run(command, place.ledger, place.programs)
    hint = re.fullmatch(r"ledger: this needs bibtexparser\n  hint: install it with: (.*)\n", refused.stderr)
    assert hint, refused.stderr
    assert place.run(hint[1], place.ledger, place.programs).returncode == 0
    assert place.run(command, place.ledger, place.programs).returncode == 0
    (place.ledger / "refs.bib").unlink()


ANSWERS = {
    "milk-first": "title=Milk first;question=Does tea taste better when the milk goes in first?;status=active",
    "milk-first-a": "controversy=milk-first;letter=A;statement=It tastes better.",
    "milk-first-b": "controversy=milk-first;letter=B;statement=Nobody notices.",
    "doe-2020": "type=book;title=Tea;authors=Doe, Jane;issued=2020;tier=reporting;derived_from=unknown",
    "milk-first-tastes-different": "statement=Seven of ten tasters preferred it.;type=empirical",
    "milk-first-is-not-noticed": "statement=In the dark nobody tells the cups apart.;type=empirical",
}
"""What an editor says who is asked."""
EVIDENCE = "id=e1;source=doe-2020;relation=supports;shows=A tasting.;consulted=abstract"


def test_its_readme_leads_to_a_first_claim(place: Place):
    readme = (place.ledger / "README.md").read_text("utf-8").partition("## Your first controversy")[2]
    commands = "".join(re.findall(r"^```sh\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)).splitlines()
    [bears_on] = re.findall(r"^```yaml\n(bears_on.*?)^```$", readme, re.DOTALL | re.MULTILINE)
    for command in commands:
        answers = [f"--set={answer}" for answer in ANSWERS.get(command.split()[-1], "").split(";") if answer]
        if " claim " in command:
            answers += [f"--set=evidence.{answer}" for answer in EVIDENCE.split(";")]
        run = place.run(shlex.join([*command.split(), *answers]), place.ledger, place.programs)
        assert run.returncode == 0, run.stdout + run.stderr
        if " claim " in command:
            position = "milk-first-b" if command.endswith("noticed") else "milk-first-a"
            with (place.ledger / f"content/claims/{command.split()[-1]}.yml").open("a", encoding="utf-8") as file:
                file.write(bears_on.replace("milk-first-a", position))
    built = place.run("ledger build --strict", place.ledger, place.programs)
    assert built.returncode == 0, built.stdout + built.stderr
    [page] = re.findall(r"`(output/claims/[^`]*)`", readme)
    assert "Seven of ten tasters preferred it." in (place.ledger / page).read_text(encoding="utf-8")
    place.git("clean", "--quiet", "--force", "content")


# The hook


def hook(place: Place, cwd: Path, path: Path) -> subprocess.CompletedProcess[str]:
    config = yaml.safe_load((place.ledger / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (only,) = config["repos"][0]["hooks"]
    assert (only["language"], only["pass_filenames"]) == ("system", False)
    return place.run(shlex.join(shlex.split(only["entry"])), cwd, path)


def test_the_hook_finds_the_program_without_an_active_environment(place: Place):
    wrong = place.ledger / "content/claims/wrong.yml"
    wrong.write_text(RECORD.format("floats", "nobody-2000"), encoding="utf-8")
    refused = hook(place, place.ledger, Path("/bin"))
    wrong.unlink()
    assert refused.returncode == 1
    assert "content/claims/wrong.yml:4:29: error[unknown-id]" in refused.stdout


def test_the_hook_takes_the_program_on_the_path_or_says_what_to_do(place: Place, tmp_path: Path):
    shutil.copytree(place.ledger / "content", tmp_path / "content")
    assert hook(place, tmp_path, place.programs).returncode == 0
    refused = hook(place, tmp_path, Path("/bin"))
    assert refused.returncode == 1
    assert "pip install --requirement requirements.txt" in refused.stderr


# The workflow


class Runner:
    """As much of a runner of workflows as this one needs: what it does not know fails."""

    def __init__(self, place: Place, folder: Path, event: str, shas: dict[str, str]) -> None:
        self.place, self.folder, self.log = place, folder, ""
        self.summary, self.event = folder / "summary.md", event
        self.values = {
            "github.event.pull_request.base.sha || github.sha": shas.get("base", shas["head"]),
            "steps.pages.outputs.base_url": "https://example.org/my-ledger",
        }
        self.ref = shas["head"]
        folder.mkdir()

    def job(self, name: str) -> bool:
        """Whether its steps all passed."""
        workflow = yaml.safe_load((self.place.ledger / ".github/workflows/ledger.yml").read_text(encoding="utf-8"))
        return all(self.step(step) for step in workflow["jobs"][name]["steps"] if self.wanted(step))

    def wanted(self, step: dict) -> bool:
        return {None: True, "github.event_name == 'pull_request'": self.event == "pull_request"}[step.get("if")]

    def said(self, text: str) -> str:
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: self.values[found[1]], text)

    def step(self, step: dict) -> bool:
        if "uses" in step:
            return self.action(step["uses"].partition("@")[0], step.get("with", {}))
        named = {name: self.said(value) for name, value in step.get("env", {}).items()}
        named |= {"RUNNER_TEMP": str(self.folder), "GITHUB_STEP_SUMMARY": str(self.summary)}
        run = self.place.run(step["run"], self.folder / step.get("working-directory", ""), self.place.programs, **named)
        self.log += f"$ {step['run']}\n{run.stdout}{run.stderr}"
        return run.returncode == 0 or bool(step.get("continue-on-error"))

    def action(self, name: str, given: dict) -> bool:
        if name == "actions/checkout":
            self.check_out(self.folder / given.get("path", ""), given)
        elif "upload" in name:
            assert (self.folder / given["path"] / "index.html").is_file()
        else:
            assert name in ("actions/setup-python", "actions/configure-pages")
        return True

    def check_out(self, at: Path, given: dict) -> None:
        git, source = self.place.git, self.place.ledger.as_uri()
        git("init", "--quiet", str(at))
        if "sparse-checkout" in given:
            git("sparse-checkout", "set", "--no-cone", *given["sparse-checkout"].split(), cwd=at)
        depth, ref = str(given.get("fetch-depth", 1)), self.said(given.get("ref", self.ref))
        git("fetch", "--quiet", *(() if depth == "0" else ("--depth", depth)), source, ref, cwd=at)
        git("checkout", "--quiet", "--detach", "FETCH_HEAD", cwd=at)


def proposed(place: Place, folder: Path, files: dict[str, str]) -> dict[str, str]:
    """The commits of a stranger's pull request: what it is meant for, and what it would come to."""
    base, fork = place.git("rev-parse", "main"), folder / "fork"
    place.git("clone", "--quiet", str(place.ledger), str(fork))
    for path, text in files.items():
        (fork / path).parent.mkdir(parents=True, exist_ok=True)
        (fork / path).write_text(text, encoding="utf-8")
    place.git("add", "--all", cwd=fork)
    place.git("commit", "--quiet", "--message", "Mine", cwd=fork)
    place.git("fetch", "--quiet", str(fork), "main")
    tree = place.git("merge-tree", "--write-tree", base, "FETCH_HEAD")
    head = place.git("commit-tree", "-m", "Merge", "-p", base, "-p", place.git("rev-parse", "FETCH_HEAD"), tree)
    place.git("update-ref", "refs/pull/1/merge", head)
    return {"base": base, "head": head}


STRANGE = {
    "requirements.txt": "no-such-program-anywhere\n",
    "vendor/other.whl": "not a wheel",
    ".github/workflows/ledger.yml": "not a workflow",
    "templates/base.html": "Not a page.",
    "public/evil.txt": "Not yours.",
    "content/claims/ice-floats.yml": RECORD.format("floats", "katz-2017"),
}
"""What a stranger may put into a proposal."""


def test_of_a_strangers_proposal_the_records_are_checked_and_shown_by_the_branchs_own_program(
    place: Place, tmp_path: Path
):
    uninstalled = place.run("python -m pip uninstall --quiet --yes ledger-kb", tmp_path, place.programs)
    assert uninstalled.returncode == 0, uninstalled.stderr
    runner = Runner(place, tmp_path / "runner", "pull_request", proposed(place, tmp_path, STRANGE))
    assert runner.job("check"), runner.log
    assert sorted(path.name for path in (runner.folder / "proposed").iterdir()) == [
        ".git",
        ".ledger-cache",
        "content",
        "public",
    ]
    assert "Ice floats." in (runner.folder / "preview/claims/ice-floats.html").read_text(encoding="utf-8")
    assert (runner.folder / "preview/_headers").is_file()
    assert not (runner.folder / "preview/evil.txt").exists()
    summary = runner.summary.read_text(encoding="utf-8")
    assert "What `ledger check --strict` found:" in summary
    assert ("ice-floats" in summary) == ("diff" in {command.name for command in COMMANDS})


def test_a_proposal_with_errors_fails_and_its_report_is_told_whole(place: Place, tmp_path: Path):
    wrong = {"content/claims/ice-floats.yml": "statement: </pre>```\ntypo: x\n"}
    runner = Runner(place, tmp_path / "runner", "pull_request", proposed(place, tmp_path, wrong))
    assert not runner.job("check")
    assert "::error file=content/claims/ice-floats.yml,line=2," in runner.log
    told = runner.summary.read_text(encoding="utf-8").partition("found:\n")[2].splitlines()
    assert any("content/claims/ice-floats.yml:2:1: error[unknown-field]" in line for line in told)
    assert all(line.startswith("    ") for line in told[1:])
    assert not (runner.folder / "preview").exists()


def test_a_citation_of_a_new_ledger_leads_to_what_it_cited_when_the_claim_has_changed(place: Place, tmp_path: Path):
    named = "https://example.org/my-ledger/claims/hot-water-can-freeze-first"

    def cited(name: str) -> str:
        main = Runner(place, tmp_path / name, "push", {"head": place.git("rev-parse", "main")})
        assert main.job("build"), main.log
        page = (main.folder / "output/claims/hot-water-can-freeze-first.html").read_text(encoding="utf-8")
        address = re.search(rf"{named}/(at/[0-9a-f]{{10}}\.html)", page)[1]
        assert address, "it has the hash"
        return address

    before = cited("before")
    claim = place.ledger / "content/claims/hot-water-can-freeze-first.yml"
    claim.write_text(
        claim.read_text("utf-8").replace("statement: ", "statement: Now and then: ").replace("then: ", "then, ")
    )
    place.git("commit", "--quiet", "--all", "--message", "A careful word")
    assert cited("after") != before
    page = (tmp_path / "after/output/claims/hot-water-can-freeze-first" / before).read_text(encoding="utf-8")
    assert "This is no longer what the ledger says." in page
    assert "A careful word" in page


def test_the_main_branch_is_built_for_its_address(place: Place, tmp_path: Path):
    main = Runner(place, tmp_path / "build", "push", {"head": place.git("rev-parse", "main")})
    assert main.job("build"), main.log
    assert "https://example.org/my-ledger/" in (main.folder / "output/sitemap.xml").read_text(encoding="utf-8")
    assert ROOT.as_posix() not in main.log
