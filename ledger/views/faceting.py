"""What a record can be found by: its controversy, position, rating, tier, year; and which lists sort a kind by one.

In: a Ledger. Out: the values of each facet by record. A claim takes the tier, year and proponents of the sources that
its evidence is taken from; a source takes the positions of the claims that it gives evidence on. What stands with a
position belongs to that position's controversy.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from ledger import links, urls, words
from ledger.dates import PartialDate
from ledger.graph import Ledger, result
from ledger.links import RecordLink
from ledger.loading import Record
from ledger.records import KINDS, Kind
from ledger.views.viewing import Viewing

Facets = Mapping[str, tuple[str, ...]]
"""Facet → its values, sorted."""

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


@dataclass(frozen=True, slots=True)
class ListingLink:
    """A link to a list."""

    words: str
    href: str


def all_facets(ledger: Ledger) -> dict[str, Facets]:
    """The facets of every record, by its id."""
    return {id_: facets_of(ledger, id_) for id_ in ledger.records}


@result
def facets_of(ledger: Ledger, id_: str) -> Facets:
    """The facets of a record."""
    record, facets = ledger.records[id_], _own(ledger, id_)
    taken = TAKEN.get(record.kind.name, ())
    ends = [_own(ledger, end) for end in _ends_of_evidence(ledger, record)] if taken else []
    return {
        name: tuple(sorted({*values, *chain.from_iterable(end[name] for end in ends)})) if name in taken else values
        for name, values in facets.items()
    }


def ways_to(ledger: Ledger, record: Record, facet: str) -> dict[str, str]:
    """The records that are a facet's values, by id, and how this record stands to each, in words."""
    relations = LINKED.get((record.kind.name, facet))
    if relations is None:
        return {}
    ways: dict[str, list[str]] = {}
    for at, found in enumerate((links.links_out(ledger, record.id), links.links_in(ledger, record.id))):
        for link in found:
            if link.relation in relations and link.kind == facet:
                ways.setdefault(link.other, []).append(str(link.own.get("effect") or _relation(link, at)))
    return {id_: ", ".join(dict.fromkeys(said)) for id_, said in sorted(ways.items())}


def _relation(link: RecordLink, at: int) -> str:
    return words.RELATIONS[link.relation][at]


@result
def _own(ledger: Ledger, id_: str) -> Facets:
    record = ledger.records[id_]
    fields, positions = record.fields, _linked(ledger, record, "position")
    return {
        "controversy": _controversies(ledger, record, positions),
        "position": positions,
        "rating": _rating(record),
        "tier": (fields.tier,) if record.kind.name == "source" else (),
        "year": tuple(_year(day) for day in (getattr(fields, "issued", None), _event_date(record)) if day),
        "proponent": _linked(ledger, record, "proponent"),
    }


def _linked(ledger: Ledger, record: Record, facet: str) -> tuple[str, ...]:
    return (record.id,) if record.kind.name == facet else tuple(ways_to(ledger, record, facet))


def _controversies(ledger: Ledger, record: Record, positions: tuple[str, ...]) -> tuple[str, ...]:
    """A controversy itself, those that a record names, and those of the positions that it stands with."""
    answered = {ledger.present_id(ledger.records[id_].fields.controversy) for id_ in positions}
    return tuple(sorted({*_linked(ledger, record, "controversy"), *answered}))


def _rating(record: Record) -> tuple[str, ...]:
    if record.kind.name not in ("claim", "position"):
        return ()
    ratings = record.fields.assessments
    return (str(ratings[-1].rating) if ratings else NONE,)


def _event_date(record: Record) -> PartialDate | None:
    return record.fields.date if record.kind.name == "event" else None


def _year(day: PartialDate) -> str:
    return f"{begins(day).year:04}"


def begins(day: PartialDate) -> date:
    """The day on which it began, or ended if only that is known."""
    return day.latest if day.text.startswith("../") else day.earliest


def _ends_of_evidence(ledger: Ledger, record: Record) -> Iterator[str]:
    found = (links.links_in if record.kind.name == "source" else links.links_out)(ledger, record.id)
    yield from links.linked(found, "shown_in", "about", "gave")


def listings_of(ledger: Ledger) -> Iterator[tuple[Kind, str]]:
    """Kind and facet of the lists that this ledger has; a kind without records has none."""
    kinds = {kind.name: kind for kind in KINDS}
    yield from ((kinds[name], facet) for name, facet in LISTINGS if name in ledger.kinds)


def listing_links(viewing: Viewing, kind: Kind) -> tuple[ListingLink, ...]:
    """Links to the lists that sort a kind by a facet."""
    return tuple(
        ListingLink(words.LISTED_BY[facet], viewing.url(urls.listing(kind, facet)))
        for listed, facet in listings_of(viewing.ledger)
        if listed is kind
    )
