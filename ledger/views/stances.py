"""Who takes which stance, and when a source attests it.

In: a proponent or a position as a page sees it. Out: the proponent's statements in order of time, and stances that
cannot all be theirs; the position's proponents, holders first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, groupby
from typing import Any, NamedTuple

from ledger import links, texts
from ledger.context import PageContext, RecordRef
from ledger.dates import PartialDate
from ledger.graph import Ledger, compared
from ledger.loading import Record, is_a
from ledger.records import Attestation, Controversy, Position, Proponent, Stance
from ledger.views import View
from ledger.views.quoting import view_quote
from ledger.vocabulary import STANCES

FOR, AGAINST = frozenset(("holds", "leans")), frozenset(("rejects",))


class StatementView(NamedTuple):
    """One attestation of a stance, or a stance that nothing attests.

    `before` is the stance on the same position that was attested last before this one, if it was another.
    """

    anchor: str
    stance: Stance
    attested: Attestation | None
    before: str
    position: RecordRef
    letter: str
    about: str
    """The position in a few words where it has a label, else its statement."""
    controversy: RecordRef
    verdict: View | None

    @property
    def date(self) -> str:
        """When it was attested, in words."""
        return texts.day(self.attested.date if self.attested else None)


def view_statements(context: PageContext, proponent: Record[Proponent]) -> Iterator[StatementView]:
    """Everything that attests a stance of the proponent, in order of time; what has no date comes last."""
    stances = proponent.fields.stances
    entries = [(stance, nth, entry) for stance in stances for nth, entry in enumerate(stance.attested or (None,))]
    seen: Counter[str] = Counter()
    last: dict[str, str] = {}
    for stance, nth, entry in sorted(entries, key=lambda found: _order(found[0], found[2])):
        position = context.ledger.record(Position, context.ref_id(stance.position))
        ref, said = context.ref(position.id), stance.stance
        seen[stance.id] += 1
        before = last.get(position.id, said) if entry else said
        last[position.id] = said
        yield StatementView(
            anchor=f"{stance.id}.{seen[stance.id]}" if seen[stance.id] > 1 else stance.id,
            stance=stance,
            attested=entry,
            before=before if before != said else "",
            position=ref,
            letter=position.fields.letter,
            about=ref.label if position.fields.label else context.plain(position.title),
            controversy=context.ref(position.fields.controversy),
            verdict=view_quote(context, f"{proponent.id}/{stance.id}/attested/{nth}"),
        )


def _order(stance: Stance, entry: Attestation | None) -> tuple[Any, ...]:
    return (False, entry.date.as_it_began(), stance.id) if entry else (True,)


def view_holders(context: PageContext, position: Record[Position]) -> tuple[View, ...]:
    """Who takes a stance on the position, holders first, then by name."""
    into = (link for link in links.links_in(context.ledger, position.id) if link.kind == "proponent")
    found = (_holder(context, position.id, link) for link in into if link.relation in STANCES)
    return tuple(sorted(found, key=lambda one: (STANCES.index(one.stance.stance), one.proponent.title.casefold())))


def _holder(context: PageContext, position: str, link: links.RecordLink) -> View:
    """A proponent's stance on a position: since when it is attested, and the other stance that came later, if any."""
    proponent, part = context.ledger.record(Proponent, link.other), link.other_part.partition("/")[2]
    stance = next(stance for stance in proponent.fields.stances if stance.id == part)
    dated = [
        (entry.date.as_it_began(), other.stance)
        for other in proponent.fields.stances
        if context.ref_id(other.position) == position
        for entry in other.attested
    ]
    newest: str = max(dated, default=((), stance.stance))[1]
    return View(
        proponent=context.ref_to(proponent, part),
        stance=stance,
        since=texts.day(min((entry.date for entry in stance.attested), key=PartialDate.as_it_began, default=None)),
        later=newest if newest != stance.stance and stance.attested else "",
    )


def by_position(statements: Iterable[StatementView]) -> tuple[tuple[StatementView, ...], ...]:
    """Statements by the position that they are about: by controversy and letter, each in the order given."""
    found = sorted(statements, key=lambda one: (one.controversy.id, one.letter, one.position.id))
    return tuple(tuple(group) for _, group in groupby(found, key=lambda one: one.position.id))


def opposed(context: PageContext, statements: Iterable[StatementView]) -> Iterator[str]:
    """Stances for and against one position on one day, and two positions held that exclude each other."""
    about = by_position(statements)
    for said in about:
        for day in dict.fromkeys(one.date for one in said):
            stances = {one.stance.stance for one in said if one.date == day}
            if stances & FOR and stances & AGAINST:
                date = day or texts.say("stances.no_date")
                yield texts.say("proponent_page.contradicts", position=said[0].about, date=date)
    held = [said[-1] for said in about if said[-1].stance.stance in FOR]
    for one, other in combinations(held, 2):
        if _exclude_each_other(context.ledger, one.position.id, other.position.id):
            yield texts.say("proponent_page.excludes", one=one.about, other=other.about)


@compared
def _exclude_each_other(ledger: Ledger, one: str, other: str) -> bool:
    """Whether a position excludes another of its controversy: as one of them says, or as one of two sides."""
    both = [ledger.record(Position, id_).fields for id_ in (one, other)]
    ids = {ledger.present_id(fields.controversy) for fields in both}
    said = [(ledger.present_id(relation.position), relation.type) for fields in both for relation in fields.relations]
    if any((id_, "excludes") in said for id_ in (one, other)):
        return True
    home = ledger.records.get(next(iter(ids))) if len(ids) == 1 else None
    return home is not None and is_a(home, Controversy) and home.fields.polarity == "binary"
