"""The page of a claim: what it says, what sources show for and against it, and what hangs on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ledger import citations, links, words
from ledger.analysis.ties import IMPLIED, LOAD_BEARING
from ledger.context import RecordRef, Viewing
from ledger.dates import in_words
from ledger.loading import Record
from ledger.strength import nearest_first, newest_search, sides_words
from ledger.views.chain import ChainView, view_chain, walk_evidence
from ledger.views.falling import ChangedView, view_changed
from ledger.views.origins import OriginsView, view_origins
from ledger.views.origins_drawing import OriginsDrawing, view_drawing
from ledger.views.paging import parts_of, rows_of
from ledger.views.parts import RatingView, SearchView, view_ratings, view_searches
from ledger.views.quoting import QuoteView, view_quote
from ledger.views.reckoning import ComputedView, view_computed


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
    verdict: QuoteView | None
    consulted: str
    nature: str
    """How closely it bears on the claim, and what it stands on, in words."""
    limits: Markup
    quantity: str
    about_rival: RecordRef | None
    recorded: str
    """When it entered the ledger, and through whom, in words."""
    status: str
    """What became of the work, in words, unless it still stands."""
    address: str
    archive: str


@dataclass(frozen=True, slots=True)
class EvidenceGroup:
    """The items that do the same to the claim."""

    effect: str
    heading: str
    items: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True)
class SideView:
    """The evidence for a claim, or against it; where there is none, whether anybody looked."""

    effect: str
    heading: str
    items: tuple[EvidenceView, ...]
    empty: str
    looked: Markup


@dataclass(frozen=True, slots=True)
class RelationView:
    """Another record, how it stands to this one, and why."""

    words: str
    effect: str
    record: RecordRef
    why: Markup


@dataclass(frozen=True, slots=True)
class PositionView:
    """A position, what stands between it and the claim, and why."""

    ways: tuple[tuple[str, str], ...]
    """Each way as a word for styling and in words."""
    position: RecordRef
    controversy: RecordRef
    whys: tuple[Markup, ...]


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
    long: bool
    """Whether the statement is too long for large letters."""
    type: str
    scope: Markup
    ratings: tuple[RatingView, ...]
    computed: ComputedView | None
    changed: ChangedView | None
    sides_words: str
    """Whether there is evidence for it and against it, as the end of a sentence."""
    sides: tuple[SideView, ...]
    """What supports it and what disputes it; nothing when there is no evidence at all."""
    looked: Markup
    """Whether anybody looked for evidence."""
    other_evidence: tuple[EvidenceGroup, ...]
    origins: OriginsView | None
    chain: ChainView
    drawing: OriginsDrawing | None
    positions: tuple[PositionView, ...]
    relations: tuple[RelationView, ...]
    searches: tuple[SearchView, ...]
    cruxes: tuple[Markup, ...]
    resolution: ResolutionView | None
    first_stated: RecordRef | None


LONG = 240
"""How many characters a statement has at most in large letters."""
SHOWN = frozenset(
    ("rests_on", "rejects", *words.EFFECTS, "undercuts", "narrows", "depends-on", "supersedes", "restates")
)
"""Ways of referring to a claim that its page shows outside the list of backlinks."""


def view_claim(viewing: Viewing, record: Record) -> ClaimView:
    """Everything on a claim's page."""
    fields = record.fields
    looked, here = _looked(viewing, record), parts_of(viewing, fields.evidence)
    groups = view_evidence_groups(viewing, record, here)
    elsewhere = {item.relation for item in fields.evidence} - {item.relation for item in here}
    walked = walk_evidence(viewing, record.id, nearest_first(viewing.ledger, here))
    return ClaimView(
        statement=viewing.text(fields.statement),
        long=len(fields.statement) > LONG,
        type=words.CLAIM_TYPES[fields.type],
        scope=viewing.text(fields.scope),
        ratings=view_ratings(viewing, fields.assessments),
        computed=view_computed(viewing, record),
        changed=view_changed(viewing, record),
        sides_words=sides_words(viewing.ledger, record),
        sides=tuple(side for side in _sides(groups, looked) if side.effect not in elsewhere),
        looked=looked,
        other_evidence=tuple(group for group in groups if group.effect not in words.EMPTY_SIDES),
        origins=view_origins(viewing, record),
        chain=view_chain(viewing, walked),
        drawing=view_drawing(viewing, walked),
        positions=rows_of(viewing, _positions(viewing, record)),
        relations=rows_of(viewing, _relations(viewing, record)),
        searches=view_searches(viewing, fields.searches),
        cruxes=tuple(viewing.text(crux) for crux in fields.cruxes),
        resolution=_resolution(viewing, fields.resolution),
        first_stated=viewing.ref(fields.first_stated) if fields.first_stated else None,
    )


