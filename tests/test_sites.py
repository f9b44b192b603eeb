"""Small whole sites, byte for byte: `sites/<name>/content` gives `sites/<name>/expected`.

LEDGER_UPDATE_GOLDEN=1 writes what is expected anew; read the difference before you keep it. The static files are not
kept there, since they are copies, nor is the manifest, which is made of hashes, nor the database, whose bytes are those
of one version of SQLite (the CSV files hold the same rows): each has a test of its own.
"""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from making import HERE, ROOT, SMALL, Reader, tree
from pydantic import BaseModel

from ledger import files, loading, pipeline
from ledger.records import KINDS, SITE
from ledger.render import STATIC
from ledger.urls import DATABASE
from ledger.validating import models_in
from ledger.write import MANIFEST

SITES = sorted(path.parent for path in (HERE / "sites").glob("*/content"))


@pytest.fixture(params=SITES, ids=lambda site: site.name, scope="module")
def site(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def built(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    output = tmp_path_factory.mktemp(site.name) / "site"
    report = pipeline.build(pipeline.Options(site / "content", output, templates=ROOT / "templates"))
    assert report.problems == ()
    assert report.published
    return tree(output)


def test_the_site_is_the_expected_one(site: Path, built: dict[str, bytes]):
    left_out = (MANIFEST, DATABASE)
    made = {path: data for path, data in built.items() if path not in left_out and not path.startswith(STATIC)}
    if os.environ.get("LEDGER_UPDATE_GOLDEN") == "1":
        _write_golden(site / "expected", made)
    expected = tree(site / "expected")
    assert sorted(made) == sorted(expected)
    for path, data in made.items():
        assert data.decode() == expected[path].decode(), f"{path} is not as expected"


def _write_golden(folder: Path, made: dict[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def test_static_files_are_copied_as_they_are(built: dict[str, bytes]):
    copies = {path.removeprefix(f"{STATIC}/"): data for path, data in built.items() if path.startswith(f"{STATIC}/")}
    assert copies == tree(ROOT / "templates" / STATIC)


def test_the_manifest_holds_the_hash_of_every_file(built: dict[str, bytes]):
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in built.items() if path != MANIFEST}
    assert json.loads(built[MANIFEST])["files"] == hashes


def test_every_page_is_well_formed_and_has_each_id_once(built: dict[str, bytes]):
    pages = {path: Reader(data.decode()) for path, data in built.items() if path.endswith(".html")}
    assert {path: page.open for path, page in pages.items() if page.open} == {}
    assert {path: page.ids for path, page in pages.items() if len(set(page.ids)) != len(page.ids)} == {}


def test_a_draft_is_nowhere_in_the_site(built: dict[str, bytes]):
    assert [path for path, data in built.items() if b"The bell is late" in data or b"unfinished" in path.encode()] == []


def test_an_editors_note_is_nowhere_in_the_site(built: dict[str, bytes]):
    assert [path for path, data in built.items() if b"raw sheets" in data or b"made-up town" in data] == []


def test_a_former_address_leads_on(built: dict[str, bytes]):
    page = built["sources/gazette-clock.html"].decode()
    assert '<meta http-equiv="refresh" content="0; url=gazette-1902.html">' in page
    assert json.loads(built["sources/gazette-clock.json"])["moved_to"]["id"] == "gazette-1902"


def test_a_withdrawn_record_stays_as_a_tombstone(built: dict[str, bytes]):
    page = Reader(built["claims/clock-stopped.html"].decode())
    assert "Withdrawn 20 January 1903." in page.text
    assert "clock-lags.html" in page.links


def test_the_small_site_uses_every_field_there_is():
    loaded = loading.load_records(files.read(SMALL).files)
    records = [*loaded.records.values(), *loaded.snapshots.values(), loaded.site]
    used = {
        (type(part), name) for record in records for part in _parts(record.fields) for name in part.model_fields_set
    }
    models = {model for kind in (SITE, *KINDS) for model in _models(kind.model)}
    own = {(model, name) for model in models for name in model.model_fields}
    shared = {(kind.model, name) for kind in (SITE, *KINDS) for name in kind.model.__base__.model_fields}
    assert {f"{model.__name__}.{name}" for model, name in own - shared - used} == set()
    assert {name for _, name in shared} <= {name for _, name in used}


def _parts(value: Any) -> list[BaseModel]:
    inner = value.__dict__.values() if isinstance(value, BaseModel) else value if isinstance(value, tuple) else ()
    return [*([value] if isinstance(value, BaseModel) else []), *(part for item in inner for part in _parts(item))]


def _models(model: type[BaseModel]) -> set[type[BaseModel]]:
    inner = {part for field in model.model_fields.values() for part in models_in(field.annotation)}
    return {model}.union(*(_models(part) for part in inner))
