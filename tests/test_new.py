"""`ledger new`: a record from answers, given beforehand or asked for, that the checks accept; or a skeleton."""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import chdir
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import BASE, ROOT, load, tree

from ledger import cli, loading
from ledger.commands import dialog
from ledger.diagnostics import Level
from ledger.editing import answers, new, trial
from ledger.editing.trial import Draft, World
from ledger.files import TextFile
from ledger.records import KINDS

OF = {kind.name: kind for kind in KINDS}
DAY = "2026-11-29"
HOSTILE = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Cn", "Zl", "Zp")), min_size=1, max_size=60)
TEXTS = {str(path.relative_to(BASE)): path.read_text(encoding="utf-8") for path in sorted(BASE.rglob("*.*"))}
"""A controversy `c` with positions `c-a` and `c-b`, claims `x` and `y`, a source `s`, a proponent `p`, a thread `t`."""
WORLD = World(Path("content"), load(TEXTS))


def drafted(kind: str, id_: str, told: Sequence[str], world: World = WORLD) -> Draft:
    draft = Draft(world, OF[kind], id_, DAY)
    for name, text in (one.split("=", 1) for one in told):
        path = answers.path_of(draft.kind, name, draft.data)
        draft.take(path, text)
    draft.imply()
    return draft


def options(told: Sequence[str]) -> list[str]:
    return [word for one in told for word in ("--set", one)]


def record_of(draft: Draft) -> loading.Record:
    record, problems = loading.load_record(TextFile(draft.path, new.skeleton(draft.kind, draft.data)))
    assert record is not None, problems
    return record


# Answers beforehand

WHOLE: Mapping[str, tuple[str, ...]] = {
    "thread": ("title=Tides", "summary=About tides."),
    "controversy": ("title=Milk", "question=Is it?", "status=active", "thread=t", "status_note.text=So.",
                    "status_note.date=2026"),
    "position": ("controversy=c", "letter=C", "statement=It is both.", "rests_on=x, y"),
    "claim": ("statement=It moves.", "type=empirical", "bears_on.position=c-a", "bears_on.relation=supports",
              "bears_on.position=c-b", "bears_on.relation=disputes", "bears_on.why=So.", "evidence.source=s",
              "evidence.relation=supports", "evidence.shows=A gap.", "evidence.consulted=memory",
              "evidence.quantity.measure=gap", "evidence.quantity.value=3", "evidence.2.source=s",
              "evidence.2.relation=mentions", "evidence.2.shows=No gap.", "evidence.2.consulted=memory"),
    "source": ("type=report", "title=Gaps", "authors=Jane Doe; {Gap Board}", "issued=1999", "tier=reporting",
               "derived_from=unknown", "url=https://example.org/gaps", "csl.genre=Leaflet", "tags=one, two"),
    "proponent": ("name=Jane Doe", "type=person", "stances.position=c-a", "stances.stance=holds",
                  "stances.attested.date=1999", "stances.attested.source=s", "stances.attested.shows=So."),
    "event": ("title=A gap", "date=1999", "sources=s", "about=x; y"),
    "chart": ("title=How wide?", "form=range", "measure=gap"),
    "term": ("term=Gap", "definition=A space."),
    "challenge": ("title=Too wide", "target=x/e1", "type=wrong-figure", "says=It is two.", "by=Jo", "date=1999",
                  "resolution.date=2000", "resolution.outcome=rejected", "resolution.reason=It is three."),
    "page": ("title=Method", "body=One line.\nAnother."),
}  # fmt: skip


@pytest.mark.parametrize("kind", OF)
def test_every_kind_can_be_answered_whole_from_the_command_line(kind: str):
    draft = drafted(kind, "c-c" if kind == "position" else "new-one", WHOLE[kind])
    assert draft.missing() == []
    file = TextFile(draft.path, new.skeleton(draft.kind, draft.data))
    assert file.path.endswith(".yml")
    found = trial.findings(WORLD, file)
    later = {"controversy": {"too-few-positions"}, "chart": {"chart-without-figure"}}
    assert {one.check for one in found if one.level == Level.ERROR} == later.get(kind, set())
    assert record_of(draft).authored()["added"] == DAY


