"""How a source is written out."""

import pytest
from making import SOURCE, load

from ledger import citations, texts
from ledger.edges import card_of
from ledger.records import Source


def source(authors: str = "unknown", **fields: str) -> Source:
    written = "".join(f"{name}: {value}\n" for name, value in fields.items())
    kept = [line for line in SOURCE.splitlines() if line.partition(":")[0] not in {"authors", *fields}]
    text = "\n".join([*kept, f"authors: {authors}", written])
    return load({"sources/s.yml": text}).records["s"].fields


KAPLAN = "{family: Kaplan, given: Jared}"
OPENAI = "{literal: OpenAI}"
HENIGHAN = "{family: Henighan, given: Tom}"


@pytest.mark.parametrize(
    ("authors", "label", "line"),
    [
        (f"[{KAPLAN}]", "Kaplan 1999", "Jared Kaplan"),
        (f"[{KAPLAN}, {OPENAI}]", "Kaplan and OpenAI 1999", "Jared Kaplan and OpenAI"),
        (f"[{KAPLAN}, {OPENAI}, {HENIGHAN}]", "Kaplan et al. 1999", "Jared Kaplan, OpenAI and Tom Henighan"),
        ("[{family: Plato}]", "Plato 1999", "Plato"),
        ("[{literal: The Board, family: Gull, given: Ann}]", "Gull 1999", "The Board (Ann Gull)"),
        ("unknown", "Unknown author 1999", "Author unknown"),
        ("[]", "Unknown author 1999", "Author unknown"),
    ],
)
def test_who_wrote_it(authors: str, label: str, line: str):
    made = source(authors)
    assert (citations.label(made), citations.authors_line(made)) == (label, line)


def test_a_list_that_was_cut_says_so():
    made = source(f"[{KAPLAN}]", et_al="true")
    assert citations.label(made) == "Kaplan et al. 1999"
    assert citations.authors_line(made) == "Jared Kaplan et al."


def test_without_an_author_the_place_names_the_work():
    paper = {"tier": "preprint"}
    assert citations.label(source(container_title="The Gazette", publisher="Press", **paper)) == "The Gazette 1999"
    assert citations.label(source(publisher="Press", **paper)) == "Press 1999"


@pytest.mark.parametrize(
    ("authors", "fields", "label"),
    [
        (f"[{KAPLAN}]", {"container_title": "Reuters", "issued": "2024-11-08"}, "Reuters, Nov 2024"),
        ("unknown", {"container_title": "Reuters", "issued": "2024-11"}, "Reuters, Nov 2024"),
        ("unknown", {"publisher": "Press", "issued": "2024"}, "Press 2024"),
        (f"[{KAPLAN}]", {"issued": "2024-11"}, "Kaplan 2024"),
        ("unknown", {"container_title": "Reuters", "issued": "../2024-11-08"}, "Reuters, Nov 2024"),
        ("unknown", {"container_title": "Reuters", "issued": "2024-11~"}, "Reuters, Nov 2024"),
    ],
)
def test_reporting_goes_by_its_outlet(authors: str, fields: dict[str, str], label: str):
    assert citations.label(source(authors, **fields)) == label


@pytest.mark.parametrize(
    ("authors", "fields", "label"),
    [
        (f"[{OPENAI}, {KAPLAN}]", {"publisher": "Press"}, "OpenAI, Mar 2025"),
        (f"[{KAPLAN}]", {"publisher": "Meta", "container_title": "Blog"}, "Meta, Mar 2025"),
        (f"[{KAPLAN}]", {"container_title": "AI at Meta", "type": "post-weblog"}, "AI at Meta, Mar 2025"),
        (f"[{KAPLAN}]", {"container_title": "CES", "type": "speech"}, "Kaplan 2025"),
        ("[{literal: The Board, family: Gull, given: Ann}]", {"type": "speech"}, "Gull 2025"),
    ],
)
def test_an_announcement_goes_by_who_made_it(authors: str, fields: dict[str, str], label: str):
    assert citations.label(source(authors, issued="2025-03-01", tier="official-statement", **fields)) == label


@pytest.mark.parametrize(
    ("issued", "year"),
    [("2001-05", "2001"), ("2001~", "2001"), ("2001/2003", "2001"), ("../2003-01", "2003"), ("2001/..", "2001")],
)
def test_the_year_is_that_of_the_first_date_written(issued: str, year: str):
    assert citations.label(source(issued=issued)) == f"Unknown author {year}"


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({}, ""),
        ({"container_title": "Nature"}, "Nature"),
        ({"container_title": "Nature", "volume": "12", "issue": "3-4", "pages": "7–19"}, "Nature, 12(3-4), pp. 7–19"),
        ({"issue": "4", "publisher": "Press"}, "(4), Press"),
    ],
)
def test_where_it_came_out(fields: dict[str, str], where: str):
    assert citations.where(source(**fields)) == where


def test_a_label_and_a_reference_are_in_the_language_of_the_ledger():
    with texts.spoken(texts.texts_in("de", {})):
        assert citations.label(source(f"[{KAPLAN}, {OPENAI}]")) == "Kaplan und OpenAI 1999"
        assert citations.label(source("unknown", container_title="Reuters", issued="2024-10")) == "Reuters, Okt. 2024"
        assert citations.label(source("unknown")) == "Ohne Autor 1999"
        assert citations.where(source(container_title="Nature", pages="7–19")) == "Nature, S. 7–19"


def test_what_others_see_of_a_source_is_said_in_the_language_of_who_sees_it():
    card = card_of(
        load({"sources/s.yml": SOURCE.replace("authors: unknown", f"authors: [{KAPLAN}, {OPENAI}]")}).records["s"]
    )
    assert card.label == "Kaplan and OpenAI 1999"
    with texts.spoken(texts.texts_in("de", {})):
        assert card.label == "Kaplan und OpenAI 1999"
