"""The shapes in which the world's programs write articles: what each gives, and what is told of it."""

import json
from datetime import date
from typing import Any

import pytest

from ledger.importers.article import _FRONT, read_article
from ledger.importers.drafts import ForeignFile, Imported, Run


def read(text: str, name: str = "a.txt") -> Imported:
    return read_article(ForeignFile(name, text.encode()), Run(date(2026, 11, 29)))


def article(text: str, name: str = "a.txt") -> tuple[dict[str, Any], dict[str, str], str]:
    made = read(text, name)
    (draft,) = made.drafts
    found = {gap.what: gap.value for gap in made.gaps}
    return draft.fields, found, draft.snapshot.text if draft.snapshot else ""


HEADS = {
    "blank line before TOML": '\n\n+++\ntitle = "Odd: title"\ndate = 2026-01-02\n+++\nBody.\n',
    "mark and blank lines before YAML": '\ufeff \n---\ntitle: "Odd: title"\ndate: 2026-01-02\n---\nBody.\n',
    "dots at the end": '---\ntitle: "Odd: title"\ndate: 2026-01-02\n...\nBody.\n',
    "JSON": '{\n "title": "Odd: title",\n "date": "2026-01-02T10:00:00Z", "draft": false, "x": null\n}\n\nBody.\n',
    "JSON with the marks of Eleventy": '---json\n{"title": "Odd: title", "date": "2026-01-02"}\n---\nBody.\n',
    "Eleventy in other letters": '--- JSON \n{\n"title": "Odd: title",\n"date": "2026-01-02"\n}\n---\n\nBody.\n',
    "TOML so": '---toml\ntitle = "Odd: title"\ndate = 2026-01-02\n---\nBody.\n',
    "YAML so": '---yaml\ntitle: "Odd: title"\ndate: 2026-01-02\n---\nBody.\n',
    "JSON of Hugo": '{"title": "Odd: title", "date": "2026-01-02", "params": {"weight": 1}}\nBody.\n',
    "MultiMarkdown": "Title: Odd: title\nDate: 2 January 2026\nMy Key: more\n  of it\n\nBody.\n",
    "pandoc": "% Odd: title\n% Ann Gull; Bo Tern\n% January 2, 2026\n\nBody.\n",
    "pandoc over lines": "% Odd:\n  title\n%\n% 2026-01-02\n\nBody.\n",
}


@pytest.mark.parametrize("head", HEADS)
def test_heads_of_articles(head: str):
    found, _, text = article(HEADS[head])
    assert (found["title"], found["issued"], text) == ("Odd: title", "2026-01-02", "Body.\n")


@pytest.mark.parametrize(
    "text",
    ["{ a brace } begins this.\n", "{}\n\nBody.\n", '{"a": 1} and words\n', "100% sure\n", "%% comment\n",
     "---preface\nwords\n---\n", "+++json\n{}\n+++\n",
     "Note: this is prose.\nIt goes on.\n", "Q: why?\nA: because.\n"],
)  # fmt: skip
def test_what_only_looks_like_a_head_is_text(text: str):
    assert article(text)[2].strip() == text.strip()


def test_front_matter_may_have_32_levels():
    deep = '{"title": "A", "x": ' + "[" * 31 + "]" * 31 + "}\n"
    assert article(deep)[0]["title"] == "A"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"title": "A", "title": "B"}\n\nBody.\n', "the name `title` is given twice in one object of JSON"),
        ('{"title": ' + "[" * 32 + "]" * 32 + "}\n", "nested more than 32 levels deep"),
        ('---json\n{"title": ' + "[" * 900 + "]" * 900 + "}\n---\n", "nested more than 32 levels deep"),
        ('{"title": ' + "[" * 50_000 + "]" * 50_000 + "}\n", "nested more than 32 levels deep"),
        ('+++\ntitle = "A"\ntags = ' + "[" * 32 + "]" * 32 + "\n+++\n", "nested more than 32 levels deep"),
        ('---json\n{"title": ' + "1" * 5000 + "}\n---\n", "this JSON has a number of thousands of digits"),
        ('---json\n{"title": "A", "title": "B"}\n---\n', "the name `title` is given twice in one object of JSON"),
        ('---json\n{"title": "A",}\n---\n', "this is no JSON: "),
        ('---json\n["A"]\n---\n', "this JSON is no object with fields"),
        ('{\n "title": "A"\n "date": 1\n}\n', "this is no JSON: "),
        ('---json\n{"title": "A"}\n', "the front matter is never closed"),
        ('---js\n{title: "A"}\n---\n', "this front matter is a program, and none is run"),
    ],
)
def test_front_matter_that_cannot_be_kept_is_told(text: str, why: str):
    made = read(text)
    assert (made.drafts, [problem.message.startswith(why) for problem in made.problems]) == ([], [True])


