"""What a page is about in the words of schema.org, as JSON-LD for search engines and other programs.

In: a record, or a page without one, as the page sees it. Out: plain data, and the one `<script>` block that holds it.
Addresses are public ones where the site's is known, else relative to the page.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from ledger import citations, links, urls, words
from ledger.analysis.ties import positions_of
from ledger.context import Viewing
from ledger.dates import PartialDate
from ledger.loading import Record

Data = dict[str, Any]
CONTEXT = "https://schema.org"
WORKS: Mapping[str, str] = {
    "article": "ScholarlyArticle",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "interview": "Conversation",
    "legislation": "Legislation",
    "map": "Map",
    "motion_picture": "Movie",
    "paper-conference": "ScholarlyArticle",
    "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "review": "Review",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
"""Type of source → class of schema.org; any other is a CreativeWork."""
AGENTS: Mapping[str, str] = {"person": "Person"}
"""Type of proponent → class; any other is an Organization."""
_ESCAPED = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def script(things: Iterable[Data]) -> Markup:
    """The block for a page's head. No character in it can end it or begin another."""
    data = {"@context": CONTEXT, "@graph": list(things)}
    text = json.dumps(data, ensure_ascii=False, allow_nan=False).translate(_ESCAPED)
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704 - escaped above


def describe_page(viewing: Viewing, title: str, base_url: str) -> list[Data]:
    """A page that is no record's."""
    at, site = _places(viewing, base_url), viewing.ledger.settings
    home = viewing.page == urls.HOME
    page = _said(
        type="WebSite" if home else "WebPage",
        id=at(viewing.page),
        url=at(viewing.page),
        name=title,
        description=viewing.plain(site.tagline or "") if home else "",
        inLanguage=site.language,
        license=licence(site.licence),
        isPartOf=None if home else _site(viewing, at),
    )
    return [page] if home else [page, _trail(at, title, [])]


def describe_record(viewing: Viewing, record: Record, base_url: str) -> list[Data]:
    """A record and the way to it."""
    at, site = _places(viewing, base_url), viewing.ledger.settings
    fields = record.fields
    thing = _said(id=at(viewing.page), **DESCRIBED[record.kind.name](viewing, record, at))
    page = _said(
        type="WebPage",
        url=at(viewing.page),
        inLanguage=site.language,
        license=licence(site.licence),
        dateCreated=day(fields.added),
        dateModified=day(fields.updated),
        keywords=list(fields.tags),
        isPartOf=_site(viewing, at),
    )
    heading = words.KINDS[record.kind.name][1], at(urls.index(record.kind))
    return [thing | {"mainEntityOfPage": page}, _trail(at, viewing.plain(record.title), [heading])]


Places = Callable[[str], str]
"""An address of the site → how it is written here."""


def _places(viewing: Viewing, base_url: str) -> Places:
    return lambda address: urls.public(base_url, address) if base_url else viewing.url(address)


def _said(*, type: str = "", id: str = "", **properties: Any) -> Data:  # noqa: A002 - the words of JSON-LD
    """A thing with the properties that have a value."""
    named = {"@type": type, "@id": id, **properties}
    return {name: value for name, value in named.items() if value}


def _trail(at: Places, title: str, between: Iterable[tuple[str, str]]) -> Data:
    steps = [(words.HOME, at(urls.HOME)), *between, (title, "")]
    items = [_said(type="ListItem", position=at_, name=name, item=to) for at_, (name, to) in enumerate(steps, start=1)]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _site(viewing: Viewing, at: Places) -> Data:
    return _said(type="WebSite", id=at(urls.HOME), name=viewing.ledger.settings.title)


def licence(named: str | None) -> Data | str:
    """A licence by its address, or by its name."""
    if not named or named.startswith(("https://", "http://")):
        return named or ""
    return {"@type": "CreativeWork", "name": named}


def day(written: PartialDate | None) -> str:
    """A date that schema.org can say: known for sure, as far as it goes."""
    return written.text if written and written.text.replace("-", "").isdigit() else ""


def _linked(viewing: Viewing, at: Places, id_: str) -> Data:
    """Another record, by name and address."""
    record = viewing.ledger.records[viewing.ref_id(id_).partition("/")[0]]
    return _said(type=class_of(record), id=at(urls.of_record(record)), name=viewing.plain(record.title))


def class_of(record: Record) -> str:
    """The class of schema.org that a record belongs to."""
    if record.kind.name == "source":
        return WORKS.get(record.fields.type, "CreativeWork")
    if record.kind.name == "proponent":
        return AGENTS.get(record.fields.type, "Organization")
    return CLASSES[record.kind.name]


CLASSES: Mapping[str, str] = {
    "thread": "CollectionPage",
    "controversy": "Question",
    "position": "Answer",
    "claim": "Claim",
    "event": "Event",
    "term": "DefinedTerm",
    "page": "WebPage",
}
"""Kind → class of schema.org, where the kind decides."""


