"""`ledger.sqlite` holds what the records say, joins without a loose end, and is the same bytes for the same records."""

import json
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from making import (
    CLAIM,
    CONTENTS,
    EVIDENCE,
    FLAGSHIP,
    PATIENCE,
    ROOT,
    SMALL,
    SOURCE,
    data_of,
    ledger_at,
    ledger_of,
    tree,
)

from ledger import cli
from ledger.analysis import analyse
from ledger.analysis.ratings import EDITORS
from ledger.exports import sqlite_file
from ledger.exports.sqlite_file import VIEWS, database
from ledger.exports.table_shapes import RENAMED, Cell, Table, own
from ledger.exports.tables import TABLES
from ledger.graph import Ledger
from ledger.records import KINDS


def files(ledger: Ledger) -> dict[str, bytes]:
    return data_of(ledger, "ledger.sqlite", "datasette.json")


@pytest.fixture(scope="module", params=CONTENTS)
def ledger(request: pytest.FixtureRequest) -> Ledger:
    return ledger_at(CONTENTS[request.param])


@pytest.fixture(scope="module")
def made(ledger: Ledger) -> dict[str, bytes]:
    return files(ledger)


@pytest.fixture(scope="module")
def opened(made: dict[str, bytes]) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(made["ledger.sqlite"])
        connection.execute("PRAGMA query_only = ON")
        yield connection


@pytest.fixture(scope="module")
def flagship() -> Iterator[sqlite3.Connection]:
    with closing(open_(ledger_at(FLAGSHIP))) as connection:
        yield connection


def open_(ledger: Ledger) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(files(ledger)["ledger.sqlite"])
    return connection


def one(connection: sqlite3.Connection, sql: str) -> Any:
    [[value]] = connection.execute(sql).fetchall()
    return value


# The file


def test_the_database_is_whole_and_no_key_points_nowhere(opened: sqlite3.Connection):
    assert one(opened, "PRAGMA integrity_check") == "ok"
    assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    assert one(opened, "SELECT count(*) FROM pragma_foreign_key_list('evidence')") == 4


def test_the_header_says_what_the_file_is(opened: sqlite3.Connection):
    said = [one(opened, f"PRAGMA {name}") for name in ("user_version", "page_size", "auto_vacuum", "freelist_count")]
    assert said == [1, 8192, 0, 0]
    assert one(opened, "PRAGMA application_id").to_bytes(4, "big") == b"LEDG"


def test_python_opens_it_for_reading_only(made: dict[str, bytes], ledger: Ledger, tmp_path: Path):
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(made["ledger.sqlite"])
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        assert one(connection, "SELECT count(*) FROM records") == len(ledger.records)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM tags")
    assert tree(tmp_path) == {"ledger.sqlite": made["ledger.sqlite"]}


@pytest.mark.needs("sqlite3")
def test_the_command_line_of_sqlite_opens_it_for_reading_only(made: dict[str, bytes], ledger: Ledger, tmp_path: Path):
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(made["ledger.sqlite"])
    asked = ["sqlite3", "-readonly", path, "PRAGMA integrity_check; SELECT count(*) FROM records;"]
    run = subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert run.stdout.split() == ["ok", str(len(ledger.records))]
    assert tree(tmp_path) == {"ledger.sqlite": made["ledger.sqlite"]}


