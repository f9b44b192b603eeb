"""The page of a claim: what it says, its verdict, what sources show for and against it, and how that was judged."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from ledger import links, texts
from ledger.analysis.bearing import LOAD_BEARING
from ledger.analysis.ties import CLAIM_RELATIONS, IMPLIED, WAYS
from ledger.context import PageContext
from ledger.loading import Record
from ledger.records import Claim, Position
from ledger.strength import newest_search
from ledger.views import View
from ledger.views.chain import view_chain, view_drawing, walk_evidence
from ledger.views.exhibits import view_exhibits
from ledger.views.impact import view_changed
from ledger.views.numbers import view_conflicts
from ledger.views.paging import left_out, parts_of, rows_of
from ledger.views.parts import RELATION
from ledger.views.verdict import view_verdict
from ledger.views.wording import LONG_STATEMENT, view_earlier

Relation = tuple[str, str, str | None]
"""What another claim does to this one, or this one to it, in words; the other claim; and why."""
_TO, _FROM = texts.Group("claim_to"), texts.Group("claim_from")
"""What this claim does to others, and what they do to it."""
RELATED = 6
"""How many related claims are open on a page; the others are in a fold."""
SHOWN = frozenset(("rests_on", "rejects", *CLAIM_RELATIONS))
"""Ways of referring to a claim that its page shows outside the list of backlinks."""


def view_claim(context: PageContext, record: Record[Claim]) -> View:
    """Everything on a claim's page, from top to bottom."""
    fields = record.fields
    here = parts_of(context, fields.evidence)
    chains = context.analysis.chains_behind(record.id).whole
    in_order = {one.item: at for at, one in enumerate(context.analysis.exhibits(record.id))}
    walk = walk_evidence(context.ledger, chains, sorted(here, key=lambda item: in_order[item.id]))
    positions = _positions(context, record)
    relations = _in_order(rows_of(context, _relations(context, record)))
    return View(
        fields=fields,
        # Those to whose positions it matters.
        controversies=tuple(dict.fromkeys(one.controversy for one in positions)),
        # Whether the statement is too long for large letters.
        long=len(fields.statement) > LONG_STATEMENT,
        changed=view_changed(context, record),
        verdict=view_verdict(context, record),
        # Where other sources give other numbers.
        conflicts=view_conflicts(context, context.analysis.conflicts_of(record.id)),
        exhibits=view_exhibits(context, record),
        newest_search=newest_search(record),
        # What evidence on the claim's other pages does to it, and none on this page.
        elsewhere=frozenset(item.relation for item in fields.evidence) - {item.relation for item in here},
        positions=rows_of(context, positions),
        # Other claims by what they do to this one, or it to them, in words; those beyond the first, and how many.
        relations=_by_words(relations[:RELATED]),
        more_relations=_by_words(relations[RELATED:]),
        more=left_out("claim.more_relations", len(relations) - RELATED),
        # In the fold: sources that take from each other; where all come from, as a list and drawn; and the cited ones
        # that found no place in the list.
        loops=tuple(sorted(chains.loops.values())),
        chain=view_chain(walk),
        left_out=tuple(id_ for id_ in walk.cited if id_ not in walk.places),
        drawing=view_drawing(context, walk),
        # What the claim said before, where the site shows that.
        earlier=next(iter(view_earlier(context, record.id)), None),
    )


def _positions(context: PageContext, record: Record[Claim]) -> tuple[View, ...]:
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


def _position(context: PageContext, id_: str, tied: Sequence[tuple[str, str | None]]) -> View:
    """A position, what ties the claim to it, and why."""
    ways = {way for way, _ in tied}
    ways -= {IMPLIED[way] for way in ways if way in IMPLIED}
    fields = context.ledger.record(Position, id_).fields
    return View(
        ways=tuple(way for way in WAYS if way in ways),
        position=context.ref(id_),
        letter=fields.letter,
        controversy=context.ref(fields.controversy),
        whys=tuple(why for _, why in tied if why),
    )


def _relations(context: PageContext, record: Record[Claim]) -> tuple[Relation, ...]:
    """Other claims, in both directions."""
    own = ((_TO[RELATION[relation.type]], relation.claim, relation.why) for relation in record.fields.relations)
    others = (
        (_FROM[RELATION[link.relation]], link.other, link.own.get("why"))
        for link in links.links_in(context.ledger, record.id)
        if link.kind == "claim" and link.relation in SHOWN and not link.other_part
    )
    return (*own, *others)


def _in_order(found: Iterable[Relation]) -> list[Relation]:
    """Other claims by what they do to this one, then by what this one does, what is for and against first."""
    order = [*_FROM.values(), *_TO.values()]
    return sorted(found, key=lambda one: order.index(one[0]))


def _by_words(found: Iterable[Relation]) -> tuple[tuple[str, tuple[Relation, ...]], ...]:
    """Other claims under these words."""
    return tuple((said, tuple(views)) for said, views in groupby(found, key=lambda one: one[0]))
