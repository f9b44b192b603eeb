"""Small whole sites, byte for byte: `sites/<name>/content` gives what `sites/<name>/expected` keeps of its site.

`make goldens` writes what is expected anew; read the difference before you keep it. `hashes.txt` holds every file, and
`words.txt` what readers see of every page; `whole/` holds a page and the data of each kind, and one file of each
format. The static files are not kept there, since they are copies, nor is the manifest, which is made of hashes, nor
the database, whose bytes are those of one version of SQLite (the CSV files hold the same rows): each has a test of its
own.
"""

import hashlib
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import goldens
import pytest
from making import HERE, ROOT, SMALL, Reader, tree
from pydantic import BaseModel

from ledger import files, loading
from ledger.engine import build as engine
from ledger.engine.report import Options
from ledger.records import KINDS, SITE
from ledger.render import STATIC
from ledger.settings import Colours, NavigationItem, Shades
from ledger.urls import DATABASE
from ledger.validating import models_in
from ledger.write import MANIFEST

KINDS_OF_PAGES = (
    *("claims/clock-lags", "controversies/harbour-clock", "events/first-ring", "pages/method"),
    *("positions/harbour-clock-a", "proponents/ada-brass", "sources/gazette-1902", "terms/mean-time", "threads/clocks"),
)
WHOLE = (
    *(f"{page}.{form}" for page in KINDS_OF_PAGES for form in ("html", "json")),
    *("index.html", "claims/index.json", "gaps.json", "controversies/harbour-clock/cruxes.json", "changes.json"),
    *("controversies/harbour-clock.argdown", "controversies/harbour-clock.dot", "controversies/harbour-clock.md"),
    *("sources/gazette-1902.bib", "sources/gazette-1902.csl.json", "sources/gazette-1902.ris"),
    *("data/claims.csv", "feed.atom", "previews/claims-c.js", "robots.txt", "sitemap.xml"),
)
SITES = sorted(path.parent for path in (HERE / "sites").glob("*/content"))


@pytest.fixture(params=SITES, ids=lambda site: site.name, scope="module")
def site(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def built(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    output = tmp_path_factory.mktemp(site.name) / "site"
    report = engine.build(Options(site / "content", output, templates=ROOT / "templates"))
    assert report.problems == ()
    assert report.published
    return tree(output)


def test_the_site_is_the_expected_one(site: Path, built: dict[str, bytes]):
    left_out = (MANIFEST, DATABASE)
    made = {path: data for path, data in built.items() if path not in left_out and not path.startswith(STATIC)}
    if os.environ.get("LEDGER_UPDATE_GOLDEN") == "1":
        shutil.rmtree(site / "expected", ignore_errors=True)
        goldens.write(site / "expected", made, WHOLE)
    assert goldens.differences(site / "expected", made, WHOLE) == ""
    assert sorted(tree(site / "expected")) == sorted(goldens.texts(made, WHOLE))


PAGE = """<html><head><title>T</title></head><body><nav>Menu</nav>
<main id='m'><h1>Tides</h1><p>They {} by <a href='{}'>a <b>foot</b></a>.</p><script>x</script></main>
<footer>{}</footer></body></html>"""


def test_a_difference_shows_the_words_and_links_that_changed(tmp_path: Path):
    def site(*words: str) -> dict[str, bytes]:
        return {"tides.html": PAGE.format(*words).encode(), "same.txt": b"Same."}

    goldens.write(tmp_path, site("rise", "moon.html", "1999"), ["same.txt"])
    assert goldens.differences(tmp_path, site("rise", "moon.html", "1999"), ["same.txt"]) == ""
    for words, shown in (
        (("fall", "moon.html", "1999"), "+They fall by [a foot](moon.html)."),
        (("rise", "sun.html", "1999"), "+They rise by [a foot](sun.html)."),
    ):
        found = goldens.differences(tmp_path, site(*words), ["same.txt"]).splitlines()
        assert next(line for line in found if re.match(r"\+[^+]", line)) == shown
        assert "-They rise by [a foot](moon.html)." in found
    around = goldens.differences(tmp_path, site("rise", "moon.html", "2000"), ["same.txt"])
    assert re.findall(r"^[-+]{3} [a-z]+ (.*)", around, re.MULTILINE) == ["hashes.txt"] * 2
    assert re.findall(r"^[-+][0-9a-f]{20} (.*)", around, re.MULTILINE) == ["tides.html"] * 2
    gone = {"tides.html": site("rise", "moon.html", "1999")["tides.html"]}
    assert "-Same." in goldens.differences(tmp_path, {**gone, "same.txt": b""}, ["same.txt"])
    assert "same.txt" in goldens.differences(tmp_path, gone, ["same.txt"])


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


NO_LONGER_READ = {"Site.profile"}
LOOKS = {"Site.mark", "Site.colours", "Site.navigation", "Site.repository"}
LOOKS |= {f"{model.__name__}.{name}" for model in (Colours, Shades, NavigationItem) for name in model.model_fields}
"""Own looks have a site of their own in `test_own_looks.py`: a mark is a file beside the content."""


def test_the_small_site_uses_every_field_there_is():
    loaded = loading.load_records(files.read(SMALL).files)
    records = [*loaded.records.values(), *loaded.snapshots.values(), loaded.site]
    used = {
        (type(part), name) for record in records for part in _parts(record.fields) for name in part.model_fields_set
    }
    models = {model for kind in (SITE, *KINDS) for model in _models(kind.model)}
    own = {(model, name) for model in models for name in model.model_fields}
    shared = {(kind.model, name) for kind in (SITE, *KINDS) for name in kind.model.__base__.model_fields}
    assert {f"{model.__name__}.{name}" for model, name in own - shared - used} - LOOKS == NO_LONGER_READ
    assert {name for _, name in shared} <= {name for _, name in used}


def _parts(value: Any) -> list[BaseModel]:
    inner = value.__dict__.values() if isinstance(value, BaseModel) else value if isinstance(value, tuple) else ()
    return [*([value] if isinstance(value, BaseModel) else []), *(part for item in inner for part in _parts(item))]


def _models(model: type[BaseModel]) -> set[type[BaseModel]]:
    inner = {part for field in model.model_fields.values() for part in models_in(field.annotation)}
    return {model}.union(*(_models(part) for part in inner))
