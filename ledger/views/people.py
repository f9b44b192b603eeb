"""The People tab of a controversy: who takes which side, in their own words, and what they stand to gain.

In: a controversy, seen from the page. Out: for each position, in its order, the people who hold it or lean to it, and
those who reject it or have left it.
"""

from typing import Any

from ledger import texts
from ledger.analysis.ties import FOR_IT, positions_of, stands
from ledger.context import PageContext
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import Attestation, Controversy, Position, Proponent, Stance
from ledger.views import View
from ledger.views.paging import spread
from ledger.views.persons import interests_of, who_is
from ledger.views.stances import view_holders, view_statements
from ledger.vocabulary import STANCES

ENOUGH_WORDS = 9
"""A quotation of fewer words seldom says by itself what it is about."""


def view_people(context: PageContext, controversy: Record[Controversy]) -> tuple[View, ...]:
    """Everything on the page."""
    return tuple(_side(context, one) for one in positions_of(context.ledger, controversy) if stands(one))


def in_own_words(context: PageContext, position: Record[Position]) -> View | None:
    """Whose words show best what a position's people say: a person's who holds it, in enough words, the newest."""
    quoted = [
        (holder, said)
        for holder in view_holders(context, position)
        if holder.stance.stance in FOR_IT and not holder.later and (said := _said(holder.stance)) and said.quote
    ]
    best = max(quoted, key=lambda one: _tells(context, *one), default=None)
    return _person(context, position, best[0]) if best else None


def _tells(context: PageContext, holder: View, said: Attestation) -> tuple[Any, ...]:
    is_person = context.ledger.record(Proponent, holder.proponent.id).fields.type == "person"
    is_long = len((said.quote or "").split()) >= ENOUGH_WORDS
    return (not holder.stance.inferred, holder.stance.stance == "holds", is_person, is_long, said.date.as_it_began())


def most_rows(ledger: Ledger, controversy: str) -> int:
    """How many stances on its positions there are."""
    positions = [edge.start for edge in ledger.edges_into(controversy) if edge.name == "answers"]
    return sum(edge.name in STANCES for id_ in positions for edge in ledger.edges_into(id_))


def _side(context: PageContext, position: Record[Position]) -> View:
    """A position with its people."""
    holders = spread(context, view_holders(context, position))
    taking = (holder for holder in holders if holder.stance.stance in FOR_IT)
    return View(
        position=position,
        people=tuple(_person(context, position, holder) for holder in taking),
        # Who rejects it or has left it.
        others=tuple(holder for holder in holders if holder.stance.stance not in FOR_IT),
    )


def _person(context: PageContext, position: Record[Position], holder: View) -> View:
    """Somebody on the side of a position."""
    record = context.ledger.record(Proponent, holder.proponent.id)
    said = _said(holder.stance)
    is_clear = said and said.quote and len(said.quote.split()) >= ENOUGH_WORDS
    return View(
        holder=holder,
        role=who_is(context, record),
        # What they said last, in their own words where a source has them.
        said=said,
        # The same in the editors' words, where no quotation is there or one too short to be understood alone.
        paraphrase="" if is_clear or not said else said.shows or "",
        date=texts.day(said.date) if said else "",
        interests=tuple(interests_of(context, record)),
        # What they thought before, if it was something else.
        moved=_moved(context, record, position),
    )


def _said(stance: Stance) -> Attestation | None:
    """The newest statement with a quotation, or else the newest."""
    dated = sorted(stance.attested, key=lambda one: (bool(one.quote), one.date.as_it_began()))
    return dated[-1] if dated else None


def _moved(context: PageContext, record: Record[Proponent], position: Record[Position]) -> str:
    """The last other stance before the newest one on a position, or the position of the controversy that they left."""
    controversy = context.ref_id(position.fields.controversy)
    said = [one for one in view_statements(context, record) if one.controversy.id == controversy]
    for one in reversed(said):
        if one.position.id == position.id and one.before:
            return texts.say(f"people_before.{one.before}", date=one.date)
        if one.position.id != position.id and one.stance.stance == "left":
            return texts.say("people.left", position=one.letter, date=one.date or texts.say("stances.no_date"))
    return ""
