"""A built site, read through its generated JSON alone: its records, its board, its news, and the ledger behind them.

In: a folder, or an address on the web. Out: a Site. SiteError when there is no site that can be read. The folder of
content is not needed: `record` in `ledger.jsonl` holds all that was written, and JSON is YAML.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from ledger.analysis.quotes import hash_of
from ledger.editing.fetching import Client
from ledger.fields import is_id
from ledger.files import TextFile
from ledger.graph import Ledger, build_graph
from ledger.loading import Loaded, load_records
from ledger.records import FOLDER_OF

LARGEST = 1 << 28
"""Bytes of one file of a site that are read."""
Data = dict[str, Any]
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_PUBLIC = re.compile(r"https?://[\w.:/~%@-]{1,500}", re.ASCII)
_ADDRESS = re.compile(r"[\w./~-]+", re.ASCII)
_RECORDED = {"normalised": "normalised", "ambiguous": "ambiguous", "not-found": "not-found", "drifted": "not-found"}
"""What a snapshot would say of a quote that has this verdict; of the others, `exact`."""
_EARLIER = "0" * 64
"""The hash of an earlier text that nobody has."""


class SiteError(ValueError):
    """Why there is no site that can be read."""


@dataclass(frozen=True)
class Site:
    """The data of a site, each file read when it is first asked for."""

    read: Callable[[str], bytes | None] = field(repr=False)
    """The bytes of a file by its address in the site; None if it is not there."""
    base: str = ""
    """The address that it was read from."""

    @cached_property
    def manifest(self) -> Data:
        """`index.json`. SiteError without one of our format."""
        found = self.json("index.json")
        if not isinstance(found.get("schema"), str) or not found["schema"].startswith("ledger/"):
            raise SiteError("it has no index.json of a ledger")
        return found

    @property
    def as_of(self) -> str | None:
        """The date as of which the site speaks."""
        day = self.manifest.get("as_of")
        return day if isinstance(day, str) and _DAY.fullmatch(day) else None

    @cached_property
    def records(self) -> Mapping[str, Data]:
        """The data of every record by id, from `ledger.jsonl`. SiteError where a line is no JSON."""
        lines = (self.read("ledger.jsonl") or b"").decode("utf-8", "replace").split("\n")
        return {one["id"]: one for line in lines if line.strip() and _is_record(one := _parsed(line, "ledger.jsonl"))}

    @cached_property
    def rows(self) -> Mapping[str, Data]:
        """The rows of the board of open work by id, from `gaps.json`."""
        return {row["id"]: row for row in self.json("gaps.json").get("rows", ())}

    def json(self, address: str) -> Data:
        """A file as data; empty if it is not there. SiteError if it is no JSON object."""
        data = self.read(address)
        return _parsed(data.decode("utf-8", "replace"), address) if data is not None else {}

    def page(self, address: str) -> str:
        """The address of a page: where the site is public, if that is known, else within its folder."""
        if not _ADDRESS.fullmatch(address) or address.startswith("/") or ".." in address:
            return ""
        public = self.base or (self.manifest.get("site") or {}).get("base_url") or ""
        return f"{public.rstrip('/')}/{address}" if _PUBLIC.fullmatch(public) else address

    def present_id(self, id_: str) -> str:
        """The id that a record has now."""
        return str(self.manifest.get("former_ids", {}).get(id_, id_))

    @cached_property
    def loaded(self) -> Loaded:
        """The records as they were written, checked field by field."""
        return load_records(_files(self))

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger that queries are put to: that of the command line, as it is published."""
        return build_graph(self.loaded, as_of=date.fromisoformat(self.as_of) if self.as_of else None)


def site_in(folder: Path) -> Site:
    """The site in a folder."""

    def read(address: str) -> bytes | None:
        place = folder / address
        if not place.is_file():
            return None
        if place.stat().st_size > LARGEST:
            raise SiteError(f"{address} has more than {LARGEST:,} bytes")
        return place.read_bytes()

    return Site(read)


def site_at(address: str, client: Client) -> Site:
    """The site at an address. OSError, when it is asked, if the server gives no answer."""
    base = address.removesuffix("index.html").removesuffix("index.json").rstrip("/")

    def read(path: str) -> bytes | None:
        answer = client.ask(f"{base}/{path}", accept="application/json")
        if answer.status in (404, 410):
            return None
        if answer.status != 200:  # of HTTP
            raise SiteError(f"the server answers {answer.status} for {path}")
        if len(answer.body) >= client.limit:
            raise SiteError(f"{path} has {client.limit:,} bytes or more")
        return answer.body

    return Site(read, base)


def _parsed(text: str, address: str) -> Data:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise SiteError(f"{address} is no JSON") from None
    if not isinstance(found, dict):
        raise SiteError(f"{address} is no JSON object")
    return found


def _is_record(line: Data) -> bool:
    id_, kind = line.get("id"), line.get("kind")
    return isinstance(id_, str) and is_id(id_) and kind in FOLDER_OF and isinstance(line.get("record"), dict)


def _files(site: Site) -> Iterator[TextFile]:
    """The content folder that the data comes from, as far as answers depend on it."""
    if settings := site.manifest.get("site"):
        yield _file("site.yml", settings)
    snapshots: dict[str, Data] = {}
    for id_, line in site.records.items():
        yield _file(f"{FOLDER_OF[line['kind']]}/{id_}.yml", line["record"])
        for key, quote in quoted_parts(line):
            _remember(snapshots, quote, line.get("quotes", {}).get(key, {}))
    for source, snapshot in snapshots.items():
        yield _file(f"snapshots/{source}.yml", snapshot)


def _file(path: str, fields: Data) -> TextFile:
    return TextFile(path, json.dumps(fields, ensure_ascii=False))


def _remember(snapshots: dict[str, Data], part: Data, found: Data) -> None:
    """Note the verdict on a quote as its source's snapshot would, so that ratings come out as they are published."""
    if not found.get("sha256"):
        return
    blank = {"sha256": found["sha256"], "captured": found["captured"], "verdicts": []}
    entries = snapshots.setdefault(found["source"], blank)["verdicts"]
    words = hash_of(part["quote"], part.get("quote_prefix", ""), part.get("quote_suffix", ""))
    entry = {"quote": words, "date": found.get("recorded") or found["captured"]}
    if found["verdict"] != "no-snapshot":
        entries.append({**entry, "verdict": _RECORDED.get(found["verdict"], "exact")})
    if found["verdict"] == "drifted":
        entries.append({**entry, "verdict": "exact", "sha256": _EARLIER})


def quoted_parts(line: Data) -> Iterator[tuple[str, Data]]:
    """The parts of a record that quote a source, by the key that its verdict has in `quotes`."""
    record = line["record"]
    parts = [(item["id"], item) for item in record.get("evidence", ())]
    for stance in record.get("stances", ()):
        parts += [(f"{stance['id']}/attested/{at}", one) for at, one in enumerate(stance.get("attested", ()))]
    parts += [(f"would_change_mind/{at}", one) for at, one in enumerate(record.get("would_change_mind", ()))]
    return ((key, part) for key, part in parts if part.get("quote"))
