"""Claims by positions: what a claim, if it is right, counts for and against, with the verdict on it.

In: a controversy, seen from a page. Out: its positions, and its claims, those that positions share most first.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger import texts
from ledger.analysis import analyse
from ledger.analysis.cruxes import Importance
from ledger.analysis.highlights import Effect, effects_of
from ledger.context import PageContext, RecordRef
from ledger.graph import Ledger, result
from ledger.views.board import Camp, Letter, listed
from ledger.views.verdict import VerdictWord, verdict_on

WIDE = 6
"""A table with more positions than these has fewer rows on a page."""


class ClaimRow(NamedTuple):
    """A claim by positions."""

    claim: RecordRef
    verdict: VerdictWord
    effects: tuple[Effect, ...]
    in_favour: tuple[Letter, ...]
    against: tuple[Letter, ...]
    said: str
    """What it counts for and against, in words."""

    @property
    def styles(self) -> str:
        """The letters of its positions and its verdict, for the filters."""
        letters = sorted({one.letter.lower() for one in (*self.in_favour, *self.against)})
        return " ".join([*(f"p-{letter}" for letter in letters), f"v-{self.verdict.css}"])


@result
def in_order(ledger: Ledger, controversy: str) -> tuple[Importance, ...]:
    """The claims that matter to its positions: by number, times how strongly; of equals by number, then openness."""
    found = analyse(ledger).importance.get(controversy, ())
    return tuple(sorted(found, key=lambda one: (-one.ties, -one.positions, -one.score, one.claim)))


def row_of(context: PageContext, controversy: str, claim: str, camps: Sequence[Camp]) -> ClaimRow:
    """One of the claims."""
    effects = effects_of(context.analysis.ties_in(controversy)[claim])
    in_favour, against = letters_of(camps, effects)
    words = said(in_favour, against)
    return ClaimRow(context.ref(claim), verdict_on(context, claim), effects, in_favour, against, words)


def letters_of(camps: Iterable[Camp], effects: Sequence[Effect]) -> tuple[tuple[Letter, ...], tuple[Letter, ...]]:
    """What effects are for, and what they are against, in the order of the positions."""
    held = {(one.position, one.is_for): one.is_strong for one in effects}
    in_favour, against = (
        tuple(Letter(camp.letter, held[camp.id, side], camp.label) for camp in camps if (camp.id, side) in held)
        for side in (True, False)
    )
    return in_favour, against


def said(in_favour: Sequence[Letter], against: Sequence[Letter]) -> str:
    """`For A and B (weakly). Against C.`"""
    sides = (("for", in_favour), ("against", against))
    return " ".join(texts.say(f"by_position.{name}", positions=listed(letters)) for name, letters in sides if letters)


def width(ledger: Ledger, controversy: str) -> int:
    """For how many rows one row of a table of its positions counts."""
    return -(-sum(edge.name == "answers" for edge in ledger.edges_into(controversy)) // WIDE) or 1
