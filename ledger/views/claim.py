"""The page of a claim: what it says, what sources show for and against it, and what depends on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger import citations, links, words
from ledger.analysis.bearing import LOAD_BEARING
from ledger.analysis.grades import GRADES
from ledger.analysis.ratings import Item
from ledger.analysis.ties import IMPLIED
from ledger.context import PageContext, RecordRef
from ledger.dates import in_words
from ledger.loading import Record
from ledger.rating_words import grade_words
from ledger.records import Claim, Evidence, Position, Search, Source
from ledger.strength import nearest_first, newest_search
from ledger.views.chain import ChainNode, view_chain, walk_evidence
from ledger.views.impact import ChangedView, view_changed
from ledger.views.origins_drawing import OriginsDrawing, view_drawing
from ledger.views.paging import parts_of, rows_of
from ledger.views.parts import RelationView
from ledger.views.quoting import QuoteView, view_quote
from ledger.views.verdict import VerdictView, view_verdict


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One evidence item with its source and the verdict on its quote."""

    item: Evidence
    source: RecordRef
    work: Source
    quote: QuoteView | None
    grade: str
    """How good it is and why, or why it does not count."""
    counts: bool

    @property
    def nature(self) -> str:
        """How closely it bears on the claim, and what it stands on, in words."""
        item = self.item
        return f"{words.DIRECTNESS.get(item.directness or '', '')} {words.BASES.get(item.basis or '', '')}".strip()

    @property
    def address(self) -> str:
        """Where the work is found."""
        return citations.address(self.work)

    @property
    def quantity(self) -> str:
        """`measure: 5 (4 to 6) USD, 2024, scope`."""
        quantity = self.item.quantity
        if quantity is None:
            return ""
        known = [str(end) for end in (quantity.low, quantity.high) if end is not None]
        ends = words.FROM_TO.format(*known) if len(known) > 1 else "".join(known)
        value = str(quantity.value) if quantity.value is not None else ""
        figure = f"{value} ({ends})" if value and ends else value or ends
        parts = (f"{figure} {quantity.unit or ''}".strip(), in_words(quantity.as_of), quantity.scope or "")
        return f"{quantity.measure}: " + ", ".join(part for part in parts if part)


Groups = Mapping[str, tuple[EvidenceView, ...]]
"""What items do to the claim → those that do it."""


@dataclass(frozen=True, slots=True)
class PositionView:
    """A position, what ties the claim to it, and why."""

    ways: tuple[str, ...]
    position: RecordRef
    controversy: RecordRef
    whys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim's page."""

    fields: Claim
    long: bool
    """Whether the statement is too long for large letters."""
    verdict: VerdictView | None
    changed: ChangedView | None
    sides: Groups
    """What supports it and what disputes it; nothing when there is no evidence at all."""
    newest_search: Search | None
    other_evidence: Groups
    loops: tuple[tuple[str, ...], ...]
    """Sources that take from each other."""
    chain: tuple[ChainNode, ...]
    left_out: tuple[str, ...]
    """The cited sources that found no place in the chain."""
    drawing: OriginsDrawing | None
    positions: tuple[PositionView, ...]
    relations: tuple[RelationView, ...]


LONG = 240
"""How many characters a statement has at most in large letters."""
SHOWN = frozenset(
    ("rests_on", "rejects", *words.EFFECTS, "undercuts", "narrows", "depends-on", "supersedes", "restates")
)
"""Ways of referring to a claim that its page shows outside the list of backlinks."""


def view_claim(context: PageContext, record: Record[Claim]) -> ClaimView:
    """Everything on a claim's page."""
    fields = record.fields
    here = best_first(context, record, parts_of(context, fields.evidence))
    groups = view_evidence_groups(context, record, here)
    elsewhere = {item.relation for item in fields.evidence} - groups.keys()
    chains = context.analysis.chains_behind(record.id).whole
    walk = walk_evidence(context.ledger, chains, here)
    return ClaimView(
        fields=fields,
        long=len(fields.statement) > LONG,
        verdict=view_verdict(context, record),
        changed=view_changed(context, record),
        sides={side: groups.get(side, ()) for side in words.EMPTY_SIDES if groups and side not in elsewhere},
        newest_search=newest_search(record),
        other_evidence={effect: items for effect, items in groups.items() if effect not in words.EMPTY_SIDES},
        loops=tuple(sorted(chains.loops.values())),
        chain=view_chain(walk),
        left_out=tuple(id_ for id_ in walk.cited if id_ not in walk.places),
        drawing=view_drawing(context, walk),
        positions=rows_of(context, _positions(context, record)),
        relations=rows_of(context, _relations(context, record)),
    )


