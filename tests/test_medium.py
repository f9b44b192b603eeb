"""The medium ledger is what tests take it for: without a mistake, the same each time, with something of everything."""

from collections import Counter
from hashlib import sha256
from pathlib import Path

import medium
from making import HERE, MEDIUM, ledger_at, python, tree

from ledger import load
from ledger.analysis.ties import CLAIM_RELATIONS
from ledger.diagnostics import Level
from ledger.edges import EDGE_TYPES
from ledger.records import KINDS
from ledger.vocabulary import BETWEEN_POSITIONS, EFFECTS, STANCES


def test_it_has_no_mistake():
    loaded = load(MEDIUM)
    assert [problem for problem in loaded.diagnostics if problem.level is Level.ERROR] == []
    assert 80 < len(loaded.records) < 160


def test_it_is_the_same_each_time(tmp_path: Path):
    medium.write(tmp_path)
    assert tree(tmp_path) == tree(MEDIUM)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from making import MEDIUM, tree; from hashlib import sha256;"
        "print(sha256(repr(sorted(tree(MEDIUM).items())).encode()).hexdigest())"
    )
    run = python("-c", program, HERE, PYTHONHASHSEED="7")
    assert run.stdout.strip() == sha256(repr(sorted(tree(MEDIUM).items())).encode()).hexdigest(), run.stderr


def test_it_has_several_records_of_every_kind():
    counts = Counter(record.kind.name for record in ledger_at(MEDIUM).records.values())
    assert {kind.name: counts[kind.name] for kind in KINDS if counts[kind.name] < 3} == {}


def test_it_has_every_sort_of_edge():
    """That it has every field of every model is known of the small ledger, which is part of it."""
    used = {edge.name for edge in ledger_at(MEDIUM).all_edges()}
    assert {edge.name for edge in EDGE_TYPES if "{" not in edge.name} - used == set()
    assert {*EFFECTS, *CLAIM_RELATIONS, *STANCES, *BETWEEN_POSITIONS, "cites"} - used == set()
