"""`issued: unknown` says that a work bears no date, wherever its date is shown, compared or counted."""

from datetime import date

import pytest
from making import CLAIM, EVIDENCE, SOURCE, ledger_of

from ledger import apa, bibliography, checks, citations, highwire, schema_org, texts
from ledger.dates import UNDATED, parse_date
from ledger.facets import OWN
from ledger.query.evaluate import answer
from ledger.records import Source

NAMED = SOURCE.replace("authors: unknown", "authors: [{family: Stone, given: Ann}]")
LEDGER = ledger_of(
    {
        "sources/s.yml": NAMED.replace("1999", "unknown") + "added: 2026-01-01\naccessed: 2020-01-01\n",
        "sources/t.yml": SOURCE + "added: 2026-01-01\n",
        "claims/x.yml": CLAIM + EVIDENCE + "added: 2026-01-01\n",
    }
)
FIELDS = LEDGER.record(Source, "s").fields


def test_it_is_neither_before_nor_after_any_other_date():
    assert FIELDS.issued == UNDATED
    assert (UNDATED.begins, UNDATED.ends) == (date.min, date.min)
    assert UNDATED.sort_key() < parse_date("0001").sort_key()
    assert [problem.check for problem in checks.run(LEDGER) if problem.span.path == "sources/s.yml"] == []


def test_it_is_said_in_words():
    assert texts.day(FIELDS.issued) == "undated"
    assert citations.label(FIELDS) == "Stone n.d."
    assert "Stone, undated." in citations.in_full(FIELDS, "Maps")
    assert ("Stone, A. (n.d.).", False) in [(words[:17], slanted) for words, slanted in apa.apa(FIELDS, "Maps")]


def test_no_year_is_made_up():
    assert OWN["year"](LEDGER.records["s"]) == ()
    assert schema_org.day(FIELDS.issued) == ""
    assert "citation_publication_date" not in dict(highwire.tags(FIELDS, "Maps"))


def test_other_formats_have_no_date_and_it_comes_back_as_it_was():
    item = bibliography.csl_item("s", FIELDS, "Maps")
    assert ("issued" in item, item["custom"]) == (False, {"issued": "unknown"})
    assert "year" not in bibliography.bibtex(item)
    assert "PY" not in bibliography.ris(item)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("sources where issued = unknown", ["s"]),
        ("sources where issued != unknown", ["t"]),
        ("sources since 1800", ["t"]),
        ("sources where issued < 2100", ["t"]),
        ("sources where issued is empty", []),
        ("sources order by issued", ["s", "t"]),
    ],
)
def test_a_query_finds_it_by_the_word_alone(query, ids):
    assert list(answer(LEDGER, query).ids) == ids
