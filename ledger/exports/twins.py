"""Each record's page as data, which `whole.py` writes: `claims/<id>.json` beside `claims/<id>.html`.

`record` holds the fields as they were written, without the editors' note; links are the graph's edges seen from the
record, with the edge's own fields. Addresses are relative to the site's root.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ledger import urls
from ledger.analysis import Analysis
from ledger.edges import Card, card_of
from ledger.exports.strict_json import SCHEMA, to_bytes
from ledger.exports.workings import workings
from ledger.graph import Ledger
from ledger.links import RecordLink, links_in, links_out
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.views.viewing import Viewing


def twin(ledger: Ledger, analysis: Analysis, record: Record) -> dict[str, Any]:
    """A record with everything around it."""
    return {
        **summary(ledger, analysis, card_of(record)),
        "schema": SCHEMA,
        "record": record.authored(),
        **workings(ledger, analysis, record),
        "links_out": _links(ledger, analysis, links_out(ledger, record.id)),
        "links_in": _links(ledger, analysis, links_in(ledger, record.id)),
    }


def summary(ledger: Ledger, analysis: Analysis, card: Card) -> dict[str, Any]:
    """What every list says of a record."""
    page = urls.of_card(card)
    title = Viewing(ledger, page, analysis).plain(card.title)
    return {"id": card.id, "kind": card.kind, "title": title, "url": page, "json": urls.twin(page)}


def _links(ledger: Ledger, analysis: Analysis, found: Iterable[RecordLink]) -> list[dict[str, Any]]:
    return [_link(ledger, analysis, link) for link in found]


def _link(ledger: Ledger, analysis: Analysis, link: RecordLink) -> dict[str, Any]:
    parts = {"part": link.part, "other_part": link.other_part}
    named = {name: node for name, node in parts.items() if node}
    card = _card(ledger, link.other)
    place = urls.of_card(card, link.other_part.partition("/")[2])
    return {
        **link.own,
        **summary(ledger, analysis, card),
        **named,
        "url": place,
        "relation": link.relation,
    }


def _card(ledger: Ledger, id_: str) -> Card:
    card = ledger.card(id_)
    if card is None:
        raise KeyError(id_)
    return card


def redirect_twin(ledger: Ledger, analysis: Analysis, former: str) -> Iterator[OutFile]:
    """The file of a former id: it says where its record is now."""
    card = ledger.card(former)
    if card:
        page = urls.of_card(card._replace(id=former))
        moved = {"schema": SCHEMA, "id": former, "kind": card.kind, "url": page, "json": urls.twin(page)}
        yield OutFile(urls.twin(page), to_bytes({**moved, "moved_to": summary(ledger, analysis, card)}))
