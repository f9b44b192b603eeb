"""What follows from the records: origins, ratings, what depends on what.

In: a Ledger. Out: an Analysis, through which pages and exports ask for one result after the other; `results.py` says
what there is. Nothing here reads a file or writes a sentence for readers.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from ledger.analysis import results
from ledger.analysis.cruxes import Cruxes
from ledger.analysis.fairness import Share
from ledger.analysis.gaps import Row
from ledger.analysis.history import Timeline
from ledger.analysis.impact import ClaimChangedBy, PositionChangedBy, RetractionImpact
from ledger.analysis.lazy import Lookup
from ledger.analysis.origins import Origins, Trace
from ledger.analysis.positions import PositionBands
from ledger.analysis.quotes import Verdict
from ledger.analysis.ratings import Rating
from ledger.analysis.rivals import Rivals
from ledger.graph import Ledger
from ledger.records import Profile

Value = TypeVar("Value")


class Analysis:
    """Everything that is computed of a ledger: each result by the id of its subject, when it is first asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def _of(self, kind: str, make: Callable[[Ledger, str], Value | None]) -> Mapping[str, Value]:
        """A result for each record of a kind that was not withdrawn."""

        def find(id_: str) -> Value | None:
            card = self.ledger.card(id_)
            there = card is not None and card.id == id_ and card.kind == kind and not card.withdrawn
            return make(self.ledger, id_) if there else None

        def keys() -> Iterable[str]:
            return [card.id for card in self.ledger.cards(kind) if not card.withdrawn and find(card.id) is not None]

        return Lookup(find, keys)

    @property
    def profile(self) -> Profile:
        """The weights and thresholds."""
        return results.profile(self.ledger)

    def is_dropped(self, source: str) -> bool:
        """Whether a source's status takes it out."""
        return results.is_dropped(self.ledger, source)

    @property
    def quotes(self) -> Mapping[str, Verdict]:
        """By key: `claim/e1`, `proponent/s1/attested/0`, `position/would_change_mind/0`."""

        def find(key: str) -> Verdict | None:
            id_, _, place = key.partition("/")
            return results.quotes_of(self.ledger, id_).get(place) if self.ledger.card(id_) else None

        def keys() -> Iterable[str]:
            return [f"{id_}/{place}" for id_ in self.ledger.records for place in results.quotes_of(self.ledger, id_)]

        return Lookup(find, keys)

    def quotes_of(self, id_: str) -> Mapping[str, Verdict]:
        """The verdicts on the quotes of a record by their place: `e1`, `s1/attested/0`, `would_change_mind/0`."""
        return results.quotes_of(self.ledger, id_)

    def traced(self, id_: str) -> Trace:
        """The chains behind a source, or behind all that a claim cites."""
        return results.trace_of(self.ledger, id_)

    @property
    def origins(self) -> Mapping[str, Origins]:
        """Of each standing claim."""
        return self._of("claim", results.origins_of)

    @property
    def ratings(self) -> Mapping[str, Rating]:
        """Of each standing claim."""
        return self._of("claim", results.rating)

    @property
    def positions(self) -> Mapping[str, PositionBands]:
        """Of each standing position."""
        return self._of("position", results.bands)

    @property
    def single_points(self) -> Mapping[str, tuple[str, ...]]:
        """Claim → the sources each of which alone carries its heavier side; claims without one are left out."""
        return self._of("claim", lambda ledger, id_: results.single_points(ledger, id_) or None)

    def if_retracted(self, source: str) -> RetractionImpact:
        """What would change if a source were retracted."""
        return results.if_retracted(self.ledger, source)

    def claims_behind(self, source: str) -> tuple[str, ...]:
        """The standing claims that cite a source, or a work that takes from it."""
        return results.claims_behind(self.ledger, source)

    def resting_on(self, claim: str) -> list[str]:
        """The standing positions that rest on a claim."""
        return results.resting_on(self.ledger, claim)

    @property
    def claims_changed(self) -> Mapping[str, ClaimChangedBy]:
        """The claims that a source's status has changed."""
        return self._of("claim", results.claim_changed_by)

    @property
    def positions_changed(self) -> Mapping[str, PositionChangedBy]:
        """The positions that a source's status has changed."""
        return self._of("position", results.position_changed_by)

    @property
    def rivals(self) -> Mapping[str, Rivals]:
        """Of each standing controversy: its evidence by positions."""
        return self._of("controversy", results.rivals_of)

    @property
    def cruxes(self) -> Mapping[str, Cruxes]:
        """Of each standing controversy."""
        return self._of("controversy", results.cruxes_of)

    @property
    def fairness(self) -> Mapping[str, tuple[Share, ...]]:
        """Of each standing controversy: what each position is given."""
        return self._of("controversy", results.shares_of)

    @property
    def gaps(self) -> tuple[Row, ...]:
        """The board of open work."""
        return results.board(self.ledger)

    @property
    def histories(self) -> Mapping[str, tuple[Timeline, ...]]:
        """Of each controversy, by each clock."""
        return Lookup(
            lambda id_: results.timelines(self.ledger, id_) if id_ in self.ledger.records else None,
            lambda: self.ledger.members("controversy"),
        )


def analyse(ledger: Ledger) -> Analysis:
    """What follows from a ledger."""
    return Analysis(ledger)


__all__ = ["Analysis", "analyse"]
