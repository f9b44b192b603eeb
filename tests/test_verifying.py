"""`ledger verify`: a site against its manifest."""

import hashlib
import json
from pathlib import Path

import pytest
from making import run_here

from ledger.verifying import verify
from ledger.write import MANIFEST, publishing

SITE = {"index.html": b"home", "claims/x.html": b"x", "claims/y.html": b"y"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site."""
    (tmp_path / "content").mkdir()
    with publishing(tmp_path / "output", tmp_path / "content") as work:
        for path, data in SITE.items():
            work.put(path, data)
        work.commit({path: hashlib.sha256(data).hexdigest() for path, data in SITE.items()})
    return tmp_path / "output"


def listed(site: Path, change: dict[str, str]) -> None:
    """Put lines into the manifest."""
    manifest = json.loads((site / MANIFEST).read_text())
    manifest["files"] |= change
    (site / MANIFEST).write_text(json.dumps(manifest))


def test_a_site_as_it_was_built(site: Path):
    (site / ".gitkeep").touch()
    (site / "claims/.DS_Store").touch()
    said = run_here("verify", cwd=site.parent)
    assert (said.returncode, said.stdout) == (0, "3 files in the manifest: each as the build made it\n")


def test_each_file_that_differs_is_named(site: Path):
    (site / "claims/x.html").unlink()
    (site / "claims/y.html").write_bytes(b"z")
    (site / "claims/z\x1b\n::error::.html").write_bytes(b"z")
    (site / "new").mkdir()
    (site / "new/link").symlink_to("/etc/hostname")
    said = run_here("verify", "output", cwd=site.parent)
    assert said.returncode == 1
    assert said.stdout.splitlines() == [
        "missing: claims/x.html",
        "changed: claims/y.html",
        "extra: claims/z\ufffd\ufffd::error::.html",
        "extra: new/link",
        "3 files in the manifest: 1 missing, 1 changed, 2 extra, 0 refused",
    ]


def test_nothing_outside_is_opened(site: Path):
    """Neither by an address of the manifest, nor by a link in the place of a file or of a folder."""
    secret = site.parent / "secret"
    secret.mkdir()
    (secret / "y.html").write_bytes(b"y")
    (site / "index.html").unlink()
    (site / "index.html").symlink_to(secret / "y.html")
    (site / "claims/x.html").unlink()
    (site / "claims/y.html").unlink()
    (site / "claims").rmdir()
    (site / "claims").symlink_to(secret)
    listed(site, dict.fromkeys(("../secret/y.html", "/etc/hostname", "a//b", "C:/x", MANIFEST), "0" * 64) | {"n": "?"})
    how = {one.address: one.how for one in verify(site)[1]}
    assert {how.pop(name) for name in ("claims/x.html", "claims/y.html")} == {"missing"}
    assert how.pop("claims") == "extra"
    assert how.keys() == {"../secret/y.html", "/etc/hostname", "a//b", "C:/x", MANIFEST, "n", "index.html"}
    assert set(how.values()) == {"refused"}


@pytest.mark.parametrize("manifest", [None, "", "[]", '{"format": 2}', "link"])
def test_what_is_no_site_is_said(site: Path, manifest: str | None):
    (site / MANIFEST).unlink()
    if manifest == "link":
        (site / MANIFEST).symlink_to("/dev/zero")
    elif manifest is not None:
        (site / MANIFEST).write_text(manifest)
    said = run_here("verify", "output", cwd=site.parent)
    assert (said.returncode, said.stdout) == (2, "")
    assert f"output has no {MANIFEST} that can be read" in said.stderr
    assert "there is no folder elsewhere" in run_here("verify", "elsewhere", cwd=site.parent).stderr
