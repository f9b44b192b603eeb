"""Every record as linked data: `ledger.jsonld`, one graph with its context inside, and `context.jsonld`.

In: a Ledger, and the public address if there is one. Out: JSON-LD 1.1. Things have the address of their page; without a
public address these are relative to the file, so that a reader takes them from where it is. The context is the same
for every ledger: schema.org says what records are, CiTO how sources stand to claims, PROV where sources come from, the
Web Annotation model where a quote stands, SKOS and Dublin Core how claims stand to claims. Where none has our word, the
nearest one that promises no more is taken; docs/exports.md lists them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, get_args

from ledger import urls
from ledger.context import PageContext
from ledger.exports.naming import Fragments, seen_from
from ledger.exports.strict_json import compact, joined, to_bytes
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.modelling import Assessment
from ledger.outfile import OutFile
from ledger.records import Claim, Evidence, Position, Proponent, Source, Stance
from ledger.schema_org import AGENTS, CLASSES, WORKS, Data, class_of, day, describe_whole, licence
from ledger.vocabulary import Rating

PREFIXES: Mapping[str, str] = {
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
OTHER_CLASSES = (
    *("Organization", "CreativeWork", "PropertyValue", "Review", "Rating", "Dataset", "Person"),
    *("Action", "AgreeAction", "DisagreeAction"),
)
"""Classes of schema.org beside those of the kinds of records."""
TEXTS = (
    *("name", "text", "description", "alternateName", "answerCount", "pagination", "inLanguage", "keywords"),
    *("dateCreated", "dateModified", "datePublished", "startDate", "endDate", "startTime", "foundingDate"),
    *("propertyID", "value", "ratingValue", "bestRating", "worstRating", "reviewBody"),
)
"""Properties of schema.org that hold words, dates and numbers."""
THINGS = (
    *("author", "publisher", "isPartOf", "hasPart", "citation", "firstAppearance", "isBasedOn", "identifier"),
    *("suggestedAnswer", "parentItem", "memberOf", "subjectOf", "inDefinedTermSet", "url", "archivedAt", "sameAs"),
    *("license", "review", "reviewRating", "additionalProperty", "agent", "object", "about"),
)
"""Properties of schema.org that hold things or addresses."""
RELATIONS: Mapping[str, str] = {
    **{name: f"cito:{name}" for name in ("isSupportedBy", "isDisputedBy", "isQualifiedBy", "isDiscussedBy")},
    **{name: f"cito:{name}" for name in ("supports", "disputes", "qualifies", "isRetractedBy", "isCorrectedBy")},
    "isUpdatedBy": "cito:isUpdatedBy",
    "undercuts": "cito:critiques",
    "rejects": "cito:disagreesWith",
    "isVersionOf": "dcterms:isVersionOf",
    "restsOn": "dcterms:requires",
    "dependsOn": "dcterms:requires",
    "supersedes": "dcterms:replaces",
    "narrows": "skos:broadMatch",
    "restates": "skos:closeMatch",
    "compatible": "skos:related",
    "wasDerivedFrom": "prov:wasDerivedFrom",
    "source": "cito:hasCitedEntity",
    "hadPrimarySource": "prov:hadPrimarySource",
    "target": "oa:hasTarget",
    "hasSource": "oa:hasSource",
    "selector": "oa:hasSelector",
}
"""Properties of other vocabularies that hold things."""
EFFECTS: Mapping[str, str] = {
    "supports": "isSupportedBy",
    "disputes": "isDisputedBy",
    "qualifies": "isQualifiedBy",
    "mentions": "isDiscussedBy",
}
"""What an evidence item does → how its source stands to the claim."""
RELATED: Mapping[str, str] = {
    **{name: name for name in ("supports", "disputes", "qualifies", "undercuts", "supersedes", "narrows", "restates")},
    "compatible": "compatible",
    "depends-on": "dependsOn",
    "excludes": "disputes",
}
"""How a claim stands to a claim, or a position to a position → the term."""
NOTICES: Mapping[str, str] = {
    **dict.fromkeys(("retracted", "withdrawn"), "isRetractedBy"),
    "corrected": "isCorrectedBy",
    "superseded": "isUpdatedBy",
}
"""What became of a work → how the notice stands to it."""
STANCES: Mapping[str, str] = {"holds": "AgreeAction", "leans": "AgreeAction", "rejects": "DisagreeAction"}
"""Stance → class; of one who has left a position nothing is said but the word."""
READ = frozenset({"consulted", "directness", "basis", "limits", "quote_role", "correction"})
"""Fields of an evidence item for which no vocabulary has a word: they are named as they are here."""
OWN = "own"
"""In place of a source: what an item says is its source's own finding."""
RATINGS: tuple[str, ...] = get_args(Rating)


