"""Every page is valid HTML, as the Nu HTML checker sees it: those of the medium ledger, and those of the content."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from browsing import OF_THE_FLAGSHIP
from test_formulas import written_to

pytestmark = [pytest.mark.needs("vnu"), pytest.mark.timeout(900)]

Mistake = tuple[Path, int, str]


def mistakes(*targets: Path) -> list[Mistake]:
    """What the checker holds against pages, and the pages of folders: page, line, and why."""
    command = ["java", "-jar", os.environ["LEDGER_VNU"], "--errors-only", "--skip-non-html", "--format", "json"]
    command += map(str, targets)
    run = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=600, check=False)
    found = json.loads(run.stderr)["messages"]
    return [(Path(m["url"].removeprefix("file:")), m.get("lastLine", 0), m["message"]) for m in found]


@pytest.fixture(scope="module")
def found(medium_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Mistake]]:
    """The mistakes in the site of the medium ledger, in pages with formulas, and in two pages beside them."""
    folder = tmp_path_factory.mktemp("beside")
    (folder / "page.html").write_text(
        "<!doctype html><html lang=en><title>x</title><p>\n<ul><p></ul>", encoding="utf-8"
    )
    (folder / "sound.html").write_text("<!doctype html><html lang=en><title>x</title><p>y</p>", encoding="utf-8")
    every = mistakes(medium_folder, written_to(tmp_path_factory.mktemp("formulas")), folder)
    beside = [one for one in every if one[0].is_relative_to(folder)]
    return {"beside": beside, "site": [one for one in every if one not in beside]}


def test_every_page_is_valid(found: dict[str, list[Mistake]]):
    assert found["site"] == []


def test_a_mistake_would_be_found(found: dict[str, list[Mistake]]):
    assert {(path.name, line) for path, line, _ in found["beside"]} == {("page.html", 2)}


def test_a_page_of_every_sort_of_the_flagship_is_valid(flagship_folder: Path):
    assert mistakes(*(flagship_folder / address for address in OF_THE_FLAGSHIP)) == []


@pytest.mark.nightly
def test_every_page_of_the_flagship_is_valid(flagship_folder: Path):
    assert mistakes(flagship_folder) == []
