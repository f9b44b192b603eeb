"""What lists know of a record: what it is found by, where it stands, and the words of its line.

In: a Ledger and an id. Out: facets, the words and numbers of a row, orders, select boxes. What is told of one record is
a result of its own, so that an edit makes one row again. A claim takes the tier, year and proponents of the sources
that its evidence is taken from; a source takes the positions of the claims that it gives evidence on. What stands with
a position belongs to that position's controversy.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import Any, get_args

from ledger import citations, links, markup, words
from ledger.changes import changes_of
from ledger.dates import PartialDate, parse_date
from ledger.graph import Ledger, compared, result
from ledger.loading import Record
from ledger.records import KINDS, Kind
from ledger.views.bearings import is_standing
from ledger.views.parts import in_words
from ledger.views.strength import rating_words
from ledger.views.viewing import link_to, short_label
from ledger.vocabulary import Rating

Facets = Mapping[str, tuple[str, ...]]
"""Facet → its values, sorted."""
Row = tuple[str, tuple[tuple[str, str], ...]]
"""What a row says of its record beyond its title, and what the script reads of it, name by name.

The place among all titles is left empty: a new title moves it.
"""

FACETS = ("controversy", "position", "rating", "tier", "year", "proponent")
NONE = "none"
"""The rating of what nobody has rated, and the group of records that have no value."""
LISTINGS = (
    ("claim", "rating"),
    ("claim", "position"),
    ("claim", "type"),
    ("source", "tier"),
    ("source", "year"),
    ("proponent", "position"),
    ("event", "year"),
)
"""Kind and facet of every page that lists a kind by a facet."""
LINKED: Mapping[tuple[str, str], frozenset[str]] = {
    ("controversy", "position"): frozenset(("answers",)),
    ("claim", "position"): frozenset(("bears_on", "rests_on", "rejects", "objected_to_by")),
    ("claim", "controversy"): frozenset(("turns_on",)),
    ("source", "position"): frozenset(("key_source", "stated_in")),
    ("proponent", "position"): frozenset(words.STANCES),
    ("event", "position"): frozenset(("about",)),
    ("event", "controversy"): frozenset(("about",)),
    ("position", "proponent"): frozenset((*words.STANCES, "mind_of")),
    ("source", "proponent"): frozenset(("written_by",)),
    ("event", "proponent"): frozenset(("involves",)),
}
"""Kind and facet → the edges, in either direction, whose other end is a value."""
TAKEN = {"claim": ("tier", "year", "proponent"), "source": ("position", "controversy"), "event": ("controversy",)}
"""Kind → the facets that it takes from the other end of its evidence, or of what it concerns."""
FILTERS: Mapping[str, tuple[str, ...]] = {
    "controversy": ("status",),
    "position": ("controversy", "rating", "proponent"),
    "claim": ("controversy", "position", "rating", "type", "tier", "year"),
    "source": ("controversy", "position", "tier", "year", "status", "proponent"),
    "proponent": ("controversy", "position", "type"),
    "event": ("controversy", "type", "year", "proponent"),
}
"""Kind → what its list is narrowed by."""
MOST_OPTIONS = 1000
"""How many values a select box offers; one with more is left out."""
SORTS: Mapping[str, tuple[str, ...]] = {
    "position": ("place", "title", "-rating", "rating", "-changed"),
    "claim": ("title", "-rating", "rating", "-changed"),
    "source": ("title", "-date", "date", "-uses", "uses", "-changed"),
    "event": ("date", "-date", "title", "-changed"),
}
"""Kind → the orders of its list; it stands in the first."""
SORTED = ("title", "-changed")


# What a record is found by


@compared
def facets_of(ledger: Ledger, id_: str) -> Facets:
    """The facets of a record."""
    kind, facets = ledger.records[id_].kind.name, _own(ledger, id_)
    taken = TAKEN.get(kind, ())
    near = (links.links_in if kind == "source" else links.links_out)(ledger, id_) if taken else ()
    ends = [_own(ledger, end) for end in links.linked(near, "shown_in", "about", "gave")]
    more = {name: {*facets[name], *chain.from_iterable(end[name] for end in ends)} for name in taken}
    return {**facets, **{name: tuple(sorted(values)) for name, values in more.items()}}


@compared
def ways_of(ledger: Ledger, id_: str) -> Mapping[str, Mapping[str, str]]:
    """Facet → the records that are its values, by id → how this record stands to each, in words."""
    kind = ledger.node_kind(id_) or ""
    found: dict[str, dict[str, list[str]]] = {}
    for at, ends in enumerate((links.links_out(ledger, id_), links.links_in(ledger, id_))):
        for link in ends:
            if link.relation in LINKED.get((kind, link.kind), ()):
                way = link.own.get("effect") or words.RELATIONS[link.relation][at]
                found.setdefault(link.kind, {}).setdefault(link.other, []).append(str(way))
    return {
        facet: {other: ", ".join(dict.fromkeys(said)) for other, said in sorted(ways.items())}
        for facet, ways in found.items()
    }


@result
def _own(ledger: Ledger, id_: str) -> Facets:
    record, ways = ledger.records[id_], ways_of(ledger, id_)
    linked = {facet: (id_,) if record.kind.name == facet else tuple(ways.get(facet, ())) for facet in FACETS}
    answered = (controversy_of(ledger, position) for position in linked["position"])
    linked["controversy"] = tuple(sorted({*linked["controversy"], *filter(None, answered)}))
    return linked | {facet: values(record) for facet, values in OWN.items()}


def _ratings(record: Record) -> tuple[str, ...]:
    if record.kind.name not in ("claim", "position"):
        return ()
    return (str(record.fields.assessments[-1].rating) if record.fields.assessments else NONE,)


def _years(record: Record) -> tuple[str, ...]:
    day = record.fields.issued if record.kind.name == "source" else _event_date(record)
    return (f"{begins(day).year:04}",) if day else ()


OWN: Mapping[str, Callable[[Record], tuple[str, ...]]] = {
    "rating": _ratings,
    "tier": lambda record: (record.fields.tier,) if record.kind.name == "source" else (),
    "year": _years,
}
"""The facets that stand in a record itself."""


def controversy_of(ledger: Ledger, position: str) -> str:
    """The controversy that a position answers."""
    return next(links.linked(links.links_out(ledger, position), "answers"), "")


def _event_date(record: Record) -> PartialDate | None:
    return record.fields.date if record.kind.name == "event" else None


def begins(day: PartialDate) -> date:
    """The day on which it began, or ended if only that is known."""
    return day.latest if day.text.startswith("../") else day.earliest


def values_of(ledger: Ledger, id_: str, facet: str) -> tuple[str, ...]:
    """What a record has of a facet, of itself or by its links."""
    return _values(ledger, id_).get(facet, ())


@compared
def _values(ledger: Ledger, id_: str) -> Facets:
    """The same of each facet; type and status are fields of the record's own."""
    record, found = ledger.records[id_], dict(facets_of(ledger, id_))
    for facet in OWN.keys() - TAKEN.get(record.kind.name, ()):
        found[facet] = OWN[facet](record)
    for facet in ("type", "status"):
        own = getattr(record.fields, facet, None)
        found[facet] = (str(own),) if own else ()
    return dict(sorted(found.items()))


