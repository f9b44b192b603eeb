"""The CSV files give back what the records say, run in no spreadsheet, and are as `datapackage.json` describes them."""

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import (
    CLAIM,
    EVIDENCE,
    FLAGSHIP,
    MEDIUM,
    PATIENCE,
    ROOT,
    SITE,
    SMALL,
    SOURCE,
    data_of,
    ledger_at,
    ledger_of,
)

from ledger.exports import FRAGMENTS
from ledger.exports.csv_files import licence
from ledger.exports.tables import TABLES, TEXTS
from ledger.exports.tables import rows_of as rows_of_tables
from ledger.graph import Ledger
from ledger.outfile import GUARD, guarded

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def files(ledger: Ledger) -> dict[str, bytes]:
    return data_of(ledger, "data/*.csv", "datapackage.json")


@pytest.fixture(scope="module", params=[SMALL, MEDIUM], ids=["small", "medium"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    return ledger_at(request.param)


@pytest.fixture(scope="module")
def made(ledger: Ledger) -> dict[str, bytes]:
    return files(ledger)


@pytest.fixture(scope="module")
def package(made: dict[str, bytes]) -> dict[str, Any]:
    return json.loads(made["datapackage.json"])


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True))


def read(resource: dict[str, Any], data: bytes) -> list[dict[str, Any]]:
    """The rows of a table as its description says that they are to be read."""
    header, *rows = rows_of(data)
    types = [field["type"] for field in resource["schema"]["fields"]]
    assert header == [field["name"] for field in resource["schema"]["fields"]]
    return [{name: value(*cell) for name, *cell in zip(header, types, row, strict=True)} for row in rows]


def value(type_: str, cell: str) -> Any:
    if cell == "":
        return None
    made = {"integer": int, "number": Decimal, "boolean": {"true": True, "false": False}.__getitem__}
    return made.get(type_, lambda text: text.removeprefix("'"))(cell)


def test_every_table_read_back_has_the_rows_that_it_was_made_from(
    ledger: Ledger, made: dict[str, bytes], package: dict[str, Any]
):
    rows: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in (*TABLES, TEXTS)}
    pieces = [FRAGMENTS["tables"](ledger, id_, "") for id_ in ledger.records]
    for table, found in rows_of_tables(ledger, lambda: iter(pieces)):
        rows[table.name] += map(tuple, found)
    assert [each["name"] for each in package["resources"]] == [table.name for table in TABLES]
    for resource in package["resources"]:
        assert [tuple(row.values()) for row in read(resource, made[resource["path"]])] == rows[resource["name"]]


def test_what_is_read_back_is_what_the_records_say(ledger: Ledger, made: dict[str, bytes], package: dict[str, Any]):
    tables = {each["name"]: read(each, made[each["path"]]) for each in package["resources"]}
    for record in ledger.of_kind("source"):
        [row] = [row for row in tables["sources"] if row["id"] == record.id]
        for name in ("title", "tier", "doi", "url", "summary", "first_hand", "et_al"):
            assert row[name] == getattr(record.fields, name)
        assert row["issued"] == record.fields.issued.text
    for record in ledger.of_kind("claim"):
        rows = [row for row in tables["evidence"] if row["claim"] == record.id]
        for row, item in zip(rows, record.fields.evidence, strict=True):
            for name in ("shows", "quote", "locator", "relation", "consulted", "limits"):
                assert row[name] == getattr(item, name)
            assert row["quantity_value"] == (item.quantity.value if item.quantity else None)
    written = {(r.id, at, text) for r in ledger.records.values() for at, text in enumerate(r.fields.tags, start=1)}
    assert {(row["record"], row["number"], row["tag"]) for row in tables["tags"]} == written
    assert {row["id"]: row["body"] for row in tables["records"]} == {
        record.id: record.fields.body or None for record in ledger.records.values()
    }


def test_the_files_are_of_the_form_of_rfc_4180(made: dict[str, bytes]):
    for path, data in made.items():
        if path.endswith(".csv"):
            assert data.endswith(b"\r\n")
            assert not data.startswith(b"\xef\xbb\xbf")
            assert len({len(row) for row in rows_of(data)}) == 1


def test_no_text_begins_as_a_formula(made: dict[str, bytes], package: dict[str, Any]):
    for resource in package["resources"]:
        numeric = [field["type"] in {"number", "integer"} for field in resource["schema"]["fields"]]
        for row in rows_of(made[resource["path"]]):
            for cell, is_number in zip(row, numeric, strict=True):
                assert is_number or not cell.startswith(RUN_BY_SPREADSHEETS), (resource["name"], cell)


