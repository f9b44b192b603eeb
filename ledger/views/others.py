"""The pages of threads, proponents, events, terms and prose."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ledger import links, words
from ledger.loading import Record
from ledger.views.parts import in_words, refs
from ledger.views.source import Identifier, InterestView, view_interests
from ledger.views.viewing import RecordRef, Viewing


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
class AttestationView:
    """Where a stance was stated."""

    date: str
    source: RecordRef
    shows: Markup
    locator: Markup
    quote: str


@dataclass(frozen=True, slots=True)
class StanceView:
    """A stance with its proof."""

    id: str
    stance: str
    words: str
    position: RecordRef
    in_capacity: Markup
    inferred: bool
    attested: tuple[AttestationView, ...]


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
    interests: tuple[InterestView, ...]
    stances: tuple[StanceView, ...]
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
    parts = (link.record for link in links.links_in(viewing.ledger, record) if link.relation == "part_of")
    return ThreadView(
        title=viewing.text(record.fields.title),
        summary=viewing.text(record.fields.summary),
        controversies=tuple(viewing.ref_to(controversy) for controversy in parts),
    )


def view_proponent(viewing: Viewing, record: Record) -> ProponentView:
    """Everything on a proponent's page."""
    fields = record.fields
    wrote = (link.record for link in links.links_in(viewing.ledger, record) if link.relation == "written_by")
    return ProponentView(
        name=viewing.text(fields.name),
        type=fields.type,
        summary=viewing.text(fields.summary),
        other_names=tuple(viewing.text(name) for name in fields.other_names),
        identifiers=_identifiers(fields),
        affiliations=tuple(_tie(viewing, tie) for tie in fields.affiliations),
        members=tuple(_tie(viewing, tie) for tie in fields.members),
        interests=view_interests(viewing, fields.interests),
        stances=tuple(_stance(viewing, stance) for stance in fields.stances),
        wrote=tuple(viewing.ref_to(source) for source in wrote),
    )


def _identifiers(fields: Any) -> tuple[Identifier, ...]:
    forms = (
        ("home page", fields.homepage, "{}"),
        ("Wikidata", fields.wikidata, "https://www.wikidata.org/wiki/{}"),
        ("ORCID", fields.orcid, "https://orcid.org/{}"),
        ("ROR", fields.ror, "https://ror.org/{}"),
    )
    return tuple(Identifier(name, text, form.format(text)) for name, text, form in forms if text)


def _tie(viewing: Viewing, tie: Any) -> TieView:
    period = " to ".join(in_words(day) for day in (tie.from_, tie.until) if day)
    if tie.from_ and not tie.until:
        period = f"since {period}"
    if tie.until and not tie.from_:
        period = f"until {period}"
    return TieView(tie.name or "", viewing.ref(tie.id) if tie.id else None, viewing.text(tie.role), period)


def _stance(viewing: Viewing, stance: Any) -> StanceView:
    attested = tuple(
        AttestationView(
            date=in_words(entry.date),
            source=viewing.ref(entry.source),
            shows=viewing.text(entry.shows),
            locator=viewing.text(entry.locator),
            quote=entry.quote or "",
        )
        for entry in sorted(stance.attested, key=lambda entry: entry.date.sort_key())
    )
    return StanceView(
        id=stance.id,
        stance=stance.stance,
        words=words.STANCES[stance.stance],
        position=viewing.ref(stance.position),
        in_capacity=viewing.text(stance.in_capacity),
        inferred=bool(stance.inferred),
        attested=attested,
    )


def view_event(viewing: Viewing, record: Record) -> EventView:
    """Everything on an event's page."""
    fields = record.fields
    return EventView(
        title=viewing.text(fields.title),
        date=in_words(fields.date),
        end_date=in_words(fields.end_date),
        type=fields.type or "",
        summary=viewing.text(fields.summary),
        sources=refs(viewing, fields.sources),
        proponents=refs(viewing, fields.proponents),
        about=refs(viewing, fields.about),
        evidence_for=refs(viewing, fields.evidence_for),
    )


def view_term(viewing: Viewing, record: Record) -> TermView:
    """Everything on a term's page."""
    fields = record.fields
    return TermView(
        term=viewing.text(fields.term),
        definition=viewing.text(fields.definition),
        other_names=tuple(viewing.text(name) for name in fields.other_names),
        sources=refs(viewing, fields.sources),
    )


def view_page(viewing: Viewing, record: Record) -> PageView:
    """Everything on a page of prose beside its body."""
    return PageView(viewing.text(record.fields.title))
