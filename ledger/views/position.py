"""The page of a position.

In: a ledger seen from the page, and a position. Out: the claims that it builds on most and its biggest problems,
each with the verdict and the best evidence; who takes a stance on it and what they stand to gain; every claim that is
tied to it, as the rows of a table.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from ledger import links
from ledger.analysis import cases
from ledger.analysis.ties import FOR_IT
from ledger.context import PageContext
from ledger.loading import Record
from ledger.records import Claim, MindChange, Position, Proponent
from ledger.strength import sources_of
from ledger.views import View
from ledger.views.impact import view_changed
from ledger.views.paging import rows_of
from ledger.views.persons import interests_of, posts_of
from ledger.views.quoting import view_quote
from ledger.views.stances import view_holders
from ledger.views.verdict import counted_verdicts, verdict_on
from ledger.vocabulary import BETWEEN_POSITIONS, STANCES

SHOWN = frozenset(("bears_on", *STANCES, *BETWEEN_POSITIONS))
"""Ways of referring to a position that its page shows outside the list of backlinks."""
PILLARS, UNSURE, PROBLEMS, BEHIND = 4, 3, 3, 2
"""How many claims that it builds on, how many of them open, how many problems, and claims behind one, are shown."""


MindView = tuple[MindChange, View | None]
"""What a holder said would change their mind, and the verdict on the quote."""


def view_position(context: PageContext, record: Record[Position]) -> View:
    """Everything on a position's page."""
    fields = record.fields
    claims = _claims(context, record)
    order = _order(context, fields.controversy)
    here = groupby(rows_of(context, view_holders(context, record)), key=lambda holder: holder.stance.stance)
    groups = [(stance, tuple(found)) for stance, found in here]
    problems = tuple(_problems(context, record, claims, order))
    pillars, unsure = _standing(context, claims["rests_on"], order)
    holders = [(stance, tuple(_holder(context, one) for one in found)) for stance, found in groups if stance in FOR_IT]
    return View(
        anchor=anchor_of(record),
        # Which way the evidence points, or `unrated`: on how many claims that it builds on.
        verdicts=counted_verdicts(context, claims["rests_on"]),
        changed=view_changed(context, record),
        # What the evidence supports of the claims that it builds on, the surest first; and what is open of them.
        pillars=tuple(_use(context, id_) for id_ in pillars[:PILLARS]),
        unsure=tuple(_use(context, id_) for id_ in unsure[:UNSURE]),
        problems=problems[:PROBLEMS],
        # The objections that are not among the biggest problems.
        objections=tuple(one for one in problems[PROBLEMS:] if one.text),
        holders=tuple(holders),
        # Whether a stake is named that no source shows.
        has_unsourced_interest=any(not one.source for _, rows in holders for row in rows for one in row.interests),
        others=tuple((stance, found) for stance, found in groups if stance not in FOR_IT),
        # How the claims stand to the position, with those of this page; and how many there are on all pages.
        claims=_rows(context, claims, order),
        many=sum(map(len, claims.values())),
        key_sources=context.refs(rows_of(context, fields.key_sources)),
        minds=view_minds(context, record),
        relations=rows_of(context, tuple(_relations(context, record))),
    )


def anchor_of(position: Record[Position]) -> str:
    """Where a position stands on the page of its controversy, and what the anchors of its own page begin with."""
    return f"position-{position.fields.letter.lower()}"


# Claims


def _claims(context: PageContext, record: Record[Position]) -> Mapping[str, tuple[str, ...]]:
    """Every claim that is tied to the position, each once: the first of these ways that it has."""
    fields = record.fields
    objecting = (id_ for objection in fields.objections for id_ in objection.claims)
    ways = {
        "rests_on": [context.ref_id(id_) for id_ in fields.rests_on],
        "rejects": [context.ref_id(id_) for id_ in fields.rejects],
        "disputes": [*_bearing(context, record, "disputes"), *map(context.ref_id, objecting)],
        "supports": _bearing(context, record, "supports"),
    }
    first: dict[str, str] = {}
    for way, ids in ways.items():
        for id_ in ids:
            first.setdefault(id_, way)
    return {way: tuple(id_ for id_ in first if first[id_] == way) for way in ways}


def _bearing(context: PageContext, record: Record[Position], effect: str) -> list[str]:
    """Claims that count for or against the position by their own words."""
    found = links.links_in(context.ledger, record.id)
    return [link.other for link in found if link.relation == "bears_on" and link.own.get("effect") == effect]


