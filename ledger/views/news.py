"""What is new, for the page, for two short lists on other pages, and for the feeds.

In: a ledger seen from a page, as a whole or around one controversy. Out: what happened in the world, with what each
event moved, and what changed in this ledger, in words; of both the newest first.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any, NamedTuple

from markupsafe import Markup

from ledger import texts, urls
from ledger.analysis.bearing import BEARING
from ledger.analysis.cases import points
from ledger.analysis.changes import EXPLAINED, Change, Line
from ledger.analysis.rating_events import RatingEvent
from ledger.analysis.world import Effect, Moved, positions_near
from ledger.context import PageContext, RecordRef
from ledger.edges import owner_id
from ledger.rating_words import verdict_words
from ledger.records import KINDS, Challenge, Event, Position, Source
from ledger.texts.entries import COUNT
from ledger.views import View
from ledger.views.excerpts import TWO_LINES, first_sentences
from ledger.views.paging import left_out

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
TELLING = ("verdict", "rerated", "rated", "evidence", "added")
"""What a short list says of this ledger; that entries were withdrawn or corrected is one line at its end."""
MENDED = ("withdrawn", "status")
BECAME = ("moved", "first", "stayed", "")
"""What an event did to a verdict, in the order in which its claims are named."""
_EVENTS = next(kind for kind in KINDS if kind.name == "event")


class Gave(NamedTuple):
    """A claim that an event gave evidence on: how, and what became of the verdict."""

    how: str
    claim: RecordRef
    became: str
    """Whether the verdict moved, stayed, or was the first; empty without one."""
    verdict: str
    """The same in a sentence."""

    def said(self, title: str) -> str:
        """The same in a sentence, with the claim's title or a link to it."""
        return _said(f"news_world.{self.how}", title=title)


class Happened(NamedTuple):
    """An event: when, what it says of itself, what it moved."""

    event: RecordRef
    date: str
    summary: str
    gave: tuple[Gave, ...]
    more: str
    touched: tuple[View, ...]


class Told(NamedTuple):
    """One change in this ledger."""

    text: str
    """The key of its text."""
    record: RecordRef
    why: str = ""
    """As it was written."""
    causes: tuple[str, ...] = ()
    """What moved a verdict."""
    places: Mapping[str, Any] = {}
    touched: tuple[View, ...] = ()

    def headline(self, title: str) -> str:
        """The change without what is said of it; the title may be a link."""
        return _said(self.text, title=title, **self.places)

    def said(self, title: str, why: str) -> str:
        """The change in a sentence, with its reason or causes; the title and the reason may have links."""
        what = self.headline(title)
        if self.causes:
            return _said("news_told.causes", what=what, causes=self.causes)
        if not why:
            return _said("news_told.alone", what=what)
        is_first = self.places.get(COUNT, 1) > 1
        return _said("news_told.first" if is_first else "news_told.why", what=what, why=why)


class ToldLine(NamedTuple):
    """A change, or how many there are of one sort with the few that matter most."""

    anchor: str
    """Its place on the page, if it is of many."""
    day: str
    many: str
    told: tuple[Told, ...]
    line: Line


def view_news(context: PageContext) -> View:
    """What happened in the world, then what changed here."""
    events = context.analysis.events
    by_day = groupby(told_lines(context), key=lambda one: (day_id(one.line.day.text), one.day))
    days = [(anchor, day, tuple(found)) for (anchor, day), found in by_day]
    shown = tuple(_within(days))
    return View(
        world=tuple(happened(context, id_) for id_ in events[:MOST_EVENTS]),
        earlier=left_out("news.earlier", len(events) - MOST_EVENTS),
        all_events=context.url(urls.index(_EVENTS)),
        # Place, day and lines.
        days=shown,
        left_out=left_out("news.left_out", len(days) - len(shown)),
        # Where the feeds are: of all news, of the world's and of the ledger's; none where the address is not known.
        feeds=urls.NEWS_FEEDS if context.base_url else (),
    )


