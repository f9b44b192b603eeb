"""A ledger of The Ledger's format: nothing of it is lost without a word."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from engines import COMPILED
from imports.the_ledger import Invented
from making import ROOT, SITE, ledger_of
from making import run_here as run

from ledger.engine import build as engine
from ledger.engine.report import Options
from ledger.files import TextFile
from ledger.importers import reporting
from ledger.importers.drafts import ForeignFile, Imported, Run
from ledger.importers.planning import Plan, make_plan
from ledger.importers.running import run_import
from ledger.importers.the_ledger import read_the_ledger
from ledger.importers.the_ledger_files import GOES_TO, LEFT_OUT

DAY = Run(date(2026, 11, 22))
THREAD = "---\nid: water\ntitle: Water\nsummary: What it is for.\n---\n"
ACTOR = "id: ann\nname: Ann Gull\ntype: person\n"
DISPUTE = """---
id: tides
title: Do tides matter
thread: water
status: ongoing
polarity: binary
last_updated: 2021-05-06
positions:
  - claim: They do.
    proponents: [ann, bo]
    confidence: high
    sources:
      - url: https://arxiv.org/abs/2001.08361
        title: On tides
        type: paper
        confidence: high
      - url: https://a.example.org/x
        title: News of tides
        type: news
  - claim: They do not.
    sources:
      - url: http://www.a.example.org/x/
        title: Other news
        type: news
---

Before.

## Context

