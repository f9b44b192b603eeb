"""What programs read: the ledger as files of data.

In: a Ledger, and the site's public address if it has one. Out: for each record its own files; for files of the whole
ledger what each record adds to them (a fragment), and how these are joined; every other file as a task. Which
addresses there will be is known before anything is made.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ledger import urls
from ledger.analysis import Analysis, analyse
from ledger.edges import Card
from ledger.exports import (
    argdown,
    bulk,
    comparisons,
    context,
    feeds,
    graph_json,
    history,
    linked_records,
    manifest,
    page_markdown,
    previews,
    references,
    schema_files,
    search_index,
    sitemap,
    subgraph,
    twins,
    whole,
    workings,
)
from ledger.exports.manifest import in_order
from ledger.exports.schemas import SCHEMAS, Schema
from ledger.exports.tables import TABLES
from ledger.graph import Ledger
from ledger.outfile import OutFile
from ledger.pages import site_map
from ledger.records import KINDS

Fragments = Callable[[], Iterator[bytes]]
"""What each record adds to a file, in order of record id; can be gone through several times."""
Places = Callable[[str], Path]
"""An address → where its file is written."""


@dataclass(frozen=True, slots=True)
class Whole:
    """Files of the whole ledger that are joined from what each record adds to them."""

    name: str
    addresses: Callable[[Ledger, str], tuple[str, ...]]
    """Which files it makes; none where the site does not want them."""
    fragment: str
    """A key of `FRAGMENTS`; `json` for each record's JSON file; empty for none."""
    write: Callable[[Ledger, Fragments, Places, str], None]
    """The ledger, the fragments, where to write, the public address → the files, written piece by piece."""


@dataclass(frozen=True, slots=True)
class FileTask:
    """Files that are made at once: their addresses, and how."""

    addresses: tuple[str, ...]
    make: Callable[[Ledger], Iterable[OutFile]]


def record_files(ledger: Ledger, id_: str, base_url: str) -> Iterator[OutFile]:
    """Every file of one record."""
    analysis, record = analyse(ledger), ledger.records[id_]
    yield whole.record_json(ledger, analysis, record)
    yield from page_markdown.markdown_page(ledger, analysis, record, base_url)
    yield from references.record_references(ledger, analysis, record)
    if record.kind.name == "controversy":
        yield from subgraph.graph_files(ledger, analysis, record, base_url)
        yield argdown.argdown_file(ledger, analysis, record, base_url)
        if base_url:
            yield from feeds.controversy_feeds(ledger, analysis, record, base_url)


def record_addresses(ledger: Ledger, card: Card, base_url: str) -> tuple[str, ...]:  # noqa: ARG001 - settings choose
    """The addresses of a record's files."""
    page = urls.of_card(card)
    formats = tuple(urls.beside(page, ending) for ending in urls.FORMATS.get(card.kind, ()))
    return urls.twin(page), *formats, *(urls.feeds(page) if base_url and card.kind == "controversy" else ())


FRAGMENTS: Mapping[str, Callable[[Ledger, str, str], bytes]] = {
    "search": lambda ledger, id_, _: search_index.fragment(ledger, analyse(ledger), id_),
    "linked_data": lambda ledger, id_, base_url: linked_records.fragment(ledger, analyse(ledger), id_, base_url),
}
"""What one record adds to files of the whole ledger, by name: bytes without a line break; none for nothing."""


def _one(
    name: str,
    address: str,
    fragment: str,
    parts: Callable[[Ledger, Fragments, str], Iterable[bytes]],
) -> Whole:
    """A whole that is one file, from the pieces that it is made of."""

    def write(ledger: Ledger, fragments: Fragments, place: Places, base_url: str) -> None:
        with place(address).open("wb") as file:
            file.writelines(parts(ledger, fragments, base_url))

    return Whole(name, lambda *_: (address,), fragment, write)


def _files(
    name: str, made: Callable[[Ledger, Analysis], Iterable[OutFile]], addresses: Callable[[], tuple[str, ...]]
) -> Whole:
    def write(ledger: Ledger, _: Fragments, place: Places, _base_url: str) -> None:
        for file in made(ledger, analyse(ledger)):
            place(file.path).write_bytes(file.data)

    return Whole(name, lambda *_: addresses(), "", write)


def _tables() -> tuple[str, ...]:
    csv = (urls.table(table.name) for table in TABLES if not table.database_only)
    return urls.DATABASE, urls.DATASETTE, *csv, urls.DATA_PACKAGE