JANE = {"family": "Doe", "given": "Jane"}


@pytest.mark.parametrize(
    ("fields", "found", "told"),
    [
        (
            'source: "https://example.org/clip"\nauthor:\n  - "[[Jane Doe]]"\n  - "[[people/Rick Roe|Rick]]"',
            {"url": "https://example.org/clip", "authors": [JANE, {"literal": "Rick"}]},
            {},
        ),
        ("author: [[Jane Doe]]", {"authors": [JANE]}, {}),
        ("author: Jane Doe and Rick Roe", {"authors": [JANE, {"family": "Roe", "given": "Rick"}]}, {}),
        ("author: Doe, Jane", {"authors": [JANE]}, {}),
        ("author: '[Jane](https://x.org)'", {"authors": [{"literal": "Jane"}]}, {}),
        ("source: The Almanac\nurl: https://x.org/a", {"container_title": "The Almanac", "url": "https://x.org/a"}, {}),
        ("source:\n- https://x.org/a\n- https://x.org/b", {"url": "https://x.org/a"}, {"source": "https://x.org/b"}),
        (
            "author:\n- name: Ann Gull\n  affiliation: Odd Uni\n- given-names: Bo\n  family-names: Tern\n- email: x",
            {"authors": [{"family": "Gull", "given": "Ann"}, {"family": "Tern", "given": "Bo"}]},
            {"author.affiliation": "Odd Uni", "author": "{'email': 'x'}"},
        ),
        ("tags: one two", {"tags": ["one", "two"]}, {}),
        ("tags: machine learning, sea", {"tags": ["machine learning", "sea"]}, {}),
        ("tags: ['#one', '#two/three', machine learning]", {"tags": ["one", "two/three", "machine learning"]}, {}),
        ("categories: [[a, b], c]\ntags: 'x, y'", {"tags": ["x", "y", "a", "b", "c"]}, {}),
        ("category: open sea", {"tags": ["open sea"]}, {}),
        ("accessed: 2026-02-03\ndate: 2026-01-02", {"accessed": "2026-02-03", "issued": "2026-01-02"}, {}),
        ("date: [2026-01-02, 2026-03-04]", {"issued": "2026-01-02"}, {"date": "2026-03-04"}),
    ],
)  # fmt: skip
def test_fields_of_front_matter(fields: str, found: dict[str, Any], told: dict[str, str]):
    made, gaps, _ = article(f"---\ntitle: T\n{fields}\n---\nBody.\n")
    assert {name: made.get(name) for name in found} == found
    assert told.items() <= gaps.items()


@pytest.mark.parametrize(
    ("name", "text", "title", "issued"),
    [
        ("_posts/2019-05-06-a-tide-table.md", "---\nlayout: post\n---\nBody.\n", "A tide table", "2019-05-06"),
        ("2019-05-06 On Tides.md", "Body.\n", "On Tides", "2019-05-06"),
        ("2019-05-06-x.md", "---\ntitle: T\ndate: 2020-01-01\n---\nBody.\n", "T", "2020-01-01"),
        ("vault/On Tides.md", "![[Trips.base]]\n\nBody.\n", "On Tides", "../2026-11-29"),
        (
            "On Tides.md",
            "By Ann\n\n# The **Tide** [table](x.md) a_b_c\n\nBody.\n",
            "The Tide table a_b_c",
            "../2026-11-29",
        ),
        ("On Tides.md", "Words.\n\n## Part\n\nBody.\n", "On Tides", "../2026-11-29"),
        ("index.md", "My Title\n========\n\nBody para.\n", "My Title", "../2026-11-29"),
        ("index.md", "My Title\n---\n\nBody para.\n", "My Title", "../2026-11-29"),
        ("readme.md", "Words.\n", "Words.", "../2026-11-29"),
        ("2019-02-31-x.md", "Words.\n", "X", "../2026-11-29"),
    ],
)
def test_the_name_of_a_file_says_its_title_and_date(name: str, text: str, title: str, issued: str):
    found, _, _ = article(text, name)
    assert (found["title"], found["issued"]) == (title, issued)


