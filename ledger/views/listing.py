"""The lists: a kind as a whole, by a facet, from A to Z, by tags; and the search page that leads to them.

In: a Ledger, or one as a page of a list sees it. Out: rows and groups, in pages where they are long, and links into
them. What a row says is a result of its own, so that an edit makes one row again. A list is whole without a script:
`static/listing.js` only fetches its other pages, hides rows and puts them in another order.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import accumulate
from typing import Any, NamedTuple, get_args

from ledger import citations, facets, links, markup, urls, words
from ledger.changes import changes_of
from ledger.context import PageContext, RecordRef, link_to, short_label
from ledger.dates import in_words, parse_date
from ledger.facets import FACETS, LINKED, NONE, TYPES, begins, controversy_of, facets_of, type_words, values_of
from ledger.graph import Ledger, compared, result
from ledger.loading import Record
from ledger.records import KINDS, Kind, Source
from ledger.strength import rating_words
from ledger.views.paging import ROWS, rows_of
from ledger.vocabulary import Rating

FEW = 7
"""How many rows can be taken in at a glance: such a list is not narrowed."""
LONG = 40
"""How long a list is before links lead into it."""
MOST_OPTIONS = 1000
"""How many values a select box offers; one with more is left out."""


# What each kind's list is like


class Listing(NamedTuple):
    """What the list of a kind says in a row, and by what it is narrowed, sorted and grouped."""

    says: Callable[[Ledger, Record[Any]], Iterable[str]] = lambda _, __: ()
    """The parts of a row beyond its title."""
    filters: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ("title", "-changed")
    """The list is shown in the first of these orders."""
    groups: tuple[str, ...] = ()
    """The facets by which further pages list the kind."""


def _controversies(ledger: Ledger, id_: str) -> str:
    return ", ".join(value_words(ledger, "controversy", value) for value in facets_of(ledger, id_)["controversy"])


def _of_source(ledger: Ledger, record: Record[Source]) -> Iterator[str]:
    fields = record.fields
    yield from (citations.label(fields), words.TIERS[fields.tier], words.count(words.USES, _uses(ledger, record)))
    yield words.STATUSES[fields.status] if fields.status and fields.status != "current" else ""


def _of_proponent(ledger: Ledger, record: Record[Any]) -> Iterator[str]:
    yield type_words(record)
    stances: dict[str, list[str]] = {}
    for id_, way in facets.ways_of(ledger, record.id).get("position", {}).items():
        stances.setdefault(way, []).append(value_words(ledger, "position", id_))
    yield from (f"{way} {', '.join(positions)}" for way, positions in stances.items())


LISTINGS: Mapping[str, Listing] = {
    "thread": Listing(),
    "controversy": Listing(lambda _, record: (words.STATUSES[record.fields.status],), ("status",)),
    "position": Listing(
        lambda ledger, record: (
            _controversies(ledger, record.id),
            value_words(ledger, "position", record.id),
            rating_words(record),
        ),
        filters=("controversy", "rating", "proponent"),
        sorts=("place", "title", "-rating", "rating", "-changed"),
    ),
    "claim": Listing(
        lambda ledger, record: (type_words(record), rating_words(record), _controversies(ledger, record.id)),
        filters=("controversy", "position", "rating", "type", "tier", "year"),
        sorts=("title", "-rating", "rating", "-changed"),
        groups=("rating", "position", "type"),
    ),
    "source": Listing(
        _of_source,
        filters=("controversy", "position", "tier", "year", "status", "proponent"),
        sorts=("title", "-date", "date", "-uses", "uses", "-changed"),
        groups=("tier", "year"),
    ),
    "proponent": Listing(_of_proponent, ("controversy", "position", "type"), groups=("position",)),
    "event": Listing(
        lambda ledger, record: (
            in_words(record.fields.date),
            type_words(record),
            _controversies(ledger, record.id),
        ),
        filters=("controversy", "type", "year", "proponent"),
        sorts=("date", "-date", "title", "-changed"),
        groups=("year",),
    ),
    "term": Listing(),
    "page": Listing(),
}


def _uses(ledger: Ledger, source: Record[Any]) -> int:
    """How many claims take evidence from a source."""
    return len(set(links.linked(links.links_in(ledger, source.id), "shown_in")))


def _changed(ledger: Ledger, record: Record[Any]) -> int | None:
    """When a record last changed, if it says so."""
    return max((_number(parse_date(day).earliest) for day, _, _ in changes_of(ledger, record.id)), default=None)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _rating(_: Ledger, record: Record[Any]) -> int | None:
    ratings = record.fields.assessments
    return get_args(Rating).index(ratings[-1].rating) if ratings else None


NUMBERS: Mapping[str, Callable[[Ledger, Record[Any]], int | str | None]] = {
    "date": lambda _, record: _number(begins(facets.event_date(record) or record.fields.issued)),
    "rating": _rating,
    "uses": _uses,
    "changed": _changed,
    "title": lambda _, __: "",
}
"""Order → the number that a script sorts by. The place among all titles is left empty: a new title moves it."""


@compared
def row_of(ledger: Ledger, id_: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What the list of its kind says of a record, and what the script reads of it, name by name."""
    record = ledger.records[id_]
    listing = LISTINGS[record.kind.name]
    detail = " · ".join(filter(None, listing.says(ledger, record)))
    values = ((name, " ".join(values_of(ledger, id_, name))) for name in listing.filters)
    orders = dict.fromkeys(order.removeprefix("-") for order in listing.sorts[1:])
    ranks = ((f"by-{order}", NUMBERS[order](ledger, record)) for order in orders)
    known = ((name, str(rank)) for name, rank in ranks if rank is not None)
    return detail, (*((name, value) for name, value in values if value), *known)


