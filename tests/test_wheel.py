"""The wheel carries everything: installed elsewhere, it builds a folder that has only a `content/`."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from making import PATIENCE

pytestmark = pytest.mark.slow
REPO = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(REPO),
    ]
    subprocess.run(command, timeout=PATIENCE, check=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_builds_a_ledger_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    installed, home = tmp_path / "installed", tmp_path / "home"
    zipfile.ZipFile(wheel).extractall(installed)
    for path, text in {
        "site.yml": "format: 1\ntitle: Small\n",
        "terms/wall.yml": "term: wall\ndefinition: What is run into.\n",
    }.items():
        file = home / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    code = f"""
import sys
sys.path.insert(0, {str(installed)!r})
from ledger import cli
print(cli.__file__)
sys.exit(cli.main(["build"]))
"""
    run = subprocess.run(
        [sys.executable, "-I", "-c", code],
        cwd=home,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith(str(installed))
    assert "What is run into." in (home / "output/terms/wall.html").read_text(encoding="utf-8")
    assert (home / "output/static/style.css").is_file()
    assert (home / "output/schema/claim.json").is_file()


def test_the_wheel_holds_no_content_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"ledger"}
    assert any(name.startswith("ledger/catalogue/") for name in names)
