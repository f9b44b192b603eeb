"""Files of the whole ledger after a change of few records: the old files follow, and have the bytes of new ones."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from engines import LEDGER, from_nothing, options_for, put
from making import tree

from ledger import exports
from ledger.engine import build as engine
from ledger.exports.updating import FIXED, replacing

FOLLOWING = {"sqlite", "lines", "changes", "search", "query", "graph", "linked_data"}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    put(tmp_path / "content", LEDGER)
    engine.build(options_for(tmp_path / "content"))
    return tmp_path / "content"


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are made anew, of those that can follow."""
    made: list[str] = []

    def noting(whole: exports.Whole) -> exports.Whole:
        def write(*given: Any) -> None:
            made.append(whole.name)
            whole.write(*given)

        return whole._replace(write=write)

    noted = tuple(noting(whole) if whole.update else whole for whole in exports.WHOLES)
    monkeypatch.setattr(exports, "WHOLES", noted)
    return made


def test_these_files_can_follow():
    assert {whole.name for whole in exports.WHOLES if whole.update} == FOLLOWING


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("claims/slow.yml", "It moves.", "It moves *slowly*, by a “day”."),
        ("claims/slow.yml", "A gap.", "No gap in Ø."),
        ("sources/s.yml", "Maps", "Plans"),
        ("positions/c-a.md", "slow", "not fast"),
        ("proponents/p.yml", "Pat", "Patricia"),
        ("controversies/c.md", "Time", "The time of day"),
    ],
)
def test_after_an_edit_the_old_files_follow(content: Path, anew: list[str], path: str, before: str, after: str):
    put(content, {path: LEDGER[path].replace(before, after, 1)})
    report = engine.build(options_for(content, workers=1))
    assert (report.published, anew) == (True, [])
    assert tree(content.parent / "output") == from_nothing(options_for(content))[1]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("terms/v.yml", "term: Hand\ndefinition: It turns.\n", FOLLOWING),
        ("terms/w.yml", "term: Clock\ndefinition: It tells the time.\n", {"sqlite", "query"}),
        ("claims/slow.yml", LEDGER["claims/slow.yml"] + "tags: [speed]\n", {"sqlite"}),
        ("events/e.yml", LEDGER["events/e.yml"].replace("2000", "2001"), {"sqlite"}),
        ("claims/fast.yml", LEDGER["claims/fast.yml"].replace("e1", "e2"), {"sqlite", "query"}),
    ],
)
def test_where_more_changes_than_words_they_are_made_anew(
    content: Path, anew: list[str], path: str, text: str, expected: set[str]
):
    put(content, {path: text})
    assert engine.build(options_for(content, workers=1)).published
    assert {*anew} >= expected
    assert tree(content.parent / "output") == from_nothing(options_for(content))[1]


def test_an_old_file_that_was_touched_is_made_anew(content: Path, anew: list[str]):
    lines = content.parent / "output/ledger.jsonl"
    lines.write_bytes(lines.read_bytes().replace(b"It moves.", b"It stays."))
    put(content, {"sources/s.yml": LEDGER["sources/s.yml"].replace("Maps", "Plans")})
    engine.build(options_for(content, workers=1))
    assert anew == ["lines"]
    assert tree(content.parent / "output") == from_nothing(options_for(content))[1]


def test_a_build_that_was_given_up_is_not_followed(content: Path, anew: list[str]):
    edited = LEDGER["sources/s.yml"].replace("Maps", "Plans")
    put(content, {"sources/s.yml": edited, "pages/g.md": LEDGER["pages/g.md"] + "\n[There](nowhere.html).\n"})
    assert not engine.build(options_for(content, workers=1)).published
    del anew[:]
    put(content, {"pages/g.md": LEDGER["pages/g.md"] + "\nThere.\n"})
    assert engine.build(options_for(content, workers=1)).published
    assert {*anew} >= {"sqlite", "search", "graph"}
    assert tree(content.parent / "output") == from_nothing(options_for(content))[1]


def test_edits_in_a_row_are_followed(content: Path, anew: list[str]):
    for word in ("Plans", "Drawings", "Maps"):
        put(content, {"sources/s.yml": LEDGER["sources/s.yml"].replace("Maps", word)})
        engine.build(options_for(content, workers=1))
    assert anew == []
    assert tree(content.parent / "output") == from_nothing(options_for(content))[1]


# Texts in the place of others


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "old").write_bytes(b"[one, two, two, three]")
    return tmp_path


def texts(piece: bytes) -> Iterator[tuple[str, bytes]]:
    """Of `1 a b`: what must be the same, and words of the file."""
    fixed, *words = piece.split()
    yield FIXED, fixed
    yield from (("f", word) for word in words)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (b"1 one three", b"1 eins drei", b"[eins, two, two, drei]"),
        (b"1 one three", b"1 three one", b"[three, two, two, one]"),
        (b"1 one two", b"1 eins two", b"[eins, two, two, three]"),
        (b"1 one two", b"1 one zwei", None),  # stands there twice
        (b"1 one four", b"1 one vier", None),  # not at all
        (b"1 one", b"1 one three", None),  # one more
        (b"1 one", b"2 eins", None),  # the order depends on it
    ],
)
def test_texts_that_stand_there_once_are_replaced(place: Path, before: bytes, after: bytes, expected: bytes | None):
    done = replacing(texts)({"r": (before, after)}, ("f",), lambda _: place / "old", lambda _: place / "new")
    assert done is (expected is not None)
    if expected:
        assert (place / "new").read_bytes() == expected
