"""All evidence by positions: which works tell the positions of a controversy apart, and what speaks against each.

In: a ledger seen from a page, and a controversy. Out: what was found, in words; the works against each position, by
letter; and two tables of works: those that tell positions apart, the most telling first, and those that do not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ledger import words
from ledger.analysis import analyse, rivals
from ledger.analysis.ties import WAYS, claims_near
from ledger.context import PageContext
from ledger.graph import Ledger, result
from ledger.loading import Record
from ledger.records import Claim, Controversy, Position
from ledger.views.by_position import width
from ledger.views.paging import spread

SHOWN = 2
"""How many items of a work are shown unfolded at most."""
LINES = 4
"""For how many rows of a list a work counts: it shows its items and its reasons."""
TIES = ("strong", "weak")
EDGES = (*WAYS, "objected_to_by")
"""What ties a claim to a position: the first of those that say the same is named."""
Columns = tuple[Record[Position], ...]


class AgainstView(NamedTuple):
    """The works of one grade against a position: how many, in words, and which."""

    said: str
    works: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingView:
    """What speaks against a position, and how much of the telling evidence tested it."""

    position: Record[Position]
    against: tuple[AgainstView, ...]
    tested: str
    """How much of the telling evidence tested it; empty where none tells positions apart."""
    is_untested: bool


class ItemView(NamedTuple):
    """An evidence item of a work: what it does to which claim, and the source that tells of it, if it is another."""

    id: str
    relation: str
    claim: str
    through: str


class PathView(NamedTuple):
    """How a claim leads to positions, maybe by way of another, and what the work does to these in words."""

    relation: str
    other: str
    said: str


class ReasonView(NamedTuple):
    """A claim that the work speaks to, by which items, and how it leads to positions, the direct way first."""

    claim: str
    items: tuple[ItemView, ...]
    paths: tuple[PathView, ...]


class CellView(NamedTuple):
    """What a work does to a position, as words for styling and for reading."""

    style: str
    sign: str
    word: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A work against every position."""

    work: str
    grade: str
    shown: tuple[ItemView, ...]
    """The first items, each of another claim."""
    why: str
    """What stands over the reasons, and how many items are shown nowhere else."""
    reasons: tuple[ReasonView, ...]
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """The whole page."""

    found: str
    columns: Columns
    standings: tuple[StandingView, ...]
    telling: tuple[tuple[str, tuple[RowView, ...]], ...]
    """The works that tell positions apart, by strength of tie after a heading."""
    silent: tuple[RowView, ...]


def view_evidence_table(context: PageContext, controversy: Record[Controversy]) -> EvidenceTable:
    """What is on a page; empty for a controversy that was withdrawn."""
    found = _found(context.ledger, controversy.id)
    columns = columns_of(context.ledger, found.positions)
    shown = spread(context, found.rows)
    telling = {name: [row for row in shown if row.apart and row.strong == (name == "strong")] for name in TIES}
    return EvidenceTable(
        found=_said(columns, found),
        columns=columns,
        standings=tuple(map(_standing, columns, found.standings)),
        telling=tuple(
            (words.EVIDENCE_PAGE[name], tuple(_row(context, columns, row) for row in rows))
            for name, rows in telling.items()
            if rows
        ),
        silent=tuple(_row(context, columns, row) for row in shown if not row.apart),
    )


@result
def _found(ledger: Ledger, controversy: str) -> rivals.Rivals:
    """The rows of both tables are in one order: those that tell positions apart before the others."""
    found = analyse(ledger).rivals.get(controversy, rivals.Rivals((), (), ()))
    return rivals.Rivals(found.positions, tuple(sorted(found.rows, key=lambda row: not row.apart)), found.standings)


@result
def most_rows(ledger: Ledger, controversy: str) -> int:
    """About how many rows both tables have, wide ones counted for more: told from edges alone."""
    edges = (edge for claim in claims_near(ledger, controversy) for edge in ledger.edges_of(claim))
    return LINES * len({edge.target for edge in edges if edge.name == "shown_in"}) * width(ledger, controversy)


def columns_of(ledger: Ledger, positions: Iterable[str]) -> Columns:
    """The positions at the heads of a table's columns."""
    return tuple(ledger.record(Position, id_) for id_ in positions)


# What was found


def _said(columns: Columns, found: rivals.Rivals) -> str:
    """How much tells the positions apart, against which strong works speak, and which were little tested."""
    if not found.rows:
        return ""
    return " ".join((*_counted(found), *_against(columns, found.standings)))


def _counted(found: rivals.Rivals) -> Iterator[str]:
    if len(found.positions) == 1:
        yield words.EVIDENCE_PAGE["alone"]
        yield words.count(words.WORKS_APART["alone"], len(found.rows))
        return
    telling = [row for row in found.rows if row.apart]
    yield words.count(words.WORKS_APART["telling"], len(telling))
    if telling:
        strong = sum(row.strong for row in telling)
        yield words.count(words.WORKS_APART["all strongly" if strong == len(telling) else "strongly"], strong)
    others = len(found.rows) - len(telling)
    if others:
        yield words.count(words.WORKS_APART["more" if telling else "all"], others)


