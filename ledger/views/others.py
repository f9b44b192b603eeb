"""The pages of threads, proponents, events, terms and prose."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ledger import links, words
from ledger.context import RecordRef, Viewing
from ledger.dates import in_words
from ledger.loading import Record
from ledger.records import Interest
from ledger.views.paging import parts_of, rows_of, spread
from ledger.views.source import Identifier, view_identifiers
from ledger.views.stances import StatementView, by_position, view_statements
from ledger.views.swimlanes import Swimlanes, view_swimlanes


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread's page."""

    title: Markup
    summary: Markup
    controversies: tuple[RecordRef, ...]


@dataclass(frozen=True, slots=True)
class TieView:
    """A membership or post."""

    name: str
    proponent: RecordRef | None
    role: Markup
    period: str


@dataclass(frozen=True, slots=True)
class ProponentView:
    """A proponent's page."""

    name: Markup
    type: str
    summary: Markup
    other_names: tuple[Markup, ...]
    identifiers: tuple[Identifier, ...]
    affiliations: tuple[TieView, ...]
    members: tuple[TieView, ...]
    interests: tuple[Interest, ...]
    statements: tuple[StatementView, ...]
    lanes: Swimlanes | None
    """The dated statements as lanes, one for each position."""
    wrote: tuple[RecordRef, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """An event's page."""

    title: Markup
    date: str
    end_date: str
    type: str
    summary: Markup
    sources: tuple[RecordRef, ...]
    proponents: tuple[RecordRef, ...]
    about: tuple[RecordRef, ...]
    evidence_for: tuple[RecordRef, ...]


@dataclass(frozen=True, slots=True)
class TermView:
    """A term's page."""

    term: Markup
    definition: Markup
    other_names: tuple[Markup, ...]
    sources: tuple[RecordRef, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of prose."""

    title: Markup


THREAD_SHOWN = frozenset(("part_of",))
PROPONENT_SHOWN = frozenset(("written_by",))


def view_thread(viewing: Viewing, record: Record) -> ThreadView:
    """Everything on a thread's page."""
    parts = links.linked(links.links_in(viewing.ledger, record.id), "part_of")
    return ThreadView(
        title=viewing.text(record.fields.title),
        summary=viewing.text(record.fields.summary),
        controversies=viewing.refs(rows_of(viewing, tuple(parts))),
    )


def view_proponent(viewing: Viewing, record: Record) -> ProponentView:
    """Everything on a proponent's page."""
    fields = record.fields
    here = {stance.id for stance in parts_of(viewing, fields.stances)}
    statements = tuple(one for one in view_statements(viewing, record) if one.anchor.partition(".")[0] in here)
    wrote = tuple(links.linked(links.links_in(viewing.ledger, record.id), "written_by"))
    return ProponentView(
        name=viewing.text(fields.name),
        type=fields.type,
        summary=viewing.text(fields.summary),
        other_names=tuple(viewing.text(name) for name in fields.other_names),
        identifiers=_identifiers(fields),
        affiliations=tuple(_tie(viewing, tie) for tie in spread(viewing, fields.affiliations)),
        members=tuple(_tie(viewing, tie) for tie in spread(viewing, fields.members)),
        interests=spread(viewing, fields.interests),
        statements=statements,
        lanes=view_swimlanes((said[0].about, [(one.anchor, one) for one in said]) for said in by_position(statements)),
        wrote=viewing.refs(rows_of(viewing, wrote)),
    )


def _identifiers(fields: Any) -> tuple[Identifier, ...]:
    forms = (
        ("homepage", fields.homepage, "{}"),
        ("wikidata", fields.wikidata, "https://www.wikidata.org/wiki/{}"),
        ("orcid", fields.orcid, "https://orcid.org/{}"),
        ("ror", fields.ror, "https://ror.org/{}"),
    )
    return view_identifiers(forms)


def _tie(viewing: Viewing, tie: Any) -> TieView:
    period = words.period(in_words(tie.from_), in_words(tie.until))
    return TieView(tie.name or "", viewing.ref(tie.id) if tie.id else None, viewing.text(tie.role), period)


def view_event(viewing: Viewing, record: Record) -> EventView:
    """Everything on an event's page."""
    fields = record.fields
    return EventView(
        title=viewing.text(fields.title),
        date=in_words(fields.date),
        end_date=in_words(fields.end_date),
        type=fields.type or "",
        summary=viewing.text(fields.summary),
        sources=viewing.refs(rows_of(viewing, fields.sources)),
        proponents=viewing.refs(rows_of(viewing, fields.proponents)),
        about=viewing.refs(rows_of(viewing, fields.about)),
        evidence_for=viewing.refs(rows_of(viewing, fields.evidence_for)),
    )


def view_term(viewing: Viewing, record: Record) -> TermView:
    """Everything on a term's page."""
    fields = record.fields
    return TermView(
        term=viewing.text(fields.term),
        definition=viewing.text(fields.definition),
        other_names=tuple(viewing.text(name) for name in fields.other_names),
        sources=viewing.refs(rows_of(viewing, fields.sources)),
    )


def view_page(viewing: Viewing, record: Record) -> PageView:
    """Everything on a page of prose beside its body."""
    return PageView(viewing.text(record.fields.title))
