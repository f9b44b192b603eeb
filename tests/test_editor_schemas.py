"""The schemas for editors: they take what the reader takes, refuse what it refuses, and help who types a record."""

import errno
import json
import random
import re
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Any, get_args

import pytest
import yaml
from cases import blocks_in
from hypothesis import given
from hypothesis import strategies as st
from inventing import DATES, NUMBERS, SPANS, URLS, Inventor
from jsonschema import Draft202012Validator
from language_server import Editor, editing
from making import BASE, FLAGSHIP, HERE, MEDIUM, PATIENCE, ROOT, SMALL, tree
from pydantic import TypeAdapter, ValidationError

from ledger import cli, fields, loading, schemas
from ledger.editing import init, installing
from ledger.exports.example import FOLDER
from ledger.files import TextFile
from ledger.records import FOLDERS, KINDS, SITE, TEXTS, Claim, Kind
from ledger.texts import languages, own
from ledger.vocabulary import Basis, ClaimType

SKELETON = ROOT / "ledger/skeleton"
BY_FIELD = ("missing-field", "unknown-field", "wrong-type", "bad-value", "bad-date", "bad-number", "bad-url", "bad-id")
CLAIM_KIND = FOLDERS["claims"]
CLAIM = """\
statement: It moves.
type: empirical
evidence:
  - id: e1
    source: s
    relation: supports
    shows: A gap.
    consulted: memory
"""


# YAML 1.2, as a language server reads it


class Core(yaml.CSafeLoader):
    """YAML with the scalars of the core schema of its version 1.2: no dates, and only two words are flags."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - the library's own way


for tag, pattern in {
    "null": r"~|null|Null|NULL|",
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?[0-9]+",
    "float": r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
}.items():
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^({pattern})$"), None)
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


def core(text: str) -> Any:
    """What a language server makes of a text: numbers, flags and nothing where the reader keeps text."""
    return yaml.load(StringIO(text), Core)


def plain(value: Any) -> Any:
    """The same for data: every text as it is without quotes."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    resolved = Core("").resolve(yaml.ScalarNode, value, (True, False))
    return core(value) if resolved != "tag:yaml.org,2002:str" else value


@cache
def validator(kind: Kind) -> Draft202012Validator:
    return Draft202012Validator(schemas.json_schema(kind))


def kind_of(path: str) -> Kind:
    named = TEXTS if PurePosixPath(path).name == "texts.yml" else SITE
    return FOLDERS.get(str(PurePosixPath(path).parent), named)


def errors(path: str, text: str) -> list[str]:
    return [problem.message for problem in validator(kind_of(path)).iter_errors(core(text))]


# The schemas


def test_what_is_committed_is_what_the_models_give():
    assert tree(SKELETON / "dot-vscode/schemas") == {file.path: file.data for file in schemas.schema_files()}


def patterns_in(schema: Any) -> Iterator[str]:
    """Every regular expression of a schema."""
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    if isinstance(schema, dict):
        yield from (schema[name] for name in ("pattern",) if isinstance(schema.get(name), str))
        yield from schema["patternProperties"] if isinstance(schema.get("patternProperties"), dict) else ()
    for part in parts:
        yield from patterns_in(part)


@pytest.mark.needs("node")
def test_every_pattern_is_read_in_unicode_mode():
    folders = (SKELETON / "dot-vscode/schemas", ROOT / "ledger/data_schemas")
    texts = [json.loads(path.read_bytes()) for folder in folders for path in folder.glob("*.json")]
    found = set(patterns_in(texts))
    assert len(found) > len(schemas.LIMITS)
    script = f"for (const one of {json.dumps(sorted(found))}) new RegExp(one, 'u')"
    done = subprocess.run(["node", "-e", script], capture_output=True, encoding="utf-8", timeout=PATIENCE, check=False)
    assert done.stderr == ""


@pytest.mark.parametrize("kind", schemas.WRITTEN, ids=lambda kind: kind.name)
def test_a_schema_is_whole_and_says_what_everything_is(kind: Kind):
    schema = schemas.json_schema(kind)
    Draft202012Validator.check_schema(schema)
    assert (schema["$id"], schema["title"]) == (f"{kind.name}.schema.json", kind.name.capitalize())
    groups = [part for part in (schema, *schema["$defs"].values()) if "properties" in part]
    assert all(part["description"] and part["additionalProperties"] is False for part in groups)
    assert all(field["description"] for part in groups for field in part["properties"].values())
    if kind is not TEXTS:
        assert list(schema["properties"]) == schemas.known_fields(kind.model, ())


