"""The questions of a controversy: where the evidence points on each, and which answer each position needs.

In: a Ledger, the ties of claims to positions, ratings and strips. Out: a row for each claim on the controversy's
`board`, or, where it has none, for the most important claims. Nothing in a row is anybody's judgement of the dispute:
all of it follows from verdicts and ties.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import NamedTuple

from ledger.analysis.bearing import NOT_EVIDENTIAL, Tie, is_standing_claim
from ledger.analysis.ratings import Rating, ShortRating, ends_of
from ledger.analysis.results import importance_in, rating, strip
from ledger.analysis.strip import Mark
from ledger.analysis.ties import WAYS, positions_in, ties_in
from ledger.analysis.verdicts import LEVELS, WEAK, WORDS, Word
from ledger.graph import Ledger, compared
from ledger.records import Claim, Controversy

FEW = 10
"""How many claims are chosen by importance."""
MOST = 12
"""How many claims of a `board` are shown."""
Ends = tuple[Word, Word]
"""The lowest and the highest of some verdicts."""


class Stake(NamedTuple):
    """The answer that a position needs."""

    position: str
    letter: str
    is_yes: bool
    is_strong: bool


class Asked(NamedTuple):
    """What a claim asks: in plain words, as far as it has them, else by its statement."""

    claim: str
    text: str
    no: str
    yes: str
    is_question: bool


class Question(NamedTuple):
    """One row: a claim, what is asked, where the evidence points, and who needs which answer."""

    asked: Asked
    rating: ShortRating
    verdict: Ends | None
    """The verdict, or the range in which it lies; None where nothing solid stands on either side."""
    widest: Ends | None
    """The same with every verdict that other choices would give."""
    stakes: tuple[Stake, ...]
    """In the order of the positions."""


def most_important(ledger: Ledger, controversy: str) -> list[str]:
    """The first claims of a controversy that evidence can settle; the most important ones come first."""
    found = (one.claim for one in importance_in(ledger, controversy) if can_be_settled(ledger, one.claim))
    return list(islice(found, FEW))


def can_be_settled(ledger: Ledger, claim: str) -> bool:
    """Whether evidence can settle a claim that is not about the positions themselves."""
    fields = ledger.core(Claim, claim).fields
    return fields.type not in NOT_EVIDENTIAL and not fields.about_positions


@compared
def asked(ledger: Ledger, claim: str) -> Asked:
    """What a claim asks."""
    fields = ledger.record(Claim, claim).fields
    return Asked(claim, fields.question or fields.statement, fields.no or "", fields.yes or "", bool(fields.question))


@compared
def questions_of(ledger: Ledger, controversy: str) -> tuple[Question, ...]:
    """The questions of a controversy, in the order of its picture."""
    ties, letters = ties_in(ledger, controversy), positions_in(ledger, controversy)
    found = []
    written = map(ledger.present_id, ledger.core(Controversy, controversy).fields.board)
    board = [id_ for id_ in dict.fromkeys(written) if is_standing_claim(ledger, id_)][:MOST]
    for claim in board or most_important(ledger, controversy):
        rated = rating(ledger, claim)
        ends, stakes = ends_under(rated, strip(ledger, claim)), tuple(stakes_in(ties.get(claim, ()), letters))
        found.append(Question(asked(ledger, claim), rated.short, *ends, stakes))
    return tuple(found)


@compared
def objecting(ledger: Ledger, controversy: str, claim: str) -> tuple[str, ...]:
    """The letters of the positions of a controversy that need a claim to be wrong."""
    found = ties_in(ledger, controversy).get(claim, ())
    return tuple(one.letter for one in stakes_in(found, positions_in(ledger, controversy)) if not one.is_yes)


def ends_under(rating: Rating, strip: Iterable[Mark]) -> tuple[Ends | None, Ends | None]:
    """The verdict, and the same with every verdict under other choices; None where nothing solid is there."""
    low, high = ends_of(rating)
    solid = any(LEVELS.index(level) > WEAK for level in rating.evidence.values())
    if not low or not high or not (solid or rating.decided):
        return None, None
    others = (mark.range or ((mark.verdict,) if mark.verdict else ()) for mark in strip)
    every = [low, high, *chain.from_iterable(others)]
    return (low, high), (min(every, key=WORDS.index), max(every, key=WORDS.index))


def stakes_in(ties: Iterable[Tie], letters: Mapping[str, str]) -> Iterator[Stake]:
    """The answers that positions need, given their ties to one claim; `letters`: position → letter, in order.

    A strong tie counts before a weak one. A position that is tied both ways needs neither answer. An objection commits
    to none: its holders may grant it.
    """
    held = [tie for tie in ties if tie.edge in WAYS]
    for position, letter in letters.items():
        own = [tie for tie in held if tie.position == position]
        strong = [tie for tie in own if tie.is_strong]
        if sign := sum({tie.sign for tie in strong or own}):
            yield Stake(position, letter, sign > 0, bool(strong))
