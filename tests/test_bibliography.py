"""Sources as reference managers read them: what we write, other projects' parsers read back."""

import json
import string
from collections.abc import Callable
from datetime import date as day
from typing import Any

import bibtexparser
import pytest
import rispy
import yaml
from bibtexparser.middlewares.names import SeparateCoAuthors, SplitNameParts
from hypothesis import given
from hypothesis import strategies as st
from making import MEDIUM, SMALL, SOURCE, data_of, ledger_at, ledger_of, load, seen_from
from pylatexenc.latex2text import LatexNodes2Text

from ledger.bibliography import bibtex, csl_item, ris
from ledger.graph import Ledger
from ledger.importers.bibtex import read_bibtex
from ledger.importers.drafts import ForeignFile, Run
from ledger.views.controversy import view_controversy

KAPLAN = "{family: Kaplan, given: Jared}"
OPENAI = "{literal: Open AI and Friends}"


def item(authors: str = "unknown", **fields: str) -> dict[str, Any]:
    """The CSL-JSON of a source with these fields."""
    required = {"type": "report", "title": "Maps", "issued": "1999", "tier": "reporting", "derived_from": "unknown"}
    text = "".join(f"{name}: {value}\n" for name, value in (required | {"authors": authors} | fields).items())
    record = load({"sources/s.yml": text}).records["s"]
    return csl_item(record.id, record.fields, record.title)


def bibtex_fields(text: str) -> dict[str, str]:
    """The fields of one BibTeX entry, as another project's parser reads them."""
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    return {field.key: field.value for field in entry.fields}


def plain(latex: str) -> str:
    """LaTeX as the parser's own decoder reads it; it shows an escaped `^` as the modifier letter."""
    return LatexNodes2Text().latex_to_text(latex).replace("\u02c6", "^")


def people(text: str) -> list[tuple[str, str]]:
    """The family and given names of an entry's authors, as the parser takes them apart."""
    stack = [SeparateCoAuthors(), SplitNameParts()]
    (entry,) = bibtexparser.parse_string(text, append_middleware=stack).entries
    names = entry.fields_dict["author"].value
    return [(plain(" ".join([*name.von, *name.last])), plain(" ".join(name.first))) for name in names]


def ris_fields(text: str) -> dict[str, Any]:
    (record,) = rispy.loads(text)
    return record


# CSL-JSON


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ("2020", {"date-parts": [[2020]]}),
        ("2020-01", {"date-parts": [[2020, 1]]}),
        ("2020-01-23", {"date-parts": [[2020, 1, 23]]}),
        ("2020/2021-05", {"date-parts": [[2020], [2021, 5]]}),
        ("2026-07~", {"date-parts": [[2026, 7]], "circa": True}),
        ("2026?", {"date-parts": [[2026]], "circa": True}),
        ("../2026-04-26", {"date-parts": [[2026, 4, 26]], "circa": True}),
        ("2025-09/..", {"date-parts": [[2025, 9]], "circa": True}),
    ],
)
def test_a_date_has_the_parts_that_are_known(issued: str, date: dict[str, Any]):
    made = item(issued=issued)
    assert made["issued"] == date
    assert made.get("custom", {}).get("issued") == (issued if "circa" in date else None)


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        (f"[{KAPLAN}]", [{"family": "Kaplan", "given": "Jared"}]),
        (f"[{OPENAI}]", [{"literal": "Open AI and Friends"}]),
        ("[{family: Plato}]", [{"family": "Plato"}]),
        ("[{given: Plato}]", [{"literal": "Plato"}]),
        ("[{literal: The Board, family: Gull, given: Ann}]", [{"literal": "The Board (Ann Gull)"}]),
    ],
)
def test_a_person_has_two_names_and_any_other_author_one(authors: str, names: list[dict[str, str]]):
    assert item(authors)["author"] == names


def test_without_known_authors_there_are_none():
    assert "author" not in item("unknown")
    assert "author = " not in bibtex(item("unknown"))
    assert "AU  - " not in ris(item("unknown"))


def test_a_list_of_authors_that_was_cut_says_so_in_every_format():
    made = item(f"[{KAPLAN}]", et_al="true")
    assert made["author"][-1] == {"literal": "et al."}
    assert bibtex_fields(bibtex(made))["author"] == "Kaplan, Jared and others"
    assert ris_fields(ris(made))["authors"] == ["Kaplan, Jared", "et al."]


def test_a_variable_of_the_editors_own_has_the_form_of_its_kind():
    made = item(csl="{interviewer: Ann Gull, event-date: 1999-05, original-date: long ago, genre: talk, title: No}")
    assert made["interviewer"] == [{"literal": "Ann Gull"}]
    assert made["event-date"] == {"date-parts": [[1999, 5]]}
    assert made["original-date"] == {"literal": "long ago"}
    assert (made["genre"], made["title"]) == ("talk", "Maps")


