"""One query language: the command line, the script of the search page and the database give the same ids.

Queries are made by chance from the grammar and the columns, with values that occur in a ledger made by chance.
"""

import json
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from chance_ledgers import texts_of
from making import ROOT, data_of, ledger_of
from test_query import CONTENT, WRONG

from ledger.graph import Ledger
from ledger.query.columns import MODELS, PLURALS, Column, cell, columns, entities
from ledger.query.evaluate import Answer, answer
from ledger.query.lexer import DATE_WORDS, GRAMMAR, Problem
from ledger.query.sql import as_sql
from ledger.query.steps import phrases, steps

MANY = 500
FIRST_GUESSES = (
    "sources where year > 2015",
    "claims where scope is not empty",
    "claims where controversy = tide",
    "claims count by verdict",
    "claims where evidence.relation = supports and evidence.consulted = memory",
    "claims where number of controversy > 0",
    *GRAMMAR["examples"],
)


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return ledger_of({**texts_of(Random(5)), **CONTENT})


@pytest.fixture(scope="module")
def site(ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the search page and the database ask."""
    folder = tmp_path_factory.mktemp("asked")
    (folder / "query").mkdir()
    for path, data in data_of(ledger, "query/*", "ledger.sqlite").items():
        (folder / path).write_bytes(data)
    return folder


def in_script(site: Path, queries: list[str]) -> list[dict[str, Any]]:
    """What the script of the search page answers."""
    command = ["node", str(ROOT / "tests/asking.js"), str(site), str(ROOT / "templates/static")]
    done = subprocess.run(command, input=json.dumps(queries), capture_output=True, text=True, check=True, timeout=120)
    return json.loads(done.stdout)


# Queries by chance


class Chance:
    """Makes queries of a ledger."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self.random, self.ledger = Random(seed), ledger
        self.of_kind: dict[str, list[str]] = {}
        self.known: dict[tuple[str, str], list[Any]] = {}
        for one in entities(ledger).values():
            self.of_kind.setdefault(one.kind, []).append(one.id)
        self.kinds = [kind for kind in MODELS if kind in self.of_kind or kind == "record"]

    def query(self) -> str:
        kind = self.random.choice(self.kinds)
        asked = self.selection(kind, depth=2)
        if self.random.random() < 0.3:
            names = [name for name, one in columns(kind).items() if one.type != "part" and name != "note"]
            asked += f" order by {self.random.choice(names)}{self.random.choice(('', ' desc', ' asc'))}"
        return asked + (f" limit {self.random.randint(1, 6)}" if self.random.random() < 0.2 else "")

    def selection(self, kind: str, depth: int) -> str:
        found = [self.random.choice((PLURALS[kind], kind))]
        if self.random.random() < 0.4:
            found.append(self.step(kind, depth))
        if self.random.random() < 0.15:
            found.append(self.time())
        if self.random.random() < 0.8:
            found.append(f"where {self.tests(kind, depth)}")
        return " ".join(found)

    def tests(self, kind: str, depth: int) -> str:
        joined = [self.test(kind, depth) for _ in range(self.random.randint(1, 3))]
        return f" {self.random.choice(('and', 'or', 'and'))} ".join(joined)

    def test(self, kind: str, depth: int) -> str:
        chance = self.random.random()
        if depth and chance < 0.15:
            return f"({self.tests(kind, depth - 1)})"
        if depth and chance < 0.25:
            return f"not {self.test(kind, depth - 1)}"
        if depth and chance < 0.4:
            return self.step(kind, depth - 1)
        return self.comparison(kind)

    def comparison(self, kind: str) -> str:
        known = [column for column in columns(kind).values() if column.name not in GRAMMAR["private"]]
        used = [column for column in known if self.values(kind, column)]
        column = self.random.choice(used if used and self.random.random() < 0.85 else known)
        is_searched = column.type in GRAMMAR["searchable"]
        ways = ["is empty", "is not empty", *(["contains"] * is_searched), *(["number"] * column.is_list)]
        ways += [] if column.type == "part" else ["=", "!=", "in", "not in"] * 2
        ways += ["<", "<=", ">", ">=", "other"] if column.type in GRAMMAR["ordered"] else []
        ways += [*DATE_WORDS] if column.type == "date" else []
        match self.random.choice(ways):
            case "is empty" | "is not empty" as way:
                return f"{column.name} {way}"
            case "contains":
                return f"{column.name} contains {quoted(self.word(kind, column))}"
            case "number":
                return f"number of {column.name} {self.sign()} {self.random.randint(0, 3)}"
            case "in" | "not in" as way:
                return f"{column.name} {way} ({self.value(kind, column)}, {self.value(kind, column)})"
            case "other":
                alike = [one.name for one in known if (one.type, one.choices) == (column.type, column.choices)]
                return f"{column.name} {self.sign()} {self.random.choice(alike)}"
            case sign:
                return f"{column.name} {sign} {self.value(kind, column)}"

    def step(self, kind: str, depth: int) -> str:
        phrase = self.random.choice(phrases(kind))
        after = {one for step in steps()[phrase] if kind in step.before for one in step.after}
        ends = [one for one in self.kinds if one in after and one in self.of_kind]
        if not ends:
            return self.comparison(kind) if depth < 2 else self.time()
        end = self.random.choice(ends)
        id_ = self.random.choice(self.of_kind[end])
        ways = [id_, f"{end} {id_}", f"any {end}"] + [f"({self.selection(end, depth - 1)})"] * (depth > 0)
        times = [self.time() for _ in range(self.random.choice((0, 0, 0, 1, 2)))]
        return " ".join([phrase, self.random.choice(ways), *times])

    def sign(self) -> str:
        return str(self.random.choice(GRAMMAR["signs"]))

    def time(self) -> str:
        return f"{self.random.choice([*DATE_WORDS])} {self.random.choice(DAYS)}"

    def values(self, kind: str, column: Column) -> list[Any]:
        """The values of a column that occur."""
        if (kind, column.name) not in self.known:
            kinds = {kind} if kind != "record" else {one for one in MODELS if one not in ("evidence", "stance")}
            found = [
                cell(replace(column, is_list=True), column.values(self.ledger, one))
                for one in entities(self.ledger).values()
                if one.kind in kinds
            ]
            self.known[kind, column.name] = [value for values in found for value in values]
        return self.known[kind, column.name]

    def value(self, kind: str, column: Column) -> str:
        """What may be compared with a column: mostly what occurs in it."""
        if column.type == "date" and self.random.random() < 0.5:
            return self.random.choice(DAYS)
        found = self.values(kind, column) or list(column.choices)
        if column.type == "id":
            found = found or self.of_kind["claim"]
        elif not found:
            found = {"number": [1], "flag": [True], "date": ["2001"]}.get(column.type, ["x"])
        return quoted(self.random.choice(found))

    def word(self, kind: str, column: Column) -> str:
        texts = [one for one in self.values(kind, column) if isinstance(one, str)] or ["s"]
        text = self.random.choice(texts)
        at = self.random.randrange(len(text))
        return text[at : at + self.random.randint(1, 5)]


DAYS = ("1902", "1903-06", "1904-07-01", "2001", "2020", "2024-06", "2025-01-10", "2020/..", "../1903", "unknown")


def quoted(value: Any) -> str:
    text = json.dumps(value) if isinstance(value, bool) else str(value)
    return "'" + text.replace("'", "") + "'" if '"' in text else f'"{text}"' if not text.isalnum() else text


@pytest.fixture(scope="module")
def queries(ledger: Ledger) -> list[str]:
    """Five hundred that can be answered."""
    chance, found = Chance(ledger, 15), dict[str, None]()
    while len(found) < MANY:
        if isinstance(answer(ledger, query := chance.query()), Answer):
            found[query] = None
    return [*found]


@pytest.mark.needs("node")
def test_queries_find_the_same_everywhere(ledger: Ledger, site: Path, queries: list[str]):
    answers = [answer(ledger, query) for query in [*FIRST_GUESSES, *queries]]
    asked = [*FIRST_GUESSES, *queries]
    expected = {query: list(one.ids) for query, one in zip(asked, answers, strict=True)}
    assert sum(len(ids) > 0 for ids in expected.values()) > MANY // 3
    scripted = in_script(site, asked)
    assert {query: one.get("ids", one) for query, one in zip(asked, scripted, strict=True)} == expected
    counts = [(script["rows"], one.rows) for script, one in zip(scripted, answers, strict=True) if not one.ids]
    assert [rows for rows, _ in counts] == [[*map(list, rows)] for _, rows in counts]
    with closing(sqlite3.connect(site / "ledger.sqlite")) as database:
        for query in (one for one in asked if " count" not in one):
            assert [id_ for (id_,) in database.execute(as_sql(ledger, query))] == expected[query], query


@pytest.mark.needs("node")
def test_the_script_says_the_same_of_mistakes(ledger: Ledger, site: Path):
    shown = [block.splitlines()[1][2:] for block in WRONG.strip().split("\n\n")]
    odd = ("claims {}", "claims of {}", "claims where {} = 1", "claims where id = x and about = {}", "claims where {}")
    wrong = ["", "x" * 2001, *(one.format(word) for one in odd for word in ("constructor", "__proto__")), *shown]
    for query, said in zip(wrong, in_script(site, wrong), strict=True):
        problem = answer(ledger, query)
        assert isinstance(problem, Problem)
        assert said == {
            "message": problem.message,
            "hint": problem.hint,
            "start": problem.column - 1,
            "end": problem.end_column - 1,
        }


@pytest.mark.needs("node")
def test_what_is_for_editors_alone_is_not_published(ledger: Ledger, site: Path):
    query = "claims where note contains x"
    problem = as_sql(ledger, query)
    assert isinstance(problem, Problem)
    assert in_script(site, [query])[0]["message"] == problem.message
    assert isinstance(answer(ledger, query), Answer)


def test_a_count_can_be_asked_of_the_database(ledger: Ledger, site: Path):
    with closing(sqlite3.connect(site / "ledger.sqlite")) as database:
        for query in ("claims count", "claims count by verdict", "sources where year > 1902 count by tier"):
            assert database.execute(as_sql(ledger, query)).fetchall() == [*answer(ledger, query).rows]
