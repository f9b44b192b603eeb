"""The pages of threads, proponents, events, terms and prose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger import links
from ledger.context import RecordRef, Viewing
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


def view_thread(viewing: Viewing, record: Record[Thread]) -> Lists:
    """The controversies of a thread."""
    return _lists(viewing, controversies=tuple(links.linked(links.links_in(viewing.ledger, record.id), "part_of")))


def view_event(viewing: Viewing, record: Record[Event]) -> Lists:
    """What an event has to do with."""
    fields = record.fields
    return _lists(
        viewing,
        sources=fields.sources,
        proponents=fields.proponents,
        about=fields.about,
        evidence_for=fields.evidence_for,
    )


def view_term(viewing: Viewing, record: Record[Term]) -> Lists:
    """Where a term is defined."""
    return _lists(viewing, sources=record.fields.sources)


def view_page(viewing: Viewing, _: Record[Page]) -> Lists:
    """A page of prose has its body alone."""
    return _lists(viewing)


def _lists(viewing: Viewing, **lists: Sequence[str]) -> Lists:
    return {name: viewing.refs(rows_of(viewing, ids)) for name, ids in lists.items()}


def view_proponent(viewing: Viewing, record: Record[Proponent]) -> ProponentView:
    """Everything on a proponent's page."""
    fields = record.fields
    here = {stance.id for stance in parts_of(viewing, fields.stances)}
    statements = tuple(one for one in view_statements(viewing, record) if one.anchor.partition(".")[0] in here)
    wrote = tuple(links.linked(links.links_in(viewing.ledger, record.id), "written_by"))
    known = {"wikidata": fields.wikidata, "orcid": fields.orcid, "ror": fields.ror}
    profiles = ((name, text, PROFILES[name]) for name, text in known.items())
    return ProponentView(
        identifiers=view_identifiers((("homepage", fields.homepage, "{}"), *profiles)),
        affiliations=spread(viewing, fields.affiliations),
        members=spread(viewing, fields.members),
        interests=spread(viewing, fields.interests),
        statements=statements,
        lanes=view_swimlanes((said[0].about, [(one.anchor, one) for one in said]) for said in by_position(statements)),
        wrote=viewing.refs(rows_of(viewing, wrote)),
    )
