"""Any article becomes a source with a snapshot: TOML and YAML front matter, HTML, plain text."""

import hashlib
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from making import SITE

from ledger import cli
from ledger.editing import installing
from ledger.files import TextFile
from ledger.importers.article import read_article
from ledger.importers.drafts import Fields, ForeignFile, Imported, Run
from ledger.importers.planning import make_plan

DAY = date(2026, 11, 22)


def read(text: str | bytes, **run: object) -> Imported:
    data = text.encode() if isinstance(text, str) else text
    return read_article(ForeignFile("a.txt", data), Run(DAY, **run))


def source(text: str, **run: object) -> Fields:
    (draft,) = read(text, **run).drafts
    return draft.fields


def gaps(made: Imported) -> dict[str, str]:
    return {gap.what: gap.value for gap in made.gaps}


ZOLA = """+++
title = "Edge of the Maps | Charts Podcast #264"
date = 2025-11-14
draft = false

[taxonomies]
author = ["Charts Weekly"]
categories = ["talks"]
tags = []

[extra]
excerpt = "Somebody else's summary."
video_url = "https://video.example.org/watch?v=abc"
cover = "https://video.example.org/abc.jpg"
+++

## Overview

What was said.
"""


def test_front_matter_of_zola():
    assert source(ZOLA) == {
        "type": "broadcast",
        "title": "Edge of the Maps | Charts Podcast #264",
        "authors": [{"literal": "Charts Weekly"}],
        "issued": "2025-11-14",
        "url": "https://video.example.org/watch?v=abc",
        "tier": "commentary",
        "derived_from": "unknown",
        "caveat": "Imported: what sort of authority this source has was not judged yet.",
        "tags": ["talks"],
        "added": "2026-11-22",
    }
    found = gaps(read(ZOLA))
    assert found["extra.excerpt"] == "Somebody else's summary."
    assert {"extra.cover", "draft", "tier", "type", "derived_from"} <= found.keys()


def test_front_matter_of_hugo_with_a_time_and_a_zone():
    text = "---\ntitle: Tides\ndate: 2020-01-23T23:30:00-08:00\nauthors:\n  - name: Ann Gull\n  - Bo\n"
    text += "params:\n  doi: 10.1000/a\n---\n\nText.\n"
    found = source(text)
    assert (found["issued"], found["doi"]) == ("2020-01-23", "10.1000/a")
    assert found["authors"] == [{"family": "Gull", "given": "Ann"}, {"literal": "Bo"}]


def test_the_text_below_the_front_matter_is_the_snapshot():
    plan = make_plan(read(ZOLA), [TextFile("site.yml", SITE)])
    files = {file.path: file.data for file in plan.files}
    text = b"## Overview\n\nWhat was said.\n"
    assert files["snapshots/charts-weekly-2025.txt"] == text
    assert files["snapshots/charts-weekly-2025.yml"].decode() == (
        f"sha256: {hashlib.sha256(text).hexdigest()}\ncaptured: 2026-11-22\nurl: https://video.example.org/watch?v=abc\n"
        'how: "Imported from a file of TOML front matter: its text unchanged."\n'
    )


def test_a_text_that_may_not_be_kept_leaves_its_hash():
    plan = make_plan(read(ZOLA, keep_text=False), [TextFile("site.yml", SITE)])
    assert sorted(file.path for file in plan.files) == [
        "snapshots/charts-weekly-2025.yml",
        "sources/charts-weekly-2025.yml",
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Why Tides Fail: A History\n\nFor a few years they did not.\n\nA Part\n\nMore.\n",
            "Why Tides Fail: A History",
        ),
        ("top of page\n\nThe tide has turned. And went.\n\nA Subtitle\n", "The tide has turned. And went."),
        ("### Have We Hit Low Tide?\nFor the past years it rose.\nIt fell.\n", "Have We Hit Low Tide?"),
        ("RSS Contact\nThe Almanac of tides\n\nIs the Tide Falling?\n\nA debate.\n", "Is the Tide Falling?"),
        ("only one line", "only one line"),
        ("two lines\nof one paragraph\n", "two lines"),
    ],
)
def test_the_title_of_a_plain_text(text: str, title: str):
    found = source(text)
    assert (found["title"], found["authors"], found["issued"], found["type"]) == (
        title,
        "unknown",
        "../2026-11-22",
        "webpage",
    )


HTML = """<!DOCTYPE html><html lang="en"><head><title>Tides | The Almanac</title>
<meta property="og:title" content="Tides &amp; Time"><meta name="author" content="Ann Gull">
<meta property="article:published_time" content="2020-01-23T10:00:00Z">
<meta property="og:site_name" content="The Almanac">
<link rel="canonical" href="https://almanac.example.org/tides"><meta name="description" content="Not ours.">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x", "author": {"name": "Other"}}</script>
<style>p {}</style></head><body><nav>Menu</nav><h1>Tides</h1><p>They rise <b>and</b> fall.</p>
<script>alert(1)</script></body></html>"""


def test_a_page_says_what_it_is_in_its_head():
    found = source(HTML)
    assert (found["title"], found["authors"]) == ("Tides & Time", [{"family": "Gull", "given": "Ann"}])
    assert (found["type"], found["issued"], found["container_title"]) == (
        "article-newspaper",
        "2020-01-23",
        "The Almanac",
    )
    assert (found["url"], found["language"]) == ("https://almanac.example.org/tides", "en")
    assert "Not ours." in gaps(read(HTML))["description"]


