"""The query language: what each part of it finds, what it says when it is not understood, and its laws."""

import csv
import io
import itertools
import json
import random
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import ROOT, SITE, SMALL, ledger_at, ledger_of, running
from making import run_here as run

from ledger.analysis import analyse
from ledger.edges import EDGE_TYPES, MENTIONS, PART_EDGES
from ledger.graph import Ledger
from ledger.outfile import GUARDED, guarded
from ledger.query import output
from ledger.query.columns import MODELS, PLURALS, columns
from ledger.query.evaluate import Answer, answer
from ledger.query.lexer import GRAMMAR, KEYWORDS, MAX_LENGTH, Problem, as_text
from ledger.query.parser import MAX_DEPTH
from ledger.query.steps import (
    ANY,
    BELOW,
    EARLIER,
    EDGE_PHRASES,
    FURTHER,
    edge_names,
    phrases,
    steps,
)

REPORT = "type: report\ntitle: {}\nauthors: {}\nissued: {}\ntier: {}\nderived_from: {}\n"
CONTENT = {
    "controversies/tide.md": "---\ntitle: The tide\nquestion: Does it rise?\nstatus: active\nopened: 1900\n---\n",
    "positions/tide-a.md": (
        "---\ncontroversy: tide\nletter: A\nstatement: It rises.\nrests_on: [gauge]\nrejects: [wells]\n---\n"
    ),
    "positions/tide-b.md": "---\ncontroversy: tide\nletter: B\nstatement: It does not.\nrejects: [gauge]\n---\n",
    "claims/gauge.yml": """\
statement: The gauge rose by a foot.
type: empirical
bears_on: [{position: tide-a, relation: supports}, {position: tide-b, relation: disputes}]
evidence:
  - id: e1
    source: log
    relation: supports
    shows: A foot.
    consulted: full-text
    quantity: {measure: rise, value: 12.5}
  - {id: e2, source: gazette, relation: supports, shows: Says so., consulted: memory}
  - {id: e3, source: letter, relation: disputes, shows: Saw none., consulted: memory}
assessments:
  - {rating: very-low, by: ann, date: 1903, why: Early.}
  - {rating: high, by: ann, date: 1904, why: Read.}
added: 1904-05
tags: [sea, Gauges]
""",
    "claims/wells.yml": """\
statement: The wells are salt.
type: historical
relations: [{claim: gauge, type: depends-on}]
evidence: [{id: e1, source: gazette, relation: supports, shows: Salt., consulted: abstract}]
assessments: [{rating: medium, by: ann, date: 1904, why: Thin.}]
added: 1905
""",
    "claims/moon.yml": "statement: The moon did it.\ntype: empirical\nscope: spring tides\n",
    "sources/log.yml": REPORT.format("The log", "[{family: Hook, proponent: hook}]", "1902-03", "dataset", "[]")
    + "first_hand: true\n",
    "sources/gazette.yml": REPORT.format("'=SUM(1)'", "unknown", "1903", "reporting", "[{source: log, how: reports}]"),
    "sources/letter.yml": REPORT.format("A letter", "[{literal: Pike, proponent: pike}]", "1904-07-01", "social", "[]"),
    "proponents/hook.yml": """\
name: Hook
type: person
stances:
  - {id: s1, position: tide-a, stance: holds, attested: [{date: 1902, source: log}]}
""",
    "proponents/pike.yml": """\
name: Pike
type: person
former_ids: [old-pike]
stances:
  - {id: s1, position: tide-b, stance: holds, attested: [{date: 1904, source: letter}]}
  - {id: s2, position: tide-a, stance: left, attested: [{date: 1903, source: letter}]}
""",
    "events/flood.yml": "title: The flood\ndate: 1903-11-02\nsources: [gazette]\nabout: [wells]\n",
}


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return ledger_of(CONTENT)


@pytest.fixture(scope="module")
def small() -> Ledger:
    return ledger_at(SMALL)


def found(ledger: Ledger, query: str) -> Answer:
    got = answer(ledger, query)
    assert isinstance(got, Answer), as_text(got, query)
    return got


def ids(ledger: Ledger, query: str) -> list[str]:
    return list(found(ledger, query).ids)


def rows(ledger: Ledger, query: str) -> list[tuple[object, ...]]:
    return list(found(ledger, query).rows)


# Tests on fields


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("claims", ["gauge", "moon", "wells"]),
        ("CLAIM", ["gauge", "moon", "wells"]),
        ("records where kind in (event, controversy)", ["flood", "tide"]),
        ("stances", ["hook/s1", "pike/s1", "pike/s2"]),
        ("claims where type = empirical", ["gauge", "moon"]),
        ("claims where type != empirical", ["wells"]),
        ("claims where type in (historical, predictive)", ["wells"]),
        ("claims where type not in (historical, predictive)", ["gauge", "moon"]),
        ("claims where rating >= medium", ["gauge", "wells"]),
        ("claims where rating < high", ["wells"]),
        ("claims where rating != high", ["moon", "wells"]),
        ("claims where rating is empty", ["moon"]),
        ("claims where rating is not empty", ["gauge", "wells"]),
        ("claims where assessments.rating = very-low", ["gauge"]),
        ("claims where statement contains ROSE", ["gauge"]),
        ('claims where statement = "the moon did it."', ["moon"]),
        ("claims where evidence contains 'says so'", ["gauge"]),
        ("claims where tags = gauges", ["gauge"]),
        ("claims where tags contains auge", ["gauge"]),
        ("claims where evidence.quantity.value > 12.4", ["gauge"]),
        ("claims where evidence.quantity.value < 9", []),
        ("claims where evidence.source = letter", ["gauge"]),
        ("claims where number of evidence > 1", ["gauge"]),
        ("claims where number of evidence = 0", ["moon"]),
        ("sources where first_hand = true", ["log"]),
        ("sources where first-hand = false", []),
        ("sources where authors = unknown", ["gazette"]),
        ("sources where uses >= 2", ["gazette"]),
        ("claims where teams < 2", ["moon", "wells"]),
        ("claims where teams = 2", ["gauge"]),
        ("evidence where consulted = memory and relation = supports", ["gauge/e2"]),
        ("evidence where claim = wells", ["wells/e1"]),
        ("stances where position = tide-a and stance = left", ["pike/s2"]),
        ("stances where proponent = old-pike", ["pike/s1", "pike/s2"]),
        ("claims where evidence.recorded < added", []),
        ("claims where teams > number of evidence", []),
        ("claims where origins_for < number of evidence", ["gauge"]),
        ("claims where number of bears_on <= number of evidence", ["gauge", "moon", "wells"]),
        ("claims where number of evidence.quantity = 1", ["gauge"]),
        ("stances where attested.date <= 1903", ["hook/s1", "pike/s2"]),
    ],
)
def test_tests_on_fields(ledger: Ledger, query: str, expected: list[str]):
    assert ids(ledger, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sources since 1903", ["gazette", "letter"]),
        ("sources since 1903-06", ["letter"]),
        ("sources before 1903-06", ["log"]),
        ("sources until 1903", ["gazette", "log"]),
        ("sources after 1903", ["letter"]),
        ("sources since 1903 until 1903", ["gazette"]),
        ("sources where issued = 1902", ["log"]),
        ("sources where issued != 1902", ["gazette", "letter"]),
        ("sources where issued since 1903 and tier = social", ["letter"]),
        ("sources where issued in (1902, 1904)", ["letter", "log"]),
        ("claims since 1905", ["wells"]),
        ("events before 1904", ["flood"]),
        ("evidence since 1904", ["gauge/e3"]),
        ("stances before 1903", ["hook/s1"]),
    ],
)
def test_dates_count_as_far_as_they_are_known(ledger: Ledger, query: str, expected: list[str]):
    assert ids(ledger, query) == expected


