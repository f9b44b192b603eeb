"""A facet as a select box: its values in the order in which readers meet them, in words.

In: a ledger seen from a page, and the values that its records have. Out: options, in groups where they are many.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, get_args

from ledger import words
from ledger.loading import Record
from ledger.views.alphabet import by_title
from ledger.views.faceting import NONE, Facets
from ledger.views.viewing import Viewing
from ledger.vocabulary import Rating


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


TYPES = {**words.CLAIM_TYPES, **words.PROPONENT_TYPES, **words.EVENT_TYPES}
WORDS: Mapping[str, Mapping[str, str]] = {
    "rating": words.RATINGS,
    "tier": words.TIERS,
    "type": TYPES,
    "status": words.STATUSES,
}
ORDERS: Mapping[str, Callable[[Viewing, str], Any]] = {
    "controversy": lambda viewing, value: by_title(viewing)(viewing.ledger.records[value]),
    "position": lambda viewing, value: _position_order(viewing.ledger.records[value]),
    "rating": lambda _, value: -get_args(Rating).index(value),
    "tier": lambda _, value: list(words.TIERS).index(value),
    "year": lambda _, value: -int(value),
    "proponent": lambda viewing, value: by_title(viewing)(viewing.ledger.records[value]),
    "type": lambda _, value: list(TYPES).index(value),
    "status": lambda _, value: list(words.STATUSES).index(value),
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
    if facet in ("controversy", "position", "proponent"):
        record = viewing.ledger.records[value]
        ref = viewing.ref(record.id)
        return ref.label or ref.title
    return WORDS.get(facet, {}).get(value, value)


def values_of(record: Record, facet: str, facets: Facets) -> tuple[str, ...]:
    """What a record has of a facet; type and status are fields of its own."""
    if facet in facets:
        return facets[facet]
    own = getattr(record.fields, facet, None)
    return (str(own),) if own else ()


def view_filter(viewing: Viewing, name: str, values: Collection[str]) -> Filter:
    """A facet with all its values; positions stand under their controversies."""
    groups: dict[str, list[Option]] = {}
    for value in in_order(viewing, name, set(values)):
        option = Option(value, value_words(viewing, name, value))
        groups.setdefault(_heading(viewing, name, value), []).append(option)
    return Filter(name, words.FACETS[name], tuple(OptionGroup(heading, tuple(of)) for heading, of in groups.items()))


def _heading(viewing: Viewing, facet: str, value: str) -> str:
    if facet != "position" or value == NONE:
        return ""
    return viewing.ref(viewing.ledger.records[value].fields.controversy).title
