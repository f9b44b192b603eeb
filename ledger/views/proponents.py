"""The proponents of a controversy: by position, and over time.

In: a ledger seen from this page, and a controversy. Out: for each position who takes which stance since when; for each
proponent what they said in order, and the same as lanes of marks.
"""

from dataclasses import dataclass
from typing import NamedTuple

from ledger import links, words
from ledger.analysis.ties import positions_of
from ledger.context import PageContext, RecordRef
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.records import Controversy, Position, Proponent
from ledger.views.paging import spread
from ledger.views.stances import HolderView, StatementView, view_holders, view_statements
from ledger.views.swimlanes import Swimlanes, view_swimlanes


class ProponentHistory(NamedTuple):
    """What a proponent said in a controversy, in order; each statement with its place on the page."""

    proponent: RecordRef
    statements: tuple[tuple[str, StatementView], ...]


@dataclass(frozen=True, slots=True)
class ProponentsView:
    """The page."""

    positions: tuple[tuple[Record[Position], tuple[HolderView, ...]], ...]
    """The positions and who takes a stance on each."""
    histories: tuple[ProponentHistory, ...]
    lanes: Swimlanes | None


def view_proponents(context: PageContext, controversy: Record[Controversy]) -> ProponentsView:
    """Everything on the page."""
    positions = positions_of(context.ledger, controversy)
    histories = spread(context, _histories(context, positions))
    return ProponentsView(
        positions=tuple((position, spread(context, view_holders(context, position))) for position in positions),
        histories=histories,
        lanes=view_swimlanes((history.proponent.title, history.statements) for history in histories),
    )


def most_rows(ledger: Ledger, controversy: str) -> int:
    """How many lines there are: each stance has one below its position, and one below its proponent."""
    positions = [edge.start for edge in ledger.edges_into(controversy) if edge.name == "answers"]
    return 2 * sum(edge.name in words.STANCES for id_ in positions for edge in ledger.edges_into(id_))


def _histories(context: PageContext, positions: tuple[Record[Position], ...]) -> tuple[ProponentHistory, ...]:
    """Every proponent with a stance on one of the positions, by name."""
    answers = {position.id for position in positions}
    found = {
        link.other: context.ledger.record(Proponent, link.other)
        for position in positions
        for link in links.links_in(context.ledger, position.id)
        if link.relation in words.STANCES and link.kind == "proponent"
    }
    histories = (_history(context, record, answers) for record in found.values())
    return tuple(sorted(histories, key=lambda history: (history.proponent.title.casefold(), history.proponent.id)))


def _history(context: PageContext, record: Record[Proponent], answers: set[str]) -> ProponentHistory:
    said = (statement for statement in view_statements(context, record) if statement.position.id in answers)
    return ProponentHistory(context.ref_to(record), tuple((f"{record.id}.{one.anchor}", one) for one in said))
