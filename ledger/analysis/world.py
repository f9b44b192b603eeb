"""What happened in the world, and what each event moved.

In: a Ledger and an event. Out: an Effect: the claims that it gave evidence on, with
their verdicts that day with and without that evidence, and the positions that need these claims.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ledger.analysis.bearing import DIRECT
from ledger.analysis.past import Past
from ledger.analysis.ratings import ShortRating
from ledger.analysis.ties import around
from ledger.dates import parse_date
from ledger.describing import Day, NodeId, RecordId, described
from ledger.graph import Ledger, compared, result
from ledger.loading import is_a
from ledger.records import Claim, Event
from ledger.vocabulary import Effect as Relation

CONCERNS = ("about", "gave")
"""Edges from an event to what it concerns."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A claim that an event gave evidence on, and its verdict on that day."""

    claim: RecordId = described("the claim")
    items: tuple[NodeId, ...] = described("the evidence items that the event gave")
    relations: tuple[Relation, ...] = described("what they do to the claim")
    date: Day = described("the day from which they count")
    first: bool = described("whether nothing had stated the claim before")
    before: ShortRating | None = described("the rating without these items")
    after: ShortRating | None = described("the rating with them; missing if the claim was not there")

    @property
    def changed(self) -> bool:
        """Whether the verdict is another because of the event."""
        return not self.first and self.before is not None and self.before != self.after


@dataclass(frozen=True, slots=True)
class Effect:
    """What an event moved."""

    event: RecordId = described("the event")
    claims: tuple[Moved, ...] = described("the claims that it gave evidence on")
    positions: tuple[RecordId, ...] = described("the positions that it concerns or that are tied to these claims")


@compared
def effect_of(ledger: Ledger, event: str) -> Effect:
    """What an event moved, by the world's clock."""
    fields = ledger.record(Event, event).fields
    gave: dict[str, list[str]] = {}
    for written in fields.evidence_for:
        claim, _, item = ledger.present_id(written).partition("/")
        gave.setdefault(claim, []).append(item)
    with Past(ledger, "happened", date.max) as past:
        moved = [found for claim, items in gave.items() if (found := _moved(past, claim, items))]
    about = map(ledger.present_id, fields.about)
    touched = positions_near(ledger, (*about, *(one.claim for one in moved)))
    return Effect(event, tuple(moved), tuple(sorted(set(touched))))


def _moved(past: Past, id_: str, named: list[str]) -> Moved | None:
    claim = past.ledger.core_of(id_)
    if claim is None or not is_a(claim, Claim) or not past.ledger.stands(id_):
        return None
    items = [item for item in claim.fields.evidence if item.id in named and item.relation != "mentions"]
    if not items:
        return None
    since = max(past.since_item(claim, item) for item in items)
    return Moved(
        claim=id_,
        items=tuple(f"{id_}/{item.id}" for item in items),
        relations=tuple(dict.fromkeys(item.relation for item in items)),
        date=since,
        first=since != date.min and not past.is_active(claim, date.fromordinal(since.toordinal() - 1)),
        before=past.rating(claim, since, without={item.id for item in items}),
        after=past.rating(claim, since),
    )


def positions_near(ledger: Ledger, ids: Iterable[str]) -> Iterator[str]:
    """The standing positions among some records, and those that are tied to the claims among them."""
    for id_ in ids:
        tied = [edge.start for edge in ledger.edges_into(id_) if edge.name in DIRECT]
        tied += [edge.target for edge in ledger.edges_of(id_) if edge.name == "bears_on"]
        yield from (one for one in (id_, *tied) if ledger.node_kind(one) == "position" and ledger.stands(one))


@result
def events(ledger: Ledger) -> tuple[str, ...]:
    """The events that were not withdrawn, the newest first."""
    return _newest_first(ledger, ledger.standing("event"))


@result
def events_in(ledger: Ledger, controversy: str) -> tuple[str, ...]:
    """The same of those that concern a controversy, its positions or the claims that matter to these."""
    edges = (edge for id_ in around(ledger, controversy) for edge in ledger.edges_into(id_) if edge.name in CONCERNS)
    return _newest_first(ledger, {edge.start for edge in edges if ledger.stands(edge.start)})


def _newest_first(ledger: Ledger, ids: Iterable[str]) -> tuple[str, ...]:
    dates = {id_: parse_date(date_of(ledger, id_)).as_it_began() for id_ in sorted(ids)}
    return tuple(sorted(dates, key=dates.__getitem__, reverse=True))


@compared
def date_of(ledger: Ledger, event: str) -> str:
    """When an event was, as it was written."""
    return ledger.record(Event, event).fields.date.text
