"""The whole list of a kind: a row for each record, with what a reader chooses by and a script sorts by.

In: a ledger seen from the page of the list. Out: rows, select boxes, orders, and links into a long list. The list is
whole as it stands; `static/listing.js` only hides rows and puts them in another order.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from markupsafe import Markup

from ledger import citations, links, urls, words
from ledger.changes import all_changes
from ledger.loading import Record
from ledger.records import Kind
from ledger.views.alphabet import Jump, by_title, initial, jumps_into
from ledger.views.bearings import stands
from ledger.views.faceting import Facets, ListingLink, begins, listing_links, ways_to
from ledger.views.filters import TYPES, Filter, Option, value_words, values_of, view_filter
from ledger.views.parts import in_words
from ledger.views.strength import rating_words
from ledger.views.viewing import RecordRef, Viewing
from ledger.vocabulary import Rating

FEW = 7
"""How many rows can be taken in at a glance: such a list is not narrowed."""
FILTERS: Mapping[str, tuple[str, ...]] = {
    "controversy": ("status",),
    "position": ("controversy", "rating", "proponent"),
    "claim": ("controversy", "position", "rating", "type", "tier", "year"),
    "source": ("controversy", "position", "tier", "year", "status", "proponent"),
    "proponent": ("controversy", "position", "type"),
    "event": ("controversy", "type", "year", "proponent"),
}
"""Kind → what its list is narrowed by."""
SORTS: Mapping[str, tuple[str, ...]] = {
    "position": ("place", "title", "-rating", "rating", "-changed"),
    "claim": ("title", "-rating", "rating", "-changed"),
    "source": ("title", "-date", "date", "-uses", "uses", "-changed"),
    "event": ("date", "-date", "title", "-changed"),
}
"""Kind → the orders of its list; it stands in the first."""
SORTED = ("title", "-changed")


@dataclass(frozen=True, slots=True)
class Row:
    """A record in its list; `data` is what the script reads of it, name by name."""

    record: RecordRef
    anchor: str
    detail: str
    text: Markup
    data: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    """The list of a kind; without select boxes and orders where it is short."""

    heading: str
    rows: tuple[Row, ...]
    withdrawn: tuple[Row, ...]
    listings: tuple[ListingLink, ...]
    """The same kind, listed by a facet."""
    narrowed: bool
    """Whether the list is long enough to narrow."""
    filters: tuple[Filter, ...]
    sorts: tuple[Option, ...]
    jumps: tuple[Jump, ...]
    script: str


def view_index(viewing: Viewing, kind: Kind, facets: Mapping[str, Facets]) -> IndexView:
    """The list of a kind, the records that no longer stand apart."""
    titled = sorted(viewing.ledger.of_kind(kind.name), key=by_title(viewing))
    titles = {record.id: at for at, record in enumerate(titled, start=1)}
    records = sorted(titled, key=ORDERS.get(kind.name, lambda _: 0))
    standing = [record for record in records if stands(record)]
    anchors, jumps = jumps_into([_under(viewing, record) for record in standing], "under")
    data = _data(viewing, kind, records, facets, titles)

    def make(record: Record, at: str = "") -> Row:
        said = " · ".join(part for part in DETAILS[kind.name](viewing, record, facets[record.id]) if part)
        return Row(viewing.ref_to(record), at, said, viewing.text(_text(record)), data[record.id])

    return IndexView(
        heading=words.KINDS[kind.name][1],
        rows=tuple(make(record, at) for record, at in zip(standing, anchors, strict=True)),
        withdrawn=tuple(make(record) for record in records if not stands(record)),
        listings=listing_links(viewing, kind),
        narrowed=len(records) > FEW,
        filters=_filters(viewing, kind, records, facets),
        sorts=tuple(
            Option(order if at else "", words.SORTS[order]) for at, order in enumerate(SORTS.get(kind.name, SORTED))
        ),
        jumps=jumps,
        script=viewing.url(urls.LISTING_SCRIPT),
    )


ORDERS: Mapping[str, Callable[[Record], Any]] = {
    "event": lambda record: record.fields.date.sort_key(),
    "position": lambda record: (record.fields.controversy, record.fields.letter),
}
"""The order of a kind's list, where it is not that of the titles."""


def _under(viewing: Viewing, record: Record) -> str:
    """What a row stands under in a long list: the year of an event, the first letter of everything else."""
    return str(begins(record.fields.date).year) if record.kind.name == "event" else initial(viewing.plain(record.title))


