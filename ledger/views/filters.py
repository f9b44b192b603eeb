"""By what lists are narrowed and divided, in words: the facets of records and their values.

In: a Ledger, and the kind of a list. Out: filters, each with the values that readers choose from.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from ledger.context import plain_title
from ledger.facets import (
    FACETS,
    NONE,
    controversy_of,
    facets_of,
)
from ledger.graph import Ledger, compared
from ledger.records import KINDS
from ledger.views.rows import LISTINGS, in_order, row_of, value_words

MOST_OPTIONS = 1000
"""How many values a select box offers; one with more is left out."""


class Filter(NamedTuple):
    """A facet to narrow a list by: its options, each a value and its words, under headings that may be empty."""

    name: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


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
    every = [facets_of(ledger, id_) for kind in KINDS for id_ in ledger.members(kind.name)]
    found = {name: {value for facets in every for value in facets[name]} for name in FACETS}
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