def context() -> dict[str, Any]:
    """The terms, each with what it stands for."""
    named = (*WORKS.values(), *AGENTS.values(), *CLASSES.values(), *OTHER_CLASSES)
    classes = {name: f"schema:{name}" for name in named}
    things = {name: f"schema:{name}" for name in THINGS} | dict(RELATIONS)
    return {
        "@version": 1.1,
        **PREFIXES,
        **classes,
        **{name: f"schema:{name}" for name in TEXTS},
        **{name: {"@id": term, "@type": "@id"} for name, term in things.items()},
        "Citation": "cito:Citation",
        "Annotation": "oa:Annotation",
        "TextQuoteSelector": "oa:TextQuoteSelector",
        "exact": "oa:exact",
        "prefix": "oa:prefix",
        "suffix": "oa:suffix",
        "evidence": {"@reverse": "cito:hasCitingEntity", "@type": "@id"},
        "relation": {"@id": "cito:hasCitationCharacterization", "@type": "@vocab"},
    }


def context_file() -> OutFile:
    """`context.jsonld`, for those who write data of the same shape."""
    return OutFile(urls.CONTEXT, to_bytes({"@context": context()}))


def fragment(ledger: Ledger, id_: str, base_url: str) -> bytes:
    """A record as a thing of the graph."""
    if "jsonld" not in ledger.settings.exports:
        return b""
    return compact(_thing(seen_from(ledger, urls.LINKED_DATA, base_url), ledger.records[id_]))


def linked_data(ledger: Ledger, fragments: Fragments, base_url: str) -> Iterator[bytes]:
    """`ledger.jsonld`."""
    site = ledger.settings
    whole = {
        "@id": seen_from(ledger, urls.LINKED_DATA, base_url).url(urls.HOME),
        "@type": "Dataset",
        "name": site.title,
        "inLanguage": site.language,
        "license": licence(site.licence),
    }
    yield to_bytes({"@context": context()}).removesuffix(b"\n}\n") + b',\n"@graph": [\n'
    yield from joined(chain([compact(_said(whole))], fragments()))
    yield b"\n]\n}\n"


def _thing(context: PageContext, record: Record[Any]) -> Data:
    described, fields = describe_whole(context, record, context.url), record.fields
    make = MORE.get(record.kind.name)
    more = make(context, record) if make else {}
    dated = {
        "dateCreated": day(fields.added),
        "dateModified": day(fields.updated),
        "keywords": list(fields.tags),
        "isPartOf": [context.url(urls.HOME), *filter(None, [described.pop("isPartOf", None)])],
    }
    here = {"@id": context.url(urls.of_record(record)), "@type": class_of(record)}
    return here | _said({name: _by_address(value) for name, value in described.items()}) | _said(dated) | _said(more)


def _by_address(value: Any) -> Any:
    """A thing that is described elsewhere in the graph is only named here."""
    if isinstance(value, dict) and "@id" in value:
        return {"@id": value["@id"]}
    return [_by_address(entry) for entry in value] if isinstance(value, list) else value


def _said(data: Data) -> Data:
    return {name: value for name, value in data.items() if value}


def _claim(context: PageContext, record: Record[Claim]) -> Data:
    cited: dict[str, list[str]] = {}
    for item in record.fields.evidence:
        sources = cited.setdefault(EFFECTS[item.relation], [])
        sources += [place for place in [_place(context, item.source)] if place not in sources]
    return {
        **cited,
        "about": [_place(context, id_) for id_ in record.fields.about],
        "evidence": [_evidence(context, record, item) for item in record.fields.evidence],
        "review": _reviews(context, record.fields.assessments),
        **_related(context, record),
    }


