"""What was challenged, what was answered, and what moved; and which predictions came true.

In: a Ledger, and the ids of what was challenged or of nothing less than the whole. Out: challenges by id, and how many
there are of what, so that a ledger can be judged by how it takes being contradicted. No clock is asked: a challenge is
open until the ledger's own newest date.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median
from typing import NamedTuple

from ledger.describing import Exact, NodeId, RecordId, described
from ledger.graph import Ledger, compared
from ledger.records import Challenge, Claim


class Facts(NamedTuple):
    """What is counted of one challenge."""

    raised: date
    answered: date | None
    moved: bool
    """Whether something was changed because of it."""

    def days(self, until: date) -> int:
        """How many days it waited for an answer, or has waited so far."""
        return max(0, ((self.answered or until) - self.raised).days)


@compared
def facts_of(ledger: Ledger, challenge: str) -> Facts:
    """The facts of one challenge."""
    fields = ledger.core(Challenge, challenge).fields
    ruling = fields.resolution
    return Facts(fields.date.earliest, ruling.date.earliest if ruling else None, bool(ruling and ruling.moved))


def against(ledger: Ledger, id_: str) -> tuple[str, ...]:
    """The challenges of a record or a part of it that were not withdrawn as records, the oldest first."""
    found = {edge.start for edge in ledger.edges_into(id_) if edge.name == "challenges" and ledger.stands(edge.start)}
    return tuple(sorted(found, key=lambda one: (facts_of(ledger, one).raised, one)))


@dataclass(frozen=True, slots=True)
class Challenged:
    """How often something was challenged, and what came of it."""

    raised: int = described("how many challenges there are")
    answered: int = described("how many were answered")
    moved: int = described("how many led to a change")
    median_days: Exact | None = described("the median number of days until an answer; missing without one")
    open: tuple[RecordId, ...] = described("those without an answer, oldest first")


def tally(ledger: Ledger, ids: Iterable[str]) -> Challenged:
    """What came of some challenges."""
    facts = {id_: facts_of(ledger, id_) for id_ in ids}
    waited = [one.days(one.answered) for one in facts.values() if one.answered]
    waiting = sorted((one.raised, id_) for id_, one in facts.items() if not one.answered)
    return Challenged(
        raised=len(facts),
        answered=len(waited),
        moved=sum(one.moved for one in facts.values()),
        median_days=Fraction(median(waited)) if waited else None,
        open=tuple(id_ for _, id_ in waiting),
    )


@dataclass(frozen=True, slots=True)
class OpenChallenge:
    """A challenge that nobody has answered."""

    id: RecordId = described("the challenge")
    target: NodeId = described("what it challenges: a record, or an evidence item as `claim/e1`")
    days: int = described("how many days it has waited, by the ledger's newest date")


def open_challenges(ledger: Ledger) -> tuple[OpenChallenge, ...]:
    """The challenges of the whole ledger without an answer, the oldest first."""
    today = ledger.as_of
    waiting = tally(ledger, ledger.standing("challenge")).open if today else ()
    targets = {id_: ledger.present_id(ledger.core(Challenge, id_).fields.target) for id_ in waiting}
    return tuple(OpenChallenge(id_, of, facts_of(ledger, id_).days(today)) for id_, of in targets.items() if today)


class Predictions(NamedTuple):
    """How many predictions there are, and how those that are decided came out."""

    made: int
    held: int
    failed: int


@compared
def _came_true(ledger: Ledger, claim: str) -> tuple[bool, bool | None]:
    """Whether a claim is a prediction, and whether it came true; None as long as nothing is decided."""
    fields = ledger.core(Claim, claim).fields
    held = fields.resolution.held if fields.resolution else None
    return fields.type == "predictive" or held is not None, held


def predictions(ledger: Ledger, claims: Iterable[str]) -> Predictions:
    """What became of the predictions among some claims."""
    found = [held for is_one, held in (_came_true(ledger, id_) for id_ in claims) if is_one]
    return Predictions(len(found), found.count(True), found.count(False))
