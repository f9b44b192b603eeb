"""The page of a position: what its holders say, who they are, what it rests on and what is said against it."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ledger import links, urls, words
from ledger.loading import Record
from ledger.views.claim import EvidenceGroup, RelationView, summary_line, view_evidence_groups
from ledger.views.parts import RatingView, in_words, refs, view_ratings
from ledger.views.viewing import RecordRef, Viewing


@dataclass(frozen=True, slots=True)
class ClaimUse:
    """A claim with its standing and all its evidence, as a position's page shows it."""

    claim: RecordRef
    statement: Markup
    standing: str
    evidence: tuple[EvidenceGroup, ...]
    why: Markup


@dataclass(frozen=True, slots=True)
class HolderView:
    """A proponent's stance on the position."""

    proponent: RecordRef
    stance: str
    words: str
    in_capacity: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class PartView:
    """One of the things that a letter holds together."""

    id: str
    statement: Markup
    ratings: tuple[RatingView, ...]


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """What is said against the position."""

    text: Markup
    claims: tuple[RecordRef, ...]


@dataclass(frozen=True, slots=True)
class MindChangeView:
    """What a holder said would change their mind."""

    by: RecordRef
    condition: Markup
    source: RecordRef
    locator: Markup
    quote: str
    resolves_by: str
    outcome: str


@dataclass(frozen=True, slots=True)
class PositionView:
    """A position's page, and its part of the controversy's page."""

    ref: RecordRef
    anchor: str
    controversy: RecordRef
    letter: str
    label: str
    statement: Markup
    steelman: Markup
    parts: tuple[PartView, ...]
    ratings: tuple[RatingView, ...]
    holders: tuple[HolderView, ...]
    rests_on: tuple[ClaimUse, ...]
    rejects: tuple[ClaimUse, ...]
    supported_by: tuple[ClaimUse, ...]
    disputed_by: tuple[ClaimUse, ...]
    key_sources: tuple[RecordRef, ...]
    objections: tuple[ObjectionView, ...]
    cruxes: tuple[Markup, ...]
    would_change_mind: tuple[MindChangeView, ...]
    relations: tuple[RelationView, ...]
    body: Markup


SHOWN = frozenset(("bears_on", *words.STANCES))
"""Ways of referring to a position that its page shows outside the list of backlinks."""


def view_position(viewing: Viewing, record: Record) -> PositionView:
    """Everything on a position's page."""
    fields = record.fields
    anchor, own_page = f"position-{fields.letter.lower()}", viewing.page == urls.of_record(record)
    load_bearing = {viewing.ref_id(id_) for id_ in (*fields.rests_on, *fields.rejects)}
    return PositionView(
        ref=viewing.ref_to(record),
        anchor=anchor,
        controversy=viewing.ref(fields.controversy),
        letter=fields.letter,
        label=fields.label or "",
        statement=viewing.text(fields.statement),
        steelman=viewing.text(fields.steelman),
        parts=tuple(
            PartView(part.id, viewing.text(part.statement), view_ratings(viewing, part.assessments))
            for part in fields.parts
        ),
        ratings=view_ratings(viewing, fields.assessments),
        holders=view_holders(viewing, record),
        rests_on=_claims(viewing, fields.rests_on),
        rejects=_claims(viewing, fields.rejects),
        supported_by=_bearing(viewing, record, "supports", load_bearing),
        disputed_by=_bearing(viewing, record, "disputes", load_bearing),
        key_sources=refs(viewing, fields.key_sources),
        objections=tuple(ObjectionView(viewing.text(o.text), refs(viewing, o.claims)) for o in fields.objections),
        cruxes=tuple(viewing.text(crux) for crux in fields.cruxes),
        would_change_mind=tuple(_mind_change(viewing, entry) for entry in fields.would_change_mind),
        relations=_relations(viewing, record),
        body=viewing.body(fields.body, anchors="" if own_page else f"{anchor}-", level=2 if own_page else 3),
    )


def view_holders(viewing: Viewing, record: Record) -> tuple[HolderView, ...]:
    """Who takes a stance on the position, holders first, then by name."""
    found = [
        HolderView(
            proponent=viewing.ref_to(link.record, link.other_part.partition("/")[2]),
            stance=link.relation,
            words=words.STANCES[link.relation],
            in_capacity=str(link.own.get("in_capacity", "")),
            inferred=bool(link.own.get("inferred")),
        )
        for link in links.links_in(viewing.ledger, record)
        if link.relation in words.STANCES and link.record.kind.name == "proponent"
    ]
    order = list(words.STANCES)
    return tuple(sorted(found, key=lambda holder: (order.index(holder.stance), holder.proponent.title.casefold())))


def _claims(viewing: Viewing, ids: Any) -> tuple[ClaimUse, ...]:
    return tuple(view_claim_use(viewing, viewing.ledger.records[viewing.ref_id(id_)]) for id_ in ids)


def view_claim_use(viewing: Viewing, claim: Record, why: str = "") -> ClaimUse:
    """A claim with its evidence, away from its own page."""
    return ClaimUse(
        claim=viewing.ref_to(claim),
        statement=viewing.text(claim.fields.statement),
        standing=summary_line(claim),
        evidence=view_evidence_groups(viewing, claim),
        why=viewing.text(why),
    )


def _bearing(viewing: Viewing, record: Record, effect: str, shown: set[str]) -> tuple[ClaimUse, ...]:
    """Claims that count for or against the position, beyond those that it rests on or rejects."""
    return tuple(
        view_claim_use(viewing, link.record, str(link.own.get("why", "")))
        for link in links.links_in(viewing.ledger, record)
        if link.relation == "bears_on" and link.own.get("effect") == effect and link.record.id not in shown
    )


def _mind_change(viewing: Viewing, entry: Any) -> MindChangeView:
    return MindChangeView(
        by=viewing.ref(entry.by),
        condition=viewing.text(entry.condition),
        source=viewing.ref(entry.source),
        locator=viewing.text(entry.locator),
        quote=entry.quote or "",
        resolves_by=in_words(entry.resolves_by),
        outcome=words.STATUSES.get(entry.outcome or "", ""),
    )


def _relations(viewing: Viewing, record: Record) -> tuple[RelationView, ...]:
    return tuple(
        RelationView(words.RELATIONS[r.type][0], r.type, viewing.ref(r.position), viewing.text(r.why))
        for r in record.fields.relations
    )
