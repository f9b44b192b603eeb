"""The rule of `docs/compatibility.md`: no present schema breaks who goes by that of a release."""

from typing import Any

import compatibility
import pytest
from compatibility import breaks

import ledger
from ledger.exports.schema_files import json_schema
from ledger.exports.schemas import SCHEMAS

BY_NAME = {schema.name: schema for schema in SCHEMAS}


@pytest.mark.parametrize("release", compatibility.releases())
def test_the_present_schemas_break_nobody_who_goes_by_those_of_a_release(release: str):
    old = compatibility.pinned(release)
    assert set(old) <= set(BY_NAME)
    found = [f"{name}: {problem}" for name in old for problem in breaks(old[name], json_schema(BY_NAME[name]))]
    assert found == [], "before the release: python tests/compatibility.py pins them anew"


@pytest.mark.parametrize("release", compatibility.releases())
def test_the_files_of_a_release_are_still_at_their_addresses(release: str):
    for name, files in compatibility.pinned_files(release).items():
        assert set(files) <= set(BY_NAME[name].files)


def test_the_version_that_is_being_made_is_pinned():
    assert ledger.__version__ in compatibility.releases()


def an_object(required: list[str] | None = None, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties) if required is None else required,
    }


TEXT, NUMBER, NULL = {"type": "string"}, {"type": "number"}, {"type": "null"}


def of_kind(kind: str, **properties: Any) -> dict[str, Any]:
    return an_object(kind={"type": "string", "const": kind}, **properties)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (an_object(a=TEXT), an_object(a=TEXT, b=TEXT)),
        (an_object(a=TEXT), an_object(["a"], a=TEXT, b=TEXT)),
        (an_object([], a=TEXT), an_object(["a"], a=TEXT)),
        (an_object(a={"enum": ["x"]}), an_object(a={"enum": ["x", "y"]})),
        (an_object(a=TEXT), an_object(a={**TEXT, "description": "new words", "deprecated": True})),
        (an_object(a=TEXT), {**an_object(a={"$ref": "#/$defs/A"}), "$defs": {"A": TEXT}}),
        (an_object(a={"anyOf": [TEXT, NULL]}), an_object(a={"anyOf": [NULL, TEXT]})),
        ({"anyOf": [of_kind("x"), of_kind("y")]}, {"anyOf": [of_kind("x"), of_kind("y", b=TEXT), of_kind("z")]}),
        (an_object(record=an_object([], a=TEXT)), an_object(record=an_object([], a=TEXT, b=NUMBER))),
        (an_object(record=an_object(a={"maxLength": 5})), an_object(record=an_object(a={"maxLength": 9}))),
    ],
)
def test_what_may_change(old: dict, new: dict):
    assert breaks(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (an_object(a=TEXT, b=TEXT), an_object(a=TEXT), "$.b: is gone"),
        (an_object(a=TEXT), an_object([], a=TEXT), "$.a: may be left out now"),
        (an_object(a=TEXT), an_object(a=NUMBER), "$.a: type was 'string', is 'number'"),
        (an_object(a=NUMBER), an_object(a={"type": "integer"}), "$.a: type was 'number', is 'integer'"),
        (an_object(a=TEXT), an_object(a={"anyOf": [TEXT, NULL]}), "$.a: has a new form"),
        (an_object(a={"anyOf": [TEXT, NULL]}), an_object(a=TEXT), "$.a: one of its forms is gone or has changed"),
        (an_object(a={"enum": ["x", "y"]}), an_object(a={"enum": ["x"]}), "$.a: no longer takes 'y'"),
        (an_object(a=TEXT), an_object(a={**TEXT, "enum": ["x"]}), "$.a: takes only some words now"),
        (an_object(a={"const": "l/1"}), an_object(a={"const": "l/2"}), "$.a: const was 'l/1', is 'l/2'"),
        (an_object(a={"items": an_object(b=TEXT)}), an_object(a={"items": an_object()}), "$.a[].b: is gone"),
        (
            {**an_object(a={"$ref": "#/$defs/A"}), "$defs": {"A": an_object(b=TEXT)}},
            {**an_object(a={"$ref": "#/$defs/A"}), "$defs": {"A": an_object(c=TEXT)}},
            "$.a.b: is gone",
        ),
        (
            {"anyOf": [of_kind("x", b=TEXT), of_kind("y")]},
            {"anyOf": [of_kind("x"), of_kind("y")]},
            "$(x).b: is gone",
        ),
        (
            an_object(record=an_object([], a=TEXT)),
            an_object(record=an_object(["b"], a=TEXT, b=TEXT)),
            "$.record.b: must be written now",
        ),
        (
            an_object(record=an_object(a={"maxLength": 9})),
            an_object(record=an_object(a={"maxLength": 5})),
            "$.record.a: maxLength is lower",
        ),
    ],
)
def test_what_breaks_who_goes_by_the_old_schema(old: dict, new: dict, problem: str):
    assert breaks(old, new) == [problem]
