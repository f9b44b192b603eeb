"""What one worker has computed, another finds, whatever comes in between."""

import json
import os

import ledger.analysis.results  # noqa: F401 - what computes is known by its name
from ledger.engine.shared_values import WORTH, SharedValues
from ledger.graph import UNKNOWN, Computed

NAME = "=ledger.analysis.results\tworks_behind\t"
LARGE = {"e1": ("é" * WORTH,)}


def computed(value: object) -> Computed:
    return Computed((), json.dumps(value, ensure_ascii=False))


def test_a_large_value_of_one_worker_is_there_for_the_others():
    shared, other = SharedValues(3), {"e2": ("x" * WORTH,)}
    shared.add(0, {f"{NAME}a": computed(LARGE), f"{NAME}small": computed({}), f"{NAME}b": computed(other)})
    shared.look(1)
    assert shared.get(f"{NAME}a") == LARGE
    assert shared.get(f"{NAME}b") == other
    assert shared.get(f"{NAME}small") is shared.get(f"{NAME}never") is UNKNOWN
    shared.close()


def test_later_values_are_found_at_the_next_look_and_half_of_one_waits():
    shared = SharedValues(2)
    shared.add(0, {f"{NAME}a": computed(LARGE)})
    shared.look(1)
    line = f"{NAME}b\n{json.dumps(LARGE)}\n".encode()
    [file, _], at = shared._files, shared._ends[1]
    end = os.fstat(file).st_size
    for size in (3, len(line) - 1):
        os.pwrite(file, line[:size], end)
        shared.look(1)
        assert shared.get(f"{NAME}b") is UNKNOWN
    os.pwrite(file, line, end)
    shared.look(1)
    assert [shared.get(f"{NAME}{one}") for one in "ab"] == [LARGE, LARGE]
    assert shared._ends[1] == at == 0
    shared.close()


def test_a_value_from_before_a_change_comes_first():
    shared = SharedValues(2)
    shared.add(0, {f"{NAME}a": computed(LARGE)})
    shared.look(1)
    find = shared.after({f"{NAME}a": "as before"}.get)
    assert find(f"{NAME}a") == "as before"
    assert shared.after(lambda _: UNKNOWN)(f"{NAME}a") == LARGE
    shared.close()
