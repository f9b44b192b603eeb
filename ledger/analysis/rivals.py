"""The matrix of competing positions: what each work does to each position of a controversy.

In: a Ledger, and the items that count in the rating of each claim. Out: rows, the most telling first, and
what speaks against each position. After Richards J. Heuer, Psychology of Intelligence Analysis (1999), chapter 8,
"Analysis of Competing Hypotheses": what matters is not how much agrees with a position but what tells the positions
apart, and what speaks against each.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Annotated, NamedTuple

from pydantic import WithJsonSchema

from ledger.analysis.bearing import BEARING, CARRIES, DIRECT, Step, Ties, steps_of
from ledger.analysis.grades import GRADES
from ledger.analysis.questions import can_be_settled
from ledger.analysis.ratings import SIGNS
from ledger.analysis.results import counted_items, works_behind
from ledger.analysis.ties import positions_in, ties_in
from ledger.analysis.works import shown_under
from ledger.describing import NodeId, RecordId, described, one_of
from ledger.graph import Ledger, result

CONSISTENT, INCONSISTENT, MIXED, NEUTRAL, UNTESTED = "consistent", "inconsistent", "mixed", "neutral", "untested"
TESTS = (CONSISTENT, INCONSISTENT, MIXED)
"""Cells in which the position could have failed."""
ENOUGH = Fraction(1, 2)
"""The least share of the telling works that must have tested a position for it to count as tested."""
STANDS_OR_FALLS = ("restates", "depends-on")
"""Relations by which what speaks against one claim speaks against another.

