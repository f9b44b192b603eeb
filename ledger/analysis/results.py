"""Each thing that is computed, by the id of its subject: worked out when it is asked for, from what it reads alone.

In: a Ledger and an id. Out: a result, remembered by the Ledger with the keys of what it has read. So an edit makes
again only the results that read what was edited, and nothing is computed twice.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from ledger.analysis import (
    bearing,
    cruxes,
    fairness,
    gaps,
    history,
    impact,
    origins,
    positions,
    quotes,
    ratings,
    rivals,
)
from ledger.analysis.impact import ClaimChange, ClaimChangedBy, PositionChange, PositionChangedBy, RetractionImpact
from ledger.analysis.lazy import Lookup
from ledger.analysis.origins import Origins, Trace
from ledger.analysis.passages import Haystack, haystack
from ledger.analysis.positions import PositionBands
from ledger.analysis.quotes import Verdict
from ledger.analysis.ratings import Rating, Rules, ShortRating
from ledger.diagnostics import Lines
from ledger.graph import Ledger, compared, result
from ledger.records import Profile


@result
def profile(ledger: Ledger) -> Profile:
    """The weights and thresholds."""
    return ratings.profile_of(ledger)


@result
def is_dropped(ledger: Ledger, source: str) -> bool:
    """Whether a source's status takes it out."""
    card = ledger.card(source)
    return card is not None and not card.withdrawn and card.status in profile(ledger).dropped


# Quotes


@result
def hay_of(ledger: Ledger, source: str) -> tuple[Haystack, Lines] | None:
    """The text that is kept of a source, ready for being searched."""
    text = ledger.snapshot_text(source)
    return None if text is None else (haystack(text), Lines(text))


@result
def quotes_of(ledger: Ledger, id_: str) -> Mapping[str, Verdict]:
    """The verdict on every quote of a record, by its place: `e1`, `s1/attested/0`, `would_change_mind/0`."""
    found = {}
    for quote in quotes.quotes_in(ledger, ledger.records[id_]):
        found[quote.key.partition("/")[2]] = quotes.verdict_on(ledger, quote, hay_of(ledger, quote.source))
    return dict(sorted(found.items()))


# Chains, origins and ratings


@result
def trace_of(ledger: Ledger, id_: str) -> Trace:
    """The chains behind a source, or behind all that a claim cites."""
    record = ledger.records[id_]
    cited = [id_] if record.kind.name == "source" else [ledger.present_id(i.source) for i in record.fields.evidence]
    return origins.trace_behind(ledger, cited, profile(ledger).dropped)


@compared
def origins_of(ledger: Ledger, claim: str) -> Origins:
    """What the items of a claim go back to."""
    return origins.origins_of(ledger, trace_of(ledger, claim), ledger.records[claim])


@result
def rules_of(ledger: Ledger, claim: str) -> Rules:
    """What a claim is rated by."""
    verdicts = {f"{claim}/{place}": found.verdict for place, found in quotes_of(ledger, claim).items()}
    return Rules(profile(ledger), trace_of(ledger, claim), verdicts)


@compared
def rating(ledger: Ledger, claim: str) -> Rating:
    """The computed rating of a claim."""
    return ratings.rate_claim(ledger, rules_of(ledger, claim), ledger.records[claim])


@compared
def bands(ledger: Ledger, position: str) -> PositionBands:
    """The ratings of the claims that a position rests on."""
    claims = positions.claims_of(ledger, position)
    return positions.bands_of(claims, {claim: rating(ledger, claim).short for claim in claims})


# Impact


class Without(NamedTuple):
    """A claim without one source: its rating then, and whether that source carries all on the heavier side."""

    rating: ShortRating
    alone: bool


@compared
def without_each(ledger: Ledger, claim: str) -> Mapping[str, Without]:
    """A claim without each of the sources on which one of its items depends."""
    rules = rules_of(ledger, claim)
    found = impact.without_each(
        ledger, rules, ledger.records[claim], rating(ledger, claim), impact.DominatorIndex(rules.traced)
    )
    return {source: Without(after, alone) for source, after, alone in found}


@compared
def single_points(ledger: Ledger, claim: str) -> tuple[str, ...]:
    """The sources each of which alone carries everything that counts on the heavier side of a claim."""
    return tuple(source for source, found in without_each(ledger, claim).items() if found.alone)


@result
def claims_behind(ledger: Ledger, source: str) -> tuple[str, ...]:
    """The standing claims that cite a source, or a work that takes from it, however far on; by id."""
    seen, waiting, claims = {source}, [source], set()
    while waiting:
        for edge in ledger.edges_to(waiting.pop()):
            if edge.name == "shown_in":
                claims.add(edge.owner)
            elif edge.name == "derived_from" and edge.owner not in seen:
                seen.add(edge.owner)
                waiting.append(edge.owner)
    return tuple(claim for claim in sorted(claims) if ledger.stands(claim))


@compared
def if_retracted(ledger: Ledger, source: str) -> RetractionImpact:
    """What would change if a source were retracted."""
    changes = []
    for claim in claims_behind(ledger, source):
        now, then = rating(ledger, claim).short, without_each(ledger, claim).get(source)
        if then and then.rating != now:
            changes.append(ClaimChange(claim, now, then.rating))
    return RetractionImpact(tuple(changes), tuple(_moved(ledger, changes)))