@pytest.mark.parametrize(
    ("name", "text", "title", "body"),
    [
        ("a.html", "<h2>Title</h2><p>Some <b>words</b> here.</p>", "Title", "Some words here.\n"),
        ("a.txt", "<!-- x --> <?y?>\n<div><p>Words</p></div>", "Words", "Words\n"),
        ("a.html", "---\ntitle: T\n---\n<p>Some <b>words</b> here.</p>", "T", "Some words here.\n"),
        ("a.md", "<p align=center>x</p>\n\n# Title\n\nBody.", "Title", "<p align=center>x</p>\n\n# Title\n\nBody.\n"),
        ("a.txt", "<3 is a heart\n", "<3 is a heart", "<3 is a heart\n"),
        ("a.md", "<!---->" * 200 + "z", "A", "<!---->" * 200 + "z\n"),
    ],
)
def test_pieces_of_html(name: str, text: str, title: str, body: str):
    found, _, kept = article(text, name)
    assert (found["title"], kept) == (title, body)


@pytest.mark.parametrize(
    ("data", "authors", "told"),
    [
        ({"@graph": [{"@type": "Article", "headline": "L", "author": [{"name": "Ann"}, {"@id": "#p"}]},
                     {"@type": "Person", "@id": "#p", "name": "Bo"}]}, ["Ann", "Bo"], ""),
        ({"headline": "L", "author": ["Ann", "Bo"]}, ["Ann", "Bo"], ""),
        ({"headline": "L", "author": "Ann"}, ["Ann"], ""),
        ({"headline": "L", "author": {"name": ["Ann", "Bo"]}}, ["Ann", "Bo"], ""),
        ({"headline": "L", "creator": [{"name": "Ann &amp; Co"}]}, ["Ann & Co"], ""),
        ({"headline": "L", "author": [{"name": "Ann"}, {"@id": "#nobody"}]}, ["Ann"], "#nobody"),
        ([{"@type": "WebPage", "mainEntity": {"@type": ["X", "NewsArticle"], "author": {"name": "Ann"}}}], ["Ann"], ""),
    ],
)  # fmt: skip
def test_authors_in_json_ld(data: Any, authors: list[str], told: str):
    script = f'<script type="application/ld+json"><!--{json.dumps(data)}--></script>'
    found, gaps, _ = article(f"<html><head><title>T</title>{script}</head><body><p>Words.</p></body></html>")
    assert found["authors"] == [{"literal": name} for name in authors]
    assert gaps.get("author", "") == told
    both = f'<html><head><meta name="author" content="{authors[0]}"><title>T</title>{script}</head><p>Words.</p></html>'
    assert [one["literal"] for one in article(both)[0]["authors"]] == authors


ANN, BO = {"family": "Gull", "given": "Ann"}, {"family": "Tern", "given": "Bo"}
GULL = {"name": "Ann Gull", "givenName": "Ann", "familyName": "Gull"}


