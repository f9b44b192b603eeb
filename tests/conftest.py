"""What tests need beyond Python.

One marked `needs("chromium")` is left out where the tool is missing, and the run says so.
With LEDGER_TEST_ALL=1 nothing may be left out: a missing tool stops the run. Random examples are then the same
each time.
"""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("same-every-time", derandomize=True)
if os.environ.get("LEDGER_TEST_ALL") == "1":
    settings.load_profile("same-every-time")

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
}


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
    }
    return [tool for tool in TOOLS if not there[tool]]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(tool): left out where the tool is missing")
    if _missing() and os.environ.get("LEDGER_TEST_ALL") == "1":
        raise pytest.UsageError(f"LEDGER_TEST_ALL=1 leaves nothing out, but what is missing is {TOOLS[_missing()[0]]}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = set(_missing())
    items[:] = [
        item for item in items if not missing & {tool for mark in item.iter_markers("needs") for tool in mark.args}
    ]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for tool in _missing():
        terminalreporter.write_line(f"left out: the tests that need {TOOLS[tool]}")
    if not _missing():
        terminalreporter.write_line("no test was left out")
