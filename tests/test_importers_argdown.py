"""Maps in Argdown: what Ledger writes comes back whole, and nothing of anybody else's is lost without a word."""

import json
import os
import subprocess
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from making import MEDIUM, SITE, SMALL, data_of, ledger_at, run_here, seen_from

from ledger import files, graph, loading
from ledger.analysis.ties import bearings, positions_of
from ledger.graph import Ledger
from ledger.importers import argdown_syntax
from ledger.importers.argdown import read_argdown
from ledger.importers.drafts import ForeignFile, Imported, Run
from ledger.records import Claim, Controversy, Position

RUN = Run(date(2026, 11, 30))
FOREIGN = """===
title: Veggie Debate
author: Ann Gull
model:
    removeTagsFromText: true
===

/* A comment
with an empty line

{ and a brace } */

# Is it wrong to eat meat? {isGroup: true}

[No meat]: It is wrong to eat
  *meat* from [factories](https://a.example.org/x). #ethics #(two words) // a remark
  {author: "Bo", source: Animal Liberation}
  + <Suffering>: Animals suffer in factories. #predictive
      {source: "https://a.example.org/suffering"}
  - <Health>: People need meat.
    - [Vegans live]
    _ <Undercut>: Needs are no duties.
  <- <Painless>: Some farms are painless; see @[No meat].
      {source: Farm report}
      <_ [Few farms]: There are few.
  +> [Ban]: Meat should be banned. #normative
  >< [Meat is fine]
  -> <Tradition>

// nothing here
[Meat is fine]: Meat is fine.

<Health>

(1) [P1]: Meat has protein.
(2) People need protein.
-- Modus ponens (uses: 1, 2) --
(3) [C1]: People need meat.
  -> [No meat]

<Tradition>: It was always so \\[really\\] at 3/4 :-) {a: 1

* One item
* Another item
  + [P1]

## Further

[Vegans live]: Vegans live long. {a: [}

+ [stray]
"""


def read(text: str) -> Imported:
    return read_argdown(ForeignFile("map.argdown", text.encode()), RUN)


def said(ledger: Ledger) -> set[tuple[Any, ...]]:
    """The claims and positions of a ledger, their relations, and the evidence items."""
    context, found = seen_from(ledger, ""), set[tuple[Any, ...]]()
    for kind in (Claim, Position):
        for record in ledger.of_kind(kind.__name__.lower()):
            fields, id_ = record.fields, record.id
            if ledger.stands(id_):
                found.add(
                    (id_, context.plain(record.title), getattr(fields, "type", ""), getattr(fields, "letter", ""))
                )
                others = ((one.type, getattr(one, "claim", "") or one.position) for one in fields.relations)
                found |= {(id_, type_, ledger.present_id(other)) for type_, other in others}
                for item in getattr(fields, "evidence", ()):
                    words = context.plain(item.shows), " ".join((item.quote or "").split()), item.consulted
                    found.add((id_, item.id, item.relation, ledger.present_id(item.source), *words))
    for record in ledger.of_kind(Controversy.__name__.lower()):
        for claim, positions in bearings(ledger, positions_of(ledger, record)).items():
            found |= {(claim, way, position) for position, ways in positions.items() for way in ways}
    return found


def of_folder(folder: Path) -> Ledger:
    reading = files.read(folder)
    return graph.build_graph(loading.load_records(reading.files, reading.failed, reading.kept))


@pytest.mark.parametrize("content", [SMALL, MEDIUM], ids=["small", "medium"])
def test_what_is_written_as_argdown_comes_back_with_the_same_claims_and_relations(tmp_path: Path, content: Path):
    for path, data in data_of(ledger_at(content), "*.argdown").items():
        (tmp_path / Path(path).name).write_bytes(data)
    (tmp_path / "new").mkdir()
    (tmp_path / "new/site.yml").write_text(SITE)
    run = run_here("import", "argdown", tmp_path, "--content", tmp_path / "new")
    assert (run.returncode, run.stderr) == (0, "")
    assert said(of_folder(tmp_path / "new")) == said(ledger_at(content))
    again = run_here("import", "argdown", tmp_path, "--content", tmp_path / "new")
    assert "created 0 + unchanged" in again.stdout
    assert "skipped 0" in again.stdout