@pytest.mark.parametrize(
    ("metas", "authors"),
    [
        ([("citation_author", "Gull, Ann; Tern, Bo")], [ANN, BO]),
        ([("citation_author", "Ann Gull and Bo Tern")], [ANN, BO]),
        ([("citation_author", "Ann Gull, Bo Tern, and Cy Auk")], [ANN, BO, {"family": "Auk", "given": "Cy"}]),
        ([("citation_author", "Gull, Ann and Tern, Bo")], [ANN, BO]),
        ([("citation_author", "van Gull, Ann B. and de la Tern, Bo C.")],
         [{"family": "van Gull", "given": "Ann B."}, {"family": "de la Tern", "given": "Bo C."}]),
        ([("citation_author", "Gull, Ann"), ("citation_author", "Tern, Bo")], [ANN, BO]),
        ([("citation_authors", "Gull, Ann;Tern, Bo;")], [ANN, BO]),
        ([("citation_author", "Gull, A., Tern, B.-C.")],
         [{"family": "Gull", "given": "A."}, {"family": "Tern", "given": "B.-C."}]),
        ([("citation_author", "Gull A, van Tern BC")],
         [{"family": "Gull", "given": "A"}, {"family": "van Tern", "given": "BC"}]),
        ([("DC.creator", "García Márquez, Gabriel José")], [{"family": "García Márquez", "given": "Gabriel José"}]),
        ([("author", "By Ann Gull &amp; Bo Tern")], [ANN, BO]),
        ([("author", "Ann Gull, Senior Editor")], [{"literal": "Ann Gull, Senior Editor"}]),
        ([("author", "Gull, Ann")], [ANN]),
        ([("author", "Doe, Jane, Roe, Max")], [{"literal": "Doe, Jane, Roe, Max"}]),
        ([("author", "Department of Health and Social Care")], [{"literal": "Department of Health and Social Care"}]),
        ([("author", "Centre for Food, Farming and Fish")], [{"literal": "Centre for Food, Farming and Fish"}]),
        ([("author", "Ann Gull et al.")], [ANN]),
        ([("citation_author", "Gull, Ann"), ("author", "Ann Gull")], [ANN]),
        ([("author", "Ann Gull"), ("citation_authors", "Gull, Ann; Tern, Bo")], [ANN, BO]),
    ],
)  # fmt: skip
def test_authors_in_the_head_of_a_page(metas: list[tuple[str, str]], authors: list[dict[str, str]]):
    head = "".join(f'<meta name="{name}" content="{names}">' for name, names in metas)
    found, gaps, _ = article(f"<html><head><title>T</title>{head}</head><body><p>Words.</p></body></html>")
    assert found["authors"] == authors
    assert "author" not in gaps
    assert found.get("et_al") == ("true" if "et al" in metas[0][1] else None)


def test_where_a_paper_has_appeared_stands_in_the_head_of_its_page():
    said = {"title": "Tides", "journal_title": "J Tides", "volume": "7", "issue": "2", "firstpage": "11",
            "lastpage": "19", "publisher": "Press", "pmid": "123", "doi": "10.1000/a",
            "publication_date": "2020/01/02"}  # fmt: skip
    head = "".join(f'<meta name="citation_{name}" content="{text}">' for name, text in said.items())
    found, gaps, _ = article(f"<html><head><title>x</title>{head}</head><body><p>Words.</p></body></html>")
    wanted = {"type": "article-journal", "container_title": "J Tides", "volume": "7", "issue": "2", "pages": "11-19",
              "publisher": "Press", "pmid": "123", "doi": "10.1000/a", "issued": "2020-01-02"}  # fmt: skip
    assert {name: found.get(name) for name in wanted} == wanted
    assert "type" not in gaps


@pytest.mark.parametrize(
    ("tag", "type_"), [("conference_title", "paper-conference"), ("inbook_title", "chapter"),
                       ("dissertation_institution", "thesis"), ("technical_report_institution", "report")],
)  # fmt: skip
def test_what_a_paper_is_follows_from_where_it_has_appeared(tag: str, type_: str):
    found, _, _ = article(f'<html><title>T</title><meta name="citation_{tag}" content="Odd"><p>Words.</p></html>')
    assert (found["type"], found.get("publisher" if "institution" in tag else "container_title")) == (type_, "Odd")


@pytest.mark.parametrize(
    ("said", "author"),
    [
        ({"@type": "Person", **GULL}, ANN),
        ({"@type": "Organization", "name": "Gull Tern"}, {"literal": "Gull Tern"}),
        ({"@list": [GULL]}, ANN),
    ],
)
def test_an_author_in_json_ld_has_the_parts_that_it_says(said: Any, author: dict[str, str]):
    script = f'<script type="application/ld+json">{json.dumps({"headline": "L", "author": said})}</script>'
    assert article(f"<html><title>T</title>{script}<p>Words.</p></html>")[0]["authors"] == [author]


@pytest.mark.parametrize("shape", ["text", "list", "list in a list", "group", "groups"])
def test_every_field_of_front_matter_is_kept_or_told(shape: str):
    names = sorted({name for theirs in _FRONT.values() for name in theirs} | {"odd", "description", "extra"})
    for number, name in enumerate(names, 100):
        token = f"q{number}x"
        value = {"text": token, "list": ["a", token], "list in a list": [[token]], "group": {"a": token},
                 "groups": [{"name": "N", "odd": token}]}[shape]  # fmt: skip
        made = read(json.dumps({"weight": 1, name: value}) + "\n\nBody.\n")
        assert token in str([one.fields for one in made.drafts]) + str([gap.value for gap in made.gaps]), name
