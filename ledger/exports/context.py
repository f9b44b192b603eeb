"""What the keys of the linked data mean: `context.jsonld`, terms of vocabularies that others have agreed on.

Out: a JSON-LD 1.1 context, the same for every ledger. schema.org says what records are, CiTO how sources stand to
claims, PROV where sources come from, the Web Annotation model where a quote stands, SKOS and Dublin Core how claims
stand to claims. Where none has our word, the nearest one that promises no more is taken; docs/exports.md lists them.
"""

from collections.abc import Mapping
from typing import Any

from ledger import urls
from ledger.exports.strict_json import to_bytes
from ledger.outfile import OutFile
from ledger.views.linked_data import AGENTS, CLASSES, WORKS

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
    *("dateCreated", "dateModified", "datePublished", "startDate", "endDate", "startTime"),
    *("propertyID", "value", "ratingValue", "bestRating", "worstRating", "reviewBody"),
)
"""Properties of schema.org that hold words, dates and numbers."""
THINGS = (
    *("author", "publisher", "isPartOf", "hasPart", "citation", "firstAppearance", "isBasedOn", "identifier"),
    *("suggestedAnswer", "parentItem", "memberOf", "subjectOf", "inDefinedTermSet", "url", "archivedAt", "sameAs"),
    *("license", "review", "reviewRating", "additionalProperty", "agent", "object"),
)
"""Properties of schema.org that hold things or addresses."""
RELATIONS: Mapping[str, str] = {
    "isSupportedBy": "cito:isSupportedBy",
    "isDisputedBy": "cito:isDisputedBy",
    "isQualifiedBy": "cito:isQualifiedBy",
    "isDiscussedBy": "cito:isDiscussedBy",
    "supports": "cito:supports",
    "disputes": "cito:disputes",
    "qualifies": "cito:qualifies",
    "undercuts": "cito:critiques",
    "rejects": "cito:disagreesWith",
    "isRetractedBy": "cito:isRetractedBy",
    "isCorrectedBy": "cito:isCorrectedBy",
    "isUpdatedBy": "cito:isUpdatedBy",
    "restsOn": "dcterms:requires",
    "dependsOn": "dcterms:requires",
    "supersedes": "dcterms:replaces",
    "narrows": "skos:broadMatch",
    "restates": "skos:closeMatch",
    "compatible": "skos:related",
    "wasDerivedFrom": "prov:wasDerivedFrom",
    "hadPrimarySource": "prov:hadPrimarySource",
    "source": "cito:hasCitedEntity",
    "target": "oa:hasTarget",
    "hasSource": "oa:hasSource",
    "selector": "oa:hasSelector",
}
"""Properties of other vocabularies that hold things."""


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
