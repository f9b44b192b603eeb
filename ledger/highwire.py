"""What reference managers read in the head of a source's page, so that they keep the work and not the page.

In: a source's fields, its title without markup. Out: names and contents of `meta` elements, in order. `citation_…` are
the tags of Highwire Press, as Google Scholar's guidelines for inclusion list them; Zotero's translator "Embedded
Metadata" tells a journal article, conference paper, chapter, report or thesis by which of them there are. For works of
other types it reads the type in `z:itemType` and the place in `prism.publicationName`.
"""

import re
from collections.abc import Iterator, Mapping

from ledger.citations import address, author_name, host
from ledger.identifiers import leads_to
from ledger.records import Author, Source

Tag = tuple[str, str]
"""The name of a `meta` element, and its content."""

_CONTAINERS: Mapping[str, tuple[str, ...]] = {
    "article-journal": ("citation_journal_title",),
    **dict.fromkeys(("chapter", "entry-dictionary", "entry-encyclopedia"), ("citation_inbook_title",)),
    "paper-conference": ("citation_inbook_title", "citation_conference_title"),
}
"""Where the work is in; of several that say what sort of work it is, the last one counts."""
_INSTITUTIONS = {"report": "citation_technical_report_institution", "thesis": "citation_dissertation_institution"}
_ITEM_TYPES: Mapping[str, str] = {
    "article": "preprint", "article-magazine": "magazineArticle", "article-newspaper": "newspaperArticle",
    "bill": "bill", "book": "book", "broadcast": "podcast", "dataset": "dataset", "graphic": "artwork",
    "hearing": "hearing", "interview": "interview", "legal_case": "case", "legislation": "statute",
    "manuscript": "manuscript", "map": "map", "motion_picture": "film", "patent": "patent",
    "personal_communication": "letter", "post": "forumPost", "post-weblog": "blogPost", "software": "computerProgram",
    "song": "audioRecording", "speech": "presentation", "standard": "standard", "webpage": "webpage",
}  # fmt: skip
"""Zotero's types of the works that no tag of Highwire tells apart."""


_ON_SITES = frozenset(
    ("article-journal", "article-magazine", "article-newspaper", "paper-conference", "post", "post-weblog", "webpage")
)


def tags(source: Source, title: str) -> tuple[Tag, ...]:
    """The elements for a source; `title` is its title without markup."""
    return tuple((name, content) for name, content in _tags(source, title) if content)


def _tags(source: Source, title: str) -> Iterator[tuple[str, str]]:
    yield "citation_title", title
    yield from (("citation_author", _name(author)) for author in source.named_authors)
    yield "citation_publication_date", "/".join(source.issued.told[0] if source.issued.told else ())
    yield from _place(source)
    yield "citation_volume", source.volume or ""
    yield "citation_issue", source.issue or ""
    first, last = _pages(source.pages or "")
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_doi", source.doi or ""
    yield "citation_arxiv_id", source.arxiv or ""
    yield "citation_isbn", source.isbn or ""
    yield "citation_pmid", source.pmid or ""
    yield "citation_language", source.language or ""
    yield "citation_public_url", source.url or address(source)
    yield "citation_pdf_url", _pdf(source)


def _name(author: Author) -> str:
    """`Kaplan, Jared`, or a name that is one piece."""
    if author.literal or not author.family:
        return author_name(author)
    return ", ".join(filter(None, (author.family, author.given)))


def _place(source: Source) -> Iterator[tuple[str, str]]:
    """What the work is in and who published it; where Highwire has no name for its sort, that sort."""
    container, publisher = source.container_title or "", source.publisher or ""
    names, institution = _CONTAINERS.get(source.type, ()) if container else (), _INSTITUTIONS.get(source.type, "")
    yield from ((name, container) for name in names)
    if institution:
        organisations = (author.literal or "" for author in source.named_authors)
        yield institution, publisher or container or next(filter(None, organisations), "")
        return
    if source.type == "article":
        yield "citation_publisher", container or ("arXiv" if source.arxiv else publisher)
    else:
        yield "prism.publicationName", "" if names else container or _site(source)
        yield "citation_publisher", publisher
    yield "z:itemType", "" if names else _ITEM_TYPES.get(source.type, "document")


def _site(source: Source) -> str:
    """What an article or a page without a container is in: Zotero would take the name of the ledger's site instead."""
    if source.type not in _ON_SITES:
        return ""
    return source.publisher or host(source)


def _pages(pages: str) -> tuple[str, str]:
    first, _, last = re.sub(r"\s*[-–]+\s*", "-", pages.strip()).partition("-")
    return first, last


def _pdf(source: Source) -> str:
    """The address of the text as a PDF, where it is known."""
    if source.url and re.search(r"\.pdf(?:[?#]|$)", source.url, re.IGNORECASE):
        return source.url
    return leads_to("arxiv", source.arxiv).replace("/abs/", "/pdf/") if source.arxiv else ""