def test_what_bibtex_and_ris_have_no_field_for_stands_in_a_note():
    own = "{interviewer: Ann Gull, event-date: 1999-05, note: Seen twice., custom: x}"
    made = item(csl=own, issued="2026-07~", archive_url="https://example.org/a")
    said = ["Seen twice.", "Issued about July 2026", "Archived copy: https://example.org/a", "event-date: 1999-05"]
    said += ["interviewer: Ann Gull"]
    assert bibtex_fields(bibtex(made))["note"] == "; ".join(said)
    assert ris_fields(ris(made))["notes"] == said


# BibTeX and RIS

EVERYTHING = {
    "type": "article-journal",
    "title": "Maps",
    "container_title": "Nature",
    "publisher": "Press",
    "volume": "12",
    "issue": "3-4",
    "pages": "7–19",
    "issued": "2020-01-23",
    "url": "https://example.org/a_b%20c?d=1&e=~x#f",
    "doi": "10.1000/a_b<1>",
    "arxiv": "2001.08361",
    "isbn": "0-306-40615-2",
    "pmid": '"123"',
    "accessed": "2024-05",
    "language": "en",
}


def test_every_field_of_a_source_is_in_its_bibtex():
    assert bibtex_fields(bibtex(item(f"[{KAPLAN}, {OPENAI}]", **EVERYTHING))) == {
        "author": "Kaplan, Jared and {Open AI and Friends}",
        "title": "{Maps}",
        "journal": "Nature",
        "publisher": "Press",
        "year": "2020",
        "month": "jan",
        "day": "23",
        "volume": "12",
        "number": "3-4",
        "pages": "7--19",
        "doi": "10.1000/a_b<1>",
        "isbn": "0-306-40615-2",
        "pmid": "123",
        "url": "https://example.org/a_b%20c?d=1&e=~x#f",
        "eprint": "2001.08361",
        "archiveprefix": "arXiv",
        "urldate": "2024-05",
        "language": "en",
    }


def test_every_field_of_a_source_is_in_its_ris():
    assert ris_fields(ris(item(f"[{KAPLAN}, {OPENAI}]", **EVERYTHING))) == {
        "type_of_reference": "JOUR",
        "id": "s",
        "authors": ["Kaplan, Jared", "Open AI and Friends"],
        "title": "Maps",
        "year": "2020",
        "date": "2020/01/23/",
        "access_date": "2024/05",
        "secondary_title": "Nature",
        "publisher": "Press",
        "volume": "12",
        "number": "3-4",
        "doi": "10.1000/a_b<1>",
        "issn": "0-306-40615-2",
        "urls": ["https://example.org/a_b%20c?d=1&e=~x#f"],
        "language": "en",
        "start_page": "7",
        "end_page": "19",
        "notes": ["arXiv: 2001.08361", "PMID: 123"],
    }


@pytest.mark.parametrize(
    ("said", "kind", "fields"),
    [
        ({"type": "patent", "csl": "{number: US1}"}, "patent", {"number": "US1"}),
        ({"type": "report", "csl": "{number: TR-1}", "issue": "2"}, "techreport", {"number": "TR-1", "issue": "2"}),
        ({"type": "thesis", "csl": "{genre: Master's thesis}", "publisher": "Odd"}, "mastersthesis", {"school": "Odd"}),
        ({"type": "thesis", "csl": "{genre: PhD thesis}", "publisher": "Odd"}, "phdthesis", {"school": "Odd"}),
        ({"type": "dataset", "csl": "{number: '7'}"}, "misc", {"number": "7"}),
    ],
)
def test_the_number_and_the_sort_of_a_work_in_bibtex(said: dict[str, str], kind: str, fields: dict[str, str]):
    made = bibtex(item(**said))
    assert made.startswith(f"@{kind}{{")
    found = bibtex_fields(made)
    assert {name: found[name] for name in fields} == fields
    (draft,) = read_bibtex(ForeignFile("a.bib", made.encode()), Run(day(2026, 1, 2))).drafts
    assert (draft.fields.get("csl"), draft.fields.get("issue")) == (yaml.safe_load(said["csl"]), said.get("issue"))


def test_a_corporate_author_stands_in_double_braces():
    assert "  author = {{Open AI and Friends}},\n" in bibtex(item(f"[{OPENAI}]"))


@pytest.mark.parametrize(("issued", "date"), [("2020", "2020///"), ("2020-01", "2020/01//")])
def test_a_date_in_ris_leaves_the_unknown_parts_empty(issued: str, date: str):
    assert ris_fields(ris(item(issued=issued)))["date"] == date


def test_an_interval_is_said_in_words():
    assert bibtex_fields(bibtex(item(issued="2020/2021-05")))["note"] == "Issued 2020 to 2021-05"


