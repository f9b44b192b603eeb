"""The page of a controversy: the question, the positions side by side, what the dispute turns on, every reference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ledger import words
from ledger.analysis.ties import positions_of, references_of
from ledger.changes import Change
from ledger.context import RecordRef, Viewing
from ledger.dates import in_words
from ledger.loading import Record
from ledger.records import Search
from ledger.views.briefs import BriefView, view_brief
from ledger.views.citing import reference_files
from ledger.views.matrix import Matrix, view_matrix
from ledger.views.news import LastChange, last_change
from ledger.views.paging import spread
from ledger.views.source import ReferenceView, view_reference
from ledger.views.timeline import events_of, when


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
    last_change: LastChange
    changed_by: tuple[tuple[str, Any], ...]
    """What made the last change, where the record says so."""
    contents: Mapping[str, str]
    """The parts that the page has: where each stands → what it is called."""
    matrix: Matrix
    """The claims that touch most positions."""
    tensions: tuple[TensionView, ...]
    positions: tuple[BriefView, ...]
    cruxes: tuple[str, ...]
    searches: tuple[Search, ...]
    see_also: tuple[SeeAlsoView, ...]
    events: tuple[tuple[str, RecordRef], ...]
    """The latest, the newest first, each with its date."""
    all_events: str
    references: tuple[NumberedReference, ...]
    all_references: str
    reference_files: tuple[tuple[str, str], ...]


AT_A_GLANCE = 8
"""How many claims the page itself shows by positions."""
LATEST_EVENTS = 6
"""How many events it names."""
SHOWN = frozenset(("answers",))
"""Ways of referring to a controversy that its page shows outside the list of backlinks."""


def view_controversy(viewing: Viewing, record: Record) -> ControversyView:
    """Everything on a controversy's page."""
    fields = record.fields
    references = _references(viewing, record)
    note, review = fields.status_note, fields.review
    last = last_change(viewing.ledger, record)
    events = events_of(viewing, record)
    latest = [event for event, _ in events[: -LATEST_EVENTS - 1 : -1]]
    positions = tuple(view_brief(viewing, position) for position in positions_of(viewing.ledger, record))
    matrix = view_matrix(viewing, record, limit=AT_A_GLANCE)
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
        last_change=last,
        changed_by=tuple(_causes(viewing, last.change)),
        contents=_contents(fields, positions, claims=bool(matrix.groups), events=bool(events)),
        matrix=matrix,
        tensions=tuple(
            TensionView(t.id, viewing.text(t.title), viewing.text(t.text), viewing.refs(t.claims))
            for t in fields.tensions
        ),
        positions=positions,
        cruxes=fields.cruxes,
        searches=fields.searches,
        see_also=tuple(SeeAlsoView(viewing.ref(s.id), viewing.text(s.why)) for s in fields.see_also),
        events=tuple((when(event), viewing.ref_to(event)) for event in latest),
        all_events=words.count(words.ALL_EVENTS, len(events)),
        references=references,
        all_references=words.count(words.ALL_REFERENCES, len(references_of(viewing.ledger, record))),
        reference_files=reference_files(viewing.whole),
    )


def _contents(fields: Any, positions: tuple[BriefView, ...], *, claims: bool, events: bool) -> dict[str, str]:
    """The parts of the page, in their order."""
    said, titles = words.CONTROVERSY_PAGE, {name: title for name, (title, _) in words.OVERVIEWS.items()}
    found = (
        ("status", said["standing"], True),
        ("at-a-glance", words.AT_A_GLANCE, claims),
        ("cruxes", said["cruxes"], fields.cruxes or any(one.cruxes or one.minds for one in positions)),
        ("tensions", said["tensions"], fields.tensions),
        ("overview-context", said["context"], fields.body),
        *((one.anchor, one.ref.label, True) for one in positions),
        ("overview-map", titles["map"], any(one.outline for one in positions)),
        ("overview-timeline", titles["timeline"], events),
        ("overview-proponents", titles["proponents"], any(one.holders for one in positions)),
        ("searches", said["searches"], fields.searches),
        ("overview-further", said["further"], True),
        ("references", said["references"], True),
        ("see-also", said["see_also"], fields.see_also),
    )
    return {anchor: title for anchor, title, there in found if there}


def _causes(viewing: Viewing, change: Change | None) -> Iterator[tuple[str, Any]]:
    """The newest rating and evidence of a change, each after the word for it."""
    fields = viewing.ledger.records[change.record.id].fields if change else None
    dated = (("rated", "assessments", "date"), ("evidence", "evidence", "recorded"))
    for act, name, at in dated:
        found = [
            one for one in getattr(fields, name, ()) if change and in_words(getattr(one, at)) == change.day.in_words()
        ]
        yield from ((act, one) for one in found[-1:])


def _references(viewing: Viewing, record: Record) -> tuple[NumberedReference, ...]:
    """Every source of the controversy and what its positions rest on or reject, once, in a fixed order."""
    numbered = tuple(enumerate(references_of(viewing.ledger, record), start=1))
    return tuple(
        NumberedReference(number, viewing.ref(id_), view_reference(viewing, viewing.ledger.records[id_], brief=True))
        for number, id_ in spread(viewing, numbered)
    )
