"""The matrix of competing positions: what each evidence item does to each position of a controversy.

In: a Ledger, its ties, and the weight of each evidence item that counts. Out: rows, the most telling first, and how
each position fares. After Richards J. Heuer, Psychology of Intelligence Analysis (1999), chapter 8, "Analysis of
Competing Hypotheses": what matters is not how much agrees with a position but what tells the positions apart, and how
much speaks against each.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import WithJsonSchema

from ledger.analysis.bearing import BEARING, CARRIES, DIRECT, NOT_EVIDENTIAL, Bearing, Step, Tie
from ledger.describing import Exact, NodeId, RecordId, Weight, described, internal, one_of
from ledger.graph import Ledger

CONSISTENT, INCONSISTENT, MIXED, NEUTRAL, UNTESTED = "consistent", "inconsistent", "mixed", "neutral", "untested"
TESTS = (CONSISTENT, INCONSISTENT, MIXED)
"""Cells in which the position could have failed."""
AGAINST = {INCONSISTENT: Decimal(1), MIXED: Decimal("0.5")}
"""Which share of an item's weight counts against a position."""
ENOUGH = Fraction(1, 2)
"""The least share of the diagnostic items that must have tested a position before it is ranked."""
SIGNS = {"supports": 1, "disputes": -1, "qualifies": 0}
"""What an item does to its claim; one that only mentions the claim is no row."""
STANDS_OR_FALLS = ("restates", "depends-on")
"""Relations by which what speaks against one claim speaks against another.

Any other claim is an argument: to refute it takes an argument away, and speaks neither for the one side nor the other.
"""


@dataclass(frozen=True, slots=True)
class Way:
    """Why an item counts as it does for a position."""

    claim: str = internal()
    """The item's."""
    relation: Annotated[str, one_of(*CARRIES)] | None = described("how it bears on the other; not there when direct")
    backward: bool = described("whether the other claim wrote the relation")
    onto: RecordId = described("the claim to which the position is tied")
    edge: Annotated[str, one_of(*sorted((*DIRECT, *BEARING)))] = described("what ties it")
    sign: Annotated[int, WithJsonSchema({"type": "integer", "enum": [-1, 0, 1]})] = described("which way it counts")

    def sort_key(self) -> tuple[str, str, bool, str, str, int]:
        """By claim, direct ways first."""
        return self.claim, self.relation or "", self.backward, self.onto, self.edge, self.sign


@dataclass(frozen=True, slots=True)
class Cell:
    """What an item does to a position."""

    position: RecordId = described("the position")
    verdict: Annotated[str, one_of(CONSISTENT, INCONSISTENT, MIXED, NEUTRAL, UNTESTED)] = described(
        "what it does to it"
    )
    ways: tuple[Way, ...] = described("why")