def test_lines_of_ris_end_as_the_format_says():
    assert ris(item()).replace("\r\n", "").isprintable()


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("R&D: 100% of $5 #1 a_b", r"R\&D: 100\% of \$5 \#1 a\_b"),
        ("~ ^ \\", r"\textasciitilde{} \textasciicircum{} \textbackslash{}"),
        ("{A}}", r"\ensuremath{\lbrace}A\ensuremath{\rbrace}\ensuremath{\rbrace}"),
        ("a--b ``c''", r"a-{}-b `{}`c'{}'"),
        ("é 日 – “x”", "é 日 – “x”"),
    ],
)
def test_what_latex_reads_as_more_than_a_character_is_escaped(title: str, written: str):
    assert f"  title = {{{{{written}}}}},\n" in bibtex({"id": "s", "type": "report", "title": title})


WORDS = st.text(string.ascii_letters + string.digits + string.punctuation + "é日–“ ", min_size=1).map(
    lambda text: " ".join(text.split())
)
TITLES = WORDS.filter(bool)
NAMES = st.text(string.ascii_letters + "&%$#_{}\\~é.-' ", min_size=1).map(lambda text: " ".join(text.split()))
PEOPLE = st.lists(st.tuples(NAMES.filter(bool), NAMES.filter(bool)), min_size=1, max_size=3)
ORGANISATIONS = st.lists(TITLES.filter(lambda name: name != "et al."), min_size=1, max_size=3)


@given(TITLES)
def test_any_title_comes_back_from_bibtex(title: str):
    text = bibtex({"id": "s", "type": "report", "title": title})
    assert plain(bibtex_fields(text)["title"]) == title


@given(TITLES)
def test_any_title_comes_back_from_ris(title: str):
    assert ris_fields(ris({"id": "s", "type": "report", "title": title}))["title"] == title


@given(ORGANISATIONS)
def test_no_organisation_is_taken_apart(names: list[str]):
    made = {"id": "s", "type": "report", "title": "T", "author": [{"literal": name} for name in names]}
    assert people(bibtex(made)) == [(name, "") for name in names]


@given(PEOPLE)
def test_any_person_comes_back_from_bibtex(names: list[tuple[str, str]]):
    authors = [{"family": family, "given": given_} for family, given_ in names]
    assert people(bibtex({"id": "s", "type": "report", "title": "T", "author": authors})) == names


# The files


@pytest.fixture(scope="module", params=[SMALL, MEDIUM], ids=["small", "medium"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    return ledger_at(request.param)


@pytest.fixture(scope="module")
def files(ledger: Ledger) -> dict[str, bytes]:
    return data_of(ledger, "*.bib", "*.ris", "*.csl.json")


def bibtex_ids(data: bytes) -> list[str]:
    library = bibtexparser.parse_string(data.decode())
    assert not library.failed_blocks
    return [{"brass1901": "survey-1901"}.get(entry.key, entry.key) for entry in library.entries]


def ris_ids(data: bytes) -> list[str]:
    return [record["id"] for record in rispy.loads(data.decode())]


def csl_ids(data: bytes) -> list[str]:
    return [entry["id"] for entry in json.loads(data)]


READERS: tuple[tuple[str, Callable[[bytes], list[str]]], ...] = (
    (".bib", bibtex_ids),
    (".ris", ris_ids),
    (".csl.json", csl_ids),
)


@pytest.mark.parametrize(("ending", "ids"), READERS)
def test_the_whole_list_holds_every_source_once(
    ledger: Ledger, files: dict[str, bytes], ending: str, ids: Callable[[bytes], list[str]]
):
    assert ids(files[f"references{ending}"]) == [source.id for source in ledger.of_kind("source")]


@pytest.mark.parametrize(("ending", "ids"), READERS)
def test_every_source_has_a_file_of_its_own(
    ledger: Ledger, files: dict[str, bytes], ending: str, ids: Callable[[bytes], list[str]]
):
    for source in ledger.of_kind("source"):
        assert ids(files[f"sources/{source.id}{ending}"]) == [source.id]


@pytest.mark.parametrize(("ending", "ids"), READERS)
def test_a_controversys_files_hold_the_references_of_its_page(
    ledger: Ledger, files: dict[str, bytes], ending: str, ids: Callable[[bytes], list[str]]
):
    for controversy in ledger.of_kind("controversy"):
        shown = view_controversy(seen_from(ledger, f"controversies/{controversy.id}.html"), controversy).references
        assert ids(files[f"controversies/{controversy.id}{ending}"]) == [source.id for _, source, _ in shown]


def test_a_title_is_words_without_markup():
    ledger = ledger_of({"sources/s.yml": SOURCE, "sources/t.yml": SOURCE.replace("Maps", "'On [[s|maps]]'")})
    assert json.loads(data_of(ledger, "*.bib", "*.ris", "*.csl.json")["sources/t.csl.json"])[0]["title"] == "On maps"
