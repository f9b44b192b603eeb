"""The page of a source: the reference, its identifiers, what it takes from, and every use of it.

In: a source as its page sees it. Out: what is worked out for the page. Each use names the record that it is in and
holds that record's own words.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any, Literal, NamedTuple, TypeVar

from ledger import citations, identifiers, words
from ledger.context import PageContext, RecordRef
from ledger.dates import in_words
from ledger.links import RecordLink, linked, links_in
from ledger.loading import Record, is_a
from ledger.records import Author, Claim, Controversy, Event, Interest, Position, Proponent, Search, Source
from ledger.views.claim import EvidenceView, rated_items, view_evidence
from ledger.views.excerpts import view_citations
from ledger.views.impact import ImpactView, view_impact
from ledger.views.paging import rows_of, spread
from ledger.views.position import MindView, view_minds
from ledger.views.stances import StatementView, view_statements

Derived = tuple[str, str, bool]
"""How a source takes from another, the other one, and whether that is inferred."""
Entry = TypeVar("Entry")
Uses = dict[str, tuple[Any, ...]]
"""Sort of use → the uses, each after the record, or the part of one, that it is in."""


class Identifier(NamedTuple):
    """One identifier: its name within a line and in a list of facts, the identifier, where it leads (may be empty)."""

    name: str
    label: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A source written out."""

    authors: str
    issued: str
    title: str
    where: str
    gone: str
    """What became of the work, where it no longer stands."""
    identifiers: tuple[Identifier, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source's page."""

    fields: Source
    reference: ReferenceView
    authors: tuple[Author, ...]
    more_authors: tuple[Author, ...]
    """Those that a long list has after the first ones."""
    type: str
    facts: tuple[tuple[str, str], ...]
    derived_from: tuple[Derived, ...]
    base_of: tuple[Derived, ...]
    interests: tuple[Interest, ...]
    impact: ImpactView | None
    """What would change with it; nothing for an entry that was withdrawn."""
    uses: Uses
    use_counts: tuple[tuple[str, str], ...]


FEW_AUTHORS = 4
"""How many authors a brief reference names at most."""
MANY_AUTHORS = 8
"""Of more authors, a page names the first ones alone."""
FIRST_AUTHORS = 3
SHOWN = frozenset(("shown_in", "stated_in", "told_in", "defined_in", "kept", "cites", "derived_from"))
"""Ways of referring to a source that its page shows outside the list of backlinks."""


def view_source(context: PageContext, record: Record[Source]) -> SourceView:
    """Everything on a source's page."""
    fields = record.fields
    authors = _listed(fields.authors)
    first = FIRST_AUTHORS if len(authors) > MANY_AUTHORS else len(authors)
    uses, counts = _uses(context, record)
    return SourceView(
        fields=fields,
        reference=view_reference(context, record),
        authors=authors[:first],
        more_authors=authors[first:],
        type=words.SOURCE_TYPES.get(fields.type, fields.type.replace("_", " ")),
        facts=_facts(fields),
        derived_from=rows_of(
            context, tuple((way.how, way.source, bool(way.inferred)) for way in _listed(fields.derived_from))
        ),
        base_of=rows_of(context, _base_of(context, record)),
        interests=spread(context, fields.interests),
        impact=_impact(context, record) if fields.withdrawn is None else None,
        uses=uses,
        use_counts=counts,
    )


def _impact(context: PageContext, record: Record[Source]) -> ImpactView:
    whole = view_impact(context, record)
    return replace(whole, claims=spread(context, whole.claims), positions=spread(context, whole.positions))


def view_reference(context: PageContext, record: Record[Source], *, brief: bool = False) -> ReferenceView:
    """A source written out, for lists of references; a brief one names few authors and each address once."""
    fields = record.fields
    identifiers = _identifiers(fields)
    if brief:
        by_address = {entry.href or entry.text: entry for entry in reversed(identifiers)}
        identifiers = tuple(entry for entry in identifiers if by_address[entry.href or entry.text] is entry)
    return ReferenceView(
        authors=citations.authors_line(fields, most=FEW_AUTHORS) if brief else _authors_line(fields),
        issued=in_words(fields.issued),
        title=fields.title,
        where=citations.where(fields),
        gone=context.ref(record.id).gone,
        identifiers=identifiers,
    )


def _authors_line(fields: Source) -> str:
    """The authors of a source, or the first of many and how many others there are."""
    authors = _listed(fields.authors)
    if len(authors) <= MANY_AUTHORS:
        return citations.authors_line(fields)
    first = ", ".join(citations.author_name(author) for author in authors[:FIRST_AUTHORS])
    form = words.SOURCE_PAGE["and_more" if fields.et_al else "and_others"]
    return form.format(first, len(authors) - FIRST_AUTHORS)


def _identifiers(fields: Source) -> tuple[Identifier, ...]:
    forms = (
        ("doi", fields.doi, identifiers.RESOLVERS["doi"]),
        ("arxiv", fields.arxiv, identifiers.RESOLVERS["arxiv"]),
        ("pmid", fields.pmid, identifiers.RESOLVERS["pmid"]),
        ("isbn", fields.isbn, ""),
        ("url", fields.url, "{}"),
        ("archive", fields.archive_url, "{}"),
    )
    return view_identifiers(forms)


def view_identifiers(forms: Iterable[tuple[str, str | None, str]]) -> tuple[Identifier, ...]:
    """Identifiers from their kind, their text where there is one, and the form of their address."""
    return tuple(
        Identifier(words.IDENTIFIERS[kind], words.IDENTIFIER_FACTS[kind], text, form.format(text))
        for kind, text, form in forms
        if text
    )


def _facts(fields: Source) -> tuple[tuple[str, str], ...]:
    """Bibliographic fields that have no place of their own on the page."""
    named = (
        ("container_title", fields.container_title),
        ("publisher", fields.publisher),
        ("volume", fields.volume),
        ("issue", fields.issue),
        ("pages", fields.pages),
        ("language", fields.language),
        ("accessed", in_words(fields.accessed)),
    )
    own = ((words.FACTS[name], value) for name, value in named if value)
    return (*own, *sorted((fields.csl or {}).items()))


def _base_of(context: PageContext, record: Record[Source]) -> tuple[Derived, ...]:
    return tuple(
        (str(link.own["how"]), link.other, bool(link.own.get("inferred")))
        for link in links_in(context.ledger, record.id)
        if link.relation == "derived_from"
    )


def _listed(written: Literal["unknown"] | tuple[Entry, ...]) -> tuple[Entry, ...]:
    return () if written == "unknown" else written


# Every use of it: evidence, stances, conditions, events, definitions, searches, and texts that cite it


def _uses(context: PageContext, source: Record[Source]) -> tuple[Uses, tuple[tuple[str, str], ...]]:
    """The uses of a source that are on the page, by sort, and how many there are of each, in words."""
    found = links_in(context.ledger, source.id)
    evidence = sorted((link for link in found if link.relation == "shown_in"), key=partial(_use_order, context))
    stated = _records(context, found, "stated_in")
    parts: Uses = {
        "evidence": tuple(evidence),
        "stances": tuple(use for record in stated for use in _stances(context, record, source)),
        "conditions": tuple(use for record in stated for use in _conditions(context, record, source)),
        "events": tuple(sorted(_records(context, found, "told_in"), key=_event_order)),
        "definitions": tuple(_records(context, found, "defined_in")),
        "searches": tuple(
            use for record in _records(context, found, "kept") for use in _searches(context, record, source)
        ),
        "citations": view_citations(context, source),
    }
    here = {name: rows_of(context, part) for name, part in parts.items()}
    counts = tuple((name, words.count(words.USE_COUNTS[name], len(parts[name]))) for name in parts if here[name])
    return here | {"evidence": tuple(_evidence(context, here["evidence"]))}, counts


def _records(context: PageContext, found: Iterable[RecordLink], relation: str) -> list[Record[Any]]:
    """The records at the other end, each once, in their order."""
    return [context.ledger.records[id_] for id_ in dict.fromkeys(linked(found, relation))]


def _evidence(
    context: PageContext, found: Iterable[RecordLink]
) -> Iterator[tuple[str, tuple[tuple[RecordRef, EvidenceView], ...]]]:
    """Evidence items by what they do to their claims."""
    for effect, group in groupby(found, key=lambda link: str(link.own["effect"])):
        yield effect, tuple((context.ref(link.node), _item(context, link)) for link in group)


def _item(context: PageContext, link: RecordLink) -> EvidenceView:
    part = link.other_part.partition("/")[2]
    claim = context.ledger.record(Claim, link.other)
    item = next(item for item in claim.fields.evidence if item.id == part)
    return view_evidence(context, claim.id, item, rated_items(context, claim).get(part))


def _use_order(context: PageContext, link: RecordLink) -> tuple[int, bool, str, str]:
    """By what the item does; claims that no longer stand come last."""
    claim = context.ref(link.node)
    return [*words.EFFECTS].index(str(link.own["effect"])), claim.withdrawn, claim.title.casefold(), claim.href


def _stances(
    context: PageContext, record: Record[Any], source: Record[Source]
) -> Iterator[tuple[RecordRef, StatementView]]:
    """The statements that the source attests, each after its place on the proponent's page."""
    for statement in view_statements(context, record) if is_a(record, Proponent) else ():
        if statement.attested and context.ref_id(statement.attested.source) == source.id:
            yield context.ref_to(record, statement.anchor), statement


def _conditions(
    context: PageContext, record: Record[Any], source: Record[Source]
) -> Iterator[tuple[RecordRef, MindView]]:
    """What the source says would change somebody's mind, after the position that it is about."""
    for entry, verdict in view_minds(context, record) if is_a(record, Position) else ():
        if context.ref_id(entry.source) == source.id:
            yield context.ref_to(record), (entry, verdict)


def _event_order(event: Record[Event]) -> tuple[Any, str]:
    return event.fields.date.sort_key(), event.id


def _searches(
    context: PageContext, record: Record[Claim] | Record[Controversy], source: Record[Source]
) -> Iterator[tuple[RecordRef, Search]]:
    for search in record.fields.searches:
        if source.id in map(context.ref_id, search.kept):
            yield context.ref_to(record), search
