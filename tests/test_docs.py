"""The documentation is true: its tables are current, its links lead somewhere, its examples run."""

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import networkx as nx
import pytest
import yaml
from making import PATIENCE, ROOT

sys.path.insert(0, str(ROOT / "docs"))
import tables

import ledger
from ledger import checks, cli, loading, texts
from ledger.analysis import analyse
from ledger.analysis.ratings import EDITORS
from ledger.diagnostics import Level
from ledger.documents import read_document
from ledger.edges import EDGE_TYPES, PART_EDGES
from ledger.editing.yamltext import record_text
from ledger.files import TextFile, read
from ledger.graph import build_graph
from ledger.loading import load_records
from ledger.modelling import CheckException
from ledger.public import CHECKS as PUBLIC_CHECKS
from ledger.records import FOLDERS, KINDS, SNAPSHOT, Claim
from ledger.settings import Site
from ledger.slips import TEMPLATE_ERROR
from ledger.validating import validate

DOCS = ROOT / "docs"
AROUND = ("README", "CONTRIBUTING", "CHANGELOG", "SECURITY")
PAGES = [ROOT / f"{name}.md" for name in AROUND] + sorted(DOCS.glob("*.md"))

BASE = {
    "site.yml": """\
format: 1
title: Example ledger
editors:
  - id: editor
    name: The editors
""",
    "controversies/scaling-laws-wall.md": """\
---
title: Are scaling laws hitting a wall?
question: Do larger models still bring useful gains?
status: active
---
""",
    "positions/scaling-laws-wall-a.md": """\
---
controversy: scaling-laws-wall
letter: A
statement: Scaling still pays.
---
""",
    "positions/scaling-laws-wall-b.md": """\
---
controversy: scaling-laws-wall
letter: B
statement: Returns to scale are falling.
rests_on:
  - data-runs-out
---
""",
    "claims/data-runs-out.yml": """\
statement: At present growth, models will use up public human text before 2032.
type: predictive
evidence:
  - id: e1
    source: villalobos-2024
    relation: supports
    shows: The median forecast for full use of the stock is 2028.
    consulted: abstract
""",
    "sources/kaplan-2020.yml": """\
type: article
title: Scaling Laws for Neural Language Models
authors:
  - family: Kaplan
    given: Jared
    proponent: jared-kaplan
et_al: true
issued: 2020-01-23
arxiv: 2001.08361
tier: preprint
first_hand: true
derived_from: []
""",
    "sources/villalobos-2024.yml": """\
type: paper-conference
title: Will we run out of data?
authors:
  - family: Villalobos
    given: Pablo
et_al: true
issued: 2024
tier: peer-reviewed
derived_from: unknown
""",
    "proponents/jared-kaplan.yml": """\
name: Jared Kaplan
type: person
former_ids:
  - kaplan-jared
""",
}
"""The few records around the example of the documentation."""


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of one language on a page."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text(path), re.DOTALL | re.MULTILINE)


def example() -> str:
    """The claim that the documentation shows."""
    return blocks(DOCS / "authoring.md", "yaml")[0]


def example_path() -> str:
    found = re.search(r"`content/(claims/[a-z0-9-]+\.yml)`:\n\n```yaml", text(DOCS / "authoring.md"))
    assert found
    return found[1]


def write_site(folder: Path, changed: dict[str, str] | None = None) -> None:
    for path, written in {**BASE, example_path(): example(), **(changed or {})}.items():
        file = folder / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(written, encoding="utf-8", newline="")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the example and what it refers to, as the working directory."""
    write_site(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that the example and its surroundings give."""
    folder = tmp_path_factory.mktemp("site")
    write_site(folder)
    folders = [f"--content={folder / 'content'}", f"--output={folder / 'output'}"]
    assert cli.main(["build", "--quiet", *folders]) == cli.BUILT
    return folder / "output"


# Tables


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_generated_tables_are_current(path: Path) -> None:
    assert tables.with_tables(text(path)) == text(path), "run `make docs`"


def test_every_table_stands_on_a_page() -> None:
    named = re.findall(r"<!-- generated: ([a-z ]+) -->", "".join(map(text, sorted(DOCS.glob("*.md")))))
    assert sorted(named) == sorted(tables.BLOCKS)


