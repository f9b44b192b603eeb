"""What is new in the ledger, from the records' own dates: added, updated, rated, given evidence, withdrawn.

In: a Ledger. Out: changes, newest first; everything that happened to a record on one day is one change.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ledger import links, words
from ledger.dates import PartialDate, parse_date
from ledger.edges import Card
from ledger.graph import Ledger, compared
from ledger.records import KINDS, Claim, Common, ratings_in

ACTS = ("added", "updated", "rated", "evidence", "withdrawn")
"""What can happen to a record, in the order in which they are listed."""
BEARING = frozenset(("rests_on", "rejects", "bears_on", "objected_to_by"))
"""The edges between a position and a claim that matters to it."""
_ORDER = tuple(kind.name for kind in KINDS)


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a record on a day; the day may be a month or a year."""

    day: PartialDate
    record: Card
    acts: tuple[str, ...]
    rating: str
    """The rating given that day; empty where none was."""

    def in_words(self) -> str:
        """What happened: `rated, new evidence`."""
        return ", ".join(words.ACTS[act] for act in self.acts)


def all_changes(ledger: Ledger, among: Collection[str] | None = None) -> tuple[Change, ...]:
    """Every change of the ledger, or of the records with these ids: newest first, then by kind and title."""
    ids = (id_ for kind in _ORDER for id_ in ledger.members(kind)) if among is None else among
    found = [
        Change(_day(day), card, acts, rating)
        for card in map(ledger.card, ids)
        if card
        for day, acts, rating in changes_of(ledger, card.id)
    ]
    found.sort(key=lambda change: (_ORDER.index(change.record.kind), change.record.title.casefold(), change.record.id))
    return tuple(sorted(found, key=lambda change: change.day.sort_key(), reverse=True))


def changes_around(ledger: Ledger, controversy: str) -> tuple[Change, ...]:
    """The changes of a controversy, the positions that answer it and the claims that matter to those."""
    found = {controversy}
    for answer in links.linked(links.links_in(ledger, controversy), "answers"):
        near = (*links.links_in(ledger, answer), *links.links_out(ledger, answer))
        found |= {answer, *(link.other for link in near if link.kind == "claim" and link.relation in BEARING)}
    return all_changes(ledger, found)


_day = lru_cache(maxsize=1 << 12)(parse_date)


@compared
def changes_of(ledger: Ledger, id_: str) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """What happened to a record, by day: the day as it was written, what, and the rating given then."""
    by_day: dict[str, list[tuple[PartialDate, str, str]]] = {}
    for event in _events(ledger.records[id_].fields):
        by_day.setdefault(event[0].text, []).append(event)
    return tuple(_together(events) for events in by_day.values())


def _together(events: list[tuple[PartialDate, str, str]]) -> tuple[str, tuple[str, ...], str]:
    happened = {act for _, act, _ in events}
    if "added" in happened:
        happened -= {"updated", "evidence"}
    ratings = [rating for _, _, rating in events if rating]
    return events[0][0].text, tuple(act for act in ACTS if act in happened), (ratings or [""])[-1]


def _events(fields: Common) -> Iterator[tuple[PartialDate, str, str]]:
    """Day, act and rating of everything that has a day of its own."""
    withdrawn = fields.withdrawn.date if fields.withdrawn else None
    for act, day in (("added", fields.added), ("updated", fields.updated), ("withdrawn", withdrawn)):
        if day:
            yield day, act, ""
    if isinstance(fields, Claim):
        yield from ((item.recorded, "evidence", "") for item in fields.evidence if item.recorded)
    for path, ratings in ratings_in(fields):
        yield from ((entry.date, "rated", entry.rating if len(path) == 1 else "") for entry in ratings)