def test_tables_are_strict_and_every_column_has_a_plain_name(opened: sqlite3.Connection):
    strict = dict(opened.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"))
    for table in TABLES:
        assert strict[table.name] == 1
        for column in table.columns:
            opened.execute(f"SELECT {column.name} FROM {table.name} LIMIT 1")
            assert column.name not in RENAMED or column.name == "id"
            assert re.fullmatch(r"[a-z][a-z_]*", column.name)
            assert column.description.strip()


def test_what_is_joined_is_found_by_an_index(opened: sqlite3.Connection):
    sql = "SELECT 1 FROM sources JOIN evidence ON evidence.source = sources.id WHERE sources.id = 'survey-1901'"
    plan = [row[3] for row in opened.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert [step for step in plan if step.startswith("SCAN")] == []


# What it says


def test_every_record_and_every_part_has_a_row(opened: sqlite3.Connection, ledger: Ledger):
    assert [row[0] for row in opened.execute("SELECT id FROM records ORDER BY number")] == list(ledger.records)
    for kind in KINDS:
        ids = [row[0] for row in opened.execute(f"SELECT id FROM {kind.folder} ORDER BY id")]
        assert ids == [record.id for record in ledger.of_kind(kind.name)]
    evidence = {f"{r.id}/{item.id}": item.shows for r in ledger.of_kind("claim") for item in r.fields.evidence}
    assert dict(opened.execute("SELECT id, shows FROM evidence")) == evidence
    attested = sum(len(s.attested) for r in ledger.of_kind("proponent") for s in r.fields.stances)
    assert one(opened, "SELECT count(*) FROM attestations") == attested
    rated = sum(len(r.fields.assessments) for kind in ("claim", "position") for r in ledger.of_kind(kind))
    assert one(opened, "SELECT count(*) FROM assessments WHERE part IS NULL") == rated


def test_the_graph_is_there_edge_by_edge(opened: sqlite3.Connection, ledger: Ledger):
    edges = [(edge.start, edge.target, edge.name, ".".join(map(str, edge.path))) for edge in ledger.all_edges()]
    assert sorted(opened.execute("SELECT source, target, type, field FROM relations")) == sorted(edges)
    nodes = [node for id_ in ledger.records for node in ledger.nodes_of(id_)]
    assert dict(opened.execute("SELECT id, kind FROM nodes")) == {node: ledger.node_kind(node) for node in nodes}


def test_a_claim_has_the_editors_word_and_what_the_analysis_says(opened: sqlite3.Connection, ledger: Ledger):
    """A verdict is both ends of its range; a claim that was withdrawn has only the editors' word."""
    ratings, kinds = analyse(ledger).ratings, set()
    columns = "rating, verdict, verdict_low, verdict_high, not_rated_because, works, teams"
    for id_, rating, verdict, low, high, why, works, teams in opened.execute(f"SELECT id, {columns} FROM claims"):
        assessments, found = ledger.records[id_].fields.assessments, ratings.get(id_)
        assert rating == (assessments[-1].rating if assessments else None)
        if found:
            assert (verdict, low, high) == (found.verdict, *(found.range or (found.verdict, found.verdict)))
            assert (why, works, teams) == (found.not_rated, found.counts.works, found.counts.teams)
        kinds.add("verdict" if verdict else "range" if low else why)
    assert kinds >= {"verdict", "range", "no question of evidence"}


def test_ratings_and_verdicts_are_on_scales_of_the_same_length(opened: sqlite3.Connection):
    found = opened.execute("SELECT ratings.id, verdicts.id FROM ratings JOIN verdicts USING (rank) ORDER BY rank")
    assert found.fetchall() == list(EDITORS.items())


def test_a_hit_stands_with_the_search_that_found_it():
    searches = """
searches:
  - {date: 2024, by: ann, side: for, for: F, where: [W], found: 1, hits: [{source: old, became: x/e1}]}
  - {date: 2024, by: ann, side: against, for: F, where: [W], found: 2,
     hits: [{source: s, became: dropped, why: No.}, {source: s, became: x/e2}]}
"""
    source = SOURCE + "former_ids: [old]\n"
    with closing(
        open_(ledger_of({"claims/x.yml": CLAIM + EVIDENCE + searches, "sources/s.yml": source}))
    ) as connection:
        assert connection.execute("SELECT record, number, search, source, became, why FROM hits").fetchall() == [
            ("x", 1, 1, "s", "x/e1", None),
            ("x", 2, 2, "s", "dropped", "No."),
            ("x", 3, 2, "s", "x/e2", None),
        ]


def test_a_row_of_every_sort_of_value():
    quantity = "quantity: {measure: M, value: -1.50, as_of: 2020/..}, about_rival: y"
    claim = CLAIM + EVIDENCE.replace("}", f", {quantity}}}", 1)
    source = SOURCE + "first_hand: false\ncsl: {genre: Note}\nformer_ids: [old]\n"
    records = {
        "claims/x.yml": claim.replace("source: s", "source: old"),
        "claims/y.yml": CLAIM,
        "sources/s.yml": source,
    }
    with closing(open_(ledger_of(records))) as connection:
        row = connection.execute(
            "SELECT id, claim, number, source, quantity_value, quantity_as_of, quantity_as_of_earliest, "
            "quantity_as_of_latest, about_rival, quote FROM evidence"
        ).fetchone()
        beginning = ("x/e1", "x", 1, "s")
        assert connection.execute("SELECT record, url FROM nodes WHERE id = 'x/e1'").fetchall() == [
            ("x", "claims/x.html#e1")
        ]
        assert row == (*beginning, -1.5, "2020/..", "2020-01-01", None, "y", None)
        row = connection.execute("SELECT authors, derived_from, first_hand, et_al, csl, label FROM sources").fetchone()
        assert row == ("unknown", "unknown", 0, None, '{"genre":"Note"}', "Unknown author 1999")
        assert connection.execute("SELECT record, former_id FROM former_ids").fetchall() == [("s", "old")]


def test_a_list_that_is_empty_is_not_one_that_is_unknown():
    later = SOURCE.replace("derived_from: unknown", "derived_from: [{source: s, how: reports}]")
    first = SOURCE.replace("derived_from: unknown", "derived_from: []")
    with closing(
        open_(ledger_of({"sources/s.yml": first, "sources/t.yml": later, "sources/u.yml": SOURCE}))
    ) as connection:
        assert connection.execute("SELECT id, derived_from FROM sources ORDER BY id").fetchall() == [
            ("s", "listed"),
            ("t", "listed"),
            ("u", "unknown"),
        ]
        assert connection.execute("SELECT source, number, target, how FROM derivations").fetchall() == [
            ("t", 1, "s", "reports")
        ]


def test_full_text_is_words_without_markup():
    body = "body: |\n  **Bold** words of [[s|that *map*]].\nscope: under [@s]\nnote: never shown\n"
    with closing(open_(ledger_of({"sources/s.yml": SOURCE, "claims/x.yml": CLAIM + EVIDENCE + body}))) as connection:
        text = one(connection, "SELECT text FROM full_text JOIN records ON number = full_text.rowid WHERE id = 'x'")
        assert text.split("\n") == ["under Unknown author 1999", "A gap.", "Bold words of that *map*."]
        for words in ("bold AND gap", '"under Unknown author 1999" AND "A gap" AND "Bold words of that map"'):
            assert found(connection, words) == ["x"]
        excerpt = "SELECT snippet(full_text, 1, '<', '>', '…', 3) FROM full_text WHERE full_text MATCH 'gap'"
        assert "<gap>" in one(connection, excerpt)
        assert [found(connection, word) for word in ("never", "s")] == [[], []]


def found(connection: sqlite3.Connection, words: str) -> list[str]:
    sql = "SELECT id FROM full_text JOIN records ON number = full_text.rowid WHERE full_text MATCH ?"
    return [id_ for (id_,) in connection.execute(sql, [words])]


def test_neither_a_draft_nor_a_note_is_in_it():
    made = files(ledger_at(SMALL))
    assert [path for path, data in made.items() if b"The bell is late" in data or b"raw sheets" in data] == []


def test_views_answer_as_the_records_do(opened: sqlite3.Connection, ledger: Ledger):
    for view in VIEWS:
        columns = [row[0] for row in opened.execute(f"SELECT * FROM {view.name}").description]
        assert set(view.facets) < set(columns)
        assert one(opened, f"SELECT count(*) FROM {view.name}") > 0
    standing = [record for record in ledger.of_kind("claim") if not record.fields.withdrawn]
    counts = {
        record.id: tuple(
            sum(item.relation == word for item in record.fields.evidence) for word in ("supports", "disputes")
        )
        for record in standing
    }
    found = opened.execute("SELECT id, supporting, disputing FROM rated_claims")
    assert {id_: tuple(sides) for id_, *sides in found} == counts


# What SQLite may lack


class Without(sqlite3.Connection):
    """A connection to an SQLite without FTS5."""

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        assert "fts5(" not in sql
        return super().execute(sql.replace("'fts5'", "'no such module'"), *values)


def test_without_fts5_the_full_text_is_left_out_and_the_build_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite_file.sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=Without))
    output = tmp_path / "site"
    assert cli.main(["build", "--content", str(SMALL), "--output", str(output)]) == cli.BUILT
    assert "ledger.sqlite has no table `full_text`" in capsys.readouterr().err
    with closing(connect(output / "ledger.sqlite")) as connection:
        assert one(connection, "SELECT count(*) FROM sqlite_master WHERE name LIKE 'full_text%'") == 0
        assert one(connection, "PRAGMA integrity_check") == "ok"