def _order(context: PageContext, controversy: str) -> Mapping[str, int]:
    """The places of claims in order of importance to a controversy."""
    found = context.analysis.importance.get(context.ref_id(controversy), ())
    return {one.claim: at for at, one in enumerate(found)}


def _standing(context: PageContext, claims: Iterable[str], order: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """The claims that the evidence supports, the surest first, and those that are open or not rated."""
    ratings = context.analysis.ratings
    rated = {id_: ratings[id_] for id_ in cases.by_importance(claims, order) if id_ in ratings}
    supported = (id_ for id_, found in rated.items() if found.direction == "for")
    unsure = [id_ for id_, found in rated.items() if found.direction not in ("for", "against")]
    return sorted(supported, key=lambda id_: -cases.points(rated[id_])), unsure


def _use(context: PageContext, id_: str, *, against: bool = False) -> View:
    """A claim with its verdict and the best evidence for it; or against it, where the evidence goes that way."""
    effect = "disputes" if against else "supports"
    found = (one.item for one in context.analysis.exhibits(id_) if (one.relation, one.place) == (effect, "shown"))
    best = next(found, None)
    source = {item.id: item.source for item in context.ledger.record(Claim, id_).fields.evidence}.get(best or "")
    return View(claim=context.ref(id_), verdict=verdict_on(context, id_), best=context.ref(source) if source else None)


def _problems(
    context: PageContext, record: Record[Position], claims: Mapping[str, tuple[str, ...]], order: Mapping[str, int]
) -> Iterator[View]:
    """What counts against the position, the worst first."""
    ratings = context.analysis.ratings
    written = ((one.text, map(context.ref_id, one.claims)) for one in record.fields.objections)
    objections = ((text, tuple(id_ for id_ in ids if id_ in ratings)) for text, ids in written)
    ways = {way: [id_ for id_ in claims[way] if id_ in ratings] for way in ("disputes", "rejects", "rests_on")}
    weak = {link.other for link in links.links_in(context.ledger, record.id) if link.own.get("strength") != "strong"}
    for found in cases.problems(objections, ways, weak, lambda id_: ratings[id_], order):
        uses = (_use(context, id_, against=found.way == "rests_on") for id_ in found.claims[:BEHIND])
        yield View(way=found.way, text=found.text, claims=tuple(uses))


def _rows(
    context: PageContext, claims: Mapping[str, tuple[str, ...]], order: Mapping[str, int]
) -> tuple[tuple[str, tuple[View, ...]], ...]:
    """The rows of this page: what the position builds on first, each way by importance, withdrawn claims at its end."""
    ranked = ((way, cases.by_importance(ids, order)) for way, ids in claims.items())
    every = [(way, id_) for way, ids in ranked for id_ in sorted(ids, key=lambda id_: context.ref(id_).withdrawn)]
    here = groupby(rows_of(context, every), key=lambda one: one[0])
    return tuple((way, tuple(_row(context, id_) for _, id_ in found)) for way, found in here)


def _row(context: PageContext, id_: str) -> View:
    """A claim in the table: its verdict, and how many sources are for it and against it."""
    claim = context.ledger.record(Claim, id_)
    counted = tuple(len(sources_of(context.ledger, claim, effect)) for effect in ("supports", "disputes"))
    return View(claim=context.ref(id_), verdict=verdict_on(context, id_), sources=counted)


def _relations(context: PageContext, record: Record[Position]) -> Iterator[View]:
    """Other positions, in both directions, each once in a way that holds both ways."""
    told = {(one.type, context.ref_id(one.position)) for one in record.fields.relations if one.type != "narrows"}
    yield from (View(way=one.type, is_own=True, other=one.position, why=one.why) for one in record.fields.relations)
    for link in links.links_in(context.ledger, record.id):
        if link.relation in BETWEEN_POSITIONS and (link.relation, link.other) not in told:
            yield View(way=link.relation, is_own=False, other=link.other, why=link.own.get("why"))


# People


def _holder(context: PageContext, holder: View) -> View:
    """Who takes a stance, as what, and what they stand to gain."""
    proponent = context.ledger.record(Proponent, holder.proponent.id)
    role = holder.stance.in_capacity or posts_of(context, proponent)
    return View(holder=holder, role=role, interests=tuple(interests_of(context, proponent)))


def view_minds(context: PageContext, position: Record[Position]) -> tuple[MindView, ...]:
    """What the holders of a position said would change their minds."""
    said = enumerate(position.fields.would_change_mind)
    return tuple((entry, view_quote(context, f"{position.id}/would_change_mind/{at}")) for at, entry in said)
