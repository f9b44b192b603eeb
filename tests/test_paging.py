"""Long lists in pages."""

import pytest

from ledger import urls
from ledger.analysis import analyse
from ledger.context import PageContext
from ledger.graph import build_graph
from ledger.loading import load_records
from ledger.views import View
from ledger.views.paging import ROWS, pages_for, rows_of, share, view_paging


def page_of(number: int, pages: int) -> PageContext:
    """One of the pages of a claim."""
    ledger = build_graph(load_records([]))
    return PageContext(ledger, urls.paged("claims/x.html", number), analyse(ledger), number=number, pages=pages)


@pytest.mark.parametrize(
    ("lengths", "size", "pages"),
    [
        ((), ROWS, 1),
        ((0,), ROWS, 1),
        ((200,), 200, 1),
        ((201,), 200, 2),
        ((2000, 3), 197, 11),
        ((150, 150), 100, 2),
        ((1, 50, 10, 500), 139, 4),
        ((1000,) * 300, 1, 1000),
    ],
)
def test_lists_share_a_page(lengths: tuple[int, ...], size: int, pages: int):
    """No page has more rows than it may, and short lists stand whole on the first."""
    assert (share(lengths), pages_for(lengths)) == (size, pages)


def test_every_row_is_on_one_page():
    """In its order, and none twice."""
    rows = range(450)
    shown = [row for number in (1, 2, 3) for row in rows_of(page_of(number, 3), rows)]
    assert shown == list(rows)


def test_pages_lead_to_their_neighbours():
    """From each to the one before and the one after, without a script."""
    assert view_paging(page_of(1, 1)) is None
    assert view_paging(page_of(1, 3)) == View(number=1, last=3, previous="", next="x/2.html")
    assert view_paging(page_of(2, 3)) == View(number=2, last=3, previous="../x.html", next="3.html")
    assert view_paging(page_of(3, 3)) == View(number=3, last=3, previous="2.html", next="")
    assert page_of(3, 3).whole == "claims/x.html"