def test_tables_are_written_between_the_markers_only(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- generated: fields page -->\nold\n<!-- end -->\nafter\n", encoding="utf-8")
    assert tables.write_tables(tmp_path) == [page]
    assert tables.write_tables(tmp_path) == []
    assert text(page).startswith("before\n<!-- generated: fields page -->\n\n| Field | Type | Meaning |\n")
    assert text(page).endswith("| `title` * | line | its title |\n\n<!-- end -->\nafter\n")


def test_a_marker_that_names_no_table_is_an_error() -> None:
    with pytest.raises(KeyError, match="nothing"):
        tables.with_tables("<!-- generated: nothing -->\n<!-- end -->")


@pytest.mark.parametrize("kind", [*KINDS, SNAPSHOT], ids=lambda kind: kind.name)
def test_every_field_of_a_kind_is_documented(kind: object) -> None:
    written = tables.BLOCKS[f"fields {kind.name}"]() + tables.common_table()
    rows = set(re.findall(r"^\| `([a-z0-9_]+)`", written, re.MULTILINE))
    assert {field.alias or name for name, field in kind.model.model_fields.items()} <= rows


def test_a_required_field_has_a_star_and_its_choices() -> None:
    assert "| `consulted` * | `full-text` \\| `abstract` \\| `excerpt` " in tables.field_tables(_kind("claim"))
    assert "| `locator` | line | the place in the source |" in tables.field_tables(_kind("claim"))


def test_a_field_that_holds_an_id_names_the_kind_it_must_reach() -> None:
    assert "| `rests_on` | list: id (claim) |" in tables.field_tables(_kind("position"))
    assert "| `evidence_for` | list: id (evidence item) |" in tables.field_tables(_kind("event"))


def test_a_long_list_of_choices_stands_below_its_table() -> None:
    written = tables.field_tables(_kind("source"))
    assert "| `type` * | one of those below |" in written
    assert "`type` is one of: `article`, `article-journal`," in written


def _kind(name: str) -> object:
    return next(kind for kind in KINDS if kind.name == name)


@pytest.mark.content
def test_an_edge_carries_the_fields_that_its_row_names() -> None:
    ledger = build_graph(load_records(read(ROOT / "content").files))
    allowed: dict[tuple[str, str], set[str]] = {}
    for edge_type in (*EDGE_TYPES, *PART_EDGES):
        for name in tables.edge_names(edge_type):
            allowed.setdefault((tables.edge_start(edge_type), name), set()).update(tables.edge_fields(edge_type))
    carried: dict[tuple[str, str], set[str]] = {}
    for edge in ledger.all_edges():
        if edge.name not in ("mentions", "cites", "merged_into"):
            carried.setdefault((ledger.node_kind(edge.start), edge.name), set()).update(edge.own)
    assert carried
    assert {key: own - allowed[key] for key, own in carried.items() if own - allowed[key]} == {}


# Links, commands, names


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    prose = re.sub(r"^```.*?^```$|`[^`\n]*`", "", text(path), flags=re.DOTALL | re.MULTILINE)
    for address in re.findall(r"\]\(([^)\s]+)\)", prose):
        if address.startswith("https://"):
            continue
        file, _, fragment = address.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{path.name} links to {address}"
        assert not fragment or fragment in _anchors(target), f"{path.name} links to {address}"


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_readme_opens_with_the_two_commands_and_a_picture() -> None:
    opening = text(ROOT / "README.md")[:900]
    assert opening.index("make site") < opening.index("make test") < opening.index("![")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_make_targets_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text(ROOT / "Makefile"), re.MULTILINE))
    named = re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", text(path), re.MULTILINE)
    assert {one or other for one, other in named} <= targets


def commands() -> list[str]:
    """Every whole command line of the documentation, in blocks and in backticks, that comes to an end by itself."""
    found = [line.partition(" #")[0] for path in PAGES for block in blocks(path, "sh") for line in block.splitlines()]
    found += [code for path in PAGES for code in re.findall(r"`((?:ledger|python build\.py)[^`\n]*)`", text(path))]
    lines = {line.strip() for line in found if re.match(r"(ledger (?!mcp)[a-z]|python build\.py)", line)}
    asking = {"ledger new claim"}  # on a terminal alone
    named = {f"ledger {name}" for name in NAMED}  # only named: they ask for more, or for what is not there
    return sorted(lines - asking - named)


