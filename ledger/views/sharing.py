"""The picture that other sites show beside a link to a page: which pages have one of their own, and where it is.

In: a record, or a page seen from the ledger. Out: the addresses of its files, and what its page shows of it. There is
always an SVG; a PNG beside it where the library that draws it is installed and the site has an address.
"""

from collections.abc import Iterator
from typing import Any

from ledger import system, urls
from ledger.context import PageContext
from ledger.edges import Card
from ledger.graph import Ledger, compared
from ledger.loading import Record
from ledger.records import Controversy
from ledger.views import View

ENDINGS = {".png": "PNG", ".svg": "SVG"}


def pages_with_picture(ledger: Ledger, card: Card) -> Iterator[str]:
    """The pages of a record that have a picture of their own."""
    if card.kind in {"controversy", "chart"}:
        yield urls.of_card(card)
    if card.kind == "controversy" and has_story(ledger, card.id):
        yield urls.overview(card.id, urls.STORY)


@compared
def has_story(ledger: Ledger, id_: str) -> bool:
    """Whether a controversy's story is written."""
    return bool(ledger.record(Controversy, id_).fields.body)


def addresses(page: str, base_url: str) -> tuple[str, ...]:
    """The files of a page's picture, the one to show first."""
    endings = (".png", ".svg") if base_url and system.can_draw_png() else (".svg",)
    return tuple(urls.share_image(page, ending) for ending in endings)


def shared_picture(context: PageContext, record: Record[Any], says: str) -> View | None:
    """The picture of the page from which the ledger is seen, if it has one of its own."""
    card = context.ledger.card(record.id)
    if card is None or context.page not in pages_with_picture(context.ledger, card):
        return None
    found = addresses(context.whole, context.base_url)
    return View(
        says=says,
        # The one to show: the PNG where there is one.
        address=found[0],
        # Each file: its format and its address.
        files=tuple((ENDINGS[one[-4:]], one) for one in found),
    )
