"""References in the style of the APA: `_` stands around what is in italics."""

import pytest
from making import ledger_of, seen_from
from test_citations import KAPLAN, OPENAI, source

from ledger import texts, urls
from ledger.analysis.wording import hash_of
from ledger.apa import apa, page_apa
from ledger.dates import parse_date
from ledger.views.citing import view_citing

HUYNH = "{family: Huynh, given: Anh Thu}"
DOI = {"doi": "10.1000/182"}
URL = {"url": "https://example.org/a"}
ADDRESS = " https://example.org/a"


def written(pieces: tuple[tuple[str, bool], ...]) -> str:
    return "".join(f"_{text}_" if italic else text for text, italic in pieces)


def reference(authors: str = f"[{KAPLAN}]", title: str = "A title", **fields: str) -> str:
    return written(apa(source(authors, **{"issued": "2024-11-08", **fields}), title))


# --- who ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("authors", "who"),
    [
        (f"[{KAPLAN}]", "Kaplan, J."),
        (f"[{KAPLAN}, {HUYNH}]", "Kaplan, J., & Huynh, A. T."),
        (f"[{KAPLAN}, {HUYNH}, {OPENAI}]", "Kaplan, J., Huynh, A. T., & OpenAI."),
        (f"[{OPENAI}]", "OpenAI."),
        ("[{literal: Acme Inc.}]", "Acme Inc."),
        ("[{family: Plato}]", "Plato."),
        ("[{family: Sartre, given: Jean-Paul}]", "Sartre, J.-P."),
        ("[{family: Moore, given: G.E.}]", "Moore, G. E."),
        ("[{family: Moore, given: Gordon E.}]", "Moore, G. E."),
        ("[{family: Casas, given: Diego de las}]", "Casas, D. de las."),
        ("[{family: 李, given: 小明}]", "李, 小明."),
        ("[{family: Öz, given: Éva}]", "Öz, É."),
        ("[{literal: '@karpathy', family: Karpathy, given: Andrej}]", "Karpathy, A. [@karpathy]."),
    ],
)
def test_authors(authors: str, who: str):
    assert reference(authors, type="report") == f"{who} (2024). _A title_."


def listed(number: int) -> str:
    return f"[{', '.join(f'{{family: N{at}, given: A}}' for at in range(1, number + 1))}]"


def test_twenty_authors_are_named_and_of_more_the_first_nineteen_and_the_last():
    assert reference(listed(20)).startswith("N1, A., N2, A., ")
    assert "N18, A., N19, A., & N20, A. (2024)." in reference(listed(20))
    assert "N18, A., N19, A., . . . N21, A. (2024)." in reference(listed(21))
    assert "N20" not in reference(listed(21))


def test_a_list_that_was_cut_says_so():
    assert reference(et_al="true").startswith("Kaplan, J., et al. (2024).")


def test_without_an_author_the_title_comes_first():
    assert reference("unknown", type="report") == "_A title_. (2024)."
    assert reference("unknown", "Is it?", type="report") == "_Is it?_ (2024)."
    paper = {"type": "article-newspaper", "container_title": "The Gazette", **URL}
    assert reference("unknown", **paper) == f"A title. (2024, November 8). _The Gazette_.{ADDRESS}"


# --- when ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issued", "when"),
    [
        ("2024", "2024"),
        ("2024-11", "2024, November"),
        ("2024-11-08", "2024, November 8"),
        ("2024~", "ca. 2024"),
        ("2024-11-08?", "ca. 2024, November 8"),
        ("../2024-11-08", "ca. 2024, November 8"),
        ("2024-11/..", "ca. 2024, November"),
        ("2023/2024", "2023–2024"),
        ("2024-05-01/2024-06-02", "2024, May 1–2024, June 2"),
    ],
)
def test_dates_of_the_day(issued: str, when: str):
    assert reference(type="webpage", issued=issued) == f"Kaplan, J. ({when}). _A title_."