def _moved(ledger: Ledger, changes: list[ClaimChange]) -> Iterator[PositionChange]:
    """The positions that some changes of claims reach, by id."""
    touched: defaultdict[str, dict[str, tuple[ShortRating, ShortRating]]] = defaultdict(dict)
    for change in changes:
        for position in resting_on(ledger, change.claim):
            touched[position][change.claim] = change.before, change.after
    for position, moved in sorted(touched.items()):
        now = bands(ledger, position)
        after = positions.bands_changed(now, moved)
        if after != now:
            yield PositionChange(position, now, after)


def resting_on(ledger: Ledger, claim: str) -> list[str]:
    """The standing positions that rest on a claim."""
    found = dict.fromkeys(edge.owner for edge in ledger.edges_to(claim) if edge.name == "rests_on")
    return [position for position in found if ledger.stands(position)]


@compared
def claim_changed_by(ledger: Ledger, claim: str) -> ClaimChangedBy | None:
    """What a claim would be if no source had been dropped, if that differs."""
    rules, record = rules_of(ledger, claim), ledger.records[claim]
    sources = tuple(sorted(rules.traced.dropped))
    if not sources:
        return None
    cited = [ledger.present_id(item.source) for item in record.fields.evidence]
    whole = replace(rules, traced=origins.trace_behind(ledger, cited, ()))
    before = ratings.rate_claim(ledger, whole, record).short
    return ClaimChangedBy(sources, before) if before != rating(ledger, claim).short else None


@compared
def position_changed_by(ledger: Ledger, position: str) -> PositionChangedBy | None:
    """What a position would be if no source had been dropped, if that differs."""
    found = {claim: claim_changed_by(ledger, claim) for claim in positions.claims_of(ledger, position)}
    moved = {claim: (rating(ledger, claim).short, of.before) for claim, of in found.items() if of}
    after = positions.bands_changed(bands(ledger, position), moved)
    if after == bands(ledger, position):
        return None
    return PositionChangedBy(tuple(sorted({source for of in found.values() if of for source in of.sources})), after)


# Positions against each other


@compared
def ties(ledger: Ledger) -> bearing.Bearing:
    """What ties claims to positions and to each other."""
    return bearing.read_bearing(ledger)


@result
def rivals_of(ledger: Ledger, controversy: str) -> rivals.Rivals:
    """The evidence of a controversy by positions. An item that its rating does not count weighs nothing."""

    def weight(node: str) -> Decimal:
        claim, _, item = node.partition("/")
        return counted_weights(ledger, claim).get(item, Decimal(0))

    return rivals.matrix(ledger, ties(ledger), controversy, weight)


@compared
def counted_weights(ledger: Ledger, claim: str) -> Mapping[str, Decimal]:
    """Item → its weight, for the items of a claim that count: of two reports of one origin, the heavier."""
    steps = rating(ledger, claim).steps if ledger.stands(claim) else ()
    return {step.item: step.weight for step in steps if step.reason == "counts"}


@compared
def cruxes_of(ledger: Ledger, controversy: str) -> cruxes.Cruxes:
    """The claims on which the positions of a controversy part."""
    return cruxes.cruxes_of(ledger, ties(ledger), controversy)


@compared
def holders(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Position → who holds it."""
    return fairness.holders_by_position(ledger)


@compared
def shares_of(ledger: Ledger, controversy: str) -> tuple[fairness.Share, ...]:
    """What each position of a controversy is given."""
    verified = Lookup(lambda node: _quote_of(ledger, node, verified=True), tuple)
    apart = Fraction(profile(ledger).apart_times)
    return fairness.shares_of(
        ledger, ties(ledger), controversy, holders(ledger), origins_by_source(ledger), verified, apart
    )


@compared
def origins_behind(ledger: Ledger, source: str) -> tuple[str, ...]:
    """The origins that a source has left."""
    return trace_of(ledger, source).origins.get(source, ())


def origins_by_source(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """The origins of every source that has one left."""

    def find(source: str) -> tuple[str, ...] | None:
        card = ledger.card(source)
        known = card is not None and card.id == source and card.kind == "source" and not card.withdrawn
        return (origins_behind(ledger, source) or None) if known else None

    return Lookup(find, lambda: [card.id for card in ledger.cards("source") if find(card.id)])


def _quote_of(ledger: Ledger, node: str, *, verified: bool = False) -> str | None:
    """The verdict on the quote of an evidence item, if there is one, or if it is one that anybody can check again."""
    claim, _, item = node.partition("/")
    found = quotes_of(ledger, claim).get(item)
    return found.verdict if found and (found.is_verified or not verified) else None


@compared
def ground_of(ledger: Ledger, claim: str) -> gaps.Ground:
    """What the rating of a claim stands on."""
    return gaps.ground_of(rating(ledger, claim))


@compared
def board(ledger: Ledger) -> tuple[gaps.Row, ...]:
    """The board of open work."""
    grounds = {card.id: ground_of(ledger, card.id) for card in ledger.cards("claim") if not card.withdrawn}
    found = {id_: cruxes_of(ledger, id_) for id_ in ties(ledger).positions}
    return gaps.find_gaps(ledger, ties(ledger), found, grounds, origins_by_source(ledger))


@compared
def timelines(ledger: Ledger, controversy: str) -> tuple[history.Timeline, ...]:
    """What the ratings of a controversy were when, by clock."""
    return history.timelines(ledger, controversy, Lookup(lambda node: _quote_of(ledger, node), tuple))
