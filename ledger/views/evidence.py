"""Evidence by positions: which items tell the positions of a controversy apart, and how much speaks against each.

In: a ledger seen from a page, and a controversy. Out: what speaks against each position, by letter, and two tables of
evidence items: those that tell positions apart, the most telling first, and those that prove nothing here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from ledger import words
from ledger.analysis import analyse, rivals
from ledger.analysis.ties import IMPLIED, claims_near
from ledger.context import RecordRef, Viewing
from ledger.graph import Ledger, result
from ledger.loading import Record
from ledger.views import figures
from ledger.views.matrix import Column, width
from ledger.views.paging import spread


@dataclass(frozen=True, slots=True)
class Fare:
    """What of the telling evidence speaks against a position, and how much of it tested the position."""

    column: Column
    against: str
    share: str
    tested: str
    is_untested: bool


@dataclass(frozen=True, slots=True)
class WayView:
    """One reason for a cell: how the position is tied to a claim, and how the item's claim leads there."""

    sign: str
    tie: str
    claim: RecordRef | None
    """The claim that the position is tied to; none where it is the item's own."""
    relation: str
    through: RecordRef | None
    """The claim that leads there, where it is not the item's own."""


@dataclass(frozen=True, slots=True)
class CellView:
    """What an item does to a position."""

    verdict: str
    sign: str
    words: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """An evidence item: where it stands, what it does to its claim, its source, weight and measure."""

    ref: RecordRef
    effect: str
    source: RecordRef
    shows: Markup
    weight: str
    measure: str


@dataclass(frozen=True, slots=True)
class RowView:
    """Evidence of a claim against every position: one item, or those that prove nothing in the same way."""

    claim: RecordRef
    items: tuple[ItemView, ...]
    cells: tuple[CellView, ...]
    why: str
    """The place of the reasons on the page."""
    ways: tuple[WayView, ...]
    """The reasons; none where they stand with an item before, which has the same."""


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """The whole page."""

    columns: tuple[Column, ...]
    fares: tuple[Fare, ...]
    telling: tuple[RowView, ...]
    silent: tuple[RowView, ...]


def view_evidence(viewing: Viewing, controversy: Record) -> EvidenceView:
    """What is on a page; empty for a controversy that was withdrawn."""
    found = _found(viewing.ledger, controversy.id)
    refs, columns = _Refs(viewing), columns_of(viewing, found.positions)
    lines = spread(viewing, _lines(viewing.ledger, controversy.id))
    rows = [(of[0].diagnosticity, _row(viewing, refs, columns, of)) for of in lines]
    return EvidenceView(
        columns=columns,
        fares=tuple(map(_fare, columns, found.standings)),
        telling=tuple(_told_once(row for tells, row in rows if tells)),
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


def columns_of(viewing: Viewing, positions: Iterable[str]) -> tuple[Column, ...]:
    """The heads of a table's columns."""
    records = [viewing.ledger.records[id_] for id_ in positions]
    return tuple(Column(p.fields.letter, p.fields.label or "", viewing.ref_to(p)) for p in records)


class _Refs(dict[str, RecordRef]):
    """Links to records by id, each made once: a claim may stand in hundreds of reasons."""

    def __init__(self, viewing: Viewing) -> None:
        super().__init__()
        self.viewing = viewing

    def __missing__(self, id_: str) -> RecordRef:
        self[id_] = self.viewing.ref(id_)
        return self[id_]


def _fare(column: Column, standing: rivals.Standing) -> Fare:
    said, sum_of = words.EVIDENCE_PAGE, figures.weights
    sources = words.count(words.SOURCES_COUNTED, standing.sources)
    return Fare(
        column=column,
        against=said["against_of"].format(sum_of(standing.inconsistency), sum_of(standing.tested_weight)),
        share=said["no_test"] if standing.share is None else figures.percent(standing.share),
        tested=said["tested_of"].format(standing.tested, standing.diagnostic, sources),
        is_untested=standing.untested,
    )


def _told_once(rows: Iterable[RowView]) -> Iterator[RowView]:
    """Items of one claim mostly have the same reasons: these stand with the first of them."""
    told: dict[tuple[object, ...], str] = {}
    for row in rows:
        first = told.setdefault((row.claim.id, row.ways), row.why)
        yield row if first == row.why else replace(row, why=first, ways=())


def _alike(rows: Iterable[rivals.Row]) -> Iterable[list[rivals.Row]]:
    """The items of a claim that do the same for the same reasons, together."""
    alike: dict[tuple[object, ...], list[rivals.Row]] = {}
    for row in rows:
        cells = ((cell.verdict, *_deciding(cell)) for cell in row.cells)
        alike.setdefault((row.item.partition("/")[0], *cells), []).append(row)
    return alike.values()


def _row(viewing: Viewing, refs: _Refs, columns: tuple[Column, ...], rows: Sequence[rivals.Row]) -> RowView:
    claim, _, part = rows[0].item.partition("/")
    cells = rows[0].cells
    return RowView(
        claim=refs[claim],
        items=tuple(_item(viewing, refs, row) for row in rows),
        cells=tuple(CellView(cell.verdict, *words.VERDICTS[cell.verdict]) for cell in cells),
        why=f"why-{claim}.{part}",
        ways=tuple(
            _way(refs, claim, column.letter, way)
            for column, cell in zip(columns, cells, strict=True)
            for way in _deciding(cell)
        ),
    )


def _item(viewing: Viewing, refs: _Refs, row: rivals.Row) -> ItemView:
    claim, _, part = row.item.partition("/")
    item = next(item for item in viewing.ledger.records[claim].fields.evidence if item.id == part)
    return ItemView(
        ref=refs[row.item],
        effect=words.RELATIONS[item.relation][0],
        source=refs[row.source],
        shows=viewing.text(item.shows),
        weight=_weight(row),
        measure=_measure(row),
    )


def _weight(row: rivals.Row) -> str:
    said = words.EVIDENCE_PAGE
    return said["weight"].format(figures.weight(row.weight)) if row.weight else said["no_weight"]


def _measure(row: rivals.Row) -> str:
    said = words.EVIDENCE_PAGE
    if not row.told:
        return said["tells_nothing"]
    return said["measure"].format(row.told, row.pairs, figures.rounded(row.diagnosticity))


def _deciding(cell: rivals.Cell) -> Iterator[rivals.Way]:
    """The ways that make a cell what it is: those that carry something, where any does, and each said once."""
    implied = {replace(way, edge=IMPLIED[way.edge]) for way in cell.ways if way.edge in IMPLIED}
    for way in cell.ways:
        if way not in implied and (way.sign or cell.verdict == rivals.NEUTRAL):
            yield way


def _way(refs: _Refs, claim: str, letter: str, way: rivals.Way) -> WayView:
    return WayView(
        sign=words.WAYS_READ[way.sign].format(letter),
        tie=words.TIES_OF_POSITION[way.edge],
        claim=None if way.onto == claim else refs[way.onto],
        relation=words.RELATIONS[way.relation][not way.backward] if way.relation else "",
        through=None if way.claim == claim else refs[way.claim],
    )