@pytest.mark.parametrize("type_", ["article", "article-journal", "book", "chapter", "paper-conference", "report"])
def test_of_papers_and_books_the_year_counts(type_: str):
    assert reference(type=type_).startswith("Kaplan, J. (2024). ")
    assert reference(type=type_, issued="2024-05/2024-06").startswith("Kaplan, J. (2024). ")


# --- what and where -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "rest"),
    [
        (
            {
                "type": "article-journal",
                "container_title": "Nature",
                "volume": "12",
                "issue": "3",
                "pages": "7-19",
                **DOI,
            },
            "(2024). A title. _Nature, 12_(3), 7–19. https://doi.org/10.1000/182",
        ),
        (
            {"type": "article-journal", "container_title": "PNAS", "volume": "121", "pages": "e2311878121"},
            "(2024). A title. _PNAS, 121_, e2311878121.",
        ),
        ({"type": "article-journal", "container_title": "Nature"}, "(2024). A title. _Nature_."),
        (
            {"type": "article-magazine", "container_title": "Wired", "issue": "4", **URL},
            f"(2024, November 8). A title. _Wired_, (4).{ADDRESS}",
        ),
        (
            {"type": "article-newspaper", "container_title": "Reuters", **URL},
            f"(2024, November 8). A title. _Reuters_.{ADDRESS}",
        ),
        (
            {"type": "post-weblog", "container_title": "A Blog", **URL},
            f"(2024, November 8). A title. _A Blog_.{ADDRESS}",
        ),
        ({"type": "post-weblog", **URL}, f"(2024, November 8). _A title_.{ADDRESS}"),
        (
            {"type": "webpage", "container_title": "A Site", "publisher": "Acme", **URL},
            f"(2024, November 8). _A title_. A Site; Acme.{ADDRESS}",
        ),
        ({"type": "post", "container_title": "X", **URL}, f"(2024, November 8). _A title_ [Post]. X.{ADDRESS}"),
        (
            {"type": "article", "arxiv": "2001.08361"},
            "(2024). _A title_. arXiv. https://arxiv.org/abs/2001.08361",
        ),
        (
            {"type": "article", "container_title": "PsyArXiv", "publisher": "A Lab", **DOI},
            "(2024). _A title_. PsyArXiv. https://doi.org/10.1000/182",
        ),
        ({"type": "report", "publisher": "Acme", **URL}, f"(2024). _A title_. Acme.{ADDRESS}"),
        (
            {"type": "report", "publisher": "Acme", "csl": "{number: '7'}"},
            "(2024). _A title_ (Report No. 7). Acme.",
        ),
        (
            {"type": "report", "publisher": "Acme", "csl": "{number: '7', genre: Working Paper}"},
            "(2024). _A title_ (Working Paper No. 7). Acme.",
        ),
        (
            {"type": "paper-conference", "container_title": "Advances", "volume": "35", "pages": "1--9"},
            "(2024). A title. _Advances, 35_, 1–9.",
        ),
        (
            {"type": "paper-conference", "container_title": "Proceedings of It", "pages": "1–9", "publisher": "ACM"},
            "(2024). A title. In _Proceedings of It_ (pp. 1–9). ACM.",
        ),
        (
            {"type": "chapter", "container_title": "A Book", "pages": "3", "csl": "{editor: Ann Gull}"},
            "(2024). A title. In Ann Gull (Ed.), _A Book_ (p. 3).",
        ),
        (
            {"type": "book", "publisher": "Press", "volume": "2", "csl": "{edition: '3'}"},
            "(2024). _A title_ (3rd ed.; Vol. 2). Press.",
        ),
        (
            {"type": "thesis", "publisher": "A University", "csl": "{genre: Doctoral dissertation}"},
            "(2024). _A title_ [Doctoral dissertation, A University].",
        ),
        ({"type": "dataset", "publisher": "Zenodo"}, "(2024). _A title_ [Data set]. Zenodo."),
        (
            {"type": "software", "publisher": "GitHub", "csl": "{version: '1.2'}"},
            "(2024). _A title_ (Version 1.2) [Computer software]. GitHub.",
        ),
        (
            {"type": "interview", "container_title": "A Podcast", "csl": "{interviewer: Ann Gull}"},
            "(2024, November 8). A title (Ann Gull, Interviewer) [Interview]. In _A Podcast_.",
        ),
        ({"type": "speech", "container_title": "CES"}, "(2024, November 8). _A title_ [Speech]. CES."),
        (
            {"type": "broadcast", "container_title": "A Show", "csl": "{medium: Video}"},
            "(2024, November 8). A title [Video]. In _A Show_.",
        ),
    ],
)
def test_every_sort_of_work(fields: dict[str, str], rest: str):
    assert reference(**fields) == f"Kaplan, J. {rest}"