@pytest.mark.parametrize("kind", [SITE, *KINDS], ids=lambda kind: kind.name)
def test_its_example_is_a_record_as_somebody_wrote_it(kind: Kind):
    (example,) = schemas.json_schema(kind)["examples"]
    paths = sorted(path for path in FOLDER.rglob("*.yml") if kind_of(path.relative_to(FOLDER).as_posix()) is kind)
    written = [core(path.read_text(encoding="utf-8")) for path in paths]
    assert json.loads(json.dumps(example), parse_int=str) in [
        json.loads(json.dumps(one), parse_int=str) for one in written
    ]
    assert validator(kind).is_valid(example)


# They take what the reader takes


def records(content: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(content.rglob("*.yml")):
        yield path.relative_to(content).as_posix(), path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "content", [FLAGSHIP, MEDIUM, SMALL, BASE, SKELETON / "content"], ids=["this", "medium", "small", "base", "new"]
)
def test_every_record_that_is_there_fits(content: Path):
    wrong = {path: found for path, text in records(content) if (found := errors(path, text))}
    assert wrong == {}
    assert any(records(content))


@given(words=st.lists(st.text(min_size=1, max_size=20), min_size=3), seed=st.integers(0, 1 << 32))
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_any_record_fits_with_and_without_quotes(kind: Kind, words: list[str], seed: int):
    targets = dict.fromkeys(("editor", "evidence", "record", *(kind.name for kind in KINDS)), "1999")
    record = Inventor(kind, targets, words, random.Random(seed)).record()
    assert [problem.message for problem in validator(kind).iter_errors(record)] == []
    assert [problem.message for problem in validator(kind).iter_errors(plain(record))] == []


ADDRESSES = (
    "HTTPS://A.ORG:80/é?x#y",
    "http://a.b?c",
    "https://[::1.2.3.4]/",
    "https://{x}.org/{id}#{path}",
    "mailto:a b",
)
SAMPLES = st.sampled_from(
    (*DATES, *SPANS, *NUMBERS, *URLS, *ADDRESSES, "true", "no", "007", "1e5", "1.00", "e1", "0999")
)


@given(data=st.data())
@pytest.mark.parametrize("name", schemas.LIMITS)
def test_what_a_field_takes_its_schema_takes(name: str, data: st.DataObject):
    pattern = schemas.LIMITS[name]["pattern"].replace("|(?!)", "")  # "or nothing", which Hypothesis does not know
    form = st.from_regex(re.compile(pattern), fullmatch=name not in ("Line", "Text", "Body"))
    text = data.draw(SAMPLES | form | st.text())
    if read_as(name, text):
        assert fits(name, text)
        assert fits(name, plain(text)) or plain(text) is None


def read_as(name: str, text: str) -> bool:
    try:
        TypeAdapter(getattr(fields, name)).validate_python(text)
    except ValidationError:
        return False
    return True


@cache
def _of_type(name: str) -> Draft202012Validator:
    return Draft202012Validator(schemas._simple(name))


def fits(name: str, value: Any) -> bool:
    return _of_type(name).is_valid(value)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("claims/c.yml", f"{CLAIM}scope:\ntags:\nresolution:\ndraft:\n"),
        ("claims/c.yml", CLAIM.replace("It moves.", "1984")),
        ("claims/c.yml", CLAIM.replace("It moves.", "true")),
        (
            "sources/s.yml",
            "{type: report, title: 1984, authors: unknown, issued: 0999, tier: social, derived_from: []}",
        ),
        ("terms/t.yml", "{term: no, definition: yes, former_ids: [2020, true, 1e5], draft: 'true'}"),
        ("site.yml", "{format: 1, title: 1.10, review_every_days: '30'}"),
    ],
)
def test_a_field_without_a_value_and_text_that_looks_like_something_else_fit(path: str, text: str):
    record, problems = loading.load_record(TextFile(path, text))
    assert (record is not None, problems) == (True, [])
    assert errors(path, text) == []


# They refuse what it refuses


