"""The page of a source: the reference, its identifiers, what it takes from, and every use of it.

In: a source as its page sees it. Out: what is worked out for the page. Each use names the record that it is in and
holds that record's own words.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, Literal, TypeVar

from ledger import citations, identifiers, texts
from ledger.analysis.bearing import LOAD_BEARING
from ledger.analysis.exhibits import PLACES
from ledger.context import PageContext, RecordRef
from ledger.links import RecordLink, linked, links_in
from ledger.loading import Record, is_a
from ledger.records import Claim, Position, Proponent, Source
from ledger.views import View
from ledger.views.excerpts import view_citations
from ledger.views.exhibits import EvidenceView, rated_items, view_evidence
from ledger.views.impact import view_impact
from ledger.views.paging import rows_of, spread
from ledger.views.position import MindView, view_minds
from ledger.views.stances import StatementView, view_statements

Entry = TypeVar("Entry")
Shown = tuple[RecordRef, tuple[EvidenceView, ...]]
"""A claim, and what the source shows there."""
MOST = 6
"""How many evidence items are open on a page; the others are in a fold."""
Uses = dict[str, tuple[Any, ...]]
"""Sort of use → the uses, each after the record, or the part of one, that it is in."""


FEW_AUTHORS = 4
"""How many authors a brief reference names at most."""
MANY_AUTHORS = 8
"""Of more authors, a page names the first ones alone."""
FIRST_AUTHORS = 3
SHOWN = frozenset(("shown_in", "stated_in", "told_in", "defined_in", "kept", "cites", "derived_from"))
"""Ways of referring to a source that its page shows outside the list of backlinks."""


def view_source(context: PageContext, record: Record[Source]) -> View:
    """Everything on a source's page."""
    fields = record.fields
    authors = _listed(fields.authors)
    first = FIRST_AUTHORS if len(authors) > MANY_AUTHORS else len(authors)
    evidence, uses, counts = _uses(context, record)
    taken = [link for link in links_in(context.ledger, record.id) if link.relation == "derived_from"]
    base_of = [(str(one.own["how"]), one.other, bool(one.own.get("inferred"))) for one in taken]
    return View(
        fields=fields,
        reference=view_reference(context, record),
        authors=authors[:first],
        # Those that a long list has after the first ones.
        more_authors=authors[first:],
        facts=_facts(fields),
        # Whether it is original, as a sentence; empty where it draws on others.
        origin=_origin(fields),
        # How it takes from another source, that one, and whether this is inferred; and what takes from it so.
        derived_from=rows_of(
            context, tuple((way.how, way.source, bool(way.inferred)) for way in _listed(fields.derived_from))
        ),
        base_of=rows_of(context, base_of),
        interests=spread(context, fields.interests),
        # What would change with it; nothing for an entry that was withdrawn.
        impact=view_impact(context, record) if fields.withdrawn is None else None,
        # What it shows for and against claims, the most important first.
        shown=_by_claim(context, evidence[:MOST]),
        # More of it.
        folded=_by_claim(context, evidence[MOST:]),
        # How many items that is.
        many_folded=len(evidence[MOST:]),
        # All other uses of it.
        uses=uses,
        use_counts=counts,
    )


def view_reference(context: PageContext, record: Record[Source], *, brief: bool = False) -> View:
    """A source written out, for lists of references; a brief one names few authors and each address once."""
    fields = record.fields
    identifiers = _identifiers(fields)
    if brief:
        by_address = {entry.href or entry.text: entry for entry in reversed(identifiers)}
        identifiers = tuple(entry for entry in identifiers if by_address[entry.href or entry.text] is entry)
    return View(
        authors=citations.authors_line(fields, most=FEW_AUTHORS) if brief else _authors_line(fields),
        issued=texts.day(fields.issued),
        title=fields.title,
        where=citations.where(fields),
        # What became of the work, where it no longer stands.
        gone=context.ref(record.id).gone,
        identifiers=identifiers,
    )


def _authors_line(fields: Source) -> str:
    """The authors of a source, or the first of many and how many others there are."""
    authors = _listed(fields.authors)
    if len(authors) <= MANY_AUTHORS:
        return citations.authors_line(fields)
    first = ", ".join(citations.author_name(author) for author in authors[:FIRST_AUTHORS])
    key = "source_page.and_more" if fields.et_al else "source_page.and_others"
    return texts.say(key, names=first, count=len(authors) - FIRST_AUTHORS)


def _identifiers(fields: Source) -> tuple[View, ...]:
    works = ((name, vars(fields)[name]) for name in identifiers.RESOLVERS)
    return view_identifiers(
        (
            *((name, text, identifiers.leads_to(name, text)) for name, text in works if text),
            ("isbn", fields.isbn, ""),
            ("url", fields.url, fields.url),
            ("archive", fields.archive_url, fields.archive_url),
        )
    )


