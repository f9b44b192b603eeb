"""The timeline of a controversy: the events that concern it, in order, and the same as a track.

In: a ledger seen from the page of the timeline, and a controversy. Out: a list, and a picture with whole coordinates.
A date stays as exact as it was written: a year is a bar as long as the year. Years without an event are left out of
the picture, with a gap where they were.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ledger import links, words
from ledger.analysis.ties import around, bearings, is_standing, positions_of
from ledger.dates import in_words
from ledger.edges import owner_id
from ledger.graph import Ledger, result
from ledger.loading import Record
from ledger.views import scale
from ledger.views.overviews import Overview, view_overviews
from ledger.views.paging import spread
from ledger.views.viewing import RecordRef, Viewing

Ties = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Claim → position → how the two are tied."""
CONCERNS = ("about", "gave")
"""Edges from an event to what it concerns."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in the list, with its number, which its mark on the track has too."""

    number: int
    event: RecordRef
    anchor: str
    date: str
    type: str
    summary: Markup
    whole: bool
    """Whether it concerns the controversy as a whole."""
    positions: tuple[tuple[str, RecordRef], ...]
    """The positions that it concerns, or that its claims matter to, with their letters."""
    claims: str
    """How many claims it concerns; its own page names them."""
    sources: tuple[RecordRef, ...]


@dataclass(frozen=True, slots=True)
class YearGroup:
    """The events of one year."""

    year: str
    events: tuple[EventLine, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on the track: a link to its place in the list."""

    number: int
    anchor: str
    title: str
    exact: bool
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The list and the track."""

    controversy: RecordRef
    overviews: tuple[Overview, ...]
    positions: tuple[RecordRef, ...]
    years: tuple[YearGroup, ...]
    width: int
    height: int
    axis: int
    ticks: tuple[scale.YearTick, ...]
    marks: tuple[Mark, ...]


def view_timeline(viewing: Viewing, controversy: Record) -> Timeline:
    """The timeline of a controversy."""
    numbered = spread(viewing, tuple(enumerate(events_of(viewing, controversy), start=1)))
    events = [entry for _, entry in numbered]
    positions = positions_of(viewing.ledger, controversy)
    tied = bearings(viewing.ledger, positions)
    lines = [_line(viewing, number, entry, positions, tied) for number, entry in numbered]
    spans = [_span(event) for event, _ in events]
    ticks = scale.ticks(spans)
    places = scale.places(spans, ticks)
    axis = scale.LANE * (1 + max((place.lane for place in places), default=0))
    return Timeline(
        controversy=viewing.ref_to(controversy),
        overviews=view_overviews(viewing, controversy),
        positions=tuple(map(viewing.ref_to, positions)),
        years=_by_year(lines, spans),
        width=scale.width(ticks),
        height=axis + scale.AXIS,
        axis=axis,
        ticks=ticks,
        marks=tuple(
            Mark(
                number=line.number,
                anchor=line.anchor,
                title=f"{line.date}: {line.event.title}",
                exact=scale.exact(event.fields.date),
                x=place.x,
                y=axis - (place.lane + 1) * scale.LANE,
                width=place.width,
                height=scale.MARK,
            )
            for line, (event, _), place in zip(lines, events, places, strict=True)
        ),
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


def events_of(viewing: Viewing, controversy: Record) -> tuple[tuple[Record, tuple[str, ...]], ...]:
    """The events that concern a controversy, its positions or their claims, in order, each with what it concerns."""
    positions = positions_of(viewing.ledger, controversy)
    claims = bearings(viewing.ledger, positions)
    found: dict[str, dict[str, None]] = {}
    for id_ in (controversy.id, *(position.id for position in positions), *claims):
        for event in links.linked(links.links_in(viewing.ledger, id_), *CONCERNS):
            if is_standing(viewing.ledger, event):
                found.setdefault(event, {})[id_] = None
    events = [(viewing.ledger.records[id_], tuple(concerns)) for id_, concerns in found.items()]
    return tuple(sorted(events, key=lambda entry: _order(entry[0])))


def _order(event: Record) -> tuple[date, int, date, str, str]:
    return *scale.order(event.fields.date), event.id


def when(event: Record) -> str:
    """When it was, in words."""
    return words.from_to(in_words(event.fields.date), in_words(event.fields.end_date))


def _line(
    viewing: Viewing, number: int, entry: tuple[Record, Sequence[str]], positions: Sequence[Record], tied: Ties
) -> EventLine:
    """An event with what it concerns, and the positions that this matters to."""
    event, concerns = entry
    fields = event.fields
    kinds = {id_: viewing.ledger.node_kind(id_) for id_ in concerns}
    claims = [id_ for id_, kind in kinds.items() if kind == "claim"]
    touched = {*concerns, *(position for claim in claims for position in tied.get(claim, ()))}
    return EventLine(
        number=number,
        event=viewing.ref_to(event),
        anchor=f"event-{event.id}",
        date=when(event),
        type=fields.type or "",
        summary=viewing.text(fields.summary),
        whole="controversy" in kinds.values(),
        positions=tuple((one.fields.letter, viewing.ref_to(one)) for one in positions if one.id in touched),
        claims=words.count(words.CLAIMS_CONCERNED, len(claims)),
        sources=viewing.refs(fields.sources),
    )


def _span(event: Record) -> scale.Span:
    return scale.span(event.fields.date, event.fields.end_date)


def _by_year(lines: Sequence[EventLine], spans: Sequence[scale.Span]) -> tuple[YearGroup, ...]:
    years: dict[str, list[EventLine]] = {}
    for line, (first, _) in zip(lines, spans, strict=True):
        years.setdefault(str(first.year), []).append(line)
    return tuple(YearGroup(year, tuple(found)) for year, found in years.items())
