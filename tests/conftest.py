"""What tests need beyond Python, what they share, and how many random examples they try.

One marked `needs("chromium")` is left out where the tool is missing, and the run says so.
With LEDGER_TEST_ALL=1 nothing may be left out: a missing tool stops the run. Random examples are then the same
each time. HYPOTHESIS_PROFILE=nightly tries many more of them.

One that reads the flagship's records gets the mark `content`: an editor may break it, and nobody else should have to
look at it. `make content` runs these alone. What needs a ledger of some size, but not that one, takes the medium one.
"""

import gc
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from making import CONTENTS, FLAGSHIP, HERE, MEDIUM, tree

from ledger.engine import build as engine
from ledger.engine import report
from ledger.engine.report import Options
from ledger.write import MANIFEST

ALL = os.environ.get("LEDGER_TEST_ALL") == "1"
settings.register_profile("quick", max_examples=20, deadline=None, derandomize=ALL)
settings.register_profile("nightly", max_examples=300, deadline=None)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "quick")
settings.load_profile(PROFILE)
os.environ["LANGUAGE"] = "C"  # or argparse looks for a translation of all that it might say, in every run

TOOLS = {
    "curl": "`curl` on the PATH (Debian: apt-get install curl)",
    "jq": "`jq` on the PATH (Debian: apt-get install jq)",
    "node": "Node.js, `node` on the PATH (Debian: apt-get install nodejs)",
    "sqlite3": "the command line of SQLite, `sqlite3` on the PATH (Debian: apt-get install sqlite3)",
    "chromium": "a Chromium that is called `chromium` on the PATH (Debian: apt-get install chromium)",
    "vnu": "the Nu HTML checker: `java` on the PATH (Debian: apt-get install default-jre-headless), and LEDGER_VNU set "
    "to a vnu.jar (npm install vnu-jar)",
    "argdown": "Argdown's command line, `argdown` on the PATH or under LEDGER_ARGDOWN (npm install @argdown/cli)",
    "yaml-language-server": "`yaml-language-server` on the PATH or under LEDGER_YAMLLS "
    "(npm install yaml-language-server)",
    "afdocs": "`afdocs` on the PATH or under LEDGER_AFDOCS (npm install afdocs)",
    "ajv": "Ajv, under LEDGER_AJV its folder in a `node_modules` (npm install ajv ajv-formats)",
}


OF_THE_FLAGSHIP = {"flagship", "flagship_folder", "flagship_site"}
"""Fixtures."""
SLOW = {"chromium", "vnu", "argdown", "yaml-language-server", "afdocs", "ajv"}
"""Tools that take seconds to start or to answer."""


def _missing() -> list[str]:
    there = {
        "curl": bool(shutil.which("curl")),
        "jq": bool(shutil.which("jq")),
        "node": bool(shutil.which("node")),
        "sqlite3": bool(shutil.which("sqlite3")),
        "chromium": bool(shutil.which("chromium")),
        "vnu": bool(shutil.which("java")) and Path(os.environ.get("LEDGER_VNU", "")).is_file(),
        "argdown": bool(shutil.which(os.environ.get("LEDGER_ARGDOWN", "argdown"))),
        "yaml-language-server": bool(shutil.which(os.environ.get("LEDGER_YAMLLS", "yaml-language-server"))),
        "afdocs": bool(shutil.which(os.environ.get("LEDGER_AFDOCS", "afdocs"))),
        "ajv": bool(shutil.which("node")) and Path(os.environ.get("LEDGER_AJV", ""), "package.json").is_file(),
    }
    return [tool for tool in TOOLS if not there[tool]]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(tool): left out where the tool is missing")
    config.addinivalue_line("markers", "content: reads the records of the flagship")
    config.addinivalue_line("markers", "nightly: left to `make nightly` and `make every-page`")
    config.addinivalue_line(
        "markers", "outside: installs packages, starts a cluster or asks afdocs; left to `make outside`"
    )
    config.addinivalue_line("markers", "slow: needs a browser, another language's program, or seconds of its own")
    if _missing() and ALL:
        raise pytest.UsageError(f"LEDGER_TEST_ALL=1 leaves nothing out, but what is missing is {TOOLS[_missing()[0]]}")