def bad_cases() -> Iterator[Any]:
    """Every record of the cases of errors of which the reader refuses a field, with the lines."""
    for told_in in sorted((HERE / "errors").glob("*/*/expected.txt")):
        case, expected = told_in.parent, told_in.read_text(encoding="utf-8")
        for block in blocks_in((case / "input.md").read_text(encoding="utf-8")):
            told = re.findall(
                rf"^content/{re.escape(block.path)}:(\d+):\d+: error\[([a-z-]+)\]", expected, re.MULTILINE
            )
            lines = {int(line) for line, check in told if check in BY_FIELD}
            named = re.fullmatch(f"(.*/)?({fields.ID_PATTERN[1:-1]}).yml", block.path)
            if lines and named and block.how == "yaml":
                yield pytest.param(block.path, block.text, lines, id=f"{case.parent.name}/{case.name}/{block.path}")


@pytest.mark.parametrize(("path", "text", "lines"), [*bad_cases()])
def test_a_bad_field_does_not_fit(path: str, text: str, lines: set[int]):
    assert errors(path, text) != []


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Line", ("", " ", "\t\n", "a" * 301)),
        ("Reference", ("", "a" * 201)),
        ("Id", ("A", "a--b", "-a", "a_b", "é", "a" * 65)),
        ("Url", ("ftp://a.org", "https://localhost", "https://me@a.org", "https://a.org/a b", "a.org")),
        ("BaseUrl", ("https://example.org/?a", "https://example.org/#a")),
        ("LinkPattern", ("https://example.org/{ID}", "https://{host}/", "mail:a@example.org")),
        ("Number", ("1,5", "1_000", "1e100", "five")),
        ("Step", ("3", "-1", "0.5", "all")),
        ("Total", ("1001", "-1")),
        ("Count", ("0", "1.5", "1001")),
        ("Days", ("0", "1.5", "36501")),
        ("Flag", ("yes", "1", "on")),
        ("Date", ("2020-13", "2020-02-30", "2020-04-31", "2020-1-1", "0000", "20201", "2020/2021", "May 2020")),
        ("DateSpan", ("../..", "2020/", "2020-01-01/2020-13", "2020-00/..", "2020//2021")),
    ],
)  # fmt: skip
def test_what_a_field_refuses_its_schema_refuses(name: str, texts: tuple[str, ...]):
    assert [text for text in texts if read_as(name, text) or fits(name, plain(text))] == []


@pytest.mark.parametrize("kind", [SITE, *KINDS], ids=lambda kind: kind.name)
def test_without_a_field_that_is_needed_nothing_fits(kind: Kind):
    (example,) = schemas.json_schema(kind)["examples"]
    needed = [info.alias or name for name, info in kind.model.model_fields.items() if info.is_required()]
    fitting = [
        name for name in needed if validator(kind).is_valid({key: example[key] for key in example if key != name})
    ]
    assert (bool(needed), fitting) == (True, [])


def test_where_text_is_needed_a_list_a_group_and_nothing_are_refused():
    for value in ("[a]", "{a: b}", ""):
        assert errors("claims/c.yml", CLAIM.replace("It moves.", value)) != []


# The texts of one's own


@pytest.mark.parametrize("language", languages.available())
def test_every_text_of_the_site_may_be_replaced_by_itself(language: str):
    text = (Path(languages.__file__).parent / f"{language}.yml").read_text("utf-8")
    assert errors("texts.yml", text) == []
    schema = schemas.json_schema(TEXTS)
    assert set(schema["properties"]) == set(core(text)) == set(languages.file_of("en"))
    assert schema["properties"]["frame"]["properties"]["skip"]["description"] == "Skip to content"


@pytest.mark.parametrize(
    "text",
    [
        "frame:\n",
        "frame:\n  skip:\n",
        "frame: {skip: 1984}",
        "frame: {skip: 'Go {{on}}'}",
        "search: {found: {none: Nothing, one: '{count} hit', other: '{count:words} hits'}}",
        "search: {found: 'Found {count}'}",
    ],
)
def test_texts_that_the_reader_takes_fit(text: str):
    assert list(faults_of(text)) == []
    assert errors("texts.yml", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "frames: {skip: Go}",
        "frame: {skipp: Go}",
        "frame: Go",
        "frame: {skip: [Go]}",
        "frame: {skip: {one: Go, other: Go}}",
        "frame: {skip: 'Go {on}'}",
        "frame: {skip: 'Go {'}",
        "frame: {origin: '{path!r}'}",
        "frame: {origin: '{path:long}'}",
        "search: {found: {one: '{count} hit'}}",
        "search: {found: {one: '{count} hit', more: '{count}', other: '{count} hits'}}",
        "search: {found: {one: '{count} hit', other: '{many} hits'}}",
    ],
)
def test_texts_that_the_reader_refuses_do_not_fit(text: str):
    assert list(faults_of(text)) != []
    assert errors("texts.yml", text) != []


