"""What holds for every record, and for whatever else is put in its place."""

import json
import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from inventing import Inventor
from making import HERE, SMALL, TEMPLATES, Reader, by_path, data_of, python

from ledger import files, graph, loading, pages, render
from ledger.dates import PartialDate, parse_date
from ledger.files import TextFile
from ledger.records import KINDS

WORLD = loading.load_records(files.read(SMALL).files)
TARGETS = {
    "thread": "clocks",
    "controversy": "harbour-clock",
    "position": "harbour-clock-b",
    "claim": "sundial-agrees",
    "source": "logbook",
    "proponent": "elm-gazette",
    "event": "first-ring",
    "term": "mean-time",
    "page": "method",
    "evidence": "clock-lags/e1",
    "editor": "second",
    "record": "method",
}
LETTERS = "aZé日本ωжאا😀🕰ﬁ0'\"{}<>&;%$/|^=+]?!,.:-"
"""Letters of several scripts, and what HTML, JSON, Jinja and YAML make something of; Markdown takes fewer."""
WORDS = st.lists(
    st.text(LETTERS, max_size=8) | st.sampled_from(("{{", "{%", "<b>", "&lt;", "</q>", "<!--", "'\"", "%}", "é")),
    min_size=3,
    max_size=12,
)


UNSEEN = ("citation_key", "status_why")
"""What is for programs, or shows only beside what else is there."""


@settings(deadline=None, derandomize=True, phases=(Phase.generate,))
@given(words=WORDS, seed=st.integers(0, 1 << 32))
def test_every_word_of_a_record_is_on_its_page_and_in_its_json(words: list[str], seed: int):
    inventors = {
        f"{kind.folder}/new-{kind.name}": Inventor(kind, TARGETS, words, random.Random(seed)) for kind in KINDS
    }
    site = _published({path: inventor.record() for path, inventor in inventors.items()})
    for path, inventor in inventors.items():
        further = (f"{path}/{name}.html" for name in ("story", "cruxes", "audit"))
        shown = "\n".join(Reader(site[page].decode()).text for page in (f"{path}.html", *further) if page in site)
        kept = "\n".join(_strings(json.loads(site[f"{path}.json"])["record"]))
        seen = [(field, word) for field, word in inventor.words_written() if field not in UNSEEN]
        assert [(field, word) for field, word in seen if word not in shown] == []
        assert [(field, word) for field, word in inventor.words_written() if word not in kept] == []


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def _published(records: dict[str, dict[str, Any]]) -> dict[str, bytes]:
    """The pages and twins of some records, among those of the small site."""
    made = {}
    for path, fields in records.items():
        text = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=100_000)
        record, problems = loading.load_record(TextFile(f"{path}.yml", text))
        assert record is not None, problems
        made[record.id] = record
    ledger = graph.published(graph.build_graph(replace(WORLD, records={**WORLD.records, **made})))
    named = ((place, place.url.removesuffix(".html")) for place in pages.site_map(ledger))
    wanted = [place.make() for place, name in named if name in records or name.rpartition("/")[0] in records]
    return by_path(render.render_page(page, TEMPLATES) for page in wanted) | data_of(
        ledger, *(f"{path}.json" for path in records)
    )


@pytest.mark.hypothesis
def test_any_mutated_record_gives_a_record_or_a_finding(tmp_path: Path):
    """In a process of its own, where a signal or an endless loop is seen."""
    many = 150 * settings().max_examples
    run = python(HERE / "mutating.py", tmp_path / "last", str(many))
    assert run.returncode == 0, f"{run.stderr}\n{(tmp_path / 'last').read_bytes()!r}"
    given = json.loads(run.stdout)
    assert given["record"] + given["finding"] == many
    assert min(given.values()) > many // 10


def _day(text: str) -> st.SearchStrategy[str]:
    return st.dates().map(lambda day: f"{day.year:04}-{day.month:02}-{day.day:02}"[: len(text)])


DATES = st.tuples(st.one_of(_day("2020"), _day("2020-01"), _day("2020-01-23")), st.sampled_from("~? ")).map(
    lambda parts: "".join(parts).strip()
)
SPANS = st.tuples(DATES, DATES).map("/".join) | DATES.map("../{}".format) | DATES.map("{}/..".format)


@given(DATES)
def test_a_date_keeps_its_text_and_lies_within_itself(text: str):
    read = parse_date(text)
    assert str(read) == text
    assert parse_date(str(read)) == read
    assert read.earliest <= read.latest
    assert text.startswith(read.earliest.isoformat()[: len(text.rstrip("~?"))])
    assert text.startswith(read.latest.isoformat()[: len(text.rstrip("~?"))])


@given(SPANS)
def test_an_interval_keeps_its_text_or_ends_before_it_starts(text: str):
    start, end = text.split("/")
    if ".." not in (start, end) and parse_date(end).latest < parse_date(start).earliest:
        with pytest.raises(ValueError, match="before it starts"):
            parse_date(text)
    else:
        assert str(parse_date(text)) == text
        assert parse_date(text).earliest <= parse_date(text).latest


@given(st.lists(DATES | SPANS.filter(lambda text: ".." in text), max_size=20))
def test_the_order_of_dates_is_total_by_earliest_day_and_coarser_first(texts: list[str]):
    dates = sorted(map(parse_date, texts), key=PartialDate.sort_key)
    assert dates == sorted(map(parse_date, sorted(texts)), key=PartialDate.sort_key)
    for first, second in pairwise(dates):
        assert first.earliest <= second.earliest
        assert first.sort_key() < second.sort_key() or first == second
        assert first.earliest < second.earliest or first.precision <= second.precision


@given(st.text() | st.text("0123456789-/.~?% T٣²", max_size=24))
def test_what_is_no_date_is_a_value_error_and_nothing_else(text: str):
    with suppress(ValueError):
        assert str(parse_date(text)) == text
