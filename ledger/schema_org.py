"""What a record or a page is in the words of schema.org, as JSON-LD.

In: a record, or a page without one, as the page sees it. Out: plain data. A page's head says the little that search
engines and reference managers use; `ledger.jsonld` says the whole. Addresses are public ones where the site's is known,
else relative to the page.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from markupsafe import Markup

from ledger import citations, links, texts, urls
from ledger.analysis.ties import positions_of
from ledger.context import PageContext
from ledger.dates import PartialDate
from ledger.facets import summary
from ledger.identifiers import PROFILES
from ledger.loading import Record, is_a
from ledger.records import Challenge, Claim, Controversy, Event, Position, Proponent, Source, Term

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
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")).translate(_ESCAPED)
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704 - escaped above


def describe_page(context: PageContext, title: str) -> list[Data]:
    """A page that is no record's."""
    at = _places(context)
    if context.page == urls.HOME:
        return [_thing(type="WebSite", id=at(urls.HOME), name=title)]
    return [_trail(at, (title, at(context.page)))]


def describe_record(context: PageContext, record: Record[Any]) -> list[Data]:
    """A record and the way to it, as its page's head says it."""
    at = _places(context)
    found = DESCRIBED.get(record.kind.name, _plain)(context, record, at)
    said = {"description"} | ({"name"} if found.get("text") == found.get("name") else set())  # in a tag, or as `text`
    known = {name: value for name, value in found.items() if name not in said}
    modified = day(record.fields.updated or record.fields.added)
    thing = _thing(type=class_of(record), id=at(context.page), **known, dateModified=modified)
    return [thing, _trail(at, (texts.say(f"kinds.{record.kind.name}"), at(urls.index(record.kind))))]


Places = Callable[[str], str]
"""An address of the site → how it is written here."""


def _places(context: PageContext) -> Places:
    base = context.base_url
    return lambda address: urls.public(base, address) if base else context.url(address)


def _thing(*, type: str = "", id: str = "", **properties: Any) -> Data:  # noqa: A002 - the words of JSON-LD
    """A thing with the properties that have a value."""
    named = {"@type": type, "@id": id, **properties}
    return {name: value for name, value in named.items() if value}


def _trail(at: Places, step: tuple[str, str]) -> Data:
    steps = enumerate(((texts.say("frame.home"), at(urls.HOME)), step), start=1)
    items = [_thing(type="ListItem", position=number, name=name, item=to) for number, (name, to) in steps]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def licence(named: str | None) -> Data | str:
    """A licence by its address, or by its name."""
    if not named or named.startswith(("https://", "http://")):
        return named or ""
    return {"@type": "CreativeWork", "name": named}


def day(written: PartialDate | None) -> str:
    """A date that schema.org can say: known for sure, as far as it goes."""
    return written.text if written and written.text.replace("-", "").isdigit() else ""


def _linked(context: PageContext, at: Places, id_: str) -> Data:
    record = context.ledger.records[context.ref_id(id_).partition("/")[0]]
    return _thing(type=class_of(record), id=at(urls.of_record(record)), name=context.plain(record.title))


def class_of(record: Record[Any]) -> str:
    """The class of schema.org that a record belongs to."""
    if is_a(record, Source):
        return WORKS.get(record.fields.type, "CreativeWork")
    if is_a(record, Proponent):
        return AGENTS.get(record.fields.type, "Organization")
    return CLASSES[record.kind.name]


CLASSES: Mapping[str, str] = {
    "thread": "CollectionPage",
    "controversy": "Question",
    "position": "Answer",
    "claim": "Claim",
    "event": "Event",
    "chart": "Dataset",
    "term": "DefinedTerm",
    "challenge": "Comment",
    "page": "WebPage",
}
"""Kind → class of schema.org, where the kind decides."""


def _controversy(context: PageContext, record: Record[Controversy], at: Places) -> Data:
    answers = [
        _linked(context, at, position.id) | {"text": context.plain(position.title)}
        for position in positions_of(context.ledger, record)
    ]
    question = context.plain(record.fields.question)
    return _plain(context, record) | {"text": question, "answerCount": len(answers), "suggestedAnswer": answers}


def _position(context: PageContext, record: Record[Position], at: Places) -> Data:
    question = _linked(context, at, record.fields.controversy)
    return {"text": context.plain(record.title), "parentItem": question}


