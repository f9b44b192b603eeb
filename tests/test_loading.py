"""Files become records, or say why not."""

import pytest
from making import CLAIM, MEDIUM, SITE, SMALL, SOURCE, load

from ledger import files, loading
from ledger.diagnostics import Span
from ledger.documents import read_document
from ledger.engine.state import read_files
from ledger.files import TextFile
from ledger.loading import READING_CHECKS, RESERVED
from ledger.records import KINDS


def problems(path: str, text: str) -> list[tuple[str, int, int]]:
    _, found = loading.load_record(TextFile(path, text))
    return [(problem.check, problem.span.line, problem.span.column) for problem in found]


def test_the_folder_is_the_kind_and_the_name_is_the_id():
    loaded = load({"site.yml": SITE, "claims/x.yml": CLAIM, "sources/s.yml": SOURCE})
    assert {id_: record.kind.name for id_, record in loaded.records.items()} == {"s": "source", "x": "claim"}
    assert loaded.site is not None
    assert (loaded.count, loaded.problems) == (3, ())


@pytest.mark.parametrize("content", [SMALL, MEDIUM], ids=["small", "medium"])
def test_every_file_of_real_content_is_a_record(content):
    reading = files.read(content)
    loaded = loading.load_records(reading.files)
    assert (reading.problems, loaded.problems) == ([], ())
    assert loaded.count == len(reading.files)


def test_front_matter_and_yaml_give_the_same_record():
    whole = load({"claims/x.yml": CLAIM + "body: |\n  Text.\n\n  More.\n"}).records["x"]
    split = load({"claims/x.md": f"---\n{CLAIM}---\n\nText.\n\nMore.\n\n"}).records["x"]
    assert whole.fields == split.fields
    assert split.document.span(("body",)) == Span("claims/x.md", 6, 1, 8, 6)


def test_dashes_in_a_body_end_nothing():
    record = load({"pages/g.md": "---\ntitle: G\n---\n\nA\n\n---\n\nB\n"}).records["g"]
    assert record.fields.body == "A\n\n---\n\nB\n"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("claims/x.yml", "statement: S.\n", [("missing-field", 1, 1)]),
        ("claims/x.yml", "statement:\ntype: empirical\n", [("missing-field", 1, 1)]),
        ("claims/x.yml", CLAIM + "statment: S.\n", [("unknown-field", 3, 1)]),
        ("claims/x.yml", CLAIM + "scope: [a]\n", [("wrong-type", 3, 8)]),
        ("claims/x.yml", CLAIM + "tags: a\n", [("wrong-type", 3, 7)]),
        ("claims/x.yml", CLAIM + "resolution: a\n", [("wrong-type", 3, 13)]),
        ("claims/x.yml", CLAIM + "draft: yes\n", [("bad-value", 3, 8)]),
        ("claims/x.yml", CLAIM + "added: 2024-02-30\n", [("bad-date", 3, 8)]),
        ("claims/x.yml", CLAIM + "added: 2023/2024\n", [("bad-date", 3, 8)]),
        ("claims/x.yml", CLAIM + 'scope: " \u200b"\n', [("blank-text", 3, 8)]),
        ("claims/x.yml", CLAIM + f"scope: {'a' * 8001}\n", [("too-large", 3, 8)]),
        ("claims/x.yml", CLAIM + "former_ids: [A]\n", [("bad-id", 3, 14)]),
        ("sources/s.yml", SOURCE + "url: example.org\n", [("bad-url", 7, 6)]),
        ("sources/s.yml", SOURCE.replace("unknown", "Ann", 1), [("wrong-type", 3, 10)]),
        ("claims/Bad_Name.yml", CLAIM, [("bad-id", 1, 1)]),
        ("claims/con.yml", CLAIM, [("reserved-id", 1, 1)]),
        ("claims/x.yml", "# nothing\n", [("empty-record", 1, 1)]),
        ("pages/g.md", "title: G\n", [("front-matter", 1, 1)]),
        ("pages/g.md", "---\ntitle: G\n", [("front-matter", 1, 1)]),
        ("site.yml", "format: 2\ntitle: T\n", [("bad-value", 1, 9)]),
    ],
)
def test_a_problem_stands_where_it_was_made(path: str, text: str, expected: list[tuple[str, int, int]]):
    assert problems(path, text) == expected