@compared
def text_of(ledger: Ledger, id_: str) -> str | None:
    """The text below a row."""
    return facets.summary(ledger.records[id_])


# The order of the alphabet


def folded(text: str) -> str:
    """Words as the alphabet sorts them: without case and accents, quotation marks and other signs left out."""
    plain = (char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())


def letter_of(title: str) -> str:
    """The letter that a folded title stands under."""
    first = title[:1].upper()
    return first if first.isalpha() else words.NO_LETTER


def plain_title(ledger: Ledger, id_: str) -> str:
    """The title of a record without any markup."""
    card = ledger.card(id_)
    return markup.plain(card.title, lambda reference: link_to(ledger, reference, str)) if card else id_


@compared
def alphabet(ledger: Ledger, kind: str) -> Mapping[str, str]:
    """The records of a kind in the order of the alphabet: id → title as the alphabet sorts it."""
    titles = {card.id: folded(plain_title(ledger, card.id)) for card in ledger.cards(kind)}
    return dict(sorted(titles.items(), key=lambda entry: entry[::-1]))


@compared
def from_a_to_z(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """The records of all kinds by the letter that they stand under, in the order of the alphabet."""
    titles = [entry for kind in KINDS for entry in alphabet(ledger, kind.name).items()]
    return _by_value((letter_of(title), id_) for id_, title in sorted(titles, key=lambda entry: entry[::-1]))


def _by_value(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for value, id_ in pairs:
        found.setdefault(value, []).append(id_)
    return {value: tuple(ids) for value, ids in found.items()}


@compared
def order(ledger: Ledger, kind: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The list of a kind, in its order: the records that stand, each with the letter or year that it stands under.

    And those that were withdrawn.
    """
    titles = alphabet(ledger, kind)
    ids = sorted(titles, key=lambda id_: _place(ledger, id_)) if kind in ("event", "position") else list(titles)
    return (
        tuple((id_, _under(ledger, id_, titles[id_])) for id_ in ids if ledger.stands(id_)),
        tuple(id_ for id_ in ids if not ledger.stands(id_)),
    )


@compared
def _place(ledger: Ledger, id_: str) -> tuple[date, int, date, str] | tuple[str, str]:
    """The place of an event or a position in the list of its kind."""
    record = ledger.records[id_]
    day = facets.event_date(record)
    return day.sort_key() if day else (record.fields.controversy, record.fields.letter)


def _under(ledger: Ledger, id_: str, title: str) -> str:
    """What a row stands under in a long list: the year of an event, the first letter of everything else."""
    day = facets.event_date(ledger.records[id_]) if ledger.node_kind(id_) == "event" else None
    return str(begins(day).year) if day else letter_of(title)


# Facets in words


class Filter(NamedTuple):
    """A facet to narrow a list by: its options, each a value and its words, under headings that may be empty."""

    name: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


WORDS: Mapping[str, Mapping[str, str]] = {
    "rating": {rating: words.RATINGS["claim"][rating] for rating in reversed(get_args(Rating))},
    "tier": words.TIERS,
    "type": TYPES,
    "status": words.STATUSES,
}
"""Facet → its values, in order and in words, where they are a closed list."""


def _order_of(ledger: Ledger, facet: str, value: str) -> Any:
    """Sort key of a facet's value: years from the newest, records by title, positions by place."""
    if facet in WORDS:
        return list(WORDS[facet]).index(value)
    if facet == "year":
        return -int(value)
    return (*_place(ledger, value), value) if facet == "position" else (folded(plain_title(ledger, value)), value)


def in_order(ledger: Ledger, facet: str, values: Collection[str]) -> list[str]:
    """A facet's values in the order in which readers meet them, records without one at the end."""
    given = [value for value in values if value != NONE]
    return sorted(given, key=partial(_order_of, ledger, facet)) + ([NONE] if NONE in values else [])


def value_words(ledger: Ledger, facet: str, value: str) -> str:
    """A facet's value as readers see it."""
    if value == NONE:
        return words.NOT_RATED if facet == "rating" else words.NO_POSITION
    card = ledger.card(value) if facet in ("controversy", "position", "proponent") else None
    return short_label(card) or plain_title(ledger, value) if card else WORDS.get(facet, {}).get(value, value)


@compared
def filters(ledger: Ledger, kind: str) -> tuple[Filter, ...]:
    """The facets of a kind of which there is more than one value to choose."""
    found: dict[str, set[str]] = {name: set() for name in LISTINGS[kind].filters}
    for id_ in ledger.members(kind) if found else ():
        for name, values in row_of(ledger, id_)[1]:
            if name in found:
                found[name].update(values.split(" "))
    return _filters(ledger, found, least=2)


@compared
def search_filters(ledger: Ledger) -> tuple[Filter, ...]:
    """The facets that any record has a value of."""
    ids = [id_ for kind in KINDS for id_ in ledger.members(kind.name)]
    found = {name: {value for id_ in ids for value in facets_of(ledger, id_)[name]} for name in FACETS}
    return _filters(ledger, found, least=1)


def _filters(ledger: Ledger, found: Mapping[str, Collection[str]], least: int) -> tuple[Filter, ...]:
    return tuple(_filter(ledger, name, of) for name, of in found.items() if least <= len(of) <= MOST_OPTIONS)


def _filter(ledger: Ledger, name: str, values: Collection[str]) -> Filter:
    """A facet with all its values; positions stand under their controversies."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for value in in_order(ledger, name, values):
        is_position = name == "position" and value != NONE
        heading = plain_title(ledger, controversy_of(ledger, value)) if is_position else ""
        groups.setdefault(heading, []).append((value, value_words(ledger, name, value)))
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
    text: str | None = None
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class IndexView:
    """The list of a kind; select boxes and orders only where it is `narrowed`."""

    kind: Kind
    count: int
    rows: tuple[Row, ...]
    withdrawn: tuple[Row, ...]
    has_withdrawn: bool
    """Whether there are any, on whatever page."""
    groups: tuple[str, ...]
    """The facets by which further pages list the kind."""
    filters: tuple[Filter, ...]
    sorts: tuple[str, ...]
    jumps: tuple[Link, ...]
    pages: tuple[str, ...]
    """Where the pages of the list are, `#` for this one; none where it has but one."""

    @property
    def narrowed(self) -> bool:
        """Whether the list is long enough to narrow."""
        return self.count > FEW


def view_index(context: PageContext, kind: Kind) -> IndexView:
    """The list of a kind, the records that no longer stand apart."""
    ledger, name = context.ledger, kind.name
    active, withdrawn = order(ledger, name)
    anchors, jumps = jumps_into(context, [under for _, under in active], "under")
    lines = [(id_, at) for (id_, _), at in zip(active, anchors, strict=True)]
    lines += [(id_, "") for id_ in withdrawn]
    titles = {id_: at for at, id_ in enumerate(alphabet(ledger, name), start=1)}
    rows = [_row(context, id_, at, titles[id_]) for id_, at in rows_of(context, lines)]
    numbers = range(1, context.pages + 1) if context.pages > 1 else ()
    return IndexView(
        kind=kind,
        count=len(lines),
        rows=tuple(row for row in rows if not row.record.withdrawn),
        withdrawn=tuple(row for row in rows if row.record.withdrawn),
        has_withdrawn=bool(withdrawn),
        groups=_groups_of(ledger, kind),
        filters=filters(ledger, name),
        sorts=LISTINGS[name].sorts,
        jumps=jumps,
        pages=tuple("#" if n == context.number else context.url(urls.paged(context.whole, n)) for n in numbers),
    )


def _row(context: PageContext, id_: str, place: str, title: int) -> Row:
    detail, data = row_of(context.ledger, id_)
    numbered = tuple((name, value or str(title)) for name, value in data)
    return Row(context.ref(id_), place, detail, text_of(context.ledger, id_), numbered)


def _groups_of(ledger: Ledger, kind: Kind) -> tuple[str, ...]:
    """The facets by which pages list a kind; a kind without records has none."""
    return LISTINGS[kind.name].groups if kind.name in ledger.kinds else ()


def listings_of(ledger: Ledger) -> Iterator[tuple[Kind, str]]:
    """Kind and facet of the lists by facets that this ledger has."""
    return ((kind, facet) for kind in KINDS for facet in _groups_of(ledger, kind))


def jumps_into(
    context: PageContext, values: Sequence[str], prefix: str, start: int = 0
) -> tuple[tuple[str, ...], tuple[Link, ...]]:
    """Of a list whose entries stand under these values: the anchor of each entry, and the links to them.

    The first entry of a value has an anchor, every other an empty one; a short list has none. `start` is how many rows
    stand before the list.
    """
    first = dict(zip(reversed(values), range(len(values) - 1, -1, -1), strict=True))
    if len(values) <= LONG or len(first) == 1:
        return ("",) * len(values), ()
    places = {at: anchor(prefix, value) for value, at in first.items()}
    anchors = tuple(places.get(at, "") for at in range(len(values)))
    return anchors, tuple(Link(values[at], _href(context, start + at, places[at])) for at in sorted(places))


def anchor(prefix: str, value: str) -> str:
    """The place on a page of what stands under a letter or a year."""
    return f"{prefix}-{value if value != words.NO_LETTER else 'number'}"


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
    jumps: tuple[Link, ...] = ()
    """Links to the letters of a long group."""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetView:
    """A list in groups, links to all groups, and the facets by which the same kind is listed too."""

    heading: str
    contents: tuple[Link, ...]
    groups: tuple[Group, ...]
    kind: Kind | None = None
    others: tuple[str, ...] = ()


@compared
def grouped(ledger: Ledger, kind: str, facet: str) -> Mapping[str, tuple[str, ...]]:
    """Every record of a kind, under each of its values of a facet; both in order."""
    ids = alphabet(ledger, kind)
    found = _by_value((value, id_) for id_ in ids for value in values_of(ledger, id_, facet) or (NONE,))
    return {value: found[value] for value in in_order(ledger, facet, found)}


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
    return f"{words.KINDS[kind.name][1]} {words.LISTED_BY[facet]}"


def view_facet(context: PageContext, kind: Kind, facet: str) -> FacetView:
    """Every record of a kind, under each of its values of a facet."""
    values = grouped(context.ledger, kind.name, facet)
    heads = {value: _head(context, facet, value) for value in values}

    def way(id_: str, value: str) -> str:
        return facets.ways_of(context.ledger, id_).get(facet, {}).get(value, "") if facet == "position" else ""

    contents, groups = _in_groups(context, values, heads, way, alphabet(context.ledger, kind.name))
    others = tuple(other for other in _groups_of(context.ledger, kind) if other != facet)
    return FacetView(listing_title(kind, facet), contents, groups, kind, others)


def view_a_to_z(context: PageContext) -> FacetView:
    """Every record of every kind, by its first letter."""
    letters = from_a_to_z(context.ledger)
    heads = {letter: Group(anchor("by", letter), letter, letter) for letter in letters}

    def kind_word(id_: str, _: str) -> str:
        return words.KINDS[context.ledger.node_kind(id_) or ""][0]

    return FacetView(words.A_TO_Z, *_in_groups(context, letters, heads, kind_word))


def _head(context: PageContext, facet: str, value: str) -> Group:
    """What stands above the records with a value."""
    ledger, at = context.ledger, f"by-{value}"
    short = value_words(ledger, facet, value)
    card = ledger.card(value) if facet == "position" and value != NONE else None
    if card is None:
        return Group(at, short, short[0].upper() + short[1:], words.ELSEWHERE if facet == "position" else "")
    ref, controversy = context.ref(value), controversy_of(ledger, value)
    return Group(at, short, f"{card.letter}: {ref.title}", plain_title(ledger, controversy), ref.href)


def _in_groups(
    context: PageContext,
    values: Mapping[str, Sequence[str]],
    heads: Mapping[str, Group],
    way: Way,
    titles: Mapping[str, str] = {},
) -> tuple[tuple[Link, ...], tuple[Group, ...]]:
    """Links to every group, and the groups or parts of groups that this page shows; links into long ones by title."""
    starts = accumulate(map(len, values.values()), initial=0)
    contents, groups, first = [], [], ROWS * (context.number - 1)
    for (value, ids), start in zip(values.items(), starts, strict=False):
        head = heads[value]
        contents.append(Link(head.short, _href(context, start, head.anchor), len(ids), head.under))
        here = slice(max(first - start, 0), max(first + ROWS - start, 0))
        if ids[here]:
            letters = [letter_of(titles[id_]) for id_ in ids] if len(ids) > LONG and titles else ()
            anchors, jumps = jumps_into(context, letters, head.anchor, start) if letters else (("",) * len(ids), ())
            rows = (
                Row(
                    context.ref(id_),
                    at,
                    " · ".join(filter(None, (way(id_, value), facets.detail(context.ledger, id_)))),
                )
                for id_, at in zip(ids[here], anchors[here], strict=True)
            )
            groups.append(head._replace(jumps=jumps, rows=tuple(rows)))
    return tuple(contents), tuple(groups)


# Tags and search


@compared
def tagged(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Tag → the records that carry it by kind, both in order of their words."""
    cards = (
        card
        for kind in KINDS
        for card in sorted(ledger.cards(kind.name), key=lambda card: (card.title.casefold(), card.id))
    )
    found = _by_value((tag, card.id) for card in cards for tag in card.tags)
    return {tag: found[tag] for tag in sorted(found, key=lambda tag: (tag.casefold(), tag))}


def view_tags(context: PageContext) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """All tags with the records that carry them."""
    return rows_of(context, tuple(tagged(context.ledger).items()))


def view_tag(context: PageContext, tag: str) -> Mapping[str, Any]:
    """What carries a tag, by kind."""
    ids = rows_of(context, tagged(context.ledger)[tag])
    kinds = _by_value((context.ledger.node_kind(id_) or "", id_) for id_ in ids)
    return {"words": tag, "kinds": kinds}


def view_search(context: PageContext) -> Mapping[str, Any]:
    """Filters for what the ledger holds, and its kinds with the facets by which pages list them."""
    kinds = [kind for kind in KINDS if kind.name in context.ledger.kinds]
    options = tuple((kind.name, words.KINDS[kind.name][0]) for kind in kinds)
    return {
        "filters": (Filter("kind", (("", options),)), *search_filters(context.ledger)),
        "kinds": [(kind, _groups_of(context.ledger, kind)) for kind in kinds],
    }