def latest_world(context: PageContext, controversy: str | None = None) -> tuple[Happened, ...]:
    """The latest events, of the whole ledger or around one controversy."""
    found = (happened(context, id_) for id_ in events_of(context, controversy)[:LATEST])
    # what it was called, and the claim on which it changed most; or what it says of itself
    return tuple(one._replace(summary="" if one.gave else one.summary, gave=one.gave[:1], more="") for one in found)


def latest_here(context: PageContext, controversy: str | None = None, most: int = LATEST) -> View:
    """The latest lines about this ledger, of the whole or around one controversy; of many changes one is named."""
    every = tuple(context.analysis.lines(controversy))
    lines = [line for line in every if line.what in TELLING][:most]
    since = lines[-1].day.as_it_began() if lines else ()
    mended = sum(len(one.changes) for one in every if one.what in MENDED and one.day.as_it_began() >= since)
    return View(lines=tuple(_briefly(context, line) for line in lines), mended=left_out("news.mended", mended))


def _briefly(context: PageContext, line: Line) -> ToldLine:
    """With the first sentence of each reason."""
    told = _told_line(context, line, examples=1)
    brief = (one._replace(why=first_sentences(context.plain(one.why), TWO_LINES)) for one in told.told)
    return told._replace(told=tuple(brief))


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


def _said(key: str, **places: Any) -> str:
    """A text with its places filled; safe markup where one of them is."""
    is_markup = any(isinstance(one, Markup) for one in places.values())
    return texts.t(key, **places) if is_markup else texts.say(key, **places)


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
        more=left_out("news.more_claims", len(claims) - MOST_CLAIMS),
        touched=touched_by(context, effect),
    )


def touched_by(context: PageContext, effect: Effect) -> tuple[View, ...]:
    """The positions that an event touches: its evidence for a claim helps whoever builds on that claim."""
    moved = [(one.claim, relation) for one in effect.claims for relation in one.relations if relation in BEARING]
    return tuple(_touched(context, effect.positions, moved))


def verdict_then(moved: Moved) -> str:
    """What became of the verdict on a claim by an event, in a sentence."""
    became = _became(moved)
    none = texts.say("verdicts.not_rated")
    before, after = (verdict_words(one) if one else none for one in (moved.before, moved.after))
    return texts.say(f"news_verdict.{became}", before=before, after=after) if became else ""


def _became(moved: Moved) -> str:
    if moved.after is None or moved.after.not_rated:
        return ""
    return "moved" if moved.changed else "first" if moved.first else "stayed"


def _gave(context: PageContext, moved: Moved) -> Gave:
    how = moved.relations[0] if len(moved.relations) == 1 else "mixed"
    return Gave(how, _named(context, moved.claim), _became(moved), verdict_then(moved))


def _touched(context: PageContext, positions: Iterable[str], moved: Iterable[tuple[str, str]]) -> Iterator[View]:
    """The positions of each controversy that something helps, those that it hurts, and others: both ways is neither."""
    moved, by_controversy = tuple(dict.fromkeys(moved)), dict[str, list[tuple[str, RecordRef]]]()
    for id_ in positions:
        fields = context.ledger.record(Position, id_).fields
        by_controversy.setdefault(context.ref_id(fields.controversy), []).append((fields.letter, context.ref(id_)))
    for controversy, found in by_controversy.items():
        ways: dict[str, set[bool]] = {}
        for claim, effect in moved:
            for one in context.analysis.moved_by(controversy, claim, effect):
                ways.setdefault(one.position, set()).add(one.is_for)
        # Each after its letter.
        sides: dict[bool | None, list[tuple[str, RecordRef]]] = {True: [], False: [], None: []}
        for letter, ref in sorted(found):
            way = ways.get(ref.id, set())
            sides[next(iter(way)) if len(way) == 1 else None].append((letter, ref))
        ref = context.ref(controversy)
        yield View(controversy=ref, helped=sides[True], hurt=sides[False], concerned=sides[None])


