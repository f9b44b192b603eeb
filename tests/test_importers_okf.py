"""Bundles of the Open Knowledge Format: what comes in, what is said of the rest, and archives made to do harm."""

import io
import stat
import zipfile
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from making import SITE, ledger_of, run_here

from ledger.importers import okf
from ledger.importers.drafts import ForeignFile, Imported, Run
from ledger.importers.okf import read_okf, read_okf_folder
from ledger.importers.planning import make_plan

RUN = Run(date(2026, 11, 30))
BUNDLE = {
    "index.md": '---\nokf_version: "0.2"\n---\n\n# Claims\n\n* [Tides](claims/tides-rise.md) - They rise.\n',
    "log.md": "# Log\n\n## 2026-05-22\n* **Creation**: All.\n",
    "claims/tides-rise.md": "---\ntype: Claim\ntitle: Tides rise twice a day.\n"
    "tags: [sea, 'two words']\nstatus: draft\n"
    "verified: {by: human:ann, at: 2026-06-25T09:00:00Z}\nstale_after: 2027-01-01\nsources:\n"
    "  - {id: tables, resource: 'https://a.example.org/tables', title: Tide tables, author: team:harbour,"
    " last_modified: 2025-03-04, usage_count: 12}\n"
    "  - resource: /references/survey.md\n  - resource: all notes in the box\n---\n\n"
    "They do.[^tables] See [the harbour](/places/harbour.md) and ![a map](https://a.example.org/map.png).\n\n"
    "[^tables]: Tide tables\n",
    "claims/bare.md": "---\ntype: claim\n---\nNothing more.\n",
    "references/survey.md": "---\ntype: Reference\ntitle: A survey\nresource: https://a.example.org/survey\n"
    "description: Of the sea.\n---\n\n# Schema\n\nText.\n",
    "places/harbour.md": "---\ntype: Place\ntitle: The harbour\ndescription: Where ships lie.\nowner: The town\n"
    "sources: ['https://a.example.org/tables']\n---\n\nA [[wiki]] of ships.\n",
    "terms/neap.md": "---\ntype: Term\ntitle: neap tide\ndescription: A low tide.\n---\n",
    "people/ann.md": "---\ntype: Person\ntitle: Ann Gull\ndescription: Of the board.\n---\n",
    "threads/sea.md": "---\ntype: Thread\ntitle: The sea\n---\n",
    "controversies/tides.md": "---\ntype: Controversy\ntitle: Do tides matter\n---\n",
    "positions/tides-a.md": "---\ntype: Position\ntitle: They do.\n---\n",
    "positions/tides-b.md": "---\ntype: Position\ntitle: They do not.\n---\n",
    "positions/odd.md": "---\ntype: Position\ntitle: Odd.\n---\n",
    "notes/plain.md": "Only words.\n",
    "notes/typeless.md": "---\ntitle: None\n---\n",
}


def of(bundle: dict[str, str]) -> Imported:
    return read_okf_folder("sea", [ForeignFile(f"sea/{path}", text.encode()) for path, text in bundle.items()], RUN)


def zipped(files: dict[str | zipfile.ZipInfo, bytes], top: str = "") -> ForeignFile:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name if isinstance(name, zipfile.ZipInfo) else top + name, text)
    return ForeignFile("sea.zip", data.getvalue())


def test_concepts_come_in_by_their_type_and_all_else_as_pages():
    plan = make_plan(of(BUNDLE), [])
    made = {file.path: file.data.decode() for file in plan.files}
    assert sorted(made) == [
        "claims/bare.yml", "claims/tides-rise.yml", "controversies/tides.md", "pages/harbour.md", "pages/odd.md",
        "positions/tides-a.md", "positions/tides-b.md", "proponents/ann.yml", "sources/harbour-2025.yml",
        "sources/sea-a-bundle-of.yml", "sources/survey.yml", "terms/neap.yml", "threads/sea.md",
    ]  # fmt: skip
    assert all("draft: true" in text for text in made.values())
    claim = made["claims/tides-rise.yml"]
    assert "statement: Tides rise twice a day.\ntype: empirical\n" in claim
    assert "source: harbour-2025\n    relation: mentions" in claim
    assert "source: survey\n    relation: mentions" in claim
    assert "They do. See the harbour and [a map](https://a.example.org/map.png)." in claim
    assert 'note: "verified: {\\"by\\": \\"human:ann\\"' in claim
    assert "source: sea-a-bundle-of" in made["claims/bare.yml"]
    assert "authors:\n  - literal: harbour\nissued: 2025-03-04" in made["sources/harbour-2025.yml"]
    assert "controversy: tides\nletter: A\nstatement: They do.\n" in made["positions/tides-a.md"]
    assert "question: Do tides matter?\n" in made["controversies/tides.md"]
    page = made["pages/harbour.md"]
    assert "Where ships lie.\n\nA \\[[wiki]] of ships.\n\n## Sources\n\n- [https://a.example.org/tables](<" in page
    assert "owner: The town" in page


def test_what_is_not_taken_over_is_said():
    made = of(BUNDLE)
    assert {outcome.where: outcome.why for outcome in made.refused} == dict.fromkeys(
        ("sea/notes/plain.md", "sea/notes/typeless.md"), "it has no front matter in YAML with a `type`"
    )
    told = {(gap.what, gap.where.partition("/")[2], gap.value) for gap in made.gaps}
    assert {
        ("sources", "claims/tides-rise.md", "all notes in the box"),
        ("sources.usage_count", "claims/tides-rise.md", "12"),
        ("footnotes", "claims/tides-rise.md", "Tides rise twice a day."),
        ("stale_after", "claims/tides-rise.md", "2027-01-01"),
        ("status", "claims/tides-rise.md", "draft"),
        ("type: place", "places/harbour.md", "The harbour"),
        ("owner", "places/harbour.md", "The town"),
        ("a position", "positions/odd.md", "Odd."),
        ("index.md and log.md", "log.md", ""),
    } <= told


