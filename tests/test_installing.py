"""What is installed to work on the program is pinned: every version has its hashes, and no address stands there.

The workflow that runs the tests may read, and nothing else.
"""

import json
import re
import tomllib
from collections.abc import Iterator

import pytest
import yaml
from making import ROOT
from packaging.requirements import Requirement

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ALWAYS = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
TESTS = PROJECT["project"]["optional-dependencies"]["test"]
WANTED = {
    "site": ALWAYS,
    "test": [*ALWAYS, *TESTS, *PROJECT["dependency-groups"]["lint"]],
    "oldest": [*ALWAYS, *TESTS],
}
"""What each lock is made from."""


def lock(name: str) -> str:
    return (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> Iterator[tuple[Requirement, list[str]]]:
    """What a lock names, each with its hashes."""
    for line in lock(name).replace("\\\n", " ").splitlines():
        if not line.startswith("#"):
            what, *hashes = line.split("--hash=")
            yield Requirement(what), [found.strip() for found in hashes]


def versions(name: str) -> dict[str, set[str]]:
    """Every version of each package that a lock names, by its normalised name."""
    found: dict[str, set[str]] = {}
    for one, _ in pins(name):
        found.setdefault(re.sub(r"[-_.]+", "-", one.name).lower(), set()).update(s.version for s in one.specifier)
    return found


@pytest.mark.parametrize("name", WANTED)
def test_everything_is_pinned_by_version_and_hash(name: str):
    for one, hashes in pins(name):
        assert [specifier.operator for specifier in one.specifier] == ["=="], one.name
        assert hashes, one.name
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", found) for found in hashes)


@pytest.mark.parametrize("name", WANTED)
def test_a_lock_holds_no_address(name: str):
    assert not re.search(r"://|--(extra-)?index-url|--find-links", lock(name))


@pytest.mark.parametrize("name", WANTED)
def test_what_the_project_asks_for_is_locked_in_a_version_that_it_allows(name: str):
    found = versions(name)
    for wanted in map(Requirement, WANTED[name]):
        locked = found.get(re.sub(r"[-_.]+", "-", wanted.name).lower(), set())
        assert locked, f"{wanted.name} is not locked: run `make lock`"
        assert all(wanted.specifier.contains(version) for version in locked), f"{wanted.name}: run `make lock`"


def test_the_oldest_lock_has_the_lower_bounds_themselves():
    found = versions("oldest")
    for wanted in map(Requirement, WANTED["oldest"]):
        (least,) = [specifier.version for specifier in wanted.specifier if specifier.operator == ">="]
        (locked,) = found[re.sub(r"[-_.]+", "-", wanted.name).lower()]
        assert locked == least or locked.startswith(f"{least}."), wanted.name


def test_the_site_and_the_tests_use_the_same_versions():
    tests = versions("test")
    assert {name: found for name, found in versions("site").items() if tests[name] != found} == {}


def test_the_tools_of_npm_are_pinned_with_hashes():
    asked = json.loads((ROOT / ".ci/package.json").read_text(encoding="utf-8"))["dependencies"]
    locked = json.loads((ROOT / ".ci/package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert locked[""]["dependencies"] == asked
    for name, version in asked.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    assert [path for path, found in locked.items() if path and not found.get("integrity")] == []
    assert [path for path, found in locked.items() if "resolved" in found] == []


@pytest.fixture(scope="module")
def workflow() -> dict:
    return yaml.load((ROOT / ".github/workflows/tests.yml").read_text(encoding="utf-8"), yaml.BaseLoader)


def test_every_version_of_python_that_is_promised_is_tested(workflow: dict):
    promised = [
        word.rpartition(" ")[2] for word in PROJECT["project"]["classifiers"] if re.search(r"Python :: 3[.]", word)
    ]
    assert workflow["jobs"]["locked"]["strategy"]["matrix"]["python"] == promised
    assert PROJECT["project"]["requires-python"] == f">={promised[0]}"


def test_the_tests_may_only_read_and_have_a_limit_and_their_actions_are_pinned(workflow: dict):
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets" not in json.dumps(workflow)
    for job in workflow["jobs"].values():
        assert "permissions" not in job
        assert int(job["timeout-minutes"]) <= 180
        for used in (step["uses"] for step in job["steps"] if "uses" in step):
            assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", used)
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            if step.get("uses", "").startswith("actions/checkout"):
                assert step["with"]["persist-credentials"] == "false"


def test_the_targets_that_the_workflow_names_exist(workflow: dict):
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    runs = " ".join(step.get("run", "") for job in workflow["jobs"].values() for step in job["steps"])
    assert set(re.findall(r"\bmake ([a-z-]+)", runs)) <= targets