def test_unknown_is_a_value_and_counts_as_none(ledger: Ledger):
    assert ids(ledger, "sources where number of authors = 0") == ["gazette"]
    assert ids(ledger, "sources where authors is empty") == []
    assert rows(ledger, "sources where id = gazette select authors, number of authors") == [(["unknown"], 0)]
    unknown = ledger_of({"sources/s.yml": REPORT.format("S", "unknown", "1900", "social", "unknown")})
    assert ids(unknown, "sources where derived_from = unknown and number of derived_from = 0") == ["s"]
    assert ids(ledger, "sources where derived_from is empty") == ["letter", "log"]
    assert ids(unknown, "sources where derived_from is empty") == []


# What is computed


def test_the_verdict_is_another_than_the_editors(ledger: Ledger):
    """The log and what retells it are one work, and weak: what they say is open, however sure the editor is."""
    asked = "claims where rating = high select id, rating, verdict, origins_for, origins_against, teams"
    assert rows(ledger, asked) == [("gauge", "high", "open", 1, 1, 2)]
    assert ids(ledger, "claims where verdict < rating") == ["gauge"]
    assert ids(ledger, "claims where verdict is empty") == ["moon"]


DENIED = {
    "sources/log.yml": REPORT.format("The log", "unknown", "1900", "dataset", "[]") + "first_hand: true\n",
    "claims/ebb.yml": """\
statement: It ebbs for good.
type: empirical
evidence:
  - {id: e1, source: log, relation: disputes, shows: It came back., consulted: full-text,
     directness: direct, basis: empirical}
searches: [{date: 1901, by: ann, side: for, for: an ebb, where: [the log], found: 0}]
assessments: [{rating: very-low, by: ann, date: 1901, why: It came back.}]
""",
}


def test_a_question_about_a_verdict_shows_the_range_in_which_it_lies():
    """One strong work against, nobody for: it perhaps false if somebody has looked, else it may as well be open."""
    searched = found(ledger_of(DENIED), "claims where verdict < open")
    assert searched.columns == ("id", "rating", "verdict", "verdict_low", "verdict_high", "title")
    assert searched.rows == (
        ("ebb", "very-low", "perhaps-false", "perhaps-false", "perhaps-false", "It ebbs for good."),
    )
    nobody = ledger_of({**DENIED, "claims/ebb.yml": DENIED["claims/ebb.yml"].replace("side: for, ", "")})
    assert ids(nobody, "claims where verdict < open") == []
    assert found(nobody, "claims where verdict_low < open").rows == (
        ("ebb", "very-low", None, "perhaps-false", "open", "It ebbs for good."),
    )


def test_an_editor_is_surer_or_less_sure_than_the_evidence():
    denied = ledger_of(DENIED)
    assert ids(denied, "claims where rating < verdict_low") == ["ebb"]
    for sign in ("=", ">=", ">"):
        assert ids(denied, f"claims where rating {sign} verdict") == []
    assert ids(denied, "claims where rating != verdict") == ["ebb"]
    assert ids(denied, "claims where direction = against and rating < medium and solidity = little") == ["ebb"]


def test_why_there_is_no_verdict_is_said_in_the_words_of_the_data(ledger: Ledger):
    no_evidence, _ = columns("claim")["not_rated_because"].choices
    query = "claims where rating != high select id, verdict_low, verdict_high, not_rated_because"
    assert rows(ledger, query) == [("moon", None, None, no_evidence), ("wells", "open", "open", None)]
    assert ids(ledger, f"claims where not_rated_because = '{no_evidence}'") == ["moon"]
    assert ids(ledger, "claims where not_rated_because contains 'evidence'") == ["moon"]


def test_levels_of_evidence_are_in_order(ledger: Ledger):
    assert ids(ledger, "claims where evidence_for >= weak") == ["gauge", "wells"]
    assert ids(ledger, "claims where evidence_for > weak") == []
    assert ids(ledger, "claims where evidence_for > evidence_against") == ["wells"]
    assert ids(ledger, "claims order by evidence_against desc limit 1") == ["gauge"]


def test_what_is_computed_is_what_the_data_say(small: Ledger):
    names = ("verdict", "direction", "solidity", "not_rated_because", "teams", "origins_for", "evidence_against")
    asked = found(small, f"claims select {', '.join(names)}")
    ratings = analyse(small).ratings
    assert len({row[0] for row in asked.rows}) > 1
    for id_, row in zip(asked.ids, asked.rows, strict=True):
        told = ratings.get(id_)
        found_there = told and (told.verdict, told.direction, told.solidity, told.not_rated, told.counts.teams)
        sides = told and (told.counts.sides["for"], told.evidence["against"])
        assert row == ((*found_there, *sides) if told else (None,) * len(names))


