"""Who takes which stance, and when a source attests it.

In: a proponent or a position as a page sees it. Out: the proponent's statements in order of time; the position's
proponents, holders first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from markupsafe import Markup

from ledger import links, words
from ledger.dates import PartialDate, in_words
from ledger.loading import Record
from ledger.views import scale
from ledger.views.quoting import QuoteView, view_quote
from ledger.views.viewing import RecordRef, Viewing


@dataclass(frozen=True, slots=True)
class StatementView:
    """One attestation of a stance; without a day and a source where none is recorded.

    `before` is the stance on the same position that was attested last before this one, if it was another.
    """

    anchor: str
    day: PartialDate | None
    date: str
    stance: str
    words: str
    before: str
    position: RecordRef
    letter: str
    about: str
    """The position in a few words where it has a label, else its statement."""
    controversy: RecordRef
    in_capacity: Markup
    inferred: bool
    source: RecordRef | None
    shows: Markup
    locator: Markup
    quote: str
    verdict: QuoteView | None


@dataclass(frozen=True, slots=True)
class HolderView:
    """A proponent's stance on a position: since when it is attested, and the other stance that came later, if any."""

    proponent: RecordRef
    stance: str
    words: str
    in_capacity: Markup
    inferred: bool
    since: str
    later: str


def view_statements(viewing: Viewing, proponent: Record) -> tuple[StatementView, ...]:
    """Everything that attests a stance of the proponent, in order of time; what has no date comes last."""
    found = [
        _statement(viewing, stance, entry, f"{proponent.id}/{stance.id}/attested/{nth}")
        for stance in proponent.fields.stances
        for nth, entry in enumerate(stance.attested or (None,))
    ]
    dated = sorted((s for s in found if s.day), key=lambda s: (_order(s), s.anchor))
    return tuple(_told(_anchored([*dated, *(s for s in found if not s.day)])))


def _order(statement: StatementView) -> Any:
    return scale.order(statement.day) if statement.day else ()


def _statement(viewing: Viewing, stance: Any, entry: Any, key: str) -> StatementView:
    position = viewing.ledger.records[viewing.ref_id(stance.position)]
    return StatementView(
        anchor=stance.id,
        day=entry.date if entry else None,
        date=in_words(entry.date) if entry else "",
        stance=stance.stance,
        words=words.STANCES[stance.stance],
        before="",
        position=viewing.ref_to(position),
        letter=position.fields.letter,
        about=viewing.ref(position.id).label if position.fields.label else viewing.plain(position.title),
        controversy=viewing.ref(position.fields.controversy),
        in_capacity=viewing.text(stance.in_capacity),
        inferred=bool(stance.inferred),
        source=viewing.ref(entry.source) if entry else None,
        shows=viewing.text(entry.shows if entry else None),
        locator=viewing.text(entry.locator if entry else None),
        quote=(entry.quote or "") if entry else "",
        verdict=view_quote(viewing, key),
    )


def _anchored(statements: Iterable[StatementView]) -> Iterable[StatementView]:
    """The first statement of a stance has the stance's anchor, the next ones that and a number: `s1`, `s1.2`."""
    seen: dict[str, int] = {}
    for statement in statements:
        nth = seen[statement.anchor] = seen.get(statement.anchor, 0) + 1
        yield replace(statement, anchor=f"{statement.anchor}.{nth}") if nth > 1 else statement


def _told(statements: Iterable[StatementView]) -> Iterable[StatementView]:
    """Each statement with the other stance that stood before it."""
    last: dict[str, str] = {}
    for statement in statements:
        before = last.get(statement.position.id, statement.words) if statement.day else statement.words
        last[statement.position.id] = statement.words
        yield replace(statement, before=before) if before != statement.words else statement


def view_holders(viewing: Viewing, position: Record) -> tuple[HolderView, ...]:
    """Who takes a stance on the position, holders first, then by name."""
    found = [
        _holder(viewing, viewing.ledger.records[link.other], position, link)
        for link in links.links_in(viewing.ledger, position.id)
        if link.relation in words.STANCES and link.kind == "proponent"
    ]
    order = list(words.STANCES)
    return tuple(sorted(found, key=lambda holder: (order.index(holder.stance), holder.proponent.title.casefold())))


def _holder(viewing: Viewing, proponent: Record, position: Record, link: links.RecordLink) -> HolderView:
    part = link.other_part.partition("/")[2]
    stance = next(stance for stance in proponent.fields.stances if stance.id == part)
    first = min((entry.date for entry in stance.attested), key=scale.order, default=None)
    return HolderView(
        proponent=viewing.ref_to(proponent, part),
        stance=stance.stance,
        words=words.STANCES[stance.stance],
        in_capacity=viewing.text(stance.in_capacity),
        inferred=bool(stance.inferred),
        since=in_words(first),
        later=_later(viewing, proponent, position, stance),
    )


def _later(viewing: Viewing, proponent: Record, position: Record, stance: Any) -> str:
    """The newest stance of the proponent on the position, if it is another than this one, in words."""
    dated = [
        (scale.order(entry.date), other.stance)
        for other in proponent.fields.stances
        if viewing.ref_id(other.position) == position.id
        for entry in other.attested
    ]
    newest = max(dated, default=((), stance.stance))[1]
    return words.STANCES[newest] if newest != stance.stance and stance.attested else ""


def by_position(statements: Iterable[StatementView]) -> tuple[tuple[StatementView, ...], ...]:
    """Statements by the position that they are about: by controversy and letter, each in the order given."""
    found = sorted(statements, key=lambda s: (s.controversy.id, s.letter, s.position.id))
    return tuple(tuple(group) for _, group in groupby(found, key=lambda s: s.position.id))