@pytest.mark.parametrize("start", RUN_BY_SPREADSHEETS)
def test_a_text_that_a_spreadsheet_would_run_is_guarded(start: str):
    assert guarded(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@given(st.text())
def test_guarding_can_be_undone(text: str):
    assert guarded(text).removeprefix(GUARD) == text
    assert not guarded(text).startswith(RUN_BY_SPREADSHEETS)


def test_a_negative_number_stays_one_and_a_text_like_it_does_not():
    quantity = "quantity: {measure: '-1', value: -1.50, low: -2e3}"
    claim = CLAIM + EVIDENCE.replace("}", f", {quantity}, locator: '=1+1', quote: \"'tis\"}}", 1)
    made = files(ledger_of({"claims/x.yml": claim, "sources/s.yml": SOURCE}))
    header, row = rows_of(made["data/evidence.csv"])
    cells = dict(zip(header, row, strict=True))
    assert (cells["quantity_value"], cells["quantity_low"]) == ("-1.50", "-2E+3")
    assert (cells["quantity_measure"], cells["locator"], cells["quote"]) == ("'-1", "'=1+1", "''tis")


def test_a_hostile_text_is_one_cell():
    hostile = '"a, \\"b\\"; =1+1\\n=2"'
    made = files(ledger_of({"claims/x.yml": f"statement: {hostile}\ntype: empirical\n"}))
    [_, row] = rows_of(made["data/claims.csv"])
    assert row[1] == 'a, "b"; =1+1\n=2'


def test_keys_are_unique_and_what_is_pointed_to_is_there(made: dict[str, bytes], package: dict[str, Any]):
    tables = {each["name"]: read(each, made[each["path"]]) for each in package["resources"]}
    for resource in package["resources"]:
        rows, schema = tables[resource["name"]], resource["schema"]
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert None not in {part for key in keys for part in key}
        assert len(set(keys)) == len(keys)
        for key in schema.get("foreignKeys", ()):
            [name], reference = key["fields"], key["reference"]
            there = {row["id"] for row in tables[reference["resource"] or resource["name"]]}
            assert {row[name] for row in rows} - {None} <= there


def test_cells_keep_to_the_closed_lists(made: dict[str, bytes], package: dict[str, Any]):
    for resource in package["resources"]:
        rows = read(resource, made[resource["path"]])
        for field in resource["schema"]["fields"]:
            constraints = field.get("constraints", {})
            cells = {row[field["name"]] for row in rows}
            assert cells - {None} <= set(constraints.get("enum", cells))
            assert None not in cells or not constraints.get("required")


def test_sizes_and_hashes_are_those_of_the_files(made: dict[str, bytes], package: dict[str, Any]):
    described = {each["path"]: (each["bytes"], each["hash"]) for each in package["resources"]}
    assert described == {
        path: (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        for path, data in made.items()
        if path.endswith(".csv")
    }


def test_the_package_says_whose_it_is():
    site = SITE + "licence: CC BY 4.0\nbase_url: https://example.org/l\ntagline: A few words\n"
    package = json.loads(files(ledger_of({"site.yml": site, "sources/s.yml": SOURCE}))["datapackage.json"])
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["licenses"] == [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}]
    assert package["contributors"] == [{"title": "Ann", "roles": ["editor"]}]
    assert (package["title"], package["homepage"]) == ("Test", "https://example.org/l")
    assert package["description"].startswith("A few words A text that begins with one of ' = + - @")


def test_a_package_without_a_licence_has_none():
    package = json.loads(files(ledger_of({"sources/s.yml": SOURCE}))["datapackage.json"])
    assert {"licenses", "homepage"} & set(package) == set()


def test_a_licence_is_an_address_or_a_name_that_the_format_allows():
    assert licence("https://example.org/terms") == {"path": "https://example.org/terms"}
    assert licence("  (c) Ann ") == {"name": "c-Ann", "title": "  (c) Ann "}
    assert licence("©") == {"name": "other", "title": "©"}


def test_names_and_paths_are_those_that_the_format_allows(package: dict[str, Any]):
    for resource in package["resources"]:
        assert re.fullmatch(r"[-a-z0-9._]+", resource["name"])
        assert resource["path"] == f"data/{resource['name']}.csv"


@pytest.mark.content
def test_the_example_of_the_documentation_answers(tmp_path: Path):
    ledger = ledger_at(FLAGSHIP)
    for path, data in files(ledger).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    text = (ROOT / "docs/data.md").read_text(encoding="utf-8")
    [program] = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=True,
    )
    cited = [ledger.records[item.source] for r in ledger.of_kind("claim") for item in r.fields.evidence]
    reviewed = sum(source.fields.tier == "peer-reviewed" for source in cited)
    assert run.stdout == f"{reviewed} evidence items rest on reviewed work\n"