def view_identifiers(known: Iterable[tuple[str, str | None, str | None]]) -> tuple[View, ...]:
    """Identifiers from their kind, their text where there is one, and their address."""
    facts, names = texts.Group("fact"), texts.Group("identifier")
    return tuple(
        View(name=names[kind], label=facts.get(kind, names[kind]), text=text, href=address or "")
        for kind, text, address in known
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
        ("accessed", texts.day(fields.accessed)),
    )
    own = ((texts.say(f"fact.{name}"), value) for name, value in named if value)
    variables = texts.Group("csl_variable")
    return (*own, *((variables.get(name, name), value) for name, value in sorted((fields.csl or {}).items())))


def _listed(written: Literal["unknown"] | tuple[Entry, ...]) -> tuple[Entry, ...]:
    return () if written == "unknown" else written


def _origin(fields: Source) -> str:
    if fields.derived_from:
        return texts.say("source_page.untraced") if fields.derived_from == "unknown" else ""
    return texts.say(f"original.{fields.tier}" if fields.first_hand else "source_page.nothing_found")


# Every use of it: evidence, stances, conditions, events, definitions, searches, and texts that cite it


def _uses(
    context: PageContext, source: Record[Source]
) -> tuple[tuple[RecordLink, ...], Uses, tuple[tuple[str, int], ...]]:
    """The evidence and the other uses that are on the page, by sort, and how many there are of these."""
    found = links_in(context.ledger, source.id)
    evidence = _in_order(context, [link for link in found if link.relation == "shown_in"])
    stated = _records(context, found, "stated_in")
    parts: Uses = {
        "stances": tuple(use for record in stated for use in _stances(context, record, source)),
        "conditions": tuple(use for record in stated for use in _conditions(context, record, source)),
        "events": tuple(
            sorted(_records(context, found, "told_in"), key=lambda one: (one.fields.date.sort_key(), one.id))
        ),
        "definitions": tuple(_records(context, found, "defined_in")),
        "searches": tuple(
            (context.ref_to(record), search)
            for record in _records(context, found, "kept")
            for search in record.fields.searches
            if source.id in map(context.ref_id, search.kept)
        ),
        "citations": view_citations(context, source),
    }
    here = {name: rows_of(context, part) for name, part in parts.items()}
    counts = tuple((name, len(part)) for name, part in parts.items() if here[name])
    return rows_of(context, evidence), here, counts


def _by_claim(context: PageContext, found: Iterable[RecordLink]) -> tuple[Shown, ...]:
    """Evidence items under their claims, each of which leads to the first of them."""
    by_claim: dict[str, list[RecordLink]] = {}
    for link in found:
        by_claim.setdefault(link.other, []).append(link)
    return tuple((context.ref(own[0].node), tuple(_item(context, link) for link in own)) for own in by_claim.values())


def _records(context: PageContext, found: Iterable[RecordLink], relation: str) -> list[Record[Any]]:
    """The records at the other end, each once, in their order."""
    return [context.ledger.records[id_] for id_ in dict.fromkeys(linked(found, relation))]


def _item(context: PageContext, link: RecordLink) -> EvidenceView:
    item, rated = context.item(link.other_part), rated_items(context, context.ledger.record(Claim, link.other))
    return view_evidence(context, link.other, item, rated.get(item.id))


def _in_order(context: PageContext, found: Iterable[RecordLink]) -> list[RecordLink]:
    """The evidence items: what counts and adds something first, then by how many positions the claim matters to.

    On one of several pages by title alone: no page asks for the ratings of more claims than it shows.
    """
    by_title = sorted(found, key=partial(_title_order, context))
    return sorted(by_title, key=partial(_importance, context)) if context.pages == 1 else by_title


def _title_order(context: PageContext, link: RecordLink) -> tuple[bool, str, str]:
    """Claims that no longer stand come last."""
    claim = context.ref(link.node)
    return claim.withdrawn, claim.title.casefold(), claim.href


def _importance(context: PageContext, link: RecordLink) -> tuple[bool, int, int]:
    part = link.other_part.partition("/")[2]
    place = next(one.place for one in context.analysis.exhibits(link.other) if one.item == part)
    ties = (edge for edge in context.ledger.edges_to(link.other) if edge.name in LOAD_BEARING)
    matters = {edge.owner for edge in ties} | {
        edge.target for edge in context.ledger.edges_from(link.other) if edge.name == "bears_on"
    }
    return context.ref(link.other).withdrawn, PLACES.index(place), -len(matters)


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