WHOLES: tuple[Whole, ...] = (
    _one("lines", urls.LINES, "json", whole.lines),
    _one("changes", urls.CHANGES, "json", whole.changes),
    _one("whole", urls.WHOLE, "json", whole.whole),
    _one("search", urls.SEARCH_DATA, "search", search_index.parts),
    _one("linked_data", urls.LINKED_DATA, "linked_data", linked_records.parts),
    _files("graph", graph_json.graph_json, lambda: (urls.GRAPH,)),
    _files(
        "references",
        references.all_references,
        lambda: tuple(urls.beside(urls.REFERENCES, ending) for ending in urls.BIBLIOGRAPHIES),
    ),
    _files("tables", bulk.bulk_files, _tables),
)
"""Every file that is joined from what records add to it."""


def files(ledger: Ledger, base_url: str) -> Iterator[FileTask]:
    """Every other file."""
    yield _task((urls.MANIFEST,), manifest.manifest)
    for kind in KINDS:
        yield _task((urls.twin(urls.index(kind)),), manifest.kind_list, kind=kind)
        for letter in previews.letters(ledger, kind):
            yield _task((previews.address(kind, letter),), previews.preview, kind=kind, letter=letter)
    for former in sorted(ledger.former):
        card = ledger.card(former)
        if card:
            yield _task((urls.twin(urls.of_former(card, former)),), twins.redirect_twin, former=former)
    for card in ledger.cards("controversy"):
        yield from _of_controversy(card)
    yield _task((urls.METHOD,), workings.method)
    yield _task((urls.twin(urls.GAPS),), comparisons.board)
    yield from (_schema(schema, base_url) for schema in SCHEMAS)
    yield FileTask((urls.CONTEXT,), lambda _: (context.context_file(),))
    if base_url:
        yield from _public(ledger, base_url)


def _of_controversy(card: Card) -> Iterator[FileTask]:
    """The data of its further pages."""
    for name in comparisons.COMPARISONS:
        address = urls.twin(urls.overview_of(card, name))
        yield _task((address,), comparisons.comparison, id_=card.id, name=name)
    yield _task((urls.twin(urls.overview_of(card, "history")),), history.history, id_=card.id)


def _schema(schema: Schema, base_url: str) -> FileTask:
    return FileTask((urls.schema(schema.name),), lambda _: (schema_files.schema_file(schema, base_url),))


def _public(ledger: Ledger, base_url: str) -> Iterator[FileTask]:
    """What only a site with a public address has: feeds, and what leads search engines to its pages."""

    def pages(ledger: Ledger) -> list[str]:
        return [place.url for place in site_map(ledger, base_url=base_url)]

    yield _task(urls.FEEDS, feeds.site_feeds, base_url=base_url)
    yield FileTask((urls.ROBOTS,), lambda _: (sitemap.robots(base_url),))
    addresses = sitemap.addresses(ledger, pages(ledger))
    yield FileTask(addresses, lambda ledger: sitemap.sitemap(ledger, base_url, pages(ledger)))


def _task(addresses: tuple[str, ...], make: Callable[..., Iterable[OutFile]], **more: Any) -> FileTask:
    return FileTask(addresses, lambda ledger: make(ledger, analyse(ledger), **more))


def every_file(ledger: Ledger, base_url: str = "", wanted: Callable[[str], bool] = lambda _: True) -> Iterator[OutFile]:
    """Every data file of the site whose address is wanted, in memory."""
    made = (*_of_records(ledger, base_url, wanted), *_of_tasks(ledger, base_url, wanted))
    yield from (file for file in made if wanted(file.path))
    with TemporaryDirectory() as folder:
        for one in WHOLES:
            if any(map(wanted, one.addresses(ledger, base_url))):
                yield from (file for file in _in_memory(ledger, one, Path(folder), base_url) if wanted(file.path))


def _of_records(ledger: Ledger, base_url: str, wanted: Callable[[str], bool]) -> Iterator[OutFile]:
    for card in in_order(ledger):
        if any(map(wanted, record_addresses(ledger, card, base_url))):
            yield from record_files(ledger, card.id, base_url)


def _of_tasks(ledger: Ledger, base_url: str, wanted: Callable[[str], bool]) -> Iterator[OutFile]:
    for task in files(ledger, base_url):
        if any(map(wanted, task.addresses)):
            yield from task.make(ledger)


def _in_memory(ledger: Ledger, one: Whole, folder: Path, base_url: str) -> Iterator[OutFile]:
    places = {address: folder / f"{one.name}-{at}" for at, address in enumerate(one.addresses(ledger, base_url))}
    make = FRAGMENTS.get(one.fragment, _json)
    made = [make(ledger, card.id, base_url) for card in in_order(ledger)] if one.fragment else []
    one.write(ledger, lambda: filter(None, made), places.__getitem__, base_url)
    yield from (OutFile(address, path.read_bytes()) for address, path in places.items() if path.exists())


def _json(ledger: Ledger, id_: str, _: str) -> bytes:
    return whole.record_json(ledger, analyse(ledger), ledger.records[id_]).data
