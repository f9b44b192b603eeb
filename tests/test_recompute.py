"""Every number that the data give can be computed again from the data, by a program that shares nothing with ours."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import recompute
import recompute_changes
from making import CLAIM, FLAGSHIP, SITE, SMALL, data_of, ledger_at

WORK = "type: report\ntitle: Maps\nauthors: unknown\nissued: 1999\ntier: peer-reviewed\n"
ITEM = "  - {{id: e-{}, source: {}, relation: supports, shows: It., consulted: full-text}}\n"


@pytest.fixture(scope="module", params=[SMALL, FLAGSHIP], ids=["small", "flagship"])
def data(request: pytest.FixtureRequest, published) -> Path:
    """The data of a site, in a folder that tests only read."""
    return published(request.param)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the small site, in a folder that tests only read."""
    return written(SMALL, tmp_path_factory.mktemp("small"))


def written(content: Path, folder: Path) -> Path:
    ledger = ledger_at(content)
    for address, data in data_of(ledger, "*.json").items():
        path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def altered(data: Path, copy: Path, address: str, keys: Sequence[str | int], value: Any) -> Path:
    """A copy of the data in which one value is another."""
    shutil.copytree(data, copy)
    twin = json.loads((copy / address).read_bytes())
    at = twin
    for key in keys[:-1]:
        at = at[key]
    assert at[keys[-1]] != value
    at[keys[-1]] = value
    (copy / address).write_text(json.dumps(twin), encoding="utf-8")
    return copy


def test_everything_is_as_the_site_says(data: Path):
    assert list(recompute.differences(data)) == []
    assert len(recompute.Site(data).claims) > 1


def test_every_change_is_as_the_site_says(data: Path):
    assert list(recompute_changes.differences(data)) == []


def test_works_that_say_something_of_their_own_are_recomputed_too(tmp_path: Path):
    derived = {
        "paper": "[]\nfirst_hand: true",
        "data": "unknown",
        "again": "[{source: paper, how: replicates}, {source: data, how: uses-data}]",
        "loop-a": "[{source: loop-b, how: reports}, {source: paper, how: replies}]",
        "loop-b": "[{source: loop-a, how: reports}]",
        "fallen": "[{source: loop-b, how: reports}]\nstatus: retracted\nstatus_date: 2002",
    }
    texts = {f"sources/{id_}.yml": f"{WORK}derived_from: {taken}\n" for id_, taken in derived.items()}
    texts["claims/x.yml"] = CLAIM + "evidence:\n" + "".join(ITEM.format(id_, id_) for id_ in derived)
    for path, text in {"site.yml": SITE, **texts}.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(text, encoding="utf-8")
    made = written(tmp_path / "content", tmp_path / "data")
    assert [*recompute.differences(made), *recompute_changes.differences(made)] == []
    assert recompute.Site(made).origins("fallen", set()) == {"loop-a"}


def test_a_changed_figure_is_found_out(data: Path, tmp_path: Path):
    path = next(p for p in sorted((data / "claims").glob("*.json")) if '"weight_for"' in p.read_text(encoding="utf-8"))
    changed = altered(data, tmp_path / "copy", f"claims/{path.name}", ("rating", "weight_for"), 1000)
    assert len(list(recompute.differences(changed))) == 2


COURSE = "controversies/harbour-clock/history.json"
ALTERED = [
    ("positions/harbour-clock-a.json", ("bands", 0, "computed"), "high", "position: bands is"),
    ("positions/harbour-clock-a.json", ("weakest",), [], "position: weakest is"),
    ("positions/harbour-clock-a.json", ("changed_by", "before", "weakest"), [], "position: changed_by is"),
    ("claims/clock-lags.json", ("single_points",), [], "claim: single_points is"),
    ("claims/clock-lags.json", ("changed_by", "sources"), ["survey-1901"], "claim: changed_by is"),
    ("sources/logbook.json", ("if_it_fell", "claims", 0, "after", "computed"), "high", "if it fell: claims is"),
    ("sources/logbook.json", ("if_it_fell", "positions", 0, "position"), "x", "if it fell: positions is"),
    (COURSE, ("clocks", 0, "start", "late-is-bad", "computed"), "low", "happened: start is"),
    (COURSE, ("clocks", 0, "points", 1, "claims", 0, "after", "computed"), "high", "happened: 1901-06-12 is"),
    (COURSE, ("clocks", 0, "points", 2, "positions", 0, "bands"), ["x"], "happened: 1902-01-31 is"),
    (COURSE, ("clocks", 0, "points", 3, "claims", 0, "movers", 0, "id"), "x", "happened: 1902-02-28 is"),
    (COURSE, ("clocks", 1, "points", 1, "claims", 0, "after", "computed"), "x", "believed, at its end: ratings is"),
]


@pytest.mark.parametrize("case", ALTERED, ids=[case[3] for case in ALTERED])
def test_a_change_that_did_not_happen_is_found_out(small: Path, tmp_path: Path, case: tuple[str, Any, Any, str]):
    *alteration, found = case
    changed = altered(small, tmp_path / "copy", *alteration)
    assert found in "\n".join(recompute_changes.differences(changed))


@pytest.mark.parametrize("script", [recompute, recompute_changes])
def test_it_shares_no_code(script: Any):
    imports = [line for line in Path(script.__file__).read_text(encoding="utf-8").splitlines() if "import" in line]
    assert not any("ledger" in line for line in imports)