# Tests on one part of a list


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("claims where bears_on.position = tide-b and bears_on.relation = disputes", ["gauge"]),
        ("claims where bears_on.position = tide-a and bears_on.relation = disputes", []),
        ("claims where (bears_on.position = tide-a) and (bears_on.relation = disputes)", ["gauge"]),
        ("claims where (evidence.relation = supports) and (evidence.relation = disputes)", ["gauge"]),
        ("claims where evidence.relation = disputes and evidence contains foot", []),
        ("claims where evidence.relation = supports and type = empirical and evidence contains foot", ["gauge"]),
        ("claims where evidence.relation = disputes and evidence.quantity is not empty", []),
        ("claims where evidence.consulted = full-text and evidence.quantity.value > 12", ["gauge"]),
        ("claims where evidence.consulted = memory and evidence.quantity.value > 12", []),
        ("claims where not (evidence.consulted = memory and evidence.quantity.value > 12)", ["gauge", "moon", "wells"]),
        ("claims where evidence.relation = disputes and evidence.consulted != memory", []),
        ("claims where tags = sea and tags = gauges", ["gauge"]),
        ("claims where assessments.rating = high and assessments.date = 1903", []),
        ("proponents where stances.position = tide-a and stances.attested.date = 1903", ["pike"]),
        ("proponents where stances.position = tide-b and stances.attested.date = 1903", []),
        ("sources where authors.proponent = hook and authors.family = Hook", ["log"]),
    ],
)
def test_tests_joined_by_and_are_about_one_part_of_a_list(ledger: Ledger, query: str, expected: list[str]):
    assert ids(ledger, query) == expected


def test_one_part_is_meant_in_lists_within_lists_and_between_two_fields():
    parts = """\
parts:
  - {id: p1, statement: Up., assessments: [{rating: high, by: ann, date: 1900, why: So.}]}
  - id: p2
    statement: Down.
    assessments: [{rating: low, by: ann, date: 1901, why: So.}, {rating: medium, by: ann, date: 1902, why: So.}]
"""
    hook = "name: Hook\ntype: person\naffiliations: [{name: A, from: 1900}, {name: B, from: 1880, until: 1890}]\n"
    position = CONTENT["positions/tide-a.md"].replace("rests_on: [gauge]\nrejects: [wells]\n", parts)
    tide = {"controversies/tide.md": CONTENT["controversies/tide.md"], "positions/tide-a.md": position}
    ledger = ledger_of({**tide, "proponents/hook.yml": hook})
    assert ids(ledger, "positions where parts.id = p2 and parts.assessments.rating = low") == ["tide-a"]
    assert ids(ledger, "positions where parts.id = p1 and parts.assessments.rating = low") == []
    same = "positions where parts.assessments.rating = low and parts.assessments.date = "
    assert [ids(ledger, same + year) for year in ("1901", "1902")] == [["tide-a"], []]
    assert ids(ledger, "proponents where affiliations.from < affiliations.until") == ["hook"]
    assert ids(ledger, "proponents where affiliations.from > affiliations.until") == []


@pytest.mark.parametrize(("owner", "part"), [("claim", "evidence"), ("proponent", "stance")])
def test_one_part_is_meant_as_with_a_step_to_it(small: Ledger, owner: str, part: str):
    fields = (column for column in columns(part).values() if column.is_field and not column.is_list)
    compared = [column.name for column in fields if column.type in ("word", "id")]
    tests = sorted({(name, row[0]) for name in compared for row in rows(small, f"{part} select {name}") if row[0]})
    list_name, matched = PLURALS[part], 0
    for (a, one), (b, other) in itertools.combinations(tests, 2):
        if a != b:
            by_step = ids(small, f"{owner} with ({part} where {a} = '{one}' and {b} = '{other}')")
            assert ids(small, f"{owner} where {list_name}.{a} = '{one}' and {list_name}.{b} = '{other}'") == by_step
            matched += bool(by_step)
    assert matched


def test_and_binds_tighter_than_or_and_not_tighter_than_both(ledger: Ledger):
    assert ids(ledger, "claims where rating = high or rating = medium and type = empirical") == ["gauge"]
    assert ids(ledger, "claims where (rating = high or rating = medium) and type = historical") == ["wells"]
    assert ids(ledger, "claims where not type = empirical or scope is not empty") == ["moon", "wells"]


def test_a_word_of_the_grammar_in_quotes_is_a_value(ledger: Ledger):
    assert ids(ledger, 'claims where statement contains "or"') == []
    assert ids(ledger, "claims where tags = 'limit'") == []


# Steps


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("claims rejected by position tide-a", ["wells"]),
        ("claims rejected by any position", ["gauge", "wells"]),
        ("claims carrying tide-a", ["gauge"]),
        ("positions rejecting claim gauge", ["tide-b"]),
        ("positions held by proponent pike", ["tide-b"]),
        ("positions held by old-pike", ["tide-b"]),
        ("proponents holding tide-a", ["hook"]),
        ("proponents leaving tide-a", ["pike"]),
        ("stances by pike", ["pike/s1", "pike/s2"]),
        ("sources derived from source log", ["gazette"]),
        ("sources taken up by gazette", ["log"]),
        ("sources by hook", ["log"]),
        ("events about wells", ["flood"]),
        ("events about claims", ["flood"]),
        ("events about position tide-a", ["flood"]),
        ("events about position tide-b", []),
        ("events about controversy tide", ["flood"]),
        ("positions subject of flood", ["tide-a"]),
        ("controversies subject of any event", ["tide"]),
        ("claims subject of any event", ["wells"]),
        ("claims depending on gauge", ["wells"]),
        ("claims needed by wells", ["gauge"]),
        ("claims supporting tide-a", ["gauge"]),
        ("claims disputing tide-a", []),
        ("positions disputed by gauge", ["tide-b"]),
        ("sources disputing gauge", ["letter"]),
        ("claims supported by source gazette", ["gauge", "wells"]),
        ("claims with evidence", ["gauge", "wells"]),
        ("claims with (evidence where consulted = abstract)", ["wells"]),
        ("claims with evidence by hook", ["gauge"]),
        ("claims with evidence from gazette", ["gauge", "wells"]),
        ("claims shown in letter", ["gauge"]),
        ("evidence shown in gazette", ["gauge/e2", "wells/e1"]),
        ("sources used by claim wells", ["gazette"]),
        ("sources used by position tide-b", ["gazette", "letter", "log"]),
        ("sources behind source gazette", ["log"]),
        ("sources behind claim wells", ["gazette", "log"]),
        ("sources going back to log", ["gazette"]),
        ("claims going back to log", ["gauge", "wells"]),
        ("records using letter", ["gauge", "pike", "tide", "tide-a", "tide-b"]),
        ("claims of tide", ["gauge", "wells"]),
        ("positions of claim wells", ["tide-a"]),
        ("claims rejected by positions held by pike", ["gauge"]),
        ("claims rejected by (positions where letter = A)", ["wells"]),
        ("claims with evidence by hook and carrying tide-a", ["gauge"]),
        ("claims carrying tide-a where type = historical", []),
        ("claims where carrying tide-a or rejected by tide-a", ["gauge", "wells"]),
        ("claims where not rejected by any position", ["moon"]),
        ("records linked to wells", ["flood", "gazette", "gauge", "tide-a"]),
    ],
)
def test_steps(ledger: Ledger, query: str, expected: list[str]):
    assert ids(ledger, query) == sorted(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("claims with evidence by pike since 1904", ["gauge"]),
        ("claims with evidence by pike since 1905", []),
        ("claims with evidence from gazette before 1903", []),
        ("positions held by pike since 1904", ["tide-b"]),
        ("positions held by pike before 1904", []),
        ("claims with evidence since 1904", ["gauge"]),
        ("claims with evidence since 1905", []),
        ("claims with gauge/e1 since 1903", []),
        ("proponents with stances before 1903", ["hook"]),
        ("proponents taking any stance since 1904", ["pike"]),
        ("stances stated in letter since 1904", ["pike/s1"]),
        ("claims rejected by positions held by pike since 1905", []),
        ("sources used by position tide-b since 1904", ["letter"]),
        ("claims needed by wells since 1904 until 1904", ["gauge"]),
    ],
)
def test_a_time_after_a_step_is_about_the_evidence_or_stance_that_it_goes_through(
    ledger: Ledger, query: str, expected: list[str]
):
    assert ids(ledger, query) == expected


