"""The page of a position: what its holders say, who they are, what it rests on and what is said against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ledger import links, words
from ledger.context import RecordRef, Viewing
from ledger.dates import in_words
from ledger.loading import Record
from ledger.records import Assessment
from ledger.strength import nearest_first
from ledger.views.claim import Groups, summary_line, view_evidence_groups
from ledger.views.impact import BandsView, ChangedView, view_bands, view_changed
from ledger.views.paging import ITEMS, rows_of, spread, weight_of
from ledger.views.parts import RelationView
from ledger.views.quoting import QuoteView, view_quote
from ledger.views.stances import HolderView, view_holders


@dataclass(frozen=True, slots=True)
class ClaimUse:
    """A claim with its standing and all its evidence, as a position's page shows it."""

    claim: RecordRef
    statement: Markup
    standing: str
    evidence: Groups
    more: str
    """How many items stand on the claim's own page alone, in words."""
    why: Markup


@dataclass(frozen=True, slots=True)
class PartView:
    """One of the things that a letter holds together."""

    id: str
    statement: Markup
    ratings: tuple[Assessment, ...]


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
    verdict: QuoteView | None
    resolves_by: str
    outcome: str


@dataclass(frozen=True, slots=True)
class PositionView:
    """A position's page."""

    ref: RecordRef
    anchor: str
    controversy: RecordRef
    letter: str
    label: str
    statement: Markup
    steelman: Markup
    parts: tuple[PartView, ...]
    ratings: tuple[Assessment, ...]
    holders: tuple[HolderView, ...]
    bands: BandsView | None
    changed: ChangedView | None
    rests_on: tuple[ClaimUse, ...]
    rejects: tuple[ClaimUse, ...]
    supported_by: tuple[ClaimUse, ...]
    disputed_by: tuple[ClaimUse, ...]
    key_sources: tuple[RecordRef, ...]
    objections: tuple[ObjectionView, ...]
    cruxes: tuple[str, ...]
    would_change_mind: tuple[MindChangeView, ...]
    relations: tuple[RelationView, ...]
    body: Markup


SHOWN = frozenset(("bears_on", *words.STANCES))
"""Ways of referring to a position that its page shows outside the list of backlinks."""


def view_position(viewing: Viewing, record: Record) -> PositionView:
    """Everything on a position's page."""
    fields = record.fields
    anchor = anchor_of(record)
    load_bearing = {viewing.ref_id(id_) for id_ in (*fields.rests_on, *fields.rejects)}
    for_, against = (_bearing(viewing, record, effect, load_bearing) for effect in ("supports", "disputes"))
    return PositionView(
        ref=viewing.ref_to(record),
        anchor=anchor,
        controversy=viewing.ref(fields.controversy),
        letter=fields.letter,
        label=fields.label or "",
        statement=viewing.text(fields.statement),
        steelman=viewing.text(fields.steelman),
        parts=tuple(PartView(part.id, viewing.text(part.statement), part.assessments[::-1]) for part in fields.parts),
        ratings=fields.assessments[::-1],
        holders=rows_of(viewing, view_holders(viewing, record)),
        bands=view_bands(viewing, record),
        changed=view_changed(viewing, record),
        rests_on=_claims(viewing, fields.rests_on),
        rejects=_claims(viewing, fields.rejects),
        supported_by=for_,
        disputed_by=against,
        key_sources=viewing.refs(rows_of(viewing, fields.key_sources)),
        objections=tuple(ObjectionView(viewing.text(o.text), viewing.refs(o.claims)) for o in fields.objections),
        cruxes=fields.cruxes,
        would_change_mind=tuple(view_mind_change(viewing, record, at) for at in range(len(fields.would_change_mind))),
        relations=spread(viewing, _relations(record)),
        body=viewing.body(fields.body if viewing.number == 1 else None),
    )


def anchor_of(position: Record) -> str:
    """Where a position stands on the page of its controversy, and what the anchors of its own page begin with."""
    return f"position-{position.fields.letter.lower()}"


def _claims(viewing: Viewing, ids: Any) -> tuple[ClaimUse, ...]:
    return _uses(viewing, [(viewing.ref_id(id_), "") for id_ in ids])


def _uses(viewing: Viewing, claims: Iterable[tuple[str, str]]) -> tuple[ClaimUse, ...]:
    """The claims of a list with the reasons for them, those that were withdrawn at the end."""
    ledger = viewing.ledger
    ordered = sorted(claims, key=lambda claim: viewing.ref(claim[0]).withdrawn)
    here = rows_of(viewing, ordered, weight=lambda claim: weight_of(ledger, claim[0]))
    return tuple(view_claim_use(viewing, ledger.records[id_], why) for id_, why in here)


def view_claim_use(viewing: Viewing, claim: Record, why: str = "") -> ClaimUse:
    """A claim with its evidence, away from its own page."""
    return ClaimUse(
        claim=viewing.ref_to(claim),
        statement=viewing.text(claim.fields.statement),
        standing=summary_line(claim),
        evidence=view_evidence_groups(viewing, claim, nearest_first(viewing.ledger, claim.fields.evidence)[:ITEMS]),
        more=words.count(words.MORE_ITEMS, max(0, len(claim.fields.evidence) - ITEMS)),
        why=viewing.text(why),
    )


def _bearing(viewing: Viewing, record: Record, effect: str, shown: set[str]) -> tuple[ClaimUse, ...]:
    """Claims that count for or against the position, beyond those that it rests on or rejects."""
    return _uses(
        viewing,
        [
            (link.other, str(link.own.get("why", "")))
            for link in links.links_in(viewing.ledger, record.id)
            if link.relation == "bears_on" and link.own.get("effect") == effect and link.other not in shown
        ],
    )


def view_mind_change(viewing: Viewing, position: Record, at: int) -> MindChangeView:
    """One condition, by its place in the position's record."""
    entry = position.fields.would_change_mind[at]
    return MindChangeView(
        by=viewing.ref(entry.by),
        condition=viewing.text(entry.condition),
        source=viewing.ref(entry.source),
        locator=viewing.text(entry.locator),
        quote=entry.quote or "",
        verdict=view_quote(viewing, f"{position.id}/would_change_mind/{at}"),
        resolves_by=in_words(entry.resolves_by),
        outcome=words.STATUSES.get(entry.outcome or "", ""),
    )


def _relations(record: Record) -> tuple[RelationView, ...]:
    return tuple(RelationView(words.RELATIONS[r.type][0], r.type, r.position, r.why) for r in record.fields.relations)