def view_evidence_groups(context: PageContext, record: Record[Claim], evidence: Sequence[Evidence]) -> Groups:
    """Evidence of a claim, grouped by what it does, in the order given; a group that would be empty is left out."""
    groups = {effect: [item for item in evidence if item.relation == effect] for effect in words.EFFECTS}
    rated = rated_items(context, record)
    return {
        effect: tuple(view_evidence(context, record.id, item, rated.get(item.id)) for item in items)
        for effect, items in groups.items()
        if items
    }


def best_first(context: PageContext, record: Record[Claim], evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Evidence items by grade; of the same grade, those that bear on the claim most closely first."""
    rated = rated_items(context, record)
    grades = {id_: GRADES.index(item.grade) for id_, item in rated.items() if item.grade}
    return tuple(sorted(nearest_first(context.ledger, evidence), key=lambda item: -grades.get(item.id, -1)))


def rated_items(context: PageContext, record: Record[Claim]) -> Mapping[str, Item]:
    """The items of a claim as they are rated, by id; none for one that was withdrawn."""
    rating = context.analysis.ratings.get(record.id)
    return {item.id: item for item in rating.items} if rating else {}


def view_evidence(context: PageContext, claim: str, item: Evidence, rated: Item | None) -> EvidenceView:
    """One evidence item of a claim, with its place in the rating."""
    source = context.ledger.record(Source, context.ref_id(item.source))
    grade = grade_words(rated) if rated and rated.side else ""
    quote = view_quote(context, f"{claim}/{item.id}")
    return EvidenceView(item, context.ref_to(source), source.fields, quote, grade, bool(rated and rated.grade))


def _positions(context: PageContext, record: Record[Claim]) -> tuple[PositionView, ...]:
    """The positions that rest on the claim or reject it, and those that it counts for or against, by letter."""
    tied: list[tuple[str, str, str | None]] = [
        (context.ref_id(own.position), own.relation, own.why) for own in record.fields.bears_on
    ]
    found = links.links_in(context.ledger, record.id)
    tied += [(link.other, link.relation, None) for link in found if link.relation in LOAD_BEARING]
    by_position: dict[str, list[tuple[str, str | None]]] = {}
    for id_, way, why in tied:
        by_position.setdefault(id_, []).append((way, why))
    made = (_position(context, id_, ways) for id_, ways in by_position.items())
    return tuple(sorted(made, key=lambda view: (view.controversy.title, view.position.label, view.position.id)))


def _position(context: PageContext, id_: str, tied: Iterable[tuple[str, str | None]]) -> PositionView:
    tied = tuple(tied)
    ways = {way for way, _ in tied}
    ways -= {IMPLIED[way] for way in ways if way in IMPLIED}
    return PositionView(
        ways=tuple(way for way in words.WAYS_OF if way in ways),
        position=context.ref(id_),
        controversy=context.ref(context.ledger.record(Position, id_).fields.controversy),
        whys=tuple(why for _, why in tied if why),
    )


def _relations(context: PageContext, record: Record[Claim]) -> tuple[RelationView, ...]:
    """Other claims, in both directions."""
    own = (
        RelationView(words.RELATIONS[relation.type][0], relation.type, relation.claim, relation.why)
        for relation in record.fields.relations
    )
    others = (
        RelationView(words.RELATIONS[link.relation][1], link.relation, link.other, link.own.get("why"))
        for link in links.links_in(context.ledger, record.id)
        if link.kind == "claim" and link.relation in SHOWN and not link.other_part
    )
    return (*own, *others)
