"""Long lists in pages: page 2 of `claims/x.html` is `claims/x/2.html`, and page 1 is `claims/x.html` itself.

In: the lengths of a page's lists. Out: how many pages they need, which rows are on one, and the line of links there.

1. The site map asks `pages_for(lengths)` how many pages there are, and makes each with its own Viewing:
   `Viewing(ledger, urls.paged(address, number), analysis, number=number, pages=pages)`.
2. A view shows `rows_of(viewing, rows, size)`, the rows of its page: with one list, `size` is ROWS; with several,
   `share(lengths)`, so that all of them together have at most ROWS rows on a page and short ones stand whole on page 1.
3. `view_frame` puts the links to the pages before and after into the frame, and `base.html` prints them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ledger import urls, words
from ledger.views.viewing import Viewing

Row = TypeVar("Row")
ROWS = 200
"""How many rows the lists of one page have at most, all together."""


@dataclass(frozen=True, slots=True)
class Paging:
    """The page's place among its pages, in words, and where the neighbours are; empty where there is none."""

    words: str
    previous: str
    next: str


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
    return max(1, -(-max(lists, default=0) // share(lists, most)))


def rows_of(viewing: Viewing, rows: Sequence[Row], size: int = ROWS) -> Sequence[Row]:
    """The rows of a list that the page shows."""
    return rows[size * (viewing.number - 1) : size * viewing.number]


def view_paging(viewing: Viewing) -> Paging | None:
    """The links to the neighbours; none where everything is on one page."""
    if viewing.pages == 1:
        return None
    number, last = viewing.number, viewing.pages
    return Paging(
        words=words.PAGING["place"].format(number, last),
        previous=viewing.url(urls.paged(viewing.whole, number - 1)) if number > 1 else "",
        next=viewing.url(urls.paged(viewing.whole, number + 1)) if number < last else "",
    )
