"""`ledger mv`: an id changes everywhere, nothing else changes anywhere, and it is done whole or not at all."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path

import pytest
from faults import Fault, cut_off, disk_full, interrupt, kill, steps_counted
from hypothesis import given, settings
from hypothesis import strategies as st
from making import CLAIM, EVIDENCE, SITE, SMALL, SOURCE, ledger_at, run_here, site_of, tree

from ledger import cli, files, loading
from ledger.editing import rename, replacing
from ledger.engine import build as engine
from ledger.engine.report import Options


@pytest.fixture(autouse=True, scope="module")
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Bringing everything to the disk takes longer than all the rest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replacing, "flush", lambda folder: None)
        yield


def written(place: Path, texts: Mapping[str, str | bytes]) -> Path:
    """A content folder with some files."""
    for path, text in texts.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    return place


def move(content: Path, old: str, new: str) -> rename.Renaming:
    renaming = rename.plan_rename(content, old, new)
    carry_out(content, renaming)
    return renaming


def carry_out(content: Path, renaming: rename.Renaming) -> None:
    with replacing.lock_content(content):
        replacing.exchange(content, renaming.before, renaming.after)


def recover(content: Path) -> None:
    with replacing.lock_content(content):
        pass


@pytest.fixture
def small(tmp_path: Path) -> Path:
    shutil.copytree(SMALL, tmp_path / "content")
    return tmp_path / "content"


PLACES = """\
# logbook is the keeper's
statement: 'As [@logbook, p. 3] and [[logbook|the log]] say, not `logbook`.'
type: "empirical"
evidence:
  - {id: e1, source: "logbook", relation: supports, shows: A gap., consulted: memory, quote: "[[logbook]]"}
  - id: e2
    source: logbook  # the same again
    relation: supports
    shows: >-
      A folded text that goes on and on until [[logbook|its
      words]] are broken.
    consulted: memory
body: |
  `[[logbook]]` is code, [[logbook]] is none, and [[logbook-2]] is another.

      [[logbook]] is code too

  > in a quotation, [[
  > logbook]] and [@logbook]
