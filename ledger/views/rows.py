"""What a row of a list says of a record, and by what the list of each kind is put in order.

In: a Ledger and a record. Out: plain values, each a result of its own, so that an edit makes one row again.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from textwrap import shorten
from typing import Any, NamedTuple, get_args

from ledger import citations, facets, markup, texts
from ledger.analysis import analyse
from ledger.analysis.changes import changes_of
from ledger.analysis.verdicts import WORDS as VERDICTS
from ledger.context import link_to, plain_title, short_label, shortened
from ledger.dates import parse_date
from ledger.edges import owner_id
from ledger.facets import NONE, TYPES_OF, facets_of, outcome_words, type_words
from ledger.figure_words import says_of
from ledger.graph import Ledger, compared
from ledger.loading import Record
from ledger.rating_words import chip_class, verdict_class, verdict_words
from ledger.records import Challenge, Source
from ledger.strength import rating_words
from ledger.views.ranking import folded, rank, uses
from ledger.vocabulary import STANCES, Rating

STANCES_SHOWN = 2
"""How many ways of standing to positions a row names at most."""
SHORT = 80
"""How many characters of a text stand in a row at most."""


class Chip(NamedTuple):
    """A few words beside a title: a verdict with a word for its styling, or a topic without one."""

    words: str
    css: str = ""


class Listing(NamedTuple):
    """What the list of a kind says in a row, and by what it is narrowed, sorted and grouped."""

    says: Callable[[Ledger, Record[Any]], Iterable[str]] = lambda _, __: ()
    """The parts of the line below the title."""
    chips: Callable[[Ledger, Record[Any]], Iterable[Chip]] = lambda _, __: ()
    """What stands beside the title."""
    filters: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ("title", "-changed")
    """The list is shown in the first of these orders, that of `ranking.py`."""
    groups: tuple[str, ...] = ()
    """The facets by which further pages list the kind."""


def _topics(ledger: Ledger, record: Record[Any]) -> Iterator[Chip]:
    """The controversies that a record is about, where there are several to tell apart."""
    several = len(ledger.members("controversy")) > 1
    for value in facets_of(ledger, record.id)["controversy"] if several else ():
        yield Chip(value_words(ledger, "controversy", value))


def _of_claim(ledger: Ledger, record: Record[Any]) -> Iterator[Chip]:
    yield verdict_chip(ledger, record.id)
    yield from _topics(ledger, record)


@compared
def verdict_chip(ledger: Ledger, claim: str) -> Chip:
    """Which way the evidence on a claim points."""
    rating = analyse(ledger).ratings.get(claim)
    return Chip(verdict_words(rating), chip_class(rating)) if rating else Chip("")


def listed_values(ledger: Ledger, id_: str, facet: str) -> tuple[str, ...]:
    """What a record has of a facet; a verdict that is a range counts as its end nearest to the middle."""
    if facet != "verdict":
        return facets_of(ledger, id_).get(facet, ())
    rating = analyse(ledger).ratings.get(id_)
    return (verdict_class(rating),) if rating else ()


def _of_source(ledger: Ledger, record: Record[Source]) -> Iterator[str]:
    fields = record.fields
    yield from (citations.label(fields), texts.say(f"tier.{fields.tier}"), uses_words(ledger, record.id))
    yield texts.say(f"status.{fields.status}") if fields.status and fields.status != "current" else ""


def _of_challenge(ledger: Ledger, record: Record[Challenge]) -> Iterator[str]:
    target = shortened(plain_title(ledger, owner_id(record.fields.target)), SHORT).removesuffix(".")
    yield from (texts.day(record.fields.date), type_words(record), texts.say("challenge_page.against", target=target))


def uses_words(ledger: Ledger, source: str) -> str:
    """Of how many claims a source gives evidence."""
    return texts.say("listing.uses", count=uses(ledger, source))


def _stances(ledger: Ledger, record: Record[Any]) -> Iterator[Chip]:
    """What a proponent holds and leans to; what they reject or have left only where there is little of that."""
    stances: dict[str, list[str]] = {}
    for id_, ways in facets.ways_of(ledger, record.id).get("position", {}).items():
        for way in ways:
            stances.setdefault(way, []).append(value_words(ledger, "position", id_))
    for way in sorted(stances, key=STANCES.index)[:STANCES_SHOWN]:
        yield Chip(texts.say(f"sides_taken.{way}", positions=stances[way]))


def _summary(ledger: Ledger, record: Record[Any]) -> str:
    """The beginning of what a record says of itself."""
    text = markup.plain(facets.summary(record) or "", lambda reference: link_to(ledger, reference, str))
    return text if len(text) <= SHORT else shorten(text, SHORT, placeholder=" …")


LISTINGS: Mapping[str, Listing] = {
    "thread": Listing(lambda ledger, record: (_summary(ledger, record),), sorts=("size", "title", "-changed")),
    "controversy": Listing(
        lambda ledger, record: (texts.say(f"status.{record.fields.status}"), _summary(ledger, record)),
        filters=("status",),
        sorts=("size", "title", "-changed"),
    ),
    "position": Listing(
        lambda ledger, record: (value_words(ledger, "position", record.id), rating_words(record)),
        _topics,
        filters=("controversy", "rating", "proponent"),
        sorts=("place", "title", "-rating", "rating", "-changed"),
    ),
    "claim": Listing(
        chips=_of_claim,
        filters=("controversy", "position", "verdict", "type", "tier", "year"),
        sorts=("importance", "title", "-verdict", "verdict", "-changed"),
        groups=("verdict", "rating", "position", "type"),
    ),
    "source": Listing(
        _of_source,
        filters=("controversy", "position", "tier", "year", "status", "proponent"),
        sorts=("evidence", "title", "-date", "date", "-changed"),
        groups=("tier", "year"),
    ),
    "proponent": Listing(
        lambda ledger, record: (_summary(ledger, record) or type_words(record),),
        _stances,
        filters=("controversy", "position", "type"),
        sorts=("statements", "title", "-changed"),
        groups=("position",),
    ),
    "event": Listing(
        lambda _, record: (texts.day(record.fields.date), type_words(record)),
        _topics,
        filters=("controversy", "type", "year", "proponent"),
        sorts=("-date", "date", "title", "-changed"),
        groups=("year",),
    ),
    "chart": Listing(lambda ledger, record: (says_of(ledger, record.id),), _topics, ("controversy",)),
    "term": Listing(lambda ledger, record: (_summary(ledger, record),), sorts=("links", "title", "-changed")),
    "challenge": Listing(
        _of_challenge,
        lambda _, record: (Chip(outcome_words(record)),),
        filters=("controversy", "type"),
        sorts=("-date", "date", "title", "-changed"),
    ),
    "page": Listing(),
}


def _changed(ledger: Ledger, record: Record[Any]) -> int | None:
    """When a record last changed, if it says so."""
    return max((_number(parse_date(one.day).earliest) for one in changes_of(ledger, record.id)), default=None)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _rating(_: Ledger, record: Record[Any]) -> int | None:
    ratings = record.fields.assessments
    return get_args(Rating).index(ratings[-1].rating) if ratings else None


def _verdict_place(ledger: Ledger, record: Record[Any]) -> int | None:
    value = next(iter(listed_values(ledger, record.id, "verdict")), NONE)
    return None if value == NONE else VERDICTS.index(value)


NUMBERS: Mapping[str, Callable[[Ledger, Record[Any]], int | str | None]] = {
    "date": lambda _, record: _number((facets.event_date(record) or record.fields.issued).begins),
    "rating": _rating,
    "verdict": _verdict_place,
    "changed": _changed,
    "title": lambda _, __: "",
}
"""Order → the number that a script sorts by. The place among all titles is left empty: a new title moves it."""
NO_NUMBER = "-"
"""What stands in the place of a number that is not known."""


class Said(NamedTuple):
    """What a row says of a record, its values of the facets that it has, and its number for each order."""

    detail: str
    chips: tuple[Chip, ...]
    values: Mapping[str, tuple[str, ...]]
    orders: tuple[str, ...]


@compared
def row_of(ledger: Ledger, id_: str) -> Said:
    """What the list of its kind says of a record."""
    record = ledger.records[id_]
    listing = LISTINGS[record.kind.name]
    return Said(
        detail=" · ".join(filter(None, listing.says(ledger, record))),
        chips=tuple(chip for chip in listing.chips(ledger, record) if chip.words),
        values={name: listed_values(ledger, id_, name) for name in listing.filters},
        orders=tuple(_place_in(ledger, record, order) for order in listing.sorts[1:]),
    )


def _place_in(ledger: Ledger, record: Record[Any], order: str) -> str:
    """The number by which an order has its place for a record, the smallest first."""
    number = NUMBERS[order.removeprefix("-")](ledger, record)
    if number is None:
        return NO_NUMBER
    return f"-{number}" if order.startswith("-") else str(number)


def years_of(ledger: Ledger, events: Iterable[str]) -> Iterator[str]:
    """The year of each event; nothing where it has no date."""
    for id_ in events:
        day = facets.event_date(ledger.records[id_])
        yield str(day.begins.year) if day else ""


# Values in words


def closed(facet: str, kind: str = "") -> Mapping[str, str]:
    """A facet's values, in order and in words, where they are a closed list; some differ by kind."""
    if facet == "type":
        return TYPES_OF.get(kind, {})
    if facet == "rating":
        return texts.Group("position_rating") if kind == "position" else texts.Group("claim_rating")
    return texts.Group(facet) if facet in {"tier", "status", "verdict"} else {}


def _order_of(ledger: Ledger, facet: str, kind: str, value: str) -> Any:
    """Sort key of a facet's value: years from the newest, records by title, positions by place."""
    if words := closed(facet, kind):
        return [*words].index(value)
    if facet == "year":
        return -int(value)
    return (*rank(ledger, value), value) if facet == "position" else (folded(plain_title(ledger, value)), value)


def in_order(ledger: Ledger, facet: str, kind: str, values: Collection[str]) -> list[str]:
    """A facet's values in the order in which readers meet them, records without one at the end."""
    given = [value for value in values if value != NONE]
    return sorted(given, key=partial(_order_of, ledger, facet, kind)) + ([NONE] if NONE in values else [])


def value_words(ledger: Ledger, facet: str, value: str, kind: str = "") -> str:
    """A facet's value as readers see it, in the list of a kind."""
    if value == NONE:
        return texts.say("verdicts.not_rated" if facet in {"rating", "verdict"} else "listing.no_position")
    card = ledger.card(value) if facet in ("controversy", "position", "proponent") else None
    return short_label(card) or plain_title(ledger, value) if card else closed(facet, kind).get(value, value)