def _filters(
    viewing: Viewing, kind: Kind, records: Sequence[Record], facets: Mapping[str, Facets]
) -> tuple[Filter, ...]:
    """The facets of which there is more than one value to choose."""
    found = {
        name: {value for record in records for value in values_of(record, name, facets[record.id])}
        for name in FILTERS.get(kind.name, ())
    }
    return tuple(view_filter(viewing, name, values) for name, values in found.items() if len(values) > 1)


def _text(record: Record) -> str | None:
    fields = record.fields
    text: str | None = fields.definition if record.kind.name == "term" else getattr(fields, "summary", None)
    return text


# What a row says


def _controversies(viewing: Viewing, facets: Facets) -> str:
    return ", ".join(value_words(viewing, "controversy", id_) for id_ in facets["controversy"])


def _type(record: Record) -> str:
    return TYPES.get(record.fields.type or "", "")


def _controversy(_: Viewing, record: Record, __: Facets) -> tuple[str, ...]:
    return (words.STATUSES[record.fields.status],)


def _claim(viewing: Viewing, record: Record, facets: Facets) -> Iterator[str]:
    yield from (_type(record), rating_words(record), _controversies(viewing, facets))


def _source(viewing: Viewing, record: Record, _: Facets) -> Iterator[str]:
    fields = record.fields
    yield from (citations.label(fields), words.TIERS[fields.tier], words.count(words.USES, _uses(viewing, record)))
    yield words.STATUSES[fields.status] if fields.status and fields.status != "current" else ""


def _uses(viewing: Viewing, source: Record) -> int:
    """How many claims take evidence from a source."""
    return len(set(links.linked(links.links_in(viewing.ledger, source.id), "shown_in")))


def _proponent(viewing: Viewing, record: Record, _: Facets) -> Iterator[str]:
    yield _type(record)
    said: dict[str, list[str]] = {}
    for id_, way in ways_to(viewing.ledger, record, "position").items():
        said.setdefault(way, []).append(value_words(viewing, "position", id_))
    yield from (f"{way} {', '.join(positions)}" for way, positions in said.items())


def _event(viewing: Viewing, record: Record, facets: Facets) -> Iterator[str]:
    yield from (in_words(record.fields.date), _type(record), _controversies(viewing, facets))


def _position(viewing: Viewing, record: Record, facets: Facets) -> Iterator[str]:
    yield from (_controversies(viewing, facets), value_words(viewing, "position", record.id), rating_words(record))


def _nothing(*_: Any) -> tuple[str, ...]:
    return ()


DETAILS: Mapping[str, Callable[[Viewing, Record, Facets], Iterator[str] | tuple[str, ...]]] = {
    "thread": _nothing,
    "controversy": _controversy,
    "position": _position,
    "claim": _claim,
    "source": _source,
    "proponent": _proponent,
    "event": _event,
    "term": _nothing,
    "page": _nothing,
}
"""What a row says of its record, beyond its title."""


# What the script reads


def _data(
    viewing: Viewing, kind: Kind, records: Sequence[Record], facets: Mapping[str, Facets], titles: Mapping[str, int]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """By id: the values of each facet, and a number for each order; a record without one comes last."""
    changed = _changed(viewing, [record.id for record in records])
    orders = dict.fromkeys(order.removeprefix("-") for order in SORTS.get(kind.name, SORTED)[1:])
    numbers: Mapping[str, Callable[[Record], int | None]] = {
        "title": lambda record: titles[record.id],
        "date": lambda record: _number(begins(record.fields.issued if kind.name == "source" else record.fields.date)),
        "rating": _rating,
        "uses": lambda record: _uses(viewing, record),
        "changed": lambda record: changed.get(record.id),
    }
    found = {}
    for record in records:
        values = ((name, " ".join(values_of(record, name, facets[record.id]))) for name in FILTERS.get(kind.name, ()))
        ranks = ((f"by-{order}", numbers[order](record)) for order in orders)
        kept = ((name, str(rank)) for name, rank in ranks if rank is not None)
        found[record.id] = (*((name, value) for name, value in values if value), *kept)
    return found


def _changed(viewing: Viewing, ids: Sequence[str]) -> dict[str, int]:
    """When each record last changed; those that do not say are left out."""
    newest: dict[str, int] = {}
    for change in all_changes(viewing.ledger, set(ids)):
        newest[change.record.id] = max(newest.get(change.record.id, 0), _number(change.day.earliest))
    return newest


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _rating(record: Record) -> int | None:
    ratings = record.fields.assessments
    return get_args(Rating).index(ratings[-1].rating) if ratings else None
