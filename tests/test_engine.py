"""The engine: a build that remembers gives what a build from nothing gives, whoever does the work."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from stat import S_IMODE
from tempfile import mkdtemp
from time import sleep

import pytest
from engines import LEDGER, from_nothing, options_for, put, same
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from making import CLAIM, EVIDENCE, PATIENCE, SOURCE, python, running, tree

from ledger.engine import build as engine
from ledger.engine.live import LiveSite, Look, look_of, next_site
from ledger.engine.processes import can_fork, several
from ledger.engine.report import Options, packaged_templates
from ledger.engine.runner import Done
from ledger.engine.state import State, read_state
from ledger.engine.tasks import Site, places
from ledger.system import libc
from ledger.write import MANIFEST, Refused, Work


@pytest.fixture(autouse=True)
def no_flush(monkeypatch: pytest.MonkeyPatch) -> None:
    """To bring many small sites to the disk takes longer than to make them."""
    monkeypatch.setattr("ledger.write.flush", lambda folder: None)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    put(tmp_path / "content", LEDGER)
    return tmp_path / "content"


# What is made again


def test_with_nothing_changed_nothing_is_made(content: Path):
    first = engine.build(options_for(content))
    site = tree(content.parent / "output")
    second = engine.build(options_for(content))
    assert first.made > 0
    assert (second.made, second.published, second.pages) == (0, True, first.pages)
    assert same(first, second)
    assert tree(content.parent / "output") == site


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_no_build_made_is_not_lost_in_a_later_one(content: Path, workers: int):
    engine.build(options_for(content, workers=workers))
    put(content.parent, {"output/mine.txt": "x"})
    put(content, {"site.yml": "title: Another\n"})
    with pytest.raises(Refused, match=r"mine\.txt"):
        engine.build(options_for(content, workers=workers))
    assert (content.parent / "output/mine.txt").read_text() == "x"
    assert {path.name for path in content.parent.iterdir()} <= {"content", "output", ".ledger-cache"}


def test_a_folder_of_any_name_in_public_is_no_change(content: Path):
    put(content.parent, {"public/__pycache__/note.txt": "x"})
    options = options_for(content)
    engine.build(options)
    assert engine.report.nothing_to_do(options, engine.report.sources(options)) is not None
    assert (content.parent / "output/__pycache__/note.txt").read_text() == "x"


def test_the_name_of_a_file_that_is_left_out_need_not_be_utf8(content: Path):
    (content / os.fsdecode(b"claims/.\xff")).write_text("x")
    first = engine.build(options_for(content))
    second = engine.build(options_for(content))
    assert (len(first.ignored), second.made) == (1, 0)
    assert same(first, second)


def test_that_nothing_has_changed_is_seen_without_reading_a_record(content: Path):
    program = (
        "import sys; from pathlib import Path; from ledger.cli import main;"
        f"code = main(['build', '--content', {str(content)!r}, '--output', {str(content.parent / 'output')!r}]);"
        "print(code, sorted({'pydantic', 'networkx', 'jinja2', 'markdown', 'nh3', 'yaml'} & set(sys.modules)))"
    )
    assert python("-c", program).stdout.splitlines()[-1].startswith("0 ['")
    again = python("-c", program).stdout.splitlines()
    assert again[-1] == "0 []"
    assert "nothing has changed" in again[0]


@pytest.mark.skipif(libc("malloc_trim") is None, reason="the C library cannot give memory back")
def test_memory_that_is_free_between_things_that_stay_goes_back():
    program = (
        "from ledger.system import give_back_memory, resident;"
        "all = [b'x' * (2_000 + at % 2) for at in range(50_000)]; kept = all[::100]; del all; before = resident();"
        "give_back_memory(); print(before - resident())"
    )
    assert int(python("-c", program).stdout) > 50_000_000


@pytest.mark.parametrize("what", ["edited", "gone", "more"])
def test_a_site_that_somebody_touched_is_made_whole_again(content: Path, what: str):
    engine.build(options_for(content))
    site = tree(content.parent / "output")
    page = content.parent / "output/claims/slow.html"
    if what == "edited":
        page.write_bytes(page.read_bytes().replace(b"It moves.", b"It stays."))
    elif what == "gone":
        page.unlink()
    else:
        put(content, {"terms/v.yml": "term: Hand\ndefinition: It turns.\n"})
        page.unlink()
    engine.build(options_for(content))
    now = tree(content.parent / "output")
    assert now["claims/slow.html"] == site["claims/slow.html"]
    assert now == from_nothing(options_for(content))[1]


@pytest.mark.parametrize("edited", [{}, {"claims/slow.yml": LEDGER["claims/slow.yml"].replace("moves", "stands")}])
def test_data_of_a_record_that_somebody_removed_is_made_again(content: Path, edited: dict[str, str]):
    engine.build(options_for(content))
    (content.parent / "output/claims/slow.json").unlink()
    put(content, edited)
    engine.build(options_for(content))
    assert tree(content.parent / "output") == from_nothing(options_for(content))[1]


def test_a_record_of_another_kind_with_the_same_id_is_made_anew(content: Path):
    kinds = {
        "claims": CLAIM + EVIDENCE,
        "terms": "term: Hand\ndefinition: It turns.\n",
        "events": "title: It rang\ndate: 2001\nsources: [s]\n",
        "sources": SOURCE,
        "proponents": "name: Quin\ntype: person\n",
    }
    for folder, text in kinds.items():
        put(content, {f"{folder}/v.yml": text})
        engine.build(options_for(content))
        assert tree(content.parent / "output") == from_nothing(options_for(content))[1]
        (content / folder / "v.yml").unlink()


def test_a_page_that_is_taken_over_can_be_read_by_all_again(content: Path):
    engine.build(options_for(content))
    page = content.parent / "output/claims/slow.html"
    page.chmod(0o600)
    put(content, {"terms/v.yml": "term: Hand\ndefinition: It turns.\n"})
    engine.build(options_for(content))
    assert S_IMODE(page.stat().st_mode) == 0o644
    assert engine.build(options_for(content)).made == 0


def test_where_files_cannot_be_shared_they_are_copied(content: Path, monkeypatch: pytest.MonkeyPatch):
    def link(*_: object, **__: object) -> None:
        raise PermissionError

    engine.build(options_for(content))
    monkeypatch.setattr(os, "link", link)
    put(content, {"claims/slow.yml": LEDGER["claims/slow.yml"].replace("It moves.", "It runs.")})
    report = engine.build(options_for(content))
    monkeypatch.undo()
    cold, site = from_nothing(options_for(content))
    assert report.made < cold.made
    assert tree(content.parent / "output") == site


def test_a_file_that_was_only_touched_makes_nothing_again(content: Path):
    engine.build(options_for(content))
    for path in content.rglob("*.yml"):
        os.utime(path, ns=(1, 1))
    assert engine.build(options_for(content)).made == 0


def test_a_comment_makes_no_page_again_and_moves_what_was_found(content: Path):
    alone = SOURCE.replace("Maps", "Alone")
    put(content, {"sources/alone.yml": alone})
    (before,) = engine.build(options_for(content)).problems
    put(content, {"sources/alone.yml": f"# a comment\n{alone}"})
    report = engine.build(options_for(content))
    (after,) = report.problems
    assert (before.check, before.span.line, after.span.line) == ("orphan", 2, 3)
    assert report.made == 1
    assert same(report, from_nothing(options_for(content))[0])


def test_check_makes_again_only_what_a_change_reaches(content: Path):
    first = engine.check(options_for(content))
    put(content, {"terms/w.yml": "term: Clock\ndefinition: It shows the time; see [[slow]].\n"})
    second = engine.check(options_for(content))
    assert 0 < second.made < first.made / 2
    assert second.problems == first.problems


def test_what_check_has_seen_is_still_published(content: Path):
    engine.build(options_for(content))
    put(content, {"claims/slow.yml": LEDGER["claims/slow.yml"].replace("It moves", 'It "stands" still')})
    assert engine.check(options_for(content)).made > 0
    engine.check(options_for(content))
    engine.build(options_for(content))
    assert tree(content.parent / "output") == from_nothing(options_for(content))[1]


@pytest.mark.parametrize(
    ("link", "former", "gone"),
    [
        ("../claims/slow.html#e1", "claims/slow.yml", LEDGER["claims/slow.yml"].replace("e1", "e2")),
        ("../claims/slow.html?a=/b.html#e%31", "claims/slow.yml", LEDGER["claims/slow.yml"].replace("e1", "e2")),
        ("../terms/w.html", "terms/w.yml", None),
        ("../terms/%77.html/.", "terms/w.yml", None),
        ("../terms/w.html/", "terms/w.yml", None),
        ("../note.txt", "../public/note.txt", None),
    ],
)
def test_a_link_of_a_page_that_did_not_change_is_followed_when_its_end_is_gone(
    content: Path, link: str, former: str, gone: str | None
):
    put(content, {"../public/note.txt": "x", "pages/h.md": f"---\ntitle: More\n---\n\nSee [that]({link}).\n"})
    for run in (engine.check, engine.build):
        assert not run(options_for(content)).problems
    put(content, {former: gone} if gone else {})
    if gone is None:
        (content / former).unlink()
    for run in (engine.check, engine.build, engine.build):
        (problem,) = run(options_for(content)).problems
        assert (problem.check, problem.span.path) == ("broken-link", "pages/h.md")


def test_a_link_into_a_file_of_public_is_followed_when_a_page_takes_its_place(content: Path):
    file = {"../public/terms/v.html": "<p id=hand>x"}
    put(content, file | {"pages/h.md": "---\ntitle: More\n---\n\nSee [that](../terms/v.html#hand).\n"})
    assert not engine.build(options_for(content)).problems
    (content / "../public/terms/v.html").unlink()
    put(content, {"terms/v.yml": "term: Hand\ndefinition: It turns.\n"})
    (problem,) = engine.build(options_for(content)).problems
    assert (problem.check, problem.span.path) == ("broken-link", "pages/h.md")


def test_a_record_that_says_the_same_in_another_file_is_linked_at_that_file(content: Path):
    engine.build(options_for(content))
    put(content, {"terms/w.md": f"---\n{LEDGER['terms/w.yml']}---\n"})
    (content / "terms/w.yml").unlink()
    engine.build(options_for(content))
    assert tree(content.parent / "output") == from_nothing(options_for(content))[1]


def test_content_with_an_error_leaves_site_and_store_as_they_are(content: Path):
    engine.build(options_for(content))
    site = tree(content.parent / "output")
    put(content, {"claims/slow.yml": "statement: It moves.\ntype: wrong\n"})
    report = engine.build(options_for(content))
    assert not report.published
    assert [d.check for d in report.problems if d.level == "error"] == ["bad-value"]
    assert tree(content.parent / "output") == site
    put(content, {"claims/slow.yml": LEDGER["claims/slow.yml"]})
    assert engine.build(options_for(content)).made == 0


# Who does the work


def built_by(content: Path, **more: object) -> dict[str, bytes]:
    report = engine.build(options_for(content, cache=False, **more))
    assert report.published
    return tree(content.parent / "output")


@pytest.fixture
def larger(tmp_path: Path) -> Path:
    """Enough records for several workers."""
    put(tmp_path / "content", LEDGER)
    shared = {
        f"terms/t{at}.yml": f"term: Term {at}\ndefinition: See [[slow]] and [[t{at // 2}]].\n" for at in range(120)
    }
    put(tmp_path / "content", shared)
    return tmp_path / "content"


def test_the_bytes_are_the_same_for_any_number_of_workers(larger: Path):
    one = built_by(larger, workers=1)
    assert built_by(larger, workers=2) == one
    assert built_by(larger, workers=4) == one


def test_processes_share_items_and_know_what_the_function_knows():
    def summed(items: range) -> tuple[int, bool]:
        return sum(items), os.getpid() == own

    own = os.getpid()
    assert [*several(summed, range(5), 2)] == ([(1, False), (9, False)] if can_fork() else [(10, True)])
    assert [*several(summed, range(5), 2, least=3)] == [(10, True)], "too few to share"


def test_tasks_of_neighbours_are_near_and_two_workers_meet_in_the_middle(tmp_path: Path):
    """Terms in two chains, named in turn: each names the one before it in its own chain."""
    chains = {f"terms/t{at}.yml": f"term: Term {at}\ndefinition: See [[t{max(at - 2, at % 2)}]].\n" for at in range(8)}
    put(tmp_path / "content", {"site.yml": LEDGER["site.yml"], **chains})
    options = options_for(tmp_path / "content")
    index = read_state(options, {}).index
    keys = ["page:tags/x.html", *(f"page:terms/t{at}.html" for at in range(8))]
    found = places(index, keys)
    assert named(sorted(found, key=found.__getitem__)) == "t0 t2 t4 t6 t1 t3 t5 t7"
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:
        pool = engine.runner.Pool([one, other], engine.runner.Recipe(options, ""), 2, shares_disk=True, places=found)
        front, back = engine.runner._parts(pool, keys)
    assert named(front) == "x t0 t2 t4"
    assert named(back) == "t7 t5 t3 t1 t6"


def named(keys: Iterable[str]) -> str:
    return " ".join(Path(key).stem for key in keys)


def test_a_site_that_was_removed_is_made_by_several_workers(larger: Path, monkeypatch: pytest.MonkeyPatch):
    log, done = larger.parent / "done", engine.runner._done

    def noted(site: Site, key: str, work: Work | None) -> Done:
        with log.open("a") as file:
            file.write(f"{os.getpid()}\n")
        return done(site, key, work)

    engine.build(options_for(larger))
    site = tree(larger.parent / "output")
    shutil.rmtree(larger.parent / "output")
    monkeypatch.setattr("ledger.engine.runner._done", noted)
    monkeypatch.setattr("ledger.engine.processes.processors", lambda: 2)
    assert engine.build(options_for(larger)).published
    assert len({*log.read_text().splitlines()} - {str(os.getpid())}) > 0
    assert tree(larger.parent / "output") == site


def test_the_bytes_are_the_same_on_any_executor(larger: Path):
    one = built_by(larger, workers=1)
    for made in (ThreadPoolExecutor(2), ProcessPoolExecutor(2, mp_context=get_context("spawn"))):
        with made as executor:
            report = engine.build(options_for(larger, cache=False), executor)
            assert report.published
            assert tree(larger.parent / "output") == one
            if isinstance(made, ProcessPoolExecutor):
                a_worker_that_finds_other_content_stops(executor, larger)


def a_worker_that_finds_other_content_stops(executor: ProcessPoolExecutor, content: Path) -> None:
    recipe = engine.runner.Recipe(options_for(content), "not the hash of it")
    with pytest.raises(engine.runner.ContentChanged):
        executor.submit(engine.runner._run_chunk, recipe, [], None).result()


@pytest.mark.parametrize("way", [signal.SIGKILL, signal.SIGINT])
def test_a_build_that_is_stopped_takes_its_workers_along(larger: Path, way: signal.Signals):
    output = larger.parent / "output"
    command = ("build", "--content", larger, "--output", output, "--workers", "2", "--no-cache")
    with running(*command, cwd=larger.parent) as process:
        for _ in range(PATIENCE * 100):
            if list(larger.parent.glob(".output.new-*/new/*")):
                break
            sleep(0.01)
        process.send_signal(way)
        process.wait(PATIENCE)
    assert not output.exists()
    assert built_by(larger, workers=2) == built_by(larger, workers=1)
    assert list(larger.parent.glob(".output.new-*")) == []


@pytest.mark.outside
@pytest.mark.slow
def test_the_bytes_are_the_same_on_dask(larger: Path):
    pytest.importorskip("distributed")
    address = larger.parent / "scheduler.json"
    one = built_by(larger, workers=1)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
            "--no-dashboard", "--scheduler-file", str(address)]  # fmt: skip
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(address), "--nthreads", "1",
              "--no-dashboard", "--nworkers", "2", "--local-directory", str(larger.parent)]  # fmt: skip
    started = []
    try:
        started += [subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) for command in (dask, worker)]
        _wait_for(address)
        output = larger.parent / "by-dask"
        told = python("-m", "ledger", "build", "--content", larger, "--output", output, "--no-cache",
                      "--executor", f"dask:{json.loads(address.read_text())['address']}")  # fmt: skip
        assert told.returncode == 0, told.stderr
        assert tree(output) == one
    finally:
        for process in started:
            process.terminate()
            process.wait(PATIENCE)


def _wait_for(file: Path) -> None:
    for _ in range(PATIENCE * 10):
        if file.exists() and file.read_text():
            return
        sleep(0.1)
    raise AssertionError(f"{file} did not come")


def test_an_executor_that_is_not_known_is_said(content: Path):
    told = python("-m", "ledger", "build", "--content", content, "--executor", "magic")
    assert told.returncode == 2
    assert "there is no executor 'magic'" in told.stderr


# Any edits, one after the other


SETTINGS = (
    *("title: Other", "tagline: Words.", "review_every_days: 30", "licence: CC-BY-4.0"),
    *("base_url: https://example.org/l", "language: de", "exports: [csv, history, embed]", "search_periods: 1"),
    *(
        "corrections_url: https://example.org/{id}?file={path}",
        "challenges: issues",
        "repository: https://example.org/r",
    ),
    *("mark: mark.svg", 'colours: {link: {light: "#111111", dark: "#eeeeee"}}', "navigation: [{to: slow}, {to: g}]"),
)
"""Lines of settings, each instead of one of the same name."""


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_is_seen_wherever_it_is_shown(content: Path, setting: str):
    engine.build(options_for(content))
    name, text = setting.partition(":")[0], LEDGER["site.yml"]
    lines = [line for line in text.splitlines() if not line.startswith(f"{name}:")]
    for changed in ("\n".join([*lines, setting]) + "\n", text):
        put(content, {"site.yml": changed, "../public/mark.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'})
        warm, (cold, site) = engine.build(options_for(content)), from_nothing(options_for(content))
        assert same(warm, cold)
        assert warm.published == cold.published
        if warm.published:
            assert tree(content.parent / "output") == site


def test_what_a_draft_gives_is_checked_though_pages_are_made_without_it(content: Path):
    figure = EVIDENCE.replace("memory}", "memory, quantity: {measure: gap, unit: m, value: 5, as_of: 2001}}")
    put(content, {"charts/v.yml": "title: How wide?\nform: bars\nmeasure: gap\n", "claims/one.yml": CLAIM + figure})
    put(content, {"claims/two.yml": f"draft: true\n{CLAIM}{figure}"})
    options, look = options_for(content), look_of(options_for(content))
    live = next_site(options, look, None, {})
    assert engine.build(options).published
    put(content, {"claims/two.yml": f"draft: true\n{CLAIM}{figure}".replace("unit: m", "unit: km")})
    live = next_site(options, look, live, live.state.files)
    for found in (engine.build(options).problems, list(live.problems())):
        assert [one.check for one in found if one.level == "error"] == ["chart-mixed-units"]


def test_a_site_in_memory_speaks_its_own_language(content: Path):
    put(content, {"site.yml": LEDGER["site.yml"] + "language: de\n"})
    options = options_for(content)
    live = next_site(options, look_of(options), None, {})
    assert live.get("search-data.js") == from_nothing(options)[1]["search-data.js"]


class Edits(RuleBasedStateMachine):
    """Random edits of a ledger; after each, a build that remembers is compared with one from nothing."""

    @initialize()
    def start(self) -> None:
        self.root = Path(mkdtemp())
        self.content = self.root / "content"
        put(self.content, LEDGER)
        self.templates = self.root / "own"
        self.templates.mkdir()
        self.number = 0
        self.checks = False
        self.state: State | None = None
        self.live: LiveSite | None = None
        self.look: Look | None = None

    def teardown(self) -> None:
        if hasattr(self, "root"):
            shutil.rmtree(self.root)

    def fresh(self) -> int:
        self.number += 1
        return self.number

    def records(self) -> list[Path]:
        return sorted(
            path for path in self.content.rglob("*") if path.suffix in (".yml", ".md") and path.parent != self.content
        )

    def change(self, path: Path, old: str, new: str) -> None:
        if path.exists():
            path.write_text(path.read_text().replace(old, new, 1))

    @rule(which=st.sampled_from(["claims/slow.yml", "claims/fast.yml"]))
    def word(self, which: str) -> None:
        self.change(self.content / which, "A gap", f"A gap {self.fresh()}")

    @rule(which=st.sampled_from(["claims/slow.yml", "sources/t.yml", "terms/w.yml", "positions/c-b.md"]))
    def title(self, which: str) -> None:
        for field in ("statement: ", "title: ", "term: "):
            self.change(self.content / which, field, f"{field}No {self.fresh()}: " if self.number % 2 else field + "X")

    @rule(which=st.sampled_from(sorted(LEDGER)))
    def blank_line(self, which: str) -> None:
        if which.endswith(".yml") and (self.content / which).exists():
            path = self.content / which
            path.write_text(f"# {self.fresh()}\n" + path.read_text())

    @rule()
    def add(self) -> None:
        number = self.fresh()
        put(
            self.content,
            {f"claims/new{number}.yml": CLAIM + EVIDENCE + "bears_on: [{position: c-b, relation: supports}]\n"},
        )

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        data.draw(st.sampled_from(self.records())).unlink()

    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(self.records()))
        text, name = path.read_text(), f"renamed{self.fresh()}{path.suffix}"
        former = f"former_ids: [{path.stem}]\n"
        text = text.replace("---\n", "---\n" + former, 1) if path.suffix == ".md" else former + text
        path.unlink()
        if "former_ids" in text.replace(former, "", 1):
            text = text.replace(former, "", 1)
        (path.parent / name).write_text(text)

    @rule(which=st.sampled_from(["claims/slow", "sources/s", "terms/w"]))
    def ending(self, which: str) -> None:
        data, text = self.content / f"{which}.yml", self.content / f"{which}.md"
        if data.exists():
            text.write_text(f"---\n{data.read_text()}---\n")
            data.unlink()
        elif text.exists():
            data.write_text(text.read_text().replace("---\n", ""))
            text.unlink()

    @rule(which=st.sampled_from(["claims/fast.yml", "events/e.yml", "terms/w.yml"]))
    def draft(self, which: str) -> None:
        path = self.content / which
        if path.exists():
            text = path.read_text()
            path.write_text(text.replace("draft: true\n", "") if "draft: true" in text else "draft: true\n" + text)

    @rule(status=st.sampled_from(["retracted", "corrected", "current"]))
    def status(self, status: str) -> None:
        path = self.content / "sources/s.yml"
        if path.exists():
            lines = [line for line in path.read_text().splitlines() if not line.startswith("status:")]
            path.write_text("\n".join([*lines, f"status: {status}"]) + "\n")

    @rule(which=st.sampled_from(["claims/slow.yml", "sources/s.yml", "terms/w.yml"]), day=st.integers(1, 28))
    def date(self, which: str, day: int) -> None:
        path = self.content / which
        if path.exists():
            lines = [line for line in path.read_text().splitlines() if not line.startswith("updated:")]
            path.write_text("\n".join([*lines, f"updated: 2020-01-{day:02}"]) + "\n")

    @rule(setting=st.sampled_from(SETTINGS))
    def settings(self, setting: str) -> None:
        path, name = self.content / "site.yml", setting.partition(":")[0]
        lines = [line for line in path.read_text().splitlines() if not line.startswith(f"{name}:")]
        path.write_text("\n".join([*lines, setting]) + "\n")

    @rule()
    def template(self) -> None:
        text = (packaged_templates() / "term.html").read_text()
        (self.templates / "term.html").write_text(text + f"<!-- {self.fresh()} -->")
        self.look = None

    @rule(name=st.sampled_from(["CNAME", "mark.svg", "index.html", ".well-known/x.txt"]), there=st.booleans())
    def public(self, *, name: str, there: bool) -> None:
        path = self.root / "public" / name
        if there:
            put(self.root / "public", {name: f'<svg xmlns="http://www.w3.org/2000/svg" id="a{self.fresh()}"/>'})
        else:
            path.unlink(missing_ok=True)
        self.look = None

    @rule()
    def snapshot(self) -> None:
        text = f"There is a gap, number {self.fresh()}.\n"
        digest = hashlib.sha256(text.encode()).hexdigest()
        put(self.content, {"snapshots/s.txt": text, "snapshots/s.yml": f"sha256: {digest}\ncaptured: 2020-01-01\n"})

    @rule()
    def check_before_each_build(self) -> None:
        self.checks = not self.checks

    @invariant()
    def warm_is_cold(self) -> None:
        if not hasattr(self, "root"):
            return
        options = options_for(self.content, templates=self.templates)
        checked = engine.check(options) if self.checks else None
        warm = engine.build(options)
        cold, site = from_nothing(options)
        assert same(warm, cold)
        assert checked is None or same(checked, cold)
        assert warm.published == cold.published
        if warm.published:
            assert tree(options.output) == site
        self.patched_is_new(options)
        self.served_is_built(options, site)

    def patched_is_new(self, options: Options) -> None:
        """What is resolved anew only as far as it has changed is what is resolved from nothing."""
        self.state = read_state(options, self.state.files if self.state else {}, last=self.state)
        anew = read_state(options, {})
        for found, expected in ((self.state.index, anew.index), (self.state.shown, anew.shown)):
            assert list(found.loaded.records) == list(expected.loaded.records)
            for part in ("cards", "edges", "incoming", "former", "as_of"):
                assert getattr(found, part) == getattr(expected, part), part
        assert list(self.state.problems) == list(anew.problems)

    def served_is_built(self, options: Options, site: dict[str, bytes]) -> None:
        """A site that is served from one save to the next has the bytes of a build."""
        self.look = self.look or look_of(options)
        self.live = next_site(options, self.look, self.live, self.live.state.files if self.live else {})
        list(self.live.problems())
        for address in sorted(site)[:: 1 + self.number % 3]:
            if address != MANIFEST:
                assert self.live.get(address) == site[address], address


Edits.TestCase.settings = settings(max_examples=settings().max_examples // 6, stateful_step_count=8, deadline=None)
test_edits = pytest.mark.timeout(900)(pytest.mark.hypothesis(Edits.TestCase))
