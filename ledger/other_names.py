"""What people write who know other formats, and what it is called here.

In: the name of a field that is not one, or a value that a field does not take. Out: what to write, in words; nothing
where it is not known.
"""

import re
from collections.abc import Collection, Mapping

from pydantic import BaseModel

from ledger.modelling import fields_in
from ledger.records import Author, Claim, Controversy, Event, Evidence, Position, Proponent, Source, Tie

CSL_NAMES = frozenset((
    "chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator", "director",
    "editor", "editorial-director", "executive-producer", "guest", "host", "illustrator", "interviewer", "narrator",
    "organizer", "original-author", "performer", "producer", "recipient", "reviewed-author", "script-writer",
    "series-creator", "translator",
))  # fmt: skip
CSL_OTHERS = frozenset((
    "annote", "archive", "archive_collection", "archive_location", "archive-place", "authority", "available-date",
    "call-number", "chapter-number", "citation-number", "collection-number", "collection-title",
    "container-title-short", "dimensions", "division", "edition", "event", "event-date", "event-place", "event-title",
    "genre", "ISSN",
    "jurisdiction", "locator", "medium", "number", "number-of-pages", "number-of-volumes", "original-date",
    "original-publisher", "original-publisher-place", "original-title", "page-first", "part", "part-title", "PMCID",
    "printing", "publisher-place", "references", "reviewed-genre", "reviewed-title", "scale", "section", "source",
    "submitted", "supplement", "title-short", "version", "volume-title", "volume-title-short", "year-suffix",
))  # fmt: skip
"""The variables of the Citation Style Language 1.0.2 that are no fields of a source: people, and all others."""
_ELSEWHERE = {
    "series": "collection-title", "issn": "ISSN", "pmcid": "PMCID", "place": "publisher-place",
    "location": "publisher-place", "address": "publisher-place", "chapter": "chapter-number", "series-number":
    "collection-number", "short-title": "title-short", "shorttitle": "title-short", "conference": "event-title",
}  # fmt: skip
"""Other names of such variables."""
_NAMES: Mapping[type[BaseModel], Mapping[str, str]] = {
    Source: {
        "journal": "container_title", "booktitle": "container_title", "book": "container_title",
        "site": "container_title", "website": "container_title", "newspaper": "container_title",
        "outlet": "container_title",
        "publication": "container_title", "year": "issued", "date": "issued", "published": "issued",
        "publication_date": "issued", "author": "authors", "by": "authors", "link": "url", "href": "url", "web": "url",
        "abstract": "summary", "description": "summary", "keywords": "tags", "page": "pages", "number": "issue",
        "kind": "type", "archived": "archive_url", "retracted": "status", "eprint": "arxiv",
        "institution": "publisher", "school": "publisher", "retrieved": "accessed", "urldate": "accessed",
        "name": "title", "lang": "language", "pubmed": "pmid",
    },
    Claim: {
        "title": "statement", "text": "statement", "claim": "statement", "name": "statement", "kind": "type",
        "position": "bears_on", "positions": "bears_on", "sources": "evidence", "supports": "evidence",
        "rating": "assessments", "ratings": "assessments", "confidence": "assessments", "related": "relations",
    },
    Evidence: {
        "effect": "relation", "text": "shows", "summary": "shows", "says": "shows", "page": "locator",
        "pages": "locator", "section": "locator", "quotation": "quote", "type": "basis", "read": "consulted",
        "figure": "quantity", "note": "limits", "date": "recorded",
    },
    Position: {"title": "label", "name": "label", "text": "statement", "claims": "rests_on", "sources": "key_sources"},
    Controversy: {"name": "title", "description": "summary", "threads": "thread", "reviewed": "review"},
    Proponent: {"title": "name", "kind": "type", "aliases": "other_names", "url": "homepage", "website": "homepage",
                "positions": "stances", "employer": "affiliations", "description": "summary"},
    Event: {"name": "title", "source": "sources", "people": "proponents", "description": "summary", "when": "date"},
    Author: {"name": "literal", "first": "given", "last": "family", "given-names": "given", "surname": "family",
             "firstname": "given", "lastname": "family", "id": "proponent"},
    Tie: {"organisation": "name", "proponent": "id", "since": "from", "to": "until"},
}  # fmt: skip
"""What fields are called elsewhere, by the model that has them under another name."""
_WORDS = {
    "article-journal": ("paper", "journal", "journal article", "academic article"),
    "article": ("preprint", "e print", "eprint"), "report": ("working paper", "white paper", "techreport"),
    "article-newspaper": ("news", "newspaper", "news article", "newspaper article"),
    "article-magazine": ("magazine", "magazine article"), "post-weblog": ("blog", "blog post", "blogpost"),
    "post": ("tweet", "social media", "forum post"), "webpage": ("website", "web", "web page", "online"),
    "paper-conference": ("conference", "conference paper", "proceedings", "inproceedings"),
    "chapter": ("book chapter", "book section"), "broadcast": ("podcast", "radio", "television", "tv"),
    "legislation": ("law", "act"), "disputes": ("refutes", "contradicts", "opposes", "attacks", "against", "con"),
    "supports": ("confirms", "backs", "proves", "for", "pro"), "against": ("contra", "con"), "for": ("pro",),
    "holds": ("agrees", "supports"), "rejects": ("disagrees", "opposes"),
    "full-text": ("full", "whole", "all", "complete"), "memory": ("remembered", "from memory"),
}  # fmt: skip
"""What words of a choice are called elsewhere."""
NONE = frozenset(("none", "nothing", "no", "null", "nil", "n/a", "na", "-", "[]", "empty", "false"))
"""How people say that there is nothing."""
_FIRST = {"authors": "literal", "affiliations": "name", "members": "name", "interests": "note"}
"""The field that a bare text in a list of groups is probably meant for; otherwise it is the first that is needed."""


