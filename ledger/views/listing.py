"""The lists: a kind as a whole, by a facet, from A to Z, by tags; and the search page that leads to them.

In: a Ledger, or one as a page of a list sees it. Out: rows and groups, what matters most first (`ranking.py`), in
pages where they are long. What a row says is a result of its own, so that an edit makes one row again. A list is whole
without a script: `static/listing.js` only fetches its other pages, hides rows and puts them in another order.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import accumulate
from textwrap import shorten
from typing import Any, NamedTuple, get_args

from ledger import citations, facets, links, markup, texts, urls
from ledger.analysis import analyse
from ledger.analysis.changes import changes_of
from ledger.analysis.verdicts import WORDS as VERDICTS
from ledger.context import PageContext, RecordRef, link_to, short_label, shortened
from ledger.dates import parse_date
from ledger.edges import owner_id
from ledger.facets import (
    FACETS,
    LINKED,
    NONE,
    TYPES_OF,
    controversy_of,
    facets_of,
    outcome_words,
    type_words,
    values_of,
)
from ledger.figure_words import says_of
from ledger.graph import Ledger, compared, result
from ledger.loading import Record
from ledger.query.columns import KIND_WORDS
from ledger.query.grammar import GRAMMAR
from ledger.rating_words import chip_class, verdict_class, verdict_words
from ledger.records import KINDS, Challenge, Kind, Source
from ledger.strength import rating_words
from ledger.views import View
from ledger.views.paging import ROWS, rows_of
from ledger.views.ranking import alphabet, by_value, folded, from_a_to_z, order, plain_title, rank, ranked, uses
from ledger.vocabulary import STANCES, Rating

FEW = 7
"""How many rows can be taken in at a glance: such a list is not narrowed."""
LONG = 40
"""How long a list of events is before links lead to its years."""
STANCES_SHOWN = 2
"""How many ways of standing to positions a row names at most."""
SHORT = 80
"""How many characters of a text stand in a row at most."""
MOST_OPTIONS = 1000
"""How many values a select box offers; one with more is left out."""


# What each kind's list is like


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
    yield _verdict(ledger, record.id)
    yield from _topics(ledger, record)


@compared
def _verdict(ledger: Ledger, claim: str) -> Chip:
    """Which way the evidence on a claim points."""
    rating = analyse(ledger).ratings.get(claim)
    return Chip(verdict_words(rating), chip_class(rating)) if rating else Chip("")


def listed_values(ledger: Ledger, id_: str, facet: str) -> tuple[str, ...]:
    """What a record has of a facet; a verdict that is a range counts as its end nearest to the middle."""
    if facet != "verdict":
        return values_of(ledger, id_, facet)
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


def _years(ledger: Ledger, events: Iterable[str]) -> Iterator[str]:
    for id_ in events:
        day = facets.event_date(ledger.records[id_])
        yield str(day.begins.year) if day else ""


# Facets in words


class Filter(NamedTuple):
    """A facet to narrow a list by: its options, each a value and its words, under headings that may be empty."""

    name: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


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


@compared
def filters(ledger: Ledger, kind: str) -> tuple[Filter, ...]:
    """The facets of a kind of which there is more than one value to choose."""
    found: dict[str, set[str]] = {name: set() for name in LISTINGS[kind].filters}
    for id_ in ledger.members(kind) if found else ():
        for name, values in row_of(ledger, id_).values.items():
            found[name].update(values)
    return _filters(ledger, kind, found, least=2)


@compared
def search_filters(ledger: Ledger) -> tuple[Filter, ...]:
    """The facets that any record has a value of."""
    ids = [id_ for kind in KINDS for id_ in ledger.members(kind.name)]
    found = {name: {value for id_ in ids for value in facets_of(ledger, id_)[name]} for name in FACETS}
    return _filters(ledger, "", found, least=1)


def _filters(ledger: Ledger, kind: str, found: Mapping[str, Collection[str]], least: int) -> tuple[Filter, ...]:
    return tuple(_filter(ledger, kind, name, of) for name, of in found.items() if least <= len(of) <= MOST_OPTIONS)


def _filter(ledger: Ledger, kind: str, name: str, values: Collection[str]) -> Filter:
    """A facet with all its values; positions stand under their controversies."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for value in in_order(ledger, name, kind, values):
        is_position = name == "position" and value != NONE
        heading = plain_title(ledger, controversy_of(ledger, value)) if is_position else ""
        groups.setdefault(heading, []).append((value, value_words(ledger, name, value, kind)))
    return Filter(name, tuple((heading, tuple(options)) for heading, options in groups.items()))