def test_parts_of_lists_follow_each_other_and_get_their_ids():
    fields = record_of(drafted("claim", "new-one", WHOLE["claim"])).authored()
    assert fields["bears_on"] == [
        {"position": "c-a", "relation": "supports"},
        {"position": "c-b", "relation": "disputes", "why": "So."},
    ]
    first, second = fields["evidence"]
    assert [first[name] for name in ("id", "recorded", "by", "quantity")] == [
        "e1", DAY, "ann", {"measure": "gap", "value": 3},
    ]  # fmt: skip
    assert (second["id"], second["shows"]) == ("e2", "No gap.")


@pytest.mark.parametrize(
    ("kind", "name", "text", "value"),
    [
        ("source", "authors", "unknown", "unknown"),
        ("source", "authors", "Doe, Jane; OpenAI", [{"family": "Doe", "given": "Jane"}, {"literal": "OpenAI"}]),
        ("source", "authors", "Jane Doe", [{"family": "Doe", "given": "Jane"}]),
        ("source", "derived_from", "[]", []),
        ("source", "derived_from", "Unknown", "unknown"),
        ("source", "derived_from", "[{source: s, how: reports}]", [{"source": "s", "how": "reports"}]),
        ("source", "csl", "{genre: Leaflet}", {"genre": "Leaflet"}),
        ("source", "tags", "one, two", ["one", "two"]),
        ("source", "tags", "one, or two; three", ["one, or two", "three"]),
        ("source", "issued", "2020-01~", "2020-01~"),
        ("claim", "cruxes", "A ship, or two.", ["A ship, or two."]),
        ("claim", "body", "Words.", "Words.\n"),
    ],
)
def test_lists_names_and_words_that_stand_for_a_list(kind: str, name: str, text: str, value: object):
    assert answers.read_value(OF[kind], (name,), text) == value


@given(HOSTILE.filter(lambda text: text.strip()) | st.sampled_from(("no", "- x", "# x", "a: b", "'", '"', "[x", "~")))
def test_any_answer_is_read_back_as_it_was_given(text: str):
    told = {"type": "empirical", "statement": answers.read_value(OF["claim"], ("statement",), text)}
    record, problems = loading.load_record(TextFile("claims/c.yml", new.skeleton(OF["claim"], told)))
    assert record is not None, problems
    assert record.fields.statement == text.strip()


# What is refused


@pytest.mark.parametrize(
    ("kind", "told", "said"),
    [
        ("source", "titel=x", "a source has no field 'titel': did you mean 'title'?"),
        ("claim", "evidence.sauce=x", "`evidence` of a claim has no field 'sauce': did you mean 'source'?"),
        ("claim", "evidence.3.source=s", "there are 0 so far"),
        ("claim", "evidence.²=s", "has no field '²'"),
        ("claim", "evidence=[{sauce: s}]", "there is no field `sauce` here: did you mean 'source'?"),
        ("claim", "statement.text=x", "`statement` has no parts"),
        ("claim", "statement= ", "`statement` needs an answer"),
        ("claim", "type=empircal", "`type` cannot be 'empircal': did you mean 'empirical'?"),
        ("claim", "evidence.source=support", "there is no source with the id 'support'"),
        ("claim", "evidence.source=x", "'x' is a claim; a source is meant here"),
        ("claim", "bears_on.position=c-z", "there is no position with the id 'c-z'"),
        ("claim", "evidence.by=bob", "there is no editor 'bob'"),
        ("claim", "question=Does it", "does not end with a question mark"),
        ("claim", "statement=See [[nothing]].", "there is no record with the id 'nothing'"),
        ("claim", "evidence.quantity.value=much", "'much' is not a number"),
        ("controversy", "question=Does it", "does not end with a question mark"),
        ("controversy", "thread=younger dryas", "there is no thread with the id 'younger dryas'"),
        ("source", "issued=yesterday", "is not a date"),
        ("source", "title=a\x00b", "control character"),
        ("source", "url=example", "is not a web address"),
        ("source", "doi=10/x", "is not a DOI"),
        ("source", "derived_from=none", "takes `unknown`, `[]` for none, or parts: answer `derived_from.source`"),
        ("source", "authors=Doe, Jane, Roe, Max", "separate authors by semicolons"),
        ("source", "interests=some", "takes parts: answer `interests.proponent`"),
    ],
)
def test_what_the_checks_would_find_is_refused_at_once_in_their_words(kind: str, told: str, said: str):
    with pytest.raises(ValueError, match=re.escape(said)):
        drafted(kind, "new-one", [told])