TIES = {
    "proponents/board.yml": "name: Board\ntype: organisation\nmembers: [{id: cole, from: 1890, until: 1895}]\n",
    "proponents/bell.yml": "name: Bell\ntype: person\nadded: 1950\naffiliations: [{id: board}]\n",
    "proponents/cole.yml": (
        "name: Cole\ntype: person\nadded: 1930\naffiliations: [{id: board, from: 1880, until: 1900}]\n"
    ),
    "proponents/dale.yml": "name: Dale\ntype: person\naffiliations: [{id: board, from: 1940}]\n",
}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("proponents affiliated with board since 1901", ["bell", "dale"]),
        ("proponents affiliated with board since 1900", ["bell", "cole", "dale"]),
        ("proponents affiliated with board since 1885 until 1890", ["cole"]),
        ("proponents affiliated with board before 1880", []),
        ("proponents affiliated with board until 1940", ["cole", "dale"]),
        ("proponents with affiliate cole since 1901", []),
        ("proponents belonging to board before 1893", ["cole"]),
        ("proponents belonging to board since 1896", []),
    ],
)
def test_a_time_after_an_affiliation_is_about_the_affiliation(query: str, expected: list[str]):
    assert ids(ledger_of(TIES), query) == expected


def test_what_goes_round_in_a_loop_comes_back_to_itself():
    loop = {
        f"sources/{a}.yml": REPORT.format(a, "unknown", "1900", "reporting", f"[{{source: {b}, how: copies}}]")
        for a, b in ("ab", "bc", "cb")
    }
    ledger = ledger_of(loop)
    assert ids(ledger, "sources behind a") == ["b", "c"]
    assert ids(ledger, "sources behind b") == ["b", "c"]


def test_every_edge_has_two_phrases_and_no_phrase_is_for_nothing():
    names = {name for edge in (*EDGE_TYPES, *PART_EDGES, *MENTIONS) for name in edge_names(edge)}
    assert set(EDGE_PHRASES) == names


def test_every_path_leads_along_edges_to_kinds_that_there_are():
    hops = [hop for step in FURTHER for path in step.paths for hop in path]
    assert {hop.edge for hop in hops} <= EDGE_PHRASES.keys() | {ANY, BELOW, EARLIER}
    assert {hop.kind for hop in hops} <= MODELS.keys() | {""}
    assert {hop.effect for hop in hops} <= {"", *columns("claim")["bears_on.relation"].choices}


def test_no_phrase_begins_like_another_part_of_the_grammar():
    assert {phrase.split()[0] for phrase in steps()} & (KEYWORDS | set(PLURALS) | set(PLURALS.values())) == set()


def test_every_edge_can_be_walked_in_both_directions_by_its_phrases(small: Ledger):
    walked = 0
    for edge in small.all_edges():
        kinds = [small.node_kind(node) for node in (edge.start, edge.target)]
        if set(kinds) <= set(MODELS):
            onward, back = EDGE_PHRASES[edge.name]
            assert edge.start in ids(small, f"{PLURALS[kinds[0]]} {onward} {edge.target}")
            assert edge.target in ids(small, f"{PLURALS[kinds[1]]} {back} {edge.start}")
            walked += 1
    assert walked == len(list(small.all_edges()))


def possible_steps(kind: str) -> Iterator[tuple[str, str, bool]]:
    """Every phrase after a kind, each kind that it leads to, and whether a time after it is about what is between."""
    for phrase in phrases(kind):
        meant = [step for step in steps()[phrase] if kind in step.before]
        for other in sorted({other for step in meant for other in step.after}):
            yield phrase, other, all(step.dated for step in meant if other in step.after)


@pytest.mark.parametrize("kind", MODELS)
def test_every_phrase_of_a_kind_means_the_same_before_and_after_where(small: Ledger, kind: str):
    for phrase, other, _ in possible_steps(kind):
        step = f"{phrase} any {other}"
        assert ids(small, f"{PLURALS[kind]} {step}") == ids(small, f"{PLURALS[kind]} where {step}")
        assert ids(small, f"{PLURALS[kind]} where not not {step}") == ids(small, f"{PLURALS[kind]} where ({step})")


@pytest.mark.parametrize("kind", MODELS)
def test_no_step_goes_where_a_time_does_not_reach(small: Ledger, kind: str):
    for phrase, other, _ in possible_steps(kind):
        step = f"{PLURALS[kind]} {phrase} any {other}"
        assert (step, ids(small, f"{step} since 2099")) == (step, [])
        assert (step, ids(small, f"{step} before 1000")) == (step, [])
        assert set(ids(small, f"{step} since 1902")) <= set(ids(small, step))


@pytest.mark.parametrize("part", ["evidence", "stance"])
def test_a_time_after_a_step_to_a_part_is_about_the_part(small: Ledger, part: str):
    narrowed = 0
    for kind in MODELS:
        for phrase, other, dated in possible_steps(kind):
            if other == part and dated:
                step = f"{PLURALS[kind]} {phrase}"
                among = ids(small, f"{step} any {part} since 1902")
                assert among == ids(small, f"{step} ({part} since 1902)")
                narrowed += among != ids(small, f"{step} any {part}")
    assert narrowed


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("claims where shown in letter", ["gauge"]),
        ("stances where stated in letter", ["pike/s1", "pike/s2"]),
        ("events where told in gazette and not told in log", ["flood"]),
        ("evidence where shown in gazette or shown in letter", ["gauge/e2", "gauge/e3", "wells/e1"]),
        ("evidence where source in (gazette, letter)", ["gauge/e2", "gauge/e3", "wells/e1"]),
    ],
)
def test_a_step_may_have_a_word_of_the_tests_in_it(ledger: Ledger, query: str, expected: list[str]):
    assert ids(ledger, query) == expected


