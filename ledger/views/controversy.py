"""The page of a controversy: the question, the positions side by side with their evidence, and every reference."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ledger import links, words
from ledger.loading import Record
from ledger.references import scan
from ledger.views.bearings import positions_of
from ledger.views.citing import FileLink, reference_links
from ledger.views.matrix import Matrix, view_matrix
from ledger.views.news import DatedChange, LatestView, view_last_change
from ledger.views.overviews import Overview, view_overviews
from ledger.views.parts import SearchView, in_words, refs, view_searches
from ledger.views.position import PositionView, view_position
from ledger.views.source import ReferenceView, view_reference
from ledger.views.viewing import RecordRef, Viewing


@dataclass(frozen=True, slots=True)
class TensionView:
    """A question on which the positions part."""

    id: str
    title: Markup
    text: Markup
    claims: tuple[RecordRef, ...]


@dataclass(frozen=True, slots=True)
class SeeAlsoView:
    """Another record worth reading."""

    record: RecordRef
    why: Markup


@dataclass(frozen=True, slots=True)
class CauseView:
    """A rating with its editor and reason, or an evidence item with its source and what it shows."""

    act: str
    by: str
    source: RecordRef | None
    why: Markup


@dataclass(frozen=True, slots=True)
class NumberedReference:
    """A reference in the page's merged list."""

    number: int
    source: RecordRef
    reference: ReferenceView


@dataclass(frozen=True, slots=True)
class ControversyView:
    """A controversy's page."""

    title: Markup
    question: Markup
    thread: RecordRef | None
    status: str
    status_words: str
    status_text: Markup
    status_date: str
    polarity: str
    opened: str
    last_review: str
    review_every: str
    summary: Markup
    last_change: LatestView
    changed_by: tuple[CauseView, ...]
    """What made the last change, where the record says so."""
    overviews: tuple[Overview, ...]
    matrix: Matrix
    """The claims that touch most positions."""
    tensions: tuple[TensionView, ...]
    positions: tuple[PositionView, ...]
    cruxes: tuple[Markup, ...]
    searches: tuple[SearchView, ...]
    see_also: tuple[SeeAlsoView, ...]
    references: tuple[NumberedReference, ...]
    reference_files: tuple[FileLink, ...]
    numbers: dict[str, int]
    """The number of each reference by the id of its source."""


AT_A_GLANCE = 8
"""How many claims the page itself shows by positions."""
SHOWN = frozenset(("answers",))
"""Ways of referring to a controversy that its page shows outside the list of backlinks."""


def view_controversy(viewing: Viewing, record: Record) -> ControversyView:
    """Everything on a controversy's page."""
    fields = record.fields
    positions = tuple(view_position(viewing, position) for position in positions_of(viewing.ledger, record))
    references = _references(viewing, record, positions)
    note, review = fields.status_note, fields.review
    last_change = view_last_change(viewing, record)
    return ControversyView(
        title=viewing.text(fields.title),
        question=viewing.text(fields.question),
        thread=viewing.ref(fields.thread) if fields.thread else None,
        status=fields.status,
        status_words=words.STATUSES[fields.status],
        status_text=viewing.text(note.text if note else None),
        status_date=in_words(note.date) if note else "",
        polarity=words.STATUSES.get(fields.polarity or "", ""),
        opened=in_words(fields.opened),
        last_review=in_words(review.last) if review else "",
        review_every=str(review.every_days) if review and review.every_days is not None else "",
        summary=viewing.text(fields.summary),
        last_change=last_change,
        changed_by=_causes(viewing, last_change),
        overviews=view_overviews(viewing, record),
        matrix=view_matrix(viewing, record, limit=AT_A_GLANCE),
        tensions=tuple(
            TensionView(t.id, viewing.text(t.title), viewing.text(t.text), refs(viewing, t.claims))
            for t in fields.tensions
        ),
        positions=positions,
        cruxes=tuple(viewing.text(crux) for crux in fields.cruxes),
        searches=view_searches(viewing, fields.searches),
        see_also=tuple(SeeAlsoView(viewing.ref(s.id), viewing.text(s.why)) for s in fields.see_also),
        references=references,
        reference_files=reference_links(viewing, viewing.page),
        numbers={reference.source.id: reference.number for reference in references},
    )


def _causes(viewing: Viewing, latest: LatestView) -> tuple[CauseView, ...]:
    """The newest rating and evidence of the last change."""
    return tuple(
        cause
        for dated in latest.changes
        for cause in (_rating_of(viewing, dated), _evidence_of(viewing, dated))
        if cause is not None
    )


def _rating_of(viewing: Viewing, dated: DatedChange) -> CauseView | None:
    fields = viewing.ledger.records[dated.change.record.id].fields
    found = [entry for entry in getattr(fields, "assessments", ()) if in_words(entry.date) == dated.day]
    if not found:
        return None
    return CauseView("rated", viewing.editor(found[-1].by), None, viewing.text(found[-1].why))


def _evidence_of(viewing: Viewing, dated: DatedChange) -> CauseView | None:
    fields = viewing.ledger.records[dated.change.record.id].fields
    found = [item for item in getattr(fields, "evidence", ()) if in_words(item.recorded) == dated.day]
    if not found:
        return None
    return CauseView("evidence", "", viewing.ref(found[-1].source), viewing.text(found[-1].shows))


def _references(viewing: Viewing, record: Record, positions: tuple[PositionView, ...]) -> tuple[NumberedReference, ...]:
    """Every source that the page names, once, in the order in which a reader meets it."""
    met = _cited_by(viewing, record)
    for position in positions:
        met += [*_sources_of(viewing, position), *_cited_by(viewing, viewing.ledger.records[position.ref.id])]
    sources = (viewing.ledger.records[id_] for id_ in dict.fromkeys(met))
    return tuple(
        NumberedReference(number, viewing.ref_to(source), view_reference(viewing, source, brief=True))
        for number, source in enumerate(sources, start=1)
    )


def _cited_by(viewing: Viewing, record: Record) -> list[str]:
    """The sources that a record names itself, in its fields and its texts."""
    return [link.record.id for link in links.links_out(viewing.ledger, record) if link.record.kind.name == "source"]


def _sources_of(viewing: Viewing, position: PositionView) -> list[str]:
    """The sources of what the page shows in full; of other claims it only says how many there are."""
    uses = (*position.rests_on, *position.rejects)
    return [
        *(source.id for source in position.key_sources),
        *(id_ for use in uses for id_ in _sources_of_claim(viewing, viewing.ledger.records[use.claim.id])),
    ]


def _sources_of_claim(viewing: Viewing, claim: Record) -> Iterator[str]:
    """The sources of a claim's evidence, in the order of the page, and those that the shown texts cite."""
    yield from _cited_in(viewing, claim.fields.statement)
    for effect in words.EFFECTS:
        for item in claim.fields.evidence:
            if item.relation == effect:
                yield viewing.ref_id(item.source)
                yield from _cited_in(viewing, item.shows)
                yield from _cited_in(viewing, item.locator or "")


def _cited_in(viewing: Viewing, text: str) -> Iterator[str]:
    """The sources that a short text cites; what is no source's id is shown as it was written."""
    cited = (viewing.ref_id(found.target) for found in scan(text) if found.form == "citation")
    yield from (id_ for id_ in cited if id_ in viewing.ledger.records)


def reference_ids(viewing: Viewing, record: Record) -> tuple[str, ...]:
    """The ids of a controversy's references, in the order of its page."""
    positions = tuple(view_position(viewing, position) for position in positions_of(viewing.ledger, record))
    return tuple(reference.source.id for reference in _references(viewing, record, positions))