OWN = {
    "claims/long.md": '---\ntype: "Claim"\ntitle: "A very …"\ngenerated: {"by": "process:ledger-kb"}\nsources:\n'
    '- {"id": "old", "resource": "/sources/old.md", "title": "Old"}\n---\n\nFor programs.\n'
    "\n# A very long \\*claim\\*\n",
    "sources/old.md": '---\ntype: "Source"\ntitle: "Old"\ngenerated: {"by": "process:ledger-kb"}\n---\n\n# Old\n',
    "claims/long/2.md": '---\ntype: "Claim"\ntitle: "More"\n---\n',
    "statistics.md": '---\ntype: "Overview"\ntitle: "Statistics"\n---\n',
    "events/flood.md": '---\ntype: "Event"\ntitle: "Flood"\ngenerated: {"by": "process:ledger-kb"}\n---\n',
}


def test_what_ledger_writes_comes_back_with_its_ids_and_whole_titles():
    made = of(OWN)
    assert [(draft.kind, draft.wish, draft.is_named) for draft in made.drafts] == [
        ("source", "old", True), ("claim", "long", False),
    ]  # fmt: skip
    claim = made.drafts[1].fields
    assert claim["statement"] == "A very long *claim*"
    assert "body" not in claim
    assert [(one.where, one.why) for one in made.refused] == [
        ("sea/events/flood.md", "the format has no word for the day of an event")
    ]
    assert "pages that Ledger makes of records" in {gap.what for gap in made.gaps}


def test_an_archive_is_read_as_its_folder_is(tmp_path: Path):
    for name, text in BUNDLE.items():
        (tmp_path / "sea" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "sea" / name).write_text(text)
    (tmp_path / "sea/picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yml").write_text(SITE)
    first = run_here("import", "okf", tmp_path / "sea", "--content", tmp_path / "content")
    assert "read 13 = created 11 + unchanged 0 + skipped 2" in first.stdout
    archive = zipped({name: text.encode() for name, text in BUNDLE.items()}, "sea/")
    (tmp_path / "sea.zip").write_bytes(archive.data)
    again = run_here("import", "okf", tmp_path / "sea.zip", "--content", tmp_path / "content")
    assert "read 13 = created 0 + unchanged 11 + skipped 2" in again.stdout
    unnamed = run_here("import", tmp_path / "sea.zip", "--content", tmp_path / "content")
    assert "ledger import okf FILE" in unnamed.stdout + unnamed.stderr


def _link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("link.md")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


GOOD = b"---\ntype: Term\ntitle: t\ndescription: A word.\n---\n"


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({"../out.md": GOOD}, "its path leads out of the archive"),
        ({"/etc/out.md": GOOD}, "its path leads out of the archive"),
        ({"a/../../out.md": GOOD}, "its path leads out of the archive"),
        ({"a\\..\\out.md": GOOD}, "its path leads out of the archive"),
        ({"c:/out.md": GOOD}, "its path leads out of the archive"),
        ({_link(): b"/etc/passwd"}, "a link"),
        ({"bomb.md": b" " * 1_001}, "too large"),
        ({f"{at}.md": b"" for at in range(11)}, "too large"),
        ({f"{at}.txt": bytes(1_000) for at in range(4)}, "too large"),
    ],
    ids=lambda one: one if isinstance(one, str) else str(next(iter(one)))[:20] or "link",
)
def test_an_archive_that_is_made_to_do_harm_is_refused(
    files: dict[str | zipfile.ZipInfo, bytes], why: str, monkeypatch
):
    for name, limit in (("LARGEST", 1_000), ("MOST_FILES", 10), ("MOST_BYTES", 3_000)):
        monkeypatch.setattr(okf, name, limit)
    made = read_okf(zipped(files), RUN)
    assert {outcome.why for outcome in made.refused} == {why}
    assert made.drafts == []


@pytest.mark.parametrize("data", [b"PK\x03\x04 no", b"", zipped({"a.md": GOOD}).data[:60]], ids=["zip", "empty", "cut"])
def test_what_is_no_archive_is_said(data: bytes):
    made = read_okf(ForeignFile("sea.zip", data), RUN)
    assert [outcome.why for outcome in made.refused] == ["no zip archive that can be read"]


@pytest.mark.parametrize("piece", ["[^", "[^a]", "![", "[a](b", "# a…\n", "\\", "- {resource: a}\n"])
def test_the_time_to_read_a_bundle_grows_with_its_size(piece: str):
    def seconds(size: int) -> float:
        front = f"---\ntype: Claim\nsources:\n{piece * 400 if piece[0] == '-' else '- a'}\n---\n"
        bundle, start = {"a.md": front + piece * (size // len(piece))}, process_time()
        of(bundle)
        return process_time() - start

    assert seconds(60_000) < 10 * seconds(15_000) + 0.2


def test_many_positions_and_concepts_take_no_longer_each():
    def seconds(size: int) -> float:
        bundle = {f"p/d{at}-a.md": "---\ntype: Position\n---\n" for at in range(size)}
        bundle |= {f"c/d{at}.md": "---\ntype: Controversy\n---\n" for at in range(size)}
        start = process_time()
        of(bundle)
        return process_time() - start

    assert seconds(800) < 10 * seconds(200) + 0.2
    assert ledger_of({})