# A kind as a whole


class Link(NamedTuple):
    """A link into a list; `many` is how many rows are there, `under` what several links stand under."""

    words: str
    href: str
    many: int = 0
    under: str = ""


class Row(NamedTuple):
    """A record in a list: its place on the page if links lead there, what is said of it, what the script reads."""

    record: RecordRef
    anchor: str
    detail: str
    chips: tuple[Chip, ...] = ()
    options: str = ""
    """The numbers of the options of the form that it fits, counted through all select boxes of facets."""
    orders: str = ""
    """Its numbers in the orders that the form offers, but for the first."""


def view_index(context: PageContext, kind: Kind) -> View:
    """The list of a kind, the records that no longer stand apart."""
    ledger, name = context.ledger, kind.name
    active, withdrawn = order(ledger, name)
    years = tuple(_years(ledger, active)) if name == "event" else ("",) * len(active)
    anchors, jumps = jumps_into(context, years)
    lines = list(zip(active, anchors, strict=True))
    lines += [(id_, "") for id_ in withdrawn]
    titles = {id_: at for at, id_ in enumerate(alphabet(ledger, name), start=1)}
    offered = filters(ledger, name)
    numbers_of = _option_numbers(offered)
    rows = [_row(context, id_, at, numbers_of, titles[id_]) for id_, at in rows_of(context, lines)]
    numbers = range(1, context.pages + 1) if context.pages > 1 else ()
    return View(
        kind=kind,
        many=len(lines),
        # Whether it is long enough for select boxes and orders.
        narrowed=len(lines) > FEW,
        rows=tuple(row for row in rows if not row.record.withdrawn),
        withdrawn=tuple(row for row in rows if row.record.withdrawn),
        # Whether there are any, on whatever page.
        has_withdrawn=bool(withdrawn),
        # The facets by which further pages list the kind.
        groups=groups_of(ledger, kind),
        filters=offered,
        sorts=LISTINGS[name].sorts,
        jumps=jumps,
        # Where the pages of the list are, `#` for this one; none where it has but one.
        pages=tuple("#" if n == context.number else context.url(urls.paged(context.whole, n)) for n in numbers),
    )


Numbers = Mapping[tuple[str, str], int]
"""Facet and value → the number of the option."""


def _option_numbers(offered: Iterable[Filter]) -> Numbers:
    options = ((one.name, value) for one in offered for _, group in one.groups for value, _ in group)
    return {option: at for at, option in enumerate(options)}


def _row(context: PageContext, id_: str, place: str, numbers: Numbers, title: int) -> Row:
    said = row_of(context.ledger, id_)
    fitting = ((name, value) for name, values in said.values.items() for value in values)
    options = " ".join(str(numbers[option]) for option in fitting if option in numbers)
    orders = " ".join(number or str(title) for number in said.orders)
    return Row(context.ref(id_), place, said.detail, said.chips, options, orders)


def groups_of(ledger: Ledger, kind: Kind) -> tuple[str, ...]:
    """The facets by which pages list a kind; a kind without records has none."""
    return LISTINGS[kind.name].groups if kind.name in ledger.kinds else ()


def listings_of(ledger: Ledger) -> Iterator[tuple[Kind, str]]:
    """Kind and facet of the lists by facets that this ledger has."""
    return ((kind, facet) for kind in KINDS for facet in groups_of(ledger, kind))


