"""What tests need beyond Python.

One marked `needs("chromium")` is left out where the tool is missing, and the run says so.
With LEDGER_TEST_ALL=1 nothing may be left out: a missing tool stops the run. Random examples are then the same
each time.
"""

import os
import shutil

import pytest
from hypothesis import settings

settings.register_profile("same-every-time", derandomize=True)
if os.environ.get("LEDGER_TEST_ALL") == "1":
    settings.load_profile("same-every-time")

TOOLS = {"chromium": "a Chromium that is called `chromium` on the PATH (Debian: apt-get install chromium)"}


def _missing() -> list[str]:
    return [tool for tool in TOOLS if not shutil.which(tool)]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs(tool): left out where the tool is not on the PATH")
    if _missing() and os.environ.get("LEDGER_TEST_ALL") == "1":
        raise pytest.UsageError(f"LEDGER_TEST_ALL=1 leaves nothing out, but there is no {TOOLS[_missing()[0]]}")


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
