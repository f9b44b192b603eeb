"""Each record's page as data, which `whole.py` writes: `claims/<id>.json` beside `claims/<id>.html`.

`record` holds the fields as they were written, without the editors' note; links are the graph's edges seen from the
record, with the edge's own fields. Addresses are relative to the site's root.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from ledger import urls
from ledger.analysis import Analysis
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
        **summary(ledger, analysis, record),
        "schema": SCHEMA,
        "record": record.authored(),
        **workings(ledger, analysis, record),
        "links_out": _links(ledger, analysis, links_out(ledger, record.id)),
        "links_in": _links(ledger, analysis, links_in(ledger, record.id)),
    }


def summary(ledger: Ledger, analysis: Analysis, record: Record) -> dict[str, Any]:
    """What every list says of a record."""
    page = urls.of_record(record)
    title = Viewing(ledger, page, analysis).plain(record.title)
    return {"id": record.id, "kind": record.kind.name, "title": title, "url": page, "json": urls.twin(page)}


def _links(ledger: Ledger, analysis: Analysis, found: Iterable[RecordLink]) -> list[dict[str, Any]]:
    return [_link(ledger, analysis, link) for link in found]


def _link(ledger: Ledger, analysis: Analysis, link: RecordLink) -> dict[str, Any]:
    parts = {"part": link.part, "other_part": link.other_part}
    named = {name: node for name, node in parts.items() if node}
    place = urls.of_record(ledger.records[link.other], link.other_part.partition("/")[2])
    return {
        **link.own,
        **summary(ledger, analysis, ledger.records[link.other]),
        **named,
        "url": place,
        "relation": link.relation,
    }


def redirect_twins(ledger: Ledger, analysis: Analysis) -> Iterator[OutFile]:
    """A file for every former id that says where its record is now."""
    for former, id_ in sorted(ledger.former.items()):
        record = ledger.records[id_]
        page = urls.page(record.kind, former)
        moved = {"schema": SCHEMA, "id": former, "kind": record.kind.name, "url": page, "json": urls.twin(page)}
        yield OutFile(urls.twin(page), to_bytes({**moved, "moved_to": summary(ledger, analysis, record)}))