def jumps_into(context: PageContext, years: Sequence[str]) -> tuple[tuple[str, ...], tuple[Link, ...]]:
    """Of a list whose entries stand under these years: the anchor of each entry, and the links to them.

    The first entry of a year has an anchor, every other an empty one; a short list has none.
    """
    first = dict(zip(reversed(years), range(len(years) - 1, -1, -1), strict=True))
    if len(years) <= LONG or len(first) == 1:
        return ("",) * len(years), ()
    places = {at: anchor("under", year) for year, at in first.items()}
    anchors = tuple(places.get(at, "") for at in range(len(years)))
    return anchors, tuple(Link(years[at], _href(context, at, places[at])) for at in sorted(places))


def anchor(prefix: str, value: str) -> str:
    """The place on a page of what stands under a letter or a year."""
    return f"{prefix}-{value if value != texts.say('a_z.no_letter') else 'number'}"


def _href(context: PageContext, at: int, place: str) -> str:
    """A link to a place in the list, on the page that the row with a number is on."""
    return context.url(f"{urls.paged(context.whole, 1 + at // ROWS)}#{place}")


# Lists in groups


class Group(NamedTuple):
    """Records that share a value, as far as they are on this page; `href` leads to the record that the value is."""

    anchor: str
    short: str
    heading: str
    under: str = ""
    href: str = ""
    rows: tuple[Row, ...] = ()


@compared
def grouped(ledger: Ledger, kind: str, facet: str) -> Mapping[str, tuple[str, ...]]:
    """Every record of a kind, under each of its values of a facet; both in order."""
    ids = ranked(ledger, kind)
    found = by_value((value, id_) for id_ in ids for value in listed_values(ledger, id_, facet) or (NONE,))
    return {value: found[value] for value in in_order(ledger, facet, kind, found)}


@compared
def grouped_length(ledger: Ledger, kind: str, facet: str) -> int:
    """How many lines such a list has, from edges alone: a record has one value of any facet but the position."""
    members = len(ledger.members(kind))
    if facet != "position":
        return members
    pairs = _with_positions(ledger, kind)
    return len(pairs) + members - len({id_ for id_, _ in pairs})


@result
def _with_positions(ledger: Ledger, kind: str) -> frozenset[tuple[str, str]]:
    found = set()
    for position in ledger.members("position"):
        ends = (*links.links_out(ledger, position), *links.links_in(ledger, position))
        linked = (end for end in ends if end.kind == kind and end.relation in LINKED[kind, "position"])
        found |= {(end.other, position) for end in linked}
    return frozenset(found)


Way = Callable[[str, str], str]
"""Id and value → how the record stands to the value."""


def listing_title(kind: Kind, facet: str) -> str:
    """`Claims by rating`."""
    return texts.say("listing.by", kinds=texts.say(f"kinds.{kind.name}"), how=texts.say(f"listed_by.{facet}"))


def view_facet(context: PageContext, kind: Kind, facet: str) -> View:
    """Every record of a kind, under each of its values of a facet."""
    values = grouped(context.ledger, kind.name, facet)
    heads = {value: _head(context, kind.name, facet, value) for value in values}

    words = "side" if kind.name == "claim" else "stance"

    def way(id_: str, value: str) -> str:
        ways = facets.ways_of(context.ledger, id_).get("position", {}) if facet == "position" else {}
        return ", ".join(texts.say(f"{words}.{one}") for one in ways.get(value, ()))

    contents, groups = _in_groups(context, values, heads, way)
    return View(
        heading=listing_title(kind, facet),
        contents=contents,
        groups=groups,
        kind=kind,
        # The facets by which the same kind is listed too.
        others=tuple(other for other in groups_of(context.ledger, kind) if other != facet),
    )


def view_a_to_z(context: PageContext) -> View:
    """Every record of every kind, by its first letter."""
    letters = from_a_to_z(context.ledger)
    heads = {letter: Group(anchor("by", letter), letter, letter) for letter in letters}

    def kind_word(id_: str, _: str) -> str:
        return texts.say(f"kind.{context.ledger.node_kind(id_)}")

    contents, groups = _in_groups(context, letters, heads, kind_word)
    return View(heading=texts.say("a_z.title"), contents=contents, groups=groups, kind=None, others=())


