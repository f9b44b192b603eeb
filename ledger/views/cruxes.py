"""The cruxes of a controversy: those that its editors wrote, and those computed from the records.

In: a ledger seen from a page, and a controversy. Out: two lists, of which the second says which of its claims the
first names too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from ledger import rating_words, words
from ledger.analysis import cruxes
from ledger.analysis.ratings import Rating
from ledger.analysis.ties import positions_of, stands
from ledger.context import PageContext
from ledger.loading import Record
from ledger.records import Controversy, Position
from ledger.views import figures
from ledger.views.all_evidence import Columns
from ledger.views.paging import spread
from ledger.views.verdict import scale_of

Push = tuple[str, Fraction]
"""The letter of a position, and how far it is moved."""
SHOWN = 10
"""How many computed cruxes are shown unfolded."""


class PushView(NamedTuple):
    """How a claim moves some positions: as words for styling, as a sign and in words."""

    style: str
    sign: str
    said: str


class CruxView(NamedTuple):
    """A computed crux: the claim, the verdict on it, where it pushes whom, and what makes it a crux."""

    crux: cruxes.Crux
    place: int
    """Those with the same score share the first place of them."""
    verdict: str
    scale: tuple[bool, ...]
    pushes: tuple[PushView, ...]
    why: str
    score: str


@dataclass(frozen=True, slots=True)
class CruxesView:
    """The whole page."""

    columns: Columns
    found: str
    """How many there are and how many come first."""
    first: str
    """The one that comes first; empty where it shares its place."""
    authored: tuple[tuple[str, tuple[str, ...]], ...]
    """What the editors wrote of the whole, or of a position, below a heading."""
    turns_on: tuple[str, ...]
    authored_at: str
    """Where these stand."""
    shown: tuple[CruxView, ...]
    rest: tuple[CruxView, ...]


def view_cruxes(context: PageContext, controversy: Record[Controversy]) -> CruxesView:
    """Everything on the page."""
    named = (context.ref_id(id_) for tension in controversy.fields.tensions for id_ in tension.claims)
    found = context.analysis.cruxes.get(controversy.id, ())
    positions = [position for position in positions_of(context.ledger, controversy) if stands(position)]
    letters = {position.id: position.fields.letter for position in positions}
    places = {crux.score: place for place, crux in reversed([*enumerate(found, start=1)])}
    views = tuple(_crux(context, letters, crux, places[crux.score]) for crux in spread(context, found))
    first = [crux.claim for crux in found if places[crux.score] == 1]
    return CruxesView(
        columns=tuple(positions),
        found=_said(len(letters), len(found), len(first)),
        first=first[0] if len(first) == 1 else "",
        authored=tuple(_authored(controversy, positions)),
        turns_on=tuple(dict.fromkeys(named)),
        authored_at=context.url(f"{context.whole}#authored"),
        shown=views[:SHOWN],
        rest=views[SHOWN:],
    )


def _said(positions: int, many: int, first: int) -> str:
    """How many there are, and how many share the first place."""
    if positions <= 1:
        return words.CRUXES_PAGE["alone"] if positions else words.FAIRNESS_PAGE["empty"]
    said = words.count(words.CRUXES_COUNTED, many)
    if many <= 1:
        return said
    return f"{said} {words.ALIKE_CRUXES if first == many else words.count(words.FIRST_CRUXES, first)}"


def _authored(
    controversy: Record[Controversy], positions: Sequence[Record[Position]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if controversy.fields.cruxes:
        yield words.CRUXES_PAGE["whole"], controversy.fields.cruxes
    for position in positions:
        if position.fields.cruxes:
            yield words.CRUXES_PAGE["of_position"].format(position.fields.letter), position.fields.cruxes


def _crux(context: PageContext, letters: Mapping[str, str], crux: cruxes.Crux, place: int) -> CruxView:
    rating = context.analysis.ratings[crux.claim]
    moved = {move.position: move.push for move in crux.moves}
    pushes = [(letter, moved.get(position, Fraction(0))) for position, letter in letters.items()]
    parts = {name: figures.figure(getattr(crux, name)) for name in ("score", "leverage", "openness")}
    return CruxView(
        crux=crux,
        place=place,
        verdict=rating_words.verdict_words(rating),
        scale=scale_of(rating),
        pushes=tuple(_pushes(pushes)),
        why=words.CRUXES_PAGE["because"].format(apart=_apart(pushes, crux.leverage), open=_openness(rating)),
        score=words.CRUXES_PAGE["score"].format(**parts),
    )


def _pushes(pushes: Sequence[Push]) -> Iterator[PushView]:
    """Where it pushes whom, for before against and strongly before weakly."""
    for push, (sign, said) in words.PUSHES.items():
        moved = [letter for letter, how in pushes if how == Fraction(push)]
        if moved:
            side = "consistent" if Fraction(push) > 0 else "inconsistent"
            style = side if abs(Fraction(push)) == cruxes.STRONG else f"{side} weak"
            yield PushView(style, sign, said.format(words.listed(moved)))


def _apart(pushes: Sequence[Push], leverage: Fraction) -> str:
    """Which positions it pushes apart, those that it moves most first; the rest are *the others* if they are many."""
    every = [push for _, push in pushes]
    ends = max(every), min(every)
    top, bottom = ([letter for letter, push in pushes if push == end] for end in ends)
    first, last = (top, bottom) if abs(ends[0]) >= abs(ends[1]) else (bottom, top)
    others = len(last) > 1 and len(first) + len(last) == len(pushes)
    return words.pushed_apart(first, last, others=others, how=words.LEVERAGE[str(leverage)])


def _openness(rating: Rating) -> str:
    """How open a claim is, and why."""
    if rating.not_rated or rating.direction in ("open", "contested"):
        return words.OPENNESS[rating.not_rated or str(rating.direction)]
    return words.OPENNESS["unsearched" if rating.range else "leans"]
