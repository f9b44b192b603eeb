"""What is new, for the page, for two short lists on other pages, and for the feeds.

In: a ledger seen from a page, as a whole or around one controversy. Out: what happened in the world, with what each
event moved, and what changed in this ledger, in words; of both the newest first.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Any

from markupsafe import Markup, escape

from ledger import texts, urls, words
from ledger.analysis.changes import EXPLAINED, Change, Line
from ledger.analysis.rating_events import RatingEvent
from ledger.analysis.world import Moved
from ledger.context import PageContext, RecordRef
from ledger.edges import owner_id
from ledger.rating_words import verdict_words
from ledger.records import KINDS, Claim, Event, Position, Source

MOST_EVENTS = 12
"""How many events the page shows."""
MOST_LINES = 25
"""How many lines about this ledger it shows: a day is shown whole or not at all, but for the first."""
MOST_CLAIMS = 5
"""How many claims are named of those that an event gave evidence on."""
EXAMPLES = 3
"""How many of many changes are named."""
LATEST = 3
"""How many events or lines a short list has."""
MOST_CAUSES = 3
MOVED = ("moved", "first")
"""What a short list names: the claims on which an event changed something."""
BECAME = ("moved", "first", "stayed", "")
"""What an event did to a verdict, in the order in which its claims are named."""
_EVENTS = next(kind for kind in KINDS if kind.name == "event")


@dataclass(frozen=True, slots=True)
class Gave:
    """A claim that an event gave evidence on: how, and what became of the verdict."""

    how: str
    claim: RecordRef
    became: str
    """Whether the verdict moved, stayed, or was the first; empty without one."""
    verdict: str
    """The same in a sentence."""

    def said(self, title: str) -> str:
        """The same in a sentence, with the claim's title or a link to it."""
        return _filled(words.NEWS_WORLD[self.how], title=title)


@dataclass(frozen=True, slots=True)
class Happened:
    """An event: when, what it says of itself, what it moved."""

    event: RecordRef
    date: str
    summary: str
    gave: tuple[Gave, ...]
    more: str
    touched: tuple[tuple[RecordRef, tuple[tuple[str, RecordRef], ...]], ...]
    """The positions that it touches, with their letters, by controversy."""


@dataclass(frozen=True, slots=True)
class Told:
    """One change in this ledger."""

    how: str
    record: RecordRef
    why: str
    """As it was written."""
    places: Mapping[str, str]

    def said(self, title: str, why: str) -> str:
        """The change in a sentence; the title may be a link, and the reason may have some."""
        return _filled(words.NEWS_HERE[self.how], title=title, why=why, **self.places)


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A change, or how many there are of one sort with the few that matter most."""

    anchor: str
    """Its place on the page, if it is of many."""
    day: str
    many: str
    told: tuple[Told, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class NewsView:
    """The page."""

    world: tuple[Happened, ...]
    earlier: str
    all_events: str
    days: tuple[tuple[str, str, tuple[ToldLine, ...]], ...]
    """Place, day and lines."""
    left_out: str
    feeds: tuple[tuple[str, str], ...]
    """Where the feeds are: of all news, of the world's and of the ledger's; none where the address is not known."""


def view_news(context: PageContext) -> NewsView:
    """What happened in the world, then what changed here."""
    events = context.analysis.events
    days = [(anchor, day, tuple(found)) for (anchor, day), found in groupby(told_lines(context), key=_day)]
    shown = tuple(_within(days))
    return NewsView(
        world=tuple(happened(context, id_) for id_ in events[:MOST_EVENTS]),
        earlier=words.count(words.NEWS_EARLIER, len(events[MOST_EVENTS:])),
        all_events=context.url(urls.index(_EVENTS)),
        days=shown,
        left_out=words.count(words.NEWS_LEFT_OUT, len(days) - len(shown)),
        feeds=urls.NEWS_FEEDS if context.base_url else (),
    )


def latest_world(context: PageContext, controversy: str | None = None, most: int = LATEST) -> tuple[Happened, ...]:
    """The latest events, of the whole ledger or around one controversy."""
    return tuple(map(_in_short, (happened(context, id_) for id_ in events_of(context, controversy)[:most])))


def _in_short(event: Happened) -> Happened:
    """An event with the first claim on which it changed something, if it did."""
    changed = [gave for gave in event.gave if gave.became in MOVED]
    return replace(event, gave=tuple(changed[:1]), more="")


def latest_here(context: PageContext, controversy: str | None = None, most: int = LATEST) -> tuple[ToldLine, ...]:
    """The latest lines about this ledger, of the whole or around one controversy; of many changes one is named."""
    return tuple(islice(told_lines(context, controversy, examples=1), most))


def _day(line: ToldLine) -> tuple[str, str]:
    return day_id(line.line.day.text), line.day


def _within(days: Iterable[tuple[str, str, tuple[ToldLine, ...]]]) -> Iterator[tuple[str, str, tuple[ToldLine, ...]]]:
    """As many days as have their place."""
    used = 0
    for day in days:
        used += len(day[2])
        if used > MOST_LINES and used > len(day[2]):
            return
        yield day


def day_id(written: str) -> str:
    """The place of a day on the page."""
    qualifiers = {"~": "-about", "?": "-possibly", "%": "-possibly-about"}
    return "day-" + "".join(qualifiers.get(char, char) for char in written)


def _filled(form: str, **places: str) -> str:
    """A sentence with its places filled; safe markup where one of them is."""
    return (escape(form) if any(isinstance(one, Markup) for one in places.values()) else form).format(**places)


# In the world


def events_of(context: PageContext, controversy: str | None) -> tuple[str, ...]:
    """The events of the whole ledger or around a controversy, the newest first."""
    analysis = context.analysis
    return analysis.events if controversy is None else analysis.events_in(controversy)


def happened(context: PageContext, id_: str) -> Happened:
    """An event with what it moved, the claims first whose verdicts changed."""
    fields = context.ledger.record(Event, id_).fields
    effect = context.analysis.effects[id_]
    claims = sorted(effect.claims, key=lambda moved: BECAME.index(_became(moved)))
    return Happened(
        event=_named(context, id_),
        date=texts.from_to(texts.day(fields.date), texts.day(fields.end_date)),
        summary=fields.summary or "",
        gave=tuple(_gave(context, moved) for moved in claims[:MOST_CLAIMS]),
        more=words.count(words.NEWS_MORE_CLAIMS, len(claims[MOST_CLAIMS:])),
        touched=tuple(_touched(context, effect.positions)),
    )


def _became(moved: Moved) -> str:
    if moved.after is None or moved.after.not_rated:
        return ""
    return "moved" if moved.changed else "first" if moved.first else "stayed"


def _gave(context: PageContext, moved: Moved) -> Gave:
    how, became = moved.relations[0] if len(moved.relations) == 1 else "mixed", _became(moved)
    before, after = (
        verdict_words(one) if one else texts.say("verdicts.not_rated") for one in (moved.before, moved.after)
    )
    verdict = words.NEWS_WORLD[became].format(before=before, after=after) if became else ""
    return Gave(how, _named(context, moved.claim), became, verdict)


def _touched(
    context: PageContext, positions: Iterable[str]
) -> Iterator[tuple[RecordRef, tuple[tuple[str, RecordRef], ...]]]:
    by_controversy: dict[str, list[tuple[str, RecordRef]]] = {}
    for id_ in positions:
        fields = context.ledger.record(Position, id_).fields
        by_controversy.setdefault(fields.controversy, []).append((fields.letter, context.ref(id_)))
    for controversy, found in by_controversy.items():
        yield context.ref(controversy), tuple(sorted(found))


def _named(context: PageContext, id_: str) -> RecordRef:
    """A link whose words fit into a sentence: a claim's title ends in a full stop."""
    ref = context.ref(id_)
    return ref._replace(title=ref.title.removesuffix("."))