Any other claim is an argument: to refute it takes an argument away, and speaks neither for the one side nor the other.
"""


@dataclass(frozen=True, slots=True)
class Way:
    """Why an item counts as it does for a position."""

    claim: RecordId = described("the item's claim")
    relation: Annotated[str, one_of(*CARRIES)] | None = described("its relation to the other one; missing when direct")
    backward: bool = described("whether the other claim wrote the relation")
    onto: RecordId = described("the claim to which the position is tied")
    edge: Annotated[str, one_of(*sorted((*DIRECT, *BEARING)))] = described("the edge that ties it")
    sign: Annotated[int, WithJsonSchema({"type": "integer", "enum": [-1, 0, 1]})] = described("which way it counts")
    strong: bool = described("whether the tie is strong, and the item's own claim has it")

    def sort_key(self) -> tuple[str, str, bool, str, str, int]:
        """By claim, direct ways first."""
        return self.claim, self.relation or "", self.backward, self.onto, self.edge, self.sign


@dataclass(frozen=True, slots=True)
class Cell:
    """What a work does to a position."""

    position: RecordId = described("the position")
    verdict: Annotated[str, one_of(CONSISTENT, INCONSISTENT, MIXED, NEUTRAL, UNTESTED)] = described(
        "what the work means for the position"
    )
    strong: bool = described("whether a strong tie says so")
    ways: tuple[Way, ...] = described("the ways by which evidence reaches the position")


@dataclass(frozen=True, slots=True)
class Row:
    """A work by positions."""

    work: RecordId = described("the work")
    items: tuple[NodeId, ...] = described("its evidence items, as `claim/e1`")
    grade: Annotated[str, one_of(*GRADES)] = described("the grade of its best item")
    cells: tuple[Cell, ...] = described("what it means for each position")
    strong: bool = described("whether its strong ties separate two positions")
    apart: int = described("how many pairs of positions it separates")
    """0 means that it proves nothing here."""
    pairs: int = described("how many pairs there are")


@dataclass(frozen=True, slots=True)
class Standing:
    """What speaks against a position, and how far it was tested."""

    position: RecordId = described("the position")
    against: Mapping[str, tuple[RecordId, ...]] = described("by grade, the works against it by a strong tie, each once")
    tested: int = described("how many of the deciding works concern it")
    telling: int = described("how many works are deciding: they separate two positions")
    untested: bool = described("whether less than half of the deciding works concern it")


@dataclass(frozen=True, slots=True)
class Rivals:
    """The evidence by positions. There is no score: what can be padded tells nothing."""

    positions: tuple[RecordId, ...] = described("the positions, by letter")
    rows: tuple[Row, ...] = described("every work that concerns them, the most decisive first")
    """By strength of tie, then grade, then pairs told apart; then by id."""
    standings: tuple[Standing, ...] = described("the evidence against each position, in the order of the positions")


class Test(NamedTuple):
    """An item that counts in the rating of its claim: what it goes back to, its grade, and which way it counts."""

    node: str
    works: frozenset[str]
    grade: int
    claim: str
    sign: int


@result
def rivals_of(ledger: Ledger, controversy: str) -> Rivals:
    """The evidence of a controversy by positions."""
    positions, ties = tuple(positions_in(ledger, controversy)), ties_in(ledger, controversy)
    tests = list(_tests(ledger, ties))
    shown = shown_under(test.works for test in tests)
    by_work: dict[str, list[Test]] = {}
    for test in tests:
        for work in shown[test.works]:
            by_work.setdefault(work, []).append(test)
    ways = cache(lambda claim, sign: tuple(_ways(ledger, ties, claim, sign)))
    rows = [_row(positions, ways, work, tests) for work, tests in by_work.items()]
    rows.sort(key=lambda row: (not row.strong, -GRADES.index(row.grade), -row.apart, row.work))
    telling = [row for row in rows if row.apart]
    return Rivals(positions, tuple(rows), tuple(_standing(id_, at, rows, telling) for at, id_ in enumerate(positions)))


def _tests(ledger: Ledger, ties: Ties) -> Iterator[Test]:
    near = set(ties) | {doer for claim in ties for doer, _ in steps_of(ledger, claim)}
    for claim in sorted(near):
        if not can_be_settled(ledger, claim):
            continue
        works = works_behind(ledger, claim)
        for id_, item in counted_items(ledger, claim).items():
            node = id_ if "/" in id_ else f"{claim}/{id_}"
            yield Test(node, frozenset(works[id_]), GRADES.index(str(item.grade)), claim, SIGNS[str(item.side)])


Ways = Callable[[str, int], tuple[tuple[str, Way], ...]]
"""A claim and the sign of what is said of it → the positions that this reaches, each with the way it takes."""


def _row(positions: tuple[RecordId, ...], ways: Ways, work: str, tests: list[Test]) -> Row:
    """Two positions are told apart when the work is consistent with one and inconsistent with the other."""
    found = defaultdict[str, set[Way]](set)
    for claim, sign in {(test.claim, test.sign) for test in tests}:
        for position, way in ways(claim, sign):
            found[position].add(way)
    cells = tuple(_cell(position, found[position]) for position in positions)
    apart, strongly = _pairs(cells), _pairs(cell for cell in cells if cell.strong)
    pairs = len(cells) * (len(cells) - 1) // 2
    nodes = tuple(sorted({test.node for test in tests}))
    return Row(work, nodes, GRADES[max(test.grade for test in tests)], cells, strongly > 0, apart, pairs)


def _pairs(cells: Iterable[Cell]) -> int:
    found = [cell.verdict for cell in cells]
    return found.count(CONSISTENT) * found.count(INCONSISTENT)


def _ways(ledger: Ledger, ties: Ties, claim: str, sign: int) -> Iterator[tuple[str, Way]]:
    """Position and way, for every way that what speaks for a claim (1), against it (-1) or neither (0) can take."""
    for tie in ties.get(claim, ()):
        reached, is_strong = tie.reached_by(sign), tie.is_strong
        yield tie.position, Way(claim, None, backward=False, onto=claim, edge=tie.edge, sign=reached, strong=is_strong)
    for step in (step for doer, step in steps_of(ledger, claim) if doer == claim):
        carried = _carried(sign, step)
        for tie in ties.get(step.other, ()):
            reached = tie.reached_by(carried)
            yield tie.position, Way(claim, step.relation, step.backward, step.other, tie.edge, reached, strong=False)


def _carried(sign: int, step: Step) -> int:
    """What speaks for a claim, or against it, does to the other claim."""
    if sign < 0:
        return step.if_false if step.relation in STANDS_OR_FALLS else 0
    return sign * step.if_true


def _cell(position: str, ways: set[Way]) -> Cell:
    """Direct ways, where there are any, leave no say to those by another claim."""
    nearest = {way for way in ways if not way.relation} or ways
    signs = {way.sign for way in nearest}
    if {1, -1} <= signs:
        verdict = MIXED
    elif 1 in signs or -1 in signs:
        verdict = CONSISTENT if 1 in signs else INCONSISTENT
    else:
        verdict = NEUTRAL if signs else UNTESTED
    strong = any(way.strong and way.sign for way in nearest)
    return Cell(position, verdict, strong, tuple(sorted(nearest, key=Way.sort_key)))


def _standing(position: str, at: int, rows: list[Row], telling: list[Row]) -> Standing:
    against = [row for row in rows if any(way.strong and way.sign < 0 for way in row.cells[at].ways)]
    tested = sum(row.cells[at].verdict in TESTS for row in telling)
    return Standing(
        position=position,
        against={grade: tuple(row.work for row in against if row.grade == grade) for grade in reversed(GRADES)},
        tested=tested,
        telling=len(telling),
        untested=not tested or Fraction(tested, len(telling)) < ENOUGH,
    )
