"""Foreign files may take so much time and memory and no more, and what passes a limit is told and counted."""

import os
import resource
import sys
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from making import SITE

from ledger import cli
from ledger.importers import bounded
from ledger.importers.article import read_article
from ledger.importers.bounded import Job
from ledger.importers.cleaning import without_marks
from ledger.importers.drafts import ForeignFile, Imported, Run


def reads() -> Imported:
    made = Imported()
    made.refuse("here", "it was read")
    return made


def loops() -> Imported:
    while True:
        pass


def swells() -> Imported:
    return Imported(texts={"": [bytearray(1 << 20) for _ in range(400)]})  # type: ignore[dict-item]


def needs_a_library() -> Imported:
    raise ImportError("no such library", name="trafilatura")


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux alone")
def test_what_passes_a_limit_is_refused_and_the_rest_is_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bounded, "SECONDS", 1.0)
    jobs = [Job(read.__name__, read) for read in (reads, loops, reads, swells, reads)]
    found = [made.refused[0].why for made in bounded.read_all(jobs)]
    time, memory = "it takes too much time", "it takes too much memory"
    assert found == ["it was read", time, "it was read", memory, "it was read"]


def breaks_off() -> Imported:
    os._exit(9)


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_elsewhere_the_clock_alone_is_watched(monkeypatch: pytest.MonkeyPatch, system: str):
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(bounded, "BY_THE_CLOCK", 0.4)  # in the new processes `sys.platform` is what it is
    jobs = [Job(read.__name__, read) for read in (reads, loops, reads, breaks_off, reads)]
    found = [made.refused[0].why for made in bounded.read_all(jobs)]
    assert found == ["it was read", "it takes too much time", "it was read", "reading it failed", "it was read"]


def test_a_process_that_does_not_begin_is_not_waited_for(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(bounded, "STARTING", 0.0)
    (made,) = bounded.read_all([Job("a", reads)])
    assert made.refused[0].why == "it takes too much time"


def test_what_reading_raises_is_raised_elsewhere_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(ImportError) as raised:
        list(bounded.read_all([Job("b", needs_a_library)]))
    assert raised.value.name == "trafilatura"


def test_an_import_without_a_limit_of_memory_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    for name, text in {"content/site.yml": SITE, "a.json": '[{"type": "report", "title": "Tides"}]'}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bounded, "has_memory_limit", lambda: False)
    assert cli.main(["import", "a.json"]) == cli.BUILT
    said = capsys.readouterr()
    assert "created 1" in said.out
    assert said.err == "ledger: on this system, reading a file is limited in time and not in memory\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no memory is limited")
def test_a_limit_from_outside_is_never_raised(monkeypatch: pytest.MonkeyPatch):
    taken: list[tuple[int, int]] = []
    outside = 2**45
    monkeypatch.setattr(resource, "getrlimit", lambda _: (outside, outside))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: taken.append(limits))
    for room in (0, 2**50):
        bounded._limit_itself(0, room)
    assert taken[0][0] < outside
    assert taken[1] == (outside, outside)
    assert all(hard == outside for _, hard in taken)


def test_what_reading_raises_is_raised():
    with pytest.raises(ImportError) as raised:
        list(bounded.read_all([Job("a", reads), Job("b", needs_a_library)]))
    assert raised.value.name == "trafilatura"


BOMBS = {
    "a.md": ("<!---->" * 5_000 + "z\n", "# a" + " " * 9_000 + "\t" + " " * 9_000 + "x\n", "# " + "#" * 60_000 + "x\n"),
    "a.html": (
        "<html><body>" + "<!--" * 16_000,
        "<html><head><title>" + "ab<b>" * 52_000,
        "<html><body>" + "<a " * 20_000,
        "<html><body>" + "</a " * 20_000,
        "<html><body>" + "<?" * 20_000,
        "<html><body>" + "<![CDATA[" * 7_000,
        "<html><body>" + "<svg>" * 9_000 + "</nav>" * 9_000,
    ),
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BOMBS.items() for text in texts])
def test_a_page_made_to_do_harm_takes_little_time(name: str, text: str):
    began = process_time()
    read_article(ForeignFile(name, text.encode()), Run(date(2026, 11, 22)))
    assert process_time() - began < 3


@pytest.mark.parametrize("text", ["<i>" * 20_000 + "</i>" * 20_000, "<i>" * 40_000, "<" * 100_000, "<i a" * 30_000])
def test_marks_in_a_title_are_left_out_in_time_that_grows_with_it(text: str):
    began = process_time()
    without_marks(text)
    assert process_time() - began < 1


@pytest.mark.parametrize(
    ("title", "plain"),
    [("<i>Homo <b>s</b></i> H<sub>2</sub>", "Homo s H2"), ("a <i>b", "a <i>b"), ("<i>a < b</i>", "<i>a < b</i>"),
     ("<i>a <b>c</i></b>", "<i>a <b>c</i></b>"), ('<span class="x">a</span>', "a"), ("a <x> <i>b</i>", "a <x> b")],
)  # fmt: skip
def test_marks_that_are_closed_are_left_out(title: str, plain: str):
    assert without_marks(title) == plain
