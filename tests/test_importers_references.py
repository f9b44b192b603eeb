"""BibTeX, CSL-JSON and RIS: what we write comes back, and what others write comes in or is told."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from making import MEDIUM, SITE, SMALL, ledger_at, load, seen_from

from ledger import files, texts
from ledger.bibliography import bibtex, csl_item, ris
from ledger.dates import parse_date
from ledger.editing.yamltext import record_text
from ledger.files import TextFile
from ledger.importers import latex
from ledger.importers.bibtex import read_bibtex
from ledger.importers.csl_json import read_csl_json
from ledger.importers.dates import date_from_text, date_from_words
from ledger.importers.drafts import Fields, ForeignFile, Imported, Run
from ledger.importers.planning import make_plan
from ledger.importers.ris import read_ris

RUN = Run(date(2026, 11, 22))
Reader = Callable[[ForeignFile, Run], Imported]
FORMATS: dict[str, tuple[Callable[[list[Any]], str], Reader]] = {
    "bibtex": (lambda items: "\n".join(map(bibtex, items)), read_bibtex),
    "ris": (lambda items: "".join(map(ris, items)), read_ris),
    "csl-json": (lambda items: json.dumps(items, sort_keys=True), read_csl_json),
}


def read(reader: Reader, text: str | bytes, name: str = "refs") -> Imported:
    return reader(ForeignFile(name, text.encode() if isinstance(text, str) else text), RUN)


def fields(reader: Reader, text: str) -> Fields:
    (draft,) = read(reader, text).drafts
    return draft.fields


def gaps(made: Imported) -> dict[str, str]:
    """What is reported, without what is the same for every import."""
    return {gap.what: gap.value for gap in made.gaps if gap.what not in ("tier", "derived_from", "authors", "issued")}


def again(made: Imported) -> list[dict[str, Any]]:
    """The sources that were imported, as CSL-JSON, under the ids of the others."""
    items = []
    for number, draft in enumerate(made.drafts):
        kept = {name: value for name, value in draft.fields.items() if name != "citation_key"}
        loaded = load({f"sources/s-{number}.yml": record_text(kept)})
        assert loaded.problems == ()
        record = loaded.records[f"s-{number}"]
        items.append(csl_item(draft.wish, record.fields, record.title))
    return items


# Round trips


ODD = "invented-source"
"""It has variables that no format knows."""


@pytest.mark.parametrize("name", FORMATS)
def test_every_source_of_the_medium_ledger_says_the_same_after_a_round_trip(name: str):
    write, reader = FORMATS[name]
    items = [csl_item(s.id, s.fields, s.title) for s in ledger_at(MEDIUM).of_kind("source")]
    items = [item for item in items if "-" in item["id"] and item["id"] != ODD and "citation-key" not in item]
    assert len(items) >= 15
    made = read(reader, write(items))
    assert (made.refused, made.problems) == ([], [])
    assert write(again(made)) == write(items)


@pytest.mark.parametrize("content", [MEDIUM, SMALL], ids=["medium", "small"])
def test_what_we_wrote_says_nothing_new(content: Path):
    reading = files.read(content)
    ledger = ledger_at(content)
    sources = [source for source in ledger.of_kind("source") if source.id != ODD]
    items = [csl_item(s.id, s.fields, seen_from(ledger, "").plain(s.title)) for s in sources]
    for write, reader in FORMATS.values():
        plan = make_plan(read(reader, write(items)), reading.files, reading.failed)
        assert {(o.result, o.why) for o in plan.outcomes} == {("unchanged", "")}
        assert len(plan.outcomes) == len(items)


WORD = st.text("abcxyzéß日 &%$#_{}\\~^'`-–,.:1890", min_size=1).map(lambda text: " ".join(text.split())).filter(bool)
NAME = st.text("abcxyzé", min_size=1, max_size=8).map(str.title)
SOURCES = st.fixed_dictionaries(
    {
        "id": st.just("gull-1999"),
        "type": st.sampled_from(["article-journal", "book", "report", "thesis", "webpage", "broadcast"]),
        "title": WORD,
        "issued": st.sampled_from(
            ["1999", "2020-01", "2020-01-23", "2020/2021-05", "2026-07~", "../2026-04", "2025-09/..", "unknown"]
        ),
    },
    optional={
        "author": st.lists(st.fixed_dictionaries({"family": NAME, "given": NAME}), min_size=1, max_size=3),
        "container-title": WORD,
        "publisher": WORD,
        "volume": st.integers(1, 99).map(str),
        "issue": st.integers(1, 99).map(str),
        "page": st.sampled_from(["7", "7-19", "e12"]),
        "URL": st.sampled_from(["https://example.org/a_b?c=1&d=%20#e", "https://example.org/~x"]),
        "DOI": st.sampled_from(["10.1000/a_b", "10.1000/a(b)"]),
        "language": st.just("en"),
    },
)


@pytest.mark.parametrize("name", FORMATS)
@given(SOURCES)
def test_any_source_says_the_same_after_a_round_trip(name: str, said: dict):
    text = f"type: {said['type']}\ntitle: x\nauthors: unknown\ntier: reporting\nderived_from: unknown\n"
    day = load({"sources/s.yml": f"{text}issued: {said['issued']}\n"}).records["s"].fields
    item = {key: value for key, value in said.items() if key != "issued"}
    item |= {key: value for key, value in csl_item("s", day, "x").items() if key in ("issued", "custom")}
    write, reader = FORMATS[name]
    assert write(again(read(reader, write([item])))) == write([item])


@pytest.mark.parametrize("name", FORMATS)
@given(SOURCES)
def test_any_source_says_nothing_new_after_a_round_trip(name: str, said: dict):
    (draft,) = read(read_csl_json, json.dumps([said | {"issued": {"date-parts": [[1999]]}}])).drafts
    content = {"site.yml": SITE, "sources/gull-1999.yml": record_text(draft.fields | {"issued": said["issued"]})}
    record = load(content).records["gull-1999"]
    write, reader = FORMATS[name]
    made = read(reader, write([csl_item("gull-1999", record.fields, record.title)]))
    (outcome,) = make_plan(made, [TextFile(path, text) for path, text in content.items()]).outcomes
    assert (outcome.result, outcome.why) == ("unchanged", "")


DAYS = st.dates(date(1000, 1, 1)).map(str).flatmap(lambda day: st.sampled_from([day, day[:7], day[:4]]))
MARKED = st.tuples(DAYS, st.sampled_from(["", "~", "?", "%"])).map("".join)
DATES = MARKED | MARKED.map("../{}".format) | MARKED.map("{}/..".format)


@given(DATES)
def test_a_date_in_words_is_read_back(text: str):
    assert date_from_words(texts.day(parse_date(text))) == text


@pytest.mark.parametrize(
    ("written", "day"),
    [("2020-1-5", "2020-01-05"), ("2020/01/23/", "2020-01-23"), ("2020-01-23T10:00:00+02:00", "2020-01-23"),
     ("2020", "2020"),
     ("23 January 2020", "2020-01-23"), ("Jan. 23, 2020", "2020-01-23"), ("March 2020", "2020-03"), ("2020-13", ""),
     ("2020-02-30", ""), ("01/02/2020", ""), ("soon", ""), ("2020-01-23T99", "")],
)  # fmt: skip
def test_dates_of_other_programs(written: str, day: str):
    assert date_from_text(written) == day


# BibTeX

ZOTERO = r"""
@article{gull_charts_1999,
	title = {The {Charts} of {\"O}rebro: {Caf\'e} \& Sea 100\%},
	volume = {12},
	issn = {1234-5678},
	url = {https://example.org/a\_b},
	doi = {10.1000/xyz},
	abstract = {Somebody else's words.},
	language = {en},
	number = {3},
	urldate = {2024-05-06},
	journal = {Journal of Maps},
	author = {Gull, Ann and van der Meer, Jan and {The Map Society} and others},
	month = jan,
	year = {1999},
	keywords = {maps, Sea--land},
	pages = {7--19},
	file = {Full Text:/home/somebody/x.pdf:application/pdf},
	annote = {My own thoughts.},
}
"""


def test_an_entry_as_zotero_writes_it():
    assert fields(read_bibtex, ZOTERO) == {
        "type": "article-journal",
        "title": "The Charts of Örebro: Café & Sea 100%",
        "authors": [
            {"family": "Gull", "given": "Ann"},
            {"family": "van der Meer", "given": "Jan"},
            {"literal": "The Map Society"},
        ],
        "et_al": "true",
        "issued": "1999-01",
        "container_title": "Journal of Maps",
        "volume": "12",
        "issue": "3",
        "pages": "7-19",
        "url": "https://example.org/a_b",
        "doi": "10.1000/xyz",
        "accessed": "2024-05-06",
        "language": "en",
        "citation_key": "gull_charts_1999",
        "csl": {"ISSN": "1234-5678"},
        "tier": "peer-reviewed",
        "derived_from": "unknown",
        "tags": ["maps", "Sea–land"],
        "added": "2026-11-22",
        "note": "My own thoughts.",
    }
    assert gaps(read(read_bibtex, ZOTERO)) == {
        "abstract": "Somebody else's words.",
        "note": "My own thoughts.",
        "file": "Full Text:/home/somebody/x.pdf:application/pdf",
    }


ENCODED = {"Ø": [r"\O{}", r"{\O}", r"\O "], "Å": [r"\AA{}", r"{\AA}"], "Č": [r"\v{C}", r"{\v C}", r"\v C"],
           "É": [r"\'E", r"{\'E}", r"\'{E}"], "ł": [r"\l{}", r"{\l}"], "ö": [r"\"o", r'{\"o}', r'\"{o}'],
           "a": ["a"], "Z": ["Z", "{Z}"]}  # fmt: skip
LETTERS = st.sampled_from([(char, written) for char, ways in ENCODED.items() for written in ways])
ENCODED_NAME = st.lists(LETTERS, min_size=1, max_size=5).map(
    lambda letters: tuple("".join(part) for part in zip(*letters, strict=True))
)


@given(st.lists(st.tuples(ENCODED_NAME, ENCODED_NAME), min_size=1, max_size=4))
def test_no_letter_of_a_name_is_lost(people: list):
    text = " and ".join(f"{family[1]}, {given[1]}" for family, given in people)
    assert latex.names(text) == [{"family": family[0], "given": given[0]} for family, given in people]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (r"Ed \v Cech and \O{}rsted, H. C.", [("Čech", "Ed"), ("Ørsted", "H. C.")]),
        (r"X Y AND \'Edouard Manet", [("Y", "X"), ("Manet", "Édouard")]),
        ("Sand, A and\nAndy, B", [("Sand", "A"), ("Andy", "B")]),
    ],
)
def test_names_stand_between_and(text: str, names: list):
    assert latex.names(text) == [{"family": family, "given": given} for family, given in names]


def test_and_within_braces_is_a_part_of_a_name():
    assert latex.names("{Simon and {S}chuster} and others") == [
        {"literal": "Simon and Schuster"},
        {"literal": "et al."},
    ]


CONCATENATED = """
@string{med = "Medical" # { Journal}}
@string(bmj = "British " # MED)
@article{a, title = "Part one" # " and {#} two", journal = bmj # { Suppl}, year = 1999, month = "23~" # feb,
  publisher = unheard # " of", volume = {4} {5}}
"""


def test_pieces_of_a_value_are_joined():
    got = fields(read_bibtex, CONCATENATED)
    assert got["title"] == "Part one and # two"
    assert (got["container_title"], got["issued"], got["volume"]) == (
        "British Medical Journal Suppl",
        "1999-02-23",
        "4",
    )
    assert gaps(read(read_bibtex, CONCATENATED)) == {"publisher": "unheard", "volume": "{5}"}


def test_strings_that_grow_without_end_are_not_made():
    doubled = "".join(f"@string{{a{n + 1} = a{n} # a{n}}}\n" for n in range(60))
    made = read(read_bibtex, '@string{a0 = "xx"}\n' + doubled + "@book{b, title = a60}")
    assert (made.drafts[0].fields["title"], gaps(made)["title"]) == ("a60", "a60")


@pytest.mark.parametrize(
    ("written", "shown"),
    [(r"\S{} 5", "§ 5"), (r"\pounds{}5", "£5"), (r"\P{} 1", "¶ 1"), (r"\copyright{} Gull", "© Gull"), (r"5\euro", "5€"),
     (r"\mbox{a b}", "a b"), (r"\href{https://x.org}{here}", "here"), (r"{\sc Gull}", "Gull"), (r"co\-op", "coop")],
)  # fmt: skip
def test_signs_of_latex(written: str, shown: str):
    assert (latex.plain(written), latex.unknown(written)) == (shown, [])


def test_commands_that_are_not_known_are_reported():
    made = read(read_bibtex, r"@book{a, title = {A \starfish{} and \starfish{b} \reef c}, url = {https://a.org/\~x}}")
    assert made.drafts[0].fields["title"] == "A and b c"
    assert gaps(made)["title"] == r"\starfish, \reef"


@given(
    st.text("\\{}[]$%&#^_~'\"` abcit")
    | st.lists(st.sampled_from((r"\frac", r"\sqrt", r"\cite", r"\href", "{", "}", "x"))).map("".join)
)
def test_any_latex_gives_text(value: str):
    assert not set(latex.plain(value)) & {"\ufdd0", "\ufdd1", "\n"}
    assert all("\n" not in name for person in latex.names(value) for name in person.values())


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("@book{b, title = {A", "a brace is never closed"),
        ("@book{b, title = {A}\n@book{c, title = {C}}", "a brace is never closed"),
        ('@book{b, title = "A}', "a quotation mark is never closed"),
        ("@book{b, title = {A}, title = {B}}", "a field is given twice: title"),
        ("@book{b, title}", "a field has no `=` and value, or the comma before it is missing"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(entry: str, why: str):
    assert read(read_bibtex, entry).problems[0].message == f"this entry is broken: {why}"


def test_after_a_broken_entry_the_others_still_come_in():
    made = read(read_bibtex, "@book{a, title={A}}\n@book{b, title = {never closed\n@book{c, title={C}}\n")
    assert [draft.fields["title"] for draft in made.drafts] == ["A", "C"]
    (problem,) = made.problems
    assert (problem.span.line, problem.level, made.read) == (2, "error", 3)


def test_a_key_given_twice_loses_no_entry():
    made = read(read_bibtex, '@string{p = "Press"}\n@book{a, title={A}}\n@book{a, title={B}, publisher=p}\n')
    assert [draft.fields["title"] for draft in made.drafts] == ["A", "B"]
    assert made.drafts[1].fields["publisher"] == "Press"
    assert [(problem.span.line, problem.level) for problem in made.problems] == [(3, "warning")]


def test_a_field_given_twice_is_an_error_of_that_entry_alone():
    made = read(read_bibtex, "@book{a, title={A}, title={B}}\n@book{c, title={C}}\n")
    assert [draft.fields["title"] for draft in made.drafts] == ["C"]
    assert [problem.span.line for problem in made.problems] == [1]


@pytest.mark.parametrize("text", ["no entry here", "@comment{x}", "\n"])
def test_a_file_without_entries_says_so(text: str):
    made = read(read_bibtex, text)
    assert (made.read, len(made.refused)) == (1, 1)
    assert made.problems[0].message == f"nothing recognised in {len(text)} bytes"


@pytest.mark.parametrize(
    "text",
    [
        "@book{a, title={" + "{" * 20_000 + "x" + "}" * 20_000 + "}}",
        "@string{a = b}\n@string{b = a}\n@book{x, title = a}",
    ],
)
def test_a_hostile_entry_is_read_or_told(text: str):
    made = read(read_bibtex, text)
    assert made.read == 1


# RIS


def test_a_record_as_zotero_writes_it():
    text = (
        "TY  - JOUR\r\nTI  - Charts\r\nAU  - Gull, Ann\r\nAU  - Society\r\nT2  - Journal\r\nAB  - Not ours.\r\n"
        "DA  - 1999/01/23/\r\n"
        "PY  - 1999\r\nSP  - 7\r\nEP  - 19\r\nSN  - 1234-5678\r\nKW  - maps\r\nKW  - sea\r\nUR  - https://example.org/a;b\r\n"
        "UR  - https://example.org/2\r\nL1  - /home/x.pdf\r\nN1  - <p>Mine</p>\r\nZZ  - odd\r\nER  - \r\n"
    )
    made = read(read_ris, text)
    got = made.drafts[0].fields
    assert (got["issued"], got["pages"], got["url"]) == ("1999-01-23", "7-19", "https://example.org/a;b")
    assert (got["authors"], got["tags"]) == (
        [{"family": "Gull", "given": "Ann"}, {"literal": "Society"}],
        ["maps", "sea"],
    )
    assert (got["csl"], got["note"]) == ({"ISSN": "1234-5678"}, "Mine")
    assert gaps(made) == {
        "AB": "Not ours.",
        "L1": "/home/x.pdf",
        "ZZ": "odd",
        "URL": "https://example.org/2",
        "note": "Mine",
    }


def test_a_record_without_an_end_is_read_and_told():
    made = read(read_ris, "TY  - BOOK\nTI  - A\nTY  - BOOK\nTI  - B\nER  - \n")
    assert [draft.fields["title"] for draft in made.drafts] == ["A", "B"]
    assert [problem.span.line for problem in made.problems] == [1]


def test_lines_between_records_are_told():
    made = read(read_ris, "lost\nTY  - BOOK\nTI  - A\n  and more\nER  - \n")
    assert made.drafts[0].fields["title"] == "A and more"
    assert gaps(made) == {"text between records": "lost"}


@given(SOURCES)
def test_another_projects_parser_finds_the_same_records(said: dict):
    text = ris(said | {"issued": {"date-parts": [[1999]]}})
    (theirs,) = rispy.loads(text.replace("\r\n", "\n"))
    assert theirs["title"] == fields(read_ris, text)["title"]


# CSL-JSON


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"title": "A", "title": "B"}]', "the name `title` is given twice in one object of JSON"),
        ('[{"title": NaN}]', "NaN is no value of JSON"),
        ("[" * 100_000, "nested too deep"),
        ('[{"title": ', "not JSON: Expecting value"),
        ("[]", "nothing recognised in 2 bytes: no list of items"),
    ],
)
def test_what_is_no_csl_json_is_told(text: str, message: str):
    made = read(read_csl_json, text)
    assert (made.read, [problem.message for problem in made.problems]) == (1, [message])


def test_values_of_the_wrong_type_are_left_out_and_told():
    made = read(
        read_csl_json, json.dumps([{"title": "A", "author": "Ann", "volume": ["1"], "issued": 1999, "issue": 3}, "x"])
    )
    assert (made.drafts[0].fields["issue"], made.drafts[0].fields["volume"]) == ("3", "1")
    assert [gap.value for gap in made.gaps if "not the type" in gap.why] == ["Ann", "1999"]
    assert [refusal.where for refusal in made.refused] == ["refs: item 2"]


def test_numbers_without_end_and_lone_surrogates_come_in_as_text():
    made = read(read_csl_json, '[{"title": "A\\ud800B", "volume": ' + "9" * 5_000 + ', "issue": 7}]')
    assert (made.drafts[0].fields["title"], made.drafts[0].fields["issue"]) == ("AB", "7")
    assert [gap.what for gap in made.gaps if "longer than" in gap.why] == ["volume"]


def test_what_a_name_a_date_or_custom_say_beyond_ours_is_told():
    item = {"title": "A", "author": [{"family": "Gull", "ORCID": "0000"}, {"family": ""}], "custom": {"x": 1},
            "editor": [{"family": "Tern", "ORCID": "1111"}],
            "issued": {"date-parts": [[2020]], "season": 2}}  # fmt: skip
    made = read(read_csl_json, json.dumps([item]))
    found = gaps(made)
    assert (found["author.ORCID"], found["editor.ORCID"]) == ("Gull: 0000", "Tern: 1111")
    assert (found["author"], found["custom.x"], found["issued.season"]) == ("{'family': ''}", "1", "2")
    assert made.drafts[0].fields["authors"] == [{"family": "Gull"}]


def test_what_is_wrong_with_an_item_is_told_where_it_stands():
    made = read(read_csl_json, '{"x": [1],\n"items": [\n  {"title": "A"},\n  "B"\n]}')
    (problem,) = made.problems
    assert (problem.span.line, problem.span.column, problem.message) == (4, 3, "an item is an object with fields")
    (twice,) = read(read_csl_json, '[{"title": "A"},\n{"title": "B", "title": "C"}]').problems
    assert (twice.span.line, twice.check) == (2, "import")


@pytest.mark.parametrize("text", ["null", "3", "NaN", '[{"a": 1, "a": 2}', '{"items": {}}'])
def test_json_that_is_no_list_of_items_is_told(text: str):
    made = read(read_csl_json, text)
    assert (made.read, len(made.problems)) == (1, 1)


# What is known of a date that is none


@pytest.mark.parametrize(
    ("reader", "text", "day", "told"),
    [
        (
            read_csl_json,
            '[{"title": "A", "issued": {"date-parts": [[2020, 13]]}}]',
            "2020",
            "{'date-parts': [[2020, 13]]}",
        ),
        (read_csl_json, '[{"title": "A", "issued": {"raw": "spring of 2020"}}]', "2020", "{'raw': 'spring of 2020'}"),
        (read_ris, "TY  - BOOK\nTI  - A\nDA  - 2020/02/31\nER  - \n", "2020-02", "2020/02/31"),
        (read_bibtex, "@book{a, title = {A}, year = 2020, month = {Easter}}", "2020", "2020/Easter"),
    ],
)
def test_the_year_of_what_is_no_date_is_kept(reader: Reader, text: str, day: str, told: str):
    made = read(reader, text)
    assert made.drafts[0].fields["issued"] == day
    assert [gap.value for gap in made.gaps if gap.what == "issued"] == [told]


def test_a_worse_date_is_told_when_another_is_taken():
    made = read(read_ris, "TY  - BOOK\nTI  - A\nDA  - soon\nPY  - 2020\nER  - \n")
    assert made.drafts[0].fields["issued"] == "2020"
    assert [gap.value for gap in made.gaps if gap.what == "issued"] == ["soon"]


@pytest.mark.parametrize("reader", [read_bibtex, read_ris, read_csl_json])
@pytest.mark.parametrize("data", [b"\xff\xfe[\x00]\x00", b'[{"title": "caf\xe9"}]'])
def test_a_wrong_encoding_is_told(reader: Reader, data: bytes):
    made = read(reader, data)
    assert (made.read, made.drafts, made.problems[0].check) == (1, [], "not-utf8")


# Versions

PREPRINT = {
    "id": "cole-2020",
    "type": "article",
    "title": "Tides, a draft",
    "author": [{"family": "Cole"}],
    "issued": {"date-parts": [[2020]]},
    "DOI": "10.1234/draft",
    "relation": {
        "is-preprint-of": [{"id-type": "doi", "id": "10.1234/TIDES", "asserted-by": "subject"}],
        "has-review": [{"id-type": "doi", "id": "10.1234/review"}],
    },
}
ARTICLE = {
    "id": "cole-2021",
    "type": "article-journal",
    "title": "Tides",
    "author": [{"family": "Cole"}],
    "issued": {"date-parts": [[2021]]},
    "DOI": "10.1234/tides",
}


def planned(*items: Any, content: tuple[TextFile, ...] = ()) -> tuple[dict[str, Any], dict[str, str]]:
    """The new sources by id, and what is reported."""
    plan = make_plan(read(read_csl_json, json.dumps(items)), content)
    made = load({file.path: file.data.decode() for file in plan.files}).records
    return {id_: record.fields for id_, record in made.items()}, {gap.what: gap.why for gap in plan.gaps}


@pytest.mark.parametrize("items", [(PREPRINT, ARTICLE), (ARTICLE, PREPRINT)], ids=["before", "after"])
def test_a_preprint_names_its_article_wherever_that_stands_in_the_file(items: tuple[Any, ...]):
    made, told = planned(*items)
    assert (made["cole-2020"].version_of, made["cole-2021"].version_of) == ("cole-2021", None)
    assert "relation.has-review" in told
    assert "version_of" not in told


def test_a_preprint_names_an_article_of_the_ledger_and_none_that_nobody_knows():
    article = "type: report\ntitle: T\nauthors: unknown\nissued: 2021\ndoi: 10.1234/tides\n"
    there = TextFile("sources/tides.yml", article + "tier: peer-reviewed\nderived_from: unknown\n")
    made, _ = planned(PREPRINT, content=(there,))
    assert made["cole-2020"].version_of == "tides"
    made, told = planned(PREPRINT)
    assert made["cole-2020"].version_of is None
    assert told["version_of"] == "it leads to a record that did not come in: left out"


def test_importing_a_preprint_again_changes_nothing():
    first = make_plan(read(read_csl_json, json.dumps([PREPRINT, ARTICLE])), ())
    content = tuple(TextFile(file.path, file.data.decode()) for file in first.files)
    again_ = make_plan(read(read_csl_json, json.dumps([PREPRINT, ARTICLE])), content)
    assert [outcome.result for outcome in again_.outcomes] == ["unchanged", "unchanged"]
