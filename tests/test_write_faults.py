"""A fault at any step of publishing leaves the whole old site or the whole new one.

Each test walks over all the steps of one publish: every open, write, close, mkdir, rename, unlink, rmdir, listing,
exchange and flush. Starts: an earlier site, a free folder with its `.gitkeep`, no folder.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import faults
import pytest
from faults import RUNS, STARTS, Fault, Stage, disk_full, interrupt, steps_counted, tree, way_of_exchanging
from making import PATIENCE

from ledger.write import recover

FEWEST_STEPS = 25  # below this the faults do not reach publishing any more


@pytest.fixture(autouse=True)
def no_flush(monkeypatch):
    """Faults of this process and of killed ones leave the page cache alone: only a power cut needs the flush."""
    monkeypatch.setattr("ledger.write.flush", lambda folder: None)


@pytest.fixture
def stage(request, tmp_path) -> Stage:
    (tmp_path / "content").mkdir()
    (tmp_path / "site").mkdir()
    return Stage(tmp_path / "site", request.param)


def publish_with(stage: Stage, fault: Fault) -> bool:
    """Publish with a fault; True when the publish says it succeeded."""
    with steps_counted(fault), suppress(OSError, KeyboardInterrupt):
        stage.publish()
        return True
    return False


def steps(stage: Stage) -> range:
    counted = Fault(0, interrupt)
    stage.prepare()
    assert publish_with(stage, counted)
    assert counted.steps >= FEWEST_STEPS
    return range(1, counted.steps + 1)


@pytest.mark.parametrize("act", [disk_full, interrupt])
@pytest.mark.parametrize(("stage", "way"), RUNS, indirect=["stage"])
def test_one_failing_step_leaves_old_or_new_and_the_next_publish_succeeds(stage: Stage, way: str, act: Callable):
    """Whatever the way, the publish that fails puts the old site back itself."""
    with way_of_exchanging(way):
        new = stage.finished()
        for at in steps(stage):
            old = stage.prepare()
            succeeded = publish_with(stage, Fault(at, act))
            assert tree(stage.output) in ([new] if succeeded else [old, new]), f"step {at}"
            stage.publish()
            assert (tree(stage.output), stage.leftovers()) == (new, []), f"step {at}"


@pytest.mark.parametrize("stage", STARTS, indirect=True)
def test_a_disk_that_stays_full_leaves_old_or_new_without_any_recovery(stage: Stage):
    new = stage.finished()
    for at in steps(stage):
        old = stage.prepare()
        publish_with(stage, Fault(at, disk_full, lasting=True))
        assert tree(stage.output) in (old, new), f"step {at}"
        stage.publish()
        assert (tree(stage.output), stage.leftovers()) == (new, []), f"step {at}"


@pytest.mark.parametrize("way", ["two renames", "copy"])
@pytest.mark.parametrize("stage", ["site"], indirect=True)
def test_a_recovery_that_is_stopped_too_is_finished_by_the_next(stage: Stage, way: str):
    """First the publish is stopped for good while there is no whole site, then the recovery at each of its steps."""
    with way_of_exchanging(way):
        new = stage.finished()
        old = stage.prepare()
        unwhole = [at for at in steps(stage) if left_by(stage, at) not in (old, new)]
        at = unwhole[len(unwhole) // 2]
        recovery = 0
        recovered = False
        while not recovered:
            recovery += 1
            left_by(stage, at)
            recovered = recover_with(stage, Fault(recovery, interrupt, lasting=True))
            recover(stage.output)
            assert (tree(stage.output), stage.leftovers()) == (old, []), f"step {at}, then {recovery}"
        assert recovery > 1


def left_by(stage: Stage, at: int) -> faults.Tree | None:
    stage.prepare()
    publish_with(stage, Fault(at, interrupt, lasting=True))
    return tree(stage.output)


def recover_with(stage: Stage, fault: Fault) -> bool:
    with steps_counted(fault), suppress(KeyboardInterrupt):
        recover(stage.output)
    return fault.steps < fault.at


def killed_at_each_step(folder: Path, start: str, way: str) -> list[dict]:
    """One entry for each step at which a process of its own was killed."""
    (folder / "site").mkdir()
    run = subprocess.run(
        [sys.executable, faults.__file__, str(folder / "site"), start, way],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        timeout=PATIENCE,
        check=True,
    )
    *killed, finished = [json.loads(line) for line in run.stdout.splitlines()]
    assert not finished["killed"]
    assert all(entry["killed"] for entry in killed)
    assert len(killed) >= FEWEST_STEPS
    return killed


# Where folders can be exchanged there is a whole site at any moment; with two renames none for the one moment
# between them; and a site that must be copied is in pieces while it is removed. Then recovery brings it back.
FOUND_AFTER_KILL = {
    "exchange": {"old", "new"},
    "two renames": {"old", "missing", "new"},
    "copy": {"old", "broken", "missing", "new"},
}


@pytest.mark.parametrize(("start", "way"), RUNS)
def test_a_killed_build_is_put_right_by_recovering_and_by_the_next_publish(tmp_path: Path, start: str, way: str):
    killed = killed_at_each_step(tmp_path, start, way)
    for entry in killed:
        assert entry["recovered"] in ("old", "new"), entry
        assert entry["next"] == "new", entry
        assert entry["left"] == entry["left_by_next"] == [], entry
    found = [entry["after"] for entry in killed]
    assert set(found) == FOUND_AFTER_KILL[way]
    assert found.count("missing") == (way != "exchange")