# The order of the alphabet


def folded(text: str) -> str:
    """Words as the alphabet sorts them: without case and accents, quotation marks and other signs left out."""
    plain = (char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())


def letter_of(title: str) -> str:
    """The letter that a folded title stands under."""
    first = title[:1].upper()
    return first if first.isalpha() else words.NO_LETTER


@compared
def alphabet(ledger: Ledger, kind: str) -> Mapping[str, str]:
    """The records of a kind in the order of the alphabet: id → title as the alphabet sorts it."""
    titles = {card.id: folded(plain_title(ledger, card.id)) for card in ledger.cards(kind)}
    return dict(sorted(titles.items(), key=lambda entry: entry[::-1]))


@compared
def from_a_to_z(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """The records of all kinds by the letter that they stand under, in the order of the alphabet."""
    titles = [entry for kind in KINDS for entry in alphabet(ledger, kind.name).items()]
    found: dict[str, list[str]] = {}
    for id_, title in sorted(titles, key=lambda entry: entry[::-1]):
        found.setdefault(letter_of(title), []).append(id_)
    return {letter: tuple(ids) for letter, ids in found.items()}


def plain_title(ledger: Ledger, id_: str) -> str:
    """The title of a record without any markup."""
    card = ledger.card(id_)
    return markup.plain(card.title, lambda reference: link_to(ledger, reference, str)) if card else id_


@compared
def order(ledger: Ledger, kind: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The list of a kind, in its order: the records that stand, each with the letter or year that it stands under.

    And those that were withdrawn.
    """
    titles = alphabet(ledger, kind)
    ids = sorted(titles, key=lambda id_: _place(ledger, id_)) if kind in ("event", "position") else list(titles)
    return (
        tuple((id_, _under(ledger, id_, titles[id_])) for id_ in ids if is_standing(ledger, id_)),
        tuple(id_ for id_ in ids if not is_standing(ledger, id_)),
    )


@compared
def _place(ledger: Ledger, id_: str) -> tuple[date, int, date, str] | tuple[str, str]:
    """The place of an event or a position in the list of its kind."""
    fields = ledger.records[id_].fields
    return fields.date.sort_key() if hasattr(fields, "date") else (fields.controversy, fields.letter)


def _under(ledger: Ledger, id_: str, title: str) -> str:
    """What a row stands under in a long list: the year of an event, the first letter of everything else."""
    day = _event_date(ledger.records[id_]) if ledger.node_kind(id_) == "event" else None
    return str(begins(day).year) if day else letter_of(title)


# The words of a line


def _type(record: Record) -> str:
    return TYPES.get(record.fields.type or "", "")


def _source(record: Record) -> str:
    fields = record.fields
    return f"{citations.authors_line(fields, most=2)}, {in_words(fields.issued)}. {words.TIERS[fields.tier]}"


TYPES = {**words.CLAIM_TYPES, **words.PROPONENT_TYPES, **words.EVENT_TYPES}
DETAILS: Mapping[str, Callable[[Record], str]] = {
    "controversy": lambda record: words.STATUSES[record.fields.status],
    "position": lambda record: words.POSITION_LETTER.format(record.fields.letter),
    "claim": lambda record: f"{_type(record)}, {rating_words(record)}",
    "source": _source,
    "proponent": _type,
    "event": lambda record: in_words(record.fields.date),
}
"""What stands beside a record where records of several kinds are listed; nothing of any other kind."""


@compared
def detail(ledger: Ledger, id_: str) -> str:
    """The same of one record."""
    record = ledger.records[id_]
    return DETAILS[record.kind.name](record) if record.kind.name in DETAILS else ""


@compared
def row(ledger: Ledger, id_: str) -> Row:
    """What the list of its kind says of a record."""
    record = ledger.records[id_]
    kind = record.kind.name
    said = " · ".join(part for part in ROWS_SAY.get(kind, _nothing)(ledger, record) if part)
    values = ((name, " ".join(values_of(ledger, id_, name))) for name in FILTERS.get(kind, ()))
    orders = dict.fromkeys(order.removeprefix("-") for order in SORTS.get(kind, SORTED)[1:])
    ranks = ((f"by-{order}", NUMBERS.get(order, _unknown)(ledger, record)) for order in orders)
    known = ((name, str(rank)) for name, rank in ranks if rank is not None)
    return said, (*((name, value) for name, value in values if value), *known)


@compared
def text(ledger: Ledger, id_: str) -> str | None:
    """The text below a row."""
    record = ledger.records[id_]
    said: str | None = getattr(record.fields, "definition" if record.kind.name == "term" else "summary", None)
    return said


def _controversies(ledger: Ledger, id_: str) -> str:
    return ", ".join(value_words(ledger, "controversy", value) for value in facets_of(ledger, id_)["controversy"])


def _source_row(ledger: Ledger, record: Record) -> Iterator[str]:
    fields = record.fields
    yield from (citations.label(fields), words.TIERS[fields.tier], words.count(words.USES, _uses(ledger, record)))
    yield words.STATUSES[fields.status] if fields.status and fields.status != "current" else ""


def _uses(ledger: Ledger, source: Record) -> int:
    """How many claims take evidence from a source."""
    return len(set(links.linked(links.links_in(ledger, source.id), "shown_in")))


def _proponent_row(ledger: Ledger, record: Record) -> Iterator[str]:
    yield _type(record)
    said: dict[str, list[str]] = {}
    for id_, way in ways_of(ledger, record.id).get("position", {}).items():
        said.setdefault(way, []).append(value_words(ledger, "position", id_))
    yield from (f"{way} {', '.join(positions)}" for way, positions in said.items())


def _nothing(_: Ledger, __: Record) -> tuple[str, ...]:
    return ()


ROWS_SAY: Mapping[str, Callable[[Ledger, Record], Iterator[str] | tuple[str, ...]]] = {
    "controversy": lambda _, record: (words.STATUSES[record.fields.status],),
    "position": lambda ledger, record: (
        _controversies(ledger, record.id),
        value_words(ledger, "position", record.id),
        rating_words(record),
    ),
    "claim": lambda ledger, record: (_type(record), rating_words(record), _controversies(ledger, record.id)),
    "source": _source_row,
    "proponent": _proponent_row,
    "event": lambda ledger, record: (in_words(record.fields.date), _type(record), _controversies(ledger, record.id)),
}
"""What the list of a kind says of a record, in parts; nothing of any other kind."""


def _changed(ledger: Ledger, record: Record) -> int | None:
    """When a record last changed, if it says so."""
    return max((_number(parse_date(day).earliest) for day, _, _ in changes_of(ledger, record.id)), default=None)


def _unknown(_: Ledger, __: Record) -> str:
    return ""


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _rating(_: Ledger, record: Record) -> int | None:
    ratings = record.fields.assessments
    return get_args(Rating).index(ratings[-1].rating) if ratings else None


NUMBERS: Mapping[str, Callable[[Ledger, Record], int | str | None]] = {
    "date": lambda _, record: _number(begins(_event_date(record) or record.fields.issued)),
    "rating": _rating,
    "uses": _uses,
    "changed": _changed,
}
"""Order → the number that a script sorts by."""


# Facets in words


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a filter offers."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Options under a heading; without one where the heading is empty."""

    heading: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet to narrow a list by."""

    name: str
    label: str
    groups: tuple[OptionGroup, ...]


WORDS: Mapping[str, Mapping[str, str]] = {
    "rating": words.RATINGS,
    "tier": words.TIERS,
    "type": TYPES,
    "status": words.STATUSES,
}
ORDERS: Mapping[str, Callable[[Ledger, str], Any]] = {
    "controversy": lambda ledger, value: (folded(plain_title(ledger, value)), value),
    "position": lambda ledger, value: (*_place(ledger, value), value),
    "rating": lambda _, value: -get_args(Rating).index(value),
    "tier": lambda _, value: list(words.TIERS).index(value),
    "year": lambda _, value: -int(value),
    "proponent": lambda ledger, value: (folded(plain_title(ledger, value)), value),
    "type": lambda _, value: list(TYPES).index(value),
    "status": lambda _, value: list(words.STATUSES).index(value),
}
"""The order of each facet's values: ratings from the highest, years from the newest."""


def in_order(ledger: Ledger, facet: str, values: Collection[str]) -> list[str]:
    """A facet's values in the order in which readers meet them, records without one at the end."""
    given = [value for value in values if value != NONE]
    return sorted(given, key=partial(ORDERS[facet], ledger)) + ([NONE] if NONE in values else [])


def value_words(ledger: Ledger, facet: str, value: str) -> str:
    """A facet's value as readers see it."""
    if value == NONE:
        return words.NOT_RATED if facet == "rating" else words.NO_POSITION
    card = ledger.card(value) if facet in ("controversy", "position", "proponent") else None
    return short_label(card) or plain_title(ledger, value) if card else WORDS.get(facet, {}).get(value, value)


@compared
def filters(ledger: Ledger, kind: str) -> tuple[Filter, ...]:
    """The facets of a kind of which there is more than one value to choose."""
    ids, names = ledger.members(kind), FILTERS.get(kind, ())
    found: dict[str, set[str]] = {name: set() for name in names}
    for id_ in ids if names else ():
        for name, values in row(ledger, id_)[1]:
            if name in found:
                found[name].update(values.split(" "))
    return tuple(_filter(ledger, name, values) for name, values in found.items() if 1 < len(values) <= MOST_OPTIONS)


@compared
def search_filters(ledger: Ledger) -> tuple[Filter, ...]:
    """The facets that any record has a value of."""
    ids = [id_ for kind in KINDS for id_ in ledger.members(kind.name)]
    found = {name: {value for id_ in ids for value in facets_of(ledger, id_)[name]} for name in FACETS}
    return tuple(_filter(ledger, name, values) for name, values in found.items() if 0 < len(values) <= MOST_OPTIONS)


def _filter(ledger: Ledger, name: str, values: Collection[str]) -> Filter:
    """A facet with all its values; positions stand under their controversies."""
    groups: dict[str, list[Option]] = {}
    for value in in_order(ledger, name, values):
        is_position = name == "position" and value != NONE
        heading = plain_title(ledger, controversy_of(ledger, value)) if is_position else ""
        groups.setdefault(heading, []).append(Option(value, value_words(ledger, name, value)))
    return Filter(name, words.FACETS[name], tuple(OptionGroup(heading, tuple(of)) for heading, of in groups.items()))


# Lists by a facet


@compared
def grouped(ledger: Ledger, kind: str, facet: str) -> Mapping[str, tuple[str, ...]]:
    """Every record of a kind, under each of its values of a facet; both in order."""
    found: dict[str, list[str]] = {}
    for id_ in alphabet(ledger, kind):
        for value in values_of(ledger, id_, facet) or (NONE,):
            found.setdefault(value, []).append(id_)
    return {value: tuple(found[value]) for value in in_order(ledger, facet, found)}


@compared
def grouped_length(ledger: Ledger, kind: str, facet: str) -> int:
    """How many lines such a list has, told from edges alone: a record has one value of any facet but the position."""
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


def listings_of(ledger: Ledger) -> Iterator[tuple[Kind, str]]:
    """Kind and facet of the lists that this ledger has; a kind without records has none."""
    kinds, known = {kind.name: kind for kind in KINDS}, ledger.kinds
    yield from ((kinds[name], facet) for name, facet in LISTINGS if name in known)


@compared
def tagged(ledger: Ledger) -> Mapping[str, tuple[str, ...]]:
    """Tag → the records that carry it by kind, both in order of their words."""
    found: dict[str, list[str]] = {}
    for kind in KINDS:
        for card in sorted(ledger.cards(kind.name), key=lambda card: (card.title.casefold(), card.id)):
            for tag in card.tags:
                found.setdefault(tag, []).append(card.id)
    return {tag: tuple(found[tag]) for tag in sorted(found, key=lambda tag: (tag.casefold(), tag))}