NAMED = (
    *("add", "add --online", "cite ID", "diff", "diff BASE", "import", "init", "links", "new", "new --from-issue"),
    *("query", "query QUERY", "query --sql", "quote"),
    *("retractions", "rm", "serve", "snapshot", "verify", "was ID@HASH"),
)


def test_there_are_commands_to_try() -> None:
    assert {"ledger check --strict", "python build.py"} <= set(commands())


@pytest.mark.content
@pytest.mark.parametrize("command", commands())
def test_commands_do_what_they_say(command: str, site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filled = {"KIND": "claim", "ID": "my-claim", "[CHECK-ID]": "unknown-id", "SOURCE": "kaplan-2020"}
    filled |= dict.fromkeys(("main", "../before/content"), "content")
    (site / "FILE").write_text("Some words to look for.", encoding="utf-8")
    if "SOURCE" in command and "FILE" not in command:
        cli.main(["snapshot", "kaplan-2020", "FILE"])
    program, *arguments = (filled.get(word, word) for word in shlex.split(command))
    if arguments[0] == "query":  # the questions of the documentation are about the content of this repository
        arguments += ["--content", str(ROOT / "content")]
    try:
        code = cli.main(["build", *arguments[1:]] if program == "python" else arguments)
    except SystemExit as left:  # argparse ends the program by itself after --help
        code = left.code
    assert code == cli.BUILT, capsys.readouterr()


def test_options_and_exit_codes_of_the_readme_are_those_of_the_program(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["build", "--help"])
    offered = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help", "--quiet", "--verbose"}
    readme = text(ROOT / "README.md")
    assert set(re.findall(r"`(--[a-z-]+)", readme.partition("## The command line")[2])) == offered
    codes = [cli.BUILT, cli.CONTENT_ERRORS, cli.USAGE, cli.ENVIRONMENT, cli.BUG]
    codes += [cli.CLOSED, cli.STOPPED, cli.ENDED, cli.UNREAD]
    rows = re.findall(r"^\| (\d[\d, ]*) \|", readme, re.MULTILINE)
    assert ", ".join(rows).split(", ") == [str(code) for code in codes]


def test_checks_that_are_named_exist() -> None:
    known = {*loading.READING_CHECKS, *checks.IDS, *checks.SITE_IDS, *PUBLIC_CHECKS, TEMPLATE_ERROR}
    pattern = r"checks? `([a-z-]+)`|warning `([a-z-]+)`|(?:error|warning)\[([a-z-]+)\]|ledger explain ([a-z-]+)"
    named = {name for path in PAGES for found in re.findall(pattern, text(path)) for name in found if name}
    assert "unknown-id" in named
    assert named <= known


def test_kinds_and_folders_that_are_named_exist() -> None:
    named = {name for path in PAGES for name in re.findall(r"`content/([a-z]+)/", text(path))}
    assert named == set(FOLDERS)


def test_the_index_lists_every_page_once() -> None:
    listed = re.findall(r"^\| \[[^]]+\]\(([^)]+)\) \|", text(DOCS / "README.md"), re.MULTILINE)
    wanted = {path.name for path in DOCS.glob("*.md")} - {"README.md"} | {"../CONTRIBUTING.md"}
    assert sorted(listed) == sorted(wanted)


def test_the_version_to_cite_is_the_one_there_is() -> None:
    cited = yaml.safe_load(text(ROOT / "CITATION.cff"))
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    assert (cited["version"], cited["abstract"]) == (ledger.__version__, project["description"])
    assert cited["keywords"] == project["keywords"]


def test_pages_and_a_new_ledger_name_the_policy_that_is_tested() -> None:
    tested = re.search(r"POLICY = \((.*?)\n\)", text(ROOT / "tests/browser/test_content_policy.py"), re.DOTALL)
    assert tested
    policy = "".join(re.findall(r'"(.*)"', tested[1]))
    places = [DOCS / "publish.md", DOCS / "customising.md", ROOT / "ledger/skeleton/public/_headers"]
    named = [found for place in places for found in re.findall(r"Content-Security-Policy:? \"?([^\"\n]+)", text(place))]
    assert named == [policy] * 6


# Examples


def test_readme_and_authoring_show_the_same_claim() -> None:
    assert blocks(ROOT / "README.md", "yaml") == [example()]
    assert f"`content/{example_path()}`" in text(ROOT / "README.md")


def test_the_example_builds(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "--strict"]) == cli.BUILT
    assert capsys.readouterr().out.count("\n") == 1
    assert cli.main(["build", "--strict"]) == cli.BUILT


