"""The pages of threads, proponents, events and terms."""

from collections.abc import Iterable, Iterator, Mapping

from ledger import links
from ledger.context import PageContext, RecordRef
from ledger.identifiers import PROFILES
from ledger.loading import Record
from ledger.records import Controversy, Event, Proponent, Term, Thread
from ledger.views import View
from ledger.views.board import name_of
from ledger.views.excerpts import TWO_LINES, answer_of
from ledger.views.news import touched_by, verdict_then
from ledger.views.paging import parts_of, rows_of, spread
from ledger.views.persons import interests_of, posts_of
from ledger.views.ranking import uses
from ledger.views.rows import uses_words
from ledger.views.source import view_identifiers
from ledger.views.stances import StatementView, by_position, opposed, view_statements
from ledger.views.verdict import verdict_on

THREAD_SHOWN = frozenset(("part_of",))
PROPONENT_SHOWN = frozenset(("written_by",))


def view_thread(context: PageContext, record: Record[Thread]) -> tuple[tuple[RecordRef, str], ...]:
    """The controversies of a thread, each with the short answer to its question."""
    found = tuple(links.linked(links.links_in(context.ledger, record.id), "part_of"))
    here = (context.ledger.record(Controversy, id_) for id_ in rows_of(context, found))
    return tuple((context.ref_to(one), answer_of(context, one, TWO_LINES)) for one in here)


def view_term(context: PageContext, record: Record[Term]) -> Mapping[str, tuple[RecordRef, ...]]:
    """Where a term is defined."""
    return {"sources": context.refs(rows_of(context, record.fields.sources))}


# Events


def view_event(context: PageContext, record: Record[Event]) -> View:
    """What happened, and what it changed."""
    fields = record.fields
    effect = context.analysis.effects.get(record.id)
    then = {moved.claim: verdict_then(moved) for moved in effect.claims} if effect else {}
    gave = tuple(_gave(context, id_, then) for id_ in rows_of(context, fields.evidence_for))
    named = {one.item.id for one in gave}
    about = (context.ref(id_) for id_ in rows_of(context, fields.about))
    return View(
        # What happened, from the first evidence item, where the event has no summary of its own.
        happened=gave[0].shows if gave and not fields.summary else "",
        gave=gave,
        # What else it concerns; a claim with the verdict on it.
        about=tuple((ref, verdict_on(context, ref.id)) for ref in about if ref.id not in named),
        touched=touched_by(context, effect) if effect else (),
        proponents=context.refs(rows_of(context, fields.proponents)),
        sources=context.refs(rows_of(context, fields.sources)),
    )


def _gave(context: PageContext, id_: str, then: Mapping[str, str]) -> View:
    """An evidence item that an event gave: what it shows, what it does to its claim, and the verdict on that claim."""
    ref = context.ref(id_)
    item = context.item(context.ref_id(id_))
    return View(
        item=ref,
        effect=item.relation,
        shows=item.shows,
        # What became of the verdict by the event, in a sentence.
        then=then.get(ref.id, ""),
        # The one of today.
        verdict=verdict_on(context, ref.id),
    )


# Proponents


def view_proponent(context: PageContext, record: Record[Proponent]) -> View:
    """Everything on a proponent's page."""
    fields = record.fields
    here = {stance.id for stance in parts_of(context, fields.stances)}
    statements = tuple(one for one in view_statements(context, record) if one.anchor.partition(".")[0] in here)
    known = {"wikidata": fields.wikidata, "orcid": fields.orcid, "ror": fields.ror}
    profiles = ((name, text, PROFILES[name].format(text)) for name, text in known.items())
    return View(
        role=posts_of(context, record),
        identifiers=view_identifiers((("homepage", fields.homepage, fields.homepage), *profiles)),
        affiliations=spread(context, fields.affiliations),
        members=spread(context, fields.members),
        interests=spread(context, tuple(interests_of(context, record))),
        stances=tuple(_stances(context, statements)),
        # Stances that cannot all be theirs, in a sentence each.
        opposed=tuple(opposed(context, statements)),
        statements=statements,
        # Whether a statement is given in the editors' words alone.
        paraphrased=any(one.attested and not one.attested.quote for one in statements),
        # Their sources, each with how much evidence it gives, what gives most first.
        wrote=tuple(_wrote(context, record.id)),
    )


def _stances(context: PageContext, statements: Iterable[StatementView]) -> Iterator[View]:
    """What a proponent says of a position: the newest statement on it, and the last one that said otherwise."""
    for said in by_position(statements):
        now = said[-1]
        others = [one for one in said if one.stance.stance != now.stance.stance]
        yield View(
            # Its name, in a few words where it has a label.
            position=name_of(context, now.position.id),
            now=now,
            before=others[-1] if others else None,
        )


def _wrote(context: PageContext, id_: str) -> Iterator[tuple[RecordRef, str]]:
    ledger = context.ledger
    found = sorted(links.linked(links.links_in(ledger, id_), "written_by"), key=lambda one: (-uses(ledger, one), one))
    for one in rows_of(context, found):
        yield context.ref(one), uses_words(ledger, one)