def test_a_map_of_anybody_comes_in_as_drafts():
    made = read(FOREIGN)
    drafts = {draft.wish: draft for draft in made.drafts}
    assert all(draft.fields["draft"] == "true" for draft in made.drafts)
    meat = drafts["no-meat"].fields
    assert (meat["statement"], meat["type"]) == ("It is wrong to eat meat from factories.", "empirical")
    assert (meat["tags"], meat["note"]) == (["ethics", "two words"], "author: Bo")
    assert [(one["claim"].key[-8:], one["type"]) for one in meat["relations"]] == [
        ("aim:[Ban", "supports"), (" is fine", "disputes"), ("radition", "disputes"),
    ]  # fmt: skip
    assert [(one["relation"], one["shows"][:13]) for one in meat["evidence"]] == [
        ("supports", "Animals suffe"), ("mentions", "States this. "),
    ]  # fmt: skip
    assert drafts["painless"].fields["statement"] == "Some farms are painless; see No meat."  # an attack is on it
    assert [one["type"] for one in drafts["few-farms"].fields["relations"]] == ["undercuts"]
    assert [one["type"] for one in drafts["c1"].fields["relations"]] == ["disputes", "depends-on", "depends-on"]
    assert drafts["tradition"].fields["statement"] == "It was always so [really] at 3/4 :-) {a: 1"
    assert drafts["ban"].fields["type"] == "normative"
    assert "evidence" not in drafts["ban"].fields
    assert drafts["ann-gull"].fields["title"] == "Veggie Debate"
    assert drafts["people-need-protein"].fields["evidence"][0]["locator"] == "line 36"


def test_what_is_not_taken_over_is_said_with_its_line():
    made = read(FOREIGN)
    told = {(gap.what, gap.where.rpartition(":")[2], gap.value) for gap in made.gaps if not gap.guess}
    assert {
        ("front matter: model", "1", "{'removeTagsFromText': 'true'}"),
        ("heading: isGroup", "13", "true"),
        ("a link", "15", "https://a.example.org/x"),
        ("a relation to an argument in steps", "21", "Vegans live disputes Health"),
        ("a relation to an argument in steps", "22", "Undercut undercuts Health"),
        ("a step from premises to a conclusion", "37", "Modus ponens (uses: 1, 2)"),
        ("an argument in steps", "20", "People need meat."),
        ("a heading", "47", "Further"),
        ("data", "49", "{a: [}"),
        ("a relation", "51", "stray"),
    } <= told
    assert {problem.span.line for problem in made.problems} == {49, 51}


@pytest.mark.needs("argdown")
def test_it_is_read_as_argdown_reads_it(tmp_path: Path):
    (tmp_path / "map.argdown").write_text(FOREIGN.replace("{a: [}", "").replace("+ [stray]\n", ""))
    command = [
        os.environ.get("LEDGER_ARGDOWN", "argdown"),
        "json",
        str(tmp_path / "map.argdown"),
        str(tmp_path / "out"),
    ]
    subprocess.run(command, capture_output=True, timeout=300, check=True)
    theirs = json.loads((tmp_path / "out/map.json").read_text(encoding="utf-8"))
    texts = {
        " ".join(member["text"].replace("@[", "").replace("]. ", ". ").split())
        for thing in (*theirs["statements"].values(), *theirs["arguments"].values())
        for member in thing["members"]
        if member.get("text")
    }
    items = [item for draft in read(FOREIGN).drafts for item in draft.fields.get("evidence", ())]
    ours = {draft.fields.get("statement") for draft in read(FOREIGN).drafts} | {item["shows"] for item in items}
    assert {text for text in texts if "see No meat" not in text} - ours == set()
    words = {"support": "supports", "attack": "disputes", "undercut": "undercuts", "contradictory": "disputes"}
    related = {(one["from"], words[one["relationType"]], one["to"]) for one in theirs["relations"]}
    drafts = [draft for draft in read(FOREIGN).drafts if draft.kind == "claim"]
    name_of = {draft.key: draft.key.partition(":")[2][1:] for draft in drafts}
    found = {
        (name_of[draft.key], one["type"], name_of[one["claim"].key])
        for draft in drafts
        for one in draft.fields.get("relations", ())
    }
    steps = {one for one in related if one[2] == "Health"}
    evidence = {("Suffering", "supports", "No meat")}
    named = {one for one in related - steps - evidence if not one[2].startswith("Untitled")}
    assert named == {one for one in found if one[1] != "depends-on" and one[2] != "Another item"}


HOSTILE = (
    "{", "a {}", "{}\n", "/*", "<!--", "//a\n", "[", "[a](b", "<a", "word\n", "*a", "#(", "@[", "\\", "_ ", "===\n",
    "[a]: A. #b\n\n", "[a]\n  + [b]\n\n", "(1) a\n--\n(2) b\n", "  " * 40 + "+ a\n",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_to_read_a_map_grows_with_its_size(piece: str):
    def seconds(size: int) -> float:
        text, start = piece * (size // len(piece)), process_time()
        read(text)
        return process_time() - start

    assert seconds(60_000) < 10 * seconds(15_000) + 0.2


def test_so_many_statements_of_a_map_are_read(monkeypatch):
    monkeypatch.setattr(argdown_syntax, "MOST", 50)
    made = read("".join(f"Number {at}\n\n" for at in range(100)))
    assert (made.read, len(made.drafts)) == (51, 51)
    assert made.problems[0].message == "a map has 50 statements at most"