note: see [[logbook]]
"""


def test_every_reference_is_renamed_and_everything_else_stays_byte_for_byte(tmp_path: Path):
    texts = {"site.yml": SITE, "claims/c.yml": PLACES, "sources/logbook-2.yml": SOURCE.replace("Maps", "Other")}
    content = written(tmp_path, {**texts, "sources/logbook.yml": SOURCE})
    assert move(content, "logbook", "diary").references == 9
    marked = (
        ("[@logbook, p", "[@diary, p"),
        ("[[logbook|the", "[[diary|the"),
        ('source: "logbook"', 'source: "diary"'),
        ("source: logbook  #", "source: diary  #"),
        ("[[logbook|its", "[[diary|its"),
        ("[[logbook]] is none", "[[diary]] is none"),
        ("> logbook]] and [@logbook]", "> diary]] and [@diary]"),
        ("see [[logbook]]", "see [[diary]]"),
    )
    expected = PLACES
    for before, after in marked:
        assert expected.count(before) == 1
        expected = expected.replace(before, after)
    assert (content / "claims/c.yml").read_text(encoding="utf-8") == expected
    assert (content / "sources/diary.yml").read_text(encoding="utf-8") == SOURCE + "former_ids: [logbook]\n"
    assert sorted(path.name for path in content.rglob("*.yml")) == ["c.yml", "diary.yml", "logbook-2.yml", "site.yml"]


def test_line_breaks_and_the_byte_order_mark_stay(tmp_path: Path):
    claim = b"\xef\xbb\xbf" + (CLAIM + "relations:\r\n  - {claim: d, type: restates}\r\n").encode()
    content = written(tmp_path, {"site.yml": SITE, "claims/c.yml": claim, "claims/d.yml": CLAIM.replace("\n", "\r\n")})
    move(content, "d", "other")
    assert (content / "claims/c.yml").read_bytes() == claim.replace(b"claim: d,", b"claim: other,")
    after = (content / "claims/other.yml").read_bytes()
    assert after == (CLAIM + "former_ids: [d]\n").replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CLAIM, CLAIM + "former_ids: [old]\n"),
        (CLAIM.rstrip(), CLAIM + "former_ids: [old]\n"),
        (CLAIM + "body: |\n  Text.\n", CLAIM + "former_ids: [old]\nbody: |\n  Text.\n"),
        (CLAIM + "former_ids: [a, b]\n", CLAIM + "former_ids: [old, a, b]\n"),
        (CLAIM + "former_ids: []\n", CLAIM + "former_ids: [old]\n"),
        (CLAIM + "former_ids:\n", CLAIM + "former_ids: [old]\n"),
        (CLAIM + "former_ids:\n  - a # one\n", CLAIM + "former_ids:\n  - old\n  - a # one\n"),
        (CLAIM + "former_ids: [a, new]\n", CLAIM + "former_ids: [a, old]\n"),
        ("{statement: It moves., type: empirical}\n", "{former_ids: [old], statement: It moves., type: empirical}\n"),
    ],
)
def test_the_old_id_becomes_a_former_one_however_the_record_is_written(tmp_path: Path, before: str, after: str):
    content = written(tmp_path, {"site.yml": SITE, "claims/old.yml": before})
    move(content, "old", "new")
    assert (content / "claims/new.yml").read_text(encoding="utf-8") == after


def test_in_front_matter_it_stands_below_the_last_field(tmp_path: Path):
    content = written(tmp_path, {"site.yml": SITE, "pages/old.md": "---\ntitle: Old\n---\n\nText, [[old]].\n"})
    move(content, "old", "new")
    after = "---\ntitle: Old\nformer_ids: [old]\n---\n\nText, [[new]].\n"
    assert (content / "pages/new.md").read_text(encoding="utf-8") == after


def test_a_controversy_takes_its_positions_along(small: Path):
    renaming = move(small, "harbour-clock", "bell")
    assert "harbour-clock-b" in renaming.ids
    assert set(renaming.ids.values()) == {one.replace("harbour-clock", "bell") for one in renaming.ids}
    assert list((small / "positions").glob("harbour-clock-*")) == []


def test_a_source_takes_its_snapshot_along(small: Path):
    snapshot = next((small / "snapshots").glob("*.txt"))
    move(small, snapshot.stem, "renamed-source")
    assert (small / "snapshots/renamed-source.txt").is_file()
    assert (small / "snapshots/renamed-source.yml").is_file()
    assert not snapshot.exists()


def test_a_position_changes_its_letter(small: Path):
    move(small, "harbour-clock-b", "harbour-clock-z")
    assert ledger_at(small).records["harbour-clock-z"].fields.letter == "Z"


def test_the_check_is_clean_afterwards_and_the_old_addresses_lead_on(small: Path, tmp_path: Path):
    options = Options(content=small, output=tmp_path / "output")
    before = len(engine.check(options).problems)
    for old, new in (("logbook", "diary"), ("harbour-clock", "bell"), ("clock-lags", "lag")):
        move(small, old, new)
    assert len(engine.check(options).problems) == before
    site = site_of(ledger_at(small))
    assert b"diary.html" in site["sources/logbook.html"]
    assert b"bell-b.html" in site["positions/harbour-clock-b.html"]
    assert b"lag.html" in site["claims/clock-lags.html"]


IDS = sorted(loading.load_records(files.read(SMALL).files).records)
FREE = st.from_regex(r"\A[a-z][a-z0-9]{3,8}(-[a-z0-9]{1,5}){1,2}\Z").filter(lambda id_: id_ not in IDS)


@settings(deadline=None, derandomize=True)
@given(old=st.sampled_from([id_ for id_ in IDS if not id_.startswith("harbour-clock-")]), new=FREE)
def test_there_and_back_gives_the_same_records_but_for_former_ids(old: str, new: str, tmp_path_factory):
    content = tmp_path_factory.mktemp("there") / "content"
    shutil.copytree(SMALL, content)
    before, files_before = authored(content), set(tree(content))
    move(content, old, new)
    assert old not in _named_in(content)
    move(content, new, old)
    assert authored(content) == before
    assert set(tree(content)) == files_before
    assert new in loading.load_records(files.read(content).files).records[old].fields.former_ids


def authored(content: Path) -> dict[str, dict]:
    """What every record says, but for its former ids."""
    records = loading.load_records(files.read(content).files).records
    told = {id_: record.authored() for id_, record in records.items()}
    return {id_: {name: value for name, value in said.items() if name != "former_ids"} for id_, said in told.items()}


def _named_in(content: Path) -> set[str]:
    """Every id that a reference is written with."""
    return {edge.written.partition("/")[0] for edge in ledger_at(content).all_edges()}


# What is refused


def refused(content: Path, old: str, new: str) -> str:
    before = tree(content)
    with pytest.raises(ValueError, match=r".") as problem:
        move(content, old, new)
    assert tree(content) == before
    return str(problem.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("logbok", "diary", "there is no record 'logbok': did you mean 'logbook'?"),
        ("logbook", "Diary!", "did you mean 'diary'?"),
        ("logbook", "con", "some file systems"),
        ("logbook", "clock-lags", "is taken by"),
        ("logbook", "logbook", "is called that already"),
        ("harbour-clock-b", "elsewhere-b", "a position is called after its controversy and letter"),
        ("harbour-clock", "x" * 63, "cannot be an id"),
    ],
)
def test_what_cannot_be_an_id_is_refused(small: Path, old: str, new: str, told: str):
    assert told in refused(small, old, new)


def test_the_former_id_of_another_record_is_taken(tmp_path: Path):
    texts = {"claims/c.yml": CLAIM + "former_ids: [b]\n", "claims/d.yml": CLAIM}
    content = written(tmp_path, {"site.yml": SITE, **texts})
    assert "'b' is a former id of 'c'" in refused(content, "d", "b")
    assert "'b' is now called 'c'" in refused(content, "b", "e")


@pytest.mark.parametrize("broken", ["type: [s\n", "type: report\ntitle: See [[s]]\n"])
def test_a_file_with_errors_that_may_name_it_stands_in_the_way(tmp_path: Path, broken: str):
    content = written(tmp_path, {"site.yml": SITE, "sources/s.yml": SOURCE, "sources/t.yml": broken})
    assert "sources/t.yml has errors and may name 's'" in refused(content, "s", "u")


def test_a_file_with_errors_that_does_not_name_it_is_left_alone(tmp_path: Path):
    content = written(tmp_path, {"site.yml": SITE, "sources/maps.yml": SOURCE, "claims/t.yml": "statement: [\n"})
    move(content, "maps", "atlas")
    assert (content / "sources/atlas.yml").is_file()


def test_an_id_behind_an_escape_is_not_guessed_at(tmp_path: Path):
    claim = CLAIM + EVIDENCE.replace("source: s,", r'source: "\x73",')
    content = written(tmp_path, {"site.yml": SITE, "sources/s.yml": SOURCE, "claims/c.yml": claim})
    assert "claims/c.yml:3: the id is not written out plainly here" in refused(content, "s", "t")


# All or nothing


def world(tmp_path: Path) -> Path:
    texts = {"sources/s.yml": SOURCE, "claims/c.yml": CLAIM + EVIDENCE, "claims/d.yml": CLAIM + EVIDENCE}
    return written(tmp_path / "content", {"site.yml": SITE, **texts})


def renamed(content: Path) -> dict[str, bytes]:
    """What the folder holds after the rename."""
    before = tree(content)
    move(content, "s", "t")
    after = tree(content)
    assert after != before
    shutil.rmtree(content)
    return after


@pytest.mark.parametrize("act", [disk_full, interrupt])
def test_a_fault_at_any_step_leaves_all_or_nothing(tmp_path: Path, act: Callable[[], object]):
    after, before = renamed(world(tmp_path)), tree(world(tmp_path))
    content = tmp_path / "content"
    renaming = rename.plan_rename(content, "s", "t")
    for at in count(1):
        fault = Fault(at, act)
        try:
            with steps_counted(fault):
                carry_out(content, renaming)
        except (OSError, KeyboardInterrupt):
            pass
        if fault.steps < at:
            assert at > 20
            assert tree(content) == after
            return
        recover(content)
        assert tree(content) in (before, after), f"step {at}"
        shutil.rmtree(content)
        world(tmp_path)


def test_after_a_kill_at_any_step_the_next_run_puts_everything_back(tmp_path: Path):
    after, before = renamed(world(tmp_path)), tree(world(tmp_path))
    content = tmp_path / "content"
    renaming = rename.plan_rename(content, "s", "t")
    for at in count(1):
        child = os.fork()
        if child == 0:
            with steps_counted(Fault(at, kill)):
                carry_out(content, renaming)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        recover(content)
        assert tree(content) in (before, after), f"step {at}"
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            assert at > 20
            return
        shutil.rmtree(content)
        world(tmp_path)


def test_what_was_changed_after_it_was_read_is_not_overwritten(tmp_path: Path):
    content = world(tmp_path)
    renaming = rename.plan_rename(content, "s", "t")
    (content / "claims/c.yml").write_text(CLAIM, encoding="utf-8")
    before = tree(content)
    with pytest.raises(ValueError, match="has changed since it was read"):
        carry_out(content, renaming)
    assert tree(content) == before


# The command


def test_the_command_says_what_it_did(small: Path):
    run = run_here("mv", "logbook", "diary", cwd=small.parent)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("renamed logbook to diary; its old address leads to the new one\n")


def test_a_dry_run_prints_a_diff_and_writes_nothing(small: Path):
    before = tree(small)
    run = run_here("mv", "logbook", "diary", "--dry-run", cwd=small.parent)
    assert "rename content/sources/logbook.yml => content/sources/diary.yml" in run.stdout
    assert "+former_ids: [logbook" in run.stdout
    assert tree(small) == before


def test_a_dry_run_after_a_kill_writes_nothing_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    content = world(tmp_path)
    cut_off(lambda: move(content, "s", "t"))
    before = tree(content)
    assert cli.main(["mv", "s", "t", "--content", str(content), "--dry-run"]) == cli.USAGE
    assert "an earlier run was cut off: run this without --dry-run" in capsys.readouterr().err
    assert tree(content) == before
    assert cli.main(["mv", "s", "u", "--content", str(content)]) == cli.BUILT


def test_a_refusal_is_a_matter_of_usage(small: Path):
    run = run_here("mv", "logbook", "CON", cwd=small.parent)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.endswith("hint: nothing was changed\n")