def test_a_work_that_is_there_is_refused():
    world = World(WORLD.content, load({**TEXTS, "sources/s.yml": f"{TEXTS['sources/s.yml']}doi: 10.1000/182\n"}))
    with pytest.raises(ValueError, match="is the same source"):
        drafted("source", "s2", ["url=https://doi.org/10.1000/182"], world)


@pytest.mark.parametrize(
    ("kind", "id_", "said"),
    [
        ("claim", "x", "the id 'x' is taken by claims/x.yml"),
        ("claim", "X y", "did you mean 'x-y'?"),
        ("claim", "Проливы", "did you mean 'prolivy'?"),
        ("claim", "index", "some file systems or the site itself use it"),
        ("position", "younger-dryas-volcano", "a position is called after the id of its controversy and a letter"),
        ("position", "d-a", "controversies: c"),
    ],
)
def test_an_id_that_cannot_be_is_refused(kind: str, id_: str, said: str):
    with pytest.raises(ValueError, match=re.escape(said)):
        new.check_new(WORLD, OF[kind], id_)


def test_the_letter_of_a_position_is_that_of_its_id():
    with pytest.raises(ValueError, match="does not agree with the file's name"):
        drafted("position", "c-c", ["letter=D"])
    assert record_of(drafted("position", "c-c", ["statement=Both."])).authored()["letter"] == "C"


# Ids that are made


@pytest.mark.parametrize(
    ("kind", "data", "id_"),
    [
        ("claim", {"statement": "The width of a gap is not of importance to the ships at all."}, "width-gap-not-importance-ships"),  # noqa: E501
        ("controversy", {"title": "Были ли проливы?"}, "byli-li-prolivy"),
        ("term", {"term": "Écart"}, "ecart"),
        ("term", {"term": "X"}, "x-2"),
        ("term", {"term": "海峡"}, ""),
        ("position", {"controversy": "c"}, "c-c"),
        ("position", {"controversy": "c", "letter": "F"}, "c-f"),
        ("source", {"title": "Gaps", "authors": [{"family": "Núñez", "given": "J."}], "issued": "1999-05"}, "nunez-1999"),  # noqa: E501
        ("source", {"title": "Gaps of old", "authors": "unknown", "issued": "../1999"}, "gaps-of-old"),
    ],
)  # fmt: skip
def test_an_id_is_made_of_what_the_record_says(kind: str, data: dict, id_: str):
    assert new.proposed_id(WORLD, OF[kind], data) == id_


# The skeleton


def test_the_skeleton_of_a_claim_names_what_a_rating_goes_by_and_what_it_costs_to_leave_out():
    lines = [line.strip(" -") for line in new.skeleton(OF["claim"]).splitlines()]
    named = {line.lstrip("# ").partition(":")[0] for line in lines}
    assert {"directness", "basis", "via", "quote_role", "correction", "searches", "about", "about_positions"} <= named
    told = [line for line in lines if line.startswith(("# directness", "# basis"))]
    assert all("the item counts as weak" in line for line in told)
    assert len(told) == 2


def test_a_skeleton_has_nothing_wrong_but_its_blanks():
    for kind in KINDS:
        path = f"{kind.folder}/{'c-c' if kind.name == 'position' else 'new-one'}.yml"
        found = trial.findings(WORLD, TextFile(path, new.skeleton(kind)))
        assert {one.check for one in found} == {"missing-field"}
        named = {word for one in found for word in re.findall(r"`([a-z_]+)`", one.message)}
        assert named >= {name for name, field in kind.model.model_fields.items() if field.is_required()}


def test_who_challenges_is_asked_for_as_a_name():
    for kind, path, wanted in (
        ("challenge", ("by",), ""),
        ("challenge", ("proponent",), "proponent"),
        ("claim", ("evidence", 0, "source"), "source"),
    ):
        assert answers.wanted_by(answers.kind_named(kind), path, is_list=False) == wanted