@pytest.mark.parametrize("type_", ["report", "webpage", "post-weblog", "dataset"])
def test_no_place_is_named_that_is_the_author_too(type_: str):
    assert "OpenAI" not in reference(f"[{OPENAI}]", type=type_, publisher="OpenAI").removeprefix("OpenAI. ")


def test_a_case_goes_by_its_name():
    court = {"type": "legal_case", "container_title": "No. 3:24-cv-05417", **URL}
    said = reference("[{literal: N.D. Cal.}]", "Bartz v. Anthropic PBC", **court)
    assert said == f"Bartz v. Anthropic PBC, No. 3:24-cv-05417 (N.D. Cal. 2024).{ADDRESS}"


def test_a_retraction_is_told():
    fallen = {"type": "article-journal", "status": "retracted", "status_date": "2025-01-02", **DOI}
    assert reference(**fallen).endswith("https://doi.org/10.1000/182 (Retraction published 2025, January 2)")


def test_nothing_ends_twice():
    assert reference(title="Is it?", type="report") == "Kaplan, J. (2024). _Is it?_"
    assert reference(title="So it is.", type="report") == "Kaplan, J. (2024). _So it is._"


# --- a page of the ledger -----------------------------------------------------------------------------------------


def test_the_ledger_is_the_author_of_its_pages():
    said = page_apa("The Ledger", parse_date("2026-01-05"), "It moves.", "https://example.org/x")
    assert written(said) == "The Ledger. (2026, January 5). _It moves._ https://example.org/x"
    assert written(page_apa("The Ledger", None, "Tides", "")) == "The Ledger. (n.d.). _Tides_."


def test_pages_of_sources_and_of_claims_say_it():
    texts = {
        "claims/x.yml": "statement: It moves.\ntype: empirical\nupdated: 2026-01-05\n",
        "sources/s.yml": "type: book\ntitle: Tides of [[x|the sea]]\nauthors: unknown\nissued: 1999\n"
        "tier: synthesis\nderived_from: unknown\n",
    }
    ledger = ledger_of(texts)
    said = {}
    for record in ledger.records.values():
        citing = view_citing(seen_from(ledger, urls.of_record(record)), record)
        said[record.id] = written(citing.apa) if citing else ""
    assert said["x"] == f"Test. (2026, January 5). _It moves_ (Version {hash_of(ledger.records['x'])})."
    assert said["s"] == "_Tides of the sea_. (1999)."


# --- language -----------------------------------------------------------------------------------------------------


def test_the_words_of_the_style_are_in_the_language_of_the_ledger():
    fields = {"type": "chapter", "container_title": "The Book", "pages": "7-19", "csl": "{editor: A. B, edition: '3'}"}
    with texts.spoken(texts.texts_in("de", {})):
        assert reference(type="post", **URL) == f"Kaplan, J. (2024, 8. November). _A title_ [Beitrag].{ADDRESS}"
        assert reference(**fields) == "Kaplan, J. (2024). A title (3. Aufl.). In A. B (Hrsg.), _The Book_ (S. 7–19)."
        assert written(page_apa("Ledger", None, "A title", "")) == "Ledger. (o. D.). _A title_."
