"""What depends on a source, and what has changed because one was retracted, for readers.

In: a source, claim or position, seen from a page. Out: changes of verdicts, from what to what; the notice on a record
that a dropped source has changed.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from ledger import texts
from ledger.analysis.impact import ClaimChange, PositionChange, RetractionImpact
from ledger.context import PageContext
from ledger.loading import Record
from ledger.rating_words import and_more, verdict_words, verdicts_words
from ledger.records import Source
from ledger.views import View
from ledger.views.paging import spread

NAMED = 2
"""How many of the weakest claims of a position are named."""


def view_impact(context: PageContext, source: Record[Source]) -> View:
    """What would change if a source was retracted; of one that was, what did: the page's share of it."""
    dropped = context.analysis.is_dropped(source.id)
    found = _changed_with(context, source.id) if dropped else context.analysis.if_retracted(source.id)
    claims = (_claim_change(context, source.id, one) for one in found.claims)
    positions = (_position_change(context, one) for one in found.positions)
    return View(
        dropped=dropped,
        claims=spread(context, _in_order(claims)),
        positions=spread(context, _in_order(positions)),
    )


def _changed_with(context: PageContext, source: str) -> RetractionImpact:
    """The claims and positions that a dropped source has changed, as they would be and as they are."""
    analysis = context.analysis
    near = {id_: of for id_ in analysis.claims_behind(source) if (of := analysis.claims_changed.get(id_))}
    resting = sorted({position for id_ in near for position in analysis.resting_on(id_)})
    claims = ((id_, of.before) for id_, of in near.items() if source in of.sources)
    moved = ((id_, analysis.positions_changed.get(id_)) for id_ in resting)
    positions = ((id_, of.before) for id_, of in moved if of and source in of.sources)
    return RetractionImpact(
        tuple(ClaimChange(id_, before, analysis.ratings[id_].short) for id_, before in claims),
        tuple(PositionChange(id_, before, analysis.positions[id_]) for id_, before in positions),
    )


def _in_order(views: Iterable[View]) -> tuple[View, ...]:
    return tuple(sorted(views, key=lambda view: (view.record.title.casefold(), view.record.id)))


def _claim_change(context: PageContext, source: str, change: ClaimChange) -> View:
    """A claim with its verdict before and after, and whether its stronger side has nothing but the source."""
    alone = source in context.analysis.single_points.get(change.claim, ())
    said = _from_to(verdict_words(change.before), verdict_words(change.after))
    return View(record=context.ref(change.claim), change=said, weakest="", alone=alone)


def _position_change(context: PageContext, change: PositionChange) -> View:
    """A position with its verdicts before and after, and how its weakest claim changes, in words."""
    before, after = (_names(context, of.weakest) for of in (change.before, change.after))
    weakest = texts.say("impact.weakest", before=before, after=after) if before != after else ""
    said = _from_to(verdicts_words(change.before), verdicts_words(change.after))
    return View(record=context.ref(change.position), change=said, weakest=weakest, alone=False)


def _names(context: PageContext, claims: Sequence[str]) -> str:
    """The first claims, and how many more there are."""
    titles = (context.ref(claim).title.removesuffix(".") for claim in claims[:NAMED])
    names = "; ".join(texts.say("impact.quoted", title=title) for title in titles)
    return and_more(names, len(claims) - NAMED) if names else texts.say("changed.no_claim")


def _from_to(before: str, after: str) -> str:
    return texts.say("changed.to", before=before, after=after) if before != after else ""


def view_changed(context: PageContext, record: Record[Any]) -> View | None:
    """The notice on a claim or position that dropped sources have changed."""
    analysis = context.analysis
    if found := analysis.claims_changed.get(record.id):
        before, after = verdict_words(found.before), verdict_words(analysis.ratings[record.id].short)
        sources = found.sources
    elif of_position := analysis.positions_changed.get(record.id):
        before, after = verdicts_words(of_position.before), verdicts_words(analysis.positions[record.id])
        sources = of_position.sources
    else:
        return None
    way = record.kind.name if before != after else "weakest"
    said = texts.say(f"changed_by.{way}", before=before, after=after)
    dropped = ((context.ref(id_), context.ledger.record(Source, id_).fields) for id_ in sources)
    return View(said=said, sources=tuple(dropped))
