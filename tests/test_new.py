"""`ledger new` with answers: from options, or asked for on a terminal."""

import sys
from contextlib import chdir
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import cli, loading
from ledger.editing import new
from ledger.files import TextFile
from ledger.records import KINDS

CLAIM, SOURCE, POSITION = (
    next(kind for kind in KINDS if kind.name == name) for name in ("claim", "source", "position")
)
HOSTILE = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Cn", "Zl", "Zp")), min_size=1, max_size=60)


class Terminal(StringIO):
    """Standard input as a terminal."""

    def isatty(self) -> bool:
        return True


def run(place: Path, monkeypatch: pytest.MonkeyPatch, typed: str, *arguments: str) -> int:
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    with chdir(place):
        return cli.main(["new", *arguments])


@given(HOSTILE.filter(lambda text: text.strip()) | st.sampled_from(("no", "- x", "# x", "a: b", "'", '"', "[x", "~")))
def test_any_answer_is_read_back_as_it_was_given(text: str):
    told = {"type": "empirical", "statement": new.read_answer(CLAIM, "statement", text)}
    record, problems = loading.load_record(TextFile("claims/c.yml", new.skeleton(CLAIM, told)))
    assert record is not None, problems
    assert record.fields.statement == text


def test_the_skeleton_of_a_claim_names_what_a_rating_goes_by_and_what_it_costs_to_leave_out():
    lines = [line.strip(" -") for line in new.skeleton(CLAIM).splitlines()]
    named = {line.lstrip("# ").partition(":")[0] for line in lines}
    assert {"directness", "basis", "via", "quote_role", "correction", "searches", "about", "about_positions"} <= named
    told = [line for line in lines if line.startswith(("# directness", "# basis"))]
    assert all("the item counts as weak" in line for line in told)
    assert len(told) == 2


def test_everything_that_is_asked_for_makes_a_record_without_a_blank(tmp_path: Path, monkeypatch):
    typed = "A statement: with a colon\nempirical\nyes\n\nsome-source\nsupports\nA gap.\nmemory\n"
    assert run(tmp_path, monkeypatch, typed, "claim", "c") == 0
    text = (tmp_path / "content/claims/c.yml").read_text(encoding="utf-8")
    record, problems = loading.load_record(TextFile("claims/c.yml", text))
    assert (record.authored(), problems) == (
        {
            "statement": "A statement: with a colon",
            "type": "empirical",
            "evidence": [
                {"id": "e1", "source": "some-source", "relation": "supports", "shows": "A gap.", "consulted": "memory"}
            ],
        },
        [],
    )


def test_choices_are_shown_and_a_wrong_answer_is_explained(tmp_path: Path, monkeypatch, capsys):
    assert run(tmp_path, monkeypatch, "\nIt moves.\nempircal\nempirical\nno\n", "claim", "c") == 0
    told = capsys.readouterr().out
    assert "`statement` needs an answer" in told
    assert "empirical | predictive | definitional | normative | historical" in told
    assert "`type` cannot be 'empircal': did you mean 'empirical'?" in told


def test_a_position_knows_its_controversy_and_letter(tmp_path: Path, monkeypatch):
    assert run(tmp_path, monkeypatch, "\n\nIt does.\n", "position", "tides-rise-b") == 0
    text = (tmp_path / "content/positions/tides-rise-b.md").read_text(encoding="utf-8")
    record, _ = loading.load_record(TextFile("positions/tides-rise-b.md", text))
    assert record.authored() == {"controversy": "tides-rise", "letter": "B", "statement": "It does."}


def test_what_the_id_says_is_filled_in_without_being_asked_for(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", StringIO())
    with chdir(tmp_path):
        assert cli.main(["new", "position", "tides-rise-b"]) == 0
    text = (tmp_path / "content/positions/tides-rise-b.md").read_text(encoding="utf-8")
    assert "\ncontroversy: tides-rise\n" in text
    assert "\nletter: B\n" in text


def test_an_opened_part_gets_its_id_and_says_what_it_lacks(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", StringIO())
    with chdir(tmp_path):
        told = ("statement=It moves.", "type=empirical", "evidence.source=s")
        assert cli.main(["new", "claim", "c", *(word for one in told for word in ("--set", one))]) == 0
    text = (tmp_path / "content/claims/c.yml").read_text(encoding="utf-8")
    assert "\n  - id: e1\n" in text
    assert "\n    source: s\n" in text
    assert "fill in the blanks" in capsys.readouterr().out


@pytest.mark.parametrize("typed", ["", "It moves.\n", "It moves.\nempirical\n"])
def test_the_end_of_the_input_writes_nothing(tmp_path: Path, monkeypatch, typed: str):
    assert run(tmp_path, monkeypatch, typed, "claim", "c") == cli.ENVIRONMENT
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_writes_nothing(tmp_path: Path, monkeypatch):
    def interrupted(prompt: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    assert run(tmp_path, monkeypatch, "", "claim", "c") == cli.ENVIRONMENT
    assert list(tmp_path.iterdir()) == []


def test_what_was_told_is_not_asked_for(tmp_path: Path, monkeypatch, capsys):
    options = ("--set", "statement=It moves.", "--set", "type=empirical")
    assert run(tmp_path, monkeypatch, "no\n", "claim", "c", *options) == 0
    assert "what sort of claim" not in capsys.readouterr().out


def test_without_a_terminal_the_options_alone_count(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(sys, "stdin", StringIO())
    with chdir(tmp_path):
        assert cli.main(["new", "claim", "c"]) == 0
        assert cli.main(["new", "claim", "d", "--set", "scope=all"]) == 0
    assert (tmp_path / "content/claims/c.yml").read_text(encoding="utf-8") == new.skeleton(CLAIM)
    filled = (tmp_path / "content/claims/d.yml").read_text(encoding="utf-8")
    assert "# scope: what it covers\nscope: all\n" in filled
    assert "\nstatement:\n" in filled


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("authors", "unknown", "unknown"),
        ("authors", "Doe, Jane; OpenAI", [{"family": "Doe", "given": "Jane"}, {"literal": "OpenAI"}]),
        ("derived_from", "[]", []),
        ("derived_from", "unknown", "unknown"),
        ("tags", "one, two", ["one", "two"]),
        ("issued", "2020-01~", "2020-01~"),
    ],
)
def test_lists_and_names_are_written_on_a_line(name: str, text: str, value: object):
    assert new.read_answer(SOURCE, name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("titel", "x", "a source has no field 'titel': did you mean 'title'?"),
        ("issued", "yesterday", "is not a date"),
        ("title", "a\x00b", "control character"),
        ("interests", "some", "has parts of its own"),
        ("url", "example", "is not a web address"),
    ],
)
def test_a_wrong_answer_is_told(name: str, text: str, told: str):
    with pytest.raises(ValueError, match=told):
        new.read_answer(SOURCE, name, text)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_can_be_answered_whole(kind):
    asked = new.questions(kind, "a-b")
    known = {"issued": "1999", "date": "1999", "question": "Is it?", "letter": "B"}
    told = {one.name: new.read_answer(kind, one.name, known.get(one.name) or next(iter(one.choices), "unknown"))
            for one in asked}  # fmt: skip
    record, problems = loading.load_record(
        TextFile(new.new_path(Path(), kind, "a-b").as_posix(), new.skeleton(kind, told))
    )
    assert record is not None, problems
