"""The page of a source: the reference, its identifiers, what it takes from, and every claim that uses it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeVar

from ledger import citations, identifiers, links, words
from ledger.context import Viewing
from ledger.dates import in_words
from ledger.loading import Record
from ledger.records import Author, Interest, Source
from ledger.views.impact import ImpactView, view_impact
from ledger.views.paging import rows_of, spread
from ledger.views.uses import SHOWN as USES
from ledger.views.uses import Uses, view_uses

Derived = tuple[str, str, bool]
"""How a source takes from another, the other one, and whether that is inferred."""
Entry = TypeVar("Entry")


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
SHOWN = USES | {"derived_from"}
"""Ways of referring to a source that its page shows outside the list of backlinks."""


def view_source(viewing: Viewing, record: Record[Source]) -> SourceView:
    """Everything on a source's page."""
    fields = record.fields
    authors = _listed(fields.authors)
    first = FIRST_AUTHORS if len(authors) > MANY_AUTHORS else len(authors)
    uses, counts = view_uses(viewing, record)
    return SourceView(
        fields=fields,
        reference=view_reference(viewing, record),
        authors=authors[:first],
        more_authors=authors[first:],
        type=words.SOURCE_TYPES.get(fields.type, fields.type.replace("_", " ")),
        facts=_facts(fields),
        derived_from=rows_of(
            viewing, tuple((way.how, way.source, bool(way.inferred)) for way in _listed(fields.derived_from))
        ),
        base_of=rows_of(viewing, _base_of(viewing, record)),
        interests=spread(viewing, fields.interests),
        impact=_impact(viewing, record) if fields.withdrawn is None else None,
        uses=uses,
        use_counts=counts,
    )


def _impact(viewing: Viewing, record: Record[Source]) -> ImpactView:
    whole = view_impact(viewing, record)
    return replace(whole, claims=spread(viewing, whole.claims), positions=spread(viewing, whole.positions))


def view_reference(viewing: Viewing, record: Record[Source], *, brief: bool = False) -> ReferenceView:
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
        gone=viewing.ref(record.id).gone,
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


def _base_of(viewing: Viewing, record: Record[Source]) -> tuple[Derived, ...]:
    return tuple(
        (str(link.own["how"]), link.other, bool(link.own.get("inferred")))
        for link in links.links_in(viewing.ledger, record.id)
        if link.relation == "derived_from"
    )


def _listed(written: Literal["unknown"] | tuple[Entry, ...]) -> tuple[Entry, ...]:
    return () if written == "unknown" else written
