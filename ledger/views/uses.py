"""Every use of a source: evidence, stances, conditions, events, definitions, searches, and texts that cite it.

In: a source as its page sees it. Out: for each use where it is, and the words that say what the source is used for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from markupsafe import Markup

from ledger import links, words
from ledger.context import RecordRef, Viewing
from ledger.dates import in_words
from ledger.links import RecordLink, linked
from ledger.loading import Record
from ledger.views.claim import EvidenceView, view_evidence
from ledger.views.excerpts import CitationView, view_citations
from ledger.views.paging import rows_of
from ledger.views.parts import SearchView, view_searches
from ledger.views.position import MindChangeView, view_mind_change
from ledger.views.stances import StatementView, view_statements


@dataclass(frozen=True, slots=True)
class UseView:
    """An evidence item that is taken from the source, and its claim."""

    claim: RecordRef
    evidence: EvidenceView


@dataclass(frozen=True, slots=True)
class UseGroup:
    """The evidence items that do the same to their claims."""

    effect: str
    heading: str
    uses: tuple[UseView, ...]


@dataclass(frozen=True, slots=True)
class AttestedStance:
    """A statement that the source attests, and the place of it on the proponent's page."""

    proponent: RecordRef
    statement: StatementView


@dataclass(frozen=True, slots=True)
class AttestedCondition:
    """What would change somebody's mind, and the position that it is about."""

    position: RecordRef
    condition: MindChangeView


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """An event that the source tells of."""

    event: RecordRef
    date: str
    summary: Markup


@dataclass(frozen=True, slots=True)
class Definition:
    """A term that the source defines."""

    term: RecordRef
    definition: Markup


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A logged search that kept the source, and what was searched for."""

    record: RecordRef
    search: SearchView


@dataclass(frozen=True, slots=True)
class UsesView:
    """Everything that the source is used for; `sections` names the parts that are not empty, each with its place."""

    sections: tuple[tuple[str, str], ...]
    evidence: tuple[UseGroup, ...]
    stances: tuple[AttestedStance, ...]
    conditions: tuple[AttestedCondition, ...]
    events: tuple[ToldEvent, ...]
    definitions: tuple[Definition, ...]
    searches: tuple[SearchHit, ...]
    citations: tuple[CitationView, ...]


SHOWN = frozenset(("shown_in", "stated_in", "told_in", "defined_in", "kept", "cites"))
"""Ways of referring to a source that are uses of it."""


def view_uses(viewing: Viewing, source: Record) -> UsesView:
    """Every use of a source."""
    found = links.links_in(viewing.ledger, source.id)
    evidence = sorted((link for link in found if link.relation == "shown_in"), key=partial(_use_order, viewing))
    stated = _records(viewing, found, "stated_in")
    parts: dict[str, tuple[Any, ...]] = {
        "evidence": tuple(evidence),
        "stances": tuple(use for record in stated for use in _stances(viewing, record, source)),
        "conditions": tuple(use for record in stated for use in _conditions(viewing, record, source)),
        "events": tuple(sorted(_records(viewing, found, "told_in"), key=_event_order)),
        "definitions": tuple(
            Definition(viewing.ref_to(term), viewing.text(term.fields.definition))
            for term in _records(viewing, found, "defined_in")
        ),
        "searches": tuple(
            use for record in _records(viewing, found, "kept") for use in _searches(viewing, record, source)
        ),
        "citations": view_citations(viewing, source),
    }
    here = {name: rows_of(viewing, part) for name, part in parts.items()}
    sections = tuple((name, words.count(words.USE_COUNTS[name], len(parts[name]))) for name in parts if here[name])
    here["evidence"] = tuple(_evidence(viewing, here["evidence"]))
    here["events"] = tuple(_event(viewing, event) for event in here["events"])
    return UsesView(sections=sections, **here)


def _records(viewing: Viewing, found: Iterable[RecordLink], relation: str) -> list[Record]:
    """The records at the other end, each once, in their order."""
    return [viewing.ledger.records[id_] for id_ in dict.fromkeys(linked(found, relation))]


def _evidence(viewing: Viewing, found: Iterable[RecordLink]) -> Iterator[UseGroup]:
    for effect, group in groupby(found, key=lambda link: str(link.own["effect"])):
        yield UseGroup(effect, words.EFFECTS[effect], tuple(_use(viewing, link) for link in group))


def _use(viewing: Viewing, link: RecordLink) -> UseView:
    part = link.other_part.partition("/")[2]
    claim = viewing.ledger.records[link.other]
    item = next(item for item in claim.fields.evidence if item.id == part)
    return UseView(viewing.ref(link.node), view_evidence(viewing, claim, item))


def _use_order(viewing: Viewing, link: RecordLink) -> tuple[int, bool, str, str]:
    """By what the item does; claims that no longer stand come last."""
    claim = viewing.ref(link.node)
    return [*words.EFFECTS].index(str(link.own["effect"])), claim.withdrawn, claim.title.casefold(), claim.href


def _stances(viewing: Viewing, record: Record, source: Record) -> Iterator[AttestedStance]:
    if record.kind.name == "proponent":
        for statement in view_statements(viewing, record):
            if statement.attested and viewing.ref_id(statement.attested.source) == source.id:
                yield AttestedStance(viewing.ref_to(record, statement.anchor), statement)


def _conditions(viewing: Viewing, record: Record, source: Record) -> Iterator[AttestedCondition]:
    if record.kind.name == "position":
        for at, entry in enumerate(record.fields.would_change_mind):
            if viewing.ref_id(entry.source) == source.id:
                yield AttestedCondition(viewing.ref_to(record), view_mind_change(viewing, record, at))


def _event_order(event: Record) -> tuple[Any, str]:
    return event.fields.date.sort_key(), event.id


def _event(viewing: Viewing, event: Record) -> ToldEvent:
    when = words.from_to(in_words(event.fields.date), in_words(event.fields.end_date))
    return ToldEvent(viewing.ref_to(event), when, viewing.text(event.fields.summary))


def _searches(viewing: Viewing, record: Record, source: Record) -> Iterator[SearchHit]:
    kept = [search for search in record.fields.searches if source.id in map(viewing.ref_id, search.kept)]
    yield from (SearchHit(viewing.ref_to(record), search) for search in view_searches(viewing, kept))