def faults_of(text: str) -> Iterator[str]:
    """What the reader holds against texts of one's own in one language or another."""
    record, problems = loading.load_record(TextFile("texts.yml", text))
    assert (record is not None, problems) == (True, [])
    for group, named in (record.fields.model_extra or {}).items():
        if not own.is_group(group) or not isinstance(named, dict):
            yield group
            continue
        for name, value in named.items():
            of_each = [{one.check for one in own.faults(tag, group, name, value)} for tag in ("en", "pl", "lt", "ar")]
            yield from set.intersection(*of_each) - {own.LEFT_OUT}


# In an editor

WORKSPACES = {ROOT / ".vscode": "ledger/skeleton/dot-vscode", SKELETON / "dot-vscode": ".vscode"}
"""Folders of settings, and where the schemas are from beside them."""


@pytest.mark.parametrize(("folder", "place"), WORKSPACES.items(), ids=["this", "new"])
def test_the_settings_name_the_schema_of_every_kind(folder: Path, place: str):
    wanted = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
    assert wanted["yaml.schemas"] == {
        f"./{place}/schemas/{kind.name}.schema.json": f"content/{kind.folder}/*.yml"
        if kind.folder
        else f"content/{kind.name}.yml"
        for kind in schemas.WRITTEN
    }
    assert wanted["yaml.yamlVersion"] == "1.2"
    assert "redhat.vscode-yaml" in (folder / "extensions.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def new_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editor") / "demo"
    init.new_ledger(folder, installing.Requirement("ledger-kb"))
    return folder


@pytest.fixture(scope="module")
def editor(new_ledger: Path) -> Iterator[Editor]:
    """An editor with the new ledger open: its server takes a second to start."""
    with editing(new_ledger) as opened:
        yield opened


@pytest.mark.needs("yaml-language-server")
def test_a_server_finds_nothing_wrong_with_records_that_are_right(editor: Editor, new_ledger: Path):
    written = {f"content/{path}": text for path, text in records(new_ledger / "content")}
    written["content/claims/open.yml"] = f"# A comment.\n{CLAIM}scope:\ntags: [1984, no]\nadded: 2024\n"
    assert editor.problems(written) == {}


@pytest.mark.content
@pytest.mark.needs("yaml-language-server")
def test_a_server_finds_nothing_wrong_with_the_longest_records_of_this_ledger():
    longest: dict[str, tuple[str, str]] = {}
    for path, text in records(FLAGSHIP):
        longest[kind_of(path).name] = max(
            longest.get(kind_of(path).name, ("", "")), (path, text), key=lambda one: len(one[1])
        )
    with editing(ROOT) as editor:
        assert editor.problems({f"content/{path}": text for path, text in longest.values()}) == {}


BEYOND = {"bad-date/interval/events/e.yml": {2}, "unknown-field/null-and-not-a-number/sources/s.yml": {7, 8}}
"""The lines that no server marks: an interval that ends before it starts, and keys that it takes for no text."""


@pytest.mark.needs("yaml-language-server")
def test_a_server_marks_the_lines_that_the_reader_refuses(editor: Editor):
    cases = {f"case-{at}/content/{case.values[0]}": case for at, case in enumerate(bad_cases())}
    marked = editor.problems({path: case.values[1] for path, case in cases.items()})
    missed = {case.id: case.values[2] - {line for line, _ in marked.get(path, ())} for path, case in cases.items()}
    assert {case: lines for case, lines in missed.items() if lines - BEYOND.get(case, set())} == {}
    assert set(BEYOND) <= set(missed)


@pytest.mark.needs("yaml-language-server")
def test_a_server_says_what_is_wrong(editor: Editor):
    text = CLAIM.replace("empirical", "emprical").replace("shows", "show").replace("id: e1", "id: [e, 1]")
    text += "added: 2020-13\nscope: ''\ntags: one\nwithdrawn:\n  date: 2020\n"
    wanted = [
        (2, '"empirical"'),
        (4, '"string"'),
        (4, '"shows"'),
        (7, " show "),
        (9, fields.ACCEPTED_DATES),
        (10, fields.BLANK_HINT),
        (11, '"array"'),
        (12, '"why"'),
    ]
    told = editor.problems({"content/claims/c.yml": text})["content/claims/c.yml"]
    assert [line for line, _ in told] == [line for line, _ in wanted]
    assert [words for (_, message), (_, words) in zip(told, wanted, strict=True) if words not in message] == []


