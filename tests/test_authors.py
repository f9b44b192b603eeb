"""Authors who look like a proponent: which names fit, which of them tell who is meant, and `ledger link-authors`."""

import sys
from contextlib import chdir
from io import StringIO
from pathlib import Path

import pytest
from making import SITE, SOURCE, ledger_of, tree

from ledger import cli
from ledger.analysis.authors import Unlinked, unlinked_authors
from ledger.query import evaluate, people

PEOPLE = {
    "richard-firestone": "Richard B. Firestone",
    "james-kennett": "James P. Kennett",
    "douglas-kennett": "Douglas J. Kennett",
    "jose-nunez": "José Núñez Cabeza",
    "jerzy-los": "Łoś, Jerzy",
    "mao-zedong": "Mao Zedong",
    "ivan-petrov": "Иван Петров",
    "royal-society": "The Royal Society",
    "stanford": "Stanford Medical University",
}
ORGANISATIONS = ("royal-society", "stanford")


def found(*authors: str, more: str = "") -> list[Unlinked]:
    texts = {f"proponents/{id_}.yml": f"name: '{name}'\ntype: {'organisation' if id_ in ORGANISATIONS else 'person'}\n"
             for id_, name in PEOPLE.items()}  # fmt: skip
    texts["sources/s.yml"] = SOURCE.replace("authors: unknown", f"authors: [{', '.join(authors)}]")
    if more:
        texts["sources/t.yml"] = SOURCE.replace("authors: unknown", f"authors: [{more}]").replace("Maps", "Other")
    return list(unlinked_authors(ledger_of(texts)))


@pytest.mark.parametrize(
    ("author", "ids"),
    [
        ("{family: Firestone, given: R. B.}", "richard-firestone"),
        ("{family: FIRESTONE, given: Richard}", "richard-firestone"),
        ("{family: Firestone, given: RB}", "richard-firestone"),
        ("{family: Firestone, given: R.-B.}", "richard-firestone"),
        ("{family: Firestone Jr., given: R. B.}", "richard-firestone"),
        ("{literal: Richard Firestone}", "richard-firestone"),
        ('{literal: "Firestone, Richard B."}', "richard-firestone"),
        ("{family: Firestone, given: R. A.}", ""),
        ("{family: Firestone, given: Rick}", ""),
        ("{family: Firestone}", ""),
        ("{family: Firestoner, given: R.}", ""),
        ("{family: Kennett, given: D. J.}", "douglas-kennett"),
        ("{family: Kennett, given: J. P.}", "james-kennett"),
        ("{family: Nunez Cabeza, given: J.}", "jose-nunez"),
        ("{family: Los, given: Jerzy}", "jerzy-los"),
        ("{family: Mao, given: Zedong}", "mao-zedong"),
        ("{family: Petrov, given: Ivan}", "ivan-petrov"),
        ("{literal: royal society}", "royal-society"),
        ("{family: The Royal Society}", "royal-society"),
        ("{literal: Stanford University}", ""),
        ("{family: Firestone, given: R. B., proponent: james-kennett}", ""),
        ('{literal: "..."}', ""),
    ],
)
def test_names_that_fit(author: str, ids: str):
    assert [one.proponents for one in found(author) if one.is_certain] == [(id_,) for id_ in ids.split()]


def test_what_does_not_tell_who_is_meant_is_not_certain():
    (both,) = found("{family: Firestone, given: R.}", more="{family: Firestone, given: Rose}")
    assert (both.others, both.is_certain) == (("Rose Firestone",), False)
    (bare,) = found("{family: Kennett}")
    assert (bare.proponents, bare.is_certain) == (("douglas-kennett", "james-kennett"), False)
    assert [one.is_certain for one in found("{literal: Firestone}")] == [False]
    twice = found("{family: Firestone, given: R.}", "{family: Firestone, given: Richard}")
    assert [one.is_certain for one in twice] == [False, False]
    texts = {f"proponents/j{n}.yml": f"name: J{n} Kennett\ntype: person\nother_names: [John Kennett]\n" for n in "ab"}
    texts["sources/s.yml"] = SOURCE.replace("unknown", "[{family: Kennett, given: J.}]", 1)
    assert [one.proponents for one in unlinked_authors(ledger_of(texts))] == [("ja", "jb")]


def test_who_is_linked_already_is_nobody_else_of_that_source():
    linked = "{family: Firestone, given: Richard, proponent: richard-firestone}"
    assert found(linked, "{family: Firestone, given: R.}") == []


# `ledger link-authors`

