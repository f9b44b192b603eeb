"""The rule of `docs/compatibility.md`: no present schema breaks who goes by that of a release."""

from typing import Any

import compatibility
import pytest
from compatibility import breaks
from making import ledger_of

import ledger
from ledger import checks
from ledger.analysis import analyse
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


# Records of the first version

FIRST = {
    "site.yml": """
format: 1
title: Tides and clocks
editors: [{id: ann, name: Ann Other}]
review_every_days: 180
profile:
  tier: {peer-reviewed: 1, social: 0.1}
  basis: {empirical: 1, unsaid: 0.9}
  own_words: 0.8
  dropped: [retracted, withdrawn, superseded]
  agreement: {medium_times: 2, search_periods: 2}
  one_origin_at_most: medium
  apart_times: 3
""",
    "controversies/clocks.yml": "{title: Clocks, question: Does the clock keep time?, status: active}",
    "positions/clocks-a.yml": "{controversy: clocks, letter: A, statement: It does., rests_on: [error]}",
    "positions/clocks-b.yml": "{controversy: clocks, letter: B, statement: It is slow., rests_on: [error]}",
    "claims/error.yml": """
statement: The clock will be right in 1905.
type: predictive
bears_on: [{position: clocks-a, relation: supports}]
evidence:
  - {id: e1, source: survey, relation: supports, shows: A small error., consulted: memory}
assessments: [{rating: high, by: ann, date: 2024-02-01, why: One survey.}]
searches: [{date: 2024-02-01, by: ann, for: complaints, where: [the newspaper], found: 1, kept: [survey]}]
resolution: {condition: The survey of 1905., resolves_by: 1905, outcome: Nobody made it.}
""",
    "sources/survey.yml": """
{type: report, title: Survey, authors: unknown, issued: 1901, tier: social, derived_from: unknown}
""",
    "proponents/guild.yml": """
{name: The guild, type: organisation, stances: [{id: s1, position: clocks-a, stance: holds,
 attested: [{date: 1901, source: survey}]}]}
""",
}


def test_records_of_the_first_version_are_read_and_what_has_no_effect_now_is_told():
    ledger = ledger_of(FIRST)
    assert not ledger.failed
    problems = checks.run(ledger)
    assert {problem.check for problem in problems} == {"no-longer-read", "lone-date"}
    found = [problem for problem in problems if problem.check == "no-longer-read"]
    assert [(problem.span.path, problem.hint) for problem in found[2:]] == [
        ("site.yml", "write `comparison: {apart_times: 3}` in site.yml, and remove the line here"),
        ("site.yml", "write `search_periods: 2` in site.yml, and remove the line here"),
    ]
    assert [problem.span.path for problem in found[:2]] == ["claims/error.yml", "site.yml"]


def test_an_outcome_in_other_words_decides_nothing():
    for outcome, decided in (("Nobody made it.", False), ("held", True)):
        ledger = ledger_of({**FIRST, "claims/error.yml": FIRST["claims/error.yml"].replace("Nobody made it.", outcome)})
        assert analyse(ledger).ratings["error"].decided is decided
