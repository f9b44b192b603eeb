"""The page of a source: the reference, its identifiers, what it takes from, and every claim that uses it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from ledger import citations, identifiers, links, words
from ledger.context import RecordRef, Viewing
from ledger.dates import in_words
from ledger.loading import Record
from ledger.views.falling import FallView, view_fall
from ledger.views.paging import rows_of, spread
from ledger.views.uses import SHOWN as USES
from ledger.views.uses import UsesView, view_uses


@dataclass(frozen=True, slots=True)
class Identifier:
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
class AuthorView:
    """One author, with their record where there is one."""

    name: str
    proponent: RecordRef | None


@dataclass(frozen=True, slots=True)
class DerivationView:
    """A source that this one takes from, or that takes from this one."""

    words: str
    after: str
    """What is said after the two."""
    source: RecordRef
    inferred: bool


@dataclass(frozen=True, slots=True)
class InterestView:
    """What someone stands to gain."""

    proponent: RecordRef | None
    note: Markup
    source: RecordRef | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source's page."""

    title: Markup
    label: str
    reference: ReferenceView
    authors: tuple[AuthorView, ...]
    more_authors: tuple[AuthorView, ...]
    """Those that a long list has after the first ones."""
    type: str
    facts: tuple[tuple[str, str], ...]
    tier: str
    first_hand: bool
    status: str
    status_words: str
    status_date: str
    notice: RecordRef | None
    summary: Markup
    caveat: Markup
    checked: str
    checked_against: tuple[Markup, ...]
    traced: bool
    derived_from: tuple[DerivationView, ...]
    base_of: tuple[DerivationView, ...]
    interests: tuple[InterestView, ...]
    fall: FallView | None
    """What would change with it; nothing for an entry that was withdrawn."""
    uses: UsesView


FEW_AUTHORS = 4
"""How many authors a brief reference names at most."""
MANY_AUTHORS = 8
"""Of more authors, a page names the first ones alone."""
FIRST_AUTHORS = 3
SHOWN = USES | {"derived_from"}
"""Ways of referring to a source that its page shows outside the list of backlinks."""


def view_source(viewing: Viewing, record: Record) -> SourceView:
    """Everything on a source's page."""
    fields = record.fields
    authors = _authors(viewing, fields)
    first = FIRST_AUTHORS if len(authors) > MANY_AUTHORS else len(authors)
    return SourceView(
        title=viewing.text(fields.title),
        label=citations.label(fields),
        reference=view_reference(viewing, record),
        authors=authors[:first],
        more_authors=authors[first:],
        type=words.SOURCE_TYPES.get(fields.type, fields.type.replace("_", " ")),
        facts=_facts(fields),
        tier=words.TIERS[fields.tier],
        first_hand=bool(fields.first_hand),
        status=fields.status or "",
        status_words=words.STATUSES.get(fields.status or "", ""),
        status_date=in_words(fields.status_date),
        notice=viewing.ref(fields.notice) if fields.notice else None,
        summary=viewing.text(fields.summary),
        caveat=viewing.text(fields.caveat),
        checked=fields.checked.confidence if fields.checked else "",
        checked_against=tuple(viewing.text(t) for t in fields.checked.against) if fields.checked else (),
        traced=fields.derived_from != "unknown",
        derived_from=rows_of(viewing, _derived_from(viewing, fields)),
        base_of=rows_of(viewing, _base_of(viewing, record)),
        interests=view_interests(viewing, spread(viewing, fields.interests)),
        fall=_fall(viewing, record) if fields.withdrawn is None else None,
        uses=view_uses(viewing, record),
    )


def _fall(viewing: Viewing, record: Record) -> FallView:
    whole = view_fall(viewing, record)
    return replace(whole, claims=spread(viewing, whole.claims), positions=spread(viewing, whole.positions))


def view_reference(viewing: Viewing, record: Record, *, brief: bool = False) -> ReferenceView:
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


def _authors_line(fields: Any) -> str:
    """The authors of a source, or the first of many and how many others there are."""
    many = 0 if fields.authors == "unknown" else len(fields.authors)
    if many <= MANY_AUTHORS:
        return citations.authors_line(fields)
    first = ", ".join(citations.author_name(author) for author in fields.authors[:FIRST_AUTHORS])
    form = words.SOURCE_PAGE["and_more" if fields.et_al else "and_others"]
    return form.format(first, many - FIRST_AUTHORS)


def _identifiers(fields: Any) -> tuple[Identifier, ...]:
    forms = (
        *((name, getattr(fields, name), form) for name, form in identifiers.RESOLVERS.items()),
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


def _authors(viewing: Viewing, fields: Any) -> tuple[AuthorView, ...]:
    if fields.authors == "unknown":
        return ()
    return tuple(
        AuthorView(citations.author_name(author), viewing.ref(author.proponent) if author.proponent else None)
        for author in fields.authors
    )


def _facts(fields: Any) -> tuple[tuple[str, str], ...]:
    """Bibliographic fields that have no place of their own on the page."""
    names = ("container_title", "publisher", "volume", "issue", "pages", "language")
    named = (*((name, getattr(fields, name)) for name in names), ("accessed", in_words(fields.accessed)))
    own = ((words.FACTS[name], value) for name, value in named if value)
    return (*own, *sorted((fields.csl or {}).items()))


def _derived_from(viewing: Viewing, fields: Any) -> tuple[DerivationView, ...]:
    if fields.derived_from == "unknown":
        return ()
    return tuple(_derivation(d.how, viewing.ref(d.source), d.inferred) for d in fields.derived_from)


def _base_of(viewing: Viewing, record: Record) -> tuple[DerivationView, ...]:
    return tuple(
        _derivation(str(link.own["how"]), viewing.ref(link.other), link.own.get("inferred"))
        for link in links.links_in(viewing.ledger, record.id)
        if link.relation == "derived_from"
    )


def _derivation(how: str, source: RecordRef, inferred: Any) -> DerivationView:
    after = words.HOW_UNKNOWN if how == "unknown" else ""
    return DerivationView(words.HOW_DERIVED[how], after, source, bool(inferred))


def view_interests(viewing: Viewing, interests: Any) -> tuple[InterestView, ...]:
    """What people stand to gain."""
    return tuple(
        InterestView(
            proponent=viewing.ref(i.proponent) if i.proponent else None,
            note=viewing.text(i.note),
            source=viewing.ref(i.source) if i.source else None,
        )
        for i in interests
    )