def test_the_required_fields_are_those_that_the_readme_names(site: Path) -> None:
    few = "statement: S.\ntype: empirical\nevidence:\n  - id: e1\n"
    few += "    source: kaplan-2020\n    relation: supports\n    shows: S.\n    consulted: abstract\n"
    document, _ = read_document(TextFile("claims/x.yml", few))
    fields, problems = validate(_kind("claim"), document)
    assert isinstance(fields, Claim)
    assert problems == []
    sentence = next(line for line in text(ROOT / "README.md").splitlines() if line.startswith("Only `statement`"))
    assert re.findall(r"`([a-z]+)`", sentence) == re.findall(r"([a-z]+):", few.replace("evidence:", ""))


def test_the_message_in_the_readme_is_the_one_that_is_printed(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_site(site, {example_path(): example().replace("source: kaplan-2020", "source: kaplan-2002")})
    assert cli.main(["check", "--quiet"]) == cli.CONTENT_ERRORS
    assert blocks(ROOT / "README.md", "text") == [capsys.readouterr().out]


REST = {
    "claims": {"statement": "S.", "type": "empirical", "evidence": [
        {"id": "e1", "source": "kaplan-2020", "relation": "supports", "shows": "S.", "consulted": "abstract"}
    ]},
    "sources": {"type": "report", "title": "T", "authors": "unknown", "issued": "2020", "tier": "preprint",
                "derived_from": []},
    "proponents": {"name": "N", "type": "person"},
    "site": {"format": "1", "title": "T", "editors": [{"id": "editor", "name": "E"}]},
}  # fmt: skip
"""What a record needs beside the fields that an example of the page shows, by where it stands."""
WHERE = {"a claim": "claims", "a source": "sources", "a proponent": "proponents", "`site.yml`": "site"}
DECIDING = (
    *("via", "quote_role", "correction", "about", "about_positions", "strength", "side", "hits", "became", "outcome"),
    *("version_of", "status_recorded", "derived_from", "recorded", "founded", "search_periods", "apart_times", "strip"),
)
"""The fields that a rating goes by and that no example at the top of the page has."""


def parts() -> list[tuple[str, str]]:
    """The examples of some fields: where they stand, and their text."""
    found = re.findall(r"^In ([^\n:]+):\n\n```yaml\n(.*?)^```$", text(DOCS / "authoring.md"), re.DOTALL | re.MULTILINE)
    return [(WHERE[place], written) for place, written in found]


def test_each_field_that_a_rating_goes_by_is_shown_and_the_examples_have_no_errors(tmp_path: Path) -> None:
    changed = {}
    for at, (place, written) in enumerate(parts()):
        path = "site.yml" if place == "site" else f"{place}/example-{at}.yml"
        document, _ = read_document(TextFile(path, written))
        rest = {name: value for name, value in REST[place].items() if name not in document.data}
        changed[path] = f"{written}{record_text(rest)}"
    shown = {name for _, written in parts() for name in re.findall(r"([a-z_]+):", written)}
    assert set(DECIDING) - shown == set()
    write_site(tmp_path, changed)
    ledger = build_graph(load_records(read(tmp_path / "content").files))
    found = checks.run(ledger)
    assert not ledger.failed
    assert [problem for problem in found if problem.level is Level.ERROR] == []
    assert {problem.check for problem in found} <= {"orphan", "claim-without-evidence"}


def test_examples_say_what_the_analysis_makes_of_them(tmp_path: Path) -> None:
    """The item that retells is no second study, and the prediction is decided by its outcome."""
    one, predicted = (written for place, written in parts()[:2] if place == "claims")
    texts = {"claims/one.yml": one + record_text({"statement": "S.", "type": "empirical"})}
    texts["claims/two.yml"] = predicted + record_text({"statement": "S."})
    write_site(tmp_path, texts)
    ratings = analyse(build_graph(load_records(read(tmp_path / "content").files))).ratings
    assert (ratings["one"].counts.sources, ratings["one"].counts.works) == (2, 1)
    assert (ratings["two"].verdict, ratings["two"].decided) == ("probably-true", True)


def test_the_words_of_the_editors_ratings_are_those_of_the_program() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| ([a-z ]+) \|$", text(DOCS / "authoring.md"), re.MULTILINE)
    assert {word: said for word, said in rows if word in EDITORS} == {
        word: texts.say(f"verdict.{verdict}") for word, verdict in EDITORS.items()
    }


@pytest.mark.content
def test_the_example_refers_to_records_of_this_ledger() -> None:
    ids = {path.stem for path in (ROOT / "content").glob("*/*")}
    assert set(re.findall(r"(?:position|source): ([a-z0-9-]+)", example())) <= ids
    assert example_path().partition("/")[2].removesuffix(".yml") not in ids


def test_site_settings_and_exceptions_are_documented_as_they_are_read() -> None:
    written = text(DOCS / "authoring.md")
    assert all(f"| `{name}`" in written for name in (*Site.model_fields, *CheckException.model_fields))


# Data


def shown(pattern: str) -> list[tuple[str, object]]:
    """Addresses that the page on data introduces an example with, and the example."""
    found = re.findall(pattern + r"[^\n]*:\n\n```json\n(.*?)^```$", text(DOCS / "json.md"), re.MULTILINE | re.DOTALL)
    return [(address, json.loads(block)) for address, block in found]


def keys(heading: str, mark: str = "(?: °)?") -> list[str]:
    """The keys in the table below a heading of the page on data; those that are always there have no `mark`."""
    section = re.split(r"^## ", text(DOCS / "json.md"), flags=re.MULTILINE)
    [found] = [part for part in section if part.startswith(f"{heading}\n")]
    return re.findall(rf"^\| `([a-z_0-9]+)`{mark} \|", found, re.MULTILINE)


def load(output: Path, address: str) -> dict[str, object]:
    return json.loads((output / address).read_bytes())


def test_whole_examples_are_the_files_of_a_build(output: Path) -> None:
    found = shown(r"^`([a-z/-]+\.json)`")
    assert len(found) == 3
    for address, data in found:
        assert data == load(output, address), address


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        (r"A record in `(index\.json)`", "records"),
        (r"A link in `(claims/[a-z-]+\.json)`", "links_out"),
        (r"The rating in `(claims/[a-z-]+\.json)`", "rating"),
        (r"A node in `(graph\.json)`", "nodes"),
        (r"An edge in `(graph\.json)`", "edges"),
    ],
)
def test_partial_examples_stand_in_a_file_of_a_build(output: Path, pattern: str, key: str) -> None:
    [(address, data)] = shown(pattern)
    found = load(output, address)[key]
    assert data == found if isinstance(found, dict) else data in found


