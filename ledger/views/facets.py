"""The pages that list a kind by a facet, and everything from A to Z: search without a script."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from ledger import urls, words
from ledger.loading import Record
from ledger.records import Kind
from ledger.views.alphabet import Jump, anchor, by_title, initial, jumps_into
from ledger.views.faceting import NONE, Facets, ListingLink, listing_links, ways_to
from ledger.views.filters import in_order, value_words, values_of
from ledger.views.lists import DETAILS
from ledger.views.viewing import RecordRef, Viewing


@dataclass(frozen=True, slots=True)
class FacetEntry:
    """One line: a record, its place on the page if links lead there, how it stands to the group, what sort it is."""

    record: RecordRef
    anchor: str
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
    jumps: tuple[Jump, ...]
    """Links to the letters of a long group."""
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
        for value in values_of(record, facet, facets[record.id]) or (NONE,):
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


def _group(viewing: Viewing, facet: str, value: str, records: Sequence[Record]) -> FacetGroup:
    short = value_words(viewing, facet, value)
    position = viewing.ledger.records[value] if facet == "position" and value != NONE else None
    letters = [initial(viewing.plain(record.title)) for record in records]
    anchors, jumps = jumps_into(letters, f"by-{value}")
    return FacetGroup(
        anchor=f"by-{value}",
        under=_under(viewing, facet, position),
        short=short,
        heading=_statement(viewing, position) if position else short[0].upper() + short[1:],
        href=viewing.url(urls.of_record(position)) if position else "",
        jumps=jumps,
        entries=tuple(_entry(viewing, record, at, position) for record, at in zip(records, anchors, strict=True)),
    )


def _under(viewing: Viewing, facet: str, position: Record | None) -> str:
    if position:
        return viewing.ref(position.fields.controversy).title
    return words.ELSEWHERE if facet == "position" else ""


def _statement(viewing: Viewing, position: Record) -> str:
    return f"{position.fields.letter}: {viewing.plain(position.title)}"


def _entry(viewing: Viewing, record: Record, at: str, position: Record | None) -> FacetEntry:
    way = ways_to(viewing.ledger, record, "position").get(position.id, "") if position else ""
    return FacetEntry(viewing.ref_to(record), at, way, DETAILS[record.kind.name](record))


def view_a_to_z(viewing: Viewing) -> FacetView:
    """Every record of every kind, by its first letter."""
    records = sorted(viewing.ledger.records.values(), key=by_title(viewing))
    groups = groupby(records, key=lambda record: initial(viewing.plain(record.title)))
    return FacetView(
        heading=words.A_TO_Z,
        groups=tuple(_letter(viewing, letter, tuple(found)) for letter, found in groups),
        others=(),
    )


def _letter(viewing: Viewing, letter: str, records: Collection[Record]) -> FacetGroup:
    entries = (
        FacetEntry(viewing.ref_to(record), "", words.KINDS[record.kind.name][0], DETAILS[record.kind.name](record))
        for record in records
    )
    return FacetGroup(anchor("by", letter), "", letter, letter, "", (), tuple(entries))