SLOWEST = (
    *("browser/test_accessibility", "browser/test_listing_filters", "browser/test_searching", "test_size"),
    *("test_engine", "browser/test_evidence_on_screens", "test_markup_hostile", "browser/test_reading"),
    *("test_catalogue", "test_store", "browser/test_caps", "browser/test_previews", "browser/test_content_policy"),
    *("browser/test_claim_on_screens", "test_errors", "test_serve", "test_own_looks", "test_as_of", "test_growth"),
    *("browser/test_serving", "test_replacing", "test_assistants", "test_machine_readers", "test_api"),
)
"""Modules that take longest, the slowest first: a worker that takes one of them last would keep the others waiting."""


def _slowest_first(item: pytest.Item) -> int:
    module = item.path.relative_to(HERE).with_suffix("").as_posix()
    return SLOWEST.index(module) if module in SLOWEST else len(SLOWEST)


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = set(_missing())
    later = [item for item in items if PROFILE != "nightly" and item.get_closest_marker("nightly")]
    for item in items:
        given = item.callspec.params.values() if hasattr(item, "callspec") else ()
        if OF_THE_FLAGSHIP & set(item.fixturenames) or any(one in (FLAGSHIP, "flagship") for one in given):
            item.add_marker("content")
        if SLOW & {tool for mark in item.iter_markers("needs") for tool in mark.args}:
            item.add_marker("slow")
    there = [one for one in items if not missing & {tool for mark in one.iter_markers("needs") for tool in mark.args}]
    items[:] = sorted((item for item in there if item not in later), key=_slowest_first)


def pytest_collection_finish() -> None:
    """What is imported and collected stays: garbage is looked for in what the tests make, and less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def the_program_stays_as_it_is() -> Iterator[None]:
    """What each build asks the system of the program's own files, and of what is installed, is asked once a worker."""
    ask, own = report.stats_below, (Path(report.__file__).resolve().parents[1], report.packaged_templates())
    known = {folder: ask(folder, but="__pycache__") for folder in own}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report, "stats_below", lambda folder, **but: known.get(folder) or ask(folder, **but))
        patch.setattr(report, "_versions", cache(report._versions))
        yield


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[Path], Path]:
    """The folder with the site of a content folder: built once a run, by whoever asks first; all only read it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    names = {content: name for name, content in {**CONTENTS, "flagship": FLAGSHIP}.items()}

    def at(content: Path) -> Path:
        output = shared / f"{names[content]}-site"
        with FileLock(f"{output}.lock"):
            if not output.exists():
                assert engine.build(Options(content, output, cache=False)).published
        return output

    return at


@pytest.fixture(scope="session")
def site_at(published: Callable[[Path], Path]) -> Callable[[Path], Mapping[str, bytes]]:
    """Every file of the site of a content folder by its address; the manifest of the output folder is none of them."""
    return cache(lambda content: {path: data for path, data in tree(published(content)).items() if path != MANIFEST})


@pytest.fixture(scope="session")
def medium_folder(published: Callable[[Path], Path]) -> Path:
    """The folder with the site of the medium ledger."""
    return published(MEDIUM)


@pytest.fixture(scope="session")
def medium_site(site_at: Callable[[Path], Mapping[str, bytes]]) -> Mapping[str, bytes]:
    """Every file of the site of the medium ledger by its address."""
    return site_at(MEDIUM)


@pytest.fixture(scope="session")
def flagship_folder(published: Callable[[Path], Path]) -> Path:
    """The folder with the flagship's site."""
    return published(FLAGSHIP)


@pytest.fixture(scope="session")
def flagship_site(site_at: Callable[[Path], Mapping[str, bytes]]) -> Mapping[str, bytes]:
    """Every file of the flagship's site by its address."""
    return site_at(FLAGSHIP)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for tool in _missing():
        terminalreporter.write_line(f"left out: the tests that need {TOOLS[tool]}")
    if not _missing():
        terminalreporter.write_line("no test was left out")
    if PROFILE != "nightly":
        terminalreporter.write_line("left to `make nightly`: many random examples, and every page of content/ in turn")
    if expected := terminalreporter.stats.get("xfailed"):
        terminalreporter.write_line(f"known to fail: {len(expected)} tests; with `-rx` the run says why")