def test_types_of_sources_are_explained_in_words():
    words = " ".join(new.skeleton(OF["source"]).replace("\n#  ", "").split())
    for said in ("post-weblog (blog post)", "broadcast (radio, television, podcast)", "article (preprint)", "thesis"):
        assert said in words


# The command


@pytest.fixture
def place(tmp_path: Path) -> Path:
    copytree(BASE, tmp_path / "content")
    return tmp_path


class Terminal(StringIO):
    """Standard input as a terminal."""

    def isatty(self) -> bool:
        return True


def run(place: Path, monkeypatch: pytest.MonkeyPatch, typed: str | None, *arguments: str) -> int:
    monkeypatch.setattr(sys, "stdin", StringIO() if typed is None else Terminal(typed))
    with chdir(place):
        return cli.main(["new", *arguments])


def made(place: Path, path: str) -> dict:
    text = (place / "content" / path).read_text(encoding="utf-8")
    record, problems = loading.load_record(TextFile(path, text))
    assert record is not None, problems
    return record.authored()


def test_without_a_terminal_the_options_alone_make_a_whole_record(place: Path, monkeypatch, capsys):
    assert run(place, monkeypatch, None, "claim", *options(WHOLE["claim"]), "--date", "2026-01-02") == cli.BUILT
    said = capsys.readouterr().out
    assert said.startswith("wrote content/claims/moves.yml\n")
    assert "still to fill in" not in said
    assert "next: ledger new claim" in said
    assert made(place, "claims/moves.yml")["added"] == "2026-01-02"
    assert run(place, monkeypatch, None, "position", "--set", "controversy=c", "--set", "statement=Both.") == cli.BUILT
    assert made(place, "positions/c-c.yml")["letter"] == "C"
    assert "warning[unsupported-position]" in capsys.readouterr().out


def test_what_is_missing_is_said(place: Path, monkeypatch, capsys):
    assert run(place, monkeypatch, None, "claim", "z") == cli.BUILT
    text = (place / "content/claims/z.yml").read_text(encoding="utf-8")
    assert text.startswith("# required, the sentence\n")
    blank = [line.strip(" -:") for line in text.splitlines() if re.fullmatch(r"[ -]*\w+:", line)]
    named = capsys.readouterr().out.partition("still to fill in: ")[2].partition("\n")[0].split(", ")
    assert [name.rpartition(".")[2] for name in named] == [name for name in blank if name not in new.SHOWN]
    assert run(place, monkeypatch, None, "claim", "w", *options(["evidence.source=s", "type=empirical"])) == cli.BUILT
    said = capsys.readouterr().out
    assert "still to fill in: statement, evidence.relation, evidence.shows, evidence.consulted" in said
    assert "\n    source: s\n" in (place / "content/claims/w.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["claim", "z", "--set", "evidence.source=support"], "evidence.source: there is no source with the id"),
        (["term", "--set", "term=海峡"], "name the term's ID"),
        (["claims"], "name the claim's ID"),
        (["position", "--set", "controversy=c", "--set", "letter=A"], "the id 'c-a' is taken by"),
        (["source", *options([*WHOLE["source"], "accessed=1998"])], "`accessed` (1998) is before `issued` (1999)"),
        (["clam", "z"], "there is no kind 'clam': did you mean 'claim'?"),
        ([], "name the kind of the record"),
    ],
)
def test_what_cannot_be_made_writes_nothing(place: Path, monkeypatch, capsys, arguments: list[str], said: str):
    before = tree(place)
    assert run(place, monkeypatch, None, *arguments) == cli.USAGE
    assert said in capsys.readouterr().err
    assert tree(place) == before


CLAIM = (
    "It moves.", "empircal", "empirical",  # its words, and a slip
    "valley", "2", "supports", "", "",  # a position, by a word that is in none, then by number; why; no more
    "support", "+",  # a source that is not there, and so a new one:
    "report", "Gaps", "Ars Technica", "no", "{Ars Technica}", "1999", "", "reporting", "unknown", "",
    "supports", "A gap.", "memory", "", "direct", "", "",  # what it shows; no more
    "c", "moves",  # an id, free or not
)  # fmt: skip


