"""The timeline of a controversy: the events that concern it, in order, and the same as a track.

In: a ledger seen from the page of the timeline, and a controversy. Out: a list, and a picture with whole coordinates.
A date stays as exact as it was written: a year is a bar as long as the year. Years without an event are left out of
the picture, with a gap where they were.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ledger import links
from ledger.loading import Record
from ledger.views.bearings import bearings, positions_of
from ledger.views.overviews import Overview, view_overviews
from ledger.views.parts import in_words, refs
from ledger.views.viewing import RecordRef, Viewing

YEAR = 120
"""How wide a year is."""
GAP = 36
"""How wide the place is where years are left out."""
MARGIN = 14
MARK = 24
"""How wide and high a mark is at least, so that a finger can hit it."""
LANE = 28
APART = 2
AXIS = 26
"""The height of the row with the years."""
DAYS = 366


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event in the list, with its number, which its mark on the track has too."""

    number: int
    event: RecordRef
    anchor: str
    date: str
    type: str
    summary: Markup
    concerns: tuple[RecordRef, ...]
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
class YearTick:
    """A year on the axis; `gap` says that years before it are left out."""

    year: str
    x: int
    width: int
    gap: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The list and the track."""

    controversy: RecordRef
    overviews: tuple[Overview, ...]
    years: tuple[YearGroup, ...]
    width: int
    height: int
    axis: int
    ticks: tuple[YearTick, ...]
    marks: tuple[Mark, ...]


def view_timeline(viewing: Viewing, controversy: Record) -> Timeline:
    """The timeline of a controversy."""
    events = events_of(viewing, controversy)
    lines = [_line(viewing, number, event, concern) for number, (event, concern) in enumerate(events, start=1)]
    spans = [_span(event) for event, _ in events]
    ticks = _ticks({day.year for span in spans for day in span})
    lanes = _lanes(spans, ticks)
    axis = LANE * (1 + max((lane for _, _, lane in lanes), default=0))
    return Timeline(
        controversy=viewing.ref_to(controversy),
        overviews=view_overviews(viewing, controversy),
        years=_by_year(lines, spans),
        width=max((tick.x + tick.width for tick in ticks), default=0) + MARGIN,
        height=axis + AXIS,
        axis=axis,
        ticks=tuple(ticks),
        marks=tuple(
            Mark(
                number=line.number,
                anchor=line.anchor,
                title=f"{line.date}: {line.event.title}",
                exact=_exact(event),
                x=x,
                y=axis - (lane + 1) * LANE,
                width=width,
                height=MARK,
            )
            for line, (event, _), (x, width, lane) in zip(lines, events, lanes, strict=True)
        ),
    )


def events_of(viewing: Viewing, controversy: Record) -> tuple[tuple[Record, tuple[str, ...]], ...]:
    """The events that concern a controversy, its positions or their claims, in order, each with what it concerns."""
    positions = positions_of(viewing.ledger, controversy)
    claims = bearings(viewing.ledger, positions)
    found: dict[str, dict[str, None]] = {}
    for id_ in (controversy.id, *(position.id for position in positions), *claims):
        for link in links.links_in(viewing.ledger, viewing.ledger.records[id_]):
            if link.relation in ("about", "gave") and link.record.fields.withdrawn is None:
                found.setdefault(link.record.id, {})[id_] = None
    events = [(viewing.ledger.records[id_], tuple(concerns)) for id_, concerns in found.items()]
    return tuple(sorted(events, key=lambda entry: _order(entry[0])))


def _order(event: Record) -> tuple[date, int, date, str, str]:
    _, precision, latest, text = event.fields.date.sort_key()
    return _span(event)[0], precision, latest, text, event.id


def _line(viewing: Viewing, number: int, event: Record, concerns: Sequence[str]) -> EventLine:
    fields = event.fields
    when = " to ".join(in_words(day) for day in (fields.date, fields.end_date) if day)
    return EventLine(
        number=number,
        event=viewing.ref_to(event),
        anchor=f"event-{event.id}",
        date=when,
        type=fields.type or "",
        summary=viewing.text(fields.summary),
        concerns=refs(viewing, concerns),
        sources=refs(viewing, fields.sources),
    )


def _span(event: Record) -> tuple[date, date]:
    """The first and last day of an event; an open end is drawn at the end that is known."""
    start, end = event.fields.date, event.fields.end_date or event.fields.date
    first = start.earliest if start.earliest != date.min else start.latest
    last = end.latest if end.latest != date.max else end.earliest
    return first, max(first, last)


def _ticks(years: Iterable[int]) -> list[YearTick]:
    ticks: list[YearTick] = []
    x, before = MARGIN, None
    for year in sorted(years):
        gap = before is not None and year > before + 1
        x += GAP if gap else 0
        ticks.append(YearTick(str(year), x, YEAR, gap))
        x, before = x + YEAR, year
    return ticks


def _lanes(spans: Iterable[tuple[date, date]], ticks: Iterable[YearTick]) -> list[tuple[int, int, int]]:
    """Where each event begins, how wide it is, and the lowest lane above the axis that is free there."""
    starts = {tick.year: tick.x for tick in ticks}
    free: list[int] = []
    places = []
    for first, last in spans:
        x, end = _across(first, starts), _across(last, starts)
        width = max(MARK, end - x)
        lane = next((at for at, taken in enumerate(free) if taken <= x), len(free))
        free[lane : lane + 1] = [x + width + APART]
        places.append((x, width, lane))
    return places


def _exact(event: Record) -> bool:
    """Whether the date is known as it stands: no sign of doubt and no open end."""
    return not set("~?%").intersection(event.fields.date.text) and ".." not in event.fields.date.text


def _across(day: date, starts: Mapping[str, int]) -> int:
    return starts[str(day.year)] + day.timetuple().tm_yday * (YEAR - MARK) // DAYS


def _by_year(lines: Sequence[EventLine], spans: Sequence[tuple[date, date]]) -> tuple[YearGroup, ...]:
    years: dict[str, list[EventLine]] = {}
    for line, (first, _) in zip(lines, spans, strict=True):
        years.setdefault(str(first.year), []).append(line)
    return tuple(YearGroup(year, tuple(found)) for year, found in years.items())