@pytest.mark.parametrize("kind", MODELS)
def test_every_column_of_a_kind_can_be_shown_tested_and_printed(small: Ledger, kind: str):
    for name, column in columns(kind).items():
        everything = found(small, f"{PLURALS[kind]} select {name}")
        empty = set(ids(small, f"{PLURALS[kind]} where {name} is empty"))
        assert empty == {id_ for id_, row in zip(everything.ids, everything.rows, strict=True) if row[0] in (None, [])}
        if column.type != "part":
            found(small, f"{PLURALS[kind]} order by {name} desc")
        assert all(make(everything) is not None for make in output.FORMATS.values())


# Order, limit, columns


def test_order_is_by_scale_and_what_has_no_value_comes_last(ledger: Ledger):
    assert ids(ledger, "claims order by rating") == ["wells", "gauge", "moon"]
    assert ids(ledger, "claims order by rating desc") == ["gauge", "wells", "moon"]
    assert ids(ledger, "sources order by issued desc limit 2") == ["letter", "gazette"]
    assert ids(ledger, "stances order by proponent desc, stance asc") == ["pike/s1", "pike/s2", "hook/s1"]
    assert ids(ledger, "claims limit 0") == []


def test_selected_columns_are_plain_values(ledger: Ledger):
    [row] = rows(ledger, "claims where id = gauge select added, tags, evidence.quantity, number of evidence, draft")
    assert row == ("1904-05", ["sea", "Gauges"], [{"measure": "rise", "value": 12.5}], 3, None)


def test_what_equals_in_the_order_stands_by_id(ledger: Ledger):
    assert ids(ledger, "claims order by type") == ["gauge", "moon", "wells"]
    assert ids(ledger, "claims order by type desc") == ["wells", "gauge", "moon"]


# Errors

