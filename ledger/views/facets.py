"""The pages that list a kind by a facet, and everything from A to Z: search without a script."""

import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, get_args

from ledger import urls, words
from ledger.loading import Record
from ledger.records import Kind
from ledger.views.faceting import NONE, Facets, ListingLink, listing_links, ways_to
from ledger.views.lists import DETAILS
from ledger.views.viewing import RecordRef, Viewing, short_label
from ledger.vocabulary import ClaimType, Rating


@dataclass(frozen=True, slots=True)
class FacetEntry:
    """One line: a record, how it stands to the group, what sort of record it is."""

    record: RecordRef
    way: str
    detail: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """The records that share a value; `href` leads to the record that the value is, where it is one."""

    anchor: str
    under: str
    """What several groups stand under: the controversy of a position."""
    short: str
    heading: str
    href: str
    entries: tuple[FacetEntry, ...]


@dataclass(frozen=True, slots=True)
class FacetView:
    """A list in groups, and the other lists of the same kind."""

    heading: str
    groups: tuple[FacetGroup, ...]
    others: tuple[ListingLink, ...]


def view_facet(viewing: Viewing, kind: Kind, facet: str, facets: Mapping[str, Facets]) -> FacetView:
    """Every record of a kind, under each of its values of a facet."""
    found: dict[str, list[Record]] = {}
    for record in sorted(viewing.ledger.of_kind(kind.name), key=by_title(viewing)):
        for value in _values(record, facet, facets):
            found.setdefault(value, []).append(record)
    whole = ListingLink(words.KINDS[kind.name][1], viewing.url(urls.index(kind)))
    others = (link for link in listing_links(viewing, kind) if link.words != words.LISTED_BY[facet])
    return FacetView(
        heading=listing_title(kind, facet),
        groups=tuple(_group(viewing, facet, value, found[value]) for value in in_order(viewing, facet, found)),
        others=(whole, *others),
    )


def listing_title(kind: Kind, facet: str) -> str:
    """`Claims by rating`."""
    return f"{words.KINDS[kind.name][1]} {words.LISTED_BY[facet]}"


def _values(record: Record, facet: str, facets: Mapping[str, Facets]) -> tuple[str, ...]:
    return (str(record.fields.type),) if facet == "type" else facets[record.id][facet] or (NONE,)


ORDERS: Mapping[str, Callable[[Viewing, str], Any]] = {
    "position": lambda viewing, value: _position_order(viewing.ledger.records[value]),
    "rating": lambda _, value: -get_args(Rating).index(value),
    "tier": lambda _, value: list(words.TIERS).index(value),
    "year": lambda _, value: -int(value),
    "proponent": lambda viewing, value: by_title(viewing)(viewing.ledger.records[value]),
    "type": lambda _, value: get_args(ClaimType).index(value),
}
"""The order of each facet's values: ratings from the highest, years from the newest."""


def in_order(viewing: Viewing, facet: str, values: Collection[str]) -> list[str]:
    """A facet's values in the order in which readers meet them, records without one at the end."""
    given = [value for value in values if value != NONE]
    order = partial(ORDERS[facet], viewing)
    return sorted(given, key=order) + ([NONE] if NONE in values else [])


def _position_order(position: Record) -> tuple[str, str, str]:
    return position.fields.controversy, position.fields.letter, position.id


def value_words(viewing: Viewing, facet: str, value: str) -> str:
    """A facet's value as readers see it."""
    if value == NONE:
        return words.NOT_RATED if facet == "rating" else words.NO_POSITION
    if facet in ("position", "proponent"):
        record = viewing.ledger.records[value]
        return short_label(record) or viewing.plain(record.title)
    return WORDS.get(facet, {}).get(value, value)


WORDS: Mapping[str, Mapping[str, str]] = {"rating": words.RATINGS, "tier": words.TIERS, "type": words.CLAIM_TYPES}


def _group(viewing: Viewing, facet: str, value: str, records: Collection[Record]) -> FacetGroup:
    short = value_words(viewing, facet, value)
    position = viewing.ledger.records[value] if facet == "position" and value != NONE else None
    return FacetGroup(
        anchor=f"by-{value}",
        under=_under(viewing, facet, position),
        short=short,
        heading=_statement(viewing, position) if position else short[0].upper() + short[1:],
        href=viewing.url(urls.of_record(position)) if position else "",
        entries=tuple(_entry(viewing, record, position) for record in records),
    )


def _under(viewing: Viewing, facet: str, position: Record | None) -> str:
    if position:
        return viewing.ref(position.fields.controversy).title
    return words.ELSEWHERE if facet == "position" else ""


def _statement(viewing: Viewing, position: Record) -> str:
    return f"{position.fields.letter}: {viewing.plain(position.title)}"


def _entry(viewing: Viewing, record: Record, position: Record | None) -> FacetEntry:
    way = ways_to(viewing.ledger, record, "position").get(position.id, "") if position else ""
    return FacetEntry(viewing.ref_to(record), way, DETAILS[record.kind.name](record))


def by_title(viewing: Viewing) -> Callable[[Record], tuple[str, str]]:
    """The order of the alphabet: letters without case and accents, quotation marks and the like left out."""

    def key(record: Record) -> tuple[str, str]:
        return folded(viewing.plain(record.title)), record.id

    return key


def folded(text: str) -> str:
    """Words as the alphabet sorts them."""
    plain = (char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())


def view_a_to_z(viewing: Viewing) -> FacetView:
    """Every record of every kind, by its first letter."""
    records = sorted(viewing.ledger.records.values(), key=by_title(viewing))
    groups = groupby(records, key=lambda record: _initial(folded(viewing.plain(record.title))))
    return FacetView(
        heading=words.A_TO_Z,
        groups=tuple(_letter(viewing, letter, tuple(found)) for letter, found in groups),
        others=(),
    )


def _initial(title: str) -> str:
    first = title[:1].upper()
    return first if first.isalpha() else words.NO_LETTER


def _letter(viewing: Viewing, letter: str, records: tuple[Record, ...]) -> FacetGroup:
    entries = (
        FacetEntry(viewing.ref_to(record), words.KINDS[record.kind.name][0], DETAILS[record.kind.name](record))
        for record in records
    )
    anchor = "by-" + (letter if letter != words.NO_LETTER else "number")
    return FacetGroup(anchor, "", letter, letter, "", tuple(entries))