def _head(context: PageContext, kind: str, facet: str, value: str) -> Group:
    """What stands above the records with a value."""
    ledger, at = context.ledger, f"by-{value}"
    short = value_words(ledger, facet, value, kind)
    card = ledger.card(value) if facet == "position" and value != NONE else None
    if card is None:
        under = texts.say("listing.elsewhere") if facet == "position" else ""
        return Group(at, short, short[0].upper() + short[1:], under)
    ref, controversy = context.ref(value), controversy_of(ledger, value)
    return Group(at, short, short, plain_title(ledger, controversy), ref.href)


def _in_groups(
    context: PageContext, values: Mapping[str, Sequence[str]], heads: Mapping[str, Group], way: Way
) -> tuple[tuple[Link, ...], tuple[Group, ...]]:
    """Links to every group, and the groups or parts of groups that this page shows."""
    starts = accumulate(map(len, values.values()), initial=0)
    contents, groups, first = [], [], ROWS * (context.number - 1)
    for (value, ids), start in zip(values.items(), starts, strict=False):
        head = heads[value]
        contents.append(Link(head.short, _href(context, start, head.anchor), len(ids), head.under))
        here = ids[max(first - start, 0) : max(first + ROWS - start, 0)]
        if here:
            groups.append(head._replace(rows=tuple(_in_group(context, id_, way(id_, value)) for id_ in here)))
    return tuple(contents), tuple(groups)


def _in_group(context: PageContext, id_: str, way: str) -> Row:
    """A record in a group: how it stands to what the group is of, and what is said of it beside other kinds."""
    ledger = context.ledger
    is_claim = ledger.node_kind(id_) == "claim" and ledger.stands(id_)
    chips = (_verdict(ledger, id_) if is_claim else Chip(facets.detail(ledger, id_)), Chip(way))
    return Row(context.ref(id_), "", "", tuple(chip for chip in chips if chip.words))


# Tags and search


@compared
def tagged(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Tag → the records that carry it; tags in order of their words."""
    cards = (card for kind in KINDS for card in sorted(ledger.cards(kind.name), key=lambda card: card.id))
    found = by_value((tag, card.id) for card in cards for tag in card.tags)
    return {tag: found[tag] for tag in sorted(found, key=lambda tag: (tag.casefold(), tag))}


def claim_lists(ledger: Ledger) -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """The pages that list claims and belong to no record, all claims first: address → title and what each lists."""
    claims = ledger.members("claim")
    found = {urls.tag(tag): (tag, ids) for tag, ids in tagged(ledger).items() if not set(claims).isdisjoint(ids)}
    return {urls.OF_CLAIMS: (texts.say("kinds.claim"), claims), **found} if claims else {}


def view_tags(context: PageContext) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """All tags with the records that carry them."""
    return rows_of(context, tuple(tagged(context.ledger).items()))


def view_tag(context: PageContext, tag: str) -> Mapping[str, Any]:
    """What carries a tag, by kind, what matters most first."""
    ledger, carrying = context.ledger, frozenset(tagged(context.ledger)[tag])
    ids = [id_ for kind in KINDS if kind.name in ledger.kinds for id_ in ranked(ledger, kind.name) if id_ in carrying]
    kinds = by_value((ledger.node_kind(id_) or "", id_) for id_ in rows_of(context, ids))
    rows = {kind: [_in_group(context, id_, "") for id_ in found] for kind, found in kinds.items()}
    return {"words": tag, "kinds": rows}


def view_search(context: PageContext) -> Mapping[str, Any]:
    """Filters for what the ledger holds, its kinds with the facets by which pages list them, and how queries begin."""
    kinds = [kind for kind in KINDS if kind.name in context.ledger.kinds]
    options = tuple((kind.name, texts.say(f"kind.{kind.name}")) for kind in kinds)
    return {
        "filters": (Filter("kind", (("", options),)), *search_filters(context.ledger)),
        "kinds": [(kind, groups_of(context.ledger, kind)) for kind in kinds],
        "asked": sorted(KIND_WORDS),
        "examples": GRAMMAR["examples"],
    }