def test_everything_is_asked_for_and_makes_records_that_are_whole(place: Path, monkeypatch, capsys):
    assert run(place, monkeypatch, "\n".join((*CLAIM, "")), "claim", "--date", DAY) == cli.BUILT
    assert made(place, "claims/moves.yml") == {
        "statement": "It moves.",
        "type": "empirical",
        "bears_on": [{"position": "c-b", "relation": "supports"}],
        "evidence": [
            {"id": "e1", "source": "ars-technica-1999", "relation": "supports", "shows": "A gap.",
             "consulted": "memory", "directness": "direct", "recorded": DAY, "by": "ann"},
        ],
        "added": DAY,
    }  # fmt: skip
    assert made(place, "sources/ars-technica-1999.yml")["authors"] == [{"literal": "Ars Technica"}]
    said = capsys.readouterr().out
    for words in ("`type` cannot be 'empircal': did you mean 'empirical'?", "1 c-a",
                  "read as: Technica, Ars (right? [yes])",
                  "there is no source with the id 'support'", "the id 'c' is taken by"):  # fmt: skip
        assert words in said


@pytest.mark.parametrize("controversy", ["2", "d", "d-a"])
def test_of_many_positions_those_of_one_controversy_are_listed(place: Path, monkeypatch, capsys, controversy: str):
    for path in ("controversies/c.md", "positions/c-a.md", "positions/c-b.md"):
        text = (place / "content" / path).read_text(encoding="utf-8").replace("controversy: c", "controversy: d")
        (place / "content" / path.replace("c-", "d-").replace("/c.", "/d.")).write_text(text, encoding="utf-8")
    typed = f"It moves.\n1\n{controversy}\n2\n1\n\nc-a\n2\n\n\n\nm\n"
    assert run(place, monkeypatch, typed, "claim", "m") == cli.BUILT
    bears_on = made(place, "claims/m.yml")["bears_on"]
    assert [one["position"] for one in bears_on] == ["d-b", "c-a"]
    assert capsys.readouterr().out.count("of which controversy?") == 1


@pytest.mark.parametrize("answered", [0, 3, 9, 20, len(CLAIM) - 1])
def test_the_end_of_the_input_leaves_nothing_half_written(place: Path, monkeypatch, answered: int):
    before = tree(place)
    assert run(place, monkeypatch, "".join(f"{one}\n" for one in CLAIM[:answered]), "claim") != cli.BUILT
    assert tree(place) == before


def test_ctrl_c_writes_nothing(place: Path, monkeypatch):
    def interrupted(prompt: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupted)
    before = tree(place)
    assert run(place, monkeypatch, "", "claim", "z") != cli.BUILT
    assert tree(place) == before


def test_what_was_told_is_not_asked_for_and_no_input_asks_nothing(place: Path, monkeypatch, capsys):
    told = (*WHOLE["term"], "tags=one")
    assert run(place, monkeypatch, "\n", "term", *options(told)) == cli.BUILT
    assert "what it means here" not in capsys.readouterr().out
    assert made(place, "terms/gap.yml")["tags"] == ["one"]
    assert run(place, monkeypatch, "", "term", "z", "--no-input") == cli.BUILT


def test_what_is_like_an_answer_is_found_by_id_title_or_slip():
    choices = [("kaplan-2020", "Scaling laws"), ("hoffmann-2022", "Training compute-optimal models"), ("s", "Étude")]
    assert [one for one, _ in dialog.like("laws scaling", choices)] == ["kaplan-2020"]
    assert [one for one, _ in dialog.like("etude", choices)] == ["s"]
    assert [one for one, _ in dialog.like("kaplan-2202", choices)] == ["kaplan-2020"]
    assert dialog.like("support", choices) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no pseudo-terminal here")
def test_on_a_real_terminal(place: Path):
    import pty  # not on every system

    child, terminal = pty.fork()
    if child == 0:
        os.chdir(place)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        os.execve(sys.executable, [sys.executable, "-m", "ledger", "new", "term"], environment)
    os.write(terminal, b"Gap\nA space.\n\n")
    while True:
        try:
            if not os.read(terminal, 4096):
                break
        except OSError:  # the other end is closed
            break
    assert os.waitpid(child, 0)[1] == 0
    assert made(place, "terms/gap.yml")["definition"] == "A space."