def _claim(context: PageContext, record: Record[Claim], _: Places) -> Data:
    text = context.plain(record.title)
    return {"name": text, "text": text}


def _source(context: PageContext, record: Record[Source], at: Places) -> Data:
    fields = record.fields
    return _plain(context, record) | {
        "author": _authors(context, record, at),
        "datePublished": day(fields.issued),
        "publisher": _thing(type="Organization", name=fields.publisher) if fields.publisher else None,
        "isPartOf": _thing(type="CreativeWork", name=fields.container_title) if fields.container_title else None,
        "pagination": fields.pages,
        "inLanguage": fields.language,
        "url": citations.address(fields),
        "archivedAt": fields.archive_url,
        "identifier": _identifiers(fields),
    }


def _authors(context: PageContext, record: Record[Source], at: Places) -> list[Data]:
    return [
        _linked(context, at, author.proponent)
        if author.proponent
        else _thing(type="Organization" if author.literal else "Person", name=citations.author_name(author))
        for author in record.fields.named_authors
    ]


def _identifiers(fields: Source) -> list[Data]:
    named = (("DOI", fields.doi), ("arXiv", fields.arxiv), ("ISBN", fields.isbn), ("PMID", fields.pmid))
    return [_thing(type="PropertyValue", propertyID=name, value=text) for name, text in named if text]


def _proponent(context: PageContext, record: Record[Proponent], _: Places) -> Data:
    fields = record.fields
    return _plain(context, record) | {
        "alternateName": [context.plain(name) for name in fields.other_names],
        "url": fields.homepage,
        "sameAs": [way.format(text) for name, way in PROFILES.items() if (text := vars(fields)[name])],
    }


def _event(context: PageContext, record: Record[Event], _: Places) -> Data:
    fields = record.fields
    return _plain(context, record) | {"startDate": day(fields.date), "endDate": day(fields.end_date)}


def _term(context: PageContext, record: Record[Term], at: Places) -> Data:
    fields = record.fields
    return _plain(context, record) | {
        "alternateName": [context.plain(name) for name in fields.other_names],
        "inDefinedTermSet": at(urls.index(record.kind)),
    }


def _challenge(context: PageContext, record: Record[Challenge], _: Places) -> Data:
    fields = record.fields
    return {"name": context.plain(record.title), "text": fields.says, "dateCreated": day(fields.date)}


def _plain(context: PageContext, record: Record[Any], _: Places = str) -> Data:
    return {"name": context.plain(record.title), "description": context.plain(summary(record) or "")}


DESCRIBED: Mapping[str, Callable[[PageContext, Record[Any], Places], Data]] = {
    "controversy": _controversy,
    "position": _position,
    "claim": _claim,
    "source": _source,
    "proponent": _proponent,
    "event": _event,
    "term": _term,
    "challenge": _challenge,
}
"""Kind → what is said of a record of it, on its page too; of other kinds only a name and a summary."""


LINKED: Mapping[str, Mapping[str, Callable[[PageContext, Record[Any]], str | Iterable[str] | None]]] = {
    "thread": {"hasPart": lambda context, record: links.linked(links.links_in(context.ledger, record.id), "part_of")},
    "claim": {
        "firstAppearance": lambda _, record: record.fields.first_stated,
        "citation": lambda context, record: dict.fromkeys(context.ref_id(e.source) for e in record.fields.evidence),
    },
    "source": {"isBasedOn": lambda _, record: (step.source for step in record.fields.derivations)},
    "proponent": {"memberOf": lambda _, record: (tie.id for tie in record.fields.affiliations if tie.id)},
    "event": {"subjectOf": lambda _, record: record.fields.sources},
    "challenge": {"about": lambda _, record: record.fields.target},
}
"""Kind → property → the other records that it names, which no page's head repeats."""


def describe_whole(context: PageContext, record: Record[Any], at: Places) -> Data:
    """A record with all the records that it names, without its class."""
    found = DESCRIBED.get(record.kind.name, _plain)(context, record, at)
    for name, ids_of in LINKED.get(record.kind.name, {}).items():
        ids = ids_of(context, record) or ()
        things = [_linked(context, at, id_) for id_ in ([ids] if isinstance(ids, str) else ids)]
        found[name] = things[0] if isinstance(ids, str) else things
    return found
