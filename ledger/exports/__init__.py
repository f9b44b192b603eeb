"""What programs read: the ledger as files of data.

In: a Ledger, and the site's public address if it has one. Out: for each record its own files; for files of the whole
ledger what each record adds to them (a fragment), and how these are joined; every other file as a task. Which
addresses there will be is known before anything is made.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import product
from typing import NamedTuple

from ledger import urls
from ledger.edges import Card
from ledger.exports import (
    argdown,
    belief_feeds,
    chart_files,
    computed,
    csv_files,
    feeds,
    graphs,
    linked_data,
    lists,
    llms_txt,
    looks,
    openapi,
    query,
    record_json,
    references,
    schemas,
    search,
    share_images,
    sqlite_file,
    sqlite_update,
    tables,
    twins,
)
from ledger.exports.naming import Fragments, Places, card_of
from ledger.exports.updating import Update, replacing
from ledger.graph import Ledger
from ledger.outfile import OutFile
from ledger.pages import Page, site_map
from ledger.records import KINDS, Kind
from ledger.views import listing
from ledger.views.sharing import addresses, pages_with_picture

JSON = "json"
"""In place of a fragment's name: the bytes of each record's JSON file."""


class Whole(NamedTuple):
    """Files of the whole ledger that are joined from what each record adds to them."""

    name: str
    addresses: Callable[[Ledger, str], tuple[str, ...]]
    """Which files it makes; none where the site does not want them."""
    fragment: str
    """A key of `FRAGMENTS`, or `JSON`."""
    write: Callable[[Ledger, Fragments, Places, str], None]
    """The ledger, the fragments, where to write, the public address → the files, written piece by piece."""
    update: Update | None = None
    """How the old files follow a change of few records."""


class FileTask(NamedTuple):
    """Files that are made at once: their addresses, and how."""

    addresses: tuple[str, ...]
    make: Callable[[Ledger], Iterable[OutFile]]


def page_files(page: Page, html: bytes) -> Iterator[OutFile]:
    """What is made of a page and its HTML: most have a Markdown twin."""
    if page.frame.markdown:
        yield twins.markdown_twin(page, html)


def page_addresses(page: str) -> tuple[str, ...]:
    """The addresses of a page and of what is made of it, the page first."""
    return tuple(filter(None, (page, urls.markdown(page))))


def record_files(ledger: Ledger, id_: str, base_url: str) -> Iterator[OutFile]:
    """Every file of one record, its JSON first."""
    record, kind = ledger.records[id_], ledger.records[id_].kind.name
    yield record_json.record_json(ledger, id_)
    yield from references.record_references(ledger, record)
    if kind == "chart":
        yield from chart_files.chart_files(ledger, record)
    if kind in ("chart", "controversy"):
        yield from share_images.share_images(ledger, record, base_url)
    if kind == "controversy":
        yield from graphs.graph_files(ledger, record, base_url)
        if "argdown" in ledger.settings.exports:
            yield argdown.argdown_file(ledger, record, base_url)
        if base_url:
            yield from feeds.controversy_feeds(ledger, record, base_url)
    if kind in urls.BELIEVED and base_url:
        yield from belief_feeds.record_feeds(ledger, record, base_url)


def record_addresses(ledger: Ledger, card: Card, base_url: str) -> tuple[str, ...]:
    """The addresses of a record's files, its JSON first."""
    page = urls.of_card(card)
    formats = dict.fromkeys(urls.formats_of(card, ledger.settings.exports).values())
    del formats[urls.markdown(page)]
    for shown in pages_with_picture(ledger, card):
        formats |= dict.fromkeys(addresses(shown, base_url))
    news = urls.feeds(page) if base_url and card.kind == "controversy" else ()
    beliefs = urls.belief_feeds(page) if base_url and card.kind in urls.BELIEVED else ()
    return urls.twin(page), *formats, *news, *beliefs


FRAGMENTS: Mapping[str, Callable[[Ledger, str, str], bytes]] = {
    "search": search.fragment,
    "graph": graphs.fragment,
    "references": references.fragment,
    "linked_data": linked_data.fragment,
    "tables": lambda *of: query.fragment(*of) + b"\t" + tables.fragment(*of),
}
"""What one record adds to files of the whole ledger, by name: bytes without a line break; none for nothing."""


def _joined(
    name: str,
    address: str,
    fragment: str,
    pieces: Callable[[Ledger, Fragments, str], Iterable[bytes]],
    texts: Callable[[bytes], Iterable[bytes]] = lambda piece: (piece,),
) -> Whole:
    """One file from its pieces, of which each gives texts that stand there."""

    def write(ledger: Ledger, fragments: Fragments, place: Places, base_url: str) -> None:
        with place(address).open("wb") as file:
            file.writelines(pieces(ledger, fragments, base_url))

    update = replacing(lambda piece: ((address, text) for text in texts(piece)))
    return Whole(name, _wished("", address), fragment, write, update)


