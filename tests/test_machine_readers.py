"""What programs of others say of a site: two validators of the Open Knowledge Format, one of OpenAPI, and afdocs."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import okf
import pytest
from browsing import serving
from making import MEDIUM, PATIENCE, SMALL
from openapi_spec_validator import validate
from vault2okf import validate_bundle

from ledger import urls
from ledger.engine import build as engine
from ledger.engine.report import Options

LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)
"""A day on which no page of the site was out of date."""
STATIC_HOST = {"content-negotiation": "a host of files gives the same one whatever is asked for"}
"""What afdocs finds and a static host can't help: the check, and why. `docs/exports.md` says so, too."""


@pytest.fixture(scope="module")
def folder(published: Callable[[Path], Path]) -> Path:
    """A site without a public address: its links are relative, so it is a bundle in itself."""
    return published(MEDIUM)


def is_redirect(folder: Path, path: str) -> bool:
    """Whether it leads on from a former address, which no page names."""
    return '\ntype: "Redirect"\n' in (folder / path).read_text(encoding="utf-8")


def test_the_markdown_is_a_bundle_by_vault2okf(folder: Path):
    found = validate_bundle(folder, now=LONG_AGO)
    assert (found.okf_version, found.errors) == ("0.2", 0)
    assert found.concepts > 200
    for one in found.diagnostics:
        lines = (folder / one.path).read_text(encoding="utf-8").splitlines()
        # It takes no `\]` in a title, and text that begins with `\[\[` for a link of a wiki.
        signs = {"OKF011": "\\]", "OKF033": "\\[\\["}
        has_bracket = one.code in signs and signs[one.code] in lines[(one.line or 1) - 1]
        assert has_bracket or (one.code == "OKF031" and is_redirect(folder, one.path)), one.to_dict()


def test_the_markdown_is_a_bundle_by_okf_ingest(folder: Path):
    bundle = okf.read_bundle(str(folder))
    found = [one for one in okf.validate(bundle) if one["severity"] != "info"]
    assert {one["rule"] for one in found} <= {"missing_timestamp", "orphan"}  # `timestamp` is of version 0.1
    assert [one for one in found if one["rule"] == "orphan" and not is_redirect(folder, one["path"])] == []
    tiers = {(one["path"].partition("/")[0], one["trust_tier"]) for one in okf.trust(bundle)}
    assert ("claims", "human-reviewed") in tiers
    assert {one["is_scope"] for one in okf.sources(bundle)} == {False}


def test_openapi_describes_every_json_file_and_each_path_leads_to_one(folder: Path):
    described = json.loads((folder / urls.OPENAPI).read_text(encoding="utf-8"))
    validate(described, base_uri=(folder / urls.OPENAPI).as_uri())
    patterns = [
        re.escape(path[1:]).replace(r"\{id\}", "[^/.]+").replace(r"\{name\}", "[^/.]+") for path in described["paths"]
    ]
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("*.json*")]
    for file in files:
        assert file.startswith(".") or any(re.fullmatch(one, file) for one in patterns), file
    for path, item in described["paths"].items():
        named = {one["name"]: one["example"] for one in item["get"].get("parameters", ())}
        assert (folder / path[1:].format(**named)).is_file(), path
        content = item["get"]["responses"]["200"]["content"]
        for schema, key in product((one["schema"] for one in content.values()), ("$ref",)):
            assert (folder / schema.get(key, urls.OPENAPI)).is_file(), path


@pytest.mark.outside
@pytest.mark.needs("afdocs")
def test_afdocs_holds_nothing_against_a_site_but_what_a_static_host_cannot_do(tmp_path: Path):
    folder = tmp_path / "site"
    with serving(folder, {}) as address:
        assert engine.build(Options(SMALL, folder, base_url=address, cache=False)).published
        command = [os.environ.get("LEDGER_AFDOCS", "afdocs"), "check", address, "--format", "json", "--quiet"]
        command += ["--sampling", "deterministic", "--request-delay", "0", "--max-links", "50"]
        done = subprocess.run(
            [*command, "--url-path-pattern", "html"],
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
            cwd=tmp_path,
        )
    results = json.loads(done.stdout)["results"]
    assert len(results) >= 28
    failed = {one["id"]: one["message"] for one in results if one["status"] in ("fail", "error")}
    assert failed.keys() == STATIC_HOST.keys(), failed
    blocked = {one["id"]: one["message"] for one in results if one["status"] == "skip"}
    assert blocked.keys() == {"auth-alternative-access"}, blocked
