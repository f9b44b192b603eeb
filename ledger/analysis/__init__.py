"""What follows from the records: works and teams, verdicts, what depends on what.

In: a Ledger. Out: an Analysis, through which pages and exports ask for one result after the other; `Analysis` names
them all. Nothing here reads a file or writes a sentence for readers.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import Concatenate, Generic, ParamSpec, TypeVar

from ledger.analysis import results, ties
from ledger.analysis.as_of import settled
from ledger.analysis.changes import all_changes, lines_in
from ledger.analysis.changes import changes_in as changes_around
from ledger.analysis.exhibits import exhibits_of
from ledger.analysis.figures import conflicts as all_conflicts
from ledger.analysis.figures import conflicts_of as conflicts_around
from ledger.analysis.figures import figures_in_chart
from ledger.analysis.highlights import highlights_in
from ledger.analysis.highlights import moved_by as positions_moved
from ledger.analysis.history import Timeline, timelines
from ledger.analysis.lazy import Lookup
from ledger.analysis.lineages import Chains
from ledger.analysis.questions import objecting as letters_objecting
from ledger.analysis.questions import questions_of
from ledger.analysis.quotes import Verdict
from ledger.analysis.rivals import rivals_of
from ledger.analysis.world import effect_of
from ledger.analysis.world import events as all_events
from ledger.analysis.world import events_in as events_around
from ledger.graph import Ledger, result
from ledger.indexing import index_of

Ids = ParamSpec("Ids")
Value = TypeVar("Value")


class _Whole(Generic[Value]):
    """A result of the whole ledger."""

    def __init__(self, make: Callable[[Ledger], Value]) -> None:
        self._make = make

    def __get__(self, analysis: "Analysis", _: object) -> Value:
        return self._make(analysis.ledger)


class _Of(Generic[Ids, Value]):
    """A result of some ids."""

    def __init__(self, make: Callable[Concatenate[Ledger, Ids], Value]) -> None:
        self._make = make

    def __get__(self, analysis: "Analysis", _: object) -> Callable[Ids, Value]:
        return partial(self._make, analysis.ledger)


class _Each(Generic[Value]):
    """A result for each record of a kind that was not withdrawn, by id; records without one are left out."""

    def __init__(self, kind: str, make: Callable[[Ledger, str], Value | None]) -> None:
        self._kind, self._make = kind, make

    def __set_name__(self, _: object, name: str) -> None:
        self._name = name

    def __get__(self, analysis: "Analysis", _: object) -> Mapping[str, Value]:
        ledger = analysis.ledger

        def find(id_: str) -> Value | None:
            card = ledger.card(id_)
            there = card is not None and card.id == id_ and card.kind == self._kind and not card.withdrawn
            return self._make(ledger, id_) if there else None

        def keys() -> Iterable[str]:
            return [id_ for id_ in ledger.standing(self._kind) if find(id_) is not None]

        vars(analysis)[self._name] = found = Lookup(find, keys)  # in its own place from now on
        return found


class Analysis:
    """Everything that is computed of a ledger: each result when it is first asked for; its function says what it is."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    is_dropped = _Of(results.is_dropped)
    quotes_of = _Of(results.quotes_of)
    chains = _Of(results.chains_of)
    exhibits = _Of(exhibits_of)
    strips = _Each("claim", results.strip)
    ratings = _Each("claim", results.rating)
    positions = _Each("position", results.position_verdicts)
    single_points = _Each("claim", lambda ledger, id_: results.single_points(ledger, id_) or None)
    if_retracted = _Of(results.if_retracted)
    claims_behind = _Of(results.claims_behind)
    resting_on = _Of(results.resting_on)
    claims_changed = _Each("claim", results.claim_changed_by)
    positions_changed = _Each("position", results.position_changed_by)
    rivals = _Each("controversy", rivals_of)
    cruxes = _Each("controversy", results.cruxes_of)
    importance = _Each("controversy", results.importance_in)
    highlights = _Each("controversy", highlights_in)
    questions = _Each("controversy", questions_of)
    ties_in = _Of(ties.ties_in)
    positions_in = _Of(ties.positions_in)
    objecting = _Of(letters_objecting)
    moved_by = _Of(positions_moved)
    main_controversy = _Whole(results.main_controversy)
    fairness = _Each("controversy", results.shares_of)
    charts = _Each("chart", figures_in_chart)
    conflicts = _Whole(all_conflicts)
    conflicts_of = _Of(conflicts_around)
    changes = _Whole(all_changes)
    changes_in = _Of(changes_around)
    lines = _Of(lines_in)
    events = _Whole(all_events)
    events_in = _Of(events_around)
    effects = _Each("event", effect_of)
    gaps = _Whole(results.board)
    campaigns = _Whole(results.campaigns)
    agreement = _Whole(results.agreement_of)
    steadiness = _Whole(results.steadiness_of)

    @property
    def quotes(self) -> Mapping[str, Verdict]:
        """By key: `claim/e1`, `proponent/s1/attested/0`, `position/would_change_mind/0`."""

        def find(key: str) -> Verdict | None:
            id_, _, place = key.partition("/")
            return results.quotes_of(self.ledger, id_).get(place) if self.ledger.card(id_) else None

        def keys() -> Iterable[str]:
            return [f"{id_}/{place}" for id_ in self.ledger.records for place in results.quotes_of(self.ledger, id_)]

        return Lookup(find, keys)

    def chains_behind(self, claim: str) -> Chains:
        """The chains behind all that a claim cites."""
        return results.input_of(self.ledger, claim).chains

    @property
    def histories(self) -> Mapping[str, tuple[Timeline, ...]]:
        """Of each controversy, by each clock."""
        return Lookup(
            lambda id_: timelines(self.ledger, id_) if id_ in self.ledger.records else None,
            lambda: self.ledger.members("controversy"),
        )


def sound(ledger: Ledger) -> Ledger:
    """The ledger that is computed from. That every record is sound is not noted: what is shown has no error."""
    return _without_unsound(ledger) if ledger.index.unsound else ledger


@result
def _without_unsound(ledger: Ledger) -> Ledger:
    loaded, unsound = ledger.index.loaded, ledger.unsound
    there = {id_: record for id_, record in ledger.records.items() if id_ not in unsound}
    records = settled(loaded.records, there)
    return Ledger(index_of(replace(loaded, records=records), as_of=ledger.index.as_of))


def analyse(ledger: Ledger) -> Analysis:
    """What follows from a ledger, as far as its records are sound."""
    return _analysis(sound(ledger))


@lru_cache(maxsize=1)
def _analysis(ledger: Ledger) -> Analysis:
    """It is asked for tens of thousands of times, nearly always of the same ledger."""
    return Analysis(ledger)


__all__ = ["Analysis", "analyse"]