# In this ledger


def told_lines(context: PageContext, controversy: str | None = None, examples: int = EXAMPLES) -> Iterator[ToldLine]:
    """What changed, in words, the newest first."""
    return (_told_line(context, line, examples) for line in context.analysis.lines(controversy))


def _told_line(context: PageContext, line: Line, examples: int) -> ToldLine:
    is_one = len(line.changes) == 1
    named = line.changes[: 1 if is_one else examples if line.what in EXPLAINED else 0]
    return ToldLine(
        anchor="" if is_one else f"{day_id(line.day.text)}-{line.what}-{line.kind}",
        day=texts.day(line.day),
        many="" if is_one else _many(line),
        told=tuple(_told(context, change) for change in named),
        line=line,
    )


def _many(line: Line) -> str:
    kinds, up = words.KINDS[line.kind][1].lower(), sum(change.went_up for change in line.changes)
    places = {"count": len(line.changes), "up": up, "down": len(line.changes) - up}
    direction = {0: "-down", len(line.changes): "-up"}.get(up, "") if line.what == "rerated" else ""
    said = {name: f"{many:,}" for name, many in places.items()}
    return words.NEWS_MANY[line.what + direction].format(kinds=kinds, **said)


def _told(context: PageContext, change: Change) -> Told:
    record, makers = _named(context, change.record), {"verdict": _verdict, "evidence": _evidence}
    if change.part:
        parts = context.ledger.record(Position, change.record).fields.parts
        says = next(part.statement for part in parts if part.id == change.part)
        record = record._replace(title=context.plain(says).removesuffix("."))
    if change.what in makers:
        return makers[change.what](context, change, record)
    said = words.STATUSES if change.what == "status" else words.RATINGS.get(record.kind, {})
    places = {
        "kind": words.KINDS[record.kind][0].lower(),
        "before": said.get(change.before or "", ""),
        "after": said.get(change.after or "", ""),
    }
    direction = ("-up" if change.went_up else "-down") if change.what == "rerated" else ""
    return Told(change.what + direction, record, change.why or "", places)


def _verdict(context: PageContext, change: Change, record: RecordRef) -> Told:
    before, after = map(verdict_words, change.verdicts)
    phrases = dict.fromkeys(_cause(context, cause) for cause in change.causes)
    causes = words.listed([*islice(phrases, MOST_CAUSES)])
    how = "verdict" if causes else "verdict-bare"
    return Told(how, record, "", {"before": before, "after": after, "causes": causes})


def _cause(context: PageContext, cause: RatingEvent) -> str:
    record: Any = context.ledger.records[owner_id(cause.id)]
    ref, status = context.ref(owner_id(cause.id)), ""
    if cause.cause == "recorded":
        item = cause.id.partition("/")[2]
        ref = context.ref(next(one.source for one in record.fields.evidence if one.id == item))
    if cause.cause == "status":
        status = words.STATUSES[context.ledger.record(Source, record.id).fields.status or "current"]
    return words.NEWS_CAUSES[cause.cause].format(title=ref.label or ref.title, status=status)


def _evidence(context: PageContext, change: Change, record: RecordRef) -> Told:
    first = change.items[0].partition("/")[2]
    evidence = context.ledger.record(Claim, change.record).fields.evidence
    shows = next(item.shows for item in evidence if item.id == first)
    how = "evidence" if len(change.items) == 1 else "evidence-several"
    return Told(how, record, shows, {"count": words.number(len(change.items))})
