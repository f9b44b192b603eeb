"""`ledger rm`: what nothing names is deleted, anything else is withdrawn, and nothing else changes."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from making import CLAIM, EVIDENCE, SITE, SMALL, SOURCE, run_here, tree

from ledger import cli, files, graph, loading
from ledger.editing import removing, replacing
from ledger.loading import Loaded

DAY = date(2026, 11, 29)
SNAPSHOT = "captured: 2020-01-02\nhow: typed\nsha256: " + 64 * "0" + "\n"
GONE = "withdrawn:\n  date: 2026-11-29\n  why: So.\n"
FLOW = "{type: report, title: Maps, authors: unknown, issued: 1999, tier: reporting, derived_from: unknown}\n"
NAMING = {
    "a field": {"claims/c.yml": CLAIM + EVIDENCE},
    "a part of a field": {"claims/c.yml": CLAIM + "body: |\n  One line.\n\n  As [@s, page 3] says.\n"},
    "a draft": {"claims/c.yml": CLAIM + EVIDENCE + "draft: true\n"},
    "an editor's note": {"claims/c.yml": CLAIM + "note: See [[s]].\n"},
    "the settings": {"site.yml": SITE + "body: See [[s]].\n"},
    "a former id of its own": {"sources/s.yml": SOURCE + "former_ids: [old]\n"},
    "a name that it had": {
        "sources/s.yml": SOURCE + "former_ids: [old]\n",
        "claims/c.yml": CLAIM + "note: '[[old]]'\n",
    },
}


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replacing, "flush", lambda folder: None)


def place(folder: Path, texts: dict[str, str]) -> Path:
    for path, text in {"site.yml": SITE, "sources/s.yml": SOURCE, **texts}.items():
        (folder / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / path).write_bytes(text.encode())
    return folder


def read(content: Path) -> Loaded:
    reading = files.read(content)
    return loading.load_records(reading.files, reading.failed, reading.kept)


def test_what_nothing_names_is_deleted_with_its_snapshot(tmp_path: Path):
    place(tmp_path, {"snapshots/s.yml": SNAPSHOT, "snapshots/s.txt": "Words.", "claims/c.yml": CLAIM})
    before = tree(tmp_path)
    dry = run_here("rm", "s", "--dry-run", cwd=tmp_path)
    own = {"content/sources/s.yml", "content/snapshots/s.yml", "content/snapshots/s.txt"}
    assert (dry.returncode, set(dry.stdout.splitlines())) == (cli.BUILT, {f"delete {path}" for path in own})
    assert tree(tmp_path) == before
    done = run_here("rm", "s", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (cli.BUILT, "")
    assert tree(tmp_path) == {path: data for path, data in before.items() if path not in own}


@pytest.mark.parametrize("what", NAMING)
def test_what_is_named_is_withdrawn_and_it_is_said_what_names_it(what: str, tmp_path: Path):
    place(tmp_path, NAMING[what])
    before = tree(tmp_path)
    asked = run_here("rm", "s", cwd=tmp_path)
    assert (asked.returncode, "--why" in asked.stderr) == (cli.USAGE, True)
    assert tree(tmp_path) == before
    done = run_here("rm", "s", "--why", "It is: wrong.", "--date", str(DAY), cwd=tmp_path)
    assert (done.returncode, done.stderr) == (cli.BUILT, "")
    after = tree(tmp_path)
    added = b'withdrawn:\n  date: 2026-11-29\n  why: "It is: wrong."\n'
    assert after == before | {"content/sources/s.yml": before["content/sources/s.yml"] + added}
    named = [line for line in done.stdout.splitlines() if line.startswith("  content/")]
    assert named == [line for line in asked.stdout.splitlines() if line.startswith("  content/")]
    assert len(named) == (what != "a former id of its own")
    if what == "a part of a field":
        assert named == ["  content/claims/c.yml:6:6: body"]
    again = run_here("rm", "s", "--why", "Again.", cwd=tmp_path)
    assert (again.returncode, "withdrawn already, on 2026-11-29: It is: wrong." in again.stderr) == (cli.USAGE, True)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (SOURCE.replace("\n", "\r\n"), (SOURCE + GONE).replace("\n", "\r\n")),
        (SOURCE + "body: |\n  Words.\n", SOURCE + GONE + "body: |\n  Words.\n"),
        (SOURCE[:-1] + " # so far", SOURCE[:-1] + " # so far\n" + GONE),
        (FLOW, '{withdrawn: {"date": "2026-11-29", "why": "So."}, ' + FLOW[1:]),
    ],
)
def test_the_rest_of_a_file_stays_byte_for_byte(text: str, after: str, tmp_path: Path):
    content = place(tmp_path, {"sources/s.yml": text}) / "content"
    made = removing.withdrawal(removing.find(content, "s"), DAY, "So.")
    assert made.after["sources/s.yml"].decode() == after


def test_a_record_that_another_one_replaces_names_it(tmp_path: Path):
    place(tmp_path, {"claims/c.yml": CLAIM, "claims/d.yml": CLAIM})
    for other, told in (("e", "there is no record 'e'"), ("c", "cannot be merged into itself")):
        refused = run_here("rm", "c", "--merged-into", other, "--why", "The same.", cwd=tmp_path)
        assert (refused.returncode, told in refused.stderr) == (cli.USAGE, True)
    done = run_here("rm", "c", "--merged-into", "d", "--why", "The same.", cwd=tmp_path)
    assert done.returncode == cli.BUILT
    gone = read(tmp_path / "content").records["c"].fields.withdrawn
    assert (gone.merged_into, gone.why) == ("d", "The same.")


def test_with_withdraw_the_page_of_what_nothing_names_stays_too(tmp_path: Path):
    place(tmp_path, {})
    assert run_here("rm", "s", "--withdraw", "--why", "So.", cwd=tmp_path).returncode == cli.BUILT
    assert read(tmp_path / "content").records["s"].fields.withdrawn.why == "So."


@pytest.mark.parametrize(
    ("id_", "texts", "told"),
    [
        ("t", {}, "there is no record 't'"),
        ("old", {"sources/s.yml": SOURCE + "former_ids: [old]\n"}, "'old' is now called 's'"),
        ("s", {"sources/s.yml": SOURCE + "tpye: x\n"}, "has errors: put them right first"),
        ("s", {"claims/c.yml": CLAIM + EVIDENCE + "tpye: x\n"}, "claims/c.yml has errors and may name 's'"),
        ("s", {"claims/c.yml": "evidence: [s\n"}, "claims/c.yml has errors and may name 's'"),
        ("s", {"claims/c.yml": CLAIM + EVIDENCE, "sources/s.yml": SOURCE + "withdrawn:\n"}, "edited safely"),
    ],
)
def test_what_cannot_be_done_is_refused_and_nothing_changes(id_: str, texts: dict[str, str], told: str, tmp_path: Path):
    before = tree(place(tmp_path, texts))
    refused = run_here("rm", id_, "--why", "So.", cwd=tmp_path)
    assert (refused.returncode, told in refused.stderr) == (cli.USAGE, True)
    assert tree(tmp_path) == before


def test_on_a_terminal_the_reason_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    place(tmp_path, {"claims/c.yml": CLAIM + EVIDENCE})
    answers = iter(["", "  Asked for.  "])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: next(answers))
    done = run_here("rm", "s", cwd=tmp_path)
    assert "content/claims/c.yml:3:29: evidence[].source" in done.stdout
    assert read(tmp_path / "content").records["s"].fields.withdrawn.why == "Asked for."


def test_every_record_of_a_ledger_is_deleted_or_withdrawn_as_its_edges_say(tmp_path: Path):
    content = shutil.copytree(SMALL, tmp_path / "content")
    loaded = read(content)
    ledger = graph.build_graph(loaded)
    deleted = 0
    for id_, record in loaded.records.items():
        if record.fields.withdrawn:
            continue
        named = removing.find(content, id_)
        owners = {edge.owner for node in ledger.nodes_of(id_) for edge in ledger.edges_to(node)} - {id_}
        assert {loaded.records[owner].path for owner in owners} <= {span.path for span, _ in named.mentions}
        if not named.must_stay:
            deleted += 1
            assert removing.deletion(named).after == {}
        made = removing.withdrawal(named, DAY, "So.")
        assert [*made.after] == [record.path]
        assert made.after[record.path].startswith(made.before[record.path][:20])
    assert 0 < deleted < len(loaded.records)
