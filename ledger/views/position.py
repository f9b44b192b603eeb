"""The page of a position, and the position in brief as the page of its controversy shows it.

In: a ledger seen from either page, and a position. Out: who takes a stance on it, the claims that it rests on, those
that it rejects and those that bear on it, each with its evidence; in brief, the first of them and links to the rest.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from ledger import links, words
from ledger.context import PageContext, RecordRef
from ledger.facets import detail
from ledger.loading import Record
from ledger.records import Claim, MindChange, Position
from ledger.strength import rating_of, rating_words
from ledger.views.claim import Groups, best_first, view_evidence_groups
from ledger.views.impact import ChangedView, view_changed
from ledger.views.paging import ITEMS, rows_of, spread, weight_of
from ledger.views.parts import RelationView
from ledger.views.quoting import QuoteView, view_quote
from ledger.views.stances import HolderView, view_holders
from ledger.views.verdict import RestsOnView, view_rests_on

SHOWN = frozenset(("bears_on", *words.STANCES))
"""Ways of referring to a position that its page shows outside the list of backlinks."""
FIRST_CLAIMS = {"rests_on": 4, "rejects": 2}
"""How many claims a brief names, by what the position does with them."""
FIRST_HOLDERS = 8
"""How many proponents it names for each stance."""


class ClaimUse(NamedTuple):
    """A claim with its standing and its evidence, as a position's page shows it."""

    record: Record[Claim]
    summary: str
    evidence: Groups
    more: str
    """How many items stand on the claim's own page alone, in words."""
    why: str


MindView = tuple[MindChange, QuoteView | None]
"""What a holder said would change their mind, and the verdict on the quote."""


@dataclass(frozen=True, slots=True)
class PositionView:
    """A position's page, in so far as it is worked out."""

    anchor: str
    holders: tuple[HolderView, ...]
    rests_on: RestsOnView | None
    changed: ChangedView | None
    claims: tuple[tuple[str, str, tuple[ClaimUse, ...]], ...]
    """How the claims stand to the position, as a name and in an anchor, and the claims."""
    key_sources: tuple[RecordRef, ...]
    minds: tuple[MindView, ...]
    relations: tuple[RelationView, ...]


def view_position(context: PageContext, record: Record[Position]) -> PositionView:
    """Everything on a position's page."""
    fields = record.fields
    own = [[(context.ref_id(id_), "") for id_ in ids] for ids in (fields.rests_on, fields.rejects)]
    shown = {id_ for ids in own for id_, _ in ids}
    bearing = (_bearing(context, record, effect, shown) for effect in ("supports", "disputes"))
    names = (("rests_on", "rests-on"), ("rejects", "rejects"), ("supports", "for"), ("disputes", "against"))
    found = zip(names, (*own, *bearing), strict=True)
    relations = tuple(RelationView(words.RELATIONS[r.type][0], r.type, r.position, r.why) for r in fields.relations)
    return PositionView(
        anchor=anchor_of(record),
        holders=rows_of(context, view_holders(context, record)),
        rests_on=view_rests_on(context, record),
        changed=view_changed(context, record),
        claims=tuple((name, at, _uses(context, claims)) for (name, at), claims in found),
        key_sources=context.refs(rows_of(context, fields.key_sources)),
        minds=view_minds(context, record),
        relations=spread(context, relations),
    )


def anchor_of(position: Record[Position]) -> str:
    """Where a position stands on the page of its controversy, and what the anchors of its own page begin with."""
    return f"position-{position.fields.letter.lower()}"


def _bearing(context: PageContext, record: Record[Position], effect: str, shown: set[str]) -> list[tuple[str, str]]:
    """Claims that count for or against the position, beyond those that it rests on or rejects, and why."""
    return [
        (link.other, str(link.own.get("why", "")))
        for link in links.links_in(context.ledger, record.id)
        if link.relation == "bears_on" and link.own.get("effect") == effect and link.other not in shown
    ]