@pytest.mark.parametrize(
    ("heading", "address", "part"),
    [
        ("The manifest", "index.json", None),
        ("A summary", "index.json", "records"),
        ("The list of a kind", "claims/index.json", None),
        ("A record", "controversies/scaling-laws-wall.json", None),
        ("The graph", "graph.json", None),
        ("The choices", "method.json", None),
        ("A node", "graph.json", "nodes"),
        ("A redirect", "proponents/kaplan-jared.json", None),
        ("Evidence by positions", "controversies/scaling-laws-wall/evidence.json", None),
        ("A work by positions", "controversies/scaling-laws-wall/evidence.json", "rows"),
        ("A standing", "controversies/scaling-laws-wall/evidence.json", "standings"),
        ("Cruxes", "controversies/scaling-laws-wall/cruxes.json", None),
        ("Fairness", "controversies/scaling-laws-wall/fairness.json", None),
        ("A position's share", "controversies/scaling-laws-wall/fairness.json", "positions"),
        ("Open work", "gaps.json", None),
        ("A row of the board", "gaps.json", "rows"),
        ("A campaign of searches", "gaps.json", "campaigns"),
        ("What is new", "whats-new.json", None),
        ("A change in the ledger", "whats-new.json", "here"),
    ],
)
def test_documented_keys_are_those_produced(output: Path, heading: str, address: str, part: str | None) -> None:
    data = load(output, address)
    produced = data[part][0] if part else data
    assert set(keys(heading, mark="")) <= set(produced) <= set(keys(heading))


