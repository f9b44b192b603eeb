"""Each thing that is computed, by the id of its subject: worked out when it is asked for, from what it reads alone.

In: a Ledger and an id. Out: a result, remembered by the Ledger with the keys of what it has read. So an edit makes
again only the results that read what was edited, and nothing is computed twice.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

from ledger.analysis import (
    agreement,
    cruxes,
    fairness,
    gaps,
    impact,
    leaving_out,
    positions,
    quotes,
    ratings,
)
from ledger.analysis.impact import (
    ClaimChange,
    ClaimChangedBy,
    PositionChange,
    PositionChangedBy,
    RetractionImpact,
    Without,
)
from ledger.analysis.lazy import Lookup
from ledger.analysis.lineages import FALLEN, Backing, Chains, chains_behind, lineage, view_of, with_all
from ledger.analysis.neighbourhoods import hurting
from ledger.analysis.origins import marks_reached
from ledger.analysis.passages import Haystack, haystack
from ledger.analysis.positions import PositionVerdicts
from ledger.analysis.quotes import Verdict
from ledger.analysis.ratings import Item, Rating, ShortRating
from ledger.analysis.strip import Mark, Steadiness, steadiness_in, strip_of
from ledger.analysis.ties import homes_of, ties_in
from ledger.diagnostics import Lines
from ledger.edges import Edge
from ledger.graph import Ledger, compared, result
from ledger.records import Claim, Evidence


def is_dropped(ledger: Ledger, source: str) -> bool:
    """Whether a source's status takes it out."""
    card = ledger.card(source)
    return card is not None and not card.withdrawn and card.status in FALLEN


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
    record = ledger.core_of(id_)
    if record is None:
        raise KeyError(id_)
    for quote in quotes.quotes_in(ledger, record):
        found[quote.key.partition("/")[2]] = quotes.verdict_on(ledger, quote, hay_of(ledger, quote.source))
    return dict(sorted(found.items()))


# Chains, origins and ratings


MOST_FOLLOWED = 100
"""How many sources are followed for one alone; where more are behind it or rest on it, those of all are at once."""


@result
def chains_of(ledger: Ledger, source: str) -> Chains:
    """The chains behind a source, among those of all others if they lead to very many."""
    return _all_chains(ledger) if _has_many_behind(ledger, source) else chains_behind(view_of(ledger), [source])


@result
def _all_chains(ledger: Ledger) -> Chains:
    return chains_behind(view_of(ledger), ledger.standing("source"))


def _has_many_behind(ledger: Ledger, source: str) -> bool:
    seen, waiting = {source}, [source] if ledger.stands(source) else []
    while waiting and len(seen) <= MOST_FOLLOWED:
        one = lineage(ledger, waiting.pop())
        more = {*one.earlier, *one.data} - seen
        seen |= more
        waiting += more
    return len(seen) > MOST_FOLLOWED


@result
def input_of(ledger: Ledger, claim: str) -> ratings.Input:
    """What a claim is rated by."""
    fields = ledger.core(Claim, claim).fields
    looked = ratings.looked_of(ledger, fields.searches)
    return ratings.input_of(view_of(ledger), fields, _hurting(ledger, claim), verdicts_behind(ledger, claim), looked)


def verdicts_behind(ledger: Ledger, claim: str) -> Mapping[str, str]:
    """The verdicts on the quotes of a claim by item, and on those of the items that hurt it by node."""
    found = {place: of.verdict for place, of in quotes_of(ledger, claim).items()}
    others = ((node, quotes_of(ledger, record.id).get(item.id)) for node, record, item in hurting(ledger, claim))
    return found | {node: of.verdict for node, of in others if of}


def _hurting(ledger: Ledger, claim: str) -> Iterator[tuple[str, Evidence]]:
    return ((node, item) for node, record, item in hurting(ledger, claim) if record.fields.withdrawn is None)


@result
def rated(ledger: Ledger, claim: str) -> ratings.Rated:
    """The items of a claim that count, the works of each side, and what follows from them."""
    return ratings.rate(input_of(ledger, claim))


def whole_of(ledger: Ledger, claim: str) -> leaving_out.Whole:
    """A claim with all its items, to see what follows without some of them."""
    return leaving_out.whole_of(input_of(ledger, claim), rated(ledger, claim))


@compared
def rating(ledger: Ledger, claim: str) -> Rating:
    """The rating of a claim, by the editors and computed."""
    newest = next(reversed(ledger.core(Claim, claim).fields.assessments), None)
    names = {editor.id: editor.name for editor in ledger.settings.editors}
    editor = ratings.editors_rating(newest, names) if newest else None
    return ratings.rating_of(input_of(ledger, claim), rated(ledger, claim), editor)


@compared
def strip(ledger: Ledger, claim: str) -> tuple[Mark, ...]:
    """The verdict on a claim under every alternative."""
    return strip_of(whole_of(ledger, claim), ledger.settings.strip)