def _wished(wish: str, *addresses: str) -> Callable[[Ledger, str], tuple[str, ...]]:
    return lambda ledger, _: addresses if not wish or wish in ledger.settings.exports else ()


WHOLES: tuple[Whole, ...] = (
    Whole(
        "sqlite", _wished("sqlite", urls.DATABASE, urls.DATASETTE), "tables", sqlite_file.write, sqlite_update.update
    ),
    _joined("lines", urls.LINES, JSON, record_json.lines),
    _joined("changes", urls.CHANGES, JSON, record_json.changes, lambda data: (record_json.change(data),)),
    _joined("search", urls.SEARCH_DATA, "search", search.search_data),
    Whole("query", query.addresses, "tables", query.write, replacing(query.texts_of)),
    _joined("graph", urls.GRAPH, "graph", graphs.graph_json, graphs.texts_of),
    _joined("linked_data", urls.LINKED_DATA, "linked_data", linked_data.linked_data)._replace(
        addresses=_wished("jsonld", urls.LINKED_DATA)
    ),
    Whole("references", _wished("", *references.WHOLE), "references", references.write),
    Whole("csv", _wished("csv", *csv_files.ADDRESSES), "tables", csv_files.write),
)
"""Every file that is joined from what records add to it; first the one that takes longest, so none waits for it."""


def files(ledger: Ledger, base_url: str) -> Iterator[FileTask]:
    """Every other file."""
    yield _task(urls.MANIFEST, record_json.manifest)
    yield _task(query.address("language"), query.language)
    yield _task(urls.LLMS, partial(llms_txt.llms_txt, base_url=base_url))
    yield _task(urls.OPENAPI, partial(_described, base_url=base_url))
    for kind in KINDS:
        yield from _of_kind(ledger, kind, base_url)
    for former, id_ in sorted(ledger.former.items()):
        address = urls.twin(urls.of_former(card_of(ledger, id_), former))
        yield _task(address, partial(record_json.redirect, former=former))
    for id_, name in product((card.id for card in ledger.cards("controversy")), computed.OVERVIEWS):
        yield _task(urls.twin(urls.overview(id_, name)), partial(computed.overview, id_=id_, name=name))
    yield _task(urls.METHOD, computed.method)
    yield _task(urls.twin(urls.GAPS), computed.board)
    yield _task(urls.twin(urls.WHATS_NEW), computed.news)
    for schema in schemas.SCHEMAS:
        yield _task(urls.schema(schema.name), partial(schemas.schema_file, name=schema.name, base_url=base_url))
    if ledger.settings.colours:
        yield _task(urls.COLOURS, looks.colours_file)
    if ledger.members("controversy"):
        yield _task(urls.LETTERS, looks.letters_file)
    if "jsonld" in ledger.settings.exports:
        yield _task(urls.CONTEXT, lambda _: linked_data.context_file())
    if base_url:
        yield from _public(ledger, base_url)


def _of_kind(ledger: Ledger, kind: Kind, base_url: str) -> Iterator[FileTask]:
    """The list of a kind, what programs and browsers find its records by."""
    if kind.name in ledger.kinds:
        sections = llms_txt.section_addresses(ledger, kind)
        yield FileTask(sections, partial(llms_txt.section, kind=kind, base_url=base_url))
    yield _task(urls.twin(urls.index(kind)), partial(lists.kind_list, kind=kind))
    for letter in search.letters(ledger, kind):
        yield _task(search.address(kind, letter), partial(search.previews, kind=kind, letter=letter))


def _described(ledger: Ledger, base_url: str) -> OutFile:
    """The description of all JSON files; of a kind one record shows which it has."""
    ids = [min(members) for kind in KINDS if (members := ledger.members(kind.name))]
    records = (address for id_ in ids for address in record_addresses(ledger, card_of(ledger, id_), base_url))
    wholes = (address for whole in WHOLES for address in whole.addresses(ledger, base_url))
    others = (address for task in files(ledger, base_url) for address in task.addresses)
    return openapi.description(ledger, base_url, (*records, *wholes, *others))


def _public(ledger: Ledger, base_url: str) -> Iterator[FileTask]:
    """What only a site with a public address has: feeds, and what leads search engines to its pages."""

    def pages(ledger: Ledger) -> list[str]:
        return [place.url for place in site_map(ledger, base_url=base_url)]

    yield FileTask(sum(urls.NEWS_FEEDS, ()), lambda ledger: feeds.site_feeds(ledger, base_url))
    for page in listing.claim_lists(ledger):
        yield FileTask(urls.belief_feeds(page), partial(belief_feeds.list_feeds, page=page, base_url=base_url))
    yield _task(urls.ROBOTS, lambda _: feeds.robots(base_url))
    addresses = feeds.addresses(ledger, pages(ledger))
    yield FileTask(addresses, lambda ledger: feeds.sitemap(ledger, base_url, pages(ledger)))


def _task(address: str, make: Callable[[Ledger], OutFile]) -> FileTask:
    return FileTask((address,), lambda ledger: (make(ledger),))