def test_nothing_is_said_when_nothing_is_left_out():
    assert list(sqlite_file.lacks()) == []


def test_an_older_sqlite_gets_tables_that_are_not_strict(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sqlite_file.sqlite3, "sqlite_version_info", (3, 36, 0))
    assert sqlite_file.create_table(TABLES[0]).endswith("\n)")


def test_a_value_of_the_wrong_type_is_a_bug_that_is_not_hidden(tmp_path: Path):
    def cell(_: Any, row: Cell) -> Cell:
        return row

    table = Table("t", "A table.", (own("id", "a number", cell, type="integer"),))
    with pytest.raises(sqlite3.Error):
        database(tmp_path / "t.sqlite", [(table, [["words"]])], [table])


# Datasette


def test_datasette_is_told_of_tables_and_columns_that_are_there(opened: sqlite3.Connection, made: dict[str, bytes]):
    told = json.loads(made["datasette.json"])
    there = {row[0] for row in opened.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    tables = told["databases"]["ledger"]["tables"]
    assert {table.name for table in TABLES} | {view.name for view in VIEWS} == set(tables) <= there
    for name, said in tables.items():
        columns = [row[0] for row in opened.execute(f"SELECT * FROM {name} LIMIT 1").description]
        named = {said[key] for key in ("label_column", "sort", "sort_desc", "fts_pk") if key in said}
        assert {*named, *said.get("facets", ()), *said.get("columns", ())} <= set(columns)
    assert tables["records"]["fts_table"] == "full_text"
    assert tables["claims"]["facets"] == ["type", "rating", "verdict", "direction"]


def test_no_table_is_hidden_as_a_part_of_the_search():
    """Datasette hides whatever begins with the name of a full-text table."""
    assert [table.name for table in TABLES if table.name.startswith("full_text")] == []


# The page about it


def examples() -> list[str]:
    text = (ROOT / "docs/data.md").read_text(encoding="utf-8")
    return re.findall(r"^```sql\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("sql", examples())
def test_questions_of_the_documentation_have_answers(sql: str, flagship: sqlite3.Connection):
    assert flagship.execute(sql).fetchall() != []


@pytest.mark.content
def test_an_answer_of_the_documentation_is_the_graphs_own(flagship: sqlite3.Connection):
    [sql] = [sql for sql in examples() if "RECURSIVE" in sql]
    ledger = ledger_at(FLAGSHIP)
    behind = {
        source.id: {item.source for item in source.fields.derived_from if source.fields.derived_from != "unknown"}
        for source in ledger.of_kind("source")
        if source.fields.derived_from != "unknown"
    }
    for source, works in flagship.execute(sql):
        found, waiting = set(), [source]
        while waiting:
            new = behind.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        assert works == len(found)


def test_all_of_it_is_said_to_come_from_the_pages_that_are_published(opened: sqlite3.Connection, ledger: Ledger):
    assert one(opened, "SELECT value FROM about WHERE id = 'as_of'") == ledger.as_of.isoformat()
    assert one(opened, "SELECT value FROM about WHERE id = 'tables'") == str(one(opened, "PRAGMA user_version"))
