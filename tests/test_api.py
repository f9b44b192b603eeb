"""What `import ledger` offers: the documented names, and the examples of the documentation as they stand there."""

import re
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path

import networkx as nx
import pytest
from making import ROOT, SITE, SMALL, python

import ledger
from ledger import files, graph, loading
from ledger.analysis import analyse
from ledger.diagnostics import Span
from ledger.edges import EDGE_TYPES, RECORD
from ledger.files import TextFile
from ledger.graph import Ledger
from ledger.records import KINDS

PUBLIC = [
    *("Analysis", "Answer", "Challenge", "Chart", "Claim", "Controversy", "Diagnostic", "Event", "Level"),
    *(
        "LoadedLedger",
        "Page",
        "Position",
        "Proponent",
        "QueryError",
        "Record",
        "Source",
        "Span",
        "Term",
        "Thread",
        "load",
    ),
]
"""What programs build on. A name that goes from here, or changes its meaning, breaks them."""
PAGE = (ROOT / "docs/python.md").read_text(encoding="utf-8")
REPORT = "type: report\ntitle: {}\nauthors: unknown\nissued: {}\ntier: {}\nderived_from: {}\n"
CONTENT = {
    "site.yml": SITE,
    "claims/salt.yml": """\
statement: The wells are salt.
type: empirical
evidence: [{id: e1, source: log, relation: supports, shows: Salt., consulted: abstract}]
assessments: [{rating: medium, by: ann, date: 1904, why: Thin.}]
""",
    "claims/broken.yml": "statement: The wells are dry.\ntype: emprical\n",
    "sources/log.yml": REPORT.format("The log", "1902", "dataset", "[]"),
    "sources/copy.yml": REPORT.format("Copy", "1903", "reporting", "[{source: log, how: copies}]"),
    "sources/draft.yml": REPORT.format("Draft", "1903", "reporting", "unknown") + "draft: true\n",
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with one file that has an error."""
    for path, text in CONTENT.items():
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "content"


def test_the_public_names_are_these():
    assert ledger.__all__ == PUBLIC
    assert all(hasattr(ledger, name) for name in PUBLIC)
    assert not hasattr(ledger, "nothing_of_the_kind")


def test_no_public_name_is_that_of_a_module():
    modules = {path.stem for path in (ROOT / "ledger").iterdir()}
    assert modules & set(PUBLIC) == set()


def test_the_import_is_cheap():
    slow = ("networkx", "pydantic", "yaml", "jinja2", "markdown", "nh3", "rich")
    told = python("-c", f"import ledger, sys; print(sorted(set({slow}) & set(sys.modules)))")
    assert told.stdout == "[]\n"


def test_the_package_says_that_it_is_typed():
    assert (ROOT / "ledger/py.typed").is_file()


def test_records_are_typed_by_their_kind(content: Path):
    loaded = ledger.load(content)
    claims = loaded.of(ledger.Claim)
    assert [(id_, claim.statement, claim.evidence[0].source) for id_, claim in claims.items()] == [
        ("salt", "The wells are salt.", "log")
    ]
    assert list(loaded.records) == ["copy", "log", "salt"]
    assert isinstance(loaded.records["log"].fields, ledger.Source)


def test_the_graph_is_the_one_that_is_documented(content: Path):
    graph = ledger.load(content).graph
    assert isinstance(graph, nx.MultiDiGraph)
    assert [edge["type"] for edge in graph.get_edge_data("salt/e1", "log").values()] == ["shown_in"]


def test_what_is_wrong_is_a_value(content: Path):
    loaded = ledger.load(content)
    found = [(d.span.path, d.span.line, d.check) for d in loaded.diagnostics if d.level == ledger.Level.ERROR]
    assert found == [("claims/broken.yml", 2, "bad-value")]
    assert loaded.failed == {"claims/broken.yml"}


def test_checks_can_be_left_out(content: Path):
    quick, whole = ledger.load(content, check=False), ledger.load(content)
    assert {d.check for d in quick.diagnostics} == {"bad-value"}
    assert {d.check for d in quick.diagnostics} < {d.check for d in whole.diagnostics}


def test_drafts_can_be_kept(content: Path):
    assert "draft" not in ledger.load(content).records
    assert "draft" in ledger.load(content, drafts=True).records


def test_a_query_gives_ids_columns_and_rows(content: Path):
    answer = ledger.load(content).query("sources order by issued select id, issued, uses")
    assert answer == ledger.Answer(
        "source", ("log", "copy"), ("id", "issued", "uses"), (("log", "1902", 1), ("copy", "1903", 0))
    )


def test_a_query_that_cannot_be_answered_raises_what_is_wrong(content: Path):
    with pytest.raises(ledger.QueryError, match="did you mean `rating`") as caught:
        ledger.load(content).query("claims where ratng = low")
    assert (caught.value.problem.column, str(caught.value).splitlines()[2]) == (14, "               ^^^^^")


def test_the_analysis_can_be_asked_for(content: Path):
    [item] = ledger.load(content).analyse().ratings["salt"].items
    assert (item.work, item.grade) == ("log", "weak")


def test_a_missing_folder_raises():
    with pytest.raises(FileNotFoundError):
        ledger.load("no-such-folder")


# The documentation


def examples() -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def printed(example: str, cwd: Path) -> list[str]:
    """The lines that an example prints in a folder, where it complains of nothing."""
    out, err = StringIO(), StringIO()
    with chdir(cwd), redirect_stdout(out), redirect_stderr(err):
        exec(example, {"__name__": "__main__"})
    assert err.getvalue() == ""
    return out.getvalue().splitlines()


EXPECTED = (
    ["salt medium"],
    ["1 The log"],
    ["copy 0", "log 1"],
    [
        "claims/broken.yml:2: error: `type` cannot be 'emprical'",
        "3 records, 1 files with errors",
    ],
)


@pytest.mark.parametrize(("example", "expected"), [*zip(examples(), EXPECTED, strict=True)], ids=range(len(EXPECTED)))
def test_the_examples_run_as_they_stand(content: Path, example: str, expected: list[str]):
    assert [line for line in printed(example, content.parent) if ": warning: " not in line] == expected


@pytest.mark.parametrize("example", examples(), ids=range(len(EXPECTED)))
def test_the_examples_answer_about_other_ledgers_too(tmp_path: Path, example: str):
    (tmp_path / "content").symlink_to(SMALL, target_is_directory=True)
    printed(example, tmp_path)


def test_every_member_that_the_documentation_lists_is_there_and_no_other_is():
    listed = {name.partition("(")[0] for name in re.findall(r"^\| `([a-z]+(?:\([^`]*\))?)` \|", PAGE, re.MULTILINE)}
    members = {name for name in dir(ledger.LoadedLedger) if not name.startswith("_")}
    assert listed == members - {"lines", "ledger"}


# What is wrong raises nothing

WORLD = loading.load_records(files.read(SMALL).files)
ENDS = ("nobody", *(min(id_ for id_, r in WORLD.records.items() if r.kind is kind) for kind in KINDS), "clock-lags/e1")
"""An id that nothing has, one of each kind, and an item."""


def references() -> dict[str, Span]:
    """Kind and field of every sort of reference → a place in the small site where one stands."""
    found = {}
    world = graph.build_graph(WORLD)
    for edge in world.all_edges():
        field = re.sub("[.][0-9]+", "[]", ".".join(map(str, edge.path)))
        found[f"{WORLD.records[edge.owner].kind.name} {field}"] = world.span(edge)
    wanted = {f"{kind.name} {edge.field}" for edge in EDGE_TYPES for kind in KINDS if edge.kind in (kind.name, RECORD)}
    return {name: span for name, span in sorted(found.items()) if name in wanted}


def redirected(span: Span, end: str) -> Ledger:
    """The small site with one reference to something else."""
    (record,) = (record for record in WORLD.records.values() if record.path == span.path)
    lines = record.document.lines.text.splitlines(keepends=True)
    line = lines[span.line - 1]
    lines[span.line - 1] = line[: span.column - 1] + end + line[span.end_column - 1 :]
    changed, problems = loading.load_record(TextFile(span.path, "".join(lines)))
    assert changed is not None, problems
    return graph.build_graph(replace(WORLD, records={**WORLD.records, record.id: changed}))


@pytest.mark.parametrize("span", references().values(), ids=references())
def test_the_analysis_of_a_ledger_with_a_reference_to_nothing_or_to_the_wrong_thing_raises_nothing(span: Span):
    for end in ENDS:
        wrong = redirected(span, end)
        found = analyse(wrong)
        assert {claim.claim for source in wrong.members("source") for claim in found.if_retracted(source).claims} <= {
            *wrong.members("claim")
        }
        assert dict(found.fairness).keys() == dict(found.histories).keys()