Long ago. ![A map](https://a.example.org/map.png) and [home](/index) [[wiki]].

## Key Tensions

**Near or far:** both.

**Old or new:** neither.

## Status

Open.

## More

End.
"""


def read(**files: str) -> Imported:
    return read_the_ledger([ForeignFile(f"old/{path}", text.encode()) for path, text in sorted(files.items())], DAY)


def plan(files: dict[str, str], content: Iterable[TextFile] = ()) -> Plan:
    return make_plan(read(**files), [TextFile("site.yml", SITE), *content])


WHOLE = {"threads/water.md": THREAD, "actors/ann.yml": ACTOR, "controversies/tides.md": DISPUTE}


def made(files: dict[str, str] = WHOLE) -> dict[str, str]:
    return {file.path: file.data.decode() for file in plan(files).files}


def test_positions_are_lettered_by_order_and_imply_claims_and_stances():
    ledger = ledger_of(made())
    first = ledger.records["tides-a"].fields
    assert (first.letter, first.statement, first.rests_on) == ("A", "They do.", ("tides-a-claim",))
    claim = ledger.records["tides-a-claim"].fields
    assert [(item.id, item.source, item.relation) for item in claim.evidence] == [
        ("e1", "on-tides", "supports"),
        ("e2", "news-of-tides", "supports"),
    ]
    (stance,) = ledger.records["ann"].fields.stances
    assert (stance.position, stance.stance, stance.inferred) == ("tides-a", "holds", True)
    assert {attested.source for attested in stance.attested} == {"on-tides", "news-of-tides"}


def test_the_body_is_taken_apart():
    fields = ledger_of(made()).records["tides"].fields
    assert [(t.id, t.title, t.text) for t in fields.tensions] == [
        ("near-or-far", "Near or far", "both."),
        ("old-or-new", "Old or new", "neither."),
    ]
    assert (fields.status_note.text, str(fields.status_note.date)) == ("Open.", "2021-05-06")
    assert fields.body == (
        "Before.\n\nLong ago. [A map](https://a.example.org/map.png) and home \\[[wiki]].\n\n## More\n\nEnd.\n"
    )
    assert (fields.question, fields.status, fields.thread) == ("Do tides matter?", "active", "water")


def test_a_source_with_another_title_is_one_source_and_a_reported_conflict():
    skipped = [outcome for outcome in plan(WHOLE).outcomes if outcome.result == "skipped"]
    assert [(o.id, o.where) for o in skipped] == [("news-of-tides", "old/controversies/tides.md:22")]
    assert "`title` is 'News of tides' in old/controversies/tides.md:17 and 'Other news' in old/" in skipped[0].why
    assert "news-of-tides" in made()["claims/tides-b-claim.yml"]


def test_an_unregistered_proponent_is_reported_and_kept_for_editors():
    found = plan(WHOLE)
    assert [gap.value for gap in found.gaps if gap.what == "unregistered proponents"] == ["bo"]
    assert [(p.span.line, p.span.column) for p in found.problems] == [(10, 23)]
    assert "Proponents without a record when it was imported: bo." in made()["positions/tides-a.md"]


def test_importing_again_changes_nothing():
    first = plan(WHOLE)
    content = [TextFile(file.path, file.data.decode()) for file in first.files]
    again = plan(WHOLE, content)
    assert again.files == ()
    assert Counter(outcome.result for outcome in again.outcomes) == {"unchanged": 9, "skipped": 1}


@pytest.mark.parametrize(
    ("path", "text", "message", "place"),
    [
        ("actors/x.yml", "id: x\nname: [\n", "", None),
        ("actors/x.yml", "id: x\nname: X\nname: Y\n", "`name` is given twice", (3, 1)),
        ("actors/x.yml", "id: x\nname: &a X\n", "anchors", (2, 7)),
        ("actors/x.yml", "id: ann\nname: X\n", "the id 'ann' is taken by old/actors/ann.yml", (1, 5)),
        ("actors/x.yml", "id: x\ntype: person\n", "an actor needs a name", (1, 1)),
        ("actors/x.yml", "id: x\nname: X\ntype: wizard\n", "`type` cannot be 'wizard'", (3, 7)),
        ("actors/x.yml", "id: x\nname: X\nnmae: Y\n", "there is no field `nmae` here", (3, 7)),
        ("actors/x.yml", "id: x\nname: X\nwebsite: javascript:x\n", "is not a web address", (3, 10)),
        ("events/2020/x.md", "---\nid: x\ntitle: X\ndate: soon\n---\n", "'soon' is not a date", (4, 7)),
        ("events/2020/x.md", "---\nid: x\ntitle: X\n", "the front matter is never closed", (1, 1)),
        ("threads/x.md", "---\ntitle: [a]\n---\n", "`title` should be text", (2, 8)),
        ("controversies/x.md", "---\ntitle: X?\npositions: A\n---\n", "", None),
    ],
)
def test_a_fault_is_told_at_its_place_and_the_rest_comes_in(path: str, text: str, message: str, place: tuple | None):
    found = plan({"actors/ann.yml": ACTOR, path: text})
    assert "proponents/ann.yml" in {file.path for file in found.files}
    fitting = [p for p in found.problems if message in p.message and p.span.path == f"old/{path}"]
    assert fitting or message == ""
    assert place is None or (fitting[0].span.line, fitting[0].span.column) == place


def test_a_path_as_an_id_stays_inside():
    found = plan({"actors/ann.yml": "id: ../../etc/passwd\nname: Ann\ntype: person\n"})
    assert [file.path for file in found.files] == ["proponents/etc-passwd.yml"]
    assert [gap.value for gap in found.gaps if gap.what == "id"] == ["../../etc/passwd → etc-passwd"]


def test_one_id_in_two_folders_becomes_two_ids_also_the_second_time():
    files = {"actors/water.yml": "id: water\nname: Water Board\ntype: agency\n", "threads/water.md": THREAD}
    first = plan(files)
    assert [file.path for file in first.files] == ["threads/water.md", "proponents/water-2.yml"]
    again = plan(files, [TextFile(file.path, file.data.decode()) for file in first.files])
    assert [outcome.result for outcome in again.outcomes] == ["unchanged", "unchanged"]


# Every field, by construction

SAMPLES = {
    "controversies": "---\nid: tides\ntitle: Do tides?\n{field}\npositions:\n  - claim: Yes.\n  - claim: No.\n---\n",
    "position": "---\nid: tides\ntitle: Tides?\npositions:\n  - claim: Yes.\n    {field}\n  - claim: No.\n---\n",
    "source": "---\nid: x\ntitle: X\ndate: 2020\nsources:\n  - title: T\n    {field}\n---\n",
    "events": "---\nid: x\ntitle: X\ndate: 2020\n{field}\nsources:\n  - title: T\n---\n",
    "event actor": "---\nid: x\ntitle: X\ndate: 2020\nactors:\n  - id: ann\n    {field}\nsources:\n  - title: T\n---\n",
    "threads": "---\nid: water\ntitle: Water\n{field}\n---\n",
    "actors": "id: zoe\nname: Zoe\n{field}\n",
}
CHANGES = {
    ("controversies", "id"): ("id: tides", "id: waves"), ("controversies", "title"): ("Do tides", "Do waves"),
    ("controversies", "positions"): ("claim: No.", "claim: Perhaps."),
    ("position", "claim"): ("claim: No.", "claim: Perhaps."),
    ("source", "title"): ("title: T\n", "title: U\n"), ("events", "id"): ("id: x", "id: y"),
    ("events", "title"): ("title: X", "title: Y"),
    ("events", "date"): ("2020", "2021"), ("events", "sources"): ("title: T\n", "title: U\n"),
    ("event actor", "id"): ("id: ann", "id: ghost"), ("threads", "id"): ("id: water", "id: wet"),
    ("threads", "title"): ("title: Water", "title: Wet"), ("actors", "id"): ("id: zoe", "id: zora"),
    ("actors", "name"): ("Zoe", "Zora"),
}  # fmt: skip
"""Fields that every sample has, and what is put in the place of each."""
FILES = {"position": "controversies", "source": "events", "event actor": "events"}
VALUES = {"thread": "water", "status": "dormant", "polarity": "binary", "last_updated": "2021-05-06",
          "proponents": "[ghost]",
          "type": "report", "date": "2021", "category": "policy", "actors": "[ghost]", "tags": "[wet]",
          "threads": "[ghost]",
          "url": "https://a.example.org/z", "website": "https://z.example.org/", "aliases": "[Zed]",
          "sources": "[https://a.example.org/q]", "summary": "Words."}  # fmt: skip
ALL = [(part, name) for table in (GOES_TO, LEFT_OUT) for part in table for name in (*table[part], "unheard-of")]


@pytest.mark.parametrize(("part", "name"), sorted(set(ALL)))
def test_every_field_of_the_format_is_imported_or_reported(part: str, name: str):
    """With and without the field: the files or the gaps are others, so nothing vanishes."""
    value = {"actors": "person"}.get(part, "report") if name == "type" else VALUES.get(name, "Zebra")
    folder = FILES.get(part, part)
    path = f"{folder}/x.{'yml' if folder == 'actors' else 'md'}"
    others = {"actors/ann.yml": ACTOR, "threads/sea.md": THREAD.replace("id: water", "id: sea")}
    others |= {"threads/water.md": THREAD} if part != "threads" else {}
    without = re.sub(r" *\{field\}\n", "", SAMPLES[part])
    changed = without.replace(*CHANGES[part, name]) if (part, name) in CHANGES else ""
    changed = changed or SAMPLES[part].replace("{field}", f"{name}: {value}")
    before, after = plan({**others, path: without}), plan({**others, path: changed})
    assert (before.problems, len(before.files) > len(others)) == ((), True)
    if name in LEFT_OUT.get(part, {}) or name == "unheard-of":
        assert (f"{part}.{name}", value) in {(gap.what, gap.value) for gap in after.gaps}
    else:
        told = (
            {(file.path, file.data) for file in p.files} | {(gap.what, gap.value) for gap in p.gaps}
            for p in (before, after)
        )
        assert next(told) != next(told)


# A large one


def test_a_hundred_events_and_actors_and_five_controversies_become_a_site_that_builds(tmp_path: Path):
    invented = Invented(controversies=5, events=60, actors=40)
    content = tmp_path / "content"
    content.mkdir()
    (content / "site.yml").write_text(SITE, encoding="utf-8")
    found = run_import("the-ledger", [invented.write(tmp_path / "old")], content, DAY)
    assert found.read == invented.records
    assert reporting.summary(found, dry=False).startswith(f"read {invented.records:,} = created ")
    counts = {what: len(gaps) for what, _, gaps in reporting.groups(found)}
    assert counts["unregistered proponents"] == invented.unregistered
    assert counts["controversies.mood"] == invented.unknown_fields
    assert counts["source.confidence"] == invented.mentions
    assert "actors.founded" not in counts
    assert counts["events.significance"] == counts["events.regions"] == counts["event actor.role"] == 60
    report = engine.build(Options(content=content, output=tmp_path / "site", cache=False, bytecode=COMPILED))
    assert (report.published, [p for p in report.problems if p.level == "error"]) == (True, [])
    assert report.records == len(found.files) + 1


def test_the_command_reads_a_folder_and_not_what_is_linked_into_it(tmp_path: Path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yml").write_text(SITE, encoding="utf-8")
    (tmp_path / "old/actors").mkdir(parents=True)
    (tmp_path / "old/actors/ann.yml").write_text(ACTOR, encoding="utf-8")
    (tmp_path / "old/actors/passwd.yml").symlink_to("/etc/passwd")
    (tmp_path / "old/actors/notes.txt").write_text("x", encoding="utf-8")
    done = run("import", "the-ledger", "old", cwd=tmp_path)
    assert done.returncode == 1
    assert (
        "old/actors/passwd.yml:1:1: error[import]: cannot be read: a link or a device: it was not opened" in done.stdout
    )
    assert "read 2 = created 1 + unchanged 0 + skipped 1 (a link or a device: 1)" in done.stdout
    assert "other files: no record of this format: not read (1)" in done.stdout


def test_the_documentation_names_every_field_and_where_it_goes():
    text = (ROOT / "docs/importing.md").read_text(encoding="utf-8")
    rows = [(part, name, to) for part, table in GOES_TO.items() for name, to in table.items()]
    rows += [(part, name, f"reported: {why}") for part, table in LEFT_OUT.items() for name, why in table.items()]
    assert [row for row in rows if "| {} | `{}` | {} |".format(*row) not in text] == []
