"""A controversy as Argdown: what it says, and that Argdown's own command line reads it, whatever is written in it."""

import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
from making import CLAIM, MEDIUM, SMALL, SOURCE, data_of, ledger_at, ledger_of

from ledger.exports.escaping import in_argdown, one_line
from ledger.graph import Ledger

EVIDENCE = "evidence:\n" + "".join(
    f"  - {{id: e{number}, source: s, relation: {effect}, shows: A gap., consulted: memory}}\n"
    for number, effect in enumerate(("supports", "disputes", "qualifies"), start=1)
)
RELATIONS = "relations:\n" + "".join(
    f"  - {{claim: x, type: {type_}}}\n" for type_ in ("supports", "disputes", "undercuts", "narrows", "depends-on")
)
TEXTS = {
    "controversies/c.yml": "title: C\nquestion: Is it?\nstatus: active\n",
    "positions/c-a.yml": "controversy: c\nletter: A\nstatement: It is.\nrests_on: [x]\nrejects: [y]\n"
    "relations: [{position: c-b, type: excludes}]\n",
    "positions/c-b.yml": "controversy: c\nletter: B\nstatement: It is not.\n",
    "claims/x.yml": CLAIM + EVIDENCE + "tags: [far (and wide), 'a ) b']\n",
    "claims/y.yml": CLAIM + RELATIONS,
    "sources/s.yml": SOURCE,
}
HOSTILE = (
    *("[x]: no", "<x>: no", "#tag #(two words)", "@[x] @<x>", "{a: b} c", "} c", "{", "a // b", "/* a", "<!-- a -->"),
    *("=== a ===", "a, === b ===", "**a** _b_ __c__", "+ a", "- a", "_ a", "-- a --", "(1) a", "1. a", "* a", "# a"),
    "@include(/etc/hostname)",
    *(
        ":smile: .A.",
        "U.S.A. 3.5",
        "a\n\nb",
        "a\n  + [c]",
        "\\ \\[",
        "[a](b)",
        "><",
        "+>",
        "<+",
        "“a” ‘b’",
        "\u2028a",
    ),
    *(
        "é 漢",
        "a\tb",
        "a;b:c,d",
        "a|b",
        "`a`",
        "%a%",
        "a=b",
        "x: y",
        '"',
        "'",
        "https://a.b//c",
    ),
)


def argdown(ledger: Ledger) -> dict[str, bytes]:
    """The Argdown files of a ledger by the id of their controversy."""
    return {Path(path).stem: data for path, data in data_of(ledger, "*.argdown").items()}


def read(folder: Path, files: dict[str, bytes]) -> dict[str, Any]:
    """What Argdown's command line makes of the files."""
    for name, data in files.items():
        (folder / f"{name}.argdown").write_bytes(data)
    command = [os.environ.get("LEDGER_ARGDOWN", "argdown"), "json", f"{folder}/*.argdown", str(folder / "out")]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    return {name: json.loads((folder / f"out/{name}.json").read_text(encoding="utf-8")) for name in files}


def said(thing: dict[str, Any]) -> str:
    """The text of a statement or an argument, without its tags."""
    (text,) = (member["text"] for member in thing["members"] if member.get("text"))
    return text.partition(" #(")[0].strip()


def test_supporters_and_attackers_stand_below_what_they_are_about():
    lines = argdown(ledger_of(TEXTS))["c"].decode().splitlines()
    position = lines.index(next(line for line in lines if line.startswith("[c-a]: It is. #(position)")))
    assert lines[position + 1 : position + 4] == ["  + [x]", "  - [y]", "  - [c-b]"]
    claim = lines.index(next(line for line in lines if line.startswith("[x]: ")))
    assert lines[claim + 1 : claim + 4] == ["  - [y]", "  + [y]", "  _ [y]"]
    assert lines[claim + 4].startswith('  + <x/e1>: A gap. #(supports) {source: "s"')


@pytest.mark.needs("argdown")
def test_argdown_reads_the_relations_tags_and_data(tmp_path: Path):
    found = read(tmp_path, argdown(ledger_of(TEXTS)))["c"]
    relations = {(entry["from"], entry["relationType"], entry["to"]) for entry in found["relations"]}
    assert relations == {
        ("x", "support", "c-a"),
        ("y", "attack", "c-a"),
        ("c-b", "attack", "c-a"),
        ("y", "support", "x"),
        ("y", "attack", "x"),
        ("y", "undercut", "x"),
        ("x/e1", "support", "x"),
        ("x/e2", "attack", "x"),
    }
    assert found["statements"]["x"]["tags"] == ["empirical", "far and wide", "a b"]
    assert {"narrows": ["x"], "depends-on": ["x"]}.items() <= found["statements"]["y"]["data"].items()
    assert found["arguments"]["x/e3"]["data"]["claim"] == "x"
    assert found["arguments"]["x/e1"]["data"]["reference"] == "Author unknown, 1999. Maps."


@pytest.mark.needs("argdown")
@pytest.mark.parametrize("content", [SMALL, MEDIUM], ids=["small", "medium"])
def test_argdown_reads_every_controversy(tmp_path: Path, content: Path):
    ledger = ledger_at(content)
    for id_, found in read(tmp_path, argdown(ledger)).items():
        positions = {record.id for record in ledger.of_kind("position") if record.fields.controversy == id_}
        assert positions <= set(found["statements"])
        for name, statement in found["statements"].items():
            if name in positions or ledger.node_kind(name) != "position":  # those of others are named only
                assert said(statement) != "", name
        assert found["relations"] != []


@pytest.mark.needs("argdown")
def test_any_words_come_through_argdown(tmp_path: Path):
    chance = random.Random(7)
    mixed = ["".join(chance.choices("[]<>#@{}()*_+-=/\\.:,; \nab1", k=20)) + "z" for _ in range(300)]
    wanted = {}
    texts = {name: text for name, text in TEXTS.items() if not name.startswith("claims")}
    texts["positions/c-a.yml"] = "controversy: c\nletter: A\nstatement: It is.\n"
    for number, text in enumerate((*HOSTILE, *mixed)):
        wanted[f"h{number}"] = one_line(text)
        word, tag = json.dumps(text), json.dumps(one_line(text))
        texts[f"claims/h{number}.yml"] = (
            f"statement: {word}\ntype: empirical\ntags: [{tag}]\nbears_on: [{{position: c-a, relation: supports}}]\n"
            f"evidence:\n  - {{id: e1, source: s, relation: disputes, shows: {word}, quote: {word}, "
            "consulted: memory}\n"
        )
    found = read(tmp_path, argdown(ledger_of(texts)))["c"]
    assert {id_: said(found["statements"][id_]) for id_ in wanted} == {
        id_: text.partition(" #(")[0] for id_, text in wanted.items()
    }
    quotes = {id_: found["arguments"][f"{id_}/e1"]["data"]["quote"] for id_ in wanted}
    assert quotes == wanted
    assert len([entry for entry in found["relations"] if entry["to"] == "c-a"]) == len(wanted)


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_line_is_left_that_argdown_would_take_for_its_own(text: str):
    escaped = in_argdown(text)
    assert "\n" not in escaped
    bare = escaped.replace("\\\\", "")
    assert all(bare[at - 1] == "\\" for at, char in enumerate(bare) if char in "[]<>{}#@*_/=")