def _tested(cells: Iterable[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.verdict != UNTESTED]


@dataclass(frozen=True, slots=True)
class Row:
    """An evidence item by positions."""

    item: NodeId = described("the evidence item, as `claim/e1`")
    source: RecordId = described("its source")
    weight: Weight = described("its weight in the rating of its claim; 0 if it does not count there")
    cells: tuple[Cell, ...] = described("what it does to each position that it tests", write=_tested)
    told: int = described("how many pairs of positions it tells apart")
    pairs: int = described("how many pairs there are")
    diagnosticity: Exact = described("the weight times `told` by `pairs`")
    """0 means that it proves nothing here."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a position fares."""

    position: RecordId = described("the position")
    tested: int = described("how many of the telling items tested it")
    diagnostic: int = described("how many telling items there are")
    sources: int = described("from how many sources those that tested it are taken")
    tested_weight: Weight = described("their weight")
    inconsistency: Weight = described("the weight of those that are inconsistent with it, mixed ones by half")
    share: Exact | None = described("`inconsistency` by `tested_weight`; not there when nothing tested it")
    """What the rank goes by, so that more tests are no handicap."""
    untested: bool = described("whether less than half of the telling items tested it")
    rank: int | None = described("1 for the least share; not there while untested")
    """Equal shares have equal ranks."""


@dataclass(frozen=True, slots=True)
class Rivals:
    """The evidence by positions."""

    positions: tuple[RecordId, ...] = described("the positions, by letter")
    rows: tuple[Row, ...] = described("every evidence item that bears on them, the most telling first")
    """By diagnosticity, then weight; then by id."""
    standings: tuple[Standing, ...] = described("how each position fares, in the order of the positions")


def compare(ledger: Ledger, bearing: Bearing, weights: Mapping[str, Decimal]) -> Mapping[str, Rivals]:
    """The matrix of every controversy. `weights`: item → weight; one that is not there weighs nothing."""
    return {id_: matrix(ledger, bearing, id_, lambda node: weights.get(node, Decimal(0))) for id_ in bearing.positions}


def matrix(ledger: Ledger, bearing: Bearing, controversy: str, weight: Callable[[str], Decimal]) -> Rivals:
    """The matrix of one controversy, given what each item weighs in the rating of its claim."""
    positions = bearing.positions[controversy]
    found = _rows(ledger, bearing, controversy, weight)
    rows = sorted(found, key=lambda row: (-row.diagnosticity, -row.weight, row.item))
    telling = [row for row in rows if row.diagnosticity]
    standings = [_standing(position, at, telling) for at, position in enumerate(positions)]
    return Rivals(positions, tuple(rows), tuple(_ranked(standings)))


def _rows(ledger: Ledger, bearing: Bearing, controversy: str, weight: Callable[[str], Decimal]) -> Iterator[Row]:
    positions, ties = bearing.positions[controversy], bearing.ties[controversy]
    near = set(ties) | {step.other for claim in ties for step in bearing.inward.get(claim, ())}
    cited: dict[str, str] = {}
    touched: dict[str, list[tuple[str, int]]] = {}
    for claim in sorted(near):
        for node, source, sign in _tests_of(ledger, bearing, claim):
            cited[node] = source
            touched.setdefault(node, []).append((claim, sign))
    known: dict[tuple[tuple[str, int], ...], tuple[Cell, ...]] = {}
    for node, through in sorted(touched.items()):
        key = tuple(through)
        if key not in known:
            ways = [way for claim, sign in key for way in _ways(bearing, ties, claim, sign)]
            known[key] = _cells(positions, ways)
        is_evidential = ledger.records[node.partition("/")[0]].fields.type not in NOT_EVIDENTIAL
        yield _row(node, cited[node], weight(node) if is_evidential else Decimal(0), known[key])


def _tests_of(ledger: Ledger, bearing: Bearing, claim: str) -> Iterator[tuple[str, str, int]]:
    """The items that test a claim, with source and sign: its own, and those that hurt it as a rival of theirs."""
    for item in ledger.records[claim].fields.evidence:
        if item.relation in SIGNS:
            yield f"{claim}/{item.id}", ledger.present_id(item.source), SIGNS[item.relation]
    for owner in bearing.rivals.get(claim, ()):
        for item in ledger.records[owner].fields.evidence:
            if item.relation in SIGNS and item.about_rival and ledger.present_id(item.about_rival) == claim:
                yield f"{owner}/{item.id}", ledger.present_id(item.source), -1


def _ways(bearing: Bearing, ties: Mapping[str, tuple[Tie, ...]], claim: str, sign: int) -> Iterator[tuple[str, Way]]:
    """Position and way, for every way that what speaks for a claim (1), against it (-1) or neither (0) can take."""
    for tie in ties.get(claim, ()):
        yield tie.position, Way(claim, None, backward=False, onto=claim, edge=tie.edge, sign=_reached(sign, tie))
    for step in bearing.onward.get(claim, ()):
        carried = _carried(sign, step)
        for tie in ties.get(step.other, ()):
            reached = _reached(carried, tie)
            yield tie.position, Way(claim, step.relation, step.backward, step.other, tie.edge, reached)


def _carried(sign: int, step: Step) -> int:
    """What speaks for a claim, or against it, does to the other claim."""
    if sign < 0:
        return step.if_false if step.relation in STANDS_OR_FALLS else 0
    return sign * step.if_true


def _reached(sign: int, tie: Tie) -> int:
    """What speaks for a claim, or against it, does to a position."""
    return sign * tie.sign if sign > 0 or tie.is_load_bearing else 0


def _cells(positions: tuple[str, ...], found: list[tuple[str, Way]]) -> tuple[Cell, ...]:
    ways: dict[str, set[Way]] = {}
    for position, way in found:
        ways.setdefault(position, set()).add(way)
    return tuple(_cell(position, ways.get(position, set())) for position in positions)


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
    return Cell(position, verdict, tuple(sorted(nearest, key=Way.sort_key)))


def _row(node: str, source: str, weight: Decimal, cells: tuple[Cell, ...]) -> Row:
    """Two positions are told apart when the item is consistent with one and inconsistent with the other."""
    verdicts = [cell.verdict for cell in cells]
    told, pairs = verdicts.count(CONSISTENT) * verdicts.count(INCONSISTENT), len(cells) * (len(cells) - 1) // 2
    diagnosticity = Fraction(weight) * Fraction(told, pairs) if told else Fraction(0)
    return Row(node, source, weight, cells, told, pairs, diagnosticity)


def _standing(position: str, at: int, telling: list[Row]) -> Standing:
    tests = [row for row in telling if row.cells[at].verdict in TESTS]
    weight = sum((row.weight for row in tests), Decimal(0))
    against = sum((row.weight * AGAINST.get(row.cells[at].verdict, Decimal(0)) for row in tests), Decimal(0))
    return Standing(
        position=position,
        tested=len(tests),
        diagnostic=len(telling),
        sources=len({row.source for row in tests}),
        tested_weight=weight,
        inconsistency=against,
        share=Fraction(against) / Fraction(weight) if weight else None,
        untested=not tests or Fraction(len(tests), len(telling)) < ENOUGH,
        rank=None,
    )


def _ranked(found: list[Standing]) -> Iterator[Standing]:
    """Ranks for those tested enough: one more than how many of these have a smaller share against them."""
    shares = sorted(one.share for one in found if one.share is not None and not one.untested)
    for one in found:
        rank = None if one.share is None or one.untested else bisect_left(shares, one.share) + 1
        yield replace(one, rank=rank)
