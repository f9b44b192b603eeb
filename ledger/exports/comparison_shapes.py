"""What the data of the pages that compare positions hold, as models: see `data_shapes.py`.

A share, a median or a score is exact: a fraction in a string, as `"8/15"`. A weight is a number.
"""

from typing import Annotated, Literal

from pydantic import WithJsonSchema

from ledger.analysis.gaps import POINTS, TASKS
from ledger.analysis.rivals import CONSISTENT, INCONSISTENT, MIXED, NEUTRAL, UNTESTED
from ledger.describing import NodeId, RecordId, one_of
from ledger.exports.edge_shapes import EDGE_NAMES
from ledger.exports.shaping import Address, File, Number, OfControversy, Shape, Summary, always
from ledger.vocabulary import ClaimRelationType, ClaimType, Tier

Fraction = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^-?[0-9]+(/[1-9][0-9]*)?$"})]


class Way(Shape):
    """Why an item counts as it does for a position."""

    claim: RecordId = always("the item's claim")
    relation: ClaimRelationType | None = always("how it bears on the other; `null` when direct")
    backward: bool = always("whether the other claim wrote the relation")
    onto: RecordId = always("the claim to which the position is tied")
    edge: Annotated[str, one_of(*EDGE_NAMES)] = always("what ties it")
    sign: Literal[-1, 0, 1] = always("which way it counts")


class RivalCell(Shape):
    """What an item does to a position."""

    position: RecordId = always("the position")
    verdict: Annotated[str, one_of(CONSISTENT, INCONSISTENT, MIXED, NEUTRAL, UNTESTED)] = always("what it does to it")
    ways: tuple[Way, ...] = always("why")


class RivalRow(Shape):
    """An evidence item by positions."""

    item: NodeId = always("the evidence item, as `claim/e1`")
    source: RecordId = always("its source")
    weight: Number = always("its weight in the rating of its claim; 0 if it does not count there")
    cells: tuple[RivalCell, ...] = always("what it does to each position")
    told: int = always("how many pairs of positions it tells apart")
    pairs: int = always("how many pairs there are")
    diagnosticity: Fraction = always("the weight times `told` by `pairs`")


class Standing(Shape):
    """How a position fares."""

    position: RecordId = always("the position")
    tested: int = always("how many of the telling items tested it")
    diagnostic: int = always("how many telling items there are")
    sources: int = always("from how many sources those that tested it are taken")
    tested_weight: Number = always("their weight")
    inconsistency: Number = always("the weight of those that are inconsistent with it, mixed ones by half")
    share: Fraction | None = always("`inconsistency` by `tested_weight`; `null` when nothing tested it")
    untested: bool = always("whether less than half of the telling items tested it")
    rank: int | None = always("1 for the least share; `null` while untested")


class Rivals(OfControversy):
    """The evidence by positions."""

    positions: tuple[RecordId, ...] = always("the positions, by letter")
    rows: tuple[RivalRow, ...] = always("every evidence item that bears on them, the most telling first")
    standings: tuple[Standing, ...] = always("how each position fares, in the order of the positions")


class Move(Shape):
    """Where a position goes with a claim, from -1 to 1."""

    position: RecordId = always("the position")
    if_true: Fraction = always("where it goes if the claim is true")
    if_false: Fraction = always("where it goes if the claim is false")
    swing: Fraction = always("half of the way between the two")


class Crux(Shape):
    """A claim that takes positions apart."""

    claim: RecordId = always("the claim")
    type: ClaimType = always("its type")
    apart: Fraction = always("how far it moves the positions apart, from 0 to 1")
    helped: int = always("how many positions its truth helps")
    hurt: int = always("how many it hurts")
    pairs: int = always("how many pairs of positions there are")
    moves: tuple[Move, ...] = always("where each position goes that it moves")
    named: bool = always("whether a crux or tension written by the editors names the claim")


class Cruxes(OfControversy):
    """The computed cruxes of a controversy, furthest apart first."""

    of_fact: tuple[Crux, ...] = always("those that evidence can settle")
    of_meaning: tuple[Crux, ...] = always("those of meaning and value")


class Flag(Shape):
    """A figure that stands apart from those of the other positions."""

    measure: str = always("the figure")
    word: Literal["low", "high", "missing"] = always("how it stands apart")
    value: Fraction = always("its value")
    median: Fraction = always("the median of the others")


class Share(Shape):
    """What the ledger gives a position."""

    position: RecordId = always("the position")
    items: int = always("the evidence items that speak for it directly")
    sources: int = always("the works that they are taken from")
    origins: int = always("the works that these go back to")
    quoted: int = always("items that carry a quote")
    verified: int = always("items whose quote stands in the snapshot")
    verified_share: Fraction | None = always("`verified` by `items`; `null` without items")
    own_words: int = always("items from a source written by a holder")
    own_words_share: Fraction | None = always("`own_words` by `items`; `null` without items")
    tiers: dict[Tier, int] = always("how many works of each tier")
    median_age: Fraction | None = always("of the works, in days; `null` without works")
    words: int = always("of statement, steelman and body")
    steelman: bool = always("whether there is one")
    assessed_days: int | None = always("days since it was last rated; `null` if it never was")
    holders: tuple[RecordId, ...] = always("registered proponents who hold it or lean to it")
    unregistered: tuple[str, ...] = always("names of holders without a record, ids of groups without a named member")
    searches: int = always("searches logged on the claims that it rests on or rejects")
    flags: tuple[Flag, ...] = always("figures that stand apart")


class Fairness(OfControversy):
    """What each position of a controversy is given."""

    apart_times: Number = always("from how many times the median of the others a figure is flagged")
    positions: tuple[Share, ...] = always("what each position is given, by letter")


class Gap(Shape):
    """One thing that is missing."""

    gap: Annotated[str, one_of(*POINTS)] = always("what is missing")
    points: Fraction = always("what it adds to thinness")
    task: Annotated[str, one_of(*dict.fromkeys(TASKS.values()))] = always("what would close it")
    sentence: str = always("the task in a sentence")
    figures: dict[str, str] = always("the figures in the sentence")
    ids: tuple[NodeId, ...] = always("further records that it is about")


class BoardRow(Summary):
    """A record in which something is missing."""

    controversies: tuple[RecordId, ...] = always("those that it matters to")
    load: int = always("how many positions rest on the claim or reject it")
    crux: Fraction = always("how far it takes positions apart, by how far the first crux of the controversy does")
    importance: Fraction = always("of a claim 1 + `load` + 2 × `crux`, of others 2")
    thinness: Fraction = always("the sum of the points of its gaps")
    score: Fraction = always("`importance` times `thinness`")
    task: Annotated[str, one_of(*dict.fromkeys(TASKS.values()))] = always("that of its largest gap")
    gaps: tuple[Gap, ...] = always("what is missing")


class Board(File):
    """The board of open work."""

    title: str = always("the heading of the page")
    url: Address = always("the page")
    json_: Address = always("this file", "json")
    rows: tuple[BoardRow, ...] = always("every record in which something is missing, the highest score first")