def test_without_the_library_no_page_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (tmp_path / "content").mkdir()
    (tmp_path / "a.html").write_text(HTML, encoding="utf-8")
    assert cli.main(["import", str(tmp_path / "a.html"), "--content", str(tmp_path / "content")]) == cli.USAGE
    error = capsys.readouterr().err
    assert error == f"ledger: this needs trafilatura\n  hint: install it with: {installing.missing('html')}\n"
    assert list((tmp_path / "content").iterdir()) == []


def test_all_that_a_short_page_shows_is_the_text():
    (draft,) = read(HTML).drafts
    assert draft.snapshot is not None
    assert draft.snapshot.text == "Tides\nThey rise and fall.\n"
    assert "all text that the page shows" in draft.snapshot.how


def test_with_the_library_the_article_alone_is_the_text(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "trafilatura", SimpleNamespace(extract=lambda *_, **__: "They rise."))
    (draft,) = read(HTML).drafts
    assert draft.snapshot is not None
    assert (draft.snapshot.text, "trafilatura" in draft.snapshot.how) == ("They rise.\n", True)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>One cup a day is <b>fine</b>. See <a href=x>this</a>.</p>", "One cup a day is fine. See this.\n"),
        ("<nav><a href=/>Home</a></nav><h1>T</h1><p>One <i>cup</i>.</p>", "T\nOne cup.\n"),
        ("<p>Broken\nbetween <b>words</b>.</p><pre>a\nb</pre>", "Broken between words.\na\nb\n"),
    ],
)
def test_a_short_page_keeps_its_sentences_whole(page: str, text: str):
    (draft,) = read(f"<html><body>{page}</body></html>").drafts
    assert draft.snapshot is not None
    assert draft.snapshot.text == text


def test_words_that_were_encoded_twice():
    text = '<html><head><meta property="og:title" content="Tides &amp;amp; Time &amp;#8217;99"></head>'
    text += '<script type="application/ld+json">{"author": {"name": "Gull &amp; Co"}, "headline": "x"}</script>'
    assert (source(text)["title"], source(text)["authors"]) == ("Tides & Time ’99", [{"literal": "Gull & Co"}])


def test_json_ld_that_cannot_be_read_is_reported():
    text = '<html><title>T</title><script type="application/ld+json">{"author": "Ann", }</script></html>'
    assert gaps(read(text))["JSON-LD"] == '{"author": "Ann", }'
    assert "JSON-LD" not in gaps(read(HTML))


def test_the_same_text_under_another_address_is_the_same_work():
    files = make_plan(read(ZOLA, keep_text=False), [TextFile("site.yml", SITE)]).files
    texts = [TextFile("site.yml", SITE)]
    texts += [TextFile(file.path, file.data.decode()) for file in files if file.path.endswith(".yml")]
    (outcome,) = make_plan(read(ZOLA, url="https://copy.example.org/"), texts).outcomes
    assert (outcome.result, outcome.id) == ("skipped", "charts-weekly-2025")
    assert outcome.why.startswith("its text is there already; it differs from the record in the ledger: ")
    assert "and 'https://copy.example.org/' in the file" in outcome.why


@pytest.mark.parametrize("depth", [32, 900, 50_000])
def test_json_ld_that_is_nested_too_deep_counts_as_broken(depth: int):
    data = '{"@type": "Article", "headline": "H", "author": ' + "[" * depth + "]" * depth + "}"
    text = f'<html><title>T</title><script type="application/ld+json">{data}</script><p>Words.</p></html>'
    assert gaps(read(text))["JSON-LD"].startswith('{"@type": "Article"')
    assert source(text, url="https://a.example.org/x")["authors"] == "unknown"


def test_a_page_without_a_head_and_broken_json_ld():
    text = '<html><script type="application/ld+json">{"a": </script><body><p>First line</p><div><p>Second</html>'
    found = source(text, url="https://a.example.org/x")
    assert (found["title"], found["url"], found["authors"]) == ("First line", "https://a.example.org/x", "unknown")


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("+++\ntitle = 'a'\n", "front-matter"),
        ("+++\ntitle = \n+++\n", "front-matter"),
        ("+++\na = " + "[" * 5_000 + "\n+++\n", "too-large"),
        ("+++\n" + "a." * 20_000 + "b = 1\n+++\n", "too-large"),
        ("---\na: &x 1\nb: *x\n---\n", "yaml-alias"),
        ("---\na: [\n---\n", "invalid-yaml"),
        ("---\na: !!python/object:os.system x\n---\n", "yaml-tag"),
        (b"\xff\xfea\x00", "not-utf8"),
        ("", "import"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str | bytes, check: str):
    made = read(text)
    assert (made.drafts, made.read) == ([], 1)
    assert check in {problem.check for problem in made.problems}


def test_a_fault_in_toml_is_told_where_it_stands():
    (problem,) = read("+++\ntitle = 'a'\ndate = soon\n+++\n").problems
    assert (problem.span.line, problem.span.column) == (3, 8)
