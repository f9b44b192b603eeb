"""YAML as records use it: what each line becomes, and where it stands."""

from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ledger import yamlnodes
from ledger.diagnostics import Lines
from ledger.yamlnodes import MAX_DEPTH, MAX_NODES, Nodes, build_nodes


def read(text: str) -> Nodes:
    nodes, found = build_nodes("x.yml", Lines(text), 0, len(text))
    assert found == []
    assert nodes is not None
    return nodes


def found(text: str) -> list[tuple[str, int, int]]:
    """The checks that a text breaks, with line and column."""
    _, problems = build_nodes("x.yml", Lines(text), 0, len(text))
    return [(problem.check, problem.span.line, problem.span.column) for problem in problems]


@pytest.mark.parametrize(
    "word", ["no", "Yes", "null", "~", "1.10", "007", "0x1F", "12:30:45", "2001-12-14", "1e5", ".nan", "true"]
)
def test_a_scalar_is_the_text_that_stands_there(word: str):
    assert read(f"a: {word}").data == {"a": word}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a: "b: c # d"', "b: c # d"),
        ("a: 'it''s'", "it's"),
        ('a: "tab\\tand é \\u00e9"', "tab\tand é é"),
        ("a: |\n  one\n  two\n", "one\ntwo\n"),
        ("a: >\n  one\n  two\n", "one two\n"),
        ("a: |-\n  one\n", "one"),
        ("a: one\n  two\n", "one two"),
        ("a: b#c", "b#c"),
        ("a: http://x.org:80/", "http://x.org:80/"),
        ("a: [b, 'c']", ["b", "c"]),
        ("a: {b: c}", {"b": "c"}),
        ("a:\n- b\n- c", ["b", "c"]),
        ("a: []", []),
        ('a: ""', ""),
        ("a: 🕰 日本", "🕰 日本"),
    ],
)
def test_every_way_of_writing_a_value(text: str, value: Any):
    assert read(text).data == {"a": value}


def test_an_empty_value_is_an_absent_field():
    nodes = read("a:\nb: c\n")
    assert nodes.data == {"b": "c"}
    assert ("a",) in nodes.keys


@pytest.mark.parametrize("text", ["", "# only a comment\n"])
def test_nothing_is_a_record_without_fields(text: str):
    assert read(text).data == {}


def test_every_key_and_value_has_its_place():
    text = "a: one\nlist:\n  - id: é1\n    b: [x, 'y z']\n"
    nodes = read(text)
    shown = {path: text[start:end].strip() for path, (start, end) in nodes.values.items()}
    assert shown["a",] == "one"
    assert shown["list", 0, "id"] == "é1"
    assert shown["list", 0, "b", 1] == "'y z'"
    assert {text[start:end] for start, end in nodes.keys.values()} == {"a", "list", "id", "b"}


def test_places_count_from_the_start_of_the_file():
    text = "---\na: b\n---\n"
    nodes, _ = build_nodes("x.md", Lines(text), 4, 9)
    assert nodes is not None
    assert nodes.values["a",] == (7, 8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\na: 3", ("duplicate-key", 3, 1)),
        ('a: 1\n"a": 2', ("duplicate-key", 2, 1)),
        ("é: 1\ne\u0301: 2", ("duplicate-key", 2, 1)),
        ("a:\n  b: 1\n  b: 2", ("duplicate-key", 3, 3)),
        ("a: &x b", ("yaml-alias", 1, 4)),
        ("a: *x", ("yaml-alias", 1, 4)),
        ("a: !!python/object:os.system b", ("yaml-tag", 1, 4)),
        ("a: !x b", ("yaml-tag", 1, 4)),
        ("<<: {a: b}", ("yaml-merge", 1, 1)),
        ("? [a]\n: b", ("bad-key", 1, 3)),
        ("'': b", ("bad-key", 1, 1)),
        ("a: b\n---\nc: d", ("second-document", 2, 1)),
        ("%YAML 1.2\n---\na: b", ("yaml-directive", 1, 1)),
        ("- a\n- b", ("wrong-type", 1, 1)),
        ("words alone", ("wrong-type", 1, 1)),
        ("---\n", ("wrong-type", 1, 1)),
        ("a: b: c", ("invalid-yaml", 1, 5)),
        ("a: b\nc: 'd\ne: f\n", ("unclosed-quote", 2, 4)),
        ("a:\n\t- b", ("tab-indent", 2, 1)),
        ("a: b # c", ("comment-in-value", 1, 6)),
        ("a:\n  - b\n  -\n", ("blank-text", 3, 4)),
    ],
)
def test_what_is_not_accepted_is_found_where_it_stands(text: str, expected: tuple[str, int, int]):
    assert found(text) == [expected]


def test_depth_and_size_have_limits():
    assert found("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert [check for check, _, _ in found("a: " + "[" * 50_000)] == ["too-large"]
    assert [check for check, _, _ in found("a:\n" + "- b\n" * MAX_NODES)] == ["too-large"]


DEEP, KEY = "nested more than 32 levels deep", "the name of a field is a word"


@pytest.mark.parametrize("bound", [40, 1_000, 5_000])
@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("[" * 2_000, 34, DEEP),
        ("[" * 1_010 + "@", 34, DEEP),
        ("- " * 2_000, 67, DEEP),
        ("a: " + "[{b: " * 1_500, 84, DEEP),
        ("[{" * 2_000, 3, KEY),
    ],
)
def test_our_bound_on_nesting_speaks_before_that_of_the_library(
    text: str, column: int, message: str, bound: int, monkeypatch: pytest.MonkeyPatch
):
    """Some versions of libyaml have none, and some refuse before they give away anything of what they have read."""
    events = yamlnodes._events

    def refusing(shown: str) -> Callable[[], Any]:
        opened = [at for at, char in enumerate(shown) if char in "[{"]
        mark = yaml.Mark("", opened[bound], 0, opened[bound], None, None) if len(opened) > bound else None

        def refused() -> None:
            raise yaml.scanner.ScannerError("words of its own", mark, "too deep", mark)

        return refused if mark else events(shown)

    monkeypatch.setattr(yamlnodes, "_events", refusing)
    _, problems = build_nodes("x.yml", Lines(text), 0, len(text))
    assert [(problem.span.column, problem.message) for problem in problems] == [(column, message)]


UNBROKEN = st.characters(exclude_characters="\x85\u2028\u2029", exclude_categories=["Cs"])
"""Without what breaks lines to the library that writes here, and to no editor, and without what UTF-8 cannot hold."""


@given(
    st.recursive(
        st.text(UNBROKEN),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(UNBROKEN, min_size=1), inner, max_size=4),
    )
)
def test_what_yaml_writes_is_read_as_it_was(value: Any):
    """Whatever can stand in a record at all: texts, lists, fields."""
    text = yaml.safe_dump({"a": value}, allow_unicode=True)
    nodes, problems = build_nodes("x.yml", Lines(text), 0, len(text))
    if not problems:
        assert nodes is not None
        assert nodes.data == {"a": value}
    else:
        assert {problem.check for problem in problems} <= {
            "bad-key",
            "control-character",
            "yaml-merge",
            "duplicate-key",
        }