def _thread(viewing: Viewing, record: Record, at: Places) -> Data:
    parts = links.linked(links.links_in(viewing.ledger, record.id), "part_of")
    return _plain(viewing, record) | {"hasPart": [_linked(viewing, at, id_) for id_ in parts]}


def _controversy(viewing: Viewing, record: Record, at: Places) -> Data:
    answers = [
        _linked(viewing, at, position.id) | {"text": viewing.plain(position.title)}
        for position in positions_of(viewing.ledger, record)
    ]
    question = viewing.plain(record.fields.question)
    return _plain(viewing, record) | {"text": question, "answerCount": len(answers), "suggestedAnswer": answers}


def _position(viewing: Viewing, record: Record, at: Places) -> Data:
    question = _linked(viewing, at, record.fields.controversy)
    return {"type": "Answer", "text": viewing.plain(record.title), "parentItem": question}


def _claim(viewing: Viewing, record: Record, at: Places) -> Data:
    fields, text = record.fields, viewing.plain(record.title)
    cited = dict.fromkeys(viewing.ref_id(item.source) for item in fields.evidence)
    first = _linked(viewing, at, fields.first_stated) if fields.first_stated else None
    citation = [_linked(viewing, at, id_) for id_ in cited]
    return {"type": "Claim", "name": text, "text": text, "firstAppearance": first, "citation": citation}


def _source(viewing: Viewing, record: Record, at: Places) -> Data:
    fields = record.fields
    derived = [] if fields.derived_from == "unknown" else [_linked(viewing, at, d.source) for d in fields.derived_from]
    return _plain(viewing, record) | {
        "author": _authors(viewing, record, at),
        "datePublished": day(fields.issued),
        "publisher": _said(type="Organization", name=fields.publisher) if fields.publisher else None,
        "isPartOf": _said(type="CreativeWork", name=fields.container_title) if fields.container_title else None,
        "pagination": fields.pages,
        "inLanguage": fields.language,
        "url": citations.address(fields),
        "archivedAt": fields.archive_url,
        "identifier": _identifiers(fields),
        "isBasedOn": derived,
    }


def _authors(viewing: Viewing, record: Record, at: Places) -> list[Data]:
    if record.fields.authors == "unknown":
        return []
    return [
        _linked(viewing, at, author.proponent)
        if author.proponent
        else _said(type="Organization" if author.literal else "Person", name=citations.author_name(author))
        for author in record.fields.authors
    ]


def _identifiers(fields: Any) -> list[Data]:
    named = (("DOI", fields.doi), ("arXiv", fields.arxiv), ("ISBN", fields.isbn), ("PMID", fields.pmid))
    return [_said(type="PropertyValue", propertyID=name, value=text) for name, text in named if text]


def _proponent(viewing: Viewing, record: Record, at: Places) -> Data:
    fields = record.fields
    same = (
        ("https://www.wikidata.org/wiki/{}", fields.wikidata),
        ("https://orcid.org/{}", fields.orcid),
        ("https://ror.org/{}", fields.ror),
    )
    return _plain(viewing, record) | {
        "alternateName": [viewing.plain(name) for name in fields.other_names],
        "url": fields.homepage,
        "sameAs": [form.format(text) for form, text in same if text],
        "memberOf": [_linked(viewing, at, tie.id) for tie in fields.affiliations if tie.id],
    }


def _event(viewing: Viewing, record: Record, at: Places) -> Data:
    fields = record.fields
    ends = {"startDate": day(fields.date), "endDate": day(fields.end_date)}
    return _plain(viewing, record) | ends | {"subjectOf": [_linked(viewing, at, id_) for id_ in fields.sources]}


def _term(viewing: Viewing, record: Record, at: Places) -> Data:
    fields = record.fields
    return _plain(viewing, record) | {
        "description": viewing.plain(fields.definition),
        "alternateName": [viewing.plain(name) for name in fields.other_names],
        "inDefinedTermSet": at(urls.index(record.kind)),
    }


def _page(viewing: Viewing, record: Record, at: Places) -> Data:  # noqa: ARG001 - as the others
    return _plain(viewing, record)


def _plain(viewing: Viewing, record: Record) -> Data:
    summary = viewing.plain(getattr(record.fields, "summary", None) or "")
    return {"type": class_of(record), "name": viewing.plain(record.title), "description": summary}


DESCRIBED: Mapping[str, Callable[[Viewing, Record, Places], Data]] = {
    "thread": _thread,
    "controversy": _controversy,
    "position": _position,
    "claim": _claim,
    "source": _source,
    "proponent": _proponent,
    "event": _event,
    "term": _term,
    "page": _page,
}
"""Kind → what is said of a record of it."""
