"""The timeline of a controversy: the events that concern it, as a picture and as a list.

In: a ledger seen from the page of the timeline, and a controversy. Out: a picture with the weightiest events by name,
those that most claims depend on, and a list of all.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby

from ledger import links, texts
from ledger.analysis.ties import around, bearings, positions_of
from ledger.analysis.world import CONCERNS
from ledger.context import PageContext
from ledger.edges import owner_id
from ledger.graph import Ledger, result
from ledger.loading import Record
from ledger.records import Controversy, Event, Position
from ledger.views import View
from ledger.views.event_picture import draw_events
from ledger.views.paging import spread

MOST = 10
"""How many events of a year are shown at once; the others are folded."""


def view_timeline(context: PageContext, controversy: Record[Controversy]) -> View:
    """The timeline of a controversy."""
    positions = positions_of(context.ledger, controversy)
    tied = bearings(context.ledger, positions)
    newest_first = spread(context, events_of(context, controversy)[::-1])
    lines = [_line(context, event, concerns, positions, tied) for event, concerns in newest_first]
    years = groupby(lines, key=lambda line: str(line.event.fields.date.begins.year))
    return View(
        picture=draw_events(lines[::-1]),
        years=tuple(_year(name, tuple(found)) for name, found in years),
    )


def _year(name: str, lines: tuple[View, ...]) -> View:
    """The events of a year, the newest first: those that most claims depend on, and the others."""
    first = {line.event.id for line in sorted(lines, key=lambda line: -line.claims)[:MOST]}
    shown, others = ([line for line in lines if (line.event.id in first) is is_first] for is_first in (True, False))
    return View(name=name, lines=tuple(shown), others=tuple(others))


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
    return tuple(sorted(events, key=lambda entry: (*entry[0].fields.date.as_it_began(), entry[0].id)))


def when(event: Record[Event]) -> str:
    """When it was, in words."""
    return texts.from_to(texts.day(event.fields.date), texts.day(event.fields.end_date))


def _line(
    context: PageContext,
    event: Record[Event],
    concerns: Sequence[str],
    positions: Sequence[Record[Position]],
    tied: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> View:
    """An event, and what it concerns."""
    claims = [id_ for id_ in concerns if context.ledger.node_kind(id_) == "claim"]
    touched = {*concerns, *(position for claim in claims for position in tied.get(claim, ()))}
    return View(
        event=event,
        ref=context.ref_to(event),
        date=when(event),
        # The positions that it concerns, or that its claims matter to, with their letters.
        positions=tuple((one.fields.letter, context.ref_to(one)) for one in positions if one.id in touched),
        # How many claims it concerns; its own page names them.
        claims=len(claims),
    )
