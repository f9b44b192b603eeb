"""The timeline of a controversy: the events that concern it, in order, and the same as a track.

In: a ledger seen from the page of the timeline, and a controversy. Out: a list, and a picture with whole coordinates.
A date stays as exact as it was written: a year is a bar as long as the year. Years without an event are left out of
the picture, with a gap where they were.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ledger import links, words
from ledger.analysis.ties import around, bearings, positions_of
from ledger.context import PageContext, RecordRef
from ledger.dates import in_words
from ledger.edges import owner_id
from ledger.graph import Ledger, result
from ledger.loading import Record
from ledger.records import Controversy, Event, Position
from ledger.views import time_scale
from ledger.views.paging import spread

CONCERNS = ("about", "gave")
"""Edges from an event to what it concerns."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event with its number, what it concerns, and its mark on the track."""

    number: int
    event: Record[Event]
    ref: RecordRef
    place: time_scale.Place
    whole: bool
    """Whether it concerns the controversy as a whole."""
    positions: tuple[tuple[str, RecordRef], ...]
    """The positions that it concerns, or that its claims matter to, with their letters."""
    claims: str
    """How many claims it concerns; its own page names them."""

    @property
    def date(self) -> str:
        """When it was, in words."""
        return when(self.event)

    @property
    def is_exact(self) -> bool:
        """Whether its date is known as it was written."""
        return time_scale.exact(self.event.fields.date)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The list by years, and the track."""

    positions: tuple[RecordRef, ...]
    years: tuple[tuple[str, tuple[EventLine, ...]], ...]
    width: int
    height: int
    axis: int
    ticks: tuple[time_scale.YearTick, ...]

    def top(self, place: time_scale.Place) -> int:
        """How far down a mark begins: the lanes are stacked on the axis."""
        return self.axis - (place.lane + 1) * time_scale.LANE


def view_timeline(context: PageContext, controversy: Record[Controversy]) -> Timeline:
    """The timeline of a controversy."""
    numbered = spread(context, tuple(enumerate(events_of(context, controversy), start=1)))
    positions = positions_of(context.ledger, controversy)
    tied = bearings(context.ledger, positions)
    spans = [time_scale.span(event.fields.date, event.fields.end_date) for _, (event, _) in numbered]
    ticks = time_scale.ticks(spans)
    places = time_scale.places(spans, ticks)
    lines = [
        EventLine(number, event, context.ref_to(event), place, *_concerned_by(context, concerns, positions, tied))
        for (number, (event, concerns)), place in zip(numbered, places, strict=True)
    ]
    years = groupby(zip(lines, spans, strict=True), key=lambda entry: str(entry[1][0].year))
    axis = time_scale.LANE * (1 + max((place.lane for place in places), default=0))
    return Timeline(
        positions=tuple(map(context.ref_to, positions)),
        years=tuple((year, tuple(line for line, _ in found)) for year, found in years),
        width=time_scale.width(ticks),
        height=axis + time_scale.AXIS,
        axis=axis,
        ticks=ticks,
    )


@result
def most_rows(ledger: Ledger, controversy: str) -> int:
    """How many events there may be: told from edges alone."""
    concerned = _concerned(ledger)
    return len({event for id_ in around(ledger, controversy) for event in concerned.get(id_, ())})


@result
def _concerned(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Record → the events that concern it."""
    found: dict[str, list[str]] = {}
    for event in ledger.members("event"):
        for edge in ledger.edges_of(event):
            if edge.name in CONCERNS:
                found.setdefault(owner_id(edge.target), []).append(event)
    return {id_: tuple(events) for id_, events in found.items()}


def events_of(
    context: PageContext, controversy: Record[Controversy]
) -> tuple[tuple[Record[Event], tuple[str, ...]], ...]:
    """The events that concern a controversy, its positions or their claims, in order, each with what it concerns."""
    positions = positions_of(context.ledger, controversy)
    claims = bearings(context.ledger, positions)
    found: dict[str, dict[str, None]] = {}
    for id_ in (controversy.id, *(position.id for position in positions), *claims):
        for event in links.linked(links.links_in(context.ledger, id_), *CONCERNS):
            if context.ledger.stands(event):
                found.setdefault(event, {})[id_] = None
    events = [(context.ledger.record(Event, id_), tuple(concerns)) for id_, concerns in found.items()]
    return tuple(sorted(events, key=lambda entry: (*time_scale.order(entry[0].fields.date), entry[0].id)))


def when(event: Record[Event]) -> str:
    """When it was, in words."""
    return words.from_to(in_words(event.fields.date), in_words(event.fields.end_date))


def _concerned_by(
    context: PageContext,
    concerns: Sequence[str],
    positions: Sequence[Record[Position]],
    tied: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> tuple[bool, tuple[tuple[str, RecordRef], ...], str]:
    """What an event concerns: the whole controversy, positions, also by way of claims, and how many claims."""
    kinds = {id_: context.ledger.node_kind(id_) for id_ in concerns}
    claims = [id_ for id_, kind in kinds.items() if kind == "claim"]
    touched = {*concerns, *(position for claim in claims for position in tied.get(claim, ()))}
    letters = tuple((one.fields.letter, context.ref_to(one)) for one in positions if one.id in touched)
    return "controversy" in kinds.values(), letters, words.count(words.CLAIMS_CONCERNED, len(claims))
