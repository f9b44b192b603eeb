"""Evidence by positions: which items tell the positions of a controversy apart, and how much speaks against each.

In: a ledger seen from a page, and a controversy. Out: what speaks against each position, by letter, and two tables of
evidence items: those that tell positions apart, the most telling first, and those that prove nothing here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ledger import words
from ledger.analysis import analyse, rivals
from ledger.analysis.ties import IMPLIED, claims_near
from ledger.context import PageContext
from ledger.graph import Ledger, result
from ledger.loading import Record
from ledger.records import Claim, Controversy, Evidence, Position
from ledger.views import figures
from ledger.views.matrix import width
from ledger.views.paging import spread

Columns = tuple[Record[Position], ...]


@dataclass(frozen=True, slots=True)
class StandingView:
    """What of the telling evidence speaks against a position, and how much of it tested the position."""

    position: Record[Position]
    against: str
    share: str
    tested: str
    is_untested: bool


@dataclass(frozen=True, slots=True)
class ItemView:
    """An evidence item with its row of the analysis, its weight and measure in words."""

    row: rivals.Row
    item: Evidence
    weight: str
    measure: str


@dataclass(frozen=True, slots=True)
class RowView:
    """Evidence of a claim against every position: one item, or those that prove nothing in the same way."""

    claim: str
    items: tuple[ItemView, ...]
    cells: tuple[rivals.Cell, ...]
    why: str
    """The place of the reasons on the page."""
    ways: tuple[tuple[str, rivals.Way], ...]
    """The reasons, each after the letter of its position; none where an item before has the same."""


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """The whole page."""

    columns: Columns
    standings: tuple[StandingView, ...]
    telling: tuple[RowView, ...]
    silent: tuple[RowView, ...]


def view_evidence_table(context: PageContext, controversy: Record[Controversy]) -> EvidenceTable:
    """What is on a page; empty for a controversy that was withdrawn."""
    found = _found(context.ledger, controversy.id)
    columns = columns_of(context.ledger, found.positions)
    lines = spread(context, _lines(context.ledger, controversy.id))
    rows = [(of[0].diagnosticity, _row(context.ledger, columns, of)) for of in lines]
    return EvidenceTable(
        columns=columns,
        standings=tuple(map(_standing, columns, found.standings)),
        telling=tuple(_each_once(row for tells, row in rows if tells)),
        silent=tuple(row for tells, row in rows if not tells),
    )


def _found(ledger: Ledger, controversy: str) -> rivals.Rivals:
    return analyse(ledger).rivals.get(controversy, rivals.Rivals((), (), ()))


@result
def _lines(ledger: Ledger, controversy: str) -> list[list[rivals.Row]]:
    """The rows of both tables: each telling item, then the others together with those that are alike."""
    rows = _found(ledger, controversy).rows
    telling = [[row] for row in rows if row.diagnosticity]
    return [*telling, *_alike(rows[len(telling) :])]


@result
def most_rows(ledger: Ledger, controversy: str) -> int:
    """How many rows both tables have at most, wide ones counted for more: told from edges alone."""
    tests = (*rivals.SIGNS, "about_rival")
    into = (edge for claim in claims_near(ledger, controversy) for edge in ledger.edges_into(claim))
    return len({edge.start for edge in into if edge.name in tests and "/" in edge.start}) * width(ledger, controversy)


def columns_of(ledger: Ledger, positions: Iterable[str]) -> Columns:
    """The positions at the heads of a table's columns."""
    return tuple(ledger.record(Position, id_) for id_ in positions)


def _standing(position: Record[Position], standing: rivals.Standing) -> StandingView:
    said, sum_of = words.EVIDENCE_PAGE, figures.weights
    sources = words.count(words.SOURCES_COUNTED, standing.sources)
    return StandingView(
        position=position,
        against=said["against_of"].format(sum_of(standing.inconsistency), sum_of(standing.tested_weight)),
        share=said["no_test"] if standing.share is None else figures.percent(standing.share),
        tested=said["tested_of"].format(standing.tested, standing.diagnostic, sources),
        is_untested=standing.untested,
    )


def _each_once(rows: Iterable[RowView]) -> Iterator[RowView]:
    """Items of one claim mostly have the same reasons: the first of them shows these."""
    met: dict[tuple[object, ...], str] = {}
    for row in rows:
        first = met.setdefault((row.claim, row.ways), row.why)
        yield row if first == row.why else replace(row, why=first, ways=())


def _alike(rows: Iterable[rivals.Row]) -> Iterable[list[rivals.Row]]:
    """The items of a claim that do the same for the same reasons, together."""
    alike: dict[tuple[object, ...], list[rivals.Row]] = {}
    for row in rows:
        cells = ((cell.verdict, *_deciding(cell)) for cell in row.cells)
        alike.setdefault((row.item.partition("/")[0], *cells), []).append(row)
    return alike.values()


def _row(ledger: Ledger, columns: Columns, rows: Sequence[rivals.Row]) -> RowView:
    claim, _, part = rows[0].item.partition("/")
    cells = rows[0].cells
    letters = (position.fields.letter for position in columns)
    return RowView(
        claim=claim,
        items=tuple(_item(ledger, row) for row in rows),
        cells=cells,
        why=f"why-{claim}.{part}",
        ways=tuple((letter, way) for letter, cell in zip(letters, cells, strict=True) for way in _deciding(cell)),
    )


def _item(ledger: Ledger, row: rivals.Row) -> ItemView:
    said = words.EVIDENCE_PAGE
    claim, _, part = row.item.partition("/")
    item = next(item for item in ledger.record(Claim, claim).fields.evidence if item.id == part)
    weight = said["weight"].format(figures.weight(row.weight)) if row.weight else said["no_weight"]
    measure = said["measure"].format(row.told, row.pairs, figures.rounded(row.diagnosticity))
    return ItemView(row, item, weight, measure if row.told else said["tells_nothing"])


def _deciding(cell: rivals.Cell) -> Iterator[rivals.Way]:
    """The ways that make a cell what it is: those that carry something, where any does, and each said once."""
    implied = {replace(way, edge=IMPLIED[way.edge]) for way in cell.ways if way.edge in IMPLIED}
    for way in cell.ways:
        if way not in implied and (way.sign or cell.verdict == rivals.NEUTRAL):
            yield way
