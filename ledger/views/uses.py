"""Every use of a source: evidence, stances, conditions, events, definitions, searches, and texts that cite it.

In: a source as its page sees it. Out: for each use where it is, and the record's own words.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Any

from ledger import links, words
from ledger.context import RecordRef, Viewing
from ledger.links import RecordLink, linked
from ledger.loading import Record, is_a
from ledger.records import Claim, Controversy, Event, Position, Proponent, Search, Source
from ledger.views.claim import EvidenceView, view_evidence
from ledger.views.excerpts import view_citations
from ledger.views.paging import rows_of
from ledger.views.position import MindChangeView, view_mind_change
from ledger.views.stances import StatementView, view_statements

SHOWN = frozenset(("shown_in", "stated_in", "told_in", "defined_in", "kept", "cites"))
"""Ways of referring to a source that are uses of it."""
Uses = dict[str, tuple[Any, ...]]
"""Sort of use → the uses, each after the record, or the part of one, that it is in."""


def view_uses(viewing: Viewing, source: Record[Source]) -> tuple[Uses, tuple[tuple[str, str], ...]]:
    """The uses of a source that are on the page, by sort, and how many there are of each, in words."""
    found = links.links_in(viewing.ledger, source.id)
    evidence = sorted((link for link in found if link.relation == "shown_in"), key=partial(_use_order, viewing))
    stated = _records(viewing, found, "stated_in")
    parts: Uses = {
        "evidence": tuple(evidence),
        "stances": tuple(use for record in stated for use in _stances(viewing, record, source)),
        "conditions": tuple(use for record in stated for use in _conditions(viewing, record, source)),
        "events": tuple(sorted(_records(viewing, found, "told_in"), key=_event_order)),
        "definitions": tuple(_records(viewing, found, "defined_in")),
        "searches": tuple(
            use for record in _records(viewing, found, "kept") for use in _searches(viewing, record, source)
        ),
        "citations": view_citations(viewing, source),
    }
    here = {name: rows_of(viewing, part) for name, part in parts.items()}
    counts = tuple((name, words.count(words.USE_COUNTS[name], len(parts[name]))) for name in parts if here[name])
    return here | {"evidence": tuple(_evidence(viewing, here["evidence"]))}, counts


def _records(viewing: Viewing, found: Iterable[RecordLink], relation: str) -> list[Record[Any]]:
    """The records at the other end, each once, in their order."""
    return [viewing.ledger.records[id_] for id_ in dict.fromkeys(linked(found, relation))]


def _evidence(
    viewing: Viewing, found: Iterable[RecordLink]
) -> Iterator[tuple[str, tuple[tuple[RecordRef, EvidenceView], ...]]]:
    """Evidence items by what they do to their claims."""
    for effect, group in groupby(found, key=lambda link: str(link.own["effect"])):
        yield effect, tuple((viewing.ref(link.node), _item(viewing, link)) for link in group)


def _item(viewing: Viewing, link: RecordLink) -> EvidenceView:
    part = link.other_part.partition("/")[2]
    evidence = viewing.ledger.record(Claim, link.other).fields.evidence
    return view_evidence(viewing, link.other, next(item for item in evidence if item.id == part))


def _use_order(viewing: Viewing, link: RecordLink) -> tuple[int, bool, str, str]:
    """By what the item does; claims that no longer stand come last."""
    claim = viewing.ref(link.node)
    return [*words.EFFECTS].index(str(link.own["effect"])), claim.withdrawn, claim.title.casefold(), claim.href


def _stances(viewing: Viewing, record: Record, source: Record[Source]) -> Iterator[tuple[RecordRef, StatementView]]:
    """The statements that the source attests, each after its place on the proponent's page."""
    for statement in view_statements(viewing, record) if is_a(record, Proponent) else ():
        if statement.attested and viewing.ref_id(statement.attested.source) == source.id:
            yield viewing.ref_to(record, statement.anchor), statement


def _conditions(viewing: Viewing, record: Record, source: Record[Source]) -> Iterator[tuple[RecordRef, MindChangeView]]:
    """What the source says would change somebody's mind, after the position that it is about."""
    for at, entry in enumerate(record.fields.would_change_mind if is_a(record, Position) else ()):
        if viewing.ref_id(entry.source) == source.id:
            yield viewing.ref_to(record), view_mind_change(viewing, record, at)


def _event_order(event: Record[Event]) -> tuple[Any, str]:
    return event.fields.date.sort_key(), event.id


def _searches(
    viewing: Viewing, record: Record[Claim] | Record[Controversy], source: Record[Source]
) -> Iterator[tuple[RecordRef, Search]]:
    for search in record.fields.searches:
        if source.id in map(viewing.ref_id, search.kept):
            yield viewing.ref_to(record), search