WRONG = """\
column 1: a query begins with what is asked for, and `clams` is no kind of record
  clams where rating = low
  ^^^^^
  hint: did you mean `claims`?

column 14: `orgins` is not a field of claims
  claims where orgins < 2
               ^^^^^^
  hint: did you mean `origins_for`?

column 14: `uses` is not a field of claims
  claims where uses = 1
               ^^^^
  hint: it is a field of sources; after a step these go in brackets: `(… where …)`

column 14: `source.status` is not a field of claims
  claims where source.status = retracted
               ^^^^^^^^^^^^^
  hint: write `claims with evidence from (sources where status …)`

column 14: `evidence.issued` is not a field of claims
  claims where evidence.issued > 1904
               ^^^^^^^^^^^^^^^
  hint: write `claims with (evidence where issued …)`

column 10: `from` is not expected here
  evidence from (sources where tier = reporting)
           ^^^^
  hint: write `evidence of ID`

column 27: `with` is not expected here
  claims where rating = low with (evidence where consulted = memory)
                            ^^^^
  hint: tests and steps are joined by `and` or `or`

column 1: a query begins with what is asked for, and `retracted` is no kind of record
  retracted sources
  ^^^^^^^^^
  hint: begin with the kind: `claims where …`, `claims count by verdict`, `claims select id, title`

column 8: `between` is not expected here
  events between 1903 and 1904
         ^^^^^^^
  hint: write `since … until …`

column 8: `containing` is not expected here
  claims containing tide
         ^^^^^^^^^^
  hint: write `where title contains …`

column 24: `rating` is never `meduim`
  claims where rating >= meduim
                         ^^^^^^
  hint: did you mean `medium`?

column 21: `type` is never `true`
  claims where type = true
                      ^^^^
  hint: it takes: definitional, empirical, historical, normative, predictive

column 23: `rating` is never `sure`
  claims where rating = sure
                        ^^^^
  hint: it takes: very-low, low, medium, high, very-high

column 19: `type` has no order
  claims where type < historical
                    ^
  hint: use `=`, `!=`, `in (…)` or `contains`

column 15: `issued` is a date, and `1903-13` is none
  sources since 1903-13
                ^^^^^^^
  hint: accepted: 2020, 2020-01, 2020-01-23, each with ~ (about) or ? (uncertain); ../2020-01 (by), 2020-01/.. (or later), 2020/2021

column 22: `teams` is a number, and `two` is none
  claims where teams < two
                       ^^^
  hint: write digits with a point, 15 at most

column 28: `first_hand` is never `yes`
  sources where first_hand = yes
                             ^^^
  hint: it takes: true, false

column 23: `=` does not go with `evidence`, which has parts
  claims where evidence = e1
                        ^
  hint: compare one of its fields, as in `evidence.consulted`, or use `contains` or `is empty`

column 24: `is` goes only with `empty` and `not empty`
  claims where rating is low
                         ^^^
  hint: did you mean `rating = low`?

column 20: `rating` is compared with nothing: a sign is missing
  claims where rating
                     ^
  hint: as in `= …`, `>= …`, `in (…)`, `contains …`, `is empty` or `is not empty`

column 21: `since` compares dates, and `rating` is none
  claims where rating since 1903
                      ^^^^^

column 24: `type` is not a list: there is nothing to count
  claims where number of type > 1
                         ^^^^
  hint: lists: tags, search_words, former_ids, exceptions, bears_on, relations, evidence, assessments, searches, cruxes, same_as, about, controversy, position, proponent, tier

column 8: `rejectd` is not expected here
  claims rejectd by tide-a
         ^^^^^^^
  hint: did you mean `rejected by`?

column 29: nothing has the id `tide-x`
  claims rejected by position tide-x
                              ^^^^^^
  hint: did you mean `tide-b`?

column 29: `hook` is one of the proponents, not of the positions
  claims rejected by position hook
                              ^^^^
  hint: leave out the word before it, or write proponent

column 20: `hook` is one of the proponents, and `rejected by` leads to positions
  claims rejected by hook
                     ^^^^

column 11: `held by` leads from positions to proponents or stances, not to claims
  positions held by claim gauge
            ^^^^

column 19: `rejected by` needs something to lead to, before the end of the query
  claims rejected by
                    ^
  hint: write an id, or a kind for any of it; it leads to positions

column 8: `rating` begins a test
  claims rating = low
         ^^^^^^
  hint: tests come after `where`: `where rating = …`

column 8: `added` begins a test
  claims added since 1904-11-22
         ^^^^^
  hint: tests come after `where`: `where added since …`

column 8: `rating` begins a test
  claims rating low
         ^^^^^^
  hint: tests come after `where`: `where rating = …`

column 27: `type` begins a test
  claims where rating = low type = empirical
                            ^^^^
  hint: tests and steps are joined by `and` or `or`

column 23: `rating` is never `very`
  claims where rating = very high
                        ^^^^
  hint: did you mean `very-high`?

column 9: `about` is not expected here
  sources about tide
          ^^^^^
  hint: write `sources of …` for what belongs to it, `sources linked to …` for what refers to it

column 14: `tide` is one of the controversies, and `about` leads to proponents
  claims about tide
               ^^^^

column 9: `told` is not expected here
  sources told in log
          ^^^^
  hint: `told in` leads from events

column 15: `told` is neither a field of sources nor a step from them
  sources where told in log
                ^^^^
  hint: `told in` leads from events

column 8: `sorted` is not expected here
  claims sorted by rating
         ^^^^^^
  hint: write `order by …`

column 8: `without` is not expected here
  claims without evidence
         ^^^^^^^
  hint: write `where … is empty`, or `where not with …`

column 10: `tide-a` is not expected here
  position tide-a
           ^^^^^^
  hint: for one record, write `positions where id = tide-a`

column 65: no part of `bears_on` has two values of `position`
  claims where bears_on.position = tide-a and bears_on.position = tide-b
                                                                  ^^^^^^
  hint: put each test in brackets to ask for two parts of `bears_on`: `(…) and (…)`

column 23: `number of evidence` is a number, and `rating` is none
  claims where rating < number of evidence
                        ^^^^^^

column 20: `added` is no text that could contain something
  claims where added contains updated
                     ^^^^^^^^
  hint: compare it with `=`

column 24: `or` is not expected here
  claims carrying tide-a or carrying tide-b
                         ^^
  hint: `and`, `or` and `not` join tests after `where`; order by, limit and select come last

column 27: `)` is missing after the tests in brackets
  claims where (rating = low
                            ^
  hint: found the end of the query in its place

column 22: this quote is never closed
  claims where scope = "spring
                       ^
  hint: close it with "

column 29: `tides` is not expected here
  claims where scope = spring tides
                              ^^^^^
  hint: a text of several words needs quotes; words in a title are found with `where title contains …`

column 14: a limit is a whole number, not `few`
  claims limit few
               ^^^
  hint: write `limit 10`

column 17: `evidence` has parts, and no order
  claims order by evidence
                  ^^^^^^^^
  hint: did you mean `number of evidence`?

column 21: `!` is used only before `=`
  claims where rating ! low
                      ^
  hint: write `!=`, or `not` before a test

column 1: a query begins with what is asked for, and `people` is no kind of record
  people
  ^^^^^^
  hint: did you mean `proponents`?

column 1: a query begins with what is asked for, and `count` is no kind of record
  count claims by verdict
  ^^^^^
  hint: begin with the kind: `claims where …`, `claims count by verdict`, `claims select id, title`

column 1: a query begins with what is asked for, and `two-wells` is no kind of record
  two-wells
  ^^^^^^^^^
  hint: for one record, write `records where id = two-wells`

column 25: `is` goes only with `empty` and `not empty`
  claims where verdict is probably true
                          ^^^^^^^^
  hint: did you mean `verdict = probably-true`?

column 25: `is` goes only with `empty` and `not empty`
  claims where verdict is null
                          ^^^^
  hint: write `is empty` or `is not empty`

column 24: `verdict` is never `contested`
  claims where verdict = contested
                         ^^^^^^^^^
  hint: did you mean `direction = contested`?

column 23: `evidence` has no order
  claims where evidence > 3
                        ^
  hint: did you mean `number of evidence`?

column 8: `in` is not expected here
  claims in wells
         ^^
  hint: write `claims of …` for what belongs to something, `claims since 2025` for a time

column 10: `for` is not expected here
  evidence for deep
           ^^^
  hint: write `evidence supporting …`, or `evidence of …` for all of it

column 8: `against` is not expected here
  claims against deep
         ^^^^^^^
  hint: write `claims disputing …`

column 9: `group` is not expected here
  sources group by tier
          ^^^^^
  hint: write `count by …`

column 8: `tagged` is not expected here
  claims tagged sea
         ^^^^^^
  hint: write `where tags contains …`

column 8: `that` is not expected here
  claims that support deep
         ^^^^
  hint: leave it out: after the kind comes a step, such as `used by`, or `where`

column 8: `changed` is not expected here
  claims changed since 1900
         ^^^^^^^
  hint: write `where updated …`

column 14: `has` is neither a field of claims nor a step from them
  claims where has evidence
               ^^^
  hint: write `where … is not empty`

column 15: `peer-reviewed` is neither a field of sources nor a step from them
  sources where peer-reviewed
                ^^^^^^^^^^^^^
  hint: did you mean `tier = peer-reviewed`?

column 15: `author` is not a field of sources
  sources where author = "Ann Hook"
                ^^^^^^
  hint: write `sources by ann-hook`

column 18: `outcome` is not a field of challenges
  challenges where outcome = open
                   ^^^^^^^
  hint: did you mean `resolution.outcome`?

column 14: `confidence` is not a field of claims
  claims where confidence = high
               ^^^^^^^^^^
  hint: did you mean `rating`?

column 12: nothing has the id `hok`
  sources by hok
             ^^^
  hint: did you mean `hook`?

column 28: nothing has the id `the wells`
  claims where controversy = "the wells"
                             ^^^^^^^^^^^
  hint: did you mean `wells`?

column 22: a value is missing before `=`
  claims where rating == low
                       ^
  hint: write `=` once

column 27: `&&` is not expected here
  claims where rating = low && teams > 1
                            ^^
  hint: write `and`

column 13: `no` is not expected here
  claims with no evidence
              ^^
  hint: write `where … is empty`, or `where not with …`

column 8: `citing` is not expected here
  claims citing s
         ^^^^^^
  hint: write `claims using …`

column 9: `cited` is not expected here
  sources cited by deep
          ^^^^^
  hint: write `sources used by …`

column 9: `of` is not expected here
  sources of deep
          ^^
  hint: write `sources used by deep`

column 8: `by` is not expected here
  claims by hook
         ^^
  hint: write `claims with evidence by hook`
"""  # noqa: E501 - as it is printed


@pytest.mark.parametrize("expected", WRONG.strip().split("\n\n"))
def test_what_is_wrong_is_shown_under_the_query(ledger: Ledger, expected: str):
    query = expected.splitlines()[1][2:]
    problem = answer(ledger, query)
    assert isinstance(problem, Problem)
    assert as_text(problem, query) == expected


