"""The cruxes of a controversy: those that its editors wrote, and those computed from the records.

In: a ledger seen from a page, and a controversy. Out: two lists, of which the second says which of its claims the
first names too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ledger import words
from ledger.analysis import cruxes
from ledger.analysis.ties import positions_of, stands
from ledger.context import RecordRef, Viewing
from ledger.loading import Record
from ledger.views import figures
from ledger.views.paging import spread


@dataclass(frozen=True, slots=True)
class AuthoredView:
    """What the editors wrote of the whole, or of a position."""

    heading: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CruxView:
    """A computed crux: the claim, what it would say for and against whom, and the figures behind that."""

    claim: RecordRef
    type: str
    said: str
    figures: str
    is_named: bool


@dataclass(frozen=True, slots=True)
class CruxGroup:
    """The cruxes of fact, or those of meaning and value: the first ones, and the rest."""

    id: str
    heading: str
    note: str
    start: int
    """The number of the first one."""
    first: tuple[CruxView, ...]
    rest: tuple[CruxView, ...]
    more: str


@dataclass(frozen=True, slots=True)
class CruxesView:
    """The whole page."""

    authored: tuple[AuthoredView, ...]
    turns_on: tuple[RecordRef, ...]
    groups: tuple[CruxGroup, ...]


Move = tuple[str, Fraction]
"""The letter of a position, and how far it is moved."""
CASES = ("if_true", "if_false")
SHOWN = 10
"""How many computed cruxes of a group are shown unfolded."""


def view_cruxes(viewing: Viewing, controversy: Record) -> CruxesView:
    """Everything on the page."""
    nothing = cruxes.Cruxes((), ())
    found = viewing.analysis.cruxes.get(controversy.id, nothing)
    return CruxesView(
        authored=tuple(_authored(viewing, controversy)),
        turns_on=viewing.refs(_turns_on(viewing, controversy)),
        groups=tuple(_groups(viewing, found)),
    )


def _standing(viewing: Viewing, controversy: Record) -> list[Record]:
    return [position for position in positions_of(viewing.ledger, controversy) if stands(position)]


def _crux_texts(record: Record) -> tuple[str, ...]:
    return tuple(record.fields.cruxes)


def _turns_on(viewing: Viewing, controversy: Record) -> tuple[str, ...]:
    named = (viewing.ref_id(id_) for tension in controversy.fields.tensions for id_ in tension.claims)
    return tuple(dict.fromkeys(named))


def _authored(viewing: Viewing, controversy: Record) -> Iterator[AuthoredView]:
    said = words.CRUXES_PAGE
    for record in (controversy, *_standing(viewing, controversy)):
        if texts := _crux_texts(record):
            heading = said["whole"] if record is controversy else said["of_position"].format(record.fields.letter)
            yield AuthoredView(heading, texts)


def _groups(viewing: Viewing, found: cruxes.Cruxes) -> Iterator[CruxGroup]:
    """The cruxes of the page; a group goes on on the next one."""
    groups = {"of_fact": found.of_fact, "of_meaning": found.of_meaning}
    lines = tuple((id_, at, crux) for id_, of in groups.items() for at, crux in enumerate(of, start=1))
    shown = spread(viewing, lines)
    for id_, of in groups.items():
        here = [(at, crux) for name, at, crux in shown if name == id_]
        if here or (not of and viewing.number == 1):
            made, rest = tuple(_crux(viewing, crux) for _, crux in here), len(here) - SHOWN
            yield CruxGroup(
                id=id_.replace("_", "-"),
                heading=words.CRUXES_PAGE[id_],
                note=words.CRUXES_PAGE[f"{id_}_note"],
                start=here[0][0] if here else 1,
                first=made[:SHOWN],
                rest=made[SHOWN:],
                more=words.CRUXES_PAGE["more"].format(rest) if rest > 0 else "",
            )


def _crux(viewing: Viewing, crux: cruxes.Crux) -> CruxView:
    said = words.CRUXES_PAGE
    letters = [(viewing.ledger.records[move.position].fields.letter, move) for move in crux.moves]
    if_true, if_false = ([(letter, getattr(move, case)) for letter, move in letters] for case in CASES)
    mirrored = [(letter, -to) for letter, to in if_true] == if_false
    return CruxView(
        claim=viewing.ref(crux.claim),
        type=words.CLAIM_TYPES[crux.type],
        said=said["reversed" if mirrored else "said"].format(_sides(if_true), _sides(if_false)),
        figures=said["mirrored" if mirrored else "figures"].format(
            apart=figures.rounded(crux.apart), true=_moves(if_true), false=_moves(if_false)
        ),
        is_named=crux.named,
    )


def _sides(moves: Sequence[Move]) -> str:
    """For whom and against whom something speaks: `for B and C and against A`."""
    for_, against = ([letter for letter, to in moves if to * sign > 0] for sign in (1, -1))
    return words.speaks(for_, against)


def _moves(moves: Iterable[Move]) -> str:
    return ", ".join(f"{letter} {figures.signed(to)}" for letter, to in moves)
