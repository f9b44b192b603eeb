"""What several exports share: how records are named in lists, and how files of the whole ledger are put together."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ledger import urls
from ledger.analysis import analyse
from ledger.context import PageContext, title_of
from ledger.edges import Card
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.graph import Ledger
from ledger.outfile import OutFile

CARRIED = ("date", "effect", "from", "how", "inferred", "locator", "outcome", "until")
"""What an edge says in JSON of the fields beside its id, when what and how; the rest stands in the record itself."""
Fragments = Callable[[], Iterator[bytes]]
"""What each record adds to a file, in order of record id; can be gone through several times."""
Places = Callable[[str], Path]
"""An address → where its file is written."""


def seen_from(ledger: Ledger, page: str, base_url: str = "", number: int = 1, pages: int = 1) -> PageContext:
    """The ledger as a file of the site sees it, or one of several; its links are public where that address is given."""
    root = urls.public(base_url, "") if base_url else ""
    return PageContext(ledger, page, analyse(ledger), base_url, root, number, pages)


def card_of(ledger: Ledger, id_: str) -> Card:
    """What others see of a record. KeyError where there is none."""
    card = ledger.card(id_)
    if card is None:
        raise KeyError(id_)
    return card


def carried(own: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an edge that its data carries."""
    return {name: value for name, value in own.items() if name in CARRIED}


def summary(ledger: Ledger, card: Card) -> dict[str, Any]:
    """What every list says of a record."""
    page = urls.of_card(card)
    return {"id": card.id, "kind": card.kind, "title": title_of(ledger, card), "url": page, "json": urls.twin(page)}


def data_file(page: str, **content: Any) -> OutFile:
    """The data of a page, with what every such file says of itself."""
    file = urls.twin(page)
    return OutFile(file, to_bytes({"schema": SCHEMA, "url": page, "json": file, **content}))