def _against(columns: Columns, standings: Sequence[rivals.Standing]) -> Iterator[str]:
    letters = dict(zip([column.fields.letter for column in columns], standings, strict=True))
    hit = [letter for letter, one in letters.items() if one.against["strong"]]
    spared = [letter for letter, one in letters.items() if not one.against["strong"]]
    if len(letters) == 1:
        yield words.STRONG_AGAINST["it" if hit else "not it"]
        return
    some = words.STRONG_AGAINST["some"].format(words.listed(hit), words.listed(spared))
    yield some if hit and spared else words.STRONG_AGAINST["every" if hit else "none"]
    little = [letter for letter, one in letters.items() if one.telling and one.untested]
    if little:
        name = "little_tested" if len(little) == 1 else "little_tested_each"
        all_of_them = len(little) == len(letters)
        yield words.EVIDENCE_PAGE["little_tested_all" if all_of_them else name].format(words.listed(little))


def _standing(position: Record[Position], standing: rivals.Standing) -> StandingView:
    return StandingView(
        position=position,
        against=tuple(
            AgainstView(words.count(words.WORKS_AGAINST[grade], len(works)), works)
            for grade, works in standing.against.items()
            if works
        ),
        tested=_tested(standing),
        is_untested=standing.telling > 0 and standing.untested,
    )


def _tested(standing: rivals.Standing) -> str:
    if not standing.telling:
        return ""
    said = words.EVIDENCE_PAGE["tested_of" if standing.telling > 1 else "tested_of_one"]
    return said.format(words.number(standing.tested), words.number(standing.telling))


# A work


def _row(context: PageContext, columns: Columns, row: rivals.Row) -> RowView:
    items = _items(context, row)
    first: dict[str, ItemView] = {}
    for item in items:
        first.setdefault(item.claim, item)
    shown = tuple(first.values())[:SHOWN]
    return RowView(
        work=row.work,
        grade=words.GRADE.format(grade=words.GRADES[row.grade]),
        shown=shown,
        why=words.count(words.MORE_AND_WHY, len(items) - len(shown)),
        reasons=tuple(_reasons([position.fields.letter for position in columns], items, row.cells)),
        cells=tuple(map(_cell, row.cells)),
    )


def _cell(cell: rivals.Cell) -> CellView:
    sign, word = words.CONSISTENCY[cell.verdict]
    if cell.verdict in rivals.TESTS and not cell.strong:
        return CellView(f"{cell.verdict} weak", words.WEAK_SIGN.format(sign), words.WEAKLY.format(word))
    return CellView(cell.verdict, sign, word)


def _items(context: PageContext, row: rivals.Row) -> list[ItemView]:
    """Its items: those first that count most here."""
    ways = [way for cell in row.cells for way in cell.ways if way.sign]
    strong, direct = ({way.claim for way in ways if way.strong}, {way.claim for way in ways if not way.relation})

    def rank(item: ItemView) -> tuple[bool, bool, bool, str]:
        return item.relation == "qualifies", item.claim not in strong, item.claim not in direct, item.id

    return sorted((_item(context, row.work, node) for node in row.items), key=rank)


def _item(context: PageContext, work: str, node: str) -> ItemView:
    """One that hurts a rival of its own claim disputes the rival."""
    claim, _, part = node.partition("/")
    item = next(item for item in context.ledger.record(Claim, claim).fields.evidence if item.id == part)
    source, rival = context.ref_id(item.source), item.about_rival
    through = source if source != work else ""
    return ItemView(node, "disputes" if rival else item.relation, context.ref_id(rival) if rival else claim, through)


# The reasons


def _reasons(letters: Sequence[str], items: Sequence[ItemView], cells: Sequence[rivals.Cell]) -> Iterator[ReasonView]:
    """What each claim says to positions, each way once."""
    found: dict[str, dict[tuple[str, str], list[str]]] = {item.claim: {} for item in items}
    for letter, cell in zip(letters, cells, strict=True):
        for way in _deciding(cell):
            relation = words.RELATIONS[way.relation][way.backward] if way.relation else ""
            found[way.claim].setdefault((relation, way.onto), []).append(_reached(letter, way))
    for claim, paths in found.items():
        views = tuple(PathView(*path, "; ".join(said)) for path, said in sorted(paths.items()))
        yield ReasonView(claim, tuple(item for item in items if item.claim == claim), views)


def _reached(letter: str, way: rivals.Way) -> str:
    """What a work does to a position by a way: `for A, which rests on it`."""
    said = words.WAYS_READ[way.sign].format(words.TIES_OF_POSITION[way.edge].format(letter))
    return words.WEAKLY.format(said) if way.sign and not way.strong else said


def _deciding(cell: rivals.Cell) -> Iterator[rivals.Way]:
    """The ways that make a cell what it is: those that carry something, if any; of ties that say the same the first."""
    found: dict[tuple[str, str | None, bool, str, int], rivals.Way] = {}
    for way in sorted(cell.ways, key=lambda way: EDGES.index(way.edge)):
        if way.sign or cell.verdict == rivals.NEUTRAL:
            found.setdefault((way.claim, way.relation, way.backward, way.onto, way.sign), way)
    yield from found.values()