def test_all_problems_of_a_file_come_at_once():
    found = problems("claims/x.yml", "type: emprical\nadded: never\nbears_on: [{position: p}]\nevidenc: []\n")
    assert sorted(found) == [
        ("bad-date", 2, 8),
        ("bad-value", 1, 7),
        ("missing-field", 1, 1),
        ("missing-field", 3, 12),
        ("unknown-field", 4, 1),
    ]


def test_what_reading_finds_is_listed_as_examined():
    written = "claims/x.yml", "statement: S.\n"
    assert {check for check, _, _ in problems(*written)} <= set(READING_CHECKS)


def test_a_file_with_an_error_gives_no_record_but_is_remembered():
    loaded = load({"claims/x.yml": CLAIM, "claims/y.yml": "statement: S.\n"})
    assert set(loaded.records) == {"x"}
    assert loaded.failed == {"claims/y.yml"}


def test_an_id_belongs_to_one_file_whatever_its_kind():
    loaded = load({"claims/x.yml": CLAIM, "sources/x.yml": SOURCE})
    (problem,) = loaded.problems
    assert (problem.check, problem.span.path) == ("duplicate-id", "sources/x.yml")
    assert "claims/x.yml" in problem.message
    assert loaded.records["x"].kind.name == "claim"
    assert loaded.count == 1


def test_a_former_id_is_taken_too():
    loaded = load({"claims/x.yml": CLAIM + "former_ids: [y]\n", "claims/y.yml": CLAIM})
    assert [problem.check for problem in loaded.problems] == ["duplicate-id"]


def test_a_snapshot_shares_the_id_of_its_source():
    snapshot = f"sha256: {'0' * 64}\ncaptured: 1999\n"
    loaded = load({"sources/s.yml": SOURCE, "snapshots/s.yml": snapshot})
    assert (set(loaded.records), set(loaded.snapshots), loaded.problems) == ({"s"}, {"s"}, ())


def test_names_that_a_file_system_or_the_site_needs_are_reserved():
    assert {"con", "nul", "com1", "lpt9", "index", "404"} <= RESERVED
    assert not {kind.folder for kind in KINDS} & RESERVED


def test_the_place_of_a_missing_field_is_that_of_what_it_is_missing_in():
    document, _ = read_document(TextFile("claims/x.yml", "a:\n  - b: c\n"))
    assert document is not None
    assert document.span(("a", 0, "d")) == Span("claims/x.yml", 2, 5, 2, 5)
    assert document.key_span(("a", 0, "d")) == Span("claims/x.yml", 2, 5, 2, 5)


def test_words_are_found_inside_a_field_as_often_as_asked():
    document, _ = read_document(TextFile("claims/x.yml", "a: x y x\nb: x\n"))
    assert document is not None
    assert document.inner_span(("a",), "x", 1) == Span("claims/x.yml", 1, 8, 1, 9)
    assert document.inner_span(("a",), "z") == document.span(("a",))


def test_fields_are_given_back_as_they_were_written_but_for_the_note():
    record = load({"claims/x.yml": CLAIM + "added: 1999~\nnote: N.\nsearches: []\ndraft: false\n"}).records["x"]
    assert record.authored() == {
        "statement": "It moves.",
        "type": "empirical",
        "added": "1999~",
        "searches": [],
        "draft": False,
    }


def test_a_file_is_parsed_once_though_its_record_and_what_is_stored_of_it_are_made_of_it(tmp_path, monkeypatch):
    parsed = []
    monkeypatch.setattr(loading, "read_document", lambda file: parsed.append(file.path) or read_document(file))
    read_files(tmp_path, [TextFile("sources/parsed-once.yml", SOURCE.replace("title: ", "title: Once, "))])
    assert parsed == ["sources/parsed-once.yml"]