def test_no_query_is_told_what_a_query_begins_with(ledger: Ledger):
    problem = answer(ledger, "")
    assert isinstance(problem, Problem)
    assert problem.message == "a query begins with what is asked for"
    assert problem.hint == f"one of: {', '.join(sorted(PLURALS.values()))}"


def test_a_query_has_bounds(ledger: Ledger):
    long = answer(ledger, "claims where title contains " + "x" * MAX_LENGTH)
    deep = answer(ledger, f"claims where {'(' * (MAX_DEPTH + 1)}rating = low{')' * (MAX_DEPTH + 1)}")
    chain = answer(ledger, "sources" + " behind sources" * (MAX_DEPTH + 1))
    assert [type(found) for found in (long, deep, chain)] == [Problem, Problem, Problem]
    assert ids(ledger, f"claims where {'(' * (MAX_DEPTH - 1)}rating = high{')' * (MAX_DEPTH - 1)}") == ["gauge"]


def test_control_characters_of_a_query_do_not_reach_the_terminal(ledger: Ledger):
    query = "claims where \x1b[31m = low"
    problem = answer(ledger, query)
    assert isinstance(problem, Problem)
    assert "\x1b" not in as_text(problem, query)


# Laws

PIECES = [
    *("claims", "sources", "evidence", "positions", "where", "and", "or", "not", "(", ")", ",", "=", "!=", "<", ">="),
    *("in", "is", "empty", "contains", "since", "before", "1903", "rating", "medium", "type", "empirical", "tide-a"),
    *("order", "by", "limit", "3", "select", "id", "number", "of", "with", "held by", "behind", "any", "'", '"x y"'),
    *("rejected by", "carrying", "gauge", "hook", "evidence.source", "desc", "used by", "record", "2020/..", "“", "!"),
]
TESTS = st.sampled_from(
    [
        *("rating >= medium", "type = empirical", "teams < 2", "scope is empty", "tags contains a", "since 1905"),
        *("carrying tide-a", "with evidence by pike since 1904", "rating = high", "added < 1905", "id = moon"),
    ]
)
FEW = settings(deadline=None)


@FEW
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=14))
def test_any_words_in_any_order_are_answered_or_explained(ledger: Ledger, pieces: list[str]):
    query = " ".join(["claims", *pieces])
    got = answer(ledger, query)
    if isinstance(got, Problem):
        assert 1 <= got.column <= len(query) + 1
        assert got.column < got.end_column
        assert as_text(got, query).startswith(f"column {got.column}: ")


@FEW
@given(query=st.text(max_size=60))
def test_any_text_is_answered_or_explained(ledger: Ledger, query: str):
    got = answer(ledger, query)
    assert isinstance(got, Answer) or as_text(got, query)


@FEW
@given(a=TESTS, b=TESTS, c=TESTS)
def test_and_or_and_not_obey_their_laws(ledger: Ledger, a: str, b: str, c: str):
    def where(test: str) -> list[str]:
        return ids(ledger, f"claims where {test}")

    assert where(f"{a} and {b}") == where(f"{b} and {a}")
    assert where(f"{a} or {b}") == where(f"{b} or {a}")
    assert where(f"not ({a} and {b})") == where(f"not {a} or not {b}")
    assert where(f"not ({a} or {b})") == where(f"not {a} and not {b}")
    assert where(f"{a} and ({b} or {c})") == where(f"{a} and {b} or {a} and {c}")
    assert where(f"not not {a}") == where(a)
    assert sorted([*where(a), *where(f"not {a}")]) == ids(ledger, "claims")


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_files_makes_no_difference(ledger: Ledger, seed: int):
    shuffled = list(CONTENT.items())
    random.Random(seed).shuffle(shuffled)
    other = ledger_of(dict(shuffled))
    for query in ("claims order by type", "sources used by tide-b order by tier desc", "records linked to wells"):
        assert found(other, query) == found(ledger, query)


# Output


def test_a_table_is_aligned_by_what_is_seen(ledger: Ledger):
    shown = Answer("claim", ("a", "b"), ("id", "title"), (("a", "潮 rises\n\x1b[0m"), ("b", None)))
    assert output.as_table(shown) == "id  title\n──  ─────────────\na   潮 rises �[0m\nb\n"


def test_a_table_is_cut_only_to_a_width(ledger: Ledger):
    shown = Answer("claim", ("a",), ("id", "title"), (("a", "A title of some length"),))
    assert output.as_table(shown, 16).splitlines()[-1] == "a   A title of …"
    assert output.as_table(shown).splitlines()[-1] == "a   A title of some length"


def test_nothing_is_an_empty_table_an_empty_list_and_a_head(ledger: Ledger):
    nothing = found(ledger, "claims where id = moon and rating = high")
    assert [make(nothing) for make in output.FORMATS.values()] == ["", "[]\n", "id,rating,title\n", ""]


def test_json_keeps_the_types(ledger: Ledger):
    got = json.loads(output.as_json(found(ledger, "claims where id = gauge select id, teams, tags, scope")))
    assert got == [{"id": "gauge", "teams": 2, "tags": ["sea", "Gauges"], "scope": None}]


def test_csv_can_be_read_back_and_runs_nothing(ledger: Ledger):
    written = output.as_csv(found(ledger, "sources where id = gazette select id, title, uses"))
    assert list(csv.reader(io.StringIO(written))) == [["id", "title", "uses"], ["gazette", "'=SUM(1)", "2"]]


@pytest.mark.parametrize("start", [start for start in GUARDED if start != "\r"])  # which no record can hold
def test_csv_guards_what_the_tables_of_the_site_guard(start: str):
    written = output.as_csv(Answer("claim", ("c",), ("title", "uses"), ((f"{start}1", -1),)))
    assert list(csv.reader(io.StringIO(written, newline="")))[1] == [guarded(f"{start}1"), "-1"] == [f"'{start}1", "-1"]