def test_a_computed_crux_has_the_documented_keys() -> None:
    cruxes = json.loads(text(ROOT / "tests/sites/small/expected/whole/controversies/harbour-clock/cruxes.json"))
    assert set(keys("A crux", mark="")) <= set(cruxes["cruxes"][0]) <= set(keys("A crux"))


@pytest.mark.parametrize(
    ("heading", "address", "path"),
    [
        ("Of a claim", "claims/shape-matters-little.json", ()),
        ("A rating", "claims/shape-matters-little.json", ("rating",)),
        ("What counts once", "claims/shape-matters-little.json", ("rating", "counts")),
        ("An item", "claims/shape-matters-little.json", ("rating", "items", 0)),
        ("A mark of the strip", "claims/shape-matters-little.json", ("strip", 0)),
        ("A choice", "method.json", ("choices",)),
        ("Of a position", "positions/scaling-laws-wall-b.json", ()),
        ("Of a proponent", "proponents/jared-kaplan.json", ()),
        ("Of a source", "sources/kaplan-2020.json", ()),
    ],
)
def test_what_is_computed_has_the_documented_keys(output: Path, heading: str, address: str, path: tuple) -> None:
    data = load(output, address)
    common = set() if path else set(keys("A record"))
    for step in path:
        data = data[step]
    assert set(keys(heading, mark="")) <= set(data) - common <= set(keys(heading))


def test_links_have_the_documented_keys_and_the_fields_of_their_edge(output: Path) -> None:
    paths = sorted(path for path in output.glob("*/*.json") if "." not in path.stem)
    files = [load(output, path.relative_to(output).as_posix()) for path in paths]
    found = [link for data in files for link in (*data.get("links_out", ()), *data.get("links_in", ()))]
    carried = {name for edge_type in EDGE_TYPES for name in tables.edge_fields(edge_type)}
    assert set(keys("A link")) <= {key for link in found for key in link}
    for link in found:
        assert set(keys("A link", mark="")) <= set(link)
        assert set(link) <= set(keys("A link")) | carried


def test_edges_have_the_documented_keys_and_the_fields_they_carry(output: Path) -> None:
    carried = {name for edge_type in EDGE_TYPES for name in tables.edge_fields(edge_type)}
    for edge in load(output, "graph.json")["edges"]:
        assert set(keys("An edge")) <= set(edge) <= set(keys("An edge")) | carried


def test_the_schema_is_the_one_that_is_shown(output: Path) -> None:
    assert f'"schema": "{load(output, "index.json")["schema"]}"' in text(DOCS / "json.md")


def test_the_graph_can_be_read_back(output: Path) -> None:
    data = load(output, "graph.json")
    graph = nx.node_link_graph(data, edges="edges")
    assert (len(graph), graph.number_of_edges()) == (len(data["nodes"]), len(data["edges"]))


def test_the_python_example_answers_its_question(output: Path) -> None:
    *_, program = blocks(DOCS / "json.md", "python")
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        cwd=output,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    )
    assert run.stdout.splitlines() == [
        "1 uses, 0 of them disputing: Will we run out of data?",
        "1 uses, 0 of them disputing: Scaling Laws for Neural Language Models",
    ]


def test_jq_examples_name_files_and_keys_of_a_build(output: Path) -> None:
    questions = blocks(DOCS / "json.md", "sh")
    assert questions
    for question in questions:
        _, _, filter_, address = shlex.split(question)
        produced = set(re.findall(r'"([a-z_]+)": ?', text(output / address)))
        assert set(re.findall(r"\.([a-z_]+)", filter_)) <= produced, question


# The project speaks of itself alone


@pytest.mark.parametrize("path", [*PAGES, ROOT / "LICENSE"], ids=lambda path: path.name)
def test_pages_hold_no_path_of_a_machine_and_no_odd_characters(path: Path) -> None:
    assert not re.search(r"/(work|home|tmp|root|Users)/", text(path))
    assert "\r" not in text(path)
    assert text(path).endswith("\n")