def names_of(model: type[BaseModel]) -> Mapping[str, str]:
    """Other names → the names of fields of a model."""
    return _NAMES.get(model, {})


def other_name(model: type[BaseModel], written: str) -> str:
    """What to write in place of a field that is none, where it has another name or another place."""
    plain = written.casefold().replace(" ", "_")
    if meant := names_of(model).get(plain) or names_of(model).get(plain.replace("_", "-")):
        return f"did you mean '{meant}'?"
    return _under_csl(plain) if model is Source else ""


def other_word(written: str, words: Collection[str]) -> str:
    """The word of a choice that has another name elsewhere; empty where none is known."""
    plain = re.sub(r"[\W_]+", " ", written.casefold()).strip()
    return next((word for word, others in _WORDS.items() if word in words and plain in others), "")


def _under_csl(plain: str) -> str:
    """A variable of CSL, or the people of one: `version`, `editors`."""
    dashed = plain.replace("_", "-")
    known = {name.casefold(): name for name in (*CSL_NAMES, *CSL_OTHERS)} | _ELSEWHERE
    name = known.get(dashed) or known.get(plain) or known.get(dashed.removesuffix("s"))
    return f"write it under `csl`, as a variable of the Citation Style Language: `csl: {{{name}: …}}`" if name else ""


def nothing_there(field: str) -> str:
    """What to write where somebody said in words that there is nothing, given the field."""
    if field == "derived_from":
        return "write `[]` if it was traced and nothing is behind it, or `unknown` if nobody has looked"
    return "write `unknown`" if field == "authors" else "leave the field out"


def as_group(field: str, model: type[BaseModel] | None, words: str) -> str:
    """How a text becomes an entry of a list whose entries are groups of fields; empty where that is not known."""
    if field == "authors":
        return f"write `- literal: {words}`, or `family: …` and `given: …` below each other"
    needed = [name for name, info in fields_in(model).items() if info.is_required()] if model else []
    first = _FIRST.get(field) or next((name for name in needed if name != "id"), "")
    return f"write `- {first}: {words}`, and its other fields below" if first else ""
