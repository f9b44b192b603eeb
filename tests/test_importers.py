"""What every importer shares: YAML as an editor writes it, ids, recognising what is there, the sum of the report."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from faults import cut_off
from hypothesis import given
from hypothesis import strategies as st
from making import SITE, SOURCE, load, tree
from making import run_here as run

from ledger.bibliography import bibtex, csl_item
from ledger.diagnostics import Lines
from ledger.editing.yamltext import record_text
from ledger.fields import ID_LENGTH
from ledger.files import TextFile
from ledger.importers import reporting
from ledger.importers.cleaning import free_id, may_be_id, slug, visible_text, without_references
from ledger.importers.csl_json import read_csl_json
from ledger.importers.drafts import NO_WISHES, ForeignFile, Imported, Run, Wishes
from ledger.importers.planning import Plan, make_plan
from ledger.importers.running import run_import
from ledger.naming import RESERVED
from ledger.references import may_refer, scan
from ledger.yamlnodes import build_nodes

RUN = Run(date(2026, 11, 22))
PAPER = {"id": "x", "type": "book", "title": "Maps", "author": [{"family": "Gull", "given": "Ann"}], "DOI": "10.1000/a",
         "issued": {"date-parts": [[1999]]}}  # fmt: skip


def imported(*items: Mapping[str, object]) -> Imported:
    return read_csl_json(ForeignFile("refs.json", json.dumps(items).encode()), RUN)


def plan(*items: Mapping[str, object], content: Mapping[str, str] | None = None, wishes: Wishes = NO_WISHES) -> Plan:
    texts = {"site.yml": SITE, **(content or {})}
    return make_plan(imported(*items), [TextFile(path, text) for path, text in texts.items()], wishes=wishes)


def results(made: Plan) -> list[tuple[str, str]]:
    return [(outcome.result, outcome.id) for outcome in made.outcomes]


# YAML

WORDS = (
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(visible_text).filter(lambda text: text.strip())
)
VALUES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(WORDS, inner, min_size=1, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["a", "b-c", "D"]), VALUES, min_size=1))
def test_any_value_comes_back_as_it_was(fields):
    text = record_text(fields)
    nodes, found = build_nodes("x.yml", Lines(text), 0, len(text))
    assert found == []
    assert nodes is not None
    assert nodes.data == fields


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain words", "a: plain words"),
        ("no", "a: no"),
        ("10:30", "a: 10:30"),
        ("a: b", 'a: "a: b"'),
        ("a #b", 'a: "a #b"'),
        ("- a", 'a: "- a"'),
        ("-1", "a: -1"),
        ("*x", 'a: "*x"'),
        ("!!python/object:x", 'a: "!!python/object:x"'),
        ("…", "a: …"),
        ("\u2028", 'a: "\\u2028"'),
        ("one\n\ntwo\n", "a: |\n  one\n\n  two"),
        ("one\ntwo", 'a: "one\\ntwo"'),
    ],
)
def test_quotes_stand_only_where_they_are_needed(value: str, written: str):
    assert record_text({"a": value}) == written + "\n"


@pytest.mark.parametrize(("number", "place"), [(1, (0, 2)), (2, (4, 4)), (3, (5, 8)), (4, (8, 8)), (0, (8, 8))])
def test_a_line_has_its_place(number: int, place: tuple[int, int]):
    lines = Lines("ab\r\n\rcde")
    assert lines.place(number) == place
    assert lines.line(number) == lines.text[slice(*place)]


# Ids


@pytest.mark.parametrize(
    ("words", "id_"),
    [("Łukasz", "lukasz"), ("Ångström", "angstrom"), ("Толстой", "tolstoy"), ("Μίλτος", "miltos"), ("O’Neil", "oneil"),
     ("ⅫﬁSSß", "xiifissss"), ("日本", ""), ("🙂 —", ""), ("../../etc/passwd", "etc-passwd")],
)  # fmt: skip
def test_words_in_plain_letters(words: str, id_: str):
    assert slug(words) == id_


@given(st.text(), st.text("abc", max_size=5), st.sets(st.text("ab-", max_size=4)))
def test_an_id_is_always_good_and_free(words: str, word: str, taken: set[str]):
    made = free_id(slug(words), word, taken.__contains__)
    assert may_be_id(made)
    assert made not in taken | RESERVED


def test_a_name_that_file_systems_reserve_gets_a_number():
    assert free_id("con", "", lambda _: False) == "con-2"


def test_a_long_id_is_cut_between_words():
    made = free_id("long-" * 20 + "end", "", lambda _: False)
    assert made == "-".join(["long"] * 13)[:ID_LENGTH]


def test_two_works_of_one_author_and_year_are_told_apart_by_a_word_then_by_a_number():
    items = [
        PAPER | {"DOI": f"10.1000/{n}", "title": title} for n, title in enumerate(("Maps", "The Sea", "The Sea II"))
    ]
    made = plan(*items)
    assert results(made) == [("created", "gull-1999"), ("created", "gull-1999-sea"), ("created", "gull-1999-sea-2")]
    assert [gap.value for gap in made.gaps if gap.what == "id"] == [
        "gull-1999 → gull-1999-sea",
        "gull-1999 → gull-1999-sea-2",
    ]


def test_a_title_without_a_letter_that_can_be_written_still_gets_an_id():
    assert results(plan({"type": "book", "title": "日本"})) == [("created", "source")]


@given(st.text("[]@|ab \n", max_size=20))
def test_no_foreign_bracket_is_a_reference(text: str):
    free = without_references(text)
    assert not may_refer(free) or scan(free) == ()
    assert scan(without_references(text, markdown=True), markdown=True) == ()


# What is there already


def test_a_work_is_recognised_by_any_of_its_names():
    source = SOURCE + "doi: 10.1000/A\n"
    made = plan(
        {"type": "report", "title": "Maps", "URL": "https://doi.org/10.1000/a"}, content={"sources/old.yml": source}
    )
    assert results(made) == [("skipped", "old")]
    assert made.outcomes[0].why == "it differs from the record in the ledger: sources/old: `url` is not in the ledger"


@pytest.mark.parametrize(
    ("name", "here", "there"),
    [("doi", "10.1000/a", {"DOI": "https://doi.org/10.1000/A"}),
     ("arxiv", "2001.08361v2", {"custom": {"arxiv": "2001.08361"}}),
     ("url", "https://www.a.org/x/", {"URL": "http://a.org/x"}), ("isbn", "0-306-40615-2", {"ISBN": "9780306406157"}),
     ("pmid", "123", {"PMID": "123"})],
)  # fmt: skip
def test_the_same_work_under_another_spelling(name: str, here: str, there: dict):
    made = plan(
        {"type": "report", "title": "Maps"} | there, content={"sources/old.yml": SOURCE + f'{name}: "{here}"\n'}
    )
    assert [outcome.id for outcome in made.outcomes] == ["old"]
    assert made.files == ()


def test_a_work_that_says_nothing_new_is_unchanged():
    source = "type: book\ntitle: Maps\nauthors: [{family: Gull, given: Ann, proponent: ann}]\n"
    source += "issued: 1999\ntier: reporting\n"
    made = plan(PAPER, content={"sources/old.yml": source + "derived_from: []\ndoi: 10.1000/a\nsummary: Ours.\n"})
    assert results(made) == [("unchanged", "old")]


def test_what_differs_is_said():
    source = SOURCE + "doi: 10.1000/a\n"
    made = plan(PAPER, content={"sources/old.yml": source})
    assert (
        made.outcomes[0].why == "it differs from the record in the ledger: sources/old: "
        "`type` is 'report' in the ledger and 'book' in the file; "
        "`authors` is 'unknown' in the ledger and 'Ann Gull' in the file"
    )


def test_a_list_of_authors_that_is_cut_is_the_same_list():
    first = plan(PAPER | {"author": [{"literal": "Gull"}, {"literal": "et al."}]})
    (file,) = first.files
    again = plan(
        PAPER | {"author": [{"literal": "Gull"}, {"literal": "et al."}]}, content={file.path: file.data.decode()}
    )
    assert b"et_al: true" in file.data
    assert results(again) == [("unchanged", "gull-1999")]


def test_a_title_with_what_looks_like_marks_is_the_same_title():
    content = {"sources/old.yml": SOURCE.replace("Maps", "Maps in <b>bold</b> and <b>")}
    made = plan({"type": "report", "title": "Maps in <b>bold</b> and <b>"}, content=content)
    assert results(made) == [("unchanged", "old")]


@pytest.mark.parametrize("written", [None, {"raw": "soon"}])
def test_a_date_that_was_guessed_is_no_difference_on_another_day(written: dict | None):
    item = {"type": "report", "title": "Maps", "DOI": "10.1000/a"} | ({"issued": written} if written else {})
    (file,) = plan(item).files
    later = read_csl_json(ForeignFile("refs.json", json.dumps([item]).encode()), Run(date(2026, 12, 1)))
    texts = [TextFile("site.yml", SITE), TextFile(file.path, file.data.decode())]
    assert b"issued: ../2026-11-22" in file.data
    assert results(make_plan(later, texts)) == [("unchanged", "maps")]


def test_a_work_without_identifiers_there_is_recognised_by_its_words():
    made = plan({"type": "report", "title": "Maps", "DOI": "10.1000/a"}, content={"sources/old.yml": SOURCE})
    assert results(made) == [("skipped", "old")]
    assert made.outcomes[0].why.endswith("sources/old: `doi` is not in the ledger")


def test_a_work_with_another_number_of_another_sort_is_recognised_by_its_words():
    made = plan(
        {"type": "report", "title": "Maps", "DOI": "10.1000/a"}, content={"sources/old.yml": SOURCE + "pmid: 1\n"}
    )
    assert results(made) == [("skipped", "old")]


ISBN, STAMP = "978-0-8044-2957-3", "25246403"
GULL, ROE, SEA = [{"family": "Gull", "given": "Ann"}], [{"family": "Roe", "given": "R"}], {"container-title": "Sea"}
CHAPTER = {"type": "chapter", "ISBN": ISBN, "author": GULL, "page": "1-9", "container-title": "On Tides"}
YEARLY = {"type": "report", "title": "Outlook", "author": [{"literal": "Odd Agency"}]}
PAGE = {"type": "webpage", "URL": "https://example.org/a"}


def year(number: int, month: int = 0) -> dict:
    return {"issued": {"date-parts": [[number, month] if month else [number]]}}


TWO_WORKS = {
    "chapters of a book": (CHAPTER | {"title": "Dawn"}, CHAPTER | {"title": "Dusk", "page": "10-19"}),
    "chapters of a book with a DOI each": (
        CHAPTER | {"title": "Dawn", "DOI": "10.1000/1"},
        CHAPTER | {"title": "Dawn", "DOI": "10.1000/2"},
    ),
    "a book and its chapter": (
        {"type": "book", "title": "On Tides", "ISBN": ISBN, "author": GULL},
        CHAPTER | {"title": "On Tides"},
    ),
    "books that stamp one ISBN, of titles that begin alike": (
        {"type": "book", "title": "Salt 1", "ISBN": ISBN, "author": GULL},
        {"type": "book", "title": "Salt 15", "ISBN": ISBN, "author": ROE},
    ),
    "volumes of one ISBN": (
        {"type": "book", "title": "Tides", "ISBN": ISBN, "volume": "1"},
        {"type": "book", "title": "Tides", "ISBN": ISBN, "volume": "2"},
    ),
    "a number stamped on both": (
        {"type": "article-journal", "title": "Red", "author": GULL, "PMID": STAMP},
        {"type": "article-journal", "title": "Blue", "author": ROE, "PMID": STAMP},
    ),
    "a number stamped on works of one author": (
        {"type": "article-journal", "title": "Red", "author": GULL, "PMID": STAMP, "container-title": "Sea"},
        {"type": "article-journal", "title": "Blue", "author": GULL, "PMID": STAMP, "container-title": "Land"},
    ),
    "an arXiv number stamped on works with a DOI": (
        {"type": "article", "title": "Red", "DOI": "10.1000/1", "custom": {"arxiv": "1011.1669v3"}},
        {"type": "article", "title": "Red", "DOI": "10.1000/2", "custom": {"arxiv": "1011.1669v3"}},
    ),
    "another page at an address": (
        PAGE | {"title": "Red", "author": GULL} | year(2001),
        PAGE | {"title": "Blue", "author": GULL} | year(2002),
    ),
    "a DOI given to the wrong work": (
        {"type": "book", "title": "Red", "author": GULL, "DOI": "10.1000/1"},
        {"type": "book", "title": "Blue", "author": ROE, "DOI": "10.1000/1"},
    ),
    "a yearly report": (YEARLY | year(2020), YEARLY | year(2021)),
    "a report of two months": (YEARLY | year(2020, 4), YEARLY | year(2020, 10)),
    "editorials": (
        {"type": "article-journal", "title": "Editorial", "volume": "1", "issue": "1"} | SEA | year(2020),
        {"type": "article-journal", "title": "Editorial", "volume": "1", "issue": "2"} | SEA | year(2020),
    ),
    "a paper and its journal version": (
        {"type": "article", "title": "Tides", "author": GULL} | year(2020),
        {"type": "article-journal", "title": "Tides", "author": GULL} | SEA | year(2020),
    ),
    "two editions": (
        {"type": "book", "title": "Tides", "author": GULL, "edition": "1"} | year(2020),
        {"type": "book", "title": "Tides", "author": GULL, "edition": "2"} | year(2020),
    ),
    "works with other addresses": (
        {"type": "webpage", "title": "Links", "URL": "https://example.org/1"},
        {"type": "webpage", "title": "Links", "URL": "https://example.org/2"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("pair", TWO_WORKS.values(), ids=TWO_WORKS)
def test_two_works_come_in_and_are_known_again(pair: tuple[dict, dict]):
    first = plan(*pair)
    assert [outcome.result for outcome in first.outcomes] == ["created", "created"]
    again = plan(*pair, content={file.path: file.data.decode() for file in first.files})
    assert [(outcome.result, outcome.why) for outcome in again.outcomes] == [("unchanged", "")] * 2


ONE_WORK = {
    "a chapter twice": (CHAPTER | {"title": "Dawn"}, CHAPTER | {"title": "Dawn", "page": "1–9"}),
    "an abbreviated journal": (
        {"type": "article-journal", "title": "A", "volume": "1", "container-title": "J Mach Learn Res"} | year(2001),
        {"type": "article-journal", "title": "A", "volume": "1"}
        | {"container-title": "Journal of Machine Learning Research"} | year(2001),
    ),
    "a subtitle left out": (
        {"type": "book", "title": "Tides", "ISBN": ISBN, "author": GULL},
        {"type": "book", "title": "Tides: a History", "ISBN": ISBN, "author": ROE},
    ),
    "a paper under another title": (
        {"type": "article", "title": "Old", "author": GULL, "custom": {"arxiv": "2001.08361v1"}} | year(2020),
        {"type": "article", "title": "New", "author": GULL, "custom": {"arxiv": "2001.08361v2"}} | year(2021),
    ),
    "a month is known": (YEARLY | year(2020), YEARLY | year(2020, 4)),
}  # fmt: skip


@pytest.mark.parametrize("pair", ONE_WORK.values(), ids=ONE_WORK)
def test_one_work_comes_in_once(pair: tuple[dict, dict]):
    assert plan(*pair).outcomes[1].result in ("skipped", "unchanged")


def test_what_was_held_back_comes_in_when_told_so_and_only_once():
    items = [PAPER, PAPER | {"id": "y", "title": "Charts"}]
    for word in ("y", "refs.json: item 2", "all"):
        first = plan(*items, wishes=Wishes(separate=frozenset((word,))))
        assert [outcome.result for outcome in first.outcomes] == ["created", "created"]
        assert [gap.value for gap in first.gaps if gap.what == "doi"] == ["10.1000/a is in sources/gull-1999"]
        content = {file.path: file.data.decode() for file in first.files}
        again = plan(*items, content=content, wishes=Wishes(separate=frozenset((word,))))
        assert [outcome.result for outcome in again.outcomes] == ["unchanged", "unchanged"]


def test_many_works_of_one_number_are_known_again():
    items = [
        {"type": "article-journal", "title": f"{at} odd", "author": [{"family": f"F{at}"}], "PMID": STAMP}
        for at in range(80)
    ]
    first = plan(*items)
    again = plan(*items, content={file.path: file.data.decode() for file in first.files})
    assert {outcome.result for outcome in first.outcomes} == {"created"}
    assert {outcome.result for outcome in again.outcomes} == {"unchanged"}


def test_citation_keys_are_kept_once_each_and_written_again():
    items = [
        PAPER | {"id": "gull1999"},
        {"id": "GULL1999", "type": "book", "title": "Seas"},
        {"id": "gull-1999", "type": "book", "title": "Ships"},
        {"id": "http://zotero.org/1", "type": "book", "title": "Tides", "note": "Citation Key: tides:a"},
        {"id": "7", "type": "book", "title": "Winds", "citation-key": "a b"},
    ]
    made = plan(*items)
    texts = {file.path: file.data.decode() for file in made.files}
    sources = load(texts).records
    keys = {id_: record.fields.citation_key for id_, record in sources.items()}
    assert keys == {"gull-1999": "gull1999", "seas": None, "gull-1999-ships": None, "tides": "tides:a", "winds": None}
    items_out = [csl_item(id_, sources[id_].fields, sources[id_].title) for id_ in ("gull-1999", "seas")]
    assert [item.get("citation-key") for item in items_out] == ["gull1999", None]
    assert [bibtex(item).partition(",")[0] for item in items_out] == ["@book{gull1999", "@book{seas"]
    told = {gap.value: gap.why for gap in made.gaps if gap.what == "citation_key"}
    assert [value.partition(",")[0] for value in told] == ["a b", "GULL1999", "gull-1999"]
    again = plan(*items, content=texts)
    assert {outcome.result for outcome in again.outcomes} == {"unchanged"}


PRIVATE = "the author is a crank"


def test_notes_are_for_editors_and_tags_come_in_when_told_so():
    items = [
        PAPER | {"DOI": f"10.1000/{at}", "title": f"Maps {at}", "keyword": "_tablet"} | notes
        for at, notes in enumerate(({"note": PRIVATE}, {"annote": f"<p>{PRIVATE}</p>"}, {"note": f"DOI: x\n{PRIVATE}"}))
    ]
    made = plan(*items)
    texts = {file.path: file.data.decode() for file in made.files}
    assert all(PRIVATE in text and "_tablet" not in text for text in texts.values())
    assert PRIVATE not in json.dumps([record.authored() for record in load(texts).records.values()])
    assert all(b"- _tablet" in file.data for file in plan(*items, wishes=Wishes(tags=True)).files)


def test_of_two_versions_of_a_work_its_own_is_compared():
    old = SOURCE.replace("Maps", "Old maps") + "arxiv: 2001.08361v1\nstatus: superseded\n"
    new = SOURCE + "arxiv: 2001.08361v2\n"
    content = {"sources/gull-a.yml": old, "sources/gull-b.yml": new}
    item = {"type": "report", "custom": {"arxiv": "2001.08361"}}
    made = plan(item | {"title": "Maps"}, item | {"title": "Old maps"}, content=content)
    assert results(made) == [("unchanged", "gull-b"), ("unchanged", "gull-a")]


def test_identifiers_of_two_records_are_not_one_work():
    content = {"sources/a.yml": SOURCE + "doi: 10.1000/a\n", "sources/b.yml": SOURCE + "pmid: 12\n"}
    made = plan(PAPER | {"PMID": "12"}, content=content)
    assert made.outcomes[0].why == "its identifiers belong to several records: a, b"


def test_the_same_work_twice_in_one_run_comes_in_once():
    made = plan(PAPER, PAPER, PAPER | {"title": "Charts"})
    assert [outcome.result for outcome in made.outcomes] == ["created", "unchanged", "skipped"]
    assert reporting.summary(made, dry=False) == (
        "read 3 = created 1 + unchanged 1 + skipped 1 (it differs from a record that comes in with it: 1)"
    )
    assert made.outcomes[2].why.endswith(
        "`title` is 'Maps' in refs.json: item 1 (x) and 'Charts' in refs.json: item 3 (x)"
    )


def test_importing_twice_changes_nothing():
    first = plan(PAPER, {"type": "book", "title": "No names"})
    content = {file.path: file.data.decode() for file in first.files}
    again = plan(PAPER, {"type": "book", "title": "No names"}, content=content)
    assert [outcome.result for outcome in again.outcomes] == ["unchanged", "unchanged"]
    assert not [gap for gap in again.gaps if gap.guess]


def test_a_broken_record_of_ours_keeps_its_name():
    made = plan(PAPER, content={"sources/gull-1999.yml": "title: [\n"})
    assert results(made) == [("created", "gull-1999-maps")]


# Updates and drafts

OURS = """# checked twice
type: book
title: Mapps  # as printed
authors:
  - family: Gull
    given: Ann
    proponent: ann
  - literal: X