@pytest.mark.needs("yaml-language-server")
def test_a_server_offers_the_fields_that_are_not_there_yet_with_what_they_need(editor: Editor):
    offered = editor.offers("content/claims/c.yml", CLAIM)
    wanted = {*schemas.known_fields(CLAIM_KIND.model, ())} - {"statement", "type", "evidence"}
    assert set(offered) == wanted
    assert offered["bears_on"] == "bears_on:\n  - position: $1\n    relation: $2"
    inside = editor.offers("content/claims/c.yml", CLAIM + "  - ")
    assert set(inside) - {"Evidence"} == {*schemas.known_fields(CLAIM_KIND.model, ("evidence",))}


@pytest.mark.needs("yaml-language-server")
@pytest.mark.parametrize(
    ("path", "before", "words"),
    [
        ("claims/c.yml", "type: ", get_args(ClaimType)),
        ("claims/c.yml", f"{CLAIM}    basis: ", get_args(Basis)),
        ("claims/c.yml", f"{CLAIM}draft: ", ("true", "false")),
        ("claims/c.yml", f"{CLAIM}scope: ", ()),
        ("sources/s.yml", "authors: ", ("unknown",)),
        ("site.yml", "format: ", ("1", '"1"')),
    ],
)
def test_a_server_offers_words_where_there_is_a_choice_and_only_there(
    editor: Editor, path: str, before: str, words: Any
):
    assert set(editor.offers(f"content/{path}", before)) == set(words)


@pytest.mark.needs("yaml-language-server")
def test_a_server_says_what_a_field_is(editor: Editor):
    assert Claim.model_fields["type"].description in editor.tells("content/claims/c.yml", "ty", "pe: empirical\n")


@pytest.mark.needs("yaml-language-server")
def test_a_line_in_a_file_names_a_schema_too_and_the_reader_does_not_mind(editor: Editor):
    text = "# yaml-language-server: $schema=../../.vscode/schemas/claim.schema.json\nstatement: It moves.\n"
    assert editor.problems({"records/claims/c.yml": text}) == {
        "records/claims/c.yml": [(2, 'Missing property "type".')]
    }
    record, problems = loading.load_record(TextFile("claims/c.yml", text + "type: empirical\n"))
    assert (record is not None, problems) == (True, [])


# The command


def test_the_command_prints_a_schema(capsys: pytest.CaptureFixture[str]):
    assert cli.main(["schema", "site"]) == cli.BUILT
    assert json.loads(capsys.readouterr().out) == schemas.json_schema(SITE)


def test_the_command_writes_what_has_changed_and_leaves_other_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = tmp_path / ".vscode/schemas"
    assert cli.main(["schema", "--write", str(folder)]) == cli.BUILT
    assert tree(folder) == {file.path: file.data for file in schemas.schema_files()}
    (folder / "claim.schema.json").write_text("{}", encoding="utf-8")
    (folder / "other.json").write_text("{}", encoding="utf-8")
    capsys.readouterr()
    assert cli.main(["schema", "--write", str(folder)]) == cli.BUILT
    assert capsys.readouterr().out == f"{folder}: {len(schemas.WRITTEN)} schemas, 1 of them new or changed\n"
    assert tree(folder) == {"other.json": b"{}", **{file.path: file.data for file in schemas.schema_files()}}


def test_a_full_disk_leaves_no_half_of_a_schema_and_names_it(tmp_path: Path, monkeypatch, capsys):
    def full(*_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert cli.main(["schema", "--write", str(tmp_path)]) == cli.ENVIRONMENT
    assert re.search(r"No space left on device \(.*/\w+\.schema\.json\)", capsys.readouterr().err)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [("clam",), (), ("claim", "--write", "x")])
def test_the_command_wants_a_kind_or_a_folder(arguments: tuple[str, ...], tmp_path: Path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with suppress(SystemExit):
        assert cli.main(["schema", *arguments]) == cli.USAGE
    assert capsys.readouterr().out == ""
    assert list(tmp_path.iterdir()) == []
