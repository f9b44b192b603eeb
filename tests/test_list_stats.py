"""`ledger list` and `ledger stats`: what there is, by id and title, and in figures."""

import csv
import json
from io import StringIO

import pytest
from making import SMALL, ledger_at, run_here, seen_from

from ledger import cli, urls
from ledger.query.evaluate import Answer, answer
from ledger.views.statistics import view_statistics

WHERE = ("--content", SMALL)


def listed(*words: str) -> list[list[str]]:
    """The rows of a list, without its head."""
    done = run_here("list", *WHERE, "--format", "csv", *words)
    assert (done.returncode, done.stderr) == (cli.BUILT, "")
    return [*csv.reader(StringIO(done.stdout))][1:]


def asked(query: str) -> Answer:
    found = answer(ledger_at(SMALL), query)
    assert isinstance(found, Answer)
    return found


def test_a_list_is_what_a_query_finds_by_id_and_title():
    assert [row[0] for row in listed()] == [*ledger_at(SMALL).records]
    assert {tuple(row) for row in listed()} == {*asked("records select id, kind, title").rows}
    words = ("where rating >= medium", "order by title", "limit 2")
    found = asked(f"claims {' '.join(words)} select id, title")
    assert found.ids
    assert [tuple(row) for row in listed("claim", *words)] == [*found.rows]


def test_a_list_is_also_text_and_json_and_has_drafts_where_they_are_asked_for():
    text, data, drafts = (
        run_here("list", *WHERE, *words, "claims")
        for words in ((), ("--format", "json"), ("--drafts", "--format", "json"))
    )
    lines = text.stdout.splitlines()
    assert lines[0].split() == ["id", "title"]
    assert [line.split()[0] for line in lines[2:]] == [one["id"] for one in json.loads(data.stdout)]
    assert {one["id"] for one in json.loads(drafts.stdout)} - {one["id"] for one in json.loads(data.stdout)} == {
        "unfinished"
    }


@pytest.mark.parametrize(("words", "hint"), [(["clams"], "claims"), (["claims", "where ratign = low"], "rating")])
def test_a_slip_in_a_list_is_answered_as_in_a_query(words: list[str], hint: str):
    done = run_here("list", *WHERE, *words)
    assert (done.returncode, done.stdout) == (cli.USAGE, "")
    assert f"did you mean `{hint}`?" in done.stderr


def test_the_figures_are_those_of_the_page():
    view = view_statistics(seen_from(ledger_at(SMALL), urls.STATISTICS))
    text, data = run_here("stats", *WHERE), run_here("stats", *WHERE, "--format", "json")
    rows = [(row["figure"], row["value"], row["count"], row["of"]) for row in json.loads(data.stdout)]
    for chart in (*view.verdicts, *view.charts):
        assert [row[1:3] for row in rows if row[0] == chart.id] == [(bar.label, bar.count) for bar in chart.bars]
        assert all(f"  {bar.label} " in text.stdout for bar in chart.bars)
    assert [row[1:] for row in rows if row[0] == "missing"] == [(gap.id, gap.many, gap.of) for gap in view.gaps]
    assert rows[-1] == ("withdrawn", "", view.withdrawn, None)
    for said in (*view.choices.said, *view.agreement.said):
        assert " ".join(said.split()) in " ".join(text.stdout.split())
    assert max(map(len, text.stdout.splitlines())) <= 80
