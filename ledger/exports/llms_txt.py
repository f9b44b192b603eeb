"""`llms.txt`: what the site holds, for language models that read it, as links to Markdown (https://llmstxt.org).

In: a Ledger, and its public address if there is one. Out: the site's title and tagline, every controversy with its
answer and positions, the pages that lead across, the data, and `claims/llms.txt` and its like: a section for each kind,
with every record and what its list says of it.
"""

from collections.abc import Iterable, Iterator

from ledger import texts, urls
from ledger.analysis.ties import positions_of
from ledger.context import PageContext
from ledger.exports.escaping import in_markdown, link_in_markdown
from ledger.exports.naming import seen_from
from ledger.graph import Ledger
from ledger.loading import Record
from ledger.outfile import OutFile
from ledger.records import KINDS, Controversy, Kind
from ledger.views.listing import listing_title, listings_of, tagged
from ledger.views.paging import pages_of, rows_of
from ledger.views.ranking import order
from ledger.views.rows import row_of

DATA = {
    "index": urls.MANIFEST,
    "lines": urls.LINES,
    "claims": urls.twin("claims/index.html"),
    "sources": urls.twin("sources/index.html"),
    "openapi": urls.OPENAPI,
}
"""The name of the text that says what a file holds → its address."""
FEW = 20
"""How many controversies a section holds, each with its tabs; and with how many their positions are named at once."""
TAGS = 200
"""How many tags are named."""


def llms_txt(ledger: Ledger, base_url: str) -> OutFile:
    """The file at the root of the site."""
    context = seen_from(ledger, urls.LLMS, base_url)
    return _file(context, ledger.settings.title, _root(context))


def section_addresses(ledger: Ledger, kind: Kind) -> tuple[str, ...]:
    """The files of a kind's section."""
    pages = pages_of(len(ledger.members(kind.name)), *_size(kind))
    return tuple(urls.llms(kind, number) for number in range(1, pages + 1))


def section(ledger: Ledger, kind: Kind, base_url: str) -> Iterator[OutFile]:
    """Every record of a kind, what matters most first, those that were withdrawn last."""
    addresses = section_addresses(ledger, kind)
    standing, withdrawn = order(ledger, kind.name)
    for number, address in enumerate(addresses, 1):
        context = seen_from(ledger, address, base_url, number, len(addresses))
        rows = rows_of(context, (*standing, *withdrawn), *_size(kind))
        lines = "\n".join(line for id_ in rows for line in _row(context, kind, id_))
        yield _file(context, texts.say(f"kinds.{kind.name}"), (f"## {texts.say(f'kinds.{kind.name}')}", lines))


def _size(kind: Kind) -> tuple[int, ...]:
    return (FEW,) if kind.name == "controversy" else ()


def _file(context: PageContext, title: str, blocks: Iterable[str]) -> OutFile:
    """A file of this form: its title, in a quotation what the site is, and sections of links."""
    site = context.ledger.settings
    said = context.plain(site.tagline or site.title)
    parts = (f"# {in_markdown(title)}", f"> {in_markdown(said)}", *blocks)
    return OutFile(context.page, ("\n\n".join(filter(None, parts)) + "\n").encode())


def _root(context: PageContext) -> Iterator[str]:
    ledger, named = context.ledger, texts.Group("llms")
    yield named["how"]
    controversies = [one for one in ledger.of_kind(Controversy) if ledger.stands(one.id)]
    yield f"## {texts.say('kinds.controversy')}"
    yield "\n".join(line for one in controversies[:FEW] for line in _controversy(context, one))
    yield f"## {named['pages']}"
    browse = ((texts.say(f"browse.{name}"), address) for name, address in urls.BROWSE.items())
    more = ((texts.say("frame.search"), urls.SEARCH), (texts.say("a_z.title"), urls.A_TO_Z))
    yield _pages(context, ((ledger.settings.title, urls.HOME), *browse, *more))
    yield f"## {named['lists']}"
    yield "\n".join(line for kind in KINDS if kind.name in ledger.kinds for line in _list(context, kind))
    yield f"## {named['data']}"
    said = texts.Group("llms_file")
    yield "\n".join(f"- {_to(context, address, address)}: {said[name]}" for name, address in DATA.items())
    yield from _optional(context)


def _pages(context: PageContext, named: Iterable[tuple[str, str]]) -> str:
    """Pages by their words, as links to their Markdown."""
    return "\n".join(f"- {_to(context, words, urls.markdown(address))}" for words, address in named)


def _optional(context: PageContext) -> Iterator[str]:
    """What may be left out where there is little room: the format has this heading for it, in English."""
    by_facet = [(listing_title(kind, facet), urls.listing(kind, facet)) for kind, facet in listings_of(context.ledger)]
    by_tag = [(tag, urls.tag(tag)) for tag in [*tagged(context.ledger)][:TAGS]]
    if named := [*by_facet, *by_tag]:
        yield "## Optional"
        yield _pages(context, named)


def _to(context: PageContext, words: str, address: str) -> str:
    return link_in_markdown(words, context.url(address))


def _list(context: PageContext, kind: Kind) -> Iterator[str]:
    """The list of a kind, and its section, file by file."""
    words = texts.say(f"kinds.{kind.name}")
    yield f"- {_to(context, words, urls.markdown(urls.index(kind)))}"
    addresses = section_addresses(context.ledger, kind)
    for number, address in enumerate(addresses, 1):
        named = texts.say("frame.titled", title=words, number=number, pages=len(addresses)) if number > 1 else words
        yield f"  - {_to(context, f'{named}: llms.txt', address)}"


def _controversy(context: PageContext, record: Record[Controversy]) -> Iterator[str]:
    note = record.fields.status_note
    said = f": {in_markdown(context.plain(note.text))}" if note else ""
    yield f"- {_to(context, context.plain(record.title), urls.markdown(urls.of_record(record)))}{said}"
    for position in positions_of(context.ledger, record):
        words, place = context.ref(position.id).label, urls.markdown(urls.of_record(position))
        yield f"  - {_to(context, words, place)}: {in_markdown(context.plain(position.title))}"


def _row(context: PageContext, kind: Kind, id_: str) -> Iterator[str]:
    """A record with a link to its Markdown, and what its list says of it; below a controversy its further pages."""
    said, title = row_of(context.ledger, id_), context.title(id_)
    about = " · ".join(filter(None, (context.ref(id_).gone, said.detail, *(chip.words for chip in said.chips))))
    link = _to(context, title, urls.markdown(urls.of_id(kind.name, id_)))
    yield f"- {link}" + (f": {in_markdown(about)}" if about else "")
    for name, words in texts.Group("overview").items() if kind.name == "controversy" else ():
        yield f"  - {_to(context, words, urls.markdown(urls.overview(id_, name)))}"
