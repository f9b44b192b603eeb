"""The schemas of the data: every file has one and keeps to it, and both are documented."""

import copy
import hashlib
import json
import operator
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache, reduce
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from making import MEDIUM, PATIENCE, ROOT, SMALL, data_of, ledger_at, ledger_of, python, site_of

sys.path.insert(0, str(ROOT / "docs"))
import data_keys

from ledger.analysis import gaps
from ledger.exports import data_shapes
from ledger.exports.data_shapes import TWINS
from ledger.exports.schema_files import MODELS, examples, files, json_schema
from ledger.exports.schemas import FOLDER, SCHEMAS, files_of_schemas, schema_of
from ledger.records import KINDS

FOREIGN = {
    "*.csl.json": "CSL-JSON",
    "*.feed.json": "JSON Feed",
    "feed.json": "JSON Feed",
    "datapackage.json": "Data Package",
    "datasette.json": "Datasette's metadata",
    "openapi.json": "OpenAPI",
    "schema/*.json": "JSON Schema",
}
"""Files in formats of others, which have schemas of their own."""
BY_NAME = {schema.name: schema for schema in SCHEMAS}
SKELETON = ROOT / "ledger/skeleton"


@pytest.fixture(scope="module", params=[SMALL, MEDIUM], ids=["small", "medium"])
def site(request: pytest.FixtureRequest, site_at) -> dict[str, bytes]:
    return site_at(request.param)