PERSON = "name: {}\ntype: person\n"
LISTED = SOURCE.replace("authors: unknown", "authors: {}")
WRITTEN = {
    "sources/block.yml": SOURCE.replace(
        "unknown\n", "\n  - family: Doe  # hers\n    given: J. A.\n  - literal: X\n", 1
    ),
    "sources/flow.yml": LISTED.format('[{family: "Kennett", given: J.}, {family: Doe, given: "Jane",}]'),
    "sources/folded.md": f"---\n{SOURCE.replace('unknown', '', 1)}---\n\nText.\n".replace(
        "authors: \n", "authors:\n-   given: Jane\n    family: >-\n      Doe\n"
    ),
}
LINKED = {
    "sources/block.yml": ("J. A.\n", "J. A.\n    proponent: jane-doe\n"),
    "sources/flow.yml": ('"Jane",}', '"Jane", proponent: jane-doe,}'),
    "sources/folded.md": ("      Doe\n", "      Doe\n    proponent: jane-doe\n"),
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    people = {"jane-doe": "Jane A. Doe", "james-kennett": "James P. Kennett", "john-kennett": "John Kennett"}
    texts = WRITTEN | {f"proponents/{id_}.yml": PERSON.format(name) for id_, name in people.items()}
    for path, text in {"site.yml": SITE, **texts}.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_bytes(text.replace("\n", "\r\n" if "block" in path else "\n").encode())
    return tmp_path


def run(place: Path, *arguments: str) -> int:
    with chdir(place):
        return cli.main(["link-authors", *arguments])


def test_authors_are_shown_and_nothing_is_written_unless_told(place: Path, capsys):
    before = tree(place)
    assert run(place) == cli.BUILT
    said = capsys.readouterr().out
    assert "content/sources/block.yml:4: J. A. Doe → jane-doe\n" in said
    assert "J. Kennett → james-kennett or john-kennett (unclear: not linked)" in said
    assert "3 authors can be linked: run this with --write, or --ask; 1 unclear" in said
    assert tree(place) == before


@pytest.mark.parametrize(
    ("query", "authors", "said", "hint"),
    [
        ("sources by ann", "unknown", "no author of a source is linked to 'ann'", "`proponent: ann` beside the author"),
        ("sources by ann", "[{family: Gull, given: A.}]", "1 source has an author who may be 'ann'", "--to ann"),
        ("sources by ann", "[{family: Gull, given: Ann, proponent: ann}]", "", ""),
        (
            "evidence by ann",
            "unknown",
            "no author of a source is linked to 'ann'",
            "`proponent: ann` beside the author",
        ),
        ("claims with (evidence by ann)", "unknown", "no author of a source is linked", "beside the author"),
        ("stances by ann", "unknown", "", ""),
        ('sources where title contains "by ann"', "unknown", "", ""),
    ],
)
def test_a_question_about_what_somebody_wrote_says_if_an_author_is_not_linked(query, authors, said, hint):
    source = SOURCE.replace("authors: unknown", f"authors: {authors}")
    ledger = ledger_of({"sources/s.yml": source, "proponents/ann.yml": "name: Ann Gull\ntype: person\n"})
    told = people.not_linked(ledger, query, evaluate.answer(ledger, query)) or ("", "")
    assert told[0].startswith(said)
    assert bool(told[0]) == bool(said)
    assert hint in told[1]


def test_what_is_clear_is_written_and_all_else_stays_byte_for_byte(place: Path):
    before = tree(place)
    assert run(place, "--write") == cli.BUILT
    for path, (old, new) in LINKED.items():
        break_ = "\r\n" if "block" in path else "\n"
        written, linked = (text.replace("\n", break_).encode() for text in (old, new))
        assert (place / "content" / path).read_bytes() == before[f"content/{path}"].replace(written, linked, 1)
    after = tree(place)
    assert run(place, "--write") == cli.BUILT
    assert tree(place) == after


def test_an_editor_says_who_an_unclear_name_is(place: Path, monkeypatch, capsys):
    assert run(place, "flow", "--to", "john-kennett", "--write") == cli.BUILT
    assert "given: J., proponent: john-kennett}" in (place / "content/sources/flow.yml").read_text(encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", StringIO("\n7\n1\n\n"))
    assert run(place, "--ask") == cli.BUILT
    said = capsys.readouterr().out
    assert "'7' is none of these" in said
    assert "linked 1 author; 2 left" in said


def test_the_end_of_the_answers_and_wrong_ids_change_nothing(place: Path, monkeypatch, capsys):
    before = tree(place)
    monkeypatch.setattr(sys, "stdin", StringIO("1\n"))
    assert run(place, "--ask") != cli.BUILT
    assert run(place, "jane-doe") == cli.USAGE
    assert "there is no source 'jane-doe'" in capsys.readouterr().err
    assert tree(place) == before


def test_a_source_that_is_excused_is_left_alone(place: Path, capsys):
    excused = "exceptions: [{check: unlinked-author, why: Another Doe.}]\n"
    for path in WRITTEN:
        file = place / "content" / path
        file.write_bytes(file.read_bytes().replace(b"title: Maps", excused.encode() + b"title: Maps"))
    assert run(place, "--write") == cli.BUILT
    assert "no author without a link" in capsys.readouterr().out
