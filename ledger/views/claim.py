"""The page of a claim: what it says, what sources show for and against it, and what hangs on it."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ledger import links, words
from ledger.loading import Record
from ledger.views.parts import RatingView, SearchView, in_words, view_ratings, view_searches
from ledger.views.viewing import RecordRef, Viewing


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One evidence item with its source."""

    id: str
    effect: str
    shows: Markup
    source: RecordRef
    issued: str
    tier: str
    locator: Markup
    quote: str
    quote_prefix: str
    quote_suffix: str
    consulted: str
    directness: str
    basis: str
    limits: Markup
    quantity: str
    about_rival: RecordRef | None
    recorded: str
    by: str


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """The items that do the same to the claim."""

    effect: str
    heading: str
    items: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class RelationView:
    """Another record, how it stands to this one, and why."""

    words: str
    effect: str
    record: RecordRef
    why: Markup


@dataclass(frozen=True, slots=True)
class ResolutionView:
    """How a prediction will be decided."""

    condition: Markup
    resolves_by: str
    outcome: Markup


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim's page."""

    statement: Markup
    type: str
    scope: Markup
    ratings: tuple[RatingView, ...]
    evidence: tuple[EvidenceGroup, ...]
    positions: tuple[RelationView, ...]
    relations: tuple[RelationView, ...]
    searches: tuple[SearchView, ...]
    cruxes: tuple[Markup, ...]
    resolution: ResolutionView | None
    first_stated: RecordRef | None


SHOWN = frozenset(
    ("rests_on", "rejects", *words.EFFECTS, "undercuts", "narrows", "depends-on", "supersedes", "restates")
)
"""Ways of referring to a claim that its page shows outside the list of backlinks."""


def view_claim(viewing: Viewing, record: Record) -> ClaimView:
    """Everything on a claim's page."""
    fields = record.fields
    return ClaimView(
        statement=viewing.text(fields.statement),
        type=fields.type,
        scope=viewing.text(fields.scope),
        ratings=view_ratings(viewing, fields.assessments),
        evidence=view_evidence_groups(viewing, record),
        positions=_positions(viewing, record),
        relations=_relations(viewing, record),
        searches=view_searches(viewing, fields.searches),
        cruxes=tuple(viewing.text(crux) for crux in fields.cruxes),
        resolution=_resolution(viewing, fields.resolution),
        first_stated=viewing.ref(fields.first_stated) if fields.first_stated else None,
    )


def view_evidence_groups(viewing: Viewing, record: Record) -> tuple[EvidenceGroup, ...]:
    """A claim's evidence, grouped by what it does; a group that would be empty is left out."""
    groups = []
    for effect, heading in words.EFFECTS.items():
        items = tuple(view_evidence(viewing, item) for item in record.fields.evidence if item.relation == effect)
        if items:
            groups.append(EvidenceGroup(effect, heading, items))
    return tuple(groups)


def view_evidence(viewing: Viewing, item: Any) -> EvidenceView:
    """One evidence item."""
    source = viewing.ledger.records[viewing.ref_id(item.source)]
    return EvidenceView(
        id=item.id,
        effect=item.relation,
        shows=viewing.text(item.shows),
        source=viewing.ref_to(source),
        issued=in_words(source.fields.issued),
        tier=words.TIERS[source.fields.tier],
        locator=viewing.text(item.locator),
        quote=item.quote or "",
        quote_prefix=item.quote_prefix or "",
        quote_suffix=item.quote_suffix or "",
        consulted=words.CONSULTED[item.consulted],
        directness=item.directness or "",
        basis=item.basis or "",
        limits=viewing.text(item.limits),
        quantity=_quantity(item.quantity),
        about_rival=viewing.ref(item.about_rival) if item.about_rival else None,
        recorded=in_words(item.recorded),
        by=viewing.editor(item.by),
    )


def _quantity(quantity: Any) -> str:
    """`measure: 5 (4 to 6) USD, 2024, scope`."""
    if quantity is None:
        return ""
    ends = " to ".join(str(end) for end in (quantity.low, quantity.high) if end is not None)
    value = str(quantity.value) if quantity.value is not None else ""
    figure = f"{value} ({ends})" if value and ends else value or ends
    parts = (f"{figure} {quantity.unit or ''}".strip(), in_words(quantity.as_of), quantity.scope or "")
    return f"{quantity.measure}: " + ", ".join(part for part in parts if part)


def _positions(viewing: Viewing, record: Record) -> tuple[RelationView, ...]:
    """The positions that the claim counts for or against, and those that rest on it or reject it."""
    own = [
        RelationView(bearing.relation, bearing.relation, viewing.ref(bearing.position), viewing.text(bearing.why))
        for bearing in record.fields.bears_on
    ]
    others = [
        RelationView(words.RELATIONS[link.relation][1], link.relation, viewing.ref_to(link.record), Markup())
        for link in links.links_in(viewing.ledger, record)
        if link.relation in ("rests_on", "rejects")
    ]
    return (*own, *others)


def _relations(viewing: Viewing, record: Record) -> tuple[RelationView, ...]:
    """Other claims, in both directions."""
    own = [
        RelationView(
            words.RELATIONS[relation.type][0], relation.type, viewing.ref(relation.claim), viewing.text(relation.why)
        )
        for relation in record.fields.relations
    ]
    others = [
        RelationView(
            words.RELATIONS[link.relation][1],
            link.relation,
            viewing.ref_to(link.record),
            viewing.text(str(link.own.get("why", ""))),
        )
        for link in links.links_in(viewing.ledger, record)
        if link.record.kind.name == "claim" and link.relation in SHOWN and not link.other_part
    ]
    return (*own, *others)


def _resolution(viewing: Viewing, resolution: Any) -> ResolutionView | None:
    if resolution is None:
        return None
    return ResolutionView(
        viewing.text(resolution.condition), in_words(resolution.resolves_by), viewing.text(resolution.outcome)
    )


def summary_line(record: Record) -> str:
    """What stands under a claim in a list: its type and newest rating."""
    ratings = record.fields.assessments
    return str(record.fields.type) + (f", {words.RATINGS[ratings[-1].rating]}" if ratings else ", not rated")