# ours
issued: 1999
doi: 10.1000/a
tier: reporting
derived_from: []
note: mine
csl: {genre: Atlas, number: "1"}
summary: |
  Ours.
"""
MORE = PAPER | {"publisher": "P", "number": "2", "note": "theirs"}


def test_an_update_takes_over_what_the_file_says_and_nothing_else():
    content = {"sources/old.yml": OURS}
    assert results(plan(MORE, content=content)) == [("skipped", "old")]
    made = plan(MORE, content=content, wishes=Wishes(update=True))
    assert results(made) == [("updated", "old")]
    assert [gap.value for gap in made.gaps if gap.what == "note"] == ["theirs"]
    (change,) = made.changes
    assert change.file.text == OURS.replace("Mapps  # as printed", "Maps").replace("  - literal: X\n", "").replace(
        "issued: 1999\ndoi: 10.1000/a\n", "issued: 1999\npublisher: P\ndoi: 10.1000/a\ncitation_key: x\n"
    ).replace('csl: {genre: Atlas, number: "1"}', "csl:\n  genre: Atlas\n  number: 2")
    again = plan(MORE, content={"sources/old.yml": change.file.text}, wishes=Wishes(update=True))
    assert results(again) == [("unchanged", "old")]
    assert "-title: Mapps  # as printed\n+title: Maps" in "\n".join(reporting.lines(made, dry=True))


@pytest.mark.parametrize(
    ("text", "why"),
    [('{type: book, title: Mapps, authors: unknown, issued: "1999", doi: 10.1000/a, tier: reporting, derived_from: []}',
      "its fields do not have lines of their own"),
     (OURS.replace("doi: ", "pmid: 7\ndoi: "), "with that it would have an error")],
)  # fmt: skip
def test_an_update_that_cannot_be_made_is_told(text: str, why: str):
    other = SOURCE.replace("Maps", "Seas") + "url: https://example.org/a\n"
    made = plan(
        PAPER | {"URL": "https://example.org/a"},
        content={"sources/old.yml": text, "sources/other.yml": other},
        wishes=Wishes(update=True),
    )
    assert results(made)[0][0] == "skipped"
    assert made.changes == ()


def test_drafts_stop_no_commit(tmp_path: Path):
    (tmp_path / "content/terms").mkdir(parents=True)
    (tmp_path / "content/terms/bend.yml").write_text("term: Bend\ndefinition: A turn.\n", encoding="utf-8")
    (tmp_path / "content/site.yml").write_text(SITE, encoding="utf-8")
    items = [PAPER | {"URL": "https://example.org/"}, {"type": "report", "title": "Tides"}]
    (tmp_path / "refs.json").write_text(json.dumps(items), encoding="utf-8")
    assert run("import", "refs.json", "--draft", cwd=tmp_path).returncode == 0
    checked = run("check", "--strict", cwd=tmp_path)
    assert (checked.returncode, "orphan" in checked.stdout + checked.stderr) == (0, False)
    before = (tmp_path / "content/sources/gull-1999.yml").read_bytes()
    (tmp_path / "content/sources/gull-1999.yml").write_bytes(before.replace(b"\n", b"\r\n"))
    (tmp_path / "refs.json").write_text(json.dumps([items[0] | {"publisher": "P"}]), encoding="utf-8")
    assert "would update sources/gull-1999" in run("import", "refs.json", "--update", "--dry-run", cwd=tmp_path).stdout
    assert run("import", "refs.json", "--update", cwd=tmp_path).returncode == 0
    after = (tmp_path / "content/sources/gull-1999.yml").read_bytes()
    assert after.replace(b"publisher: P\r\n", b"") == before.replace(b"\n", b"\r\n")


# Hostile values

HOSTILE = st.text(st.characters() | st.sampled_from("[[]@{}<>:#&*!|\"'%\n\\-"), max_size=40)
NAME = st.fixed_dictionaries({}, optional={"family": HOSTILE, "given": HOSTILE, "literal": HOSTILE})
TEXTS = ("title", "publisher", "volume", "page", "URL", "DOI", "ISBN", "PMID", "note", "genre", "language", "keyword")
ITEM = st.fixed_dictionaries(
    {"type": st.sampled_from(["book", "article", "nonsense"])},
    optional={"author": st.lists(NAME, max_size=2), "issued": st.fixed_dictionaries({"raw": HOSTILE})}
    | dict.fromkeys(TEXTS, HOSTILE),
)


@given(st.lists(ITEM, min_size=1, max_size=3))
def test_whatever_comes_in_has_no_error_in_our_content(items: list[dict]):
    made = plan(*items)
    loaded = load({file.path: file.data.decode() for file in made.files})
    assert [problem for problem in loaded.problems if problem.level == "error"] == []
    assert len(made.outcomes) == made.read == len(items)


def test_html_in_a_title_stays_text_and_a_path_in_an_id_stays_outside():
    made = plan(
        {
            "id": "../../x",
            "type": "book",
            "title": "<script>alert(1)</script> [[a]] <i>b</i>",
            "author": [{"literal": "../y"}],
        }
    )
    assert [file.path for file in made.files] == ["sources/y.yml"]
    assert b'title: "<script>alert(1)</script> [ [a]] b"' in made.files[0].data


# The command


def test_the_command_writes_files_and_a_report(tmp_path: Path):
    content = tmp_path / "content"
    content.mkdir()
    (content / "site.yml").write_text(SITE, encoding="utf-8")
    (tmp_path / "refs.json").write_text(json.dumps([PAPER | {"note": PRIVATE, "keyword": "_x"}]), encoding="utf-8")
    before = tree(content)
    dry = run("import", "refs.json", "--dry-run", "--date", "2026-11-22", cwd=tmp_path)
    assert "would create sources/gull-1999 from refs.json: item 1 (x)" in dry.stdout
    assert tree(content) == before
    done = run("import", "refs.json", "--json", "--date", "2026-11-22", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert (done.returncode, report["read"], report["created"], report["files"]) == (0, 1, 1, ["sources/gull-1999.yml"])
    assert {gap["what"] for gap in report["gaps"]} == {"derived_from", "note", "tags", "tier"}
    assert PRIVATE in (content / "sources/gull-1999.yml").read_text(encoding="utf-8")
    assert run("build", cwd=tmp_path).returncode == 0
    assert not [path for path, data in tree(tmp_path / "output").items() if PRIVATE.encode() in data]


def test_a_dry_run_after_a_kill_is_a_matter_of_usage(tmp_path: Path):
    (tmp_path / "content").mkdir()
    (tmp_path / "refs.json").write_text(json.dumps([PAPER]), encoding="utf-8")
    cut_off(lambda: run_import("", [tmp_path / "refs.json"], tmp_path / "content", Run(date(2026, 11, 22))))
    dry = run("import", "refs.json", "--dry-run", cwd=tmp_path)
    assert (dry.returncode, dry.stdout) == (2, "")
    assert "an earlier run was cut off: run this without --dry-run" in dry.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["missing.bib"], "there is no 'missing.bib'"), (["content"], "'content' is a folder"),
     (["the-ledger", "a.txt"], "'a.txt' is no folder"),
     (["a.txt", "b.txt", "--url", "https://a.org/"], "--url is the address of one article")],
)  # fmt: skip
def test_wrong_arguments_are_told(tmp_path: Path, arguments: list[str], message: str):
    (tmp_path / "content").mkdir()
    (tmp_path / "a.txt").write_text("A\n", encoding="utf-8")
    done = run("import", *arguments, cwd=tmp_path)
    assert (done.returncode, message in done.stderr) == (2, True)


def test_what_is_no_id_is_not_taken_for_one():
    assert may_be_id("a-1")
    assert not any(map(may_be_id, ("a--b", "-a", "A", "index", "", "a" * (ID_LENGTH + 1))))
