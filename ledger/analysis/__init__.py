"""What follows from the records: works and teams, verdicts, what depends on what.

In: a Ledger. Out: an Analysis, through which pages and exports ask for one result after the other; `results.py` says
what there is. Nothing here reads a file or writes a sentence for readers.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from ledger.analysis import results
from ledger.analysis.agreement import Agreement
from ledger.analysis.bearing import Tie
from ledger.analysis.changes import Change, Line, lines
from ledger.analysis.cruxes import Crux
from ledger.analysis.exhibits import Exhibit
from ledger.analysis.fairness import Share
from ledger.analysis.figures import Conflict, Figure
from ledger.analysis.gaps import Campaign, Row
from ledger.analysis.highlights import Effect as Push
from ledger.analysis.highlights import Highlight
from ledger.analysis.history import Timeline
from ledger.analysis.impact import ClaimChangedBy, PositionChangedBy, RetractionImpact
from ledger.analysis.importance import Importance
from ledger.analysis.lazy import Lookup
from ledger.analysis.positions import PositionVerdicts
from ledger.analysis.questions import Question
from ledger.analysis.quotes import Verdict
from ledger.analysis.ratings import Rating
from ledger.analysis.rivals import Rivals
from ledger.analysis.soundness import sound
from ledger.analysis.steadiness import Steadiness
from ledger.analysis.strip import Mark
from ledger.analysis.works import Chains
from ledger.analysis.world import Effect
from ledger.graph import Ledger

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

    def chains(self, source: str) -> Chains:
        """The chains behind a source."""
        return results.chains_of(self.ledger, source)

    def chains_behind(self, claim: str) -> Chains:
        """The chains behind all that a claim cites."""
        return results.input_of(self.ledger, claim).chains

    def exhibits(self, claim: str) -> tuple[Exhibit, ...]:
        """The evidence items of a claim, also of one that was withdrawn, in the order in which they are shown."""
        return results.exhibits_of(self.ledger, claim)

    @property
    def strips(self) -> Mapping[str, tuple[Mark, ...]]:
        """Of each standing claim: its verdict under every alternative."""
        return self._of("claim", results.strip)

    @property
    def ratings(self) -> Mapping[str, Rating]:
        """Of each standing claim."""
        return self._of("claim", results.rating)

    @property
    def positions(self) -> Mapping[str, PositionVerdicts]:
        """Of each standing position."""
        return self._of("position", results.position_verdicts)

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
    def cruxes(self) -> Mapping[str, tuple[Crux, ...]]:
        """Of each standing controversy."""
        return self._of("controversy", results.cruxes_of)

    @property
    def importance(self) -> Mapping[str, tuple[Importance, ...]]:
        """Of each standing controversy: the claims that matter to its positions, the most important first."""
        return self._of("controversy", results.importance_in)

    @property
    def highlights(self) -> Mapping[str, tuple[Highlight, ...]]:
        """Of each controversy: the evidence items that a reader should see first."""
        return self._of("controversy", results.highlights_in)

    @property
    def questions(self) -> Mapping[str, tuple[Question, ...]]:
        """Of each standing controversy: what is asked on its board, and who needs which answer."""
        return self._of("controversy", results.questions_of)

    def ties_in(self, controversy: str) -> Mapping[str, tuple[Tie, ...]]:
        """Claim → its ties to the standing positions of a controversy."""
        return results.ties_in(self.ledger, controversy)

    def positions_in(self, controversy: str) -> Mapping[str, str]:
        """The standing positions of a controversy, each with its letter, in their order."""
        return results.positions_in(self.ledger, controversy)

    def objecting(self, controversy: str, claim: str) -> tuple[str, ...]:
        """The letters of the positions of a controversy that need a claim to be wrong."""
        return results.objecting(self.ledger, controversy, claim)

    def moved_by(self, controversy: str, claim: str, effect: str) -> tuple[Push, ...]:
        """What evidence that `supports` a claim or `disputes` it does to the positions of a controversy."""
        return results.moved_by(self.ledger, controversy, claim, effect)

    @property
    def main_controversy(self) -> str | None:
        """The controversy to which most claims matter; None where there is none."""
        return results.main_controversy(self.ledger)

    @property
    def fairness(self) -> Mapping[str, tuple[Share, ...]]:
        """Of each standing controversy: what each position is given."""
        return self._of("controversy", results.shares_of)

    @property
    def charts(self) -> Mapping[str, tuple[Figure, ...]]:
        """Of each standing chart: the figures that it draws."""
        return self._of("chart", results.figures_in_chart)

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The figures that cannot be right together."""
        return results.conflicts(self.ledger)

    def conflicts_of(self, id_: str) -> tuple[Conflict, ...]:
        """Those in which a figure of a claim or a chart has a part."""
        is_chart = self.ledger.node_kind(id_) == "chart"
        return (results.conflicts_in if is_chart else results.conflicts_of)(self.ledger, id_)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What changed in the ledger, the newest first."""
        return results.all_changes(self.ledger)

    def changes_in(self, controversy: str) -> tuple[Change, ...]:
        """The same around one controversy."""
        return results.changes_in(self.ledger, controversy)

    def lines(self, controversy: str | None = None) -> Iterator[Line]:
        """What changed, of the whole or around one controversy: of many claims those that matter most come first."""
        changes = self.changes if controversy is None else self.changes_in(controversy)
        return lines(self.ledger, changes, lambda: results.weights(self.ledger, controversy))

    @property
    def events(self) -> tuple[str, ...]:
        """What happened in the world, the newest first."""
        return results.events(self.ledger)

    def events_in(self, controversy: str) -> tuple[str, ...]:
        """The same around one controversy."""
        return results.events_in(self.ledger, controversy)

    @property
    def effects(self) -> Mapping[str, Effect]:
        """Of each event: what it moved."""
        return self._of("event", results.effect_of)

    @property
    def gaps(self) -> tuple[Row, ...]:
        """The board of open work."""
        return results.board(self.ledger)

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """The searches that each controversy lacks."""
        return results.campaigns(self.ledger)

    @property
    def agreement(self) -> Agreement:
        """How far the rules and the editors agree."""
        return results.agreement_of(self.ledger)

    @property
    def steadiness(self) -> Steadiness:
        """How much the verdicts depend on our choices, over all claims."""
        return results.steadiness_of(self.ledger)

    @property
    def histories(self) -> Mapping[str, tuple[Timeline, ...]]:
        """Of each controversy, by each clock."""
        return Lookup(
            lambda id_: results.timelines(self.ledger, id_) if id_ in self.ledger.records else None,
            lambda: self.ledger.members("controversy"),
        )


def analyse(ledger: Ledger) -> Analysis:
    """What follows from a ledger, as far as its records are sound."""
    return Analysis(sound(ledger))


__all__ = ["Analysis", "analyse"]
