"""The records as data: a file for each, their lines in `ledger.jsonl`, their hashes in `changes.json`, and what leads
to them.

In: a Ledger. Out: `claims/<id>.json` beside `claims/<id>.html`, and what leads to such files. `record` holds the
fields as they were written, without the editors' note; links are the graph's edges seen from the record. Addresses are
relative to the site's root.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from ledger import urls
from ledger.analysis import analyse
from ledger.context import plain_title, shortened
from ledger.edges import Card
from ledger.exports import references
from ledger.exports.computed import computed_of
from ledger.exports.naming import Fragments, card_of, carried, data_file, summary
from ledger.exports.schemas import files_of_schemas
from ledger.exports.strict_json import SCHEMA, compact, joined, to_bytes
from ledger.graph import Ledger
from ledger.links import RecordLink, links_in, links_out
from ledger.outfile import OutFile
from ledger.records import KINDS


def record_json(ledger: Ledger, id_: str) -> OutFile:
    """A record with everything around it, in one line."""
    record = ledger.records[id_]
    content = {
        **summary(ledger, card_of(ledger, id_)),
        "schema": SCHEMA,
        "record": record.authored(),
        **computed_of(analyse(ledger), record.kind.name, id_),
        "links_out": _links(ledger, links_out(ledger, id_)),
        "links_in": _links(ledger, links_in(ledger, id_)),
    }
    return OutFile(urls.twin(urls.of_record(record)), compact(content) + b"\n")


def _links(ledger: Ledger, found: Iterable[RecordLink]) -> list[orjson.Fragment]:
    """Each link once: a text that cites a source twice says no more of it."""
    return [orjson.Fragment(link) for link in dict.fromkeys(compact(_link(ledger, one)) for one in found)]


def _link(ledger: Ledger, link: RecordLink) -> dict[str, Any]:
    parts = {"part": link.part, "other_part": link.other_part}
    title = shortened(plain_title(ledger, link.other))
    said = {**carried(link.own), "id": link.other, "kind": link.kind, "title": title, "relation": link.relation}
    return said | {name: part for name, part in parts.items() if part}


def lines(_ledger: Ledger, fragments: Fragments, _base_url: str) -> Iterator[bytes]:
    """`ledger.jsonl`: the files of all records, one after the other."""
    return (data.rstrip(b"\n") + b"\n" for data in fragments())


def changes(ledger: Ledger, fragments: Fragments, _base_url: str) -> Iterator[bytes]:
    """`changes.json`: a hash of every record, so that a copy can be kept up to date by difference.

    A record whose `sha256` is the same says the same; its data may differ all the same, since it holds what others
    say of it, and then `json_sha256` does.
    """
    yield b'{\n"as_of": ' + compact(_as_of(ledger)) + b',\n"records": [\n'
    yield from joined(map(change, fragments()))
    yield b'\n],\n"schema": ' + compact(SCHEMA) + b"\n}\n"


def change(data: bytes) -> bytes:
    """What `changes.json` has of the file of a record."""
    content = orjson.loads(data)
    written = content["record"]
    found = {name: content[name] for name in ("id", "kind", "json")}
    hashes = {"sha256": compact(written), "json_sha256": data.rstrip(b"\n") + b"\n"}
    found |= {name: hashlib.sha256(hashed).hexdigest() for name, hashed in hashes.items()}
    return compact({**found, "added": written.get("added"), "updated": written.get("updated")})


def redirect(ledger: Ledger, former: str) -> OutFile:
    """The file of a former id: it says where its record is now."""
    card = card_of(ledger, former)
    page = urls.of_former(card, former)
    return data_file(page, id=former, kind=card.kind, moved_to=summary(ledger, card))


def in_order(ledger: Ledger) -> list[Card]:
    """What others see of every record, in order of id."""
    return sorted(card for kind in KINDS for card in ledger.cards(kind.name))


def manifest(ledger: Ledger) -> OutFile:
    """`index.json`, the one file that leads to all others."""
    settings, site, cut = ledger.settings, ledger.site, ledger.cut
    chosen = {"database": ("sqlite", urls.DATABASE), "tables": ("csv", urls.DATA_PACKAGE)}
    chosen |= {"linked_data": ("jsonld", urls.LINKED_DATA), "context": ("jsonld", urls.CONTEXT)}
    content = {
        "schema": SCHEMA,
        "title": settings.title,
        "as_of": _as_of(ledger),
        "clock": {"name": cut.clock, "date": cut.day.isoformat()} if cut else None,
        "site": site.authored() if site else None,
        "counts": {kind.name: len(ledger.members(kind.name)) for kind in KINDS},
        "graph": urls.GRAPH,
        "lines": urls.LINES,
        "changes": urls.CHANGES,
        "schemas": files_of_schemas(ledger),
        "method": urls.METHOD,
        "gaps": urls.twin(urls.GAPS),
        "news": urls.twin(urls.WHATS_NEW),
        **{name: address if wish in settings.exports else None for name, (wish, address) in chosen.items()},
        "references": references.WHOLE,
        "formats": urls.formats(settings.exports),
        "lists": {kind.name: urls.twin(urls.index(kind)) for kind in KINDS},
        "former_ids": dict(ledger.former),
        "records": [summary(ledger, card) for card in in_order(ledger)],
    }
    return OutFile(urls.MANIFEST, to_bytes(content))


def _as_of(ledger: Ledger) -> str | None:
    return ledger.as_of.isoformat() if ledger.as_of else None