@compared
def agreement_of(ledger: Ledger) -> agreement.Agreement:
    """How far the rules and the editors agree."""
    return agreement.agreement_of(rating(ledger, claim) for claim in ledger.standing("claim"))


@compared
def steadiness_of(ledger: Ledger) -> Steadiness:
    """How much the verdicts depend on our choices, over all claims."""
    claims = ledger.standing("claim")
    return steadiness_in((rating(ledger, claim).short, strip(ledger, claim)) for claim in claims)


@compared
def position_verdicts(ledger: Ledger, position: str) -> PositionVerdicts:
    """The verdicts on the claims that a position rests on."""
    claims = positions.claims_of(ledger, position)
    return positions.verdicts_of(claims, {claim: rating(ledger, claim).short for claim in claims})


# Impact


@compared
def without_each(ledger: Ledger, claim: str) -> Mapping[str, Without]:
    """A claim without each of the sources on which one of its items depends."""
    return dict(impact.without_each(whole_of(ledger, claim)))


@compared
def single_points(ledger: Ledger, claim: str) -> tuple[str, ...]:
    """The sources each of which alone carries everything that counts on the heavier side of a claim."""
    alone = (source for source, found in without_each(ledger, claim).items() if found.alone)
    return tuple(source for source in alone if not is_dropped(ledger, source))


ONWARD = ("derived_from", "version_of")
"""Edges from a source to one with which it may fall."""
CITING = ("shown_in", "retells")
"""Edges from an evidence item to a source on which it rests."""


def claims_behind(ledger: Ledger, source: str) -> tuple[str, ...]:
    """The standing claims with an item for or against them that rests on a source, however far on; by id."""
    seen, waiting, claims = {source}, [source], set[str]()
    while waiting:
        if len(seen) > MOST_FOLLOWED:
            return claims_far_behind(ledger, source)
        for edge in ledger.edges_to(waiting.pop()):
            if edge.name in CITING:
                claims.update((edge.owner, *rivals_of_item(ledger, edge)))
            elif edge.name in ONWARD and edge.owner not in seen:
                seen.add(edge.owner)
                waiting.append(edge.owner)
    return tuple(claim for claim in sorted(claims) if ledger.stands(claim))


@compared
def claims_far_behind(ledger: Ledger, source: str) -> tuple[str, ...]:
    """The same, from all sources at once."""
    return tuple(sorted(_every_claim_behind(ledger).get(source, ())))


@result
def _every_claim_behind(ledger: Ledger) -> Mapping[str, frozenset[str]]:
    """The standing claims behind every source on which anything rests."""
    steps: defaultdict[str, list[str]] = defaultdict(list)
    for edge in ledger.all_edges():
        if edge.name in CITING:
            steps[edge.target] += (edge.owner, *rivals_of_item(ledger, edge))
        elif edge.name in ONWARD:
            steps[edge.target].append(edge.owner)
    onward = {id_: tuple(steps.get(id_, ())) for id_ in {*steps, *(one for found in steps.values() for one in found)}}
    claims = (id_ for id_ in ledger.standing("claim") if id_ in onward)
    return marks_reached(onward, {id_: id_ for id_ in claims})


def rivals_of_item(ledger: Ledger, edge: Edge) -> Iterator[str]:
    """The claim that an item hurts as its rival, from another of the item's edges."""
    return (other.target for other in ledger.edges_from(edge.start) if other.name == "about_rival")


@compared
def if_retracted(ledger: Ledger, source: str) -> RetractionImpact:
    """What would change if a source were retracted; nothing more for one that was."""
    changes = []
    for claim in claims_behind(ledger, source) if not is_dropped(ledger, source) else ():
        then = without_each(ledger, claim).get(source)
        if then and then.rating != (now := rating(ledger, claim).short):
            changes.append(ClaimChange(claim, now, then.rating))
    return RetractionImpact(tuple(changes), tuple(_moved(ledger, changes)))


def _moved(ledger: Ledger, changes: list[ClaimChange]) -> Iterator[PositionChange]:
    """The positions that some changes of claims reach, by id."""
    touched: defaultdict[str, dict[str, tuple[ShortRating, ShortRating]]] = defaultdict(dict)
    for change in changes:
        for position in resting_on(ledger, change.claim):
            touched[position][change.claim] = change.before, change.after
    for position, moved in sorted(touched.items()):
        now = position_verdicts(ledger, position)
        then = positions.verdicts_changed(now, moved)
        if then != now:
            yield PositionChange(position, now, then)


def resting_on(ledger: Ledger, claim: str) -> list[str]:
    """The standing positions that rest on a claim."""
    found = dict.fromkeys(edge.owner for edge in ledger.edges_to(claim) if edge.name == "rests_on")
    return [position for position in found if ledger.stands(position)]


