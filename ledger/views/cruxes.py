"""The cruxes of a controversy: those that its editors wrote, and those computed from the records.

In: a ledger seen from a page, and a controversy. Out: two lists, of which the second says which of its claims the
first names too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from ledger import words
from ledger.analysis import cruxes
from ledger.analysis.ties import positions_of, stands
from ledger.context import PageContext
from ledger.loading import Record
from ledger.records import Controversy, Position
from ledger.views import figures
from ledger.views.paging import spread


class CruxView(NamedTuple):
    """A computed crux: the claim, what it would say for and against whom, and the figures behind that."""

    crux: cruxes.Crux
    said: str
    figures: str


class CruxGroup(NamedTuple):
    """The cruxes of fact, or those of meaning and value: the first ones, and the rest."""

    name: str
    start: int
    """The number of the first one."""
    first: tuple[CruxView, ...]
    rest: tuple[CruxView, ...]


@dataclass(frozen=True, slots=True)
class CruxesView:
    """The whole page."""

    authored: tuple[tuple[str, tuple[str, ...]], ...]
    """What the editors wrote of the whole, or of a position, below a heading."""
    turns_on: tuple[str, ...]
    groups: tuple[CruxGroup, ...]


Move = tuple[str, Fraction]
"""The letter of a position, and how far it is moved."""
CASES = ("if_true", "if_false")
SHOWN = 10
"""How many computed cruxes of a group are shown unfolded."""


def view_cruxes(context: PageContext, controversy: Record[Controversy]) -> CruxesView:
    """Everything on the page."""
    named = (context.ref_id(id_) for tension in controversy.fields.tensions for id_ in tension.claims)
    found = context.analysis.cruxes.get(controversy.id, cruxes.Cruxes((), ()))
    return CruxesView(
        authored=tuple(_authored(context, controversy)),
        turns_on=tuple(dict.fromkeys(named)),
        groups=tuple(_groups(context, {"of_fact": found.of_fact, "of_meaning": found.of_meaning})),
    )


def _authored(context: PageContext, controversy: Record[Controversy]) -> Iterator[tuple[str, tuple[str, ...]]]:
    if controversy.fields.cruxes:
        yield words.CRUXES_PAGE["whole"], controversy.fields.cruxes
    for position in positions_of(context.ledger, controversy):
        if stands(position) and position.fields.cruxes:
            yield words.CRUXES_PAGE["of_position"].format(position.fields.letter), position.fields.cruxes


def _groups(context: PageContext, found: Mapping[str, Sequence[cruxes.Crux]]) -> Iterator[CruxGroup]:
    """The cruxes of the page; a group goes on on the next one."""
    lines = tuple((name, at, crux) for name, of in found.items() for at, crux in enumerate(of, start=1))
    shown = spread(context, lines)
    for name, of in found.items():
        here = [(at, crux) for group, at, crux in shown if group == name]
        if here or (not of and context.number == 1):
            views = tuple(_crux(context, crux) for _, crux in here)
            yield CruxGroup(name, here[0][0] if here else 1, views[:SHOWN], views[SHOWN:])


def _crux(context: PageContext, crux: cruxes.Crux) -> CruxView:
    said = words.CRUXES_PAGE
    letters = [(context.ledger.record(Position, move.position).fields.letter, move) for move in crux.moves]
    if_true, if_false = ([(letter, getattr(move, case)) for letter, move in letters] for case in CASES)
    mirrored = [(letter, -to) for letter, to in if_true] == if_false
    return CruxView(
        crux,
        said["reversed" if mirrored else "said"].format(_sides(if_true), _sides(if_false)),
        said["mirrored" if mirrored else "figures"].format(
            apart=figures.rounded(crux.apart), true=_moves(if_true), false=_moves(if_false)
        ),
    )


def _sides(moves: Sequence[Move]) -> str:
    """For whom and against whom something speaks: `for B and C and against A`."""
    for_, against = ([letter for letter, to in moves if to * sign > 0] for sign in (1, -1))
    return words.speaks(for_, against)


def _moves(moves: Iterable[Move]) -> str:
    return ", ".join(f"{letter} {figures.signed(to)}" for letter, to in moves)
