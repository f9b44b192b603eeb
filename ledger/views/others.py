"""The pages of threads, proponents, events, terms and prose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger import links
from ledger.context import PageContext, RecordRef
from ledger.identifiers import PROFILES
from ledger.loading import Record
from ledger.records import Event, Interest, Page, Proponent, Term, Thread, Tie
from ledger.views.paging import parts_of, rows_of, spread
from ledger.views.source import Identifier, view_identifiers
from ledger.views.stances import StatementView, by_position, view_statements
from ledger.views.swimlanes import Swimlanes, view_swimlanes

THREAD_SHOWN = frozenset(("part_of",))
PROPONENT_SHOWN = frozenset(("written_by",))
Lists = Mapping[str, tuple[RecordRef, ...]]
"""The lists of other records on a page, by name."""


@dataclass(frozen=True, slots=True)
class ProponentView:
    """A proponent's page, in so far as it is worked out."""

    identifiers: tuple[Identifier, ...]
    affiliations: tuple[Tie, ...]
    members: tuple[Tie, ...]
    interests: tuple[Interest, ...]
    statements: tuple[StatementView, ...]
    lanes: Swimlanes | None
    """The dated statements as lanes, one for each position."""
    wrote: tuple[RecordRef, ...]


def view_thread(context: PageContext, record: Record[Thread]) -> Lists:
    """The controversies of a thread."""
    return _lists(context, controversies=tuple(links.linked(links.links_in(context.ledger, record.id), "part_of")))


def view_event(context: PageContext, record: Record[Event]) -> Lists:
    """What an event has to do with."""
    fields = record.fields
    return _lists(
        context,
        sources=fields.sources,
        proponents=fields.proponents,
        about=fields.about,
        evidence_for=fields.evidence_for,
    )


def view_term(context: PageContext, record: Record[Term]) -> Lists:
    """Where a term is defined."""
    return _lists(context, sources=record.fields.sources)


def view_page(context: PageContext, _: Record[Page]) -> Lists:
    """A page of prose has its body alone."""
    return _lists(context)


def _lists(context: PageContext, **lists: Sequence[str]) -> Lists:
    return {name: context.refs(rows_of(context, ids)) for name, ids in lists.items()}


def view_proponent(context: PageContext, record: Record[Proponent]) -> ProponentView:
    """Everything on a proponent's page."""
    fields = record.fields
    here = {stance.id for stance in parts_of(context, fields.stances)}
    statements = tuple(one for one in view_statements(context, record) if one.anchor.partition(".")[0] in here)
    wrote = tuple(links.linked(links.links_in(context.ledger, record.id), "written_by"))
    known = {"wikidata": fields.wikidata, "orcid": fields.orcid, "ror": fields.ror}
    profiles = ((name, text, PROFILES[name]) for name, text in known.items())
    return ProponentView(
        identifiers=view_identifiers((("homepage", fields.homepage, "{}"), *profiles)),
        affiliations=spread(context, fields.affiliations),
        members=spread(context, fields.members),
        interests=spread(context, fields.interests),
        statements=statements,
        lanes=view_swimlanes((said[0].about, [(one.anchor, one) for one in said]) for said in by_position(statements)),
        wrote=context.refs(rows_of(context, wrote)),
    )