@compared
def claim_changed_by(ledger: Ledger, claim: str) -> ClaimChangedBy | None:
    """What a claim would be if no source had been dropped, if that differs."""
    given = input_of(ledger, claim)
    lineages = given.chains.lineages
    behind = lineages.keys() | {later for one in lineages.values() for later in one.later}
    dropped = tuple(id_ for id_ in sorted(behind) if is_dropped(ledger, id_))
    if not dropped:
        return None
    verdicts = verdicts_behind(ledger, claim)
    whole = ratings.input_of(with_all(view_of(ledger)), given.claim, _hurting(ledger, claim), verdicts, given.looked)
    before = ratings.short_of(ratings.rate(whole)[2])
    return ClaimChangedBy(dropped, before) if before != rating(ledger, claim).short else None


@compared
def position_changed_by(ledger: Ledger, position: str) -> PositionChangedBy | None:
    """What a position would be if no source had been dropped, if that differs."""
    found = {claim: of for claim in positions.claims_of(ledger, position) if (of := claim_changed_by(ledger, claim))}
    before = positions.verdicts_changed(
        position_verdicts(ledger, position),
        {claim: (rating(ledger, claim).short, of.before) for claim, of in found.items()},
    )
    if before == position_verdicts(ledger, position):
        return None
    return PositionChangedBy(tuple(sorted({source for of in found.values() for source in of.sources})), before)


# Positions against each other


@compared
def works_behind(ledger: Ledger, claim: str) -> Mapping[str, tuple[str, ...]]:
    """The works that each item goes back to that counts in the rating of a claim, by id."""
    behind = backings_of(ledger, claim) if ledger.stands(claim) else {}
    return {id_: tuple(sorted(one.works)) for id_, one in sorted(behind.items())}


def counted_items(ledger: Ledger, claim: str) -> Mapping[str, Item]:
    """The items that count in the rating of a claim, by id."""
    items = rating(ledger, claim).items if ledger.stands(claim) else ()
    return {item.id: item for item in items if item.counts == "counts"}


@compared
def cruxes_of(ledger: Ledger, controversy: str) -> tuple[cruxes.Crux, ...]:
    """The claims on which the positions of a controversy part, and which are open."""
    return cruxes.cruxes_of(ledger, controversy, lambda claim: rating(ledger, claim).short)


@compared
def importance_in(ledger: Ledger, controversy: str) -> tuple[cruxes.Importance, ...]:
    """The claims that matter to the positions of a controversy, the most important first."""
    return cruxes.importance_of(ties_in(ledger, controversy), lambda claim: rating(ledger, claim).short)


@compared
def main_controversy(ledger: Ledger) -> str | None:
    """The controversy to which most claims matter, the first of equals by id; None where there is none."""
    return min(ledger.standing("controversy"), key=lambda id_: (-len(ties_in(ledger, id_)), id_), default=None)


@compared
def shares_of(ledger: Ledger, controversy: str) -> tuple[fairness.Share, ...]:
    """What each position of a controversy is given."""
    checked = Lookup(lambda node: quote_verdict(ledger, node, verified=True), tuple)
    apart = Fraction(ledger.settings.comparison.apart_times)
    backings = Lookup(lambda claim: backings_of(ledger, claim), tuple)
    return fairness.shares_of(ledger, controversy, backings, checked, apart)


def backings_of(ledger: Ledger, claim: str) -> Mapping[str, Backing]:
    """What stands behind each item that counts in the rating of a claim."""
    counted = counted_items(ledger, claim)
    return {one.id: one.backing for one in input_of(ledger, claim).items if one.id in counted}


@compared
def is_counted(ledger: Ledger, source: str) -> bool | None:
    """Whether a source has something behind it that stands; None if there is no such source."""
    if not ledger.stands(source):
        return None
    return bool(chains_of(ledger, source).live.origins.get(source)) or None


def quote_verdict(ledger: Ledger, node: str, *, verified: bool = False) -> str | None:
    """The verdict on the quote of an evidence item, if there is one, or if it is one that anybody can check again."""
    claim, _, item = node.partition("/")
    found = quotes_of(ledger, claim).get(item)
    return found.verdict if found and (found.is_verified or not verified) else None


@compared
def ground_of(ledger: Ledger, claim: str) -> gaps.Ground:
    """What the rating of a claim rests on."""
    return gaps.ground_of(rating(ledger, claim))


@result
def grounds(ledger: Ledger) -> Mapping[str, gaps.Ground]:
    """What the ratings of all standing claims rest on."""
    return {claim: ground_of(ledger, claim) for claim in ledger.standing("claim")}


@compared
def board(ledger: Ledger) -> tuple[gaps.Row, ...]:
    """The board of open work."""
    found = {id_: cruxes_of(ledger, id_) for id_ in ledger.standing("controversy")}
    counted = Lookup(lambda source: is_counted(ledger, source), tuple)
    return gaps.find_gaps(ledger, found, grounds(ledger), counted)


@compared
def campaigns(ledger: Ledger) -> tuple[gaps.Campaign, ...]:
    """The searches that each controversy lacks."""
    return gaps.campaigns_of(board(ledger), grounds(ledger), homes_of(ledger))