def _evidence(context: PageContext, claim: Record[Claim], item: Evidence) -> Data:
    source, told = _place(context, item.source), ((name, value) for name, value in item if name in READ and value)
    quoted = {"exact": item.quote, "prefix": item.quote_prefix, "suffix": item.quote_suffix}
    return _said(
        {
            "@id": context.url(urls.of_record(claim, item.id)),
            "@type": ["Citation", "Annotation"] if item.quote else "Citation",
            "source": source,
            "relation": EFFECTS[item.relation],
            "text": context.plain(item.shows),
            "pagination": context.plain(item.locator or ""),
            "target": item.quote and {"hasSource": source, "selector": _typed("TextQuoteSelector", **quoted)},
            "wasDerivedFrom": _place(context, item.via) if item.via and item.via != OWN else None,
            "dateCreated": day(item.recorded),
            "additionalProperty": [
                _typed("PropertyValue", propertyID=name, value=context.plain(value)) for name, value in told
            ],
        }
    )


def _typed(name: str, /, **said: Any) -> Data:
    """A thing that is described where it is named."""
    return {"@type": name, **_said(said)}


def _reviews(context: PageContext, assessments: Iterable[Assessment]) -> list[Data]:
    """The editors' ratings: a word of five, with who, when and why."""
    return [
        _typed(
            "Review",
            author=_typed("Person", name=context.editor(entry.by)),
            dateCreated=day(entry.date),
            reviewBody=context.plain(entry.why),
            reviewRating=_typed("Rating", ratingValue=entry.rating, worstRating=RATINGS[0], bestRating=RATINGS[-1]),
        )
        for entry in assessments
    ]


def _related(context: PageContext, record: Record[Claim] | Record[Position]) -> Data:
    """How a claim stands to claims and positions, or a position to positions."""
    fields = record.fields
    own: list[tuple[str, str]]
    if isinstance(fields, Claim):
        own = [(relation.type, relation.claim) for relation in fields.relations]
        own += [(entry.relation, entry.position) for entry in fields.bears_on]
    else:
        own = [(relation.type, relation.position) for relation in fields.relations]
    found: dict[str, list[str]] = {}
    for type_, id_ in own:
        found.setdefault(RELATED[type_], []).append(_place(context, id_))
    return {name: list(dict.fromkeys(places)) for name, places in found.items()}


def _position(context: PageContext, record: Record[Position]) -> Data:
    fields = record.fields
    return {
        "restsOn": [_place(context, id_) for id_ in fields.rests_on],
        "rejects": [_place(context, id_) for id_ in fields.rejects],
        "citation": [_place(context, id_) for id_ in fields.key_sources],
        "review": _reviews(context, fields.assessments),
        **_related(context, record),
    }


def _source(context: PageContext, record: Record[Source]) -> Data:
    fields, traced = record.fields, context.analysis.chains(record.id).live
    first = [id_ for id_ in traced.origins.get(record.id, ()) if id_ != record.id]
    term = NOTICES.get(fields.status or "")
    return {
        "wasDerivedFrom": list(dict.fromkeys(_place(context, entry.source) for entry in fields.derivations)),
        "hadPrimarySource": [_place(context, id_) for id_ in first if traced.ends.get(id_) == "first-hand"],
        **({term: _place(context, fields.notice)} if term and fields.notice else {}),
        "isVersionOf": _place(context, fields.version_of) if fields.version_of else None,
    }


def _proponent(context: PageContext, record: Record[Proponent]) -> Data:
    stances = [_stance(context, record, entry) for entry in record.fields.stances]
    return {"foundingDate": day(record.fields.founded), "@reverse": {"agent": stances}}


def _stance(context: PageContext, record: Record[Proponent], stance: Stance) -> Data:
    sources = dict.fromkeys(_place(context, entry.source) for entry in stance.attested)
    return _said(
        {
            "@id": context.url(urls.of_record(record, stance.id)),
            "@type": STANCES.get(stance.stance, "Action"),
            "name": stance.stance,
            "object": _place(context, stance.position),
            "subjectOf": list(sources),
            "startTime": min(filter(None, (day(entry.date) for entry in stance.attested)), default=""),
        }
    )


def _place(context: PageContext, id_: str) -> str:
    record, _, part = context.ref_id(id_).partition("/")
    return context.url(urls.of_record(context.ledger.records[record], part))


MORE: Mapping[str, Callable[[PageContext, Record[Any]], Data]] = {
    "claim": _claim,
    "position": _position,
    "source": _source,
    "proponent": _proponent,
}
"""Kind → what is said beyond the words of schema.org that its page carries."""
