"""Claims by positions: what each claim does to each position of a controversy, and how strong the case for it is.

In: a ledger seen from a page, and a controversy. Out: a table. Claims that touch more positions come first, then those
that more positions rest on or reject, then by statement.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from ledger import words
from ledger.analysis.bearing import LOAD_BEARING
from ledger.analysis.ties import around, bearings, by_title, positions_of, stands
from ledger.context import PageContext, RecordRef
from ledger.graph import Ledger, compared
from ledger.loading import Record
from ledger.records import Claim, Controversy, Position
from ledger.strength import evidence_words, rating_of, rating_words
from ledger.views.paging import spread


@dataclass(frozen=True, slots=True)
class Row:
    """A claim, how strong the case for it is, and what it does to each position, in the order of the columns."""

    claim: RecordRef
    rating: str
    rating_words: str
    evidence: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table; `more` is how many claims a short one leaves out, in words."""

    columns: tuple[Record[Position], ...]
    groups: tuple[tuple[str, tuple[Row, ...]], ...]
    """The claims that touch equally many positions, after a heading."""
    more: str


COLUMNS = 6
"""A table with more positions than these has fewer rows on a page."""
Ways = Mapping[str, tuple[str, ...]]


def view_matrix(context: PageContext, controversy: Record[Controversy], *, limit: int | None = None) -> Matrix:
    """The page's part of the table of a controversy, or the first `limit` claims of it."""
    positions = [position for position in positions_of(context.ledger, controversy) if stands(position)]
    touching = bearings(context.ledger, positions)
    ordered = sorted(touching, key=lambda id_: (*_weight(touching[id_]), *by_title(context.ledger, id_)))
    shown = ordered[:limit] if limit else spread(context, ordered)
    groups = (
        (words.count(words.TOUCHES, many), tuple(_row(context, id_, touching[id_], positions) for id_ in ids))
        for many, ids in groupby(shown, key=lambda id_: len(touching[id_]))
    )
    return Matrix(
        columns=tuple(positions),
        groups=tuple(groups),
        more=words.count(words.MORE_IN_THE_TABLE, len(ordered) - len(shown) if limit else 0),
    )


def most_rows(ledger: Ledger, controversy: str) -> int:
    """How many rows the table has at most, a wide one counted for more."""
    return len(around(ledger, controversy)) * width(ledger, controversy)


def width(ledger: Ledger, controversy: str) -> int:
    """For how many rows one row of a table of its positions counts."""
    return -(-sum(edge.name == "answers" for edge in ledger.edges_into(controversy)) // COLUMNS) or 1


def _weight(ways: Ways) -> tuple[int, int]:
    """How many positions a claim touches and how many of them rest on it or reject it, the most first."""
    return -len(ways), -sum(any(way in LOAD_BEARING for way in found) for found in ways.values())


def _row(context: PageContext, id_: str, ways: Ways, positions: Iterable[Record[Position]]) -> Row:
    cells = tuple(ways.get(position.id, ()) for position in positions)
    return Row(context.ref(id_), *_case(context.ledger, id_), cells)


@compared
def _case(ledger: Ledger, id_: str) -> tuple[str, str, str]:
    """How strong the case for a claim is: its newest rating, also in words, and its evidence."""
    claim = ledger.record(Claim, id_)
    return rating_of(claim), rating_words(claim), evidence_words(ledger, claim)
