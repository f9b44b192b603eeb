"""The cruxes of a controversy: those that its editors wrote, and those computed from the records.

In: a ledger seen from a page, and a controversy. Out: two lists, of which the second says which of its claims the
first names too.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from ledger import rating_words, texts
from ledger.analysis import cruxes
from ledger.analysis.ratings import Rating
from ledger.analysis.ties import positions_of, stands
from ledger.context import PageContext
from ledger.loading import Record
from ledger.records import Controversy, Position
from ledger.views import View, figures
from ledger.views.paging import spread
from ledger.views.verdict import scale_of

PUSHES: Mapping[str, tuple[Fraction, str]] = {
    "strongly-for": (cruxes.STRONG, "+"),
    "weakly-for": (cruxes.WEAK, "(+)"),
    "weakly-against": (-cruxes.WEAK, "(−)"),
    "strongly-against": (-cruxes.STRONG, "−"),
}
"""How a claim moves positions, as the name of a text → how far, and its sign."""
SHOWN = 10
"""How many computed cruxes are shown unfolded."""


def view_cruxes(context: PageContext, controversy: Record[Controversy]) -> View:
    """Everything on the page."""
    named = (context.ref_id(id_) for tension in controversy.fields.tensions for id_ in tension.claims)
    found = context.analysis.cruxes.get(controversy.id, ())
    positions = [position for position in positions_of(context.ledger, controversy) if stands(position)]
    letters = {position.id: position.fields.letter for position in positions}
    places = {crux.score: place for place, crux in reversed([*enumerate(found, start=1)])}
    views = tuple(_crux(context, letters, crux, places[crux.score]) for crux in spread(context, found))
    first = [crux.claim for crux in found if places[crux.score] == 1]
    return View(
        columns=tuple(positions),
        # How many there are and how many come first.
        found=_said(len(letters), len(found), len(first)),
        # The one that comes first; empty where it shares its place.
        first=first[0] if len(first) == 1 else "",
        # What the editors wrote of the whole, or of a position, below a heading.
        authored=tuple(_authored(controversy, positions)),
        turns_on=tuple(dict.fromkeys(named)),
        # Where these stand.
        authored_at=context.url(f"{context.whole}#authored"),
        shown=views[:SHOWN],
        rest=views[SHOWN:],
    )


def _said(positions: int, many: int, first: int) -> str:
    """How many there are, and how many share the first place."""
    if positions <= 1:
        return texts.say("cruxes.alone" if positions else "cruxes.no_position")
    said = [texts.say("cruxes.found", count=many)]
    if many > 1 and first == many:
        said.append(texts.say("cruxes.all_alike"))
    elif many > 1:
        said.append(texts.say("cruxes.first_alike", many=first) if first > 1 else texts.say("cruxes.first"))
    return " ".join(said)


def _authored(
    controversy: Record[Controversy], positions: Sequence[Record[Position]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if controversy.fields.cruxes:
        yield texts.say("cruxes.whole"), controversy.fields.cruxes
    for position in positions:
        if position.fields.cruxes:
            yield texts.say("cruxes.of_position", letter=position.fields.letter), position.fields.cruxes


def _crux(context: PageContext, letters: Mapping[str, str], crux: cruxes.Crux, place: int) -> View:
    """A computed crux: the claim, the verdict on it, where it pushes whom, and what makes it a crux."""
    rating = context.analysis.ratings[crux.claim]
    moved = {move.position: move.push for move in crux.moves}
    pushes = [(letter, moved.get(position, Fraction(0))) for position, letter in letters.items()]
    parts = {name: figures.figure(getattr(crux, name)) for name in ("score", "leverage", "openness")}
    return View(
        crux=crux,
        # Those with the same score share the first place of them.
        place=place,
        verdict=rating_words.verdict_words(rating),
        scale=scale_of(rating),
        pushes=tuple(_pushes(pushes)),
        # How open it is, where its verdict does not say so.
        open=_openness(rating),
        score=texts.say("cruxes.score", **parts),
    )


def _pushes(pushes: Sequence[tuple[str, Fraction]]) -> Iterator[View]:
    """For which positions it counts and against which, by letter: for before against, and strongly first and last."""
    for name, (push, sign) in PUSHES.items():
        moved = [letter for letter, how in pushes if how == push]
        if moved:
            side = "consistent" if push > 0 else "inconsistent"
            style = side if abs(push) == cruxes.STRONG else f"{side} weak"
            yield View(style=style, sign=sign, said=texts.say(f"crux_counts.{name}", positions=moved))


def _openness(rating: Rating) -> str:
    if rating.not_rated:
        return texts.say("crux_open.not-rated")
    if rating.direction in ("open", "contested"):
        return texts.say("crux_open.contested") if rating.direction == "contested" else ""
    return texts.say("crux_open.unsearched" if rating.range else "crux_open.leans")
