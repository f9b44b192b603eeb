"""Every number that the data give can be computed again from the data, by a program that shares nothing with ours."""

import json
from pathlib import Path

import pytest
import recompute
from making import FLAGSHIP, SMALL, ledger_at

from ledger import exports
from ledger.analysis import analyse


@pytest.fixture(params=[SMALL, FLAGSHIP], ids=["small", "flagship"])
def data(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The data of a site, in a folder."""
    ledger = ledger_at(request.param)
    for file in exports.all_exports(ledger, analyse(ledger)):
        if file.path.endswith(".json"):
            path = tmp_path / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
    return tmp_path


def test_everything_is_as_the_site_says(data: Path):
    assert list(recompute.differences(data)) == []
    assert len(recompute.Site(data).claims) > 1


def test_a_changed_figure_is_found_out(data: Path):
    path = next(p for p in sorted((data / "claims").glob("*.json")) if '"weight_for"' in p.read_text(encoding="utf-8"))
    claim = json.loads(path.read_bytes())
    claim["rating"]["weight_for"] += 1
    path.write_text(json.dumps(claim), encoding="utf-8")
    assert len(list(recompute.differences(data))) == 2


def test_it_shares_no_code():
    imports = [line for line in Path(recompute.__file__).read_text(encoding="utf-8").splitlines() if "import" in line]
    assert not any("ledger" in line for line in imports)
