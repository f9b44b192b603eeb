"""Every page is valid HTML, as the Nu HTML checker sees it: those of the medium ledger, and those of the content."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from browsing import OF_THE_FLAGSHIP

pytestmark = [pytest.mark.needs("vnu"), pytest.mark.timeout(900)]


def mistakes(*targets: Path) -> list[tuple[str, int, str]]:
    """What the checker holds against the pages of folders: page, line, and why."""
    command = ["java", "-jar", os.environ["LEDGER_VNU"], "--errors-only", "--skip-non-html", "--format", "json"]
    run = subprocess.run(
        [*command, *map(str, targets)], capture_output=True, encoding="utf-8", timeout=600, check=False
    )
    found = json.loads(run.stderr)["messages"]
    return [(Path(m["url"]).name, m.get("lastLine", 0), m["message"]) for m in found]


def test_every_page_is_valid(medium_folder: Path):
    assert mistakes(medium_folder) == []


def test_a_page_of_every_sort_of_the_flagship_is_valid(flagship_folder: Path):
    assert mistakes(*(flagship_folder / address for address in OF_THE_FLAGSHIP)) == []


@pytest.mark.nightly
def test_every_page_of_the_flagship_is_valid(flagship_folder: Path):
    assert mistakes(flagship_folder) == []


def test_a_mistake_would_be_found(tmp_path: Path):
    (tmp_path / "page.html").write_text(
        "<!doctype html><html lang=en><title>x</title><p>\n<ul><p></ul>", encoding="utf-8"
    )
    (tmp_path / "sound.html").write_text("<!doctype html><html lang=en><title>x</title><p>y</p>", encoding="utf-8")
    assert {(name, line) for name, line, _ in mistakes(tmp_path)} == {("page.html", 2)}
