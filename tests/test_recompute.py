"""Every number that the data give can be computed again from the data, by a program that shares nothing with ours."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import chance_ledgers
import pytest
import recompute
import recompute_changes
import recompute_comparisons
from hypothesis import given
from hypothesis import strategies as st
from making import MEDIUM, SMALL, data_of, ledger_at, ledger_of
from rating_ledgers import LOOKED, item, ledger, second_hand, source
from test_rating_cases import CASES

from ledger.graph import Ledger

SCRIPTS = (recompute, recompute_changes, recompute_comparisons)


@pytest.fixture(scope="module", params=[SMALL, MEDIUM], ids=["small", "medium"])
def data(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a site, in a folder that tests only read."""
    return written(ledger_at(request.param), tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the small site, in a folder that tests only read."""
    return written(ledger_at(SMALL), tmp_path_factory.mktemp("small"))


def written(ledger: Ledger, folder: Path) -> Path:
    for address, data in data_of(ledger, "*.json").items():
        path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def different(folder: Path) -> list[Any]:
    """Everything in which the data say something else than what follows from the records in them."""
    return [found for script in SCRIPTS for found in script.differences(folder)]


def test_everything_is_as_the_site_says(data: Path):
    assert different(data) == []


def test_there_is_something_to_compute(data: Path):
    site = recompute.Site(data)
    assert len(site.claims) > 3
    assert sum(len(recompute.strip_of(site, claim)) for claim in site.claims) > 3
    assert sum(1 for _ in recompute_comparisons.figures(data)) > 140


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_every_case_comes_out_as_it_should(case: tuple[Any, Any, Any, str, int], tmp_path: Path):
    sources, items, claim, expected, teams = case
    folder = written(ledger(sources, items, **claim), tmp_path)
    found = recompute.rating_of(recompute.Site(folder), "k")
    assert " ".join(found["range"] or [found["verdict"] or ""]).strip() == expected
    assert found["counts"]["teams"] == teams
    assert different(folder) == []


@given(st.integers())
def test_ledgers_made_by_chance_are_computed_alike(seed: int):
    with TemporaryDirectory() as folder:
        made = written(ledger_of(chance_ledgers.texts_of(Random(seed))), Path(folder))
        assert different(made) == []


# What the program once had otherwise


def test_a_report_of_a_study_falls_with_the_data_of_the_study(tmp_path: Path):
    made = {
        "data": source(tier="dataset"),
        "study": source(derived_from=[{"source": "data", "how": "uses-data"}]),
        "news": source(tier="reporting", derived_from=[{"source": "study", "how": "reports"}]),
    }
    folder = written(ledger(made, [item("news", basis="reporting")], searches=[LOOKED]), tmp_path)
    told = json.loads((folder / "sources/data.json").read_bytes())["if_it_fell"]["claims"]
    assert [(one["claim"], one["after"]) for one in told] == [("k", {"not_rated": "no evidence"})]
    assert different(folder) == []


def test_a_claim_falls_with_a_version_that_came_after_what_it_cites(tmp_path: Path):
    made = {"preprint": source(version_of="article"), "article": source()}
    folder = written(ledger(made, [item("preprint")], searches=[LOOKED]), tmp_path)
    told = json.loads((folder / "sources/article.json").read_bytes())["if_it_fell"]["claims"]
    assert [one["claim"] for one in told] == ["k"]
    assert different(folder) == []


def test_data_that_are_made_of_each_other_fall_with_what_one_of_them_copies(tmp_path: Path):
    made = {
        "first": source(),
        "table": second_hand(("copies", "first"), ("uses-data", "survey")),
        "survey": source(derived_from=[{"source": "table", "how": "uses-data"}]),
    }
    folder = written(ledger(made, [item("table", via="own")], searches=[LOOKED]), tmp_path)
    told = json.loads((folder / "sources/first.json").read_bytes())["if_it_fell"]["claims"]
    assert [(one["claim"], one["after"]) for one in told] == [("k", {"not_rated": "no evidence"})]
    assert different(folder) == []


def test_what_speaks_against_a_rival_falls_with_its_source(tmp_path: Path):
    rival = {"id": "e1", **item("q", about_rival="k")}
    other = {"statement": "J.", "type": "empirical", "added": "2026-01-10", "evidence": [rival]}
    found = ledger({"p": source(), "q": source()}, [item("p")], more={"claims/j.yml": other})
    folder = written(found, tmp_path)
    told = json.loads((folder / "sources/q.json").read_bytes())["if_it_fell"]["claims"]
    assert [one["claim"] for one in told] == ["k"]
    assert different(folder) == []


# What is tampered with


def altered(data: Path, copy: Path, address: str, keys: Sequence[str | int], value: Any) -> Path:
    """A copy of the data in which one value is another."""
    shutil.copytree(data, copy)
    twin = json.loads((copy / address).read_bytes())
    at = twin
    for key in keys[:-1]:
        at = at[key]
    assert (at.get(keys[-1]) if isinstance(at, dict) else at[keys[-1]]) != value
    at[keys[-1]] = value
    (copy / address).write_text(json.dumps(twin), encoding="utf-8")
    return copy


AT = "controversies/harbour-clock"
CLAIM, SURVEY, A = "claims/clock-lags.json", "sources/survey-1901.json", "positions/harbour-clock-a.json"
VERDICTS = (recompute, CLAIM, "clock-lags")
STRIP = (recompute, "claims/sundial-agrees.json", "sundial-agrees")
CHANGES = (recompute_changes, CLAIM, "clock-lags, claim:")
FALLS = (recompute_changes, SURVEY, "survey-1901, if it fell:")
COURSE = (recompute_changes, f"{AT}/history.json", "harbour-clock, happened:")
ROWS = (recompute_comparisons, f"{AT}/evidence.json", "evidence.html")
CRUXES = (recompute_comparisons, f"{AT}/cruxes.json", "cruxes.html clock-lags")
FAIRNESS = (recompute_comparisons, f"{AT}/fairness.json", "fairness.html harbour-clock-a")
ALTERED: list[tuple[tuple[Any, str, str], Sequence[str | int], Any, str]] = [
    (VERDICTS, ("rating", "verdict"), "probably-true", "verdict is"),
    (VERDICTS, ("rating", "range"), ["perhaps-false", "probably-true"], "range"),
    (VERDICTS, ("rating", "direction"), "contested", "direction is"),
    (VERDICTS, ("rating", "evidence", "for"), "robust", "evidence for is"),
    (VERDICTS, ("rating", "solidity"), "strong", "solidity is"),
    (VERDICTS, ("rating", "looked_for"), None, "looked_for is"),
    (VERDICTS, ("rating", "holds_in_part"), None, "holds_in_part is"),
    (VERDICTS, ("rating", "counts", "teams"), 30, "counts teams is"),
    (VERDICTS, ("rating", "counts", "works"), 30, "counts works is"),
    (VERDICTS, ("rating", "counts", "sides", "for"), 30, "counts sides for is"),
    (VERDICTS, ("rating", "items", 1, "grade"), "strong", "items 1 grade is"),
    (VERDICTS, ("rating", "items", 1, "work"), "x", "items 1 work is"),
    (VERDICTS, ("rating", "items", 1, "team"), "x", "items 1 team is"),
    (VERDICTS, ("rating", "items", 1, "reasons", 0, "steps"), 3, "items 1 reasons"),
    (VERDICTS, ("rating", "items", 2, "counts"), "fallen", "items 2 counts is"),
    (STRIP, ("strip", 0, "effect"), "flips", "strip lenient"),
    (STRIP, ("strip", 0, "range"), ["perhaps-false", "probably-true"], "strip lenient"),
    (STRIP, ("strip", -1, "without"), "x", "strip without x"),
    (STRIP, ("strip",), [], "strip lenient"),
    (VERDICTS, ("record", "evidence", 2, "consulted"), "memory", "items 2 reasons reading is 2"),
    ((recompute, A, "harbour-clock-a"), ("verdicts", 0, "claims"), ["x"], "verdicts 0 claims"),
    ((recompute, A, "harbour-clock-a"), ("weakest",), [], "weakest is"),
    (CHANGES, ("single_points",), ["x"], "single_points"),
    (CHANGES, ("changed_by",), {"sources": ["x"]}, "changed_by"),
    (
        (recompute_changes, SURVEY, "survey-1901, if it fell:"),
        ("if_it_fell", "claims", 0, "after"),
        {},
        "claims 0 after",
    ),
    (FALLS, ("if_it_fell", "positions"), [], "positions"),
    (COURSE, ("clocks", 0, "period"), "decade", "period is day"),
    (COURSE, ("clocks", 0, "start"), {"clock-lags": {}}, "start clock-lags"),
    (COURSE, ("clocks", 0, "points", 1, "claims"), [], "claims"),
    (COURSE, ("clocks", 0, "points", 1, "positions"), [], "positions"),
    (COURSE, ("clocks", 0, "points", 1, "claims", 0, "movers"), ["x"], "claims"),
    ((*COURSE[:2], "harbour-clock, believed"), ("clocks", 1, "points", 0, "claims", 0, "after"), {}, "at its end:"),
    (ROWS, ("rows", 0, "grade"), "x", "grade"),
    (ROWS, ("rows", 0, "items"), [], "items"),
    (ROWS, ("rows", 0, "cells", 0, "verdict"), "mixed", "cells"),
    (ROWS, ("rows", 0, "cells", 0, "ways", 0, "sign"), 5, "cells"),
    (ROWS, ("rows",), [], "order"),
    (ROWS, ("standings", 0, "against"), {}, "against"),
    (ROWS, ("standings", 0, "untested"), None, "untested"),
    (CRUXES, ("cruxes", 0, "leverage"), "2", "leverage"),
    (CRUXES, ("cruxes", 0, "named"), None, "named"),
    (FAIRNESS, ("positions", 0, "teams"), 9, "teams"),
    (FAIRNESS, ("positions", 0, "floors"), [], "floors"),
    (FAIRNESS, ("positions", 0, "flags"), [], "flags"),
    ((recompute_comparisons, "gaps.json", "gaps"), ("rows", 0, "importance"), "9", "importance"),
    ((recompute_comparisons, "gaps.json", "campaign"), ("campaigns", 0, "searches", 0, "narrows"), 9, "harbour-clock"),
]


@pytest.mark.parametrize("case", ALTERED, ids=[f"{where[-1]} {found}" for where, *_, found in ALTERED])
def test_what_is_not_so_is_found_out(small: Path, tmp_path: Path, case: tuple[Any, Any, Any, str]):
    (script, address, where), keys, value, found = case
    changed = altered(small, tmp_path / "copy", address, keys, value)
    assert any(where in line and found in line for line in lines(script.differences(changed)))


def lines(found: Iterable[Any]) -> list[str]:
    return [one if isinstance(one, str) else one[0] for one in found]


# The programs


@pytest.mark.parametrize("script", SCRIPTS)
def test_it_shares_no_code(script: Any):
    imports = [line for line in code_of(script) if re.match(r"\s*(from|import) ", line)]
    assert imports
    assert not any("ledger" in line or "making" in line for line in imports)


def code_of(script: Any) -> list[str]:
    return Path(script.__file__).read_text(encoding="utf-8").splitlines()


def run(script: Any, folder: Path, cwd: Path) -> tuple[int, str]:
    command = [sys.executable, script.__file__, str(folder)]
    made = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    return made.returncode, made.stdout


@pytest.mark.parametrize("script", SCRIPTS)
def test_it_is_a_program_that_says_what_it_found(script: Any, small: Path, tmp_path: Path):
    code, said = run(script, small, tmp_path)
    assert code == 0
    assert re.search(r"\b0 differences$", said.strip())


def test_the_program_fails_where_the_site_says_something_else(small: Path, tmp_path: Path):
    changed = altered(small, tmp_path / "copy", CLAIM, ("rating", "verdict"), "probably-true")
    code, said = run(recompute, changed, tmp_path)
    assert code == 1
    assert "and the site says probably-true" in said
