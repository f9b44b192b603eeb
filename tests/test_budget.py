"""A little text makes a site of a bounded size: what is shown of a title, how many references, how many bytes."""

import json
import re
import shutil
from pathlib import Path

import pytest
from making import BASE, data_of, ledger_of, run_here, site_of, tree

from ledger import markup_limits
from ledger.context import LONGEST, TOOLTIP
from ledger.engine import budget
from ledger.engine.runner import Output

LONG = "T" * 7_990
CLAIM = "statement: It moves.\ntype: empirical\n"
SOURCE = "type: report\nauthors: unknown\nissued: 1999\ntier: reporting\nderived_from: unknown\n"
MOST = markup_limits.REFERENCES.most


@pytest.fixture
def place(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "content")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("claims/z.yml", CLAIM + "body: |\n  " + "[@s] " * (MOST + 1)),
        ("claims/z.yml", CLAIM + f"scope: '{'[@s] ' * MOST}'\nbody: '[[x]]'\n"),
        ("claims/z.yml", CLAIM + f"scope: '{'[@s, 1] ' * (MOST + 1)}'\n"),
        ("terms/z.yml", f"term: T\ndefinition: '{'[[s]] ' * (MOST + 1)}'\n"),
    ],
)  # fmt: skip
def test_a_record_refers_so_often_and_no_more(place: Path, path: str, text: str):
    (place / "content" / path).parent.mkdir(exist_ok=True)
    (place / "content" / path).write_text(text)
    said = run_here("build", cwd=place)
    assert said.returncode == 1
    assert (
        f"error[markup-limit]: {MOST + 1} references in all texts of a record: at most {MOST} are read" in said.stdout
    )
    assert not (place / "output").exists()


def test_what_is_shown_of_a_title_is_cut_and_a_link_is_listed_once():
    texts = {"sources/s.yml": SOURCE + f"title: {LONG}\n", "claims/y.yml": CLAIM + "body: |\n  " + "[@s] " * MOST}
    ledger = ledger_of(texts)
    page = site_of(ledger)["claims/y.html"].decode()
    assert f'title="{"T" * (TOOLTIP - 1)}…"' in page
    assert len(page) < 40_000 + MOST * (TOOLTIP + 100)
    (link,) = json.loads(data_of(ledger, "claims/y.json")["claims/y.json"])["links_out"]
    assert len(link["title"]) == LONGEST
    written = sum(map(len, texts.values()))
    assert sum(map(len, data_of(ledger, "claims/y.*").values())) + len(page) < 20 * written + (1 << 16)


def test_files_of_a_controversy_name_others_by_short_titles():
    items = "".join(
        f"  - {{id: e{at}, source: s, relation: supports, shows: x, consulted: memory}}\n" for at in range(30)
    )
    texts = {
        "controversies/c.md": "---\ntitle: C\nquestion: Q?\nstatus: active\n---\n",
        "positions/c-a.md": f"---\ncontroversy: c\nletter: A\nstatement: {LONG}\nrests_on: [x]\n---\n",
        "sources/s.yml": SOURCE + f"title: {LONG}\n",
        "claims/x.yml": f"statement: {LONG}\ntype: empirical\nevidence:\n{items}",
    }
    for path, data in data_of(ledger_of(texts), "controversies/*").items():
        runs = [len(run) for run in re.findall("T{100,}", data.decode("utf-8", "replace"))]
        assert sum(run > LONGEST for run in runs) <= 3, path


def test_a_file_and_a_site_that_are_too_large_are_named():
    made = [("claims/x.yml", Output("claims/x.html", "", budget.LARGEST_FILE + 1)), (".", Output("a.json", "", 5))]
    one, whole = budget.over_budget(made, budget.LARGEST_FILE, 1_000, str)
    assert (one.span.path, one.check, whole.span.path) == ("claims/x.yml", "too-large", ".")
    assert "claims/x.html has 16,777,217 bytes; 16,777,216 are the limit" in one.message
    assert list(budget.over_budget(made[1:], 5, 1, str)) == []


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_site_over_its_budget_is_not_published(place: Path, monkeypatch: pytest.MonkeyPatch, command: str):
    run_here("build", "--workers", "1", cwd=place)
    before = tree(place / "output")
    (place / "content/pages").mkdir(exist_ok=True)
    (place / "content/pages/new.md").write_text("---\ntitle: New\n---\nWords.\n")
    monkeypatch.setattr(budget, "AT_FIRST", 10_000)
    monkeypatch.setattr(budget, "FOR_A_RECORD", 0)
    monkeypatch.setattr(budget, "FOR_A_BYTE", 0)
    said = run_here(command, "--workers", "1", cwd=place)
    assert (said.returncode, tree(place / "output")) == (1, before)
    assert "error[too-large]" in said.stdout
    assert "10,000 are the limit" in said.stdout


def test_a_file_of_the_whole_ledger_may_be_larger_the_second_time_too(place: Path, monkeypatch: pytest.MonkeyPatch):
    run_here("build", "--workers", "1", cwd=place)
    monkeypatch.setattr(budget, "LARGEST_FILE", 150_000)
    assert (place / "output/ledger.sqlite").stat().st_size > budget.LARGEST_FILE
    (place / "content/pages").mkdir(exist_ok=True)
    (place / "content/pages/new.md").write_text("---\ntitle: New\n---\nWords.\n")
    assert run_here("build", "--workers", "1", cwd=place).returncode == 0
    assert (place / "output/pages/new.html").exists()


def test_what_was_perhaps_meant_is_looked_for_so_often(place: Path):
    many = "".join(
        f"  - {{id: e{at}, source: survey{at:02}, relation: supports, shows: x, consulted: memory}}\n"
        for at in range(40)
    )
    shutil.copy(place / "content/sources/s.yml", place / "content/sources/survey.yml")
    (place / "content/claims/many.yml").write_text(CLAIM + f"evidence:\n{many}")
    said = run_here("check", "--max-findings", "100", cwd=place).stdout
    assert (said.count("error[unknown-id]"), said.count("did you mean 'survey'?")) == (40, 20)