def _uses(context: PageContext, claims: Iterable[tuple[str, str]]) -> tuple[ClaimUse, ...]:
    """The claims of a list with the reasons for them, those that were withdrawn at the end."""
    ledger = context.ledger
    ordered = sorted(claims, key=lambda claim: context.ref(claim[0]).withdrawn)
    here = rows_of(context, ordered, weight=lambda claim: weight_of(ledger, claim[0]))
    return tuple(_use(context, ledger.record(Claim, id_), why) for id_, why in here)


def _use(context: PageContext, claim: Record[Claim], why: str) -> ClaimUse:
    evidence = claim.fields.evidence
    shown = view_evidence_groups(context, claim, best_first(context, claim, evidence)[:ITEMS])
    more = words.count(words.MORE_ITEMS, max(0, len(evidence) - ITEMS))
    return ClaimUse(claim, detail(context.ledger, claim.id), shown, more, why)


def view_minds(context: PageContext, position: Record[Position]) -> tuple[MindView, ...]:
    """What the holders of a position said would change their minds."""
    said = enumerate(position.fields.would_change_mind)
    return tuple((entry, view_quote(context, f"{position.id}/would_change_mind/{at}")) for at, entry in said)


# In brief


@dataclass(frozen=True, slots=True)
class BriefView:
    """A position in brief."""

    record: Record[Position]
    ref: RecordRef
    anchor: str
    rests_on: RestsOnView | None
    changed: ChangedView | None
    minds: tuple[MindView, ...]
    links: tuple[tuple[str, str], ...]
    """Links into the position's own page: their words and addresses."""
    outline: tuple[tuple[str, tuple[tuple[RecordRef, str, str], ...], str], ...]
    """What the position does with claims, the first of these with their ratings, and how many are left out."""
    holders: tuple[tuple[str, tuple[HolderView, ...], str], ...]
    """Stance, the first who take it, and how many are left out."""


def view_brief(context: PageContext, position: Record[Position]) -> BriefView:
    """A position in brief."""
    holders = view_holders(context, position)
    return BriefView(
        record=position,
        ref=context.ref_to(position),
        anchor=anchor_of(position),
        rests_on=view_rests_on(context, position),
        changed=view_changed(context, position),
        minds=view_minds(context, position),
        links=tuple(_links(context, position, len(holders))),
        outline=tuple(_outline(context, position)),
        holders=tuple(_by_stance(holders)),
    )


def _links(context: PageContext, position: Record[Position], holders: int) -> Iterator[tuple[str, str]]:
    fields, page = position.fields, context.ref_to(position).href
    counted = (
        ("rests_on", "rests-on", len(fields.rests_on)),
        ("rejects", "rejects", len(fields.rejects)),
        ("all_objections", "objections", len(fields.objections)),
        ("proponents", "proponents", holders),
    )
    for name, part, many in counted:
        if many:
            yield words.CONTROVERSY_PAGE[name].format(many), f"{page}#{anchor_of(position)}-{part}"


def _outline(
    context: PageContext, position: Record[Position]
) -> Iterator[tuple[str, tuple[tuple[RecordRef, str, str], ...], str]]:
    for way, ids in (("rests_on", position.fields.rests_on), ("rejects", position.fields.rejects)):
        named = (context.ledger.record(Claim, context.ref_id(id_)) for id_ in ids)
        found, most = [claim for claim in named if claim.fields.withdrawn is None], FIRST_CLAIMS[way]
        shown = tuple((context.ref_to(claim), rating_of(claim), rating_words(claim)) for claim in found[:most])
        if found:
            yield way, shown, _more(len(found) - most)


def _by_stance(holders: Iterable[HolderView]) -> Iterator[tuple[str, tuple[HolderView, ...], str]]:
    for stance, found in groupby(holders, key=lambda holder: holder.stance.stance):
        of_stance = tuple(found)
        yield stance, of_stance[:FIRST_HOLDERS], _more(len(of_stance) - FIRST_HOLDERS)


def _more(many: int) -> str:
    return words.CONTROVERSY_PAGE["more"].format(many) if many > 0 else ""