def documents(site: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Every JSON document of the site that has a schema: its address and its text."""
    for path, data in site.items():
        if schema_of(path, rows(site)):
            texts = data.decode().splitlines() if path.endswith(".jsonl") else [data.decode()]
            yield from ((path, text) for text in texts)


def is_foreign(path: str) -> bool:
    return any(re.fullmatch(pattern.replace(".", r"\.").replace("*", ".*"), path) for pattern in FOREIGN)


def rows(site: dict[str, bytes]) -> list[dict[str, str]]:
    return rows_of(site["index.json"])


@cache
def rows_of(manifest: bytes) -> list[dict[str, str]]:
    return json.loads(manifest)["schemas"]


# Every file


def test_every_json_file_has_a_schema_or_is_in_a_format_of_others(site: dict[str, bytes]):
    with_schema = {path for path in site if schema_of(path, rows(site)) in site}
    without = {path for path in site if re.search(r"\.json(l?)$", path)} - with_schema
    assert sorted(path for path in without if not is_foreign(path)) == []


def test_every_schema_describes_a_file_of_the_medium_ledger_or_of_the_small_site(site_at, medium_site):
    described = set()
    for site in (site_at(SMALL), medium_site):
        described |= {schema_of(path, rows(site)) for path in site}
    assert {f"schema/{schema.name}.json" for schema in SCHEMAS} <= described


def test_every_file_keeps_to_its_published_schema(site: dict[str, bytes]):
    assert kept_to(site) == {}


def kept_to(site: Mapping[str, bytes]) -> dict[str, list[str]]:
    """What the published schemas hold against the files of a site, by address."""
    validators: dict[str, Any] = {}
    wrong = {}
    for path, text in documents(site):
        address = schema_of(path, rows(site))
        if address not in validators:
            validators[address] = jsonschema_rs.Draft202012Validator(json.loads(site[address]), validate_formats=True)
        if found := [error.message[:300] for error in validators[address].iter_errors(json.loads(text))]:
            wrong[path] = found
    return wrong


def test_no_file_has_a_key_that_its_schema_does_not_name(site: dict[str, bytes]):
    closed = {
        f"schema/{schema.name}.json": jsonschema_rs.Draft202012Validator(json_schema(schema, closed=True))
        for schema in SCHEMAS
    }
    for path, text in documents(site):
        found = closed[schema_of(path, rows(site))].iter_errors(json.loads(text))
        assert [error.message[:300] for error in found] == [], path


def test_the_reference_implementation_agrees_on_the_small_site(site_at):
    small = site_at(SMALL)
    for path, text in documents(small):
        schema = json.loads(small[schema_of(path, rows(small))])
        assert [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(json.loads(text))] == []


# The schemas themselves


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda schema: schema.name)
def test_a_schema_is_one_and_says_what_it_is(schema):
    made = json_schema(schema, example=examples()[schema.name])
    jsonschema.Draft202012Validator.check_schema(made)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert made["title"]
    assert [error.message for error in jsonschema.Draft202012Validator(made).iter_errors(made["examples"][0])] == []
    for part in (made, *made.get("$defs", {}).values()):
        if "properties" in part:
            assert part["description"]
            assert all(value.get("description") for value in part["properties"].values()), part["description"]


OF_THE_PACKAGE = [*sorted(FOLDER.iterdir()), *sorted((SKELETON / "dot-vscode/schemas").iterdir())]
"""The schemas of the data, and those for editors."""
AJV = """
const { readFileSync } = require("fs"), Ajv = require("ajv/dist/2020"), formats = require("ajv-formats");
for (const file of process.argv.slice(1)) {
  const ajv = formats(new Ajv({ keywords: ["patternErrorMessage"], allowUnionTypes: true, logger: false }));
  try { ajv.compile(JSON.parse(readFileSync(file))); } catch (error) { console.log(file, error.message); }
}
"""
"""Compiles schemas one by one, in its strict mode. The keyword is that of editors for YAML."""


@pytest.mark.needs("ajv")
def test_ajv_compiles_every_schema():
    modules = {**os.environ, "NODE_PATH": str(Path(os.environ["LEDGER_AJV"]).parent)}
    command = ["node", "-e", AJV, *OF_THE_PACKAGE]
    done = subprocess.run(command, capture_output=True, text=True, env=modules, timeout=PATIENCE, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_check_jsonschema_takes_every_schema():
    done = python("-m", "check_jsonschema", "--check-metaschema", *OF_THE_PACKAGE)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("folder", ["claims", "positions", "sources"])
def test_check_jsonschema_takes_the_records_of_a_new_ledger(folder):
    schema = SKELETON / f"dot-vscode/schemas/{folder.removesuffix('s')}.schema.json"
    done = python("-m", "check_jsonschema", "--schemafile", schema, *sorted((SKELETON / "content" / folder).iterdir()))
    assert done.returncode == 0, done.stdout


def test_the_schemas_in_the_package_are_those_that_would_be_made_now():
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == files(), "make docs"


def test_the_id_of_a_schema_is_its_own_name():
    assert json_schema(BY_NAME["claim"])["$id"] == "claim.json"


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_a_build_that_is_told_its_address_writes_it_into_the_schemas_and_changes_nothing_else(name: str):
    address = f"schema/{name}.json"
    [made] = data_of(ledger_at(SMALL), address, base_url="https://a.example/b/").values()
    [relative] = data_of(ledger_at(SMALL), address).values()
    assert relative == files()[f"{name}.json"]
    assert json.loads(made) == {**json.loads(relative), "$id": f"https://a.example/b/{address}"}


def test_a_build_makes_no_schema():
    program = "import sys, ledger.engine.live; print(*sorted(sys.modules))"
    imported = python("-c", program, cwd=ROOT).stdout.split()
    assert {f"ledger.exports.{name}" for name in ("schema_files", "data_shapes", "edge_shapes", "shaping")} & {
        *imported
    } == set()


def claim() -> dict[str, Any]:
    return copy.deepcopy(examples()["claim"])


def problems(data: dict[str, Any], *, closed: bool = False, name: str = "claim") -> list[str]:
    validator = jsonschema_rs.Draft202012Validator(json_schema(BY_NAME[name], closed=closed))
    return [error.message for error in validator.iter_errors(data)]


def test_the_example_has_no_problems():
    assert (problems(claim()), problems(claim(), closed=True)) == ([], [])


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("links_out",), ...),
        (("record", "statement"), ...),
        (("record", "evidence", 0, "source"), ...),
        (("links_out", 0, "relation"), "likes"),
        (("rating", "verdict"), "surely-right"),
        (("rating", "items", 0, "grade"), "fair"),
        (("rating", "items", 0, "seen"), ...),
        (("strip", 0, "effect"), "breaks"),
        (("record", "added"), "yesterday"),
        (("kind",), "source"),
        (("schema",), "ledger/2"),
        (("url",), "/claims/x.html"),
    ],
)
def test_what_is_missing_or_wrong_is_caught(path: tuple, value: Any):
    data = claim()
    *outer, last = path
    place = data
    for step in outer:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    assert len(problems(data)) == 1


@pytest.mark.parametrize("path", [(), ("record",), ("record", "evidence", 0), ("links_in", 0), ("rating", "items", 0)])
def test_a_new_key_is_allowed_to_readers_and_caught_by_the_closed_schema(path: tuple):
    data = claim()
    place = data
    for step in path:
        place = place[step]
    place["statment"] = "S."
    assert problems(data) == []
    assert len(problems(data, closed=True)) == 1


MAPS = {
    "quotes",
    "positions",
    "tiers",
    "figures",
    "former_ids",
    "formats",
    "start",
    "against",
    "evidence",
    "sides",
    "strip",
}
"""Keys whose values have ids, places or words for keys."""


def places(value: Any, path: tuple = ()) -> Iterator[tuple]:
    """The path of every object whose keys a schema names."""
    if isinstance(value, dict) and not (path and path[-1] in MAPS):
        yield path
    for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, step))


@pytest.mark.parametrize("name", sorted(BY_NAME))
def test_no_key_can_be_misspelt_unseen(name: str):
    closed = jsonschema_rs.Draft202012Validator(json_schema(BY_NAME[name], closed=True))
    data = copy.deepcopy(examples()[name])
    for path in places(data):
        place = reduce(operator.getitem, path, data)
        for key in list(place):
            place[f"{key}s_"] = place.pop(key)
            assert not closed.is_valid(data), (*path, key)
            place[key] = place.pop(f"{key}s_")


def test_the_editors_note_is_no_key_of_the_data():
    data = claim()
    data["record"]["note"] = "For us."
    assert problems(data, closed=True)


@pytest.mark.parametrize("choice", ["reporting", "qualifying", "searches"])
def test_all_choices_are_there(choice: str):
    for of in (lambda data: data["choices"], lambda data: data["strip"]["one-for-medium"]):
        data = copy.deepcopy(examples()["method"])
        del of(data)[choice]
        assert problems(data, name="method")


def test_the_first_row_that_fits_counts_and_a_star_is_no_dot_or_slash():
    ledger = ledger_of({"terms/t.yml": "{term: T, definition: D., former_ids: [old]}"})
    of = {
        path: schema_of(path, files_of_schemas(ledger)) for path in ("terms/old.json", "terms/t.json", "terms/t.x.json")
    }
    assert of == {"terms/old.json": "schema/redirect.json", "terms/t.json": "schema/term.json", "terms/t.x.json": ""}


# The documentation


def test_every_gap_is_documented_with_its_points():
    text = (ROOT / "docs/json.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (?:up to )?([0-9/]+) \|", text, re.MULTILINE))
    assert rows == {gap: str(points) for gap, (points, _) in gaps.GAPS.items()}


def test_every_schema_is_documented():
    models = set(MODELS.values()) - {*TWINS.values(), data_shapes.AnyTwin}
    assert models <= set(data_keys.DATA.values())


# Everything at once


def test_the_lines_are_the_files_of_the_records(site: dict[str, bytes]):
    listed = json.loads(site["index.json"])["records"]
    assert site["ledger.jsonl"] == b"".join(site[entry["json"]] for entry in listed)
    assert site["ledger.jsonl"].count(b"\n") == len(listed)


def test_the_manifest_knows_the_settings_and_every_former_id(site: dict[str, bytes]):
    manifest, lines = json.loads(site["index.json"]), map(json.loads, site["ledger.jsonl"].splitlines())
    former = {old: record["id"] for record in lines for old in record["record"].get("former_ids", ())}
    assert manifest["former_ids"] == former
    assert manifest["site"]["title"] == manifest["title"]
    assert "note" not in manifest["site"]


def test_the_settings_are_as_they_were_written():
    ledger = ledger_of({"site.yml": "format: 1\ntitle: T\nnote: For us.\n"})
    assert json.loads(data_of(ledger, "index.json")["index.json"])["site"] == {"format": "1", "title": "T"}


def test_whoever_has_the_data_computes_the_same_hashes(site: dict[str, bytes]):
    for change in json.loads(site["changes.json"])["records"]:
        data = site[change["json"]]
        written = data[data.index(b'"record":') + len(b'"record":') : data.rindex(b',"schema":')]
        assert json.loads(written) == json.loads(data)["record"]
        assert change["sha256"] == hashlib.sha256(written).hexdigest()
        assert change["json_sha256"] == hashlib.sha256(data).hexdigest()
        record = json.loads(written)
        assert (change["added"], change["updated"]) == (record.get("added"), record.get("updated"))


def test_only_the_hash_of_what_has_changed_is_another():
    site_text = {"terms/a.yml": "{term: A, definition: 'See [[b]].'}", "terms/b.yml": "{term: B, definition: D.}"}
    before = json.loads(site_of(ledger_of(site_text))["changes.json"])["records"]
    renamed = site_text | {"terms/b.yml": "{term: C, definition: D.}"}
    after = json.loads(site_of(ledger_of(renamed))["changes.json"])["records"]
    assert [old["sha256"] == new["sha256"] for old, new in zip(before, after, strict=True)] == [True, False]
    assert [old["json_sha256"] == new["json_sha256"] for old, new in zip(before, after, strict=True)] == [False, False]


def test_every_kind_has_a_schema():
    assert {kind.name for kind in KINDS} <= set(BY_NAME)
