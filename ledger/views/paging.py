"""Long lists in pages: page 2 of `claims/x.html` is `claims/x/2.html`, and page 1 is `claims/x.html` itself.

In: the lengths of a page's lists. Out: how many pages they need, which rows are on one, and the line of links there.

1. The site map asks `pages_for(lengths)` how many pages there are, or `record_pages` for a record's, and makes each
   with its own PageContext, whose page is `urls.paged(address, number)`, with `number`, `pages` and, of a record,
   `size`.
2. A view shows `rows_of(context, rows)`, the rows of its page: of each list `size` rows; with several lists that is
   `share(lengths)`, so that all of them together have at most ROWS rows on a page and short ones stand whole on page 1.
3. `view_frame` puts the links to the pages before and after into the frame, and `base.html` prints them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from ledger import texts, urls
from ledger.analysis.ties import CLAIM_RELATIONS
from ledger.context import PageContext
from ledger.edges import Card, owner_id
from ledger.graph import Ledger, compared
from ledger.urls import PARTS
from ledger.views import View
from ledger.vocabulary import BETWEEN_POSITIONS, EFFECTS, STANCES

Row = TypeVar("Row")
ROWS = 200
"""How many rows the lists of one page have at most, all together."""
MOST = {"position": 44}
"""Kind → how many rows its pages have, where readers get a choice of what matters before the lists; ROWS elsewhere."""
REFERENCES = 100
"""How many references of a controversy stand on one page."""
_UNLISTED = frozenset(("mentions", "cites"))
"""What a record refers to in its texts alone has no list on its page."""

_FEW = {**MOST, "controversy": -1}
"""Kind → how many edges never need a second page, whatever they are; PARTS of another kind."""
_CLAIMS = ("rests_on", "rejects", "bears_on")
_OF_POSITION = dict.fromkeys((*_CLAIMS, "objected_to_by"), "claims")
_TOGETHER = {
    "claim": dict.fromkeys(CLAIM_RELATIONS, "relations") | dict.fromkeys(_CLAIMS, "positions"),
    "position": dict.fromkeys(STANCES, "holders") | dict.fromkeys(BETWEEN_POSITIONS, "positions") | _OF_POSITION,
}
"""Kind → the edges that one list of its page shows together."""
_ONCE = "claims"
"""A list in which what several edges lead to has one row."""


def share(lengths: Iterable[int], most: int = ROWS) -> int:
    """How many rows of each list a page has, so that together they are at most `most`; at least one."""
    left, lists = most, sorted(lengths)
    for at, length in enumerate(lists):
        fair = left // (len(lists) - at)
        if length > fair:
            return max(fair, 1)
        left -= length
    return most


def pages_for(lengths: Iterable[int], most: int = ROWS) -> int:
    """How many pages lists of these lengths need; one for none."""
    lists = tuple(lengths)
    return pages_of(max(lists, default=0), share(lists, most))


def pages_of(length: int, size: int = ROWS) -> int:
    """How many pages one list needs."""
    return max(1, -(-length // size))


@compared
def record_pages(ledger: Ledger, id_: str) -> tuple[int, int]:
    """How many pages a record needs, and how many rows of each list one has; told from edges and cards alone."""
    card = ledger.card(id_)
    few = _FEW.get(card.kind, PARTS) if card else ROWS
    if card is None or len(ledger.edges_into(id_)) + len(ledger.edges_of(id_)) <= few:
        return 1, ROWS
    parts, together = len(card.parts), _TOGETHER.get(card.kind, {})
    rows = ((together.get(name, name), name, node) for name, node in _rows(ledger, card))
    lists = Counter(at for at, _, _ in {(at, "" if at == _ONCE else name, node) for at, name, node in rows})
    most = MOST.get(card.kind, ROWS) - min(parts, PARTS)
    pages = max(pages_for(lists.values(), most), pages_of(parts, PARTS))
    if card.kind == "controversy":
        pages = max(pages, pages_of(len(_sources_around(ledger, id_)), REFERENCES))
    return pages, share(lists.values(), most)


def _rows(ledger: Ledger, card: Card) -> Iterator[tuple[str, str]]:
    """The rows on a record's page that are edges: the edge's name, and what is at its other end."""
    for edge in ledger.edges_into(card.id):
        other = owner_id(edge.start)
        listed = card.kind != "claim" or edge.name not in EFFECTS or ledger.node_kind(edge.start) == "claim"
        if other != card.id and listed:
            yield edge.name, edge.start
    for edge in ledger.edges_of(card.id):
        if edge.start == card.id != owner_id(edge.target) and edge.name not in _UNLISTED:
            yield edge.name, edge.target


def _sources_around(ledger: Ledger, controversy: str) -> set[str]:
    """Every source that the references of a controversy may name."""
    positions = [edge.start for edge in ledger.edges_into(controversy) if edge.name == "answers"]
    claims = [edge.target for id_ in positions for edge in ledger.edges_of(id_) if edge.name in _CLAIMS]
    citing = dict.fromkeys((controversy, *positions, *claims))
    return {edge.target for id_ in citing for edge in ledger.edges_of(id_) if edge.wants == "source"}


def rows_of(context: PageContext, rows: Sequence[Row], size: int = 0) -> tuple[Row, ...]:
    """The rows of a list that the page shows, the last page all that are left."""
    if context.pages == 1:
        return tuple(rows)
    size = size or context.size or ROWS
    start, is_last = size * (context.number - 1), context.number == context.pages
    return tuple(rows[start:] if is_last else rows[start : start + size])


def parts_of(context: PageContext, parts: Sequence[Any]) -> tuple[Any, ...]:
    """The evidence items or stances that stand on the page, in the order in which they were written."""
    return rows_of(context, parts, PARTS)


def spread(context: PageContext, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The page's share of rows that did not decide how many pages there are."""
    return rows_of(context, rows, pages_of(len(rows), context.pages))


def left_out(key: str, many: int) -> str:
    """How many rows are not shown, in the words of a text; nothing where all are."""
    return texts.say(key, count=many) if many > 0 else ""


def view_paging(context: PageContext) -> View | None:
    """The links to the neighbours; none where everything is on one page."""
    if context.pages == 1:
        return None
    number, last = context.number, context.pages
    return View(
        number=number,
        last=last,
        previous=context.url(urls.paged(context.whole, number - 1)) if number > 1 else "",
        next=context.url(urls.paged(context.whole, number + 1)) if number < last else "",
    )
