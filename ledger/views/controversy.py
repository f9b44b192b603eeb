"""The page of a controversy: the question, the positions side by side, what the dispute turns on, every reference."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ledger import words
from ledger.analysis.ties import positions_of, references_of
from ledger.changes import Change
from ledger.context import PageContext, RecordRef
from ledger.dates import in_words
from ledger.loading import Record
from ledger.records import Claim, Controversy, Position, Source
from ledger.views.answer import SIXTY_WORDS, answer_of
from ledger.views.board import Board, view_board
from ledger.views.citing import reference_files
from ledger.views.matrix import Matrix, view_matrix
from ledger.views.news import LastChange, last_change
from ledger.views.paging import spread
from ledger.views.position import BriefView, view_brief
from ledger.views.source import ReferenceView, view_reference
from ledger.views.timeline import events_of, when


@dataclass(frozen=True, slots=True)
class ControversyView:
    """A controversy's page, in so far as it is worked out."""

    answer: str
    """Where the dispute stands, in some sixty words."""
    board: Board | None
    last_change: LastChange
    changed_by: tuple[tuple[str, Any], ...]
    """The rating and the evidence item that made the last change, each after the word for it."""
    contents: Mapping[str, str]
    """The parts that the page has: where each stands → what it is called."""
    matrix: Matrix
    """The claims that touch most positions."""
    positions: tuple[BriefView, ...]
    events: tuple[tuple[str, RecordRef], ...]
    """The latest, the newest first, each with its date."""
    all_events: str
    references: tuple[tuple[int, RecordRef, ReferenceView], ...]
    """The page's merged list, numbered."""
    all_references: str
    reference_files: tuple[tuple[str, str], ...]


AT_A_GLANCE = 8
"""How many claims the page itself shows by positions."""
LATEST_EVENTS = 6
"""How many events it names."""
SHOWN = frozenset(("answers",))
"""Ways of referring to a controversy that its page shows outside the list of backlinks."""


def view_controversy(context: PageContext, record: Record[Controversy]) -> ControversyView:
    """Everything on a controversy's page."""
    ledger, events = context.ledger, events_of(context, record)
    references, last = references_of(ledger, record), last_change(ledger, record)
    positions = tuple(view_brief(context, position) for position in positions_of(ledger, record))
    matrix = view_matrix(context, record, limit=AT_A_GLANCE)
    latest = [event for event, _ in events[: -LATEST_EVENTS - 1 : -1]]
    return ControversyView(
        answer=answer_of(context, record, SIXTY_WORDS),
        board=view_board(context, record),
        last_change=last,
        changed_by=tuple(_causes(context, last.change)),
        contents=_contents(record.fields, positions, claims=bool(matrix.groups), events=bool(events)),
        matrix=matrix,
        positions=positions,
        events=tuple((when(event), context.ref_to(event)) for event in latest),
        all_events=words.count(words.ALL_EVENTS, len(events)),
        references=tuple(_references(context, references)),
        all_references=words.count(words.ALL_REFERENCES, len(references)),
        reference_files=reference_files(context.whole),
    )


def _contents(fields: Controversy, positions: tuple[BriefView, ...], *, claims: bool, events: bool) -> dict[str, str]:
    """The parts of the page, in their order."""
    said, titles = words.CONTROVERSY_PAGE, {name: title for name, (title, _) in words.OVERVIEWS.items()}
    settling = any(one.record.fields.cruxes or one.minds for one in positions)
    found = (
        ("status", said["standing"], True),
        ("at-a-glance", words.AT_A_GLANCE, claims),
        ("cruxes", said["cruxes"], fields.cruxes or settling),
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


def _causes(context: PageContext, change: Change | None) -> Iterator[tuple[str, Any]]:
    """The newest rating and evidence of a change, each after the word for it."""
    fields = context.ledger.records[change.record.id].fields if change else None
    day = change.day.in_words() if change else ""
    rated = fields.assessments if isinstance(fields, Claim | Position) else ()
    items = fields.evidence if isinstance(fields, Claim) else ()
    dated = (*(("rated", one.date, one) for one in rated), *(("evidence", one.recorded, one) for one in items))
    yield from {act: one for act, date, one in dated if date and in_words(date) == day}.items()


def _references(context: PageContext, ids: tuple[str, ...]) -> Iterator[tuple[int, RecordRef, ReferenceView]]:
    """Every source of the controversy and what its positions rest on or reject, once, in a fixed order."""
    for number, id_ in spread(context, tuple(enumerate(ids, start=1))):
        yield number, context.ref(id_), view_reference(context, context.ledger.record(Source, id_), brief=True)