# The command


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the records of these tests."""
    for path, text in {"site.yml": SITE, **CONTENT}.items():
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_command_prints_the_answer_and_nothing_else(place: Path):
    got = run("query", "claims where rating >= medium", cwd=place)
    assert (got.returncode, got.stderr) == (0, "")
    assert got.stdout == (
        "id     rating  title\n"
        "─────  ──────  ─────────────────────────\n"
        "gauge  high    The gauge rose by a foot.\n"
        "wells  medium  The wells are salt.\n"
    )


def test_the_command_takes_a_query_in_words_and_another_folder(place: Path):
    got = run("query", "--format", "ids", "--content", place / "content", "claims", "carrying", "tide-a", cwd=ROOT)
    assert (got.returncode, got.stdout, got.stderr) == (0, "gauge\n", "")


def test_the_command_prints_the_sql_that_asks_the_same(place: Path):
    got = run("query", "--sql", "claims where teams < 2", cwd=place)
    assert (got.returncode, got.stderr) == (0, "")
    assert got.stdout == (
        "SELECT e1.id FROM entities AS e1 WHERE e1.kind IN ('claim')"
        " AND EXISTS (SELECT 1 FROM json_each(e1.data, '$.teams') AS v2 WHERE v2.value < 2) ORDER BY e1.id;\n"
    )


def test_an_empty_answer_is_an_answer(place: Path):
    got = run("query", "claims where rating = very-high", cwd=place)
    assert (got.returncode, got.stdout, got.stderr) == (0, "", "ledger: nothing was found\n")


def test_a_wrong_query_is_wrong_usage_as_the_documentation_shows_it(place: Path):
    got = run("query", "claims where orgins < 2", cwd=place)
    [block] = re.findall(r"^```text\n(.*?)^```$", page(), re.DOTALL | re.MULTILINE)
    assert (got.returncode, got.stdout, got.stderr) == (2, "", block)


def test_no_folder_is_wrong_usage(tmp_path: Path):
    got = run("query", "claims", cwd=tmp_path)
    assert (got.returncode, got.stdout) == (2, "")
    assert "there is no folder 'content'" in got.stderr


def test_files_with_errors_are_told_and_the_rest_is_answered(place: Path):
    (place / "content/claims/wells.yml").write_text("statement: Salt.\ntype: salty\n", encoding="utf-8")
    got = run("query", "--format", "ids", "claims order by verdict", cwd=place)
    assert (got.returncode, got.stdout) == (1, "gauge\nmoon\n")
    assert got.stderr.startswith(
        "ledger: the answer leaves out files with errors (1):\n"
        "content/claims/wells.yml:2:7: error[bad-value]: `type` cannot be 'salty'\n"
    )


def test_references_to_nothing_do_not_stand_in_the_way(place: Path):
    shutil.rmtree(place / "content/sources")
    shutil.rmtree(place / "content/proponents")
    got = run("query", "--format", "ids", "claims where verdict is empty order by rating", cwd=place)
    assert (got.returncode, got.stdout) == (1, "wells\ngauge\nmoon\n")
    assert got.stderr.startswith("ledger: nothing is computed from records with an error in their structure (")


def test_a_reader_may_stop_reading(place: Path):
    for number in range(3):
        text = f"statement: Long.\ntype: empirical\nscope: s\nbody: {'word ' * 15_000}\n"
        (place / f"content/claims/long-{number}.yml").write_text(text, encoding="utf-8")
    with running("query", "--format", "csv", "claims select id, body", cwd=place) as asked:
        assert asked.stdout.readline() == "id,body\n"
        asked.stdout.close()
        assert (asked.stderr.read(), asked.wait()) == ("", 0)


def test_drafts_are_left_out_unless_asked_for(place: Path):
    (place / "content/claims/new.yml").write_text("statement: New.\ntype: empirical\ndraft: true\n", encoding="utf-8")
    assert run("query", "--format", "ids", "claims where id = moon or draft = true", cwd=place).stdout == "moon\n"
    drafts = run("query", "--drafts", "--format", "ids", "claims where draft = true", cwd=place)
    assert drafts.stdout == "new\n"


# The documentation


def page() -> str:
    return (ROOT / "docs/query-language.md").read_text(encoding="utf-8")


@pytest.mark.content
def test_the_examples_of_the_documentation_are_answered_by_the_flagship():
    ledger = ledger_at(ROOT / "content")
    [block] = re.findall(r"^```sh\n(.*?)^```$", page(), re.DOTALL | re.MULTILINE)
    queries = [shlex.split(line)[-1] for line in block.splitlines()]
    assert len(queries) == 11
    for query in queries:
        found(ledger, query)


def test_the_grammar_of_the_documentation_has_every_word():
    [block] = re.findall(r"^```ebnf\n(.*?)^```$", page(), re.DOTALL | re.MULTILINE)
    assert {*KEYWORDS, *GRAMMAR["signs"], *GRAMMAR["number_of"].split()} <= set(re.findall(r'"([^"]+)"', block))


def test_the_bounds_of_the_documentation_are_those_of_the_program():
    assert f"at most {MAX_LENGTH:,} characters and {MAX_DEPTH} levels" in page()


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("claims count", ((3,),)),
        ("claims where number of position > 1 select id", (("gauge",),)),
        ("claims where tags contains count count", ((0,),)),
        ("claims count by rating", (("medium", 1), ("high", 1), (None, 1))),
        ("evidence count by consulted, relation limit 1", (("abstract", "supports", 1),)),
        ("claims count by tags", ((None, 2), ("Gauges", 1), ("sea", 1))),
        ("sources where year > 1902 count by year", ((1903, 1), (1904, 1))),
        ("sources where proponent = hook select id", (("log",),)),
        ("claims where controversy = tide and position = tide-b select id", (("gauge",),)),
        ("claims where tier = dataset count by position", (("tide-a", 1), ("tide-b", 1))),
        ("claims where controversy is empty select id", (("moon",),)),
    ],
)
def test_what_is_found_can_be_counted_and_found_as_in_the_lists(ledger: Ledger, query: str, rows: tuple):
    found = answer(ledger, query)
    assert isinstance(found, Answer), found
    assert found.rows == rows


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("claims count by evidence", "`evidence` has parts"),
        ("claims count by tags, position", "`tags` and `position` both have several values"),
        ("claims count by rating order by id", "a count has columns and an order of its own"),
    ],
)
def test_a_count_that_cannot_be_made_is_explained(ledger: Ledger, query: str, said: str):
    assert said in as_text(answer(ledger, query), query)


def test_a_count_has_no_ids(place: Path):
    done = run("query", "--format=ids", "claims count", cwd=place)
    assert (done.returncode, done.stdout) == (2, "")


def test_a_rating_compares_with_a_verdict_by_its_place(ledger: Ledger):
    """`low` stands where `perhaps-false` does; levels of evidence are on a scale of their own."""
    places = {"very-low": "probably-false", "low": "perhaps-false", "medium": "open", "high": "perhaps-true"}
    for row in rows(ledger, "claims where rating = verdict_high select rating, verdict_high"):
        assert places[row[0]] == row[1]
    surer, less, same = (set(ids(ledger, f"claims where rating {sign} verdict_high")) for sign in (">", "<", "="))
    assert surer | less | same == set(ids(ledger, "claims where rating is not empty and direction is not empty"))
    assert len(surer) + len(less) + len(same) == len(surer | less | same)
    assert isinstance(answer(ledger, "claims where evidence_for > rating"), Problem)