def view_evidence_groups(viewing: Viewing, record: Record, evidence: Iterable[Any]) -> tuple[EvidenceGroup, ...]:
    """A claim's evidence, grouped by what it does, the nearest first; a group that would be empty is left out."""
    nearest = nearest_first(viewing.ledger, evidence)
    groups = ((effect, [item for item in nearest if item.relation == effect]) for effect in words.EFFECTS)
    return tuple(
        EvidenceGroup(effect, words.EFFECTS[effect], tuple(view_evidence(viewing, record, item) for item in items))
        for effect, items in groups
        if items
    )


def _sides(groups: Iterable[EvidenceGroup], looked: Markup) -> tuple[SideView, ...]:
    found = {group.effect: group.items for group in groups}
    sides = ((effect, found.get(effect, ()), empty) for effect, empty in words.EMPTY_SIDES.items())
    return tuple(SideView(side, words.EFFECTS[side], items, empty, looked) for side, items, empty in sides if found)


def _looked(viewing: Viewing, record: Record) -> Markup:
    """Who looked for evidence last, and for what; or that nobody did."""
    newest = newest_search(record)
    if newest is None:
        return Markup(words.NOBODY_LOOKED)  # noqa: S704 - words of our own
    said = Markup(words.SOMEBODY_LOOKED)  # noqa: S704 - words of our own
    return said.format(by=viewing.editor(newest.by), date=in_words(newest.date), sought=viewing.text(newest.for_))


def view_evidence(viewing: Viewing, claim: Record, item: Any) -> EvidenceView:
    """One evidence item of a claim."""
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
        verdict=view_quote(viewing, f"{claim.id}/{item.id}"),
        consulted=words.CONSULTED[item.consulted],
        nature=f"{words.DIRECTNESS.get(item.directness, '')} {words.BASES.get(item.basis, '')}".strip(),
        limits=viewing.text(item.limits),
        quantity=_quantity(item.quantity),
        about_rival=viewing.ref(item.about_rival) if item.about_rival else None,
        recorded=words.recorded(in_words(item.recorded), viewing.editor(item.by)),
        status="" if source.fields.status in (None, "current") else words.STATUSES[source.fields.status],
        address=citations.address(source.fields),
        archive=source.fields.archive_url or "",
    )


def _quantity(quantity: Any) -> str:
    """`measure: 5 (4 to 6) USD, 2024, scope`."""
    if quantity is None:
        return ""
    known = [str(end) for end in (quantity.low, quantity.high) if end is not None]
    ends = words.FROM_TO.format(*known) if len(known) > 1 else "".join(known)
    value = str(quantity.value) if quantity.value is not None else ""
    figure = f"{value} ({ends})" if value and ends else value or ends
    parts = (f"{figure} {quantity.unit or ''}".strip(), in_words(quantity.as_of), quantity.scope or "")
    return f"{quantity.measure}: " + ", ".join(part for part in parts if part)


def _positions(viewing: Viewing, record: Record) -> tuple[PositionView, ...]:
    """The positions that rest on the claim or reject it, and those that it counts for or against, by letter."""
    bearings = [(viewing.ref_id(own.position), own.relation, own.why) for own in record.fields.bears_on]
    found = links.links_in(viewing.ledger, record.id)
    bearings += [(link.other, link.relation, None) for link in found if link.relation in LOAD_BEARING]
    by_position: dict[str, list[tuple[str, str | None]]] = {}
    for id_, way, why in bearings:
        by_position.setdefault(id_, []).append((way, why))
    made = (_position(viewing, viewing.ledger.records[id_], tied) for id_, tied in by_position.items())
    return tuple(sorted(made, key=lambda view: (view.controversy.title, view.position.label, view.position.id)))


def _position(viewing: Viewing, position: Record, tied: Sequence[tuple[str, str | None]]) -> PositionView:
    ways = {way for way, _ in tied}
    implied = {IMPLIED[way] for way in ways if way in IMPLIED}
    return PositionView(
        ways=tuple((way, word) for way, word in words.WAYS_OF.items() if way in ways - implied),
        position=viewing.ref_to(position),
        controversy=viewing.ref(position.fields.controversy),
        whys=tuple(viewing.text(why) for _, why in tied if why),
    )


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
            viewing.ref(link.other),
            viewing.text(str(link.own.get("why", ""))),
        )
        for link in links.links_in(viewing.ledger, record.id)
        if link.kind == "claim" and link.relation in SHOWN and not link.other_part
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
    rating = words.RATINGS[ratings[-1].rating] if ratings else words.NOT_RATED
    return f"{words.CLAIM_TYPES[record.fields.type]}, {rating}"
