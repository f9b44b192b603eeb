"""The questions of `docs/query.md`: every program runs on the site of the flagship, and all five tools agree."""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import pytest
from making import PATIENCE, ROOT

PAGE = (ROOT / "docs/query.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^## (.*\?)$", PAGE, re.MULTILINE)
FILES = ("claims/index.json", "ledger.jsonl", "changes.json", "ledger.sqlite")
"""All that the questions need of a site."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, flagship_site: Mapping[str, bytes]) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for name in FILES:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(flagship_site[name])
    return folder


def programs(question: str) -> dict[str, str]:
    """The programs that answer a question, by tool."""
    section = PAGE.split(f"\n## {question}\n")[1].split("\n## ")[0]
    return dict(re.findall(r"^([A-Z]?[A-Za-z ]+):\n\n```[a-z]+\n(.*?)^```$", section, re.MULTILINE | re.DOTALL))


def run(site: Path, *command: str, text: str = "", **environment: str) -> str:
    return subprocess.run(
        command,
        cwd=site,
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=PATIENCE,
        env=environment or None,
    ).stdout


def shell(site: Path, program: str) -> str:
    return run(site, "sh", "-c", f'site="{site.as_uri()}"\n{program}')


def in_duckdb(site: Path, program: str) -> str:
    """What DuckDB finds, one row a line."""
    with duckdb.connect(config={"file_search_path": str(site)}) as database:
        rows = database.sql(program).fetchall()
    return "".join("\t".join(map(str, row)) + "\n" for row in rows)


TOOLS: dict[str, Callable[[Path, str], str]] = {
    "curl and jq": shell,
    "Python": lambda site, program: run(site, sys.executable, "-X", "utf8", "-c", program),
    "JavaScript": lambda site, program: run(site, "node", "-e", program),
    "DuckDB": in_duckdb,
    "SQL": lambda site, program: run(site, "sqlite3", "-readonly", "-tabs", "ledger.sqlite", text=program),
}


def test_each_question_is_put_with_every_tool():
    assert [list(programs(question)) for question in QUESTIONS] == [list(TOOLS)] * len(QUESTIONS)
    assert PAGE.count("```") == 2 * len(QUESTIONS) * len(TOOLS)
    assert PAGE.startswith(f"# Asking the data\n\n{['Five', 'Six', 'Seven'][len(QUESTIONS) - 5]} questions")


@pytest.mark.needs("curl")
@pytest.mark.needs("jq")
@pytest.mark.needs("node")
@pytest.mark.needs("sqlite3")
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_tool_gives_the_same_answer(site: Path, question: str):
    answers = {tool: TOOLS[tool](site, program).splitlines() for tool, program in programs(question).items()}
    assert len(answers["SQL"]) > 1
    assert answers == dict.fromkeys(TOOLS, answers["SQL"])
