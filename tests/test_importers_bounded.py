"""Foreign files may take so much time and memory and no more, and what passes a limit is told and counted."""

import sys
from datetime import date
from time import process_time

import pytest

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
