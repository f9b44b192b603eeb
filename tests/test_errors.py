"""The catalogue of error messages: for every input in `errors/<check>/<case>/`, exactly what `ledger check` prints.

`input.md` says which files are laid over the base site (the notation is explained in `cases.py`), `expected.txt` what
comes out, the line with the timing left off. `LEDGER_UPDATE_GOLDEN=1` writes the expected texts anew: read them.
"""

import os
from pathlib import Path

import pytest
from cases import HERE, blocks_in, check_output, lay_over_base

ERRORS = HERE / "errors"
CASES = sorted(path.parent.relative_to(ERRORS).as_posix() for path in ERRORS.glob("*/*/input.md"))
ACCEPTED = "accepted"


@pytest.mark.parametrize("case", CASES)
def test_message(case, tmp_path, monkeypatch, capsys):
    blocks = blocks_in((ERRORS / case / "input.md").read_text(encoding="utf-8"))
    shut = lay_over_base(tmp_path / "content", blocks)
    said = check_output(tmp_path, shut, monkeypatch, capsys)
    golden = ERRORS / case / "expected.txt"
    if os.environ.get("LEDGER_UPDATE_GOLDEN"):
        golden.write_bytes(said.encode("utf-8"))
    assert said == golden.read_bytes().decode("utf-8")


@pytest.mark.parametrize("case", CASES)
def test_case_is_about_its_check(case):
    check, expected = Path(case).parts[0], (ERRORS / case / "expected.txt").read_text(encoding="utf-8")
    assert f"[{check}]" in expected if check != ACCEPTED else expected == ""
