"""What the head of a source's page says for reference managers, and how Zotero takes it."""

from html.parser import HTMLParser

import pytest
from making import ledger_of, site_of
from test_citations import HENIGHAN, KAPLAN, OPENAI, source

from ledger.highwire import tags


def told(authors: str = f"[{KAPLAN}]", **fields: str) -> list[tuple[str, str]]:
    """The tags after those that every work has."""
    found = tags(source(authors, **fields), "T")
    return [(name, content) for name, content in found if name not in ("citation_title", "citation_author")][1:]


def test_title_authors_and_date_come_first():
    made = source(f"[{KAPLAN}, {HENIGHAN}, {OPENAI}, {{family: Plato}}]", issued="2020-01-23")
    assert tags(made, "A title")[:6] == (
        ("citation_title", "A title"),
        ("citation_author", "Kaplan, Jared"),
        ("citation_author", "Henighan, Tom"),
        ("citation_author", "OpenAI"),
        ("citation_author", "Plato"),
        ("citation_publication_date", "2020/01/23"),
    )


@pytest.mark.parametrize(
    ("issued", "date"),
    [("2020", "2020"), ("2020-01", "2020/01"), ("2020-01-23~", "2020/01/23"), ("../2020-01", "2020/01"),
     ("2019/2020", "2019"), ("2020/..", "2020")],
)  # fmt: skip
def test_dates_as_far_as_they_are_known(issued: str, date: str):
    assert ("citation_publication_date", date) in tags(source(issued=issued), "T")


def test_without_an_author_there_is_no_tag_for_one():
    assert "citation_author" not in dict(tags(source("unknown"), "T"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"type": "article-journal", "container_title": "Nature", "volume": "12", "issue": "3", "pages": "7–19",
             "doi": "10.1000/182", "language": "en", "pmid": "123", "publisher": "Springer"},
            [("citation_journal_title", "Nature"), ("citation_publisher", "Springer"), ("citation_volume", "12"),
             ("citation_issue", "3"), ("citation_firstpage", "7"), ("citation_lastpage", "19"),
             ("citation_doi", "10.1000/182"), ("citation_pmid", "123"), ("citation_language", "en"),
             ("citation_public_url", "https://doi.org/10.1000/182")],
        ),
        (
            {"type": "article", "container_title": "arXiv", "arxiv": "2001.08361", "publisher": "A Lab"},
            [("citation_publisher", "arXiv"), ("z:itemType", "preprint"), ("citation_arxiv_id", "2001.08361"),
             ("citation_public_url", "https://arxiv.org/abs/2001.08361"),
             ("citation_pdf_url", "https://arxiv.org/pdf/2001.08361")],
        ),
        (
            {"type": "report", "publisher": "Acme", "url": "https://example.org/a.pdf"},
            [("citation_technical_report_institution", "Acme"), ("citation_public_url", "https://example.org/a.pdf"),
             ("citation_pdf_url", "https://example.org/a.pdf")],
        ),
        ({"type": "thesis", "publisher": "A University"}, [("citation_dissertation_institution", "A University")]),
        (
            {"type": "post-weblog", "container_title": "A Blog", "url": "https://example.org/pdf"},
            [("prism.publicationName", "A Blog"), ("z:itemType", "blogPost"),
             ("citation_public_url", "https://example.org/pdf")],
        ),
        (
            {"type": "article-newspaper", "container_title": "Reuters"},
            [("prism.publicationName", "Reuters"), ("z:itemType", "newspaperArticle")],
        ),
        (
            {"type": "webpage", "url": "https://www.example.org/a"},
            [("prism.publicationName", "www.example.org"), ("z:itemType", "webpage"),
             ("citation_public_url", "https://www.example.org/a")],
        ),
        ({"type": "event"}, [("z:itemType", "document")]),
        (
            {"type": "book", "publisher": "Press", "isbn": "978-0-306-40615-7", "pages": "300"},
            [("citation_publisher", "Press"), ("z:itemType", "book"), ("citation_firstpage", "300"),
             ("citation_isbn", "978-0-306-40615-7")],
        ),
    ],
)  # fmt: skip
def test_every_sort_of_work(fields: dict[str, str], expected: list[tuple[str, str]]):
    assert told(**fields) == expected


def test_a_report_without_a_publisher_is_of_the_organisation_that_wrote_it():
    assert told(f"[{KAPLAN}, {OPENAI}]", type="report") == [("citation_technical_report_institution", "OpenAI")]


def test_of_two_names_for_a_volume_the_one_that_says_conference_comes_last():
    """Zotero takes the sort of work from the last tag that says one."""
    assert [name for name, _ in told(type="paper-conference", container_title="Advances")] == [
        "citation_inbook_title",
        "citation_conference_title",
    ]


# --- on the page --------------------------------------------------------------------------------------------------


class Head(HTMLParser):
    """The names and contents of the `meta` elements of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "meta":
            self.found.append((named.get("name") or named.get("property") or "", named.get("content") or ""))


def test_the_head_of_a_source_is_about_the_work_and_of_no_other_page():
    rest = "authors: [{family: 'O\"Neil <b>'}]\nissued: 1999\ntier: preprint\nderived_from: unknown\n"
    texts = {
        "sources/s.yml": f"type: report\ntitle: Tides & [[t|<b>]]\n{rest}",
        "sources/gone.yml": f"type: report\ntitle: Gone\n{rest}withdrawn: {{date: 2026-01-01, why: A slip.}}\n",
        "terms/t.yml": "term: tide\ndefinition: Water.\n",
    }
    site = site_of(ledger_of(texts))
    head = Head(site["sources/s.html"]).found
    assert ("citation_title", "Tides & <b>") in head
    assert ("citation_author", 'O"Neil <b>') in head
    for address in ("index.html", "terms/t.html", "sources/index.html", "sources/gone.html"):
        other = Head(site[address]).found
        assert [name for name, _ in other if name.startswith(("citation_", "z:", "prism."))] == []