def _named(context: PageContext, id_: str) -> RecordRef:
    """A link whose words fit into a sentence: a claim's title ends in a full stop."""
    ref = context.ref(id_)
    return ref._replace(title=ref.title.removesuffix("."))


# In this ledger


def told_lines(context: PageContext, controversy: str | None = None) -> Iterator[ToldLine]:
    """What changed, in words, the newest first."""
    return (_told_line(context, line, EXAMPLES) for line in context.analysis.lines(controversy))


def _told_line(context: PageContext, line: Line, examples: int) -> ToldLine:
    is_one = len(line.changes) == 1
    named = line.changes[: 1 if is_one else examples if line.what in EXPLAINED else 0]
    return ToldLine(
        anchor="" if is_one else f"{day_id(line.day.text)}-{line.what}-{line.kind}",
        day=texts.day(line.day),
        many="" if is_one else _many(line),
        told=tuple(told(context, change) for change in named),
        line=line,
    )


def _many(line: Line) -> str:
    count, up = len(line.changes), sum(change.went_up for change in line.changes)
    direction = {0: "-down", count: "-up"}.get(up, "") if line.what == "rerated" else ""
    many = texts.say(f"many.{line.kind}", count=count)
    return texts.say(f"news_many.{line.what}{direction}", many=many, up=up, down=count - up)


def told(context: PageContext, change: Change) -> Told:
    """A change in words."""
    record = _named(context, change.record)
    if change.part:
        parts = context.ledger.record(Position, change.record).fields.parts
        says = next(part.statement for part in parts if part.id == change.part)
        record = record._replace(title=context.plain(says).removesuffix("."))
    if change.what == "verdict":
        return _verdict(context, change, record)
    if change.what == "evidence":
        shows = context.item(change.items[0]).shows
        return Told("news_here.evidence", record, shows, places={COUNT: len(change.items)})
    if change.what == "added":
        return Told(f"news_added.{record.kind}", record)
    if change.what == "challenged":
        target = _named(context, context.ledger.record(Challenge, change.record).fields.target)
        return Told("news_here.challenged", record, places={"target": target.title})
    said = RESULTS.get(change.what) or texts.Group(f"{record.kind}_rating")
    places = {"before": said.get(change.before or "", ""), "after": said.get(change.after or "", "")}
    direction = ("-up" if change.went_up else "-down") if change.what == "rerated" else ""
    return Told(f"news_here.{change.what}{direction}", record, change.why or "", places=places)


RESULTS = {"status": texts.Group("status"), "answered": texts.Group("challenge_answered")}
"""What happened → the words for what came of it; else those of ratings."""


def _verdict(context: PageContext, change: Change, record: RecordRef) -> Told:
    before, after = map(verdict_words, change.verdicts)
    phrases = dict.fromkeys(_cause(context, cause) for cause in change.causes)
    causes = tuple(islice(phrases, MOST_CAUSES))
    went = [points(one) for one in change.verdicts]
    moved = [(change.record, "supports" if went[1] > went[0] else "disputes")] if went[0] != went[1] else []
    touched = tuple(_touched(context, sorted({*positions_near(context.ledger, (change.record,))}), moved))
    return Told("news_here.verdict", record, causes=causes, places={"before": before, "after": after}, touched=touched)


def _cause(context: PageContext, cause: RatingEvent) -> str:
    record = context.ledger.records[owner_id(cause.id)]
    ref, status = context.ref(context.item(cause.id).source if cause.cause == "recorded" else record.id), ""
    if cause.cause == "status":
        status = texts.say(f"status.{context.ledger.record(Source, record.id).fields.status or 'current'}")
    return texts.say(f"news_cause.{cause.cause}", title=ref.label or ref.title, status=status)
